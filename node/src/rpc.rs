//! The node's own JSON-RPC; `sc-service` adds `author`, `chain`, `state`, `system` and the `_v1` namespaces.

use std::{error::Error, sync::Arc};

use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_chain_spec::ChainSpec;
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use substrate_frame_rpc_system::{System, SystemApiServer};

use crate::service::{Block, FullBackend, FullClient, FullPool, FullSelectChain};

/// What the methods answer from.
pub struct Deps {
	pub client: Arc<FullClient>,
	pub pool: Arc<FullPool>,
	pub select_chain: FullSelectChain,
	pub keystore: KeystorePtr,
	pub chain_spec: Box<dyn ChainSpec>,
	pub babe_worker: BabeWorkerHandle<Block>,
	/// Nothing where blocks are sealed: GRANDPA does not run there.
	pub finality: Option<Finality>,
}

/// What GRANDPA's methods answer from.
pub struct Finality {
	pub voter_state: SharedVoterState,
	pub authority_set: SharedAuthoritySet<<Block as sp_runtime::traits::Block>::Hash, u32>,
	pub justifications: GrandpaJustificationStream<Block>,
	pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// All of them in one module.
pub fn create(deps: &Deps, executor: SubscriptionTaskExecutor) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Deps { client, pool, select_chain, keystore, chain_spec, babe_worker, finality } = deps;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(Babe::new(client.clone(), babe_worker.clone(), keystore.clone(), select_chain.clone()).into_rpc())?;
	if let Some(Finality { voter_state, authority_set, justifications, proofs }) = finality {
		module.merge(
			Grandpa::new(
				executor.clone(),
				authority_set.clone(),
				voter_state.clone(),
				justifications.clone(),
				proofs.clone(),
			)
			.into_rpc(),
		)?;
		module.merge(
			SyncState::new(chain_spec.cloned_box(), client.clone(), authority_set.clone(), babe_worker.clone())?
				.into_rpc(),
		)?;
	}
	module.merge(vektor_rpc::module::<_, Block>(client.clone(), executor)?)?;
	Ok(module)
}
