//! Blocks on demand, for development chains. Every block takes the next slot, whatever the clock says: the chain's time is
//! its own, and the same BABE digests, epochs and randomness come as under consensus.

use std::{sync::Arc, time::Duration};

use futures::{future, stream, Stream, StreamExt};
use sc_basic_authorship::ProposerFactory;
use sc_client_api::AuxStore;
use sc_consensus::BoxBlockImport;
use sc_consensus_babe::{BabeLink, ImportQueueParams};
use sc_consensus_manual_seal::{
	consensus::{babe::BabeConsensusDataProvider, timestamp::SlotTimestampProvider},
	run_manual_seal, EngineCommand, ManualSealParams,
};
use sc_network::config::{NetworkConfiguration, NonReservedPeerMode, TransportConfig};
use sc_service::{Configuration, Error};
use sc_transaction_pool_api::{OffchainTransactionPoolFactory, TransactionPool};
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::inherents::InherentDataProvider as Slot;
use sp_core::crypto::{key_types::BABE, ByteArray};
use sp_inherents::CreateInherentDataProviders;
use tokio::time::MissedTickBehavior;

use super::{Base, Block, FullClient, Hash, Setup};
use crate::cli::Sealing;

/// In the database once its blocks were sealed.
const SEALED: &[u8] = b"vektor:sealed";

/// A sealed chain has no peers.
pub fn isolate(network: &mut NetworkConfiguration) {
	network.transport = TransportConfig::Normal { enable_mdns: false, allow_private_ip: true };
	network.boot_nodes.clear();
	network.listen_addresses.clear();
	network.default_peers_set.in_peers = 0;
	network.default_peers_set.out_peers = 0;
	network.default_peers_set.reserved_nodes.clear();
	network.default_peers_set.non_reserved_mode = NonReservedPeerMode::Deny;
}

/// Sealed time runs apart from the clock and consensus would wait for it, or skip epochs: a database is of one kind for
/// good.
pub fn check_database<C: AuxStore + HeaderBackend<Block>>(client: &C, sealing: Sealing) -> Result<(), Error> {
	let sealed = client.get_aux(SEALED)?.is_some();
	let fresh = client.info().best_number == 0;
	match (sealing, sealed) {
		(Sealing::Consensus, false) => Ok(()),
		(Sealing::Consensus, true) => Err(Error::Other(
			"this database was sealed on demand, so its time is not the clock's and consensus cannot go on from it: \
			 start with --sealing instant or --sealing interval=MS, or delete it with purge-chain"
				.into(),
		)),
		(_, true) => Ok(()),
		(_, false) if fresh => Ok(client.insert_aux(&[(SEALED, &[1u8][..])], &[])?),
		(mode, false) => Err(Error::Other(format!(
			"this database was made by consensus and --sealing {mode} cannot go on from it: start without --sealing, \
			 delete it with purge-chain, or leave out --base-path"
		))),
	}
}

/// The next slot and its time. The slot comes first: BABE's worker reads it there.
fn next_slot(
	client: Arc<FullClient>,
) -> impl CreateInherentDataProviders<Block, (), InherentDataProviders = (Slot, SlotTimestampProvider)> + Clone {
	move |_, ()| {
		let client = client.clone();
		async move {
			let time = SlotTimestampProvider::new_babe(client).map_err(|error| error.to_string())?;
			Ok((Slot::new(time.slot()), time))
		}
	}
}

/// The import of blocks that are sealed here. Their time may be ahead of the clock, so inherents are checked against the
/// chain's own time, and no GRANDPA is wrapped in.
pub fn setup(config: &Configuration, base: &Base) -> Result<Setup, Error> {
	let babe = sc_consensus_babe::configuration(&*base.client)?;
	let slot_duration = babe.slot_duration();
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe,
		base.client.clone(),
		base.client.clone(),
		next_slot(base.client.clone()),
		base.select_chain.clone(),
		OffchainTransactionPoolFactory::new(base.pool.clone()),
	)?;
	let (import_queue, babe_worker) = sc_consensus_babe::import_queue(ImportQueueParams {
		link: babe_link.clone(),
		block_import: block_import.clone(),
		justification_import: None,
		client: base.client.clone(),
		slot_duration,
		spawner: &base.task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		telemetry: None,
	})?;
	Ok(Setup { import_queue, block_import: Box::new(block_import), babe_link, babe_worker, grandpa: None })
}

/// Seals and finalises blocks.
pub fn seal(
	base: &Base,
	sealing: Sealing,
	block_import: BoxBlockImport<Block>,
	babe_link: BabeLink<Block>,
) -> Result<(), Error> {
	let keystore = base.keystore.keystore();
	let authorities = babe_link.config().authorities.clone();
	if !authorities.iter().any(|(id, _)| keystore.has_keys(&[(id.to_raw_vec(), BABE)])) {
		// Without it slots are claimed without a VRF, and the chain's randomness stands still.
		return Err(Error::Other(format!(
			"--sealing {sealing} needs the BABE key of one of the chain's authorities in the keystore: with --dev that \
			 is Alice's, which --alice (the default) puts there"
		)));
	}
	let env =
		ProposerFactory::new(base.task_manager.spawn_handle(), base.client.clone(), base.pool.clone(), None, None);
	let provider =
		BabeConsensusDataProvider::new(base.client.clone(), keystore, babe_link.epoch_changes().clone(), authorities)
			.map_err(|error| Error::Other(error.to_string()))?;
	let task = run_manual_seal(ManualSealParams {
		block_import,
		env,
		client: base.client.clone(),
		pool: base.pool.clone(),
		commands_stream: Box::pin(commands(base, sealing)),
		select_chain: base.select_chain.clone(),
		consensus_data_provider: Some(Box::new(provider)),
		create_inherent_data_providers: next_slot(base.client.clone()),
	});
	base.task_manager.spawn_essential_handle().spawn_blocking("sealing", Some("block-authoring"), task);
	log::info!("⏱  Sealing blocks: {sealing}. The chain's time moves one slot with each block.");
	Ok(())
}

/// When to seal. The first block comes at once: it gives the chain a time and the pool a view. Empty blocks count as
/// blocks, because with BABE's inherents a block of one transaction passes for an empty one.
fn commands(base: &Base, sealing: Sealing) -> impl Stream<Item = EngineCommand<Hash>> + Send {
	let moments = match sealing {
		Sealing::Interval(ms) => {
			let ticks = async move {
				let mut ticks = tokio::time::interval(Duration::from_millis(ms.get()));
				ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
				stream::unfold(ticks, |mut ticks| async move {
					ticks.tick().await;
					Some(((), ticks))
				})
			};
			stream::once(ticks).flatten().boxed()
		}
		_ => {
			let transactions = base.pool.import_notification_stream().map(|_| ());
			stream::once(future::ready(())).chain(transactions).boxed()
		}
	};
	moments.map(|()| EngineCommand::SealNewBlock {
		create_empty: true,
		finalize: true,
		parent_hash: None,
		sender: None,
	})
}
