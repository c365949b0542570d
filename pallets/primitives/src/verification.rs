//! How a model's results are verified, and who could cheat.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, PalletError};
use scale_info::TypeInfo;
use sp_core::H256;

use crate::PublicsLayout;

/// The longest Groth16 verification key as it is registered; as stored it is at most [`MAX_GROTH16_KEY`].
pub const MAX_REGISTERED_KEY: u32 = 8 * 1024;

/// The longest Groth16 verification key, as stored: prepared and uncompressed.
pub const MAX_GROTH16_KEY: u32 = 12 * 1024;

/// The longest ezkl verification key, the words that `create_evm_vka` writes.
pub const MAX_EZKL_KEY: u32 = 32 * 1024;

/// How a model's results are verified: what its owner registers. Codec indices are fixed.
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
		/// Who ran the setup: one party, or several in a ceremony that governance has approved for this key.
		setup: KeySetup,
	},
	/// An ezkl proof for each result: any ONNX network that ezkl compiles, its input hashed and public, its outputs public.
	#[codec(index = 1)]
	Ezkl {
		/// The words of the verification key artefact (VKA), without the eight bytes that ezkl's file begins with. Example: 6,720 bytes.
		key: BoundedVec<u8, ConstU32<MAX_EZKL_KEY>>,
		/// `blake2_256` of the `settings.json` that the key was made with: with it and the network anybody can make the key again.
		settings: H256,
	},
	/// A signature for each result, by a session key that an enclave which runs this image has attested.
	#[codec(index = 2)]
	Session {
		/// The image, one that governance allows.
		image: H256,
		/// How many outputs a result has: 1 to 255.
		outputs: u8,
	},
}

/// How a model's results are verified, as its record says it: without the key.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "camelCase")]
#[scale_info(capture_docs = "always")]
pub enum Scheme {
	/// A Groth16 proof over BN254 for each result.
	#[codec(index = 0)]
	Groth16 {
		/// The order in which the circuit lists its public inputs.
		layout: PublicsLayout,
	},
	/// An ezkl proof for each result. The public inputs are the commitment and the outputs.
	#[codec(index = 1)]
	Ezkl {
		/// `blake2_256` of the `settings.json` that the key was made with.
		settings: H256,
	},
	/// A signature for each result, by an attested session key.
	#[codec(index = 2)]
	Session {
		/// The image that the enclave must run.
		image: H256,
	},
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
	/// A signature per result by a session key that trusted hardware has attested. Trust in hardware and its custody, not
	/// cryptography.
	#[codec(index = 1)]
	Tee,
}

/// Who could forge a model's evidence. Part of the record and of every settlement's event: it decides later what a
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
	/// A public setup with very many participants, which governance trusts: only all of them together could forge.
	#[codec(index = 1)]
	PublicSrs,
	/// A ceremony of several parties, which governance has approved for this key: only all of them together could forge.
	#[codec(index = 2)]
	Ceremony,
	/// No proof: who makes the hardware, or breaks it open, can forge.
	#[codec(index = 3)]
	Hardware,
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
	/// The bytes are no key artefact of ezkl 23: a pointer, counter or address is not where it must be.
	Format,
	/// The key asks for what is not verified here: an aggregated proof, a classic lookup, or more than the bounds allow.
	Unsupported,
	/// The key was made with a structured reference string that governance does not trust.
	SrsNotTrusted,
	/// The input is not hashed and public as the first instance: results could not be tied to a job.
	InputNotHashed,
	/// There is no output, or more than the bound allows.
	Outputs,
	/// The outputs are fixed-point numbers of another scale than the record says, or of several.
	OutputScale,
	/// Governance has approved no ceremony for this key.
	NoCeremony,
	/// The setup named is none of a Groth16 key: `SingleParty` or `Ceremony`.
	WrongSetup,
	/// Governance allows no such image.
	UnknownImage,
}
