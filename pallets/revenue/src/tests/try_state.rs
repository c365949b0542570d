use frame_support::assert_ok;
use vektor_primitives::{Asset, Usd, ONE_USDC};

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

#[test]
fn one_a_pot_that_holds_too_little() {
	breaks(1, || Owed::<Test>::insert(5, Asset::Native, 1));
	breaks(1, || Owed::<Test>::insert(5, DOLLARS, u128::MAX));
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
fn three_accruals_that_are_not_their_lots() {
	breaks(3, || Accrued::<Test>::mutate(operator(1), (0, DOLLARS), |accrual| accrual.amount += 1));
	breaks(3, || Accrued::<Test>::mutate(operator(1), (0, DOLLARS), |accrual| accrual.value = Usd(u128::MAX)));
	breaks(3, || Accrued::<Test>::insert(operator(1), (4, DOLLARS), Accrual::default()));
}

#[test]
fn four_leaks_that_are_not_their_rounds() {
	breaks(4, || Leaks::<Test>::insert(0, operator(1), Usd(1)));
	breaks(4, || RoundBooks::<Test>::mutate(0, |book| book.settled = Usd(1)));
	breaks(4, || Leaks::<Test>::insert(3, operator(1), Usd(1)));
}

#[test]
fn five_a_split_that_is_not_one() {
	breaks(5, || Split::<Test>::put(RevenueSplit::NONE));
}

#[test]
fn six_a_row_of_nothing() {
	breaks(6, || Owed::<Test>::insert(5, DOLLARS, 0));
}

#[test]
fn seven_a_round_not_reached() {
	breaks(7, || {
		RoundBooks::<Test>::insert(3, RoundBook::default());
		Leaks::<Test>::insert(3, operator(1), Usd(0));
	});
	breaks(7, || CollectingLot::<Test>::put(Collecting { lot: 0, round: 9 }));
}
