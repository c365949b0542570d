// Generated. benchmarking.rs: fc47acd5a4d0265a69ab164712a5133b9b806c25
//! Weights of `pallet_supply`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-22, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn release() -> Weight;
	fn set_emission() -> Weight;
	fn set_parameter() -> Weight;
	fn claim_airdrop() -> Weight;
	fn authorize_claim_airdrop() -> Weight;
	fn burn() -> Weight;
	fn within_a_round() -> Weight;
	fn end_round() -> Weight;
	fn no_era_to_pay() -> Weight;
	fn pay_era() -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Supply::Policy` (r:1 w:0)
	/// Proof: `Supply::Policy` (`max_values`: Some(1), `max_size`: Some(514), added: 1009, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Budget` (r:1 w:1)
	/// Proof: `Supply::Budget` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn release() -> Weight {
		// Minimum execution time: 23_193_000 picoseconds.
		Weight::from_parts(25_137_000, 3593)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Supply::Pace` (r:1 w:0)
	/// Proof: `Supply::Pace` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Reached` (r:1 w:1)
	/// Proof: `Supply::Reached` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Policy` (r:0 w:1)
	/// Proof: `Supply::Policy` (`max_values`: Some(1), `max_size`: Some(514), added: 1009, mode: `MaxEncodedLen`)
	fn set_emission() -> Weight {
		// Minimum execution time: 19_657_000 picoseconds.
		Weight::from_parts(21_590_000, 1509)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Parameters::Parameters` (r:1 w:1)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	fn set_parameter() -> Weight {
		// Minimum execution time: 24_445_000 picoseconds.
		Weight::from_parts(26_700_000, 3501)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Supply::Airdrop` (r:1 w:1)
	/// Proof: `Supply::Airdrop` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn claim_airdrop() -> Weight {
		// Minimum execution time: 191_708_000 picoseconds.
		Weight::from_parts(201_696_000, 6196)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `SafeMode::EnteredUntil` (r:1 w:0)
	/// Proof: `SafeMode::EnteredUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `TxPause::PausedCalls` (r:1 w:0)
	/// Proof: `TxPause::PausedCalls` (`max_values`: None, `max_size`: Some(148), added: 2623, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Airdrop` (r:1 w:0)
	/// Proof: `Supply::Airdrop` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_claim_airdrop() -> Weight {
		// Minimum execution time: 124_973_000 picoseconds.
		Weight::from_parts(131_535_000, 3613)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Supply::Burned` (r:1 w:1)
	/// Proof: `Supply::Burned` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	fn burn() -> Weight {
		// Minimum execution time: 49_242_000 picoseconds.
		Weight::from_parts(51_557_000, 3482)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn within_a_round() -> Weight {
		// Minimum execution time: 7_273_000 picoseconds.
		Weight::from_parts(8_035_000, 1497)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:1)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:6 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::RoundBooks` (r:1 w:0)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Loads` (r:1 w:1)
	/// Proof: `Supply::Loads` (`max_values`: Some(1), `max_size`: Some(225), added: 720, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Reached` (r:1 w:1)
	/// Proof: `Supply::Reached` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:6 w:5)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `AssetConversion::Pools` (r:1 w:0)
	/// Proof: `AssetConversion::Pools` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:0)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Buyback::Market` (r:1 w:0)
	/// Proof: `Buyback::Market` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Policy` (r:1 w:0)
	/// Proof: `Supply::Policy` (`max_values`: Some(1), `max_size`: Some(514), added: 1009, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Pace` (r:1 w:0)
	/// Proof: `Supply::Pace` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::OldestLeaks` (r:1 w:0)
	/// Proof: `Revenue::OldestLeaks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::TierTable` (r:1 w:0)
	/// Proof: `LockStaking::TierTable` (`max_values`: Some(1), `max_size`: Some(49), added: 544, mode: `MaxEncodedLen`)
	/// Storage: `LockStaking::Book` (r:1 w:1)
	/// Proof: `LockStaking::Book` (`max_values`: Some(1), `max_size`: Some(344), added: 839, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Supply::EraPending` (r:1 w:1)
	/// Proof: `Supply::EraPending` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Emitted` (r:1 w:1)
	/// Proof: `Supply::Emitted` (`max_values`: Some(1), `max_size`: Some(80), added: 575, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Allocations` (r:1 w:0)
	/// Proof: `Supply::Allocations` (`max_values`: Some(1), `max_size`: Some(1201), added: 1696, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Streamed` (r:1 w:1)
	/// Proof: `Supply::Streamed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn end_round() -> Weight {
		// Minimum execution time: 342_319_000 picoseconds.
		Weight::from_parts(352_237_000, 16608)
			.saturating_add(T::DbWeight::get().reads(33_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Supply::Paying` (r:1 w:0)
	/// Proof: `Supply::Paying` (`max_values`: Some(1), `max_size`: Some(79), added: 574, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn no_era_to_pay() -> Weight {
		// Minimum execution time: 15_560_000 picoseconds.
		Weight::from_parts(17_252_000, 1564)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Staking::ErasValidatorReward` (r:1 w:0)
	/// Proof: `Staking::ErasValidatorReward` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:33 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ClaimedRewards` (r:32 w:0)
	/// Proof: `Staking::ClaimedRewards` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::CurrentEra` (r:1 w:0)
	/// Proof: `Staking::CurrentEra` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Paying` (r:0 w:1)
	/// Proof: `Supply::Paying` (`max_values`: Some(1), `max_size`: Some(79), added: 574, mode: `MaxEncodedLen`)
	fn pay_era() -> Weight {
		// Minimum execution time: 414_654_000 picoseconds.
		Weight::from_parts(425_925_000, 85701)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}
