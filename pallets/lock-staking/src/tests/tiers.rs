use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use vektor_primitives::{Ppm, VKTR};

use crate::{mock::*, *};

fn set(tiers: Tiers) -> sp_runtime::DispatchResult {
	LockStaking::set_tiers(RuntimeOrigin::root(), tiers, Rules::default())
}

fn four() -> Tiers {
	let mut table = tiers();
	table.try_push(Tier { days: 365, yields: Ppm(10_000_000), votes: Ppm(1_000_000) }).unwrap();
	table
}

#[test]
fn root_sets_the_tiers() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(four()));
		assert_eq!(last_event(), Event::TiersSet { tiers: four(), rules: Rules::default() }.into());
		assert_eq!(TierTable::<Test>::get(), four());
		assert_ok!(stake(1, VKTR, 3));
		assert_eq!(held(1)[0].expires, 366);
	});
}

#[test]
fn nobody_else_sets_the_tiers() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LockStaking::set_tiers(RuntimeOrigin::signed(1), four(), Rules::default()), BadOrigin);
		assert_noop!(LockStaking::set_tiers(RuntimeOrigin::none(), four(), Rules::default()), BadOrigin);
	});
}

#[test]
fn tiers_that_cannot_be_followed_are_refused() {
	let unsound = |change: &dyn Fn(&mut Tiers)| {
		ExtBuilder::default().build_and_execute(|| {
			let mut table = four();
			change(&mut table);
			assert_noop!(set(table), Error::<Test>::TiersUnsound);
		});
	};
	// The first is liquid, and no other.
	unsound(&|table| table[0].days = 1);
	unsound(&|table| table[2].days = 0);
	// From one to ten.
	unsound(&|table| table[0].yields = Ppm(999_999));
	unsound(&|table| table[3].yields = Ppm(10_000_001));
	unsound(&|table| table[0].votes = Ppm(0));
	unsound(&|table| table[1].votes = Ppm(u32::MAX));
}

#[test]
fn rules_that_give_more_than_half_of_a_yield_away_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |delegates, validators| {
			let rules = Rules { tokens_vote: true, delegates: Ppm(delegates), validators: Ppm(validators) };
			LockStaking::set_tiers(RuntimeOrigin::root(), tiers(), rules)
		};
		assert_noop!(set(250_000, 250_001), Error::<Test>::TiersUnsound);
		assert_noop!(set(500_001, 0), Error::<Test>::TiersUnsound);
		assert_noop!(set(0, 500_001), Error::<Test>::TiersUnsound);
		assert_noop!(set(u32::MAX, u32::MAX), Error::<Test>::TiersUnsound);
		assert_eq!(Terms::<Test>::get(), Rules::default());
		assert_ok!(set(250_000, 250_000));
		let rules = Rules { tokens_vote: true, delegates: Ppm(250_000), validators: Ppm(250_000) };
		assert_eq!(Terms::<Test>::get(), rules);
		assert_eq!(last_event(), Event::TiersSet { tiers: tiers(), rules }.into());
	});
}

#[test]
fn votes_count_by_the_tiers_that_there_are() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 5_000_000 * VKTR, 2));
		let mut table = tiers();
		table[2].votes = Ppm(10_000_000);
		assert_ok!(set(table));
		assert_eq!(LockStaking::power(&1), 50_000_000 * VKTR);
		// Support is measured against them from the next interval on.
		assert_eq!(Electorate::<Test>::get(), RICH);
		next_interval();
		assert_eq!(Electorate::<Test>::get(), 50_000_000 * VKTR);
	});
}

#[test]
fn a_tier_that_may_be_in_use_stays() {
	ExtBuilder::default().build_and_execute(|| {
		let mut table = tiers();
		table.pop();
		assert_noop!(set(table), Error::<Test>::TiersUnsound);
		assert_noop!(set(Default::default()), Error::<Test>::TiersUnsound);
		assert_ok!(set(tiers()));
	});
}

#[test]
fn lock_staking_that_is_off_is_switched_on() {
	use vektor_primitives::traits::RewardStream;
	ExtBuilder::default().tiers(Default::default()).build_and_execute(|| {
		assert!(!LockStaking::is_open());
		assert_ok!(set(Default::default()));
		assert!(!LockStaking::is_open());
		assert_ok!(set(tiers()));
		assert!(LockStaking::is_open());
		assert_ok!(stake(1, VKTR, 2));
	});
}

#[test]
fn what_a_lock_promised_it_keeps() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, VKTR, 1));
		let mut table = tiers();
		table[1].days = 5;
		assert_ok!(set(table));
		assert_ok!(stake(2, VKTR, 1));
		assert_eq!((held(1)[0].expires, held(2)[0].expires), (31, 6));
		to_day(30);
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		assert_ok!(unstake(2, 0, None));
	});
}

#[test]
fn multipliers_count_from_the_next_interval_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 2));
		reward(400 * VKTR);
		next_interval();
		let mut table = tiers();
		table[2].yields = Ppm(1_000_000);
		assert_ok!(set(table));
		next_interval();
		// The interval that was on had shared its hundred one to three.
		assert_eq!((worth(1), worth(2)), (1_025 * VKTR, 1_075 * VKTR));
		next_interval();
		assert_eq!(worth(1) - 1_025 * VKTR, 100 * VKTR * 1_025 / 2_100);
		assert_eq!(worth(2) - 1_075 * VKTR, 100 * VKTR * 1_075 / 2_100);
	});
}
