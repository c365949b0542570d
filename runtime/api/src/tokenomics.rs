//! Money: lots, earnings, supply, emission, locks.

use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;
use vektor_primitives::{Asset, Balance, Ppm, Usd};

/// A lot: one round's revenue on its way to becoming VKTR (money.md, "Revenue -> lots").
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct LotInfo {
	/// Its number, from 0.
	pub lot: u32,
	/// Its state: `Collecting`, `Buying`, `Closed`, or `Overflow` where the market could not take it in a week.
	pub state: String,
	/// What it holds.
	pub asset: Asset,
	/// Everything that joined it, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub asset_in: Balance,
	/// The operators' part of that.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub operators: Balance,
	/// The stakers' part of that.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub stakers: Balance,
	/// The part that is burned once bought.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub burn: Balance,
	/// The value of the payments behind it.
	pub value: Usd,
	/// The block in which it opened.
	pub opened: u32,
	/// What of it is to be spent yet.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub to_spend: Balance,
	/// What was bought for what was spent, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub bought: Balance,
	/// What operators get of that, once they may claim.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub native_shares: Balance,
	/// What operators get as it was paid, where it overflowed.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub asset_shares: Balance,
	/// The block since which operators may claim.
	pub claimable: Option<u32>,
}

/// An operator's part of a lot (money.md, "Revenue -> lots").
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct AccrualInfo {
	/// The lot.
	pub lot: u32,
	/// In what it was paid.
	pub asset: Asset,
	/// The operator's part of what was set aside, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub amount: Balance,
	/// Whether it may be claimed: `revenue.claim`, by anybody, free.
	pub claimable: bool,
	/// What there is to claim, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub native: Balance,
	/// What there is to claim as it was paid, where the lot overflowed.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub paid: Balance,
	/// The live slots until it may be claimed at the earliest: its round ends first, and is bought after that. Zero where it may.
	pub earliest: u32,
}

/// What an operator's work of a round earned of the emission (money.md, "Supply").
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct WorkInfo {
	/// The round.
	pub round: u32,
	/// What the operator's settlements leaked in it, in micro-USD.
	pub leak: Usd,
	/// What there is to claim, in the native token's smallest unit: `revenue.claimWork`, by anybody, free. Nothing while the round is on.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub amount: Balance,
}

/// What an operator's attested devices bring it while it can be reached.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct AvailabilityInfo {
	/// The GPUs that count now: attested, declared, and with collateral behind them.
	pub devices: u32,
	/// Until when they do, Unix time in seconds. Zero where there is none.
	pub until: u64,
	/// What there is to claim, in the native token's smallest unit: `revenue.claimAvailability`, by anybody, free.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub earned: Balance,
}

/// The active split of revenue, parts per million that sum to one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct SplitInfo {
	/// To the operator at once, in the asset paid.
	pub direct: Ppm,
	/// To the operator after the buyback.
	pub operators: Ppm,
	/// To the stakers after the buyback.
	pub stakers: Ppm,
	/// Bought and burned.
	pub burn: Ppm,
	/// To the treasury.
	pub treasury: Ppm,
	/// To the reserve.
	pub reserve: Ppm,
	/// To operations.
	pub operations: Ppm,
	/// To the quality pot.
	pub quality: Ppm,
}

/// One thing of an account's that the protocol holds.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct HeldMoney {
	/// What it is: `escrow`, `collateral`, `unbonding`, `model deposit`, `accrual`, `owed`, `airdrop`, `lock stake`, `stake`, `deposit`; `locked` is
	/// part of the account's own balance, not beside it.
	pub what: String,
	/// The job, operator, model or lot it belongs to, as its id or number.
	pub of: String,
	/// In which asset.
	pub asset: Asset,
	/// How much, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub amount: Balance,
	/// When it is free, in words.
	pub free_when: String,
	/// By which call it comes free, such as `jobs.expire`.
	pub by: String,
}

