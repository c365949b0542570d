//! What operators earn by being there.

use frame_support::weights::Weight;
use vektor_primitives::{
	traits::{Earnings, LiveTime, Watch},
	Attested, Balance, Offer, OperatorId, Ppm, Usd,
};

use super::verdicts::{all, windows};
use crate::{mock::*, *};

/// So many devices that count until the 2,000th second, of which each weighs one and is worth 12 USD an hour.
pub(super) fn devices(devices: u32) -> Offer {
	Offer { attested: Attested { devices, until: 2_000, trust: 1 }, weight: Ppm::ONE, price: Usd(12_000_000) }
}

/// An operator that may be judged from the next window on and offers so many devices.
fn there(number: u32, count: u32) -> OperatorId {
	let operator = proved(number);
	Connectivity::offers(&operator, devices(count));
	operator
}

fn earned(operator: OperatorId) -> Balance {
	Connectivity::earned(&operator)
}

/// Runs a test in which each window brings so much, from the first window on.
fn with_share(share: Balance, test: impl FnOnce()) {
	ExtBuilder::build_and_execute(|| {
		Share::set(share);
		test();
	});
}

/// One more window in which all see the same, up to where its pages are tallied and its share is not known.
fn tally_pages(see: impl Fn(u8, OperatorId) -> Mark) {
	live_fast(see);
	let next = (current() + 1) * LENGTH;
	at(next);
	at(next + 1);
	assert!(Tally::<Test>::get().is_some_and(|state| state.page > 0));
}

#[test]
fn one_who_is_reached_with_devices_that_count_earns_and_one_who_is_late_too() {
	for mark in [Mark::Up, Mark::Late] {
		with_share(1_000, || {
			let operator = there(1, 3);
			to_window(1);
			assert_eq!(earned(operator), 0);
			windows(1, all(mark));
			assert_eq!(earned(operator), 1_000);
			windows(5, all(mark));
			assert_eq!(earned(operator), 6_000);
		});
	}
}

#[test]
fn one_who_is_not_reached_or_not_judged_or_shows_nothing_that_counts_earns_nothing() {
	with_share(1_000, || {
		let one = there(1, 1);
		let [down, resting, away, expired, distrusted, idle] = [2, 3, 4, 5, 6, 7].map(|number| there(number, 5));
		let (unproved, bare) = (enter(8), proved(9));
		Connectivity::offers(&unproved, devices(5));
		let attested = |until, trust| Offer { attested: Attested { devices: 5, until, trust }, ..devices(5) };
		Connectivity::offers(&expired, attested(999, 1));
		Connectivity::offers(&distrusted, attested(2_000, 2));
		Connectivity::offers(&idle, devices(0));
		Connectivity::rest(&resting);
		Connectivity::excuse(&away, LiveTime::MAX);
		to_window(1);
		windows(4, |_, who| if who == down { Mark::Down } else { Mark::Up });
		for operator in [down, resting, away, expired, distrusted, idle, unproved, bare, operator(99)] {
			assert_eq!(earned(operator), 0);
		}
		assert_eq!(earned(one), 4_000);
		assert_eq!(Brought::get(), [(1_000_000, Usd(1_000_000), 1_000); 4]);
	});
}

#[test]
fn one_who_comes_again_or_is_away_in_every_window_earns_nothing() {
	with_share(1_000, || {
		let [one, again, away] = [1, 2, 3].map(|number| there(number, number));
		to_window(1);
		for _ in 0..4 {
			Connectivity::rest(&again);
			Connectivity::enter(&again).unwrap();
			Connectivity::excuse(&away, Now::get() + 1);
			windows(1, all(Mark::Up));
		}
		assert_eq!([one, again, away].map(earned), [4_000, 0, 0]);
	});
}

#[test]
fn what_was_shown_counts_to_its_last_second_and_no_longer_than_what_it_was_shown_under() {
	with_share(1_000, || {
		let operator = there(1, 1);
		to_window(1);
		for (present, sum) in [((2_000, 1), 1_000), ((2_001, 1), 1_000), ((1_999, 2), 1_000), ((1_999, 1), 2_000)] {
			Present::set(present);
			windows(1, all(Mark::Up));
			assert_eq!(earned(operator), sum);
		}
	});
}

