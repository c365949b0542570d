//! How the chain decides, and what it spends. `Scheduler`, `Referenda` and `ConvictionVoting` share one clock, `System`:
//! governance is never paused.

use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, tokens::UnityOrOuterConversion, AsEnsureOriginWithArg, ConstU32, EitherOf,
		EitherOfDiverse, EqualPrivilegeOnly, Equals, LinearStoragePrice,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use sp_runtime::{traits::IdentityLookup, Perbill, Permill};
use vektor_primitives::{Asset, Balance, VKTR};

use crate::{
	adapters::{
		burns::{Burn, Deposits},
		money::Money,
		treasury::PayFromTreasury,
		votes::{Electorate, OnceEach, VotePower, Weights},
	},
	configs::{
		monetary::Native,
		origins::{self, ReferendumCanceller, ReferendumKiller, Treasurer, WhitelistedCaller},
		tracks::Tracks,
	},
	params::{deposit, CAP, MAXIMUM_BLOCK_WEIGHT},
	timing::Days,
	AccountId, AssetRate, Balances, Bounties, ChildBounties, OriginCaller, Preimage, Referenda, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, Scheduler, System, Treasury,
};

impl origins::Config for Runtime {}

parameter_types! {
	pub const PreimageDepositBase: Balance = deposit(2, 64);
	pub const PreimageDepositPerByte: Balance = deposit(0, 1);
	pub const PreimageHold: RuntimeHoldReason = RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHold,
		LinearStoragePrice<PreimageDepositBase, PreimageDepositPerByte, Balance>,
	>;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// The rest of a block stays for the transactions of that block.
	pub MaximumScheduledWeight: Weight = Perbill::from_percent(60) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumScheduledWeight;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type MaxScheduledPerBlock = ConstU32<50>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Lost by nobody who asks in earnest, dear to who floods the queue.
	pub const SubmissionDeposit: Balance = 100 * VKTR;
}

impl pallet_referenda::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type Scheduler = Scheduler;
	type Currency = Balances;
	type SubmitOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type CancelOrigin = EitherOf<EnsureRoot<AccountId>, ReferendumCanceller>;
	type KillOrigin = EitherOf<EnsureRoot<AccountId>, ReferendumKiller>;
	/// Burned: a killed referendum enriches nobody.
	type Slash = Burn<Deposits>;
	type Votes = Balance;
	type Tally = pallet_conviction_voting::TallyOf<Runtime>;
	type SubmissionDeposit = SubmissionDeposit;
	type MaxQueued = ConstU32<100>;
	type UndecidingTimeout = Days<14>;
	type AlarmInterval = ConstU32<1>;
	type Tracks = Tracks;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_referenda::weights::SubstrateWeight<Runtime>;
}

impl pallet_conviction_voting::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = VotePower;
	type Polls = Referenda;
	type MaxTurnout = Electorate;
	type MaxVotes = ConstU32<512>;
	type VoteLockingPeriod = Days<7>;
	type BlockNumberProvider = System;
	type VotingHooks = OnceEach;
	type WeightInfo = Weights;
}

impl pallet_whitelist::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WhitelistOrigin = EnsureRoot<AccountId>;
	type DispatchWhitelistedOrigin = EitherOf<EnsureRoot<AccountId>, WhitelistedCaller>;
	type Preimages = Preimage;
	type DeferredDispatchExpiration = Days<28>;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_whitelist::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const TreasuryPalletId: PalletId = PalletId(*b"vk/trsry");
	/// Nothing burns by itself: the cap is money already.
	pub const TreasuryBurn: Permill = Permill::zero();
	pub const SpendLimit: Balance = CAP;
}

impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Treasurer>;
	type RuntimeEvent = RuntimeEvent;
	type SpendPeriod = Days<7>;
	type Burn = TreasuryBurn;
	type PalletId = TreasuryPalletId;
	type BurnDestination = ();
	type SpendFunds = Bounties;
	type MaxApprovals = ConstU32<100>;
	type SpendOrigin = EitherOf<EnsureRootWithSuccess<AccountId, SpendLimit>, Treasurer>;
	/// VKTR or an asset: grants in USDC are spends with `valid_from` per milestone.
	type AssetKind = Asset;
	type Beneficiary = AccountId;
	type BeneficiaryLookup = IdentityLookup<AccountId>;
	type Paymaster = PayFromTreasury;
	/// A governed rate: a market's average may be stale when a referendum is enacted.
	type BalanceConverter = UnityOrOuterConversion<Equals<Native>, AssetRate>;
	type PayoutPeriod = Days<30>;
	type BlockNumberProvider = System;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const BountyDepositBase: Balance = 10 * VKTR;
	pub const CuratorDepositShare: Permill = Permill::from_percent(50);
	pub CuratorDepositMin: Option<Balance> = Some(10 * VKTR);
	pub CuratorDepositMax: Option<Balance> = Some(10_000 * VKTR);
	pub const BountyValueMinimum: Balance = 100 * VKTR;
	pub const ReasonByteDeposit: Balance = deposit(0, 1);
	pub BountyAssets: alloc::vec::Vec<Asset> = alloc::vec![Asset::Native];
}

impl pallet_bounties::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type BountyDepositBase = BountyDepositBase;
	type BountyDepositPayoutDelay = Days<4>;
	type BountyUpdatePeriod = Days<90>;
	type CuratorDepositMultiplier = CuratorDepositShare;
	type CuratorDepositMax = CuratorDepositMax;
	type CuratorDepositMin = CuratorDepositMin;
	type BountyValueMinimum = BountyValueMinimum;
	type DataDepositPerByte = ReasonByteDeposit;
	type MaximumReasonLength = ConstU32<16_384>;
	type ChildBountyManager = ChildBounties;
	/// A curator's slashed deposit goes back to the treasury it failed.
	type OnSlash = Treasury;
	type TransferAllAssets = pallet_bounties::TransferAllFungibles<AccountId, Money, BountyAssets>;
	type WeightInfo = pallet_bounties::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const ChildBountyValueMinimum: Balance = 10 * VKTR;
}

impl pallet_child_bounties::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type MaxActiveChildBountyCount = ConstU32<64>;
	type ChildBountyValueMinimum = ChildBountyValueMinimum;
	type WeightInfo = pallet_child_bounties::weights::SubstrateWeight<Runtime>;
}
