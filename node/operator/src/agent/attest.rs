//! The session of this machine's enclave: attested when the chain has none that lasts.

use std::{sync::Arc, time::Instant};

use vektor_client::{calls, Client, Error, FeeAsset, Result, Until};
use vektor_primitives::ModelId;

use super::Agent;
use crate::{
	say,
	session::{self, Claim, Enclave, Need},
};

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
		if let (true, Some(need)) = (enclave.standing.begin(need, Instant::now()), need) {
			say!("session  attesting: {need}");
			let (agent, client) = (self.clone(), client.clone());
			tokio::spawn(async move {
				let done = agent.attest(&client, &enclave).await;
				let pause = enclave.standing.done(done.is_ok(), Instant::now());
				match (done, pause) {
					(Ok(until), _) => say!("session  attested, for {} h", until.saturating_sub(session::now()) / 3_600),
					(Err(e), Some(pause)) => say!("session  {e}  Trying again in {} s", pause.as_secs()),
					(Err(e), None) => say!("session  {e}"),
				}
				// Results may have waited for it.
				agent.shared.wake.notify_one();
			});
		}
		Ok(())
	}

	/// Attests the enclave's keys. Says until when, Unix time in seconds.
	async fn attest(&self, client: &Client, enclave: &Arc<Enclave>) -> Result<u64> {
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
	fn a_claim_names_a_block_after_the_first() {
		assert_eq!(block(7).unwrap(), 7);
		assert!(block(0).is_err() && block(1 << 32).is_err());
	}
}
