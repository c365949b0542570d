//! The economy `cxpt`: C1's table. "Controlled by admin" is governance: the reserve is the treasury's, operations an account that the
//! launch names, provider rewards are emitted as governance releases them (`Supply.release`). "Staking: not currently
//! implemented" (C7): nothing is emitted for lock stakers. Validators, whom the document does not know, get a quarter (ours). Of the rest
//! 45 points are for being there and 30 for work (ours), which C5's ranges weigh: uptime 0.8 to 1.2, response 0.9 to 1.1, demand 0.5 to 2.

use alloc::{vec, vec::Vec};
use frame_support::PalletId;
use pallet_lock_staking::Rules;
use pallet_revenue::{Measure, RevenueSplit};
use pallet_supply::{DemandShares, EmissionPolicy, FloorShares, Unlock};
use vektor_primitives::Ppm;

use super::economy::{factors, millions, tiers, Economy, Row};

/// Stands for the operations' account.
pub const OPERATIONS: PalletId = PalletId(*b"cx/opera");
/// What is left of the liquidity.
pub const LIQUIDITY: PalletId = PalletId(*b"cx/liqdt");

/// Its numbers.
pub fn economy() -> Economy {
	Economy {
		name: "cxpt",
		title: "Cxmpute",
		symbol: "CXPT",
		allocations: vec![
			Row::in_treasury("Platform Reserve", millions(300)),
			Row::emission("Provider Rewards", millions(480)),
			Row::holders("Platform Operations", millions(150), Unlock::AtOnce, OPERATIONS),
			Row::holders("Market Liquidity", millions(70), Unlock::AtOnce, LIQUIDITY),
		],
		reserve: "Market Liquidity",
		policy: EmissionPolicy::Released,
		floor: FloorShares {
			availability: Ppm(450_000),
			work: Ppm(300_000),
			stakers: Ppm(0),
			validators: Ppm(250_000),
		},
		demand: DemandShares { work: Ppm(1_000_000), stakers: Ppm(0) },
		split: RevenueSplit::CXPT,
		burns_unclaimed: false,
		factors: factors(&[(Measure::Uptime, 80, 120), (Measure::Speed, 90, 110), (Measure::Demand, 50, 200)]),
		tiers: tiers(&[]),
		stake_tiers: Vec::new(),
		pays_victims: true,
		rules: Rules { tokens_vote: true, ..Rules::default() },
	}
}
