//! The chains this node knows by name. A genesis lives in the runtime, as a preset of the same name.

use std::path::PathBuf;

use sc_chain_spec::{ChainSpecExtension, ChainType};
use sc_client_api::{BadBlocks, ForkBlocks};
use sc_service::GenericChainSpec;
use sc_sync_state_rpc::LightSyncStateExtension;
use serde::{Deserialize, Serialize};
use serde_json::json;
use vektor_runtime::WASM_BINARY;

use crate::service::Block;

/// What a chain spec file may say beyond the common.
#[derive(Default, Clone, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks known to be on the chain.
	pub fork_blocks: ForkBlocks<Block>,
	/// Blocks known not to be.
	pub bad_blocks: BadBlocks<Block>,
	/// The preset, where the chain is built in: not part of a file, whose genesis may differ.
	#[serde(skip)]
	pub preset: Preset,
	/// Where light clients start, written by `sync_state_genSyncSpec`.
	pub light_sync_state: LightSyncStateExtension,
}

/// The name of a genesis preset of the built-in runtime.
#[derive(Default, Clone)]
pub struct Preset(pub Option<&'static str>);

/// A chain: names, network and genesis.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// `(preset, name, id, type)` of the chains that are built in.
const CHAINS: [(&str, &str, &str, ChainType); 3] = [
	("vektor", "Vektor", "vektor", ChainType::Live),
	("vektor-local", "Vektor Local", "vektor_local", ChainType::Local),
	("vektor-dev", "Vektor Development", "vektor_dev", ChainType::Development),
];

/// The chain of this name, or of the spec file at this path.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	let wanted = match id {
		"dev" | "development" => "vektor-dev",
		"local" | "local_testnet" => "vektor-local",
		other => other,
	};
	match CHAINS.iter().find(|(preset, ..)| *preset == wanted) {
		Some((preset, name, id, chain_type)) => built_in(preset, name, id, chain_type.clone()),
		None if id.ends_with(".json") => ChainSpec::from_json_file(PathBuf::from(id)),
		None if id.is_empty() => Err(format!("Which chain? --dev, or --chain with one of: {}", known())),
		None => Err(format!("There is no chain `{id}`. This node knows: {}", known())),
	}
}

fn built_in(preset: &'static str, name: &str, id: &str, chain_type: ChainType) -> Result<ChainSpec, String> {
	let wasm =
		WASM_BINARY.ok_or("This node was built without its runtime (SKIP_WASM_BUILD): build it again without")?;
	let properties = json!({ "tokenSymbol": "VKTR", "tokenDecimals": 12, "ss58Format": 42 });
	Ok(ChainSpec::builder(wasm, Extensions { preset: Preset(Some(preset)), ..Default::default() })
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id("vktr")
		.with_genesis_config_preset_name(preset)
		.with_properties(properties.as_object().cloned().unwrap_or_default())
		.build())
}

fn known() -> String {
	let names = CHAINS.map(|(preset, ..)| preset).join(", ");
	format!("{names}, dev (is vektor-dev), local (is vektor-local), or the path of a chain spec file (.json)")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_name_and_alias_is_a_chain() {
		for (name, id) in [
			("vektor", "vektor"),
			("vektor-local", "vektor_local"),
			("local", "vektor_local"),
			("vektor-dev", "vektor_dev"),
			("dev", "vektor_dev"),
		] {
			assert_eq!(load(name).unwrap().id(), id);
		}
	}

	#[test]
	fn an_unknown_chain_is_refused_with_the_list() {
		let refusal = load("nexus").err().unwrap();
		assert!(refusal.contains("`nexus`") && refusal.contains("vektor-local"), "{refusal}");
		assert!(load("").err().unwrap().contains("--dev"));
	}
}
