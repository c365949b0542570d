//! AMD's own certificates and a report that a Milan machine made.

use vektor_verifier_snp::{
	anchors::{ASK_GENOA, ASK_MILAN, ASK_TURIN},
	verify, Anchor, CertificateError, Error, Facts, Policy, Tcb, Vcek,
};

pub const REPORT: &[u8] = include_bytes!("../vectors/milan-report.bin");
pub const VCEK: &[u8] = include_bytes!("../vectors/milan-vcek.der");
pub const TURIN: &[u8] = include_bytes!("../vectors/turin-vcek.der");
/// 2025-01-01.
pub const NOW: u64 = 1_735_689_600;
/// 2023-04-03 19:23:43.
const FROM: u64 = 1_680_549_823;
/// 2030-04-03 19:23:43.
const UNTIL: u64 = 1_901_474_623;

pub fn milan() -> Anchor {
	Anchor::pin(ASK_MILAN).unwrap()
}

fn facts() -> Facts {
	verify(REPORT, VCEK, &milan(), NOW).unwrap()
}

#[test]
fn the_report_of_a_milan_machine_is_accepted() {
	let facts = facts();
	assert_eq!((facts.version, facts.guest_svn, facts.vmpl, facts.platform), (2, 0, 0, 1));
	assert_eq!(facts.policy, Policy(0x3_0000));
	assert!(facts.policy.smt() && !facts.policy.single_socket());
	assert_eq!(facts.tcb, Tcb { fmc: None, boot_loader: 3, tee: 0, snp: 8, microcode: 115 });
	assert_eq!(facts.report_data, REPORT[0x50..0x90]);
	assert_eq!(facts.measurement[..4], [0x7a, 0x1e, 0x5c, 0x26]);
	assert_eq!(facts.host_data, [0; 32]);
	assert_eq!(facts.chip_id[..4], [0xd4, 0x95, 0x54, 0xec]);
	assert_eq!(facts.valid_until, UNTIL);
	assert_eq!(facts.keys[0], milan().keys()[0]);
	assert_eq!(facts.keys.len(), 2);
}

#[test]
fn the_key_of_a_turin_machine_is_accepted() {
	let vcek = Vcek::verify(TURIN, &Anchor::pin(ASK_TURIN).unwrap(), NOW).unwrap();
	assert_eq!(vcek.tcb, Tcb { fmc: Some(0), boot_loader: 0, tee: 0, snp: 0, microcode: 9 });
	assert_eq!(vcek.chip_id[..8], [0x1e, 0x55, 0x0a, 0x8e, 0xe5, 0xcf, 0x9f, 0x4d]);
	assert_eq!(vcek.chip_id[8..], [0; 56]);
	assert_eq!(vcek.report(REPORT, NOW), Err(Error::Generation));
}

#[test]
fn each_line_has_its_own_anchor() {
	for other in [ASK_GENOA, ASK_TURIN] {
		let refused = Error::Certificate(CertificateError::Issuer);
		assert_eq!(verify(REPORT, VCEK, &Anchor::pin(other).unwrap(), NOW), Err(refused));
	}
}

#[test]
fn a_report_is_refused_outside_the_time_of_its_key() {
	assert!(verify(REPORT, VCEK, &milan(), FROM).is_ok() && verify(REPORT, VCEK, &milan(), UNTIL).is_ok());
	let refused = |now| verify(REPORT, VCEK, &milan(), now).unwrap_err();
	assert_eq!(refused(FROM - 1), Error::Certificate(CertificateError::NotYetValid));
	assert_eq!(refused(UNTIL + 1), Error::Certificate(CertificateError::Expired));
	let stored = Vcek::verify(VCEK, &milan(), NOW).unwrap();
	assert_eq!(stored.report(REPORT, FROM - 1), Err(Error::NotYetValid));
	assert_eq!(stored.report(REPORT, UNTIL + 1), Err(Error::Expired));
}

/// Every 61st bit, or with `VEKTOR_LONG=1` every one.
fn bits(bytes: usize) -> impl Iterator<Item = usize> {
	let stride = if std::env::var_os("VEKTOR_LONG").is_some_and(|value| value == "1") { 1 } else { 61 };
	(0..bytes * 8).step_by(stride)
}

#[test]
fn every_flipped_bit_of_a_report_is_refused() {
	let vcek = Vcek::verify(VCEK, &milan(), NOW).unwrap();
	for bit in bits(REPORT.len()) {
		let mut report = REPORT.to_vec();
		report[bit / 8] ^= 1 << (bit % 8);
		assert!(vcek.report(&report, NOW).is_err(), "bit {bit}");
	}
}

#[test]
fn every_flipped_bit_of_a_certificate_is_refused() {
	for bit in bits(VCEK.len()) {
		let mut vcek = VCEK.to_vec();
		vcek[bit / 8] ^= 1 << (bit % 8);
		assert!(Vcek::verify(&vcek, &milan(), NOW).is_err(), "bit {bit}");
	}
}

#[test]
fn a_truncated_or_longer_report_or_certificate_is_refused() {
	let stored = Vcek::verify(VCEK, &milan(), NOW).unwrap();
	for length in 0..REPORT.len() {
		assert_eq!(stored.report(&REPORT[..length], NOW), Err(Error::Length));
	}
	assert_eq!(stored.report(&[REPORT, &[0]].concat(), NOW), Err(Error::Length));
	let malformed = Err(Error::Certificate(CertificateError::Malformed));
	for length in 0..VCEK.len() {
		assert_eq!(Vcek::verify(&VCEK[..length], &milan(), NOW), malformed);
	}
	assert_eq!(Vcek::verify(&[VCEK, &[0]].concat(), &milan(), NOW), malformed);
}

#[test]
fn a_revoked_key_is_seen_among_the_keys() {
	let facts = facts();
	let revoked = Vcek::verify(VCEK, &milan(), NOW).unwrap().keys[1];
	assert!(facts.keys.contains(&revoked));
	let turin = Vcek::verify(TURIN, &Anchor::pin(ASK_TURIN).unwrap(), NOW).unwrap();
	assert!(!turin.keys.contains(&revoked));
}
