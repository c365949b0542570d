//! Proofs, one at a time.

use std::{sync::Arc, time::Duration};

use vektor_circuits::digits::Payload;
use vektor_client::{api::JobInfo, Error, Result, H256};
use vektor_primitives::binding;

use super::{disk, Agent};
use crate::{
	ezkl,
	http::short,
	next::in_time,
	say,
	served::Served,
	store::{Proof, Record},
};

/// How long a job may take yet, at so many milliseconds for a slot.
fn left(job: &JobInfo, slot_ms: u64) -> Duration {
	Duration::from_millis(u64::from(job.deadline.saturating_sub(job.now)).saturating_mul(slot_ms))
}

impl Agent {
	pub(super) async fn prove(self: Arc<Self>, mut record: Record, served: Served) -> Result<()> {
		let _one_at_a_time = self.proving.lock().await;
		let proved = match served {
			Served::Digits => self.prove_digits(&record).await?,
			Served::Ezkl(model) => {
				// Others were proved meanwhile, and the node may have gone and come back.
				let client = self.shared.chain.client()?;
				let Some(job) = client.job(record.job, None).await?.filter(in_time) else { return Ok(()) };
				let limit = left(&job, client.constant("Babe", "ExpectedBlockTime").await?);
				prove_ezkl(model, &record, job.commitment, limit).await?
			}
		};
		match proved {
			Ok(proof) => {
				record.proof = Some(proof);
				say!("job {}  proved", short(&record.job));
			}
			Err(reason) => {
				say!("job {}  cannot be proved: {reason}", short(&record.job));
				record.failed = Some(reason);
			}
		}
		self.shared.store.put(&record).map_err(disk)
	}

	async fn prove_digits(&self, record: &Record) -> Result<std::result::Result<Proof, String>> {
		let shared = &self.shared;
		let binding = binding(&self.genesis, &record.job, &shared.operator, &shared.model);
		let (prover, bytes) = (self.prover.clone(), record.payload.clone());
		blocking(move || {
			let payload = Payload::from_bytes(&bytes).map_err(|e| e.to_string())?;
			let proved = prover.prove(&payload, &binding).map_err(|e| e.to_string())?;
			Ok(Proof { proof: proved.proof, outputs: proved.outputs.into_iter().map(H256).collect() })
		})
		.await
	}
}

/// What ezkl could not do now is an error, to be tried again; what no other try would change is a reason.
async fn prove_ezkl(
	model: Arc<ezkl::Model>,
	record: &Record,
	commitment: H256,
	limit: Duration,
) -> Result<std::result::Result<Proof, String>> {
	let bytes = record.payload.clone();
	match blocking(move || model.prove(&bytes, &commitment, limit)).await? {
		Ok(proof) => Ok(Ok(proof)),
		Err(ezkl::Failure::Proof(reason)) => Ok(Err(reason)),
		Err(ezkl::Failure::Tool(said)) => Err(Error::Refused(said.to_string())),
	}
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
	tokio::task::spawn_blocking(work).await.map_err(|e| Error::Input(format!("the prover stopped: {e}")))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		ezkl::tests::{input, model},
		next, store,
	};

	const LIMIT: Duration = Duration::from_secs(60);

	/// What becomes of a job with the input of the committed proof, and that commitment or another.
	async fn proved(tool: &str, fits: bool) -> Result<std::result::Result<Proof, String>> {
		let (model, _dir) = model(tool);
		let commitment = H256(model.open(&input()).unwrap().hash);
		let record = Record { payload: input(), ..store::tests::record(1) };
		prove_ezkl(model, &record, if fits { commitment } else { H256::zero() }, LIMIT).await
	}

	#[tokio::test]
	async fn ezkl_is_tried_again_and_a_proof_that_never_will_hold_is_not() {
		assert_eq!(proved("proves", true).await.unwrap().unwrap().outputs.len(), 10);
		assert_eq!(proved("proves", false).await.unwrap().unwrap_err(), "ezkl proved another input than the job's");
		let error = proved("fails", true).await.unwrap_err();
		assert!(matches!(&error, Error::Refused(said) if said.ends_with("Failed to load srs")), "{error}");
	}

	#[test]
	fn a_proof_may_take_as_long_as_its_job_has() {
		let job = next::tests::job(Default::default());
		assert_eq!(left(&job, 6_000), Duration::from_secs(18 * 6));
		assert_eq!(left(&JobInfo { now: job.deadline + 1, ..job }, 6_000), Duration::ZERO);
	}
}
