//! What to do next for a job, from what is written down and what the chain says. Nothing else decides, so a restart at
//! any point goes on where it was.

use vektor_client::api::{JobInfo, JobState};

use crate::store::Record;

/// After so many deliveries of one job that are in blocks and did not settle it the agent stops: each cost a fee.
const MOST_ATTEMPTS: u32 = 3;

/// A job that the chain no longer knows so many blocks after its input was accepted never comes back.
const FORGOTTEN_AFTER: u64 = 256;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Make the proof.
	Prove,
	/// Sign and send the delivery.
	Deliver,
	/// Nothing until the chain moves.
	Wait,
	/// Remove the record: this became of the job.
	Forget(String),
}

/// The chain, as far as one job is concerned.
pub struct View<'a> {
	/// The best block's number.
	pub number: u64,
	/// The job in the best block.
	pub best: Option<&'a JobInfo>,
	/// The job in the last finalised block.
	pub finalised: Option<&'a JobInfo>,
	/// The agent account's next nonce in the best block, and with what waits in the pool.
	pub nonces: (u64, u64),
}

/// Whether the job may still be delivered.
pub fn in_time(job: &JobInfo) -> bool {
	job.state == JobState::Open && job.now <= job.deadline
}

/// Decides.
pub fn next(record: &Record, view: &View<'_>) -> Step {
	match view.finalised {
		Some(job) if job.state == JobState::Settled => return Step::Forget("settled and final".into()),
		Some(job) if job.state != JobState::Open => return Step::Forget("refunded: the deadline passed".into()),
		Some(job) if !in_time(job) => return Step::Forget("given up: the deadline passed".into()),
		None if view.best.is_none() && view.number >= record.accepted_at + FORGOTTEN_AFTER => {
			return Step::Forget("gone: the chain no longer knows it".into())
		}
		_ => (),
	}
	let deliverable = view.best.is_some_and(in_time);
	let held = view.best.is_some_and(|job| record.held_at == Some(job.now));
	match record {
		Record { failed: Some(_), .. } => Step::Wait,
		_ if held => Step::Wait,
		_ if !deliverable => Step::Wait,
		Record { proof: None, .. } => Step::Prove,
		Record { sent: None, .. } => Step::Deliver,
		Record { sent: Some(sent), .. } => {
			let (in_block, in_pool) = view.nonces;
			let (used, waiting) = (sent.nonce < in_block, in_block <= sent.nonce && sent.nonce < in_pool);
			match waiting || used && sent.attempts >= MOST_ATTEMPTS {
				true => Step::Wait,
				false => Step::Deliver,
			}
		}
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use crate::store::{tests::record, Proof, Sent};
	use vektor_primitives::{Asset, JobId, ModelId, OperatorId};

	pub fn job(id: JobId) -> JobInfo {
		JobInfo {
			id,
			client: [1; 32].into(),
			operator: OperatorId::default(),
			model: ModelId::default(),
			commitment: Default::default(),
			payload: Default::default(),
			asset: Asset::WithId(1),
			price: 100_000,
			opened: 10,
			deadline: 30,
			now: 12,
			state: JobState::Open,
			outputs: Vec::new(),
		}
	}

	fn decide(record: &Record, best: Option<&JobInfo>, finalised: Option<&JobInfo>, nonces: (u64, u64)) -> Step {
		next(record, &View { number: 20, best, finalised, nonces })
	}

	#[test]
	fn an_input_is_proved_a_proof_delivered() {
		let mut record = record(1);
		let open = job(record.job);
		assert_eq!(decide(&record, Some(&open), None, (0, 0)), Step::Prove);
		record.proof = Some(Proof { proof: vec![], outputs: vec![] });
		assert_eq!(decide(&record, Some(&open), Some(&open), (0, 0)), Step::Deliver);
	}

	#[test]
	fn a_delivery_on_its_way_is_waited_for_and_a_lost_one_sent_again() {
		let mut record = record(1);
		let open = job(record.job);
		record.proof = Some(Proof { proof: vec![], outputs: vec![] });
		record.sent = Some(Sent { nonce: 7, attempts: 1 });
		assert_eq!(decide(&record, Some(&open), None, (7, 8)), Step::Wait, "in the pool");
		assert_eq!(decide(&record, Some(&open), None, (7, 7)), Step::Deliver, "the pool lost it");
		assert_eq!(decide(&record, Some(&open), None, (8, 8)), Step::Deliver, "another transaction took its nonce");
		record.sent = Some(Sent { nonce: 7, attempts: MOST_ATTEMPTS });
		assert_eq!(decide(&record, Some(&open), None, (8, 8)), Step::Wait, "enough fees lost");
		assert_eq!(decide(&record, Some(&open), None, (7, 7)), Step::Deliver, "lost before it cost anything");
	}

	#[test]
	fn only_another_nonce_is_another_attempt() {
		let first = Sent::again(None, 7);
		assert_eq!(first, Sent { nonce: 7, attempts: 1 });
		assert_eq!(Sent::again(Some(first), 7), first, "a node that was killed three times lost it three times");
		assert_eq!(Sent::again(Some(first), 8), Sent { nonce: 8, attempts: 2 });
	}

	#[test]
	fn a_delivery_that_a_pause_refused_waits_until_time_goes_on() {
		let mut record = record(1);
		let open = job(record.job);
		record.proof = Some(Proof { proof: vec![], outputs: vec![] });
		record.held_at = Some(open.now);
		assert_eq!(decide(&record, Some(&open), Some(&open), (8, 8)), Step::Wait);
		let later = JobInfo { now: open.now + 1, ..open.clone() };
		assert_eq!(decide(&record, Some(&later), Some(&open), (8, 8)), Step::Deliver);
	}

	#[test]
	fn a_settled_job_is_forgotten_once_that_is_final() {
		let mut record = record(1);
		record.sent = Some(Sent { nonce: 7, attempts: 1 });
		let open = job(record.job);
		let settled = JobInfo { state: JobState::Settled, ..open.clone() };
		assert_eq!(decide(&record, Some(&settled), Some(&open), (8, 8)), Step::Wait);
		assert_eq!(decide(&record, Some(&settled), Some(&settled), (8, 8)), Step::Forget("settled and final".into()));
	}

	#[test]
	fn after_the_deadline_nothing_is_sent_and_the_job_is_given_up() {
		let mut record = record(1);
		record.proof = Some(Proof { proof: vec![], outputs: vec![] });
		let open = job(record.job);
		let late = JobInfo { now: 31, ..open.clone() };
		assert_eq!(decide(&record, Some(&late), Some(&open), (0, 0)), Step::Wait);
		assert!(matches!(decide(&record, Some(&late), Some(&late), (0, 0)), Step::Forget(_)));
		let refunded = JobInfo { state: JobState::Refunded, ..late };
		assert!(matches!(decide(&record, Some(&refunded), Some(&refunded), (0, 0)), Step::Forget(_)));
	}

	#[test]
	fn a_delivery_that_the_chain_refused_is_not_repeated() {
		let mut record = record(1);
		record.proof = Some(Proof { proof: vec![], outputs: vec![] });
		record.failed = Some("Jobs.ProofRefused".into());
		let open = job(record.job);
		assert_eq!(decide(&record, Some(&open), Some(&open), (9, 9)), Step::Wait);
	}

	#[test]
	fn a_job_in_a_retracted_block_is_waited_for_and_in_the_end_forgotten() {
		let record = record(1);
		assert_eq!(decide(&record, None, None, (0, 0)), Step::Wait);
		let view = View { number: 1 + FORGOTTEN_AFTER, best: None, finalised: None, nonces: (0, 0) };
		assert!(matches!(next(&record, &view), Step::Forget(_)));
	}
}
