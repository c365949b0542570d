//! Which test raises which error: a variant without one fails to compile here, a name without a test fails the
//! assertion.

use crate::{mock::Test, Error};

fn raised_by(error: &Error<Test>) -> (&'static str, &'static str) {
	match error {
		Error::UnknownTier => ("UnknownTier", "a_tier_that_is_not_there_takes_no_stake"),
		Error::BelowMinimum => ("BelowMinimum", "less_than_the_minimum_is_not_staked"),
		Error::TooManyPositions => ("TooManyPositions", "an_account_has_so_many_positions_at_most"),
		Error::UnknownPosition => ("UnknownPosition", "a_position_that_is_not_ones_own_cannot_be_taken"),
		Error::StillLocked => ("StillLocked", "a_lock_is_not_paid_before_its_day"),
		Error::Shortens => ("Shortens", "a_lock_is_never_made_shorter"),
		Error::NotEnough => ("NotEnough", "no_more_goes_back_than_there_is"),
		Error::TiersUnsound => ("TiersUnsound", "tiers_that_cannot_be_followed_are_refused"),
		Error::Overflow => ("Overflow", "a_lock_beyond_the_last_day_is_refused"),
		Error::__Ignore(..) => unreachable!("never made"),
	}
}

#[test]
fn every_error_is_raised_by_a_test() {
	let tests =
		[include_str!("stake.rs"), include_str!("unstake.rs"), include_str!("extend.rs"), include_str!("tiers.rs")]
			.concat();
	for error in [
		Error::UnknownTier,
		Error::BelowMinimum,
		Error::TooManyPositions,
		Error::UnknownPosition,
		Error::StillLocked,
		Error::Shortens,
		Error::NotEnough,
		Error::TiersUnsound,
		Error::Overflow,
	] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::<Test>::{name}")), "{test} does not raise {name}");
	}
}
