//! Reputation, and who is a candidate for work.

mod types;

use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_core::H256;
use sp_runtime::SaturatedConversion;
use vektor_primitives::{
	hash,
	traits::{LiveClock, OutcomeSink, Watch},
	Candidate, Needs, OperatorId, OperatorStatus, Outcome, Presence, Reach, Usd,
};

pub use types::*;

use crate::{Config, Median, MedianDay, Operator, Operators, Pallet, Records, Roster, RosterSize, StakeTier, Tiers};

/// Operators looked at for the median.
pub(crate) const MEDIAN_SAMPLE: u32 = 15;

/// The most candidates at once.
pub const MAX_CANDIDATES: u32 = 16;

/// Operators looked at for each candidate that is asked for.
pub(crate) const DRAWS: u32 = 3;

/// What an operator in another region than the client's counts for, in parts per million.
const ELSEWHERE: u64 = 500_000;
/// What a late one counts for.
const LATE: u64 = 250_000;
/// What one counts for of whose connection nothing is known.
const UNKNOWN: u64 = 500_000;
const WHOLE: u64 = 1_000_000;

fn tag<A: codec::Encode>(client: &A) -> u64 {
	u64::from_le_bytes(hash(client).0.first_chunk().copied().unwrap_or_default())
}

impl<T: Config> OutcomeSink<T::AccountId> for Pallet<T> {
	/// An operator that is gone has no record to write to.
	fn note(operator: &OperatorId, client: &T::AccountId, outcome: Outcome, weight: Usd) {
		Self::remember(operator, |record| record.note(tag(client), outcome, weight));
	}

	fn rate(operator: &OperatorId, client: &T::AccountId, stars: u8, weight: Usd) {
		Self::remember(operator, |record| record.rate(tag(client), stars, weight));
	}
}

impl<T: Config> Pallet<T> {
	fn remember(operator: &OperatorId, change: impl FnOnce(&mut Record)) {
		if !Operators::<T>::contains_key(operator) {
			return;
		}
		Records::<T>::mutate(operator, |record| {
			record.fade(T::Clock::now(), T::Memory::get());
			change(record);
		});
	}

	/// The reputation, 0 to 1,000. A newcomer's is never above the median.
	pub fn reputation(operator: &OperatorId, record: &Operator<T::AccountId>) -> u32 {
		Self::reputation_given(operator, record, &T::Watch::presence(operator))
	}

	fn reputation_given(operator: &OperatorId, record: &Operator<T::AccountId>, presence: &Presence) -> u32 {
		let mut past = Records::<T>::get(operator);
		past.fade(T::Clock::now(), T::Memory::get());
		let own = past.reputation(presence.uptime);
		let new = T::Clock::now() < record.joined.saturating_add(T::Newcomer::get());
		if new {
			own.min(Median::<T>::get())
		} else {
			own
		}
	}

	/// The highest tier that the operator's collateral reaches.
	pub fn tier_of(record: &Operator<T::AccountId>) -> Option<StakeTier> {
		Tiers::<T>::get().into_iter().rev().find(|tier| tier.min_stake <= record.collateral)
	}

	/// Operators that could take work that needs `needs`, best first, at most `n` of [`MAX_CANDIDATES`]. Looks at `3 n` drawn with
	/// `seed`, however many there are.
	pub fn candidates(needs: &Needs, region: Option<&[u8]>, seed: H256, n: u32) -> Vec<Candidate> {
		let n = n.min(MAX_CANDIDATES);
		let mut found = Vec::<Candidate>::new();
		for operator in Self::draw(seed, n.saturating_mul(DRAWS)) {
			if found.iter().any(|candidate| candidate.operator == operator) {
				continue;
			}
			if let Some(score) = Self::score(&operator, needs, region) {
				found.push(Candidate { operator, score });
			}
		}
		// Of equal ones whoever was drawn first: an id, which can be chosen, decides nothing.
		found.sort_by_key(|candidate| core::cmp::Reverse(candidate.score));
		found.truncate(n.saturated_into());
		found
	}

	/// So many draws from the roster. One read each.
	fn draw(seed: H256, draws: u32) -> impl Iterator<Item = OperatorId> {
		let size = RosterSize::<T>::get();
		(0..draws).filter_map(move |number| {
			let drawn = u64::from_le_bytes(hash(&(seed, number)).0.first_chunk().copied()?);
			Roster::<T>::get(u32::try_from(drawn.checked_rem(size.into())?).ok()?)
		})
	}

	/// How well an operator fits, or nothing where it cannot take the work.
	fn score(operator: &OperatorId, needs: &Needs, region: Option<&[u8]>) -> Option<u64> {
		let record = Operators::<T>::get(operator)?;
		let class = Self::eligible(&record, needs).ok()?;
		let presence = T::Watch::presence(operator);
		let reached = match presence.reach {
			Reach::Up => WHOLE,
			Reach::Late => LATE,
			Reach::Unproved => UNKNOWN,
			Reach::Down => return None,
		};
		let near = if region.is_none_or(|region| region == record.region.as_slice()) { WHOLE } else { ELSEWHERE };
		let most = u64::from(T::MaxOpenWork::get());
		let free = most.saturating_sub(record.open_work.into()).saturating_mul(WHOLE).checked_div(most)?;
		// Cheap hardware first, where it is enough: what a dollar an hour and a job's dollar weigh is of one order.
		let price: u64 = class.reference_price.0.saturated_into();
		let cheap = WHOLE.saturating_mul(WHOLE).checked_div(WHOLE.saturating_add(price))?;
		let preferred = WHOLE.saturating_add(Self::tier_of(&record).map_or(0, |tier| tier.priority.0.into()));
		let factors = [reached, near, free, cheap, preferred];
		let reputation = u64::from(Self::reputation_given(operator, &record, &presence)).saturating_mul(WHOLE);
		factors.iter().try_fold(reputation, |score, factor| {
			u128::from(score).checked_mul(u128::from(*factor))?.checked_div(WHOLE.into())?.try_into().ok()
		})
	}

	/// Once a day: the median of a few reputations, drawn. Nobody moves it without owning many operators.
	pub(crate) fn refresh_median(seed: Option<H256>) {
		let day = T::Clock::now().checked_div(T::Day::get()).unwrap_or_default();
		if MedianDay::<T>::get() == Some(day) {
			return;
		}
		let Some(seed) = seed else {
			return;
		};
		MedianDay::<T>::put(day);
		let drawn = Self::draw(hash(&(b"vktr-median", seed)), MEDIAN_SAMPLE);
		let mut values: Vec<u32> = drawn
			.filter_map(|operator| {
				let record = Operators::<T>::get(operator)?;
				let mut past = Records::<T>::get(operator);
				past.fade(T::Clock::now(), T::Memory::get());
				Some(past.reputation(T::Watch::presence(&operator).uptime))
					.filter(|_| record.status == OperatorStatus::Active)
			})
			.collect();
		values.sort_unstable();
		if let Some(middle) = values.get(values.len() / 2) {
			Median::<T>::put(*middle);
		}
	}
}
