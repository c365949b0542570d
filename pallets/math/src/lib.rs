#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

pub mod emission;
pub mod fade;
pub mod growth;
pub mod market;
pub mod slash;
pub mod split;
pub mod vesting;
