//! The chains this node knows by name. A genesis lives in the runtime, as a preset of the same name.

use std::{
	fs,
	path::{Path, PathBuf},
};

use sc_chain_spec::{ChainSpecBuilder, ChainSpecExtension, ChainType};
use sc_client_api::{BadBlocks, ForkBlocks};
use sc_service::GenericChainSpec;
use sc_sync_state_rpc::LightSyncStateExtension;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sp_core::storage::Storage;
use sp_io::hashing::twox_128;
use vektor_runtime::{
	presets::{self, economy::DECIMALS, launch::Launch},
	WASM_BINARY,
};

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

/// `(preset, economy, type)` of the chains that are built in.
const CHAINS: [(&str, &str, ChainType); 12] = [
	("vektor", "vektor", ChainType::Live),
	("vektor-local", "vektor", ChainType::Local),
	("vektor-dev", "vektor", ChainType::Development),
	("nexus", "nexus", ChainType::Live),
	("nexus-local", "nexus", ChainType::Local),
	("nexus-dev", "nexus", ChainType::Development),
	("quiver", "quiver", ChainType::Live),
	("quiver-local", "quiver", ChainType::Local),
	("quiver-dev", "quiver", ChainType::Development),
	("cxpt", "cxpt", ChainType::Live),
	("cxpt-local", "cxpt", ChainType::Local),
	("cxpt-dev", "cxpt", ChainType::Development),
];

/// The chain of this name, or of the spec file at this path.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	let wanted = match id {
		"dev" | "development" => "vektor-dev",
		"local" | "local_testnet" => "vektor-local",
		other => other,
	};
	match CHAINS.iter().find(|(preset, ..)| *preset == wanted) {
		Some((preset, economy, kind)) => {
			let extensions = Extensions { preset: Preset(Some(preset)), ..Default::default() };
			Ok(builder(preset, economy, kind, extensions)?.with_genesis_config_preset_name(preset).build())
		}
		None if id.ends_with(".json") => ChainSpec::from_json_file(PathBuf::from(id)),
		None if id.is_empty() => Err(format!("Which chain? --dev, or --chain with one of: {}", known())),
		None => Err(format!("There is no chain `{id}`. This node knows: {}", known())),
	}
}

/// The production chain of this name with what a beneficiary file says in it.
pub fn launch(id: &str, file: &Path) -> Result<ChainSpec, String> {
	let Some((preset, economy, kind)) =
		CHAINS.iter().find(|(preset, _, kind)| *preset == id && *kind == ChainType::Live)
	else {
		return Err(format!("`{id}` takes no beneficiaries: name a production chain, such as vektor"));
	};
	let at = || file.display();
	let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", at()))?;
	let launch: Launch = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", at()))?;
	let economy = presets::economy(economy).ok_or_else(|| format!("the runtime has no economy {economy}"))?;
	let name = economy.name;
	let patch = launch.network(economy).map_err(|error| format!("{}: {error}", at()))?.patch();
	Ok(builder(preset, name, kind, Extensions::default())?.with_genesis_config_patch(patch).build())
}

type Builder = ChainSpecBuilder<Extensions>;

fn builder(preset: &str, economy: &str, kind: &ChainType, extensions: Extensions) -> Result<Builder, String> {
	let wasm =
		WASM_BINARY.ok_or("This node was built without its runtime (SKIP_WASM_BUILD): build it again without")?;
	let economy = presets::economy(economy).ok_or_else(|| format!("the runtime has no economy {economy}"))?;
	let name = match kind {
		ChainType::Development => format!("{} Development", economy.title),
		ChainType::Local => format!("{} Local", economy.title),
		_ => economy.title.into(),
	};
	let properties = json!({ "tokenSymbol": economy.symbol, "tokenDecimals": DECIMALS, "ss58Format": 42 });
	Ok(ChainSpec::builder(wasm, extensions)
		.with_name(&name)
		.with_id(&preset.replace('-', "_"))
		.with_chain_type(kind.clone())
		.with_protocol_id(&economy.symbol.to_lowercase())
		.with_properties(properties.as_object().cloned().unwrap_or_default()))
}

fn known() -> String {
	let names = CHAINS.map(|(preset, ..)| preset).join(", ");
	format!("{names}, dev (is vektor-dev), local (is vektor-local), or the path of a chain spec file (.json)")
}

/// Refuses a chain that nobody makes blocks of: GRANDPA would panic at its first.
pub fn check_authorities(spec: &dyn sc_service::ChainSpec, genesis: &Storage) -> Result<(), String> {
	let key = [twox_128(b"Grandpa"), twox_128(b"Authorities")].concat();
	// SCALE of an empty list is one zero.
	match genesis.top.get(&key).is_some_and(|list| list.first().is_some_and(|length| *length > 0)) {
		true => Ok(()),
		false => Err(format!(
			"nobody validates {}: name `validators` in a beneficiary file (docs/operate/launch.md)",
			spec.name()
		)),
	}
}

/// Refuses a production chain of Vektor without a pool: all its revenue buys VKTR there, and the table's liquidity holds no
/// USDC (money.md).
pub fn check_market(spec: &dyn sc_service::ChainSpec, genesis: &Storage) -> Result<(), String> {
	let pools = [twox_128(b"AssetConversion"), twox_128(b"Pools")].concat();
	let has_pool = genesis.top.keys().any(|key| key.starts_with(&pools));
	if spec.id() != "vektor" || spec.chain_type() != ChainType::Live || has_pool {
		return Ok(());
	}
	Err("a production chain of Vektor needs a pool, and nobody is named who brings its USDC. Name `pool.usdcProvider` in a \
	     beneficiary file: vektor-node build-spec --chain vektor --beneficiaries FILE (docs/operate/launch.md)"
		.into())
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
			("quiver", "quiver"),
			("cxpt-local", "cxpt_local"),
		] {
			assert_eq!(load(name).unwrap().id(), id);
		}
	}

	#[test]
	fn each_economy_has_its_own_token() {
		for (name, symbol) in [("vektor", "VKTR"), ("nexus-dev", "NXV"), ("quiver-dev", "QUIV"), ("cxpt", "CXPT")] {
			assert_eq!(load(name).unwrap().properties()["tokenSymbol"], symbol);
			assert_eq!(load(name).unwrap().properties()["tokenDecimals"], 12);
		}
	}

	#[test]
	fn an_unknown_chain_is_refused_with_the_list() {
		let refusal = load("nexus-of-nowhere").err().unwrap();
		assert!(refusal.contains("`nexus-of-nowhere`") && refusal.contains("vektor-local"), "{refusal}");
		assert!(load("").err().unwrap().contains("--dev"));
	}
}
