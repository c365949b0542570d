use frame_support::assert_ok;
use vektor_primitives::{Asset, Ppm, Usd, ONE_USDC};

use crate::{mock::*, *};

/// Settles twice, breaks the state, and expects the invariant of that number to notice.
fn breaks(number: u8, corrupt: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		assert_ok!(Revenue::do_try_state());
		corrupt();
		let error = format!("{:?}", Revenue::do_try_state().expect_err("a broken state"));
		assert!(error.contains(&format!("revenue: invariant {number},")), "{error}");
	});
}

/// Breaks a lot of the two settlements, with more in the pot than any of them books.
fn breaks_lot(number: u8, corrupt: impl FnOnce(&mut Lot<u64>)) {
	breaks(number, || {
		endow(Revenue::pot());
		Lots::<Test>::mutate(0, DOLLARS, |lot| corrupt(lot.as_mut().unwrap()));
	});
}

/// Lets the lot of the two settlements be bought, then breaks it.
fn breaks_bought(number: u8, corrupt: impl FnOnce(&mut Lot<u64>)) {
	breaks_lot(number, |lot| {
		lot.buy(lot.to_spend, 1_000).unwrap();
		let (stakers, burned) = lot.close(1).unwrap();
		assert_eq!((stakers, burned, lot.native_due), (300, 0, 700));
		corrupt(lot);
	});
}

/// Lets the lot of the two settlements overflow, half of it bought, then breaks it.
fn breaks_overflown(number: u8, corrupt: impl FnOnce(&mut Lot<u64>)) {
	breaks_lot(number, |lot| {
		lot.buy(ONE_USDC, 1_000).unwrap();
		lot.overflow(1).unwrap();
		assert_eq!((lot.native_shares, lot.asset_due, lot.to_spend), (700, 700_000, 300_000));
		corrupt(lot);
	});
}

/// Breaks the round of the two settlements, with more in the pot than any work of it earned.
fn breaks_round(number: u8, corrupt: impl FnOnce(&mut RoundBook)) {
	breaks(number, || {
		endow(Revenue::pot());
		RoundBooks::<Test>::mutate(0, corrupt);
	});
}

/// Lets the round of the two settlements end and be rewarded, then breaks it.
fn breaks_rewarded(number: u8, corrupt: impl FnOnce(&mut RoundBook)) {
	breaks_round(number, |book| {
		Round::set(1);
		(book.work, book.work_due) = (1_000, 1_000);
		corrupt(book);
	});
}

#[test]
fn one_a_pot_that_holds_too_little() {
	breaks(1, || Owed::<Test>::insert(5, Asset::Native, 1));
	breaks(1, || Owed::<Test>::insert(5, DOLLARS, u128::MAX));
	// Each column of a lot is money that has to be there.
	for book in [
		|lot: &mut Lot<u64>| lot.to_spend += 1,
		|lot: &mut Lot<u64>| lot.asset_due = 1,
		|lot: &mut Lot<u64>| lot.native_due = 1,
	] {
		breaks(1, || Lots::<Test>::mutate(0, DOLLARS, |lot| book(lot.as_mut().unwrap())));
	}
	// So is what a round's work earned.
	breaks(1, || RoundBooks::<Test>::mutate(0, |book| (book.work, book.work_due) = (1, 1)));
	// And what came for being there.
	breaks(1, || AvailabilityStream::<Test>::put(Stream { pool: 1, due: 0 }));
	breaks(1, || AvailabilityStream::<Test>::put(Stream { pool: 0, due: 1 }));
}

#[test]
fn two_a_lot_whose_parts_do_not_sum() {
	breaks(2, || {
		Lots::<Test>::mutate(0, DOLLARS, |lot| {
			if let Some(lot) = lot.as_mut() {
				lot.burn += 1;
			}
		})
	});
	breaks(2, CollectingLot::<Test>::kill);
}

#[test]
fn two_a_lot_of_which_money_is_missing_or_made() {
	breaks_lot(2, |lot| lot.to_spend -= 1);
	breaks_lot(2, |lot| lot.to_spend += 1);
	breaks_lot(2, |lot| lot.spent += 1);
	breaks_lot(2, |lot| lot.spent = u128::MAX);
	breaks_lot(2, |lot| lot.asset_shares += 1);
	breaks_lot(2, |lot| lot.asset_due += 1);
	breaks_bought(2, |lot| lot.spent -= 1);
	breaks_overflown(2, |lot| lot.asset_due += 1);
}

