#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod curve;
mod field;
mod montgomery;
mod sum;

pub use curve::{Bn254, Config, G1Affine, G1Config, G1Projective, G2Affine, G2Config, G2Projective};
pub use field::{Fq, Fq12, Fq12Config, Fq2, Fq2Config, Fq6, Fq6Config, FqConfig, Fr, FrConfig};
pub use sum::{sum, WORST_SCALAR};
