//! What is stored of a key.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use vektor_primitives::{KeySetup, PublicsLayout, MAX_GROTH16_KEY};

/// A Groth16 key, prepared: `e(alpha, beta)`, `-gamma`, `-delta` and the points of the public inputs, uncompressed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct StoredKey {
	/// The order of the public inputs.
	pub layout: PublicsLayout,
	/// How many of them are outputs.
	pub outputs: u32,
	/// Who ran the setup.
	pub setup: KeySetup,
	/// The prepared key.
	pub prepared: BoundedVec<u8, ConstU32<MAX_GROTH16_KEY>>,
}
