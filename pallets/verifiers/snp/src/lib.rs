#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub mod anchors;
mod error;
mod report;
mod tcb;
#[cfg(feature = "test-pki")]
pub mod test_pki;
mod vcek;

pub use error::Error;
pub use report::{Facts, Policy, REPORT};
pub use tcb::Tcb;
pub use vcek::{Vcek, MAX_VCEK};
pub use vektor_verifier_x509::{Error as CertificateError, Issuer as Anchor, KeyId};

/// Verifies a report and the certificate of the key that signed it: [`Vcek::verify`], then [`Vcek::report`]. Costs one
/// RSA and one P-384 signature.
pub fn verify(report: &[u8], vcek: &[u8], anchor: &Anchor, now: u64) -> Result<Facts, Error> {
	Vcek::verify(vcek, anchor, now)?.report(report, now)
}
