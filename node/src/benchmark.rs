//! `vektor-node benchmark`.

use std::time::Duration;

use frame_benchmarking_cli::{BenchmarkCmd, ExtrinsicFactory, SubstrateRemarkBuilder, SUBSTRATE_REFERENCE_HARDWARE};
use sc_cli::Result;
use sc_service::Configuration;
use sp_inherents::{InherentData, InherentDataProvider};
use sp_runtime::traits::HashingFor;

use crate::service::{self, Block};

/// Runs one benchmark.
pub fn run(cmd: &BenchmarkCmd, config: Configuration) -> Result<()> {
	match cmd {
		BenchmarkCmd::Pallet(cmd) => cmd.run_with_spec::<HashingFor<Block>, ()>(Some(config.chain_spec)),
		BenchmarkCmd::Block(cmd) => cmd.run(service::base(&config)?.client),
		BenchmarkCmd::Storage(cmd) => {
			let base = service::base(&config)?;
			let (db, storage) = (base.backend.expose_db(), base.backend.expose_storage());
			let cache = base.backend.expose_shared_trie_cache();
			cmd.run(config, base.client, db, storage, cache)
		}
		BenchmarkCmd::Overhead(cmd) => {
			let base = service::base(&config)?;
			let remark = SubstrateRemarkBuilder::new_from_client(base.client.clone())?;
			let name = config.chain_spec.name().into();
			cmd.run(name, base.client, inherent_data()?, Vec::new(), &remark, false)
		}
		BenchmarkCmd::Extrinsic(cmd) => {
			let base = service::base(&config)?;
			let remark = SubstrateRemarkBuilder::new_from_client(base.client.clone())?;
			cmd.run(base.client, inherent_data()?, Vec::new(), &ExtrinsicFactory(vec![Box::new(remark)]))
		}
		BenchmarkCmd::Machine(cmd) => cmd.run(&config, SUBSTRATE_REFERENCE_HARDWARE.clone()),
	}
}

/// The benchmarks' blocks carry no slot, so their time must be that of slot 0.
fn inherent_data() -> Result<InherentData> {
	let mut data = InherentData::new();
	let timestamp = sp_timestamp::InherentDataProvider::new(Duration::ZERO.into());
	futures::executor::block_on(timestamp.provide_inherent_data(&mut data))
		.map_err(|error| format!("inherent data: {error:?}"))?;
	Ok(data)
}
