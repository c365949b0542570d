//! The files in `tests/vectors`: `poseidon.json` and `felts.json` are by `scripts/ezkl/vectors.py`, the others of real models.

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use vektor_ezkl::{Felt, Settings};

pub fn path(name: &str) -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

pub fn bytes(name: &str) -> Vec<u8> {
	std::fs::read(path("vectors").join(name)).unwrap()
}

pub fn json<T: DeserializeOwned>(name: &str) -> T {
	serde_json::from_slice(&bytes(name)).unwrap()
}

/// The settings of `ezkl_hash`, `ezkl_salt` or `ezkl_mlp`.
pub fn settings(model: &str) -> Settings {
	Settings::parse(&bytes(&format!("{model}.settings.json"))).unwrap()
}

pub fn felt(hexadecimal: &str) -> Felt {
	hex::decode(hexadecimal).unwrap().try_into().unwrap()
}

/// The order of the field, which is the least number that is no element.
pub fn order() -> Felt {
	felt("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001")
}
