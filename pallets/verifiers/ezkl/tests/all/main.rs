//! What the verifier accepts and refuses.

mod bits;
mod files;
mod fuzz;
mod key;
mod million;
#[path = "../../../snp/tests/all/mutation.rs"]
mod mutation;
mod proof;
mod srs;
mod synthetic;
mod valid;
mod vector;
