use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use vektor_primitives::VKTR;

use crate::{mock::*, *};

fn day(day: u32) -> Expiry {
	Expiring::<Test>::get(day)
}

#[test]
fn a_liquid_position_is_locked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 0));
		pass(DAY);

		assert_ok!(extend(1, 0, 1));

		assert_eq!(last_event(), Event::Extended { who: 1, position: 0, tier: 1, expires: 32 }.into());
		let position =
			Position { id: 0, tier: 1, shares: 7 * VKTR, fresh: 7 * VKTR, since: 2, expires: 32, principal: 7 * VKTR };
		assert_eq!(Positions::<Test>::get(1).into_inner(), vec![position]);
		assert_eq!(day(32), Expiry { shares: [0, 7 * VKTR, 0, 0], positions: 1 });
		assert_eq!((vault().tiers[0].shares, vault().tiers[1].shares, vault().tiers[1].fresh), (0, 0, 7 * VKTR));
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH - 7 * VKTR, 7 * VKTR, 7 * VKTR));
	});
}

#[test]
fn a_lock_is_made_longer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 1));
		to_day(20);

		assert_ok!(extend(1, 0, 1));

		assert_eq!(last_event(), Event::Extended { who: 1, position: 0, tier: 1, expires: 51 }.into());
		assert_eq!((day(31), day(51)), (Expiry::default(), Expiry { shares: [0, 7 * VKTR, 0, 0], positions: 1 }));
		assert!(!Expiring::<Test>::contains_key(31));
		assert_eq!((held(1)[0].expires, worth(1), in_vault()), (51, 7 * VKTR, 7 * VKTR));
		to_day(31);
		assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
	});
}

#[test]
fn a_lock_moves_to_another_tier_whose_day_is_later() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 1));
		assert_ok!(stake(2, 9 * VKTR, 1));
		next_interval();
		assert_ok!(extend(1, 0, 2));
		assert_eq!(last_event(), Event::Extended { who: 1, position: 0, tier: 2, expires: 91 }.into());
		// The other's lock is as it was.
		assert_eq!(day(31), Expiry { shares: [0, 9 * VKTR, 0, 0], positions: 1 });
		assert_eq!(day(91), Expiry { shares: [0, 0, 7 * VKTR, 0], positions: 1 });
		let book = |tier: usize| (vault().tiers[tier].shares, vault().tiers[tier].fresh);
		assert_eq!((book(1), book(2)), ((9 * VKTR, 0), (0, 7 * VKTR)));
	});
}

#[test]
fn a_lock_moves_to_a_shorter_tier_once_that_ends_later() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 2));
		to_day(59);
		assert_noop!(extend(1, 0, 1), Error::<Test>::Shortens);
		// To the same day it is no shorter.
		to_day(60);
		assert_ok!(extend(1, 0, 1));
		assert_eq!(last_event(), Event::Extended { who: 1, position: 0, tier: 1, expires: 91 }.into());
		assert_eq!(day(91), Expiry { shares: [0, 7 * VKTR, 0, 0], positions: 1 });
	});
}

#[test]
fn a_lock_is_never_made_shorter() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 2));
		assert_noop!(extend(1, 0, 0), Error::<Test>::Shortens);
		assert_noop!(extend(1, 0, 1), Error::<Test>::Shortens);
		// Tiers that have become shorter are no way round.
		let mut table = tiers();
		table[2].days = 10;
		assert_ok!(LockStaking::set_tiers(RuntimeOrigin::root(), table, Rules::default()));
		assert_noop!(extend(1, 0, 2), Error::<Test>::Shortens);
		assert_eq!(held(1)[0].expires, 91);
	});
}

#[test]
fn a_liquid_position_does_not_become_liquid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 0));
		assert_noop!(extend(1, 0, 0), Error::<Test>::Shortens);
		assert_ok!(stake(2, 7 * VKTR, 1));
		to_day(31);
		// It has become liquid by itself, and a call that is refused has crossed nothing.
		assert_noop!(extend(2, 0, 0), Error::<Test>::Shortens);
		assert!(Checkpoints::<Test>::contains_key(31));
	});
}

