//! What chains trust from genesis on: setups of proofs, roots of hardware.

use alloc::vec::Vec;
use frame_support::BoundedVec;
use pallet_verification::{Bytes, Root, SrsTrust, MAX_CERTIFICATE};
use vektor_verifier_ezkl::PERPETUAL_POWERS_OF_TAU;
use vektor_verifier_nvidia::DEVICE_ROOT;
use vektor_verifier_snp::anchors::{ASK_GENOA, ASK_MILAN, ASK_TURIN};
use vektor_verifier_tdx::INTEL_ROOT;

/// The point of the string that `scripts/ezkl/make` makes from a secret that everybody knows: for development chains alone.
pub const DEVELOPMENT_SRS: [u8; 128] = [
	0x29, 0xe7, 0x49, 0xcc, 0xd6, 0x28, 0x2f, 0xe8, 0x75, 0xbe, 0x70, 0xf3, 0x9e, 0x78, 0xa2, 0xe9, 0x32, 0x03, 0x09,
	0xc8, 0x9b, 0x87, 0xba, 0x59, 0x7d, 0xde, 0x37, 0xe2, 0x58, 0x5b, 0xd4, 0x01, 0x1c, 0x34, 0x37, 0x6c, 0x11, 0x91,
	0x73, 0x22, 0xaa, 0x53, 0xde, 0x50, 0xf2, 0xcd, 0x51, 0x23, 0xdc, 0x58, 0xc3, 0xcd, 0xf6, 0x14, 0x03, 0x5a, 0xac,
	0xcf, 0x0f, 0x23, 0x90, 0x31, 0x9c, 0xb5, 0x16, 0xd5, 0x87, 0x61, 0xc4, 0xea, 0xa4, 0xb2, 0x3b, 0xf7, 0x4d, 0x4e,
	0xbc, 0xaa, 0xf9, 0xa7, 0x10, 0xcf, 0xc5, 0xac, 0x19, 0xc2, 0x4b, 0x52, 0xb7, 0xbf, 0xe3, 0xdc, 0xe5, 0xf9, 0x36,
	0x1d, 0x20, 0x0f, 0x0d, 0xa9, 0xd5, 0x46, 0x5d, 0x0b, 0xad, 0x81, 0x51, 0x48, 0x82, 0x01, 0xb4, 0x1b, 0xa6, 0x0a,
	0x4b, 0x69, 0x67, 0x8c, 0xb2, 0xb3, 0xae, 0x57, 0x60, 0xef, 0x78, 0xdc, 0x43, 0xfa,
];

/// The roots of `test_pki` of the verifiers, whose keys everybody has: for development chains alone. `tests/presets.rs`
/// makes them again.
const DEVELOPMENT_AMD: &[u8] = include_bytes!("development-amd.der");
const DEVELOPMENT_NVIDIA: &[u8] = include_bytes!("development-nvidia.der");

/// What a chain trusts.
pub struct Trust {
	/// Structured reference strings for ezkl's keys.
	pub srs: Vec<([u8; 128], SrsTrust)>,
	/// Whose word is believed about hardware.
	pub roots: Vec<Root>,
}

impl Trust {
	/// The public setup, and the makers of hardware.
	pub fn production() -> Self {
		let amd = [ASK_MILAN, ASK_GENOA, ASK_TURIN].map(|der| Root::Amd(certificate(der)));
		let others = [Root::Intel(certificate(INTEL_ROOT)), Root::Nvidia(certificate(DEVICE_ROOT))];
		Self {
			srs: [(PERPETUAL_POWERS_OF_TAU, SrsTrust::Public)].into(),
			roots: amd.into_iter().chain(others).collect(),
		}
	}

	/// The same, and the setup and the roots of development.
	pub fn development() -> Self {
		let mut trust = Self::production();
		trust.srs.push((DEVELOPMENT_SRS, SrsTrust::Development));
		trust.roots.push(Root::Amd(certificate(DEVELOPMENT_AMD)));
		trust.roots.push(Root::Nvidia(certificate(DEVELOPMENT_NVIDIA)));
		trust
	}
}

fn certificate(der: &[u8]) -> Bytes<MAX_CERTIFICATE> {
	BoundedVec::truncate_from(der.to_vec())
}
