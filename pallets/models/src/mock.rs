use std::{
	cell::{Cell, RefCell},
	collections::BTreeSet,
};

use frame_support::{
	derive_impl,
	pallet_prelude::Weight,
	parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU32,
	},
	PalletId,
};
use frame_system::EnsureSigned;
use sp_runtime::BuildStorage;
use vektor_primitives::{
	hash, pot,
	traits::{Burn, CheckedKey, KeyStore, LiveClock, LiveTime},
	Asset, Assurance, Balance, KeyRefused, KeySetup, ModelId, Scheme, Verification,
};

pub type AccountId = u64;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason
	)]
	pub struct Test;
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Registry = crate;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = sp_runtime::traits::IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<ED>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type Holder = ();
	type Freezer = ();
}

thread_local! {
	static NOW: Cell<LiveTime> = const { Cell::new(0) };
	static JUDGING: Cell<bool> = const { Cell::new(true) };
	static KEYS: RefCell<BTreeSet<ModelId>> = const { RefCell::new(BTreeSet::new()) };
	static TRUSTED: Cell<bool> = const { Cell::new(true) };
}

pub fn advance(slots: LiveTime) {
	NOW.set(NOW.get() + slots);
}

pub fn judge(judging: bool) {
	JUDGING.set(judging);
}

/// Whether what keys rest on is trusted.
pub fn trust(trusted: bool) {
	TRUSTED.set(trusted);
}

pub struct Clock;
impl LiveClock for Clock {
	fn now() -> LiveTime {
		NOW.get()
	}
	fn judging() -> bool {
		JUDGING.get()
	}
}
#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Clock {
	fn pass(slots: LiveTime) {
		advance(slots);
	}
}

/// Sends what is burned to an account that nobody owns, so that a test can count it.
pub struct Furnace;
pub const ASHES: AccountId = 666;
impl Burn<AccountId> for Furnace {
	fn burn(from: &AccountId, amount: Balance) -> sp_runtime::DispatchResult {
		pot::transfer::<_, <Test as crate::Config>::Money>(&Asset::Native, from, &ASHES, amount)
	}
}

/// What the recorder says of ezkl's keys: their outputs are 8,192 times the network's.
pub const SCALE: u32 = 8_192;

/// Records what it is told to keep, and refuses empty keys.
pub struct Recorder;
impl KeyStore for Recorder {
	type Key = ();

	fn check(verification: &Verification) -> Result<CheckedKey<()>, KeyRefused> {
		let checked = |digest, assurance, setup, scheme, outputs, scale| {
			Ok(CheckedKey { digest, assurance, setup, scheme, outputs, scale, key: () })
		};
		match verification.clone() {
			Verification::Groth16 { key, layout, setup } => {
				if key.is_empty() {
					return Err(KeyRefused::Length);
				}
				checked(hash(&(key, &layout)), Assurance::Zk, setup, Scheme::Groth16 { layout }, 10, None)
			}
			Verification::Ezkl { key, settings } => {
				checked(hash(&key), Assurance::Zk, KeySetup::PublicSrs, Scheme::Ezkl { settings }, 10, Some(SCALE))
			}
			Verification::Session { image, outputs } => {
				let scheme = Scheme::Session { image };
				checked(image, Assurance::Tee, KeySetup::Hardware, scheme, u32::from(outputs), None)
			}
		}
	}
	fn put(model: &ModelId, (): ()) {
		KEYS.with_borrow_mut(|keys| keys.insert(*model));
	}
	fn remove(model: &ModelId) {
		KEYS.with_borrow_mut(|keys| keys.remove(model));
	}
	fn contains(model: &ModelId) -> bool {
		KEYS.with_borrow(|keys| keys.contains(model))
	}
	fn usable(model: &ModelId) -> bool {
		Self::contains(model) && TRUSTED.get()
	}
	fn count() -> usize {
		KEYS.with_borrow(BTreeSet::len)
	}
	fn put_weight(_: &Verification) -> Weight {
		Weight::zero()
	}
}

pub const ED: Balance = 10;
pub const MAX_DEADLINE: u32 = 1_000;
pub const RETIRE_PERIOD: u32 = 2_000;
pub const CHALLENGE_PERIOD: u32 = 700;
pub const JUDGING_PERIOD: u32 = 3_000;
pub const BOND: Balance = 5_000;

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"vk/model");
	pub static Base: Balance = 1_000;
	pub static PerByte: Balance = 2;
}

impl crate::Config for Test {
	type Money = UnionOf<Balances, Assets, NativeFromLeft, Asset, AccountId>;
	type Keys = Recorder;
	type Clock = Clock;
	type Burn = Furnace;
	type JudgeOrigin = frame_system::EnsureRoot<AccountId>;
	type ChallengePeriod = ConstU32<CHALLENGE_PERIOD>;
	type JudgingPeriod = ConstU32<JUDGING_PERIOD>;
	type ChallengeBond = ConstU128<BOND>;
	type PotId = PotId;
	type DepositBase = Base;
	type DepositPerByte = PerByte;
	type MinPrice = ConstU128<10_000>;
	type MaxPrice = ConstU128<1_000_000_000>;
	type MaxDeadline = ConstU32<MAX_DEADLINE>;
	type RetirePeriod = ConstU32<RETIRE_PERIOD>;
	type MaxPerOwner = ConstU32<3>;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
}

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const POOR: AccountId = 3;
pub const RICH: Balance = 1_000_000;

pub fn new_test_ext() -> sp_io::TestExternalities {
	NOW.set(100);
	JUDGING.set(true);
	TRUSTED.set(true);
	Base::set(1_000);
	PerByte::set(2);
	KEYS.with_borrow_mut(BTreeSet::clear);
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(ALICE, RICH), (BOB, RICH), (POOR, 500), (Registry::pot(), ED)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test, then checks the invariants.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Registry::do_try_state().unwrap();
	});
}
