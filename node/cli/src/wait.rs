//! Waits for a job, through lost connections.

use std::time::Duration;

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

/// A job that is done, and final.
pub struct Done {
	/// How it ended.
	pub job: JobInfo,
	/// Where its payment went, where the block of the settlement was seen.
	pub settled: Option<Settled>,
}

/// Whether the operator may still deliver it.
pub async fn still_open(client: &Client, id: JobId) -> Result<bool> {
	let job = client.job(id, None).await?;
	Ok(job.is_some_and(|job| job.state == JobState::Open && job.now <= job.deadline))
}

/// Waits until the job is settled or refunded and that cannot be reverted.
pub async fn until_done(mut client: Client, id: JobId, ui: &mut Ui) -> Result<Done> {
	let mut settled = None;
	let mut losses = 0;
	loop {
		match follow(&client, id, &mut settled, &mut losses, ui).await {
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
	ui: &mut Ui,
) -> Result<JobInfo> {
	let mut heads = client.heads().await?;
	loop {
		let last = client.finalised().await?;
		let best = client.job(id, None).await?.ok_or_else(|| Error::Missing("the chain knows no such job".into()))?;
		match client.job(id, Some(last)).await? {
			Some(job) if matches!(job.state, JobState::Settled | JobState::Refunded) => return Ok(job),
			_ => ui.now(match best.state {
				JobState::Open if best.now <= best.deadline => "Waiting for the operator's proof",
				JobState::Open => "The deadline has passed; waiting for the refund",
				JobState::RefundDue => "The refund waits until the account can take it",
				JobState::Settled => "Proved and settled; waiting until that is final",
				JobState::Refunded => "Refunded; waiting until that is final",
			}),
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
