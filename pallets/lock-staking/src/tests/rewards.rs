use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use vektor_math::{growth::ONE, split::pro_rata};
use vektor_primitives::{
	traits::{RewardStream, Yield},
	Balance, VKTR,
};

use crate::{mock::*, *};

fn rewarded() -> Vec<Balance> {
	let amount = |event| match event {
		Event::Rewarded { amount, .. } => Some(amount),
		_ => None,
	};
	our_events().into_iter().filter_map(amount).collect()
}

/// What the vault holds beyond what it owes: what rounding left when shares were bought.
fn residue() -> Balance {
	in_vault() - vault().owed().unwrap()
}

/// What the tiers owe beyond what their positions are worth, rounded down each.
fn unpaid() -> Balance {
	let everyone: Balance = (1..=20).map(worth).sum();
	vault().owed().unwrap() - vault().stream.left - everyone
}

#[test]
fn a_reward_moves_into_the_vault_and_streams() {
	ExtBuilder::default().build_and_execute(|| {
		let before = balance(PAYER);
		assert_ok!(LockStaking::push(&PAYER, Yield::Emission, 7 * VKTR));
		assert_eq!((balance(PAYER), in_vault()), (before - 7 * VKTR, 7 * VKTR));
		assert_eq!(vault().stream, Stream { left: 7 * VKTR, real: 0, intervals: 4, waited: 0, ..Stream::default() });
		assert_eq!(vault().owed(), Some(7 * VKTR));
	});
}

#[test]
fn a_reward_that_nobody_has_or_that_does_not_fit_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LockStaking::push(&77, Yield::Emission, VKTR), TokenError::FundsUnavailable);
	});
	ExtBuilder::default().build().execute_with(|| {
		Book::<Test>::mutate(|vault| vault.stream.left = u128::MAX);
		assert_noop!(LockStaking::push(&PAYER, Yield::Emission, VKTR), Error::<Test>::Overflow);
		Book::<Test>::mutate(|vault| (vault.stream.left, vault.stream.real) = (0, u128::MAX));
		assert_noop!(LockStaking::push(&PAYER, Yield::Real, VKTR), Error::<Test>::Overflow);
	});
}

#[test]
fn what_clients_paid_is_a_part_of_the_stream() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(LockStaking::push(&PAYER, Yield::Real, 100 * VKTR));
		assert_eq!(
			vault().stream,
			Stream { left: 100 * VKTR, real: 100 * VKTR, intervals: 4, waited: 0, ..Stream::default() }
		);
		assert_ok!(LockStaking::push(&PAYER, Yield::Emission, 300 * VKTR));
		assert_eq!(
			vault().stream,
			Stream { left: 400 * VKTR, real: 100 * VKTR, intervals: 4, waited: 0, ..Stream::default() }
		);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		for (left, real) in [(300, 75), (200, 50), (100, 25), (0, 0)] {
			next_interval();
			assert_eq!((vault().stream.left, vault().stream.real), (left * VKTR, real * VKTR));
		}
	});
}

#[test]
fn what_clients_paid_is_forfeited_with_the_rest_of_the_stream() {
	ExtBuilder::default().build_and_execute(|| {
		revenue(100 * VKTR);
		reward(100 * VKTR);
		pass(INTERVAL * Patience::get());
		assert_eq!(vault().stream.real, 100 * VKTR);
		next_interval();
		assert_eq!(vault().stream, Stream::default());
	});
}

#[test]
fn what_clients_paid_is_never_more_than_the_stream() {
	for seed in 1..40 {
		ExtBuilder::default().build_and_execute(|| {
			for who in 1..=6 {
				assert_ok!(stake(who, 1_000 * VKTR + 7_777_777_777 * seed * Balance::from(who), (who % 3) as u8));
			}
			for round in 1..=5 {
				revenue(seed * round);
				pass(1);
				revenue(333 * VKTR + 12_345_678_901 * seed * round);
				reward((round % 2) * 77 * VKTR + seed);
				for _ in 0..30 {
					pass(1);
					assert!(vault().stream.real <= vault().stream.left);
				}
				// Who leaves brings back what the interval would have brought.
				assert_ok!(unstake(3, 0, Some(VKTR)));
				assert!(vault().stream.real <= vault().stream.left);
			}
		});
	}
}

