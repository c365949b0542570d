//! What can be read: the table as it stands, and what rounds may still emit.

use alloc::vec::Vec;
use frame_support::traits::{fungible::Inspect, Get};
use sp_runtime::traits::BlockNumberProvider;
use vektor_math::emission;
use vektor_primitives::{
	traits::{LiveClock, LiveTime},
	Balance,
};

use crate::{
	Airdrop, Allocation, Allocations, Budget, BurnCause, Burned, Config, CurrentRound, EmissionBook, EmissionPolicy,
	Emitted, Pace, Pallet, Policy, Release, Round, Rules,
};

/// How many years a forecast shows: beyond the ten of the schedule.
const YEARS: u32 = 15;

/// Where every token is, as this pallet knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report<AccountId> {
	/// All that will ever exist.
	pub cap: Balance,
	/// All that exists.
	pub issued: Balance,
	/// The table, each row with what of it has come free.
	pub allocations: Vec<(Allocation, Balance)>,
	/// This pallet's pots, by name, with what each holds in all.
	pub pots: Vec<(&'static str, AccountId, Balance)>,
	/// What was burned, by cause.
	pub burned: Vec<(BurnCause, Balance)>,
	/// How much a round emits.
	pub policy: EmissionPolicy,
	/// The round that is on.
	pub round: Round,
	/// What the emission pot held at genesis.
	pub total: Balance,
	/// What was emitted.
	pub emitted: EmissionBook,
	/// What the emission pot still holds above its floor.
	pub remaining: Balance,
	/// Shares of the airdrop that nobody has claimed.
	pub unclaimed: Balance,
	/// What may be emitted until the end of each of the coming years.
	pub forecast: Vec<Forecast>,
}

/// The least and the most that the policy lets rounds emit from now to the end of a year, to within a round, whoever takes it. No
/// promise: what has no receiver stays in the pot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Forecast {
	/// The year from now, from 1.
	pub year: u32,
	/// With the least load, nothing released and no milestone reached.
	pub least: Balance,
	/// With the most load, and a leak that allows it.
	pub most: Balance,
}

impl<T: Config> Pallet<T> {
	/// Everything. Reads the airdrop's list: for the runtime API, never for a block.
	pub fn report() -> Report<T::AccountId> {
		let pots = [
			("emission", Self::emission_pot()),
			("era rewards", Self::era_pot()),
			("treasury, not free yet", Self::stream_pot()),
			("airdrop", Self::airdrop_pot()),
		];
		Report {
			cap: T::Cap::get(),
			issued: T::Currency::total_issuance(),
			allocations: Allocations::<T>::get().into_iter().map(|row| (row.clone(), Self::unlocked(&row))).collect(),
			pots: pots.map(|(name, pot)| (name, pot.clone(), T::Currency::total_balance(&pot))).into(),
			burned: BurnCause::ALL.map(|cause| (cause, Burned::<T>::get(cause))).into(),
			policy: Policy::<T>::get(),
			round: CurrentRound::<T>::get(),
			total: Pace::<T>::get().total,
			emitted: Emitted::<T>::get(),
			remaining: Self::available(&Self::emission_pot()),
			unclaimed: Airdrop::<T>::iter_values().fold(0, |sum: Balance, share| sum.saturating_add(share)),
			forecast: Self::forecast(),
		}
	}

	/// What of an allocation has come free: by its table, or by what was emitted.
	fn unlocked(row: &Allocation) -> Balance {
		let free = match row.release {
			Release::Emission => Some(Emitted::<T>::get().net()),
			Release::Holders(unlock) | Release::Treasury(unlock) => unlock
				.plan::<T::MonthEnd>(row.amount)
				.and_then(|plan| plan.unlocked(T::Elapsed::current_block_number())),
		};
		free.unwrap_or_default().min(row.amount)
	}

	/// Until the end of each of the coming years.
	fn forecast() -> Vec<Forecast> {
		let (now, year) = (T::Clock::now(), Pace::<T>::get().year);
		let remaining = Self::available(&Self::emission_pot());
		let until = |number| {
			let (least, most) = Self::allowed(now, now.saturating_add(year.saturating_mul(number))).unwrap_or_default();
			Forecast { year: number, least: least.min(remaining), most: most.min(remaining) }
		};
		(1..=YEARS).map(until).collect()
	}

	/// The least and the most that the policy allows between two times, whatever the pot holds.
	fn allowed(from: LiveTime, until: LiveTime) -> Option<(Balance, Balance)> {
		let Rules { min_load, max_load, .. } = T::Rules::get();
		let base = Self::base(&Round { index: 0, began: from, ends: until })?;
		let budget = Budget::<T>::get();
		Some(match Policy::<T>::get() {
			EmissionPolicy::LoadWeighted => (emission::share(base, min_load.0)?, emission::share(base, max_load.0)?),
			EmissionPolicy::YearTable { years, halving } => {
				let at = |time| emission::year_table(&years, halving, Pace::<T>::get().year, time);
				let amount = at(until)?.checked_sub(at(from)?)?;
				(amount, amount)
			}
			EmissionPolicy::Released => {
				let most = base.checked_mul(2)?;
				(budget.min(most), most)
			}
			EmissionPolicy::Milestones { .. } => (budget.min(base), base),
		})
	}
}
