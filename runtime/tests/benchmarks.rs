//! Every benchmark of ours runs on this runtime, once, with its checks: a weight that cannot be measured is a guess.

use codec::Encode;
use frame_benchmarking::{runtime_decl_for_benchmark::BenchmarkV2, BenchmarkConfig};
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use vektor_runtime::*;

/// As the crates are called.
const OURS: [&str; 9] = [
	"pallet_jobs",
	"pallet_live_clock",
	"pallet_buyback",
	"pallet_lock_staking",
	"pallet_models",
	"pallet_operators",
	"pallet_revenue",
	"pallet_supply",
	"pallet_verification",
];

fn run(pallet: &str, benchmark: &[u8], components: Vec<(frame_benchmarking::BenchmarkParameter, u32)>) {
	let mut ext = sp_io::TestExternalities::default();
	// What benchmarks sign with, as the command has it.
	ext.register_extension(sp_keystore::KeystoreExt::new(sp_keystore::testing::MemoryKeystore::new()));
	ext.execute_with(|| {
		<Runtime as GenesisBuilderV1<Block>>::build_state(crate::common::genesis("vektor-dev")).expect("it builds")
	});
	ext.commit_all().expect("a backend in memory");
	ext.execute_with(|| {
		let config = BenchmarkConfig {
			pallet: pallet.as_bytes().to_vec(),
			instance: Vec::new(),
			benchmark: benchmark.to_vec(),
			selected_components: components,
			verify: true,
			internal_repeats: 1,
		};
		let name = String::from_utf8_lossy(benchmark).into_owned();
		let batches = <Runtime as BenchmarkV2<Block>>::dispatch_benchmark(config);
		assert!(!batches.unwrap_or_else(|why| panic!("{pallet}::{name}: {why}")).encode().is_empty());
	});
}

#[test]
fn every_benchmark_of_ours_runs() {
	let (lists, _) =
		sp_io::TestExternalities::default().execute_with(|| <Runtime as BenchmarkV2<Block>>::benchmark_metadata(false));
	for pallet in OURS {
		let list = lists.iter().find(|list| list.pallet == pallet.as_bytes()).expect("the pallet has benchmarks");
		assert!(!list.benchmarks.is_empty());
		for benchmark in &list.benchmarks {
			run(pallet, &benchmark.name, benchmark.components.iter().map(|(name, _, high)| (*name, *high)).collect());
		}
	}
}
