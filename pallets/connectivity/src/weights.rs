// Generated. benchmarking.rs: b8fe1e137c7745b8e44c2823fbe71fffa746a7b1
//! Weights of `pallet_connectivity`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-22, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn report(b: u32, ) -> Weight;
	fn authorize_report() -> Weight;
	fn answer_activation() -> Weight;
	fn tick() -> Weight;
	fn turn() -> Weight;
	fn begin(n: u32, ) -> Weight;
	fn tally(p: u32, ) -> Weight;
	fn award(n: u32, ) -> Weight;
	fn forget(n: u32, ) -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Connectivity::Reports` (r:0 w:1)
	/// Proof: `Connectivity::Reports` (`max_values`: None, `max_size`: Some(4120), added: 6595, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[1, 4096]`.
	fn report(b: u32, ) -> Weight {
		// Minimum execution time: 16_110_000 picoseconds.
		Weight::from_parts(19_532_876, 0)
			// Standard Error: 25
			.saturating_add(Weight::from_parts(873, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windows` (r:1 w:0)
	/// Proof: `Connectivity::Windows` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Reports` (r:1 w:0)
	/// Proof: `Connectivity::Reports` (`max_values`: None, `max_size`: Some(4120), added: 6595, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Probers` (r:1 w:0)
	/// Proof: `Connectivity::Probers` (`max_values`: None, `max_size`: Some(2061), added: 4536, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:16 w:0)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:3 w:0)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	fn authorize_report() -> Weight {
		// Minimum execution time: 900_151_000 picoseconds.
		Weight::from_parts(923_825_000, 162670)
			.saturating_add(T::DbWeight::get().reads(25_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:0)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windows` (r:1 w:0)
	/// Proof: `Connectivity::Windows` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Probers` (r:1 w:0)
	/// Proof: `Connectivity::Probers` (`max_values`: None, `max_size`: Some(2061), added: 4536, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn answer_activation() -> Weight {
		// Minimum execution time: 166_411_000 picoseconds.
		Weight::from_parts(174_266_000, 11095)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windowing` (r:1 w:0)
	/// Proof: `Connectivity::Windowing` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Resumed` (r:1 w:0)
	/// Proof: `LiveClock::Resumed` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Kept` (r:1 w:0)
	/// Proof: `Connectivity::Kept` (`max_values`: Some(1), `max_size`: Some(97), added: 592, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Tally` (r:1 w:0)
	/// Proof: `Connectivity::Tally` (`max_values`: Some(1), `max_size`: Some(44), added: 539, mode: `MaxEncodedLen`)
	fn tick() -> Weight {
		// Minimum execution time: 23_133_000 picoseconds.
		Weight::from_parts(24_697_000, 1582)
			.saturating_add(T::DbWeight::get().reads(6_u64))
	}
	/// Storage: `Connectivity::Windows` (r:1 w:2)
	/// Proof: `Connectivity::Windows` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	/// Proof: `Babe::AuthorVrfRandomness` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Kept` (r:1 w:1)
	/// Proof: `Connectivity::Kept` (`max_values`: Some(1), `max_size`: Some(97), added: 592, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::CurrentSet` (r:1 w:0)
	/// Proof: `Connectivity::CurrentSet` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Babe::Randomness` (r:1 w:0)
	/// Proof: `Babe::Randomness` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Slots` (r:1 w:0)
	/// Proof: `Connectivity::Slots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windowing` (r:0 w:1)
	/// Proof: `Connectivity::Windowing` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn turn() -> Weight {
		// Minimum execution time: 33_372_000 picoseconds.
		Weight::from_parts(35_486_000, 3551)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Connectivity::Windows` (r:1 w:0)
	/// Proof: `Connectivity::Windows` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Probers` (r:1 w:0)
	/// Proof: `Connectivity::Probers` (`max_values`: None, `max_size`: Some(2061), added: 4536, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Reports` (r:33 w:0)
	/// Proof: `Connectivity::Reports` (`max_values`: None, `max_size`: Some(4120), added: 6595, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Scores` (r:0 w:1)
	/// Proof: `Connectivity::Scores` (`max_values`: Some(1), `max_size`: Some(545), added: 1040, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Tally` (r:0 w:1)
	/// Proof: `Connectivity::Tally` (`max_values`: Some(1), `max_size`: Some(44), added: 539, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[2, 100]`.
	fn begin(n: u32, ) -> Weight {
		// Minimum execution time: 34_144_000 picoseconds.
		Weight::from_parts(56_488_177, 104227)
			// Standard Error: 6_495
			.saturating_add(Weight::from_parts(364_530, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(Weight::from_parts(0, 1578).saturating_mul(n.into()))
	}
	/// Storage: `Connectivity::Tally` (r:1 w:1)
	/// Proof: `Connectivity::Tally` (`max_values`: Some(1), `max_size`: Some(44), added: 539, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windows` (r:1 w:0)
	/// Proof: `Connectivity::Windows` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Probers` (r:1 w:0)
	/// Proof: `Connectivity::Probers` (`max_values`: None, `max_size`: Some(2061), added: 4536, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:0)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Shares` (r:1 w:0)
	/// Proof: `Connectivity::Shares` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Scores` (r:1 w:1)
	/// Proof: `Connectivity::Scores` (`max_values`: Some(1), `max_size`: Some(545), added: 1040, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Reports` (r:32 w:0)
	/// Proof: `Connectivity::Reports` (`max_values`: None, `max_size`: Some(4120), added: 6595, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:16 w:16)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// The range of component `p` is `[1, 16]`.
	fn tally(p: u32, ) -> Weight {
		// Minimum execution time: 342_900_000 picoseconds.
		Weight::from_parts(78_896_917, 87310)
			// Standard Error: 569_134
			.saturating_add(Weight::from_parts(280_582_551, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
			.saturating_add(Weight::from_parts(0, 10105).saturating_mul(p.into()))
	}
	/// Storage: `Connectivity::Probers` (r:1 w:0)
	/// Proof: `Connectivity::Probers` (`max_values`: None, `max_size`: Some(2061), added: 4536, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Scores` (r:1 w:1)
	/// Proof: `Connectivity::Scores` (`max_values`: Some(1), `max_size`: Some(545), added: 1040, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasRewardPoints` (r:1 w:1)
	/// Proof: `Staking::ErasRewardPoints` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `AssetConversion::Pools` (r:1 w:0)
	/// Proof: `AssetConversion::Pools` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:0)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Buyback::Market` (r:1 w:0)
	/// Proof: `Buyback::Market` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::RoundBooks` (r:1 w:1)
	/// Proof: `Revenue::RoundBooks` (`max_values`: None, `max_size`: Some(124), added: 2599, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windowing` (r:0 w:1)
	/// Proof: `Connectivity::Windowing` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Shares` (r:0 w:1)
	/// Proof: `Connectivity::Shares` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Tally` (r:0 w:1)
	/// Proof: `Connectivity::Tally` (`max_values`: Some(1), `max_size`: Some(44), added: 539, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[2, 100]`.
	fn award(n: u32, ) -> Weight {
		// Minimum execution time: 123_812_000 picoseconds.
		Weight::from_parts(186_240_683, 7183)
			// Standard Error: 22_652
			.saturating_add(Weight::from_parts(1_312_853, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(Weight::from_parts(0, 19).saturating_mul(n.into()))
	}
	/// Storage: `Connectivity::Reports` (r:32 w:32)
	/// Proof: `Connectivity::Reports` (`max_values`: None, `max_size`: Some(4120), added: 6595, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Windows` (r:2 w:1)
	/// Proof: `Connectivity::Windows` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Probers` (r:0 w:1)
	/// Proof: `Connectivity::Probers` (`max_values`: None, `max_size`: Some(2061), added: 4536, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Kept` (r:0 w:1)
	/// Proof: `Connectivity::Kept` (`max_values`: Some(1), `max_size`: Some(97), added: 592, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 100]`.
	fn forget(n: u32, ) -> Weight {
		// Minimum execution time: 29_035_000 picoseconds.
		Weight::from_parts(49_026_920, 109779)
			// Standard Error: 6_270
			.saturating_add(Weight::from_parts(314_728, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
			.saturating_add(Weight::from_parts(0, 1401).saturating_mul(n.into()))
	}
}
