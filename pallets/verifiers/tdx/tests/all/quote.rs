//! Quotes of a platform under a root of our own.

use p256::ecdsa::Signature;
use vektor_verifier_tdx::{
	test_pki::{self, report, td, Intel, Key, Platform},
	Ca, Collateral, Error, Fault, Part, Root, TcbStatus, Td, MAX_COLLATERAL, MAX_QUOTE,
};

use crate::fixture::{verify_at, verify_now, NOW};

const DATA: [u8; 64] = [0xda; 64];

fn collateral() -> Vec<u8> {
	Intel::default().collateral(&Platform::default())
}

fn refused(quote: &[u8]) -> Error {
	verify_now(quote, &collateral()).unwrap_err()
}

fn changed(td: Td, change: impl FnOnce(&mut Td)) -> Vec<u8> {
	let mut td = td;
	change(&mut td);
	Platform::default().quote(&td)
}

/// A report of the longest kind, its last part given.
fn longest(vm: u8, service_now: u8) -> Vec<u8> {
	let mut bytes = report(&td(1, DATA));
	bytes[48] = 4;
	bytes[50..54].copy_from_slice(&885u32.to_le_bytes());
	bytes.push(vm);
	bytes.extend([0; 180]);
	bytes.extend([service_now; 48]);
	bytes.extend([0; 8]);
	bytes
}

#[test]
fn a_quote_holds_in_every_version() {
	let platform = Platform::default();
	let old =
		Td { tee_tcb_svn: [3, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], tee_tcb_svn_now: None, ..td(1, DATA) };
	for td in [td(1, DATA), old.clone(), Td { tee_tcb_svn_now: None, ..td(1, DATA) }] {
		let facts = verify_now(&platform.quote(&td), &collateral()).unwrap();
		assert_eq!(facts.td, td);
		assert_eq!((facts.fmspc, facts.tcb_status), (platform.fmspc, TcbStatus::UpToDate));
		assert_eq!(facts.valid_until, Intel::default().next_update);
	}
	// Version 5 with the report of TDX 1.0, and the longest.
	let mut first = report(&old);
	first[0] = 5;
	first.splice(48..48, [2, 0, 0x48, 2, 0, 0]);
	assert_eq!(verify_now(&platform.sign(&first), &collateral()).unwrap().td, old);
	assert_eq!(verify_now(&platform.sign(&longest(0, 0)), &collateral()).unwrap().td, td(1, DATA));
}

#[test]
fn a_td_that_can_be_debugged_is_refused() {
	for bit in 0..8 {
		assert_eq!(refused(&changed(td(1, DATA), |td| td.attributes[0] = 1 << bit)), Error::Debug);
	}
}

#[test]
fn a_td_that_can_be_moved_is_refused() {
	assert_eq!(refused(&changed(td(1, DATA), |td| td.attributes[3] |= 0x20)), Error::Migratable);
	let mut serviced = report(&td(1, DATA));
	*serviced.last_mut().unwrap() = 1;
	assert_eq!(refused(&Platform::default().sign(&serviced)), Error::Migratable);
	assert_eq!(refused(&Platform::default().sign(&longest(0, 1))), Error::Migratable);
}

#[test]
fn a_vm_within_a_td_is_refused() {
	assert_eq!(refused(&Platform::default().sign(&longest(1, 0))), Error::NotTdx);
}

#[test]
fn headers_of_other_quotes_are_refused() {
	let with = |change: fn(&mut Vec<u8>)| {
		let mut bytes = report(&td(1, DATA));
		change(&mut bytes);
		refused(&Platform::default().sign(&bytes))
	};
	assert_eq!(with(|bytes| bytes[0] = 3), Error::QuoteVersion(3));
	assert_eq!(with(|bytes| bytes[1] = 1), Error::QuoteVersion(0x105));
	assert_eq!(with(|bytes| bytes[2] = 3), Error::QuotingEnclave);
	assert_eq!(with(|bytes| bytes[4] = 0), Error::NotTdx);
	assert_eq!(with(|bytes| bytes[12] = 0), Error::QuotingEnclave);
	assert_eq!(with(|bytes| bytes[48] = 1), Error::NotTdx);
	assert_eq!(with(|bytes| bytes[48] = 2), Error::QuoteLength);
	assert_eq!(with(|bytes| bytes[50] = 0x87), Error::QuoteLength);
}

