//! The one hook, at its dearest: the chain is not held, so that every pause is asked and the time is written.

use frame_benchmarking::v2::*;
use frame_support::traits::Get;

use crate::{Config, LastSlot, Live, Pallet};

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn tick() {
		LastSlot::<T>::put(T::Slot::get().saturating_sub(1));
		let before = Live::<T>::get();
		#[block]
		{
			Pallet::<T>::tick();
		}
		assert!(Live::<T>::get() >= before);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