#[test]
fn two_a_lot_that_is_claimed_of_before_its_time() {
	breaks_lot(2, |lot| lot.claimable = Some(1));
	breaks_lot(2, |lot| (lot.state, lot.claimable) = (LotState::Buying, Some(1)));
	breaks_lot(2, |lot| lot.state = LotState::Closed);
	breaks_lot(2, |lot| lot.state = LotState::Overflow);
	breaks_bought(2, |lot| lot.claimable = None);
	breaks_overflown(2, |lot| lot.state = LotState::Buying);
}

#[test]
fn two_a_lot_that_took_nothing_in() {
	breaks_lot(2, |lot| *lot = Lot::open(1, 0));
}

#[test]
fn two_a_lot_that_was_forgotten() {
	breaks_bought(2, |_| Progress::<Test>::mutate(|queue| (queue.turned, queue.kept) = (1, 1)));
}

#[test]
fn three_accruals_that_are_not_their_lots() {
	breaks(3, || Accrued::<Test>::mutate((0, DOLLARS), operator(1), |accrual| accrual.amount += 1));
	breaks(3, || Accrued::<Test>::mutate((0, DOLLARS), operator(1), |accrual| accrual.value = Usd(u128::MAX)));
	breaks(3, || Accrued::<Test>::insert((4, DOLLARS), operator(1), Accrual::default()));
}

#[test]
fn three_an_open_lot_of_which_an_accrual_is_missing() {
	breaks(3, || Accrued::<Test>::remove((0, DOLLARS), operator(1)));
	breaks(3, || {
		Accrued::<Test>::mutate((0, DOLLARS), operator(1), |accrual| accrual.amount -= 1);
		Lots::<Test>::mutate(0, DOLLARS, |lot| lot.as_mut().unwrap().state = LotState::Buying);
	});
}

#[test]
fn three_a_lot_that_owes_more_than_is_there() {
	breaks_bought(3, |lot| lot.native_due -= 1);
	breaks_bought(3, |lot| lot.native_shares += 1);
	breaks_bought(3, |lot| (lot.operators, lot.stakers) = (lot.operators - 1, lot.stakers + 1));
	breaks_overflown(3, |lot| lot.asset_due -= 1);
	breaks_overflown(3, |lot| lot.native_due = lot.native_shares - 1);
	breaks_overflown(3, |lot| (lot.asset_shares, lot.to_spend) = (lot.asset_shares + 1, lot.to_spend - 1));
}

#[test]
fn four_a_round_that_leaked_more_than_it_settled_or_of_which_more_counts() {
	breaks_round(4, |book| book.settled = Usd(599_999));
	breaks_round(4, |book| {
		book.counted = Usd(600_001);
		Leaks::<Test>::mutate(0, operator(1), |row| row.counted = Usd(300_001));
	});
}

#[test]
fn four_leaks_that_are_not_the_sum_of_a_round_that_is_on() {
	let leak = |leak, counted| Leak { leak: Usd(leak), counted: Usd(counted) };
	for wrong in [leak(300_001, 300_000), leak(299_999, 299_999), leak(300_000, 299_999), leak(300_000, 300_001)] {
		breaks(4, || Leaks::<Test>::insert(0, operator(1), wrong));
	}
	breaks(4, || Leaks::<Test>::remove(0, operator(1)));
	breaks_round(4, |book| (book.leak, book.counted) = (Usd(599_999), Usd(599_999)));
	breaks_round(4, |book| book.counted = Usd(599_999));
	breaks(4, || Leaks::<Test>::insert(3, operator(1), leak(1, 1)));
}

#[test]
fn four_leaks_that_are_more_than_a_round_that_has_ended() {
	let leak = |leak, counted| Leak { leak: Usd(leak), counted: Usd(counted) };
	for wrong in [leak(300_001, 300_000), leak(300_000, 300_001)] {
		breaks(4, || {
			Round::set(1);
			Leaks::<Test>::insert(0, operator(1), wrong);
		});
	}
}

#[test]
fn four_leaks_of_a_round_that_was_forgotten() {
	breaks(4, || {
		Round::set(1);
		OldestLeaks::<Test>::put(1);
	});
}

#[test]
fn four_work_that_earned_before_its_round_has_ended() {
	breaks_round(4, |book| (book.work, book.work_due) = (1, 1));
	breaks_round(4, |book| book.work = 1);
}

#[test]
fn four_work_that_earned_more_than_came_or_owes_more_than_is_there() {
	breaks_rewarded(4, |book| book.work_due += 1);
	breaks_rewarded(4, |book| book.work_due -= 1);
	breaks_rewarded(4, |book| (book.work, book.counted) = (2_000, Usd(599_999)));
	breaks_rewarded(4, |book| book.work = 2_000);
}

#[test]
fn five_a_split_that_is_not_one() {
	breaks(5, || Split::<Test>::put(RevenueSplit::NONE));
}

