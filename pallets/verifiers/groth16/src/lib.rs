#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod key;
mod point;
mod proof;
#[cfg(feature = "snarkjs")]
pub mod snarkjs;

pub use key::{Key, KeyError, Part, MAX_PREPARED, MAX_PUBLICS};
pub use proof::{verify, Error, COMPRESSED_PROOF, UNCOMPRESSED_PROOF, WORST_PUBLIC};
