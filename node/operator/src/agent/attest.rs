//! The session of this machine's enclave: attested when the chain has none that lasts.

use std::{sync::Arc, time::Instant};

use vektor_client::{calls, units, Client, Error, FeeAsset, Result, Until, H256};
use vektor_primitives::{Balance, ModelId};

use super::{deliver::PAUSED, Agent, Task};
use crate::{
	say,
	session::{self, Claim, Enclave, End, Need},
	status,
};

/// What the chain refuses a claim with whose block is too old for it: another one names another block.
const NOT_RECENT: &str = "Verification.NotRecent";

/// What the chain refuses a claim with whose collateral, or what else it rests on, somebody has to post, or to post again.
const LACKING: [&str; 2] = ["Verification.NoCollateral", "Verification.BadEvidence(Expired)"];

/// For so many deliveries the fee is left where results wait for the attestation: successful ones get theirs back.
const LEFT: Balance = 2;

impl Agent {
	/// Whether a result of this model's has to wait, since the chain would not take it now.
	pub(super) fn waits_for_session(&self, model: &ModelId) -> bool {
		let holds = self.enclave.as_ref().is_some_and(|enclave| enclave.standing.holds());
		self.shared.session.contains_key(model) && !holds
	}

	/// Looks which session the chain has, and attests a new one in the background where that will not do.
	pub(super) async fn keep_session(self: &Arc<Self>, client: &Client) -> Result<()> {
		let Some(enclave) = self.enclave.clone() else { return Ok(()) };
		let Some(image) = enclave.image() else { return Ok(()) };
		let session = client.session(&self.shared.operator, &image).await?;
		let need = Need::of(session.as_ref(), &enclave.keys(), session::now());
		let due = enclave.standing.look(need, Instant::now()) && !self.tasks.runs(Task::Session);
		if let (true, Some(need)) = (due, need) {
			say!("session  attesting: {need}");
			enclave.standing.begin(Instant::now());
			let (agent, client) = (self.clone(), client.clone());
			self.tasks.beside(Task::Session, async move {
				let done = agent.attest(&client, &enclave, image, need).await;
				let pause = enclave.standing.done(end(&done), Instant::now());
				match (done, pause) {
					(Ok(until), _) => say!("session  attested, for {} h", until.saturating_sub(session::now()) / 3_600),
					(Err(e), Some(pause)) => say!("session  {e}  Trying again in {} s", pause.as_secs()),
					(Err(e), None) => say!("session  {e}"),
				}
			});
		}
		Ok(())
	}

	/// Attests the enclave's keys. Says until when, Unix time in seconds.
	async fn attest(&self, client: &Client, enclave: &Arc<Enclave>, image: H256, need: Need) -> Result<u64> {
		if !client.allows_image(&image).await? {
			return Err(Error::Refused(
				"the chain does not allow this machine's image any more; nothing was sent".into(),
			));
		}
		let (number, hash) = client.best().await?;
		let claim = Claim {
			genesis: self.genesis,
			operator: self.shared.operator,
			agent: self.key.account().0,
			keys: enclave.keys(),
			block: block(number)?,
			block_hash: hash,
		};
		let (keys, block) = (claim.keys, claim.block);
		let (quote, gpus) = enclave.evidence(claim).await?;
		let call = calls::attest_session(keys, block, &quote, &gpus);
		affordable(
			client.balances(self.key.account()).await?.vktr,
			client.fee(&call, &self.key).await?,
			status::float(client, &self.key, &self.sample, kept(need)).await?,
		)?;
		let sent = client.send(&call, &self.key, FeeAsset::Native, Until::InBlock, |_| ()).await;
		let included = sent.map_err(|e| match &e {
			Error::Failed { error, .. } => match session::advice(&quote, error) {
				Some(advice) => e.advise(advice),
				None => e,
			},
			_ => e,
		})?;
		let attested = included.events.iter().find(|event| event.is("Verification", "SessionAttested"));
		attested.ok_or_else(|| Error::Shape("no session was attested".into()))?.field("until")
	}
}

/// For how many deliveries an attestation leaves the fees.
fn kept(need: Need) -> Balance {
	if need.is_urgent() {
		LEFT
	} else {
		status::FLOAT_DELIVERIES
	}
}

/// How it has ended: what the chain refused took the fee.
fn end<T>(done: &Result<T>) -> End {
	match done {
		Ok(_) => End::Attested,
		Err(e) => ended(e),
	}
}

fn ended(error: &Error) -> End {
	match error {
		// What an error says to do does not change what happened.
		Error::Advised { error, .. } => ended(error),
		// A pause says nothing of the evidence, and may be over at any time.
		Error::Failed { error, .. } if [NOT_RECENT, PAUSED].contains(&error.as_str()) => End::Nothing,
		Error::Failed { error, .. } if LACKING.contains(&error.as_str()) => End::Lacking,
		Error::Failed { .. } => End::Refused,
		_ => End::Nothing,
	}
}

/// Whether the agent can pay a fee and still advance those of deliveries: an attestation that is refused must not stop paid work.
fn affordable(has: Balance, fee: Balance, float: Balance) -> Result<()> {
	match has >= fee.saturating_add(float) {
		true => Ok(()),
		false => Err(Error::Refused(format!(
			"the agent has {}: too little to attest for {} and keep {} for deliveries. Send it some VKTR",
			units::vktr(has),
			units::vktr(fee),
			units::vktr(float)
		))),
	}
}

/// A claim names a block that nobody could know before: not the first.
fn block(number: u64) -> Result<u32> {
	match u32::try_from(number) {
		Ok(number @ 1..) => Ok(number),
		_ => Err(Error::Missing("the chain has no block yet".into())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_what_took_a_fee_is_put_off_for_hours() {
		let failed = |error: &str| Error::Failed {
			call: "verification.attest_session".into(),
			error: error.into(),
			docs: "".into(),
		};
		assert_eq!(end(&Ok(())), End::Attested);
		assert_eq!(end::<()>(&Err(failed("Verification.PlatformOutdated"))), End::Refused);
		assert_eq!(end::<()>(&Err(failed("Verification.PlatformOutdated").advise("Update it."))), End::Refused);
		for lacking in LACKING {
			assert_eq!(end::<()>(&Err(failed(lacking))), End::Lacking);
			assert_eq!(end::<()>(&Err(failed(lacking).advise("Post it."))), End::Lacking);
		}
		for nothing in [NOT_RECENT, PAUSED] {
			assert_eq!(end::<()>(&Err(failed(nothing))), End::Nothing);
		}
		assert_eq!(end::<()>(&Err(Error::Lost("closed".into()))), End::Nothing);
	}

	#[test]
	fn an_attestation_leaves_the_float_of_deliveries() {
		assert!(affordable(50, 10, 40).is_ok());
		assert!(affordable(49, 10, 40).unwrap_err().to_string().contains("too little to attest"));
	}

	#[test]
	fn an_attestation_that_results_wait_for_leaves_less() {
		assert_eq!(kept(Need::Soon), status::FLOAT_DELIVERIES);
		assert_eq!([Need::First, Need::Another, Need::Void].map(kept), [LEFT; 3]);
	}

	#[test]
	fn a_claim_names_a_block_after_the_first() {
		assert_eq!(block(7).unwrap(), 7);
		assert!(block(0).is_err() && block(1 << 32).is_err());
	}
}
