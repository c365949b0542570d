use frame_support::BoundedVec;
use proptest::prelude::*;
use sp_core::H256;
use vektor_circuits::digits;
use vektor_primitives::{
	traits::EvidenceVerifier, Assurance, Evidence, EvidenceError, JobId, KeySetup, ModelId, OperatorId, PublicSlot,
	Statement, FIELD_ORDER,
};
use vektor_verifier_groth16::snarkjs;

use super::*;
use crate::{mock::*, weights::SubstrateWeight, Groth16Key, Keys, StoredKey, WeightInfo};

fn stored() -> Groth16Key {
	match Keys::<Test>::get(model()) {
		Some(StoredKey::Groth16(key)) => key,
		_ => panic!("a Groth16 key is stored"),
	}
}

fn proved_bytes() -> (Statement, Vec<u8>) {
	match proved() {
		(statement, Evidence::Groth16(proof)) => (statement, proof.to_vec()),
		_ => panic!("a Groth16 proof was made"),
	}
}

fn why(statement: &Statement, evidence: &Evidence) -> EvidenceError {
	<Verifier as EvidenceVerifier>::verify(statement, evidence).unwrap_err().why
}

#[test]
fn a_proof_of_the_statement_is_accepted_and_says_who_could_forge() {
	execute(|| {
		register();
		let (statement, evidence) = proved();
		let verdict = <Verifier as EvidenceVerifier>::verify(&statement, &evidence).unwrap();
		assert_eq!((verdict.assurance, verdict.setup), (Assurance::Zk, KeySetup::SingleParty));
		assert_eq!(verdict.used, SubstrateWeight::<Test>::verify_groth16(12));
		assert!(verdict.used.all_lte(Verifier::worst()));
	});
}

#[test]
fn a_proof_does_not_hold_for_another_chain_job_operator_input_or_output() {
	execute(|| {
		register();
		let (statement, evidence) = proved();
		let changes: [fn(&mut Statement); 5] = [
			|s| s.genesis = H256::zero(),
			|s| s.job = JobId::default(),
			|s| s.operator = OperatorId::default(),
			|s| s.commitment = H256::zero(),
			|s| s.outputs[3] = [0; 32],
		];
		for change in changes {
			let mut other = statement.clone();
			change(&mut other);
			let refused = <Verifier as EvidenceVerifier>::verify(&other, &evidence).unwrap_err();
			assert_eq!(refused.why, EvidenceError::DoesNotHold);
			assert_eq!(refused.used, SubstrateWeight::<Test>::verify_groth16(12));
		}
	});
}

#[test]
fn a_proof_under_the_key_of_one_model_does_not_hold_for_another_with_the_same_key() {
	execute(|| {
		register();
		put(ModelId::default(), &groth16(&keys().1, &digits::LAYOUT));
		let (mut statement, evidence) = proved();
		statement.model = ModelId::default();
		assert_eq!(why(&statement, &evidence), EvidenceError::DoesNotHold);
	});
}

#[test]
fn what_is_malformed_is_refused_for_its_reason_and_cheaply() {
	execute(|| {
		register();
		let (statement, evidence) = proved();
		let cheap = SubstrateWeight::<Test>::refuse();
		let check = |statement: &Statement, evidence: &Evidence, reason| {
			let refused = <Verifier as EvidenceVerifier>::verify(statement, evidence).unwrap_err();
			assert_eq!((refused.why, refused.used), (reason, cheap));
		};
		let unknown = Statement { model: ModelId::default(), ..statement.clone() };
		check(&unknown, &evidence, EvidenceError::UnknownModel);
		let mut short = statement.clone();
		short.outputs.pop();
		check(&short, &evidence, EvidenceError::OutputCount);
		let mut large = statement.clone();
		large.outputs[9] = FIELD_ORDER;
		check(&large, &evidence, EvidenceError::NonCanonicalPublic);
		for length in [0, 127, 129, 255] {
			let proof = Evidence::Groth16(BoundedVec::truncate_from(vec![1; length]));
			check(&statement, &proof, EvidenceError::ProofLength);
		}
	});
}

