use frame_support::{assert_ok, BoundedVec};
use sp_core::H256;
use vektor_primitives::{
	traits::{EvidenceVerifier, KeyStore},
	Assurance, Evidence, EvidenceError, Felt, KeyRefused, KeySetup, Scheme, Statement, Verification, FIELD_ORDER,
};
use vektor_verifier_ezkl::PERPETUAL_POWERS_OF_TAU;

use super::*;
use crate::{mock::*, weights::SubstrateWeight, SrsTrust, WeightInfo};

fn file(vector: &str, name: &str) -> Vec<u8> {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifiers/ezkl/vectors/");
	std::fs::read(format!("{folder}{vector}/{name}.bin")).unwrap()
}

fn words(vector: &str) -> Vec<u8> {
	file(vector, "vka")
}

/// The point of the string that a key was made with.
fn point(words: &[u8]) -> [u8; 128] {
	words[0x280..0x300].try_into().unwrap()
}

fn verification(words: &[u8]) -> Verification {
	Verification::Ezkl { key: BoundedVec::truncate_from(words.to_vec()), settings: H256::repeat_byte(6) }
}

fn trust(words: &[u8], trust: SrsTrust) {
	assert_ok!(Verifier::trust_srs(RuntimeOrigin::root(), point(words), Some(trust)));
}

fn refused(words: &[u8]) -> KeyRefused {
	Verifier::check(&verification(words)).unwrap_err()
}

pub fn register(vector: &str) {
	let words = words(vector);
	trust(&words, SrsTrust::Development);
	put(model(), &verification(&words));
}

/// A vector's own statement: its first instance is the commitment, the others are outputs.
fn proved(vector: &str) -> (Statement, Vec<u8>) {
	let instances: Vec<Felt> = file(vector, "inst").chunks(32).map(|felt| felt.try_into().unwrap()).collect();
	let (statement, _) = super::proved();
	let statement = Statement {
		commitment: H256(instances[0]),
		outputs: BoundedVec::truncate_from(instances[1..].to_vec()),
		..statement
	};
	(statement, file(vector, "pf"))
}

fn check(statement: &Statement, proof: &[u8]) -> Result<Verdict, Refused> {
	let evidence = Evidence::Ezkl(BoundedVec::truncate_from(proof.to_vec()));
	<Verifier as EvidenceVerifier>::verify(statement, &evidence)
}

use vektor_primitives::{Refused, Verdict};

#[test]
fn proofs_of_hashed_inputs_hold_and_say_who_could_forge() {
	for vector in ["ezkl_hash", "ezkl_salt"] {
		execute(|| {
			register(vector);
			let (statement, proof) = proved(vector);
			let verdict = check(&statement, &proof).unwrap();
			assert_eq!((verdict.assurance, verdict.setup), (Assurance::Zk, KeySetup::SingleParty));
			assert!(verdict.used.all_lte(Verifier::worst()));
			trust(&words(vector), SrsTrust::Public);
			assert_eq!(check(&statement, &proof).unwrap().setup, KeySetup::PublicSrs);
		});
	}
}

#[test]
fn a_key_says_its_outputs_and_their_scale() {
	new_test_ext().execute_with(|| {
		let words = words("ezkl_salt");
		trust(&words, SrsTrust::Public);
		let checked = Verifier::check(&verification(&words)).unwrap();
		assert_eq!((checked.outputs, checked.scale), (10, Some(8_192)));
		assert_eq!((checked.assurance, checked.setup), (Assurance::Zk, KeySetup::PublicSrs));
		assert_eq!(checked.scheme, Scheme::Ezkl { settings: H256::repeat_byte(6) });
	});
}

#[test]
fn a_model_whose_input_is_private_is_refused_though_its_proof_holds() {
	new_test_ext().execute_with(|| {
		let words = words("ezkl_mlp");
		trust(&words, SrsTrust::Development);
		let instances: Vec<Felt> = file("ezkl_mlp", "inst").chunks(32).map(|felt| felt.try_into().unwrap()).collect();
		let proof = file("ezkl_mlp", "pf");
		assert_eq!(vektor_verifier_ezkl::verify(&words, &point(&words), &instances, &proof), Ok(()));
		assert_eq!(refused(&words), KeyRefused::InputNotHashed);
	});
}

