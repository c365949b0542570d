//! A chain with balances and vesting, and fakes that answer what a test told them. A month is 100 slots.

use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Balanced, Mutate},
		tokens::{Precision, Preservation},
		Contains, Hooks, VestingSchedule, WithdrawReasons,
	},
	weights::Weight,
	PalletId,
};
use frame_system::EnsureRoot;
use sp_keyring::Sr25519Keyring;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{BlockNumberProvider, Convert, ConvertInto, IdentityLookup},
	AccountId32, BuildStorage, DispatchError, MultiSignature,
};
use vektor_primitives::{
	traits::{LiveClock, LiveTime, Load, LoadSource, PriceError, PriceSource},
	Balance, Ppm, Usd, VKTR,
};

use crate as pallet_supply;
use crate::{
	Alarm, DemandShares, EmissionPart, EmissionPolicy, FloorShares, GenesisAllocation, Pallet, ParameterRefused,
	Release, Rules, Unlock,
};

pub type AccountId = AccountId32;
type Block = frame_system::mocking::MockBlock<Test>;

pub const MIN: Balance = VKTR / 100;
pub const CAP: Balance = 1_000_000 * VKTR;
pub const CUSHION: Balance = VKTR;
pub const MONTH: u32 = 100;
pub const YEAR: u32 = 12 * MONTH;
/// What the emission pot starts with.
pub const EMISSION: Balance = 450_000 * VKTR;
/// What the treasury is owed.
pub const STREAM: Balance = 200_000 * VKTR;
/// What the team holds, locked.
pub const TEAM: Balance = 100_000 * VKTR;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Vesting: pallet_vesting,
		Supply: pallet_supply,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type BaseCallFilter = Pauses;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const Min: Balance = MIN;
	pub UnvestedUses: WithdrawReasons = WithdrawReasons::except(WithdrawReasons::TRANSFER | WithdrawReasons::RESERVE);
}

/// Lets every call through, until a test pauses this pallet's.
pub struct Pauses;
impl Contains<RuntimeCall> for Pauses {
	fn contains(call: &RuntimeCall) -> bool {
		!Paused::get() || !matches!(call, RuntimeCall::Supply(_))
	}
}

pub struct Dust;
impl frame_support::traits::OnUnbalanced<frame_support::traits::fungible::Credit<AccountId, Balances>> for Dust {
	fn on_nonzero_unbalanced(dust: frame_support::traits::fungible::Credit<AccountId, Balances>) {
		use frame_support::traits::Imbalance;
		Supply::note_burned(crate::BurnCause::Dust, dust.peek());
	}
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = Min;
	type AccountStore = System;
	type DustRemoval = Dust;
}

pub struct Elapsed;
impl BlockNumberProvider for Elapsed {
	type BlockNumber = u32;

	fn current_block_number() -> u32 {
		Now::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_block_number(now: u32) {
		Now::set(now);
	}
}

/// Blocks of `System` are u64; vesting counts in u32.
pub struct Schedules;
impl VestingSchedule<AccountId> for Schedules {
	type Moment = u32;
	type Currency = Balances;

	fn vesting_balance(who: &AccountId) -> Option<Balance> {
		Vesting::vesting_balance(who)
	}

	fn add_vesting_schedule(
		who: &AccountId,
		locked: Balance,
		per_block: Balance,
		start: u32,
	) -> sp_runtime::DispatchResult {
		Vesting::add_vesting_schedule(who, locked, per_block, start.into())
	}

	fn can_add_vesting_schedule(
		who: &AccountId,
		locked: Balance,
		per_block: Balance,
		start: u32,
	) -> sp_runtime::DispatchResult {
		Vesting::can_add_vesting_schedule(who, locked, per_block, start.into())
	}

	fn remove_vesting_schedule(who: &AccountId, index: u32) -> sp_runtime::DispatchResult {
		Vesting::remove_vesting_schedule(who, index)
	}
}

pub struct Slots;
impl BlockNumberProvider for Slots {
	type BlockNumber = u64;

