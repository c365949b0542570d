//! How much a round emits (money.md, "Supply"). Every amount comes from a schedule as a function of the time since genesis, and
//! a round's is the difference between its end and its start: rounds of any length add up to the schedule, to the unit.

use crate::split::pro_rata;

/// Parts per million in one.
const ONE: u128 = 1_000_000;

/// What one round emits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Emission {
	/// The part that comes whatever the load.
	pub floor: u128,
	/// The part that load calls for.
	pub demand: u128,
}

/// The bounds of the load, in parts per million.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
	/// The least load that counts: `250_000` emits a quarter of the base when nobody works.
	pub min: u32,
	/// The most, not below `min`: `2_000_000` emits twice the base.
	pub max: u32,
}

/// What an even schedule of `total` over `duration` has released when `elapsed` has passed. It goes on at the same rate after
/// its end: who pays it bounds it by what is left. Nothing where `duration` is zero or the amount does not fit.
pub fn even(total: u128, duration: u32, elapsed: u32) -> Option<u128> {
	pro_rata(total, elapsed.into(), duration.into())
}

/// What a table of yearly amounts has released when `elapsed` has passed: evenly within a year. After its last year the rate is
/// half of that year's and halves again every `halving` years. `year` is the length of one, in the unit of `elapsed`.
///
/// Nothing where `year` or `halving` is zero or the amount does not fit. At most `years.len() + 128` steps.
pub fn year_table(years: &[u128], halving: u32, year: u32, elapsed: u32) -> Option<u128> {
	let (mut left, mut sum) = (elapsed, 0u128);
	for amount in years {
		if left < year {
			return sum.checked_add(even(*amount, year, left)?);
		}
		sum = sum.checked_add(*amount)?;
		left = left.checked_sub(year)?;
	}
	let mut rate = years.last().copied().unwrap_or_default();
	let period = u64::from(year).checked_mul(halving.into()).filter(|period| *period > 0)?;
	let mut left = u64::from(left);
	loop {
		rate /= 2;
		if rate == 0 {
			return Some(sum);
		}
		let passed = left.min(period);
		sum = sum.checked_add(pro_rata(rate, passed.into(), year.into())?)?;
		left = left.checked_sub(passed)?;
		if left == 0 {
			return Some(sum);
		}
	}
}

/// A round by its load: `base * min`, and above it what load calls for up to `base * max`, of which at most `bound` (what the
/// round's leak allows, in the native token). `remaining` is what the pot holds; the floor is served first.
///
/// `settled` over `offered` is the load; without offered capacity it is `min`. Never less under more load, all else equal.
pub fn load_weighted(
	base: u128,
	settled: u128,
	offered: u128,
	bounds: Bounds,
	bound: u128,
	remaining: u128,
) -> Option<Emission> {
	let least = pro_rata(base, bounds.min.into(), ONE)?;
	let most = pro_rata(base, bounds.max.into(), ONE)?;
	let called = match offered {
		0 => least,
		// What does not fit is more than any maximum.
		_ => pro_rata(base, settled, offered).unwrap_or(most),
	};
	let wanted = called.min(most).max(least);
	let floor = least.min(remaining);
	let demand = wanted.checked_sub(least)?.min(bound).min(remaining.checked_sub(floor)?);
	Some(Emission { floor, demand })
}

/// The part of an amount that `ppm` parts per million of it are, rounded down.
pub fn share(amount: u128, ppm: u32) -> Option<u128> {
	pro_rata(amount, ppm.into(), ONE)
}
