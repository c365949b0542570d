// Generated. benchmarking.rs: ea3bad669102ad5808032326be33dfb596ebe7b9
//! Weights of `pallet_verification`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-22, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn verify_ezkl(p: u32, ) -> Weight;
	fn store_ezkl() -> Weight;
	fn check_snp() -> Weight;
	fn check_tdx() -> Weight;
	fn check_gpu() -> Weight;
	fn check_authorities() -> Weight;
	fn keep_session(n: u32, ) -> Weight;
	fn verify_session() -> Weight;
	fn store_session_key() -> Weight;
	fn post_collateral() -> Weight;
	fn allow_image() -> Weight;
	fn revoke_certificate() -> Weight;
	fn trust_srs() -> Weight;
	fn approve_ceremony() -> Weight;
	fn trust_root() -> Weight;
	fn refuse() -> Weight;
	fn verify_groth16(n: u32, ) -> Weight;
	fn store_groth16(n: u32, ) -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// The range of component `p` is `[30, 256]`.
	fn verify_ezkl(p: u32, ) -> Weight {
		// Minimum execution time: 6_910_075_000 picoseconds.
		Weight::from_parts(5_447_413_990, 20022)
			// Standard Error: 1_668_933
			.saturating_add(Weight::from_parts(76_897_771, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	fn store_ezkl() -> Weight {
		// Minimum execution time: 161_280_000 picoseconds.
		Weight::from_parts(253_568_000, 3498)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_snp() -> Weight {
		// Minimum execution time: 6_250_793_000 picoseconds.
		Weight::from_parts(8_366_853_000, 7596)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::CollateralOf` (r:1 w:0)
	/// Proof: `Verification::CollateralOf` (`max_values`: None, `max_size`: Some(32871), added: 35346, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_tdx() -> Weight {
		// Minimum execution time: 2_862_010_000 picoseconds.
		Weight::from_parts(3_163_148_000, 36336)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Intermediates` (r:1 w:0)
	/// Proof: `Verification::Intermediates` (`max_values`: None, `max_size`: Some(1058), added: 3533, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_gpu() -> Weight {
		// Minimum execution time: 7_340_135_000 picoseconds.
		Weight::from_parts(7_915_261_000, 7596)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Intermediates` (r:1 w:1)
	/// Proof: `Verification::Intermediates` (`max_values`: None, `max_size`: Some(1058), added: 3533, mode: `MaxEncodedLen`)
	fn check_authorities() -> Weight {
		// Minimum execution time: 7_285_363_000 picoseconds.
		Weight::from_parts(8_661_592_000, 7596)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:0)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Sessions` (r:5 w:4)
	/// Proof: `Verification::Sessions` (`max_values`: None, `max_size`: Some(397), added: 2872, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Devices` (r:32 w:40)
	/// Proof: `Verification::Devices` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 8]`.
	fn keep_session(n: u32, ) -> Weight {
		// Minimum execution time: 3_000_632_000 picoseconds.
		Weight::from_parts(4_532_743_516, 83518)
			.saturating_add(T::DbWeight::get().reads(43_u64))
			.saturating_add(T::DbWeight::get().writes(38_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Sessions` (r:1 w:0)
	/// Proof: `Verification::Sessions` (`max_values`: None, `max_size`: Some(397), added: 2872, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:0)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn verify_session() -> Weight {
		// Minimum execution time: 59_519_000 picoseconds.
		Weight::from_parts(82_944_000, 20022)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	fn store_session_key() -> Weight {
		// Minimum execution time: 8_402_000 picoseconds.
		Weight::from_parts(10_946_000, 3504)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Verification::CollateralOf` (r:1 w:1)
	/// Proof: `Verification::CollateralOf` (`max_values`: None, `max_size`: Some(32871), added: 35346, mode: `MaxEncodedLen`)
	fn post_collateral() -> Weight {
		// Minimum execution time: 6_345_815_000 picoseconds.
		Weight::from_parts(7_559_091_000, 36336)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Images` (r:1 w:1)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:1)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn allow_image() -> Weight {
		// Minimum execution time: 13_721_000 picoseconds.
		Weight::from_parts(24_957_000, 3504)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Verification::TrustVersion` (r:1 w:1)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Revoked` (r:0 w:1)
	/// Proof: `Verification::Revoked` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn revoke_certificate() -> Weight {
		// Minimum execution time: 10_415_000 picoseconds.
		Weight::from_parts(15_653_000, 1489)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Verification::Srs` (r:0 w:1)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn trust_srs() -> Weight {
		// Minimum execution time: 581_064_000 picoseconds.
		Weight::from_parts(845_899_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Ceremonies` (r:0 w:1)
	/// Proof: `Verification::Ceremonies` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn approve_ceremony() -> Weight {
		// Minimum execution time: 7_501_000 picoseconds.
		Weight::from_parts(11_467_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:0 w:1)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	fn trust_root() -> Weight {
		// Minimum execution time: 24_727_000 picoseconds.
		Weight::from_parts(35_162_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	fn refuse() -> Weight {
		// Minimum execution time: 78_226_000 picoseconds.
		Weight::from_parts(85_317_000, 20022)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn verify_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 6_124_686_000 picoseconds.
		Weight::from_parts(5_868_025_865, 20022)
			// Standard Error: 146_592
			.saturating_add(Weight::from_parts(105_838_886, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(16557), added: 19032, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn store_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 5_265_588_000 picoseconds.
		Weight::from_parts(5_259_229_927, 0)
			// Standard Error: 28_951
			.saturating_add(Weight::from_parts(40_224_171, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}
