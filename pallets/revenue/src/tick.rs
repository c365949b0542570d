//! What happens by itself: the leaks of single operators are forgotten when nothing needs them any more.

use frame_support::{pallet_prelude::Weight, traits::Get, weights::WeightMeter};
use vektor_primitives::traits::Rounds;

use crate::{Config, Leaks, OldestLeaks, Pallet, WeightInfo};

/// The most rows that one block forgets.
pub const FORGOTTEN_PER_BLOCK: u32 = 32;

impl<T: Config> Pallet<T> {
	/// Forgets up to [`FORGOTTEN_PER_BLOCK`] rows of the oldest round that is past `LeakHistory`. What is left waits for the
	/// next block.
	pub(crate) fn forget_leaks(remaining: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(remaining);
		if meter.try_consume(T::DbWeight::get().reads(2)).is_err() {
			return meter.consumed();
		}
		let oldest = OldestLeaks::<T>::get();
		let current = T::Rounds::current();
		if oldest.saturating_add(T::LeakHistory::get()) >= current
			|| meter.try_consume(T::WeightInfo::forget(FORGOTTEN_PER_BLOCK)).is_err()
		{
			return meter.consumed();
		}
		let rows = Leaks::<T>::iter_key_prefix(oldest);
		let mut left = FORGOTTEN_PER_BLOCK;
		for operator in rows {
			if left == 0 {
				return meter.consumed();
			}
			Leaks::<T>::remove(oldest, operator);
			left = left.saturating_sub(1);
		}
		OldestLeaks::<T>::put(oldest.saturating_add(1));
		meter.consumed()
	}
}
