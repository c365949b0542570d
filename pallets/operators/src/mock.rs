//! A chain with both assets and a clock that shows what a test set.

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles::Inspect,
		AsEnsureOriginWithArg, ConstU32,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchResult};
use vektor_primitives::{
	traits::{Attestations, Burn, LiveClock, LiveTime, OperatorSink, PriceError, PriceSource, Seeds, Watch},
	Asset, Balance, CaseId, JobId, Offence, Offer, OperatorId, OperatorStatus, Ppm, Presence, Reach, Usd, WorkRef,
	VKTR,
};

use crate::{
	self as pallet_operators, Ban, ClassName, Endpoint, HardwareClass, OffenceRow, OffenceTerms, Operator, Region,
	StakeTier,
};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const NATIVE_MIN: Balance = VKTR / 100;
pub const MIN_COLLATERAL: Balance = VKTR;
pub const PER_GPU: Balance = 100 * VKTR;
pub const FORTUNE: Balance = 10_000 * VKTR;
pub const PERIOD: LiveTime = 1_000;
pub const SWITCH: LiveTime = 100;
pub const MAX_GPUS: u32 = 16;
/// A day of live time, thirty of them, and what cases wait and stay.
pub const DAY: LiveTime = 1_000;
pub const DAY_30: LiveTime = 30_000;
pub const APPEAL: LiveTime = 700;
pub const FRAUD_APPEAL: LiveTime = 100;
pub const RETRY: LiveTime = 50;
pub const HISTORY: LiveTime = 3_000;
/// What it weighs to forget what an operator has shown.
pub const FORGETTING: Weight = Weight::from_parts(7_000_000_000_000, 0);

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
	pub static Judging: bool = true;
	/// Micro-USD for one VKTR; nothing without a price.
	pub static Price: Option<u128> = Some(1_000_000);
	pub static Burned: Balance = 0;
	/// What `Watch` was told, in words.
	pub static Told: Vec<(OperatorId, &'static str)> = Vec::new();
	pub static WatchFull: bool = false;
	pub static Seen: u32 = 0;
	pub static Seed: u64 = 1;
	pub static PaysVictims: bool = true;
	pub const Entry: Ppm = Ppm(250_000);
	pub const Unpriced: Usd = Usd(25_000_000);
	pub const Challengers: Ppm = Ppm(100_000);
}

pub struct Clock;
impl LiveClock for Clock {
	fn now() -> LiveTime {
		Now::get()
	}

	fn judging() -> bool {
		Judging::get()
	}
}

pub struct Prices;
impl PriceSource for Prices {
	fn weight() -> Weight {
		Weight::zero()
	}

	fn worth_at_least(native: Balance) -> Result<Usd, PriceError> {
		Price::get().map(|price| Usd(native.saturating_mul(price) / VKTR)).ok_or(PriceError::Stale)
	}

	fn native_at_least(value: Usd) -> Result<Balance, PriceError> {
		Self::native_at_most(value)
	}

