//! A million mutations of proofs, instances, keys and files: none panics, none is accepted for what it is not.

use rand::{rngs::SmallRng, Rng};
use vektor_verifier_ezkl::{files, verify, Key};

use crate::{
	mutation::{million, mutate, strike, Seen},
	vector::{all, no_lookup, Vector},
};

const KEY_FILE: &[u8] = include_bytes!("../../vectors/ezkl_no_lookup/vka");
const PROOF_FILE: &[u8] = include_bytes!("../../vectors/ezkl_no_lookup/proof.json");

/// The length of a key's header.
const HEADER: usize = 33 * 32;

/// Each vector, and the one that follows it.
fn pairs() -> impl Iterator<Item = (Vector, Vector)> {
	let vectors = all();
	let next = vectors.clone().into_iter().cycle().skip(1);
	vectors.into_iter().zip(next)
}

fn proofs(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	for (vector, other) in pairs() {
		for _ in 0..times {
			let proof = mutate(&vector.proof, &other.proof, strokes, rng);
			let said = Vector { proof, ..vector.clone() }.verify();
			seen.note("proof", said.expect_err("a proof that nobody made"));
		}
	}
}

fn instances(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	for (vector, other) in pairs() {
		for _ in 0..times {
			let mut instances = vector.instances.clone();
			match rng.gen_range(0..16) {
				0 => instances.truncate(rng.gen_range(0..vector.instances.len())),
				1 => instances.push(rng.gen()),
				_ => strike(instances.as_flattened_mut(), other.instances.as_flattened(), strokes, rng),
			}
			let said = Vector { instances, ..vector.clone() }.verify();
			seen.note("instances", said.expect_err("instances that nobody proved"));
		}
	}
}

/// Where a key may differ from one whose proof holds under it too: the size of scratch, which says where challenges of
/// the circuit lie; constants, gates and lookups, as far as they come to the same for this proof; what instances mean.
/// Nowhere else: digest, domain, generators, phases, commitments, permutation and opening plan are what was proved.
fn may_differ(key: &[u8], at: usize) -> bool {
	let shape = Key::parse(key).unwrap().shape();
	let in_proof = (shape.proof_length - shape.evaluations * 32) / 64 - 2;
	let commitments = usize::try_from(shape.points - in_proof - 3).unwrap() * 64;
	// Behind the header and a word of phases.
	let constants = HEADER + 32 + commitments;
	let section = |word: usize| usize::from(u16::from_be_bytes([key[word * 32 + 30], key[word * 32 + 31]])) - 0xa0;
	let [permutation, lookups, opening, rescale] = [section(27), section(28), section(29), section(30) + 0x80];
	[32..64, constants..permutation, lookups..opening, rescale..key.len()].iter().any(|place| place.contains(&at))
}

fn keys(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	for (vector, other) in pairs() {
		let mut lie = vector.clone();
		lie.instances[0][31] ^= 1;
		for _ in 0..times {
			let mut key = vector.key.clone();
			match rng.gen() {
				true => key = mutate(&vector.key, &other.key, strokes, rng),
				false => strike(&mut key[HEADER..], &other.key[HEADER..], strokes, rng),
			}
			let said = verify(&key, &vector.srs(), &vector.instances, &vector.proof);
			match (Key::parse(&key), said) {
				(Err(why), _) => seen.note("key", why),
				(Ok(_), Err(why)) => seen.note("another key", why),
				(Ok(_), Ok(())) => {
					let differ = |at: &usize| key[*at] != vector.key[*at];
					let strange = (0..key.len()).filter(differ).find(|at| !may_differ(&vector.key, *at));
					assert_eq!((key.len(), strange), (vector.key.len(), None), "{}", vector.name);
					verify(&key, &vector.srs(), &lie.instances, &vector.proof).expect_err("a lie");
					seen.note("another key", format_args!("means the same"));
				}
			}
		}
	}
}

fn files(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let vector = no_lookup();
	for _ in 0..times {
		match files::words(&mutate(KEY_FILE, PROOF_FILE, strokes, rng)) {
			Err(why) => seen.note("key file", why),
			Ok(words) => seen.note("key file read", Key::parse(words).map(|_| ())),
		}
		match files::proof(&mutate(PROOF_FILE, KEY_FILE, strokes, rng)) {
			Err(why) => seen.note("proof file", why),
			Ok((proof, instances)) => {
				let same = (&proof, &instances) == (&vector.proof, &vector.instances);
				let said = Vector { proof, instances, ..vector.clone() }.verify();
				assert_eq!(said.is_ok(), same);
				seen.note("proof file read", said);
			}
		}
	}
}

#[test]
fn a_million_mutations_of_proof_instances_key_and_files_are_refused() {
	let half = |rng: &mut SmallRng, seen: &mut Seen| {
		proofs(900, 1, rng, seen);
		proofs(1_000, 4, rng, seen);
		proofs(19_500, 16, rng, seen);
		instances(60, 1, rng, seen);
		instances(440, 32, rng, seen);
		keys(300, 1, rng, seen);
		keys(1_200, 4, rng, seen);
		keys(22_500, 8, rng, seen);
		files(2_500, 1, rng, seen);
		files(18_000, 8, rng, seen);
	};
	let reached =
		["proof: DoesNotHold", "instances: DoesNotHold", "another key: DoesNotHold", "proof file read: Ok(())"];
	million(half, &reached);
}
