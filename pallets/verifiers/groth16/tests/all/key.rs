use ark_bn254::{Bn254, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_groth16::VerifyingKey;
use vektor_verifier_groth16::{verify, Error, Key, KeyError, Part, MAX_PREPARED, MAX_PUBLICS};

use crate::fixture::{compressed, fixture, flips, outside_the_subgroup, uncompressed, Fixture, PUBLICS};

fn refusal(change: impl FnOnce(&mut VerifyingKey<Bn254>)) -> KeyError {
	let mut key = fixture().raw_key.clone();
	change(&mut key);
	let refused = Key::parse(&compressed(&key), PUBLICS).unwrap_err();
	assert_eq!(Key::parse(&uncompressed(&key), PUBLICS), Err(refused));
	refused
}

#[test]
fn both_encodings_are_one_key() {
	let raw = &fixture().raw_key;
	let key = Key::parse(&compressed(raw), PUBLICS).unwrap();
	assert_eq!(Key::parse(&uncompressed(raw), PUBLICS), Ok(key.clone()));
	assert_eq!(key.to_bytes(), compressed(raw));
}

#[test]
fn the_prepared_key_has_the_length_that_is_documented() {
	assert_eq!(fixture().prepared.len(), 704 + 64 * 3);
	let mut raw = fixture().raw_key.clone();
	raw.gamma_abc_g1 = vec![G1Affine::generator(); 129];
	let largest = Key::parse(&uncompressed(&raw), MAX_PUBLICS).unwrap().to_prepared();
	assert_eq!(largest.len(), MAX_PREPARED);
	assert!(largest.len() <= 12 * 1024);
}

#[test]
fn more_than_128_publics_are_refused() {
	let mut raw = fixture().raw_key.clone();
	raw.gamma_abc_g1 = vec![G1Affine::generator(); 130];
	assert_eq!(Key::parse(&compressed(&raw), 129), Err(KeyError::TooManyPublics));
	assert_eq!(Key::parse(&compressed(&raw), 128), Err(KeyError::PublicCount { points: 130, publics: 128 }));
}

#[test]
fn a_key_for_another_number_of_publics_is_refused() {
	for publics in [0, 2, 4, 128] {
		let expected = Err(KeyError::PublicCount { points: 4, publics });
		assert_eq!(Key::parse(&compressed(&fixture().raw_key), publics), expected);
		assert_eq!(Key::parse(&uncompressed(&fixture().raw_key), publics), expected);
	}
}

#[test]
fn truncated_and_trailing_bytes_are_refused() {
	for bytes in [compressed(&fixture().raw_key), uncompressed(&fixture().raw_key)] {
		for length in 0..bytes.len() {
			assert_eq!(Key::parse(&bytes[..length], PUBLICS), Err(KeyError::Length));
		}
		assert_eq!(Key::parse(&[&bytes[..], &[0]].concat(), PUBLICS), Err(KeyError::Length));
	}
}

#[test]
fn a_length_field_that_lies_allocates_nothing() {
	for (at, mut bytes) in [(224, compressed(&fixture().raw_key)), (448, uncompressed(&fixture().raw_key))] {
		bytes[at..at + 8].copy_from_slice(&u64::MAX.to_le_bytes());
		assert_eq!(Key::parse(&bytes, PUBLICS), Err(KeyError::Length));
	}
}

#[test]
fn points_at_infinity_are_refused_by_name() {
	assert_eq!(refusal(|key| key.alpha_g1 = G1Affine::zero()), KeyError::Infinity(Part::Alpha));
	assert_eq!(refusal(|key| key.beta_g2 = G2Affine::zero()), KeyError::Infinity(Part::Beta));
	assert_eq!(refusal(|key| key.gamma_g2 = G2Affine::zero()), KeyError::Infinity(Part::Gamma));
	assert_eq!(refusal(|key| key.delta_g2 = G2Affine::zero()), KeyError::Infinity(Part::Delta));
	assert_eq!(refusal(|key| key.gamma_abc_g1[2] = G1Affine::zero()), KeyError::Infinity(Part::Ic(2)));
}

#[test]
fn points_outside_the_subgroup_are_refused_by_name() {
	let outside = outside_the_subgroup();
	assert_eq!(refusal(|key| key.beta_g2 = outside), KeyError::NotInSubgroup(Part::Beta));
	assert_eq!(refusal(|key| key.gamma_g2 = outside), KeyError::NotInSubgroup(Part::Gamma));
	assert_eq!(refusal(|key| key.delta_g2 = outside), KeyError::NotInSubgroup(Part::Delta));
}

#[test]
fn points_off_the_curve_are_refused_by_name() {
	let mut key = fixture().raw_key.clone();
	key.gamma_abc_g1[1] = G1Affine::new_unchecked(1u8.into(), 1u8.into());
	assert_eq!(Key::parse(&uncompressed(&key), PUBLICS), Err(KeyError::NotOnCurve(Part::Ic(1))));
}

#[test]
fn a_key_under_which_anybody_forges_is_refused() {
	let Fixture { raw_key, publics, .. } = fixture();
	assert_eq!(refusal(|key| key.delta_g2 = key.gamma_g2), KeyError::Degenerate(Part::Gamma, Part::Delta));
	assert_eq!(refusal(|key| key.delta_g2 = -key.gamma_g2), KeyError::Degenerate(Part::Gamma, Part::Delta));
	assert_eq!(refusal(|key| key.beta_g2 = key.gamma_g2), KeyError::Degenerate(Part::Beta, Part::Gamma));
	assert_eq!(refusal(|key| key.beta_g2 = -key.delta_g2), KeyError::Degenerate(Part::Beta, Part::Delta));

	// The forgery that the check is there for, against a prepared key that never saw the check.
	let sound = Key::parse(&compressed(raw_key), PUBLICS).unwrap().to_prepared();
	let mut prepared = sound.clone();
	prepared.copy_within(384..512, 512);
	let inputs = raw_key.gamma_abc_g1[1..]
		.iter()
		.zip(publics)
		.fold(raw_key.gamma_abc_g1[0].into_group(), |sum, (point, public)| {
			sum + *point * <ark_bn254::Fr as ark_ff::PrimeField>::from_be_bytes_mod_order(public)
		});
	let forged = ark_groth16::Proof::<Bn254> { a: raw_key.alpha_g1, b: raw_key.beta_g2, c: (-inputs).into() };
	assert_eq!(verify(&prepared, publics, &compressed(&forged)), Ok(()));
	assert_eq!(verify(&sound, publics, &compressed(&forged)), Err(Error::DoesNotHold));
}

#[test]
fn no_flipped_bit_leaves_a_key_under_which_the_proof_holds() {
	let Fixture { raw_key, publics, compressed: proof, .. } = fixture();
	for bytes in [compressed(raw_key), uncompressed(raw_key)] {
		for flipped in flips(&bytes) {
			if let Ok(key) = Key::parse(&flipped, PUBLICS) {
				assert_eq!(verify(&key.to_prepared(), publics, proof), Err(Error::DoesNotHold));
			}
		}
	}
}
