use frame_support::assert_ok;

use super::*;
use crate::{mock::*, HeldDeposit};

#[test]
fn an_owner_sees_every_deposit_and_when_it_is_free() {
	execute(|| {
		let model = registered(ALICE);
		let held = |removable| HeldDeposit { model, amount: 1_200, challenge: false, removable };
		assert_eq!(Registry::held(ALICE), vec![held(None)]);
		assert_eq!(Registry::held(BOB), vec![]);
		assert_ok!(Registry::retire(RuntimeOrigin::signed(ALICE), model));
		assert_eq!(Registry::held(ALICE), vec![held(Some(100 + RETIRE_PERIOD))]);
	});
}

#[test]
fn a_listing_keeps_what_is_asked_for_and_no_more_than_its_limit() {
	execute(|| {
		let model = registered(ALICE);
		let other = registered(BOB);
		let ids = |limit, keep: fn(&ModelId, &crate::Model<AccountId>) -> bool| {
			let listed = Registry::list(limit, keep).into_iter();
			listed.map(|(id, _)| id).collect::<Vec<_>>()
		};
		assert_eq!(ids(2, |_, record| record.owner == ALICE), vec![model]);
		assert_eq!(ids(2, |_, record| record.owner == BOB), vec![other]);
		assert_eq!(ids(1, |_, _| true).len(), 1);
		assert_eq!(ids(2, |_, _| true).len(), 2);
	});
}
