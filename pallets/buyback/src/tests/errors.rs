//! Which test raises which error: a variant without one fails to compile here, a name without a test fails the
//! assertion.

use crate::{mock::Test, Error};

fn raised_by(error: &Error<Test>) -> (&'static str, &'static str) {
	match error {
		Error::GuardsUnsound => ("GuardsUnsound", "a_guard_out_of_its_range_is_refused"),
		Error::AlreadyPaused => ("AlreadyPaused", "what_is_paused_is_not_paused_again_and_what_runs_is_not_resumed"),
		Error::NotPaused => ("NotPaused", "what_is_paused_is_not_paused_again_and_what_runs_is_not_resumed"),
		Error::__Ignore(..) => unreachable!("never made"),
	}
}

#[test]
fn every_error_is_raised_by_a_test() {
	let tests = include_str!("calls.rs");
	for error in [Error::GuardsUnsound, Error::AlreadyPaused, Error::NotPaused] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::<Test>::{name}")), "{test} does not raise {name}");
	}
}
