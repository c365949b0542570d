//! A validator's life: it registers keys that it can prove, is elected, earns from the era pot, and leaves with its bond.

use crate::common::*;
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect, Get},
};
use pallet_staking::{ActiveEra, RewardDestination, ValidatorPrefs};
use pallet_supply::Burned;
use sp_core::proof_of_possession::ProofOfPossessionGenerator;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use vektor_primitives::VKTR;
use vektor_runtime::{params::CAP, *};

const BOND: Balance = 200_000 * VKTR;

/// What exists and what was burned are the cap, always.
fn capped() {
	assert_eq!(Balances::total_issuance() + Burned::<Runtime>::iter_values().sum::<Balance>(), CAP);
}

/// Blocks pass until `done`.
fn until(what: &str, done: impl Fn() -> bool) {
	for _ in 0..2_000 {
		if done() {
			return capped();
		}
		pass(1);
	}
	panic!("{what}: not within 2,000 blocks");
}

fn era() -> u32 {
	ActiveEra::<Runtime>::get().expect("an era").index
}

/// Eve's keys, and the proof that whoever signs as `owner` has their secrets.
fn keys(owner: Sr25519Keyring) -> (SessionKeys, Vec<u8>) {
	let (mut sr, mut ed) = (Sr25519Keyring::Eve.pair(), Ed25519Keyring::Eve.pair());
	let owner = owner.to_account_id().encode();
	let keys = SessionKeys {
		babe: Sr25519Keyring::Eve.public().into(),
		grandpa: Ed25519Keyring::Eve.public().into(),
		authority_discovery: Sr25519Keyring::Eve.public().into(),
		connectivity: Sr25519Keyring::Eve.public().into(),
	};
	let mut signed = || sr.generate_proof_of_possession(&owner);
	let proof = (signed(), ed.generate_proof_of_possession(&owner), signed(), signed()).encode();
	(keys, proof)
}

fn set_keys((keys, proof): (SessionKeys, Vec<u8>)) -> RuntimeCall {
	pallet_session::Call::set_keys { keys, proof }.into()
}

#[test]
fn keys_are_registered_by_who_proves_to_have_them_and_by_nobody_else() {
	on("vektor-local", || {
		type Error = pallet_session::Error<Runtime>;
		use sp_keyring::Sr25519Keyring::{Eve, Ferdie};
		let (mine, proof) = keys(Eve);
		let refused = |who, call: RuntimeCall, error: Error| {
			let result = dispatch(who, call).map_err(|failed| failed.error);
			assert_noop!(result, error);
		};
		refused(Eve, set_keys((mine.clone(), Vec::new())), Error::InvalidProof);
		refused(Eve, set_keys(keys(Ferdie)), Error::InvalidProof);
		refused(Ferdie, set_keys((mine.clone(), proof.clone())), Error::InvalidProof);
		let mut other = proof.clone();
		other[0] ^= 1;
		refused(Eve, set_keys((mine.clone(), other)), Error::InvalidProof);
		assert_ok!(dispatch(Eve, set_keys((mine.clone(), proof))));
		// Nobody else takes them, though it had their secrets.
		refused(Ferdie, set_keys(keys(Ferdie)), Error::DuplicatedKey);
	});
}

#[test]
fn a_validator_joins_is_elected_earns_from_the_era_pot_and_leaves_with_its_bond() {
	on("vektor-local", || {
		use sp_keyring::Sr25519Keyring::Eve;
		let eve = Eve.to_account_id();
		let had = Balances::total_balance(&eve);
		let steps = vec![
			pallet_staking::Call::bond { value: BOND, payee: RewardDestination::Staked }.into(),
			set_keys(keys(Eve)),
			pallet_staking::Call::validate { prefs: ValidatorPrefs::default() }.into(),
		];
		assert_ok!(dispatch(Eve, pallet_utility::Call::batch_all { calls: steps }));
		assert!(!Session::validators().contains(&eve));

		until("Eve is elected", || Session::validators().contains(&eve));
		let babe = Sr25519Keyring::Eve.public().into();
		let at = Babe::authorities().iter().position(|(key, _)| *key == babe).expect("an authority");
		author(u32::try_from(at).expect("few"));
		let first = era();
		until("its era ends and is paid", || Balances::total_balance(&eve) > had);
		assert!(era() > first);
		author(0);
		let earned = Balances::total_balance(&eve) - had;
		// What is earned is bonded.
		let ledger = pallet_staking::Ledger::<Runtime>::get(&eve).expect("bonded");
		assert_eq!(ledger.active, BOND + earned);

		assert_ok!(dispatch(Eve, pallet_staking::Call::chill {}));
		assert_ok!(dispatch(Eve, pallet_staking::Call::unbond { value: ledger.active }));
		until("Eve is out of the set", || !Session::validators().contains(&eve));
		// Slashable until the last of its eras is over, and not to be had before.
		let free = native(&eve);
		assert_ok!(dispatch(Eve, pallet_staking::Call::withdraw_unbonded { num_slashing_spans: 0 }));
		assert_eq!(native(&eve), free);
		let last = era() + <timing::BondingEras as Get<u32>>::get();
		until("the bond is free", || era() >= last);
		assert_ok!(dispatch(Eve, pallet_session::Call::purge_keys {}));
		assert_ok!(dispatch(Eve, pallet_staking::Call::withdraw_unbonded { num_slashing_spans: 0 }));
		assert_eq!(pallet_staking::Ledger::<Runtime>::get(&eve), None);
		let paid = had + earned - native(&eve);
		assert!(native(&eve) > had && paid < VKTR, "{paid}");
		assert_eq!(Balances::reserved_balance(&eve), 0);
		capped();
	});
}

