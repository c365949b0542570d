//! The Vektor runtime: what the chain is.
//!
//! * `configs`: how every pallet is configured, by theme.
//! * `apis`: the runtime APIs.
//! * `adapters`: where two pallets meet.
//! * `presets`: the genesis of each network.
//! * `timing`: the durations, genesis-only.
//! * `rehearsal`: the next version, to upgrade a running chain to; in no runtime that ships.
#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// The SDK's macros make undocumented items.
#![allow(missing_docs)]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

#[cfg(feature = "runtime-benchmarks")]
#[macro_use]
mod benches;

pub mod adapters;
pub mod apis;
pub mod configs;
pub mod params;
pub mod presets;
#[cfg(feature = "rehearsal")]
mod rehearsal;
pub mod timing;

use alloc::vec::Vec;
use pallet_session::historical as pallet_session_historical;
use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use configs::consensus::{SessionKeys, BABE_GENESIS_EPOCH};
pub use configs::parameters::{RuntimeParameters, RuntimeParametersKey};
#[cfg(feature = "rehearsal")]
pub use rehearsal::VERSION;
pub use vektor_primitives::{Asset, Balance};

/// The version. `transaction_version` rises whenever an index of a call or an extension changes.
#[cfg(not(feature = "rehearsal"))]
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("vektor"),
	impl_name: alloc::borrow::Cow::Borrowed("vektor"),
	authoring_version: 1,
	spec_version: 100,
	impl_version: 0,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Sr25519, Ed25519 or ECDSA.
pub type Signature = MultiSignature;
/// A public key, or the hash of one.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An account as a call names it.
pub type Address = MultiAddress<AccountId, ()>;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// The height of a block.
pub type BlockNumber = u32;
/// Blake2b-256.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its justification.
pub type SignedBlock = generic::SignedBlock<Block>;

/// What every transaction carries and what is checked of it, in this order (clients rely on it).
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	frame_system::CheckNonce<Runtime>,
	adapters::evidence::CheckWeight,
	pallet_asset_conversion_tx_payment::ChargeAssetTxPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// A transaction as it comes.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What is signed.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Executes blocks.
pub type Executive =
	frame_executive::Executive<Runtime, Block, frame_system::ChainContext<Runtime>, Runtime, AllPalletsWithSystem>;

/// Every pallet. Its index is the order of hooks and of genesis, is part of every encoded call, and is for ever.
#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(3)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(4)]
	pub type Timing = crate::timing;

	#[runtime::pallet_index(5)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(6)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(7)]
	pub type Assets = pallet_assets<Instance1>;
	#[runtime::pallet_index(8)]
	pub type AssetRate = pallet_asset_rate;
	#[runtime::pallet_index(9)]
	pub type PoolAssets = pallet_assets<Instance2>;
	#[runtime::pallet_index(10)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(11)]
	pub type AssetTxPayment = pallet_asset_conversion_tx_payment;
	#[runtime::pallet_index(12)]
	pub type Vesting = pallet_vesting;

	// Staking before Session: genesis asks Staking for the first validators.
	#[runtime::pallet_index(20)]
	pub type VoterList = pallet_bags_list<Instance1>;
	#[runtime::pallet_index(21)]
	pub type Staking = pallet_staking;
	#[runtime::pallet_index(22)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(23)]
	pub type Historical = pallet_session_historical;
	#[runtime::pallet_index(24)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(25)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(26)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	#[runtime::pallet_index(30)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(31)]
	pub type Bounties = pallet_bounties;
	#[runtime::pallet_index(32)]
	pub type ChildBounties = pallet_child_bounties;
	#[runtime::pallet_index(33)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(34)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(35)]
	pub type Referenda = pallet_referenda;
	#[runtime::pallet_index(36)]
	pub type ConvictionVoting = pallet_conviction_voting;
	#[runtime::pallet_index(37)]
	pub type Origins = crate::configs::origins;
	#[runtime::pallet_index(38)]
	pub type Whitelist = pallet_whitelist;

	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(43)]
	pub type Identity = pallet_identity;
	#[runtime::pallet_index(44)]
	pub type Parameters = pallet_parameters;

	#[runtime::pallet_index(50)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(51)]
	pub type TxPause = pallet_tx_pause;
	#[runtime::pallet_index(52)]
	pub type MultiBlockMigrations = pallet_migrations;
	#[runtime::pallet_index(53)]
	pub type Sudo = pallet_sudo;

	// After the brakes, which end themselves in their own hooks.
	#[runtime::pallet_index(60)]
	pub type LiveClock = pallet_live_clock;
	// Before whoever books by its rounds; after Vesting, whose locks its genesis sets, and Parameters, whose values.
	#[runtime::pallet_index(61)]
	pub type Supply = pallet_supply;
	#[runtime::pallet_index(62)]
	pub type Operators = pallet_operators;
	// After Session, whose new validators probe, and Operators, whom it accuses.
	#[runtime::pallet_index(63)]
	pub type Connectivity = pallet_connectivity;
	#[runtime::pallet_index(64)]
	pub type Models = pallet_models;
	#[runtime::pallet_index(65)]
	pub type Verification = pallet_verification;
	#[runtime::pallet_index(66)]
	pub type Jobs = pallet_jobs;
	#[runtime::pallet_index(68)]
	pub type Revenue = pallet_revenue;
	// After Revenue, whose rounds end first; before LockStaking, which gives out what was bought.
	#[runtime::pallet_index(69)]
	pub type Buyback = pallet_buyback;
	#[runtime::pallet_index(70)]
	pub type LockStaking = pallet_lock_staking;
}
