//! Waits for a job, through lost connections.

use std::time::{Duration, Instant};

use futures::StreamExt;
use vektor_client::{
	api::{JobInfo, JobState},
	events::Settled,
	units, Client, Error, Result,
};
use vektor_primitives::JobId;

use crate::ui::Ui;

/// So many connections in a row may fail.
const MOST_LOSSES: u32 = 30;

/// How long without a new block until the node is asked again.
const QUIET: Duration = Duration::from_secs(10);

/// How long a job that was in a block may be in no best one: twenty blocks.
const ABSENCE: Duration = Duration::from_secs(120);

/// Since when a job is in no best block. A re-organisation takes it out until another block has it.
#[derive(Default)]
pub struct Missed(Option<Instant>);

impl Missed {
	/// Whether a job is worth waiting for that was seen at `now`, or was not.
	fn may_come(&mut self, seen: bool, now: Instant) -> bool {
		if seen {
			self.0 = None;
			return true;
		}
		now.duration_since(*self.0.get_or_insert(now)) < ABSENCE
	}
}

/// A job that is done, and final.
pub struct Done {
	/// How it ended.
	pub job: JobInfo,
	/// Where its payment went, where the block of the settlement was seen.
	pub settled: Option<Settled>,
}

/// Whether the operator may still deliver it.
pub async fn still_open(client: &Client, id: JobId, missed: &mut Missed) -> Result<bool> {
	let job = client.job(id, None).await?;
	let may_come = missed.may_come(job.is_some(), Instant::now());
	Ok(job.map_or(may_come, |job| job.state == JobState::Open && job.now <= job.deadline))
}

/// Waits until the job is settled or refunded and that cannot be reverted.
pub async fn until_done(mut client: Client, id: JobId, ui: &mut Ui) -> Result<Done> {
	let mut settled = None;
	let mut losses = 0;
	let mut missed = Missed::default();
	loop {
		match follow(&client, id, &mut settled, &mut losses, &mut missed, ui).await {
			Err(e) if e.is_node_loss() && losses >= MOST_LOSSES => {
				let id = units::hex_of(id.0);
				return Err(e.advise(format!("The job goes on without this program: `vektor job {id} --wait`.")));
			}
			Err(e) if e.is_node_loss() => {
				ui.now(format!("{e} Connecting again"));
				losses += 1;
				tokio::time::sleep(Duration::from_secs(2)).await;
				if let Ok(again) = Client::connect(client.url()).await {
					client = again;
				}
			}
			Err(e) => return Err(e),
			Ok(job) => return Ok(Done { job, settled }),
		}
	}
}

async fn follow(
	client: &Client,
	id: JobId,
	settled: &mut Option<Settled>,
	losses: &mut u32,
	missed: &mut Missed,
	ui: &mut Ui,
) -> Result<JobInfo> {
	let mut heads = client.heads().await?;
	loop {
		let last = client.finalised().await?;
		let best = client.job(id, None).await?;
		if !missed.may_come(best.is_some(), Instant::now()) {
			return Err(Error::Missing("the chain knows no such job".into()));
		}
		match client.job(id, Some(last)).await? {
			Some(job) if matches!(job.state, JobState::Settled | JobState::Refunded) => return Ok(job),
			_ => ui.now(best.as_ref().map_or("The job's block was retracted; waiting for another", waits_for)),
		}
		let head = match tokio::time::timeout(QUIET, heads.next()).await {
			Err(_) => continue,
			Ok(None) => return Err(Error::Lost("the node closed the connection".into())),
			Ok(Some(head)) => head?,
		};
		*losses = 0;
		if settled.is_none() {
			*settled = Settled::find(&client.events(head.1).await?, &id)?;
		}
	}
}

/// What a job waits for, as the best block has it.
fn waits_for(job: &JobInfo) -> &'static str {
	match job.state {
		JobState::Open if job.now <= job.deadline => "Waiting for the operator's proof",
		JobState::Open => "The deadline has passed; waiting for the refund",
		JobState::RefundDue => "The refund waits until the account can take it",
		JobState::Settled => "Proved and settled; waiting until that is final",
		JobState::Refunded => "Refunded; waiting until that is final",
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_job_out_of_the_best_block_is_waited_for_some_blocks_each_time() {
		let (mut missed, start) = (Missed::default(), Instant::now());
		let mut at = |seconds, seen| missed.may_come(seen, start + Duration::from_secs(seconds));
		assert!(at(0, true) && at(500, false) && at(619, false), "a re-organisation");
		assert!(at(620, true) && at(700, false) && at(819, false), "another one");
		assert!(!at(820, false), "it is gone");
	}
}
