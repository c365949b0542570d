//! Counted, not yet benchmarked: the verifier's native times in docs/adr, times three for Wasm, and one read or write.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What verification weighs.
pub trait WeightInfo {
	/// Reading a key and refusing evidence before any curve operation.
	fn refuse() -> Weight;
	/// Verifying a proof for `n` public inputs.
	fn verify_proof(n: u32) -> Weight;
	/// Checking, preparing and storing a key for `n` public inputs.
	fn store_key(n: u32) -> Weight;
}

/// The weights for a runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn refuse() -> Weight {
		Weight::from_parts(60_000_000, 16_000).saturating_add(T::DbWeight::get().reads(1))
	}

	fn verify_proof(n: u32) -> Weight {
		Weight::from_parts(7_000_000_000, 16_000)
			.saturating_add(Weight::from_parts(180_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	fn store_key(n: u32) -> Weight {
		Weight::from_parts(8_000_000_000, 16_000)
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
}
