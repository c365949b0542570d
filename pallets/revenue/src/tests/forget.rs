use frame_support::{assert_noop, assert_ok, assert_storage_noop, weights::Weight};
use vektor_primitives::{Asset, Balance, Usd, ONE_USDC, VKTR};

use crate::{mock::*, tick::ROWS_PER_BLOCK, *};

type Error = crate::Error<Test>;

const ROWS: u64 = ROWS_PER_BLOCK as u64;

fn claim_work(number: u64, round: u32) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Revenue::claim_work(RuntimeOrigin::signed(77), operator(number), round)
}

fn native(who: AccountId) -> Balance {
	balance(&Asset::Native, who)
}

/// How many operators' leaks of a round are kept.
fn rows(round: u32) -> usize {
	Leaks::<Test>::iter_prefix(round).count()
}

/// Operators so many of whom leaked alike in round 0, for which so much comes as it ends.
fn earned(operators: u64, most: Balance) {
	for number in 1..=operators {
		assert_ok!(settle(number, DOLLARS, ONE_USDC));
	}
	next_round();
	assert_eq!(reward(0, most), most);
}

fn expiries() -> Vec<(u32, Balance)> {
	System::read_events_no_consensus()
		.filter_map(|record| match record.event {
			RuntimeEvent::Revenue(Event::WorkExpired { round, amount }) => Some((round, amount)),
			_ => None,
		})
		.collect()
}

#[test]
fn leaks_of_a_round_for_whose_work_nothing_came_are_forgotten_at_its_end_and_totals_are_kept() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		rest(3);
		let leak = Leak { leak: Usd(300_000), counted: Usd(300_000) };
		assert_eq!(Leaks::<Test>::get(0, operator(1)), leak);
		Round::set(1);
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		rest(1);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (0, 1));
		let book = RoundBooks::<Test>::get(0);
		assert_eq!((book.settled, book.leak, book.counted), (Usd(ONE_USDC), Usd(300_000), Usd(300_000)));
		assert_eq!((Leaks::<Test>::get(1, operator(2)), expiries()), (leak, vec![]));
		assert_storage_noop!(idle(Weight::MAX));
	});
}

#[test]
fn rounds_without_a_payment_are_passed_one_a_block_up_to_the_one_that_is_on() {
	ExtBuilder::default().build_and_execute(|| {
		Round::set(3);
		for passed in 1..4 {
			rest(1);
			assert_eq!(OldestLeaks::<Test>::get(), passed);
		}
		assert_storage_noop!(idle(Weight::MAX));
	});
}

#[test]
fn a_round_of_many_operators_is_forgotten_over_several_blocks() {
	for (operators, left) in [(ROWS + 5, 5), (ROWS, 0)] {
		ExtBuilder::default().build_and_execute(|| {
			for number in 0..operators {
				assert_ok!(settle(number, DOLLARS, ONE_USDC));
			}
			Round::set(9);
			assert_ok!(settle(1, DOLLARS, ONE_USDC));
			idle(Weight::MAX);
			assert_eq!((rows(0), OldestLeaks::<Test>::get()), (left, 0));
			assert_ok!(Revenue::do_try_state());
			idle(Weight::MAX);
			assert_eq!((rows(0), OldestLeaks::<Test>::get(), rows(9)), (0, 1, 1));
		});
	}
}

#[test]
fn what_a_rounds_work_earned_may_be_claimed_for_as_long_as_history_is_kept_and_goes_to_the_treasury_then() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		earned(2, 6 * VKTR);
		Round::set(8);
		rest(20);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (2, 0));
		let before = native(12);
		assert_ok!(claim_work(2, 0));
		assert_eq!(native(12), before + 3 * VKTR);

		Round::set(9);
		let before = native(TREASURY);
		rest(1);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (0, 1));
		assert_eq!((native(TREASURY), ExpiredBurned::get()), (before + 3 * VKTR, 0));
		assert_eq!(expiries(), [(0, 3 * VKTR)]);
		let book = RoundBooks::<Test>::get(0);
		assert_eq!((book.work, book.work_due, book.leak), (6 * VKTR, 0, Usd(600_000)));
		assert_noop!(claim_work(1, 0), Error::NothingEarned);
		assert!(Revenue::earned(operator(1)).is_empty());
	});
}

#[test]
fn where_the_economy_says_so_what_work_earned_and_nobody_claimed_is_burned() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		earned(2, 6 * VKTR);
		Round::set(9);
		let before = native(TREASURY);
		rest(1);
		assert_eq!((native(TREASURY), ExpiredBurned::get(), SplitBurned::get()), (before, 6 * VKTR, 0));
		assert_eq!((native(BURNED), expiries()), (NATIVE_MIN + 6 * VKTR, vec![(0, 6 * VKTR)]));
	});
}

