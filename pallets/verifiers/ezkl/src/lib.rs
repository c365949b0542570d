#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod expression;
#[cfg(feature = "files")]
pub mod files;
mod key;
mod lagrange;
mod lookup;
mod opening;
mod permutation;
mod proof;
mod shplonk;
mod srs;
#[cfg(feature = "runtime-benchmarks")]
pub mod synthetic;
mod transcript;
mod verify;
mod words;

pub use key::{
	Feature, Key, KeyError, Scaled, Section, Shape, MAX_INSTANCES, MAX_KEY, MAX_OPERATIONS, MAX_POINTS, MAX_PROOF,
};
pub use srs::{Srs, SrsError, PERPETUAL_POWERS_OF_TAU};
pub use verify::{verify, Error};
