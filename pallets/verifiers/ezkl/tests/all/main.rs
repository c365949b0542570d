//! What the verifier accepts and refuses.

mod bits;
mod files;
mod fuzz;
mod key;
mod proof;
mod srs;
mod synthetic;
mod valid;
mod vector;
