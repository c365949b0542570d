//! The economy `vektor`: V1's table.
//!
//! * V1's 5 % is liquidity and airdrop at once, and holds no USDC: the pool's dollars come from an account that the launch
//!   names, without which no production chain of this economy is made (money.md).
//! * V23, "away from inflationary reward models", stands beside 45 % of emission. What is emitted exists from the start, is
//!   bounded by schedule, load and leak, and is shown apart from real yield.
//! * V12's hardware multipliers have no numbers: 1.0 to 1.5 (ours), on emission only.
//! * "6-month cliff, linear vesting over 36 months" is read as written: nothing for six months, then evenly over thirty-six.

use alloc::{vec, vec::Vec};
use frame_support::PalletId;
use pallet_lock_staking::Rules;
use pallet_revenue::{Measure, RevenueSplit};
use pallet_supply::{DemandShares, EmissionPolicy, FloorShares, Unlock};
use vektor_primitives::Ppm;

use super::economy::{factors, millions, tiers, Economy, Row};

/// Stands for the core contributors.
pub const CONTRIBUTORS: PalletId = PalletId(*b"vk/contr");
/// Stands for the early backers.
pub const BACKERS: PalletId = PalletId(*b"vk/backr");
/// What is left of the public's part.
pub const PUBLIC: PalletId = PalletId(*b"vk/publc");

/// How the floor is shared (money.md): 45 % availability, 30 % stakers, 25 % validators. Work is paid by load.
pub const FLOOR: FloorShares =
	FloorShares { availability: Ppm(450_000), work: Ppm(0), stakers: Ppm(300_000), validators: Ppm(250_000) };
/// How what load calls for is shared (money.md): 70 % work, 30 % stakers.
pub const DEMAND: DemandShares = DemandShares { work: Ppm(700_000), stakers: Ppm(300_000) };

/// V6: liquid, 30 and 90 days, for 1.0, 1.5 and 3.0 of the yield; votes alike (ours).
pub const TIERS: [(u32, u32, u32); 3] = [(0, 10, 10), (30, 15, 15), (90, 30, 30)];

/// Its numbers.
pub fn economy() -> Economy {
	let after = |cliff, months| Unlock::CliffThenLinear { cliff, months };
	Economy {
		name: "vektor",
		title: "Vektor",
		symbol: "VKTR",
		allocations: vec![
			Row::emission("Node Emissions & Staking Yield", millions(450)),
			Row::treasury("Treasury & Ecosystem Fund", millions(200), after(6, 36)),
			Row::holders("Core Contributors", millions(150), after(12, 48), CONTRIBUTORS),
			Row::holders("Early Backers & Private Sale", millions(150), after(12, 24), BACKERS),
			Row::holders("Public Liquidity & Airdrop", millions(50), Unlock::AtOnce, PUBLIC),
		],
		reserve: "Public Liquidity & Airdrop",
		policy: EmissionPolicy::LoadWeighted,
		floor: FLOOR,
		demand: DEMAND,
		split: RevenueSplit::VEKTOR,
		burns_unclaimed: false,
		factors: factors(&[(Measure::Hardware, 100, 150)]),
		tiers: tiers(&TIERS),
		stake_tiers: Vec::new(),
		pays_victims: true,
		rules: Rules::default(),
	}
}