	fn current_block_number() -> u64 {
		Now::get().into()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_block_number(now: u64) {
		Now::set(now.try_into().expect("a slot"));
	}
}

impl pallet_vesting::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type BlockNumberToBalance = ConvertInto;
	type MinVestedTransfer = Min;
	type UnvestedFundsAllowedWithdrawReasons = UnvestedUses;
	type BlockNumberProvider = Slots;
	type WeightInfo = ();
	const MAX_VESTING_SCHEDULES: u32 = 28;
}

pub const RULES: Rules = Rules {
	round_length: 10,
	min_load: Ppm(250_000),
	max_load: Ppm(2_000_000),
	kappa: Ppm(300_000),
	floor: FloorShares { availability: Ppm(450_000), work: Ppm(0), stakers: Ppm(300_000), validators: Ppm(250_000) },
	demand: DemandShares { work: Ppm(700_000), stakers: Ppm(300_000) },
};

parameter_types! {
	/// Slots, both live and elapsed.
	pub static Now: LiveTime = 0;
	pub static Ruling: Rules = RULES;
	/// What each round settled and could have served, but those that have a load of their own.
	pub static LoadNow: Load = Load { settled: Usd(0), offered: Usd(0), leak: Usd(0) };
	pub static LoadOf: BTreeMap<u32, Load> = BTreeMap::new();
	/// Micro-USD for one VKTR.
	pub static NativePrice: Option<u128> = None;
	/// How many times the lowest price the highest is.
	pub static Spike: u128 = 1;
	/// Which parts have a receiver.
	pub static Takers: Vec<EmissionPart> = Vec::new();
	/// Which receivers fail after they have moved everything, and which take half.
	pub static Failing: Vec<EmissionPart> = Vec::new();
	pub static Sparing: Vec<EmissionPart> = Vec::new();
	pub static Given: Vec<(EmissionPart, Balance)> = Vec::new();
	pub static Raised: u32 = 0;
	/// Open pages by era, with what each pays; which of them fail.
	pub static Pages: BTreeMap<u32, Vec<(AccountId, u32, Balance)>> = BTreeMap::new();
	pub static Broken: BTreeSet<(u32, AccountId, u32)> = BTreeSet::new();
	pub static LastEnded: Option<u32> = None;
	pub static ParametersAreSound: bool = true;
	pub static Paused: bool = false;
	pub const Cap: Balance = CAP;
	pub const Cushion: Balance = CUSHION;
	pub const EmissionPot: PalletId = PalletId(*b"vk/emiss");
	pub const EraPot: PalletId = PalletId(*b"vk/erapt");
	pub const StreamPot: PalletId = PalletId(*b"vk/strem");
	pub const AirdropPot: PalletId = PalletId(*b"vk/airdr");
	pub TreasuryAccount: AccountId = AccountId::new([9; 32]);
	pub TakersAccount: AccountId = AccountId::new([8; 32]);
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

pub struct Months;
impl Convert<u32, LiveTime> for Months {
	fn convert(month: u32) -> LiveTime {
		month * MONTH
	}
}

pub struct Network;
impl LoadSource for Network {
	fn of(round: u32) -> Load {
		LoadOf::get().remove(&round).unwrap_or_else(LoadNow::get)
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
		let price = NativePrice::get().ok_or(PriceError::NoSource)?;
		Ok(vektor_math::split::pro_rata(value.0, VKTR, price).unwrap_or(Balance::MAX))
	}

	fn native_at_most(value: Usd) -> Result<Balance, PriceError> {
		let price = NativePrice::get().ok_or(PriceError::NoSource)?.saturating_mul(Spike::get());
		Ok(vektor_math::split::pro_rata(value.0, VKTR, price).unwrap_or(Balance::MAX))
	}
}

pub struct Receivers;
impl crate::Receivers<AccountId> for Receivers {
	fn give(part: EmissionPart, _: u32, pot: &AccountId, amount: Balance) -> Result<Balance, DispatchError> {
		if !Takers::get().contains(&part) || amount < MIN {
			return Ok(0);
		}
		let amount = if Sparing::get().contains(&part) { amount / 2 } else { amount };
		Balances::transfer(pot, &TakersAccount::get(), amount, Preservation::Preserve)?;
		if Failing::get().contains(&part) {
			return Err(DispatchError::Other("this receiver fails"));
		}
		Given::mutate(|given| given.push((part, amount)));
		Ok(amount)
	}

	fn weight() -> Weight {
		Weight::from_parts(30, 3)
	}
}

pub struct Eras;
impl crate::Eras<AccountId> for Eras {
	fn ended() -> Option<u32> {
		LastEnded::get()
	}

	fn next_open(era: u32, done: Option<&(AccountId, u32)>) -> Option<(AccountId, u32)> {
		let mut pages: Vec<_> = Pages::get().remove(&era)?.into_iter().map(|(who, page, _)| (who, page)).collect();
		pages.sort();
		pages.into_iter().find(|page| done.is_none_or(|done| page > done))
	}

	fn pay(era: u32, validator: &AccountId, page: u32) -> Result<(), DispatchError> {
		if Broken::get().contains(&(era, validator.clone(), page)) {
			return Err(DispatchError::Other("this page fails"));
		}
		let pages = Pages::get().remove(&era).expect("an era with pages");
		let open = |(who, number, _): &&(AccountId, u32, Balance)| (who, *number) == (validator, page);
		let reward = pages.iter().find(open).expect("open").2;
		// As staking does: it mints, and hands the debt on.
		Supply::settle_rewards(Balances::deposit(validator, reward, Precision::Exact)?);
		let unpaid = pages.into_iter().filter(|(who, number, _)| (who, *number) != (validator, page)).collect();
		Pages::mutate(|eras| eras.insert(era, unpaid));
		Ok(())
	}

	fn page_weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn worst(era: u32) {
		LastEnded::set(Some(era));
		let who = AccountId::new([7; 32]);
		// As staking's of a validator that has bonded nothing: it fails, which writes most.
		Broken::mutate(|broken| broken.insert((era, who.clone(), 0)));
		Pages::mutate(|eras| eras.insert(era, vec![(who, 0, MIN)]));
	}
}

/// Parameters of which there is one, the length of a round.
pub struct Fake;
impl crate::Parameters for Fake {
	type KeyValue = Option<u32>;
	type Values = Option<u32>;

	fn set(value: Option<u32>) -> Result<(), ParameterRefused> {
		match value {
			None => Err(ParameterRefused::NoValue),
			Some(0) => Err(ParameterRefused::OutOfBounds),
			Some(99) => Err(ParameterRefused::Store(DispatchError::BadOrigin)),
			Some(length) => {
				Ruling::mutate(|rules| rules.round_length = length);
				Ok(())
			}
		}
	}

	fn build(value: &Option<u32>) -> Result<(), ParameterRefused> {
		value.map_or(Ok(()), |length| Self::set(Some(length)))
	}

	fn are_sound() -> bool {
		ParametersAreSound::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn example() -> Option<u32> {
		Some(10)
	}
}

pub struct Bell;
impl Alarm for Bell {
	fn raise() {
		Raised::mutate(|times| *times += 1);
	}
}

impl pallet_supply::Config for Test {
	type Currency = Balances;
	type Vesting = Schedules;
	type Elapsed = Elapsed;
	type MonthEnd = Months;
	type Clock = Clock;
	type Load = Network;
	type Prices = Prices;
	type Receivers = Receivers;
	type Eras = Eras;
	type Alarm = Bell;
	type Parameters = Fake;
	type Rules = Ruling;
	type AdminOrigin = EnsureRoot<AccountId>;
	type Signature = MultiSignature;
	type Cap = Cap;
	type Cushion = Cushion;
	type EmissionPot = EmissionPot;
	type EraPot = EraPot;
	type StreamPot = StreamPot;
	type AirdropPot = AirdropPot;
	type Treasury = TreasuryAccount;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
}

pub fn alice() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}

pub fn bob() -> AccountId {
	Sr25519Keyring::Bob.to_account_id()
}

pub fn balance(who: &AccountId) -> Balance {
	Balances::free_balance(who)
}

/// What the emission pot holds above its floor.
pub fn in_emission() -> Balance {
	Pallet::<Test>::available(&Supply::emission_pot())
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event").event
}

/// The events of this pallet, in order.
pub fn our_events() -> Vec<crate::Event<Test>> {
	let ours = |record: frame_system::EventRecord<RuntimeEvent, _>| match record.event {
		RuntimeEvent::Supply(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(ours).collect()
}

/// The last end of a round.
pub fn the_round() -> Ended {
	let ended = |event| match event {
		crate::Event::RoundEnded { round, floor, demand, availability, work, stakers, validators } => {
			Some(Ended { round, floor, demand, parts: [availability, work, stakers, validators] })
		}
		_ => None,
	};
	our_events().into_iter().rev().find_map(ended).expect("a round has ended")
}

/// What an ended round emitted; the parts are availability, work, stakers, validators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ended {
	pub round: u32,
	pub floor: Balance,
	pub demand: Balance,
	pub parts: [Balance; 4],
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Everybody takes what is for them.
pub fn all_take() {
	Takers::set(vec![EmissionPart::Availability, EmissionPart::Work, EmissionPart::Stakers]);
}

/// Lets time jump to the end of the round that is on, and ends it.
pub fn end_round() {
	Now::set(crate::CurrentRound::<Test>::get().ends);
	Supply::on_initialize(0);
}

/// Gives a block all the time it can use.
pub fn idle() -> Weight {
	Supply::on_idle(0, Weight::MAX)
}

/// Lets slots pass, a block in each.
pub fn pass(slots: u32) {
	for _ in 0..slots {
		Now::mutate(|now| *now += 1);
		Supply::on_initialize(0);
		Supply::on_idle(0, Weight::MAX);
	}
}

pub struct ExtBuilder {
	policy: EmissionPolicy,
	airdrop: Vec<(AccountId, Balance)>,
	unlock: Unlock,
	forged: Balance,
	spoil: fn(&mut pallet_supply::GenesisConfig<Test>),
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			policy: EmissionPolicy::LoadWeighted,
			airdrop: Vec::new(),
			unlock: Unlock::CliffThenLinear { cliff: 12, months: 48 },
			forged: 0,
			spoil: |_| {},
		}
	}
}

impl ExtBuilder {
	pub fn policy(mut self, policy: EmissionPolicy) -> Self {
		self.policy = policy;
		self
	}

	pub fn airdrop(mut self, list: Vec<(AccountId, Balance)>) -> Self {
		self.airdrop = list;
		self
	}

	/// How Bob, who is the team, comes by his share.
	pub fn unlock(mut self, unlock: Unlock) -> Self {
		self.unlock = unlock;
		self
	}

	/// What Alice holds that no allocation knows of.
	pub fn forged(mut self, amount: Balance) -> Self {
		self.forged = amount;
		self
	}

	/// What a test changes of the genesis before it is built.
	pub fn spoil(mut self, spoil: fn(&mut pallet_supply::GenesisConfig<Test>)) -> Self {
		self.spoil = spoil;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Now::set(0);
		Ruling::set(RULES);
		LoadNow::set(Load::default());
		LoadOf::set(BTreeMap::new());
		NativePrice::set(None);
		Spike::set(1);
		Takers::set(Vec::new());
		Failing::set(Vec::new());
		Sparing::set(Vec::new());
		Given::set(Vec::new());
		Raised::set(0);
		Pages::set(BTreeMap::new());
		Broken::set(BTreeSet::new());
		LastEnded::set(None);
		ParametersAreSound::set(true);
		Paused::set(false);
		let dropped: Balance = self.airdrop.iter().map(|(_, amount)| amount).sum();
		let public = CAP - EMISSION - STREAM - TEAM;
		let pots = [
			(Supply::emission_pot(), EMISSION + MIN),
			(Supply::stream_pot(), STREAM + MIN),
			(Supply::era_pot(), CUSHION + MIN),
			(Supply::airdrop_pot(), dropped + MIN),
			(TreasuryAccount::get(), MIN),
			(TakersAccount::get(), MIN),
			(bob(), TEAM),
		];
		let spent = pots.iter().map(|(_, amount)| amount).sum::<Balance>() - EMISSION - STREAM - TEAM;
		let row =
			|name: &str, amount, release, holders| GenesisAllocation { name: name.into(), amount, release, holders };
		let mut supply = pallet_supply::GenesisConfig {
			allocations: vec![
				row("emission", EMISSION, Release::Emission, vec![]),
				row("treasury", STREAM, Release::Treasury(Unlock::CliffThenLinear { cliff: 6, months: 36 }), vec![]),
				row("team", TEAM, Release::Holders(self.unlock), vec![(bob(), TEAM)]),
				row("public", public, Release::Holders(Unlock::AtOnce), vec![]),
			],
			policy: self.policy,
			airdrop: self.airdrop,
			parameters: None,
		};
		(self.spoil)(&mut supply);
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: pots.into_iter().chain([(alice(), public - spent + self.forged)]).collect(),
				..Default::default()
			},
			supply,
			..Default::default()
		}
		.build_storage()
		.expect("a genesis");
		let mut ext = sp_io::TestExternalities::new(storage);
		// Benchmarks sign with it.
		ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs a test, then checks every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Supply::do_try_state().expect("the invariants hold");
		});
	}
}
