//! A chain with balances. A day is 10 slots, an interval 5 blocks, a stream 20.

use std::collections::BTreeMap;

use frame_support::{derive_impl, parameter_types, PalletId};
use frame_system::EnsureRoot;
use sp_runtime::{
	traits::{BlockNumberProvider, IdentityLookup},
	BuildStorage,
};
use vektor_primitives::{
	traits::{RewardStream, Yield},
	Balance, Ppm, VKTR,
};

use crate as pallet_lock_staking;
use crate::{Ballots, Book, ClassId, Event, Held, Pallet, PollIndex, Rules, Stance, Terms, Tier, Tiers, Vault};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const MIN: Balance = VKTR / 100;
pub const DAY: u32 = 10;
pub const INTERVAL: u32 = 5;
pub const STREAM: u32 = 20;
pub const MIN_TOTAL: Balance = 1_000 * VKTR;
pub const TREASURY: AccountId = 101;
pub const VALIDATORS: AccountId = 103;
/// A poll that goes on for ten days more; of others none goes on.
pub const POLL: PollIndex = 7;
/// For how long any poll may go on, in blocks.
pub const LONGEST: u32 = 25 * DAY;
/// A poll that refuses every vote.
pub const CLOSED: PollIndex = 8;
/// Whom rewards come from.
pub const PAYER: AccountId = 102;
pub const RICH: Balance = 10_000_000 * VKTR;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		LockStaking: pallet_lock_staking,
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
	pub const Min: Balance = MIN;
	/// Slots since the first, and blocks: one each, but where a test lets the chain stall.
	pub static Slot: u32 = 0;
	pub static Height: u32 = 0;
	pub const Day: u32 = DAY;
	pub const Interval: u32 = INTERVAL;
	pub static StreamLength: u32 = STREAM;
	/// Who made which position, in order.
	pub static Made: Vec<(AccountId, u32)> = Vec::new();
	pub const MinStake: Balance = VKTR;
	pub const MinTotal: Balance = MIN_TOTAL;
	pub const Patience: u32 = 12;
	pub const MaxPositions: u32 = 8;
	pub const PotId: PalletId = PalletId(*b"vk/vault");
	pub const Treasury: AccountId = TREASURY;
	pub const Validators: AccountId = VALIDATORS;
	/// What the chain says circulates.
	pub static Circulating: Balance = 20 * RICH;
	/// What was voted, in order: by whom, in which poll, how, with what.
	pub static Votes: Vec<(AccountId, PollIndex, Stance, Balance)> = Vec::new();
	/// What the last vote needs of tokens that are not staked, in votes.
	pub static Frozen: Balance = 0;
	/// Who votes for whom, with what.
	pub static Delegations: BTreeMap<(AccountId, ClassId), (AccountId, Balance)> = BTreeMap::new();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = Min;
	type AccountStore = System;
}

impl BlockNumberProvider for Slot {
	type BlockNumber = u32;

	fn current_block_number() -> u32 {
		Self::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_block_number(slot: u32) {
		Self::set(slot);
	}
}

impl BlockNumberProvider for Height {
	type BlockNumber = u32;

