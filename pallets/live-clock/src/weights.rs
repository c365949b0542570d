//! Counted, not yet benchmarked: reads of the slot, the last slot, the live time and at most ten of the pause policy.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each hook of this pallet weighs.
pub trait WeightInfo {
	/// One step of the clock.
	fn tick() -> Weight;
}

/// The weights for a runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn tick() -> Weight {
		Weight::from_parts(10_000_000, 4_000).saturating_add(T::DbWeight::get().reads_writes(13, 2))
	}
}
