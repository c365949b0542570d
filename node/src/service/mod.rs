//! The node's service: what all modes share. [`consensus`] and [`sealing`] differ in who makes blocks.

mod consensus;
mod equivocations;
mod sealing;

use std::{path::PathBuf, sync::Arc};

use futures::FutureExt;
use sc_client_api::{Backend, BlockBackend};
use sc_consensus::{BoxBlockImport, DefaultImportQueue, LongestChain};
use sc_consensus_babe::{BabeLink, BabeWorkerHandle};
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState};
use sc_executor::WasmExecutor;
use sc_network::{
	config::{FullNetworkConfiguration, NetworkBackendType, Role},
	Litep2pNetworkBackend, Multiaddr, NetworkBackend, NetworkWorker,
};
use sc_network_sync::strategy::warp::WarpSyncConfig;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{ChainType, Configuration, Error, GenesisBlockBuilder, KeystoreContainer, PruningMode, TaskManager};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_runtime::{generic, traits::Block as BlockT, OpaqueExtrinsic};
use substrate_prometheus_endpoint::Registry;
use vektor_runtime::apis::RuntimeApi;

use crate::{
	cli::Sealing,
	genesis,
	prober::{self, ProberOptions},
	rpc,
};

/// What the runtime may call on its host.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type HostFunctions = sp_io::SubstrateHostFunctions;
/// What the runtime may call on its host.
#[cfg(feature = "runtime-benchmarks")]
pub type HostFunctions = (sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);

/// A block whose transactions only the runtime can read: the node outlives their format.
pub type Block = generic::Block<vektor_runtime::Header, OpaqueExtrinsic>;
/// The client of this chain.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, WasmExecutor<HostFunctions>>;
/// Its database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// Its transaction pool.
pub type FullPool = TransactionPoolHandle<Block, FullClient>;
/// How it chooses between forks.
pub type FullSelectChain = LongestChain<FullBackend, Block>;
type Hash = <Block as BlockT>::Hash;

/// What every command that opens the database needs.
pub struct Base {
	pub client: Arc<FullClient>,
	pub backend: Arc<FullBackend>,
	pub task_manager: TaskManager,
	pub keystore: KeystoreContainer,
	pub select_chain: FullSelectChain,
	pub pool: Arc<FullPool>,
	pub telemetry: Option<Telemetry>,
}

/// How blocks come in.
pub struct Setup {
	pub import_queue: DefaultImportQueue<Block>,
	pub block_import: BoxBlockImport<Block>,
	pub babe_link: BabeLink<Block>,
	pub babe_worker: BabeWorkerHandle<Block>,
	/// Nothing where blocks are sealed.
	pub grandpa: Option<consensus::GrandpaLink>,
}

/// A node that verifies and imports, without network.
pub struct Partial {
	pub base: Base,
	pub setup: Setup,
}

/// What is still asked of the configuration after the network and the RPC have taken it.
struct Options {
	role: Role,
	name: String,
	force_authoring: bool,
	grandpa: bool,
	offchain_workers: bool,
	registry: Option<Registry>,
	publish_non_global_ips: bool,
	public_addresses: Vec<Multiaddr>,
	network_dir: Option<PathBuf>,
}

/// Opens the database and the keystore.
pub fn base(config: &Configuration) -> Result<Base, Error> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok::<_, sc_telemetry::Error>((worker, telemetry))
		})
		.transpose()?;
	let executor = sc_service::new_wasm_executor::<HostFunctions>(&config.executor);
	let backend = sc_service::new_db_backend(config.db_config())?;
	let genesis = GenesisBlockBuilder::new_with_storage(
		genesis::to_start(&*config.chain_spec).map_err(Error::Other)?,
		!config.no_genesis(),
		backend.clone(),
		executor.clone(),
	)?;
	let (client, backend, keystore, task_manager) =
		sc_service::new_full_parts_with_genesis_builder::<Block, RuntimeApi, _, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			backend,
			genesis,
			false,
		)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});
	let pool = sc_transaction_pool::Builder::new(
		task_manager.spawn_essential_handle(),
		client.clone(),
		config.role.is_authority().into(),
	)
	.with_options(config.transaction_pool.clone())
	.with_prometheus(config.prometheus_registry())
	.build();
	let select_chain = LongestChain::new(backend.clone());
	Ok(Base { client, backend, task_manager, keystore, select_chain, pool: Arc::new(pool), telemetry })
}

/// A node under consensus, for the commands that import.
pub fn partial(config: &Configuration) -> Result<Partial, Error> {
	let base = base(config)?;
	let setup = consensus::setup(config, &base)?;
	Ok(Partial { base, setup })
}

/// Starts the node.
pub fn run(mut config: Configuration, sealing: Sealing, probing: ProberOptions) -> Result<TaskManager, Error> {
	let development = config.chain_spec.chain_type() == ChainType::Development;
	if sealing != Sealing::Consensus {
		if !development {
			return Err(Error::Other(format!(
				"--sealing {sealing} is for development chains only, and {} is none: leave it out, or use --dev",
				config.chain_spec.name()
			)));
		}
		sealing::isolate(&mut config.network);
	}
	// A development chain is short and asked about any block: it keeps every state, and so serves `archive_v1`.
	if development && config.state_pruning.is_none() {
		config.state_pruning = Some(PruningMode::ArchiveAll);
	}
	match config.network.network_backend {
		NetworkBackendType::Litep2p => start::<Litep2pNetworkBackend>(config, sealing, probing),
		NetworkBackendType::Libp2p => start::<NetworkWorker<Block, Hash>>(config, sealing, probing),
	}
}

