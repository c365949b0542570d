//! The keys and proofs that benchmarks measure with.

use proptest::prelude::*;
use vektor_verifier_ezkl::{
	synthetic::{fewest_operations, key, longest_key, proof, MIN_POINTS, SCALE},
	verify, Error, Key, KeyError, Scaled, Shape, Srs, MAX_INSTANCES, MAX_KEY, MAX_OPERATIONS, MAX_POINTS, MAX_PROOF,
};

/// The shape of a key of so many `operations`, in fact.
fn shape(points: u32, instances: u32, operations: u32) -> Shape {
	let evaluations = points - 6;
	let in_proof = (points - 7).div_ceil(2) + 4 + 2;
	Shape {
		k: 24,
		instances,
		proof_length: in_proof * 64 + evaluations * 32,
		points,
		evaluations,
		operations,
		hashes: 1,
		scaled: match instances {
			1 => vec![],
			_ => vec![Scaled { count: instances - 1, scale: SCALE.into() }],
		},
	}
}

fn parsed(points: u32, instances: u32, operations: u32) -> Shape {
	Key::parse(&key(points, instances, operations).0).unwrap().shape()
}

/// What a proof for the key comes to.
fn said((words, srs): (Vec<u8>, [u8; 128]), instances: u32) -> Result<(), Error> {
	let instances: Vec<[u8; 32]> = (0..instances).map(|index| [(index % 48) as u8; 32]).collect();
	verify(&words, &srs, &instances, &proof(&words))
}

#[test]
fn every_corner_is_a_key_of_its_shape_and_its_proof_runs_to_the_end() {
	for points in [MIN_POINTS, MIN_POINTS + 1, 128, MAX_POINTS - 1, MAX_POINTS] {
		let fewest = fewest_operations(points);
		for instances in [1, 2, MAX_INSTANCES] {
			// A gate of no operation is none.
			let asked = [(fewest, fewest), (fewest + 1, fewest), (fewest + 2, fewest + 2), (1000, 1000)];
			for (asked, made) in asked.into_iter().chain([(MAX_OPERATIONS, MAX_OPERATIONS)]) {
				assert_eq!(parsed(points, instances, asked), shape(points, instances, made), "{asked}");
				let said = said(key(points, instances, asked), instances);
				assert_eq!(said, Err(Error::DoesNotHold), "{points} {instances} {asked}");
			}
		}
	}
}

#[test]
fn the_limits_of_key_and_proof_are_reached() {
	let (words, srs) = longest_key();
	assert_eq!(words.len(), MAX_KEY);
	assert_eq!(proof(&words).len(), MAX_PROOF);
	assert_eq!(Key::parse(&words).unwrap().shape(), shape(MAX_POINTS, MAX_INSTANCES, MAX_OPERATIONS));
	assert_eq!(said((words, srs), MAX_INSTANCES), Err(Error::DoesNotHold));
}

#[test]
fn no_word_of_a_key_can_be_left_out() {
	let (words, _) = key(MIN_POINTS, 3, 200);
	for at in (0..words.len()).step_by(32) {
		let without = [&words[..at], &words[at + 32..]].concat();
		assert!(Key::parse(&without).is_err(), "{at:#x}");
	}
	let longer = [&words[..], &[0; 32]].concat();
	assert!(matches!(Key::parse(&longer), Err(KeyError::Malformed(_))));
}

#[test]
fn the_srs_is_one_that_may_be_pinned() {
	let (words, srs) = key(MIN_POINTS, 1, 100);
	assert_eq!(Key::parse(&words).unwrap().srs(), &srs);
	assert_eq!(Srs::parse(&srs).unwrap().bytes(), &srs);
}

#[test]
#[should_panic(expected = "points")]
fn too_few_points_make_no_key() {
	key(MIN_POINTS - 1, 1, 100);
}

#[test]
#[should_panic(expected = "points")]
fn too_many_points_make_no_key() {
	key(MAX_POINTS + 1, 1, 600);
}

#[test]
#[should_panic(expected = "instances")]
fn no_instances_make_no_key() {
	key(MIN_POINTS, 0, 100);
}

#[test]
#[should_panic(expected = "operations")]
fn too_many_operations_make_no_key() {
	key(MIN_POINTS, 1, MAX_OPERATIONS + 1);
}

#[test]
#[should_panic(expected = "operations")]
fn too_few_operations_make_no_key() {
	key(MIN_POINTS, 1, fewest_operations(MIN_POINTS) - 1);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn operations_are_as_many_as_asked_or_one_less(
		points in MIN_POINTS..=MAX_POINTS,
		instances in 1..=MAX_INSTANCES,
		part in 0.0..=1.0,
	) {
		let fewest = fewest_operations(points);
		let operations = fewest + (f64::from(MAX_OPERATIONS - fewest) * part) as u32;
		let made = parsed(points, instances, operations);
		prop_assert_eq!(&made, &shape(points, instances, made.operations));
		prop_assert!(operations - made.operations <= 1);
	}
}