	fn current_block_number() -> u32 {
		Self::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_block_number(height: u32) {
		Self::set(height);
	}
}

impl pallet_lock_staking::Config for Test {
	type Currency = Balances;
	type Elapsed = Slot;
	type Height = Height;
	type Day = Day;
	type Interval = Interval;
	type StreamLength = StreamLength;
	type MinStake = MinStake;
	type MinTotal = MinTotal;
	type Patience = Patience;
	type MaxPositions = MaxPositions;
	type PotId = PotId;
	type Treasury = Treasury;
	type Validators = Validators;
	type Ballots = Polls;
	type Circulating = Circulating;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
}

/// V6: liquid, 30 and 90 days, for 1.0, 1.5 and 3.0 of the yield.
pub fn tiers() -> Tiers {
	let tier = |days, tenths: u32| Tier { days, yields: Ppm(tenths * 100_000), votes: Ppm(tenths * 100_000) };
	Tiers::truncate_from(vec![tier(0, 10), tier(30, 15), tier(90, 30)])
}

pub fn balance(who: AccountId) -> Balance {
	Balances::free_balance(who)
}

pub fn held(who: AccountId) -> Vec<Held> {
	Pallet::<Test>::held(&who)
}

/// What all of an account's positions are worth.
pub fn worth(who: AccountId) -> Balance {
	held(who).iter().map(|held| held.worth).sum()
}

pub fn stake(who: AccountId, amount: Balance, tier: u8) -> sp_runtime::DispatchResult {
	let next = vault().next_position;
	LockStaking::stake(RuntimeOrigin::signed(who), amount, tier)?;
	if vault().next_position > next {
		Made::mutate(|made| made.push((who, next)));
	}
	Ok(())
}

/// The number of the `nth` position that an account has made.
fn number(who: AccountId, nth: u32) -> u32 {
	let made = Made::get().into_iter().filter(|(owner, _)| *owner == who).nth(nth as usize);
	made.map_or(u32::MAX, |(_, number)| number)
}

/// Takes out the account's `nth` position, or a part of it.
pub fn unstake(who: AccountId, nth: u32, amount: Option<Balance>) -> sp_runtime::DispatchResult {
	unstake_number(who, number(who, nth), amount)
}

pub fn unstake_number(who: AccountId, position: u32, amount: Option<Balance>) -> sp_runtime::DispatchResult {
	LockStaking::unstake(RuntimeOrigin::signed(who), position, amount)
}

/// Extends the account's `nth` position.
pub fn extend(who: AccountId, nth: u32, tier: u8) -> sp_runtime::DispatchResult {
	extend_number(who, number(who, nth), tier)
}

pub fn extend_number(who: AccountId, position: u32, tier: u8) -> sp_runtime::DispatchResult {
	LockStaking::extend(RuntimeOrigin::signed(who), position, tier)
}

pub fn vault() -> Vault {
	Book::<Test>::get()
}

/// What the pot holds above its floor.
pub fn in_vault() -> Balance {
	balance(LockStaking::pot()) - MIN
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event").event
}

/// The events of this pallet, in order.
pub fn our_events() -> Vec<Event<Test>> {
	let ours = |record: frame_system::EventRecord<RuntimeEvent, _>| match record.event {
		RuntimeEvent::LockStaking(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(ours).collect()
}

pub fn reward(amount: Balance) {
	LockStaking::push(&PAYER, Yield::Emission, amount).expect("the payer is rich");
}

/// A reward that clients paid.
pub fn revenue(amount: Balance) {
	LockStaking::push(&PAYER, Yield::Real, amount).expect("the payer is rich");
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
	use frame_support::traits::Hooks;
	Height::mutate(|height| *height += 1);
	LockStaking::on_initialize(Height::get().into());
}

/// Blocks come until the next interval has begun.
pub fn next_interval() {
	let now = Book::<Test>::get().interval;
	while Book::<Test>::get().interval == now {
		pass(1);
	}
}

/// Blocks come until that day's first.
pub fn to_day(day: u32) {
	pass(day * DAY - Slot::get());
}

/// Books votes as the runtime's ballots do: bounded by the account's power, and with a lock.
pub struct Polls;

impl Polls {
	fn take(who: AccountId, votes: Balance) -> sp_runtime::DispatchResult {
		frame_support::ensure!(
			votes <= LockStaking::power(&who),
			sp_runtime::DispatchError::Other("more than the power")
		);
		Frozen::set(LockStaking::extend_vote_lock(&who, votes));
		Ok(())
	}
}

impl Ballots<AccountId> for Polls {
	fn remaining(poll: PollIndex) -> Option<u32> {
		(poll == POLL || poll == CLOSED).then_some(10 * DAY)
	}

	fn longest() -> u32 {
		LONGEST
	}

	fn unstaked(who: &AccountId) -> Balance {
		if Terms::<Test>::get().tokens_vote {
			balance(*who)
		} else {
			0
		}
	}

	fn vote(who: &AccountId, poll: PollIndex, stance: Stance, votes: Balance) -> sp_runtime::DispatchResult {
		frame_support::ensure!(poll == POLL, sp_runtime::DispatchError::Other("closed"));
		Self::take(*who, votes)?;
		Votes::mutate(|all| all.push((*who, poll, stance, votes)));
		Ok(())
	}

	fn delegate(who: &AccountId, class: ClassId, to: AccountId, votes: Balance) -> sp_runtime::DispatchResult {
		Self::take(*who, votes)?;
		Delegations::mutate(|all| all.insert((*who, class), (to, votes)));
		Ok(())
	}

	fn undelegate(who: &AccountId, class: ClassId) -> sp_runtime::DispatchResult {
		Delegations::mutate(|all| all.remove(&(*who, class)));
		Ok(())
	}

	fn delegated(who: &AccountId, class: ClassId) -> Option<(AccountId, Balance)> {
		Delegations::get().get(&(*who, class)).copied()
	}

	fn vote_weight() -> frame_support::weights::Weight {
		frame_support::weights::Weight::from_parts(1, 0)
	}

	fn delegate_weight() -> frame_support::weights::Weight {
		frame_support::weights::Weight::from_parts(2, 0)
	}

	fn undelegate_weight() -> frame_support::weights::Weight {
		frame_support::weights::Weight::from_parts(3, 0)
	}
}

pub struct ExtBuilder {
	tiers: Tiers,
	rules: Rules,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { tiers: tiers(), rules: Rules::default() }
	}
}

impl ExtBuilder {
	pub fn tiers(mut self, tiers: Tiers) -> Self {
		self.tiers = tiers;
		self
	}

	pub fn rules(mut self, rules: Rules) -> Self {
		self.rules = rules;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Slot::set(0);
		Height::set(0);
		Made::set(Vec::new());
		StreamLength::set(STREAM);
		Circulating::set(20 * RICH);
		Votes::set(Vec::new());
		Frozen::set(0);
		Delegations::set(BTreeMap::new());
		let rich = (1..=20).chain([PAYER]).map(|who| (who, RICH));
		let floors = [(Pallet::<Test>::pot(), MIN), (TREASURY, MIN), (VALIDATORS, MIN)];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig { balances: rich.chain(floors).collect(), ..Default::default() },
			lock_staking: pallet_lock_staking::GenesisConfig {
				tiers: self.tiers,
				rules: self.rules,
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
			LockStaking::do_try_state().expect("the invariants hold");
		});
	}
}
