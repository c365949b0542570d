//! The whole flow under keys of our own.

use std::sync::OnceLock;
use vektor_verifier_nvidia::{
	test_pki::{root, Gpu},
	verify, CertificateError, Error, Facts, Issuer, MAX_REPORT,
};
use vektor_verifier_x509::test_pki::{sequence, tlv, Signer};

pub const NOW: u64 = 1_800_000_000;
pub const NONCE: [u8; 32] = [5; 32];

pub fn gpu() -> Gpu {
	Gpu::new(3, NOW - 1000, NOW + 1000)
}

/// The authority of [`gpu`].
pub fn issuer() -> &'static Issuer {
	static ISSUER: OnceLock<Issuer> = OnceLock::new();
	ISSUER.get_or_init(|| issuer_of(&gpu()))
}

fn issuer_of(gpu: &Gpu) -> Issuer {
	let root = Issuer::pin(&root(NOW - 2000, NOW + 2000)).unwrap();
	let [model, chip] = gpu.authorities();
	root.authorities(&[&model, &chip], NOW).unwrap()
}

fn check(report: &[u8]) -> Result<Facts, Error> {
	verify(report, &gpu().leaf(), issuer(), &NONCE, NOW)
}

/// The refusal of a signed report that has `bytes` at `at`.
fn with(at: usize, bytes: &[u8]) -> Error {
	let mut report = gpu().report(NONCE);
	report.truncate(report.len() - 96);
	report[at..at + bytes.len()].copy_from_slice(bytes);
	check(&gpu().signed(report)).unwrap_err()
}

#[test]
fn a_report_says_what_the_gpu_is() {
	let facts = check(&gpu().report(NONCE)).unwrap();
	assert_eq!((&facts.driver_version[..], facts.vbios_version), (&b"550.90.07"[..], gpu().vbios_version));
	assert_eq!(facts.chip, gpu().chip_key().public().id());
	assert_eq!(facts.attestation_key, gpu().attestation_key().public().id());
	assert_eq!((facts.valid_until, facts.keys.len()), (NOW + 1000, 4));
}

#[test]
fn each_digest_follows_its_own_measurements() {
	let before = check(&gpu().report(NONCE)).unwrap();
	for index in 0..64 {
		let mut gpu = gpu();
		gpu.measurements[index] = [0xaa; 48];
		let after = check(&gpu.report(NONCE)).unwrap();
		let firmware = index < 13 && index != 7;
		let driver = index == 7 || (21..41).contains(&index);
		assert_eq!(after.firmware_digest != before.firmware_digest, firmware, "{index}");
		assert_eq!(after.driver_digest != before.driver_digest, driver, "{index}");
	}
}

#[test]
fn another_nonce_is_refused() {
	assert_eq!(check(&gpu().report([6; 32])), Err(Error::Nonce));
}

#[test]
fn the_report_of_another_gpu_is_refused() {
	let other = Gpu { chip: 4, ..gpu() };
	assert_eq!(check(&other.report(NONCE)), Err(Error::Signature));
	let certificate = Err(Error::Certificate(CertificateError::Signature));
	assert_eq!(verify(&other.report(NONCE), &other.leaf(), issuer(), &NONCE, NOW), certificate);
	assert!(verify(&other.report(NONCE), &other.leaf(), &issuer_of(&other), &NONCE, NOW).is_ok());
}

#[test]
fn a_report_of_other_firmware_than_the_keys_is_refused() {
	let other = Gpu { firmware: [0xf2; 48], ..gpu() };
	assert_eq!(check(&other.report(NONCE)), Err(Error::Firmware));
	assert_eq!(verify(&gpu().report(NONCE), &other.leaf(), issuer(), &NONCE, NOW), Err(Error::Firmware));
}

#[test]
fn a_leaf_that_names_no_firmware_or_another_device_is_refused() {
	let key = gpu().chip_key().public().spki();
	let sha384 = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
	let mut sha256 = sha384;
	sha256[10] = 1;
	let digest = tlv(4, &[&[0xf1; 48]]);
	for device in [
		vec![],
		sequence(&[&[2, 1, 1], &Signer::p384(99).public().spki(), &sequence(&[&sha384, &digest])]),
		sequence(&[&[2, 1, 1], &key, &sequence(&[&sha256, &digest])]),
		sequence(&[&[2, 1, 1], &key, &sequence(&[&sha384, &tlv(4, &[&[0xf1; 47]])])]),
		sequence(&[&[2, 1, 1], &key, &sequence(&[&sha384, &digest, &[5, 0]])]),
		sequence(&[&[2, 1, 1], &key, &sequence(&[&sha384, &digest]), &[5, 0]]),
		sequence(&[&[2, 1, 1], &key]),
	] {
		let leaf = gpu().leaf_with(&device);
		assert_eq!(verify(&gpu().report(NONCE), &leaf, issuer(), &NONCE, NOW), Err(Error::Dice));
	}
}

