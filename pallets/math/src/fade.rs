//! Forgetting at an even pace. Pure.

use crate::split::pro_rata;

/// What a part of one is counted in.
const WHOLE: u128 = 1_000_000_000;

/// The powers of the logarithm of 2, over their factorials: `2^-x` by its series, to a millionth between 0 and 1.
const SERIES: [u128; 7] = [693_147_181, 240_226_507, 55_504_109, 9_618_129, 1_333_356, 154_035, 15_253];

/// What is left of `amount` after `elapsed`, where half of it goes in `half_life`: the same whether it is asked for often or seldom, but for
/// rounding down.
pub fn fade(amount: u128, elapsed: u32, half_life: u32) -> Option<u128> {
	let (halvings, rest) = (elapsed.checked_div(half_life)?, elapsed.checked_rem(half_life)?);
	let Some(left) = amount.checked_shr(halvings) else {
		return Some(0);
	};
	let x = pro_rata(WHOLE, rest.into(), half_life.into())?;
	// 1 - x (a - x (b - x (c - ..))), from the inside out.
	let sum = SERIES.iter().rev().try_fold(0u128, |inner, term| term.checked_sub(pro_rata(x, inner, WHOLE)?))?;
	pro_rata(left, WHOLE.checked_sub(pro_rata(x, sum, WHOLE)?)?, WHOLE)
}

#[cfg(test)]
mod tests {
	use proptest::prelude::*;

	use super::*;

	#[test]
	fn half_is_left_after_a_half_life_and_nothing_after_many() {
		assert_eq!(fade(1_000_000, 0, 100), Some(1_000_000));
		assert_eq!(fade(1_000_000, 100, 100), Some(500_000));
		assert_eq!(fade(1_000_000, 200, 100), Some(250_000));
		assert_eq!(fade(1_000_000, 50, 100), Some(707_106));
		assert_eq!(fade(u128::MAX, u32::MAX, 1), Some(0));
		assert_eq!(fade(1, 1, 0), None);
	}

	#[test]
	fn many_small_steps_and_one_large_one_are_the_same() {
		let mut by_steps = 1_000_000_000_000;
		for _ in 0..1_000 {
			by_steps = fade(by_steps, 3, 2_000).unwrap();
		}
		let at_once = fade(1_000_000_000_000, 3_000, 2_000).unwrap();
		assert!(by_steps.abs_diff(at_once) < at_once / 100_000, "{by_steps} {at_once}");
	}

	proptest! {
		#[test]
		fn it_never_grows_and_later_is_never_more(amount: u128, elapsed: u32, more: u32, half_life in 1u32..) {
			let left = fade(amount, elapsed, half_life).unwrap();
			prop_assert!(left <= amount);
			let later = fade(amount, elapsed.saturating_add(more), half_life).unwrap();
			// A millionth is the series' own.
			prop_assert!(later <= left.saturating_add(left / 500_000));
		}
	}
}
