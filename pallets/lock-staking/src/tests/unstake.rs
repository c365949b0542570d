use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError::BadOrigin, TokenError};
use vektor_primitives::VKTR;

use crate::{mock::*, *};

#[test]
fn a_liquid_stake_goes_back_whole() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 9 * VKTR, 0));
		pass(1);

		assert_ok!(unstake(1, 0, None));

		assert_eq!(last_event(), Event::Unstaked { who: 1, position: 0, amount: 9 * VKTR }.into());
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH, 0, 0));
		assert!(!Positions::<Test>::contains_key(1));
		assert_eq!(vault().tiers, Vault::default().tiers);
		assert_noop!(unstake(1, 0, None), Error::<Test>::UnknownPosition);
	});
}

#[test]
fn a_part_goes_back_and_the_rest_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 9 * VKTR, 0));
		next_interval();
		assert_ok!(stake(1, 4 * VKTR, 0));

		// What has been there longer goes first.
		assert_ok!(unstake(1, 0, Some(10 * VKTR)));

		assert_eq!(last_event(), Event::Unstaked { who: 1, position: 0, amount: 10 * VKTR }.into());
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH - 3 * VKTR, 3 * VKTR, 3 * VKTR));
		let position =
			Position { id: 0, tier: 0, shares: 3 * VKTR, fresh: 3 * VKTR, since: 1, expires: 0, principal: 3 * VKTR };
		assert_eq!(Positions::<Test>::get(1).into_inner(), vec![position]);
		assert_eq!((vault().tiers[0].shares, vault().tiers[0].fresh), (0, 3 * VKTR));
		assert_ok!(unstake(1, 0, Some(3 * VKTR)));
		assert_eq!((balance(1), in_vault()), (RICH, 0));
		assert!(!Positions::<Test>::contains_key(1));
	});
}

#[test]
fn what_goes_back_is_yield_first() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(500 * VKTR);
		next_interval();
		next_interval();
		assert_eq!(worth(1), 1_500 * VKTR);

		assert_ok!(unstake(1, 0, Some(150 * VKTR)));
		assert_eq!((worth(1), held(1)[0].position.principal), (1_350 * VKTR, 1_000 * VKTR));
		assert_ok!(unstake(1, 0, Some(450 * VKTR)));
		assert_eq!((worth(1), held(1)[0].position.principal), (900 * VKTR, 900 * VKTR));
		assert_eq!((balance(1), in_vault()), (RICH - 400 * VKTR, 900 * VKTR));
	});
}

#[test]
fn a_part_out_of_shares_that_do_not_divide_costs_nobody_else() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR + 1, 0));
		assert_ok!(stake(2, 2_000 * VKTR + 3, 0));
		reward(777 * VKTR + 7);
		next_interval();
		next_interval();
		let (mine, other) = (worth(1), worth(2));
		for taken in 1..=50 {
			assert_ok!(unstake(1, 0, Some(1)));
			assert_eq!(balance(1), RICH - 1_000 * VKTR - 1 + taken);
			// The share that a unit costs is worth more than the unit.
			assert!((mine - 2 * taken..=mine - taken).contains(&worth(1)));
			assert!(worth(2) == other);
		}
	});
}

#[test]
fn what_is_left_is_not_below_the_minimum() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 0));
		assert_noop!(unstake(1, 0, Some(2 * VKTR + 1)), Error::<Test>::BelowMinimum);
		assert_noop!(unstake(1, 0, Some(3 * VKTR - 1)), Error::<Test>::BelowMinimum);
		assert_ok!(unstake(1, 0, Some(2 * VKTR)));
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::BelowMinimum);
		assert_ok!(unstake(1, 0, Some(VKTR)));
		assert_eq!((balance(1), in_vault()), (RICH, 0));
	});
}

#[test]
fn no_more_goes_back_than_there_is() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 0));
		assert_ok!(stake(2, 30 * VKTR, 0));
		assert_noop!(unstake(1, 0, Some(3 * VKTR + 1)), Error::<Test>::NotEnough);
		assert_noop!(unstake(1, 0, Some(u128::MAX)), Error::<Test>::NotEnough);
	});
}