#[test]
fn every_length_must_fit_the_others() {
	let report = report(&td(1, DATA));
	let quote = Platform::default().quote(&td(1, DATA));
	// The signed data, the certification data within, the enclave's data within, the chain within.
	let signed = report.len();
	let certification = signed + 4 + 64 + 64 + 2;
	let enclave = certification + 4 + 384 + 64;
	let chain = enclave + 2 + 32 + 2;
	for at in [signed, certification, enclave, chain] {
		for change in [1, 0xff] {
			let mut other = quote.clone();
			other[at] = other[at].wrapping_add(change);
			let error = refused(&other);
			assert!(matches!(error, Error::QuoteLength | Error::NoChain), "{error:?} at {at}");
		}
	}
	for at in [certification - 2, chain - 2] {
		let mut other = quote.clone();
		other[at] = 3;
		assert_eq!(refused(&other), Error::NoChain);
	}
	assert_eq!(refused(&[quote, vec![0; MAX_QUOTE]].concat()), Error::QuoteTooLong);
	assert_eq!(
		verify_now(&Platform::default().quote(&td(1, DATA)), &[1; MAX_COLLATERAL + 1]),
		Err(Error::CollateralTooLong)
	);
}

#[test]
fn each_signature_and_each_binding_counts() {
	let signed = report(&td(1, DATA)).len();
	let quote = Platform::default().quote(&td(1, DATA));
	for (at, error) in [
		(signed - 1, Error::Migratable),
		(signed - 70, Error::QuoteSignature),
		(signed + 4, Error::QuoteSignature),
		(signed + 4 + 64, Error::AttestationKey),
		(signed + 4 + 128 + 6, Error::QeReport),
		(signed + 4 + 128 + 6 + 384, Error::QeReport),
		(signed + 4 + 128 + 6 + 384 + 64 + 2, Error::AttestationKey),
	] {
		let mut other = quote.clone();
		other[at] ^= 1;
		assert_eq!(refused(&other), error, "at {at}");
	}
}

#[test]
fn the_chain_is_that_of_the_collateral_and_the_root() {
	let quote = Platform::default().quote(&td(1, DATA));
	let text = String::from_utf8_lossy(&quote).into_owned();
	let begins: Vec<usize> =
		text.match_indices("-----BEGIN").map(|(at, _)| quote_position(&quote, &text, at)).collect();
	let flipped = |at: usize, to: u8| {
		let mut other = quote.clone();
		other[at] = to;
		refused(&other)
	};
	assert_eq!(flipped(begins[0], b' '), Error::Chain);
	assert_eq!(flipped(begins[0] + 28, b'*'), Error::Chain);
	assert_eq!(flipped(begins[2] + 200, b'A'), Error::Chain, "the root is another");
	assert_eq!(flipped(begins[1] + 200, b'A'), Error::OtherCa);
	assert_eq!(flipped(*begins.last().unwrap() - 1, b'\0'), Error::Chain);

	let other = Platform { ca: Ca::Processor, ..Platform::default() };
	assert_eq!(refused(&other.quote(&td(1, DATA))), Error::OtherCa);
	assert!(verify_now(&other.quote(&td(1, DATA)), &Intel::default().collateral(&other)).is_ok());
}

/// The certificate with the other signature that holds whenever one does: with `n - s` for `s`.
fn signed_otherwise(certificate: &[u8]) -> Vec<u8> {
	let ends = |at: &usize| certificate[*at] == 3 && at + 2 + usize::from(certificate[at + 1]) == certificate.len();
	let at = (certificate.len() - 80..certificate.len() - 2).find(ends).expect("a signature");
	let signature = Signature::from_der(&certificate[at + 3..]).unwrap();
	let (r, s) = signature.split_scalars();
	let other = Signature::from_scalars(r, -s).unwrap().to_der();
	let mut changed = certificate[..at].to_vec();
	changed.extend([3, u8::try_from(other.as_bytes().len() + 1).unwrap(), 0]);
	changed.extend(other.as_bytes());
	let length = u16::try_from(changed.len() - 4).unwrap();
	changed[2..4].copy_from_slice(&length.to_be_bytes());
	changed
}

#[test]
fn collateral_whose_signature_somebody_wrote_otherwise_serves_every_quote() {
	let platform = Platform::default();
	let (quote, genuine) = (platform.quote(&td(1, DATA)), Intel::default().collateral(&platform));
	let parts = Collateral::decode(&genuine).unwrap();
	let pck_ca = signed_otherwise(parts.pck_ca);
	let posted = Collateral { pck_ca: &pck_ca, ..parts }.encode().unwrap();
	assert_ne!(posted, genuine);
	assert_eq!(verify_now(&quote, &posted), verify_now(&quote, &genuine));
	assert!(verify_now(&quote, &posted).is_ok());
}

