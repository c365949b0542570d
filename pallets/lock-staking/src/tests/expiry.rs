use frame_support::{assert_noop, assert_ok};
use vektor_math::{growth::ONE, split::pro_rata};
use vektor_primitives::{Balance, VKTR};

use crate::{mock::*, *};

fn rewarded() -> usize {
	our_events().iter().filter(|event| matches!(event, Event::Rewarded { .. })).count()
}

/// The liquid tier's growth.
fn liquid() -> u128 {
	vault().tiers[0].growth
}

/// A lock of 90 days, equal to a liquid stake at the start, gains as that does from `until` on, and more before.
fn gains_as_liquid_from_its_day(until: impl Fn()) {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(20 * DAY);
		assert_ok!(stake(1, 10_000 * VKTR, 0));
		assert_ok!(stake(2, 10_000 * VKTR, 2));
		to_day(85);
		reward(4_000 * VKTR);
		let before = (worth(1), worth(2));
		until();
		assert_eq!(vault().day, LockStaking::today());
		let (one, two, growth) = (worth(1), worth(2), liquid());
		assert!((two - before.1) >= 2 * (one - before.0) && one > before.0, "it earned by its lock until then");
		for _ in 0..10 {
			next_interval();
			for (who, then) in [(1, one), (2, two)] {
				let even = pro_rata(then, liquid(), growth).unwrap();
				assert!(worth(who).abs_diff(even) <= 2, "{who}");
			}
		}
		assert!(worth(2) > two + 100 * VKTR);
		// Nobody has touched it.
		assert_eq!((Positions::<Test>::get(2)[0].tier, Positions::<Test>::get(2)[0].expires), (2, 91));
		let amount = worth(2);
		assert_ok!(unstake(2, 0, None));
		assert_eq!(balance(2), RICH - 10_000 * VKTR + amount);
	});
}

#[test]
fn a_lock_that_has_ended_gains_as_liquid_from_its_day_on() {
	gains_as_liquid_from_its_day(|| to_day(91));
}

#[test]
fn a_lock_whose_day_fell_into_a_stall_gains_as_liquid_when_blocks_come_again() {
	gains_as_liquid_from_its_day(|| {
		to_day(90);
		let before = (worth(2), vault().interval);
		stall(3 * DAY);
		// The interval that was on goes on: a stall is no time.
		assert_eq!((worth(2), vault().interval), before);
		next_interval();
	});
}

#[test]
fn a_lock_whose_day_fell_into_a_long_stall_gains_as_liquid_when_days_are_caught_up() {
	gains_as_liquid_from_its_day(|| {
		to_day(90);
		stall(33 * DAY);
		while vault().day < LockStaking::today() {
			pass(1);
		}
	});
}

#[test]
fn a_lock_ends_untouched_at_what_it_is_worth() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 1));
		reward(100 * VKTR);
		to_day(30);
		let before = (worth(1), worth(2));
		assert_eq!(held(2)[0].expires, 31);
		pass(DAY);
		let kept = Checkpoint { growths: vault().tiers.map(|tier| tier.growth), positions: 1 };
		assert_eq!(Checkpoints::<Test>::iter().collect::<Vec<_>>(), vec![(31, kept)]);
		assert_eq!((worth(1), held(2)[0].expires, vault().tiers[1].shares), (before.0, 0, 0));
		assert!(before.1 - worth(2) <= 1);
		assert_eq!(Expiring::<Test>::iter().count(), 0);
		assert_eq!(in_vault(), 2_100 * VKTR);
	});
}

#[test]
fn a_lock_earns_its_last_interval_as_a_lock() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 2));
		to_day(90);
		pass(INTERVAL - 1);
		reward(400 * VKTR);
		pass(1);
		assert_eq!(last_event(), Event::Rewarded { interval: 181, amount: 400 * VKTR }.into());
		reward(480 * VKTR);
		to_day(91);
		assert_eq!((worth(1), worth(2)), (1_100 * VKTR, 1_300 * VKTR - 1));
		next_interval();
		assert!(worth(1).abs_diff(1_320 * VKTR) <= 1);
		assert!(worth(2).abs_diff(1_560 * VKTR) <= 2);
	});
}

#[test]
fn locks_of_several_tiers_end_on_one_day() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 2));
		assert_ok!(stake(2, 1_000 * VKTR, 2));
		reward(400 * VKTR);
		to_day(60);
		assert_ok!(stake(1, 500 * VKTR, 1));
		assert_ok!(stake(3, 700 * VKTR, 1));
		let shares = vault().tiers[2].shares;
		assert_eq!(Expiring::<Test>::get(91), Expiry { shares: [0, 1_200 * VKTR, shares, 0], positions: 4 });
		to_day(91);
		let book = vault();
		assert_eq!(Checkpoints::<Test>::get(91).unwrap().positions, 4);
		assert_eq!(book.tiers.map(|tier| tier.shares), [3_600 * VKTR, 0, 0, 0]);
		assert_eq!((worth(1), worth(2), worth(3)), (1_700 * VKTR, 1_200 * VKTR, 700 * VKTR));
	});
}

