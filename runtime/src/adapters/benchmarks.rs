//! What the SDK's benchmarks ask for.

use alloc::{boxed::Box, vec};
use frame_support::traits::{
	fungibles::{Create, Inspect, Mutate},
	Get, Hooks,
};
use pallet_buyback::Pool;
use pallet_verification::{EzklKey, SrsTrust, StoredKey};
use sp_core::crypto::FromEntropy;
use sp_core::H256;
use sp_runtime::{traits::BlockNumberProvider, AccountId32};
use vektor_primitives::{
	hash, traits::OperatorRegistry, Asset, Balance, KeySetup, ModelId, Needs, OperatorId, Ppm, PublicSlot, Usd,
	Verification, MAX_EZKL_KEY, ONE_USDC, USDC, VKTR,
};

use crate::{
	adapters::{live::ElapsedSlots, money::Money, pool::DollarPool},
	params::{EXISTENTIAL_DEPOSIT, USDC_MINIMUM},
	AccountId, AssetConversion, Assets, Buyback, Models, Operators, Runtime, RuntimeOrigin, System,
};

/// Gives `who` the floor and `amount` more, making the asset if it is not there.
pub fn fund(who: &AccountId, asset: &Asset, amount: Balance) {
	if let Asset::WithId(id) = asset {
		if !Assets::asset_exists(*id) {
			<Assets as Create<AccountId>>::create(*id, who.clone(), true, 1).expect("benchmarks only");
		}
	}
	let floor = Money::minimum_balance(asset.clone());
	Money::mint_into(Asset::Native, who, EXISTENTIAL_DEPOSIT).expect("benchmarks only");
	Money::mint_into(asset.clone(), who, floor.saturating_add(amount)).expect("benchmarks only");
}

/// Makes arguments from seeds.
pub struct Arguments;

impl pallet_asset_rate::AssetKindFactory<Asset> for Arguments {
	fn create_asset_kind(seed: u32) -> Asset {
		Asset::WithId(seed)
	}
}

impl pallet_treasury::ArgumentsFactory<Asset, AccountId> for Arguments {
	fn create_asset_kind(_: u32) -> Asset {
		Asset::WithId(USDC)
	}

	fn create_beneficiary(seed: [u8; 32]) -> AccountId {
		AccountId32::from_entropy(&mut seed.as_slice()).expect("32 bytes are an account")
	}
}

impl pallet_asset_conversion::BenchmarkHelper<Asset> for Arguments {
	fn create_pair(seed1: u32, seed2: u32) -> (Asset, Asset) {
		(if seed1 == 0 { Asset::Native } else { Asset::WithId(seed1) }, Asset::WithId(seed2))
	}
}

impl pallet_asset_conversion_tx_payment::BenchmarkHelperTrait<AccountId, Asset, Asset> for Arguments {
	fn create_asset_id_parameter(id: u32) -> (Asset, Asset) {
		(Asset::WithId(id), Asset::WithId(id))
	}

	fn setup_balances_and_pool(asset: Asset, account: AccountId) {
		let native = || Box::new(Asset::Native);
		let rich = Balance::MAX.saturating_div(1 << 40);
		fund(&account, &asset, rich);
		fund(&account, &Asset::Native, rich);
		AssetConversion::create_pool(RuntimeOrigin::signed(account.clone()), native(), Box::new(asset.clone()))
			.expect("benchmarks only");
		let half = rich.saturating_div(4);
		AssetConversion::add_liquidity(
			RuntimeOrigin::signed(account.clone()),
			native(),
			Box::new(asset),
			half,
			half,
			1,
			1,
			account,
		)
		.expect("benchmarks only");
	}
}

/// A real key for twelve public inputs.
const KEY: &[u8] = include_bytes!("../../../pallets/models/benchmark-key.bin");

