//! Proofs. The agent starts one at a time, since each uses all cores.

use std::{
	collections::HashMap,
	process::ExitStatus,
	sync::Arc,
	time::{Duration, Instant},
};

use vektor_circuits::digits::Payload;
use vektor_client::{api::JobInfo, Client, Error, Result, H256};
use vektor_ezkl::ToolError;
use vektor_primitives::{binding, JobId, Outputs, Statement};
use vektor_session::CommandError;

use super::{disk, lock, Agent};
use crate::{
	ezkl,
	http::short,
	next::in_time,
	say,
	served::{too_long, Served},
	session,
	store::{Proof, Record},
};

/// After so many ends without a proof the agent gives a job up: what ends the program on one input does so each time.
const MOST_EXITS: u32 = 3;

/// So far apart are two ends that count: what ended the program may soon be over, such as a disk that is full.
const APART: Duration = Duration::from_secs(60);

/// How often the program has ended without a proof, and when that last counted. A restart forgets it, since it comes after a repair.
#[derive(Default)]
pub(super) struct Exits(HashMap<JobId, (u32, Instant)>);

impl Exits {
	/// The program has ended without a proof at `now`. Says how often that counts.
	fn count(&mut self, job: JobId, now: Instant) -> u32 {
		let (count, at) = self.0.entry(job).or_insert((0, now));
		if *count == 0 || now.duration_since(*at) >= APART {
			*count = count.saturating_add(1);
			*at = now;
		}
		*count
	}

	/// The job is done with.
	pub(super) fn forget(&mut self, job: &JobId) {
		self.0.remove(job);
	}
}

/// Why there is no proof, where trying has shown it.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Unproved {
	/// No other try would change it.
	Never(String),
	/// The program ended without one, or was ended.
	Exit(String),
}

/// Whether a signal has ended a program, as the system does where memory runs out: that is none of the input's doing. A shell says it in a
/// number.
fn was_killed(status: ExitStatus) -> bool {
	matches!(status.code(), None | Some(129..=159))
}

/// How long a job may take yet, at so many milliseconds for a slot.
fn left(job: &JobInfo, slot_ms: u64) -> Duration {
	Duration::from_millis(u64::from(job.deadline.saturating_sub(job.now)).saturating_mul(slot_ms))
}

impl Agent {
	pub(super) async fn prove(self: Arc<Self>, mut record: Record, served: Served) -> Result<()> {
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
		let noted = note(&mut record, proved, &mut lock(&self.exits), Instant::now());
		self.shared.store.put(&record).map_err(disk)?;
		noted
	}

	/// The job, and how long it may take yet: the node may have gone and come back meanwhile.
	async fn still_in_time(&self, record: &Record) -> Result<Option<(Client, JobInfo, Duration)>> {
		let client = self.shared.chain.client()?;
		let Some(job) = client.job(record.job, None).await?.filter(in_time) else { return Ok(None) };
		let limit = left(&job, client.constant("Babe", "ExpectedBlockTime").await?);
		Ok(Some((client, job, limit)))
	}

	async fn prove_digits(&self, record: &Record) -> Result<std::result::Result<Proof, Unproved>> {
		let shared = &self.shared;
		let binding = binding(&self.genesis, &record.job, &shared.operator, &shared.model);
		let (prover, bytes) = (self.prover.clone(), record.payload.clone());
		blocking(move || {
			let payload = Payload::from_bytes(&bytes).map_err(|e| Unproved::Never(e.to_string()))?;
			let proved = prover.prove(&payload, &binding).map_err(|e| Unproved::Never(e.to_string()))?;
			Ok(Proof { proof: proved.proof, outputs: proved.outputs.into_iter().map(H256).collect() })
		})
		.await
	}
}

/// Writes down what has come of an input. Where another try may come to more, the error says so.
fn note(
	record: &mut Record,
	proved: std::result::Result<Proof, Unproved>,
	exits: &mut Exits,
	now: Instant,
) -> Result<()> {
	match proved {
		Ok(proof) => {
			record.proof = Some(proof);
			say!("job {}  proved", short(&record.job));
			return Ok(());
		}
		Err(Unproved::Exit(said)) => {
			if exits.count(record.job, now) < MOST_EXITS {
				return Err(Error::Refused(said));
			}
			record.failed = Some(said);
		}
		Err(Unproved::Never(reason)) => record.failed = Some(reason),
	}
	say!("job {}  cannot be proved: {}", short(&record.job), record.failed.as_deref().unwrap_or_default());
	Ok(())
}

/// What this machine could not do now is an error, to be tried again.
async fn prove_ezkl(
	model: Arc<ezkl::Model>,
	record: &Record,
	commitment: H256,
	limit: Duration,
) -> Result<std::result::Result<Proof, Unproved>> {
	let bytes = record.payload.clone();
	match blocking(move || model.prove(&bytes, &commitment, limit)).await? {
		Ok(proof) => Ok(Ok(proof)),
		Err(ezkl::Failure::Proof(reason)) => Ok(Err(Unproved::Never(reason))),
		Err(ezkl::Failure::Tool(said)) => match &said {
			ToolError::Failed { status, .. } if was_killed(*status) => Err(Error::Refused(said.to_string())),
			ToolError::Failed { .. } | ToolError::TimedOut { .. } => Ok(Err(Unproved::Exit(said.to_string()))),
			_ => Err(Error::Refused(said.to_string())),
		},
	}
}

