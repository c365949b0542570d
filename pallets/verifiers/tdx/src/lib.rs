#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod certificate;
mod checked;
mod collateral;
mod crl;
mod error;
mod json;
mod p256;
mod pck;
#[cfg(feature = "pcs")]
pub mod pcs;
mod pem;
mod qe;
mod quote;
mod reader;
mod status;
mod tcb;
#[cfg(feature = "test-pki")]
pub mod test_pki;
mod verify;
mod x509;

pub use certificate::Root;
pub use checked::{check_collateral, CheckedCollateral};
pub use collateral::{Ca, Collateral, CollateralInfo};
pub use error::{Error, Fault, Part};
pub use quote::{trim, Td};
pub use status::TcbStatus;
pub use verify::{verify, verify_with, Facts};

/// The longest quote, in bytes (protocol.md, "Verifier trait").
pub const MAX_QUOTE: usize = 8 * 1024;

/// The longest collateral, in bytes (protocol.md, "Verifier trait").
pub const MAX_COLLATERAL: usize = 32 * 1024;

/// The certificate of Intel's SGX root CA, in DER: the root of every TDX platform. Its SHA-256 is
/// `44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3`.
pub const INTEL_ROOT: &[u8] = include_bytes!("../anchors/intel_sgx_root_ca.der");
