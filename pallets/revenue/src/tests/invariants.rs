//! Any order of settlements, splits, factors, time, windows, buys, stalls, emission, claims, blocked accounts, burns that fail and payouts: no unit is lost or made,
//! and in the end every unit is where it belongs.

use std::collections::{BTreeMap, BTreeSet};

use frame_support::{assert_ok, weights::Weight};
use proptest::prelude::*;
use sp_core::H256;
use sp_runtime::DispatchError;
use vektor_primitives::{traits::Purchases, Asset, Balance, JobId, OperatorId, Ppm, WorkRef, ONE_USDC, USDC, VKTR};

use super::availability::Presence;
use crate::{mock::*, tick::ROWS_PER_BLOCK, *};

#[derive(Clone, Debug)]
enum Op {
	Settle {
		operator: u64,
		native: bool,
		amount: Balance,
	},
	/// As many operators without owners settle as much each: more than one block forgets.
	Crowd {
		operators: u64,
		native: bool,
		amount: Balance,
	},
	Split(RevenueSplit),
	Factors(Factors),
	Place {
		operator: u64,
		measure: Measure,
		place: u32,
	},
	/// A window ends in which each operator had so many units there, worth so much together. A round has so many of them.
	Window {
		units: [u64; OPERATORS as usize],
		offered: Balance,
		per_round: u32,
	},
	/// Rounds end, each of which emits at most so much for its work and as much for being there, and then so many blocks come without room: none is a chain that stands still.
	Pass {
		rounds: u32,
		emission: Balance,
		blocks: u64,
	},
	/// So many blocks come that have room.
	Idle(u64),
	/// Of what waits, this many thousandths, at so many sevenths of VKTR's smallest unit for a micro-USDC.
	Buy {
		part: Balance,
		rate: Balance,
	},
	/// The round that ended last is rewarded, as it may have been before.
	Reward(Balance),
	Claim(Row),
	ClaimWork(WorkRow),
	ClaimAvailability(u64),
	Stakers {
		open: bool,
		fails: bool,
	},
	Unclaimed(bool),
	Burns(bool),
	Block(u64),
	Unblock(u64),
	Payout {
		account: u64,
		native: bool,
	},
	Compensate {
		work: u64,
		account: u64,
		native: bool,
		amount: Balance,
	},
	Price(Option<u128>),
}

/// One of the accruals that there are, or any row there may be.
#[derive(Clone, Debug)]
enum Row {
	Held(prop::sample::Index),
	Any(u64, u32, bool),
}

/// One of the leaks that there are, or any there may be.
#[derive(Clone, Debug)]
enum WorkRow {
	Held(prop::sample::Index),
	Any(u64, u32),
}

/// Operators 1 to 5 have owners; 6 is gone, and so is everybody after it.
const OPERATORS: u64 = 6;
const MEASURES: [Measure; 3] = [Measure::Uptime, Measure::Speed, Measure::Demand];

pub fn split() -> impl Strategy<Value = RevenueSplit> {
	prop::array::uniform8(0u32..1_000).prop_filter_map("a split of nothing, or one that does not leak", |weights| {
		let parts = vektor_math::split::largest_remainder(1_000_000, weights)?;
		let [direct, operators, stakers, burn, treasury, reserve, operations, quality] =
			parts.map(|part| Ppm(part as u32));
		let split = RevenueSplit { direct, operators, stakers, burn, treasury, reserve, operations, quality };
		Some(split).filter(RevenueSplit::leaks)
	})
}

/// As random ones are, and those of which parts are missing.
fn any_split() -> impl Strategy<Value = RevenueSplit> {
	let most = RevenueSplit { operators: Ppm(950_000), treasury: Ppm(50_000), ..RevenueSplit::NONE };
	prop_oneof![
		3 => split(),
		1 => prop::sample::select(vec![
			RevenueSplit::VEKTOR,
			RevenueSplit::NEXUS,
			RevenueSplit::QUIVER,
			RevenueSplit::CXPT,
			most,
		]),
	]
}

