//! Which test raises which error: a variant without one fails to compile here, a name without a test fails the assertion.

use crate::{mock::Test, Error};

fn raised_by(error: &Error<Test>) -> (&'static str, &'static str) {
	match error {
		Error::UnsupportedAsset => ("UnsupportedAsset", "another_asset_is_refused"),
		Error::NoPrice => ("NoPrice", "without_a_price_vktr_is_refused"),
		Error::NothingToSettle => ("NothingToSettle", "nothing_cannot_be_settled"),
		Error::NoRebates => ("NoRebates", "a_rebate_is_refused_until_rebates_come"),
		Error::SplitNotWhole => ("SplitNotWhole", "shares_that_do_not_sum_to_one_are_refused"),
		Error::SplitLeaksTooLittle => {
			("SplitLeaksTooLittle", "operators_get_at_most_ninety_five_per_cent_however_it_is_parted")
		}
		Error::FactorsUnsound => {
			("FactorsUnsound", "factors_without_a_range_or_above_fourfold_and_those_that_come_twice_are_refused")
		}
		Error::NothingOwed => ("NothingOwed", "a_second_payout_is_refused"),
		Error::StillRefused => ("StillRefused", "while_the_account_refuses_it_stays_owed"),
		Error::NothingAccrued => ("NothingAccrued", "nothing_is_claimed_twice_or_by_who_has_no_part"),
		Error::LotOpen => ("LotOpen", "a_lot_that_is_not_bought_is_not_claimed"),
		Error::RoundOpen => ("RoundOpen", "while_the_round_is_on_its_work_is_not_claimed"),
		Error::NothingEarned => ("NothingEarned", "who_earned_nothing_was_paid_or_came_too_late_claims_nothing"),
		Error::AlreadyCompensated => {
			("AlreadyCompensated", "it_pays_once_for_a_work_whatever_the_asset_the_amount_and_who_receives")
		}
		Error::ReserveTooSmall => ("ReserveTooSmall", "it_keeps_its_minimum_balance"),
		Error::Overflow => ("Overflow", "a_sum_that_does_not_fit_changes_nothing"),
		Error::__Ignore(..) => unreachable!("never made"),
	}
}

#[test]
fn every_error_is_raised_by_a_test() {
	let tests = [
		include_str!("settle.rs"),
		include_str!("payout.rs"),
		include_str!("set_split.rs"),
		include_str!("factors.rs"),
		include_str!("lots.rs"),
		include_str!("claims.rs"),
		include_str!("work.rs"),
		include_str!("compensate.rs"),
	]
	.concat();
	for error in [
		Error::UnsupportedAsset,
		Error::NoPrice,
		Error::NothingToSettle,
		Error::NoRebates,
		Error::SplitNotWhole,
		Error::SplitLeaksTooLittle,
		Error::FactorsUnsound,
		Error::NothingOwed,
		Error::StillRefused,
		Error::NothingAccrued,
		Error::LotOpen,
		Error::RoundOpen,
		Error::NothingEarned,
		Error::AlreadyCompensated,
		Error::ReserveTooSmall,
		Error::Overflow,
	] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::{name}")), "{test} does not raise {name}");
	}
}
