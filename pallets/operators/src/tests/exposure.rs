//! The shared traits: eligibility, exposure, outcomes.

use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{
	traits::{OperatorRegistry, OutcomeSink},
	Ineligible, Needs, OperatorId, OperatorStatus, Outcome, Usd,
};

use crate::{mock::*, *};

fn check(operator: OperatorId, memory_gb: u16) -> Result<(), Ineligible> {
	Registry::check(&operator, &Needs { memory_gb })
}

#[test]
fn eligibility_names_its_reason() {
	ExtBuilder::build_and_execute(|| {
		assert_eq!(check(OperatorId::default(), 0), Err(Ineligible::Unknown));
		let operator = registered();
		assert_eq!(check(operator, 80), Err(Ineligible::NotActive));
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_eq!(check(operator, 80), Ok(()));
		assert_eq!(check(operator, 81), Err(Ineligible::HardwareTooSmall));
		for number in 0..4 {
			assert_eq!(check(operator, 80), Ok(()));
			assert_ok!(Registry::take_exposure(&operator, work(number), Usd(1)));
		}
		assert_eq!(check(operator, 80), Err(Ineligible::Busy));
		for status in [OperatorStatus::Draining, OperatorStatus::Suspended, OperatorStatus::Blacklisted] {
			set_status(operator, status);
			assert_eq!(check(operator, 80), Err(Ineligible::NotActive));
		}
	});
}

#[test]
fn exposure_is_the_sum_of_open_work() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(30)));
		assert_ok!(Registry::take_exposure(&operator, work(2), Usd(12)));
		assert_eq!((get(operator).open_work, get(operator).exposure), (2, Usd(42)));
		Registry::free_exposure(&operator, work(1));
		assert_eq!((get(operator).open_work, get(operator).exposure), (1, Usd(12)));
	});
}

#[test]
fn work_is_booked_once() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(30)));
		assert_noop!(Registry::take_exposure(&operator, work(1), Usd(30)), Error::<Test>::AlreadyBooked);
	});
}

#[test]
fn ending_what_is_not_booked_is_nothing() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(30)));
		Registry::free_exposure(&operator, work(1));
		let before = get(operator);
		Registry::free_exposure(&operator, work(1));
		Registry::free_exposure(&operator, work(2));
		Registry::free_exposure(&OperatorId::default(), work(1));
		assert_eq!(get(operator), before);
	});
}

#[test]
fn work_of_two_operators_is_kept_apart() {
	ExtBuilder::build_and_execute(|| {
		let one = activated();
		assert_ok!(try_register(2, 12, PER_GPU));
		let two = id(2, 1);
		assert_ok!(Registry::activate(signed(12), two));
		assert_ok!(Registry::take_exposure(&one, work(1), Usd(1)));
		assert_ok!(Registry::take_exposure(&two, work(1), Usd(2)));
		Registry::free_exposure(&two, work(1));
		assert_eq!((get(one).open_work, get(two).open_work), (1, 0));
	});
}

#[test]
fn only_an_active_operator_is_booked_and_only_so_much() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(Registry::take_exposure(&OperatorId::default(), work(1), Usd(1)), Error::<Test>::UnknownOperator);
		let operator = registered();
		assert_noop!(Registry::take_exposure(&operator, work(1), Usd(1)), Error::<Test>::NotActive);
		assert_ok!(Registry::activate(signed(AGENT), operator));
		for number in 0..4 {
			assert_ok!(Registry::take_exposure(&operator, work(number), Usd(1)));
		}
		assert_noop!(Registry::take_exposure(&operator, work(4), Usd(1)), Error::<Test>::TooMuchOpenWork);
	});
}

#[test]
fn a_value_that_does_not_fit_is_not_booked() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(u128::MAX)));
		assert_noop!(Registry::take_exposure(&operator, work(2), Usd(1)), Error::<Test>::Overflow);
	});
}

#[test]
fn outcomes_are_counted_for_those_who_are_there() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Registry::note(&operator, Outcome::Settled, Usd(300));
		Registry::note(&operator, Outcome::Settled, Usd(200));
		Registry::note(&operator, Outcome::Missed, Usd(0));
		Registry::note(&operator, Outcome::ProofRefused, Usd(0));
		let record = Tally { settled: 2, missed: 1, proofs_refused: 1, leak: Usd(500) };
		assert_eq!(Tallies::<Test>::get(operator), record);
		Registry::note(&OperatorId::default(), Outcome::Settled, Usd(1));
		assert!(!Tallies::<Test>::contains_key(OperatorId::default()));
		Registry::note(&operator, Outcome::Settled, Usd(u128::MAX));
		assert_eq!(Tallies::<Test>::get(operator).leak, Usd(u128::MAX));
	});
}