#[test]
fn a_reward_streams_evenly_over_the_streams_intervals() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		for (interval, left) in (1..).zip([300, 200, 100, 0]) {
			next_interval();
			assert_eq!(vault().stream.left, left * VKTR);
			assert_eq!(last_event(), Event::Rewarded { interval, amount: 100 * VKTR }.into());
			// It is worth something when the interval is over.
			assert_eq!(worth(1), (1_000 + 100 * (Balance::from(interval) - 1)) * VKTR);
		}
		next_interval();
		assert_eq!((worth(1), vault().stream), (1_400 * VKTR, Stream::default()));
		next_interval();
		assert_eq!((worth(1), rewarded().len()), (1_400 * VKTR, 4));
		assert_eq!((in_vault(), residue()), (1_400 * VKTR, 0));
	});
}

#[test]
fn a_reward_joins_what_is_left_of_the_one_before() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		next_interval();
		next_interval();
		reward(600 * VKTR);
		assert_eq!(vault().stream, Stream { left: 800 * VKTR, intervals: 4, ..vault().stream });
		for _ in 0..4 {
			next_interval();
		}
		assert_eq!(rewarded(), [100, 100, 200, 200, 200, 200].map(|amount| amount * VKTR));
	});
}

#[test]
fn a_stream_is_as_long_as_a_round_is_when_it_begins() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(10 * INTERVAL + 4);
		reward(VKTR);
		assert_eq!(vault().stream.intervals, 10);
		// A shorter one does not make what is on its way come sooner.
		StreamLength::set(INTERVAL);
		reward(VKTR);
		assert_eq!(vault().stream.intervals, 10);
	});
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(0);
		reward(VKTR);
		assert_eq!(vault().stream.intervals, 1);
	});
}

#[test]
fn equal_stakes_gain_by_their_tiers_multipliers() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		for tier in 0..3 {
			assert_ok!(stake(1 + AccountId::from(tier), 1_000 * VKTR, tier));
		}
		reward(550 * VKTR);
		next_interval();
		next_interval();
		let gains = [1, 2, 3].map(|who| worth(who) - 1_000 * VKTR);
		assert_eq!(gains, [100 * VKTR, 150 * VKTR, 300 * VKTR]);
		assert_eq!((vault().stream.left, residue()), (0, 0));
	});
}

#[test]
fn multipliers_hold_in_every_interval_of_a_stream() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1 + AccountId::from(tier), 12_345 * VKTR + 678, tier));
		}
		reward(987 * VKTR + 654_321);
		next_interval();
		let mut gained = 0;
		for _ in 0..4 {
			let before = [1, 2, 3].map(worth);
			next_interval();
			let gains = [1, 2, 3].map(|who| worth(who) - before[who as usize - 1]);
			// Per unit, since each has compounded at its own pace, in halves of the liquid tier's.
			for (at, halves) in [(0, 2), (1, 3), (2, 6)] {
				let even = pro_rata(gains[0] * halves, before[at], 2 * before[0]).unwrap();
				assert!(gains[at].abs_diff(even) <= 2 * halves, "{gains:?}");
			}
			gained += gains.iter().sum::<Balance>();
		}
		assert_eq!(gained + vault().stream.left + residue(), 987 * VKTR + 654_321 - unpaid());
		assert!(residue() <= 3 && vault().stream.left <= 3);
	});
}

/// Stakes so small beside the reward's precision that compounding does not show: the ratio is to the unit.
#[test]
fn a_small_reward_is_shared_to_the_unit() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1 + AccountId::from(tier), 1_000_000 * VKTR, tier));
		}
		reward(5_500_000);
		next_interval();
		for interval in 1..=4 {
			next_interval();
			for (who, ideal) in [(1, 250_000), (2, 375_000), (3, 750_000)] {
				let gain = worth(who) - 1_000_000 * VKTR;
				assert!(gain.abs_diff(interval * ideal) <= interval, "{who}: {gain}");
			}
		}
	});
}

