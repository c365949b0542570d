use frame_support::{
	assert_noop, assert_ok, assert_storage_noop, dispatch::DispatchResultWithPostInfo, weights::Weight,
};
use vektor_primitives::{Asset, Balance, ONE_USDC, USDC, VKTR};

use crate::{mock::*, tick::ROWS_PER_BLOCK, *};

type Error = crate::Error<Test>;

const ROWS: u64 = ROWS_PER_BLOCK as u64;
/// VKTR's smallest unit for a micro-USDC: ten VKTR for a dollar.
const RATE: Balance = 10_000_000;

fn claim(number: u64, lot: u32, asset: Asset) -> DispatchResultWithPostInfo {
	Revenue::claim(RuntimeOrigin::signed(77), operator(number), lot, asset)
}

fn treasury() -> (Balance, Balance) {
	(balance(&Asset::Native, TREASURY), balance(&DOLLARS, TREASURY))
}

fn burned() -> Balance {
	balance(&Asset::Native, BURNED) - NATIVE_MIN
}

/// How many parts of a lot are neither claimed nor expired.
fn parts(lot: u32, asset: Asset) -> usize {
	Accrued::<Test>::iter_prefix((lot, asset)).count()
}

fn kept() -> u32 {
	Progress::<Test>::get().kept
}

/// Ends the round, and lets all that waits be bought.
fn bought() {
	next_round();
	while buy(Balance::MAX, RATE) > 0 {}
}

/// Waits for as long as operators may claim, but for the last block. Leaks are forgotten meanwhile.
fn almost_late() {
	rest(ClaimPeriod::get() - 1);
}

/// What this block made of lots.
fn events_of_lots() -> Vec<Event<Test>> {
	System::read_events_no_consensus()
		.filter_map(|record| match record.event {
			RuntimeEvent::Revenue(event @ (Event::Expired { .. } | Event::LotForgotten { .. })) => Some(event),
			_ => None,
		})
		.collect()
}

#[test]
fn what_nobody_claims_expires_with_its_lot_once_the_time_is_over_and_not_a_block_before() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, 2 * ONE_USDC));
		bought();
		let closed = Lots::<Test>::get(0, DOLLARS).unwrap().closed.unwrap();
		almost_late();
		assert_storage_noop!(idle(Weight::MAX));
		assert_ok!(claim(1, 0, DOLLARS));

		let before = treasury();
		System::reset_events();
		rest(1);

		assert_eq!(System::block_number(), closed + ClaimPeriod::get());
		assert_eq!(treasury(), (before.0 + 14 * VKTR, before.1));
		assert_eq!((ExpiredBurned::get(), burned()), (0, 0));
		assert_eq!(
			events_of_lots(),
			[
				Event::Expired { operator: operator(2), lot: 0, asset: DOLLARS, native: 14 * VKTR, paid: 0 },
				Event::LotForgotten { lot: 0, asset: DOLLARS, native: 0, paid: 0 },
			]
		);
		assert_eq!((Lots::<Test>::get(0, DOLLARS), kept()), (None, 1));
		assert_noop!(claim(2, 0, DOLLARS), Error::NothingAccrued);
		assert!(Revenue::accruals(&operator(2)).is_empty() && Revenue::lots(10).is_empty());
		assert_eq!((in_pot(&Asset::Native), in_pot(&DOLLARS)), (0, 0));
		assert_storage_noop!(idle(Weight::MAX));
	});
}

#[test]
fn where_the_economy_says_so_what_expires_is_burned() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		almost_late();
		let before = treasury();
		rest(1);
		assert_eq!((ExpiredBurned::get(), burned()), (7 * VKTR, 7 * VKTR));
		assert_eq!((SplitBurned::get(), treasury()), (0, before));
		assert_eq!(in_pot(&Asset::Native), 0);
	});
}

#[test]
fn of_a_lot_paid_in_both_assets_both_rows_go_in_one_block() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		assert_ok!(settle(1, Asset::Native, 10 * VKTR));
		bought();
		almost_late();
		let before = treasury();
		System::reset_events();
		rest(1);
		assert_eq!(treasury(), (before.0 + 21 * VKTR, before.1));
		let expired =
			|number, asset| Event::Expired { operator: operator(number), lot: 0, asset, native: 7 * VKTR, paid: 0 };
		let forgotten = |asset| Event::LotForgotten { lot: 0, asset, native: 0, paid: 0 };
		assert_eq!(
			events_of_lots(),
			[
				expired(1, Asset::Native),
				forgotten(Asset::Native),
				expired(1, DOLLARS),
				expired(2, DOLLARS),
				forgotten(DOLLARS)
			]
		);
		assert_eq!((Lots::<Test>::iter().count(), kept(), in_pot(&Asset::Native)), (0, 1, 0));
	});
}

