//! What a key says about its proofs, and the limits of it.

use alloc::vec::Vec;

use super::{Key, KeyError, Section};
use crate::expression::Expression;

/// The longest key, in bytes. The longest that was seen has 17,824: attention over four tokens.
pub const MAX_KEY: usize = 32_768;

/// The longest proof, in bytes. The longest that was seen has 10,432.
pub const MAX_PROOF: usize = 16_384;

/// The most instances that a key may have.
pub const MAX_INSTANCES: u32 = 256;

/// The most [`Shape::points`] that a key may have.
pub const MAX_POINTS: u32 = 256;

/// The most [`Shape::operations`] that a key may have.
pub const MAX_OPERATIONS: u32 = 4_096;

/// The numbers of a key: what its proofs look like, and what they cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shape {
	/// The circuit has `2^k` rows.
	pub k: u8,
	/// Instances, hashes included.
	pub instances: u32,
	/// The length of a proof, in bytes.
	pub proof_length: u32,
	/// Points that a proof multiplies by scalars: the bulk of its cost.
	pub points: u32,
	/// Evaluations in a proof.
	pub evaluations: u32,
	/// Operations on scalars but for those of each instance: what constraints and openings take besides the points.
	pub operations: u32,
	/// Poseidon hashes, which come first among the instances. Said by the key, used by nobody who verifies.
	pub hashes: u32,
	/// The instances after the hashes, in order, as fixed-point numbers. Said by the key like `hashes`; at most
	/// `instances - hashes` in all.
	pub scaled: Vec<Scaled>,
}

/// Instances that are fixed-point numbers of one scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scaled {
	/// How many.
	pub count: u32,
	/// A field element `v`, or `v - r` above half the order `r`, means `v / 2^scale`.
	pub scale: i16,
}

fn number(count: usize) -> u32 {
	u32::try_from(count).unwrap_or(u32::MAX)
}

impl Key {
	/// The numbers of the key.
	pub fn shape(&self) -> Shape {
		let points = self.proof_points();
		let length = points.saturating_add(2).saturating_mul(64);
		Shape {
			k: self.domain.k,
			instances: number(self.instances),
			proof_length: number(length.saturating_add(self.evaluations.saturating_mul(32))),
			points: number(points.saturating_add(self.points.len()).saturating_add(3)),
			evaluations: number(self.evaluations),
			operations: number(self.operations()),
			hashes: number(self.hashes),
			scaled: self.scaled.clone(),
		}
	}

	/// Points of a proof, but for its last two.
	pub(crate) fn proof_points(&self) -> usize {
		self.phases.iter().fold(0, |sum, phase| sum.saturating_add(phase.points))
	}

	/// What each part takes at most: multiplications, and operations that a key writes down.
	fn operations(&self) -> usize {
		let times = |each: usize, count: usize| each.saturating_mul(count);
		let expression = |one: &Expression| one.operations.len().saturating_add(one.values.len());
		let gates = self.gates.iter().map(expression);
		let permutation = self.permutation.iter().map(|set| times(4, set.columns.len()).saturating_add(6));
		let lookups = self.lookups.iter().map(|lookup| {
			let sides = lookup.table.iter().chain(&lookup.inputs).map(expression);
			sides.fold(times(2, lookup.inputs.len()).saturating_add(10), usize::saturating_add)
		});
		let openings = self.opening.sets.iter().map(|set| {
			let weights = times(set.points.len(), set.points.len()).saturating_add(set.others.len());
			times(2, set.values.len()).saturating_add(weights)
		});
		gates.chain(permutation).chain(lookups).chain(openings).fold(0, usize::saturating_add)
	}

