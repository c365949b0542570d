//! The end of a round: what it emits, and to whom.

use frame_support::{pallet_prelude::Weight, storage::with_storage_layer, traits::Get};
use sp_runtime::{traits::BlockNumberProvider, DispatchError};
use vektor_math::{
	emission::{self, Bounds, Emission},
	split::largest_remainder,
};
use vektor_primitives::{
	traits::{LiveClock, Load, LoadSource, PriceSource},
	Balance, Usd,
};

use crate::{
	Allocations, Budget, Config, CurrentRound, EmissionPart, EmissionPolicy, Emitted, EraPending, Event, FloorShares,
	Loads, Milestone, Pace, Pallet, Policy, Reached, Receivers, Release, Round, RoundLoad, Rules, Streamed, WeightInfo,
};

/// Over how many rounds the load is averaged (money.md, "Supply").
pub const AVERAGED: u32 = 7;

/// How often the end of a round asks for a price at most: for its work, and twice for each milestone.
const PRICES: u64 = 33;

impl<T: Config> Pallet<T> {
	/// Ends the round when its time is over, in the first block after it. Where several are over, one a block.
	pub(crate) fn turn_round() -> Weight {
		let round = CurrentRound::<T>::get();
		if T::Clock::now() < round.ends {
			return T::WeightInfo::within_a_round();
		}
		Self::end_round(&round);
		let prices = T::Prices::weight().saturating_mul(PRICES);
		T::WeightInfo::end_round().saturating_add(prices).saturating_add(T::Receivers::weight())
	}

	/// The next round begins where this one ends, and this one emits.
	pub(crate) fn end_round(round: &Round) {
		let rules = T::Rules::get();
		CurrentRound::<T>::put(Round {
			index: round.index.saturating_add(1),
			began: round.ends,
			ends: round.ends.saturating_add(rules.round_length.max(1)),
		});
		Self::emit(round, &rules);
		Self::pay_treasury();
	}

	fn emit(round: &Round, rules: &Rules) {
		let load = T::Load::of(round.index);
		let (settled, offered) = Self::average(&load);
		let leaked = Reached::<T>::mutate(|(sum, _)| {
			*sum = Usd(sum.0.saturating_add(load.leak.0));
			*sum
		});
		let remaining = Self::available(&Self::emission_pot());
		let bound = Self::bound(load.leak, rules).unwrap_or_default();
		let emission = match Policy::<T>::get() {
			EmissionPolicy::LoadWeighted => Self::base(round).and_then(|base| {
				let bounds = Bounds { min: rules.min_load.0, max: rules.max_load.0 };
				emission::load_weighted(base, settled.0, offered.0, bounds, bound, remaining)
			}),
			EmissionPolicy::YearTable { years, halving } => {
				let year = Pace::<T>::get().year;
				let at = |time| emission::year_table(&years, halving, year, time);
				at(round.ends)
					.zip(at(round.began))
					.and_then(|(end, start)| Self::floor(end.checked_sub(start)?, remaining))
			}
			EmissionPolicy::Released => {
				Self::base(round).and_then(|base| Self::spend_budget(base.checked_mul(2)?, remaining))
			}
			EmissionPolicy::Milestones { milestones } => {
				Self::reach(leaked, &milestones, rules);
				Self::base(round).and_then(|base| Self::spend_budget(base, remaining))
			}
		}
		// Arithmetic that does not fit emits nothing: it stays in the pot.
		.unwrap_or_default();
		Self::hand_out(round.index, emission, bound, rules);
	}

	/// The even base of a round, by the pace that genesis fixed.
	pub(crate) fn base(round: &Round) -> Option<Balance> {
		let pace = Pace::<T>::get();
		let at = |time| emission::even(pace.total, pace.duration, time);
		at(round.ends)?.checked_sub(at(round.began)?)
	}

	fn floor(amount: Balance, remaining: Balance) -> Option<Emission> {
		Some(Emission { floor: amount.min(remaining), demand: 0 })
	}

	fn spend_budget(most: Balance, remaining: Balance) -> Option<Emission> {
		let budget = Budget::<T>::get();
		let amount = budget.min(most).min(remaining);
		Budget::<T>::put(budget.checked_sub(amount)?);
		Self::floor(amount, remaining)
	}

	/// The last rounds' settled value and offered capacity, with this one's.
	fn average(load: &Load) -> (Usd, Usd) {
		let mut loads = Loads::<T>::get();
		if loads.is_full() {
			loads.remove(0);
		}
		// There is room: it was made.
		let _ = loads.try_push(RoundLoad { settled: load.settled, offered: load.offered });
		let sum =
			|of: fn(&RoundLoad) -> Usd| Usd(loads.iter().fold(0, |sum: u128, load| sum.saturating_add(of(load).0)));
		let sums = (sum(|load| load.settled), sum(|load| load.offered));
		Loads::<T>::put(loads);
		sums
	}

