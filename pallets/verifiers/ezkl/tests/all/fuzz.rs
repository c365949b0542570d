//! No bytes panic, and none but the valid ones are accepted.

use proptest::{collection::vec, prelude::*, sample::Index};
use vektor_verifier_ezkl::{files, verify, Error, Key, Srs};

use crate::vector::{all, hash, no_lookup};

/// `bytes` with one to three of them changed.
fn mutated(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
	vec((any::<Index>(), 1u8..), 1..4).prop_filter_map("unchanged", move |changes| {
		let mut mutated = bytes.clone();
		for (at, change) in changes {
			mutated[at.index(bytes.len())] ^= change;
		}
		(mutated != bytes).then_some(mutated)
	})
}

/// A key in which one packed number is put where another was: what a wrong writer would make.
fn rewired() -> impl Strategy<Value = (usize, Vec<u8>)> {
	(any::<Index>(), any::<Index>(), any::<Index>(), prop_oneof![Just(1usize), Just(2)]).prop_map(
		|(vector, from, to, width)| {
			let vectors = all();
			let index = vector.index(vectors.len());
			let mut key = vectors[index].key.clone();
			// Behind the header: phases, points, and all that is packed.
			let behind = 0x420..key.len() - 2;
			let (from, to) = (behind.start + from.index(behind.len()), behind.start + to.index(behind.len()));
			key.copy_within(from..from + width, to);
			(index, key)
		},
	)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn a_mutated_proof_is_refused(proof in mutated(no_lookup().proof)) {
		let vector = no_lookup();
		let refused = verify(&vector.key, &vector.srs(), &vector.instances, &proof).unwrap_err();
		let expected = matches!(refused, Error::NonCanonical | Error::NotOnCurve | Error::DoesNotHold);
		prop_assert!(expected, "{}", refused);
	}

	#[test]
	fn mutated_instances_are_refused(instances in mutated(no_lookup().instances.concat())) {
		let vector = no_lookup();
		let refused = verify(&vector.key, &vector.srs(), instances.as_chunks().0, &vector.proof).unwrap_err();
		let expected = matches!(refused, Error::NonCanonicalInstance { .. } | Error::DoesNotHold);
		prop_assert!(expected, "{}", refused);
	}

	#[test]
	fn a_mutated_key_never_panics(key in mutated(hash().key)) {
		let vector = hash();
		let parsed = Key::parse(&key);
		let said = verify(&key, &vector.srs(), &vector.instances, &vector.proof);
		// Whoever can be verified with can be registered, but for what only registration checks.
		if let Err(Error::Key(error)) = said {
			prop_assert_eq!(parsed.map(|_| ()), Err(error));
		}
	}

	#[test]
	fn a_rewired_key_never_panics((index, key) in rewired()) {
		let vector = &all()[index];
		if let Ok(parsed) = Key::parse(&key) {
			let said = verify(&key, parsed.srs(), &vector.instances, &vector.proof);
			prop_assert!(!matches!(said, Err(Error::Key(_))));
		}
	}

	#[test]
	fn random_bytes_are_nothing(bytes in vec(any::<u8>(), 0..2048), instances in vec(any::<[u8; 32]>(), 0..12)) {
		let vector = no_lookup();
		prop_assert!(Key::parse(&bytes).is_err());
		prop_assert!(Srs::parse(&bytes).is_err());
		prop_assert!(verify(&bytes, &vector.srs(), &vector.instances, &vector.proof).is_err());
		prop_assert!(verify(&vector.key, &vector.srs(), &vector.instances, &bytes).is_err());
		prop_assert!(verify(&vector.key, &vector.srs(), &instances, &vector.proof).is_err());
		prop_assert!(files::proof(&bytes).is_err());
	}
}
