// Generated. benchmarking.rs: 1566e99e8d0fb8e491a4b7a4235fe4946b82cddc
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
	fn verify_ezkl(p: u32, o: u32, _i: u32, ) -> Weight {
		// Minimum execution time: 8_041_804_000 picoseconds.
		Weight::from_parts(6_072_759_088, 36410)
			// Standard Error: 425_706
			.saturating_add(Weight::from_parts(56_234_366, 0).saturating_mul(p.into()))
			// Standard Error: 26_963
			.saturating_add(Weight::from_parts(215_494, 0).saturating_mul(o.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn refuse_ezkl() -> Weight {
		// Minimum execution time: 361_335_000 picoseconds.
		Weight::from_parts(366_304_000, 36410)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Srs` (r:1 w:0)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	fn store_ezkl() -> Weight {
		// Minimum execution time: 279_050_000 picoseconds.
		Weight::from_parts(284_250_000, 3498)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_snp() -> Weight {
		// Minimum execution time: 7_499_281_000 picoseconds.
		Weight::from_parts(7_585_602_000, 7596)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::CollateralOf` (r:1 w:0)
	/// Proof: `Verification::CollateralOf` (`max_values`: None, `max_size`: Some(32871), added: 35346, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_tdx() -> Weight {
		// Minimum execution time: 3_380_822_000 picoseconds.
		Weight::from_parts(3_468_345_000, 36336)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Intermediates` (r:1 w:0)
	/// Proof: `Verification::Intermediates` (`max_values`: None, `max_size`: Some(1058), added: 3533, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	fn check_gpu() -> Weight {
		// Minimum execution time: 9_149_542_000 picoseconds.
		Weight::from_parts(9_298_089_000, 7596)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Verification::Anchors` (r:1 w:0)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Intermediates` (r:1 w:1)
	/// Proof: `Verification::Intermediates` (`max_values`: None, `max_size`: Some(1058), added: 3533, mode: `MaxEncodedLen`)
	fn check_authority() -> Weight {
		// Minimum execution time: 9_032_443_000 picoseconds.
		Weight::from_parts(9_152_898_000, 7596)
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
		// Minimum execution time: 281_406_000 picoseconds.
		Weight::from_parts(292_669_537, 83518)
			// Standard Error: 39_188
			.saturating_add(Weight::from_parts(2_808_312, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(43_u64))
			.saturating_add(T::DbWeight::get().writes(38_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// Storage: `Verification::Sessions` (r:5 w:4)
	/// Proof: `Verification::Sessions` (`max_values`: None, `max_size`: Some(397), added: 2872, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Devices` (r:32 w:32)
	/// Proof: `Verification::Devices` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
	fn forget_operator() -> Weight {
		// Minimum execution time: 281_406_000 picoseconds.
		Weight::from_parts(292_669_537, 83518)
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
		// Minimum execution time: 77_364_000 picoseconds.
		Weight::from_parts(80_200_000, 36410)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Verification::Images` (r:1 w:0)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	fn store_session_key() -> Weight {
		// Minimum execution time: 11_732_000 picoseconds.
		Weight::from_parts(12_774_000, 3504)
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
		// Minimum execution time: 7_535_990_000 picoseconds.
		Weight::from_parts(7_666_233_000, 36336)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Images` (r:1 w:1)
	/// Proof: `Verification::Images` (`max_values`: None, `max_size`: Some(39), added: 2514, mode: `MaxEncodedLen`)
	/// Storage: `Verification::TrustVersion` (r:1 w:1)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn allow_image() -> Weight {
		// Minimum execution time: 21_550_000 picoseconds.
		Weight::from_parts(23_374_000, 3504)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Verification::TrustVersion` (r:1 w:1)
	/// Proof: `Verification::TrustVersion` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Revoked` (r:0 w:1)
	/// Proof: `Verification::Revoked` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn revoke_certificate() -> Weight {
		// Minimum execution time: 16_771_000 picoseconds.
		Weight::from_parts(18_114_000, 1489)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Verification::Srs` (r:0 w:1)
	/// Proof: `Verification::Srs` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	fn trust_srs() -> Weight {
		// Minimum execution time: 719_774_000 picoseconds.
		Weight::from_parts(743_718_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Ceremonies` (r:0 w:1)
	/// Proof: `Verification::Ceremonies` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn approve_ceremony() -> Weight {
		// Minimum execution time: 12_143_000 picoseconds.
		Weight::from_parts(13_245_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Anchors` (r:0 w:1)
	/// Proof: `Verification::Anchors` (`max_values`: None, `max_size`: Some(4131), added: 6606, mode: `MaxEncodedLen`)
	fn trust_root() -> Weight {
		// Minimum execution time: 33_502_000 picoseconds.
		Weight::from_parts(35_656_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	fn refuse() -> Weight {
		// Minimum execution time: 88_285_000 picoseconds.
		Weight::from_parts(94_998_000, 36410)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn verify_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 7_327_620_000 picoseconds.
		Weight::from_parts(7_276_314_671, 36410)
			// Standard Error: 100_988
			.saturating_add(Weight::from_parts(61_767_873, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(32945), added: 35420, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn store_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 6_289_492_000 picoseconds.
		Weight::from_parts(6_447_852_505, 0)
			// Standard Error: 487_280
			.saturating_add(Weight::from_parts(49_741_766, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}
