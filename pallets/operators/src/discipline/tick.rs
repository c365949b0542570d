//! What happens by itself: due cases are slashed, old ones forgotten. Bounded per block, resumed in the next.

use frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter};
use sp_runtime::DispatchError;
use vektor_primitives::{
	traits::{LiveClock, LiveTime, Seeds},
	CaseId,
};

use crate::{Bursts, CaseCursor, CaseQueue, CaseState, Cases, Config, Event, Pallet, WeightInfo};

impl<T: Config> Pallet<T> {
	/// Attends to what is due, in order of time, while weight and steps last. While nothing is judged or slashing has stopped,
	/// nothing is done.
	pub(crate) fn tick(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::tick()).is_err() {
			return;
		}
		Self::refresh_median(T::Seeds::block());
		if !T::Clock::judging() || Bursts::<T>::get().stopped {
			return;
		}
		let (now, start) = (T::Clock::now(), CaseCursor::<T>::get());
		let mut cursor = start;
		for _ in 0..T::TickSteps::get() {
			if cursor >= now || meter.try_consume(T::WeightInfo::tick_case()).is_err() {
				break;
			}
			cursor = Self::step(cursor, now);
		}
		if cursor != start {
			CaseCursor::<T>::put(cursor);
		}
	}

	/// Attends to one case that is due at `at`, or moves on where there is none: where the next step begins.
	pub(crate) fn step(at: LiveTime, now: LiveTime) -> LiveTime {
		match CaseQueue::<T>::iter_key_prefix(at).next() {
			Some(id) => {
				Self::attend(at, id, now);
				at
			}
			None => at.saturating_add(1),
		}
	}

	/// Deals with one due case so that it is not due at `at` any more.
	fn attend(at: LiveTime, id: CaseId, now: LiveTime) {
		match Cases::<T>::get(id) {
			Some(case) if case.due == at && case.state == CaseState::Open => {
				let slashed = with_storage_layer::<_, DispatchError, _>(|| Self::slash(id, case.clone()));
				if let Err(reason) = slashed {
					// No price, most likely: the money stays where it is, set aside, until there is one.
					let due = now.saturating_add(T::SlashRetry::get());
					CaseQueue::<T>::remove(at, id);
					CaseQueue::<T>::insert(due, id, ());
					Cases::<T>::insert(id, crate::Case { due, ..case });
					Self::deposit_event(Event::SlashDeferred { case: id, due, reason });
				}
			}
			Some(case) if case.due == at => Self::forget_case(id, &case),
			_ => CaseQueue::<T>::remove(at, id),
		}
	}
}
