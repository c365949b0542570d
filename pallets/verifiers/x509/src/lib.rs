#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod certificate;
mod error;
mod issuer;
mod key;
#[cfg(feature = "test-pki")]
pub mod test_pki;

pub use certificate::{MAX_CERTIFICATE, MAX_EXTENSIONS};
pub use der::asn1::ObjectIdentifier;
pub use error::Error;
pub use issuer::{Issuer, Leaf, MAX_CHAIN, MAX_ISSUER};
pub use key::{KeyId, PublicKey};
