//! Where things lie in the memory and calldata of the program that the addresses of a key are written for.

use crate::{
	expression::Operand,
	opening::Commitment,
	words::{place, WORD},
};

/// The address of a key's first word.
pub(crate) const KEY: usize = 0xa0;

/// The address of a proof's first byte.
pub(crate) const PROOF: usize = 0x84;

/// From theta to the end of what lies behind it.
const BEHIND_THETA: usize = 0x240;

/// From theta to the evaluation of the instances.
const INSTANCE: usize = 0x220;

/// The two words of a point.
const POINT: u16 = 64;

/// The number of the word at an address, which may be the one behind the last.
pub(crate) fn word(address: usize) -> Option<usize> {
	place(address.try_into().ok()?, KEY, WORD)
}

/// Start addresses, and how many items lie there. All addresses fit 16 bits.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
	/// Behind the key: the first scratch cell.
	pub end: usize,
	/// Scratch, in bytes.
	pub scratch: usize,
	/// Challenges of the circuit itself.
	pub challenges: usize,
	/// Where the commitments of the key start.
	pub points_at: usize,
	/// Commitments of the key.
	pub points: usize,
	/// Behind the commitments: constants.
	pub constants_at: usize,
	/// Constants.
	pub constants: usize,
	/// Points of the proof, but for its last two.
	pub proof_points: usize,
	/// The last of these, which are pieces of the quotient.
	pub quotients: usize,
	/// Evaluations of the proof.
	pub evaluations: usize,
}

impl Layout {
	/// Adds how many commitments and constants there are.
	pub fn extend(&mut self, points: usize, constants: usize) {
		self.points = points;
		self.constants_at = points.saturating_mul(64).saturating_add(self.points_at);
		self.constants = constants;
	}

	/// Whether all addresses fit 16 bits.
	pub fn fits(&self) -> Option<()> {
		let last = self.theta()?.checked_add(BEHIND_THETA)?;
		(last <= 0xffff && self.opening_at()? <= 0xffff).then_some(())
	}

	fn challenges_at(&self) -> Option<usize> {
		self.end.checked_add(self.scratch)
	}

	fn theta(&self) -> Option<usize> {
		self.challenges_at()?.checked_add(self.challenges.checked_mul(32)?)
	}

	fn evaluations_at(&self) -> Option<usize> {
		PROOF.checked_add(self.proof_points.checked_mul(64)?)
	}

	/// Where the last two points of a proof lie.
	pub fn opening_at(&self) -> Option<usize> {
		self.evaluations_at()?.checked_add(self.evaluations.checked_mul(32)?)
	}

	/// The evaluation at an address.
	pub fn evaluation(&self, address: u16) -> Option<usize> {
		place(address, self.evaluations_at()?, WORD).filter(|index| *index < self.evaluations)
	}

	/// The committed point of a proof at an address. The pieces of the quotient are not addressed.
	pub fn proof_point(&self, address: u16) -> Option<Commitment> {
		let count = self.proof_points.checked_sub(self.quotients)?;
		place(address, PROOF, POINT).filter(|index| *index < count).map(Commitment::Proof)
	}

	/// The commitment of the key at an address.
	pub fn key_point(&self, address: u16) -> Option<Commitment> {
		place(address, self.points_at, POINT).filter(|index| *index < self.points).map(Commitment::Key)
	}

	/// The operand at an address, for a block whose temporaries start at `base` and of which `done` are written.
	pub fn operand(&self, address: u16, base: usize, done: usize) -> Option<Operand> {
		if usize::from(address) == self.theta()?.checked_add(INSTANCE)? {
			return Some(Operand::Instance);
		}
		let among = |start, count| place(address, start, WORD).filter(|index| *index < count);
		among(base, done)
			.map(Operand::Temporary)
			.or_else(|| among(self.constants_at, self.constants).map(Operand::Constant))
			.or_else(|| among(self.challenges_at()?, self.challenges).map(Operand::Challenge))
	}
}
