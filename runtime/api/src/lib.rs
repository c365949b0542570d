//! Runtime API traits, one per domain: the twins of the custom JSON-RPC methods, usable by any client through
//! `state_call`. Amounts are integers of the smallest unit; as JSON they are decimal strings.
#![cfg_attr(not(feature = "std"), no_std)]
// `decl_runtime_apis!` makes undocumented items of its own.
#![allow(missing_docs)]

extern crate alloc;

mod connectivity;

pub use connectivity::*;

use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;
use vektor_primitives::{
	Asset, Assurance, Balance, CaseId, Evidence, EvidenceError, Felt, Ineligible, JobId, KeySetup, ModelId, Offence,
	OperatorId, OperatorStatus, Ppm, ProberId, ProberSignature, Reach, Statement, Usd,
};

/// An operator as the chain knows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct OperatorInfo {
	/// Its id.
	pub id: OperatorId,
	/// The cold account: only it touches money.
	pub owner: AccountId32,
	/// The hot key that signs everyday calls.
	pub agent: AccountId32,
	/// Where it stands.
	pub status: OperatorStatus,
	/// The name of its hardware class, such as `H100`.
	pub class: String,
	/// How many GPUs it declared.
	pub gpus: u32,
	/// Its region, such as `eu-west`.
	pub region: String,
	/// Where its agent listens, such as `http://203.0.113.7:9955`.
	pub endpoint: String,
	/// Collateral bonded, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub collateral: Balance,
	/// Collateral that its class asks for.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub required: Balance,
	/// Open pieces of work.
	pub open_work: u32,
	/// The value of that open work.
	pub exposure: Usd,
	/// The most that open work may be worth: what its free collateral is worth at the lowest price.
	pub exposure_bound: Usd,
	/// What open cases hold of its collateral, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub frozen: Balance,
	/// The stake tier that its collateral reaches, where there are tiers.
	pub tier: Option<String>,
	/// 0 to 1,000.
	pub reputation: u32,
	/// Of the work that it took, how much it finished, in parts per million. Nothing where it took none.
	pub fill_rate: Option<Ppm>,
	/// How it was found when its connection was last judged.
	pub reach: Reach,
	/// How much of the judged time it was up, weighted over 90 days, in parts per million.
	pub uptime: Ppm,
	/// The live time until which it is in maintenance, in slots, where it is.
	pub maintenance: Option<u32>,
	/// The live time until which it is barred, in slots, where it is. `4294967295` is for ever.
	pub barred: Option<u32>,
	/// Who its owner says to be, and what registrars say of it.
	pub identity: Option<IdentityInfo>,
	/// Why it takes no new work, where it takes none.
	pub ineligible: Option<Ineligible>,
}

/// An identity and what registrars say of it: a judgement to filter by, never a gate.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct IdentityInfo {
	/// The name that it displays.
	pub name: Option<String>,
	/// Whether a registrar found it reasonable or knows it.
	pub judged: bool,
	/// Whether a registrar knows it to be good.
	pub known_good: bool,
	/// The tier of its data centre, such as `Tier III`, as it states it in its field `data-centre`: worth what the judgement is.
	pub data_centre: Option<String>,
}

/// A candidate for a piece of work.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct CandidateInfo {
	/// How well it fits: of two, the higher is better. Its unit means nothing.
	pub score: u64,
	/// The operator.
	pub operator: OperatorInfo,
}

/// An open case against an operator.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct CaseInfo {
	/// Its number.
	pub case: CaseId,
	/// What it is accused of.
	pub offence: Offence,
	/// What it takes, in the native token's smallest unit. Nothing where it takes all.
	pub amount: Option<Balance>,
	/// The live time at which it was opened, in slots.
	pub opened: u32,
	/// The live time from which it is taken unless governance cancels it, in slots.
	pub due: u32,
}

