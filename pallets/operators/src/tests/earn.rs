//! Collateral that is earned in: half of what an operator earns is withheld until it has all that is required.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use vektor_primitives::{traits::OperatorRegistry, Balance, Offence, OperatorId, VKTR};

use crate::{mock::*, *};

/// An operator that serves with a quarter of what is required.
fn beginner() -> OperatorId {
	assert_ok!(try_register(OWNER, AGENT, PER_GPU / 4));
	let operator = id(OWNER, 0);
	assert_ok!(Registry::activate(signed(AGENT), operator));
	operator
}

fn withhold(operator: OperatorId, amount: Balance) -> Result<Balance, sp_runtime::DispatchError> {
	Registry::withhold(&operator, &STRANGER, amount)
}

/// What nobody is asked for leaves everything as it was.
fn nothing_is_withheld(operator: OperatorId) {
	let before =
		(Operators::<Test>::get(operator), balance(STRANGER), balance(Registry::pot()), System::events().len());
	assert_eq!(withhold(operator, 10 * VKTR), Ok(0));
	let after = (Operators::<Test>::get(operator), balance(STRANGER), balance(Registry::pot()), System::events().len());
	assert_eq!(after, before);
}

#[test]
fn half_of_a_reward_becomes_collateral() {
	ExtBuilder::build_and_execute(|| {
		let operator = beginner();
		assert_eq!(withhold(operator, 10 * VKTR), Ok(5 * VKTR));
		let collateral = PER_GPU / 4 + 5 * VKTR;
		assert_eq!(last_event(), Event::CollateralEarned { operator, amount: 5 * VKTR, collateral }.into());
		assert_eq!(get(operator).collateral, collateral);
		assert_eq!((balance(STRANGER), balance(Registry::pot())), (FORTUNE - 5 * VKTR, NATIVE_MIN + collateral));
		// The unit that does not divide is paid out.
		assert_eq!(withhold(operator, 3), Ok(1));
		assert_eq!(withhold(operator, 1), Ok(0));
		assert_eq!(withhold(operator, 0), Ok(0));
	});
}

#[test]
fn no_more_is_withheld_than_is_missing() {
	ExtBuilder::build_and_execute(|| {
		let operator = beginner();
		assert_eq!(withhold(operator, FORTUNE), Ok(PER_GPU * 3 / 4));
		assert_eq!(get(operator).collateral, PER_GPU);
		nothing_is_withheld(operator);
		// Dearer hardware is earned in too, and a slash is made up for.
		let dearer = HardwareClass { collateral_per_gpu: PER_GPU + VKTR, ..class("H100") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), dearer));
		assert_eq!(withhold(operator, 10 * VKTR), Ok(VKTR));
		assert_eq!(get(operator).collateral, PER_GPU + VKTR);
	});
}

#[test]
fn one_that_has_not_started_or_pauses_earns_it_in_too() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(try_register(OWNER, AGENT, MIN_COLLATERAL));
		let operator = id(OWNER, 0);
		assert_eq!(withhold(operator, 48 * VKTR), Ok(24 * VKTR));
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_eq!(withhold(operator, 2 * VKTR), Ok(VKTR));
	});
}

#[test]
fn one_that_leaves_is_barred_or_is_gone_is_asked_for_nothing() {
	ExtBuilder::build_and_execute(|| {
		let operator = beginner();
		accuse(operator, Offence::NetworkAttack, 1);
		nothing_is_withheld(operator);
		assert_ok!(Registry::pardon(RuntimeOrigin::root(), OWNER, Some(operator)));
		assert_eq!(withhold(operator, 2 * VKTR), Ok(VKTR));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		nothing_is_withheld(operator);
		pass_to(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		nothing_is_withheld(operator);
		nothing_is_withheld(OperatorId::default());
	});
}

#[test]
fn money_that_is_not_there_is_not_withheld() {
	ExtBuilder::build_and_execute(|| {
		let operator = beginner();
		assert_ok!(Balances::transfer_all(signed(STRANGER), 2, false));
		assert_noop!(withhold(operator, 10 * VKTR), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(2), STRANGER, 5 * VKTR));
		// The floor of whoever pays stays.
		assert_noop!(withhold(operator, 10 * VKTR), TokenError::NotExpendable);
	});
}

#[test]
fn what_was_earned_in_is_slashed_and_goes_back_as_what_was_paid_in() {
	ExtBuilder::build_and_execute(|| {
		let operator = beginner();
		assert_eq!(withhold(operator, 30 * VKTR), Ok(15 * VKTR));
		accuse(operator, Offence::SlowResponses, 1);
		assert_eq!(get(operator).frozen, 4 * VKTR);
		pass_to(APPEAL + 1);
		assert_eq!((get(operator).collateral, Burned::get()), (36 * VKTR, 4 * VKTR));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		pass_to(APPEAL + 1 + PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(balance(OWNER), FORTUNE - 25 * VKTR + 36 * VKTR);
		assert_eq!(balance(Registry::pot()), NATIVE_MIN);
	});
}
