//! The genesis of a built-in chain, by the executor that the client uses afterwards. The SDK's own way compiles the runtime
//! three times before the first block, which is most of a node's start.

use codec::{Decode, Encode};
use sc_chain_spec::json_merge;
use sc_executor::WasmExecutor;
use serde_json::Value;
use sp_core::{
	blake2_256,
	storage::{well_known_keys::CODE, Storage},
	traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode},
};
use sp_runtime::BuildStorage;
use sp_state_machine::BasicExternalities;
use vektor_runtime::WASM_BINARY;

use crate::service::HostFunctions;

/// Builds the genesis of a preset of the built-in runtime.
pub struct Genesis<'a> {
	/// The preset's name.
	pub preset: &'a str,
	/// What compiles the runtime, and keeps it.
	pub executor: &'a WasmExecutor<HostFunctions>,
}

impl BuildStorage for Genesis<'_> {
	fn assimilate_storage(&self, storage: &mut Storage) -> Result<(), String> {
		let wasm = WASM_BINARY.ok_or("this node was built without its runtime")?;
		let mut config = self.named(wasm, None)?;
		json_merge(&mut config, self.named(wasm, Some(self.preset))?);

		let mut state = BasicExternalities::new_empty();
		let built =
			self.call(wasm, &mut state, "GenesisBuilder_build_state", &config.to_string().into_bytes().encode())?;
		sp_genesis_builder::Result::decode(&mut &built[..])
			.map_err(|error| error.to_string())?
			.map_err(|error| format!("the genesis of `{}` is unsound: {error}", self.preset))?;
		state.into_storages().assimilate_storage(storage)?;
		storage.top.insert(CODE.to_vec(), wasm.to_vec());
		Ok(())
	}
}

impl Genesis<'_> {
	/// The JSON of a preset, or of the default one.
	fn named(&self, wasm: &[u8], id: Option<&str>) -> Result<Value, String> {
		let json = self.call(wasm, &mut BasicExternalities::new_empty(), "GenesisBuilder_get_preset", &id.encode())?;
		let json = Option::<Vec<u8>>::decode(&mut &json[..])
			.map_err(|error| error.to_string())?
			.ok_or_else(|| format!("the runtime has no preset {id:?}"))?;
		serde_json::from_slice(&json).map_err(|error| error.to_string())
	}

	fn call(&self, wasm: &[u8], state: &mut BasicExternalities, method: &str, data: &[u8]) -> Result<Vec<u8>, String> {
		let code_fetcher = WrappedRuntimeCode(wasm.into());
		let code = RuntimeCode { code_fetcher: &code_fetcher, hash: blake2_256(wasm).encode(), heap_pages: None };
		let (result, _) = self.executor.call(state, &code, method, data, CallContext::Offchain);
		result.map_err(|error| format!("{method}: {error}"))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_service::ChainSpec;

	#[test]
	fn it_is_the_genesis_of_the_chain_spec() {
		let executor = WasmExecutor::builder().build();
		for preset in ["vektor", "vektor-local", "vektor-dev"] {
			let genesis = Genesis { preset, executor: &executor }.build_storage().expect(preset);
			let spec = crate::chain_spec::load(preset).expect(preset);
			assert!(spec.as_storage_builder().build_storage().expect(preset).top == genesis.top, "{preset}");
		}
	}
}