fn factors() -> impl Strategy<Value = Factors> {
	let range = prop::option::of((1u32..=4_000_000, 1u32..=4_000_000));
	prop::array::uniform3(range).prop_map(|ranges| {
		let of = |(measure, range): (Measure, Option<(u32, u32)>)| {
			let (one, two) = range?;
			Some(Factor { measure, least: Ppm(one.min(two)), most: Ppm(one.max(two)) })
		};
		MEASURES.into_iter().zip(ranges).filter_map(of).collect::<Vec<_>>().try_into().expect("at most eight")
	})
}

fn op() -> impl Strategy<Value = Op> {
	let amount = || prop_oneof![1u128..20, 1u128..100_000, 1u128..1_000_000_000_000, Just(0u128)];
	let part = prop_oneof![1u128..1_000, Just(1_000u128)];
	let rounds = prop_oneof![4 => 0u32..3, 1 => Just(9u32)];
	let emission = || prop_oneof![Just(0u128), 1u128..20, 1u128..1_000 * VKTR];
	let blocks = || prop_oneof![1 => Just(0u64), 4 => 1u64..6, 2 => 100u64..200];
	let operators = u64::from(ROWS_PER_BLOCK) - 2..u64::from(ROWS_PER_BLOCK) + 8;
	let units = prop::array::uniform(prop_oneof![Just(0u64), 1u64..1_000_000_000]);
	let place = prop_oneof![Just(1_000_000u32), 0u32..1_000_000, any::<u32>()];
	let who = || prop_oneof![5 => 11u64..16, 1 => Just(TREASURY)];
	let row = prop_oneof![
		4 => any::<prop::sample::Index>().prop_map(Row::Held),
		1 => (1..=OPERATORS, 0u32..12, any::<bool>()).prop_map(|(id, lot, native)| Row::Any(id, lot, native)),
	];
	let work_row = prop_oneof![
		4 => any::<prop::sample::Index>().prop_map(WorkRow::Held),
		1 => (1..=OPERATORS, 0u32..30).prop_map(|(id, round)| WorkRow::Any(id, round)),
	];
	prop_oneof![
		10 => (1..=OPERATORS, any::<bool>(), amount())
			.prop_map(|(operator, native, amount)| Op::Settle { operator, native, amount }),
		1 => (operators, any::<bool>(), amount())
			.prop_map(|(operators, native, amount)| Op::Crowd { operators, native, amount }),
		1 => any_split().prop_map(Op::Split),
		1 => factors().prop_map(Op::Factors),
		1 => (1..=OPERATORS, prop::sample::select(MEASURES.to_vec()), place)
			.prop_map(|(operator, measure, place)| Op::Place { operator, measure, place }),
		5 => (rounds, emission(), blocks())
			.prop_map(|(rounds, emission, blocks)| Op::Pass { rounds, emission, blocks }),
		3 => blocks().prop_map(Op::Idle),
		5 => (part, 0u128..100_000).prop_map(|(part, rate)| Op::Buy { part, rate }),
		1 => emission().prop_map(Op::Reward),
		3 => row.prop_map(Op::Claim),
		3 => work_row.prop_map(Op::ClaimWork),
		5 => (units, prop_oneof![Just(0u128), 1u128..1_000_000_000], 0u32..6)
			.prop_map(|(units, offered, per_round)| Op::Window { units, offered, per_round }),
		3 => (1..=OPERATORS).prop_map(Op::ClaimAvailability),
		1 => (any::<bool>(), any::<bool>()).prop_map(|(open, fails)| Op::Stakers { open, fails }),
		1 => any::<bool>().prop_map(Op::Unclaimed),
		1 => prop::bool::weighted(0.3).prop_map(Op::Burns),
		1 => who().prop_map(Op::Block),
		1 => who().prop_map(Op::Unblock),
		2 => (who(), any::<bool>()).prop_map(|(account, native)| Op::Payout { account, native }),
		1 => (0u64..4, 11u64..16, any::<bool>(), amount())
			.prop_map(|(work, account, native, amount)| Op::Compensate { work, account, native, amount }),
		1 => prop::option::of(1u128..10_000_000).prop_map(Op::Price),
	]
}