#[test]
fn an_attestation_key_of_another_kind_is_refused() {
	use vektor_verifier_x509::test_pki::{signs, Template};
	let mut extensions = vec![signs()];
	let firmware = sequence(&[&[6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2], &tlv(4, &[&[0xf1; 48]])]);
	let device = sequence(&[&[2, 1, 1], &gpu().chip_key().public().spki(), &firmware]);
	extensions.push((vektor_verifier_x509::ObjectIdentifier::new_unwrap("2.23.133.5.4.1"), false, device));
	let template = Template { subject: "x", not_before: NOW, not_after: NOW, extensions };
	let leaf = template.issue(&Signer::p256(1).public(), "Test Chip", &gpu().chip_key());
	let refused = Err(Error::Certificate(CertificateError::Key));
	assert_eq!(verify(&gpu().report(NONCE), &leaf, issuer(), &NONCE, NOW), refused);
}

#[test]
fn a_revoked_key_is_seen_among_the_keys() {
	let facts = check(&gpu().report(NONCE)).unwrap();
	let other = Gpu { chip: 4, ..gpu() };
	let spared = verify(&other.report(NONCE), &other.leaf(), &issuer_of(&other), &NONCE, NOW).unwrap();
	for (revoked, both) in [(facts.keys[1], true), (facts.chip, false), (facts.attestation_key, false)] {
		assert!(facts.keys.contains(&revoked));
		assert_eq!(spared.keys.contains(&revoked), both);
	}
}

#[test]
fn another_protocol_is_refused() {
	// The version and code of the request, what it asks for; the version and code of the response.
	for (at, value) in [(0, 0x12), (1, 0xe1), (2, 0), (3, 1), (37, 0x10), (38, 0x7f)] {
		assert_eq!(with(at, &[value]), Error::Protocol, "{at}");
	}
}

#[test]
fn measurements_other_than_64_digests_in_order_are_refused() {
	const FIRST: usize = 37 + 8;
	assert_eq!(with(41, &[63]), Error::Measurements);
	// The number, the specification, the length of the value.
	for (at, value) in [(0, 2), (1, 2), (55, 1)] {
		assert_eq!(with(FIRST + at, &[value]), Error::Measurements, "{at}");
	}
	assert_eq!(with(FIRST + 2, &[52]), Error::Measurements);
	assert_eq!(with(FIRST + 5, &[47]), Error::Measurements);
	assert_eq!(with(FIRST + 5, &[49]), Error::Malformed);
	let longer = [gpu().record(), vec![0]].concat();
	assert_eq!(check(&gpu().report_with(NONCE, &longer, &gpu().fields())), Err(Error::Malformed));
	let shorter = &gpu().record()[1..];
	assert!(check(&gpu().report_with(NONCE, shorter, &gpu().fields())).is_err());
}

#[test]
fn a_length_that_does_not_fit_is_malformed() {
	assert_eq!(with(42, &[0xff, 0xff, 0xff]), Error::Malformed);
	let opaque = 37 + 8 + 64 * 55 + 32;
	assert_eq!(with(opaque, &[0, 0]), Error::Malformed);
	assert_eq!(with(opaque, &[0xff, 0xff]), Error::Malformed);
}

#[test]
fn too_long_a_report_is_refused() {
	assert_eq!(check(&vec![0; MAX_REPORT + 1]), Err(Error::TooLong));
	assert_eq!(check(&vec![0; MAX_REPORT]), Err(Error::Protocol));
}

#[test]
fn a_field_that_is_absent_or_occurs_twice_or_has_another_length_is_refused() {
	let refused = |fields: &[(u16, Vec<u8>)]| check(&gpu().report_with(NONCE, &gpu().record(), fields)).unwrap_err();
	let fields = gpu().fields();
	for at in 0..fields.len() {
		let mut absent = fields.clone();
		let field = absent.remove(at);
		assert_eq!(refused(&absent), Error::Field);
		let mut twice = fields.clone();
		twice.push(field.clone());
		assert_eq!(refused(&twice), Error::Field);
		let mut long = fields.clone();
		long[at].1 = vec![b'x'; 49];
		assert_eq!(refused(&long), Error::Field);
	}
	// Whatever else NVIDIA says is none of our business.
	let more = [fields, vec![(12, vec![0; 256]), (0xffff, vec![])]].concat();
	assert!(check(&gpu().report_with(NONCE, &gpu().record(), &more)).is_ok());
}

#[test]
fn a_signature_out_of_range_is_refused() {
	let mut report = gpu().report(NONCE);
	let end = report.len();
	report[end - 96..].fill(0);
	assert_eq!(check(&report), Err(Error::Signature));
	report[end - 96..].fill(0xff);
	assert_eq!(check(&report), Err(Error::Signature));
}

#[test]
fn errors_say_what_is_wrong() {
	assert_eq!(Error::Nonce.to_string(), "the nonce is another");
	let certificate = Error::Certificate(CertificateError::Expired);
	assert_eq!(certificate.to_string(), "the leaf certificate: a certificate of the chain has expired");
}
