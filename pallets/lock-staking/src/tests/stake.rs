use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
use sp_runtime::DispatchError::BadOrigin;
use vektor_math::growth::ONE;
use vektor_primitives::VKTR;

use crate::{mock::*, *};

#[test]
fn a_stake_moves_into_the_vault_and_is_worth_what_it_was() {
	ExtBuilder::default().build_and_execute(|| {
		let amount = 100 * VKTR + 7;

		assert_ok!(stake(1, amount, 2));

		assert_eq!(last_event(), Event::Staked { who: 1, position: 0, amount, tier: 2, expires: 91 }.into());
		assert_eq!(our_events().len(), 1);
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH - amount, amount, amount));
		let position =
			Position { id: 0, tier: 2, shares: amount, fresh: amount, since: 0, expires: 91, principal: amount };
		assert_eq!(Positions::<Test>::get(1).into_inner(), vec![position]);
		assert_eq!(vault().tiers[2], TierBook { shares: 0, fresh: amount, growth: ONE, next: ONE });
		assert_eq!(vault().owed(), Some(amount));
		let expiry = Expiry { shares: [0, 0, amount, 0], positions: 1 };
		assert_eq!(Expiring::<Test>::iter().collect::<Vec<_>>(), vec![(91, expiry)]);
	});
}

#[test]
fn a_liquid_stake_has_no_day() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, VKTR, 0));
		assert_eq!(last_event(), Event::Staked { who: 1, position: 0, amount: VKTR, tier: 0, expires: 0 }.into());
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH - VKTR, VKTR, VKTR));
		assert_eq!(vault().tiers[0].fresh, VKTR);
		assert_eq!(Expiring::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_lock_holds_for_all_of_its_days() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, VKTR, 1));
		pass(DAY - 1);
		assert_ok!(stake(2, VKTR, 1));
		pass(1);
		assert_ok!(stake(3, VKTR, 1));
		let days = [1, 2, 3].map(|who| held(who)[0].expires);
		assert_eq!(days, [31, 31, 32]);
	});
}

#[test]
fn a_stake_of_the_same_tier_and_day_raises_the_position() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 5 * VKTR, 1));
		next_interval();

		assert_ok!(stake(1, 2 * VKTR, 1));

		let staked = Event::Staked { who: 1, position: 0, amount: 2 * VKTR, tier: 1, expires: 31 };
		assert_eq!(last_event(), staked.into());
		let position =
			Position { id: 0, tier: 1, shares: 7 * VKTR, fresh: 2 * VKTR, since: 1, expires: 31, principal: 7 * VKTR };
		assert_eq!(Positions::<Test>::get(1).into_inner(), vec![position]);
		assert_eq!((vault().tiers[1].shares, vault().tiers[1].fresh), (5 * VKTR, 2 * VKTR));
		assert_eq!(Expiring::<Test>::get(31), Expiry { shares: [0, 7 * VKTR, 0, 0], positions: 1 });
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH - 7 * VKTR, 7 * VKTR, 7 * VKTR));
	});
}

#[test]
fn what_came_twice_in_an_interval_is_fresh_together() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 5 * VKTR, 0));
		assert_ok!(stake(1, 2 * VKTR, 0));
		let position = Positions::<Test>::get(1)[0];
		assert_eq!((position.shares, position.fresh, position.since), (7 * VKTR, 7 * VKTR, 0));
		next_interval();
		assert_ok!(stake(1, VKTR, 0));
		let position = Positions::<Test>::get(1)[0];
		assert_eq!((position.shares, position.fresh, position.since), (8 * VKTR, VKTR, 1));
		assert_eq!((vault().tiers[0].shares, vault().tiers[0].fresh), (7 * VKTR, VKTR));
	});
}

#[test]
fn another_tier_or_day_is_another_position() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, VKTR, 0));
		assert_ok!(stake(1, VKTR, 1));
		assert_ok!(stake(1, VKTR, 2));
		pass(DAY);
		assert_ok!(stake(1, VKTR, 1));
		assert_ok!(stake(1, VKTR, 0));
		let rows: Vec<_> =
			held(1).iter().map(|held| (held.position.id, held.position.tier, held.expires, held.worth)).collect();
		assert_eq!(rows, vec![(0, 0, 0, 2 * VKTR), (1, 1, 31, VKTR), (2, 2, 91, VKTR), (3, 1, 32, VKTR)]);
		assert_eq!(in_vault(), 5 * VKTR);
	});
}

