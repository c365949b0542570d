//! Deliveries: signed, sent, and followed until they are final.

use std::sync::Arc;

use vektor_client::{api::JobInfo, calls, units, Client, Error, FeeAsset, Progress, Result, Until};
use vektor_primitives::{Evidence, EvidenceError, Outputs, Statement};

use super::{disk, Agent};
use crate::{
	http::short,
	say,
	served::{too_long, Served},
	store::{Record, Sent},
};

/// What a call is refused with that a brake has stopped.
const PAUSED: &str = "System.CallFiltered";

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
		let result = client
			.send(&call, &self.key, FeeAsset::Native, Until::Finalised, move |progress| match progress {
				Progress::Signed(nonce) => {
					written.sent = Some(Sent::again(before, nonce));
					if let Err(e) = store.put(written) {
						say!("job {}  {}", short(&job), disk(e));
					}
				}
				Progress::Sent(_) => say!("job {}  delivery sent", short(&job)),
				Progress::InBlock(block) => {
					say!("job {}  delivery in block {}", short(&job), units::hex_of(&block[..6]))
				}
				Progress::Retracted => say!("job {}  that block was retracted; waiting", short(&job)),
				Progress::Finalised(_) => say!("job {}  delivery final", short(&job)),
			})
			.await;
		match result {
			Ok(included) => {
				if let Some(refused) = included.events.iter().find(|event| event.is("Jobs", "ProofRefused")) {
					let reason: EvidenceError = refused.field("reason")?;
					say!(
						"job {}  the chain refused the proof: {reason:?}. The fee is lost, nothing was paid",
						short(&job)
					);
					record.failed = Some(format!("the proof was refused: {reason:?}"));
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

/// Asks the chain whether it would accept a proof. What it checks by may be other than ours, and a refusal would cost the fee and
/// reputation. Asking costs nothing.
async fn ask(client: &Client, statement: &Statement, evidence: &Evidence, advice: &str) -> Result<()> {
	client.verify_evidence(statement, evidence).await?.map_err(|reason| {
		Error::Refused(format!("the chain would refuse the proof: {reason:?}; nothing was sent. {advice}"))
	})
}
