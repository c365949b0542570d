//! A chain with both assets and the SDK's own pool. A day is 400 slots, an interval 5 blocks, the half-lives 10 and 60 slots.

use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles::{Inspect, Mutate},
		AsEnsureOriginWithArg, ConstU128, ConstU32, Hooks,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned, EnsureSignedBy};
use pallet_asset_conversion::{AccountIdConverter, Swap, WithFirstAsset};
use sp_core::H256;
use sp_runtime::{
	traits::{AccountIdConversion, BlockNumberProvider, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult, Permill,
};
use vektor_primitives::{
	traits::{Purchase, Purchases},
	Asset, Balance, Ppm, ONE_USDC, USDC, VKTR,
};

use crate as pallet_buyback;
use crate::{Event, Fault, Pallet};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const DOLLARS: Asset = Asset::WithId(USDC);
pub const MIN: Balance = VKTR / 100;
pub const DAY: u32 = 400;
pub const INTERVAL: u32 = 5;
pub const FAST: u32 = 10;
pub const SLOW: u32 = 60;
/// Who made the pool.
pub const PROVIDER: AccountId = 1;
/// Who trades.
pub const TRADER: AccountId = 2;
/// Whose dollars are to be spent.
pub const REVENUE: AccountId = 50;
pub const ISSUER: AccountId = 99;
/// What is in the pool at first: a token is worth 0.10 USD.
pub const POOL_USD: Balance = 1_000_000 * ONE_USDC;
pub const POOL_NATIVE: Balance = 10_000_000 * VKTR;
pub const RICH: Balance = 100_000_000 * VKTR;
pub const RICH_USD: Balance = 100_000_000 * ONE_USDC;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Assets: pallet_assets::<Instance1>,
		Shares: pallet_assets::<Instance2>,
		AssetConversion: pallet_asset_conversion,
		Buyback: pallet_buyback,
	}
);

type Tokens = frame_support::instances::Instance1;
type PoolShares = frame_support::instances::Instance2;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const Min: Balance = MIN;
	pub const Native: Asset = Asset::Native;
	pub const Pools: PalletId = PalletId(*b"vk/pools");
	pub const PoolFee: Permill = Permill::from_parts(3_000);
	pub const MaxFee: Permill = Permill::from_percent(10);
	pub const NoFee: Permill = Permill::zero();
	/// Slots since the first, and blocks: one each, but where a test lets the chain stall.
	pub static Slot: u32 = 0;
	pub static Height: u32 = 0;
	/// Whether the chain has randomness.
	pub static Random: bool = true;
	pub const Day: u32 = DAY;
	pub const Interval: u32 = INTERVAL;
	pub const Fast: u32 = FAST;
	pub const Slow: u32 = SLOW;
	pub const LeastClip: Balance = ONE_USDC;
	pub const LeastDepth: Balance = 100 * ONE_USDC;
	/// What waits to be spent, over how many intervals, and what was bought for what was spent.
	pub static Waiting: Balance = 0;
	pub static Intervals: u32 = 100;
	pub static Spent: Balance = 0;
	pub static Got: Balance = 0;
	/// The most that may be spent at once.
	pub static Most: Balance = Balance::MAX;
	/// Whether the books take a purchase.
	pub static Books: bool = true;
}

ord_parameter_types! {
	pub const PoolsAccount: AccountId = AccountIdConversion::<AccountId>::into_account_truncating(&Pools::get());
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = Min;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<Tokens> for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<PoolShares> for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSignedBy<PoolsAccount, AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type Freezer = ();
	type Holder = ();
}

pub type Money = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;
type Locator = WithFirstAsset<Native, AccountId, Asset, AccountIdConverter<Pools, (Asset, Asset)>>;

impl pallet_asset_conversion::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type HigherPrecisionBalance = sp_core::U256;
	type AssetKind = Asset;
	type Assets = Money;
	type PoolId = (Asset, Asset);
	type PoolLocator = Locator;
	type PoolAssetId = u32;
	type PoolAssets = Shares;
	type LPFee = PoolFee;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxSwapFee = MaxFee;
	type PoolSetupFee = ConstU128<0>;
	type PoolSetupFeeAsset = Native;
	type PoolSetupFeeTarget = ();
	type LiquidityWithdrawalFee = NoFee;
	type MintMinLiquidity = ConstU128<100>;
	type MaxSwapPathLength = ConstU32<4>;
	type PalletId = Pools;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

macro_rules! clock {
	($clock:ident) => {
		impl BlockNumberProvider for $clock {
			type BlockNumber = u32;

			fn current_block_number() -> u32 {
				Self::get()
			}

			#[cfg(feature = "runtime-benchmarks")]
			fn set_block_number(number: u32) {
				Self::set(number);
			}
		}
	};
}

