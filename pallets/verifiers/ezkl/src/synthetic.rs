//! Keys of any size and proofs for them, to measure [`verify`](crate::verify) with. Nobody can prove anything with such
//! a key: its commitments are of no circuit.

#![expect(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	reason = "benchmarks and tests alone call this, with numbers that are checked at the door"
)]

use alloc::{vec, vec::Vec};
use ark_ec::{AdditiveGroup, CurveGroup, PrimeGroup};
use ark_ff::{BigInteger, Field, PrimeField};
use vektor_verifier_bn254::{Fr, G1Affine, G1Projective};

use crate::{
	key::{Key, KEY, PROOF},
	srs::{GENERATOR, PERPETUAL_POWERS_OF_TAU},
	words::{Word, WORD},
	MAX_INSTANCES, MAX_KEY, MAX_OPERATIONS, MAX_POINTS,
};

/// The fewest points that [`key`] makes a key of.
pub const MIN_POINTS: u32 = 30;

/// The scale of all instances but the first.
pub const SCALE: u8 = 13;

/// The most rows: `2^24`.
const K: u8 = 24;

/// The most rows that blind.
const BLINDING: usize = 14;

/// The pieces of the quotient.
const QUOTIENTS: usize = 4;

/// The operations of a full gate: whole words. The limit is 256.
const LONGEST: usize = 240;

/// A cell for each of them; the opening plan takes fewer.
const SCRATCH: usize = LONGEST * CELL;

/// A word, as a distance of addresses.
const CELL: usize = 32;

/// Operations of the opening plan and the permutation but for two for each point.
const OTHERS: u32 = 6;

/// The words of a header, with the one of the phases.
const HEADER: usize = 34;

/// From the end of scratch to the evaluation of the instances.
const INSTANCE: usize = 0x220;

/// The words of a key, whose SRS is [`PERPETUAL_POWERS_OF_TAU`]: with `points` of
/// [`Shape::points`](crate::Shape::points), `instances`, of which the first is a hash, and `operations` of
/// [`Shape::operations`](crate::Shape::operations) or one less: from [`fewest_operations`] on they are multiplications.
/// Half of the commitments are in the key, half in the proof, which has [`MAX_PROOF`](crate::MAX_PROOF) bytes at
/// [`MAX_POINTS`].
///
/// # Panics
///
/// If `points` are not between [`MIN_POINTS`] and [`MAX_POINTS`], `instances` not between 1 and [`MAX_INSTANCES`], or
/// `operations` not between [`fewest_operations`] and [`MAX_OPERATIONS`].
pub fn key(points: u32, instances: u32, operations: u32) -> (Vec<u8>, [u8; 128]) {
	(words(points, instances, operations, 0), PERPETUAL_POWERS_OF_TAU)
}

/// The key with the most of everything, and constants that nothing uses up to [`MAX_KEY`].
pub fn longest_key() -> (Vec<u8>, [u8; 128]) {
	let most = |constants| words(MAX_POINTS, MAX_INSTANCES, MAX_OPERATIONS, constants);
	(most((MAX_KEY - most(0).len()) / CELL), PERPETUAL_POWERS_OF_TAU)
}

/// What the opening plan and the permutation take with so many points: two operations for each opened value, and a few.
pub fn fewest_operations(points: u32) -> u32 {
	2 * points + OTHERS
}

fn words(points: u32, instances: u32, operations: u32, constants: usize) -> Vec<u8> {
	assert!((MIN_POINTS..=MAX_POINTS).contains(&points), "points");
	assert!((1..=MAX_INSTANCES).contains(&instances), "instances");
	assert!((fewest_operations(points)..=MAX_OPERATIONS).contains(&operations), "operations");
	let counts = Counts::new(size(points));
	let opening = counts.opening();
	let permutation = counts.permutation();
	let gates = gates(size(operations - fewest_operations(points)));

	let points_at = KEY + HEADER * CELL;
	let gates_at = points_at + (2 * counts.key + constants) * CELL;
	let gate_words: usize = gates.iter().map(Gate::words).sum();
	let permutation_at = gates_at + (1 + gate_words) * CELL;
	let lookups_at = permutation_at + permutation.len() * CELL;
	let opening_at = lookups_at + CELL;
	let rescale_at = opening_at + opening.len() * CELL;
	let end = rescale_at + CELL;

	let sections = [gates_at, permutation_at, lookups_at, opening_at, rescale_at - 0x80];
	let mut words = counts.header(size(instances), sections);
	words.extend(multiples(1, counts.key).iter().flat_map(point));
	words.extend((0..constants).map(|index| scalar(-Fr::from(1 + size_of_index(index)))));
	words.push(number(gates.len() * CELL));
	words.extend(gates.iter().flat_map(|gate| gate.write(end)));
	words.extend(permutation);
	words.push(number(0));
	words.extend(opening);
	words.push(rescale(instances));
	words.concat()
}

