//! Any order of stakes, extensions, rewards, days and stalls, against a reference that goes through everyone: positions
//! are worth what the README says, to a unit for each operation, and the vault is never short.

use std::{cell::RefCell, collections::BTreeMap};

use frame_support::traits::{fungible::Mutate, tokens::Preservation::Preserve};
use proptest::{prelude::*, sample::Index};
use sp_runtime::{app_crypto::sp_core::U512, DispatchError, DispatchResult};
use vektor_math::growth::ONE;
use vektor_primitives::{Balance, Ppm, VKTR};

use crate::{mock::*, *};

/// Who gives to the vault what nobody asked for.
const DONOR: AccountId = 20;

#[derive(Clone, Debug)]
enum Op {
	Stake {
		who: AccountId,
		amount: Balance,
		tier: u8,
	},
	/// One of the account's positions, or none that it has.
	Extend {
		who: AccountId,
		which: Option<Index>,
		tier: u8,
	},
	Unstake {
		who: AccountId,
		which: Option<Index>,
		what: What,
	},
	Reward(Balance),
	Donate(Balance),
	Pass(u32),
	/// Blocks come until the next day.
	NextDay,
	Stall(u32),
	/// With all that the account has.
	Vote {
		who: AccountId,
		poll: PollIndex,
	},
	/// Its votes are removed and unlocked, all or but so many.
	Unlock {
		who: AccountId,
		votes: Balance,
	},
	SetTiers {
		root: bool,
		tiers: Vec<Terms>,
	},
}

/// A tier's days, and what a unit in it earns and votes with.
type Terms = (u32, u32, u32);

#[derive(Clone, Debug)]
enum What {
	All,
	/// Of a million.
	Part(Balance),
	/// All but so much, or more than all.
	But(i128),
}

fn op() -> impl Strategy<Value = Op> {
	let who = || 1..5u64;
	let amount = prop_oneof![
		5 => VKTR..2_000 * VKTR,
		3 => VKTR..200 * VKTR,
		2 => VKTR..VKTR + 1_000,
		1 => 0..VKTR,
		1 => 2_000 * VKTR..5_000_000 * VKTR,
		1 => RICH - 2 * MIN..RICH + VKTR,
	];
	let which = || prop::option::weighted(0.95, any::<Index>());
	let what = prop_oneof![
		2 => Just(What::All),
		4 => (0u128..1_000_000).prop_map(What::Part),
		2 => (-(VKTR as i128)..2 * VKTR as i128).prop_map(What::But),
	];
	// The fourth is not there at first.
	let tier = || prop_oneof![8 => 0u8..3, 1 => Just(3)];
	let days = prop_oneof![1 => Just(0), 30 => 1..8u32, 3 => Just(u32::MAX)];
	let times = || prop_oneof![30 => 1_000_000..=10_000_000u32, 1 => Just(999_999)];
	let terms = (days, times(), times());
	let tiers = prop_oneof![1 => prop::collection::vec(terms.clone(), 0..3), 5 => prop::collection::vec(terms, 3..5)];
	let poll = prop_oneof![9 => Just(POLL), 1 => Just(0)];
	let votes = prop_oneof![2 => Just(0), 1 => 0..2_000 * VKTR];
	prop_oneof![
		14 => (who(), amount, tier()).prop_map(|(who, amount, tier)| Op::Stake { who, amount, tier }),
		5 => (who(), which(), tier()).prop_map(|(who, which, tier)| Op::Extend { who, which, tier }),
		6 => (who(), which(), what).prop_map(|(who, which, what)| Op::Unstake { who, which, what }),
		6 => (1..1_000 * VKTR).prop_map(Op::Reward),
		1 => (1..1_000 * VKTR).prop_map(Op::Donate),
		8 => (1u32..30).prop_map(Op::Pass),
		5 => Just(Op::NextDay),
		2 => (1u32..90).prop_map(Op::Stall),
		2 => (who(), poll).prop_map(|(who, poll)| Op::Vote { who, poll }),
		2 => (who(), votes).prop_map(|(who, votes)| Op::Unlock { who, votes }),
		2 => (prop::bool::weighted(0.9), tiers).prop_map(|(root, mut tiers)| {
			if let Some(first) = tiers.first_mut() {
				first.0 = 0;
			}
			Op::SetTiers { root, tiers }
		}),
	]
}

