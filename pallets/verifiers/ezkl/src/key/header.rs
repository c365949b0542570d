//! The head of a key: counts, the domain, the generators, where sections start, the phases of the transcript.

use alloc::vec::Vec;
use ark_ff::{AdditiveGroup, Field, MontFp};
use vektor_verifier_bn254::Fr;

use super::{
	layout::{Layout, KEY, PROOF},
	KeyError, Section,
};
use crate::{
	srs::GENERATOR,
	words::{element, place, small, Cursor, Word, WORD},
};

/// A root of unity of order `2^28`.
const ROOT: Fr = MontFp!("1748695177688661943023146337482803886740723238769601073607632802312037301404");

/// The largest power of two that divides the order of the multiplicative group.
const TWO_ADICITY: u8 = 28;

/// Challenges that every proof has: theta, beta, gamma, y, x.
const OWN_CHALLENGES: usize = 5;

/// A message of the prover and the challenges after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Phase {
	pub points: usize,
	pub challenges: u8,
}

/// The rows of the circuit: powers of a root of unity of order `2^k`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Domain {
	pub k: u8,
	/// `2^-k`.
	pub rows_inverse: Fr,
	pub omega: Fr,
	pub omega_inverse: Fr,
	/// The inverse of omega to the power of `blinding`.
	pub first_blinding: Fr,
	/// Rows at the end that blind the others, and the last row before them.
	pub blinding: usize,
}

/// What the first words say.
pub(crate) struct Header {
	pub digest: Word,
	pub instances: usize,
	pub domain: Domain,
	pub srs: [u8; 128],
	/// Commitments of fixed columns.
	pub fixed: usize,
	/// Addresses of sections: gates, permutation, lookups, opening plan, rescale data.
	pub sections: [usize; 5],
	pub phases: Vec<Phase>,
	pub quotients: usize,
	pub evaluations: usize,
	/// Challenges of the circuit itself.
	pub challenges: usize,
	/// The bytes of scratch, which addresses are counted from.
	scratch: usize,
	/// Where the commitments start.
	points_at: usize,
}

impl Header {
	/// Reads from the first word on, and leaves `cursor` where the commitments start.
	pub fn read(cursor: &mut Cursor) -> Result<Self, KeyError> {
		let whole = *cursor;
		let malformed = KeyError::Malformed(Section::Header);
		let words = cursor.take(33).and_then(|words| words.first_chunk::<33>()).ok_or(KeyError::Length)?;
		let [digest, scratch, instances, evaluations, challenges, rest @ ..] = words;
		let [k, rows_inverse, omega, omega_inverse, first_blinding, rest @ ..] = rest;
		let [has, offset, limbs, bits, x, y, rest @ ..] = rest;
		let [g2 @ .., last_quotient, first_quotient, gates, permutation, lookups, opening, rescale, blinding, fixed] =
			rest;
		if [has, offset, limbs, bits].into_iter().any(|word| *word != [0; 32]) {
			return Err(KeyError::Unsupported(super::Feature::Accumulator));
		}
		let (generator, srs) = g2.as_flattened().split_first_chunk::<128>().ok_or(malformed)?;
		if small(x) != Some(1) || small(y) != Some(2) || *generator != GENERATOR {
			return Err(KeyError::Generators);
		}
		let scalar = |word| element::<Fr>(word).ok_or(KeyError::NonCanonical(Section::Header));
		let count = |word| small(word).map(usize::from).ok_or(malformed);
		scalar(digest)?;
		let k = u8::try_from(count(k)?).map_err(|_| KeyError::Domain)?;
		let domain = Domain {
			k,
			rows_inverse: scalar(rows_inverse)?,
			omega: scalar(omega)?,
			omega_inverse: scalar(omega_inverse)?,
			first_blinding: scalar(first_blinding)?,
			blinding: count(blinding)?,
		};
		if !(1..=TWO_ADICITY).contains(&k) || !(2..=14).contains(&domain.blinding) {
			return Err(KeyError::Domain);
		}
		let phases = read_phases(cursor).ok_or(KeyError::Malformed(Section::Phases))?;
		let quotients = phases.last().map(|phase| phase.points).unwrap_or_default();
		let in_cells = |word| small(word).and_then(|bytes| place(bytes, 0, WORD)).ok_or(malformed);
		let header = Self {
			digest: *digest,
			instances: count(instances)?,
			domain,
			srs: srs.try_into().map_err(|_| malformed)?,
			fixed: count(fixed)?,
			sections: [
				count(gates)?,
				count(permutation)?,
				count(lookups)?,
				count(opening)?,
				// Counted from another base than the others.
				count(rescale)?.saturating_add(0x80),
			],
			phases,
			quotients,
			scratch: in_cells(scratch)?.saturating_mul(WORD.into()),
			evaluations: count(evaluations)?,
			challenges: in_cells(challenges)?,
			points_at: whole.0.len().saturating_sub(cursor.0.len()).saturating_mul(WORD.into()).saturating_add(KEY),
		};
		header.check_phases().ok_or(KeyError::Malformed(Section::Phases))?;
		let quotient = |index: usize| PROOF.saturating_add(index.saturating_mul(64));
		let points = header.proof_points();
		let first = points.checked_sub(quotients).map(quotient);
		if Some(count(first_quotient)?) != first || Some(count(last_quotient)?) != points.checked_sub(1).map(quotient) {
			return Err(malformed);
		}
		Ok(header)
	}

