use frame_support::{assert_ok, traits::Hooks};
use vektor_primitives::{Balance, VKTR};

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
fn a_stake_of_today_becomes_liquid_at_a_slot() {
	ExtBuilder::default().build_and_execute(|| {
		pass(DAY + 3);
		let slots: Vec<_> = tiers().iter().map(LockStaking::liquid_at).collect();
		assert_eq!(slots, vec![0, 32 * DAY, 92 * DAY]);
		assert_ok!(stake(1, VKTR, 1));
		assert_eq!(LockStaking::day_begins(held(1)[0].expires), slots[1]);
		let endless = Tier { days: u32::MAX, ..tiers()[2] };
		assert_eq!(LockStaking::liquid_at(&endless), u32::MAX);
	});
}

/// A hundred intervals.
const YEAR: u32 = 100 * INTERVAL;

/// What each tier earns: from what clients paid, and from what is emitted.
fn rates() -> Vec<(u64, u64)> {
	LockStaking::rates(YEAR).iter().map(|rate| (rate.real, rate.emission)).collect()
}

#[test]
fn what_clients_paid_and_what_is_emitted_are_shown_apart_for_each_tier() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1 + AccountId::from(tier), 1_000 * VKTR, tier));
		}
		revenue(550 * VKTR);
		// A quarter of it in each interval, a tenth of that to each unit of weight of 5_500.
		assert_eq!(rates(), vec![(2_500_000, 0), (3_750_000, 0), (7_500_000, 0)]);
		reward(1_100 * VKTR);
		assert_eq!(rates(), vec![(2_500_000, 5_000_000), (3_750_000, 7_500_000), (7_500_000, 15_000_000)]);
		let shown = LockStaking::rates(YEAR);
		assert_eq!(shown.iter().map(|rate| (rate.tier, rate.staked)).collect::<Vec<_>>(), {
			tiers().iter().map(|tier| (*tier, 1_000 * VKTR)).collect::<Vec<_>>()
		});
	});
}

#[test]
fn emission_alone_is_no_real_yield() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		assert_eq!(rates(), vec![(0, 10_000_000), (0, 15_000_000), (0, 30_000_000)]);
	});
}

#[test]
fn a_tier_that_nobody_is_in_shows_what_it_would_earn() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		revenue(4 * VKTR);
		let shown = LockStaking::rates(YEAR);
		assert_eq!(shown.iter().map(|rate| rate.staked).collect::<Vec<_>>(), vec![1_000 * VKTR, 0, 0]);
		assert_eq!(rates(), vec![(100_000, 0), (150_000, 0), (300_000, 0)]);
	});
}

#[test]
fn nothing_is_earned_while_rewards_wait() {
	let nothing = vec![(0, 0); 3];
	ExtBuilder::default().build_and_execute(|| {
		revenue(100 * VKTR);
		assert_eq!(rates(), nothing);
		assert_ok!(stake(1, MIN_TOTAL - 1, 0));
		assert_eq!(rates(), nothing);
		next_interval();
		assert_eq!((vault().stream.waited, rates()), (1, nothing.clone()));
		// Enough by now: that is seen when an interval has begun with it.
		assert_ok!(stake(1, VKTR, 0));
		assert_eq!(rates(), nothing);
		next_interval();
		assert!(rates()[0].0 > 0);
	});
}

#[test]
fn without_a_stream_or_without_tiers_nothing_is_earned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_eq!(rates(), vec![(0, 0); 3]);
		revenue(400 * VKTR);
		pass(6 * INTERVAL);
		assert_eq!(rates(), vec![(0, 0); 3]);
		assert_eq!(LockStaking::rates(0).len(), 3);
	});
	ExtBuilder::default().tiers(Default::default()).build_and_execute(|| {
		revenue(400 * VKTR);
		assert_eq!(LockStaking::rates(YEAR), vec![]);
	});
}

#[test]
fn a_year_that_is_shorter_than_an_interval_earns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		revenue(400 * VKTR);
		for year in [0, INTERVAL - 1] {
			assert!(LockStaking::rates(year).iter().all(|rate| (rate.real, rate.emission) == (0, 0)));
		}
		assert_eq!(LockStaking::rates(INTERVAL)[0].real, 100_000);
	});
}

#[test]
fn the_pace_is_what_the_next_interval_brings() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1 + AccountId::from(tier), 12_345 * VKTR + 678, tier));
		}
		revenue(987 * VKTR + 654_321);
		reward(333 * VKTR + 1);
		for _ in 0..4 {
			let pace: Vec<_> = rates().iter().map(|(real, emission)| Balance::from(real + emission)).collect();
			next_interval();
			// The interval's reward is on its way, by what each is worth now.
			let before = [1, 2, 3].map(worth);
			for (at, book) in vault().tiers.iter().enumerate().take(3) {
				// Each tier is one account's.
				let gained = (book.owed().unwrap() - before[at]) * 100;
				let shown = before[at] * pace[at] / 1_000_000;
				// Two rates rounded down, by a millionth each and twice, and a hundred intervals of a few units.
				assert!(gained.abs_diff(shown) <= 8 * before[at] / 1_000_000 + 1_000, "{gained} is not {shown}");
			}
		}
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

#[test]
fn what_is_staked_is_what_its_positions_are_worth_while_some_has_just_come() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		next_interval();
		reward(100 * VKTR);
		next_interval();
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		let all = worth(1) + worth(2);
		assert!(LockStaking::rates(YEAR)[0].staked.abs_diff(all) <= 1);
	});
}
