//! A typed client of the chain over subxt: sign, submit, watch, typed reads and events.
//!
//! The chain's own metadata drives all encoding: nothing is generated at build time, and a call or event that the chain
//! does not have, or has with other arguments, is an error that names it, never a wrong byte.
//!
//! * [`Client`]: the connection, and what can be read.
//! * [`calls`]: the calls, each with the arguments of `interfaces.md`.
//! * [`keys`]: who signs. Secrets come from files or a keystore; the public development names only on development chains.
//! * [`events`]: what happened.
//! * [`validators`]: session keys, and standing for election.
//! * [`models`]: models, and who could forge their evidence.
//! * [`session`]: sessions of enclaves, and the images that the chain allows.
//! * [`units`]: amounts, accounts and ids as people write them.
#![deny(missing_docs)]

pub mod calls;
mod config;
mod connection;
mod error;
pub mod events;
pub mod keys;
pub mod models;
mod read;
pub mod session;
mod submit;
pub mod units;
pub mod validators;

pub use config::{FeeAsset, VektorConfig};
pub use connection::{Chain, ChainKind, Client};
pub use error::Error;
pub use models::Model;
pub use read::{Balances, HardwareClass};
pub use session::Session;
pub use submit::{Included, Progress, Until};
pub use subxt::utils::H256;
pub use vektor_runtime_api as api;

/// An account, as subxt knows it.
pub type AccountId = subxt::utils::AccountId32;

/// What every function here that can fail returns.
pub type Result<T> = std::result::Result<T, Error>;