#[test]
fn a_lot_paid_in_vktr_only_is_kept_for_as_long() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		assert_ok!(settle(1, Asset::Native, 10 * VKTR));
		Round::set(1);
		rest(1);
		assert!(Lots::<Test>::get(0, Asset::Native).unwrap().closed.is_some());
		almost_late();
		assert_eq!((parts(0, Asset::Native), kept()), (1, 0));
		let before = treasury();
		rest(1);
		assert_eq!((parts(0, Asset::Native), kept(), treasury().0), (0, 1, before.0 + 7 * VKTR));
	});
}

#[test]
fn a_row_that_is_over_waits_for_the_other_asset_of_its_lot() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		assert_ok!(settle(1, Asset::Native, 10 * VKTR));
		assert_ok!(settle(2, Asset::Native, 10 * VKTR));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		rest(2 * ClaimPeriod::get());
		let before = balance(&Asset::Native, OWNER);
		assert_ok!(claim(1, 0, Asset::Native));
		assert_eq!(balance(&Asset::Native, OWNER), before + 7 * VKTR);
		assert_eq!(buy(Balance::MAX, RATE), ONE_USDC);
		almost_late();
		assert_eq!((parts(0, Asset::Native), parts(0, DOLLARS), kept()), (1, 1, 0));
		rest(1);
		assert_eq!((parts(0, Asset::Native), parts(0, DOLLARS), kept()), (0, 0, 1));
	});
}

#[test]
fn a_lot_that_overflowed_is_kept_until_it_is_spent_and_its_dollars_go_to_the_treasury_even_where_vktr_burns() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, 2 * ONE_USDC));
		next_round();
		assert_eq!(buy(ONE_USDC, RATE), ONE_USDC);
		Round::set(8);
		rest(2 * ClaimPeriod::get());
		let lot = Lots::<Test>::get(0, DOLLARS).unwrap();
		assert_eq!((lot.state, lot.closed, parts(0, DOLLARS)), (LotState::Overflow, None, 1));
		assert_storage_noop!(idle(Weight::MAX));

		// What is bought late gives operators no more time.
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		let before = treasury();
		System::reset_events();
		idle(Weight::MAX);
		assert_eq!(treasury(), (before.0, before.1 + 700_000));
		assert_eq!((ExpiredBurned::get(), burned()), (7 * VKTR, 7 * VKTR));
		assert_eq!(
			events_of_lots(),
			[
				Event::Expired { operator: operator(1), lot: 0, asset: DOLLARS, native: 7 * VKTR, paid: 700_000 },
				Event::LotForgotten { lot: 0, asset: DOLLARS, native: 0, paid: 0 },
			]
		);
		assert_eq!((kept(), in_pot(&Asset::Native), in_pot(&DOLLARS)), (1, 0, 0));
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);
	});
}

#[test]
fn a_lot_that_overflowed_and_was_spent_in_time_is_kept_from_its_overflow_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		Round::set(8);
		rest(1);
		let since = Lots::<Test>::get(0, DOLLARS).unwrap().claimable.unwrap();
		rest(100);
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		rest(ClaimPeriod::get() - 101);
		assert_eq!((parts(0, DOLLARS), kept()), (1, 0));
		rest(1);
		assert_eq!((parts(0, DOLLARS), kept()), (0, 1));
		assert_eq!(System::block_number(), since + ClaimPeriod::get());
	});
}

#[test]
fn more_parts_than_one_block_takes_expire_over_several_and_may_be_claimed_until_then() {
	ExtBuilder::default().build_and_execute(|| {
		let all = ROWS + 3;
		for number in 0..all {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
		}
		bought();
		almost_late();
		let before = treasury();
		System::reset_events();
		rest(1);
		let lot = Lots::<Test>::get(0, DOLLARS).unwrap();
		assert_eq!((parts(0, DOLLARS), kept(), lot.native_due), (3, 0, 21 * VKTR));
		assert_eq!((events_of_lots().len(), treasury().0), (ROWS as usize, before.0 + Balance::from(ROWS) * 7 * VKTR));
		assert_ok!(Revenue::do_try_state());
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);

		// The last three are still there. They have no owners, so that the treasury receives what they claim.
		assert_ok!(claim(ROWS, 0, DOLLARS));
		rest(1);
		assert_eq!((parts(0, DOLLARS), Lots::<Test>::get(0, DOLLARS), kept()), (0, None, 1));
		assert_eq!(
			(events_of_lots().len(), treasury().0),
			(ROWS as usize + 3, before.0 + Balance::from(all) * 7 * VKTR)
		);
		assert_eq!(in_pot(&Asset::Native), 0);
	});
}