#[test]
fn keys_that_were_made_with_another_string_are_refused_until_governance_trusts_it() {
	new_test_ext().execute_with(|| {
		let words = words("ezkl_hash");
		assert_ok!(Verifier::trust_srs(RuntimeOrigin::root(), PERPETUAL_POWERS_OF_TAU, Some(SrsTrust::Public)));
		assert_eq!(refused(&words), KeyRefused::SrsNotTrusted);
		trust(&words, SrsTrust::Development);
		assert!(Verifier::check(&verification(&words)).is_ok());
	});
}

#[test]
fn a_string_that_is_trusted_no_more_stops_every_model_under_it_at_once() {
	execute(|| {
		register("ezkl_hash");
		let (statement, proof) = proved("ezkl_hash");
		assert!(Verifier::usable(&model()));
		assert_ok!(Verifier::trust_srs(RuntimeOrigin::root(), point(&words("ezkl_hash")), None));
		assert!(!Verifier::usable(&model()));
		assert_eq!(check(&statement, &proof).unwrap_err().why, EvidenceError::SetupNotTrusted);
	});
}

#[test]
fn a_proof_holds_for_its_own_input_and_outputs_alone() {
	execute(|| {
		register("ezkl_hash");
		let (statement, proof) = proved("ezkl_hash");
		let no = |change: fn(&mut Statement)| {
			let mut other = statement.clone();
			change(&mut other);
			check(&other, &proof).unwrap_err().why
		};
		assert_eq!(no(|s| s.commitment.0[31] ^= 1), EvidenceError::DoesNotHold);
		assert_eq!(no(|s| s.outputs[9][31] ^= 1), EvidenceError::DoesNotHold);
		assert_eq!(no(|s| s.outputs.as_mut().swap(0, 1)), EvidenceError::DoesNotHold);
		assert_eq!(no(|s| s.outputs.truncate(9)), EvidenceError::OutputCount);
		assert_eq!(no(|s| s.outputs[0] = FIELD_ORDER), EvidenceError::NonCanonicalPublic);
		let (_, other) = proved("ezkl_salt");
		assert_eq!(check(&statement, &other).unwrap_err().why, EvidenceError::DoesNotHold);
	});
}

#[test]
fn what_is_malformed_is_refused_for_its_reason_and_cheaply() {
	execute(|| {
		register("ezkl_hash");
		let (statement, proof) = proved("ezkl_hash");
		let cheap = SubstrateWeight::<Test>::refuse_ezkl();
		let no = |change: fn(&mut Vec<u8>)| {
			let mut proof = proof.clone();
			change(&mut proof);
			check(&statement, &proof).unwrap_err()
		};
		let why = |change| {
			let refused = no(change);
			assert_eq!(refused.used, cheap);
			refused.why
		};
		assert_eq!(why(|proof| proof.truncate(proof.len() - 1)), EvidenceError::ProofLength);
		assert_eq!(why(|proof| proof.push(0)), EvidenceError::ProofLength);
		assert_eq!(why(|proof| proof.clear()), EvidenceError::ProofLength);
		assert_eq!(why(|proof| proof[..64].fill(0)), EvidenceError::NotOnCurve);
		assert_eq!(why(|proof| proof[0..32].fill(0xff)), EvidenceError::NonCanonicalScalar);
		let last = no(|proof| {
			let at = proof.len() - 129;
			proof[at] ^= 1;
		});
		assert_eq!(last.why, EvidenceError::DoesNotHold);
	});
}

#[test]
fn a_key_that_is_not_strictly_one_is_refused_for_its_reason() {
	new_test_ext().execute_with(|| {
		let good = words("ezkl_hash");
		trust(&good, SrsTrust::Development);
		let why = |change: fn(&mut Vec<u8>)| {
			let mut words = good.clone();
			change(&mut words);
			refused(&words)
		};
		assert_eq!(why(|words| words.truncate(words.len() - 1)), KeyRefused::Length);
		// The prefix of ezkl's file left on.
		assert_eq!(why(|words| drop(words.splice(0..0, [0; 8]))), KeyRefused::Length);
		assert_eq!(why(|words| words[0x1e0 - 0xa0 + 31] = 1), KeyRefused::Unsupported);
		assert_eq!(why(|words| words[0x260 - 0xa0 + 31] = 2), KeyRefused::Format);
		assert_eq!(why(|words| words[0x3e0 - 0xa0 + 31] ^= 32), KeyRefused::Format);
		assert_eq!(why(|words| words[0x4e0 - 0xa0 + 31] ^= 1), KeyRefused::NotOnCurve);
		assert_eq!(why(|words| words.truncate(words.len() - 32)), KeyRefused::Format);
	});
}