clock!(Slot);
clock!(Height);

pub struct Seed;
impl frame_support::traits::Get<Option<H256>> for Seed {
	fn get() -> Option<H256> {
		Random::get().then(|| H256::from_low_u64_be(Height::get().into()))
	}
}

/// The pool, as the runtime adapts it.
pub struct RealPool;

impl pallet_buyback::Pool<AccountId> for RealPool {
	fn reserves() -> Result<(Balance, Balance), Fault> {
		use pallet_asset_conversion::{Error, Pools};
		// The SDK goes by balances alone: what somebody sent to where a pool would be is no pool.
		if !Pools::<Test>::contains_key(&(Asset::Native, DOLLARS)) {
			return Err(Fault::NoPool);
		}
		AssetConversion::get_reserves(DOLLARS, Asset::Native).map_err(|refused| match refused {
			Error::<Test>::PoolEmpty => Fault::EmptyPool,
			Error::<Test>::InvalidAssetPair => Fault::NoPool,
			_ => Fault::Frozen,
		})
	}

	fn fee() -> Ppm {
		Ppm(AssetConversion::pool_fee(&(Asset::Native, DOLLARS)).deconstruct())
	}

	fn quote(usd: Balance) -> Option<Balance> {
		AssetConversion::quote_price_exact_tokens_for_tokens(DOLLARS, Asset::Native, usd, true)
	}

	fn buy(account: &AccountId, usd: Balance, least: Balance) -> Result<Balance, DispatchError> {
		let path = vec![DOLLARS, Asset::Native];
		<AssetConversion as Swap<_>>::swap_exact_tokens_for_tokens(*account, path, usd, Some(least), *account, true)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup(_: (Balance, Balance)) {
		// A benchmark knows the block of a purchase.
		Random::set(false);
		assert!(Self::reserves().is_ok());
	}
}

/// Books what is bought as `Revenue` does.
pub struct Orders;

impl Purchases<AccountId> for Orders {
	fn next() -> Option<Purchase<AccountId>> {
		let waiting = Waiting::get();
		let purchase =
			Purchase { account: REVENUE, most: waiting.min(Most::get()), waiting, intervals: Intervals::get() };
		(waiting > 0).then_some(purchase)
	}

	fn waiting() -> Balance {
		Waiting::get()
	}

