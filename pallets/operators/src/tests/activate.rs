//! Taking work.

use frame_support::{assert_noop, assert_ok, pallet_prelude::Pays};
use sp_runtime::DispatchError;
use vektor_primitives::{Balance, Ineligible, Offence, OperatorId, OperatorStatus};

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
		accuse(operator, Offence::NetworkAttack, 1);
		assert_eq!(get(operator).status, OperatorStatus::Suspended);
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Barred);
		assert_ok!(Registry::blacklist(RuntimeOrigin::root(), operator));
		assert_eq!(get(operator).status, OperatorStatus::Blacklisted);
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Barred);
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
fn with_too_little_collateral_nobody_serves() {
	ExtBuilder::build_and_execute(|| {
		// A quarter of what is required is enough to start with.
		assert_ok!(try_register(OWNER, AGENT, PER_GPU / 4 - 1));
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
		let dearer = HardwareClass { collateral_per_gpu: 4 * PER_GPU + 4, ..class("H100") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), dearer));
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::CollateralTooLow);
		let closed = HardwareClass { enabled: false, ..class("H100") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), closed));
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::ClassDisabled);
	});
}

#[test]
fn the_entry_is_never_below_the_least_collateral_nor_above_what_is_required() {
	ExtBuilder::build_and_execute(|| {
		let with = |collateral_per_gpu| HardwareClass { collateral_per_gpu, ..class("H100") };
		assert_eq!(Registry::entry(&with(PER_GPU), 1), PER_GPU / 4);
		assert_eq!(Registry::entry(&with(PER_GPU), 3), 3 * PER_GPU / 4);
		assert_eq!(Registry::entry(&with(2 * MIN_COLLATERAL), 1), MIN_COLLATERAL);
		assert_eq!(Registry::entry(&with(MIN_COLLATERAL / 2), 1), MIN_COLLATERAL / 2);
		assert_eq!(Registry::entry(&with(Balance::MAX), 2), Balance::MAX / 4);
	});
}

#[test]
fn where_no_more_can_be_watched_nobody_starts() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		WatchFull::set(true);
		assert_noop!(Registry::activate(signed(AGENT), operator), DispatchError::Other("no more can be watched"));
		WatchFull::set(false);
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_eq!(Told::get(), [(operator, "enter")]);
	});
}
