//! The opening argument (SHPLONK): all openings in one equation of points.

use alloc::vec::Vec;
use ark_ec::AffineRepr;
use ark_ff::AdditiveGroup;
use vektor_verifier_bn254::{Fr, G1Affine};

use crate::{
	key::{Domain, Key},
	lagrange::{invert, Lagrange},
	opening::{Commitment, Set, Value},
	proof::Proof,
	transcript::Challenges,
	Error, KeyError, Section,
};

/// The terms of the sum that, paired with the generator, must cancel `W'` paired with `-[s]G2`.
///
/// One for each commitment, each piece of the quotient, the generator, `W` and `W'`: [`crate::Shape::points`] in all.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
pub(crate) fn terms(
	key: &Key,
	proof: &Proof,
	challenges: &Challenges,
	lagrange: &Lagrange,
	quotient: Fr,
) -> Result<Vec<(G1Affine, Fr)>, Error> {
	let Challenges { x, zeta, nu, mu, .. } = *challenges;
	let points: Vec<Fr> = key.opening.rotations.iter().map(|rotation| rotate(&key.domain, x, *rotation)).collect();
	let distances: Vec<Fr> = points.iter().map(|point| mu - point).collect();
	let weights = Weights::new(&key.opening.sets, &points, &distances).ok_or(DANGLING)??;

	let mut terms = Vec::new();
	let mut constant = Fr::ZERO;
	let mut separator = weights.first_others_inverse;
	for ((set, weights), sum_inverse) in key.opening.sets.iter().zip(&weights.sets).zip(&weights.sum_inverses) {
		// Of the last row: the powers of zeta fall.
		let mut scale = separator * vanishing(&set.others, &distances).ok_or(DANGLING)?;
		let mut opened = Fr::ZERO;
		for (commitment, values) in set.rows().rev() {
			for (value, weight) in values.iter().zip(weights) {
				let value = match value {
					Value::Evaluation(index) => *proof.evaluations.get(*index).ok_or(DANGLING)?,
					Value::Quotient => quotient,
				};
				opened += scale * weight * value;
			}
			match commitment {
				Commitment::Key(index) => terms.push((*key.points.get(index).ok_or(DANGLING)?, scale)),
				Commitment::Proof(index) => terms.push((*proof.points.get(index).ok_or(DANGLING)?, scale)),
				Commitment::Quotient => {
					let mut scale = scale;
					let pieces = key.proof_points().saturating_sub(key.quotients);
					for piece in proof.points.iter().skip(pieces) {
						terms.push((*piece, scale));
						scale *= lagrange.power;
					}
				}
			}
			scale *= zeta;
		}
		constant += opened * sum_inverse;
		separator *= nu;
	}
	let [w, w_prime] = proof.opening;
	let first = key.opening.sets.first().ok_or(DANGLING)?;
	terms.push((G1Affine::generator(), -constant));
	terms.push((w, -vanishing(&first.points, &distances).ok_or(DANGLING)?));
	terms.push((w_prime, mu));
	Ok(terms)
}

/// An index that leads nowhere. Keys with such are not read.
const DANGLING: Error = Error::Key(KeyError::Malformed(Section::Opening));

/// `x` times omega to the power of `rotation`.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
fn rotate(domain: &Domain, mut x: Fr, rotation: i8) -> Fr {
	let factor = if rotation < 0 { domain.omega_inverse } else { domain.omega };
	for _ in 0..rotation.unsigned_abs() {
		x *= factor;
	}
	x
}

/// The product of the distances of mu from `points`.
fn vanishing(points: &[usize], distances: &[Fr]) -> Option<Fr> {
	points.iter().map(|point| distances.get(*point)).product()
}

/// The weights of interpolation at mu, for each set.
struct Weights {
	sets: Vec<Vec<Fr>>,
	/// Their sums, inverted.
	sum_inverses: Vec<Fr>,
	/// `1 / Z(T \ S_0)`.
	first_others_inverse: Fr,
}

impl Weights {
	/// With one inversion for the weights and one for their sums. `None` if a place leads nowhere.
	#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
	fn new(sets: &[Set], points: &[Fr], distances: &[Fr]) -> Option<Result<Self, Error>> {
		let mut inverses = Vec::new();
		for set in sets {
			for place in &set.points {
				let (point, mut product) = (points.get(*place)?, *distances.get(*place)?);
				for other in set.points.iter().filter(|other| *other != place) {
					product *= *point - points.get(*other)?;
				}
				inverses.push(product);
			}
		}
		inverses.push(vanishing(&sets.first()?.others, distances)?);
		if let Err(error) = invert(&mut inverses) {
			return Some(Err(error));
		}
		let first_others_inverse = inverses.pop()?;
		let mut inverses = inverses.into_iter();
		let sets: Vec<Vec<Fr>> = sets.iter().map(|set| inverses.by_ref().take(set.points.len()).collect()).collect();
		let mut sum_inverses: Vec<Fr> = sets.iter().map(|weights| weights.iter().sum()).collect();
		if let Err(error) = invert(&mut sum_inverses) {
			return Some(Err(error));
		}
		Some(Ok(Self { sets, sum_inverses, first_others_inverse }))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec;
	use ark_ff::Field;

	#[test]
	fn the_weights_interpolate() {
		let points: Vec<Fr> = [3u64, 8, 21, 55, 144].map(Fr::from).to_vec();
		let mu = Fr::from(1000u64);
		let distances: Vec<Fr> = points.iter().map(|point| mu - point).collect();
		let set = |points: &[usize], others: &[usize]| Set {
			points: points.to_vec(),
			others: others.to_vec(),
			commitments: Vec::new(),
			values: Vec::new(),
		};
		let sets = vec![set(&[0, 1], &[2, 3, 4]), set(&[2], &[0, 1, 3, 4]), set(&[4, 0, 3, 1, 2], &[])];
		let weights = Weights::new(&sets, &points, &distances).unwrap().unwrap();
		assert_eq!(weights.first_others_inverse * distances[2] * distances[3] * distances[4], Fr::ONE);
		// Of degree below the number of points, so that they determine it.
		let coefficients = [5u64, 6, 7, 8, 9].map(Fr::from);
		for ((set, weights), inverse) in sets.iter().zip(&weights.sets).zip(&weights.sum_inverses) {
			let polynomial = |at: Fr| {
				let used = coefficients.iter().take(set.points.len()).rev();
				used.fold(Fr::ZERO, |value, coefficient| value * at + coefficient)
			};
			let sum: Fr =
				set.points.iter().zip(weights).map(|(point, weight)| polynomial(points[*point]) * weight).sum();
			assert_eq!(sum * inverse, polynomial(mu));
		}
	}

	#[test]
	fn points_that_meet_have_no_weights() {
		let points: Vec<Fr> = [3u64, 3, 8].map(Fr::from).to_vec();
		let set = Set { points: vec![0, 1], others: vec![2], commitments: Vec::new(), values: Vec::new() };
		let distances = [5u64, 5, 1].map(Fr::from);
		let met = Weights::new(&[set], &points, &distances).unwrap();
		assert_eq!(met.err(), Some(Error::ZeroDenominator));
		let set = Set { points: vec![2], others: vec![0], commitments: Vec::new(), values: Vec::new() };
		let on_a_point = Weights::new(&[set], &points, &[5u64, 5, 0].map(Fr::from)).unwrap();
		assert_eq!(on_a_point.err(), Some(Error::ZeroDenominator));
	}
}
