#![doc = include_str!("../README.md")]

mod error;
mod inference;
mod jobs;
mod operators;
mod params;
mod tokenomics;

pub use error::Error;
pub use inference::{InferenceServer, Verification};
pub use jobs::{JobNotice, JobsFrom};
pub use operators::OperatorsServer;
pub use params::AssetParam;
pub use tokenomics::TokenomicsServer;

use std::{marker::PhantomData, sync::Arc};

use jsonrpsee::{core::RegisterMethodError, RpcModule};
use sc_client_api::BlockchainEvents;
use sc_rpc::SubscriptionTaskExecutor;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::{Block, Header};
use tokio::sync::Semaphore;
use vektor_runtime_api::{InferenceApi, OperatorsApi, TokenomicsApi};

/// Answers every method of the domain.
pub struct Domain<C, B> {
	client: Arc<C>,
	executor: SubscriptionTaskExecutor,
	/// Whose turn it is to have a past block looked up.
	turns: Arc<Semaphore>,
	_block: PhantomData<fn() -> B>,
}

impl<C, B> Clone for Domain<C, B> {
	fn clone(&self) -> Self {
		let (client, executor, turns) = (self.client.clone(), self.executor.clone(), self.turns.clone());
		Self { client, executor, turns, _block: PhantomData }
	}
}

impl<C: HeaderBackend<B>, B: Block> Domain<C, B> {
	/// The block asked for, which must be known, or the best one.
	fn block(&self, at: Option<B::Hash>) -> Result<B::Hash, Error> {
		let Some(hash) = at else {
			return Ok(self.client.info().best_hash);
		};
		match self.client.number(hash) {
			Ok(Some(_)) => Ok(hash),
			Ok(None) => Err(Error::UnknownBlock(format!("{hash:?}"))),
			Err(error) => Err(Error::RuntimeCall(error.to_string())),
		}
	}
}

/// All methods of the domain in one module.
pub fn module<C, B>(client: Arc<C>, executor: SubscriptionTaskExecutor) -> Result<RpcModule<()>, RegisterMethodError>
where
	B: Block,
	B::Header: Header<Number = u32>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + BlockchainEvents<B> + Send + Sync + 'static,
	C::Api: OperatorsApi<B> + InferenceApi<B> + TokenomicsApi<B>,
{
	let domain = Domain { client, executor, turns: Arc::new(Semaphore::new(jobs::TURNS)), _block: PhantomData };
	let mut module = RpcModule::new(());
	module.merge(OperatorsServer::into_rpc(domain.clone()))?;
	module.merge(InferenceServer::into_rpc(domain.clone()))?;
	module.merge(TokenomicsServer::into_rpc(domain))?;
	Ok(module)
}
