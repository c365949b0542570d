//! Verification of one proof.

use alloc::vec::Vec;
use ark_bn254::{Bn254, Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{pairing::Pairing, AdditiveGroup, CurveGroup};
use ark_ff::{BigInteger, PrimeField};
use ark_serialize::CanonicalDeserialize;
use core::fmt;

use crate::{
	key::Prepared,
	point::{checked, Fault, Reader, COMPRESSED, UNCOMPRESSED},
};

/// The length of a compressed proof.
pub const COMPRESSED_PROOF: usize = 128;

/// The length of an uncompressed proof.
pub const UNCOMPRESSED_PROOF: usize = 256;

/// The costliest public input, for benchmarks: below half the order, and of its signed digits every fourth is one.
pub const WORST_PUBLIC: [u8; 32] = [0x11; 32];

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

/// The width of the windows of scalars: wider ones cost more for the small numbers that most outputs are.
const WINDOW: usize = 4;

/// The odd multiples of a point that a window may ask for: 1, 3, 5, 7.
const MULTIPLES: usize = 1 << (WINDOW - 2);

/// `constant + sum of scalar * point`, with one chain of doublings for all terms.
///
/// In windowed non-adjacent form every fourth digit at most is an addition, and a scalar just below the order, which is
/// what a small negative number is, is taken from the other end.
#[expect(clippy::arithmetic_side_effects, reason = "field and curve arithmetic is total")]
fn combine(constant: G1Affine, points: &[G1Affine], scalars: &[Fr]) -> G1Projective {
	let mut digits = Vec::with_capacity(points.len());
	let mut multiples = Vec::with_capacity(points.len().saturating_mul(MULTIPLES));
	for (point, scalar) in points.iter().zip(scalars) {
		let (plus, minus) = (scalar.into_bigint(), (-*scalar).into_bigint());
		let (size, point) = if minus < plus { (minus, -*point) } else { (plus, *point) };
		digits.push(size.find_wnaf(WINDOW).unwrap_or_default());
		let mut multiple = G1Projective::from(point);
		let double = multiple.double();
		for _ in 0..MULTIPLES {
			multiples.push(multiple);
			multiple += double;
		}
	}
	let multiples = G1Projective::normalize_batch(&multiples);
	let length = digits.iter().map(Vec::len).max().unwrap_or_default();
	let mut sum = G1Projective::default();
	for place in (0..length).rev() {
		sum.double_in_place();
		for (digits, multiples) in digits.iter().zip(multiples.chunks(MULTIPLES)) {
			let digit = digits.get(place).copied().unwrap_or_default();
			let multiple = usize::try_from(digit.unsigned_abs() / 2).ok().and_then(|half| multiples.get(half));
			match (digit.signum(), multiple) {
				(1, Some(multiple)) => sum += multiple,
				(-1, Some(multiple)) => sum -= multiple,
				_ => {}
			}
		}
	}
	sum + constant
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ff::{BigInt, Field};

	#[test]
	fn no_public_input_costs_more_than_the_worst() {
		let number = scalar(&WORST_PUBLIC).unwrap().into_bigint();
		assert!(number < Fr::MODULUS_MINUS_ONE_DIV_TWO);
		let additions = |number: &BigInt<4>| {
			number.find_wnaf(WINDOW).expect("a width that is allowed").iter().filter(|digit| **digit != 0).count()
		};
		assert_eq!(additions(&number), 64, "a fourth of the 253 digits of half the order, none closer");
		let mut other = Fr::from(1u64);
		for _ in 0..10_000 {
			other = other.square() + Fr::from(3u64);
			let (plus, minus) = (other.into_bigint(), (-other).into_bigint());
			assert!(additions(&plus.min(minus)) <= 64);
		}
	}

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
