//! Deliveries: signed, sent, and followed until they are final.

use std::sync::Arc;

use tokio::sync::mpsc;
use vektor_client::{
	api::JobInfo, calls, events::Event, units, Client, Error, FeeAsset, Progress, Result, Until, H256,
};
use vektor_primitives::{Evidence, EvidenceError, JobId, Outputs, Statement};

use super::{disk, Agent};
use crate::{
	http::short,
	say,
	served::{too_long, Served},
	store::{Record, Sent},
};

/// What a call is refused with that a brake has stopped.
pub(super) const PAUSED: &str = "System.CallFiltered";

impl Agent {
	pub(super) async fn deliver(
		self: Arc<Self>,
		client: Client,
		mut record: Record,
		served: Served,
		job: &JobInfo,
	) -> Result<()> {
		let Some(proof) = &record.proof else { return Ok(()) };
		let outputs: Vec<_> = proof.outputs.iter().map(|output| output.0).collect();
		let outputs: Outputs = outputs.try_into().map_err(|_| too_long())?;
		let evidence = served.evidence(proof.proof.clone())?;
		let statement = self.statement(job, outputs.clone());
		match &served {
			Served::Digits => (),
			Served::Ezkl(_) => ask(&client, &statement, &evidence, "Is vka.bin the key that was registered?").await?,
			Served::Session(model) if !model.signed(&statement, &proof.proof) => {
				let ended = "it was signed with keys that ended with an earlier process; the job is refunded after its deadline";
				say!("job {}  {ended}", short(&record.job));
				record.failed = Some(ended.into());
				return self.shared.store.put(&record).map_err(disk);
			}
			Served::Session(_) => ask(&client, &statement, &evidence, "It waits for another session").await?,
		}
		let call = calls::deliver(record.job, &outputs, &evidence);
		let (before, job) = (record.sent, record.job);
		let (store, unsent) = (self.shared.store.clone(), record.clone());
		let written = &mut record;
		let (tell, blocks) = mpsc::unbounded_channel();
		let sent = client.send(&call, &self.key, FeeAsset::Native, Until::Finalised, move |progress| match progress {
			Progress::Signed(nonce) => {
				written.sent = Some(Sent::again(before, nonce));
				if let Err(e) = store.put(written) {
					say!("job {}  {}", short(&job), disk(e));
				}
			}
			Progress::Sent(_) => say!("job {}  delivery sent", short(&job)),
			Progress::InBlock(block) => {
				say!("job {}  delivery in block {}", short(&job), units::hex_of(&block[..6]));
				let _ = tell.send(Some(block));
			}
			Progress::Retracted => {
				say!("job {}  that block was retracted; waiting", short(&job));
				let _ = tell.send(None);
			}
			Progress::Finalised(_) => say!("job {}  delivery final", short(&job)),
		});
		let (result, ()) = tokio::join!(sent, self.look_in(&client, job, blocks));
		match result {
			Ok(included) => {
				if let Some(refusal) = refusal(&included.events, &job)? {
					say!("job {}  {refusal}. The fee is lost, nothing was paid", short(&job));
					record.failed = Some(refusal);
					return self.shared.store.put(&record).map_err(disk);
				}
				if let Some(settled) = included.events.iter().find(|event| event.is("Jobs", "Settled")) {
					let settled = vektor_client::events::Settled::read(settled)?;
					let shown = |value| units::amount(&settled.asset, value);
					say!(
						"job {}  settled: {} paid, {} of it at once",
						short(&job),
						shown(settled.paid),
						shown(settled.direct)
					);
					say!(
						"job {}  {} joined lot {}; the operator's share of it is payable once the lot is bought",
						short(&job),
						shown(settled.queued),
						settled.lot
					);
				}
				Ok(())
			}
			// Time stands still meanwhile, so nothing is lost but this fee.
			Err(Error::Failed { error, .. }) if error == PAUSED => {
				say!("job {}  deliveries are paused on this chain; waiting", short(&job));
				let now = client.job(job, None).await?.map(|job| job.now);
				self.shared.store.put(&Record { held_at: now, ..unsent }).map_err(disk)
			}
			Err(Error::Failed { call, error, docs }) => {
				say!("job {}  {call} failed: {error}: {docs}", short(&job));
				record.failed = Some(error);
				self.shared.store.put(&record).map_err(disk)
			}
			Err(refused @ Error::Refused(_)) => {
				self.shared.store.put(&unsent).map_err(disk)?;
				Err(refused)
			}
			Err(other) => Err(other),
		}
	}

	/// Writes down that a proof was refused as soon as a block shows it, since the connection may end before that is final and the proof would
	/// be sent again for a fee. A block that was retracted shows nothing.
	async fn look_in(&self, client: &Client, job: JobId, mut blocks: mpsc::UnboundedReceiver<Option<H256>>) {
		while let Some(block) = blocks.recv().await {
			let shown = match block {
				Some(block) => client.events(block).await.and_then(|events| refusal(&events, &job)),
				None => Ok(None),
			};
			if let Err(e) = shown.and_then(|refusal| self.foresee(job, refusal)) {
				say!("job {}  {e}", short(&job));
			}
		}
	}

	fn foresee(&self, job: JobId, failed: Option<String>) -> Result<()> {
		let store = &self.shared.store;
		match store.get(&job).map_err(disk)? {
			Some(record) if record.failed != failed => store.put(&Record { failed, ..record }).map_err(disk),
			_ => Ok(()),
		}
	}

	/// What a result of a job's says.
	pub(super) fn statement(&self, job: &JobInfo, outputs: Outputs) -> Statement {
		Statement {
			genesis: self.genesis,
			job: job.id,
			operator: self.shared.operator,
			model: job.model,
			commitment: job.commitment,
			outputs,
		}
	}
}

/// What the chain said to a job's proof, if it refused one.
fn refusal(events: &[Event], job: &JobId) -> Result<Option<String>> {
	for event in events.iter().filter(|event| event.is("Jobs", "ProofRefused")) {
		if event.field::<JobId>("job")? == *job {
			let reason: EvidenceError = event.field("reason")?;
			return Ok(Some(format!("the chain refused the proof: {reason:?}")));
		}
	}
	Ok(None)
}

/// Asks the chain whether it would accept a proof. What it checks by may be other than ours, and a refusal would cost the fee and
/// reputation. Asking costs nothing.
async fn ask(client: &Client, statement: &Statement, evidence: &Evidence, advice: &str) -> Result<()> {
	client.verify_evidence(statement, evidence).await?.map_err(|reason| {
		Error::Refused(format!("the chain would refuse the proof: {reason:?}; nothing was sent. {advice}"))
	})
}
