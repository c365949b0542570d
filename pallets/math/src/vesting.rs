//! How an allocation comes free: a part at once, a lump at a cliff, the rest in a straight line. Time is any unit that rises.

use crate::{emission, split::pro_rata};

/// When how much of an amount is free. The three parts sum to the amount.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Plan {
	/// Free from the start.
	pub free: u128,
	/// Comes together at `start`.
	pub lump: u128,
	/// Comes evenly from `start` to `end`.
	pub even: u128,
	/// The cliff: the time at which the lump comes and the even part begins.
	pub start: u32,
	/// The time at which everything is free. Not before `start`.
	pub end: u32,
}

/// One straight line of a lock: `locked` comes free at `per_unit` for each unit of time after `start`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
	/// How much it locks.
	pub locked: u128,
	/// What a unit of time frees: rounded up, so that the line ends in time, at most one unit's share early.
	pub per_unit: u128,
	/// The time after which it frees the first.
	pub start: u32,
}

impl Plan {
	/// Everything is free from the start.
	pub fn at_once(amount: u128) -> Self {
		Self { free: amount, ..Self::default() }
	}

	/// Nothing before `start`, then evenly until `end`.
	pub fn cliff_then_linear(amount: u128, start: u32, end: u32) -> Self {
		Self { even: amount, start, end, ..Self::default() }
	}

	/// The `cliff`-th of `months` parts at `start`, the rest evenly until `end`. Nothing where `months` is zero or less than
	/// `cliff`.
	pub fn accruing_cliff(amount: u128, cliff: u32, months: u32, start: u32, end: u32) -> Option<Self> {
		let lump = pro_rata(amount, cliff.into(), months.into())?;
		Some(Self { lump, even: amount.checked_sub(lump)?, start, end, ..Self::default() })
	}

	/// `ppm` parts per million at once, the rest evenly until `end`. Nothing where `ppm` is above a million.
	pub fn part_at_once(amount: u128, ppm: u32, end: u32) -> Option<Self> {
		let free = emission::share(amount, ppm)?;
		Some(Self { free, even: amount.checked_sub(free)?, end, ..Self::default() })
	}

	/// What is free at `now`, rounded down; everything from `end` on.
	pub fn unlocked(&self, now: u32) -> Option<u128> {
		if now < self.start {
			return Some(self.free);
		}
		let length = self.end.checked_sub(self.start)?;
		let passed = now.min(self.end.max(self.start)).checked_sub(self.start)?;
		let even = match length {
			0 => self.even,
			_ => pro_rata(self.even, passed.into(), length.into())?,
		};
		self.free.checked_add(self.lump)?.checked_add(even)
	}

	/// The lines that lock what is not free from the start. One that locks nothing is left out.
	pub fn lines(&self) -> impl Iterator<Item = Line> {
		let length = u128::from(self.end.saturating_sub(self.start)).max(1);
		// A lump is a line that is over one unit after it starts.
		let lump = Line { locked: self.lump, per_unit: self.lump, start: self.start.saturating_sub(1) };
		let even = Line { locked: self.even, per_unit: self.even.div_ceil(length), start: self.start };
		[lump, even].into_iter().filter(|line| line.locked > 0)
	}
}
