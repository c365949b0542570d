//! The whole flow under keys of our own.

use codec::{Decode, DecodeAll, Encode};
use std::sync::OnceLock;
use vektor_verifier_snp::{
	test_pki::{amd, anchor, anchor_key, sign, Machine},
	verify, Anchor, CertificateError, Error, Tcb, Vcek, MAX_VCEK,
};

pub const NOW: u64 = 1_800_000_000;

pub const MILAN: Machine = Machine {
	chip_id: [7; 64],
	tcb: Tcb { fmc: None, boot_loader: 4, tee: 1, snp: 22, microcode: 213 },
	valid_from: NOW - 1000,
	valid_until: NOW + 1000,
};

pub const TURIN: Machine = Machine {
	chip_id: {
		let mut id = [0; 64];
		id[0] = 9;
		id[7] = 8;
		id
	},
	tcb: Tcb { fmc: Some(1), boot_loader: 2, tee: 3, snp: 4, microcode: 200 },
	..MILAN
};

pub fn pinned() -> &'static Anchor {
	static ANCHOR: OnceLock<Anchor> = OnceLock::new();
	ANCHOR.get_or_init(|| Anchor::pin(&anchor(NOW - 2000, NOW + 2000)).unwrap())
}

pub fn stored() -> &'static Vcek {
	static VCEK: OnceLock<Vcek> = OnceLock::new();
	VCEK.get_or_init(|| Vcek::verify(&MILAN.vcek(), pinned(), NOW).unwrap())
}

/// The refusal of a signed report that has `bytes` at `at`.
fn with(at: usize, bytes: &[u8]) -> Result<u32, Error> {
	let mut report = MILAN.report([1; 64], [2; 48]);
	report[at..at + bytes.len()].copy_from_slice(bytes);
	sign(&mut report);
	stored().report(&report, NOW).map(|facts| facts.version)
}

#[test]
fn a_report_says_what_the_guest_committed_to() {
	for machine in [MILAN, TURIN] {
		let facts = verify(&machine.report([1; 64], [2; 48]), &machine.vcek(), pinned(), NOW).unwrap();
		assert_eq!((facts.report_data, facts.measurement), ([1; 64], [2; 48]));
		assert_eq!((facts.tcb, facts.chip_id), (machine.tcb, machine.chip_id));
		assert_eq!(facts.keys[0], anchor_key().public().id());
	}
}

#[test]
fn reports_of_versions_2_3_and_5_are_read() {
	for version in [2u32, 3, 5] {
		assert_eq!(with(0, &version.to_le_bytes()), Ok(version));
	}
	for version in [0u32, 1, 4, 6, 0x0300_0000] {
		assert_eq!(with(0, &version.to_le_bytes()), Err(Error::Version));
	}
}

#[test]
fn another_signature_algorithm_is_refused() {
	assert_eq!(with(0x34, &[0]), Err(Error::Algorithm));
	assert_eq!(with(0x34, &[2]), Err(Error::Algorithm));
}

#[test]
fn a_report_of_another_key_than_the_vcek_is_refused() {
	// A VLEK, no key at all, a hidden chip, a reserved bit.
	for info in [1u32 << 2, 7 << 2, 2, 1 << 5] {
		assert_eq!(with(0x48, &info.to_le_bytes()), Err(Error::SigningKey));
	}
	assert_eq!(with(0x48, &1u32.to_le_bytes()), Ok(3));
}

#[test]
fn a_guest_that_may_be_debugged_is_refused() {
	assert_eq!(with(8, &0xb_0000u64.to_le_bytes()), Err(Error::Debug));
}

#[test]
fn a_guest_that_may_be_migrated_is_refused() {
	assert_eq!(with(8, &0x7_0000u64.to_le_bytes()), Err(Error::Migration));
	assert_eq!(with(0x160, &[0]), Err(Error::Migration));
	assert_eq!(with(0x160, &[0; 32]), Err(Error::Migration));
}

#[test]
fn a_report_of_another_generation_is_refused() {
	for family in [0x1a, 0x17, 0x1b] {
		assert_eq!(with(0x188, &[family]), Err(Error::Generation));
	}
	let vcek = Vcek::verify(&TURIN.vcek(), pinned(), NOW).unwrap();
	assert_eq!(vcek.report(&MILAN.report([1; 64], [2; 48]), NOW), Err(Error::Generation));
}

#[test]
fn a_report_of_another_chip_is_refused() {
	assert_eq!(with(0x1a0, &[6]), Err(Error::Chip));
	assert_eq!(with(0x1a0, &[0; 64]), Err(Error::Chip));
}

#[test]
fn a_report_of_other_security_version_numbers_is_refused() {
	for (at, number) in [(0, 5), (1, 0), (2, 1), (3, 1), (4, 1), (5, 1), (6, 23), (7, 212)] {
		assert_eq!(with(0x180 + at, &[number]), Err(Error::Tcb));
	}
	let vcek = Vcek::verify(&TURIN.vcek(), pinned(), NOW).unwrap();
	for at in 0..8 {
		let mut report = TURIN.report([1; 64], [2; 48]);
		report[0x180 + at] ^= 1;
		sign(&mut report);
		assert_eq!(vcek.report(&report, NOW), Err(Error::Tcb));
	}
}

