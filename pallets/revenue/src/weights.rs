// Generated. benchmarking.rs: 57a61ebe4daaab0fd52add879ecfad3898e20f08
//! Weights of `pallet_revenue`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-21, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
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
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Revenue::Split` (r:0 w:1)
	/// Proof: `Revenue::Split` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	fn set_split() -> Weight {
		// Minimum execution time: 5_859_000 picoseconds.
		Weight::from_parts(6_840_000, 0)
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
		// Minimum execution time: 66_900_000 picoseconds.
		Weight::from_parts(70_415_000, 6208)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Revenue::OldestLeaks` (r:1 w:1)
	/// Proof: `Revenue::OldestLeaks` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Supply::CurrentRound` (r:1 w:0)
	/// Proof: `Supply::CurrentRound` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Leaks` (r:33 w:32)
	/// Proof: `Revenue::Leaks` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 32]`.
	fn forget(n: u32, ) -> Weight {
		// Minimum execution time: 13_390_000 picoseconds.
		Weight::from_parts(11_448_479, 3525)
			// Standard Error: 1_516
			.saturating_add(Weight::from_parts(3_291_947, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2535).saturating_mul(n.into()))
	}
}
