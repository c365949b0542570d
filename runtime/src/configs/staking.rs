//! `LockStaking`: what locking stake earns. Who makes blocks is `consensus`' `Staking`.

use frame_support::{
	parameter_types,
	traits::{fungible::Inspect, ConstU128, ConstU32, Get},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{Balance, VKTR};

use crate::{
	adapters::{live::ElapsedSlots, votes::BallotBox},
	configs::{
		inference::{QualityAccount, TreasuryAccount},
		parameters::dynamic,
		supply::{EmissionPot, StreamPot},
	},
	timing::{self, Days},
	AccountId, Balances, Runtime, RuntimeCall, System,
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

/// All tokens but those in the protocol's own pots, of which the vault is none: they are their stakers'.
pub struct Circulating;
impl Get<Balance> for Circulating {
	fn get() -> Balance {
		let pot = |pot: PalletId| Balances::balance(&pot.into_account_truncating());
		let held = [pot(EmissionPot::get()), pot(StreamPot::get()), Balances::balance(&TreasuryAccount::get())];
		held.into_iter().fold(Balances::total_issuance(), Balance::saturating_sub)
	}
}

type Call = pallet_lock_staking::Call<Runtime>;

/// Calls by which a stake votes.
pub fn votes(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::LockStaking(Call::vote { .. } | Call::delegate { .. } | Call::trim { .. }))
}

/// Calls that only ever move a stake between its owner and the vault.
pub fn keeps(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::LockStaking(Call::stake { .. } | Call::unstake { .. } | Call::extend { .. }))
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
	type Validators = QualityAccount;
	type Ballots = BallotBox;
	type Circulating = Circulating;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_lock_staking::weights::SubstrateWeight<Runtime>;
}
