//! Checks of the house itself, over `cargo metadata` and the text of the repository. `tests/house.rs` applies them; each has
//! a unit test that feeds it a planted fault.

pub mod direction;
pub mod errors;
pub mod ledger;
pub mod pins;
pub mod tree;
pub mod wall;