#[test]
fn nothing_is_lost() {
	for seed in 1..40 {
		ExtBuilder::default().build_and_execute(|| {
			let (mut staked, mut pushed) = (0, 0);
			for who in 1..=6 {
				let amount = 1_000 * VKTR + 7_777_777_777 * seed * Balance::from(who);
				assert_ok!(stake(who, amount, (who % 3) as u8));
				staked += amount;
			}
			for round in 1..4 {
				let amount = 333 * VKTR + 12_345_678_901 * seed * round;
				reward(amount);
				pushed += amount;
				pass(13);
			}
			let gains = (1..=6).map(worth).sum::<Balance>() - staked;
			let pending: Balance = vault()
				.tiers
				.iter()
				.map(|tier| tier.owed().unwrap() - vektor_math::growth::worth(tier.shares, tier.growth).unwrap())
				.sum();
			let left_over = pushed - gains - pending - vault().stream.left;
			assert!(left_over <= 6, "{left_over}");
			assert_eq!(in_vault(), staked + pushed);
			assert!(residue() <= 6);
		});
	}
}

#[test]
fn what_comes_new_earns_from_the_next_interval_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		next_interval();
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		next_interval();
		// The first interval's hundred was divided before the second came.
		assert_eq!((worth(1), worth(2)), (1_100 * VKTR, 1_000 * VKTR - 1));
		next_interval();
		let of_one = pro_rata(100 * VKTR, 1_100, 2_100).unwrap();
		assert!(worth(1).abs_diff(1_100 * VKTR + of_one) <= 1);
		assert!(worth(2).abs_diff(1_100 * VKTR - of_one) <= 2);
	});
}

#[test]
fn what_a_position_is_raised_by_earns_from_the_next_interval_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(stake(2, 1_000 * VKTR, 1));
		reward(400 * VKTR);
		next_interval();
		assert_ok!(stake(1, 9_000 * VKTR, 1));
		assert_eq!(worth(1), 10_000 * VKTR - 1);
		next_interval();
		// Of the first interval both have half.
		assert!(worth(1).abs_diff(10_050 * VKTR) <= 1);
		assert_eq!(worth(2), 1_050 * VKTR);
		next_interval();
		assert!(worth(2).abs_diff(1_050 * VKTR + pro_rata(100 * VKTR, 1_050, 11_100).unwrap()) <= 1);
	});
}

#[test]
fn who_leaves_within_an_interval_gives_it_back_and_the_others_lose_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		assert_ok!(stake(3, 2_000 * VKTR, 1));
		reward(400 * VKTR);
		next_interval();
		assert_eq!(vault().stream.left, 300 * VKTR);
		pass(INTERVAL - 1);

		assert_ok!(unstake(1, 0, None));
		assert_eq!((balance(1), vault().stream.left), (RICH, 320 * VKTR));
		assert_ok!(unstake(2, 0, Some(500 * VKTR)));
		assert_eq!((balance(2), vault().stream.left), (RICH - 500 * VKTR, 330 * VKTR));

		next_interval();
		assert_eq!((worth(2), worth(3)), (510 * VKTR, 2_060 * VKTR));
		for _ in 0..3 {
			next_interval();
		}
		assert_eq!(in_vault(), 2_900 * VKTR);
		assert!(2_900 * VKTR - worth(2) - worth(3) <= 4);
	});
}

#[test]
fn who_leaves_what_came_in_this_interval_gives_nothing_back() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		next_interval();
		assert_ok!(stake(2, 3_000 * VKTR, 0));
		assert_ok!(unstake(2, 0, None));
		assert!(RICH - balance(2) <= 1);
		assert!(vault().stream.left - 300 * VKTR <= 1);
		next_interval();
		assert_eq!(worth(1), 1_100 * VKTR);
	});
}

