//! Collateral: what Intel says of a kind of platform, and whom it no longer vouches for.

use alloc::vec::Vec;

use crate::{error::Error, reader::Reader, MAX_COLLATERAL};

/// The version of the encoding.
const VERSION: u8 = 1;

/// An authority that issues PCK certificates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ca {
	/// Of platforms with one processor.
	Processor,
	/// Of platforms with several processors.
	Platform,
}

/// The parts of collateral, as Intel's provisioning service gives them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Collateral<'a> {
	/// The certificate of the PCK authority, in DER.
	pub pck_ca: &'a [u8],
	/// Its revocation list, in DER.
	pub pck_crl: &'a [u8],
	/// The root's revocation list, in DER.
	pub root_crl: &'a [u8],
	/// The certificate of the key that signs TCB info, in DER.
	pub tcb_signer: &'a [u8],
	/// The JSON object `tcbInfo`, byte for byte as it is signed.
	pub tcb_info: &'a [u8],
	/// Its signature: `r`, then `s`, big-endian.
	pub tcb_info_signature: &'a [u8; 64],
	/// The certificate of the key that signs the quoting enclave's identity, in DER. Mostly the same.
	pub qe_signer: &'a [u8],
	/// The JSON object `enclaveIdentity`, byte for byte as it is signed.
	pub qe_identity: &'a [u8],
	/// Its signature.
	pub qe_identity_signature: &'a [u8; 64],
}

impl<'a> Collateral<'a> {
	/// The one encoding: a byte 1, then the parts in the order of the fields, each but the signatures behind its length in
	/// two bytes, little-endian.
	pub fn encode(&self) -> Result<Vec<u8>, Error> {
		let mut bytes = Vec::from([VERSION]);
		let mut part = |part: &[u8], signature: &[u8]| {
			let length = u16::try_from(part.len()).map_err(|_| Error::CollateralTooLong)?;
			bytes.extend(length.to_le_bytes());
			bytes.extend(part);
			bytes.extend(signature);
			Ok(())
		};
		part(self.pck_ca, &[])?;
		part(self.pck_crl, &[])?;
		part(self.root_crl, &[])?;
		part(self.tcb_signer, &[])?;
		part(self.tcb_info, self.tcb_info_signature)?;
		part(self.qe_signer, &[])?;
		part(self.qe_identity, self.qe_identity_signature)?;
		match bytes.len() {
			0..=MAX_COLLATERAL => Ok(bytes),
			_ => Err(Error::CollateralTooLong),
		}
	}

	/// Reads the encoding. Nothing is checked yet.
	pub fn decode(bytes: &'a [u8]) -> Result<Self, Error> {
		if bytes.len() > MAX_COLLATERAL {
			return Err(Error::CollateralTooLong);
		}
		Self::read(bytes).ok_or(Error::CollateralLength)
	}

	fn read(bytes: &'a [u8]) -> Option<Self> {
		let mut reader = Reader(bytes);
		if *reader.array()? != [VERSION] {
			return None;
		}
		let collateral = Self {
			pck_ca: reader.part()?,
			pck_crl: reader.part()?,
			root_crl: reader.part()?,
			tcb_signer: reader.part()?,
			tcb_info: reader.part()?,
			tcb_info_signature: reader.array()?,
			qe_signer: reader.part()?,
			qe_identity: reader.part()?,
			qe_identity_signature: reader.array()?,
		};
		reader.0.is_empty().then_some(collateral)
	}
}

/// What collateral is about, and how new it is. Times are Unix seconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CollateralInfo {
	/// The kind of platform.
	pub fmspc: [u8; 6],
	/// Whose platforms.
	pub ca: Ca,
	/// Intel's counter of what its levels are measured against.
	pub tcb_evaluation_number: u32,
	/// When the TCB info, the quoting enclave's identity, the PCK authority's revocation list and the root's were issued.
	pub issued: [u64; 4],
	/// The last second at which all of it holds.
	pub valid_until: u64,
}

impl CollateralInfo {
	/// Whether it may take the place of `other`: it is about the same platforms, none of its parts is older, and something
	/// is newer. So nobody can bring an old revocation list back beside new levels.
	pub fn replaces(&self, other: &Self) -> bool {
		let same = (self.fmspc, self.ca) == (other.fmspc, other.ca);
		let not_older = self.tcb_evaluation_number >= other.tcb_evaluation_number
			&& self.issued.iter().zip(other.issued).all(|(mine, theirs)| *mine >= theirs);
		same && not_older && self != other
	}
}
