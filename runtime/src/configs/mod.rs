//! How every pallet is configured, by theme. Each choice says why.

pub mod brakes;
pub mod consensus;
pub mod governance;
pub mod inference;
pub mod market;
pub mod monetary;
pub mod origins;
pub mod parameters;
pub mod staking;
pub mod supply;
pub mod system;
pub mod tracks;
