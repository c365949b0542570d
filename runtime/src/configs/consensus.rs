//! Who makes blocks, who finalises them, who is punished.

use alloc::vec::Vec;
use frame_election_provider_support::{
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain, SequentialPhragmen, VoteWeight,
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32},
};
use pallet_session::{disabling::UpToLimitWithReEnablingDisablingStrategy, historical as pallet_session_historical};
use pallet_staking::{FixedNominationsQuota, UseValidatorsMap};
use sp_runtime::{
	impl_opaque_keys,
	traits::{ConvertInto, OpaqueKeys},
	Perbill,
};
use sp_staking::currency_to_vote::U128CurrencyToVote;
use vektor_primitives::{Balance, VKTR};

use crate::{
	adapters::{
		burns::{Burn, Slashes},
		eras::FromPots,
		offences::SlashAndChill,
	},
	configs::system::Admin,
	params::{deposit, MaxValidators, MaxVoters, CAP, MAX_TARGETS, MAX_VOTERS},
	timing, AccountId, AuthorityDiscovery, Babe, Balances, Connectivity, Grandpa, Historical, Offences, Runtime,
	RuntimeEvent, RuntimeHoldReason, Session, Staking, Timestamp, VoterList,
};

impl timing::Config for Runtime {}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	type MinimumPeriod = timing::MinimumPeriod;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

/// One slot in four has a primary author on average; secondary slots with VRF fill the rest, so that every block carries
/// randomness and block times are even.
pub const BABE_GENESIS_EPOCH: sp_consensus_babe::BabeEpochConfiguration = sp_consensus_babe::BabeEpochConfiguration {
	c: (1, 4),
	allowed_slots: sp_consensus_babe::AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

impl pallet_babe::Config for Runtime {
	type EpochDuration = timing::EpochSlots;
	type ExpectedBlockTime = timing::SlotMs;
	/// Session rotates at BABE's epochs.
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type MaxAuthorities = MaxValidators;
	type MaxNominators = MaxVoters;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, timing::ReportLongevity>;
	/// The SDK has no other: its own numbers, with RocksDB's dearer reads and writes.
	type WeightInfo = ();
}

impl pallet_grandpa::Config for Runtime {
	type MaxAuthorities = MaxValidators;
	type MaxNominators = MaxVoters;
	/// Zero would make every report fail from the second set on.
	type MaxSetIdSessionEntries = timing::SetIdSessions;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, timing::ReportLongevity>;
	type RuntimeEvent = RuntimeEvent;
	/// The SDK has no other: its own numbers, with RocksDB's dearer reads and writes.
	type WeightInfo = ();
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	/// Era points.
	type EventHandler = Staking;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxValidators;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session_historical::IdentificationTuple<Self>;
	type OnOffenceHandler = SlashAndChill;
}

impl pallet_session_historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	/// Exposures are in staking's own storage: a proof only has to show membership.
	type FullIdentification = ();
	type FullIdentificationOf = pallet_staking::UnitIdentificationOf<Self>;
}

impl_opaque_keys! {
	/// A validator's keys, in the order of the pallets that use them.
	pub struct SessionKeys {
		pub babe: Babe,
		pub grandpa: Grandpa,
		pub authority_discovery: AuthorityDiscovery,
		pub connectivity: Connectivity,
	}
}

parameter_types! {
	/// Four keys of 32 bytes and the index of each.
	pub const SessionKeyDeposit: Balance = deposit(5, 320);
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	/// Notes each session's validators, so that an old offence can be proved.
	type SessionManager = pallet_session_historical::NoteHistoricalRoot<Self, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	/// At most a third is disabled, the worst offenders first.
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	type Currency = Balances;
	type KeyDeposit = SessionKeyDeposit;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub Bounds: ElectionBounds =
		ElectionBoundsBuilder::default().voters_count(MAX_VOTERS.into()).targets_count(MAX_TARGETS.into()).build();
	pub const BagThresholds: &'static [VoteWeight] = &THRESHOLDS;
}

