//! What the verifier accepts and refuses.

mod answers;
mod checked;
mod collateral;
mod fixture;
mod fuzz;
mod million;
#[path = "../../../snp/tests/all/mutation.rs"]
mod mutation;
mod quote;
mod real;
mod sample;
mod tcb;
