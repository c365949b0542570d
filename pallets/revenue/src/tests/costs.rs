//! How many keys a step touches: as many with thousands of operators in a lot and a round as with ten.

use std::collections::BTreeSet;

use frame_support::{assert_ok, weights::Weight};
use vektor_primitives::{Asset, Balance, Usd, ONE_USDC, VKTR};

use crate::{mock::*, *};

type Key = Vec<u8>;

/// With a hundred thousand it is the same, and takes two minutes.
const MANY: u64 = 5_000;

/// An operator that is none of those that are counted.
const CROWD: u64 = 9_000_000;

/// The same recorder twice: one to record with, one to ask.
fn twice<R: Default + Clone>() -> (R, R) {
	let recorder = R::default();
	(recorder.clone(), recorder)
}

/// The keys that a step reads of what the block found there, whether or not they hold something, and those it writes.
fn touched(before: impl FnOnce(), step: impl FnOnce()) -> (BTreeSet<Key>, BTreeSet<Key>) {
	let mut ext = ExtBuilder::default().build();
	ext.execute_with(before);
	ext.commit_all().expect("nothing is open");
	let (recorder, record) = twice();
	ext.execute_with_recorder(recorder, step);
	let read = record.recorded_keys().into_values().flat_map(|keys| keys.into_keys()).map(|key| key.to_vec());
	let (read, written) = (read.collect(), ext.overlayed_changes().changes().map(|(key, _)| key.clone()).collect());
	ext.execute_with(Revenue::do_try_state).expect("the invariants hold");
	(read, written)
}

/// As many operators have worked in round 0, in both assets.
fn worked(operators: u64) {
	NativePrice::set(Some(1_000_000));
	endow(12);
	let assets = [(DOLLARS, ONE_USDC), (Asset::Native, VKTR)];
	let few = operators.min(40);
	for number in 1..=few {
		for (asset, amount) in &assets {
			assert_ok!(settle(number, asset.clone(), *amount));
		}
	}
	let Some(crowd) = std::num::NonZeroU128::new(u128::from(operators - few)) else { return };
	// The rest pays as one, whose rows are then divided among them: a hundred thousand settlements take a minute.
	let (one, rest) = (operator(CROWD), few + 1..=operators);
	for (asset, amount) in assets {
		assert_ok!(settle(CROWD, asset.clone(), amount * crowd.get()));
		let all = Accrued::<Test>::take((0, &asset), one);
		let each = Accrual { value: Usd(all.value.0 / crowd), amount: all.amount / crowd };
		rest.clone().for_each(|number| Accrued::<Test>::insert((0, &asset), operator(number), each));
	}
	let all = Leaks::<Test>::take(0, one);
	let each = Leak { leak: Usd(all.leak.0 / crowd), counted: Usd(all.counted.0 / crowd) };
	rest.for_each(|number| Leaks::<Test>::insert(0, operator(number), each));
}

/// The same, rewarded and overflown, half of it bought.
fn overflown(operators: u64) {
	worked(operators);
	next_round();
	assert!(reward(0, 1_000 * VKTR) > 0);
	assert_eq!(buy(ONE_USDC, 1_000_000), ONE_USDC);
	Round::set(8);
	pass(1);
	assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().state, LotState::Overflow);
}

/// As many keys of each kind, and at least `least` of them.
fn costs_the_same(before: impl Fn(u64), step: impl Fn(), least: (usize, usize)) {
	let few = touched(|| before(10), &step);
	let many = touched(|| before(MANY), &step);
	assert_eq!((few.0.len(), few.1.len()), (many.0.len(), many.1.len()));
	assert!(few.0.len() >= least.0 && few.1.len() >= least.1, "{} read, {} written", few.0.len(), few.1.len());
}

#[test]
fn a_settlement_touches_as_many_keys_however_many_operators_there_are() {
	// The collecting lot, the lot, the accrual, the round, the leak, two accounts.
	for number in [2, 5_000_000] {
		costs_the_same(worked, || _ = settle(number, DOLLARS, ONE_USDC).unwrap(), (10, 6));
	}
}

#[test]
fn a_claim_touches_as_many_keys_however_many_operators_there_are() {
	let claim =
		|asset: Asset| move || _ = Revenue::claim(RuntimeOrigin::signed(77), operator(2), 0, asset.clone()).unwrap();
	costs_the_same(overflown, claim(DOLLARS), (6, 6));
	costs_the_same(overflown, claim(Asset::Native), (4, 4));
}

#[test]
fn a_claim_for_work_touches_as_many_keys_however_many_operators_there_are() {
	let claim = || _ = Revenue::claim_work(RuntimeOrigin::signed(77), operator(2), 0).unwrap();
	costs_the_same(overflown, claim, (4, 4));
}

#[test]
fn a_reward_touches_as_many_keys_however_many_operators_there_are() {
	let ended = |operators| {
		worked(operators);
		next_round();
	};
	costs_the_same(ended, || assert!(reward(0, VKTR) > 0), (3, 3));
}

#[test]
fn a_window_and_a_claim_of_what_it_shared_touch_as_many_keys_however_many_operators_there_are() {
	let shared = |operators| {
		worked(operators);
		window(&[], ONE_USDC);
		next_round();
		assert!(reward_availability(0, VKTR) > 0 && window(&[(2, 1)], ONE_USDC) > 0);
	};
	costs_the_same(shared, || assert!(window(&[(2, 1)], ONE_USDC) > 0), (3, 3));
	let claim = || _ = Revenue::claim_availability(RuntimeOrigin::signed(77), operator(2)).unwrap();
	costs_the_same(shared, claim, (3, 3));
}

#[test]
fn a_rounds_end_and_a_lots_overflow_touch_as_many_keys_however_many_operators_there_are() {
	let ending = |operators| {
		worked(operators);
		Round::set(1);
	};
	costs_the_same(ending, || pass(1), (5, 5));
	let waiting = |operators| {
		worked(operators);
		next_round();
		Round::set(8);
	};
	costs_the_same(waiting, || pass(1), (4, 3));
}

#[test]
fn one_block_takes_no_more_of_a_lot_and_a_round_however_many_operators_there_are() {
	let late = |operators| {
		overflown(operators);
		assert!(buy(Balance::MAX, 1) > 0);
		pass(ClaimPeriod::get());
		Round::set(9);
	};
	let tidy = || _ = idle(Weight::MAX);
	let (few, many) = (touched(|| late(40), tidy), touched(|| late(2_000), tidy));
	assert_eq!((few.0.len(), few.1.len()), (many.0.len(), many.1.len()));
}

#[test]
fn what_is_counted_grows_where_a_step_looks_at_every_operator() {
	let look = || assert!(Accrued::<Test>::iter().count() > 0);
	let (few, many) = (touched(|| worked(10), look), touched(|| worked(20), look));
	assert!(few.0.len() < many.0.len(), "{} and {}", few.0.len(), many.0.len());
}
