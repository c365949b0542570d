//! `Supply`: the cap, the pots and who says what of them.

use frame_support::{parameter_types, PalletId};
use frame_system::EnsureRoot;
use vektor_primitives::{Balance, VKTR};

use crate::{
	adapters::{
		emission::{BookedLoad, MonthEnd, StopTheChain, ToWhoEarnedIt},
		eras::StakingEras,
		live::ElapsedSlots,
	},
	configs::{
		inference::TreasuryAccount,
		parameters::{Governed, GovernedRules},
	},
	params::CAP,
	AccountId, Balances, Buyback, LiveClock, Runtime, Signature, Vesting,
};

parameter_types! {
	pub const Cap: Balance = CAP;
	/// One token: rounding takes less than a unit of the smallest a payment.
	pub const Cushion: Balance = VKTR;
	/// What is not emitted yet.
	pub const EmissionPot: PalletId = PalletId(*b"vk/emiss");
	/// What validators have earned and were not paid yet.
	pub const EraPot: PalletId = PalletId(*b"vk/erapt");
	/// The treasury's allocation while it comes free.
	pub const StreamPot: PalletId = PalletId(*b"vk/strem");
	/// What the airdrop's list may claim.
	pub const AirdropPot: PalletId = PalletId(*b"vk/airdr");
}

impl pallet_supply::Config for Runtime {
	type Currency = Balances;
	type Vesting = Vesting;
	type Elapsed = ElapsedSlots;
	type MonthEnd = MonthEnd;
	type Clock = LiveClock;
	type Load = BookedLoad;
	type Prices = Buyback;
	type Receivers = ToWhoEarnedIt;
	type Eras = StakingEras;
	type Alarm = StopTheChain;
	type Parameters = Governed;
	type Rules = GovernedRules;
	type AdminOrigin = EnsureRoot<AccountId>;
	type Signature = Signature;
	type Cap = Cap;
	type Cushion = Cushion;
	type EmissionPot = EmissionPot;
	type EraPot = EraPot;
	type StreamPot = StreamPot;
	type AirdropPot = AirdropPot;
	type Treasury = TreasuryAccount;
	type WeightInfo = pallet_supply::weights::SubstrateWeight<Runtime>;
}