/// Whose part of which lot a row is.
fn find(row: Row) -> (u64, u32, Asset) {
	let mut held: Vec<_> = Accrued::<Test>::iter_keys().collect();
	held.sort();
	match row {
		Row::Held(index) if !held.is_empty() => {
			let ((lot, asset), id) = index.get(&held).clone();
			(number(&id), lot, asset)
		}
		Row::Held(_) => (1, 0, DOLLARS),
		Row::Any(id, lot, native) => (id, lot, asset(native)),
	}
}

/// Whose work of which round a row is.
fn find_work(row: WorkRow) -> (u64, u32) {
	let mut held: Vec<_> = Leaks::<Test>::iter_keys().collect();
	held.sort();
	match row {
		WorkRow::Held(index) if !held.is_empty() => {
			let (round, id) = *index.get(&held);
			(number(&id), round)
		}
		WorkRow::Held(_) => (1, 0),
		WorkRow::Any(id, round) => (id, round),
	}
}

fn number(id: &OperatorId) -> u64 {
	id.0.to_low_u64_be()
}

/// Who receives what an operator claims.
fn owner(number: u64) -> AccountId {
	if number < OPERATORS {
		number + 10
	} else {
		TREASURY
	}
}

fn asset(native: bool) -> Asset {
	if native {
		Asset::Native
	} else {
		DOLLARS
	}
}

fn holds(who: AccountId) -> (Balance, Balance) {
	(balance(&Asset::Native, who), balance(&DOLLARS, who))
}

/// Everything an asset's accounts hold, but for the escrow's.
fn received(asset: &Asset) -> Balance {
	let pots = [Revenue::pot(), TREASURY, RESERVE, OPERATIONS, QUALITY, STAKERS, BURNED, POOL];
	pots.into_iter().chain(11..16).map(|who| balance(asset, who)).sum()
}

/// What became of one lot, as a test sees it from outside.
#[derive(Default)]
struct Seen {
	/// What each operator's settlements put in.
	joined: BTreeMap<OperatorId, Balance>,
	spent: Balance,
	got: Balance,
	/// What operators have of it, in VKTR and as it was paid, since which block.
	shares: Option<(Balance, Balance, u64)>,
	/// What was claimed or expired: in VKTR, and as it was paid.
	native: Balance,
	paid: Balance,
	/// What the one event of its end said that stakers got and was burned.
	others: Option<Balance>,
	overflowed: bool,
	forgotten: bool,
}

/// What became of one round's work.
#[derive(Default)]
struct Worked {
	/// What each operator leaked, and what of it counts.
	leaks: BTreeMap<OperatorId, (Balance, Balance)>,
	/// What was offered for it, and what came.
	offered: Balance,
	came: Balance,
	claimed: Balance,
	gone: BTreeSet<OperatorId>,
	expired: bool,
}

impl Worked {
	fn leaked(&self) -> Balance {
		self.leaks.values().map(|(leak, _)| leak).sum()
	}

	fn counted(&self) -> Balance {
		self.leaks.values().map(|(_, counted)| counted).sum()
	}

	/// What an operator's work earned.
	fn share(&self, id: &OperatorId) -> Balance {
		let own = self.leaks.get(id).map_or(0, |(_, counted)| *counted);
		self.came * own / self.counted().max(1)
	}
}

#[derive(Default)]
struct Books {
	/// What left the escrow, by asset.
	settled: BTreeMap<Asset, Balance>,
	lots: BTreeMap<LotKey, Seen>,
	gone: BTreeSet<(OperatorId, LotKey)>,
	rounds: BTreeMap<u32, Worked>,
	presence: Presence,
	streamed: Balance,
	split_burned: Balance,
	expired: Balance,
	compensated: BTreeSet<u64>,
}

