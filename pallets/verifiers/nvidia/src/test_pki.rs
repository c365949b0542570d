//! An NVIDIA of our own, whose keys everybody knows: for tests and for the roots of development chains, never for
//! value.
//!
//! It panics where a test gives it nonsense.

use vektor_verifier_x509::test_pki::{authority, sequence, signs, tlv, Signer, Template};

use crate::dice::DEVICE;

const ROOT_NAME: &str = "Test Device Identity CA";
const MODEL_NAME: &str = "Test Model";
const CHIP_NAME: &str = "Test Chip";
/// id-sha384 (2.16.840.1.101.3.4.2.2).
const SHA384: [u8; 11] = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];

/// A GPU.
#[derive(Clone)]
pub struct Gpu {
	/// Which one: the scalar of the key in its boot ROM, 3 to 127.
	pub chip: u8,
	/// The digest of its firmware.
	pub firmware: [u8; 48],
	/// What it measured.
	pub measurements: [[u8; 48]; 64],
	/// The driver's version as text.
	pub driver_version: String,
	/// The VBIOS' version, in the order in which it is written.
	pub vbios_version: [u8; 5],
	/// The first second at which its certificates are valid, Unix time.
	pub valid_from: u64,
	/// The last second at which its certificates are valid, Unix time.
	pub valid_until: u64,
}

fn root_key() -> Signer {
	Signer::p384(1)
}

fn model_key() -> Signer {
	Signer::p384(2)
}

/// The certificate of the authority above all devices, to be pinned.
pub fn root(valid_from: u64, valid_until: u64) -> Vec<u8> {
	vektor_verifier_x509::test_pki::root(ROOT_NAME, &root_key(), valid_from, valid_until).0
}

impl Gpu {
	/// The GPU `chip` (3 to 127), of which nothing is special.
	pub fn new(chip: u8, valid_from: u64, valid_until: u64) -> Self {
		let measurements = core::array::from_fn(|index| [index as u8; 48]);
		let driver_version = "550.90.07".into();
		let vbios_version = [0x96, 0, 0x9f, 0, 1];
		Self { chip, firmware: [0xf1; 48], measurements, driver_version, vbios_version, valid_from, valid_until }
	}

	/// The key in its boot ROM.
	pub fn chip_key(&self) -> Signer {
		Signer::p384(self.chip)
	}

	/// The key that signs its reports.
	pub fn attestation_key(&self) -> Signer {
		Signer::p384(self.chip | 0x80)
	}

	fn template<'a>(&self, subject: &'a str) -> Template<'a> {
		let Self { valid_from: not_before, valid_until: not_after, .. } = *self;
		Template { subject, not_before, not_after, extensions: authority(None) }
	}

	/// The certificates between the root and the leaf, the root's first: of the model's authority and of the GPU's own.
	pub fn authorities(&self) -> [Vec<u8>; 2] {
		[
			self.template(MODEL_NAME).issue(&model_key().public(), ROOT_NAME, &root_key()),
			self.template(CHIP_NAME).issue(&self.chip_key().public(), MODEL_NAME, &model_key()),
		]
	}

	/// The certificate of the attestation key.
	pub fn leaf(&self) -> Vec<u8> {
		let firmware = sequence(&[&SHA384, &tlv(4, &[&self.firmware])]);
		self.leaf_with(&sequence(&[&[2, 1, 1], &self.chip_key().public().spki(), &firmware]))
	}

	/// The certificate of the attestation key, with this composite device id.
	pub fn leaf_with(&self, device: &[u8]) -> Vec<u8> {
		let extensions = vec![signs(), (DEVICE, true, device.to_vec())];
		Template { extensions, ..self.template("Test Attestation Key") }.issue(
			&self.attestation_key().public(),
			CHIP_NAME,
			&self.chip_key(),
		)
	}

	/// The fields of the opaque data: types and values.
	pub fn fields(&self) -> Vec<(u16, Vec<u8>)> {
		let [a, b, c, d, e] = self.vbios_version;
		vec![
			(6, vec![d, c, b, a, e, 0, 0, 0]),
			(14, vec![1, 2, 3, 4]),
			(15, b"882\0\0\0\0\0\0".to_vec()),
			(17, b"1010\0".to_vec()),
			(18, b"0200\0".to_vec()),
			(3, [self.driver_version.as_bytes(), &[0]].concat()),
			(20, self.firmware.to_vec()),
		]
	}

	/// A signed report that answers `nonce`.
	pub fn report(&self, nonce: [u8; 32]) -> Vec<u8> {
		self.report_with(nonce, &self.record(), &self.fields())
	}

	/// The measurement record: for each, its number from 1, DMTF's specification, lengths and the digest.
	pub fn record(&self) -> Vec<u8> {
		let block = |(index, value): (usize, &[u8; 48])| [&[index as u8 + 1, 1, 51, 0, 1, 48, 0], &value[..]].concat();
		self.measurements.iter().enumerate().flat_map(block).collect()
	}

	/// A signed report with this record and these fields.
	pub fn report_with(&self, nonce: [u8; 32], record: &[u8], fields: &[(u16, Vec<u8>)]) -> Vec<u8> {
		let length = (record.len() as u32).to_le_bytes();
		let field = |(kind, value): &(u16, Vec<u8>)| {
			[&kind.to_le_bytes()[..], &(value.len() as u16).to_le_bytes(), value].concat()
		};
		let opaque: Vec<u8> = fields.iter().flat_map(field).collect();
		let signed = [
			&[0x11, 0xe0, 1, 0xff][..],
			&nonce,
			&[0],
			&[0x11, 0x60, 0, 0, 64],
			&length[..3],
			record,
			&[0xdd; 32],
			&(opaque.len() as u16).to_le_bytes(),
			&opaque,
		]
		.concat();
		self.signed(signed)
	}

	/// `report` without its signature, signed.
	pub fn signed(&self, report: Vec<u8>) -> Vec<u8> {
		let signature = self.attestation_key().sign_fixed(&report);
		[report, signature.to_vec()].concat()
	}
}
