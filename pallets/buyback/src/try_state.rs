//! The invariants of the README, by their numbers.

use frame_support::ensure;
use sp_runtime::{traits::BlockNumberProvider, TryRuntimeError};

use crate::{Config, Engine, Limits, Market, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(Limits::<T>::get().is_sound(), "buyback: invariant 1, a guard is out of its range");
		if let Some(seen) = Market::<T>::get() {
			ensure!(seen.fast > 0 && seen.slow > 0 && seen.usual > 0, "buyback: invariant 2, an average of nothing");
			let now = T::Elapsed::current_block_number();
			ensure!(
				seen.since <= seen.at && seen.at <= now,
				"buyback: invariant 2, the pool was seen in a slot to come"
			);
		}
		ensure!(
			Engine::<T>::get().began <= T::Height::current_block_number(),
			"buyback: invariant 3, an interval began in a block to come"
		);
		Ok(())
	}
}
