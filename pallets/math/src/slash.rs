//! How a slash is shared (protocol.md, "Slashing"). Pure.

use crate::split::pro_rata;

/// The parts of a slash. They sum to all of it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Shares {
	/// To whoever was harmed, at most what it lost.
	pub victim: u128,
	/// To whoever proved it.
	pub challenger: u128,
	/// Burned, at least half.
	pub burned: u128,
}

/// Shares `amount`: at least half is burned; of the rest the victim gets up to `loss` first, and then the challenger at most
/// `challenger` parts per million of the whole. The rounding is burned.
pub fn slash_shares(amount: u128, loss: u128, challenger: u32) -> Shares {
	let spare = amount / 2;
	let victim = loss.min(spare);
	let most = pro_rata(amount, challenger.into(), 1_000_000).unwrap_or_default();
	let challenger = most.min(spare.saturating_sub(victim));
	let burned = amount.saturating_sub(victim).saturating_sub(challenger);
	Shares { victim, challenger, burned }
}

#[cfg(test)]
mod tests {
	use proptest::prelude::*;

	use super::*;

	#[test]
	fn the_victim_comes_first_and_half_is_burned() {
		assert_eq!(slash_shares(1_000, 0, 0), Shares { victim: 0, challenger: 0, burned: 1_000 });
		assert_eq!(slash_shares(1_000, 100, 100_000), Shares { victim: 100, challenger: 100, burned: 800 });
		assert_eq!(slash_shares(1_000, 450, 100_000), Shares { victim: 450, challenger: 50, burned: 500 });
		assert_eq!(slash_shares(1_000, 9_999, 100_000), Shares { victim: 500, challenger: 0, burned: 500 });
		assert_eq!(slash_shares(1, 9_999, 100_000), Shares { victim: 0, challenger: 0, burned: 1 });
	}

	proptest! {
		#[test]
		fn shares_sum_to_the_whole_and_keep_their_bounds(amount: u128, loss: u128, ppm in 0u32..=100_000) {
			let shares = slash_shares(amount, loss, ppm);
			prop_assert_eq!(shares.victim + shares.challenger + shares.burned, amount);
			prop_assert!(shares.victim <= loss);
			prop_assert!(shares.burned >= amount / 2);
			prop_assert!(shares.challenger <= amount / 10);
		}
	}
}
