//! Dividing an amount without losing or making a unit.

use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// `amount` divided in proportion to `weights`, by largest remainder: every part is its ideal rounded down, and the units
/// left over go one each to the largest remainders, of equal ones to the first.
///
/// The parts sum to `amount` exactly. Nothing is returned where all weights are zero.
pub fn largest_remainder<const N: usize>(amount: u128, weights: [u32; N]) -> Option<[u128; N]> {
	let total = weights.iter().try_fold(0u128, |sum, weight| sum.checked_add(u128::from(*weight)))?;
	// amount = whole * total + rest, so that amount * weight / total needs no product wider than 128 bits.
	let (whole, rest) = (amount.checked_div(total)?, amount.checked_rem(total)?);
	let (mut parts, mut remainders, mut left) = ([0u128; N], [0u128; N], amount);

	for ((part, remainder), weight) in parts.iter_mut().zip(&mut remainders).zip(weights) {
		let weight = u128::from(weight);
		let scaled = rest.checked_mul(weight)?;
		*part = whole.checked_mul(weight)?.checked_add(scaled.checked_div(total)?)?;
		*remainder = scaled.checked_rem(total)?;
		left = left.checked_sub(*part)?;
	}

	// What is left over is the sum of the remainders over `total`: fewer units than there are remainders above zero.
	while left > 0 {
		// Of equal ones the last wins, so the search runs backwards.
		let (part, remainder) = parts.iter_mut().zip(&mut remainders).rev().max_by_key(|(_, remainder)| **remainder)?;
		*part = part.checked_add(1)?;
		*remainder = 0;
		left = left.checked_sub(1)?;
	}
	Some(parts)
}

/// `amount * part / whole`, rounded down. Nothing where `whole` is zero or the result does not fit.
pub fn pro_rata(amount: u128, part: u128, whole: u128) -> Option<u128> {
	multiply_by_rational_with_rounding(amount, part, whole, Rounding::Down)
}
