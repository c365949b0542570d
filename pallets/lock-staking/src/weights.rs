// Generated. benchmarking.rs: 4b20b9dc8b096ad846cfa25eb6c47f919255d84b
//! Weights of `pallet_lock_staking`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-21, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn stake() -> Weight;
	fn unstake() -> Weight;
	fn extend() -> Weight;
	fn set_tiers() -> Weight;
	fn within_an_interval() -> Weight;
	fn begin_interval() -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `LockStaking::TierTable` (r:1 w:0)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(296), added: 791, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Expiring` (r:1 w:1)
	/// Proof: `LockStaking::Expiring` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn stake() -> Weight {
		// Minimum execution time: 80_320_000 picoseconds.
		Weight::from_parts(83_785_000, 4490)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(296), added: 791, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:1 w:1)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn unstake() -> Weight {
		// Minimum execution time: 71_407_000 picoseconds.
		Weight::from_parts(74_682_000, 4490)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `LockStaking::TierTable` (r:1 w:0)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(296), added: 791, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Expiring` (r:2 w:2)
	/// Proof: `LockStaking::Expiring` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn extend() -> Weight {
		// Minimum execution time: 40_630_000 picoseconds.
		Weight::from_parts(43_224_000, 6100)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `LockStaking::TierTable` (r:1 w:1)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	fn set_tiers() -> Weight {
		// Minimum execution time: 10_055_000 picoseconds.
		Weight::from_parts(11_146_000, 1534)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:0)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(296), added: 791, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn within_an_interval() -> Weight {
		// Minimum execution time: 8_102_000 picoseconds.
		Weight::from_parts(9_033_000, 1781)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(296), added: 791, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Expiring` (r:4 w:4)
	/// Proof: `LockStaking::Expiring` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::TierTable` (r:1 w:0)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:0 w:4)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn begin_interval() -> Weight {
		// Minimum execution time: 58_627_000 picoseconds.
		Weight::from_parts(61_802_000, 11210)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
}
