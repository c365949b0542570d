//! Operators, whom to ask, and what they are accused of.

use alloc::string::String;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;
use vektor_primitives::{Balance, CaseId, Ineligible, Offence, OperatorId, OperatorStatus, Ppm, Reach, Usd};

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
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub collateral: Balance,
	/// Collateral that its class asks for.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub required: Balance,
	/// Open pieces of work.
	pub open_work: u32,
	/// The value of that open work.
	pub exposure: Usd,
	/// The most that open work may be worth: what its free collateral is worth at the lowest price.
	pub exposure_bound: Usd,
	/// What open cases hold of its collateral, in the native token's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
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
