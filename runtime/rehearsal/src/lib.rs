//! The runtime of the next version, with a migration over many blocks: what `scripts/test --long networks` upgrades a running
//! chain to. Its program writes the Wasm to a file. It never ships.

#![cfg_attr(substrate_runtime, no_std)]

#[cfg(substrate_runtime)]
pub use vektor_runtime::*;