	/// Whether there is not too much of anything. What the format bounds by itself is not repeated here (rotations, in all
	/// and in a set), nor what [`MAX_PROOF`] bounds (evaluations).
	pub(super) fn check_limits(&self) -> Result<(), KeyError> {
		let shape = self.shape();
		let length = usize::try_from(shape.proof_length).unwrap_or(usize::MAX);
		let header = shape.k > 24 || shape.instances > MAX_INSTANCES || length > MAX_PROOF;
		let phases = self.phases.len() > 16 || self.challenges > 32 || self.quotients > 32;
		let longest = |expressions: &[Expression]| expressions.iter().any(|one| one.operations.len() > 256);
		let columns = self.permutation.iter().map(|set| set.columns.len());
		let permutation = columns.clone().any(|count| count > 23) || columns.fold(0, usize::saturating_add) > 256;
		let wide = |expressions: &[Expression]| expressions.iter().any(|one| one.values.len() > 32);
		let lookups = self.lookups.len() > 64
			|| self.lookups.iter().any(|lookup| {
				let (table, inputs) = (lookup.table.as_slice(), lookup.inputs.as_slice());
				inputs.len() > 32 || longest(table) || longest(inputs) || wide(table) || wide(inputs)
			});
		let exceeded = [
			(header, Section::Header),
			(phases, Section::Phases),
			(shape.points > MAX_POINTS, Section::Points),
			(longest(&self.gates) || shape.operations > MAX_OPERATIONS, Section::Gates),
			(permutation, Section::Permutation),
			(lookups, Section::Lookups),
			(self.opening.sets.len() > 32, Section::Opening),
		];
		match exceeded.into_iter().find(|(exceeded, _)| *exceeded) {
			Some((_, section)) => Err(KeyError::Limit(section)),
			None => Ok(()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::expression::Operation;
	use alloc::vec;

	fn refused(change: impl FnOnce(&mut Key)) -> Option<Section> {
		let mut key = Key::decode(include_bytes!("../../vectors/ezkl_hash/vka.bin")).unwrap();
		assert_eq!(key.check_limits(), Ok(()));
		change(&mut key);
		match key.check_limits() {
			Err(KeyError::Limit(section)) => Some(section),
			other => {
				assert_eq!(other, Ok(()));
				None
			}
		}
	}

	/// Each limit holds at its value and breaks one above.
	macro_rules! limit {
		($section:ident, $limit:expr, |$key:ident, $n:ident| $change:expr) => {
			for ($n, expected) in [($limit, None), ($limit + 1, Some(Section::$section))] {
				assert_eq!(refused(|$key| $change), expected, "{} {}", stringify!($change), $n);
			}
		};
	}

	#[test]
	fn every_limit_of_the_header_and_the_phases_holds() {
		limit!(Header, 24, |key, n| key.domain.k = n);
		limit!(Header, 256, |key, n| key.instances = n);
		limit!(Phases, 16, |key, n| {
			while key.phases.len() < n {
				key.phases.insert(0, crate::key::Phase { points: 0, challenges: 1 });
			}
		});
		limit!(Phases, 32, |key, n| key.challenges = n);
		limit!(Phases, 32, |key, n| key.quotients = n);
	}

	#[test]
	fn every_limit_of_what_is_computed_holds() {
		limit!(Points, 256 - 3 - 26, |key, n| key.points.resize(n, Default::default()));
		limit!(Gates, 256, |key, n| key.gates[0].operations = vec![Operation::Evaluation(0); n]);
		limit!(Gates, MAX_OPERATIONS, |key, n| {
			let gate = key.gates.remove(0);
			key.gates.clear();
			let others = key.shape().operations;
			key.gates = (others..n)
				.step_by(256)
				.map(|from| {
					let operations = vec![Operation::Evaluation(0); 256.min(n - from) as usize - 1];
					Expression { operations, ..gate.clone() }
				})
				.collect();
		});
		limit!(Permutation, 23, |key, n| {
			let column = key.permutation[0].columns[0];
			key.permutation[0].columns = vec![column; n];
		});
		limit!(Permutation, 12, |key, n| {
			let mut set = key.permutation[0].clone();
			set.columns = vec![set.columns[0]; 21];
			key.permutation = vec![set; n];
		});
		limit!(Lookups, 64, |key, n| key.lookups = vec![key.lookups[0].clone(); n]);
		limit!(Lookups, 32, |key, n| key.lookups[0].inputs = vec![key.lookups[0].inputs[0].clone(); n]);
		limit!(Lookups, 32, |key, n| key.lookups[0].inputs[0].values = vec![key.lookups[0].inputs[0].values[0]; n]);
		limit!(Lookups, 256, |key, n| key.lookups[0].inputs[0].operations = vec![Operation::Evaluation(0); n]);
		limit!(Opening, 32, |key, n| key.opening.sets = vec![key.opening.sets[0].clone(); n]);
	}

	#[test]
	fn a_proof_is_not_longer_than_allowed() {
		let points = 26;
		let most = (MAX_PROOF - 64 * (points + 2)) / 32;
		limit!(Header, most, |key, n| key.evaluations = n);
	}
}
