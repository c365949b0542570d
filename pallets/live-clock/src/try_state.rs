//! The invariants of the README, by their numbers.

use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

use crate::{Config, LastSlot, Live, Pallet, Resumed};

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(Resumed::<T>::get() <= Live::<T>::get(), "live-clock: invariant 1, resumed in the future");
		ensure!(u64::from(Live::<T>::get()) <= LastSlot::<T>::get(), "live-clock: invariant 2, ahead of the slots");
		ensure!(LastSlot::<T>::get() <= T::Slot::get(), "live-clock: invariant 3, a slot that is not there yet");
		Ok(())
	}
}
