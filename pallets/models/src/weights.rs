// Generated. benchmarking.rs: 73cb3cc8ae8145673efa48677e524f83fa8e0500
//! Weights of `pallet_models`, measured by its own benchmarks.
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
	fn set_price() -> Weight;
	fn retire() -> Weight;
	fn challenge() -> Weight;
	fn judge_challenge() -> Weight;
	fn end_challenge() -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Models::Models` (r:1 w:1)
	/// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(232), added: 2707, mode: `MaxEncodedLen`)
	/// Storage: `Models::ModelsOf` (r:1 w:1)
	/// Proof: `Models::ModelsOf` (`max_values`: None, `max_size`: Some(8242), added: 10717, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(12344), added: 14819, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Minimum execution time: 125_747_000 picoseconds.
		Weight::from_parts(151_866_000, 11707)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Models::Models` (r:1 w:1)
	/// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(232), added: 2707, mode: `MaxEncodedLen`)
	fn set_price() -> Weight {
		// Minimum execution time: 20_641_000 picoseconds.
		Weight::from_parts(40_130_000, 3697)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Models::Models` (r:1 w:1)
	/// Proof: `Models::Models` (`max_values`: None, `max_size`: Some(232), added: 2707, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Resumed` (r:1 w:0)
	/// Proof: `LiveClock::Resumed` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Models::ModelsOf` (r:1 w:1)
	/// Proof: `Models::ModelsOf` (`max_values`: None, `max_size`: Some(8242), added: 10717, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(12344), added: 14819, mode: `MaxEncodedLen`)
	fn retire() -> Weight {
		// Minimum execution time: 129_863_000 picoseconds.
		Weight::from_parts(155_411_000, 11707)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn challenge() -> Weight { Weight::zero() }
	fn judge_challenge() -> Weight { Weight::zero() }
	fn end_challenge() -> Weight { Weight::zero() }
}
