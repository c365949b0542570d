//! What reports and certificates are accepted and refused.

mod flow;
mod fuzz;
mod million;
#[path = "../../../snp/tests/all/mutation.rs"]
mod mutation;
mod sample;
mod vectors;