/// What this machine could not do now is an error, to be tried again. An answer is signed here and nowhere else: what comes back from the
/// disk, anybody may have written.
async fn answer_in_enclave(
	model: Arc<session::Model>,
	record: &Record,
	job: &JobInfo,
	wanted: u32,
	limit: Duration,
	statement: impl FnOnce(Outputs) -> Statement,
) -> Result<std::result::Result<Proof, Unproved>> {
	let (bytes, commitment, runs) = (record.payload.clone(), job.commitment, model.clone());
	let outputs: Outputs = match blocking(move || runs.answer(&bytes, &commitment, wanted, limit)).await? {
		Ok(outputs) => outputs.try_into().map_err(|_| too_long())?,
		Err(session::Failure::Answer(reason)) => return Ok(Err(Unproved::Never(reason))),
		Err(session::Failure::Program(said)) => {
			return match &said {
				CommandError::NotRunnable { .. } => Err(Error::Refused(said.to_string())),
				CommandError::Failed { status, .. } if was_killed(*status) => Err(Error::Refused(said.to_string())),
				_ => Ok(Err(Unproved::Exit(said.to_string()))),
			}
		}
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
	async fn proved(tool: &str, fits: bool) -> Result<std::result::Result<Proof, Unproved>> {
		let (model, _dir) = model(tool);
		let commitment = H256(model.open(&input()).unwrap().hash);
		let record = Record { payload: input(), ..store::tests::record(1) };
		prove_ezkl(model, &record, if fits { commitment } else { H256::zero() }, LIMIT).await
	}

	#[tokio::test]
	async fn an_end_of_ezkls_is_told_from_a_proof_that_never_will_hold() {
		assert_eq!(proved("proves", true).await.unwrap().unwrap().outputs.len(), 10);
		let never = Unproved::Never("ezkl proved another input than the job's".into());
		assert_eq!(proved("proves", false).await.unwrap().unwrap_err(), never);
		let end = proved("fails", true).await.unwrap().unwrap_err();
		assert!(matches!(&end, Unproved::Exit(said) if said.ends_with("Failed to load srs")), "{end:?}");
	}

	/// What becomes of a job of a model in the enclave that this script is, with an input that was sealed to it.
	async fn answered(script: &str) -> Result<std::result::Result<Proof, Unproved>> {
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
	async fn an_end_of_an_enclaves_program_is_told_from_an_answer_that_is_none() {
		let proof = answered(session::tests::SUM).await.unwrap().unwrap();
		assert_eq!((proof.proof.len(), proof.outputs.len()), (64, 2));
		let never = answered("echo 1").await.unwrap().unwrap_err();
		assert!(matches!(&never, Unproved::Never(why) if why.contains("wrote 1 outputs")), "{never:?}");
		let end = answered("echo no weights >&2; exit 1").await.unwrap().unwrap_err();
		assert!(matches!(&end, Unproved::Exit(said) if said.ends_with("no weights")), "{end:?}");
	}

	#[tokio::test]
	async fn a_program_that_was_killed_is_started_again() {
		for script in ["kill -KILL $$", "exit 137"] {
			let said = answered(script).await.unwrap_err().to_string();
			assert!(said.contains(" failed ("), "{said}");
		}
	}

	fn exit() -> std::result::Result<Proof, Unproved> {
		Err(Unproved::Exit("no weights".into()))
	}

	#[test]
	fn what_ends_the_program_three_times_is_given_up() {
		let (mut exits, start) = (Exits::default(), Instant::now());
		let mut record = store::tests::record(1);
		for minutes in 1..MOST_EXITS {
			assert!(note(&mut record, exit(), &mut exits, start + APART * minutes).is_err());
			assert_eq!(record.stage(), "accepted");
		}
		note(&mut record, exit(), &mut exits, start + APART * MOST_EXITS).unwrap();
		assert_eq!((record.stage(), record.failed.as_deref()), ("failed", Some("no weights")));

		let mut other = store::tests::record(2);
		note(&mut other, Err(Unproved::Never("another input".into())), &mut exits, start).unwrap();
		assert_eq!(other.stage(), "failed");
	}

	#[test]
	fn ends_of_one_minute_count_once() {
		let (mut exits, start) = (Exits::default(), Instant::now());
		let mut record = store::tests::record(1);
		for seconds in [0, 6, 12, 18, 59] {
			assert!(note(&mut record, exit(), &mut exits, start + Duration::from_secs(seconds)).is_err());
		}
		assert_eq!(exits.count(record.job, start + APART), 2);
		exits.forget(&record.job);
		assert_eq!(exits.count(record.job, start + APART), 1);
	}

	#[test]
	fn a_proof_may_take_as_long_as_its_job_has() {
		let job = next::tests::job(Default::default());
		assert_eq!(left(&job, 6_000), Duration::from_secs(18 * 6));
		assert_eq!(left(&JobInfo { now: job.deadline + 1, ..job }, 6_000), Duration::ZERO);
	}
}
