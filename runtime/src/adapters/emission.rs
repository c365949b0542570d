//! What rounds emit by, and to whom.

use frame_support::{pallet_prelude::Weight, traits::Get};
use pallet_revenue::{Factor, Measure, Measures};
use pallet_supply::{Alarm, EmissionPart, Receivers};
use sp_runtime::{traits::Convert, DispatchError, SaturatedConversion};
use vektor_primitives::{
	traits::{LiveTime, Load, LoadSource, RewardStream, Yield},
	Balance, OperatorId, Ppm,
};

use crate::{timing, AccountId, LockStaking, Operators, Revenue, Runtime, SafeMode};

/// Stakers' part streams to those who lock, where somebody may. Work's is what its round leaked for. Availability's is for attested devices that can be
/// reached, where the round had any.
pub struct ToWhoEarnedIt;

impl Receivers<AccountId> for ToWhoEarnedIt {
	fn give(part: EmissionPart, round: u32, pot: &AccountId, amount: Balance) -> Result<Balance, DispatchError> {
		match part {
			EmissionPart::Work => Revenue::reward_work(round, pot, amount),
			EmissionPart::Stakers if amount > 0 && <LockStaking as RewardStream<AccountId>>::is_open() => {
				LockStaking::push(pot, Yield::Emission, amount)?;
				Ok(amount)
			}
			EmissionPart::Stakers => Ok(0),
			EmissionPart::Availability => Revenue::reward_availability(round, pot, amount),
		}
	}

	fn weight() -> Weight {
		use pallet_revenue::WeightInfo;
		type Weights = <Runtime as pallet_revenue::Config>::WeightInfo;
		Weights::reward_work().saturating_add(Weights::reward_availability())
	}
}

/// What is measured of operators: hardware. Of all else nothing is yet, so that each other factor is its lowest.
pub struct Measured;

impl Measures for Measured {
	fn of(operator: &OperatorId, measure: Measure) -> Ppm {
		match pallet_revenue::Multipliers::<Runtime>::get().iter().find(|factor| factor.measure == measure) {
			Some(factor @ Factor { measure: Measure::Hardware, least, most }) => {
				factor.place(Operators::hardware(operator, *least, *most))
			}
			_ => Ppm(0),
		}
	}
}

/// What the revenue's books say of a round. Capacity is that of attested devices while they could be reached.
pub struct BookedLoad;

impl LoadSource for BookedLoad {
	fn of(round: u32) -> Load {
		let book = pallet_revenue::RoundBooks::<Runtime>::get(round);
		Load { settled: book.settled, offered: book.offered, leak: book.leak }
	}
}

/// A month is a twelfth of 365.25 days of the chain's own hours: 730.5 of them, counted so that no half gets lost.
pub struct MonthEnd;

impl Convert<u32, LiveTime> for MonthEnd {
	fn convert(month: u32) -> LiveTime {
		let halves =
			u64::from(month).saturating_mul(u64::from(<timing::Hour as Get<u32>>::get())).saturating_mul(1_461);
		(halves / 2).saturated_into()
	}
}

/// Safe mode: governance goes on, nothing else does.
pub struct StopTheChain;

impl Alarm for StopTheChain {
	fn raise() {
		use frame_support::traits::SafeMode as Brake;
		if !<SafeMode as Brake>::is_entered() {
			let _ = <SafeMode as Brake>::enter(u32::MAX);
		}
	}
}
