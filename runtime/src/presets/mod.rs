//! The genesis of each network, as JSON patches over the defaults.

pub mod genesis;
pub mod vektor;

use alloc::{vec, vec::Vec};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// The presets, by the names under which they are asked for.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
	let preset = match id.as_ref() {
		"vektor" => vektor::production(),
		"vektor-dev" | DEV_RUNTIME_PRESET => vektor::development(),
		"vektor-local" | LOCAL_TESTNET_RUNTIME_PRESET => vektor::local(),
		_ => return None,
	};
	serde_json::to_vec(&preset).ok()
}

/// The names, aliases last.
pub fn names() -> Vec<PresetId> {
	vec!["vektor", "vektor-dev", "vektor-local", DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET]
		.into_iter()
		.map(PresetId::from)
		.collect()
}
