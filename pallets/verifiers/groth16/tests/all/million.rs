//! A million mutations of a proof and of a key that hold: none panics, none is accepted for what it is not.

use std::{collections::BTreeMap, thread};

use rand::{rngs::StdRng, Rng, SeedableRng};
use vektor_verifier_groth16::{verify, Key, COMPRESSED_PROOF};

use crate::fixture::{compressed, fixture, negated, uncompressed, Fixture, PUBLICS};

/// What is done to bytes. Every mutation changes them.
fn mutate(bytes: &[u8], rng: &mut StdRng) -> Vec<u8> {
	let mut mutated = bytes.to_vec();
	match rng.gen_range(0..16) {
		// Another length.
		0 => mutated.truncate(rng.gen_range(0..bytes.len())),
		1 => mutated.extend((0..rng.gen_range(1..64)).map(|_| rng.gen::<u8>())),
		// A piece of it somewhere else.
		2 => {
			let length = rng.gen_range(1..=bytes.len() / 2);
			let (from, to) = (rng.gen_range(0..=bytes.len() - length), rng.gen_range(0..=bytes.len() - length));
			mutated[to..to + length].copy_from_slice(&bytes[from..from + length]);
		}
		// A run of one byte.
		3 => {
			let length = rng.gen_range(1..=bytes.len() / 2);
			let at = rng.gen_range(0..=bytes.len() - length);
			mutated[at..at + length].fill(*[0, 1, 0x7f, 0x80, 0xff].get(rng.gen_range(0..5)).unwrap());
		}
		4..=7 => mutated[rng.gen_range(0..bytes.len())] ^= 1 << rng.gen_range(0..8),
		_ => (0..rng.gen_range(1..5)).for_each(|_| mutated[rng.gen_range(0..bytes.len())] = rng.gen()),
	}
	if mutated == bytes {
		mutated[rng.gen_range(0..bytes.len())] ^= 1;
	}
	mutated
}

type Seen = BTreeMap<String, u32>;

fn proofs(times: u32, original: &[u8], rng: &mut StdRng, seen: &mut Seen) {
	let Fixture { prepared, publics, .. } = fixture();
	for _ in 0..times {
		let proof = mutate(original, rng);
		// Groth16 proofs are malleable: -A and -B prove what A and B do. Nothing of ours is named by a proof's bytes.
		let said = match verify(prepared, publics, &proof) {
			Ok(()) if proof == negated() => "the same with -A and -B".into(),
			Ok(()) => panic!("accepted: {proof:?}"),
			Err(why) => format!("{why:?}"),
		};
		let length = if original.len() == COMPRESSED_PROOF { "compressed" } else { "uncompressed" };
		*seen.entry(format!("proof, {length}: {said}")).or_default() += 1;
	}
}

fn keys(times: u32, original: &[u8], rng: &mut StdRng, seen: &mut Seen) {
	let Fixture { publics, compressed: proof, .. } = fixture();
	for _ in 0..times {
		let bytes = mutate(original, rng);
		let said = match Key::parse(&bytes, PUBLICS) {
			Ok(key) => {
				let why = verify(&key.to_prepared(), publics, proof).expect_err("another key's proof");
				format!("another key, for which {why:?}")
			}
			Err(why) => format!("{why:?}"),
		};
		*seen.entry(format!("key: {said}")).or_default() += 1;
	}
}

#[test]
fn a_million_mutations_of_proof_and_key_are_refused() {
	let Fixture { compressed: short, uncompressed: long, raw_key, .. } = fixture();
	let (short_key, long_key) = (compressed(raw_key), uncompressed(raw_key));
	let workers: Vec<_> = [1, 2]
		.into_iter()
		.map(|seed| {
			let (short_key, long_key) = (short_key.clone(), long_key.clone());
			thread::spawn(move || {
				let (mut rng, mut seen) = (StdRng::seed_from_u64(seed), Seen::new());
				proofs(340_000, long, &mut rng, &mut seen);
				proofs(10_000, short, &mut rng, &mut seen);
				keys(145_000, &long_key, &mut rng, &mut seen);
				keys(5_000, &short_key, &mut rng, &mut seen);
				seen
			})
		})
		.collect();
	let mut seen = Seen::new();
	for (what, times) in workers.into_iter().flat_map(|worker| worker.join().expect("no panic")) {
		*seen.entry(what).or_default() += times;
	}
	for (what, times) in &seen {
		println!("{times:8} {what}");
	}
	assert_eq!(seen.values().sum::<u32>(), 1_000_000);
	for what in ["proof, compressed: DoesNotHold", "proof, uncompressed: NotOnCurve", "key: Length"] {
		assert!(seen.contains_key(what), "no mutation reached {what}");
	}
}
