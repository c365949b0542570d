use vektor_verifier_ezkl::{verify, Error, KeyError, MAX_PROOF};

use crate::vector::{all, hash, minus, no_lookup, plus, Vector, Q, R};

/// Where the evaluations of a proof start and end.
fn evaluations(vector: &Vector) -> std::ops::Range<usize> {
	let shape = vektor_verifier_ezkl::Key::parse(&vector.key).unwrap().shape();
	let length = usize::try_from(shape.evaluations).unwrap() * 32;
	let end = vector.proof.len() - 128;
	end - length..end
}

#[test]
fn proofs_of_another_length_are_refused() {
	let vector = hash();
	for length in [0, 1, 32, 64, vector.proof.len() - 32, vector.proof.len() - 1] {
		let proof = &vector.proof[..length];
		assert_eq!(verify(&vector.key, &vector.srs(), &vector.instances, proof), Err(Error::ProofLength));
	}
	for extra in [1, 32, 64, MAX_PROOF] {
		let proof = [&vector.proof[..], &vec![0; extra]].concat();
		assert_eq!(verify(&vector.key, &vector.srs(), &vector.instances, &proof), Err(Error::ProofLength));
	}
}

#[test]
fn infinity_is_no_point_of_a_proof() {
	let mut vector = no_lookup();
	let points = (0..evaluations(&vector).start).chain(evaluations(&vector).end..vector.proof.len()).step_by(64);
	for at in points {
		let honest = vector.proof.clone();
		vector.proof[at..at + 64].fill(0);
		assert_eq!(vector.verify(), Err(Error::NotOnCurve));
		vector.proof = honest;
	}
}

#[test]
fn coordinates_that_are_not_below_the_order_are_refused() {
	let honest = hash();
	for at in [0, 32, honest.proof.len() - 128, honest.proof.len() - 32] {
		let mut vector = honest.clone();
		vector.proof[at..at + 32].copy_from_slice(&Q);
		assert_eq!(vector.verify(), Err(Error::NonCanonical));
		let congruent = plus(&honest.proof[at..at + 32], &Q);
		vector.proof[at..at + 32].copy_from_slice(&congruent);
		assert_eq!(vector.verify(), Err(Error::NonCanonical));
	}
}

#[test]
fn points_off_the_curve_are_refused() {
	let honest = hash();
	for at in [63, honest.proof.len() - 65, honest.proof.len() - 1] {
		let mut vector = honest.clone();
		vector.proof[at] ^= 1;
		assert_eq!(vector.verify(), Err(Error::NotOnCurve));
	}
}

#[test]
fn a_negated_point_is_well_formed_and_does_not_hold() {
	let honest = hash();
	for at in [0, honest.proof.len() - 128, honest.proof.len() - 64] {
		let mut vector = honest.clone();
		let negated = minus(&Q, &honest.proof[at + 32..at + 64]);
		vector.proof[at + 32..at + 64].copy_from_slice(&negated);
		assert_eq!(vector.verify(), Err(Error::DoesNotHold));
		assert!(!Error::DoesNotHold.early());
	}
}

#[test]
fn evaluations_must_be_below_the_order_and_in_their_places() {
	let honest = hash();
	let range = evaluations(&honest);
	for at in range.clone().step_by(32) {
		let mut vector = honest.clone();
		let congruent = plus(&honest.proof[at..at + 32], &R);
		vector.proof[at..at + 32].copy_from_slice(&congruent);
		assert_eq!(vector.verify(), Err(Error::NonCanonical));
	}
	let mut vector = honest.clone();
	let (first, second) = vector.proof[range].split_at_mut(32);
	first.swap_with_slice(&mut second[..32]);
	assert_ne!(vector.proof, honest.proof);
	assert_eq!(vector.verify(), Err(Error::DoesNotHold));
}

#[test]
fn more_or_fewer_instances_are_refused() {
	for honest in all() {
		let mut vector = honest.clone();
		vector.instances.pop();
		assert_eq!(vector.verify(), Err(Error::InstanceCount));
		vector.instances.extend([[0; 32]; 2]);
		assert_eq!(vector.verify(), Err(Error::InstanceCount));
		vector.instances.clear();
		assert_eq!(vector.verify(), Err(Error::InstanceCount));
	}
}

#[test]
fn instances_that_are_not_below_the_order_are_refused() {
	let honest = hash();
	for index in 0..honest.instances.len() {
		let mut vector = honest.clone();
		let expected = Err(Error::NonCanonicalInstance { index: index.try_into().unwrap() });
		vector.instances[index] = plus(&honest.instances[index], &R);
		assert_eq!(vector.verify(), expected);
		vector.instances[index] = R;
		assert_eq!(vector.verify(), expected);
		vector.instances[index] = [0xff; 32];
		assert_eq!(vector.verify(), expected);
	}
}

#[test]
fn other_instances_do_not_hold() {
	let honest = hash();
	let mut swapped = honest.clone();
	swapped.instances.swap(1, 2);
	assert_ne!(swapped.instances, honest.instances);
	assert_eq!(swapped.verify(), Err(Error::DoesNotHold));
	let mut zero = honest.clone();
	zero.instances[10] = [0; 32];
	assert_eq!(zero.verify(), Err(Error::DoesNotHold));
	let mut other_input = honest;
	other_input.instances[0] = all()[2].instances[0];
	assert_eq!(other_input.verify(), Err(Error::DoesNotHold), "the commitment of another job's input");
}

#[test]
fn instances_in_the_byte_order_of_files_are_refused() {
	let mut vector = no_lookup();
	assert_eq!(vector.instances[0][31], 1);
	vector.instances.iter_mut().for_each(|instance| instance.reverse());
	assert_eq!(vector.verify(), Err(Error::DoesNotHold));
	let mut vector = hash();
	vector.instances.iter_mut().for_each(|instance| instance.reverse());
	assert!(matches!(vector.verify(), Err(Error::NonCanonicalInstance { .. })));
}

#[test]
fn challenges_that_hit_a_point_are_refused() {
	// With a root of unity of order one all points of the opening argument are the same. No registered key has it.
	let mut vector = hash();
	for address in [0x180, 0x1a0] {
		vector.key[address - 0xa0..address - 0x80].fill(0);
		vector.key[address - 0x81] = 1;
	}
	assert_eq!(vector.verify(), Err(Error::ZeroDenominator));
	assert!(!Error::ZeroDenominator.early());
}

#[test]
fn a_key_that_cannot_be_read_verifies_nothing() {
	let honest = hash();
	let pin = honest.srs();
	for length in [0, 31, 0x280, 0x2ff] {
		let said = verify(&honest.key[..length], &pin, &honest.instances, &honest.proof);
		assert_eq!(said, Err(Error::Key(KeyError::Length)));
	}
	let said = verify(&honest.key[..honest.key.len() - 1], &pin, &honest.instances, &honest.proof);
	assert_eq!(said, Err(Error::Key(KeyError::Length)));
	assert!(Error::Key(KeyError::Length).early());
}

#[test]
fn malformed_input_is_found_early() {
	for error in [
		Error::InstanceCount,
		Error::NonCanonicalInstance { index: 0 },
		Error::ProofLength,
		Error::NonCanonical,
		Error::NotOnCurve,
	] {
		assert!(error.early(), "{error}");
	}
}
