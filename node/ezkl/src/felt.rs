//! Numbers as ezkl's circuits have them: fixed point, in the scalar field of BN254.

use ark_bn254::Fr;
use ark_ff::{BigInteger, PrimeField};

/// A field element as chain and proofs carry it: 32 bytes, big-endian, below the field's order.
pub type Felt = [u8; 32];

/// Scales beyond this many binary digits are nobody's, either way.
const MAX_SCALE: i32 = 64;

/// Why a number cannot be converted.
#[derive(Clone, Copy, PartialEq, Debug, thiserror::Error)]
pub enum FeltError {
	/// Infinite, or not a number.
	#[error("value {0} is {1}")]
	NotFinite(usize, f64),
	/// The magnitude, times two to the scale, does not fit into 127 bits: ezkl refuses it too.
	#[error("value {0} is too large for its scale")]
	TooLarge(usize),
	/// The scale is above 64 or below -64.
	#[error("scale {0} is out of range")]
	Scale(i32),
	/// The bytes are a number that is not below the field's order.
	#[error("value {0} is not below the order of the field")]
	NotCanonical(usize),
}

/// Two to the scale.
fn multiplier(scale: i32) -> Result<f64, FeltError> {
	match scale.abs() <= MAX_SCALE {
		true => Ok(f64::from(scale).exp2()),
		false => Err(FeltError::Scale(scale)),
	}
}

/// The integers nearest to `values * 2^scale`, halves away from zero.
pub(crate) fn quantise(values: &[f64], scale: i32) -> Result<Vec<i128>, FeltError> {
	let multiplier = multiplier(scale)?;
	let limit = 127f64.exp2();
	let quantised = |(index, value): (usize, &f64)| {
		let scaled = (value * multiplier).round();
		match (value.is_finite(), scaled.abs() < limit) {
			(false, _) => Err(FeltError::NotFinite(index, *value)),
			(true, false) => Err(FeltError::TooLarge(index)),
			(true, true) => Ok(scaled as i128),
		}
	};
	values.iter().enumerate().map(quantised).collect()
}

/// The numbers that integers stand for.
pub(crate) fn dequantise(integers: &[i128], scale: i32) -> Result<Vec<f64>, FeltError> {
	let multiplier = multiplier(scale)?;
	Ok(integers.iter().map(|integer| *integer as f64 / multiplier).collect())
}

/// An integer in the field: a negative one is the order less its magnitude.
pub(crate) fn element(integer: i128) -> Fr {
	Fr::from(integer)
}

/// The bytes of a field element.
pub(crate) fn bytes(element: Fr) -> Felt {
	let mut felt = [0; 32];
	felt.copy_from_slice(&element.into_bigint().to_bytes_be());
	felt
}

/// The field element of bytes; `index` is for the error.
pub(crate) fn parse(index: usize, felt: &Felt) -> Result<Fr, FeltError> {
	let mut limbs = [0; 4];
	for (limb, part) in limbs.iter_mut().zip(felt.rchunks_exact(8)) {
		*limb = part.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
	}
	Fr::from_bigint(ark_ff::BigInt::new(limbs)).ok_or(FeltError::NotCanonical(index))
}

/// Numbers as field elements at a scale, as ezkl's `float_to_felt` has them: the integer nearest to `value * 2^scale`,
/// halves away from zero, a negative one as the order less its magnitude.
///
/// # Errors
/// See [`FeltError`]; never [`FeltError::NotCanonical`].
pub fn felts(values: &[f64], scale: i32) -> Result<Vec<Felt>, FeltError> {
	Ok(quantise(values, scale)?.into_iter().map(|integer| bytes(element(integer))).collect())
}

/// The numbers that field elements at a scale stand for: an element above half the order is negative. Exact up to 53
/// significant bits.
///
/// # Errors
/// [`FeltError::NotCanonical`] for bytes that are no element, [`FeltError::TooLarge`] for magnitudes from 2^127,
/// [`FeltError::Scale`].
pub fn outputs(felts: &[Felt], scale: i32) -> Result<Vec<f64>, FeltError> {
	let integer = |(index, felt): (usize, &Felt)| {
		let element = parse(index, felt)?;
		let small = |element: Fr| match element.into_bigint().0 {
			[low, high, 0, 0] if high >> 63 == 0 => Some(i128::from(high) << 64 | i128::from(low)),
			_ => None,
		};
		small(element).or_else(|| small(-element).map(|magnitude| -magnitude)).ok_or(FeltError::TooLarge(index))
	};
	let integers = felts.iter().enumerate().map(integer).collect::<Result<Vec<_>, _>>()?;
	dequantise(&integers, scale)
}
