//! The economy `quiver`: Q1's table, Q2's years.
//!
//! * Q1's "initial circulating supply of 150M" contradicts its table, by which 25M of the sale and 50M of liquidity are free
//!   at the start, 75M: the table holds.
//! * Q2's years sum to 318.5M of 350M. Read with its halving, the other 31.5M follow at half of the tenth year's rate, 10.5M a year,
//!   and end in three years, before a second halving.
//! * "4-year vesting, 1-year cliff" accrues during the cliff: a quarter at month 12. So does the investors' sixth at month 6.
//! * The bonuses of Q11 come to 144 % of a payment with its 80 %: they come from emission within the own-contribution cap, never from a
//!   payment.
//!   Speed up to 1.2 and quality up to 1.5 are the document's, 1.1 for availability, 1.1 for rare models, 1.05 for loyalty are ours. A referral's 5 % is a rebate.
//! * Of the providers' three quarters 45 points are for being there and 30 for work (ours).
//! * Q4's tiers: the priority of routing that they name is 0, 10, 20, 30 % (ours), Q10 burns all of a slash.
//! * Q14's votes: 1 a token, 1.5 a staked token, 2 a token staked for a year. What a year earns beside a liquid stake is ours: twice as much.
//! * Q16: who shares a stake's yield keeps 70 % of it, the delegate gets 25 %, the quality validators 5 %.
//! * The chain's own validators, whom the document does not know, are paid a quarter of the providers' emission (ours).

use alloc::{vec, vec::Vec};
use frame_support::{BoundedVec, PalletId};
use pallet_lock_staking::Rules;
use pallet_revenue::{Measure, RevenueSplit};
use pallet_supply::{DemandShares, EmissionPolicy, FloorShares, Unlock};
use vektor_primitives::{Balance, Ppm};

use super::economy::{factors, millions, stake_tiers, tiers, Economy, Row};

/// Stands for the team and its advisors.
pub const TEAM: PalletId = PalletId(*b"qv/team_");
/// Stands for the early investors.
pub const INVESTORS: PalletId = PalletId(*b"qv/invst");
/// Stands for the public sale's buyers.
pub const SALE: PalletId = PalletId(*b"qv/sale_");
/// What is left of the liquidity.
pub const LIQUIDITY: PalletId = PalletId(*b"qv/liqdt");

/// Q2: 70, 52.5, 35, 35 and six times 21 million.
fn years() -> Vec<Balance> {
	[700, 525, 350, 350, 210, 210, 210, 210, 210, 210].map(|tenths: Balance| millions(tenths) / 10).into()
}

/// Its numbers.
pub fn economy() -> Economy {
	Economy {
		name: "quiver",
		title: "QUIVer",
		symbol: "QUIV",
		allocations: vec![
			Row::emission("Provider Rewards", millions(350)),
			Row::in_treasury("Community Treasury", millions(200)),
			Row::holders("Team & Advisors", millions(150), Unlock::AccruingCliff { cliff: 12, months: 48 }, TEAM),
			Row::holders("Early Investors", millions(100), Unlock::AccruingCliff { cliff: 6, months: 36 }, INVESTORS),
			Row::holders("Public Sale", millions(100), Unlock::PartAtOnce { now: Ppm(250_000), months: 12 }, SALE),
			Row::treasury("Ecosystem Development", millions(50), Unlock::CliffThenLinear { cliff: 0, months: 60 }),
			Row::holders("Liquidity Provisions", millions(50), Unlock::AtOnce, LIQUIDITY),
		],
		reserve: "Liquidity Provisions",
		policy: EmissionPolicy::YearTable { years: BoundedVec::truncate_from(years()), halving: 4 },
		floor: FloorShares {
			availability: Ppm(450_000),
			work: Ppm(300_000),
			stakers: Ppm(0),
			validators: Ppm(250_000),
		},
		demand: DemandShares { work: Ppm(1_000_000), stakers: Ppm(0) },
		split: RevenueSplit::QUIVER,
		burns_unclaimed: true,
		factors: factors(&[
			(Measure::Speed, 100, 120),
			(Measure::Quality, 100, 150),
			(Measure::Uptime, 100, 110),
			(Measure::Rarity, 100, 110),
			(Measure::Loyalty, 100, 105),
		]),
		tiers: tiers(&[(0, 10, 15), (365, 20, 20)]),
		stake_tiers: stake_tiers(&[
			("Bronze", 10, 5, 0, 0),
			("Silver", 50, 10, 10, 10),
			("Gold", 250, 15, 20, 20),
			("Platinum", 1_000, 20, 30, 30),
		]),
		pays_victims: false,
		rules: Rules { tokens_vote: true, delegates: Ppm(250_000), validators: Ppm(50_000) },
	}
}