#[test]
fn an_account_has_so_many_positions_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..MaxPositions::get() {
			assert_ok!(stake(1, VKTR, 1));
			pass(DAY);
		}
		assert_noop!(stake(1, VKTR, 1), Error::<Test>::TooManyPositions);
		assert_noop!(stake(1, VKTR, 0), Error::<Test>::TooManyPositions);
		// Another account is not in the way, nor is a position that there is already.
		assert_ok!(stake(2, VKTR, 1));
		assert_ok!(stake(2, VKTR, 1));
		to_day(31);
		assert_ok!(unstake(1, 0, None));
		assert_ok!(stake(1, VKTR, 0));
		assert_eq!(held(1).len(), 8);
	});
}

#[test]
fn less_than_the_minimum_is_not_staked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(stake(1, VKTR - 1, 0), Error::<Test>::BelowMinimum);
		assert_noop!(stake(1, 0, 2), Error::<Test>::BelowMinimum);
		assert_ok!(stake(1, VKTR, 2));
		// Neither is it added.
		assert_noop!(stake(1, VKTR - 1, 2), Error::<Test>::BelowMinimum);
	});
}

#[test]
fn a_tier_that_is_not_there_takes_no_stake() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(stake(1, VKTR, 3), Error::<Test>::UnknownTier);
		assert_noop!(stake(1, VKTR, u8::MAX), Error::<Test>::UnknownTier);
	});
	ExtBuilder::default().tiers(Default::default()).build_and_execute(|| {
		assert_noop!(stake(1, VKTR, 0), Error::<Test>::UnknownTier);
	});
}

#[test]
fn only_an_account_stakes() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LockStaking::stake(RuntimeOrigin::root(), VKTR, 0), BadOrigin);
		assert_noop!(LockStaking::stake(RuntimeOrigin::none(), VKTR, 0), BadOrigin);
	});
}

#[test]
fn more_than_is_free_is_not_staked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(stake(1, RICH + 1, 0), Error::<Test>::NotFree);
		assert_noop!(stake(1, u128::MAX, 0), Error::<Test>::NotFree);
		assert_noop!(stake(77, VKTR, 0), Error::<Test>::NotFree);
		// The account stays: the least balance is not staked.
		assert_noop!(stake(1, RICH - MIN + 1, 1), Error::<Test>::NotFree);
		assert_ok!(stake(1, RICH - MIN, 1));
		assert_eq!((balance(1), in_vault()), (MIN, RICH - MIN));
	});
}

/// Vesting holds its tokens by such a lock.
#[test]
fn unvested_tokens_cannot_be_staked() {
	ExtBuilder::default().build_and_execute(|| {
		Balances::set_lock(*b"vesting ", &1, RICH - 10 * VKTR, WithdrawReasons::except(WithdrawReasons::TIP));
		assert_noop!(stake(1, 10 * VKTR + 1, 2), Error::<Test>::NotFree);
		assert_ok!(stake(1, 10 * VKTR, 2));
		assert_eq!((balance(1), in_vault()), (RICH - 10 * VKTR, 10 * VKTR));
		assert_noop!(stake(1, VKTR, 2), Error::<Test>::NotFree);
	});
}

#[test]
fn a_stake_that_fits_no_sum_is_refused() {
	let refused = |tier: u8, forge: &dyn Fn()| {
		ExtBuilder::default().build().execute_with(|| {
			assert_ok!(stake(1, VKTR, tier));
			forge();
			assert_noop!(stake(1, VKTR, tier), Error::<Test>::Overflow);
		});
	};
	refused(1, &|| Book::<Test>::mutate(|vault| vault.tiers[1].fresh = u128::MAX));
	refused(1, &|| Expiring::<Test>::mutate(31, |expiry| expiry.shares[1] = u128::MAX));
	refused(0, &|| Positions::<Test>::mutate(1, |owned| owned[0].shares = u128::MAX));
	refused(0, &|| Positions::<Test>::mutate(1, |owned| owned[0].principal = u128::MAX));
	// The last number has been given out, and a new position would need the next.
	refused(0, &|| {
		Positions::<Test>::mutate(1, |owned| owned[0].tier = 1);
		Book::<Test>::mutate(|vault| vault.next_position = u32::MAX);
	});
}

#[test]
fn a_lock_beyond_the_last_day_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let mut table = tiers();
		table[1].days = u32::MAX;
		table[2].days = u32::MAX - 1;
		assert_ok!(LockStaking::set_tiers(RuntimeOrigin::root(), table, Rules::default()));
		assert_noop!(stake(1, VKTR, 1), Error::<Test>::Overflow);
		assert_ok!(stake(1, VKTR, 2));
		assert_eq!(held(1)[0].expires, u32::MAX);
		pass(DAY);
		assert_noop!(stake(1, VKTR, 2), Error::<Test>::Overflow);
	});
}
