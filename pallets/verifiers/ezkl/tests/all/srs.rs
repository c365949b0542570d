use vektor_verifier_ezkl::{verify, Error, Srs, SrsError, PERPETUAL_POWERS_OF_TAU};

use crate::vector::{hash, minus, no_lookup, plus, Q};

/// The generator of G2 in the words of keys.
fn generator() -> [u8; 128] {
	hash().key[0x200..0x280].try_into().unwrap()
}

#[test]
fn the_public_srs_may_be_pinned() {
	assert_eq!(Srs::parse(&PERPETUAL_POWERS_OF_TAU).unwrap().bytes(), &PERPETUAL_POWERS_OF_TAU);
}

#[test]
fn another_length_is_refused() {
	for length in [0, 1, 127] {
		assert_eq!(Srs::parse(&PERPETUAL_POWERS_OF_TAU[..length]), Err(SrsError::Length));
	}
	assert_eq!(Srs::parse(&[0; 129]), Err(SrsError::Length));
}

#[test]
fn a_generator_of_either_sign_is_refused() {
	let mut bytes = generator();
	assert_eq!(Srs::parse(&bytes), Err(SrsError::Known));
	for at in [64, 96] {
		let negated = minus(&Q, &bytes[at..at + 32]);
		bytes[at..at + 32].copy_from_slice(&negated);
	}
	assert_eq!(Srs::parse(&bytes), Err(SrsError::Known));
}

#[test]
fn infinity_and_points_off_the_curve_are_refused() {
	assert_eq!(Srs::parse(&[0; 128]), Err(SrsError::NotOnCurve));
	let mut bytes = PERPETUAL_POWERS_OF_TAU;
	bytes[127] ^= 1;
	assert_eq!(Srs::parse(&bytes), Err(SrsError::NotOnCurve));
}

#[test]
fn coordinates_that_are_not_below_the_order_are_refused() {
	for at in [0, 32, 64, 96] {
		let mut bytes = PERPETUAL_POWERS_OF_TAU;
		let same = plus(&bytes[at..at + 32], &Q);
		bytes[at..at + 32].copy_from_slice(&same);
		assert_eq!(Srs::parse(&bytes), Err(SrsError::NonCanonical));
	}
}

#[test]
fn a_point_outside_the_subgroup_is_refused() {
	assert_eq!(Srs::parse(&outside()), Err(SrsError::NotInSubgroup));
}

/// A point of the twist outside the subgroup of prime order: almost every one is.
fn outside() -> [u8; 128] {
	use ark_bn254::G2Affine;
	use ark_ff::{BigInteger, PrimeField};
	let point = (0u64..)
		.filter_map(|x| G2Affine::get_point_from_x_unchecked(x.into(), false))
		.find(|point| !point.is_in_correct_subgroup_assuming_on_curve())
		.unwrap();
	let words = [point.x.c1, point.x.c0, point.y.c1, point.y.c0].map(|word| word.into_bigint().to_bytes_be());
	words.concat().try_into().unwrap()
}

#[test]
fn a_proof_under_another_srs_is_refused_and_holds_when_the_pin_is_switched() {
	let vector = no_lookup();
	let refused = verify(&vector.key, &PERPETUAL_POWERS_OF_TAU, &vector.instances, &vector.proof);
	assert_eq!(refused, Err(Error::Srs));
	assert!(Error::Srs.early());
	assert_eq!(verify(&vector.key, &vector.srs(), &vector.instances, &vector.proof), Ok(()));
	// The same for a pin whose words are no numbers of the field, which parsing refuses.
	let mut key = vector.key.clone();
	key[0x280..0x2a0].copy_from_slice(&Q);
	let pin = key[0x280..0x300].try_into().unwrap();
	assert_eq!(verify(&key, &pin, &vector.instances, &vector.proof), Err(Error::Srs));
}
