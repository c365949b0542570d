//! Taking work.

use frame_support::{assert_noop, assert_ok, pallet_prelude::Pays};
use vektor_primitives::{Ineligible, OperatorId, OperatorStatus};

use crate::{mock::*, *};

#[test]
fn an_operator_with_its_collateral_takes_work() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_eq!(Registry::ineligible(&operator), Some(Ineligible::NotActive));
		let (owner, pot) = (balance(OWNER), balance(Registry::pot()));
		assert_eq!(Registry::activate(signed(AGENT), operator).unwrap().pays_fee, Pays::No);
		assert_eq!(get(operator).status, OperatorStatus::Active);
		assert_eq!(Registry::ineligible(&operator), None);
		assert_eq!((balance(OWNER), balance(Registry::pot())), (owner, pot));
		assert_eq!(last_event(), Event::Activated { operator }.into());
	});
}

#[test]
fn the_owner_may_activate_too_and_nobody_else() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_noop!(Registry::activate(signed(STRANGER), operator), Error::<Test>::NotAgentOrOwner);
		assert_ok!(Registry::activate(signed(OWNER), operator));
	});
}

#[test]
fn an_operator_that_does_not_exist_is_not_activated() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(Registry::activate(signed(AGENT), OperatorId::default()), Error::<Test>::UnknownOperator);
	});
}

#[test]
fn an_active_one_is_not_activated_again() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::AlreadyActive);
	});
}

#[test]
fn a_barred_one_is_not_activated() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		for status in [OperatorStatus::Suspended, OperatorStatus::Blacklisted] {
			set_status(operator, status);
			assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Barred);
		}
	});
}

#[test]
fn one_that_leaves_is_not_activated() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Leaving);
	});
}

#[test]
fn collateral_below_the_class_is_too_low_until_it_is_made_up() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(try_register(OWNER, AGENT, PER_GPU - 1));
		let operator = id(OWNER, 0);
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::CollateralTooLow);
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, 1));
		assert_ok!(Registry::activate(signed(AGENT), operator));
	});
}

#[test]
fn the_class_is_asked_for_its_present_terms() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		let dearer = HardwareClass { collateral_per_gpu: PER_GPU + 1, ..class("H100") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), dearer));
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::CollateralTooLow);
		let closed = HardwareClass { enabled: false, ..class("H100") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), closed));
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::ClassDisabled);
	});
}