#[test]
fn a_report_that_another_key_signed_is_refused() {
	let mut report = MILAN.report([1; 64], [2; 48]);
	report[0x50] ^= 1;
	assert_eq!(stored().report(&report, NOW), Err(Error::Signature));
	let signed = MILAN.report([1; 64], [2; 48]);
	for at in [0x2a0 + 48, 0x2a0 + 71, 0x2a0 + 72 + 48, 0x2a0 + 144, 0x49f] {
		let mut report = signed.clone();
		report[at] = 1;
		assert_eq!(stored().report(&report, NOW), Err(Error::Signature), "{at}");
	}
	for (at, value) in [(0x2a0, 0), (0x2a0, 0xff), (0x2a0 + 72, 0), (0x2a0 + 72, 0xff)] {
		let mut report = signed.clone();
		report[at..at + 48].fill(value);
		assert_eq!(stored().report(&report, NOW), Err(Error::Signature));
	}
}

#[test]
fn a_certificate_that_is_not_a_vceks_is_refused() {
	let refused = |extensions| Vcek::verify(&MILAN.vcek_with(extensions), pinned(), NOW).unwrap_err();
	let all = MILAN.extensions();
	for absent in ["3.1", "3.2", "3.3", "3.8", "4"] {
		let extensions = all.iter().filter(|(id, ..)| *id != amd(absent)).cloned().collect();
		assert_eq!(refused(extensions), Error::NotVcek, "{absent}");
	}
	let changed = |arcs: &str, value: &[u8]| {
		let mut extensions: Vec<_> = all.iter().filter(|(id, ..)| *id != amd(arcs)).cloned().collect();
		extensions.push((amd(arcs), false, value.to_vec()));
		extensions
	};
	// Not a byte; not the shortest; negative; not a number; bytes trail.
	for value in [&[2, 2, 1, 0][..], &[2, 2, 0, 5], &[2, 1, 0x80], &[4, 1, 5], &[2, 1, 5, 0], &[]] {
		assert_eq!(refused(changed("3.3", value)), Error::NotVcek);
	}
	assert_eq!(refused(changed("3.4", &[2, 1, 1])), Error::NotVcek);
	// Turin's id at a Milan key, and the other way round.
	assert_eq!(refused(changed("4", &[7; 8])), Error::NotVcek);
	assert_eq!(refused(changed("3.9", &[2, 1, 0])), Error::NotVcek);
}

#[test]
fn a_key_of_another_kind_is_no_vcek() {
	use vektor_verifier_x509::test_pki::{Signer, Template};
	let Machine { valid_from, valid_until, .. } = MILAN;
	let template =
		Template { subject: "x", not_before: valid_from, not_after: valid_until, extensions: MILAN.extensions() };
	let der = template.issue(&Signer::p256(1).public(), "SEV-Test", &anchor_key());
	assert_eq!(Vcek::verify(&der, pinned(), NOW), Err(Error::NotVcek));
}

#[test]
fn a_certificate_of_another_root_is_refused() {
	let der = include_bytes!("../vectors/milan-vcek.der");
	let refused = Error::Certificate(CertificateError::Issuer);
	assert_eq!(verify(&MILAN.report([1; 64], [2; 48]), der, pinned(), NOW), Err(refused));
}

#[test]
fn security_version_numbers_compare_one_by_one() {
	let facts = stored().report(&MILAN.report([1; 64], [2; 48]), NOW).unwrap();
	let tcb = MILAN.tcb;
	assert!(facts.at_least(&tcb) && facts.at_least(&Tcb { fmc: None, boot_loader: 0, tee: 0, snp: 0, microcode: 0 }));
	for minimum in [
		Tcb { boot_loader: 5, ..tcb },
		Tcb { tee: 2, ..tcb },
		Tcb { snp: 23, ..tcb },
		Tcb { microcode: 214, ..tcb },
		Tcb { fmc: Some(0), ..tcb },
	] {
		assert!(!facts.at_least(&minimum));
	}
	let turin = TURIN.tcb;
	assert!(turin.at_least(&turin) && !turin.at_least(&Tcb { fmc: Some(2), ..turin }));
	assert!(!turin.at_least(&Tcb { fmc: None, ..turin }));
}

#[test]
fn a_stored_vcek_reads_back_and_fits() {
	let bytes = stored().encode();
	assert_eq!(Vcek::decode_all(&mut &bytes[..]).as_ref(), Ok(stored()));
	for length in 0..bytes.len() {
		assert!(Vcek::decode(&mut &bytes[..length]).is_err());
	}
	let mut longest = Vcek::verify(&TURIN.vcek(), pinned(), NOW).unwrap();
	longest.keys = vec![[0; 32]; 6];
	assert_eq!(longest.encode().len(), MAX_VCEK);
}

#[test]
fn errors_say_what_is_wrong() {
	assert_eq!(Error::Debug.to_string(), "the guest may be debugged");
	let certificate = Error::Certificate(CertificateError::Expired);
	assert_eq!(certificate.to_string(), "the VCEK's certificate: a certificate of the chain has expired");
}
