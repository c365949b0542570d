//! The statement: "I know pixels and a salt behind this commitment, and the network yields these logits for them."
//!
//! | part | constraints |
//! |---|---|
//! | pixels in `0..=16` | 64 x 6: five bits, and no lower bit beside the fifth |
//! | half of the salt in 8 bytes | 64 |
//! | the commitment | Poseidon of width 5 and one equality |
//! | the binding | 1: its square, so that no prover's key exists without it |
//! | hidden layer | for each of 32: the bits of its bound, a sign, a product, a sum |
//! | logits | 10 equalities |
//!
//! Weights are constants, so that the verification key commits to the model and linear layers cost nothing. Sums stay
//! below 2^40, far from the field's order: what holds in the field holds in the integers.

use ark_bn254::Fr;
use ark_crypto_primitives::sponge::{constraints::CryptographicSpongeVar, poseidon::constraints::PoseidonSpongeVar};
use ark_ff::{Field, PrimeField};
use ark_r1cs_std::{
	alloc::AllocVar,
	boolean::Boolean,
	eq::EqGadget,
	fields::{fp::FpVar, FieldVar},
};
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError};

use super::{
	model::{hidden_sums, model, Neuron},
	payload::{poseidon, Payload, CHUNK},
	LOGITS, PIXELS,
};

type Cs = ConstraintSystemRef<Fr>;
type Built<T> = Result<T, SynthesisError>;

/// Bits of a pixel: `0..=16` needs five.
const PIXEL_BITS: usize = 5;

/// Where in the salt the last chunk begins. What is before shares its chunk with pixels.
const SALT_SPLIT: usize = PIXELS.next_multiple_of(CHUNK) - PIXELS;

#[derive(Clone)]
pub(super) struct Circuit {
	pub commitment: Fr,
	pub binding: Fr,
	pub logits: [i64; LOGITS],
	pub payload: Payload,
}

impl ConstraintSynthesizer<Fr> for Circuit {
	fn generate_constraints(self, cs: Cs) -> Built<()> {
		let commitment = FpVar::new_input(cs.clone(), || Ok(self.commitment))?;
		let binding = FpVar::new_input(cs.clone(), || Ok(self.binding))?;
		let logits: Vec<FpVar<Fr>> = self
			.logits
			.iter()
			.map(|logit| FpVar::new_input(cs.clone(), || Ok(Fr::from(*logit))))
			.collect::<Built<_>>()?;

		let _squared = binding.square()?;
		let pixels: Vec<FpVar<Fr>> =
			self.payload.pixels.iter().map(|value| pixel(&cs, *value)).collect::<Built<_>>()?;
		committed(&cs, &pixels, &self.payload.salt)?.enforce_equal(&commitment)?;

		let sums = hidden_sums(&self.payload.pixels);
		let layer = model().hidden.iter().zip(sums);
		let hidden: Vec<FpVar<Fr>> =
			layer.map(|(neuron, value)| relu(&cs, neuron, &sum(neuron, &pixels)?, value)).collect::<Built<_>>()?;
		for (neuron, logit) in model().outputs.iter().zip(&logits) {
			sum(neuron, &hidden)?.enforce_equal(logit)?;
		}
		Ok(())
	}
}

/// `number` in `count` bits, the lowest first.
fn bits(cs: &Cs, number: u64, count: usize) -> Built<Vec<Boolean<Fr>>> {
	(0..count).map(|bit| Boolean::new_witness(cs.clone(), || Ok(number >> bit & 1 == 1))).collect()
}

/// A number in `0..=16`.
fn pixel(cs: &Cs, value: u8) -> Built<FpVar<Fr>> {
	let bits = bits(cs, value.into(), PIXEL_BITS)?;
	let low = Boolean::le_bits_to_fp(&bits[..PIXEL_BITS - 1])?;
	FpVar::from(bits[PIXEL_BITS - 1].clone()).mul_equals(&low, &FpVar::zero())?;
	Boolean::le_bits_to_fp(&bits)
}

/// The hash of the payload. The first 8 bytes of the salt share a number with pixels and are held to 8 bytes: were they
/// free, pixels could be exchanged and the difference made up there. The rest is a number of its own.
fn committed(cs: &Cs, pixels: &[FpVar<Fr>], salt: &[u8; 32]) -> Built<FpVar<Fr>> {
	let (shared, rest) = salt.split_at(SALT_SPLIT);
	let shared: Vec<Boolean<Fr>> =
		shared.iter().map(|byte| bits(cs, (*byte).into(), 8)).collect::<Built<Vec<_>>>()?.concat();
	let mut numbers: Vec<FpVar<Fr>> = pixels.chunks(CHUNK).map(little_endian).collect::<Built<_>>()?;
	if let Some(last) = numbers.last_mut() {
		let places = u64::try_from(8 * (PIXELS % CHUNK)).map_err(|_| SynthesisError::Unsatisfiable)?;
		*last += Boolean::le_bits_to_fp(&shared)? * Fr::from(2u8).pow([places]);
	}
	numbers.push(FpVar::new_witness(cs.clone(), || Ok(Fr::from_le_bytes_mod_order(rest)))?);

	let mut sponge = PoseidonSpongeVar::new(cs.clone(), poseidon());
	sponge.absorb(&numbers)?;
	sponge.squeeze_field_elements(1)?.pop().ok_or(SynthesisError::Unsatisfiable)
}

/// The number with these bytes.
fn little_endian(bytes: &[FpVar<Fr>]) -> Built<FpVar<Fr>> {
	let places: Vec<FpVar<Fr>> =
		(0u64..).take(bytes.len()).map(|place| FpVar::constant(Fr::from(256u16).pow([place]))).collect();
	FpVar::inner_product(bytes, &places)
}

/// `bias + sum of weight * input`.
fn sum(neuron: &Neuron, inputs: &[FpVar<Fr>]) -> Built<FpVar<Fr>> {
	let weights: Vec<FpVar<Fr>> = neuron.weights.iter().map(|weight| FpVar::constant(Fr::from(*weight))).collect();
	Ok(FpVar::inner_product(inputs, &weights)? + Fr::from(neuron.bias))
}

/// `max(sum, 0)`. With `|sum| <= bound < 2^k`, `sum + 2^k` has exactly one decomposition in `k + 1` bits, and its top bit
/// says whether `sum` is not negative.
fn relu(cs: &Cs, neuron: &Neuron, sum: &FpVar<Fr>, value: i64) -> Built<FpVar<Fr>> {
	let offset = neuron.bound.unsigned_abs().saturating_add(1).next_power_of_two();
	let shifted = offset.checked_add_signed(value).ok_or(SynthesisError::Unsatisfiable)?;
	let count = usize::try_from(offset.ilog2()).map_err(|_| SynthesisError::Unsatisfiable)? + 1;
	let bits = bits(cs, shifted, count)?;
	Boolean::le_bits_to_fp(&bits)?.enforce_equal(&(sum + Fr::from(offset)))?;
	let not_negative = FpVar::from(bits[count - 1].clone());
	Ok(&not_negative * sum)
}

#[cfg(test)]
mod tests;
