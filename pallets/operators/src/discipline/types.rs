//! What an offence costs, and what a case is.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use vektor_primitives::{traits::LiveTime, Balance, Loss, Offence, OperatorId, Ppm, Usd};

use crate::is_name;

/// The most that an offence may cost that no cryptographic proof shows: a fifth of the collateral. Source: ledger Q4, Q5.
pub const MAX_JUDGED: Ppm = Ppm(200_000);

/// The most stake tiers.
pub const MAX_TIERS: u32 = 8;

/// The name of a stake tier, such as `Gold`.
pub type TierName = BoundedVec<u8, ConstU32<16>>;

/// The stake tiers, by rising stake.
pub type StakeTiers = BoundedVec<StakeTier, ConstU32<MAX_TIERS>>;

/// How long an offence bars its operator, and whoever owns it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "camelCase")]
pub enum Ban {
	/// Not at all.
	#[codec(index = 0)]
	None,
	/// For so many live slots.
	#[codec(index = 1)]
	For(LiveTime),
	/// For ever: the blacklist.
	#[codec(index = 2)]
	Forever,
}

/// What an offence costs.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "camelCase")]
pub struct OffenceTerms {
	/// The part of the collateral, at most of what the class requires, in parts per million: `5_000` is 0.5 %. `1_000_000` takes all.
	pub fraction: Ppm,
	/// How long it bars, from the accusation on.
	pub ban: Ban,
	/// How long the slash waits in which governance can cancel it, in live slots.
	pub appeal: LiveTime,
	/// The same operator is accused of the same offence once in so many live slots. Zero: as often as there are incidents.
	pub pause: LiveTime,
}

impl OffenceTerms {
	/// Whether the terms fit the offence: all of the collateral, and a ban for ever, are for what a cryptographic proof shows.
	pub fn fit(&self, offence: Offence) -> bool {
		match offence {
			Offence::FalsifiedResult => self.fraction <= Ppm::ONE && self.appeal > 0,
			_ => self.fraction <= MAX_JUDGED && self.ban != Ban::Forever && self.appeal > 0,
		}
	}
}

/// An offence and its terms, as a genesis gives them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OffenceRow {
	/// Which.
	pub offence: Offence,
	/// What it costs.
	pub terms: OffenceTerms,
}

/// What a larger stake brings.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "camelCase")]
pub struct StakeTier {
	/// Its name: letters, digits, `-` and `_`, such as `Gold`.
	pub name: TierName,
	/// From how much collateral on, in the token's smallest unit: `1_000_000_000_000_000` is 1,000 tokens.
	pub min_stake: Balance,
	/// The most that one judged offence costs, in parts per million of the collateral.
	pub max_slash: Ppm,
	/// What is let off its fees, in parts per million.
	pub discount: Ppm,
	/// How much it is preferred when work is assigned, in parts per million on top of what its reputation says.
	pub priority: Ppm,
}

impl StakeTier {
	/// Whether the terms make sense.
	pub fn is_valid(&self) -> bool {
		is_name(&self.name) && self.max_slash <= Ppm::ONE && self.discount <= Ppm::ONE && self.priority <= Ppm::ONE
	}
}

/// How much a case takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Taking {
	/// So much, in VKTR's smallest unit, or what is left if that is less.
	#[codec(index = 0)]
	Part(Balance),
	/// All the collateral.
	#[codec(index = 1)]
	All,
}

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum CaseState {
	/// It can be cancelled until it is due.
	#[codec(index = 0)]
	Open,
	/// The slash was taken. Kept for a while so that the reserve can compensate for it.
	#[codec(index = 1)]
	Slashed {
		/// How much was taken, in VKTR's smallest unit.
		taken: Balance,
		/// What that was worth when it was taken, in micro-USD. Zero where there was no price.
		value: Usd,
		/// What the reserve has not yet compensated of it, in VKTR's smallest unit.
		left: Balance,
	},
}

/// An accusation, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Case<A> {
	/// Who is accused.
	pub operator: OperatorId,
	/// Of what.
	pub offence: Offence,
	/// Which incident: the same one is a case once.
	pub incident: H256,
	/// How much it takes.
	pub taking: Taking,
	/// What it cost a client, provably.
	pub loss: Option<Loss<A>>,
	/// Who proved it.
	pub challenger: Option<A>,
	/// The live time at which it was opened, in slots.
	pub opened: LiveTime,
	/// The live time at which it is attended to next, in slots: slashed, and once slashed, forgotten.
	pub due: LiveTime,
	/// Where it stands.
	pub state: CaseState,
}

/// How many cases were opened lately: too many at once stop all slashing until governance has looked.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Burst {
	/// The live time at which counting began, in slots.
	pub since: LiveTime,
	/// Cases opened since.
	pub cases: u32,
	/// Whether slashing has stopped.
	pub stopped: bool,
}
