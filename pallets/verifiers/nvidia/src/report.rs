//! Attestation reports: SPDM's GET_MEASUREMENTS request and its response, one after the other.

use alloc::vec::Vec;
use vektor_verifier_x509::{Issuer, KeyId, PublicKey};

use crate::{
	dice,
	measurements::{Measurements, DRIVER, FIRMWARE},
	opaque::{self, Opaque},
	reader::Reader,
	CertificateError, Error,
};

/// The longest report, bytes: twice a Hopper's.
pub const MAX_REPORT: usize = 8192;
/// ECDSA over P-384: `r || s`, big-endian.
const SIGNATURE: usize = 96;
/// SPDM 1.1's GET_MEASUREMENTS, signed, all of them.
const REQUEST: [u8; 4] = [0x11, 0xe0, 1, 0xff];
/// SPDM 1.1's MEASUREMENTS.
const RESPONSE: [u8; 2] = [0x11, 0x60];

/// What a verified report says of a GPU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
	/// The GPU: the id of the key in its boot ROM, which issued the attestation key. Firmware does not change it.
	pub chip: KeyId,
	/// The id of the attestation key, which the GPU derives anew for other firmware.
	pub attestation_key: KeyId,
	/// The driver's version as text, `550.90.07`; at most 32 bytes.
	pub driver_version: Vec<u8>,
	/// The VBIOS' version in the order in which it is written: `96.00.9F.00.01`.
	pub vbios_version: [u8; 5],
	/// The board's project as text, `1010`; at most 32 bytes, as those below.
	pub project: Vec<u8>,
	/// The project's SKU as text, `0200`.
	pub project_sku: Vec<u8>,
	/// The chip's SKU as text, `882`.
	pub chip_sku: Vec<u8>,
	/// The board.
	pub board_id: [u8; 4],
	/// SHA-256 over the measurements [`FIRMWARE`], each with its index before it: compare with those of the VBIOS'
	/// version.
	pub firmware_digest: [u8; 32],
	/// SHA-256 over the measurements [`DRIVER`], each with its index before it: compare with those of the driver's
	/// version.
	pub driver_digest: [u8; 32],
	/// The last second at which the whole chain is valid, Unix time.
	pub valid_until: u64,
	/// The keys that this rests on, the root's first and the attestation key last: void when one of them is revoked.
	pub keys: Vec<KeyId>,
}

struct Report<'a> {
	nonce: [u8; 32],
	measurements: Measurements<'a>,
	opaque: Opaque<'a>,
	signed: &'a [u8],
	signature: &'a [u8],
}

impl<'a> Report<'a> {
	fn read(bytes: &'a [u8]) -> Result<Self, Error> {
		if bytes.len() > MAX_REPORT {
			return Err(Error::TooLong);
		}
		let end = bytes.len().checked_sub(SIGNATURE).ok_or(Error::Malformed)?;
		let (signed, signature) = bytes.split_at_checked(end).ok_or(Error::Malformed)?;
		let mut reader = Reader(signed);

		let request: [u8; 4] = reader.array()?;
		let nonce = reader.array()?;
		let [_slot] = reader.array()?;
		let response: [u8; 2] = reader.array()?;
		if request != REQUEST || response != RESPONSE {
			return Err(Error::Protocol);
		}
		let [_, _, count, low, middle, high] = reader.array()?;
		let length = usize::try_from(u32::from_le_bytes([low, middle, high, 0])).map_err(|_| Error::Malformed)?;
		let record = reader.take(length)?;
		let _device_nonce: [u8; 32] = reader.array()?;
		let opaque = reader.sized()?;
		if !reader.0.is_empty() {
			return Err(Error::Malformed);
		}
		let (measurements, opaque) = (Measurements::read(count, record)?, Opaque::read(opaque)?);
		Ok(Self { nonce, measurements, opaque, signed, signature })
	}
}

/// Verifies `report`, which answers a request with `nonce`, and the certificate `leaf` of the attestation key that
/// signed it, which `issuer` issued, at `now` (Unix seconds). Costs two P-384 signatures.
///
/// `issuer` is the GPU's own authority: [`Issuer::authorities`] verifies the certificates from the pinned root down to
/// it, with one signature for each, and gives what may be stored for the next report.
pub fn verify(report: &[u8], leaf: &[u8], issuer: &Issuer, nonce: &[u8; 32], now: u64) -> Result<Facts, Error> {
	let Report { nonce: asked, measurements, opaque, signed, signature } = Report::read(report)?;
	if asked != *nonce {
		return Err(Error::Nonce);
	}
	let [d, c, b, a, e, _, _, _] = opaque.array(opaque::VBIOS_VERSION)?;
	let firmware: [u8; 48] = opaque.array(opaque::FIRMWARE_ID)?;
	let driver_version = opaque.text(opaque::DRIVER_VERSION)?;
	let project = opaque.text(opaque::PROJECT)?;
	let project_sku = opaque.text(opaque::PROJECT_SKU)?;
	let chip_sku = opaque.text(opaque::CHIP_SKU)?;
	let board_id = opaque.array(opaque::BOARD_ID)?;

	let leaf = issuer.leaf(leaf, now, &[dice::DEVICE])?;
	if dice::firmware(&leaf, issuer.key()).ok_or(Error::Dice)? != firmware {
		return Err(Error::Firmware);
	}
	if !matches!(leaf.key, PublicKey::P384(_)) {
		return Err(CertificateError::Key.into());
	}
	if !leaf.key.verifies_fixed(signed, signature) {
		return Err(Error::Signature);
	}
	Ok(Facts {
		chip: issuer.key().id(),
		attestation_key: leaf.key.id(),
		driver_version,
		vbios_version: [a, b, c, d, e],
		project,
		project_sku,
		chip_sku,
		board_id,
		firmware_digest: measurements.digest(&FIRMWARE),
		driver_digest: measurements.digest(&DRIVER),
		valid_until: leaf.valid_until,
		keys: leaf.keys,
	})
}
