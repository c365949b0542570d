//! A sum of products of points and scalars, for up to some hundreds of them.
//!
//! Each scalar is written with few signed digits, each an odd multiple of its point at a power of two. The multiples at
//! one power are added up in affine coordinates, a level of a tree at a time with one inversion for all powers, and one
//! chain of doublings takes the powers together. Half the cost of buckets at these sizes: those spend it on themselves.

use alloc::{vec, vec::Vec};
use ark_bn254::{Fq, Fr, G1Affine, G1Projective};
use ark_ec::{AdditiveGroup, AffineRepr};
use ark_ff::{batch_inversion, BigInteger, Field, PrimeField, Zero};

/// The width of the windows of scalars: at most every fifth digit is not zero, on average every sixth.
const WINDOW: usize = 5;

/// The odd multiples that a digit may ask for: 1, 3, ... 15.
const MULTIPLES: usize = 1 << (WINDOW - 2);

/// The sum of all `scalar * point`.
#[expect(clippy::arithmetic_side_effects, reason = "field and curve arithmetic is total")]
pub(crate) fn sum(terms: &[(G1Affine, Fr)]) -> G1Projective {
	let points: Vec<G1Affine> = terms.iter().map(|(point, _)| *point).collect();
	let doubles = add(&points.iter().map(|point| [*point, *point]).collect::<Vec<_>>());
	let mut multiples = vec![points];
	for _ in 1..MULTIPLES {
		let Some(last) = multiples.last() else { break };
		let pairs: Vec<_> = last.iter().zip(&doubles).map(|(multiple, double)| [*multiple, *double]).collect();
		multiples.push(add(&pairs));
	}

	let mut places: Vec<Vec<G1Affine>> = Vec::new();
	for (index, (_, scalar)) in terms.iter().enumerate() {
		let digits = scalar.into_bigint().find_wnaf(WINDOW).unwrap_or_default();
		if places.len() < digits.len() {
			places.resize(digits.len(), Vec::new());
		}
		for (digit, place) in digits.into_iter().zip(&mut places) {
			let multiple =
				usize::try_from(digit.unsigned_abs() / 2).ok().and_then(|half| multiples.get(half)?.get(index));
			match (digit.signum(), multiple) {
				(1, Some(multiple)) => place.push(*multiple),
				(-1, Some(multiple)) => place.push(-*multiple),
				_ => {}
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

/// Leaves the sum of each place, if it had any point.
fn collapse(places: &mut [Vec<G1Affine>]) {
	loop {
		let pairs: Vec<[G1Affine; 2]> = places.iter().flat_map(|place| place.as_chunks().0).copied().collect();
		if pairs.is_empty() {
			return;
		}
		let mut sums = add(&pairs).into_iter();
		for place in &mut *places {
			let (pairs, odd) = place.as_chunks::<2>();
			*place = sums.by_ref().take(pairs.len()).chain(odd.iter().copied()).collect();
		}
	}
}

/// The sum of each pair, with one inversion for all.
#[expect(clippy::arithmetic_side_effects, reason = "field and curve arithmetic is total")]
fn add(pairs: &[[G1Affine; 2]]) -> Vec<G1Affine> {
	// A zero is left as it is: the two points are each other's negation, or one is at infinity.
	let mut inverses: Vec<Fq> = pairs.iter().map(|[a, b]| if a.x == b.x { a.y + b.y } else { b.x - a.x }).collect();
	batch_inversion(&mut inverses);
	let sums = pairs.iter().zip(inverses).map(|([a, b], inverse)| {
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
		assert_eq!(add(&[[g, g], [g, -g], [-g, point(2)]]), [point(2), G1Affine::identity(), g]);
	}
}