#[test]
fn parts_are_in_proportion_to_devices_and_weights_and_never_more_than_the_share() {
	with_share(1_000, || {
		let [one, two, four] = [1, 2, 4].map(|count| there(count, count));
		let half = there(8, 2);
		Connectivity::offers(&half, Offer { weight: Ppm(500_000), ..devices(2) });
		to_window(1);
		windows(1, all(Mark::Up));
		assert_eq!([one, two, four, half].map(earned), [125, 250, 500, 125]);
		Connectivity::offers(&half, Offer { weight: Ppm(0), ..devices(2) });
		windows(1, all(Mark::Up));
		assert_eq!([one, two, four, half].map(earned), [125 + 142, 250 + 285, 500 + 571, 125]);
		assert_eq!(Brought::get().iter().map(|(units, _, _)| *units).collect::<Vec<_>>(), [8_000_000, 7_000_000]);
	});
}

#[test]
fn what_was_offered_is_worth_the_part_of_an_hour_that_a_window_is() {
	with_share(0, || {
		let (first, second) = (there(1, 3), there(2, 1));
		let offered = |offers: [(u32, u128); 2]| {
			for (operator, (count, price)) in [first, second].iter().zip(offers) {
				Connectivity::offers(operator, Offer { price: Usd(price), ..devices(count) });
			}
			windows(1, all(Mark::Up));
			Brought::get().last().unwrap().1
		};
		to_window(1);
		let part = u128::from(AN_HOUR / LENGTH);
		assert_eq!(offered([(3, 12_000_000), (1, 6_000_000)]), Usd(3_000_000 + 500_000));
		// Together it is rounded down once.
		assert_eq!(offered([(1, 7), (1, 6)]), Usd(1));
		assert_eq!(offered([(0, 7), (5, 0)]), Usd(0));
		assert_eq!(offered([(2, u128::MAX), (2, u128::MAX)]), Usd(u128::MAX / part));
		// Of no weight, and there all the same.
		Connectivity::offers(&first, Offer { weight: Ppm(0), ..devices(1) });
		Connectivity::offers(&second, devices(0));
		windows(1, all(Mark::Up));
		assert_eq!(Brought::get().last(), Some(&(0, Usd(1_000_000), 0)));
	});
}

#[test]
fn units_that_do_not_fit_have_no_part() {
	with_share(1_000, || {
		let [first, second] = [1, 2].map(|number| there(number, 1));
		for operator in [first, second] {
			Connectivity::offers(&operator, Offer { weight: Ppm(u32::MAX), ..devices(u32::MAX) });
		}
		to_window(1);
		windows(2, all(Mark::Up));
		assert_eq!([first, second].map(earned), [2_000, 0]);
	});
}

#[test]
fn windows_in_which_nobody_is_judged_earn_nobody_and_lose_nothing() {
	with_share(1_000, || {
		let operator = there(1, 1);
		to_window(1);
		windows(3, all(Mark::Up));
		let shares = Shares::<Test>::get();
		assert_eq!(watched(operator).pending.map(|pending| pending.window), shares.map(|shared| shared.window));
		Judging::set(false);
		settle();
		windows(6, all(Mark::Up));
		// And one that nobody reports on.
		Judging::set(true);
		to_window(current() + 1);
		to_window(current() + 1);
		assert_eq!((earned(operator), Shares::<Test>::get(), Brought::get().len()), (3_000, shares, 3));
		windows(2, all(Mark::Up));
		assert_eq!(earned(operator), 5_000);
	});
}

