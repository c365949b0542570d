//! Which test raises which error: a variant without one fails to compile here, a name without a test fails the
//! assertion.

use crate::{mock::Test, Error};

fn raised_by(error: &Error<Test>) -> (&'static str, &'static str) {
	match error {
		Error::PolicyUnsound => ("PolicyUnsound", "a_policy_that_cannot_be_followed_is_refused"),
		Error::NothingToRelease => ("NothingToRelease", "other_policies_take_no_releases"),
		Error::MoreThanThePotHolds => ("MoreThanThePotHolds", "more_than_the_pot_holds_is_refused"),
		Error::ParameterOutOfBounds => ("ParameterOutOfBounds", "a_value_outside_its_bounds_is_refused"),
		Error::ParameterNeedsValue => ("ParameterNeedsValue", "a_parameter_without_a_value_is_refused"),
		Error::NothingToClaim => ("NothingToClaim", "a_share_is_claimed_once"),
		Error::BadSignature => ("BadSignature", "a_signature_that_is_not_the_claimants_is_refused"),
		Error::BadReceiver => ("BadReceiver", "the_airdrops_own_pot_receives_no_share"),
		Error::NothingToBurn => ("NothingToBurn", "nothing_cannot_be_burned"),
		Error::__Ignore(..) => unreachable!("never made"),
	}
}

#[test]
fn every_error_is_raised_by_a_test() {
	let tests =
		[include_str!("release.rs"), include_str!("parameters.rs"), include_str!("claim.rs"), include_str!("burn.rs")]
			.concat();
	for error in [
		Error::PolicyUnsound,
		Error::NothingToRelease,
		Error::MoreThanThePotHolds,
		Error::ParameterOutOfBounds,
		Error::ParameterNeedsValue,
		Error::NothingToClaim,
		Error::BadSignature,
		Error::BadReceiver,
		Error::NothingToBurn,
	] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::<Test>::{name}")), "{test} does not raise {name}");
	}
}