impl Books {
	fn settle(&mut self, number: u64, asset: Asset, amount: Balance) {
		let split = Revenue::split();
		let Ok(receipt) = settle(number, asset.clone(), amount) else { return };
		*self.settled.entry(asset.clone()).or_default() += amount;
		let parts = split.divide(amount).unwrap();
		assert_eq!((receipt.direct, receipt.queued), (parts.direct, parts.queued));
		// leak * amount <= value * leaked < (leak + 1) * amount
		let leaked = amount - parts.direct - parts.operators;
		assert!(receipt.leak.0 * amount <= receipt.value.0 * leaked);
		assert!((receipt.leak.0 + 1) * amount > receipt.value.0 * leaked);
		if parts.queued > 0 {
			let lot = self.lots.entry((receipt.lot, asset)).or_default();
			*lot.joined.entry(operator(number)).or_default() += parts.operators;
		}
		let counted = Multipliers::<Test>::get().iter().fold(receipt.leak.0, |counted, factor| {
			let place = Places::get().get(&(number, factor.measure)).map_or(0, |place| Balance::from(*place));
			let [least, most] = [factor.least.0, factor.most.0].map(Balance::from);
			counted * (least + (most - least) * place.min(1_000_000) / 1_000_000) / most
		});
		let work = self.rounds.entry(Round::get()).or_default();
		let row = work.leaks.entry(operator(number)).or_default();
		*row = (row.0 + receipt.leak.0, row.1 + counted);
	}

	fn buy(&mut self, part: Balance, rate: Balance) {
		let Some(purchase) = <Revenue as Purchases<AccountId>>::next() else { return };
		assert!(purchase.most > 0 && purchase.intervals > 0);
		let number = Progress::<Test>::get().buying;
		let most = (purchase.most * part / 1_000).max(1);
		let Ok((spent, got)) = swap(most, |spent| spent * rate / 7) else { return assert!(BurnFails::get()) };
		assert_eq!(spent, most);
		*self.settled.entry(Asset::Native).or_default() += got;
		let lot = self.lots.get_mut(&(number, DOLLARS)).unwrap();
		(lot.spent, lot.got) = (lot.spent + spent, lot.got + got);
		let row = Lots::<Test>::get(number, DOLLARS).unwrap();
		assert_eq!((row.spent, row.bought), (lot.spent, lot.got));
	}

	/// What one operator got of a lot, or lost: exactly its part, and once.
	fn take(&mut self, operator: OperatorId, lot: u32, asset: Asset, native: Balance, paid: Balance) {
		let seen = self.lots.get_mut(&(lot, asset.clone())).unwrap();
		let (native_shares, asset_shares, _) = seen.shares.unwrap();
		let accrued = seen.joined[&operator];
		let all: Balance = seen.joined.values().sum();
		assert_eq!((native, paid), (native_shares * accrued / all, asset_shares * accrued / all));
		(seen.native, seen.paid) = (seen.native + native, seen.paid + paid);
		assert!(seen.native <= native_shares && seen.paid <= asset_shares);
		assert!(self.gone.insert((operator, (lot, asset))), "a part was paid twice");
	}

