//! Validators that sign two things where they may sign one are reported, proved and punished.

use crate::common::*;
use codec::{Decode, Encode};
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use pallet_staking::{ActiveEra, Call, Ledger, RewardDestination, ValidatorPrefs, Validators};
use sp_consensus_babe::digests::{PreDigest, SecondaryPlainPreDigest};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{traits::Header as _, Digest, DigestItem, Perbill};
use sp_session::MembershipProof;
use sp_staking::StakingInterface;
use vektor_primitives::VKTR;
use vektor_runtime::*;

const BOND: Balance = 100_000 * VKTR;

/// A header of Bob's for `slot`, told from others of the slot by `mark`.
fn header(slot: u64, mark: u8) -> Header {
	let pre = PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 1, slot: slot.into() });
	let digest = Digest { logs: vec![DigestItem::PreRuntime(sp_consensus_babe::BABE_ENGINE_ID, pre.encode())] };
	let mut header = Header::new(7, Hash::repeat_byte(mark), Hash::default(), Hash::default(), digest);
	let signature = Sr25519Keyring::Bob.sign(header.hash().as_ref());
	header.digest_mut().push(DigestItem::Seal(sp_consensus_babe::BABE_ENGINE_ID, signature.encode()));
	header
}

fn babe_report() -> RuntimeCall {
	let offender: sp_consensus_babe::AuthorityId = Sr25519Keyring::Bob.public().into();
	let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
	let proof: MembershipProof =
		Historical::prove((sp_consensus_babe::KEY_TYPE, offender.clone())).expect("Bob is a validator");
	pallet_babe::Call::report_equivocation_unsigned {
		equivocation_proof: Box::new(sp_consensus_babe::EquivocationProof {
			offender,
			slot: slot.into(),
			first_header: header(slot, 1),
			second_header: header(slot, 2),
		}),
		key_owner_proof: proof,
	}
	.into()
}

fn grandpa_report() -> RuntimeCall {
	let offender: sp_consensus_grandpa::AuthorityId = Ed25519Keyring::Bob.public().into();
	let (set, round) = (Grandpa::current_set_id(), 1u64);
	let vote = |mark: u8| {
		let target = (Hash::repeat_byte(mark), 1u32);
		// A prevote is variant 0 of a message.
		let signature = Ed25519Keyring::Bob.sign(&(0u8, target, round, set).encode());
		(target, signature)
	};
	let bytes = (set, 0u8, round, offender.clone(), vote(1), vote(2)).encode();
	let proof: MembershipProof =
		Historical::prove((sp_consensus_grandpa::KEY_TYPE, offender)).expect("Bob is a validator");
	pallet_grandpa::Call::report_equivocation_unsigned {
		equivocation_proof: Box::new(Decode::decode(&mut bytes.as_slice()).expect("the encoding of a proof")),
		key_owner_proof: proof,
	}
	.into()
}

/// Reports once, and again in vain.
fn punished(report: impl Fn() -> RuntimeCall) {
	on("vektor-local", || {
		let bob = Sr25519Keyring::Bob.to_account_id();
		let issuance = Balances::total_issuance();
		let call = report();
		send(UncheckedExtrinsic::new_bare(call.clone())).expect("the report is valid").expect("and proved");
		pass(1);
		let slash = BOND - Staking::stake(&bob).expect("still bonded").total;
		// min((3 * 1 / 4)^2, 1) of the bond, as exact as the unit of votes.
		assert!((Perbill::from_rational(9u32, 16u32) * BOND).abs_diff(slash) < 100, "{slash}");
		assert_eq!(Balances::total_issuance(), issuance - slash, "a slash is burned");
		assert!(Session::disabled_validators().contains(&1), "it makes no blocks in this era");
		assert!(!Validators::<Runtime>::contains_key(&bob), "and is no candidate for the next");
		refused(send(UncheckedExtrinsic::new_bare(call)));
		assert_eq!(Balances::total_issuance(), issuance - slash);
	});
}

#[test]
fn two_blocks_in_one_slot_cost_the_author_its_bond() {
	punished(babe_report);
}

#[test]
fn two_votes_in_one_round_cost_the_voter_its_bond() {
	punished(grandpa_report);
}

#[test]
fn a_slash_reaches_what_is_unbonding_of_the_validator_and_of_its_nominators() {
	on("vektor-local", || {
		use Sr25519Keyring::{Bob, Eve};
		let [bob, eve] = [Bob, Eve].map(|who| who.to_account_id());
		let nominate = vec![
			Call::bond { value: BOND, payee: RewardDestination::Stash }.into(),
			Call::nominate { targets: vec![bob.clone().into()] }.into(),
		];
		assert_ok!(dispatch(Eve, pallet_utility::Call::batch_all { calls: nominate }));
		let behind = || Staking::eras_stakers(ActiveEra::<Runtime>::get().expect("an era").index, &bob);
		while behind().others.is_empty() {
			pass(1);
		}

		// Both are on their way out, with almost all that they have.
		let leaving = BOND * 9 / 10;
		for who in [Bob, Eve] {
			assert_ok!(dispatch(who, Call::unbond { value: leaving }));
		}
		// A block in which a session begins takes no transaction, and no report: it comes in the next.
		refused(send(UncheckedExtrinsic::new_bare(babe_report())));
		pass(1);
		let issuance = Balances::total_issuance();
		send(UncheckedExtrinsic::new_bare(babe_report())).expect("the report is valid").expect("and proved");
		pass(1);

		let mut burned = 0;
		for who in [&bob, &eve] {
			let ledger = Ledger::<Runtime>::get(who).expect("still bonded");
			let slash = BOND - ledger.total;
			let fine = |of: Balance| Perbill::from_rational(9u32, 16u32) * of;
			assert!(fine(BOND).abs_diff(slash) < 100, "{slash}");
			let unbonding: Balance = ledger.unlocking.iter().map(|chunk| chunk.value).sum();
			assert!((leaving - fine(leaving)).abs_diff(unbonding) < 100, "{unbonding}");
			burned += slash;
		}
		// Of what a slash takes nothing goes to who reported it.
		assert_eq!(Balances::total_issuance(), issuance - burned);
	});
}

#[test]
fn a_validator_that_was_slashed_comes_back_when_it_says_so() {
	on("vektor-local", || {
		use Sr25519Keyring::Bob;
		let bob = Bob.to_account_id();
		send(UncheckedExtrinsic::new_bare(babe_report())).expect("the report is valid").expect("and proved");
		let mut waited = 0;
		while Session::validators().contains(&bob) {
			pass(1);
			waited += 1;
			assert!(waited < 2_000, "the next election is without it");
		}
		assert_ok!(dispatch(Bob, Call::validate { prefs: ValidatorPrefs::default() }));
		while !Session::validators().contains(&bob) {
			pass(1);
			waited += 1;
			assert!(waited < 4_000, "and the one after that with it");
		}
	});
}

#[test]
fn a_false_report_is_refused() {
	on("vektor-local", || {
		let RuntimeCall::Babe(pallet_babe::Call::report_equivocation_unsigned {
			mut equivocation_proof,
			key_owner_proof,
		}) = babe_report()
		else {
			panic!("a report of BABE's")
		};
		equivocation_proof.second_header = equivocation_proof.first_header.clone();
		let call = pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof };
		let result = send(UncheckedExtrinsic::new_bare(call.into()));
		assert!(!matches!(result, Ok(Ok(()))));
		assert_eq!(Staking::stake(&Sr25519Keyring::Bob.to_account_id()).expect("bonded").total, BOND);
	});
}
