//! The shared traits: eligibility, exposure, outcomes.

use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{traits::OperatorRegistry, Ineligible, Needs, Offence, OperatorId, OperatorStatus, Usd};

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
		for number in 0..4 {
			Registry::free_exposure(&operator, work(number));
		}
		assert_ok!(Registry::take_exposure(&operator, work(5), Usd(100_000_000)));
		assert_eq!(check(operator, 80), Err(Ineligible::Exposed));
		Registry::free_exposure(&operator, work(5));
		assert_ok!(Registry::declare_maintenance(signed(AGENT), operator, 10));
		assert_eq!(check(operator, 80), Err(Ineligible::Maintenance));
		Now::set(10);
		assert_eq!(check(operator, 80), Ok(()));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_eq!(check(operator, 80), Err(Ineligible::NotActive));
		accuse(operator, Offence::NetworkAttack, 1);
		assert_eq!(get(operator).status, OperatorStatus::Suspended);
		assert_eq!(check(operator, 80), Err(Ineligible::NotActive));
		assert_ok!(Registry::blacklist(RuntimeOrigin::root(), operator));
		assert_eq!(get(operator).status, OperatorStatus::Blacklisted);
		assert_eq!(check(operator, 80), Err(Ineligible::NotActive));
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
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(1)));
		assert_noop!(Registry::take_exposure(&operator, work(2), Usd(u128::MAX)), Error::<Test>::Overflow);
	});
}

#[test]
fn open_work_is_never_worth_more_than_the_free_collateral() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		// 100 VKTR at a dollar each.
		assert_noop!(Registry::take_exposure(&operator, work(1), Usd(100_000_001)), Error::<Test>::TooExposed);
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(60_000_000)));
		assert_noop!(Registry::take_exposure(&operator, work(2), Usd(40_000_001)), Error::<Test>::TooExposed);
		// What a case holds deters from nothing: a tenth is frozen.
		accuse(operator, Offence::SlowResponses, 1);
		assert_eq!(Registry::exposure_bound(&get(operator)), Usd(90_000_000));
		assert_noop!(Registry::take_exposure(&operator, work(2), Usd(30_000_001)), Error::<Test>::TooExposed);
		assert_ok!(Registry::take_exposure(&operator, work(2), Usd(30_000_000)));
		// A lower price stops new work and ends none.
		Price::set(Some(500_000));
		assert_noop!(Registry::take_exposure(&operator, work(3), Usd(0)), Error::<Test>::TooExposed);
		assert_eq!((get(operator).open_work, get(operator).exposure), (2, Usd(90_000_000)));
	});
}

#[test]
fn without_a_price_a_small_sum_may_be_open() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Price::set(None);
		assert_noop!(Registry::take_exposure(&operator, work(1), Usd(25_000_001)), Error::<Test>::TooExposed);
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(25_000_000)));
		assert_eq!(check(operator, 80), Err(Ineligible::Exposed));
	});
}
