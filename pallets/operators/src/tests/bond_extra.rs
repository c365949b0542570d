//! Adding collateral.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use vektor_primitives::{Balance, OperatorId, VKTR};

use crate::{mock::*, *};

#[test]
fn collateral_is_added_from_the_owner() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, VKTR));
		assert_eq!(balance(OWNER), FORTUNE - PER_GPU - VKTR);
		assert_eq!(balance(Registry::pot()), NATIVE_MIN + PER_GPU + VKTR);
		assert_eq!(get(operator).collateral, PER_GPU + VKTR);
		let event = Event::CollateralAdded { operator, amount: VKTR, collateral: PER_GPU + VKTR };
		assert_eq!(last_event(), event.into());
	});
}

#[test]
fn nothing_cannot_be_added() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_noop!(Registry::bond_extra(signed(OWNER), operator, 0), Error::<Test>::NothingToAdd);
	});
}

#[test]
fn the_agent_does_not_touch_money() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		for who in [AGENT, STRANGER] {
			assert_noop!(Registry::bond_extra(signed(who), operator, VKTR), Error::<Test>::NotOwner);
		}
	});
}

#[test]
fn an_operator_that_does_not_exist_takes_no_money() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(Registry::bond_extra(signed(OWNER), OperatorId::default(), VKTR), Error::<Test>::UnknownOperator);
	});
}

#[test]
fn one_that_leaves_takes_no_money() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		assert_noop!(Registry::bond_extra(signed(OWNER), operator, VKTR), Error::<Test>::Leaving);
	});
}

#[test]
fn money_that_is_not_there_is_not_booked() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_noop!(Registry::bond_extra(signed(OWNER), operator, FORTUNE), TokenError::FundsUnavailable);
		assert_noop!(Registry::bond_extra(signed(OWNER), operator, Balance::MAX), Error::<Test>::Overflow);
		assert_eq!(get(operator).collateral, PER_GPU);
	});
}