#[test]
fn a_lock_that_has_ended_is_crossed_first() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 1));
		to_day(40);
		assert_eq!(vault().tiers[0].shares, 7 * VKTR);

		assert_ok!(extend(1, 0, 1));

		assert_eq!(last_event(), Event::Extended { who: 1, position: 0, tier: 1, expires: 71 }.into());
		assert_eq!((vault().tiers[0].shares, vault().tiers[1].fresh), (0, 7 * VKTR));
		assert_eq!(day(71), Expiry { shares: [0, 7 * VKTR, 0, 0], positions: 1 });
		assert_eq!((Checkpoints::<Test>::iter().count(), Expiring::<Test>::iter().count()), (0, 1));
		assert_eq!((worth(1), in_vault()), (7 * VKTR, 7 * VKTR));
	});
}

#[test]
fn an_extended_position_takes_its_yield_along_and_gives_up_this_intervals() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		next_interval();
		next_interval();
		assert_eq!((worth(1), vault().stream.left), (1_100 * VKTR, 200 * VKTR));

		assert_ok!(extend(1, 0, 2));

		assert_eq!((worth(1), held(1)[0].position.principal), (1_100 * VKTR, 1_000 * VKTR));
		assert_eq!(vault().stream.left, 300 * VKTR);
		next_interval();
		assert_eq!((worth(1), vault().stream.left), (1_100 * VKTR, 150 * VKTR + 1));
		next_interval();
		assert_eq!(worth(1), 1_250 * VKTR - 1);
	});
}

#[test]
fn two_positions_may_come_to_the_same_tier_and_day() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 0));
		assert_ok!(stake(1, 5 * VKTR, 1));
		assert_ok!(extend(1, 0, 1));
		assert_eq!(day(31), Expiry { shares: [0, 12 * VKTR, 0, 0], positions: 2 });
		to_day(31);
		assert_eq!(Checkpoints::<Test>::get(31).unwrap().positions, 2);
		assert_ok!(unstake(1, 0, None));
		assert_ok!(unstake(1, 1, None));
		assert_eq!((balance(1), in_vault()), (RICH, 0));
	});
}

#[test]
fn a_position_or_a_tier_that_is_not_there_is_not_extended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 7 * VKTR, 0));
		assert_noop!(extend(1, 1, 1), Error::<Test>::UnknownPosition);
		assert_noop!(extend(2, 0, 1), Error::<Test>::UnknownPosition);
		assert_noop!(extend(1, 0, 3), Error::<Test>::UnknownTier);
		assert_noop!(LockStaking::extend(RuntimeOrigin::root(), 0, 1), BadOrigin);
	});
}

#[test]
fn an_extension_that_fits_no_sum_is_refused() {
	let refused = |forge: &dyn Fn()| {
		ExtBuilder::default().build().execute_with(|| {
			assert_ok!(stake(1, VKTR, 1));
			next_interval();
			forge();
			assert_noop!(extend(1, 0, 2), Error::<Test>::Overflow);
		});
	};
	refused(&|| TierTable::<Test>::mutate(|table| table[2].days = u32::MAX));
	refused(&|| Book::<Test>::mutate(|vault| vault.tiers[2].fresh = u128::MAX));
	refused(&|| Book::<Test>::mutate(|vault| vault.tiers[1].shares = 0));
	refused(&|| Expiring::<Test>::remove(31));
	refused(&|| Expiring::<Test>::mutate(91, |expiry| expiry.shares[2] = u128::MAX));
	refused(&|| Expiring::<Test>::mutate(91, |expiry| expiry.positions = u32::MAX));
	refused(&|| Book::<Test>::mutate(|vault| vault.day = 31));
}
