//! Which test raises which error: a variant without one fails to compile here, a name without a test fails the assertion.

use crate::{mock::Test, Error};

fn raised_by(error: &Error<Test>) -> (&'static str, &'static str) {
	match error {
		Error::UnsupportedAsset => ("UnsupportedAsset", "another_asset_is_refused"),
		Error::NothingAccrued => ("NothingAccrued", "nothing_is_claimed_twice_or_by_who_has_no_part"),
		Error::LotOpen => ("LotOpen", "a_lot_that_is_not_bought_is_not_claimed"),
		Error::NotExpired => ("NotExpired", "what_may_still_be_claimed_does_not_expire"),
		Error::NoPrice => ("NoPrice", "without_a_price_vktr_is_refused"),
		Error::NothingToSettle => ("NothingToSettle", "nothing_cannot_be_settled"),
		Error::NoRebates => ("NoRebates", "a_rebate_is_refused_until_rebates_come"),
		Error::SplitNotWhole => ("SplitNotWhole", "shares_that_do_not_sum_to_one_are_refused"),
		Error::NothingOwed => ("NothingOwed", "a_second_payout_is_refused"),
		Error::StillRefused => ("StillRefused", "while_the_account_refuses_it_stays_owed"),
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
		include_str!("lots.rs"),
		include_str!("claims.rs"),
	]
	.concat();
	for error in [
		Error::UnsupportedAsset,
		Error::NothingAccrued,
		Error::LotOpen,
		Error::NotExpired,
		Error::NoPrice,
		Error::NothingToSettle,
		Error::NoRebates,
		Error::SplitNotWhole,
		Error::NothingOwed,
		Error::StillRefused,
		Error::Overflow,
	] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::{name}")), "{test} does not raise {name}");
	}
}
