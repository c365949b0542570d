//! What somebody might gain by staking at the right moment, by little, or by giving.

use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Mutate, tokens::Preservation::Preserve},
};
use vektor_math::growth::ONE;
use vektor_primitives::{Balance, VKTR};

use crate::{mock::*, *};

fn donate(amount: Balance) {
	assert_ok!(<Balances as Mutate<_>>::transfer(&20, &LockStaking::pot(), amount, Preserve));
}

/// What an account gains that is in for so many blocks, from that block of an interval on, beside an equal stake; and its
/// share of the time.
fn in_and_out(at: u32, blocks: u32) -> (i128, i128) {
	let mut gain = 0;
	const LENGTH: u32 = 200 * INTERVAL;
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(LENGTH);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(1_000 * VKTR);
		next_interval();
		next_interval();
		pass(at);
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		pass(blocks);
		assert_ok!(unstake(2, 0, None));
		gain = balance(2) as i128 - RICH as i128;
	});
	(gain, (1_000 * VKTR / Balance::from(LENGTH) * Balance::from(blocks) / 2) as i128)
}

#[test]
fn in_and_out_earns_no_more_than_its_time() {
	for at in 0..INTERVAL {
		for blocks in [1, 2, 6, 11, 50, 53] {
			let (gain, share) = in_and_out(at, blocks);
			assert!(gain <= share, "{gain} in {blocks} blocks from {at} on");
			if blocks <= INTERVAL {
				assert!((-1..=0).contains(&gain), "{gain} within an interval");
			}
		}
	}
}

#[test]
fn a_first_stake_and_a_gift_do_not_cost_the_next() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, VKTR, 0));
		donate(1_000_000 * VKTR);
		assert_ok!(stake(2, 100 * VKTR + 1, 0));
		next_interval();
		assert_eq!((worth(1), worth(2)), (VKTR, 100 * VKTR + 1));
		assert_eq!((vault().tiers[0].growth, vault().tiers[0].next), (ONE, ONE));
		assert_ok!(unstake(2, 0, None));
		assert_eq!(balance(2), RICH);
	});
}

#[test]
fn a_first_staker_whom_all_rewards_went_to_costs_the_next_no_more_than_units() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, MIN_TOTAL, 0));
		reward(1_000_000 * VKTR);
		next_interval();
		next_interval();
		assert_ok!(unstake(1, 0, Some(1_000_000 * VKTR)));
		assert_eq!(vault().tiers[0].growth, 1_001 * ONE);
		assert_ok!(stake(2, 100 * VKTR + 999, 0));
		// A share is worth 1_001 units, and none is divided.
		assert!(100 * VKTR + 999 - worth(2) < 1_001);
	});
}

#[test]
fn a_gift_to_the_vault_changes_nobodys_worth() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1 + AccountId::from(tier), 1_000 * VKTR, tier));
		}
		reward(400 * VKTR);
		next_interval();
		let (before, worths) = (vault(), [1, 2, 3].map(worth));
		donate(5_000 * VKTR);
		assert_eq!((vault(), [1, 2, 3].map(worth)), (before, worths));
		pass(100);
		let gained = [1, 2, 3].map(worth).iter().sum::<Balance>() - 3_000 * VKTR;
		assert!(gained <= 400 * VKTR);
		assert_eq!(in_vault(), 8_400 * VKTR);
	});
}

#[test]
fn the_smallest_stake_beside_the_largest_has_its_share() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 1..=10 {
			assert_ok!(stake(who, 9_999_999 * VKTR, 0));
		}
		assert_ok!(stake(11, VKTR, 0));
		reward(400 * VKTR);
		pass(6 * INTERVAL);
		let ideal = 400 * VKTR * VKTR / (10 * 9_999_999 * VKTR + VKTR);
		assert!(ideal > 1_000_000);
		assert!(worth(11) - VKTR <= ideal && worth(11) - VKTR + 1 >= ideal);
	});
}

#[test]
fn no_position_is_dust() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(stake(1, 1, 0), Error::<Test>::BelowMinimum);
		assert_ok!(stake(1, 2 * VKTR, 0));
		assert_noop!(unstake(1, 0, Some(2 * VKTR - 1)), Error::<Test>::BelowMinimum);
		// Nor does a stake grow by coming and going.
		for nth in 0..100 {
			assert_ok!(stake(2, VKTR, 0));
			assert_ok!(unstake(2, nth, None));
		}
		assert_eq!((balance(2), in_vault()), (RICH, 2 * VKTR));
	});
}

#[test]
fn coming_and_going_at_any_growth_gains_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR + 3, 0));
		reward(777 * VKTR + 7);
		for nth in 0..60 {
			pass(1);
			let before = (worth(1), balance(2));
			assert_ok!(stake(2, VKTR + 12_345, 0));
			assert_ok!(unstake(2, nth, Some(1_111)));
			assert_ok!(unstake(2, nth, None));
			assert_eq!(worth(1), before.0);
			assert!(balance(2) <= before.1 && balance(2) + 4 >= before.1);
		}
	});
}

#[test]
fn a_tier_that_everyone_left_has_no_ghosts() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 5_000 * VKTR, 2));
		for who in 2..=4 {
			assert_ok!(stake(who, 700 * VKTR + 13, 0));
		}
		reward(400 * VKTR);
		pass(3 * INTERVAL);
		for who in 2..=4 {
			assert_ok!(unstake(who, 0, None));
		}
		assert_eq!((vault().tiers[0].shares, vault().tiers[0].fresh), (0, 0));
		let left = worth(1);
		pass(3 * INTERVAL);
		assert!(worth(1) > left);

		let growth = vault().tiers[0].growth;
		assert!(growth > ONE);
		assert_ok!(stake(5, 700 * VKTR, 0));
		assert!(700 * VKTR - worth(5) <= 1);
		pass(3 * INTERVAL);
		// What was still on its way had gone to whom was there.
		assert!(worth(5).abs_diff(700 * VKTR) <= 5);
	});
}

/// Locks that end are moved together, each position by itself: the rounding leaves shares that are nobody's.
#[test]
fn shares_that_rounding_leaves_earn_next_to_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(20, 5_000 * VKTR, 0));
		for who in 1..=19 {
			assert_ok!(stake(who, VKTR + 1_234_567 * Balance::from(who), 1));
		}
		reward(3_333 * VKTR + 1);
		to_day(31);
		for who in 1..=19 {
			assert_ok!(unstake(who, 0, None));
		}
		assert_ok!(unstake(20, 0, None));
		assert!(vault().tiers[0].shares <= 19);
		assert_ok!(stake(1, MIN_TOTAL + VKTR, 0));
		reward(1_000 * VKTR);
		pass(6 * INTERVAL);
		assert!(worth(1).abs_diff(MIN_TOTAL + VKTR + 1_000 * VKTR) <= 40);
	});
}