#[test]
fn of_as_many_parts_as_one_block_takes_the_lot_goes_in_the_next() {
	ExtBuilder::default().build_and_execute(|| {
		for number in 0..ROWS {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
		}
		bought();
		almost_late();
		rest(1);
		assert_eq!((parts(0, DOLLARS), Lots::<Test>::contains_key(0, DOLLARS), kept()), (0, true, 0));
		rest(1);
		assert_eq!((Lots::<Test>::contains_key(0, DOLLARS), kept()), (false, 1));
	});
}

#[test]
fn what_one_block_takes_is_shared_by_both_assets() {
	// By how many parts in VKTR come before those in dollars: what is left of each, and whether its row is.
	for (native, dollars, left) in [
		(ROWS - 2, 5, [(0, false), (3, true)]),
		(ROWS - 2, 2, [(0, false), (0, true)]),
		(ROWS - 2, 1, [(0, false), (0, false)]),
		(ROWS, 5, [(0, true), (5, true)]),
		(ROWS + 2, 5, [(2, true), (5, true)]),
	] {
		ExtBuilder::default().build_and_execute(|| {
			NativePrice::set(Some(1_000_000));
			for number in 0..native {
				assert_ok!(settle(number, Asset::Native, VKTR));
			}
			for number in 0..dollars {
				assert_ok!(settle(number, DOLLARS, ONE_USDC));
			}
			bought();
			almost_late();
			let before = treasury();
			rest(1);
			let now =
				[Asset::Native, DOLLARS].map(|asset| (parts(0, asset.clone()), Lots::<Test>::contains_key(0, asset)));
			assert_eq!((now, kept() == 1), (left, !left[1].1));
			assert_ok!(Revenue::do_try_state());
			rest(1);
			assert_eq!((Lots::<Test>::iter().count(), kept()), (0, 1));
			let all = Balance::from(native) * VKTR * 7 / 10 + Balance::from(dollars) * 7 * VKTR;
			assert_eq!(treasury(), (before.0 + all, before.1));
		});
	}
}

#[test]
fn of_a_lot_that_is_all_claimed_what_rounding_left_goes_where_unclaimed_parts_go() {
	for burns in [false, true] {
		let builder = if burns { ExtBuilder::default().burns_unclaimed() } else { ExtBuilder::default() };
		builder.build_and_execute(|| {
			(12..14).for_each(endow);
			for number in 1..4 {
				assert_ok!(settle(number, DOLLARS, ONE_USDC));
			}
			next_round();
			// Neither the operators' part of this nor that of two dollars can be divided by three.
			assert_eq!(swap(ONE_USDC, |_| 100 * VKTR + 103).unwrap().0, ONE_USDC);
			Round::set(8);
			pass(1);
			let lot = Lots::<Test>::get(0, DOLLARS).unwrap();
			assert_eq!((lot.native_shares, lot.asset_shares), (70 * VKTR + 72, 1_400_000));
			assert_eq!(swap(Balance::MAX, |_| VKTR).unwrap().0, 600_000);
			for number in 1..4 {
				assert_ok!(claim(number, 0, DOLLARS));
			}
			let lot = Lots::<Test>::get(0, DOLLARS).unwrap();
			assert_eq!((lot.native_due, lot.asset_due), (1, 2));
			almost_late();
			let before = treasury();
			System::reset_events();
			rest(1);
			assert_eq!(events_of_lots(), [Event::LotForgotten { lot: 0, asset: DOLLARS, native: 1, paid: 2 }]);
			let native = if burns { 0 } else { 1 };
			assert_eq!(treasury(), (before.0 + native, before.1 + 2));
			assert_eq!((ExpiredBurned::get(), burned()), (1 - native, 1 - native));
			assert_eq!((in_pot(&Asset::Native), in_pot(&DOLLARS), kept()), (0, 0, 1));
		});
	}
}

#[test]
fn a_lot_in_which_operators_have_no_part_is_forgotten_as_well() {
	ExtBuilder::default().split(RevenueSplit::CXPT).build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		almost_late();
		assert_eq!(kept(), 0);
		System::reset_events();
		rest(1);
		assert_eq!(events_of_lots(), [Event::LotForgotten { lot: 0, asset: DOLLARS, native: 0, paid: 0 }]);
		assert_eq!((Lots::<Test>::iter().count(), kept()), (0, 1));
	});
}

