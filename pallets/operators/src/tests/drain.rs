//! Taking no new work, and what switching to and fro costs.

use frame_support::{assert_noop, assert_ok, pallet_prelude::Pays};
use vektor_primitives::{traits::OperatorRegistry, Ineligible, Needs, OperatorId, OperatorStatus, Usd};

use crate::{mock::*, *};

#[test]
fn a_draining_operator_takes_nothing_new_and_keeps_what_is_open() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(5)));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_eq!(last_event(), Event::Draining { operator }.into());
		assert_eq!(Registry::check(&operator, &Needs::default()), Err(Ineligible::NotActive));
		assert_noop!(Registry::take_exposure(&operator, work(2), Usd(5)), Error::<Test>::NotActive);
		let record = get(operator);
		assert_eq!((record.status, record.open_work), (OperatorStatus::Draining, 1));
		assert_eq!(record.collateral, PER_GPU);
		Registry::free_exposure(&operator, work(1));
		assert_eq!(get(operator).open_work, 0);
	});
}

#[test]
fn only_an_active_operator_drains() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		assert_noop!(Registry::drain(signed(AGENT), operator), Error::<Test>::NotActive);
		assert_noop!(Registry::drain(signed(AGENT), OperatorId::default()), Error::<Test>::UnknownOperator);
	});
}

#[test]
fn the_owner_may_drain_too_and_nobody_else() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_noop!(Registry::drain(signed(STRANGER), operator), Error::<Test>::NotAgentOrOwner);
		assert_ok!(Registry::drain(signed(OWNER), operator));
	});
}

#[test]
fn switching_is_free_once_per_period_and_else_costs_its_fee() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		let on = || Registry::activate(signed(AGENT), operator).unwrap().pays_fee;
		let off = || Registry::drain(signed(AGENT), operator).unwrap().pays_fee;
		Now::set(7);
		assert_eq!([on(), off(), on()], [Pays::No, Pays::Yes, Pays::Yes]);
		Now::set(7 + SWITCH - 1);
		assert_eq!(off(), Pays::Yes);
		// Switches that were paid do not put the next free one off.
		Now::set(7 + SWITCH);
		assert_eq!([on(), off()], [Pays::No, Pays::Yes]);
	});
}