	fn claim(&mut self, (number, lot, asset): (u64, u32, Asset)) -> bool {
		let (id, account, key) = (operator(number), owner(number), (lot, asset.clone()));
		let before = (holds(account), Revenue::owed(&account).len());
		let has_part = |seen: &Seen| seen.shares.is_some() && seen.joined.get(&id).is_some_and(|part| *part > 0);
		let may = self.lots.get(&key).is_some_and(has_part) && !self.gone.contains(&(id, key));
		let owed = [Asset::Native, DOLLARS].map(|asset| Owed::<Test>::get(account, asset));
		if let Err(error) = Revenue::claim(RuntimeOrigin::signed(77), id, lot, asset.clone()) {
			assert_eq!((holds(account), Revenue::owed(&account).len()), before);
			assert!(!may || error.error == Error::<Test>::StillRefused.into(), "{error:?}");
			return false;
		}
		let RuntimeEvent::Revenue(Event::Claimed { native, paid, .. }) = last_event() else { panic!("no claim") };
		let booked = [Asset::Native, DOLLARS].map(|asset| Owed::<Test>::get(account, asset));
		let booked = (booked[0] - owed[0], booked[1] - owed[1]);
		assert_eq!(holds(account), (before.0 .0 + native - booked.0, before.0 .1 + paid - booked.1));
		// Something of it was paid, where there is something.
		assert!(native + paid == 0 || booked != (native, paid));
		assert!(may);
		self.take(id, lot, asset, native, paid);
		true
	}

	fn reward(&mut self, round: u32, most: Balance) {
		let Some(work) = self.rounds.get_mut(&round) else { return assert_eq!(reward(round, most), 0) };
		let expected = match work.came {
			0 if round < Round::get() => most * work.counted() / work.leaked().max(1),
			_ => 0,
		};
		assert_eq!(reward(round, most), expected);
		if expected > 0 {
			(work.offered, work.came) = (most, expected);
			*self.settled.entry(Asset::Native).or_default() += expected;
		}
	}

	fn reward_availability(&mut self, round: u32, most: Balance) {
		*self.settled.entry(Asset::Native).or_default() += self.presence.reward(round, most);
	}

	fn window(&mut self, units: [u64; OPERATORS as usize], offered: Balance) {
		self.presence.window(&(1..).zip(units).collect::<Vec<_>>(), offered);
	}

	/// Rounds end. Emission comes for each at once, before anything of it may be forgotten.
	fn end_rounds(&mut self, rounds: u32, most: Balance) {
		for _ in 0..rounds {
			let ended = Round::get();
			Round::set(ended + 1);
			self.reward(ended, most);
			self.reward_availability(ended, most);
		}
	}

	fn claim_work(&mut self, (number, round): (u64, u32)) -> bool {
		let (id, account) = (operator(number), owner(number));
		let before = holds(account);
		let current = Round::get();
		let mut none = Worked::default();
		let work = self.rounds.get_mut(&round).unwrap_or(&mut none);
		let share = if work.expired || work.gone.contains(&id) { 0 } else { work.share(&id) };
		if let Err(error) = Revenue::claim_work(RuntimeOrigin::signed(77), id, round) {
			assert_eq!(holds(account), before);
			let expected: DispatchError = match share {
				_ if round >= current => Error::<Test>::RoundOpen.into(),
				0 => Error::<Test>::NothingEarned.into(),
				_ => Error::<Test>::StillRefused.into(),
			};
			assert_eq!(error.error, expected);
			return false;
		}
		let RuntimeEvent::Revenue(Event::WorkClaimed { amount, .. }) = last_event() else { panic!("no claim") };
		assert_eq!((amount, holds(account)), (share, (before.0 + share, before.1)));
		assert!(amount > 0 && work.gone.insert(id));
		work.claimed += amount;
		assert!(work.claimed <= work.came && work.came <= work.offered);
		// Nobody gets more than what was offered for its own leak.
		assert!(amount * work.leaked() <= work.offered * work.leaks[&id].0);
		true
	}

	fn compensate(&mut self, work: u64, account: AccountId, asset: Asset, amount: Balance) {
		let before = (balance(&asset, account), balance(&asset, RESERVE));
		let failed = WorkRef::Job(JobId(H256::from_low_u64_be(work)));
		if Revenue::compensate(RuntimeOrigin::root(), failed, CASE, account, asset.clone(), amount).is_ok() {
			assert_eq!((balance(&asset, account), balance(&asset, RESERVE)), (before.0 + amount, before.1 - amount));
			assert!(self.compensated.insert(work) && amount > 0);
		}
	}

