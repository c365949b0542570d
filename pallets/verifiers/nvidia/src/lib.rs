#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod dice;
mod error;
mod measurements;
mod opaque;
mod reader;
mod report;
#[cfg(feature = "test-pki")]
pub mod test_pki;

pub use error::Error;
pub use measurements::{DRIVER, FIRMWARE};
pub use report::{verify, Facts, MAX_REPORT};
pub use vektor_verifier_x509::{Error as CertificateError, Issuer, KeyId, MAX_ISSUER};

/// The certificate of the authority above all of NVIDIA's devices, to be pinned with [`Issuer::pin`]. Where it comes
/// from is told beside it.
pub const DEVICE_ROOT: &[u8] = include_bytes!("../anchors/device-identity-ca.der");
