//! What the verifier accepts and refuses.

mod fixture;
mod fuzz;
mod key;
mod million;
mod proof;
mod snarkjs;
