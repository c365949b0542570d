//! BABE makes blocks, GRANDPA finalises them. Equivocations of both are reported by the nodes that see them.

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use sc_authority_discovery::WorkerConfig;
use sc_basic_authorship::ProposerFactory;
use sc_consensus::BoxBlockImport;
use sc_consensus_babe::{BabeLink, BabeParams, ImportQueueParams, SlotProportion};
use sc_consensus_grandpa::{Config, GrandpaParams, LinkHalf, SharedVoterState, VotingRulesBuilder};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{
	event::Event,
	service::traits::{NetworkService, NotificationService},
	ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{Configuration, Error};
use sc_telemetry::Telemetry;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::{inherents::InherentDataProvider as Slot, SlotDuration};
use sp_timestamp::InherentDataProvider as Timestamp;

use super::{equivocations::Reporting, Base, Block, FullClient, FullSelectChain, Options, Setup};

/// What ties GRANDPA's voter to the import of blocks.
pub type GrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;

/// GRANDPA justifies at least one block in so many: light clients and warp sync step from one to the next.
const JUSTIFICATION_PERIOD: u32 = 512;

/// The import of blocks that BABE made.
pub fn setup(config: &Configuration, base: &Base) -> Result<Setup, Error> {
	let telemetry = base.telemetry.as_ref().map(Telemetry::handle);
	let (finality_import, grandpa) = sc_consensus_grandpa::block_import(
		base.client.clone(),
		JUSTIFICATION_PERIOD,
		&base.client,
		base.select_chain.clone(),
		telemetry.clone(),
	)?;
	let babe = sc_consensus_babe::configuration(&*base.client)?;
	let slot_duration = babe.slot_duration();
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe,
		finality_import.clone(),
		base.client.clone(),
		move |_, ()| async move { Ok(clock(slot_duration)) },
		base.select_chain.clone(),
		OffchainTransactionPoolFactory::new(base.pool.clone()),
	)?;
	let block_import = Reporting::new(block_import, base, slot_duration);
	let (import_queue, babe_worker) = sc_consensus_babe::import_queue(ImportQueueParams {
		link: babe_link.clone(),
		block_import: block_import.clone(),
		justification_import: Some(Box::new(finality_import)),
		client: base.client.clone(),
		slot_duration,
		spawner: &base.task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		telemetry,
	})?;
	Ok(Setup { import_queue, block_import: Box::new(block_import), babe_link, babe_worker, grandpa: Some(grandpa) })
}

/// The slot and the time of the wall clock.
fn clock(slot_duration: SlotDuration) -> (Slot, Timestamp) {
	let now = Timestamp::from_system_time();
	(Slot::from_timestamp_and_slot_duration(*now, slot_duration), now)
}

/// Makes blocks.
pub fn author(
	base: &Base,
	options: &Options,
	block_import: BoxBlockImport<Block>,
	babe_link: BabeLink<Block>,
	sync: Arc<SyncingService<Block>>,
) -> Result<(), Error> {
	let telemetry = base.telemetry.as_ref().map(Telemetry::handle);
	let env = ProposerFactory::new(
		base.task_manager.spawn_handle(),
		base.client.clone(),
		base.pool.clone(),
		options.registry.as_ref(),
		telemetry.clone(),
	);
	let slot_duration = babe_link.config().slot_duration();
	let worker = sc_consensus_babe::start_babe(BabeParams {
		keystore: base.keystore.keystore(),
		client: base.client.clone(),
		select_chain: base.select_chain.clone(),
		env,
		block_import,
		sync_oracle: sync.clone(),
		justification_sync_link: sync,
		create_inherent_data_providers: move |_, ()| async move { Ok(clock(slot_duration)) },
		force_authoring: options.force_authoring,
		backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging::default()),
		babe_link,
		// The other half of the slot is for the block's way to the other validators and its check there.
		block_proposal_slot_portion: SlotProportion::new(0.5),
		max_block_proposal_slot_portion: None,
		telemetry,
	})?;
	base.task_manager.spawn_essential_handle().spawn_blocking("babe-proposer", Some("block-authoring"), worker);
	Ok(())
}

/// Publishes this validator's addresses and finds the others'.
pub fn discover_authorities(base: &Base, options: &Options, network: Arc<dyn NetworkService>) {
	let events = network.event_stream("authority-discovery").filter_map(|event| async move {
		match event {
			Event::Dht(event) => Some(event),
			_ => None,
		}
	});
	let (worker, _service) = sc_authority_discovery::new_worker_and_service_with_config(
		WorkerConfig {
			publish_non_global_ips: options.publish_non_global_ips,
			public_addresses: options.public_addresses.clone(),
			persisted_cache_directory: options.network_dir.clone(),
			strict_record_validation: true,
			..Default::default()
		},
		base.client.clone(),
		Arc::new(network),
		Box::pin(events),
		sc_authority_discovery::Role::PublishAndDiscover(base.keystore.keystore()),
		options.registry.clone(),
		base.task_manager.spawn_handle(),
	);
	base.task_manager.spawn_handle().spawn("authority-discovery-worker", Some("networking"), worker.run());
}

/// What GRANDPA's voter needs besides the base.
pub struct Voter {
	pub link: GrandpaLink,
	pub protocol: ProtocolName,
	pub notifications: Box<dyn NotificationService>,
	pub network: Arc<dyn NetworkService>,
	pub sync: Arc<SyncingService<Block>>,
	pub state: SharedVoterState,
}

/// Votes, or follows the votes where this node is no validator.
pub fn vote(base: &Base, options: &Options, voter: Voter) -> Result<(), Error> {
	let telemetry = base.telemetry.as_ref().map(Telemetry::handle);
	let future = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config: Config {
			gossip_duration: Duration::from_millis(333),
			justification_generation_period: JUSTIFICATION_PERIOD,
			name: Some(options.name.clone()),
			observer_enabled: false,
			keystore: options.role.is_authority().then(|| base.keystore.keystore()),
			local_role: options.role,
			telemetry: telemetry.clone(),
			protocol_name: voter.protocol,
		},
		link: voter.link,
		network: voter.network,
		sync: voter.sync,
		notification_service: voter.notifications,
		voting_rule: VotingRulesBuilder::default().build(),
		prometheus_registry: options.registry.clone(),
		shared_voter_state: voter.state,
		telemetry,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(base.pool.clone()),
	})?;
	base.task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, future);
	Ok(())
}