	/// Blocks come, with room or without.
	fn pass(&mut self, blocks: u64, has_room: bool) {
		self.read_events();
		for _ in 0..blocks {
			pass(1);
			// What the beginning of a block does to a lot comes before what its end forgets.
			self.read_events();
			if has_room {
				idle(Weight::MAX);
				self.read_events();
			}
		}
	}

	fn expire(&mut self, native: Balance) {
		if BurnsUnclaimed::<Test>::get() {
			self.expired += native;
		}
	}

	/// A lot closes once, overflows once at most and before that, and is forgotten last.
	fn read_events(&mut self) {
		if System::event_count() == 0 {
			return;
		}
		let (now, mut rows) = (System::block_number(), 0);
		for record in System::read_events_no_consensus() {
			match record.event {
				RuntimeEvent::Revenue(Event::LotClosed { lot, asset, bought, operators, stakers, burned }) => {
					let seen = self.lots.get_mut(&(lot, asset)).unwrap();
					assert_eq!(seen.others.replace(stakers + burned), None);
					assert_eq!(operators + stakers + burned, bought);
					let shares = seen.shares.get_or_insert((operators, 0, now));
					assert_eq!(shares.0, operators);
					self.split_burned += burned;
					if Open::get() && !PushFails::get() {
						self.streamed += stakers;
					}
				}
				RuntimeEvent::Revenue(Event::LotOverflowed { lot, asset, native, .. }) => {
					let seen = self.lots.get_mut(&(lot, DOLLARS)).unwrap();
					assert!(!seen.overflowed && seen.others.is_none());
					assert_eq!(seen.shares.replace((native, asset, now)), None);
					seen.overflowed = true;
				}
				RuntimeEvent::Revenue(Event::Expired { operator, lot, asset, native, paid }) => {
					rows += 1;
					self.ends(&(lot, asset.clone()), now);
					self.take(operator, lot, asset, native, paid);
					self.expire(native);
				}
				RuntimeEvent::Revenue(Event::LotForgotten { lot, asset, native, paid }) => {
					self.ends(&(lot, asset.clone()), now);
					let seen = self.lots.get_mut(&(lot, asset.clone())).unwrap();
					let (native_shares, asset_shares, _) = seen.shares.unwrap();
					assert_eq!((seen.native + native, seen.paid + paid), (native_shares, asset_shares));
					// All had theirs, and rounding took less than a unit of each.
					let parts = || seen.joined.iter().filter(|(_, part)| **part > 0);
					assert!(parts().all(|(id, _)| self.gone.contains(&(*id, (lot, asset.clone())))));
					let most = (parts().count() as Balance).max(1);
					assert!(native < most && paid < most);
					assert!(!core::mem::replace(&mut seen.forgotten, true));
					self.expire(native);
				}
				RuntimeEvent::Revenue(Event::WorkExpired { round, amount }) => {
					let work = self.rounds.get_mut(&round).unwrap();
					assert!(Round::get() > round + LeakHistory::get());
					assert!(amount > 0 && amount == work.came - work.claimed);
					assert!(!core::mem::replace(&mut work.expired, true));
					self.expire(amount);
				}
				_ => (),
			}
		}
		assert!(rows <= ROWS_PER_BLOCK);
		System::reset_events();
	}

	/// Whoever may claim of a lot had the time for it, in either asset, and all of it is spent.
	fn ends(&self, (lot, asset): &LotKey, now: u64) {
		assert!(!self.lots[&(*lot, asset.clone())].forgotten);
		for seen in [Asset::Native, DOLLARS].into_iter().filter_map(|asset| self.lots.get(&(*lot, asset))) {
			let (_, _, since) = seen.shares.unwrap();
			assert!(seen.others.is_some() && now >= since + ClaimPeriod::get());
		}
	}

