//! What an operator shows for a statement, and what the chain says to it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::Weight, traits::ConstU32, BoundedVec, PalletError};
use scale_info::TypeInfo;

use crate::{Assurance, KeySetup};

/// The longest Groth16 proof: three uncompressed points of BN254.
pub const MAX_GROTH16_PROOF: u32 = 256;

/// The longest ezkl proof.
pub const MAX_EZKL_PROOF: u32 = 16 * 1024;

/// Evidence for one statement. Codec indices are fixed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Evidence {
	/// A Groth16 proof over BN254: `A`, `B`, `C` in arkworks' encoding, 128 bytes compressed or 256 uncompressed.
	#[codec(index = 0)]
	Groth16(BoundedVec<u8, ConstU32<MAX_GROTH16_PROOF>>),
	/// An ezkl proof: halo2 with KZG over BN254, the bytes of `hex_proof`. Example: 3,840 bytes for a small network.
	#[codec(index = 1)]
	Ezkl(BoundedVec<u8, ConstU32<MAX_EZKL_PROOF>>),
	/// An Ed25519 signature of the result by the session key that the operator's enclave attested.
	#[codec(index = 2)]
	SessionSignature([u8; 64]),
}

/// Why evidence is refused. [`EvidenceError::DoesNotHold`] is a verdict, all others are errors of the call.
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
	/// A scalar of the proof is not below the field's order.
	NonCanonicalScalar,
	/// A challenge fell on a point where the proof's polynomials are not defined: no honest prover meets it.
	ZeroDenominator,
	/// The setup that the model's key was made with is not trusted any more.
	SetupNotTrusted,
	/// The operator has no session with the image that the model names.
	NoSession,
	/// The operator's session has ended: attest a new one.
	SessionExpired,
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
