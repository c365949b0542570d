use frame_support::{
	assert_ok,
	traits::{fungible::Mutate, tokens::Preservation::Preserve},
};
use vektor_math::growth::ONE;
use vektor_primitives::{Balance, Ppm, VKTR};

use crate::{mock::*, *};

/// Locks that have ended and locks to come, what is old and what is fresh, and a reward on its way; breaks that, and
/// expects the invariant of that number to notice.
fn breaks(number: u8, corrupt: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		for who in 1..=2 {
			assert_ok!(stake(who, 2_000 * VKTR, 0));
			assert_ok!(stake(who, 2_000 * VKTR, 1));
			assert_ok!(stake(who, 2_000 * VKTR, 2));
		}
		to_day(31);
		reward(400 * VKTR);
		next_interval();
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(LockStaking::do_try_state());
		corrupt();
		let error = format!("{:?}", LockStaking::do_try_state().expect_err("a broken state"));
		assert!(error.contains(&format!("lock staking: invariant {number},")), "{error}");
	});
}

/// Takes so much out of the pot, unnoticed.
fn steal(amount: Balance) {
	assert_ok!(<Balances as Mutate<_>>::transfer(&LockStaking::pot(), &1, amount, Preserve));
}

fn book(change: impl FnOnce(&mut Vault)) {
	Book::<Test>::mutate(change);
}

/// The first account's positions: liquid, ended, locked.
fn owned(change: impl FnOnce(&mut [Position])) {
	Positions::<Test>::mutate(1, |owned| change(owned.as_mut()));
}

#[test]
fn one_a_vault_that_holds_too_little() {
	breaks(1, || steal(in_vault() - vault().owed().unwrap() + 1));
	breaks(1, || book(|vault| vault.stream.left += 3));
	breaks(1, || book(|vault| vault.stream.left = u128::MAX));
	breaks(1, || book(|vault| vault.tiers[2].fresh = u128::MAX));
	breaks(1, || book(|vault| vault.tiers[2].next = u128::MAX));
}

#[test]
fn two_a_growth_that_has_fallen() {
	breaks(2, || book(|vault| vault.tiers[3].growth = ONE - 1));
	breaks(2, || book(|vault| vault.tiers[2].next = vault.tiers[2].growth - 1));
	breaks(2, || book(|vault| (vault.tiers[3].growth, vault.tiers[3].next) = (0, 0)));
}

#[test]
fn three_a_day_to_come_that_has_ended() {
	breaks(3, || book(|vault| vault.day += 1));
	breaks(3, || Slot::set(0));
}

#[test]
fn four_tiers_that_cannot_be_followed() {
	breaks(4, || TierTable::<Test>::mutate(|table| table[0].days = 1));
	breaks(4, || TierTable::<Test>::mutate(|table| table[1].days = 0));
	breaks(4, || TierTable::<Test>::mutate(|table| table[2].yields = Ppm(10_000_001)));
	breaks(4, || TierTable::<Test>::mutate(|table| table[2].votes = Ppm(999_999)));
	breaks(4, || Terms::<Test>::mutate(|rules| rules.delegates = Ppm(500_001)));
}

#[test]
fn five_shares_that_are_not_the_positions() {
	breaks(5, || owned(|owned| owned[2].shares += 1));
	breaks(5, || owned(|owned| owned[2].shares -= 1));
	breaks(5, || owned(|owned| owned[0].fresh -= 1));
	breaks(5, || owned(|owned| owned[0].fresh = owned[0].shares + 1));
	breaks(5, || owned(|owned| owned[0].since -= 1));
	breaks(5, || owned(|owned| owned[1].shares += 2));
	breaks(5, || owned(|owned| owned[0].principal = 0));
	breaks(5, || Positions::<Test>::remove(2));
	breaks(5, || book(|vault| vault.tiers[2].shares -= 1));
	breaks(5, || book(|vault| vault.tiers[0].fresh -= 1));
	breaks(5, || book(|vault| vault.tiers[0].shares -= VKTR));
}

/// Parts that are rounded down are no more than the whole rounded down: where shares fit and growths do not fall nothing
/// is left for the sixth to notice, so one of those does.
#[test]
fn six_positions_that_are_worth_more_than_the_vault_owes() {
	breaks(2, || book(|vault| vault.tiers[2].growth = 2 * vault.tiers[2].next));
	breaks(5, || owned(|owned| owned[2].shares += VKTR));
	breaks(5, || book(|vault| vault.tiers[2].shares -= VKTR));
}

#[test]
fn seven_a_days_locks_that_are_not_its_positions() {
	breaks(7, || Expiring::<Test>::remove(91));
	breaks(7, || Expiring::<Test>::mutate(91, |expiry| expiry.positions += 1));
	breaks(7, || Expiring::<Test>::mutate(91, |expiry| expiry.shares[2] -= 1));
	breaks(7, || Expiring::<Test>::insert(92, Expiry::default()));
	breaks(7, || owned(|owned| owned[2].expires += 1));
}

#[test]
fn eight_a_checkpoint_that_is_missing_or_needed_by_nobody() {
	breaks(8, || Checkpoints::<Test>::mutate(31, |kept| kept.as_mut().unwrap().positions += 1));
	breaks(8, || Checkpoints::<Test>::insert(30, Checkpoint::default()));
}

#[test]
fn eight_a_checkpoint_that_is_gone() {
	breaks(8, || Checkpoints::<Test>::remove(31));
}

#[test]
fn nine_a_vote_that_is_being_cast() {
	breaks(9, || Casting::<Test>::put((0, 0)));
	breaks(9, || Casting::<Test>::put((VKTR, VKTR)));
}

#[test]
fn nine_votes_without_a_stake() {
	breaks(9, || VoteLocks::<Test>::insert(3, VKTR));
	// Whoever's votes need nothing has no row.
	breaks(9, || VoteLocks::<Test>::insert(1, 0));
}

#[test]
fn ten_a_yield_of_no_position_is_shared() {
	let share =
		|delegate, validators| YieldShare { to: 3u64, delegate: Ppm(delegate), validators: Ppm(validators), before: 0 };
	breaks(10, || Shared::<Test>::insert(99, share(250_000, 50_000)));
	breaks(10, || Shared::<Test>::insert(0, share(450_000, 50_001)));
	breaks(10, || Shared::<Test>::insert(0, share(u32::MAX, u32::MAX)));
}
