//! `LockStaking`: what locking stake earns. Who makes blocks is `consensus`' `Staking`.

use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, Get},
	PalletId,
};
use frame_system::EnsureRoot;
use vektor_primitives::VKTR;

use crate::{
	adapters::live::ElapsedSlots,
	configs::{inference::TreasuryAccount, parameters::dynamic},
	timing::{self, Days},
	AccountId, Balances, Runtime, System,
};

parameter_types! {
	/// All that is staked, and the rewards on their way.
	pub const VaultPot: PalletId = PalletId(*b"vk/vault");
}

/// A sixth of an hour of the chain's own: a hundred blocks in production.
pub struct Interval;
impl Get<u32> for Interval {
	fn get() -> u32 {
		(timing::hours(1) / 6).max(1)
	}
}

impl pallet_lock_staking::Config for Runtime {
	type Currency = Balances;
	type Elapsed = ElapsedSlots;
	type Height = System;
	type Day = Days<1>;
	type Interval = Interval;
	type StreamLength = dynamic::emission::RoundLength;
	type MinStake = ConstU128<VKTR>;
	type MinTotal = ConstU128<{ 100_000 * VKTR }>;
	/// Thirty days of sixths of an hour.
	type Patience = ConstU32<4_320>;
	type MaxPositions = ConstU32<16>;
	type PotId = VaultPot;
	type Treasury = TreasuryAccount;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_lock_staking::weights::SubstrateWeight<Runtime>;
}