	/// What a leak may call for: `kappa` of it, at the highest of spot and averages. None without a price.
	fn bound(leak: Usd, rules: &Rules) -> Option<Balance> {
		let value = emission::share(leak.0, rules.kappa.0)?;
		T::Prices::native_at_most(Usd(value)).ok()
	}

	/// Whether the dearest price, by which a leak may call for `most`, is no more than twice the cheapest.
	fn is_calm(leak: Usd, rules: &Rules, most: Balance) -> bool {
		let value = emission::share(leak.0, rules.kappa.0).unwrap_or_default();
		T::Prices::native_at_least(Usd(value)).is_ok_and(|cheapest| cheapest / 2 <= most)
	}

	/// Releases what the milestones that have been reached since the last round release: no more than the leak between one and the one before may call
	/// for, or who pays itself would buy it at a fraction. Without a price they wait, and while the market is in disorder: what a milestone does not
	/// release is lost to it, and one dear block would be enough.
	fn reach(leaked: Usd, milestones: &[Milestone], rules: &Rules) {
		let (_, mut next) = Reached::<T>::get();
		let mut before = Usd(0);
		for (index, milestone) in (0u32..).zip(milestones) {
			let since = Usd(milestone.leak.0.saturating_sub(before.0));
			before = milestone.leak;
			if index == next && milestone.leak <= leaked {
				let Some(most) = Self::bound(since, rules).filter(|most| Self::is_calm(since, rules, *most)) else {
					break;
				};
				let amount = milestone.amount.min(most);
				Budget::<T>::mutate(|budget| *budget = budget.saturating_add(amount));
				Self::deposit_event(Event::MilestoneReached { milestone: index, amount });
				next = next.saturating_add(1);
			}
		}
		Reached::<T>::mutate(|(_, reached)| *reached = next);
	}

	/// Gives each part to who takes it, and books what was taken. `bound` is what the round's leak allows for its work.
	fn hand_out(round: u32, emission: Emission, bound: Balance, rules: &Rules) {
		let Emission { floor, demand } = emission;
		let FloorShares { availability, work, stakers, validators } = rules.floor;
		let shares = [availability, work, stakers, validators].map(|share| share.0);
		let [availability, steady, resting, validators] = largest_remainder(floor, shares).unwrap_or_default();
		let [work, working] =
			largest_remainder(demand, [rules.demand.work.0, rules.demand.stakers.0]).unwrap_or_default();
		let work = work.saturating_add(steady.min(bound.saturating_sub(demand)));

		let give = |part, amount| Self::give(part, round, amount);
		let availability = give(EmissionPart::Availability, availability);
		let work = give(EmissionPart::Work, work);
		let stakers = give(EmissionPart::Stakers, resting.saturating_add(working));
		let validators = match Self::transfer(&Self::emission_pot(), &Self::era_pot(), validators) {
			Ok(()) => validators,
			Err(_) => 0,
		};
		EraPending::<T>::mutate(|pending| *pending = pending.saturating_add(validators));
		Emitted::<T>::mutate(|book| {
			book.availability = book.availability.saturating_add(availability);
			book.work = book.work.saturating_add(work);
			book.stakers = book.stakers.saturating_add(stakers);
			book.validators = book.validators.saturating_add(validators);
		});
		Self::deposit_event(Event::RoundEnded { round, floor, demand, availability, work, stakers, validators });
	}

	fn give(part: EmissionPart, round: u32, amount: Balance) -> Balance {
		let given = with_storage_layer(|| {
			let taken = T::Receivers::give(part, round, &Self::emission_pot(), amount)?;
			Ok::<_, DispatchError>(taken.min(amount))
		});
		given.unwrap_or_default()
	}

	/// Pays the treasury what has come free of its allocation.
	fn pay_treasury() {
		let allocations = Allocations::<T>::get();
		let row = allocations.iter().find_map(|row| match row.release {
			Release::Treasury(unlock) => Some((row.amount, unlock)),
			_ => None,
		});
		let streamed = Streamed::<T>::get();
		let due = row.and_then(|(amount, unlock)| {
			let free = unlock.plan::<T::MonthEnd>(amount)?.unlocked(T::Elapsed::current_block_number())?;
			free.checked_sub(streamed)
		});
		let due = due.unwrap_or_default();
		if due > 0 && Self::transfer(&Self::stream_pot(), &T::Treasury::get(), due).is_ok() {
			Streamed::<T>::put(streamed.saturating_add(due));
			Self::deposit_event(Event::TreasuryPaid { amount: due });
		}
	}
}
