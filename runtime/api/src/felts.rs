//! Field elements as `0x` and 64 hexadecimal digits.

use alloc::vec::Vec;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sp_core::H256;
use vektor_primitives::Felt;

/// As hexadecimal strings.
pub fn serialize<S: Serializer>(felts: &[Felt], s: S) -> Result<S::Ok, S::Error> {
	felts.iter().map(|felt| H256(*felt)).collect::<Vec<_>>().serialize(s)
}

/// From hexadecimal strings.
pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Felt>, D::Error> {
	Ok(Vec::<H256>::deserialize(d)?.into_iter().map(|hash| hash.0).collect())
}
