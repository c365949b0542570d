// Generated. benchmarking.rs: 04f149f12d5b12fed58438d7f1226e611c6641ec
//! Weights of `pallet_revenue`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-22, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn set_split() -> Weight;
	fn payout() -> Weight;
	fn forget(n: u32, ) -> Weight;
	fn claim_work() -> Weight;
	fn reward_work() -> Weight;
	fn claim_availability() -> Weight;
	fn share_window() -> Weight;
	fn reward_availability() -> Weight;
	fn set_factors() -> Weight;
	fn compensate() -> Weight;
	fn claim() -> Weight;
	fn expire(n: u32, ) -> Weight;
	fn no_lot() -> Weight;
	fn turn_lot() -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Revenue::Split` (r:0 w:1)
	/// Proof: `Revenue::Split` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	fn set_split() -> Weight {
		// Minimum execution time: 10_259_000 picoseconds.
		Weight::from_parts(11_692_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Revenue::Owed` (r:1 w:1)
	/// Proof: `Revenue::Owed` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn payout() -> Weight {
		// Minimum execution time: 90_339_000 picoseconds.
		Weight::from_parts(95_218_000, 6208)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Revenue::OldestLeaks` (r:1 w:0)
	/// Proof: `Revenue::OldestLeaks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::RoundBooks` (r:1 w:1)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Leaks` (r:32 w:32)
	/// Proof: `Revenue::Leaks` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::BurnsUnclaimed` (r:1 w:0)
	/// Proof: `Revenue::BurnsUnclaimed` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Progress` (r:1 w:0)
	/// Proof: `Revenue::Progress` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 32]`.
	fn forget(n: u32, ) -> Weight {
		// Minimum execution time: 113_503_000 picoseconds.
		Weight::from_parts(119_815_037, 6196)
			// Standard Error: 12_653
			.saturating_add(Weight::from_parts(3_938_299, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2528).saturating_mul(n.into()))
	}
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Leaks` (r:1 w:1)
	/// Proof: `Revenue::Leaks` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::RoundBooks` (r:1 w:1)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	fn claim_work() -> Weight {
		// Minimum execution time: 192_439_000 picoseconds.
		Weight::from_parts(199_993_000, 11095)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Revenue::RoundBooks` (r:1 w:1)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::OldestLeaks` (r:1 w:0)
	/// Proof: `Revenue::OldestLeaks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn reward_work() -> Weight {
		// Minimum execution time: 79_618_000 picoseconds.
		Weight::from_parts(82_243_000, 6196)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Connectivity::Shares` (r:1 w:0)
	/// Proof: `Connectivity::Shares` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Left` (r:1 w:1)
	/// Proof: `Connectivity::Left` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::AvailabilityStream` (r:1 w:1)
	/// Proof: `Revenue::AvailabilityStream` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn claim_availability() -> Weight {
		// Minimum execution time: 236_572_000 picoseconds.
		Weight::from_parts(245_819_000, 11095)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::RoundBooks` (r:1 w:1)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::AvailabilityStream` (r:1 w:1)
	/// Proof: `Revenue::AvailabilityStream` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn share_window() -> Weight {
		// Minimum execution time: 32_500_000 picoseconds.
		Weight::from_parts(35_045_000, 3589)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Revenue::RoundBooks` (r:1 w:1)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::AvailabilityStream` (r:1 w:1)
	/// Proof: `Revenue::AvailabilityStream` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn reward_availability() -> Weight {
		// Minimum execution time: 79_078_000 picoseconds.
		Weight::from_parts(83_325_000, 6196)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Revenue::Multipliers` (r:0 w:1)
	/// Proof: `Revenue::Multipliers` (`max_values`: Some(1), `max_size`: Some(73), added: 568, mode: `MaxEncodedLen`)
	fn set_factors() -> Weight {
		// Minimum execution time: 11_221_000 picoseconds.
		Weight::from_parts(13_034_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Revenue::Compensated` (r:1 w:1)
	/// Proof: `Revenue::Compensated` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Cases` (r:1 w:1)
	/// Proof: `Operators::Cases` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn compensate() -> Weight {
		// Minimum execution time: 113_432_000 picoseconds.
		Weight::from_parts(121_907_000, 6208)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Lots` (r:1 w:1)
	/// Proof: `Revenue::Lots` (`max_values`: None, `max_size`: Some(236), added: 2711, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Accrued` (r:1 w:1)
	/// Proof: `Revenue::Accrued` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		// Minimum execution time: 266_247_000 picoseconds.
		Weight::from_parts(280_063_000, 11095)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Revenue::OldestLeaks` (r:1 w:0)
	/// Proof: `Revenue::OldestLeaks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::RoundBooks` (r:1 w:0)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Progress` (r:1 w:0)
	/// Proof: `Revenue::Progress` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Lots` (r:2 w:2)
	/// Proof: `Revenue::Lots` (`max_values`: None, `max_size`: Some(236), added: 2711, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Accrued` (r:34 w:32)
	/// Proof: `Revenue::Accrued` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::BurnsUnclaimed` (r:1 w:0)
	/// Proof: `Revenue::BurnsUnclaimed` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 32]`.
	fn expire(n: u32, ) -> Weight {
		// Minimum execution time: 231_733_000 picoseconds.
		Weight::from_parts(243_220_415, 6412)
			// Standard Error: 73_704
			.saturating_add(Weight::from_parts(11_109_006, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2556).saturating_mul(n.into()))
	}
	/// Storage: `Revenue::CollectingLot` (r:1 w:0)
	/// Proof: `Revenue::CollectingLot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Progress` (r:1 w:0)
	/// Proof: `Revenue::Progress` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Lots` (r:1 w:0)
	/// Proof: `Revenue::Lots` (`max_values`: None, `max_size`: Some(236), added: 2711, mode: `MaxEncodedLen`)
	fn no_lot() -> Weight {
		// Minimum execution time: 19_006_000 picoseconds.
		Weight::from_parts(20_508_000, 3701)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Revenue::CollectingLot` (r:1 w:0)
	/// Proof: `Revenue::CollectingLot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Progress` (r:1 w:1)
	/// Proof: `Revenue::Progress` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Lots` (r:2 w:2)
	/// Proof: `Revenue::Lots` (`max_values`: None, `max_size`: Some(236), added: 2711, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::TierTable` (r:1 w:0)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Burned` (r:1 w:1)
	/// Proof: `Supply::Burned` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	fn turn_lot() -> Weight {
		// Minimum execution time: 159_298_000 picoseconds.
		Weight::from_parts(172_923_000, 6412)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}
