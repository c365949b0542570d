//! Keys of any size from multiples of the generators. A proof that is well-formed and false runs the same operations as a
//! true one, so none has to be made.

use alloc::{vec, vec::Vec};
use ark_bn254::{Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_serialize::CanonicalSerialize;
use frame_benchmarking::v2::*;
use frame_support::BoundedVec;
use sp_core::H256;
use vektor_primitives::{
	traits::{EvidenceVerifier, KeyStore},
	Evidence, EvidenceError, JobId, KeySetup, ModelId, OperatorId, PublicSlot, Statement, Verification,
};
use vektor_verifier_groth16::WORST_PUBLIC;

use crate::{Config, Keys, Pallet};

fn g1(n: u64) -> G1Affine {
	(G1Affine::generator() * Fr::from(n)).into_affine()
}

fn g2(n: u64) -> G2Affine {
	(G2Affine::generator() * Fr::from(n)).into_affine()
}

fn compressed<S: CanonicalSerialize>(values: &[S]) -> Vec<u8> {
	let mut bytes = vec![];
	values.iter().for_each(|value| value.serialize_compressed(&mut bytes).unwrap());
	bytes
}

/// A key for `n` public inputs, compressed: its points cost square roots to read.
pub fn key(n: u32) -> Verification {
	let ic: Vec<G1Affine> = (0..=u64::from(n)).map(|i| g1(i + 7)).collect();
	let bytes = [compressed(&[g1(2)]), compressed(&[g2(3), g2(4), g2(5)]), compressed(&[ic])].concat();
	let layout = vec![PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs((n - 2) as u8)];
	Verification::Groth16 {
		key: BoundedVec::truncate_from(bytes),
		layout: BoundedVec::truncate_from(layout),
		setup: KeySetup::SingleParty,
	}
}

/// A well-formed proof that does not hold.
pub fn proof() -> Evidence {
	Evidence::Groth16(BoundedVec::truncate_from(
		[compressed(&[g1(11)]), compressed(&[g2(12)]), compressed(&[g1(13)])].concat(),
	))
}

fn statement(n: u32) -> Statement {
	Statement {
		genesis: H256::zero(),
		job: JobId::default(),
		operator: OperatorId::default(),
		model: ModelId::default(),
		commitment: H256(WORST_PUBLIC),
		outputs: BoundedVec::truncate_from(vec![WORST_PUBLIC; (n - 2) as usize]),
	}
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn refuse() {
		// Of what is refused before any curve operation, this is found last.
		let (_, _, checked) = Pallet::<T>::check(&key(128)).unwrap();
		Pallet::<T>::put(&ModelId::default(), checked);
		let (statement, proof) = (statement(128), Evidence::Groth16(BoundedVec::truncate_from(vec![1])));
		let result;
		#[block]
		{
			result = Pallet::<T>::verify(&statement, &proof);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::ProofLength);
	}

	#[benchmark]
	fn verify_proof(n: Linear<3, 128>) {
		let (_, _, checked) = Pallet::<T>::check(&key(n)).unwrap();
		Pallet::<T>::put(&ModelId::default(), checked);
		let (statement, proof) = (statement(n), proof());
		let result;
		#[block]
		{
			result = <Pallet<T> as EvidenceVerifier>::verify(&statement, &proof);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::DoesNotHold);
	}

	#[benchmark]
	fn store_key(n: Linear<3, 128>) {
		let key = key(n);
		#[block]
		{
			let (_, _, checked) = Pallet::<T>::check(&key).unwrap();
			Pallet::<T>::put(&ModelId::default(), checked);
		}
		assert!(Keys::<T>::contains_key(ModelId::default()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