	fn check(&mut self, start: &[Balance; 2]) {
		Revenue::do_try_state().unwrap();
		self.read_events();
		self.presence.check();
		let settled = |asset| self.settled.get(asset).copied().unwrap_or_default();
		assert_eq!(received(&Asset::Native), start[0] + settled(&Asset::Native));
		assert_eq!(received(&DOLLARS), start[1] + settled(&DOLLARS));
		let spent: Balance = self.lots.values().map(|lot| lot.spent).sum();
		assert_eq!(balance(&DOLLARS, POOL), USDC_MIN + spent);
		assert_eq!(balance(&Asset::Native, BURNED), NATIVE_MIN + self.split_burned + self.expired);
		assert_eq!((SplitBurned::get(), ExpiredBurned::get()), (self.split_burned, self.expired));
		assert_eq!(balance(&Asset::Native, STAKERS), NATIVE_MIN + self.streamed);
		for ((lot, asset), seen) in &self.lots {
			assert_eq!(Lots::<Test>::contains_key(lot, asset), !seen.forgotten);
		}
		for (round, work) in &self.rounds {
			let book = RoundBooks::<Test>::get(round);
			assert_eq!((book.leak.0, book.counted.0, book.work), (work.leaked(), work.counted(), work.came));
			let due = if work.expired { 0 } else { work.came - work.claimed };
			assert_eq!(book.work_due, due);
			// Who may claim yet has a row, and nobody else.
			if due > 0 || *round == Round::get() {
				let held: BTreeSet<_> = Leaks::<Test>::iter_key_prefix(round).collect();
				let earning = work.leaks.keys().filter(|id| !work.gone.contains(id)).copied().collect();
				assert_eq!(held, earning);
			}
		}
	}

	/// Everything is bought and paid out. Of what there is to claim one part is left: it expires, and nothing at all is left.
	fn end(&mut self, start: &mut [Balance; 2], left: usize) {
		for who in (11..16).chain([TREASURY]) {
			let _ = Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, who);
		}
		(11..16).for_each(endow);
		BurnFails::set(false);
		*start = [start[0] + 5 * NATIVE_MIN, start[1] + 5 * USDC_MIN];
		self.end_rounds(1, VKTR);
		let ended = CollectingLot::<Test>::get().map_or(0, |last| last.lot + 1);
		while Progress::<Test>::get().turned < ended {
			self.pass(1, false);
		}
		while Progress::<Test>::get().buying < ended {
			self.buy(1_000, 12_345);
		}
		self.check(start);
		let rows: Vec<_> = Accrued::<Test>::iter_keys().collect();
		for (at, ((lot, asset), id)) in rows.into_iter().enumerate() {
			assert!(at % 4 == left || self.claim((number(&id), lot, asset)));
		}
		let rows: Vec<_> = Leaks::<Test>::iter_keys().collect();
		for (at, (round, id)) in rows.into_iter().enumerate() {
			let earned = Revenue::earned(id).iter().any(|work| work.round == round);
			assert!(at % 4 == left || self.claim_work((number(&id), round)) == earned);
		}
		self.check(start);

