//! A platform: its PCK certificate, its quoting enclave, its quotes.

use sha2::{Digest, Sha256};

use super::{
	certificate::{Entry, Key},
	encode::{element, integer, name, octets, sequence},
	intel::{authority, authority_certificate},
	root, FROM, UNTIL,
};
use crate::{Ca, Td};

/// A platform.
#[derive(Clone, Debug)]
pub struct Platform {
	/// Its kind.
	pub fmspc: [u8; 6],
	/// Who issues its PCK certificate.
	pub ca: Ca,
	/// Its own id.
	pub ppid: [u8; 16],
	/// The serial number of its PCK certificate.
	pub serial: u64,
	/// The first and the last second at which that holds.
	pub period: (u64, u64),
	/// The version of its first component. The others are 0.
	pub svn: u8,
}

impl Default for Platform {
	fn default() -> Self {
		Self {
			fmspc: [0xb0, 0xc0, 0x6f, 0, 0, 0],
			ca: Ca::Platform,
			ppid: [0x11; 16],
			serial: 1000,
			period: (FROM, UNTIL),
			svn: 3,
		}
	}
}

/// A TD of an image that is named by one byte, on an up-to-date module of version 1.5.
pub fn td(image: u8, report_data: [u8; 64]) -> Td {
	let tee_tcb_svn = [3, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
	Td {
		tee_tcb_svn,
		mrseam: [0x5e; 48],
		mrsignerseam: [0; 48],
		seamattributes: [0; 8],
		attributes: [0, 0, 0, 0x10, 0, 0, 0, 0],
		xfam: [0xe7, 2, 6, 0, 0, 0, 0, 0],
		mrtd: [image; 48],
		mrconfigid: [0; 48],
		mrowner: [0; 48],
		mrownerconfig: [0; 48],
		rtmr: [[1; 48], [2; 48], [3; 48], [4; 48]],
		report_data,
		tee_tcb_svn_now: Some(tee_tcb_svn),
	}
}

/// The header and the report of a quote: of version 5 where the TD knows what it runs on now, else of version 4.
pub fn report(td: &Td) -> Vec<u8> {
	let version: u16 = if td.tee_tcb_svn_now.is_some() { 5 } else { 4 };
	let mut bytes = [version.to_le_bytes(), 2u16.to_le_bytes()].concat();
	bytes.extend(0x81u32.to_le_bytes());
	bytes.extend([0; 4]);
	bytes.extend(*b"\x93\x9a\x72\x33\xf7\x9c\x4c\xa9\x94\x0a\x0d\xb3\x95\x7f\x06\x07");
	bytes.extend([0; 20]);
	if td.tee_tcb_svn_now.is_some() {
		bytes.extend(3u16.to_le_bytes());
		bytes.extend(648u32.to_le_bytes());
	}
	for part in [td.tee_tcb_svn.as_slice(), &td.mrseam, &td.mrsignerseam, &td.seamattributes, &td.attributes, &td.xfam]
	{
		bytes.extend(part);
	}
	for part in [&td.mrtd, &td.mrconfigid, &td.mrowner, &td.mrownerconfig] {
		bytes.extend(part);
	}
	bytes.extend(td.rtmr.as_flattened());
	bytes.extend(td.report_data);
	if let Some(now) = td.tee_tcb_svn_now {
		bytes.extend(now);
		bytes.extend([0; 48]);
	}
	bytes
}

impl Platform {
	/// A quote of a TD that runs on it.
	pub fn quote(&self, td: &Td) -> Vec<u8> {
		self.sign(&report(td))
	}

	/// A quote of these bytes, a header and a report.
	pub fn sign(&self, report: &[u8]) -> Vec<u8> {
		sign_under(report, &self.chain())
	}

	/// The PCK certificate, to be issued.
	pub fn certificate(&self) -> Entry {
		let sgx = "1.2.840.113741.1.13.1";
		let pair = |path: &str, value: &[u8]| sequence(&[&name(&format!("{sgx}.{path}")), value]);
		let mut tcb: Vec<u8> = (1..=16u64)
			.flat_map(|n| pair(&format!("2.{n}"), &integer(if n == 1 { self.svn.into() } else { 0 })))
			.collect();
		tcb.extend(pair("2.17", &integer(11)));
		let extension = sequence(&[
			&pair("1", &octets(&self.ppid)),
			&pair("2", &sequence(&[&tcb])),
			&pair("3", &octets(&[0, 0])),
			&pair("4", &octets(&self.fmspc)),
			&pair("5", &element(0x0a, &[&[0]])),
		]);
		Entry {
			period: self.period,
			extensions: vec![(sgx.into(), false, extension)],
			..Entry::signer("Intel SGX PCK Certificate", self.serial)
		}
	}

	/// The chain that its quotes embed, from the PCK certificate up, in DER.
	pub fn chain(&self) -> [Vec<u8>; 3] {
		let (ca_name, ca_key) = authority(self.ca);
		let pck = self.certificate().issued_by(&ca_key, ca_name, &Key::new("pck"));
		[pck, authority_certificate(self.ca), root()]
	}
}

/// A quote of these bytes, a header and a report, that embeds this chain: every platform has the same key.
pub fn sign_under(report: &[u8], chain: &[Vec<u8>; 3]) -> Vec<u8> {
	let pem = |der: &Vec<u8>| der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, der).expect("short");
	let chain: String = chain.iter().map(pem).collect();
	let attestation_key = Key::new("attestation");
	let qe_data = [7; 32];
	let bound = Sha256::new().chain_update(attestation_key.coordinates()).chain_update(qe_data).finalize();

	let mut qe_report = vec![0; 48];
	qe_report.extend([0x11, 0, 0, 0, 0, 0, 0, 0, 0xe7, 0, 0, 0, 0, 0, 0, 0]);
	qe_report.extend([0x99; 32]);
	qe_report.extend([0; 32]);
	qe_report.extend([0xdc; 32]);
	qe_report.extend([0; 96]);
	qe_report.extend([2, 0, 4, 0]);
	qe_report.extend([0; 60]);
	qe_report.extend(bound);
	qe_report.extend([0; 32]);

	let mut certification = qe_report.clone();
	certification.extend(Key::new("pck").sign(&qe_report));
	certification.extend(part(&qe_data, 2));
	certification.extend(5u16.to_le_bytes());
	certification.extend(part(chain.as_bytes(), 4));

	let mut data = attestation_key.sign(report).to_vec();
	data.extend(attestation_key.coordinates());
	data.extend(6u16.to_le_bytes());
	data.extend(part(&certification, 4));
	[report, &part(&data, 4)].concat()
}

/// `bytes` behind their number in so many bytes.
fn part(bytes: &[u8], width: usize) -> Vec<u8> {
	let length = u32::try_from(bytes.len()).expect("short").to_le_bytes();
	length.iter().take(width).chain(bytes).copied().collect()
}
