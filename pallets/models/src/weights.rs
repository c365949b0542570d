//! Counted, not yet benchmarked. What checking a key costs is `Verification`'s and comes on top.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call of this pallet weighs.
pub trait WeightInfo {
	/// A registration, without the check of its key.
	fn register() -> Weight;
	/// A change of price.
	fn set_price() -> Weight;
	/// A removal, the dearer of the two steps.
	fn retire() -> Weight;
	/// Reading a record.
	fn terms() -> Weight;
}

/// The weights for a runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn register() -> Weight {
		Weight::from_parts(90_000_000, 16_000).saturating_add(T::DbWeight::get().reads_writes(5, 5))
	}

	fn set_price() -> Weight {
		Weight::from_parts(20_000_000, 4_000).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}

	fn retire() -> Weight {
		Weight::from_parts(80_000_000, 16_000).saturating_add(T::DbWeight::get().reads_writes(6, 5))
	}

	fn terms() -> Weight {
		Weight::from_parts(10_000_000, 4_000).saturating_add(T::DbWeight::get().reads(1))
	}
}
