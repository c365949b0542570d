use frame_support::assert_ok;
use vektor_primitives::{Balance, VKTR};

use crate::{mock::*, *};

/// Seven days of two intervals each.
const LATE: u32 = 14;

fn forfeited() -> Vec<Balance> {
	let amount = |event| match event {
		Event::RewardForfeited { amount } => Some(amount),
		_ => None,
	};
	our_events().into_iter().filter_map(amount).collect()
}

#[test]
fn a_reward_that_finds_nobody_waits() {
	ExtBuilder::default().build_and_execute(|| {
		reward(140 * VKTR);
		for waited in 1..=Patience::get() {
			next_interval();
			assert_eq!(vault().stream, Stream { left: 140 * VKTR, real: 0, intervals: 4, waited, ..Stream::default() });
		}
		assert_eq!((our_events(), in_vault(), balance(TREASURY)), (vec![], 140 * VKTR, MIN));
	});
}

#[test]
fn a_reward_that_waited_streams_over_seven_days() {
	ExtBuilder::default().build_and_execute(|| {
		reward(140 * VKTR);
		pass(7 * INTERVAL);
		assert_ok!(stake(1, MIN_TOTAL, 0));
		for interval in 1..=LATE {
			next_interval();
			assert_eq!(last_event(), Event::Rewarded { interval: 7 + interval, amount: 10 * VKTR }.into());
			assert_eq!(vault().stream.waited, 0);
			assert_eq!(vault().stream.left, Balance::from(LATE - interval) * 10 * VKTR);
		}
		next_interval();
		assert_eq!((worth(1), vault().stream), (MIN_TOTAL + 140 * VKTR, Stream::default()));
	});
}

#[test]
fn a_reward_that_waited_in_vain_goes_to_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		reward(140 * VKTR);
		pass(Patience::get() * INTERVAL);
		assert_eq!(balance(TREASURY), MIN);
		next_interval();
		assert_eq!(last_event(), Event::RewardForfeited { amount: 140 * VKTR }.into());
		assert_eq!((balance(TREASURY), in_vault()), (MIN + 140 * VKTR, 0));
		assert_eq!(vault().stream, Stream::default());
		pass(100);
		assert_eq!(forfeited(), vec![140 * VKTR]);
	});
}

#[test]
fn what_is_staked_stays_when_a_reward_goes_to_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 10 * VKTR, 2));
		reward(140 * VKTR);
		pass(200);
		assert_eq!((forfeited(), worth(1), in_vault()), (vec![140 * VKTR], 10 * VKTR, 10 * VKTR));
	});
}

#[test]
fn too_little_in_all_by_the_tiers_weights_keeps_a_reward_waiting() {
	for (liquid, waited) in [(400 * VKTR - 1, 1), (400 * VKTR, 0)] {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(stake(1, liquid, 0));
			// 200 in a tier of three.
			assert_ok!(stake(2, 200 * VKTR, 2));
			reward(140 * VKTR);
			next_interval();
			assert_eq!(vault().stream.waited, waited);
			assert_eq!(vault().stream.left, if waited > 0 { 140 * VKTR } else { 105 * VKTR });
		});
	}
}

#[test]
fn a_reward_begins_to_wait_again_when_too_many_leave() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, MIN_TOTAL, 0));
		reward(400 * VKTR);
		next_interval();
		assert_ok!(unstake(1, 0, Some(MIN_TOTAL - VKTR)));
		// But for its part, what the interval would have brought is back.
		assert!(vault().stream.left.abs_diff(399 * VKTR + 9 * VKTR / 10) <= 1);
		pass(3 * INTERVAL);
		assert_eq!((vault().stream.waited, forfeited()), (3, vec![]));
		pass(10 * INTERVAL);
		assert_eq!(forfeited().len(), 1);
		assert_eq!(in_vault(), MIN_TOTAL - (MIN_TOTAL - VKTR) + 400 * VKTR - forfeited()[0]);
	});
}

#[test]
fn a_new_reward_is_not_forfeited_for_what_a_speck_before_it_waited() {
	ExtBuilder::default().build_and_execute(|| {
		reward(1);
		pass(Patience::get() * INTERVAL);
		reward(1_000_000 * VKTR);
		pass(2 * INTERVAL);
		assert_eq!(forfeited().iter().filter(|amount| **amount > 1).count(), 0);
	});
}

#[test]
fn without_tiers_a_reward_waits() {
	ExtBuilder::default().tiers(Default::default()).build_and_execute(|| {
		reward(140 * VKTR);
		pass(13 * INTERVAL);
		assert_eq!(forfeited(), vec![140 * VKTR]);
		assert_eq!(balance(TREASURY), MIN + 140 * VKTR);
	});
}

/// The treasury would be below the least balance, so it takes nothing; the reward is not lost.
#[test]
fn what_the_treasury_does_not_take_stays() {
	use frame_support::traits::{fungible::Mutate, tokens::Preservation::Expendable};
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(<Balances as Mutate<_>>::transfer(&TREASURY, &1, MIN, Expendable));
		reward(MIN - 1);
		pass(20 * INTERVAL);
		assert_eq!((forfeited(), vault().stream.left), (vec![], MIN - 1));
		reward(1);
		next_interval();
		assert_eq!((forfeited(), balance(TREASURY)), (vec![MIN], MIN));
	});
}