/// Where in `quote` the text's occurrence stands: lossy text is longer.
fn quote_position(quote: &[u8], text: &str, at: usize) -> usize {
	quote.len() - (text.len() - at)
}

#[test]
fn a_pck_certificate_that_does_not_hold_is_refused() {
	let quote = |platform: &Platform| platform.quote(&td(1, DATA));
	let pck = |fault| Err(Error::Part(Part::Pck, fault));
	let until = NOW + 10;
	let short = Platform { period: (NOW, until), ..Platform::default() };
	assert_eq!(verify_now(&quote(&short), &collateral()).unwrap().valid_until, until);
	assert_eq!(verify_at(&quote(&short), &collateral(), until + 1), pck(Fault::Expired));
	assert_eq!(verify_at(&quote(&short), &collateral(), NOW - 1), pck(Fault::NotYetValid));

	let revoking = Intel { revoked: vec![7, 1000, 2000], ..Intel::default() }.collateral(&Platform::default());
	assert_eq!(verify_now(&quote(&Platform::default()), &revoking), pck(Fault::Revoked));
	let spared = Platform { serial: 1001, ..Platform::default() };
	assert!(verify_now(&quote(&spared), &revoking).is_ok());
}

#[test]
fn collateral_for_another_kind_of_platform_is_refused() {
	let other = Platform { fmspc: [9; 6], ..Platform::default() };
	assert_eq!(verify_now(&other.quote(&td(1, DATA)), &collateral()), Err(Error::OtherPlatform));
}

#[test]
fn a_device_keeps_its_id_over_new_certificates() {
	let facts = |platform: &Platform| {
		verify_now(&platform.quote(&td(1, DATA)), &Intel::default().collateral(platform)).unwrap()
	};
	let first = facts(&Platform::default());
	let renewed = facts(&Platform { serial: 2000, ..Platform::default() });
	let other = facts(&Platform { ppid: [0x12; 16], ..Platform::default() });
	assert_eq!(first.device, renewed.device);
	assert_ne!(first.pck, renewed.pck);
	assert_eq!(first.pck, other.pck);
	assert_ne!(first.device, other.device);
	let processor = facts(&Platform { ca: Ca::Processor, ..Platform::default() });
	assert_ne!(first.pck, processor.pck, "a serial number is one of its issuer's");
}

#[test]
fn a_measurement_is_of_what_bears_on_security() {
	let first = td(1, DATA).measurement();
	for change in [
		|td: &mut Td| td.mrtd[0] ^= 1,
		|td: &mut Td| td.rtmr[0][47] ^= 1,
		|td: &mut Td| td.rtmr[1][0] ^= 1,
		|td: &mut Td| td.rtmr[2][0] ^= 1,
		|td: &mut Td| td.rtmr[3][0] ^= 1,
		|td: &mut Td| td.xfam[0] ^= 1,
		|td: &mut Td| td.attributes[3] ^= 0x10,
	] {
		let mut td = td(1, DATA);
		change(&mut td);
		assert_ne!(td.measurement(), first);
	}
	for change in [
		|td: &mut Td| td.report_data[0] ^= 1,
		|td: &mut Td| td.attributes[7] ^= 0x80,
		|td: &mut Td| td.mrconfigid[0] ^= 1,
		|td: &mut Td| td.mrowner[0] ^= 1,
		|td: &mut Td| td.mrownerconfig[0] ^= 1,
		|td: &mut Td| td.mrseam[0] ^= 1,
		|td: &mut Td| td.tee_tcb_svn[0] ^= 1,
	] {
		let mut td = td(1, DATA);
		change(&mut td);
		assert_eq!(td.measurement(), first);
	}
	let bytes = [
		b"vektor tdx image".as_slice(),
		&[1; 48],
		&[1; 48],
		&[2; 48],
		&[3; 48],
		&[4; 48],
		&[0xe7, 2, 6, 0, 0, 0, 0, 0],
		&[0, 0, 0, 0x10, 0, 0, 0, 0],
	];
	let digest: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(bytes.concat()).into();
	assert_eq!(first, digest);
}

#[test]
fn a_quote_under_another_root_is_refused() {
	let own = test_pki::root();
	let other = test_pki::Entry::authority("Intel SGX Root CA", 1).issued_by(
		&Key::new("other"),
		"Intel SGX Root CA",
		&Key::new("other"),
	);
	assert_ne!(own, other);
	let quote = Platform::default().quote(&td(1, DATA));
	let refused = vektor_verifier_tdx::verify(&quote, &collateral(), &Root::parse(&other).unwrap(), NOW);
	assert_eq!(refused, Err(Error::Part(Part::RootCrl, Fault::Signature)));
}
