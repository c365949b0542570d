use std::{future::Future, sync::RwLock};

use vektor_client::{api::JobInfo, Client, Error, Result, H256};
use vektor_primitives::JobId;

/// What the endpoint asks the chain.
pub trait Chain: Send + Sync + 'static {
	/// A job, as the best block knows it.
	fn job(&self, id: JobId) -> impl Future<Output = Result<Option<JobInfo>>> + Send;
	/// The best block last heard of, while a node is connected.
	fn head(&self) -> Option<u64>;
	/// The chain's genesis hash.
	fn genesis(&self) -> H256;
}

/// The connection that the agent has at the moment, shared with the endpoint.
pub struct Link {
	genesis: H256,
	now: RwLock<Option<(Client, u64)>>,
}

impl Link {
	/// No connection yet, and the chain that it must be to.
	pub fn new(genesis: H256) -> Self {
		Self { genesis, now: RwLock::new(None) }
	}

	/// From now on this connection, at this best block; or none.
	pub fn set(&self, now: Option<(Client, u64)>) {
		*self.now.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = now;
	}

	/// The connection, if there is one.
	pub fn client(&self) -> Result<Client> {
		self.get().map(|(client, _)| client).ok_or_else(|| Error::Lost("reconnecting".into()))
	}

	fn get(&self) -> Option<(Client, u64)> {
		self.now.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
	}
}

impl Chain for Link {
	async fn job(&self, id: JobId) -> Result<Option<JobInfo>> {
		self.client()?.job(id, None).await
	}

	fn head(&self) -> Option<u64> {
		self.get().map(|(_, number)| number)
	}

	fn genesis(&self) -> H256 {
		self.genesis
	}
}
