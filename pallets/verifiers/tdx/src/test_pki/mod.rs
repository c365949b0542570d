//! A root like Intel's with everything below it: collateral and quotes for tests and benchmarks, checked by the same code.
//!
//! Keys come from names and signatures are deterministic, so equal arguments give equal bytes. Whoever reads this can
//! sign anything here: no chain that holds value may pin [`root`].

mod certificate;
mod encode;
mod intel;
mod platform;

pub use certificate::{crl, Entry, Key, Profile};
pub use intel::{authority, Intel, Parts, ROOT, TCB_SIGNER};
pub use platform::{report, sign_under, td, Platform};

/// When certificates begin: 2020-01-01.
pub const FROM: u64 = 1_577_836_800;

/// When certificates end: 2049-12-31.
pub const UNTIL: u64 = 2_524_521_600;

/// The issue of [`Intel::default`]'s documents: 2025-06-15.
pub const ISSUED: u64 = 1_750_000_000;

/// The root certificate, in DER.
pub fn root() -> Vec<u8> {
	Entry::authority(ROOT, 1).issued_by(&Key::new("root"), ROOT, &Key::new("root"))
}