/// Which operators to list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase", default))]
pub struct OperatorFilter {
	/// Only those that take new work.
	pub eligible: bool,
	/// Only those whose owner's identity a registrar found reasonable or knows.
	pub judged: bool,
	/// Only those of at least this reputation.
	pub reputation: u32,
	/// Only those of this region.
	pub region: Option<String>,
	/// At most this many, 100 at the most.
	pub limit: Option<u32>,
	/// Only those that this account owns.
	pub owner: Option<AccountId32>,
}

/// What one inference of a model costs now.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Quote {
	/// The model.
	pub model: ModelId,
	/// In what it would be paid.
	pub asset: Asset,
	/// How much the escrow would take, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub amount: Balance,
	/// The same in micro-USD.
	pub value: Usd,
	/// The shortest deadline a job may set, in live slots.
	pub min_deadline: u32,
	/// How its results are assured.
	pub assurance: Assurance,
	/// Who could forge the model's evidence.
	pub setup: KeySetup,
	/// Whether its key has stood unchallenged for the challenge period.
	pub verified: bool,
}

/// Where a job stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum JobState {
	/// The escrow is held; the operator may deliver until the deadline.
	#[codec(index = 0)]
	Open,
	/// Proved, verified and paid.
	#[codec(index = 1)]
	Settled,
	/// The deadline passed: the whole escrow went back.
	#[codec(index = 2)]
	Refunded,
	/// The deadline passed and the client's account refused the refund: it waits in the pot, and is tried again.
	#[codec(index = 3)]
	RefundDue,
}

/// A job as the chain knows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct JobInfo {
	/// Its id.
	pub id: JobId,
	/// Who pays.
	pub client: AccountId32,
	/// Who serves.
	pub operator: OperatorId,
	/// What is served.
	pub model: ModelId,
	/// The client's commitment to its input.
	pub commitment: H256,
	/// `blake2_256` of the payload that the client sends to the operator.
	pub payload: H256,
	/// In what is paid.
	pub asset: Asset,
	/// The escrow, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub price: Balance,
	/// The live time at which it was submitted, in slots.
	pub opened: u32,
	/// The live time up to which it may be delivered, in slots.
	pub deadline: u32,
	/// The live time now, in slots.
	pub now: u32,
	/// Where it stands.
	pub state: JobState,
	/// The outputs, once settled: field elements, big-endian.
	#[cfg_attr(feature = "std", serde(with = "felts"))]
	pub outputs: Vec<Felt>,
}

/// Which events of jobs to hear. What is left out does not restrict.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase", default))]
pub struct JobFilter {
	/// Only of this job.
	pub job: Option<JobId>,
	/// Only of jobs that this account pays.
	pub client: Option<AccountId32>,
	/// Only of jobs that this operator serves.
	pub operator: Option<OperatorId>,
	/// Only of jobs for this model.
	pub model: Option<ModelId>,
}

impl JobFilter {
	/// Whether an event passes.
	pub fn admits(&self, event: &JobEvent) -> bool {
		self.job.as_ref().is_none_or(|job| *job == event.job)
			&& self.client.as_ref().is_none_or(|client| *client == event.client)
			&& self.operator.as_ref().is_none_or(|operator| *operator == event.operator)
			&& self.model.as_ref().is_none_or(|model| *model == event.model)
	}
}

/// What happened to a job: the names of the events of `Jobs`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum JobEventKind {
	/// Paid into escrow, open to its operator.
	#[codec(index = 0)]
	Submitted,
	/// A result came and its proof holds.
	#[codec(index = 1)]
	Delivered,
	/// The escrow went where the split says.
	#[codec(index = 2)]
	Settled,
	/// A well-formed proof did not hold: the job stays open.
	#[codec(index = 3)]
	ProofRefused,
	/// The deadline passed: the whole escrow went back.
	#[codec(index = 4)]
	Refunded,
	/// The deadline passed and the client's account refused the refund: it is tried again.
	#[codec(index = 5)]
	RefundDeferred,
}