	fn native_at_most(value: Usd) -> Result<Balance, PriceError> {
		Price::get().map(|price| value.0.saturating_mul(VKTR) / price).ok_or(PriceError::NoSource)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Prices {
	fn price() {
		Price::set(Some(1_000_000));
	}
}

fn tell(operator: &OperatorId, what: &'static str) {
	Told::mutate(|told| told.push((*operator, what)));
}

frame_support::parameter_types! {
	pub static Present: std::collections::BTreeMap<OperatorId, (Reach, Ppm)> = Default::default();
	/// What operators offered last.
	pub static Offers: std::collections::BTreeMap<OperatorId, Offer> = Default::default();
	/// Unix time in seconds, and the version of what is trusted.
	pub static Trusted: (u64, u32) = (1_000, 7);
	/// The operators of whom the hardware heard that they are gone.
	pub static Gone: Vec<OperatorId> = Vec::new();
}

pub struct Hardware;
impl Attestations for Hardware {
	fn current() -> (u64, u32) {
		Trusted::get()
	}
}

impl OperatorSink for Hardware {
	fn gone(operator: &OperatorId) {
		Gone::mutate(|gone| gone.push(*operator));
	}

	fn weight() -> Weight {
		FORGETTING
	}
}

/// Everybody is up, and always was, unless a test says otherwise.
pub struct Watcher;
impl Watch for Watcher {
	fn enter(operator: &OperatorId) -> DispatchResult {
		frame_support::ensure!(!WatchFull::get(), "no more can be watched");
		tell(operator, "enter");
		Ok(())
	}

	fn rest(operator: &OperatorId) {
		tell(operator, "rest");
	}

	fn changed(operator: &OperatorId, moved: bool) {
		tell(operator, if moved { "moved" } else { "new key" });
	}

	fn excuse(operator: &OperatorId, _: LiveTime) {
		tell(operator, "excuse");
	}

	fn leave(operator: &OperatorId) {
		tell(operator, "leave");
	}

	fn offers(operator: &OperatorId, offer: Offer) {
		Offers::mutate(|offers| offers.insert(*operator, offer));
	}

	fn presence(operator: &OperatorId) -> Presence {
		Seen::mutate(|seen| *seen += 1);
		let (reach, uptime) = Present::get().get(operator).copied().unwrap_or((Reach::Up, Ppm::ONE));
		Presence { reach, uptime }
	}
}

pub struct Burner;
impl Burn<AccountId> for Burner {
	fn burn(from: &AccountId, amount: Balance) -> DispatchResult {
		use frame_support::traits::{
			fungible::Mutate,
			tokens::{Fortitude, Precision, Preservation},
		};
		Burned::mutate(|burned| *burned += amount);
		Balances::burn_from(from, amount, Preservation::Preserve, Precision::Exact, Fortitude::Polite).map(drop)
	}
}

pub struct Randomness;
impl Seeds for Randomness {
	fn block() -> Option<H256> {
		Some(H256::from_low_u64_be(Seed::get())).filter(|_| Seed::get() > 0)
	}

	fn epoch() -> H256 {
		H256::zero()
	}
}

impl pallet_operators::Config for Test {
	type Money = Money;
	type Clock = Clock;
	type Prices = Prices;
	type Watch = Watcher;
	type Attestations = Hardware;
	type Departures = Hardware;
	type SlashBurn = Burner;
	type Seeds = Randomness;
	type AdminOrigin = EnsureRoot<AccountId>;
	type DisciplineOrigin = EnsureRoot<AccountId>;
	type PotId = PotId;
	type MinCollateral = MinCollateral;
	type MinUplink = ConstU32<10>;
	type MaxGpus = ConstU32<MAX_GPUS>;
	type MaxPerOwner = ConstU32<3>;
	type MaxOpenWork = ConstU32<4>;
	type UnbondingPeriod = ConstU32<PERIOD>;
	type FreeInterval = ConstU32<SWITCH>;
	type EntryShare = Entry;
	type UnpricedExposure = Unpriced;
	type MaintenanceBudget = ConstU32<100>;
	type MaintenancePeriod = ConstU32<DAY_30>;
	type Memory = ConstU32<62_000>;
	type Newcomer = ConstU32<DAY_30>;
	type Day = ConstU32<DAY>;
	type MaxCases = ConstU32<4>;
	type BurstCases = ConstU32<5>;
	type BurstShare = ConstU32<20>;
	type SlashRetry = ConstU32<RETRY>;
	type CaseHistory = ConstU32<HISTORY>;
	type TickSteps = ConstU32<64>;
	type PaysVictims = PaysVictims;
	type ChallengerShare = Challengers;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Prices;
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

/// An incident by number.
pub fn incident(number: u64) -> H256 {
	H256::from_low_u64_be(number)
}

/// Opens a case that harmed nobody and that nobody proved.
pub fn accuse(operator: OperatorId, offence: Offence, number: u64) -> CaseId {
	use vektor_primitives::traits::Discipline;
	Registry::accuse(&operator, offence, incident(number), None, None).unwrap()
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event").event
}

/// Half a percent for downtime, a tenth for slow responses, 15 % and a ban for an attack, all for a falsified result.
pub fn offences() -> Vec<OffenceRow> {
	let row = |offence, fraction, ban, appeal, pause| OffenceRow {
		offence,
		terms: OffenceTerms { fraction: Ppm(fraction), ban, appeal, pause },
	};
	vec![
		row(Offence::Downtime, 5_000, Ban::None, APPEAL, DAY),
		row(Offence::SlowResponses, 100_000, Ban::None, APPEAL, 0),
		row(Offence::NetworkAttack, 150_000, Ban::For(5_000), APPEAL, 0),
		row(Offence::FalsifiedResult, 1_000_000, Ban::Forever, FRAUD_APPEAL, 0),
	]
}

pub fn tier(text: &str, min_stake: Balance, max_slash: u32) -> StakeTier {
	StakeTier {
		name: text.as_bytes().to_vec().try_into().unwrap(),
		min_stake,
		max_slash: Ppm(max_slash),
		discount: Ppm(0),
		priority: Ppm(0),
	}
}

/// Lets the chain attend to what is due, with a full block's weight.
pub fn idle() {
	use frame_support::traits::Hooks;
	Registry::on_idle(1, Weight::MAX);
}

/// Lets time pass until then, attending to what is due on the way.
pub fn pass_to(time: LiveTime) {
	while Now::get() < time {
		Now::set((Now::get() + 32).min(time));
		idle();
	}
	idle();
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(0);
	Judging::set(true);
	Price::set(Some(1_000_000));
	Burned::set(0);
	Told::set(Vec::new());
	Gone::set(Vec::new());
	WatchFull::set(false);
	Seen::set(0);
	Seed::set(1);
	PaysVictims::set(true);
	Present::set(Default::default());
	let rich = (1..=5).map(|who| (who, FORTUNE));
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: rich.chain([(Registry::pot(), NATIVE_MIN)]).collect(),
			..Default::default()
		},
		registry: pallet_operators::GenesisConfig {
			classes: ["H100", "A100-80G", "B200"].map(class).to_vec(),
			offences: offences(),
			tiers: Vec::new(),
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