/// An amount in 2^-128 of the smallest unit: all that is divided here together is off by less than any unit shows.
type Exact = U512;

fn exact(amount: Balance) -> Exact {
	U512::from(amount) << 128
}

/// A position as the README has it.
struct Stake {
	who: AccountId,
	id: u32,
	tier: usize,
	expires: u32,
	/// The tier and the day when it was last touched: what comes new joins it by them.
	touched: (usize, u32),
	/// What was there when the interval began.
	old: Exact,
	/// What the interval brings it, if it stays.
	pending: Exact,
	/// What came since.
	fresh: Exact,
}

impl Stake {
	fn worth(&self) -> Exact {
		self.old + self.fresh
	}
}

type Expected = Result<(), &'static str>;

struct Reference {
	tiers: Tiers,
	stakes: Vec<Stake>,
	began: u32,
	day: u32,
	left: Exact,
	intervals: u32,
	waited: u32,
	/// All that came in and has not gone out.
	total: Exact,
	/// How much of whose stake must stay, as liquid.
	locks: BTreeMap<AccountId, Balance>,
}

/// A stake's worth in whole units, which only who rounds can know, by its number.
type Worths = BTreeMap<u32, Balance>;

impl Reference {
	fn ends(&self, tier: u8) -> Result<u32, &'static str> {
		let days = self.tiers.get(usize::from(tier)).ok_or("UnknownTier")?.days;
		let end = u64::from(Slot::get() / DAY) + u64::from(days) + 1;
		match days {
			0 => Ok(0),
			_ => end.try_into().map_err(|_| "Overflow"),
		}
	}

	fn find(&mut self, who: AccountId, id: u32) -> Result<&mut Stake, &'static str> {
		self.stakes.iter_mut().find(|stake| (stake.who, stake.id) == (who, id)).ok_or("UnknownPosition")
	}

	/// The place of the position that a stake raises, if there is one.
	fn stake(&self, who: AccountId, amount: Balance, tier: u8) -> Result<Option<usize>, &'static str> {
		let expires = self.ends(tier)?;
		if amount < VKTR {
			return Err("BelowMinimum");
		}
		if amount > balance(who) - MIN {
			return Err("NotFree");
		}
		let same = |stake: &Stake| (stake.who, stake.touched) == (who, (tier.into(), expires));
		let at = self.stakes.iter().position(same);
		let count = self.stakes.iter().filter(|stake| stake.who == who).count();
		if at.is_none() && count == MaxPositions::get() as usize {
			return Err("TooManyPositions");
		}
		Ok(at)
	}

	/// `id`: the number that the position got, if it is new.
	fn staked(&mut self, at: Option<usize>, who: AccountId, id: u32, amount: Balance, tier: u8) {
		let expires = self.ends(tier).expect("asked before");
		let at = at.unwrap_or_else(|| {
			let (zero, tier) = (Exact::zero(), tier.into());
			let touched = (tier, expires);
			self.stakes.push(Stake { who, id, tier, expires, touched, old: zero, pending: zero, fresh: zero });
			self.stakes.len() - 1
		});
		assert_eq!(self.stakes[at].id, id);
		self.stakes[at].fresh += exact(amount);
		self.total += exact(amount);
	}

	fn extend(&mut self, who: AccountId, id: u32, tier: u8) -> Expected {
		let expires = self.ends(tier)?;
		let stake = self.find(who, id)?;
		if expires == 0 || expires < stake.expires {
			return Err("Shortens");
		}
		let given_up = core::mem::take(&mut stake.pending);
		stake.fresh = stake.worth();
		(stake.old, stake.tier, stake.expires) = (Exact::zero(), tier.into(), expires);
		stake.touched = (stake.tier, expires);
		self.left += given_up;
		Ok(())
	}

	/// What `votes` hold of a stake that weighs as a liquid one does: rounded up.
	fn needed(&self, votes: Balance) -> Balance {
		(votes * 1_000_000).div_ceil(self.tiers[0].votes.0.into())
	}

	/// `worths`: what the account's positions say that they are worth. What its vote weighs.
	fn vote(&mut self, who: AccountId, poll: PollIndex, worths: &Worths) -> Result<Balance, &'static str> {
		if poll != POLL {
			return Err("NotOngoing");
		}
		let end = Slot::get() + 10 * DAY;
		let votes = |stake: &Stake| {
			let tier = if stake.expires.saturating_mul(DAY) < end { 0 } else { stake.tier };
			worths[&stake.id] * Balance::from(self.tiers[tier].votes.0) / 1_000_000
		};
		let all = self.stakes.iter().filter(|stake| stake.who == who).map(votes).sum();
		if all == 0 {
			return Err("NoVotes");
		}
		let needed = self.needed(all);
		let lock = self.locks.entry(who).or_default();
		*lock = needed.max(*lock);
		Ok(all)
	}

	fn unlock(&mut self, who: AccountId, votes: Balance) {
		let needed = self.needed(votes);
		if let Some(lock) = self.locks.get_mut(&who) {
			*lock = needed.min(*lock);
		}
		self.locks.retain(|_, lock| *lock > 0);
	}

	/// What of the account's other stakes carries its votes. Of a lock that has ended and was not touched since it is what its shares were at
	/// first but a unit.
	fn others(&self, who: AccountId, id: u32, worths: &Worths) -> Balance {
		let carries = |stake: &Stake| match stake.touched.0 > 0 && stake.tier == 0 {
			true => {
				let owned = Positions::<Test>::get(who);
				owned.iter().find(|position| position.id == stake.id).expect("it is there").shares - 1
			}
			false => worths[&stake.id],
		};
		self.stakes.iter().filter(|stake| stake.who == who && stake.id != id).map(carries).sum()
	}

	/// `worths`: what the account's positions say that they are worth.
	fn unstake(&mut self, who: AccountId, id: u32, amount: Option<Balance>, worths: &Worths) -> Expected {
		let lock = self.locks.get(&who).copied().unwrap_or_default();
		let others = self.others(who, id, worths);
		let stake = self.find(who, id)?;
		let worth = worths[&id];
		if stake.tier > 0 {
			return Err("StillLocked");
		}
		let amount = amount.unwrap_or(worth);
		let left = worth.checked_sub(amount).ok_or("NotEnough")?;
		if amount == 0 {
			return Err("BelowMinimum");
		}
		if left > 0 && left < VKTR {
			return Err("BelowMinimum");
		}
		if lock > 0 && others + left < lock {
			return Err("VotesRunning");
		}
		if left == 0 {
			let (given_up, paid) = (stake.pending, stake.worth());
			self.left += given_up;
			self.total -= paid;
			self.stakes.retain(|stake| (stake.who, stake.id) != (who, id));
			return Ok(());
		}
		let of_old = stake.old.min(exact(amount));
		let given_up = if of_old.is_zero() { of_old } else { stake.pending * of_old / stake.old };
		stake.old -= of_old;
		stake.pending -= given_up;
		stake.fresh -= exact(amount) - of_old;
		stake.touched = (0, 0);
		self.left += given_up;
		self.total -= exact(amount);
		Ok(())
	}

	fn set_tiers(&mut self, root: bool, tiers: &Tiers) -> Expected {
		let fits = |times: Ppm| (1_000_000..=10_000_000).contains(&times.0);
		let sound = tiers
			.iter()
			.enumerate()
			.all(|(number, tier)| (tier.days > 0) == (number > 0) && fits(tier.yields) && fits(tier.votes));
		match (root, sound && tiers.len() >= self.tiers.len()) {
			(false, _) => Err("BadOrigin"),
			(true, false) => Err("TiersUnsound"),
			(true, true) => {
				self.tiers = tiers.clone();
				Ok(())
			}
		}
	}

	fn push(&mut self, amount: Balance) {
		self.left += exact(amount);
		self.total += exact(amount);
		self.intervals = self.intervals.max(STREAM / INTERVAL);
	}

	/// A block came. `left_over`: whether the stream has something that waits, which only who rounds can know when it is
	/// a unit.
	fn block(&mut self, left_over: bool) {
		let height = Height::get();
		if height - self.began < INTERVAL {
			return;
		}
		self.began = height;
		let today = Slot::get() / DAY;
		self.day = today.min(self.day + 4);
		for stake in &mut self.stakes {
			stake.old += core::mem::take(&mut stake.pending) + core::mem::take(&mut stake.fresh);
			if stake.expires <= self.day {
				(stake.tier, stake.expires) = (0, 0);
			}
		}
		if self.day < today {
			self.began = height - INTERVAL;
			return;
		}
		self.reward(left_over);
	}

	fn reward(&mut self, left_over: bool) {
		let tiers = self.tiers.clone();
		let weight = |stake: &Stake| stake.old * U512::from(tiers[stake.tier].yields.0);
		let total = self.stakes.iter().fold(Exact::zero(), |sum, stake| sum + weight(stake));
		if total < exact(MIN_TOTAL) * U512::from(1_000_000) {
			self.wait(left_over);
			return;
		}
		if self.waited > 0 {
			(self.intervals, self.waited) = (self.intervals.max(7 * DAY / INTERVAL), 0);
		}
		let part = self.left / U512::from(self.intervals.max(1));
		for stake in &mut self.stakes {
			stake.pending = part * weight(stake) / total;
			self.left -= stake.pending;
		}
		self.intervals = self.intervals.saturating_sub(1);
	}

	fn wait(&mut self, left_over: bool) {
		if !left_over {
			assert!(self.left < exact(VKTR));
			self.intervals = 0;
			return;
		}
		self.waited += 1;
		if self.waited > Patience::get() {
			self.total -= core::mem::take(&mut self.left);
			(self.intervals, self.waited) = (0, 0);
		}
	}

	/// Everything that came in is somewhere.
	fn is_whole(&self) -> bool {
		self.total == self.stakes.iter().fold(self.left, |sum, stake| sum + stake.worth() + stake.pending)
	}
}