/// Something that happened to a job in one block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct JobEvent {
	/// The event's place in its block's `System.Events`.
	pub index: u32,
	/// The job.
	pub job: JobId,
	/// What happened.
	pub kind: JobEventKind,
	/// Who pays the job.
	pub client: AccountId32,
	/// Who serves it.
	pub operator: OperatorId,
	/// What is served.
	pub model: ModelId,
}

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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub asset_in: Balance,
	/// The operators' part of that.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub operators: Balance,
	/// The stakers' part of that.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub stakers: Balance,
	/// The part that is burned once bought.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub burn: Balance,
	/// The value of the payments behind it.
	pub value: Usd,
	/// The block in which it opened.
	pub opened: u32,
	/// What of it is to be spent yet.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub to_spend: Balance,
	/// What was bought for what was spent, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub bought: Balance,
	/// What operators get of that, once they may claim.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub native_shares: Balance,
	/// What operators get as it was paid, where it overflowed.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub amount: Balance,
	/// Whether it may be claimed: `revenue.claim`, by anybody, free.
	pub claimable: bool,
	/// What there is to claim, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub native: Balance,
	/// What there is to claim as it was paid, where the lot overflowed.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub cap: Balance,
	/// All that exists: with what was burned it sums to the cap.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub issued: Balance,
	/// What is issued, neither locked by vesting nor in a pot of the protocol.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub circulating: Balance,
	/// What vesting locks now, of all accounts.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub unclaimed_airdrop: Balance,
}

/// A row of the table of allocations.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct AllocationInfo {
	/// What it is for, as its document calls it.
	pub name: String,
	/// How much.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub amount: Balance,
	/// What of it has come free: by the table, or by what was emitted.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub balance: Balance,
}

/// Tokens that are gone for ever.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct BurnInfo {
	/// Why: `fee`, `slash`, `deposit`, `dust`, `voluntary`.
	pub cause: String,
	/// How many.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub total: Balance,
	/// What it holds now.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub remaining: Balance,
	/// What has left it and not come back: the sum of the parts less what came back.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub emitted: Balance,
	/// To operators for being there.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub availability: Balance,
	/// To operators for work.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub work: Balance,
	/// To stakers.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub stakers: Balance,
	/// To validators.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub validators: Balance,
	/// What came back: rewards that nobody earned.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub least: Balance,
	/// With the most load, and a leak that allows it.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
	pub worth: Balance,
	/// What was put in and not taken out.
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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
	#[cfg_attr(feature = "std", serde(with = "decimal"))]
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