		Round::mutate(|round| *round += LeakHistory::get() + 1);
		self.pass(ClaimPeriod::get(), true);
		let is_over = || Progress::<Test>::get().kept == ended && OldestLeaks::<Test>::get() == Round::get();
		while !is_over() {
			let before = (Progress::<Test>::get(), OldestLeaks::<Test>::get(), Accrued::<Test>::iter().count());
			let rows = Leaks::<Test>::iter().count();
			self.pass(1, true);
			let now = (Progress::<Test>::get(), OldestLeaks::<Test>::get(), Accrued::<Test>::iter().count());
			assert!(now != before || Leaks::<Test>::iter().count() < rows, "nothing moves");
		}
		WindowsPerRound::set(1);
		// Worth more than all that is left.
		NativePrice::set(Some(1));
		self.window([1; OPERATORS as usize], 1_000_000 * ONE_USDC);
		for number in 1..=OPERATORS {
			let earned = Revenue::earned_availability(operator(number)) > 0;
			assert_eq!(self.presence.claim(number, owner(number)), earned);
		}
		let rows: Vec<_> = Owed::<Test>::iter_keys().collect();
		for (account, asset) in rows {
			assert_ok!(Revenue::payout(RuntimeOrigin::signed(77), account, asset));
		}
		self.check(start);
		for ((_, asset), seen) in &self.lots {
			let (native, paid, _) = seen.shares.unwrap();
			assert!(seen.forgotten);
			assert!(*asset == Asset::Native || native + seen.others.unwrap() == seen.got);
			let joined: Balance = seen.joined.values().sum();
			assert!(paid <= joined && (seen.overflowed || paid == 0));
		}
		// Of what came nothing is left, not a unit but what rounding kept of windows.
		let stream = AvailabilityStream::<Test>::get();
		assert_eq!((in_pot(&Asset::Native), in_pot(&DOLLARS), stream.pool), (stream.due, 0, 0));
		assert_eq!(Accrued::<Test>::iter().count() + Owed::<Test>::iter().count(), 0);
		assert_eq!(Lots::<Test>::iter().count() + Leaks::<Test>::iter().count(), 0);
		assert!(RoundBooks::<Test>::iter_values().all(|book| book.work_due == 0));
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn nothing_is_lost_or_made(first in any_split(), ops in prop::collection::vec(op(), 70), left in 0usize..4) {
		ExtBuilder::default().split(first).build_and_execute(|| {
			NativePrice::set(Some(1_000_000));
			let mut start = [received(&Asset::Native), received(&DOLLARS)];
			let mut books = Books::default();
			for op in ops {
				match op {
					Op::Settle { operator, native, amount } => {
						let amount = if native { amount.min(VKTR) } else { amount };
						books.settle(operator, asset(native), amount);
					},
					Op::Crowd { operators, native, amount } => {
						for number in OPERATORS..OPERATORS + operators {
							books.settle(number, asset(native), amount.min(VKTR / 100));
						}
					},
					Op::Split(split) => Revenue::set_split(RuntimeOrigin::root(), split).unwrap(),
					Op::Factors(factors) => Revenue::set_factors(RuntimeOrigin::root(), factors).unwrap(),
					Op::Place { operator, measure, place } => {
						Places::mutate(|places| places.insert((operator, measure), place));
					},
					Op::Pass { rounds, emission, blocks } => {
						books.end_rounds(rounds, emission);
						books.pass(blocks, false);
					},
					Op::Idle(blocks) => books.pass(blocks, true),
					Op::Buy { part, rate } => books.buy(part, rate),
					Op::Reward(most) => {
						let last = Round::get().saturating_sub(1);
						// `Supply` never comes after a round was forgotten.
						if OldestLeaks::<Test>::get() <= last {
							books.reward(last, most);
						}
						books.reward_availability(last, most);
					},
					Op::Claim(row) => drop(books.claim(find(row))),
					Op::ClaimWork(row) => drop(books.claim_work(find_work(row))),
					Op::Window { units, offered, per_round } => {
						WindowsPerRound::set(per_round);
						books.window(units, offered);
					},
					Op::ClaimAvailability(number) => drop(books.presence.claim(number, owner(number))),
					Op::Stakers { open, fails } => {
						Open::set(open);
						PushFails::set(fails);
					},
					Op::Unclaimed(burns) => BurnsUnclaimed::<Test>::put(burns),
					Op::Burns(fails) => BurnFails::set(fails),
					Op::Block(who) => drop(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, who)),
					Op::Unblock(who) => drop(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, who)),
					Op::Payout { account, native } => {
						let _ = Revenue::payout(RuntimeOrigin::signed(77), account, asset(native));
					},
					Op::Compensate { work, account, native, amount } => {
						books.compensate(work, account, asset(native), amount);
					},
					Op::Price(price) => NativePrice::set(price),
				}
				books.check(&start);
			}
			books.end(&mut start, left);
		});
	}
}
