//! What is stored of a key, and of setups that governance trusts.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use vektor_primitives::{KeySetup, PublicsLayout, MAX_EZKL_KEY, MAX_GROTH16_KEY};

/// A model's key, checked in full before it was stored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum StoredKey {
	/// A Groth16 key over BN254.
	#[codec(index = 0)]
	Groth16(Groth16Key),
	/// A key artefact of ezkl.
	#[codec(index = 1)]
	Ezkl(EzklKey),
	/// No key: the session keys of operators whose enclave runs an image.
	#[codec(index = 2)]
	Session(SessionKey),
}

/// What results that are signed by an attested key must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct SessionKey {
	/// The image that the enclave must run.
	pub image: H256,
	/// How many outputs a result has.
	pub outputs: u32,
}

/// A Groth16 key, prepared: `e(alpha, beta)`, `-gamma`, `-delta` and the points of the public inputs, uncompressed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Groth16Key {
	/// The order of the public inputs.
	pub layout: PublicsLayout,
	/// How many of them are outputs.
	pub outputs: u32,
	/// Who ran the setup.
	pub setup: KeySetup,
	/// The prepared key.
	pub prepared: BoundedVec<u8, ConstU32<MAX_GROTH16_KEY>>,
}

/// The words of ezkl's verification key artefact, and what verifying with it costs.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct EzklKey {
	/// The structured reference string that it was made with.
	pub srs: SrsPoint,
	/// How many of the instances are outputs: all but the first.
	pub outputs: u32,
	/// The points of the one multi-scalar multiplication.
	pub points: u32,
	/// Operations on scalars, but for those of each instance.
	pub operations: u32,
	/// The words.
	pub words: BoundedVec<u8, ConstU32<MAX_EZKL_KEY>>,
}

/// `-[s]G2` of a structured reference string, as ezkl's keys carry it: four big-endian words.
pub type SrsPoint = [u8; 128];

/// What governance says of a structured reference string.
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
#[serde(rename_all = "camelCase")]
#[scale_info(capture_docs = "always")]
pub enum SrsTrust {
	/// Made by one party, who can forge every proof under it: for development chains.
	#[codec(index = 0)]
	Development,
	/// Made in public by very many, such as the perpetual powers of tau.
	#[codec(index = 1)]
	Public,
}

impl SrsTrust {
	/// Who can forge under it.
	pub fn setup(self) -> KeySetup {
		match self {
			Self::Development => KeySetup::SingleParty,
			Self::Public => KeySetup::PublicSrs,
		}
	}
}
