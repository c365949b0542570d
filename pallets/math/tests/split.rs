//! Properties of the split, and the cases that once were wrong somewhere.

use proptest::prelude::*;
use vektor_math::split::{largest_remainder, pro_rata};

/// The floor of `amount * weight / total` by schoolbook arithmetic of its own, and whether something was cut off.
fn ideal(amount: u128, weight: u32, total: u128) -> (u128, bool) {
	let (mut quotient, mut rest) = (0u128, 0u128);
	// Binary long division of the product, bit by bit of the amount.
	for bit in (0..128).rev() {
		rest = rest * 2 + if amount >> bit & 1 == 1 { u128::from(weight) } else { 0 };
		quotient = (quotient << 1) + rest / total;
		rest %= total;
	}
	(quotient, rest > 0)
}

#[test]
fn the_vektor_split_gives_seventy_and_thirty() {
	assert_eq!(largest_remainder(1_500_000, [0, 700_000, 300_000]), Some([0, 1_050_000, 450_000]));
}

#[test]
fn a_unit_left_over_goes_to_the_largest_remainder_and_of_equal_ones_to_the_first() {
	assert_eq!(largest_remainder(1, [300_000, 700_000]), Some([0, 1]));
	assert_eq!(largest_remainder(2, [1, 1, 1]), Some([1, 1, 0]));
	assert_eq!(largest_remainder(7, [500_000, 500_000]), Some([4, 3]));
}

#[test]
fn no_weight_at_all_is_no_split() {
	assert_eq!(largest_remainder(1, [0, 0]), None);
	assert_eq!(largest_remainder(1, []), None);
}

#[test]
fn the_largest_amount_splits_exactly() {
	let parts = largest_remainder(u128::MAX, [u32::MAX, 1, u32::MAX, 0]).unwrap();
	assert_eq!(parts.iter().try_fold(0u128, |sum, part| sum.checked_add(*part)), Some(u128::MAX));
	assert_eq!(parts[3], 0);
}

#[test]
fn pro_rata_rounds_down_and_needs_a_whole() {
	assert_eq!(pro_rata(10, 2, 3), Some(6));
	assert_eq!(pro_rata(u128::MAX, u128::MAX, u128::MAX), Some(u128::MAX));
	assert_eq!(pro_rata(u128::MAX, 2, 1), None);
	assert_eq!(pro_rata(1, 1, 0), None);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn parts_sum_to_the_whole_each_within_one_unit_of_its_ideal(
		amount in prop_oneof![any::<u128>(), 0u128..1_000, Just(u128::MAX)],
		weights in prop_oneof![any::<[u32; 8]>(), prop::array::uniform8(0u32..1_000_000), prop::array::uniform8(0u32..3)],
	) {
		let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
		let Some(parts) = largest_remainder(amount, weights) else {
			prop_assert_eq!(total, 0);
			return Ok(());
		};
		prop_assert_eq!(parts.iter().try_fold(0u128, |sum, part| sum.checked_add(*part)), Some(amount));
		for (part, weight) in parts.iter().zip(weights) {
			let (floor, inexact) = ideal(amount, weight, total);
			prop_assert!(*part == floor || (inexact && *part == floor + 1));
		}
		for (a, left) in parts.iter().zip(weights) {
			for (b, right) in parts.iter().zip(weights) {
				prop_assert!(left <= right || a >= b, "a larger weight got less");
			}
		}
	}

	#[test]
	fn an_amount_one_larger_never_takes_more_than_one_unit_from_a_part(
		amount in 0u128..u128::MAX,
		weights in prop::array::uniform4(1u32..1_000_000),
	) {
		let before = largest_remainder(amount, weights).unwrap();
		let after = largest_remainder(amount + 1, weights).unwrap();
		for (before, after) in before.iter().zip(after) {
			prop_assert!(after + 1 >= *before);
		}
	}
}
