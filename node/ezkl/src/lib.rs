#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod commitment;
mod felt;
mod poseidon;
mod settings;
pub mod srs;
mod tool;

pub use commitment::{Commitment, CommitmentError, Salt, MIN_SALT_BITS};
pub use felt::{felts, outputs, Felt, FeltError};
pub use poseidon::poseidon;
pub use settings::{Refusal, Settings, SettingsError, Visibility, MAX_INSTANCES, MAX_LOGROWS, VERSION};
pub use tool::{Circuit, Tool, ToolError, COMMAND};
