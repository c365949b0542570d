//! Every flipped bit of a proof and of its instances is refused; those of a key never panic.
//!
//! `VEKTOR_LONG=1` flips every bit; else a share of them that is prime to the length of a word.

use std::{collections::BTreeMap, thread};

use vektor_verifier_ezkl::{verify, Error, Key};

use crate::vector::{all, flip, hash, long, no_lookup};

/// Runs `check` for each bit that is looked at, on two threads.
fn bits(bytes: &[u8], share: usize, check: impl Fn(usize) + Sync) {
	let step = if long() { 1 } else { share };
	let bits: Vec<usize> = (0..bytes.len() * 8).step_by(step).collect();
	let (one, other) = bits.split_at(bits.len() / 2);
	thread::scope(|scope| {
		scope.spawn(|| one.iter().copied().for_each(&check));
		other.iter().copied().for_each(&check);
	});
}

#[test]
fn a_flipped_bit_of_a_proof_is_refused() {
	for vector in [hash(), no_lookup()] {
		bits(&vector.proof, 251, |bit| {
			let proof = flip(&vector.proof, bit);
			let refused = verify(&vector.key, &vector.srs(), &vector.instances, &proof).unwrap_err();
			assert!(
				matches!(refused, Error::NonCanonical | Error::NotOnCurve | Error::DoesNotHold),
				"{bit}: {refused}"
			);
		});
	}
}

#[test]
fn a_flipped_bit_of_an_instance_is_refused() {
	for vector in [hash(), no_lookup()] {
		let instances = vector.instances.as_flattened();
		bits(instances, 101, |bit| {
			let flipped = flip(instances, bit);
			let instances = flipped.as_chunks().0;
			let refused = verify(&vector.key, &vector.srs(), instances, &vector.proof).unwrap_err();
			assert!(matches!(refused, Error::NonCanonicalInstance { .. } | Error::DoesNotHold), "{bit}: {refused}");
		});
	}
}

#[test]
fn a_flipped_bit_of_a_key_is_another_key_and_most_are_none() {
	let vector = hash();
	let seen = std::sync::Mutex::new(BTreeMap::<String, u32>::new());
	bits(&vector.key, 61, |bit| {
		let flipped = flip(&vector.key, bit);
		let said = match Key::parse(&flipped) {
			Ok(key) => match verify(&flipped, key.srs(), &vector.instances, &vector.proof) {
				Ok(()) => "holds".into(),
				Err(error) => format!("key, {error:?}"),
			},
			Err(error) => format!("{error:?}").split(['(', '{']).next().unwrap().trim().to_string(),
		};
		*seen.lock().unwrap().entry(said).or_default() += 1;
	});
	let seen = seen.into_inner().unwrap();
	let all: u32 = seen.values().sum();
	let holds = seen.get("holds").copied().unwrap_or_default();
	println!("{seen:?}");
	assert!(holds > 0, "the rescale data is read and not used");
	assert!(holds * 100 < all, "{holds} of {all}");
	assert!(seen["Malformed"] * 2 > all, "{seen:?}");
}

#[test]
fn a_flipped_bit_of_any_key_never_panics() {
	for vector in all() {
		bits(&vector.key, 127, |bit| {
			let flipped = flip(&vector.key, bit);
			if let Ok(key) = Key::parse(&flipped) {
				assert_ne!(flipped, vector.key);
				assert!(key.shape().points <= 256);
			}
		});
	}
}