#[test]
fn a_part_is_settled_when_the_next_tally_passes_though_its_operator_is_not_judged() {
	with_share(1_000, || {
		let [resting, moved, other] = [1, 2, 3].map(|number| there(number, 1));
		to_window(1);
		windows(1, all(Mark::Up));
		assert_eq!((watched(resting).earned, earned(resting)), (0, 333));
		Connectivity::rest(&resting);
		Connectivity::changed(&moved, true);
		windows(1, all(Mark::Up));
		for operator in [resting, moved] {
			assert_eq!((watched(operator).pending, watched(operator).earned), (None, 333));
		}
		assert_eq!(earned(other), 333 + 1_000);
		// One who comes again offers what it did.
		Connectivity::enter(&resting).unwrap();
		to_window(current() + 1);
		windows(1, all(Mark::Up));
		assert_eq!([resting, moved].map(earned), [333 + 500, 333]);
	});
}

#[test]
fn what_is_earned_is_taken_once() {
	with_share(1_000, || {
		let operator = there(1, 1);
		to_window(1);
		windows(2, all(Mark::Up));
		tally_pages(all(Mark::Up));
		// The window that is being tallied is not earned yet.
		assert_eq!((earned(operator), Connectivity::take_earned(&operator)), (2_000, 2_000));
		assert_eq!((earned(operator), Connectivity::take_earned(&operator)), (0, 0));
		settle();
		assert_eq!((earned(operator), Connectivity::take_earned(&operator)), (1_000, 1_000));
		windows(1, all(Mark::Down));
		assert_eq!((earned(operator), Connectivity::take_earned(&operator)), (0, 0));
		assert_eq!(Connectivity::take_earned(&crate::mock::operator(99)), 0);
	});
}

#[test]
fn one_who_leaves_keeps_what_it_earned_and_adds_to_it_when_it_comes_again() {
	with_share(1_000, || {
		let (operator, empty) = (there(1, 1), proved(2));
		to_window(1);
		windows(2, all(Mark::Up));
		[operator, empty].iter().for_each(Connectivity::leave);
		assert_eq!(Left::<Test>::iter().collect::<Vec<_>>(), [(operator, 2_000)]);
		assert_eq!(earned(operator), 2_000);
		// It comes again with nothing on offer.
		proved(1);
		to_window(current() + 1);
		windows(1, all(Mark::Up));
		assert_eq!((earned(operator), Brought::get().last()), (2_000, Some(&(0, Usd(0), 0))));
		Connectivity::offers(&operator, devices(1));
		windows(1, all(Mark::Up));
		assert_eq!(earned(operator), 3_000);
		Connectivity::leave(&operator);
		there(1, 1);
		to_window(current() + 1);
		windows(1, all(Mark::Up));
		assert_eq!((Connectivity::take_earned(&operator), Left::<Test>::iter().count()), (4_000, 0));
		assert_eq!(Connectivity::take_earned(&operator), 0);
	});
}

#[test]
fn one_who_leaves_while_its_window_is_tallied_has_no_part_in_it() {
	with_share(1_000, || {
		let (gone, stays) = (there(1, 3), there(2, 1));
		to_window(1);
		windows(1, all(Mark::Up));
		tally_pages(all(Mark::Up));
		Connectivity::leave(&gone);
		Connectivity::do_try_state().unwrap();
		settle();
		assert_eq!([gone, stays].map(earned), [750, 250 + 1_000]);
		assert_eq!(Brought::get().last(), Some(&(1_000_000, Usd(4_000_000), 1_000)));
	});
}

#[test]
fn an_offer_that_changes_while_its_window_is_tallied_counts_from_the_next_on() {
	with_share(1_000, || {
		let [first, second] = [1, 2].map(|number| there(number, 1));
		to_window(1);
		tally_pages(all(Mark::Up));
		Connectivity::offers(&first, devices(3));
		settle();
		assert_eq!([first, second].map(earned), [500, 500]);
		windows(1, all(Mark::Up));
		assert_eq!([first, second].map(earned), [500 + 750, 500 + 250]);
	});
}

#[test]
fn the_block_that_shares_out_weighs_it() {
	with_share(1_000, || {
		there(1, 1);
		to_window(1);
		tally_pages(all(Mark::Up));
		let weight = at(Now::get() + 1);
		let award = <Test as Config>::WeightInfo::award(VALIDATORS.into());
		let known = <Test as Config>::WeightInfo::tick().saturating_add(award);
		assert_eq!(weight, known.saturating_add(Weight::from_parts(5, 0)));
	});
}
