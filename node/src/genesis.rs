//! The genesis of a built-in chain, by the runtime that is linked into this program: the same code as its Wasm, which would
//! have to be compiled for this alone at each start.

use sc_chain_spec::{get_extension, json_merge};
use sc_service::ChainSpec;
use serde_json::Value;
use sp_core::storage::{well_known_keys::CODE, Storage};
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use sp_state_machine::BasicExternalities;
use vektor_runtime::{Block, Runtime, WASM_BINARY};

use crate::chain_spec::{check_authorities, check_market, Preset};

/// The state in which a chain begins: of one that is built in by the linked runtime, of another by its own. Refused where the
/// chain could not work.
pub fn of(spec: &dyn ChainSpec) -> Result<Storage, String> {
	let storage = match get_extension::<Preset>(spec.extensions()) {
		Some(Preset(Some(preset))) => storage(preset),
		_ => spec.as_storage_builder().build_storage(),
	}?;
	check_market(spec, &storage)?;
	Ok(storage)
}

/// The same for a node that starts: somebody must make blocks.
pub fn to_start(spec: &dyn ChainSpec) -> Result<Storage, String> {
	let storage = of(spec)?;
	check_authorities(spec, &storage)?;
	Ok(storage)
}

/// The state in which the chain of `preset` begins.
pub fn storage(preset: &str) -> Result<Storage, String> {
	let wasm = WASM_BINARY.ok_or("this node was built without its runtime")?;
	let mut config = named(None)?;
	json_merge(&mut config, named(Some(preset))?);
	let mut state = BasicExternalities::new_empty();
	state
		.execute_with(|| <Runtime as GenesisBuilderV1<Block>>::build_state(config.to_string().into_bytes()))
		.map_err(|error| format!("the genesis of `{preset}` is unsound: {error}"))?;
	let mut storage = state.into_storages();
	storage.top.insert(CODE.to_vec(), wasm.to_vec());
	Ok(storage)
}

/// The JSON of a preset, or of the defaults that each preset changes.
fn named(preset: Option<&str>) -> Result<Value, String> {
	let json = <Runtime as GenesisBuilderV1<Block>>::get_preset(&preset.map(Into::into))
		.ok_or_else(|| format!("the runtime has no preset {preset:?}"))?;
	serde_json::from_slice(&json).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn it_is_the_genesis_that_the_wasm_builds() {
		for preset in ["vektor", "vektor-local", "vektor-dev", "nexus-dev", "quiver-dev", "cxpt-dev"] {
			let spec = crate::chain_spec::load(preset).expect(preset);
			let by_wasm = spec.as_storage_builder().build_storage().expect(preset);
			assert!(storage(preset).expect(preset).top == by_wasm.top, "{preset}");
		}
	}
}