/// A proof for the key of `words`: well-formed, so that all of it is computed with, and false.
///
/// # Panics
///
/// If [`Key::parse`] refuses `words`.
pub fn proof(words: &[u8]) -> Vec<u8> {
	let key = Key::parse(words).expect("a key");
	// Other multiples than those of a key, which are fewer.
	let points = multiples(128, key.proof_points() + 2);
	let (committed, opening) = points.split_at(key.proof_points());
	let evaluations = (0..key.evaluations).map(|index| scalar(-Fr::from(7 + size_of_index(index))));
	let head = committed.iter().flat_map(point);
	head.chain(evaluations).chain(opening.iter().flat_map(point)).collect::<Vec<_>>().concat()
}

fn size(count: u32) -> usize {
	count.try_into().expect("at least 32 bits")
}

fn size_of_index(index: usize) -> u64 {
	index.try_into().expect("at most 64 bits")
}

/// `2^from` of the generator and `count - 1` doublings. No two of their odd multiples meet, as they would not in a proof.
fn multiples(from: usize, count: usize) -> Vec<G1Affine> {
	let doublings = core::iter::successors(Some(G1Projective::generator()), |point| Some(point.double()));
	G1Projective::normalize_batch(&doublings.skip(from).take(count).collect::<Vec<_>>())
}

fn point(point: &G1Affine) -> [Word; 2] {
	[point.x, point.y].map(scalar)
}

fn scalar<F: PrimeField>(value: F) -> Word {
	value.into_bigint().to_bytes_be().try_into().expect("four limbs")
}

/// A word that is a small number.
fn number(value: usize) -> Word {
	Low::default().u16(value).word()
}

/// The low bytes of a packed word, the lowest first.
#[derive(Default)]
struct Low(Vec<u8>);

impl Low {
	fn u8(mut self, value: usize) -> Self {
		self.0.push(value.try_into().expect("8 bits"));
		self
	}

	fn u16(mut self, value: usize) -> Self {
		self.0.extend(u16::try_from(value).expect("16 bits").to_le_bytes());
		self
	}

	fn u16s(self, values: &[usize]) -> Self {
		values.iter().fold(self, |low, value| low.u16(*value))
	}

	fn word(mut self) -> Word {
		self.0.resize(CELL, 0);
		self.0.reverse();
		self.0.try_into().expect("at most a word")
	}
}

/// How many there are of what.
struct Counts {
	/// Commitments of the key: the last of the permutation, the others of fixed columns.
	key: usize,
	/// Points of the proof before the quotient.
	committed: usize,
	/// One for each commitment, two for one of them.
	evaluations: usize,
}

impl Counts {
	fn new(points: usize) -> Self {
		// The generator and the last two points of the proof are the others.
		let commitments = points - QUOTIENTS - 3;
		let key = commitments / 2;
		Self { key, committed: commitments - key, evaluations: commitments + 1 }
	}

	fn committed_at(&self, index: usize) -> usize {
		PROOF + index * 2 * CELL
	}

	fn evaluation_at(&self, index: usize) -> usize {
		self.committed_at(self.committed + QUOTIENTS) + index * CELL
	}

	/// The head, and the phases.
	fn header(&self, instances: usize, sections: [usize; 5]) -> Vec<Word> {
		let omega = Fr::from(7u64).pow(Fr::MODULUS >> u32::from(K));
		let omega_inverse = omega.inverse().expect("not zero");
		let rows_inverse = Fr::from(1u64 << K).inverse().expect("not zero");
		let first_blinding = omega_inverse.pow([size_of_index(BLINDING)]);
		let mut words = vec![number(1)];
		words.extend([SCRATCH, instances, self.evaluations, 0, K.into()].map(number));
		words.extend([rows_inverse, omega, omega_inverse, first_blinding].map(scalar));
		words.extend([0, 0, 0, 0, 1, 2].map(number));
		words.extend_from_slice(GENERATOR.as_chunks().0);
		words.extend_from_slice(PERPETUAL_POWERS_OF_TAU.as_chunks().0);
		let pieces = self.committed + QUOTIENTS;
		words.extend([pieces - 1, self.committed].map(|index| number(self.committed_at(index))));
		words.extend(sections.map(number));
		words.extend([BLINDING, self.key - 1].map(number));
		// Theta, beta and gamma; y; x.
		let phases = Low::default().u8(1).u16(self.committed * 2 * CELL).u8(3).u16(0).u8(1);
		words.push(phases.u16(QUOTIENTS * 2 * CELL).u8(1).word());
		words
	}

	/// One set, of the instances.
	fn permutation(&self) -> [Word; 2] {
		let [product, next, last, sigma] = [0, 1, 2, 3].map(|index| self.evaluation_at(index));
		let lengths = Low::default().u8(0).u16s(&[CELL, CELL]);
		[lengths.word(), Low::default().u16s(&[product, next, last]).u8(1).u16s(&[0, sigma]).word()]
	}