#[test]
fn a_position_that_is_not_ones_own_cannot_be_taken() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 0));
		assert_noop!(unstake(1, 1, None), Error::<Test>::UnknownPosition);
		assert_noop!(unstake(2, 0, None), Error::<Test>::UnknownPosition);
		assert_noop!(LockStaking::unstake(RuntimeOrigin::root(), 0, None), BadOrigin);
	});
}

#[test]
fn a_lock_is_not_paid_before_its_day() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 1));
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		to_day(30);
		assert_noop!(unstake(1, 0, Some(VKTR)), Error::<Test>::StillLocked);
		pass(DAY - 1);
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		pass(1);

		assert_ok!(unstake(1, 0, None));

		assert_eq!(last_event(), Event::Unstaked { who: 1, position: 0, amount: 3 * VKTR }.into());
		assert_eq!((balance(1), in_vault()), (RICH, 0));
		assert!(!Positions::<Test>::contains_key(1));
		assert_eq!((Expiring::<Test>::iter().count(), Checkpoints::<Test>::iter().count()), (0, 0));
	});
}

#[test]
fn a_part_of_a_lock_that_has_ended_leaves_a_liquid_position() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 1));
		to_day(31);
		assert_ok!(unstake(1, 0, Some(VKTR)));
		let position =
			Position { id: 0, tier: 0, shares: 2 * VKTR, fresh: 0, since: 62, expires: 0, principal: 2 * VKTR };
		assert_eq!(Positions::<Test>::get(1).into_inner(), vec![position]);
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
		// What comes now joins it.
		assert_ok!(stake(1, VKTR, 0));
		assert_eq!((held(1).len(), worth(1)), (1, 3 * VKTR));
	});
}

#[test]
fn a_lock_that_nobody_touched_for_a_year_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 1));
		assert_ok!(stake(2, 2_000 * VKTR, 0));
		to_day(31);
		reward(1_000 * VKTR);
		to_day(31 + 365);
		let amount = worth(1);
		assert!(amount > 4 * VKTR && amount < 5 * VKTR);
		assert_ok!(unstake(1, 0, None));
		assert_eq!(last_event(), Event::Unstaked { who: 1, position: 0, amount }.into());
		assert_eq!(balance(1), RICH - 3 * VKTR + amount);
		assert_eq!(Checkpoints::<Test>::iter().count(), 0);
	});
}

#[test]
fn other_positions_of_the_account_stay() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1, VKTR, tier));
		}
		assert_ok!(unstake(1, 0, None));
		let ids: Vec<_> = held(1).iter().map(|held| held.position.id).collect();
		assert_eq!(ids, vec![1, 2]);
		assert_noop!(unstake(1, 0, None), Error::<Test>::UnknownPosition);
	});
}

#[test]
fn the_number_of_a_position_is_never_given_again() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, VKTR, 1));
		assert_ok!(stake(1, VKTR, 0));
		assert_ok!(unstake(1, 1, None));
		assert_ok!(stake(1, VKTR, 0));
		assert_ne!(held(1)[1].position.id, 1);
	});
}

#[test]
fn an_account_that_is_gone_gets_its_stake_back() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 3 * VKTR, 0));
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(1), 2, false));
		assert!(!System::account_exists(&1));
		// Less than an account must have cannot make it.
		assert_noop!(unstake(1, 0, Some(MIN - 1)), TokenError::BelowMinimum);
		assert_ok!(unstake(1, 0, None));
		assert_eq!((balance(1), in_vault()), (3 * VKTR, 0));
	});
}

#[test]
fn books_that_do_not_fit_pay_nothing() {
	let refused = |forge: &dyn Fn()| {
		ExtBuilder::default().build().execute_with(|| {
			assert_ok!(stake(1, VKTR, 1));
			to_day(31);
			forge();
			assert_noop!(unstake(1, 0, None), Error::<Test>::Overflow);
		});
	};
	refused(&|| Checkpoints::<Test>::remove(31));
	refused(&|| Checkpoints::<Test>::mutate(31, |kept| kept.as_mut().unwrap().positions = 0));
	refused(&|| Book::<Test>::mutate(|vault| vault.tiers[0].shares = 0));
	refused(&|| Book::<Test>::mutate(|vault| vault.stream.left = u128::MAX));
	refused(&|| Positions::<Test>::mutate(1, |owned| owned[0].shares = u128::MAX));
}
