//! Handwritten digits: a quantised 64-32-10 network on scikit-learn's `load_digits`, proved with Groth16 over BN254.
//!
//! The client sends a [`Payload`] to the operator and [`commit`]s to it on chain; the operator answers with [`prove`]; both
//! read the outputs with [`logits`] and [`argmax`].

mod circuit;
mod keys;
mod model;
mod payload;

use std::cmp::Reverse;

use ark_bn254::Fr;
use ark_ff::{BigInteger, PrimeField};
use vektor_primitives::{Felt, PublicSlot};

pub use keys::{prove, setup, KeyFileError, ProveError, Proved, ProvingKey};
pub use model::{artefact, held_out, infer, output_scale, Sample};
pub use payload::{commit, Payload, PayloadError};

/// Pixels of one image: 8 rows of 8, row by row.
pub const PIXELS: usize = 64;

/// The darkest pixel. A pixel is a count of dark dots in a block of 4 by 4.
pub const PIXEL_MAX: u8 = 16;

/// Logits of one inference, one for each digit.
pub const LOGITS: usize = 10;

/// The order of the public inputs, for the model's record: 12 in all.
pub const LAYOUT: [PublicSlot; 3] = [PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs(10)];

/// Why outputs are no logits of this model.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OutputError {
	/// Not ten of them.
	#[error("{0} outputs instead of {LOGITS}")]
	Count(usize),
	/// Larger than any logit of this model can be.
	#[error("output {0} is larger than any logit of this model")]
	OutOfRange(usize),
}

/// The logits that `outputs` encode: below the field's order, and a negative one as the order less its size. Divide by
/// [`output_scale`] for those of the float network.
pub fn logits(outputs: &[Felt]) -> Result<[i64; LOGITS], OutputError> {
	let outputs: &[Felt; LOGITS] = outputs.try_into().map_err(|_| OutputError::Count(outputs.len()))?;
	let mut logits = [0; LOGITS];
	for (place, (logit, output)) in logits.iter_mut().zip(outputs).enumerate() {
		*logit = signed(output)
			.filter(|logit| *logit <= model::model().logit_bound && -*logit <= model::model().logit_bound)
			.ok_or(OutputError::OutOfRange(place))?;
	}
	Ok(logits)
}

/// The digit with the largest logit, the smaller one of two that tie.
pub fn argmax(logits: &[i64; LOGITS]) -> u8 {
	(0..).zip(logits).min_by_key(|(_, logit)| Reverse(**logit)).map_or(0, |(digit, _)| digit)
}

/// The image for a terminal: 8 lines of 16 characters.
pub fn ascii(pixels: &[u8; PIXELS]) -> String {
	const SHADES: &[u8; 9] = b" .:-=+*#@";
	let line = |row: &[u8]| -> String {
		let shade = |pixel: &u8| char::from(SHADES[usize::from(*pixel.min(&PIXEL_MAX)) / 2]);
		row.iter().flat_map(|pixel| [shade(pixel); 2]).collect()
	};
	pixels.chunks(8).map(line).collect::<Vec<_>>().join("\n")
}

/// The field element as the chain has it: 32 bytes, big-endian.
fn felt(number: &Fr) -> Felt {
	let mut bytes = [0; 32];
	bytes.copy_from_slice(&number.into_bigint().to_bytes_be());
	bytes
}

/// The number below the order that is encoded, if it is one.
fn number(felt: &Felt) -> Option<Fr> {
	let number = Fr::from_be_bytes_mod_order(felt);
	(self::felt(&number) == *felt).then_some(number)
}

/// A canonical field element as the small number of either sign that it stands for.
fn signed(felt: &Felt) -> Option<i64> {
	let number = number(felt)?;
	let small = |number: Fr| match number.into_bigint().0 {
		[low, 0, 0, 0] => i64::try_from(low).ok(),
		_ => None,
	};
	small(number).or_else(|| small(-number).map(|size| -size))
}
