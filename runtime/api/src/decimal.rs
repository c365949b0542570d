//! 128-bit amounts as decimal strings: JavaScript's numbers lose digits above 2^53.

use alloc::string::String;
use serde::{de::Error, Deserialize, Deserializer, Serializer};

/// As a string of digits.
pub fn serialize<S: Serializer>(amount: &u128, s: S) -> Result<S::Ok, S::Error> {
	s.collect_str(amount)
}

/// From a string of digits.
pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<u128, D::Error> {
	String::deserialize(d)?.parse().map_err(D::Error::custom)
}
