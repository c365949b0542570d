//! A chain with both assets and a clock that shows what a test set.

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles::Inspect,
		AsEnsureOriginWithArg, ConstU32,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchResult};
use vektor_primitives::{
	traits::{LiveClock, LiveTime},
	Asset, Balance, JobId, OperatorId, OperatorStatus, Ppm, Usd, WorkRef, VKTR,
};

use crate::{self as pallet_operators, ClassName, Endpoint, HardwareClass, Operator, Region};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const NATIVE_MIN: Balance = VKTR / 100;
pub const MIN_COLLATERAL: Balance = VKTR;
pub const PER_GPU: Balance = 100 * VKTR;
pub const FORTUNE: Balance = 10_000 * VKTR;
pub const PERIOD: LiveTime = 1_000;
pub const SWITCH: LiveTime = 100;
pub const MAX_GPUS: u32 = 16;

/// Owners are 1 to 5, their agents 11 to 15.
pub const OWNER: AccountId = 1;
pub const AGENT: AccountId = 11;
pub const STRANGER: AccountId = 5;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Registry: pallet_operators,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = NativeMin;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
}

pub type Money = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

parameter_types! {
	pub const NativeMin: Balance = NATIVE_MIN;
	pub const MinCollateral: Balance = MIN_COLLATERAL;
	pub const PotId: PalletId = PalletId(*b"vk/operr");
	/// Live slots.
	pub static Now: LiveTime = 0;
}

pub struct Clock;
impl LiveClock for Clock {
	fn now() -> LiveTime {
		Now::get()
	}

	fn judging() -> bool {
		true
	}
}

impl pallet_operators::Config for Test {
	type Money = Money;
	type Clock = Clock;
	type AdminOrigin = EnsureRoot<AccountId>;
	type PotId = PotId;
	type MinCollateral = MinCollateral;
	type MinUplink = ConstU32<10>;
	type MaxGpus = ConstU32<MAX_GPUS>;
	type MaxPerOwner = ConstU32<3>;
	type MaxOpenWork = ConstU32<4>;
	type UnbondingPeriod = ConstU32<PERIOD>;
	type FreeInterval = ConstU32<SWITCH>;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
}

pub fn name(text: &str) -> ClassName {
	text.as_bytes().to_vec().try_into().unwrap()
}

pub fn region(text: &str) -> Region {
	text.as_bytes().to_vec().try_into().unwrap()
}

pub fn endpoint(text: &str) -> Endpoint {
	text.as_bytes().to_vec().try_into().unwrap()
}

pub fn class(text: &str) -> HardwareClass {
	HardwareClass {
		name: name(text),
		memory_gb: 80,
		bandwidth_gbps: 3_350,
		tier: 1,
		multiplier: Ppm(1_500_000),
		collateral_per_gpu: PER_GPU,
		reference_price: Usd(2_500_000),
		enabled: text != "B200",
	}
}

pub fn balance(who: AccountId) -> Balance {
	Money::balance(Asset::Native, &who)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn work(number: u64) -> WorkRef {
	WorkRef::Job(JobId(H256::from_low_u64_be(number)))
}

/// The id that the `number`-th registration on this chain gives to `owner`.
pub fn id(owner: AccountId, number: u32) -> OperatorId {
	OperatorId::derive(&System::block_hash(0), &owner, number)
}

/// One H100 in `eu-west` over 10 Gbps.
pub fn try_register(owner: AccountId, agent: AccountId, collateral: Balance) -> DispatchResult {
	let at = endpoint("http://127.0.0.1:9955");
	Registry::register(signed(owner), agent, name("H100"), 1, region("eu-west"), 10, at, collateral)
}

/// An operator of `OWNER` that is pending, with the collateral for its one GPU.
pub fn registered() -> OperatorId {
	let number = crate::Registrations::<Test>::get();
	try_register(OWNER, AGENT, PER_GPU).unwrap();
	id(OWNER, number)
}

pub fn activated() -> OperatorId {
	let operator = registered();
	Registry::activate(signed(AGENT), operator).unwrap();
	operator
}

pub fn unbonding() -> OperatorId {
	let operator = registered();
	Registry::unbond(signed(OWNER), operator).unwrap();
	operator
}

pub fn get(operator: OperatorId) -> Operator<AccountId> {
	crate::Operators::<Test>::get(operator).unwrap()
}

/// Writes what no call writes.
pub fn set(operator: OperatorId, change: impl FnOnce(&mut Operator<AccountId>)) {
	crate::Operators::<Test>::mutate_extant(operator, change);
}

pub fn set_status(operator: OperatorId, status: OperatorStatus) {
	set(operator, |record| record.status = status);
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event").event
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(0);
	let rich = (1..=5).map(|who| (who, FORTUNE));
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: rich.chain([(Registry::pot(), NATIVE_MIN)]).collect(),
			..Default::default()
		},
		registry: pallet_operators::GenesisConfig {
			classes: ["H100", "A100-80G", "B200"].map(class).to_vec(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.expect("a genesis");
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

pub struct ExtBuilder;

impl ExtBuilder {
	/// Runs a test, then checks the invariants.
	pub fn build_and_execute(test: impl FnOnce()) {
		new_test_ext().execute_with(|| {
			test();
			Registry::do_try_state().expect("the invariants hold");
		});
	}
}
