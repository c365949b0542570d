//! `vektor-rehearsal FILE`: the Wasm, compressed as `system.applyAuthorizedUpgrade` takes it.

// What the builder writes has no words.
#![allow(missing_docs)]

use sp_maybe_compressed_blob::{compress_strongly, CODE_BLOB_BOMB_LIMIT};

include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

fn main() -> Result<(), Box<dyn std::error::Error>> {
	let file = std::env::args().nth(1).ok_or("usage: vektor-rehearsal FILE")?;
	let wasm = WASM_BINARY.ok_or("built without its Wasm: leave SKIP_WASM_BUILD away")?;
	let blob = compress_strongly(wasm, CODE_BLOB_BOMB_LIMIT).ok_or("more than a blob may hold")?;
	std::fs::write(file, blob)?;
	Ok(())
}
