//! A chain with both assets and fakes that answer what a test told them.

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		AsEnsureOriginWithArg, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage};
use vektor_primitives::{
	traits::{
		Availability, Burn, Earnings, OperatorRegistry, PriceError, PriceSource, Purchases, RewardStream, Settlement,
		Slashes, Yield,
	},
	Asset, Balance, CaseId, Ineligible, JobId, Needs, OperatorId, Receipt, Settled, Usd, WorkRef, ONE_USDC, USDC, VKTR,
};

use crate as pallet_revenue;
use crate::{Pallet, RevenueSplit};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const DOLLARS: Asset = Asset::WithId(USDC);
pub const NATIVE_MIN: Balance = VKTR / 100;
pub const USDC_MIN: Balance = 10_000;

pub const TREASURY: AccountId = 101;
pub const RESERVE: AccountId = 102;
pub const OPERATIONS: AccountId = 103;
pub const QUALITY: AccountId = 104;
/// Where escrows come from.
pub const ESCROW: AccountId = 110;
pub const CLIENT: AccountId = 1;
/// Owner of operator 1.
pub const OWNER: AccountId = 11;
pub const ISSUER: AccountId = 99;
/// Where stakers' parts stream.
pub const STAKERS: AccountId = 120;
/// Where burns go, so that a test can count them.
pub const BURNED: AccountId = 121;
/// Where collateral is, as far as this chain knows.
pub const COLLATERAL: AccountId = 123;
/// The one case there is.
pub const CASE: CaseId = 1;
/// The pool's account.
pub const POOL: AccountId = 122;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Revenue: pallet_revenue,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const NativeMin: Balance = NATIVE_MIN;
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
	pub const PotId: PalletId = PalletId(*b"vk/reven");
	pub const Treasury: AccountId = TREASURY;
	pub const Reserve: AccountId = RESERVE;
	pub const Operations: AccountId = OPERATIONS;
	pub const Quality: AccountId = QUALITY;
	/// The round that is on.
	pub static Round: u32 = 0;
	/// How many slots it lasts yet.
	pub static Left: u32 = 1_000;
	/// Whether anybody may stake, and what stakers were given, by kind.
	pub static Open: bool = true;
	pub static Streamed: Balance = 0;
	/// Whether the stream, and the split's burn, refuse.
	pub static PushFails: bool = false;
	pub static BurnFails: bool = false;
	/// What was burned as the split's part, and as unclaimed.
	pub static SplitBurned: Balance = 0;
	pub static ExpiredBurned: Balance = 0;
	/// Where operators stand in measures.
	pub static Places: std::collections::BTreeMap<(u64, pallet_revenue::Measure), u32> = Default::default();
	pub const Interval: u32 = 10;
	pub const Patience: u32 = 7;
	pub const ClaimPeriod: u64 = 180;
	pub const LeakHistory: u32 = 8;
	/// How many windows a round has.
	pub static WindowsPerRound: u32 = 4;
	/// What each operator has earned by being there. In storage, since a claim that fails takes nothing.
	pub storage Earned: std::collections::BTreeMap<OperatorId, Balance> = Default::default();
	/// What every operator's collateral lacks.
	pub static Gap: Balance = 0;
	/// What the case took and was not compensated for.
	pub static Taken: Balance = Balance::MAX;
	/// Micro-USD for one VKTR.
	pub static NativePrice: Option<u128> = None;
}

pub struct Rounds;
impl vektor_primitives::traits::Rounds for Rounds {
	fn current() -> u32 {
		Round::get()
	}

	fn left() -> u32 {
		Left::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_current(round: u32) {
		Round::set(round);
	}
}

pub struct Prices;
impl PriceSource for Prices {
	fn weight() -> Weight {
		Weight::from_parts(70, 7)
	}

	fn worth_at_least(native: Balance) -> Result<Usd, PriceError> {
		NativePrice::get().map(|price| Usd(native * price / VKTR)).ok_or(PriceError::NoSource)
	}

	fn native_at_least(value: Usd) -> Result<Balance, PriceError> {
		NativePrice::get().map(|price| value.0 * VKTR / price).ok_or(PriceError::NoSource)
	}

