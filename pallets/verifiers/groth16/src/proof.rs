//! Verification of one proof.

use alloc::vec::Vec;
use ark_ec::{pairing::Pairing, CurveGroup};
use ark_ff::PrimeField;
use ark_serialize::CanonicalDeserialize;
use core::fmt;
use vektor_verifier_bn254::{Bn254, Fr, G1Affine, G1Projective, G2Affine};

use crate::{
	key::Prepared,
	point::{checked, Fault, Reader, COMPRESSED, UNCOMPRESSED},
};

/// The length of a compressed proof.
pub const COMPRESSED_PROOF: usize = 128;

/// The length of an uncompressed proof.
pub const UNCOMPRESSED_PROOF: usize = 256;

/// The costliest public input, for benchmarks.
pub const WORST_PUBLIC: [u8; 32] = vektor_verifier_bn254::WORST_SCALAR;

/// Why a proof is refused. Checked in the order given here, but for [`Error::DoesNotHold`] all malformed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
	/// The prepared key cannot be read.
	Key,
	/// The number of public inputs is not that of the key.
	PublicCount,
	/// A public input is not below the order of the scalar field.
	NonCanonicalPublic {
		/// Its place, from 0.
		index: u32,
	},
	/// The proof is neither 128 nor 256 bytes long.
	ProofLength,
	/// `A`, `B` or `C` is not canonically encoded, not on its curve, or at infinity.
	NotOnCurve,
	/// `B` lies outside the subgroup of prime order. (G1 is that subgroup.)
	NotInSubgroup,
	/// Well-formed, and false.
	DoesNotHold,
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Key => f.write_str("the prepared key cannot be read"),
			Self::PublicCount => f.write_str("the number of public inputs is not that of the key"),
			Self::NonCanonicalPublic { index } => write!(f, "public input {index} is not below the field's order"),
			Self::ProofLength => {
				write!(f, "a proof has {COMPRESSED_PROOF} bytes, or {UNCOMPRESSED_PROOF} uncompressed")
			}
			Self::NotOnCurve => f.write_str("a point of the proof is not a canonical, finite point of its curve"),
			Self::NotInSubgroup => f.write_str("a point of the proof is outside the subgroup of prime order"),
			Self::DoesNotHold => f.write_str("the proof does not hold for these public inputs"),
		}
	}
}

impl core::error::Error for Error {}

impl From<Fault> for Error {
	fn from(fault: Fault) -> Self {
		match fault {
			Fault::NotOnCurve | Fault::Infinity => Self::NotOnCurve,
			Fault::NotInSubgroup => Self::NotInSubgroup,
		}
	}
}

pub(crate) struct Proof {
	pub a: G1Affine,
	pub b: G2Affine,
	pub c: G1Affine,
}

impl Proof {
	/// Reads and checks `A`, `B`, `C`.
	pub fn read(bytes: &[u8]) -> Result<Self, Error> {
		let form = match bytes.len() {
			COMPRESSED_PROOF => COMPRESSED,
			UNCOMPRESSED_PROOF => UNCOMPRESSED,
			_ => return Err(Error::ProofLength),
		};
		let mut reader = Reader(bytes);
		let mut take = |length| reader.take(length).ok_or(Error::ProofLength);
		Ok(Self {
			a: checked(take(form.g1)?, form.compress)?,
			b: checked(take(form.g2)?, form.compress)?,
			c: checked(take(form.g1)?, form.compress)?,
		})
	}
}

/// Whether `proof` shows the statement of `publics` (big-endian) under the key of [`Key::to_prepared`].
///
/// [`Key::to_prepared`]: crate::Key::to_prepared
pub fn verify(prepared: &[u8], publics: &[[u8; 32]], proof: &[u8]) -> Result<(), Error> {
	let key = Prepared::read(prepared).ok_or(Error::Key)?;
	if publics.len() != key.ic.len() {
		return Err(Error::PublicCount);
	}
	let mut scalars = Vec::with_capacity(publics.len());
	for (index, public) in (0u32..).zip(publics) {
		scalars.push(scalar(public).ok_or(Error::NonCanonicalPublic { index })?);
	}
	let Proof { a, b, c } = Proof::read(proof)?;
	let inputs = combine(key.constant, &key.ic, &scalars).into_affine();
	let product = Bn254::multi_miller_loop([a, inputs, c], [b, key.minus_gamma, key.minus_delta]);
	match Bn254::final_exponentiation(product) {
		Some(value) if value.0 == key.alpha_beta => Ok(()),
		_ => Err(Error::DoesNotHold),
	}
}

fn scalar(big_endian: &[u8; 32]) -> Option<Fr> {
	let mut bytes = *big_endian;
	bytes.reverse();
	Fr::deserialize_uncompressed_unchecked(bytes.as_slice()).ok()
}

/// `constant + sum of scalar * point`. A scalar just below the order, which is what a small negative number is, is taken
/// from the other end.
#[expect(clippy::arithmetic_side_effects, reason = "field and curve arithmetic is total")]
fn combine(constant: G1Affine, points: &[G1Affine], scalars: &[Fr]) -> G1Projective {
	let terms = points.iter().zip(scalars).map(|(point, scalar)| {
		let negative = -*scalar;
		if negative.into_bigint() < scalar.into_bigint() {
			(-*point, negative)
		} else {
			(*point, *scalar)
		}
	});
	vektor_verifier_bn254::sum(&terms.collect::<Vec<_>>()) + constant
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn sums_are_those_of_the_textbook() {
		use ark_ec::{AffineRepr, PrimeGroup};
		let points: Vec<G1Affine> =
			(2u64..12).map(|n| (G1Projective::generator() * Fr::from(n)).into_affine()).collect();
		let mut scalars: Vec<Fr> = (0u64..8).map(Fr::from).collect();
		scalars.extend([-Fr::from(1u64), scalar(&WORST_PUBLIC).unwrap()]);
		let constant = G1Affine::generator();
		for shift in 0..scalars.len() {
			scalars.rotate_left(1);
			let terms = points.iter().zip(&scalars).map(|(point, scalar)| *point * scalar);
			let expected: G1Projective = terms.sum::<G1Projective>() + constant;
			assert_eq!(combine(constant, &points, &scalars), expected, "rotated by {}", shift + 1);
		}
		assert_eq!(combine(constant, &[], &[]), G1Projective::from(constant));
	}
}
