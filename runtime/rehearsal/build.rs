//! Builds the Wasm.

fn main() {
	println!("cargo::rustc-check-cfg=cfg(substrate_runtime)");
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
