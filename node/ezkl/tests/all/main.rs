//! ezkl's files and numbers, compared with what ezkl itself makes of them.

mod chain;
mod commitment;
mod felt;
mod poseidon;
mod settings;
mod srs;
mod tool;
mod vectors;
