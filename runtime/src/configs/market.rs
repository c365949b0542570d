//! `Buyback`: what VKTR is worth, and how revenue buys it.

use frame_support::traits::{ConstU128, Get};
use frame_system::EnsureRoot;
use vektor_primitives::ONE_USDC;

use crate::{
	adapters::{
		live::ElapsedSlots,
		pool::{DollarPool, LastVrf},
	},
	configs::staking::Interval,
	timing::{self, Days},
	AccountId, Revenue, Runtime, System,
};

/// A sixth of the chain's own hour, and ten slots at the least: a missed slot makes no average stale.
pub struct Fast;
impl Get<u32> for Fast {
	fn get() -> u32 {
		(timing::hours(1) / 6).max(10)
	}
}

/// The chain's own hour, and sixty slots at the least.
pub struct Slow;
impl Get<u32> for Slow {
	fn get() -> u32 {
		timing::hours(1).max(60)
	}
}

impl pallet_buyback::Config for Runtime {
	type Pool = DollarPool;
	type Purchases = Revenue;
	type Elapsed = ElapsedSlots;
	type Height = System;
	type Seed = LastVrf;
	type Interval = Interval;
	type Day = Days<1>;
	type Fast = Fast;
	type Slow = Slow;
	type LeastClip = ConstU128<ONE_USDC>;
	type LeastDepth = ConstU128<{ 1_000 * ONE_USDC }>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_buyback::weights::SubstrateWeight<Runtime>;
}
