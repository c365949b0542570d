use ark_bn254::{Bn254, Fr, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{BigInteger, PrimeField};
use ark_groth16::Proof;
use vektor_verifier_groth16::{verify, Error};

use crate::fixture::{compressed, fixture, flips, outside_the_subgroup, uncompressed, Fixture};

#[test]
fn both_encodings_of_an_arkworks_proof_hold() {
	let Fixture { prepared, publics, compressed, uncompressed, .. } = fixture();
	assert_eq!((compressed.len(), uncompressed.len()), (128, 256));
	assert_eq!(verify(prepared, publics, compressed), Ok(()));
	assert_eq!(verify(prepared, publics, uncompressed), Ok(()));
}

#[test]
fn every_flipped_bit_of_a_proof_is_refused() {
	let Fixture { prepared, publics, compressed, uncompressed, .. } = fixture();
	for flipped in flips(compressed).chain(flips(uncompressed)) {
		let refused = verify(prepared, publics, &flipped).unwrap_err();
		assert!(matches!(refused, Error::NotOnCurve | Error::NotInSubgroup | Error::DoesNotHold), "{refused}");
	}
}

#[test]
fn every_flipped_bit_of_the_publics_is_refused() {
	let Fixture { prepared, publics, compressed, .. } = fixture();
	for flipped in flips(&publics.concat()) {
		let publics: Vec<[u8; 32]> = flipped.chunks(32).map(|chunk| chunk.try_into().unwrap()).collect();
		let refused = verify(prepared, &publics, compressed).unwrap_err();
		assert!(matches!(refused, Error::NonCanonicalPublic { .. } | Error::DoesNotHold), "{refused}");
	}
}

#[test]
fn a_public_that_is_congruent_but_not_below_the_order_is_refused() {
	let Fixture { prepared, publics, compressed, .. } = fixture();
	let mut number = Fr::from_be_bytes_mod_order(&publics[0]).into_bigint();
	assert!(!number.add_with_carry(&Fr::MODULUS));
	let mut publics = publics.clone();
	publics[0] = number.to_bytes_be().try_into().unwrap();
	assert_eq!(verify(prepared, &publics, compressed), Err(Error::NonCanonicalPublic { index: 0 }));
	publics[0] = Fr::MODULUS.to_bytes_be().try_into().unwrap();
	assert_eq!(verify(prepared, &publics, compressed), Err(Error::NonCanonicalPublic { index: 0 }));
	publics.swap(0, 2);
	publics[0] = [0; 32];
	assert_eq!(verify(prepared, &publics, compressed), Err(Error::NonCanonicalPublic { index: 2 }));
}

#[test]
fn more_or_fewer_publics_are_refused() {
	let Fixture { prepared, publics, compressed, .. } = fixture();
	assert_eq!(verify(prepared, &publics[1..], compressed), Err(Error::PublicCount));
	assert_eq!(verify(prepared, &[&publics[..], &[[0; 32]]].concat(), compressed), Err(Error::PublicCount));
	assert_eq!(verify(prepared, &[], compressed), Err(Error::PublicCount));
}

#[test]
fn another_length_is_refused() {
	let Fixture { prepared, publics, uncompressed, .. } = fixture();
	for length in (0..256).filter(|length| *length != 128) {
		assert_eq!(verify(prepared, publics, &uncompressed[..length]), Err(Error::ProofLength));
	}
	assert_eq!(verify(prepared, publics, &[&uncompressed[..], &[0]].concat()), Err(Error::ProofLength));
}

#[test]
fn points_at_infinity_are_refused() {
	let Fixture { prepared, publics, raw_proof, .. } = fixture();
	let with = |change: fn(&mut Proof<Bn254>)| {
		let mut proof = raw_proof.clone();
		change(&mut proof);
		proof
	};
	for proof in [
		with(|proof| proof.a = G1Affine::zero()),
		with(|proof| proof.b = G2Affine::zero()),
		with(|proof| proof.c = G1Affine::zero()),
	] {
		assert_eq!(verify(prepared, publics, &compressed(&proof)), Err(Error::NotOnCurve));
		assert_eq!(verify(prepared, publics, &uncompressed(&proof)), Err(Error::NotOnCurve));
	}
}

#[test]
fn a_point_outside_the_subgroup_is_refused() {
	let Fixture { prepared, publics, raw_proof, .. } = fixture();
	let proof = Proof { b: outside_the_subgroup(), ..raw_proof.clone() };
	assert_eq!(verify(prepared, publics, &compressed(&proof)), Err(Error::NotInSubgroup));
	assert_eq!(verify(prepared, publics, &uncompressed(&proof)), Err(Error::NotInSubgroup));
}

#[test]
fn a_sign_flag_that_contradicts_its_point_is_refused() {
	let Fixture { prepared, publics, uncompressed, .. } = fixture();
	for last in [63, 191, 255] {
		let mut flipped = uncompressed.clone();
		flipped[last] ^= 0x80;
		assert_eq!(verify(prepared, publics, &flipped), Err(Error::NotOnCurve));
	}
}

#[test]
fn well_formed_points_of_another_proof_do_not_hold() {
	let Fixture { prepared, publics, raw_proof, .. } = fixture();
	let swapped = Proof { a: raw_proof.c, c: raw_proof.a, ..raw_proof.clone() };
	assert_eq!(verify(prepared, publics, &compressed(&swapped)), Err(Error::DoesNotHold));
	let negated = Proof { a: -raw_proof.a, ..raw_proof.clone() };
	assert_eq!(verify(prepared, publics, &compressed(&negated)), Err(Error::DoesNotHold));
}

#[test]
fn a_rerandomised_proof_holds_too_so_proofs_identify_nothing() {
	let Fixture { prepared, publics, raw_proof, .. } = fixture();
	let minus = Proof { a: -raw_proof.a, b: -raw_proof.b, ..raw_proof.clone() };
	assert_eq!(verify(prepared, publics, &compressed(&minus)), Ok(()));
}

#[test]
fn a_prepared_key_of_a_wrong_length_is_refused() {
	let Fixture { prepared, publics, compressed, .. } = fixture();
	for length in [0, 1, 383, 384, 640, 703, prepared.len() - 1] {
		assert_eq!(verify(&prepared[..length], publics, compressed), Err(Error::Key));
	}
	assert_eq!(verify(&[&prepared[..], &[0]].concat(), publics, compressed), Err(Error::Key));
	assert_eq!(verify(&vec![0; 704 + 129 * 64], publics, compressed), Err(Error::Key));
}
