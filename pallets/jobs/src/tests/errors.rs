//! Which test raises which error: a variant without one fails to compile here, a name without a test fails the assertion.

use vektor_primitives::{EvidenceError, Ineligible};

use crate::{mock::Test, Error};

fn raised_by(error: &Error<Test>) -> (&'static str, &'static str) {
	match error {
		Error::UnknownModel => ("UnknownModel", "an_unknown_model_is_refused"),
		Error::DeadlineTooShort => ("DeadlineTooShort", "a_deadline_below_the_models_minimum_is_refused"),
		Error::DeadlineTooLong => ("DeadlineTooLong", "a_deadline_above_the_maximum_is_refused"),
		Error::NonCanonicalCommitment => ("NonCanonicalCommitment", "a_commitment_that_is_no_field_element_is_refused"),
		Error::UnsupportedAsset => ("UnsupportedAsset", "another_asset_is_refused"),
		Error::NoPrice => ("NoPrice", "vktr_is_refused_while_it_has_no_price"),
		Error::PriceAboveMax => ("PriceAboveMax", "a_price_above_the_clients_maximum_is_refused"),
		Error::Ineligible(_) => ("Ineligible", "an_operator_that_cannot_take_it_is_refused_with_the_reason"),
		Error::DuplicateCommitment => ("DuplicateCommitment", "a_commitment_is_unique_per_client_and_model"),
		Error::UnknownJob => ("UnknownJob", "an_unknown_job_is_refused"),
		Error::NotYourJob => ("NotYourJob", "another_operators_delivery_is_refused_and_so_is_anyones"),
		Error::NotOpen => ("NotOpen", "a_second_delivery_is_refused"),
		Error::DeadlinePassed => ("DeadlinePassed", "after_the_deadline_a_delivery_is_refused"),
		Error::BadEvidence(_) => ("BadEvidence", "malformed_evidence_is_an_error_that_pays_for_what_it_took"),
		Error::NothingToRefund => ("NothingToRefund", "a_second_refund_is_refused_and_so_is_one_of_a_settled_job"),
		Error::NotExpired => ("NotExpired", "at_the_deadline_it_is_too_early"),
		Error::NotJudging => ("NotJudging", "while_nothing_is_judged_nothing_expires"),
		Error::RefundRefused => ("RefundRefused", "an_account_that_refuses_loses_nothing_and_gets_it_later"),
		Error::Overflow => ("Overflow", "a_clock_at_its_end_takes_no_jobs"),
		Error::__Ignore(..) => unreachable!("never made"),
		Error::StarsOutOfBounds => ("StarsOutOfBounds", "a_rating_is_one_to_five_stars"),
		Error::NothingToRate => ("NothingToRate", "what_is_not_settled_is_not_rated"),
		Error::Unprovable => ("Unprovable", "what_cannot_be_proved_any_more_is_not_delivered_and_nobody_is_to_blame"),
	}
}

#[test]
fn every_error_is_raised_by_a_test() {
	let tests =
		[include_str!("rate.rs"), include_str!("submit.rs"), include_str!("deliver.rs"), include_str!("expire.rs")]
			.concat();
	for error in [
		Error::UnknownModel,
		Error::DeadlineTooShort,
		Error::DeadlineTooLong,
		Error::NonCanonicalCommitment,
		Error::UnsupportedAsset,
		Error::NoPrice,
		Error::PriceAboveMax,
		Error::Ineligible(Ineligible::Busy),
		Error::DuplicateCommitment,
		Error::UnknownJob,
		Error::NotYourJob,
		Error::NotOpen,
		Error::DeadlinePassed,
		Error::BadEvidence(EvidenceError::ProofLength),
		Error::NothingToRefund,
		Error::NotExpired,
		Error::NotJudging,
		Error::RefundRefused,
		Error::Overflow,
		Error::StarsOutOfBounds,
		Error::NothingToRate,
		Error::Unprovable,
	] {
		let (name, test) = raised_by(&error);
		let body = tests.split(&format!("fn {test}()")).nth(1).unwrap_or_else(|| panic!("no test {test}"));
		let body = body.split("#[test]").next().unwrap_or_default();
		assert!(body.contains(&format!("Error::{name}")), "{test} does not raise {name}");
	}
}
