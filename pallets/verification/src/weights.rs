// Generated. benchmarking.rs: 248380486c366c5e0ca3195631242f721c97a61a
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
	fn verify_ezkl(p: u32, o: u32, i: u32, ) -> Weight;
	fn refuse_ezkl() -> Weight;
	fn store_ezkl() -> Weight;
	fn check_snp() -> Weight;
	fn check_tdx() -> Weight;
	fn check_gpu() -> Weight;
	fn check_authority() -> Weight;
	fn keep_session(n: u32, ) -> Weight;
	fn forget_operator() -> Weight;
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
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// The range of component `p` is `[30, 256]`.
	/// The range of component `o` is `[518, 4096]`.
	/// The range of component `i` is `[2, 256]`.
	fn verify_ezkl(p: u32, o: u32, i: u32, ) -> Weight {
		// Minimum execution time: 5_193_015_000 picoseconds.
		Weight::from_parts(3_923_281_498, 36410)
			// Standard Error: 0
			.saturating_add(Weight::from_parts(32_115_000, 0).saturating_mul(p.into()))
			// Standard Error: 0
			.saturating_add(Weight::from_parts(53_001, 0).saturating_mul(o.into()))
			// Standard Error: 0
			.saturating_add(Weight::from_parts(2_957_746, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn refuse_ezkl() -> Weight {
		// Minimum execution time: 258_211_000 picoseconds.
		Weight::from_parts(267_600_000, 36410)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	fn store_ezkl() -> Weight {
		// Minimum execution time: 229_468_000 picoseconds.
		Weight::from_parts(241_562_000, 3498)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_snp() -> Weight {
		// Minimum execution time: 7_547_912_000 picoseconds.
		Weight::from_parts(7_770_417_000, 7596)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::CollateralOf` (r:1 w:0)
	/// Proof: `Verification::CollateralOf` (`max_values`: None, `max_size`: Some(32871), added: 35346, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_tdx() -> Weight {
		// Minimum execution time: 3_384_780_000 picoseconds.
		Weight::from_parts(3_725_917_000, 36336)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Intermediates` (r:2 w:0)
	/// Proof: `Verification::Intermediates` (`max_values`: None, `max_size`: Some(1058), added: 3533, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_gpu() -> Weight {
		// Minimum execution time: 9_244_640_000 picoseconds.
		Weight::from_parts(9_867_503_000, 8056)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Intermediates` (r:1 w:1)
	/// Proof: `Verification::Intermediates` (`max_values`: None, `max_size`: Some(1058), added: 3533, mode: `MaxEncodedLen`)
	fn check_authority() -> Weight {
		// Minimum execution time: 4_571_335_000 picoseconds.
		Weight::from_parts(4_725_383_000, 7596)
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
	/// Proof: `Verification::Devices` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
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
		// Minimum execution time: 284_331_000 picoseconds.
		Weight::from_parts(297_412_919, 83646)
			// Standard Error: 94_662
			.saturating_add(Weight::from_parts(2_744_207, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(43_u64))
			.saturating_add(T::DbWeight::get().writes(38_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// Storage: `Verification::Sessions` (r:5 w:4)
	/// Proof: `Verification::Sessions` (`max_values`: None, `max_size`: Some(397), added: 2872, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Devices` (r:32 w:32)
	/// Proof: `Verification::Devices` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	fn forget_operator() -> Weight {
		// Minimum execution time: 211_665_000 picoseconds.
		Weight::from_parts(217_897_000, 83646)
			.saturating_add(T::DbWeight::get().reads(37_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Sessions` (r:1 w:0)
	/// Proof: `Verification::Sessions` (`max_values`: None, `max_size`: Some(397), added: 2872, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:0)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn verify_session() -> Weight {
		// Minimum execution time: 77_474_000 picoseconds.
		Weight::from_parts(85_980_000, 36410)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	fn store_session_key() -> Weight {
		// Minimum execution time: 11_682_000 picoseconds.
		Weight::from_parts(14_317_000, 3504)
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
		// Minimum execution time: 7_637_369_000 picoseconds.
		Weight::from_parts(7_850_637_000, 36336)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Images` (r:1 w:1)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:1)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn allow_image() -> Weight {
		// Minimum execution time: 21_821_000 picoseconds.
		Weight::from_parts(23_444_000, 3504)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Verification::TrustVersion` (r:1 w:1)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Revoked` (r:0 w:1)
	/// Proof: `Verification::Revoked` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn revoke_certificate() -> Weight {
		// Minimum execution time: 17_112_000 picoseconds.
		Weight::from_parts(18_645_000, 1489)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Verification::Srs` (r:0 w:1)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn trust_srs() -> Weight {
		// Minimum execution time: 415_867_000 picoseconds.
		Weight::from_parts(424_152_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Ceremonies` (r:0 w:1)
	/// Proof: `Verification::Ceremonies` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn approve_ceremony() -> Weight {
		// Minimum execution time: 12_062_000 picoseconds.
		Weight::from_parts(13_495_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:0 w:1)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	fn trust_root() -> Weight {
		// Minimum execution time: 33_973_000 picoseconds.
		Weight::from_parts(35_777_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	fn refuse() -> Weight {
		// Minimum execution time: 63_709_000 picoseconds.
		Weight::from_parts(70_982_000, 36410)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn verify_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 4_689_846_000 picoseconds.
		Weight::from_parts(5_120_007_533, 36410)
			// Standard Error: 598_473
			.saturating_add(Weight::from_parts(33_835_295, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn store_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 3_974_750_000 picoseconds.
		Weight::from_parts(4_130_736_550, 0)
			// Standard Error: 237_873
			.saturating_add(Weight::from_parts(27_260_834, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}
