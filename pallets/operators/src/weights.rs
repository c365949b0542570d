// Generated. benchmarking.rs: a75ceb0b1d5e95edc67ac853ae85790307dd816b
//! Weights of `pallet_operators`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-21, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn register() -> Weight;
	fn activate() -> Weight;
	fn drain() -> Weight;
	fn bond_extra() -> Weight;
	fn unbond() -> Weight;
	fn withdraw_unbonded() -> Weight;
	fn set_agent() -> Weight;
	fn update() -> Weight;
	fn set_class() -> Weight;
	fn declare_maintenance() -> Weight;
	fn report_offence() -> Weight;
	fn cancel_slash() -> Weight;
	fn set_offence() -> Weight;
	fn set_tier() -> Weight;
	fn blacklist() -> Weight;
	fn pardon() -> Weight;
	fn resume_slashing() -> Weight;
	fn tick() -> Weight;
	fn tick_case() -> Weight;
	fn candidates(f: u32) -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Operators::AgentOf` (r:1 w:1)
	/// Proof: `Operators::AgentOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Registrations` (r:1 w:1)
	/// Proof: `Operators::Registrations` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedCount` (r:1 w:1)
	/// Proof: `Operators::OwnedCount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:0 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedBy` (r:0 w:1)
	/// Proof: `Operators::OwnedBy` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Minimum execution time: 83_555_000 picoseconds.
		Weight::from_parts(89_173_000, 6196)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn activate() -> Weight {
		// Minimum execution time: 26_660_000 picoseconds.
		Weight::from_parts(30_345_000, 3797)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn drain() -> Weight {
		// Minimum execution time: 18_537_000 picoseconds.
		Weight::from_parts(22_243_000, 3797)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn bond_extra() -> Weight {
		// Minimum execution time: 63_375_000 picoseconds.
		Weight::from_parts(66_959_000, 6196)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		// Minimum execution time: 24_407_000 picoseconds.
		Weight::from_parts(26_690_000, 3797)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedCount` (r:1 w:1)
	/// Proof: `Operators::OwnedCount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Operators::AgentOf` (r:0 w:1)
	/// Proof: `Operators::AgentOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Former` (r:0 w:1)
	/// Proof: `Operators::Former` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedBy` (r:0 w:1)
	/// Proof: `Operators::OwnedBy` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Tallies` (r:0 w:1)
	/// Proof: `Operators::Tallies` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Operators::FormerOf` (r:0 w:1)
	/// Proof: `Operators::FormerOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn withdraw_unbonded() -> Weight {
		// Minimum execution time: 81_221_000 picoseconds.
		Weight::from_parts(84_976_000, 6196)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	/// Storage: `Operators::AgentOf` (r:1 w:2)
	/// Proof: `Operators::AgentOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn set_agent() -> Weight {
		// Minimum execution time: 22_794_000 picoseconds.
		Weight::from_parts(24_867_000, 3797)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(332), added: 2807, mode: `MaxEncodedLen`)
	fn update() -> Weight {
		// Minimum execution time: 17_356_000 picoseconds.
		Weight::from_parts(19_228_000, 3797)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::CounterForClasses` (r:1 w:1)
	/// Proof: `Operators::CounterForClasses` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:1)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	fn set_class() -> Weight {
		// Minimum execution time: 15_823_000 picoseconds.
		Weight::from_parts(17_886_000, 3551)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn declare_maintenance() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn report_offence() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn set_offence() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn set_tier() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn blacklist() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn pardon() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn resume_slashing() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn tick() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn tick_case() -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
	fn candidates(_: u32) -> Weight {
		Weight::from_parts(100_000_000, 6196)
	}
}