#[test]
fn yield_compounds() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 2));
		reward(400 * VKTR);
		next_interval();
		reward(400 * VKTR);
		next_interval();
		next_interval();
		// 1_100 beside three times 1_300, of what each had by then.
		assert!(worth(1).abs_diff(1_100 * VKTR + pro_rata(400 * VKTR, 1_100, 5_000).unwrap()) <= 1);
		assert!(worth(2).abs_diff(1_300 * VKTR + pro_rata(400 * VKTR, 3_900, 5_000).unwrap()) <= 1);
	});
}

#[test]
fn yield_is_locked_as_its_position_is() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		reward(400 * VKTR);
		to_day(20);
		assert_eq!(worth(1), 1_400 * VKTR);
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::StillLocked);
		to_day(31);
		assert_ok!(unstake(1, 0, None));
		assert_eq!((balance(1), in_vault()), (RICH + 400 * VKTR, 0));
	});
}

#[test]
fn a_speck_that_is_too_little_for_anybody_is_no_reward() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 1));
		reward(1_001);
		pass(40 * INTERVAL);
		assert_eq!(vault().stream.left, 1);
		assert_eq!(rewarded().into_iter().filter(|amount| *amount == 0).count(), 0);
	});
}

/// Growths near the largest, as if rewards had come for ever.
fn forge(growth: u128) {
	Book::<Test>::mutate(|vault| (vault.tiers[0].growth, vault.tiers[0].next) = (growth, growth));
}

#[test]
fn a_growth_that_would_not_fit_refuses_the_reward_which_stays() {
	ExtBuilder::default().build_and_execute(|| {
		forge(u128::MAX - 10);
		assert_ok!(stake(1, 5_000 * VKTR, 0));
		assert_ok!(stake(2, 5_000 * VKTR, 1));
		let before = (worth(1), worth(2));
		reward(400 * VKTR);
		let stream = vault().stream;
		for waited in 1..=10 {
			next_interval();
			assert_eq!((vault().stream, (worth(1), worth(2))), (Stream { waited, ..stream }, before));
		}
		assert_eq!(rewarded(), vec![]);
		// It goes on as soon as the tier that is full is empty, over seven days: it has waited.
		assert_ok!(unstake(1, 0, None));
		pass(7 * DAY);
		pass(INTERVAL);
		assert_eq!(worth(2), 5_400 * VKTR);
	});
}

#[test]
fn the_last_growth_that_fits_is_given() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		next_interval();
		forge(u128::MAX - ONE);
		// So much is what that would be worth.
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), LockStaking::pot(), u128::MAX / 2));
		// A unit for each share.
		reward(1_000 * VKTR);
		next_interval();
		assert_eq!((vault().tiers[0].next, vault().stream.left), (u128::MAX, 0));
	});
}

#[test]
fn what_leaves_gives_back_is_still_what_clients_paid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 2_000 * VKTR, 0));
		revenue(400 * VKTR);
		next_interval();
		assert_ok!(unstake(1, 0, None));
		assert_eq!((vault().stream.left, vault().stream.real), (400 * VKTR, 400 * VKTR));
	});
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 2_000 * VKTR, 0));
		revenue(100 * VKTR);
		reward(300 * VKTR);
		next_interval();
		assert_ok!(unstake(1, 0, None));
		assert_eq!((vault().stream.left, vault().stream.real), (400 * VKTR, 100 * VKTR));
	});
}

/// Measured: which rows the beginning of an interval touches, and which a reward's coming does. No position is among them.
#[test]
fn a_reward_costs_the_same_however_many_stake() {
	let measured = include_str!("../weights.rs");
	let hook = measured.split("fn begin_interval() -> Weight {").next().expect("it is measured");
	let rows = hook.rsplit("\t}\n").next().expect("what it touches stands above it");
	assert!(rows.contains("LockStaking::Book") && rows.contains("LockStaking::Expiring"), "{rows}");
	assert!(!rows.contains("LockStaking::Positions"), "{rows}");
}