	fn native_at_most(value: Usd) -> Result<Balance, PriceError> {
		NativePrice::get().map(|price| value.0 * VKTR / price).ok_or(PriceError::NoSource)
	}
}

/// Small, and different for each call.
pub struct Weights;
impl pallet_revenue::WeightInfo for Weights {
	fn set_split() -> Weight {
		Weight::from_parts(1_000, 10)
	}

	fn claim() -> Weight {
		Weight::from_parts(3_000, 30)
	}

	fn claim_work() -> Weight {
		Weight::from_parts(7_000, 70)
	}

	fn reward_work() -> Weight {
		Weight::from_parts(11_000, 110)
	}

	fn claim_availability() -> Weight {
		Weight::from_parts(12_000, 120)
	}

	fn share_window() -> Weight {
		Weight::from_parts(13_000, 130)
	}

	fn reward_availability() -> Weight {
		Weight::from_parts(14_000, 140)
	}

	fn set_factors() -> Weight {
		Weight::from_parts(8_000, 80)
	}

	fn compensate() -> Weight {
		Weight::from_parts(9_000, 90)
	}

	fn expire(n: u32) -> Weight {
		Weight::from_parts(400, 4).saturating_mul(u64::from(n))
	}

	fn no_lot() -> Weight {
		Weight::from_parts(5_000, 50)
	}

	fn turn_lot() -> Weight {
		Weight::from_parts(6_000, 60)
	}

	fn payout() -> Weight {
		Weight::from_parts(2_000, 20)
	}

	fn forget(n: u32) -> Weight {
		Weight::from_parts(100, 1).saturating_mul(u64::from(n))
	}
}

/// Every operator stands where the test says, in every measure.
pub struct Measured;
impl pallet_revenue::Measures for Measured {
	fn of(operator: &OperatorId, measure: pallet_revenue::Measure) -> vektor_primitives::Ppm {
		let place = Places::get().get(&(operator.0.to_low_u64_be(), measure)).copied();
		vektor_primitives::Ppm(place.unwrap_or_default())
	}
}

/// Operators 1 to 5 exist, owned by accounts 11 to 15.
pub struct Operators;
impl OperatorRegistry<AccountId> for Operators {
	fn by_agent(_: &AccountId) -> Option<OperatorId> {
		None
	}

	fn payee(id: &OperatorId) -> Option<AccountId> {
		let number = id.0.to_low_u64_be();
		(1..=5).contains(&number).then_some(number + 10)
	}

	fn check(_: &OperatorId, _: &Needs) -> Result<(), Ineligible> {
		Err(Ineligible::Unknown)
	}

	fn take_exposure(_: &OperatorId, _: WorkRef, _: Usd) -> sp_runtime::DispatchResult {
		Ok(())
	}

	fn free_exposure(_: &OperatorId, _: WorkRef) {}

	/// Up to half, while there is a gap.
	fn withhold(_: &OperatorId, from: &AccountId, amount: Balance) -> Result<Balance, sp_runtime::DispatchError> {
		let withheld = Gap::get().min(amount / 2);
		vektor_primitives::pot::transfer::<AccountId, Money>(&Asset::Native, from, &COLLATERAL, withheld)?;
		Gap::mutate(|gap| *gap -= withheld);
		Ok(withheld)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn for_benchmarks() -> OperatorId {
		OperatorId::derive(&Default::default(), &0u32, 0)
	}
}

/// Keeps what windows shared.
pub struct Present;
impl Earnings for Present {
	fn earned(operator: &OperatorId) -> Balance {
		Earned::get().get(operator).copied().unwrap_or_default()
	}