/// How often each call succeeded, each error came, and each event.
#[derive(Default)]
struct Seen {
	times: BTreeMap<String, u32>,
	/// The most that a position was off, in hundredths of what it may be.
	off: Balance,
}

impl Seen {
	fn note(&mut self, what: String) {
		*self.times.entry(what).or_default() += 1;
	}

	/// Whether a call ended as the reference says.
	fn call(&mut self, call: &str, result: DispatchResult, expected: Expected) -> bool {
		let what = match result {
			Ok(()) => "ok",
			Err(DispatchError::Module(error)) => error.message.unwrap_or_default(),
			Err(DispatchError::BadOrigin) => "BadOrigin",
			Err(other) => panic!("{call}: {other:?}"),
		};
		assert_eq!(what, expected.err().unwrap_or("ok"), "{call}");
		self.note(format!("{call}: {what}"));
		result.is_ok()
	}

	/// Notes this pallet's events by their names.
	fn events(&mut self) {
		for event in our_events() {
			let name = format!("{event:?}");
			self.note(name.split([' ', '{']).next().unwrap_or_default().into());
		}
		System::reset_events();
	}
}

/// What each of an account's positions says that it is worth.
fn worths(who: AccountId) -> Worths {
	held(who).iter().map(|held| (held.position.id, held.worth)).collect()
}

