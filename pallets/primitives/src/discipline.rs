//! What pallets tell each other about offences of operators.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::Usd;

/// The number of a case: an accusation and what becomes of it. No number comes twice.
pub type CaseId = u32;

/// What an operator may be punished for. What each costs is a governed table. Source: ledger V14, Q5.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
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
pub enum Offence {
	/// Down for more than an hour (V14). Found by the probers.
	#[codec(index = 0)]
	Downtime,
	/// Answers took over twice the advertised time (Q5, minor).
	#[codec(index = 1)]
	SlowResponses,
	/// Up for less than 95 % of a day (Q5, minor).
	#[codec(index = 2)]
	LowUptime,
	/// Outputs of poor quality (Q5, minor).
	#[codec(index = 3)]
	PoorOutputs,
	/// Poor performance again and again (Q5, major).
	#[codec(index = 4)]
	ConsistentlyPoor,
	/// Hardware or models claimed that are not there (Q5, major).
	#[codec(index = 5)]
	FalseCapability,
	/// Minor offences again and again (Q5, major).
	#[codec(index = 6)]
	RepeatedMinor,
	/// Answers meant to harm (Q5, severe).
	#[codec(index = 7)]
	MaliciousResponses,
	/// Clients' data disclosed or kept (Q5, severe).
	#[codec(index = 8)]
	PrivacyViolation,
	/// The network attacked (Q5, severe).
	#[codec(index = 9)]
	NetworkAttack,
	/// A falsified result, shown by a cryptographic proof (V14). Never a matter of judgement.
	#[codec(index = 10)]
	FalsifiedResult,
}

/// What an offence cost somebody, provably.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Loss<A> {
	/// Who lost it.
	pub victim: A,
	/// What it paid for the disputed results, in micro-USD.
	pub value: Usd,
}