sp_api::decl_runtime_apis! {
	/// Operators.
	pub trait OperatorsApi {
		/// One operator, by its id (`operators_get`).
		fn get(id: OperatorId) -> Option<OperatorInfo>;
		/// Operators by filter, at most 100 (`operators_list`).
		fn list(filter: OperatorFilter) -> Vec<OperatorInfo>;
		/// Operators that could serve a model now, best first, at most 16 (`operators_candidates`). Drawn anew in each block.
		fn candidates(model: ModelId, region: Option<String>, n: u32) -> Vec<CandidateInfo>;
		/// The open cases against an operator (`operators_cases`).
		fn cases(id: OperatorId) -> Vec<CaseInfo>;
		/// What was seen of an operator in the windows that are kept, the oldest first (`operators_windows`).
		fn windows(id: OperatorId) -> Vec<WindowInfo>;
	}

	/// For the probers of validators.
	pub trait ConnectivityApi {
		/// What a prober is to do in the window that is on. Nothing where it has no part in it.
		fn plan(prober: ProberId) -> Option<ProbePlan>;
		/// The window that a prober is to report on now and has not, and how many places its report has.
		fn due(prober: ProberId) -> Option<(u32, u32)>;
		/// The prober's place in the set of a window.
		fn index(prober: ProberId, window: u32) -> Option<u16>;
		/// The places whose answers a report of these marks must show, in this order.
		fn samples(prober: ProberId, window: u32, marks: Vec<u8>) -> Option<Vec<u32>>;
		/// What a prober signs to make a report. Nothing where it is too long.
		fn to_sign(report: ProbeReport) -> Option<H256>;
		/// The transaction that carries a report, encoded. Nothing where it is too long.
		fn build(report: ProbeReport, signature: ProberSignature) -> Vec<u8>;
	}

	/// Models, jobs and their proofs.
	pub trait InferenceApi {
		/// What one inference would cost, or why it cannot be paid so (`inference_quote`).
		fn quote(model: ModelId, asset: Asset) -> Result<Quote, String>;
		/// One job, while it is open and for the retention time after (`inference_job`).
		fn job(id: JobId) -> Option<JobInfo>;
		/// The open jobs of one operator (`inference_openJobs`): bounded by the open work it may have.
		fn open_jobs(operator: OperatorId) -> Vec<JobInfo>;
		/// What happened to jobs in the block at whose state this is called, in order (`inference_subscribeJobs`): from
		/// `System::read_events_no_consensus`, through [`JobFilter::admits`].
		fn job_events(filter: JobFilter) -> Vec<JobEvent>;
		/// A dry run of the verification that `deliver` would do (`inference_verifyEvidence`).
		fn verify_evidence(statement: Statement, evidence: Evidence) -> Result<(), EvidenceError>;
	}

	/// Where the money is.
	pub trait TokenomicsApi {
		/// The last `n` lots, newest first, at most 100 (`tokenomics_lots`).
		fn lots(n: u32) -> Vec<LotInfo>;
		/// An operator's part of every lot that was not claimed (`tokenomics_accrued`).
		fn accrued(operator: OperatorId) -> Vec<AccrualInfo>;
		/// What an operator's work earned of the emission and was not claimed, and the round that is on (`tokenomics_earned`).
		fn earned(operator: OperatorId) -> Vec<WorkInfo>;
		/// What an operator's attested devices bring it (`tokenomics_availability`).
		fn availability(operator: OperatorId) -> AvailabilityInfo;
		/// Where every token is (`tokenomics_supply`). Reads all locks of vesting: for nodes, never for a block.
		fn supply() -> SupplyInfo;
		/// The account's stakes under a lock (`tokenomics_position`): at most 16.
		fn position(account: AccountId32) -> Vec<PositionInfo>;
		/// What each tier earns now, real yield and emission apart (`tokenomics_apy`).
		fn apy() -> Vec<TierInfo>;
		/// The active split (`tokenomics_split`).
		fn split() -> SplitInfo;
		/// Every unit of the account's that the protocol holds (`tokenomics_money`).
		fn money(account: AccountId32) -> Vec<HeldMoney>;
	}
}

/// 128-bit amounts as decimal strings: JavaScript's numbers lose digits above 2^53.
#[cfg(feature = "std")]
pub mod decimal {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	/// As a string of digits.
	pub fn serialize<S: Serializer>(amount: &u128, s: S) -> Result<S::Ok, S::Error> {
		s.collect_str(amount)
	}

	/// From a string of digits.
	pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<u128, D::Error> {
		String::deserialize(d)?.parse().map_err(D::Error::custom)
	}
}

/// Field elements as `0x` and 64 hexadecimal digits.
#[cfg(feature = "std")]
pub mod felts {
	use serde::{Deserialize, Deserializer, Serialize, Serializer};
	use sp_core::H256;
	use vektor_primitives::Felt;

	/// As hexadecimal strings.
	pub fn serialize<S: Serializer>(felts: &[Felt], s: S) -> Result<S::Ok, S::Error> {
		felts.iter().map(|felt| H256(*felt)).collect::<Vec<_>>().serialize(s)
	}

	/// From hexadecimal strings.
	pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Felt>, D::Error> {
		Ok(Vec::<H256>::deserialize(d)?.into_iter().map(|hash| hash.0).collect())
	}
}
