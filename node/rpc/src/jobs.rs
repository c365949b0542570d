//! The stream of `inference_subscribeJobs`.

use std::{pin::pin, time::Duration};

use futures::{
	channel::oneshot,
	future::{self, Either},
	stream, FutureExt, StreamExt,
};
use jsonrpsee::{types::ErrorObjectOwned, PendingSubscriptionSink, SubscriptionMessage, SubscriptionSink};
use sc_client_api::BlockchainEvents;
use serde::{Deserialize, Serialize};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::{Block, Header};
use vektor_runtime_api::{InferenceApi, JobEvent, JobFilter};

use crate::{Domain, Error};

/// A finality notification pins its block, so a subscriber may not lag without end.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many blocks before the last finalised one a subscription may begin: a day at six seconds each.
const MOST_BACK: u32 = 14_400;

/// How many past blocks are looked up at once, so that who asks for a day leaves the node to the others.
pub(crate) const TURNS: usize = 4;

/// What to hear, and from when on.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct JobsFrom {
	/// Which events.
	#[serde(flatten)]
	pub filter: JobFilter,
	/// The first block whose events are sent: the one after the last finalised block, unless said otherwise. No more
	/// than 14,400 blocks ago.
	pub from_block: Option<u32>,
}

/// One item of the subscription.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct JobNotice<Hash> {
	/// The block's number.
	pub block: u32,
	/// The block's hash.
	pub hash: Hash,
	/// What happened.
	#[serde(flatten)]
	pub event: JobEvent,
}

/// Answers `pending` until the subscriber leaves, lags, or a block's state is gone.
pub(crate) fn spawn<C, B>(domain: Domain<C, B>, pending: PendingSubscriptionSink, from: JobsFrom)
where
	B: Block,
	B::Header: Header<Number = u32>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + BlockchainEvents<B> + Send + Sync + 'static,
	C::Api: InferenceApi<B>,
{
	let executor = domain.executor.clone();
	let task = async move {
		// The notifications come first: a block finalised after them and before the look-up is then in both.
		let notifications = domain.client.finality_notification_stream();
		let finalised = domain.client.info().finalized_number;
		let mut next = from.from_block.unwrap_or_else(|| finalised.saturating_add(1));
		if next <= finalised {
			let first = match reaches(next, finalised) {
				Ok(()) => domain.past(next, from.filter.clone()).await.map(drop),
				far => far,
			};
			if let Err(error) = first {
				return pending.reject(ErrorObjectOwned::from(error)).await;
			}
		}
		let Ok(sink) = pending.accept().await else { return };
		let mut heads = stream::once(future::ready(finalised)).chain(notifications.map(|head| *head.header.number()));
		loop {
			let Either::Right((Some(head), _)) = future::select(pin!(sink.closed()), heads.next()).await else {
				return;
			};
			while next <= head {
				// Where nothing is sent, nothing else tells that the subscriber has left.
				if sink.is_closed() {
					return;
				}
				let found = match next <= finalised {
					true => domain.past(next, from.filter.clone()).await,
					false => domain.notices(next, from.filter.clone()).await,
				};
				let Ok(notices) = found else {
					return;
				};
				if !send(&sink, notices).await {
					return;
				}
				next = next.saturating_add(1);
			}
		}
	};
	executor.spawn("vektor-rpc-jobs", Some("rpc"), task.boxed());
}

/// Whether a subscription may begin with block `from`.
fn reaches(from: u32, finalised: u32) -> Result<(), Error> {
	let earliest = finalised.saturating_sub(MOST_BACK);
	match from < earliest {
		true => Err(Error::TooFarBack { earliest }),
		false => Ok(()),
	}
}

/// Whether the subscriber took every notice in time.
async fn send<Hash: Serialize>(sink: &SubscriptionSink, notices: Vec<JobNotice<Hash>>) -> bool {
	for notice in notices {
		let Ok(message) = SubscriptionMessage::from_json(&notice) else {
			return false;
		};
		if sink.send_timeout(message, PATIENCE).await.is_err() {
			return false;
		}
	}
	true
}

impl<C, B> Domain<C, B>
where
	B: Block,
	B::Header: Header<Number = u32>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + Send + Sync + 'static,
	C::Api: InferenceApi<B>,
{
	/// What happened in a block that was final before the subscription, when it is its turn. Nobody holds a turn while a
	/// slow subscriber reads.
	async fn past(&self, number: u32, filter: JobFilter) -> Result<Vec<JobNotice<B::Hash>>, Error> {
		let _turn = self.turns.acquire().await;
		self.notices(number, filter).await
	}

	/// What happened in the finalised block `number`. The runtime's call blocks, so a blocking thread makes it.
	async fn notices(&self, number: u32, filter: JobFilter) -> Result<Vec<JobNotice<B::Hash>>, Error> {
		let (answer, heard) = oneshot::channel();
		let client = self.client.clone();
		let call = async move {
			let notices = match client.hash(number) {
				Ok(Some(hash)) => client.runtime_api().job_events(hash, filter).map_err(Error::from).map(|events| {
					events.into_iter().map(|event| JobNotice { block: number, hash, event }).collect::<Vec<_>>()
				}),
				_ => Err(Error::UnknownBlock(number.to_string())),
			};
			// Nobody listens any more: the subscription ended meanwhile.
			let _ = answer.send(notices);
		};
		self.executor.spawn_blocking("vektor-rpc-job-events", Some("rpc"), call.boxed());
		heard.await.unwrap_or_else(|_| Err(Error::RuntimeCall("the node is stopping".into())))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::H256;
	use vektor_primitives::JobId;

	#[test]
	fn a_filter_names_jobs_and_a_block() {
		let job = H256::repeat_byte(7);
		let from: JobsFrom =
			serde_json::from_value(serde_json::json!({ "job": format!("{job:?}"), "fromBlock": 12 })).unwrap();
		assert_eq!(from.filter.job, Some(JobId(job)));
		assert_eq!(from.from_block, Some(12));
		assert_eq!(serde_json::from_str::<JobsFrom>("{}").unwrap(), JobsFrom::default());
	}

	#[test]
	fn a_subscription_begins_a_day_ago_at_the_earliest() {
		assert_eq!(reaches(0, MOST_BACK), Ok(()));
		assert_eq!(reaches(0, MOST_BACK + 1), Err(Error::TooFarBack { earliest: 1 }));
		assert_eq!(reaches(1, MOST_BACK + 1), Ok(()));
	}

	#[test]
	fn the_readme_says_how_far_back_and_for_how_many() {
		let readme = include_str!("../README.md");
		assert!(readme.contains("14,400 blocks") && MOST_BACK == 14_400);
		assert!(readme.contains("for four subscribers") && TURNS == 4);
	}
}
