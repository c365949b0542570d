// Generated. benchmarking.rs: 93db38d480b1fb0873cb65a886e5484a8389bcbf
//! Weights of `pallet_lock_staking`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-22, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
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
	fn power() -> Weight;
	fn delegate_yield() -> Weight;
	fn settle_yield() -> Weight;
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
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Expiring` (r:1 w:1)
	/// Proof: `LockStaking::Expiring` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn stake() -> Weight {
		// Minimum execution time: 109_675_000 picoseconds.
		Weight::from_parts(113_582_000, 4490)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:1 w:1)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Shared` (r:1 w:0)
	/// Proof: `LockStaking::Shared` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::VoteLocks` (r:1 w:0)
	/// Proof: `LockStaking::VoteLocks` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn unstake() -> Weight {
		// Minimum execution time: 107_751_000 picoseconds.
		Weight::from_parts(112_861_000, 4490)
			.saturating_add(T::DbWeight::get().reads(6_u64))
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
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Expiring` (r:2 w:2)
	/// Proof: `LockStaking::Expiring` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn extend() -> Weight {
		// Minimum execution time: 58_880_000 picoseconds.
		Weight::from_parts(62_136_000, 6100)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `LockStaking::TierTable` (r:1 w:1)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Terms` (r:0 w:1)
	/// Proof: `LockStaking::Terms` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	fn set_tiers() -> Weight {
		// Minimum execution time: 18_544_000 picoseconds.
		Weight::from_parts(20_418_000, 1534)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:0)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::TierTable` (r:1 w:0)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:0)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:16 w:0)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Terms` (r:1 w:0)
	/// Proof: `LockStaking::Terms` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Casting` (r:1 w:1)
	/// Proof: `LockStaking::Casting` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::VoteLocks` (r:1 w:1)
	/// Proof: `LockStaking::VoteLocks` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn power() -> Weight {
		// Minimum execution time: 206_145_000 picoseconds.
		Weight::from_parts(212_206_000, 41870)
			.saturating_add(T::DbWeight::get().reads(25_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `LockStaking::Shared` (r:1 w:1)
	/// Proof: `LockStaking::Shared` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:1 w:1)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::VoteLocks` (r:1 w:0)
	/// Proof: `LockStaking::VoteLocks` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn delegate_yield() -> Weight {
		// Minimum execution time: 169_286_000 picoseconds.
		Weight::from_parts(176_409_000, 8799)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `LockStaking::Shared` (r:1 w:1)
	/// Proof: `LockStaking::Shared` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Positions` (r:1 w:1)
	/// Proof: `LockStaking::Positions` (`max_values`: None, `max_size`: Some(1025), added: 3500, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:1 w:1)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::VoteLocks` (r:1 w:0)
	/// Proof: `LockStaking::VoteLocks` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn settle_yield() -> Weight {
		// Minimum execution time: 170_017_000 picoseconds.
		Weight::from_parts(176_941_000, 8799)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:0)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn within_an_interval() -> Weight {
		// Minimum execution time: 11_682_000 picoseconds.
		Weight::from_parts(13_245_000, 1829)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
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
	/// Storage: `System::Account` (r:3 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Terms` (r:1 w:0)
	/// Proof: `LockStaking::Terms` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Checkpoints` (r:0 w:4)
	/// Proof: `LockStaking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Electorate` (r:0 w:1)
	/// Proof: `LockStaking::Electorate` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn begin_interval() -> Weight {
		// Minimum execution time: 105_247_000 picoseconds.
		Weight::from_parts(109_635_000, 11210)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
}