fn start<N: NetworkBackend<Block, Hash>>(
	config: Configuration,
	sealing: Sealing,
	probing: ProberOptions,
) -> Result<TaskManager, Error> {
	let chain_type = config.chain_spec.chain_type();
	let development = chain_type == ChainType::Development;
	let mut base = base(&config)?;
	sealing::check_database(&*base.client, sealing)?;
	let setup = match sealing {
		Sealing::Consensus => consensus::setup(&config, &base)?,
		_ => sealing::setup(&config, &base)?,
	};
	let Setup { import_queue, block_import, babe_link, babe_worker, grandpa } = setup;
	let options = Options {
		role: config.role,
		name: config.network.node_name.clone(),
		force_authoring: config.force_authoring,
		grandpa: !config.disable_grandpa,
		offchain_workers: config.offchain_worker.enabled,
		registry: config.prometheus_registry().cloned(),
		publish_non_global_ips: config.network.allow_non_globals_in_dht,
		public_addresses: config.network.public_addresses.clone(),
		network_dir: config.network.net_config_path.clone(),
	};

	let metrics = N::register_notification_metrics(config.prometheus_registry());
	let mut net_config = FullNetworkConfiguration::<_, _, N>::new(&config.network, options.registry.clone());
	let genesis = base.client.block_hash(0)?.ok_or_else(|| Error::Other("the database has no genesis block".into()))?;
	let voting = grandpa.as_ref().map(|_| {
		let protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
		let (peers, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
		net_config.add_notification_protocol(peers);
		(protocol, notifications)
	});
	let warp_sync = grandpa.as_ref().map(|link| {
		let proofs = sc_consensus_grandpa::warp_proof::NetworkProvider::new(
			base.backend.clone(),
			link.shared_authority_set().clone(),
			Vec::new(),
		);
		WarpSyncConfig::WithProvider(Arc::new(proofs))
	});
	let (network, system_rpc_tx, tx_handler_controller, sync, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: base.client.clone(),
			transaction_pool: base.pool.clone(),
			spawn_handle: base.task_manager.spawn_handle(),
			spawn_essential_handle: base.task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: warp_sync,
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if options.offchain_workers {
		let workers = OffchainWorkers::new(OffchainWorkerOptions {
			runtime_api_provider: base.client.clone(),
			keystore: Some(base.keystore.keystore()),
			offchain_db: base.backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(base.pool.clone())),
			network_provider: Arc::new(network.clone()),
			is_validator: options.role.is_authority(),
			enable_http_requests: false,
			custom_extensions: |_| Vec::new(),
		})?;
		base.task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(base.client.clone(), base.task_manager.spawn_handle()).boxed(),
		);
	}

	let voter_state = SharedVoterState::empty();
	let deps = rpc::Deps {
		client: base.client.clone(),
		pool: base.pool.clone(),
		select_chain: base.select_chain.clone(),
		keystore: base.keystore.keystore(),
		chain_spec: config.chain_spec.cloned_box(),
		babe_worker,
		finality: grandpa.as_ref().map(|link| rpc::Finality {
			voter_state: voter_state.clone(),
			authority_set: link.shared_authority_set().clone(),
			justifications: link.justification_stream(),
			proofs: FinalityProofProvider::new_for_service(
				base.backend.clone(),
				Some(link.shared_authority_set().clone()),
			),
		}),
	};
	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		client: base.client.clone(),
		backend: base.backend.clone(),
		task_manager: &mut base.task_manager,
		keystore: base.keystore.keystore(),
		transaction_pool: base.pool.clone(),
		rpc_builder: Box::new(move |executor| rpc::create(&deps, executor).map_err(Error::Application)),
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync.clone(),
		telemetry: base.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	match (grandpa, voting) {
		(Some(link), Some((protocol, notifications))) => {
			if options.role.is_authority() {
				consensus::author(&base, &options, block_import, babe_link, sync.clone())?;
				if !probing.no_prober {
					let deps = prober::Deps {
						client: base.client.clone(),
						pool: base.pool.clone(),
						keystore: base.keystore.keystore(),
						sync: sync.clone(),
						registry: options.registry.clone(),
						private: matches!(chain_type, ChainType::Development | ChainType::Local),
						options: probing,
					};
					let probing = prober::run(deps).boxed();
					base.task_manager.spawn_handle().spawn("connectivity-prober", Some("connectivity"), probing);
				}
				// A development chain's one validator has nobody to find.
				if !development {
					consensus::discover_authorities(&base, &options, network.clone());
				}
			}
			if options.grandpa {
				let voter = consensus::Voter { link, protocol, notifications, network, sync, state: voter_state };
				consensus::vote(&base, &options, voter)?;
			}
		}
		_ => sealing::seal(&base, sealing, block_import, babe_link)?,
	}
	Ok(base.task_manager)
}