#[test]
fn five_a_split_that_leaks_too_little() {
	let most = RevenueSplit { direct: Ppm(950_000), stakers: Ppm(50_000), ..RevenueSplit::NONE };
	breaks(5, || Split::<Test>::put(RevenueSplit { direct: Ppm(950_001), stakers: Ppm(49_999), ..most }));
	ExtBuilder::default().split(most).build_and_execute(|| ());
}

#[test]
fn five_a_factor_without_a_range_or_twice() {
	let factor = Factor { measure: Measure::Speed, least: Ppm(900_000), most: Ppm(1_100_000) };
	for unsound in [
		vec![factor, factor],
		vec![Factor { least: Ppm(0), ..factor }],
		vec![Factor { most: Ppm(899_999), ..factor }],
		vec![Factor { most: Ppm(4_000_001), ..factor }],
	] {
		breaks(5, || Multipliers::<Test>::put(Factors::try_from(unsound).unwrap()));
	}
}

#[test]
fn six_a_row_of_nothing() {
	breaks(6, || Owed::<Test>::insert(5, DOLLARS, 0));
}

#[test]
fn seven_a_round_not_reached() {
	breaks(7, || {
		RoundBooks::<Test>::insert(3, RoundBook::default());
		Leaks::<Test>::insert(3, operator(1), Leak::default());
	});
	breaks(7, || CollectingLot::<Test>::put(Collecting { lot: 0, round: 9 }));
}

#[test]
fn eight_a_lot_that_is_dealt_with_before_its_round_has_ended() {
	let early: [fn(&mut Queue); 4] = [
		|queue| queue.turned = 2,
		|queue| queue.buying = 1,
		|queue| (queue.turned, queue.buying) = (1, 2),
		|queue| (queue.turned, queue.waiting) = (1, 2),
	];
	for change in early {
		breaks(8, || Progress::<Test>::mutate(change));
	}
	breaks(8, || {
		Lots::<Test>::remove(0, DOLLARS);
		assert_eq!(Accrued::<Test>::drain().count(), 2);
		Progress::<Test>::put(Queue { turned: 1, kept: 2, ..Default::default() });
	});
}

#[test]
fn eight_a_sum_of_what_is_to_be_spent_that_is_not_the_lots() {
	breaks(8, || Progress::<Test>::mutate(|queue| queue.unspent += 1));
	breaks(8, || Progress::<Test>::mutate(|queue| queue.unspent -= 1));
}

#[test]
fn eight_a_lot_that_collects_after_its_round() {
	breaks(8, || Progress::<Test>::mutate(|queue| queue.turned = 1));
}

#[test]
fn eight_a_lot_that_is_dealt_with_where_there_is_none() {
	ExtBuilder::default().build().execute_with(|| {
		assert_ok!(Revenue::do_try_state());
		Progress::<Test>::put(Queue { turned: 1, ..Default::default() });
		let error = format!("{:?}", Revenue::do_try_state().unwrap_err());
		assert!(error.contains("revenue: invariant 8,"), "{error}");
	});
}

#[test]
fn nine_more_for_being_there_than_came() {
	for (pool, due) in [(2, 0), (1, 1), (0, 2)] {
		breaks_rewarded(9, |book| {
			(book.offered, book.availability) = (Usd(1), 1);
			AvailabilityStream::<Test>::put(Stream { pool, due });
		});
	}
}

#[test]
fn nine_a_round_that_was_rewarded_without_devices_or_before_its_end() {
	breaks_rewarded(9, |book| book.availability = 1);
	breaks_round(9, |book| (book.offered, book.availability) = (Usd(1), 1));
	breaks(9, || RoundBooks::<Test>::insert(1, RoundBook { offered: Usd(1), ..Default::default() }));
}

#[test]
fn a_round_whose_rows_go_one_by_one_holds_every_invariant() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		for number in 1..4 {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
		}
		Round::set(1);
		assert_eq!(reward(0, 1_000_000), 1_000_000);
		assert_ok!(Revenue::do_try_state());
		assert_ok!(Revenue::claim_work(RuntimeOrigin::signed(1), operator(2), 0));
		assert_ok!(Revenue::do_try_state());
		Round::set(9);
		rest(1);
		assert_eq!(OldestLeaks::<Test>::get(), 1);
	});
}

#[test]
fn bought_and_overflown_lots_hold_every_invariant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(buy(ONE_USDC / 2, 1_000), ONE_USDC / 2);
		assert_ok!(Revenue::do_try_state());
		Round::set(8);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		pass(1);
		assert_ok!(Revenue::do_try_state());
		assert_eq!(buy(ONE_USDC, 1_000), 150_000);
		assert_ok!(Revenue::do_try_state());
	});
}