#[test]
fn a_burn_that_fails_changes_nothing_and_is_tried_again() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		earned(2, 6 * VKTR);
		Round::set(9);
		BurnFails::set(true);
		assert_storage_noop!(idle(Weight::MAX));
		// It is late and nobody has taken it: it is still the operator's.
		assert_ok!(claim_work(1, 0));
		BurnFails::set(false);
		rest(1);
		assert_eq!((ExpiredBurned::get(), rows(0), OldestLeaks::<Test>::get()), (3 * VKTR, 0, 1));
	});
}

#[test]
fn what_the_treasury_refuses_of_it_is_owed_to_it() {
	ExtBuilder::default().build_and_execute(|| {
		earned(1, NATIVE_MIN / 2);
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(TREASURY), ESCROW, false));
		Round::set(9);
		rest(1);
		assert_eq!(Revenue::owed(&TREASURY), vec![(Asset::Native, NATIVE_MIN / 2)]);
		assert_eq!(in_pot(&Asset::Native), NATIVE_MIN / 2);
	});
}

#[test]
fn what_many_operators_did_not_claim_expires_once_and_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		let operators = ROWS + 5;
		let most = Balance::from(operators) * VKTR;
		earned(operators, most);
		Round::set(9);
		let before = native(TREASURY);
		rest(1);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (5, 0));
		assert_eq!((native(TREASURY), expiries()), (before + most, vec![(0, most)]));
		assert_ok!(Revenue::do_try_state());
		// Its row is still there, and what it earned is not.
		assert!(Leaks::<Test>::contains_key(0, operator(operators)));
		assert_noop!(claim_work(operators, 0), Error::NothingEarned);
		assert!(Revenue::earned(operator(operators)).is_empty());
		rest(1);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (0, 1));
		assert_eq!((native(TREASURY), expiries().len()), (before + most, 1));
	});
}

#[test]
fn a_round_of_which_all_was_claimed_is_not_kept_any_longer() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		earned(2, 6 * VKTR);
		assert_ok!(claim_work(1, 0));
		rest(3);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (1, 0));
		assert_ok!(claim_work(2, 0));
		rest(1);
		assert_eq!((OldestLeaks::<Test>::get(), expiries()), (1, vec![]));
	});
}

#[test]
fn what_rounding_left_of_a_rounds_work_expires_with_it() {
	ExtBuilder::default().build_and_execute(|| {
		(12..14).for_each(endow);
		earned(3, 100 * VKTR);
		for number in 1..4 {
			assert_ok!(claim_work(number, 0));
		}
		assert_eq!(in_pot(&Asset::Native), 1);
		Round::set(9);
		let before = native(TREASURY);
		rest(1);
		assert_eq!((native(TREASURY), expiries(), in_pot(&Asset::Native)), (before + 1, vec![(0, 1)], 0));
	});
}

#[test]
fn a_round_that_is_kept_keeps_those_after_it() {
	ExtBuilder::default().build_and_execute(|| {
		earned(1, VKTR);
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		Round::set(8);
		rest(10);
		assert_eq!((rows(0), rows(1), OldestLeaks::<Test>::get()), (1, 1, 0));
		Round::set(9);
		rest(2);
		assert_eq!((rows(0), rows(1), OldestLeaks::<Test>::get()), (0, 0, 2));
	});
}

#[test]
fn without_weight_nothing_is_forgotten() {
	ExtBuilder::default().build_and_execute(|| {
		earned(1, VKTR);
		Round::set(9);
		let whole = <Test as Config>::WeightInfo::forget(ROWS_PER_BLOCK);
		for little in [Weight::zero(), whole - Weight::from_parts(1, 0), whole - Weight::from_parts(0, 1)] {
			assert_storage_noop!(assert_eq!(idle(little), Weight::zero()));
		}
		assert_eq!(idle(whole), whole);
		assert_eq!((rows(0), OldestLeaks::<Test>::get()), (0, 1));
	});
}

#[test]
fn a_block_with_room_forgets_of_a_round_and_of_a_lot() {
	ExtBuilder::default().build_and_execute(|| {
		earned(1, VKTR);
		assert_eq!(buy(Balance::MAX, 10), ONE_USDC);
		pass(ClaimPeriod::get());
		Round::set(9);
		let [forget, expire] = [
			<Test as Config>::WeightInfo::forget(ROWS_PER_BLOCK),
			<Test as Config>::WeightInfo::expire(ROWS_PER_BLOCK),
		];
		assert_eq!(idle(forget + expire), forget + expire);
		assert_eq!((OldestLeaks::<Test>::get(), Progress::<Test>::get().kept), (1, 1));
	});
}