#[test]
fn a_checkpoint_goes_with_its_last_position() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 1..=3 {
			assert_ok!(stake(who, 1_000 * VKTR, 1));
		}
		to_day(31);
		let left = || Checkpoints::<Test>::get(31).map(|kept| kept.positions);
		assert_eq!(left(), Some(3));
		assert_ok!(unstake(1, 0, Some(VKTR)));
		assert_eq!(left(), Some(2));
		// It has crossed, so it no longer counts.
		assert_ok!(unstake(1, 0, Some(VKTR)));
		assert_eq!(left(), Some(2));
		assert_ok!(extend(2, 0, 2));
		assert_eq!(left(), Some(1));
		assert_ok!(unstake(3, 0, None));
		assert_eq!(left(), None);
		assert_eq!(worth(1) + worth(2), 1_998 * VKTR);
	});
}

#[test]
fn a_day_of_no_locks_leaves_no_checkpoint() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(extend(1, 0, 2));
		to_day(50);
		assert_eq!((vault().day, Checkpoints::<Test>::iter().count()), (50, 0));
	});
}

#[test]
fn rewards_wait_until_missed_days_are_caught_up() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 1));
		to_day(28);
		pass(1);
		reward(500 * VKTR);
		System::reset_events();

		stall(10 * DAY);
		assert_eq!((vault().day, LockStaking::today()), (28, 38));
		next_interval();
		assert_eq!((vault().day, rewarded(), vault().stream.left), (32, 0, 500 * VKTR));
		assert_eq!(vault().tiers[1].shares, 0);
		pass(1);
		assert_eq!((vault().day, rewarded(), vault().stream.left), (36, 0, 500 * VKTR));
		assert_eq!((vault().stream.intervals, vault().stream.waited), (4, 0));
		pass(1);
		assert_eq!((vault().day, rewarded(), vault().stream.left), (38, 1, 375 * VKTR));
		// Intervals are of their length again.
		pass(INTERVAL - 1);
		assert_eq!(rewarded(), 1);
		pass(1);
		assert_eq!(rewarded(), 2);
		assert_eq!((worth(1), worth(2)), (1_062 * VKTR + VKTR / 2, 1_062 * VKTR + VKTR / 2));
	});
}

#[test]
fn calls_work_while_days_are_caught_up() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(stake(2, 1_000 * VKTR, 1));
		to_day(20);
		stall(20 * DAY);
		next_interval();
		assert_eq!((vault().day, LockStaking::today()), (24, 40));
		// Its day is over, but has not been ended: it is locked still, and can be locked anew.
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		assert_ok!(extend(1, 0, 1));
		assert_eq!(last_event(), Event::Extended { who: 1, position: 0, tier: 1, expires: 71 }.into());
		assert_ok!(stake(3, VKTR, 1));
		assert_eq!(held(3)[0].expires, 71);
		pass(4);
		assert_eq!(vault().day, 40);
		assert_ok!(unstake(2, 0, None));
		assert_eq!((balance(2), in_vault()), (RICH, 1_001 * VKTR));
	});
}

#[test]
fn at_its_day_a_lock_is_over_and_a_block_before_it_is_not() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 1..=4 {
			assert_ok!(stake(who, 1_000 * VKTR, 1));
		}
		to_day(30);
		pass(DAY - 1);
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		assert_ok!(extend(2, 0, 1));
		assert_eq!(held(2)[0].expires, 61);
		pass(1);
		assert_ok!(unstake(1, 0, None));
		assert_ok!(extend(3, 0, 1));
		assert_eq!((held(2)[0].expires, held(3)[0].expires, held(4)[0].expires), (61, 62, 0));
		assert_eq!(Checkpoints::<Test>::get(31).unwrap().positions, 1);
		assert_eq!(Expiring::<Test>::get(61).positions + Expiring::<Test>::get(62).positions, 2);
		to_day(61);
		assert_ok!(unstake(2, 0, None));
		assert_noop!(unstake(3, 0, None), Error::<Test>::StillLocked);
	});
}

/// Blocks that were missed shift intervals against days.
#[test]
fn a_lock_ends_with_the_first_interval_of_its_day() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(stake(2, 1_000 * VKTR, 1));
		stall(3);
		to_day(31);
		assert_eq!((LockStaking::today(), vault().day), (31, 30));
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		assert_ok!(extend(2, 0, 1));
		assert_eq!(held(2)[0].expires, 62);
		next_interval();
		assert_eq!(vault().day, 31);
		assert_ok!(unstake(1, 0, None));
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
	});
}

#[test]
fn many_days_of_many_locks_end_each_at_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 1..=19 {
			assert_ok!(stake(who, (100 + Balance::from(who)) * VKTR, 1));
			pass(DAY);
		}
		reward(400 * VKTR);
		for who in 1..=19 {
			to_day(29 + who as u32);
			let before = worth(who);
			assert_noop!(unstake(who, 0, None), Error::<Test>::StillLocked);
			pass(DAY);
			assert!(before - worth(who) <= 1 && held(who)[0].expires == 0);
			assert_eq!(Checkpoints::<Test>::iter().count(), who as usize);
		}
		assert_eq!(Expiring::<Test>::iter().count(), 0);
		assert!(vault().tiers[1].growth > ONE);
		for who in 1..=19 {
			assert_ok!(unstake(who, 0, None));
		}
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
		assert!(in_vault() <= 40 + vault().stream.left);
	});
}
