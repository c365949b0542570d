//! What pallets tell each other about operators.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::PalletError;
use scale_info::TypeInfo;

use crate::OperatorId;

/// Where an operator stands.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
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
pub enum OperatorStatus {
	/// Registered, not serving yet.
	#[default]
	#[codec(index = 0)]
	Pending,
	/// Takes new work.
	#[codec(index = 1)]
	Active,
	/// Finishes what is open, takes nothing new.
	#[codec(index = 2)]
	Draining,
	/// Takes nothing until what suspended it is mended.
	#[codec(index = 3)]
	Suspended,
	/// Takes nothing, ever.
	#[codec(index = 4)]
	Blacklisted,
}

/// What a piece of work asks of its operator.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
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
pub struct Needs {
	/// GPU memory of one device, in gigabytes. Example: `80`.
	pub memory_gb: u16,
}

/// Why an operator cannot take a piece of work.
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
	PalletError,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
pub enum Ineligible {
	/// No operator has this id.
	Unknown,
	/// It is not active.
	NotActive,
	/// Its collateral is below what its class asks.
	CollateralTooLow,
	/// Its class is not enabled, or its GPUs have too little memory.
	HardwareTooSmall,
	/// It has as much open work as it may have.
	Busy,
	/// Its open work is worth as much as its collateral deters it from failing.
	Exposed,
	/// It declared maintenance, which lasts yet.
	Maintenance,
}

/// How a piece of work ended, for reputation and fill rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Outcome {
	/// Delivered, verified, settled.
	#[codec(index = 0)]
	Settled,
	/// The deadline passed without a valid result.
	#[codec(index = 1)]
	Missed,
	/// A well-formed proof did not hold.
	#[codec(index = 2)]
	ProofRefused,
}

/// An operator that could take a piece of work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Candidate {
	/// The operator.
	pub operator: OperatorId,
	/// How well it fits: of two, the higher is better. Its unit means nothing.
	pub score: u64,
}