/// Where every token is (money.md, "Supply"). Amounts are in the native token's smallest unit.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct SupplyInfo {
	/// All that will ever exist.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub cap: Balance,
	/// All that exists: with what was burned it sums to the cap.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub issued: Balance,
	/// What is issued, neither locked by vesting nor in a pot of the protocol.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub circulating: Balance,
	/// What vesting locks now, of all accounts.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub vesting: Balance,
	/// The table of allocations.
	pub allocations: Vec<AllocationInfo>,
	/// The protocol's own accounts.
	pub pots: Vec<PotInfo>,
	/// What was burned, by cause.
	pub burned: Vec<BurnInfo>,
	/// What rounds have emitted and may emit.
	pub emission: EmissionInfo,
	/// Shares of the airdrop that nobody has claimed yet.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub unclaimed_airdrop: Balance,
}

/// A row of the table of allocations.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct AllocationInfo {
	/// What it is for, as its document calls it.
	pub name: String,
	/// How much.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub amount: Balance,
	/// What of it has come free: by the table, or by what was emitted.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub unlocked: Balance,
}

/// An account of the protocol's.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct PotInfo {
	/// What is in it.
	pub name: String,
	/// The account.
	pub account: AccountId32,
	/// All that it holds.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub balance: Balance,
}

/// Tokens that are gone for ever.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct BurnInfo {
	/// Why: `fee`, `slash`, `deposit`, `dust`, `voluntary`.
	pub cause: String,
	/// How many.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub amount: Balance,
}

/// The emission. No promise: what a round calls for stays in the pot where nobody takes it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct EmissionInfo {
	/// How much a round emits: `loadWeighted`, `yearTable`, `released`, `milestones`.
	pub policy: String,
	/// The round that is on.
	pub round: u32,
	/// The live time at which it ends, in slots.
	pub round_ends: u32,
	/// What the pot held at genesis.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub total: Balance,
	/// What it holds now.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub remaining: Balance,
	/// What has left it and not come back: the sum of the parts less what came back.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub emitted: Balance,
	/// To operators for being there.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub availability: Balance,
	/// To operators for work.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub work: Balance,
	/// To stakers.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub stakers: Balance,
	/// To validators.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub validators: Balance,
	/// What came back: rewards that nobody earned.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub returned: Balance,
	/// What may be emitted until the end of each of the coming years.
	pub forecast: Vec<ForecastInfo>,
}

/// The least and the most that the policy lets rounds emit from now to the end of a year, to within a round.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct ForecastInfo {
	/// The year from now, from 1.
	pub year: u32,
	/// With the least load, nothing released, no milestone reached.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub least: Balance,
	/// With the most load, and a leak that allows it.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub most: Balance,
}

/// A stake under a lock, as it stands now: a lock that has ended is liquid.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct PositionInfo {
	/// Its number: no other ever has it.
	pub position: u32,
	/// Its tier's number.
	pub tier: u8,
	/// What it is worth, in the native token's smallest unit: what was put in, and its yield.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub worth: Balance,
	/// What was put in and not taken out.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub principal: Balance,
	/// The slot, counted from the chain's first, at which it becomes liquid. Zero where it is.
	pub liquid_at: u32,
	/// The slot now, counted so.
	pub now: u32,
	/// What a unit in it earns beside a liquid one.
	pub yields: Ppm,
	/// What a unit in it votes with, in a referendum that ends before its lock.
	pub votes: Ppm,
	/// Of its worth, what is due to those whom its yield is shared with.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub due: Balance,
}

/// A tier, and what it earns in a year at the pace of this interval: an observation, yield upon yield not counted, and no promise.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct TierInfo {
	/// Its number.
	pub tier: u8,
	/// For how many days a stake in it is locked.
	pub days: u32,
	/// What a unit in it earns beside a liquid one.
	pub yields: Ppm,
	/// What a unit in it votes with.
	pub votes: Ppm,
	/// What all stakes in it are worth, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub staked: Balance,
	/// From what clients paid, in parts per million of a stake. Example: `50_000` is 5 %.
	pub real_yield: u64,
	/// From what is emitted, in parts per million of a stake.
	pub emission: u64,
	/// The slot, counted from the chain's first, at which a stake of now becomes liquid. Zero where it is at once.
	pub liquid_at: u32,
	/// The slot now, counted so.
	pub now: u32,
}