	fn take_earned(operator: &OperatorId) -> Balance {
		let mut all = Earned::get();
		let taken = all.remove(operator).unwrap_or_default();
		Earned::set(&all);
		taken
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_earned(operator: &OperatorId, amount: Balance) {
		earn(operator, amount);
	}
}

/// An operator has earned so much more by being there.
pub fn earn(operator: &OperatorId, amount: Balance) {
	let mut all = Earned::get();
	*all.entry(*operator).or_default() += amount;
	Earned::set(&all);
}

/// A window ends in which each of these operators had devices of so many units there, worth so much together: what they share.
pub fn window(present: &[(u64, u64)], offered: u128) -> Balance {
	let units = present.iter().map(|(_, units)| units).sum();
	let share = <Revenue as Availability>::window(units, Usd(offered));
	for (number, own) in present {
		let part = vektor_math::split::pro_rata(share, u128::from(*own), u128::from(units));
		if let Some(part) = part.filter(|part| *part > 0) {
			earn(&operator(*number), part);
		}
	}
	share
}

/// Case 1 took what `Taken` says, in either asset's smallest unit.
pub struct Cases;
impl Slashes for Cases {
	fn compensate(case: CaseId, _: &Asset, amount: Balance) -> sp_runtime::DispatchResult {
		frame_support::ensure!(case == CASE, "no such case");
		Taken::set(Taken::get().checked_sub(amount).ok_or("more than was slashed")?);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup() -> CaseId {
		CASE
	}
}

impl pallet_revenue::Config for Test {
	type Money = Money;
	type Operators = Operators;
	type Slashes = Cases;
	type Prices = Prices;
	type Rounds = Rounds;
	type Earnings = Present;
	type WindowsPerRound = WindowsPerRound;
	type AdminOrigin = EnsureRoot<AccountId>;
	type ReserveOrigin = EnsureRoot<AccountId>;
	type Measures = Measured;
	type PotId = PotId;
	type LeakHistory = LeakHistory;
	type Treasury = Treasury;
	type Reserve = Reserve;
	type Operations = Operations;
	type Quality = Quality;
	type Stakers = Stakers;
	type SplitBurn = SplitBurn;
	type ExpiredBurn = ExpiredBurn;
	type Interval = Interval;
	type Patience = Patience;
	type ClaimPeriod = ClaimPeriod;
	type WeightInfo = Weights;
}

fn move_native(from: &AccountId, to: AccountId, amount: Balance) -> sp_runtime::DispatchResult {
	vektor_primitives::pot::transfer::<AccountId, Money>(&Asset::Native, from, &to, amount)
}

/// Keeps what streams to stakers.
pub struct Stakers;
impl RewardStream<AccountId> for Stakers {
	fn is_open() -> bool {
		Open::get()
	}

