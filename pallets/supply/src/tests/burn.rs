use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
use sp_keyring::Sr25519Keyring::Charlie;
use sp_runtime::{DispatchError::BadOrigin, TokenError};
use vektor_primitives::{Balance, VKTR};

use crate::{mock::*, *};

/// Gives Charlie so much, and nothing else.
fn charlie(amount: Balance) -> AccountId {
	let who = Charlie.to_account_id();
	assert_ok!(Balances::transfer_allow_death(signed(alice()), who.clone(), amount));
	who
}

fn ledger() -> Vec<(BurnCause, Balance)> {
	BurnCause::ALL.map(|cause| (cause, Burned::<Test>::get(cause))).into_iter().filter(|row| row.1 > 0).collect()
}

#[test]
fn what_is_burned_is_gone_and_counted() {
	ExtBuilder::default().build_and_execute(|| {
		let before = balance(&alice());

		assert_ok!(Supply::burn(signed(alice()), 7 * VKTR));
		assert_eq!(last_event(), Event::Burnt { who: alice(), amount: 7 * VKTR }.into());
		assert_ok!(Supply::burn(signed(alice()), 1));

		assert_eq!(balance(&alice()), before - 7 * VKTR - 1);
		assert_eq!(ledger(), vec![(BurnCause::Voluntary, 7 * VKTR + 1)]);
		assert_eq!(Balances::total_issuance(), CAP - 7 * VKTR - 1);
		assert_eq!(our_events().len(), 2);
	});
}

#[test]
fn only_an_account_burns() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Supply::burn(RuntimeOrigin::root(), VKTR), BadOrigin);
		assert_noop!(Supply::burn(RuntimeOrigin::none(), VKTR), BadOrigin);
		assert_noop!(Supply::burn(frame_system::RawOrigin::Authorized.into(), VKTR), BadOrigin);
	});
}

#[test]
fn nothing_cannot_be_burned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Supply::burn(signed(alice()), 0), Error::<Test>::NothingToBurn);
		assert_eq!(ledger(), vec![]);
	});
}

#[test]
fn more_than_is_free_cannot_be_burned() {
	ExtBuilder::default().build_and_execute(|| {
		let who = charlie(5 * VKTR);
		assert_noop!(Supply::burn(signed(who.clone()), 5 * VKTR + 1), TokenError::FundsUnavailable);
		assert_noop!(Supply::burn(signed(who.clone()), u128::MAX), TokenError::FundsUnavailable);
		Balances::set_lock(*b"a lock..", &who, 3 * VKTR, WithdrawReasons::all());
		assert_noop!(Supply::burn(signed(who.clone()), 2 * VKTR + 1), TokenError::FundsUnavailable);
		assert_ok!(Supply::burn(signed(who.clone()), 2 * VKTR));
		assert_eq!(balance(&who), 3 * VKTR);
	});
}

#[test]
fn what_has_not_come_free_cannot_be_burned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Supply::burn(signed(bob()), VKTR), TokenError::FundsUnavailable);
		// A quarter of the 48 months after the cliff.
		Now::set(24 * MONTH);
		assert_ok!(Vesting::vest(signed(bob())));
		assert_noop!(Supply::burn(signed(bob()), TEAM / 4 + 1_000_000), TokenError::FundsUnavailable);
		assert_ok!(Supply::burn(signed(bob()), TEAM / 4));
		assert_eq!(balance(&bob()), TEAM - TEAM / 4);
		assert_eq!(ledger(), vec![(BurnCause::Voluntary, TEAM / 4)]);
	});
}

#[test]
fn the_rest_below_the_least_balance_is_dust() {
	ExtBuilder::default().build_and_execute(|| {
		let who = charlie(5 * VKTR);

		assert_ok!(Supply::burn(signed(who.clone()), 5 * VKTR - MIN + 1));

		assert_eq!(balance(&who), 0);
		assert!(!System::account_exists(&who));
		assert_eq!(ledger(), vec![(BurnCause::Dust, MIN - 1), (BurnCause::Voluntary, 5 * VKTR - MIN + 1)]);
		assert_eq!(last_event(), Event::Burnt { who, amount: 5 * VKTR - MIN + 1 }.into());
		assert_eq!(Balances::total_issuance(), CAP - 5 * VKTR);
	});
}

#[test]
fn everything_can_be_burned() {
	ExtBuilder::default().build_and_execute(|| {
		let who = charlie(5 * VKTR);
		assert_ok!(Supply::burn(signed(who.clone()), 5 * VKTR));
		assert_eq!((balance(&who), ledger()), (0, vec![(BurnCause::Voluntary, 5 * VKTR)]));
		assert_eq!(Balances::total_issuance(), CAP - 5 * VKTR);
	});
}

#[test]
fn what_is_burned_is_counted_by_cause() {
	ExtBuilder::default().build().execute_with(|| {
		for (amount, cause) in (1..).zip(BurnCause::ALL) {
			Supply::note_burned(cause, amount);
			Supply::note_burned(cause, 10 * amount);
		}
		for (amount, cause) in (1..).zip(BurnCause::ALL) {
			assert_eq!(Burned::<Test>::get(cause), 11 * amount);
		}
		// Who notes it says so before dropping it: nothing else changes.
		assert_eq!(Balances::total_issuance(), CAP);
		assert_eq!(our_events(), vec![]);
	});
}

#[test]
fn nothing_burned_leaves_no_row() {
	ExtBuilder::default().build_and_execute(|| {
		Supply::note_burned(BurnCause::Slash, 0);
		assert_eq!(Burned::<Test>::iter().count(), 0);
	});
}

#[test]
fn dust_of_a_reaped_account_is_counted() {
	ExtBuilder::default().build_and_execute(|| {
		let who = charlie(3 * MIN);
		let before = balance(&alice());
		assert_ok!(Balances::transfer_allow_death(signed(who.clone()), alice(), 2 * MIN + 1));
		assert_eq!((balance(&who), balance(&alice())), (0, before + 2 * MIN + 1));
		assert_eq!(ledger(), vec![(BurnCause::Dust, MIN - 1)]);
		assert_eq!(Balances::total_issuance(), CAP - MIN + 1);
	});
}
