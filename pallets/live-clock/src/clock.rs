//! One step of the clock, and those who read it.

use frame_support::traits::Get;
use sp_runtime::{traits::BlockNumberProvider, SaturatedConversion};
use vektor_primitives::traits::{LiveClock, LiveTime};

use crate::{Config, LastSlot, Live, Pallet, Pause, Resumed};

impl<T: Config> Pallet<T> {
	/// Counts the slots since the last block, unless the chain is held or was stalled. The first block, which knows no
	/// slot before its own, is a gap like any other.
	pub(crate) fn tick() {
		let slot = T::Slot::get();
		let step = slot.saturating_sub(LastSlot::<T>::get());
		LastSlot::<T>::put(slot);
		if T::Pause::held() || step > u64::from(T::MaxGap::get()) {
			Resumed::<T>::put(Live::<T>::get());
		} else {
			Live::<T>::mutate(|live| *live = live.saturating_add(step.saturated_into()));
		}
	}
}

impl<T: Config> LiveClock for Pallet<T> {
	fn now() -> LiveTime {
		Live::<T>::get()
	}

	fn judging() -> bool {
		Live::<T>::get() >= Resumed::<T>::get().saturating_add(T::Window::get())
	}
}

impl<T: Config> BlockNumberProvider for Pallet<T> {
	type BlockNumber = LiveTime;

	fn current_block_number() -> LiveTime {
		Live::<T>::get()
	}

	#[cfg(any(feature = "std", feature = "runtime-benchmarks"))]
	fn set_block_number(live: LiveTime) {
		Live::<T>::put(live);
	}
}