	fn push(from: &AccountId, kind: Yield, amount: Balance) -> sp_runtime::DispatchResult {
		assert_eq!(kind, Yield::Real);
		frame_support::ensure!(!PushFails::get(), "the stream is full");
		Streamed::mutate(|all| *all += amount);
		move_native(from, STAKERS, amount)
	}
}

macro_rules! burns {
	($name:ident, $sum:ident) => {
		pub struct $name;
		impl Burn<AccountId> for $name {
			fn burn(from: &AccountId, amount: Balance) -> sp_runtime::DispatchResult {
				frame_support::ensure!(!BurnFails::get(), "nothing burns");
				$sum::mutate(|all| *all += amount);
				move_native(from, BURNED, amount)
			}
		}
	};
}

burns!(SplitBurn, SplitBurned);
burns!(ExpiredBurn, ExpiredBurned);

/// Ends the round, and lets blocks come until what ended with it is turned.
pub fn next_round() {
	Round::mutate(|round| *round += 1);
	pass(4);
}

/// Blocks come.
pub fn pass(blocks: u64) {
	for _ in 0..blocks {
		System::set_block_number(System::block_number() + 1);
		Revenue::on_initialize(System::block_number());
	}
}

/// So much room is left in this block: what of it was used.
pub fn idle(weight: Weight) -> Weight {
	Revenue::on_idle(System::block_number(), weight)
}

/// Blocks come that have room for everything.
pub fn rest(blocks: u64) {
	for _ in 0..blocks {
		pass(1);
		idle(Weight::MAX);
	}
}

/// Emission comes for a round's work, of at most so much: what was taken of it.
pub fn reward(round: u32, most: Balance) -> Balance {
	Revenue::reward_work(round, &ESCROW, most).expect("the escrow is rich")
}

/// Emission comes for being there in a round, of at most so much: what was taken of it.
pub fn reward_availability(round: u32, most: Balance) -> Balance {
	Revenue::reward_availability(round, &ESCROW, most).expect("the escrow is rich")
}

/// Buys for at most `most` of what waits and pays what `price` says for it: what was spent, and what came. All of it
/// happens or nothing, as in the engine.
pub fn swap(
	most: Balance,
	price: impl FnOnce(Balance) -> Balance,
) -> Result<(Balance, Balance), sp_runtime::DispatchError> {
	let Some(purchase) = <Revenue as Purchases<AccountId>>::next() else { return Ok((0, 0)) };
	let spent = most.min(purchase.most);
	let got = price(spent);
	frame_support::storage::with_storage_layer(|| {
		vektor_primitives::pot::transfer::<AccountId, Money>(&DOLLARS, &purchase.account, &POOL, spent)?;
		move_native(&ESCROW, purchase.account, got)?;
		<Revenue as Purchases<AccountId>>::bought(spent, got)
	})?;
	Ok((spent, got))
}

/// Buys for at most `most` of what waits, at so much VKTR's smallest unit for a micro-USDC. What was spent.
pub fn buy(most: Balance, rate: Balance) -> Balance {
	swap(most, |spent| spent * rate).expect("it is booked").0
}

/// Gives an account what it needs to exist in both assets.
pub fn endow(who: AccountId) {
	move_native(&ESCROW, who, NATIVE_MIN).expect("the escrow is rich");
	vektor_primitives::pot::transfer::<AccountId, Money>(&DOLLARS, &ESCROW, &who, USDC_MIN)
		.expect("the escrow is rich");
}

pub fn operator(number: u64) -> OperatorId {
	OperatorId(H256::from_low_u64_be(number))
}

pub fn balance(asset: &Asset, who: AccountId) -> Balance {
	<Money as frame_support::traits::fungibles::Inspect<AccountId>>::balance(asset.clone(), &who)
}

/// What the pot holds above its floor.
pub fn in_pot(asset: &Asset) -> Balance {
	vektor_primitives::pot::available::<AccountId, Money>(asset, &Pallet::<Test>::pot())
}

/// A payment of the client's to operator `number` for a job.
pub fn payment(number: u64, asset: Asset, amount: Balance) -> Settled<AccountId> {
	Settled {
		payer: CLIENT,
		operator: operator(number),
		asset,
		amount,
		rebate: 0,
		source: WorkRef::Job(JobId(H256::repeat_byte(7))),
	}
}

pub fn settle(number: u64, asset: Asset, amount: Balance) -> Result<Receipt, sp_runtime::DispatchError> {
	<Revenue as Settlement<AccountId>>::settle(&ESCROW, payment(number, asset, amount))
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event").event
}

pub struct ExtBuilder {
	split: RevenueSplit,
	burns_unclaimed: bool,
	factors: crate::Factors,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { split: RevenueSplit::VEKTOR, burns_unclaimed: false, factors: Default::default() }
	}
}

impl ExtBuilder {
	pub fn split(mut self, split: RevenueSplit) -> Self {
		self.split = split;
		self
	}

	pub fn factors(mut self, factors: &[crate::Factor]) -> Self {
		self.factors = factors.to_vec().try_into().expect("at most eight");
		self
	}

	pub fn burns_unclaimed(mut self) -> Self {
		self.burns_unclaimed = true;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Round::set(0);
		Left::set(1_000);
		Open::set(true);
		PushFails::set(false);
		BurnFails::set(false);
		Streamed::set(0);
		SplitBurned::set(0);
		ExpiredBurned::set(0);
		NativePrice::set(None);
		WindowsPerRound::set(4);
		Gap::set(0);
		Taken::set(Balance::MAX);
		Places::set(Default::default());
		let pot = Pallet::<Test>::pot();
		let floors = [pot, TREASURY, RESERVE, OPERATIONS, QUALITY, STAKERS, BURNED, POOL];
		let rich = [(ESCROW, 1_000_000), (ISSUER, 1), (OWNER, 1)];
		let native = floors.iter().map(|who| (*who, NATIVE_MIN)).chain(rich.map(|(who, n)| (who, n * VKTR)));
		let dollars = floors
			.iter()
			.map(|who| (USDC, *who, USDC_MIN))
			.chain([(USDC, ESCROW, 1_000_000_000 * ONE_USDC), (USDC, OWNER, USDC_MIN)]);
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig { balances: native.collect(), ..Default::default() },
			assets: pallet_assets::GenesisConfig {
				assets: vec![(USDC, ISSUER, true, USDC_MIN)],
				accounts: dollars.collect(),
				..Default::default()
			},
			revenue: pallet_revenue::GenesisConfig {
				split: self.split,
				burns_unclaimed: self.burns_unclaimed,
				factors: self.factors,
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

	/// Runs a test, then checks every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Revenue::do_try_state().expect("the invariants hold");
		});
	}
}