	fn bought(spent: Balance, got: Balance) -> DispatchResult {
		frame_support::ensure!(Books::get(), DispatchError::Other("the books do not match"));
		Waiting::mutate(|waiting| *waiting -= spent);
		Intervals::mutate(|left| *left = left.saturating_sub(1).max(1));
		Spent::mutate(|all| *all += spent);
		Got::mutate(|all| *all += got);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup(usd: Balance) {
		order(usd, 1);
	}
}

impl pallet_buyback::Config for Test {
	type Pool = RealPool;
	type Purchases = Orders;
	type Elapsed = Slot;
	type Height = Height;
	type Seed = Seed;
	type Interval = Interval;
	type Day = Day;
	type Fast = Fast;
	type Slow = Slow;
	type LeastClip = LeastClip;
	type LeastDepth = LeastDepth;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
}

pub fn balance(who: AccountId, asset: Asset) -> Balance {
	Money::balance(asset, &who)
}

pub fn give(who: AccountId, asset: Asset, amount: Balance) {
	Money::mint_into(asset, &who, amount).expect("an account takes money");
}

/// The pool's account.
pub fn pool() -> AccountId {
	use pallet_asset_conversion::PoolLocator;
	Locator::pool_address(&Asset::Native, &DOLLARS).expect("a pool")
}

/// Puts so much into the pool and waits for it to be bought, evenly over so many intervals.
pub fn order(usd: Balance, intervals: u32) {
	give(REVENUE, DOLLARS, usd);
	Waiting::mutate(|waiting| *waiting += usd);
	Intervals::set(intervals);
}

/// Buys VKTR with dollars, or sells it for them. What came out.
pub fn trade(who: AccountId, give: Asset, amount: Balance) -> Balance {
	let take = if give == Asset::Native { DOLLARS } else { Asset::Native };
	<AssetConversion as Swap<_>>::swap_exact_tokens_for_tokens(who, vec![give, take], amount, None, who, true)
		.expect("a trade")
}

/// What is in the pool, and its price.
pub fn reserves() -> (Balance, Balance) {
	<RealPool as pallet_buyback::Pool<_>>::reserves().expect("a pool")
}

pub fn spot() -> u128 {
	let (usd, native) = reserves();
	vektor_math::market::spot(usd, native).expect("a price")
}

/// The averages.
pub fn seen() -> pallet_buyback::Averages {
	pallet_buyback::Market::<Test>::get().expect("the pool was seen")
}

/// Moves dollars and VKTR into the pool, at its price, for shares of it.
pub fn provide(who: AccountId, usd: Balance, native: Balance) -> DispatchResult {
	let (one, two) = (Box::new(Asset::Native), Box::new(DOLLARS));
	AssetConversion::add_liquidity(RuntimeOrigin::signed(who), one, two, native, usd, 1, 1, who)
}

/// Takes such a part of the account's shares out, in millionths.
pub fn withdraw(who: AccountId, part: u128) -> DispatchResult {
	let (one, two) = (Box::new(Asset::Native), Box::new(DOLLARS));
	let burnt = shares(who) * part / 1_000_000;
	AssetConversion::remove_liquidity(RuntimeOrigin::signed(who), one, two, burnt, 1, 1, who)
}

/// What the account has of the pool's shares, the first pool's.
pub fn shares(who: AccountId) -> Balance {
	Shares::balance(0, who)
}

/// Sets the guards.
pub fn guard(guards: pallet_buyback::Guards) {
	Buyback::set_guards(RuntimeOrigin::root(), guards).expect("they are sound");
}

/// Takes dollars away.
pub fn take(who: AccountId, amount: Balance) {
	use frame_support::traits::tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve};
	Money::burn_from(DOLLARS, &who, amount, Preserve, Exact, Polite).expect("it has them");
}

/// A chain without randomness, whose averages are old enough, and whose next block makes the interval's purchase.
pub fn ready() {
	Random::set(false);
	pass(FAST + 1);
	to_purchase();
}

/// Without randomness: blocks come until the next one makes the interval's purchase.
pub fn to_purchase() {
	assert!(!pallet_buyback::Stopped::<Test>::exists(), "none comes");
	while Height::get() + 2 - pallet_buyback::Engine::<Test>::get().began != INTERVAL {
		pass(1);
	}
}

/// Blocks come, a slot each.
pub fn pass(blocks: u32) {
	for _ in 0..blocks {
		Slot::mutate(|slot| *slot += 1);
		block();
	}
}

/// Slots pass without a block, then one comes.
pub fn stall(slots: u32) {
	Slot::mutate(|slot| *slot += slots);
	block();
}

fn block() {
	Height::mutate(|height| *height += 1);
	System::set_block_number(Height::get().into());
	Buyback::on_initialize(Height::get().into());
}

/// Blocks come until a new interval has begun.
pub fn next_interval() {
	let began = pallet_buyback::Engine::<Test>::get().began;
	while pallet_buyback::Engine::<Test>::get().began == began {
		pass(1);
	}
}

/// The events of this pallet, in order.
pub fn our_events() -> Vec<Event<Test>> {
	let ours = |record: frame_system::EventRecord<RuntimeEvent, _>| match record.event {
		RuntimeEvent::Buyback(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(ours).collect()
}

pub struct ExtBuilder {
	pool: Option<(Balance, Balance)>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { pool: Some((POOL_USD, POOL_NATIVE)) }
	}
}

impl ExtBuilder {
	pub fn pool(mut self, pool: Option<(Balance, Balance)>) -> Self {
		self.pool = pool;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Slot::set(0);
		Height::set(0);
		Random::set(true);
		Waiting::set(0);
		Intervals::set(100);
		Spent::set(0);
		Got::set(0);
		Most::set(Balance::MAX);
		Books::set(true);
		let everybody = [PROVIDER, TRADER, REVENUE];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: everybody.map(|who| (who, RICH)).into(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: vec![(USDC, ISSUER, true, 10_000)],
				accounts: everybody.map(|who| (USDC, who, RICH_USD)).into(),
				..Default::default()
			},
			..Default::default()
		}
		.build_storage()
		.expect("a genesis");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			// The vault of what is to be spent begins with its floor only.
			let spare = balance(REVENUE, DOLLARS) - 10_000;
			take(REVENUE, spare);
			if let Some((usd, native)) = self.pool {
				let origin = || RuntimeOrigin::signed(PROVIDER);
				let (one, two) = (Box::new(Asset::Native), Box::new(DOLLARS));
				AssetConversion::create_pool(origin(), one.clone(), two.clone()).expect("a pool");
				AssetConversion::add_liquidity(origin(), one, two, native, usd, 1, 1, PROVIDER).expect("liquidity");
			}
		});
		ext
	}

	/// Runs a test, then checks every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Pallet::<Test>::do_try_state().expect("the invariants hold");
		});
	}
}