struct Case<'a> {
	reference: Reference,
	seen: &'a mut Seen,
	donated: Balance,
	operations: Balance,
}

impl Case<'_> {
	/// How far a position may be off: a unit for each operation, at what a share is worth by now.
	fn tolerance(&self) -> Balance {
		let growth = vault().tiers.iter().map(|tier| tier.next).max().unwrap_or_default();
		self.operations * growth.div_ceil(ONE)
	}

	fn blocks(&mut self, number: u32, slots: u32) {
		for _ in 0..number {
			System::reset_events();
			stall(slots);
			let forfeited = our_events().iter().any(|event| matches!(event, Event::RewardForfeited { .. }));
			self.reference.block(forfeited || vault().stream.waited > 0);
			self.seen.events();
		}
	}

	/// An account's vote, as the reference says.
	fn vote(&mut self, who: AccountId, poll: PollIndex) {
		let expected = self.reference.vote(who, poll, &worths(who));
		let result = LockStaking::vote(RuntimeOrigin::signed(who), poll, Stance::Aye);
		if self.seen.call("vote", result, expected.map(drop)) {
			let votes = expected.expect("it succeeded");
			assert_eq!(Votes::take(), vec![(who, poll, Stance::Aye, votes)]);
		}
	}

	/// The number of one of an account's positions, with what it is worth.
	fn choose(&self, who: AccountId, which: Option<Index>) -> (u32, Balance) {
		let owned = held(who);
		match which {
			Some(which) if !owned.is_empty() => {
				let held = which.get(&owned);
				(held.position.id, held.worth)
			}
			_ => (u32::MAX, 0),
		}
	}

	fn step(&mut self, op: Op) {
		match op {
			Op::Stake { who, amount, tier } => self.stake(who, amount, tier),
			Op::Extend { who, which, tier } => {
				let (id, _) = self.choose(who, which);
				let expected = self.reference.extend(who, id, tier);
				self.seen.call("extend", extend_number(who, id, tier), expected);
			}
			Op::Unstake { who, which, what } => self.unstake(who, which, what),
			Op::Reward(amount) => {
				reward(amount);
				self.reference.push(amount);
				// How long what is there has waited, weighed by amounts: no money, and rounded.
				self.reference.waited = vault().stream.waited;
			}
			Op::Donate(amount) => {
				<Balances as Mutate<_>>::transfer(&DONOR, &LockStaking::pot(), amount, Preserve).expect("it is rich");
				self.donated += amount;
			}
			Op::Pass(blocks) => self.blocks(blocks, 1),
			Op::NextDay => self.blocks(DAY - Slot::get() % DAY, 1),
			Op::Stall(slots) => self.blocks(1, slots),
			Op::Vote { who, poll } => self.vote(who, poll),
			Op::Unlock { who, votes } => {
				self.reference.unlock(who, votes);
				LockStaking::lower_vote_lock(&who, votes);
			}
			Op::SetTiers { root, tiers } => {
				let tier = |(days, yields, votes): Terms| Tier { days, yields: Ppm(yields), votes: Ppm(votes) };
				let tiers = Tiers::truncate_from(tiers.into_iter().map(tier).collect());
				let expected = self.reference.set_tiers(root, &tiers);
				let origin = if root { RuntimeOrigin::root() } else { RuntimeOrigin::signed(1) };
				self.seen.call("set_tiers", LockStaking::set_tiers(origin, tiers, Rules::default()), expected);
			}
		}
	}

	fn stake(&mut self, who: AccountId, amount: Balance, tier: u8) {
		let (expected, before) = (self.reference.stake(who, amount, tier), balance(who));
		let result = stake(who, amount, tier);
		if self.seen.call("stake", result, expected.map(drop)) {
			let RuntimeEvent::LockStaking(Event::Staked { position, .. }) = last_event() else { panic!("no event") };
			self.reference.staked(expected.expect("it succeeded"), who, position, amount, tier);
			assert_eq!(balance(who), before - amount);
		}
	}

	fn unstake(&mut self, who: AccountId, which: Option<Index>, what: What) {
		let (id, worth) = self.choose(who, which);
		let amount = match what {
			What::All => None,
			What::Part(part) => Some(worth * part / 1_000_000),
			What::But(left) => Some((worth as i128 - left).max(0) as Balance),
		};
		let before = balance(who);
		let expected = self.reference.unstake(who, id, amount, &worths(who));
		if self.seen.call("unstake", unstake_number(who, id, amount), expected) {
			assert_eq!(balance(who), before + amount.unwrap_or(worth));
		}
	}

	fn check(&mut self) {
		LockStaking::do_try_state().expect("the invariants hold");
		assert!(self.reference.is_whole());
		let tolerance = self.tolerance();
		let mut far = 0;
		for who in 1..5 {
			let stakes: Vec<_> = self.reference.stakes.iter().filter(|stake| stake.who == who).collect();
			let owned = held(who);
			assert_eq!(owned.len(), stakes.len());
			for (held, stake) in owned.iter().zip(stakes) {
				let row = (held.position.id, usize::from(held.position.tier), held.expires);
				assert_eq!(row, (stake.id, stake.tier, stake.expires));
				let off = exact(held.worth).abs_diff(stake.worth());
				assert!(off <= exact(tolerance), "{who}: {held:?} is not {}", stake.worth() >> 128);
				far = far.max(((off * U512::from(100)) >> 128).as_u128() / tolerance);
			}
		}
		self.seen.off = self.seen.off.max(far);
		assert_eq!(VoteLocks::<Test>::iter().collect::<BTreeMap<_, _>>(), self.reference.locks);
		let beyond = in_vault() - self.donated - vault().owed().expect("it fits");
		assert!(beyond <= tolerance, "{beyond} is owed to nobody");
		self.seen.events();
	}

	/// When every lock has ended everybody leaves, and nothing is kept of them.
	fn leave(&mut self) {
		let last = self.reference.stakes.iter().map(|stake| stake.expires).max().unwrap_or_default();
		while vault().day < last {
			self.blocks(1, 1);
		}
		for who in 1..5 {
			self.reference.unlock(who, 0);
			LockStaking::lower_vote_lock(&who, 0);
			for held in held(who) {
				self.operations += 1;
				let expected = self.reference.unstake(who, held.position.id, None, &worths(who));
				self.seen.call("unstake", unstake_number(who, held.position.id, None), expected);
			}
		}
		self.check();
		assert_eq!(Positions::<Test>::iter().count(), 0);
		assert_eq!((Expiring::<Test>::iter().count(), Checkpoints::<Test>::iter().count()), (0, 0));
		assert!(in_vault() - self.donated - vault().stream.left <= self.tolerance());
	}
}

