//! `set_agent` and `update`.

use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{traits::OperatorRegistry, OperatorId};

use crate::{mock::*, *};

#[test]
fn another_key_signs_and_the_old_one_is_free() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_ok!(Registry::set_agent(signed(OWNER), operator, 12));
		assert_eq!(last_event(), Event::AgentSet { operator, old: AGENT, new: 12 }.into());
		assert_eq!((Registry::by_agent(&AGENT), Registry::by_agent(&12)), (None, Some(operator)));
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::NotAgentOrOwner);
		assert_ok!(Registry::activate(signed(12), operator));
		assert_ok!(try_register(2, AGENT, PER_GPU));
	});
}

#[test]
fn a_key_in_use_is_not_taken_over() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_ok!(try_register(2, 12, PER_GPU));
		for agent in [AGENT, 12] {
			assert_noop!(Registry::set_agent(signed(OWNER), operator, agent), Error::<Test>::AgentInUse);
		}
	});
}

#[test]
fn an_agent_does_not_appoint_another() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		for who in [AGENT, STRANGER] {
			assert_noop!(Registry::set_agent(signed(who), operator, 13), Error::<Test>::NotOwner);
		}
		assert_noop!(Registry::set_agent(signed(OWNER), OperatorId::default(), 13), Error::<Test>::UnknownOperator);
	});
}

#[test]
fn what_is_given_changes_and_the_rest_stays() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_ok!(Registry::update(signed(AGENT), operator, Some(region("us-east")), None));
		assert_eq!(get(operator).endpoint, endpoint("http://127.0.0.1:9955"));
		assert_ok!(Registry::update(signed(OWNER), operator, None, Some(endpoint("http://a:1"))));
		let event = Event::Updated { operator, region: region("us-east"), endpoint: endpoint("http://a:1") };
		assert_eq!(last_event(), event.into());
		assert_eq!((get(operator).region, get(operator).endpoint), (region("us-east"), endpoint("http://a:1")));
	});
}

#[test]
fn an_update_of_nothing_or_to_something_unreadable_is_refused() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		let update = |region, endpoint| Registry::update(signed(AGENT), operator, region, endpoint);
		assert_noop!(update(None, None), Error::<Test>::NothingToUpdate);
		assert_noop!(update(Some(region("")), None), Error::<Test>::InvalidRegion);
		assert_noop!(update(None, Some(endpoint("a"))), Error::<Test>::InvalidEndpoint);
	});
}

#[test]
fn a_stranger_does_not_update() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		let update = |operator| Registry::update(signed(STRANGER), operator, Some(region("a")), None);
		assert_noop!(update(operator), Error::<Test>::NotAgentOrOwner);
		assert_noop!(update(OperatorId::default()), Error::<Test>::UnknownOperator);
	});
}
