//! What names an operator, a model, a job: hashes, so that a name survives key rotation and cannot be guessed ahead.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

macro_rules! id {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Encode, Decode,
			DecodeWithMemTracking, MaxEncodedLen, TypeInfo, serde::Serialize, serde::Deserialize,
		)]
		#[cfg_attr(feature = "std", derive(Hash))]
		pub struct $name(pub H256);

		impl From<H256> for $name {
			fn from(hash: H256) -> Self {
				Self(hash)
			}
		}
	};
}

id! {
	/// An operator: `blake2_256(("vktr-operator", genesis, owner, nonce))`. Survives the rotation of owner and agent keys.
	OperatorId
}
id! {
	/// A model: the hash of its owner and of everything that is verified, so that an equal id means an equal statement.
	ModelId
}
id! {
	/// A job: `blake2_256(("vktr-job", genesis, client, nonce, commitment))`.
	JobId
}

impl OperatorId {
	/// The id of the operator that `owner` registers as the `nonce`-th of all on the chain of `genesis`.
	pub fn derive<A: Encode>(genesis: &H256, owner: &A, nonce: u32) -> Self {
		Self(hash(&(b"vktr-operator", genesis, owner, nonce)))
	}
}

impl JobId {
	/// The id of the `nonce`-th job that `client` submits on the chain of `genesis`.
	pub fn derive<A: Encode>(genesis: &H256, client: &A, nonce: u64, commitment: &H256) -> Self {
		Self(hash(&(b"vktr-job", genesis, client, nonce, commitment)))
	}
}

/// Blake2b-256 over the SCALE encoding, the hash of every id here.
pub fn hash<T: Encode>(value: &T) -> H256 {
	H256(sp_io::hashing::blake2_256(&value.encode()))
}

/// A piece of paid work, the key under which a settlement and an exposure are booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum WorkRef {
	/// One inference of `Jobs`.
	#[codec(index = 0)]
	Job(JobId),
}
