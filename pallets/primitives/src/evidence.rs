//! What an operator shows for a statement, and what the chain says to it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::Weight, traits::ConstU32, BoundedVec, PalletError};
use scale_info::TypeInfo;

use crate::PublicsLayout;

/// The longest Groth16 proof: three uncompressed points of BN254.
pub const MAX_GROTH16_PROOF: u32 = 256;

/// The longest Groth16 verification key, as stored: prepared and uncompressed.
pub const MAX_GROTH16_KEY: u32 = 12 * 1024;

/// Evidence for one statement. Codec indices are fixed: 1 is `Ezkl` and 2 is `SessionSignature`, both still to come.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Evidence {
	/// A Groth16 proof over BN254: `A`, `B`, `C` in arkworks' encoding, 128 bytes compressed or 256 uncompressed.
	#[codec(index = 0)]
	Groth16(BoundedVec<u8, ConstU32<MAX_GROTH16_PROOF>>),
}

/// How a model's results are assured. Explicit in every job, never silently lowered.
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
pub enum Assurance {
	/// A zero-knowledge proof per result, checked by the runtime.
	#[codec(index = 0)]
	Zk,
}

/// Who could have forged the proving key. Part of the record and of every settlement's event: it decides later what a
/// contradiction may cost.
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
pub enum KeySetup {
	/// One party ran the setup: that party can forge proofs.
	#[codec(index = 0)]
	SingleParty,
}

/// Why evidence is refused. `Malformed` ones are errors of the call; [`EvidenceError::DoesNotHold`] is a verdict.
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
pub enum EvidenceError {
	/// The model is not registered.
	UnknownModel,
	/// The evidence is not of the kind that the model's record names.
	WrongKind,
	/// The proof's length is not that of a proof.
	ProofLength,
	/// A point is not canonically encoded or not on the curve.
	NotOnCurve,
	/// A point lies outside the subgroup of prime order.
	NotInSubgroup,
	/// A public input is not below the field's order.
	NonCanonicalPublic,
	/// The number of outputs is not that of the model's layout.
	OutputCount,
	/// The stored key cannot be read: a fault of the chain, not of the caller.
	StoredKey,
	/// Well-formed, and false: the proof does not hold for this statement.
	DoesNotHold,
}

/// Evidence accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
	/// What kind of assurance the evidence gives.
	pub assurance: Assurance,
	/// Who could have forged the key it was checked against.
	pub setup: KeySetup,
	/// The weight that was really used.
	pub used: Weight,
}

/// Evidence refused. Refusing costs weight too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused {
	/// Why.
	pub why: EvidenceError,
	/// The weight that was really used.
	pub used: Weight,
}

/// The longest Groth16 verification key as it is registered; as stored it is at most [`MAX_GROTH16_KEY`].
pub const MAX_REGISTERED_KEY: u32 = 8 * 1024;

/// How a model's results are verified: what its owner registers. Codec indices are fixed; `Ezkl` and sessions come later.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Verification {
	/// A Groth16 proof over BN254 for each result: circom with snarkjs, or arkworks.
	#[codec(index = 0)]
	Groth16 {
		/// The verification key in arkworks' encoding, compressed or uncompressed. Example: 648 bytes for 12 publics.
		key: BoundedVec<u8, ConstU32<MAX_REGISTERED_KEY>>,
		/// The order in which the circuit lists its public inputs.
		layout: PublicsLayout,
		/// Who ran the setup.
		setup: KeySetup,
	},
}

/// Why a verification key is refused.
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
pub enum KeyRefused {
	/// The layout must name commitment, binding and outputs exactly once each, with 1 to 126 outputs.
	Layout,
	/// The length is that of no key: too short, or bytes trail.
	Length,
	/// The key is for another number of public inputs than the layout names.
	PublicCount,
	/// A point is not canonically encoded or not on its curve.
	NotOnCurve,
	/// A point lies outside the subgroup of prime order.
	NotInSubgroup,
	/// A point is at infinity: the key would hold for statements that nobody proved.
	Infinity,
	/// Two points are equal up to sign, so that anybody could forge: a setup whose second phase was skipped.
	Degenerate,
}
