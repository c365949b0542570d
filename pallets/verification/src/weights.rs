// Generated. benchmarking.rs: 1a605861a786d0d0b58eca0d93e997bb63fe58c0
//! Weights of `pallet_verification`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-21, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn refuse() -> Weight;
	fn verify_ezkl(p: u32, ) -> Weight;
	fn store_ezkl() -> Weight;
	fn trust_srs() -> Weight;
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
	fn trust_root() -> Weight;
	fn approve_ceremony() -> Weight;
	fn verify_groth16(n: u32, ) -> Weight;
	fn store_groth16(n: u32, ) -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(12344), added: 14819, mode: `MaxEncodedLen`)
	fn refuse() -> Weight {
		// Minimum execution time: 78_226_000 picoseconds.
		Weight::from_parts(85_317_000, 15809)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:1 w:0)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(12344), added: 14819, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn verify_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 6_124_686_000 picoseconds.
		Weight::from_parts(5_868_025_865, 15809)
			// Standard Error: 146_592
			.saturating_add(Weight::from_parts(105_838_886, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Verification::Keys` (r:0 w:1)
	/// Proof: `Verification::Keys` (`max_values`: None, `max_size`: Some(12344), added: 14819, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[3, 128]`.
	fn store_groth16(n: u32, ) -> Weight {
		// Minimum execution time: 5_265_588_000 picoseconds.
		Weight::from_parts(5_259_229_927, 0)
			// Standard Error: 28_951
			.saturating_add(Weight::from_parts(40_224_171, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn verify_ezkl(_p: u32, ) -> Weight { Weight::zero() }
	fn store_ezkl() -> Weight { Weight::zero() }
	fn trust_srs() -> Weight { Weight::zero() }
	fn approve_ceremony() -> Weight { Weight::zero() }
	fn check_snp() -> Weight { Weight::zero() }
	fn check_tdx() -> Weight { Weight::zero() }
	fn check_gpu() -> Weight { Weight::zero() }
	fn check_authorities() -> Weight { Weight::zero() }
	fn keep_session(_n: u32, ) -> Weight { Weight::zero() }
	fn verify_session() -> Weight { Weight::zero() }
	fn store_session_key() -> Weight { Weight::zero() }
	fn post_collateral() -> Weight { Weight::zero() }
	fn allow_image() -> Weight { Weight::zero() }
	fn revoke_certificate() -> Weight { Weight::zero() }
	fn trust_root() -> Weight { Weight::zero() }
}
