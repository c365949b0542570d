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
		Error::NotFree => ("NotFree", "more_than_is_free_is_not_staked"),
		Error::VotesRunning => ("VotesRunning", "a_stake_that_votes_stays"),
		Error::NoVotes => ("NoVotes", "who_has_nothing_staked_has_no_vote"),
		Error::NotOngoing => ("NotOngoing", "a_poll_that_is_over_takes_no_vote"),
		Error::OneConviction => ("OneConviction", "every_vote_counts_once"),
		Error::NotDelegating => ("NotDelegating", "nothing_is_trimmed_of_who_does_not_delegate"),
		Error::UpToDate => ("UpToDate", "a_delegation_that_weighs_what_its_stake_does_is_not_trimmed"),
		Error::NotOffered => ("NotOffered", "yield_is_not_shared_where_the_economy_does_not_ask_for_it"),
		Error::IsShared => ("IsShared", "a_position_whose_yield_is_shared_is_not_taken_out"),
		Error::NotShared => ("NotShared", "a_yield_that_is_not_shared_is_not_settled"),
		Error::CannotBePaid => ("CannotBePaid", "a_delegate_that_cannot_be_paid_is_not_settled"),
		Error::WithItself => ("WithItself", "yield_is_not_shared_with_its_owner"),
		Error::Overflow => ("Overflow", "a_lock_beyond_the_last_day_is_refused"),
		Error::__Ignore(..) => unreachable!("never made"),
	}
}

#[test]
fn every_error_is_raised_by_a_test() {
	let tests = [
		include_str!("stake.rs"),
		include_str!("unstake.rs"),
		include_str!("extend.rs"),
		include_str!("tiers.rs"),
		include_str!("votes.rs"),
		include_str!("delegates.rs"),
	]
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
		Error::NotFree,
		Error::VotesRunning,
		Error::NoVotes,
		Error::NotOngoing,
		Error::OneConviction,
		Error::NotDelegating,
		Error::UpToDate,
		Error::NotOffered,
		Error::IsShared,
		Error::NotShared,
		Error::CannotBePaid,
		Error::WithItself,
		Error::Overflow,
	] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::<Test>::{name}")), "{test} does not raise {name}");
	}
}
