//! What happens by itself, in blocks that have room: what nobody needs any more is forgotten, and what nobody claimed in time expires.

use alloc::vec::Vec;
use frame_support::{pallet_prelude::Weight, storage::with_storage_layer, traits::Get, weights::WeightMeter};
use sp_runtime::{DispatchResult, SaturatedConversion};
use vektor_primitives::traits::Rounds;

use crate::{Config, Event, Leaks, OldestLeaks, Pallet, RoundBooks, WeightInfo};

/// The most rows that one block forgets of rounds, and of lots.
pub const ROWS_PER_BLOCK: u32 = 32;

impl<T: Config> Pallet<T> {
	pub(crate) fn tidy(remaining: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(remaining);
		// What cannot be done now is tried again.
		if meter.try_consume(T::DbWeight::get().reads(3)).is_ok() {
			if let Some(round) = Self::late_round() {
				if meter.try_consume(T::WeightInfo::forget(ROWS_PER_BLOCK)).is_ok() {
					let _ = with_storage_layer(|| Self::forget(round, ROWS_PER_BLOCK));
				}
			}
		}
		if meter.try_consume(T::DbWeight::get().reads(3)).is_ok() {
			if let Some(lot) = Self::late_lot() {
				if meter.try_consume(T::WeightInfo::expire(ROWS_PER_BLOCK)).is_ok() {
					let _ = with_storage_layer(|| Self::expire(lot, ROWS_PER_BLOCK));
				}
			}
		}
		meter.consumed()
	}

	/// The oldest round of which rows are kept, where nobody needs them: at once after its end where nothing was emitted for its work, after `LeakHistory` where
	/// operators may claim.
	fn late_round() -> Option<u32> {
		let (round, current) = (OldestLeaks::<T>::get(), T::Rounds::current());
		let is_late = |round: &u32| match RoundBooks::<T>::get(round).work_due {
			0 => *round < current,
			_ => round.saturating_add(T::LeakHistory::get()) < current,
		};
		Some(round).filter(is_late)
	}

	/// Forgets up to `most` rows of a round. What was not claimed of its work is forfeited with the first of them.
	fn forget(round: u32, most: u32) -> DispatchResult {
		let rows: Vec<_> = Leaks::<T>::iter_key_prefix(round).take(most.saturated_into()).collect();
		if rows.len() < most.saturated_into() {
			OldestLeaks::<T>::put(round.saturating_add(1));
		}
		rows.into_iter().for_each(|operator| Leaks::<T>::remove(round, operator));
		let mut book = RoundBooks::<T>::get(round);
		let amount = core::mem::take(&mut book.work_due);
		if amount > 0 {
			RoundBooks::<T>::insert(round, book);
			Self::deposit_event(Event::WorkExpired { round, amount });
			Self::forfeit(amount)?;
		}
		Ok(())
	}
}
