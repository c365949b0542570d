//! Lock staking on the runtime: emission streams to those who lock, locked tokens stay out, and every unit is shown.

use crate::common::*;
use frame_support::{assert_noop, assert_ok};
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave, One};
use vektor_primitives::VKTR;
use vektor_runtime::{adapters, params::CAP, *};

type Call = pallet_lock_staking::Call<Runtime>;

const STAKE: Balance = 200_000 * VKTR;

fn worth(who: sp_keyring::Sr25519Keyring) -> Balance {
	LockStaking::held(&who.to_account_id()).iter().map(|held| held.worth).sum()
}

#[test]
fn emission_streams_to_stakers_by_the_multipliers_of_their_tiers() {
	on("vektor-dev", || {
		for (who, tier) in [(Bob, 0), (Charlie, 1), (Dave, 2)] {
			assert_ok!(dispatch(who, Call::stake { amount: STAKE, tier }));
		}
		// A round ends, and its part streams over the next: the first of it, before yields compound.
		let gain = |who| worth(who).saturating_sub(STAKE);
		while gain(Bob) == 0 {
			pass(1);
		}
		let gains = [Bob, Charlie, Dave].map(gain);
		let near = |gain: Balance, tenths: Balance| gain.abs_diff(gains[0] * tenths / 10) <= 4;
		assert!(near(gains[1], 15) && near(gains[2], 30), "{gains:?}");
		// An interval's part of the first round's, less what operators and validators are for.
		let emitted = pallet_supply::Emitted::<Runtime>::get().stakers;
		assert!(gains.iter().sum::<Balance>().abs_diff(emitted / 120) <= 4, "{gains:?} of {emitted}");
		pass(60);
		assert!(gain(Bob) > 50 * gains[0]);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn a_lock_ends_by_itself_and_the_stake_comes_back_with_its_yield() {
	on("vektor-dev", || {
		assert_ok!(dispatch(Bob, Call::stake { amount: STAKE, tier: 1 }));
		let before = native(&Bob.to_account_id());
		let locked = pallet_lock_staking::Error::<Runtime>::StillLocked;
		pass(125);
		// Thirty days without a block: the missed days end their locks a few a block.
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		let late = |days: u64| {
			end();
			begin_at(slot + days * 120);
			pass(10);
		};
		late(29);
		assert_noop!(dispatch(Bob, Call::unstake { position: 0, amount: None }), locked);
		late(30);
		let worth = worth(Bob);
		assert!(worth > STAKE);
		assert_ok!(dispatch(Bob, Call::unstake { position: 0, amount: None }));
		assert_eq!(native(&Bob.to_account_id()), before + worth);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn unvested_tokens_cannot_be_staked_and_come_free_by_no_stake() {
	on("vektor-dev", || {
		assert_noop!(
			dispatch(One, Call::stake { amount: 2 * VKTR, tier: 0 }),
			pallet_lock_staking::Error::<Runtime>::NotFree
		);
	});
}

#[test]
fn a_stake_is_shown_with_the_day_on_which_it_is_liquid_and_the_call_that_takes_it_out() {
	on("vektor-dev", || {
		assert_ok!(dispatch(Bob, Call::stake { amount: STAKE, tier: 2 }));
		let who = Bob.to_account_id();
		let rows = adapters::held::money(who.clone());
		let row = rows.iter().find(|row| row.what == "lock stake").expect("a row");
		assert!(row.amount.abs_diff(STAKE) <= 1);
		assert_eq!(row.by, "lockStaking.unstake");
		let positions = adapters::reads::positions(who);
		let [position] = positions.as_slice() else { panic!("{positions:?}") };
		assert_eq!(position.principal, STAKE);
		assert_eq!(position.liquid_at, 91 * 120);
		assert_eq!((position.yields.0, position.votes.0), (3_000_000, 3_000_000));
	});
}

#[test]
fn where_lock_staking_is_off_nobody_stakes_and_nothing_is_emitted_for_it() {
	on("cxpt-dev", || {
		let unknown = pallet_lock_staking::Error::<Runtime>::UnknownTier;
		assert_noop!(dispatch(Bob, Call::stake { amount: STAKE, tier: 0 }), unknown);
		pass(130);
		assert_eq!(pallet_supply::Emitted::<Runtime>::get().stakers, 0);
	});
}

#[test]
fn the_tiers_are_those_of_the_ledger() {
	let tables: [(&str, &[(u32, u32, u32)]); 4] = [
		("vektor", &[(0, 10, 10), (30, 15, 15), (90, 30, 30)]),
		("nexus", &[(0, 10, 10), (30, 15, 15), (90, 30, 30)]),
		("quiver", &[(0, 10, 15), (365, 20, 20)]),
		("cxpt", &[]),
	];
	for (preset, tenths) in tables {
		on(preset, || {
			let table = pallet_lock_staking::TierTable::<Runtime>::get();
			let found = table.iter().map(|tier| (tier.days, tier.yields.0 / 100_000, tier.votes.0 / 100_000));
			assert_eq!(found.collect::<Vec<_>>(), tenths, "{preset}");
		});
	}
}

#[test]
fn the_hook_of_lock_staking_weighs_less_than_a_thousandth_of_a_block() {
	on("vektor-dev", || {
		use pallet_lock_staking::WeightInfo;
		type W = <Runtime as pallet_lock_staking::Config>::WeightInfo;
		let limit = params::MAXIMUM_BLOCK_WEIGHT.ref_time() / 1_000;
		for weight in [W::within_an_interval(), W::begin_interval()] {
			assert!(weight.ref_time() <= limit, "{} of {limit}", weight.ref_time());
		}
		assert_eq!(Balances::total_issuance(), CAP);
	});
}