#[test]
fn what_the_treasury_refuses_is_owed_to_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		Round::set(8);
		rest(1);
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		almost_late();
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, TREASURY));
		rest(1);
		assert_eq!(kept(), 1);
		assert_eq!(Revenue::owed(&TREASURY), vec![(DOLLARS, 700_000)]);
		assert_eq!(in_pot(&DOLLARS), 700_000);
		System::assert_has_event(Event::Booked { account: TREASURY, asset: DOLLARS, amount: 700_000 }.into());
	});
}

#[test]
fn a_burn_that_fails_leaves_everything_and_is_tried_again() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		assert_ok!(settle(1, Asset::Native, VKTR));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		almost_late();
		BurnFails::set(true);
		pass(1);
		assert_storage_noop!(idle(Weight::MAX));
		assert_ok!(claim(1, 0, Asset::Native));
		BurnFails::set(false);
		idle(Weight::MAX);
		assert_eq!((ExpiredBurned::get(), kept()), (7 * VKTR, 1));
	});
}

#[test]
fn late_lots_go_one_a_block_the_oldest_first() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			assert_ok!(settle(1, DOLLARS, ONE_USDC));
			bought();
		}
		pass(2 * ClaimPeriod::get());
		for gone in 1..4 {
			rest(1);
			assert_eq!((kept(), Lots::<Test>::iter().count()), (gone, 3 - gone as usize));
		}
		rest(1);
		assert_eq!(kept(), 3);
	});
}

#[test]
fn a_lot_behind_one_that_is_not_over_is_kept_with_it() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_ok!(settle(1, Asset::Native, VKTR));
		next_round();
		rest(2 * ClaimPeriod::get());
		assert_eq!((kept(), parts(1, Asset::Native)), (0, 1));
		let before = balance(&Asset::Native, OWNER);
		assert_ok!(claim(1, 1, Asset::Native));
		assert_eq!(balance(&Asset::Native, OWNER), before + VKTR * 7 / 10);
	});
}

#[test]
fn a_lot_that_collects_or_is_bought_is_not_forgotten() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		rest(2 * ClaimPeriod::get());
		assert_eq!((kept(), parts(0, DOLLARS)), (0, 1));
		next_round();
		assert_eq!(buy(ONE_USDC - 1, RATE), ONE_USDC - 1);
		rest(2 * ClaimPeriod::get());
		assert_eq!((kept(), parts(0, DOLLARS)), (0, 1));
		// It is claimable from its last purchase on.
		assert_eq!(buy(Balance::MAX, RATE), 1);
		almost_late();
		assert_eq!((kept(), parts(0, DOLLARS)), (0, 1));
		rest(1);
		assert_eq!((kept(), parts(0, DOLLARS)), (1, 0));
	});
}

#[test]
fn a_lot_without_a_row_is_passed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		assert_ok!(claim(1, 0, DOLLARS));
		Lots::<Test>::remove(0, DOLLARS);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		System::reset_events();
		rest(1);
		assert_eq!((kept(), events_of_lots().len()), (1, 0));
		rest(1);
		assert_eq!((kept(), parts(1, DOLLARS)), (1, 1));
	});
}

#[test]
fn new_lots_come_after_all_before_were_forgotten() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		almost_late();
		rest(1);
		assert_eq!((kept(), Revenue::accrued(operator(1)).len()), (1, 0));
		assert_eq!(settle(1, DOLLARS, ONE_USDC).unwrap().lot, 1);
		assert_ok!(Revenue::do_try_state());
		bought();
		assert_eq!(Revenue::accrued(operator(1)).len(), 1);
		assert_ok!(claim(1, 1, DOLLARS));
	});
}

#[test]
fn without_weight_nothing_expires() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		bought();
		almost_late();
		pass(1);
		let whole = <Test as Config>::WeightInfo::expire(ROWS_PER_BLOCK);
		for little in [Weight::zero(), whole - Weight::from_parts(1, 0), whole - Weight::from_parts(0, 1)] {
			assert_storage_noop!(assert_eq!(idle(little), Weight::zero()));
		}
		assert_eq!(idle(whole), whole);
		assert_eq!((kept(), parts(0, DOLLARS)), (1, 0));
		assert_storage_noop!(assert_eq!(idle(Weight::MAX), Weight::zero()));
	});
}
