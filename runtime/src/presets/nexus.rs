//! The economy `nexus`. Its document has no numbers: the table, the milestones and the symbol are ours. It asks for long
//! vesting, a low early float and milestone-based emissions (N7): 5 % are free at the start, and no emission leaves the pot
//! before payments have leaked 100,000 USD. The leak is counted, and not the turnover, since who pays itself gets a
//! turnover back but no leak. What a milestone releases is no more than `kappa` of the leak since the one before is worth:
//! the rest stays in the pot.

use alloc::{vec, vec::Vec};
use frame_support::{BoundedVec, PalletId};
use pallet_lock_staking::Rules;
use pallet_revenue::{Factors, RevenueSplit};
use pallet_supply::{EmissionPolicy, Milestone, Unlock};
use vektor_primitives::{Balance, Usd, ONE_USDC};

use super::{
	economy::{millions, tiers, Economy, Row},
	vektor,
};

/// Stands for the team.
pub const TEAM: PalletId = PalletId(*b"nx/team_");
/// Stands for the backers.
pub const BACKERS: PalletId = PalletId(*b"nx/backr");
/// What is left of the public's part.
pub const PUBLIC: PalletId = PalletId(*b"nx/publc");

/// Leak in thousands of dollars, and what it releases in millions: 450 in all.
const MILESTONES: [(u128, Balance); 8] =
	[(100, 20), (300, 30), (1_000, 40), (3_000, 50), (10_000, 60), (30_000, 70), (100_000, 80), (300_000, 100)];

/// Its numbers.
pub fn economy() -> Economy {
	let after = |cliff, months| Unlock::CliffThenLinear { cliff, months };
	let milestones = MILESTONES.map(|(thousands, tokens)| Milestone {
		leak: Usd(thousands.saturating_mul(1_000).saturating_mul(ONE_USDC)),
		amount: millions(tokens),
	});
	Economy {
		name: "nexus",
		title: "Nexus Vault",
		symbol: "NXV",
		allocations: vec![
			Row::emission("Milestone Emissions", millions(450)),
			Row::treasury("Treasury & Token Support", millions(250), after(12, 48)),
			Row::holders("Team", millions(150), after(12, 48), TEAM),
			Row::holders("Early Backers", millions(100), after(12, 36), BACKERS),
			Row::holders("Public Liquidity", millions(50), Unlock::AtOnce, PUBLIC),
		],
		reserve: "Public Liquidity",
		policy: EmissionPolicy::Milestones { milestones: BoundedVec::truncate_from(milestones.into()) },
		floor: vektor::FLOOR,
		demand: vektor::DEMAND,
		split: RevenueSplit::NEXUS,
		// The document asks for deeper commitment without numbers: Vektor's.
		burns_unclaimed: false,
		factors: Factors::default(),
		tiers: tiers(&vektor::TIERS),
		stake_tiers: Vec::new(),
		pays_victims: true,
		rules: Rules::default(),
	}
}
