//! Sums of products of points and scalars, for some to some hundreds of terms.

use alloc::{vec, vec::Vec};
use ark_ec::{AdditiveGroup, AffineRepr};
use ark_ff::{batch_inversion, BigInt, BigInteger, Field, PrimeField, Zero};

use crate::{Fq, Fr, G1Affine, G1Projective};

/// The costliest scalar, big-endian: below half the order, and of its digits every fifth is one.
pub const WORST_SCALAR: [u8; 32] = [
	0x04, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42,
	0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21,
];

/// The width of the windows of scalars: at most every fifth digit is not zero, on average every sixth.
const WINDOW: u32 = 5;

/// The odd multiples that a digit may ask for: 1, 3, ... 15.
const MULTIPLES: usize = 1 << (WINDOW - 2);

/// Powers of two that a digit may stand at: a scalar has 254 bits, and its last digit may lie one above.
const PLACES: usize = 255;

/// The sum of all `scalar * point`.
#[expect(clippy::arithmetic_side_effects, reason = "field and curve arithmetic is total")]
pub fn sum(terms: &[(G1Affine, Fr)]) -> G1Projective {
	let points: Vec<G1Affine> = terms.iter().map(|(point, _)| *point).collect();
	let doubles = add(points.iter().zip(&points));
	let mut multiples = vec![points];
	for _ in 1..MULTIPLES {
		let Some(last) = multiples.last() else { break };
		multiples.push(add(last.iter().zip(&doubles)));
	}

	let mut places: Vec<Vec<G1Affine>> = vec![Vec::new(); PLACES];
	for (index, (_, scalar)) in terms.iter().enumerate() {
		for (place, digit) in digits(*scalar) {
			let points = multiples.get(usize::from(digit.unsigned_abs() / 2));
			if let (Some(place), Some(point)) = (places.get_mut(place), points.and_then(|points| points.get(index))) {
				place.push(if digit < 0 { -*point } else { *point });
			}
		}
	}
	collapse(&mut places);

	let mut sum = G1Projective::default();
	for place in places.iter().rev() {
		sum.double_in_place();
		if let Some(point) = place.first() {
			sum += point;
		}
	}
	sum
}

/// The digits of a scalar that are not zero, each with its place: odd numbers from -15 to 15, at most one in a window.
#[expect(clippy::arithmetic_side_effects, reason = "a number that is shifted too far is zero")]
fn digits(scalar: Fr) -> impl Iterator<Item = (usize, i8)> {
	let (mut rest, mut place) = (scalar.into_bigint(), 0);
	core::iter::from_fn(move || {
		let zeros = trailing_zeros(&rest)?;
		rest >>= zeros;
		place = u32::saturating_add(place, zeros);
		let low = i8::try_from(rest.as_ref().first()? % (1 << WINDOW)).ok()?;
		let digit = if low < 1 << (WINDOW - 1) { low } else { low.saturating_sub(1 << WINDOW) };
		let size = BigInt::from(digit.unsigned_abs());
		// Neither overflows: what is left is even and has fewer bits than a number of four limbs.
		if digit < 0 {
			rest.add_with_carry(&size);
		} else {
			rest.sub_with_borrow(&size);
		}
		Some((place.try_into().ok()?, digit))
	})
}

/// How often two divides a number; zero has no answer.
fn trailing_zeros(number: &BigInt<4>) -> Option<u32> {
	let (limb, word) = (0..).zip(number.as_ref()).find(|(_, word)| **word != 0)?;
	Some(u32::saturating_add(u32::saturating_mul(limb, u64::BITS), word.trailing_zeros()))
}

/// Leaves the sum of each place, if it had any point.
fn collapse(places: &mut [Vec<G1Affine>]) {
	while places.iter().any(|place| place.len() > 1) {
		let pairs = places.iter().flat_map(|place| place.as_chunks().0);
		let mut sums = add(pairs.map(|[a, b]| (a, b))).into_iter();
		for place in &mut *places {
			let (pairs, odd) = place.as_chunks::<2>();
			let (pairs, odd) = (pairs.len(), odd.first().copied());
			place.clear();
			place.extend(sums.by_ref().take(pairs).chain(odd));
		}
	}
}

