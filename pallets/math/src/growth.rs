//! Growth indices: many positions grow with one number for each tier, whatever their count (money.md, "Lock staking").
//!
//! A tier has a growth, from [`ONE`] upwards. A position of it is a number of shares; it is worth shares times growth. A reward
//! raises the growths in proportion to each tier's multiplier. Everything is rounded down: positions together are never
//! worth more than what their tier took.

use crate::split::pro_rata;

/// The growth with which every tier begins: with 27 decimals a position of all tokens there are is exact to the unit.
pub const ONE: u128 = 1_000_000_000_000_000_000_000_000_000;

/// The shares that `amount` buys at `growth`.
pub fn shares(amount: u128, growth: u128) -> Option<u128> {
	pro_rata(amount, ONE, growth)
}

/// What shares are worth at `growth`.
pub fn worth(shares: u128, growth: u128) -> Option<u128> {
	pro_rata(shares, growth, ONE)
}

/// A tier that a reward comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tier {
	/// The shares of all its positions.
	pub shares: u128,
	/// Its growth.
	pub growth: u128,
	/// How much a unit in it earns, in parts per million of a unit in a tier of one.
	pub multiplier: u32,
}

impl Tier {
	/// What its positions are worth together, and by how much they weigh.
	fn weight(&self) -> Option<(u128, u128)> {
		let amount = worth(self.shares, self.growth)?;
		Some((amount, amount.checked_mul(self.multiplier.into())?))
	}
}

/// The tiers' weights together, in parts per million of a unit.
pub fn weight(tiers: &[Tier]) -> Option<u128> {
	tiers.iter().try_fold(0u128, |sum, tier| sum.checked_add(tier.weight()?.1))
}

/// The growths after `reward`, and what of it the tiers took: what rounding leaves is the caller's to keep. Nothing where there is no
/// weight, and where a growth would not fit: then the reward waits, it is never cut.
pub fn grow<const N: usize>(tiers: &[Tier; N], reward: u128) -> Option<([u128; N], u128)> {
	let total = weight(tiers)?;
	let (mut growths, mut taken) = ([0u128; N], 0u128);
	for (growth, tier) in growths.iter_mut().zip(tiers) {
		let (amount, weight) = tier.weight()?;
		let part = pro_rata(reward, weight, total)?;
		let more = match tier.shares {
			0 => 0,
			shares => pro_rata(part, ONE, shares)?,
		};
		*growth = tier.growth.checked_add(more)?;
		taken = taken.checked_add(worth(tier.shares, *growth)?.checked_sub(amount)?)?;
	}
	Some((growths, taken))
}
