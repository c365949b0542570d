//! Proofs, one at a time.

use std::{sync::Arc, time::Duration};

use vektor_circuits::digits::Payload;
use vektor_client::{api::JobInfo, Client, Error, Result, H256};
use vektor_primitives::{binding, Outputs, Statement};

use super::{disk, Agent};
use crate::{
	ezkl,
	http::short,
	next::in_time,
	say,
	served::{too_long, Served},
	session,
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
				let Some((_, job, limit)) = self.still_in_time(&record).await? else { return Ok(()) };
				prove_ezkl(model, &record, job.commitment, limit).await?
			}
			Served::Session(model) => {
				let Some((client, job, limit)) = self.still_in_time(&record).await? else { return Ok(()) };
				let known = client.model(job.model).await?;
				let wanted = known.ok_or_else(|| Error::Missing("the chain no longer knows its model".into()))?.outputs;
				let statement = |outputs| self.statement(&job, outputs);
				answer_in_enclave(model, &record, &job, wanted, limit, statement).await?
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

	/// The job, and how long it may take yet: others were proved meanwhile, and the node may have gone and come back.
	async fn still_in_time(&self, record: &Record) -> Result<Option<(Client, JobInfo, Duration)>> {
		let client = self.shared.chain.client()?;
		let Some(job) = client.job(record.job, None).await?.filter(in_time) else { return Ok(None) };
		let limit = left(&job, client.constant("Babe", "ExpectedBlockTime").await?);
		Ok(Some((client, job, limit)))
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

/// What the program could not do now is an error, to be tried again; what no other try would change is a reason. An answer is signed here
/// and nowhere else: what comes back from the disk, anybody may have written.
async fn answer_in_enclave(
	model: Arc<session::Model>,
	record: &Record,
	job: &JobInfo,
	wanted: u32,
	limit: Duration,
	statement: impl FnOnce(Outputs) -> Statement,
) -> Result<std::result::Result<Proof, String>> {
	let (bytes, commitment, runs) = (record.payload.clone(), job.commitment, model.clone());
	let outputs: Outputs = match blocking(move || runs.answer(&bytes, &commitment, wanted, limit)).await? {
		Ok(outputs) => outputs.try_into().map_err(|_| too_long())?,
		Err(session::Failure::Answer(reason)) => return Ok(Err(reason)),
		Err(session::Failure::Program(said)) => return Err(Error::Refused(said.to_string())),
	};
	let shown = outputs.iter().copied().map(H256).collect();
	Ok(Ok(Proof { proof: model.sign(&statement(outputs)).to_vec(), outputs: shown }))
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

	/// What becomes of a job of a model in the enclave that this script is, with an input that was sealed to it.
	async fn answered(script: &str) -> Result<std::result::Result<Proof, String>> {
		let fixture = session::tests::fixture(script);
		let (payload, commitment) = fixture.sealed(b"40 2");
		let record = Record { payload, ..store::tests::record(1) };
		let job = JobInfo { commitment, ..next::tests::job(record.job) };
		let statement = |outputs| Statement {
			genesis: H256::zero(),
			job: job.id,
			operator: job.operator,
			model: job.model,
			commitment,
			outputs,
		};
		let answered = answer_in_enclave(fixture.model.clone(), &record, &job, 2, LIMIT, statement).await;
		if let Ok(Ok(proof)) = &answered {
			let outputs: Vec<_> = proof.outputs.iter().map(|output| output.0).collect();
			assert!(fixture.model.signed(&statement(outputs.try_into().unwrap()), &proof.proof));
		}
		answered
	}

	#[tokio::test]
	async fn an_enclaves_program_is_tried_again_and_an_answer_that_is_none_is_not() {
		let proof = answered(session::tests::SUM).await.unwrap().unwrap();
		assert_eq!((proof.proof.len(), proof.outputs.len()), (64, 2));
		assert!(answered("echo 1").await.unwrap().unwrap_err().contains("wrote 1 outputs"));
		let error = answered("echo no weights >&2; exit 1").await.unwrap_err();
		assert!(matches!(&error, Error::Refused(said) if said.ends_with("no weights")), "{error}");
	}

	#[test]
	fn a_proof_may_take_as_long_as_its_job_has() {
		let job = next::tests::job(Default::default());
		assert_eq!(left(&job, 6_000), Duration::from_secs(18 * 6));
		assert_eq!(left(&JobInfo { now: job.deadline + 1, ..job }, 6_000), Duration::ZERO);
	}
}
