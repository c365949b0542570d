//! No bytes panic, and none but the valid ones are accepted.

use proptest::{collection::vec, prelude::*};
use vektor_verifier_groth16::{snarkjs, verify, Key};

use crate::fixture::{compressed, fixture, uncompressed, Fixture, PUBLICS};

/// `bytes` with up to four of them replaced; at least one changes.
fn mutated(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
	let length = bytes.len();
	vec((0..length, 1u8..), 1..4).prop_filter_map("unchanged", move |changes| {
		let mut mutated = bytes.clone();
		for (at, change) in changes {
			mutated[at] ^= change;
		}
		(mutated != bytes).then_some(mutated)
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn random_bytes_are_no_proof(
		proof in prop_oneof![vec(any::<u8>(), 128), vec(any::<u8>(), 256), vec(any::<u8>(), 0..300)],
		publics in vec(any::<[u8; 32]>(), 0..5),
	) {
		let Fixture { prepared, publics: valid, compressed, .. } = fixture();
		prop_assert!(verify(prepared, valid, &proof).is_err());
		prop_assert!(verify(prepared, &publics, compressed).is_err());
	}

	#[test]
	fn random_bytes_are_no_key(bytes in vec(any::<u8>(), 0..1024), publics in any::<u32>()) {
		let Fixture { publics: valid, compressed, .. } = fixture();
		prop_assert!(Key::parse(&bytes, publics % 130).is_err());
		prop_assert!(verify(&bytes, valid, compressed).is_err());
	}

	#[test]
	fn a_mutated_proof_is_refused(
		short in mutated(fixture().compressed.clone()),
		long in mutated(fixture().uncompressed.clone()),
	) {
		let Fixture { prepared, publics, .. } = fixture();
		prop_assert!(verify(prepared, publics, &short).is_err());
		prop_assert!(verify(prepared, publics, &long).is_err());
	}

	#[test]
	fn a_mutated_key_or_prepared_key_is_refused(
		short in mutated(compressed(&fixture().raw_key)),
		long in mutated(uncompressed(&fixture().raw_key)),
		prepared in mutated(fixture().prepared.clone()),
	) {
		let Fixture { publics, compressed: proof, .. } = fixture();
		for bytes in [short, long] {
			if let Ok(key) = Key::parse(&bytes, PUBLICS) {
				prop_assert!(verify(&key.to_prepared(), publics, proof).is_err());
			}
		}
		// Read without checks, so a stray sign flag is not noticed: it need only not panic.
		let _ = verify(&prepared, publics, proof);
	}

	#[test]
	fn random_json_is_refused(text in ".{0,200}", digits in "[0-9]{1,90}") {
		prop_assert!(snarkjs::key(text.as_bytes()).is_err());
		prop_assert!(snarkjs::proof(text.as_bytes()).is_err());
		let _ = snarkjs::publics(format!("[\"{digits}\"]").as_bytes());
	}
}