#[test]
fn four_validators_share_the_era_pot_by_the_blocks_that_they_made() {
	on("vektor-local", || {
		use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
		let stashes = [Alice, Bob, Charlie, Dave].map(|who| who.to_account_id());
		assert_eq!(Session::validators().len(), stashes.len());
		// The authority of each, and how many blocks of ten it makes.
		let index = |who: &AccountId| {
			let key = pallet_session::NextKeys::<Runtime>::get(who).expect("has keys").babe;
			let at = Babe::authorities().iter().position(|(babe, _)| *babe == key).expect("an authority");
			u32::try_from(at).expect("few")
		};
		let turns: Vec<u32> = [4, 3, 2, 1].iter().zip(&stashes).flat_map(|(n, who)| vec![index(who); *n]).collect();
		let had = stashes.clone().map(|who| Balances::total_balance(&who));
		let pays = |era| pallet_staking::ErasValidatorReward::<Runtime>::get(era).unwrap_or_default();
		// The first eras have nothing in their pot.
		let mut turns = turns.iter().cycle();
		while era().checked_sub(1).map_or(0, pays) == 0 {
			author(*turns.next().expect("endless"));
			pass(1);
		}
		author(0);
		let paid = era() - 1;
		let pays = pays(paid);
		let points = pallet_staking::ErasRewardPoints::<Runtime>::get(paid);
		let earned = || stashes.iter().zip(&had).map(|(who, had)| Balances::total_balance(who) - had);
		until("all four are paid", || earned().all(|reward| reward > 0));
		for (who, reward) in stashes.iter().zip(earned()) {
			let share = Balance::from(points.individual[who]) * pays / Balance::from(points.total);
			assert!(share.abs_diff(reward) <= pays / 1_000_000, "{reward} for {share}");
		}
		assert!(earned().is_sorted_by(|more, less| more > less));
		assert!(earned().sum::<Balance>() <= pays);
	});
}

#[test]
fn a_chain_whose_validators_are_all_chilled_goes_on_with_them() {
	on("vektor-local", || {
		use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
		let four = [Alice, Bob, Charlie, Dave];
		let set = Session::validators();
		for who in four {
			assert_ok!(dispatch(who, pallet_staking::Call::chill {}));
		}
		let sessions = 4 * <Runtime as pallet_staking::Config>::SessionsPerEra::get();
		let last = Session::current_index() + sessions;
		until("elections find nobody", || Session::current_index() >= last);
		assert_eq!(Session::validators(), set);

		let stuck = era();
		for who in four {
			assert_ok!(dispatch(who, pallet_staking::Call::validate { prefs: ValidatorPrefs::default() }));
		}
		until("they are elected again", || era() > stuck);
		assert_eq!(Session::validators().len(), set.len());
	});
}

#[test]
fn an_election_at_its_bounds_takes_a_fraction_of_a_block() {
	use frame_election_provider_support::{weights::SubstrateWeight, WeightInfo};
	use pallet_staking::WeightInfo as _;
	use params::{MAX_TARGETS, MAX_VOTERS};
	type Staked = <Runtime as pallet_staking::Config>::WeightInfo;
	sp_io::TestExternalities::default().execute_with(|| {
		let solved = SubstrateWeight::<Runtime>::phragmen(MAX_VOTERS, MAX_TARGETS, 16);
		// All voters are nominators, or all that may be are validators: the dearer counts.
		let read =
			Staked::get_npos_voters(MAX_TARGETS, MAX_VOTERS).saturating_add(Staked::get_npos_targets(MAX_TARGETS));
		let all = solved.saturating_add(read).ref_time();
		let part = all * 1_000 / params::MAXIMUM_BLOCK_WEIGHT.ref_time();
		// Thousandths of a block (ADR 0018).
		assert!((100..150).contains(&part), "{part}: {solved:?} {read:?}");
	});
}
