//! Field elements as the integers that programs mean by them.

use vektor_primitives::{Felt, FIELD_ORDER};

/// The integer that an element stands for: one above half the field's order is negative. Nothing where it has more than
/// 127 bits, so that it is no number of a program's.
pub fn integer(felt: &Felt) -> Option<i128> {
	small(felt).or_else(|| small(&negated(felt)).map(|magnitude| -magnitude))
}

fn small(felt: &Felt) -> Option<i128> {
	let (high, low) = felt.as_chunks::<16>().0.split_first()?;
	let low = low.first().filter(|_| *high == [0; 16])?;
	i128::try_from(u128::from_be_bytes(*low)).ok()
}

/// The field's order less the element.
fn negated(felt: &Felt) -> Felt {
	let (mut difference, mut borrowed) = ([0; 32], false);
	for ((to, order), byte) in difference.iter_mut().zip(FIELD_ORDER).zip(felt).rev() {
		let (less, first) = order.overflowing_sub(*byte);
		let (less, second) = less.overflowing_sub(borrowed.into());
		(*to, borrowed) = (less, first || second);
	}
	difference
}

#[cfg(test)]
mod tests {
	use super::*;

	fn felt(low: u128) -> Felt {
		let mut felt = [0; 32];
		felt[16..].copy_from_slice(&low.to_be_bytes());
		felt
	}

	#[test]
	fn an_element_is_read_as_a_signed_integer() {
		for (n, low) in [(0, 0), (1, 1), (i128::MAX, i128::MAX.unsigned_abs())] {
			assert_eq!(integer(&felt(low)), Some(n));
			assert_eq!(integer(&negated(&felt(low))), Some(-n), "{n}");
		}
		assert_eq!(negated(&FIELD_ORDER), [0; 32]);
	}

	#[test]
	fn what_is_too_large_for_a_number_is_none() {
		for large in [felt(1 << 127), negated(&felt(1 << 127)), [0x11; 32]] {
			assert_eq!(integer(&large), None);
		}
	}
}