	/// Everything is opened at `x`, the last committed point of the proof also one row further. One commitment after the
	/// other, and one evaluation after the other, from the last to the first.
	fn opening(&self) -> [Word; 18] {
		let low = Low::default;
		// Scratch: three coefficients behind a one, twice; six cells; then two points, and so on.
		let [one, behind, point] = [CELL, 4 * CELL, 14 * CELL];
		let [difference, vanishing] = [point + 2 * CELL, point + 4 * CELL];
		let diff = vanishing + CELL;
		let [r, sum] = [diff + 2 * CELL, diff + 4 * CELL];
		let opening = self.evaluation_at(self.evaluations);
		let [first, last] = [0, self.committed - 1].map(|index| self.committed_at(index));
		let key_at = KEY + HEADER * CELL;
		let key = [key_at + 2 * CELL * self.key, key_at].map(|at| at - 2 * CELL);
		let evaluation = |index| self.evaluation_at(index);
		[
			// The points: one row further, and `x`.
			low().u8(1).u16(point + CELL).word(),
			low().u16(point).u8(0).word(),
			// The first set, the number of sets, and what each set leaves out.
			low().u16s(&[difference, vanishing, point]).u8(1).u16(difference).word(),
			low().u16s(&[vanishing, 2]).word(),
			number(difference + CELL),
			number(one),
			// The points of sets, and their coefficients.
			low().u8(1).u8(1).u8(2).word(),
			low().u16s(&[difference, one]).word(),
			low()
				.u16s(&[point, point + CELL, difference, difference + CELL])
				.u16s(&[one + CELL, one + 2 * CELL])
				.word(),
			low().u16s(&[behind, diff, 2 * CELL]).word(),
			// Evaluations.
			low().u8(1).u16s(&[diff + CELL, r]).u8(CELL).u8(2 * CELL).word(),
			low()
				.u8(1)
				.u16(evaluation(self.evaluations - 1))
				.u8(0)
				.u16s(&[evaluation(self.evaluations - 2), evaluation(1)])
				.word(),
			low().u8(1).u16s(&[evaluation(0), evaluation(1)]).word(),
			// Sums of coefficients.
			low().u8(1).u8(CELL).u16(sum).u8(2 * CELL).u16(sum + CELL).word(),
			low().u16s(&[2 * CELL, sum, r + CELL]).word(),
			// Commitments: one, the quotient, those of the proof, those of the key; then one.
			low()
				.u8(1)
				.u16s(&[diff + CELL, opening, opening + CELL, vanishing, opening + 2 * CELL, opening + 3 * CELL])
				.u8(CELL)
				.u8(CELL)
				.word(),
			low()
				.u16s(&[first, first + CELL])
				.u8(2)
				.u8(1)
				.u8(1)
				.u8(0)
				.u16s(&[last - 2 * CELL, first])
				.u8(0)
				.u8(0)
				.u16s(&key)
				.word(),
			low().u16s(&[last, last + CELL]).word(),
		]
	}
}

/// A hash, and numbers of one scale.
fn rescale(instances: u32) -> Word {
	let Low(mut bytes) = Low::default().u8(1).u8(18).u8(CELL);
	if instances > 1 {
		bytes.extend(((instances - 1) * u32::from(WORD)).to_le_bytes());
		bytes.extend([1, SCALE]);
	}
	Low(bytes).word()
}

/// Multiplications, each of the result of the one before with the instances.
struct Gate(usize);

/// How many multiplications lie in a word, of five bytes each. The first word begins with a byte of its own.
const IN_A_WORD: usize = 6;

/// Gates that take so many operations: each those that it has and one.
fn gates(operations: usize) -> Vec<Gate> {
	let sizes = (0..operations).step_by(LONGEST + 1).map(|before| LONGEST.min(operations - before - 1));
	sizes.filter(|size| *size > 0).map(Gate).collect()
}

impl Gate {
	fn words(&self) -> usize {
		self.0.div_ceil(IN_A_WORD)
	}

	/// The words, in a key that ends at `end`.
	fn write(&self, end: usize) -> Vec<Word> {
		let instance = end + SCRATCH + INSTANCE;
		let multiply = |low: Low, index: usize| {
			let before = index.checked_sub(1).map_or(instance, |before| end + before * CELL);
			low.u8(3).u16s(&[before, instance])
		};
		let starts = (0..self.0).step_by(IN_A_WORD);
		let words = starts.map(|start| {
			let low = if start == 0 { Low::default().u8(self.words()) } else { Low::default() };
			(start..self.0.min(start + IN_A_WORD)).fold(low, multiply).word()
		});
		words.collect()
	}
}