impl pallet_jobs::benchmarking::BenchmarkHelper<AccountId> for Arguments {
	fn prepare(client: &AccountId) -> (ModelId, OperatorId, AccountId) {
		let class = pallet_operators::ClassName::truncate_from(b"H100".to_vec());
		let row = pallet_operators::HardwareClass {
			name: class.clone(),
			memory_gb: 80,
			bandwidth_gbps: 3_350,
			tier: 1,
			multiplier: Ppm::ONE,
			collateral_per_gpu: VKTR,
			reference_price: Usd(1),
			enabled: true,
		};
		Operators::set_class(RuntimeOrigin::root(), row).expect("root");
		// Every share above zero: the dearest settlement.
		let share = Ppm(125_000);
		pallet_revenue::Split::<Runtime>::put(pallet_revenue::RevenueSplit {
			direct: share,
			operators: share,
			stakers: share,
			burn: share,
			treasury: share,
			reserve: share,
			operations: share,
			quality: share,
		});
		// The owner is another than the client: nothing of a settlement is read already.
		let owner_account = AccountId32::new([8; 32]);
		let pots = [Operators::pot(), pallet_models::Pallet::<Runtime>::pot()];
		for who in pots.iter().chain([client, &owner_account]) {
			fund(who, &Asset::Native, 10_000 * VKTR);
			fund(who, &Asset::WithId(USDC), 10_000 * VKTR);
		}
		let agent = AccountId32::new([7; 32]);
		let owner = || RuntimeOrigin::signed(owner_account.clone());
		Operators::register(
			owner(),
			agent.clone(),
			class,
			1,
			b"eu-west".to_vec().try_into().expect("short"),
			10,
			b"http://127.0.0.1:9955".to_vec().try_into().expect("short"),
			100 * VKTR,
		)
		.expect("funded");
		let operator = Operators::by_agent(&agent).expect("registered");
		Operators::activate(owner(), operator).expect("funded");
		let verification = Verification::Groth16 {
			key: KEY.to_vec().try_into().expect("short"),
			layout: [PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs(10)]
				.to_vec()
				.try_into()
				.expect("short"),
			setup: KeySetup::SingleParty,
		};
		Models::register(
			owner(),
			H256::zero(),
			verification,
			Needs::default(),
			1,
			1,
			Usd(USDC_MINIMUM),
			b"Apache-2.0".to_vec().try_into().expect("short"),
		)
		.expect("funded");
		let model = pallet_models::Models::<Runtime>::iter_keys().next().expect("registered");
		// Whether a key is usable reads most where it is the longest of ezkl. Nothing is verified here.
		let srs = [0; 128];
		let words = vec![0; MAX_EZKL_KEY as usize].try_into().expect("the longest");
		let key = EzklKey { srs, outputs: 10, points: 0, operations: 0, words };
		pallet_verification::Srs::<Runtime>::insert(hash(&srs), SrsTrust::Public);
		pallet_verification::Keys::<Runtime>::insert(model, StoredKey::Ezkl(key));
		(model, operator, agent)
	}

	fn pass(slots: u32) {
		let_pass(slots);
	}
}

impl pallet_operators::benchmarking::BenchmarkHelper for Arguments {
	fn price() {
		<DollarPool as Pool<AccountId>>::setup((1_000_000 * ONE_USDC, 10_000_000 * VKTR));
		// Seen twice, as far apart as may be without a gap.
		for slot in [0, <Runtime as pallet_buyback::Config>::Fast::get()] {
			ElapsedSlots::set_block_number(slot);
			Buyback::on_initialize(System::block_number());
		}
	}
}

impl pallet_models::benchmarking::BenchmarkHelper for Arguments {
	fn pass(slots: u32) {
		let_pass(slots);
	}
}

impl pallet_connectivity::benchmarking::BenchmarkHelper for Arguments {
	fn at(now: u32) {
		pallet_live_clock::Live::<Runtime>::put(now);
	}
}

fn let_pass(slots: u32) {
	pallet_live_clock::Live::<Runtime>::mutate(|live| *live = live.saturating_add(slots));
}

impl pallet_verification::benchmarking::BenchmarkHelper for Arguments {
	fn set_time(seconds: u64) {
		pallet_timestamp::Now::<Runtime>::put(seconds.saturating_mul(1_000));
	}
}
