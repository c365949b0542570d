use ark_bn254::{G1Affine, G2Affine};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use vektor_circuits::digits;
use vektor_primitives::{traits::KeyStore, KeyRefused, PublicSlot::*};

use super::*;
use crate::mock::*;

/// `alpha`, `beta`, `gamma`, `delta`, IC: the fields of arkworks' `VerifyingKey<Bn254>`.
type Fields = (G1Affine, G2Affine, G2Affine, G2Affine, Vec<G1Affine>);

#[test]
fn a_key_is_named_by_what_it_verifies_however_it_is_encoded() {
	let (digest, setup, checked) = Verifier::check(&groth16(&keys().1, &digits::LAYOUT)).unwrap();
	assert_eq!((setup, checked.outputs), (KeySetup::SingleParty, 10));

	let fields = Fields::deserialize_compressed(keys().1.as_slice()).unwrap();
	let mut uncompressed = vec![];
	fields.serialize_uncompressed(&mut uncompressed).unwrap();
	assert!(uncompressed.len() > keys().1.len());
	let again = Verifier::check(&groth16(&uncompressed, &digits::LAYOUT)).unwrap();
	assert_eq!(again, (digest, setup, checked));

	let other = Verifier::check(&groth16(&keys().1, &[Binding, Commitment, Outputs(10)])).unwrap().0;
	assert_ne!(digest, other);
}

#[test]
fn a_key_that_is_put_is_there_until_it_is_removed() {
	execute(|| {
		assert!(!Verifier::contains(&model()));
		register();
		assert!(Verifier::contains(&model()));
		assert_eq!(Verifier::count(), 1);
		Verifier::remove(&model());
		assert!(!Verifier::contains(&model()));
		assert_eq!(Verifier::count(), 0);
	});
}

#[test]
fn a_bad_key_is_refused_for_its_reason() {
	let key = &keys().1;
	let refused = |key: &[u8], layout: &[PublicSlot]| Verifier::check(&groth16(key, layout)).unwrap_err();
	assert_eq!(refused(key, &[Commitment, Outputs(11)]), KeyRefused::Layout);
	assert_eq!(refused(key, &[Commitment, Binding, Outputs(11)]), KeyRefused::PublicCount);
	assert_eq!(refused(&key[1..], &digits::LAYOUT), KeyRefused::Length);
	assert_eq!(refused(&[key.as_slice(), &[0]].concat(), &digits::LAYOUT), KeyRefused::Length);

	let mut off = key.clone();
	off[..32].copy_from_slice(&[0xff; 32]);
	assert_eq!(refused(&off, &digits::LAYOUT), KeyRefused::NotOnCurve);
	let mut outside = key.clone();
	outside[32..96].copy_from_slice(&outside_subgroup());
	assert_eq!(refused(&outside, &digits::LAYOUT), KeyRefused::NotInSubgroup);
	let mut infinite = key.clone();
	infinite[..32].copy_from_slice(&[0; 32]);
	infinite[31] = 0x40;
	assert_eq!(refused(&infinite, &digits::LAYOUT), KeyRefused::Infinity);
	let mut degenerate = key.clone();
	degenerate.copy_within(96..160, 160);
	assert_eq!(refused(&degenerate, &digits::LAYOUT), KeyRefused::Degenerate);
}
