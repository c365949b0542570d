//! Builds the Wasm; nothing under `SKIP_WASM_BUILD` or without `std`.

fn main() {
	#[cfg(feature = "std")]
	{
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		// Symbol and decimals are part of the hash that hardware wallets check.
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("VKTR", 12);
		builder.build();
	}
}
