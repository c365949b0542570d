//! What probers ask and tell, and what anyone may ask about what they saw.

use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::{AccountId32, MultiSignature};
use vektor_primitives::{connectivity::Nonce, OperatorId};

/// What a prober is to do in the window that is on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProbePlan {
	/// The window.
	pub window: u32,
	/// The prober's place in the window's set.
	pub prober: u16,
	/// The live time at which the window began, in slots.
	pub starts: u32,
	/// The live time now, in slots.
	pub now: u32,
	/// How long the window is, in live slots.
	pub length: u32,
	/// How long a slot is, in milliseconds.
	pub slot_ms: u64,
	/// How many places its report has.
	pub places: u32,
	/// Whom to ask.
	pub targets: Vec<ProbeTarget>,
}

/// One whom a prober is to ask.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProbeTarget {
	/// Its place in the prober's report.
	pub place: u32,
	/// The operator.
	pub operator: OperatorId,
	/// The key that signs its answers.
	pub agent: AccountId32,
	/// Where it listens, such as `http://203.0.113.7:9955`.
	pub endpoint: Vec<u8>,
	/// Where it stands, such as `eu-west`.
	pub region: Vec<u8>,
	/// True: send it, once, the signature with which it shows that the endpoint is its own. False: probe it in each round.
	pub challenge: bool,
}

/// An answer that a prober shows.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ShownAnswer {
	/// The place in the report.
	pub place: u32,
	/// Which of the window's probes it answered, from 0 to 4.
	pub round: u8,
	/// What the prober had sent.
	pub nonce: Nonce,
	/// The agent's signature of it.
	pub signature: MultiSignature,
}

/// What a prober saw in a window.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProbeReport {
	/// The window, the one before the present one.
	pub window: u32,
	/// The prober's place in that window's set.
	pub prober: u16,
	/// Two bits a place, four places a byte, the first in the lowest bits: `0` up, `1` late, `2` down, `3` not probed.
	pub marks: Vec<u8>,
	/// The answers that the window's end drew, in the order of the draw.
	pub shown: Vec<ShownAnswer>,
}

/// What one validator's prober saw of an operator.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct SightInfo {
	/// The validator.
	pub validator: AccountId32,
	/// `up`, `late`, `down`, `not probed`, or `no report`.
	pub saw: String,
}

/// What was seen of an operator in a window, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct WindowInfo {
	/// The window.
	pub window: u32,
	/// The live time at which it began, in slots.
	pub starts: u32,
	/// `up`, `late` or `down`, or why it does not count.
	pub verdict: String,
	/// Whether it counts at all.
	pub counts: bool,
	/// What each prober of its committee saw.
	pub seen: Vec<SightInfo>,
}