#[test]
fn evidence_of_another_kind_than_the_models_is_refused() {
	execute(|| {
		register();
		let (statement, _) = proved();
		let signed = Evidence::SessionSignature([0; 64]);
		assert_eq!(why(&statement, &signed), EvidenceError::WrongKind);
		assert_eq!(why(&statement, &Evidence::Ezkl(BoundedVec::default())), EvidenceError::WrongKind);
	});
}

#[test]
fn a_point_off_the_curve_is_refused_and_pays_for_the_work() {
	execute(|| {
		register();
		let (statement, _) = proved();
		let evidence = Evidence::Groth16(BoundedVec::truncate_from(vec![1; 256]));
		let refused = <Verifier as EvidenceVerifier>::verify(&statement, &evidence).unwrap_err();
		assert_eq!(refused.why, EvidenceError::NotOnCurve);
		assert_eq!(refused.used, SubstrateWeight::<Test>::verify_groth16(12));
	});
}

#[test]
fn a_point_outside_the_subgroup_is_refused() {
	execute(|| {
		register();
		let (statement, proof) = proved_bytes();
		let mut bytes = proof;
		bytes[32..96].copy_from_slice(&outside_subgroup());
		let evidence = Evidence::Groth16(BoundedVec::truncate_from(bytes));
		assert_eq!(why(&statement, &evidence), EvidenceError::NotInSubgroup);
	});
}

#[test]
fn a_stored_key_that_cannot_be_read_refuses_everything() {
	new_test_ext().execute_with(|| {
		register();
		let mut key = stored();
		key.prepared.truncate(700);
		Keys::<Test>::insert(model(), StoredKey::Groth16(key));
		let (statement, evidence) = proved();
		assert_eq!(why(&statement, &evidence), EvidenceError::StoredKey);
	});
}

#[test]
fn a_dry_run_says_what_a_delivery_would_hear() {
	execute(|| {
		register();
		let (mut statement, evidence) = proved();
		assert_eq!(Verifier::dry_run(&statement, &evidence), Ok(()));
		statement.job = JobId::default();
		assert_eq!(Verifier::dry_run(&statement, &evidence), Err(EvidenceError::DoesNotHold));
	});
}

/// The vector binds the number 77, and no statement of ours yields that: there is no way round the binding.
#[test]
fn a_foreign_proof_that_binds_something_else_never_holds_for_a_job() {
	let read = |name: &str| {
		let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifiers/groth16/vectors/snarkjs_mlp/");
		std::fs::read(format!("{folder}{name}.json")).unwrap()
	};
	let publics = snarkjs::publics(&read("public")).unwrap();
	let key = snarkjs::key(&read("vk")).unwrap().to_bytes();
	let proof = snarkjs::proof(&read("proof")).unwrap();
	execute(|| {
		let layout = [PublicSlot::Binding, PublicSlot::Commitment, PublicSlot::Outputs(10)];
		put(model(), &groth16(&key, &layout));
		let prepared = stored().prepared;
		assert_eq!(vektor_verifier_groth16::verify(&prepared, &publics, &proof), Ok(()));
		let statement = Statement {
			genesis: H256::repeat_byte(1),
			job: JobId(H256::repeat_byte(2)),
			operator: OperatorId(H256::repeat_byte(3)),
			model: model(),
			commitment: H256(publics[1]),
			outputs: BoundedVec::truncate_from(publics[2..].to_vec()),
		};
		let evidence = Evidence::Groth16(BoundedVec::truncate_from(proof.to_vec()));
		assert_eq!(why(&statement, &evidence), EvidenceError::DoesNotHold);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn no_bytes_are_accepted_and_none_panic(bytes in prop::collection::vec(any::<u8>(), 0..257), flip in 0usize..1024) {
		execute(|| {
			register();
			let (statement, proof) = proved_bytes();
			let random = Evidence::Groth16(BoundedVec::truncate_from(bytes));
			assert!(<Verifier as EvidenceVerifier>::verify(&statement, &random).is_err());
			let mut flipped = proof;
			flipped[flip / 8] ^= 1 << (flip % 8);
			let flipped = Evidence::Groth16(BoundedVec::truncate_from(flipped));
			assert!(<Verifier as EvidenceVerifier>::verify(&statement, &flipped).is_err());
		});
	}
}