/// Elections run in the block that ends a session: with at most 32 validators and 1,000 voters a miner would be waste.
pub struct OnChainElection;
impl onchain::Config for OnChainElection {
	/// Cuts the lightest backers where bounds are exceeded, instead of failing.
	type Sort = ConstBool<true>;
	type System = Runtime;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type MaxBackersPerWinner = MaxVoters;
	type MaxWinnersPerPage = MaxValidators;
	type DataProvider = Staking;
	type WeightInfo = frame_election_provider_support::weights::SubstrateWeight<Runtime>;
	type Bounds = Bounds;
}

/// The sizes that staking's benchmarks use.
pub struct StakingBenchmarks;
impl pallet_staking::BenchmarkingConfig for StakingBenchmarks {
	type MaxValidators = MaxValidators;
	type MaxNominators = MaxVoters;
}

impl pallet_staking::Config for Runtime {
	type OldCurrency = Balances;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CurrencyBalance = Balance;
	type UnixTime = Timestamp;
	type CurrencyToVote = U128CurrencyToVote;
	type ElectionProvider = onchain::OnChainExecution<OnChainElection>;
	type GenesisElectionProvider = Self::ElectionProvider;
	type NominationsQuota = FixedNominationsQuota<16>;
	type HistoryDepth = timing::HistoryEras;
	/// Nothing: validators are booked all that an era pays.
	type RewardRemainder = ();
	type RuntimeEvent = RuntimeEvent;
	/// Burned: nobody gains from a slash, so nobody is tempted to cause one.
	type Slash = Burn<Slashes>;
	/// What staking mints is paid for in the same call: issuance never grows.
	type Reward = FromPots;
	type SessionsPerEra = timing::SessionsPerEra;
	type BondingDuration = timing::BondingEras;
	type SlashDeferDuration = timing::SlashDeferEras;
	type AdminOrigin = Admin;
	type SessionInterface = Self;
	/// What `Supply`'s rounds have put aside, whatever the issuance and however long the era took.
	type EraPayout = FromPots;
	type NextNewSession = Session;
	/// Nominators paid per call of `payout_stakers`.
	type MaxExposurePageSize = ConstU32<64>;
	type MaxValidatorSet = MaxValidators;
	/// Sorted in bags, so that the heaviest voters are read first.
	type VoterList = VoterList;
	type TargetList = UseValidatorsMap<Self>;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxControllersInDeprecationBatch = ConstU32<1>;
	type EventListeners = ();
	type Filter = frame_support::traits::Nothing;
	type BenchmarkingConfig = StakingBenchmarks;
	type WeightInfo = pallet_staking::weights::SubstrateWeight<Runtime>;
}

/// The one instance of `pallet-bags-list`.
pub type VoterBags = frame_support::instances::Instance1;

impl pallet_bags_list::Config<VoterBags> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ScoreProvider = Staking;
	type BagThresholds = BagThresholds;
	/// Voters are rebagged by themselves: a slashed one does not keep its place.
	type MaxAutoRebagPerBlock = ConstU32<5>;
	type Score = VoteWeight;
	type WeightInfo = pallet_bags_list::weights::SubstrateWeight<Runtime>;
}

const BAGS: usize = 64;

/// Vote weights are amounts divided so that all issuance fits a `u64` (`U128CurrencyToVote`).
const VOTE: u128 = CAP / 18_446_744_073_709_551_615;

/// Bags' upper bounds, each 4/3 of the one below: from the presets' least nominator's bond, 10 VKTR, to beyond half of the
/// cap in 64 steps.
#[expect(
	clippy::as_conversions,
	clippy::indexing_slicing,
	reason = "evaluated by the compiler; a test checks that the bounds rise"
)]
pub const THRESHOLDS: [VoteWeight; BAGS] = {
	let mut bags = [VoteWeight::MAX; BAGS];
	let mut bound = 10 * VKTR / VOTE;
	let mut at = 0;
	while at + 1 < BAGS {
		bags[at] = bound as VoteWeight;
		bound = bound * 4 / 3 + 1;
		at += 1;
	}
	bags
};
