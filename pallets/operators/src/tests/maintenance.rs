//! Declared maintenance.

use frame_support::{assert_noop, assert_ok, pallet_prelude::Pays};
use vektor_primitives::{
	traits::{LiveTime, OperatorRegistry},
	Ineligible, Offence, OperatorId, Usd,
};

use crate::{mock::*, *};

fn declare(
	who: AccountId,
	operator: OperatorId,
	slots: LiveTime,
) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Registry::declare_maintenance(signed(who), operator, slots)
}

#[test]
fn an_operator_in_maintenance_takes_nothing_new_and_is_not_missed() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(5)));
		Now::set(SWITCH);
		assert_eq!(declare(AGENT, operator, 60).unwrap().pays_fee, Pays::No);
		let until = SWITCH + 60;
		assert_eq!(last_event(), Event::MaintenanceDeclared { operator, until }.into());
		assert_eq!(get(operator).maintenance, Maintenance { until, since: 0, used: 60 });
		assert_eq!(Told::get(), [(operator, "enter"), (operator, "excuse")]);
		assert_eq!(Registry::ineligible(&operator), Some(Ineligible::Maintenance));
		// What is open stays open.
		assert_eq!(get(operator).open_work, 1);
		Now::set(until - 1);
		assert_eq!(Registry::ineligible(&operator), Some(Ineligible::Maintenance));
		Now::set(until);
		assert_eq!(Registry::ineligible(&operator), None);
	});
}

#[test]
fn the_budget_of_a_period_lasts_for_so_much_and_no_more() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_noop!(declare(AGENT, operator, 101), Error::<Test>::BudgetSpent);
		assert_ok!(declare(AGENT, operator, 60));
		assert_noop!(declare(AGENT, operator, 10), Error::<Test>::InMaintenance);
		Now::set(60);
		assert_noop!(declare(AGENT, operator, 41), Error::<Test>::BudgetSpent);
		assert_noop!(declare(AGENT, operator, LiveTime::MAX), Error::<Test>::Overflow);
		assert_ok!(declare(AGENT, operator, 40));
		assert_eq!(get(operator).maintenance, Maintenance { until: 100, since: 0, used: 100 });
		Now::set(DAY_30 - 1);
		assert_noop!(declare(AGENT, operator, 1), Error::<Test>::BudgetSpent);
		// Another period, another budget; nothing is saved up.
		Now::set(3 * DAY_30);
		assert_noop!(declare(AGENT, operator, 101), Error::<Test>::BudgetSpent);
		assert_ok!(declare(AGENT, operator, 100));
		assert_eq!(get(operator).maintenance, Maintenance { until: 3 * DAY_30 + 100, since: 3 * DAY_30, used: 100 });
	});
}

#[test]
fn only_its_agent_or_owner_declares_for_an_active_operator() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(declare(AGENT, OperatorId::default(), 1), Error::<Test>::UnknownOperator);
		let operator = registered();
		assert_noop!(declare(AGENT, operator, 1), Error::<Test>::NotActive);
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_noop!(declare(STRANGER, operator, 1), Error::<Test>::NotAgentOrOwner);
		assert_noop!(declare(AGENT, operator, 0), Error::<Test>::NoTime);
		assert_ok!(declare(OWNER, operator, 1));
		Now::set(1);
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_noop!(declare(AGENT, operator, 1), Error::<Test>::NotActive);
	});
}

#[test]
fn declaring_is_free_once_per_period_together_with_switching() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		// `activate` was the free one.
		assert_eq!(declare(AGENT, operator, 1).unwrap().pays_fee, Pays::Yes);
		Now::set(SWITCH);
		assert_eq!(declare(AGENT, operator, 1).unwrap().pays_fee, Pays::No);
		assert_eq!(Registry::drain(signed(AGENT), operator).unwrap().pays_fee, Pays::Yes);
	});
}

#[test]
fn maintenance_protects_from_no_accusation_and_outlasts_a_pause() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(declare(AGENT, operator, 50));
		accuse(operator, Offence::SlowResponses, 1);
		assert_eq!(get(operator).frozen, PER_GPU / 10);
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_eq!(Registry::ineligible(&operator), Some(Ineligible::Maintenance));
	});
}
