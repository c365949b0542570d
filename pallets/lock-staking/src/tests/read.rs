use frame_support::{assert_ok, traits::Hooks};
use vektor_primitives::VKTR;

use crate::{mock::*, *};

#[test]
fn a_position_is_shown_with_its_worth_its_day_and_its_multipliers() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 2 * VKTR, 0));
		assert_ok!(stake(1, 3 * VKTR, 2));
		let rows: Vec<_> = held(1).iter().map(|held| (held.worth, held.expires, held.yields.0, held.votes.0)).collect();
		assert_eq!(rows, vec![(2 * VKTR, 0, 1_000_000, 1_000_000), (3 * VKTR, 91, 3_000_000, 3_000_000)]);
		assert_eq!(held(2), vec![]);
	});
}

#[test]
fn a_lock_that_has_ended_is_shown_as_liquid_and_stays_as_it_is() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 1));
		to_day(31);
		let stored = Positions::<Test>::get(1);
		let shown = held(1)[0];
		assert_eq!((shown.worth, shown.expires, shown.yields.0, shown.position.tier), (3 * VKTR, 0, 1_000_000, 0));
		assert_eq!((stored[0].tier, stored[0].expires), (1, 31));
		assert_eq!(Positions::<Test>::get(1), stored);
		assert!(Checkpoints::<Test>::contains_key(31));
	});
}

#[test]
fn a_day_begins_at_its_slot() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!([0, 1, 91, u32::MAX].map(LockStaking::day_begins), [0, 10, 910, u32::MAX]);
		pass(9);
		assert_eq!(LockStaking::today(), 0);
		pass(1);
		assert_eq!(LockStaking::today(), 1);
	});
}

#[test]
fn a_block_says_whether_it_began_an_interval() {
	ExtBuilder::default().build_and_execute(|| {
		Height::set(INTERVAL - 1);
		assert_eq!(LockStaking::on_initialize(0), <Test as Config>::WeightInfo::within_an_interval());
		Height::set(INTERVAL);
		assert_eq!(LockStaking::on_initialize(0), <Test as Config>::WeightInfo::begin_interval());
		assert_eq!((vault().interval, vault().began), (1, INTERVAL));
		assert_eq!(LockStaking::on_initialize(0), <Test as Config>::WeightInfo::within_an_interval());
	});
}