/// Short locks, so that many end.
fn short() -> Tiers {
	let tier = |(days, yields)| Tier { days, yields: Ppm(yields), votes: Ppm(yields) };
	Tiers::truncate_from([(0, 1_000_000), (2, 1_500_000), (5, 3_000_000)].map(tier).into())
}

fn new() -> Reference {
	let zero = Exact::zero();
	let (tiers, stakes, locks) = (short(), vec![], BTreeMap::new());
	Reference { tiers, stakes, began: 0, day: 0, left: zero, intervals: 0, waited: 0, total: zero, locks }
}

#[test]
fn positions_are_worth_what_going_through_everyone_says() {
	let seen = RefCell::new(Seen::default());
	let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
		failure_persistence: None,
		..ProptestConfig::with_cases(256)
	});
	// Of few accounts some have more positions than they may.
	let crowd = prop_oneof![1 => Just(1), 2 => 1..5u64];
	let result = runner.run(&(crowd, prop::collection::vec(op(), 50)), |(crowd, ops)| {
		ExtBuilder::default().tiers(short()).build().execute_with(|| {
			let seen = &mut seen.borrow_mut();
			let mut case = Case { reference: new(), seen, donated: 0, operations: 0 };
			for mut op in ops {
				if let Op::Stake { who, .. }
				| Op::Extend { who, .. }
				| Op::Unstake { who, .. }
				| Op::Vote { who, .. }
				| Op::Unlock { who, .. } = &mut op
				{
					*who = 1 + *who % crowd;
				}
				case.operations += 1;
				case.step(op);
				case.check();
			}
			case.leave();
		});
		Ok(())
	});
	result.unwrap();

	let seen = seen.into_inner();
	println!("at most {} hundredths of what is allowed", seen.off);
	for (what, times) in &seen.times {
		println!("{times:6} {what}");
	}
	for what in [
		"stake: ok",
		"stake: UnknownTier",
		"stake: BelowMinimum",
		"stake: TooManyPositions",
		"stake: Overflow",
		"stake: NotFree",
		"extend: ok",
		"extend: UnknownTier",
		"extend: UnknownPosition",
		"extend: Shortens",
		"extend: Overflow",
		"unstake: ok",
		"unstake: UnknownPosition",
		"unstake: StillLocked",
		"unstake: NotEnough",
		"unstake: BelowMinimum",
		"unstake: VotesRunning",
		"vote: ok",
		"vote: NoVotes",
		"vote: NotOngoing",
		"set_tiers: ok",
		"set_tiers: TiersUnsound",
		"set_tiers: BadOrigin",
		"Event::Staked",
		"Event::Extended",
		"Event::Unstaked",
		"Event::Rewarded",
		"Event::RewardForfeited",
		"Event::TiersSet",
	] {
		assert!(seen.times.contains_key(what), "no case reached {what}");
	}
}
