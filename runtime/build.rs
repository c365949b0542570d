//! Builds the Wasm; nothing under `SKIP_WASM_BUILD` or without `std`.

fn main() {
	#[cfg(feature = "std")]
	{
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		// Symbol and decimals are part of the hash that hardware wallets check: a release of another economy names its own.
		#[cfg(feature = "metadata-hash")]
		let builder = {
			println!("cargo:rerun-if-env-changed=VEKTOR_SYMBOL");
			let symbol = std::env::var("VEKTOR_SYMBOL").unwrap_or_else(|_| "VKTR".into());
			builder.enable_metadata_hash(symbol, 12)
		};
		builder.build();
	}
}
