//! What runtime APIs read.

use frame_support::assert_ok;
use vektor_primitives::OperatorStatus;

use crate::{mock::*, *};

#[test]
fn an_owner_sees_every_unit_of_its_own_and_when_it_is_free() {
	ExtBuilder::build_and_execute(|| {
		let first = unbonding();
		assert_ok!(try_register(OWNER, 12, MIN_COLLATERAL));
		assert_ok!(try_register(2, 13, PER_GPU));
		let mut held = Registry::held(OWNER);
		held.sort_by_key(|held| held.amount);
		let second = HeldCollateral { operator: id(OWNER, 1), amount: MIN_COLLATERAL, frozen: 0, free_at: None };
		let first = HeldCollateral { operator: first, amount: PER_GPU, frozen: 0, free_at: Some(PERIOD) };
		assert_eq!(held, [second, first]);
		assert_eq!(Registry::held(STRANGER), []);
	});
}

#[test]
fn a_listing_is_filtered_and_bounded() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(try_register(2, 12, PER_GPU));
		assert_ok!(try_register(2, 13, PER_GPU));
		assert_eq!(Registry::list(2, |_, _| true).len(), 2);
		let active = Registry::list(10, |_, record| record.status == OperatorStatus::Active);
		assert_eq!(active, [(operator, get(operator))]);
	});
}

#[test]
fn what_is_required_is_the_class_times_the_gpus() {
	ExtBuilder::build_and_execute(|| {
		let operator = registered();
		set(operator, |record| record.gpus = 8);
		assert_eq!(Registry::required(&get(operator)), 8 * PER_GPU);
	});
}
