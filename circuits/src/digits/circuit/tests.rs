use ark_relations::gr1cs::{ConstraintSystem, Matrix};

use super::*;
use crate::digits::{held_out, infer, number, PIXEL_MAX};

fn honest(sample: usize) -> Circuit {
	let payload = Payload { pixels: held_out()[sample].pixels, salt: std::array::from_fn(|n| 255 - n as u8) };
	Circuit {
		commitment: number(&payload.commitment()).unwrap(),
		binding: Fr::from(77u8),
		logits: infer(&payload.pixels),
		payload,
	}
}

fn build(circuit: Circuit) -> Built<Cs> {
	let cs = ConstraintSystem::new_ref();
	circuit.generate_constraints(cs.clone())?;
	Ok(cs)
}

/// Whether the honest prover's program finds a witness for these publics and this input.
fn holds(circuit: Circuit) -> bool {
	build(circuit).is_ok_and(|cs| cs.is_satisfied().unwrap())
}

/// The constraint system as its matrices, to try any witness on.
struct Rows {
	matrices: Vec<Matrix<Fr>>,
	values: Vec<Fr>,
	publics: usize,
}

impl Rows {
	fn new(circuit: Circuit) -> Self {
		let cs = build(circuit).unwrap();
		cs.finalize();
		let (instance, witness) = (cs.instance_assignment().unwrap(), cs.witness_assignment().unwrap());
		let mut matrices: Vec<_> = cs.to_matrices().unwrap().into_values().filter(|kind| !kind[0].is_empty()).collect();
		assert_eq!(matrices.len(), 1, "only rank-1 constraints");
		Self { matrices: matrices.remove(0), publics: instance.len(), values: [instance, witness].concat() }
	}

	fn satisfied(&self, row: usize) -> bool {
		let [a, b, c] = [0, 1, 2].map(|matrix| -> Fr {
			self.matrices[matrix][row].iter().map(|(coefficient, column)| *coefficient * self.values[*column]).sum()
		});
		a * b == c
	}

	fn all_satisfied(&self) -> bool {
		(0..self.matrices[0].len()).all(|row| self.satisfied(row))
	}

	/// Whether some row notices that the value in `column` is another.
	fn notices(&mut self, column: usize, rows: &[usize]) -> bool {
		[Fr::from(1u8), -Fr::from(1u8), Fr::from(12345u32)].into_iter().all(|change| {
			self.values[column] += change;
			let noticed = rows.iter().any(|row| !self.satisfied(*row));
			self.values[column] -= change;
			noticed
		})
	}
}

#[test]
fn the_circuit_is_small() {
	let cs = build(honest(0)).unwrap();
	println!("{} constraints, {} witnesses", cs.num_constraints(), cs.num_witness_variables());
	assert_eq!(cs.num_instance_variables(), 13, "one, and the 12 of the layout");
	assert!(cs.num_constraints() < 1_800, "{}", cs.num_constraints());
}

#[test]
fn setup_and_every_image_build_one_shape() {
	let shape = |sample| build(honest(sample)).map(|cs| (cs.num_constraints(), cs.num_witness_variables())).unwrap();
	assert!((1..20).all(|sample| shape(sample) == shape(0)));
}

#[test]
fn honest_witnesses_hold() {
	assert!((0..held_out().len()).step_by(9).all(|sample| holds(honest(sample))));
	let extremes = [[0; PIXELS], [PIXEL_MAX; PIXELS]];
	assert!(extremes.into_iter().all(|pixels| {
		let payload = Payload { pixels, salt: [255; 32] };
		let commitment = number(&payload.commitment()).unwrap();
		holds(Circuit { payload, commitment, logits: infer(&pixels), ..honest(0) })
	}));
}

#[test]
fn a_wrong_logit_does_not_hold() {
	for (place, change) in (0..LOGITS).flat_map(|place| [(place, 1), (place, -1), (place, 1 << 40)]) {
		let mut circuit = honest(3);
		circuit.logits[place] += change;
		assert!(!holds(circuit));
	}
	let mut swapped = honest(3);
	swapped.logits.swap(0, 1);
	assert!(!holds(swapped));
}

#[test]
fn another_commitment_does_not_hold() {
	let commitment = honest(3).commitment + Fr::from(1u8);
	assert!(!holds(Circuit { commitment, ..honest(3) }));
	assert!(!holds(Circuit { commitment: honest(4).commitment, ..honest(3) }));
	for byte in 0..32 {
		let mut other = honest(3);
		other.payload.salt[byte] ^= 1;
		assert!(!holds(other), "salt {byte}");
	}
}

#[test]
fn a_pixel_out_of_range_does_not_hold_even_when_it_is_committed_to() {
	for (place, value) in (0..PIXELS).zip((PIXEL_MAX + 1..32).cycle()).chain([(0, 32), (63, 255)]) {
		let mut circuit = honest(3);
		circuit.payload.pixels[place] = value;
		circuit.commitment = number(&circuit.payload.commitment()).unwrap();
		circuit.logits = infer(&circuit.payload.pixels);
		assert!(!holds(circuit), "pixel {place} of {value}");
	}
}

#[test]
fn no_single_value_can_be_another() {
	let mut rows = Rows::new(honest(5));
	assert!(rows.all_satisfied());
	let mut uses = vec![vec![]; rows.values.len()];
	for matrix in &rows.matrices {
		for (row, terms) in matrix.iter().enumerate() {
			terms.iter().for_each(|(_, column)| uses[*column].push(row));
		}
	}
	// The last number of the salt is the prover's to choose: the commitment notices it as it notices all others.
	for (column, rows_of) in uses.iter().enumerate().skip(1) {
		let kind = if column < rows.publics { "public" } else { "witness" };
		assert!(rows.notices(column, rows_of), "{kind} {column} is free");
	}
}

#[test]
fn sums_are_bounded_far_below_the_order() {
	assert!(model().logit_bound < 1 << 40);
	for sample in held_out() {
		let inside = |(neuron, sum): (&Neuron, i64)| sum.abs() <= neuron.bound;
		assert!(model().hidden.iter().zip(hidden_sums(&sample.pixels)).all(inside));
		assert!(model().outputs.iter().zip(infer(&sample.pixels)).all(inside));
	}
}
