//! NVIDIA's own sample of a Hopper.

use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use vektor_verifier_nvidia::{verify, CertificateError, Error, Facts, Issuer, DEVICE_ROOT};

pub const REPORT: &[u8] = include_bytes!("../vectors/hopper-report.bin");
pub const LEAF: &[u8] = include_bytes!("../vectors/hopper-leaf.der");
const CHIP: &[u8] = include_bytes!("../vectors/hopper-chip.der");
const PROVISIONER: &[u8] = include_bytes!("../vectors/hopper-provisioner.der");
const IDENTITY: &[u8] = include_bytes!("../vectors/hopper-identity.der");
pub const CHAIN: [&[u8]; 3] = [IDENTITY, PROVISIONER, CHIP];
/// 2025-01-01.
pub const NOW: u64 = 1_735_689_600;
/// 2022-03-01, when the youngest certificate began.
const FROM: u64 = 1_646_092_800;
/// 9999-12-31 23:59:59.
const UNTIL: u64 = 253_402_300_799;
/// Where the measurements begin, and each one's length.
const RECORD: usize = 37 + 8;
const BLOCK: usize = 55;

pub fn nonce() -> [u8; 32] {
	REPORT[4..36].try_into().unwrap()
}

fn root() -> Issuer {
	Issuer::pin(DEVICE_ROOT).unwrap()
}

pub fn issuer() -> &'static Issuer {
	static ISSUER: OnceLock<Issuer> = OnceLock::new();
	ISSUER.get_or_init(|| root().authorities(&CHAIN, NOW).unwrap())
}

fn facts() -> Facts {
	verify(REPORT, LEAF, issuer(), &nonce(), NOW).unwrap()
}

fn digest(indexes: impl IntoIterator<Item = usize>) -> [u8; 32] {
	let measured = |index: usize| &REPORT[RECORD + index * BLOCK + 7..][..48];
	Sha256::digest(indexes.into_iter().flat_map(|i| [&[i as u8], measured(i)].concat()).collect::<Vec<_>>()).into()
}

#[test]
fn the_report_of_a_hopper_is_accepted() {
	let facts = facts();
	assert_eq!(facts.driver_version, b"550.90.07");
	assert_eq!(facts.vbios_version, [0x96, 0x00, 0x9f, 0x00, 0x01]);
	assert_eq!(
		(&facts.project[..], &facts.project_sku[..], &facts.chip_sku[..]),
		(&b"1010"[..], &b"0200"[..], &b"882"[..])
	);
	assert_eq!(facts.board_id, [0xb1, 3, 0, 0]);
	assert_eq!(facts.firmware_digest, digest((0..7).chain(8..13)));
	assert_eq!(facts.driver_digest, digest((7..8).chain(21..41)));
	assert_eq!(facts.valid_until, UNTIL);
	assert_eq!(facts.keys[..4], *issuer().keys());
	assert_eq!(facts.keys[4], facts.attestation_key);
	assert_eq!(facts.keys[3], facts.chip);
	assert_ne!(facts.chip, facts.attestation_key);
}

#[test]
fn certificates_without_an_end_are_valid_from_their_beginning_to_the_year_9999() {
	for now in [FROM, UNTIL] {
		let issuer = root().authorities(&CHAIN, now).unwrap();
		assert!(verify(REPORT, LEAF, &issuer, &nonce(), now).is_ok());
	}
	assert_eq!(root().authorities(&CHAIN, FROM - 1), Err(CertificateError::NotYetValid));
	assert_eq!(root().authorities(&CHAIN, UNTIL + 1), Err(CertificateError::Expired));
	let refused = |now| verify(REPORT, LEAF, issuer(), &nonce(), now);
	assert_eq!(refused(FROM - 1), Err(Error::Certificate(CertificateError::NotYetValid)));
	assert_eq!(refused(UNTIL + 1), Err(Error::Certificate(CertificateError::Expired)));
}

#[test]
fn a_chain_in_another_order_or_with_a_link_missing_is_refused() {
	for chain in [&[IDENTITY, CHIP][..], &[PROVISIONER, CHIP], &[CHIP, PROVISIONER, IDENTITY]] {
		assert_eq!(root().authorities(chain, NOW), Err(CertificateError::Issuer));
	}
	let above = root().authorities(&CHAIN[..2], NOW).unwrap();
	assert_eq!(verify(REPORT, LEAF, &above, &nonce(), NOW), Err(Error::Certificate(CertificateError::Issuer)));
	assert_eq!(root().authorities(&[LEAF], NOW), Err(CertificateError::NotAuthority));
}

#[test]
fn another_nonce_is_refused() {
	assert_eq!(verify(REPORT, LEAF, issuer(), &[0; 32], NOW), Err(Error::Nonce));
}

/// Every 61st bit, or with `VEKTOR_LONG=1` every one.
fn bits(bytes: usize) -> impl Iterator<Item = usize> {
	let stride = if std::env::var_os("VEKTOR_LONG").is_some_and(|value| value == "1") { 1 } else { 61 };
	(0..bytes * 8).step_by(stride)
}

#[test]
fn every_flipped_bit_of_a_report_is_refused() {
	for bit in bits(REPORT.len()) {
		let mut report = REPORT.to_vec();
		report[bit / 8] ^= 1 << (bit % 8);
		assert!(verify(&report, LEAF, issuer(), &nonce(), NOW).is_err(), "bit {bit}");
	}
}

#[test]
fn every_flipped_bit_of_a_certificate_is_refused() {
	for bit in bits(LEAF.len()) {
		let mut leaf = LEAF.to_vec();
		leaf[bit / 8] ^= 1 << (bit % 8);
		assert!(verify(REPORT, &leaf, issuer(), &nonce(), NOW).is_err(), "bit {bit}");
	}
	let above = root().authorities(&CHAIN[..2], NOW).unwrap();
	for bit in bits(CHIP.len()) {
		let mut chip = CHIP.to_vec();
		chip[bit / 8] ^= 1 << (bit % 8);
		assert!(above.authority(&chip, NOW).is_err(), "bit {bit}");
	}
}

#[test]
fn a_truncated_or_longer_report_or_certificate_is_refused() {
	for length in 0..REPORT.len() {
		let refused = verify(&REPORT[..length], LEAF, issuer(), &nonce(), NOW).unwrap_err();
		assert_eq!(refused, Error::Malformed, "{length}");
	}
	let longer = [REPORT, &[0]].concat();
	assert_eq!(verify(&longer, LEAF, issuer(), &nonce(), NOW), Err(Error::Malformed));
	let malformed = Err(Error::Certificate(CertificateError::Malformed));
	for length in 0..LEAF.len() {
		assert_eq!(verify(REPORT, &LEAF[..length], issuer(), &nonce(), NOW), malformed);
	}
	assert_eq!(verify(REPORT, &[LEAF, &[0]].concat(), issuer(), &nonce(), NOW), malformed);
}
