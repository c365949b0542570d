//! The keys and proofs that benchmarks measure with.

use proptest::prelude::*;
use vektor_verifier_ezkl::{
	synthetic::{key, proof, MIN_POINTS, SCALE},
	verify, Error, Key, KeyError, Scaled, Shape, Srs, MAX_INSTANCES, MAX_KEY, MAX_POINTS, MAX_PROOF,
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
fn said(points: u32, instances: u32, operations: u32) -> Result<(), Error> {
	let (words, srs) = key(points, instances, operations);
	let instances: Vec<[u8; 32]> = (0..instances).map(|index| [(index % 48) as u8; 32]).collect();
	verify(&words, &srs, &instances, &proof(&words))
}

#[test]
fn every_corner_is_a_key_of_its_shape_and_its_proof_runs_to_the_end() {
	for points in [MIN_POINTS, MIN_POINTS + 1, 128, MAX_POINTS - 1, MAX_POINTS] {
		for instances in [1, 2, MAX_INSTANCES] {
			for (asked, made) in [
				(0, points - 1),
				(points - 1, points - 1),
				(points, points),
				(1000, 1000),
				(
					4096,
					match points {
						MIN_POINTS | 31 => 4096,
						128 => 3477,
						255 => 2324,
						_ => 2325,
					},
				),
			] {
				assert_eq!(parsed(points, instances, asked), shape(points, instances, made), "{asked}");
				assert_eq!(said(points, instances, asked), Err(Error::DoesNotHold), "{points} {instances} {asked}");
			}
		}
	}
}

#[test]
fn the_limits_of_key_and_proof_are_reached() {
	let (words, _) = key(MAX_POINTS, MAX_INSTANCES, 4096);
	assert_eq!(words.len(), MAX_KEY);
	assert_eq!(proof(&words).len(), MAX_PROOF);
	assert_eq!(parsed(58, 1, 4096).operations, 4096);
	assert!(parsed(59, 1, 4096).operations < 4096);
}

/// Six multiplications fill a word, ten negations.
#[test]
fn operations_multiply_as_far_as_these_find_room() {
	for (points, most) in [(MIN_POINTS, 2627), (MAX_POINTS, 1497)] {
		let length = |operations| key(points, 1, operations).0.len();
		assert_eq!(length(points - 1 + 12) - length(points - 1), 64);
		assert_eq!(parsed(points, 1, most).operations, most);
		assert_eq!(length(most), MAX_KEY);
		// One more finds room in a gate of negations alone.
		assert!(length(most + 1) < MAX_KEY);
	}
}

#[test]
fn no_word_of_a_key_can_be_left_out() {
	let (words, _) = key(MIN_POINTS, 3, 100);
	for at in (0..words.len()).step_by(32) {
		let without = [&words[..at], &words[at + 32..]].concat();
		assert!(Key::parse(&without).is_err(), "{at:#x}");
	}
	let longer = [&words[..], &[0; 32]].concat();
	assert!(matches!(Key::parse(&longer), Err(KeyError::Malformed(_))));
}

#[test]
fn the_srs_is_one_that_may_be_pinned() {
	let (words, srs) = key(MIN_POINTS, 1, 0);
	assert_eq!(Key::parse(&words).unwrap().srs(), &srs);
	assert_eq!(Srs::parse(&srs).unwrap().bytes(), &srs);
}

#[test]
#[should_panic(expected = "points")]
fn too_few_points_make_no_key() {
	key(MIN_POINTS - 1, 1, 0);
}

#[test]
#[should_panic(expected = "points")]
fn too_many_points_make_no_key() {
	key(MAX_POINTS + 1, 1, 0);
}

#[test]
#[should_panic(expected = "instances")]
fn no_instances_make_no_key() {
	key(MIN_POINTS, 0, 0);
}

#[test]
#[should_panic(expected = "operations")]
fn too_many_operations_make_no_key() {
	key(MIN_POINTS, 1, 4097);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn operations_are_as_many_as_asked(
		points in MIN_POINTS..=MAX_POINTS,
		instances in 1..=MAX_INSTANCES,
		operations in 0..=4096u32,
	) {
		let made = parsed(points, instances, operations);
		prop_assert_eq!(&made, &shape(points, instances, made.operations));
		if operations <= 2324 {
			prop_assert_eq!(made.operations, operations.max(points - 1));
		} else {
			prop_assert!((2324..=operations).contains(&made.operations));
		}
	}
}
