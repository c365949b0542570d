//! `unbond` and `withdraw_unbonded`.

use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::TokenError;
use vektor_primitives::{
	traits::{OperatorRegistry, OutcomeSink},
	Offence, OperatorId, OperatorStatus, Outcome, Usd,
};

use crate::{mock::*, *};

#[test]
fn an_operator_leaves_and_its_owner_has_everything_back() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Registry::note(&operator, &STRANGER, Outcome::Settled, Usd(1));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		Now::set(50);
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		let free_at = 50 + PERIOD;
		assert_eq!(last_event(), Event::UnbondingStarted { operator, amount: PER_GPU, free_at }.into());
		let record = get(operator);
		assert_eq!((record.collateral, record.unbonding), (PER_GPU, Some(free_at)));
		assert_eq!(balance(Registry::pot()), NATIVE_MIN + PER_GPU);

		Now::set(free_at);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(last_event(), Event::Withdrawn { operator, owner: OWNER, amount: PER_GPU, left: 0 }.into());
		assert_eq!((balance(OWNER), balance(Registry::pot())), (FORTUNE, NATIVE_MIN));
		assert_eq!(Operators::<Test>::get(operator), None);
		assert!(!Records::<Test>::contains_key(operator));
		assert_eq!((Registry::owned_by(&OWNER), OwnedCount::<Test>::contains_key(OWNER)), (vec![], false));
		assert_ok!(try_register(2, AGENT, PER_GPU));
	});
}

#[test]
fn what_an_operator_has_shown_is_forgotten_once_it_is_gone_and_not_before() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let case = accuse(operator, Offence::SlowResponses, 1);
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(Gone::get(), [], "a case holds some of its collateral yet");
		assert_ok!(Registry::cancel_slash(RuntimeOrigin::root(), case));
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(Gone::get(), [operator]);
		let call = Call::<Test>::withdraw_unbonded { operator };
		assert!(call.get_dispatch_info().call_weight.all_gte(FORGETTING));
	});
}

#[test]
fn the_owners_other_operators_stay() {
	ExtBuilder::build_and_execute(|| {
		let first = unbonding();
		assert_ok!(try_register(OWNER, 12, PER_GPU));
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), first));
		let left: Vec<_> = OwnedBy::<Test>::iter_key_prefix(OWNER).collect();
		assert_eq!((left, OwnedCount::<Test>::get(OWNER)), (vec![id(OWNER, 1)], 1));
	});
}

#[test]
fn an_operator_that_never_served_leaves_too() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(try_register(OWNER, AGENT, MIN_COLLATERAL));
		assert_ok!(Registry::unbond(signed(OWNER), id(OWNER, 0)));
	});
}

#[test]
fn an_active_operator_does_not_leave() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_noop!(Registry::unbond(signed(OWNER), operator), Error::<Test>::StillServing);
	});
}

#[test]
fn a_barred_operator_leaves_and_stays_slashable_until_it_has() {
	ExtBuilder::build_and_execute(|| {
		let suspended = activated();
		accuse(suspended, Offence::NetworkAttack, 1);
		assert_eq!(get(suspended).status, OperatorStatus::Suspended);
		assert_ok!(Registry::unbond(signed(OWNER), suspended));
		assert_ok!(try_register(2, 12, PER_GPU));
		let blacklisted = id(2, 1);
		assert_ok!(Registry::blacklist(RuntimeOrigin::root(), blacklisted));
		assert_ok!(Registry::unbond(signed(2), blacklisted));

		pass_to(PERIOD);
		assert_eq!(get(suspended).collateral, PER_GPU * 85 / 100);
		for (owner, operator) in [(OWNER, suspended), (2, blacklisted)] {
			assert_ok!(Registry::withdraw_unbonded(signed(owner), operator));
		}
		assert_eq!((balance(OWNER), balance(2)), (FORTUNE - PER_GPU * 15 / 100, FORTUNE));
		assert_eq!(balance(Registry::pot()), NATIVE_MIN);
	});
}

#[test]
fn collateral_stays_while_work_is_open() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(0)));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_noop!(Registry::unbond(signed(OWNER), operator), Error::<Test>::WorkOpen);
		Registry::free_exposure(&operator, work(1));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
	});
}

#[test]
fn leaving_twice_does_not_restart_the_period() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		assert_noop!(Registry::unbond(signed(OWNER), operator), Error::<Test>::Leaving);
	});
}

#[test]
fn what_falls_due_after_one_that_served_is_gone_still_finds_its_owner() {
	ExtBuilder::build_and_execute(|| {
		let served = activated();
		assert_ok!(Registry::take_exposure(&served, work(1), Usd(1)));
		Registry::free_exposure(&served, work(1));
		assert_ok!(Registry::drain(signed(AGENT), served));
		assert_ok!(Registry::unbond(signed(OWNER), served));
		assert_ok!(try_register(2, 12, PER_GPU));
		let idle = id(2, 1);
		assert_ok!(Registry::unbond(signed(2), idle));
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), served));
		assert_ok!(Registry::withdraw_unbonded(signed(2), idle));
		assert_eq!(Registry::payee(&served), Some(OWNER));
		assert_eq!(Registry::paid_to(OWNER), [served]);
		// One that never served is owed nothing and leaves no row behind.
		assert_eq!(Registry::payee(&idle), None);
		assert_eq!(Registry::paid_to(2), []);
	});
}

#[test]
fn only_the_owner_leaves_and_withdraws() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		for who in [AGENT, STRANGER] {
			assert_noop!(Registry::unbond(signed(who), operator), Error::<Test>::NotOwner);
		}
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		Now::set(PERIOD);
		for who in [AGENT, STRANGER] {
			assert_noop!(Registry::withdraw_unbonded(signed(who), operator), Error::<Test>::NotOwner);
		}
	});
}

#[test]
fn nothing_comes_back_before_its_time() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_noop!(Registry::withdraw_unbonded(signed(OWNER), operator), Error::<Test>::NotUnbonding);
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		Now::set(PERIOD - 1);
		assert_noop!(Registry::withdraw_unbonded(signed(OWNER), operator), Error::<Test>::StillBonded);
	});
}

#[test]
fn nothing_comes_back_twice() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_noop!(Registry::withdraw_unbonded(signed(OWNER), operator), Error::<Test>::UnknownOperator);
		assert_noop!(Registry::unbond(signed(OWNER), OperatorId::default()), Error::<Test>::UnknownOperator);
	});
}

#[test]
fn an_owner_whose_account_was_emptied_has_it_back_all_the_same() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		assert_ok!(Balances::transfer_all(signed(OWNER), 2, false));
		assert_eq!(balance(OWNER), 0);
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(balance(OWNER), PER_GPU);
	});
}

#[test]
fn what_the_owners_account_refuses_stays_and_can_be_tried_again() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		Now::set(PERIOD);
		// Below the existential deposit: what a slash may leave.
		set(operator, |record| record.collateral = NATIVE_MIN - 1);
		assert_ok!(Balances::transfer_all(signed(OWNER), 2, false));
		assert_noop!(Registry::withdraw_unbonded(signed(OWNER), operator), TokenError::BelowMinimum);
		assert_ok!(Balances::transfer_allow_death(signed(2), OWNER, NATIVE_MIN));
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(balance(OWNER), 2 * NATIVE_MIN - 1);
	});
}