/// The sum of each pair, with one inversion for all.
#[expect(clippy::arithmetic_side_effects, reason = "field and curve arithmetic is total")]
fn add<'a>(pairs: impl Iterator<Item = (&'a G1Affine, &'a G1Affine)> + Clone) -> Vec<G1Affine> {
	// A zero is left as it is: the two points are each other's negation, or one is at infinity.
	let inverses = pairs.clone().map(|(a, b)| if a.x == b.x { a.y + b.y } else { b.x - a.x });
	let mut inverses: Vec<Fq> = inverses.collect();
	batch_inversion(&mut inverses);
	let sums = pairs.zip(inverses).map(|((a, b), inverse)| {
		if a.is_zero() {
			return *b;
		}
		if b.is_zero() {
			return *a;
		}
		if inverse.is_zero() {
			return G1Affine::identity();
		}
		let rise = if a.x == b.x {
			let square = a.x.square();
			square.double() + square
		} else {
			b.y - a.y
		};
		let slope = rise * inverse;
		let x = slope.square() - a.x - b.x;
		G1Affine::new_unchecked(x, slope * (a.x - x) - a.y)
	});
	sums.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ec::{CurveGroup, PrimeGroup};
	use proptest::prelude::*;

	fn point(n: u64) -> G1Affine {
		(G1Projective::generator() * Fr::from(n)).into_affine()
	}

	fn naive(terms: &[(G1Affine, Fr)]) -> G1Projective {
		terms.iter().map(|(point, scalar)| *point * scalar).sum()
	}

	#[test]
	fn the_sum_is_that_of_single_products() {
		let mut scalar = Fr::from(5u64);
		for count in [0, 1, 2, 3, 20, 58, 83] {
			let terms: Vec<_> = (0..count)
				.map(|n| {
					scalar = scalar.square() + Fr::from(n);
					(point(n * n + 1), scalar)
				})
				.collect();
			assert_eq!(sum(&terms), naive(&terms), "{count} terms");
		}
	}

	#[test]
	fn equal_opposite_and_infinite_points_and_small_and_large_scalars_add_up() {
		let g = G1Affine::generator();
		let scalars = [0u64, 1, 2, 3, 15, 16, 17, 31, 32, 1 << 63].map(Fr::from);
		let scalars: Vec<Fr> = scalars.into_iter().flat_map(|scalar| [scalar, -scalar]).collect();
		for points in [[g, g], [g, -g], [g, G1Affine::identity()], [point(3), point(9)], [point(2), -point(2)]] {
			for a in &scalars {
				for b in &scalars {
					let terms = [(points[0], *a), (points[1], *b), (points[0], *b)];
					assert_eq!(sum(&terms), naive(&terms), "{a} {b}");
				}
			}
		}
		let pairs = [(g, g), (g, -g), (-g, point(2))];
		assert_eq!(add(pairs.iter().map(|(a, b)| (a, b))), [point(2), G1Affine::identity(), g]);
	}

	#[test]
	fn no_scalar_costs_more_than_the_worst() {
		let worst = Fr::from_be_bytes_mod_order(&WORST_SCALAR);
		assert!(worst.into_bigint() < Fr::MODULUS_MINUS_ONE_DIV_TWO);
		assert_eq!(worst.into_bigint().to_bytes_be(), WORST_SCALAR);
		assert_eq!(digits(worst).count(), 51, "a fifth of the 254 bits, none closer");
		assert_eq!(digits(-Fr::from(1u64)).last().map(|(place, _)| place < PLACES), Some(true));
	}

	proptest! {
		#[test]
		fn digits_are_odd_far_apart_and_make_up_their_scalar(bytes in any::<[u8; 32]>(), shift in 0..256u32) {
			let scalar = Fr::from(Fr::from_be_bytes_mod_order(&bytes).into_bigint() >> shift);
			let digits: Vec<(usize, i8)> = digits(scalar).collect();
			prop_assert!(digits.iter().all(|(place, digit)| digit % 2 != 0 && digit.abs() < 16 && *place < PLACES));
			prop_assert!(digits.windows(2).all(|pair| pair[0].0 + 5 <= pair[1].0));
			let two = Fr::from(2u64);
			let sum: Fr = digits.iter().map(|(place, digit)| two.pow([*place as u64]) * Fr::from(*digit)).sum();
			prop_assert_eq!(sum, scalar);
		}
	}
}