	/// Points of the proof, but for its last two.
	pub fn proof_points(&self) -> usize {
		self.phases.iter().fold(0, |sum, phase| sum.saturating_add(phase.points))
	}

	/// The last phases ask for one challenge each, and all phases together for those of the circuit and the usual five.
	fn check_phases(&self) -> Option<()> {
		let [.., before, last] = self.phases.as_slice() else { return None };
		let sum = self.phases.iter().fold(0usize, |sum, phase| sum.saturating_add(phase.challenges.into()));
		let expected = self.challenges.checked_add(OWN_CHALLENGES)?;
		(before.challenges == 1 && last.challenges == 1 && last.points > 0 && sum == expected).then_some(())
	}

	/// Addresses, as far as they are known before sections are read.
	pub fn layout(&self, words: usize) -> Layout {
		Layout {
			end: words.saturating_mul(WORD.into()).saturating_add(KEY),
			scratch: self.scratch,
			challenges: self.challenges,
			points_at: self.points_at,
			points: 0,
			constants_at: 0,
			constants: 0,
			proof_points: self.proof_points(),
			quotients: self.quotients,
			evaluations: self.evaluations,
		}
	}
}

fn read_phases(cursor: &mut Cursor) -> Option<Vec<Phase>> {
	let mut packed = cursor.counted()?;
	(packed.words() <= 10).then_some(())?;
	let mut phases = Vec::new();
	while packed.more() {
		let points = place(packed.u16()?, 0, 64)?;
		let challenges = packed.u8()?;
		// What is said without a challenge is part of the next phase.
		(challenges > 0).then_some(())?;
		phases.push(Phase { points, challenges });
	}
	Some(phases)
}

impl Domain {
	/// Whether the constants are what `k` and `blinding` make them.
	#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
	pub fn is_sound(&self) -> bool {
		let mut omega = ROOT;
		for _ in self.k..TWO_ADICITY {
			omega.square_in_place();
		}
		let mut rows = Fr::ONE;
		for _ in 0..self.k {
			rows.double_in_place();
		}
		let mut first_blinding = Fr::ONE;
		for _ in 0..self.blinding {
			first_blinding *= self.omega_inverse;
		}
		self.omega == omega
			&& self.omega * self.omega_inverse == Fr::ONE
			&& self.first_blinding == first_blinding
			&& self.rows_inverse * rows == Fr::ONE
	}
}
