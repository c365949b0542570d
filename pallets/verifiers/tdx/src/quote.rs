//! Quotes: version 4, and version 5 with the reports of TDX 1.0 and 1.5.

use sha2::{Digest, Sha256};

use crate::{error::Error, qe::REPORT, reader::Reader, MAX_QUOTE};

/// Intel's quoting enclave, in a quote's header.
const INTEL: [u8; 16] =
	[0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07];

/// `ECDSA-256-with-P-256`.
const ECDSA_P256: u16 = 2;

/// A TD, in a quote's header.
const TDX: u32 = 0x81;

/// Certification data that holds the quoting enclave's report, and that within with the PCK certificate's chain.
const QE_REPORT: u16 = 6;
const PCK_CHAIN: u16 = 5;

/// `ATTRIBUTES.TUD`: any of these bits leaves a TD to its host.
const UNDER_DEBUG: u64 = 0xff;

/// `ATTRIBUTES.MIGRATABLE`.
const MIGRATABLE: u64 = 1 << 29;

/// The half of `ATTRIBUTES` that bears on a TD's security; the other is for performance counters and the like.
const SECURITY: u64 = 0xffff_ffff;

/// What a TDX module reports of a TD. Numbers are little-endian.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Td {
	/// Versions of what the TD was launched on: the TDX module's `[0]` and its major version's `[1]`, then others.
	pub tee_tcb_svn: [u8; 16],
	/// The TDX module.
	pub mrseam: [u8; 48],
	/// Who signed the TDX module; zero is Intel.
	pub mrsignerseam: [u8; 48],
	/// The attributes of the TDX module.
	pub seamattributes: [u8; 8],
	/// The TD's attributes. Neither its debug bits nor the one that lets it migrate are set.
	pub attributes: [u8; 8],
	/// The processor state that the TD may use.
	pub xfam: [u8; 8],
	/// What the host loaded into the TD before it ran: its firmware.
	pub mrtd: [u8; 48],
	/// Chosen by the host when it made the TD. Not part of [`Td::measurement`].
	pub mrconfigid: [u8; 48],
	/// Chosen by the host: the TD's owner. Not part of [`Td::measurement`].
	pub mrowner: [u8; 48],
	/// Chosen by the host: the owner's configuration. Not part of [`Td::measurement`].
	pub mrownerconfig: [u8; 48],
	/// What ran in the TD since: by convention its virtual hardware, its kernel, what that was given, its programs.
	pub rtmr: [[u8; 48]; 4],
	/// Chosen by whoever asked for the quote inside the TD.
	pub report_data: [u8; 64],
	/// Versions of what the TD runs on now, if the report has them: the module may be updated below a TD.
	pub tee_tcb_svn_now: Option<[u8; 16]>,
}

impl Td {
	fn read(reader: &mut Reader) -> Option<Self> {
		Some(Self {
			tee_tcb_svn: *reader.array()?,
			mrseam: *reader.array()?,
			mrsignerseam: *reader.array()?,
			seamattributes: *reader.array()?,
			attributes: *reader.array()?,
			xfam: *reader.array()?,
			mrtd: *reader.array()?,
			mrconfigid: *reader.array()?,
			mrowner: *reader.array()?,
			mrownerconfig: *reader.array()?,
			rtmr: [*reader.array()?, *reader.array()?, *reader.array()?, *reader.array()?],
			report_data: *reader.array()?,
			tee_tcb_svn_now: None,
		})
	}

	/// What is allow-listed as an image: the SHA-256 of `vektor tdx image`, MRTD, RTMR 0 to 3, XFAM and the lower half of
	/// ATTRIBUTES, which is the one that bears on security (432 bytes in all).
	pub fn measurement(&self) -> [u8; 32] {
		let attributes = u64::from_le_bytes(self.attributes) & SECURITY;
		let mut hash = Sha256::new().chain_update(b"vektor tdx image").chain_update(self.mrtd);
		for rtmr in self.rtmr {
			hash.update(rtmr);
		}
		hash.chain_update(self.xfam).chain_update(attributes.to_le_bytes()).finalize().into()
	}
}

/// A quote of which nothing is checked but its form.
pub(crate) struct Quote<'a> {
	pub td: Td,
	/// Whether a service TD is bound to the TD.
	serviced: bool,
	/// What the attestation key signs: header and report.
	pub signed: &'a [u8],
	pub signature: &'a [u8; 64],
	pub attestation_key: &'a [u8; 64],
	pub qe_report: &'a [u8; REPORT],
	pub qe_signature: &'a [u8; 64],
	/// Whatever the quoting enclave binds beside the attestation key.
	pub qe_data: &'a [u8],
	/// The chain of the PCK certificate, in PEM.
	pub chain: &'a [u8],
}

impl<'a> Quote<'a> {
	pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
		if bytes.len() > MAX_QUOTE {
			return Err(Error::QuoteTooLong);
		}
		let mut reader = Reader(bytes);
		let (td, serviced) = report(&mut reader)?;
		let signed_length = bytes.len().saturating_sub(reader.0.len());
		let (signed, _) = bytes.split_at_checked(signed_length).ok_or(Error::QuoteLength)?;

		let cut = || Error::QuoteLength;
		let mut data = Reader(reader.long_part().ok_or_else(cut)?);
		let signature = data.array().ok_or_else(cut)?;
		let attestation_key = data.array().ok_or_else(cut)?;
		if data.u16().ok_or_else(cut)? != QE_REPORT {
			return Err(Error::NoChain);
		}
		let mut certification = Reader(data.long_part().ok_or_else(cut)?);
		let qe_report = certification.array().ok_or_else(cut)?;
		let qe_signature = certification.array().ok_or_else(cut)?;
		let qe_data = certification.part().ok_or_else(cut)?;
		if certification.u16().ok_or_else(cut)? != PCK_CHAIN {
			return Err(Error::NoChain);
		}
		let chain = certification.long_part().ok_or_else(cut)?;
		if !(reader.0.is_empty() && data.0.is_empty() && certification.0.is_empty()) {
			return Err(Error::QuoteLength);
		}
		Ok(Self { td, serviced, signed, signature, attestation_key, qe_report, qe_signature, qe_data, chain })
	}

	/// That its host can neither look into the TD nor move it away.
	pub fn is_sealed(&self) -> Result<(), Error> {
		let attributes = u64::from_le_bytes(self.td.attributes);
		if attributes & UNDER_DEBUG != 0 {
			return Err(Error::Debug);
		}
		if attributes & MIGRATABLE != 0 || self.serviced {
			return Err(Error::Migratable);
		}
		Ok(())
	}
}

/// Reads the header and the TD's report, and whether it names a service TD.
fn report(reader: &mut Reader) -> Result<(Td, bool), Error> {
	let cut = || Error::QuoteLength;
	let version = reader.u16().ok_or_else(cut)?;
	if !matches!(version, 4 | 5) {
		return Err(Error::QuoteVersion(version));
	}
	let key_type = reader.u16().ok_or_else(cut)?;
	if reader.u32().ok_or_else(cut)? != TDX {
		return Err(Error::NotTdx);
	}
	reader.take(4).ok_or_else(cut)?;
	let vendor: &[u8; 16] = reader.array().ok_or_else(cut)?;
	if key_type != ECDSA_P256 || *vendor != INTEL {
		return Err(Error::QuotingEnclave);
	}
	reader.take(20).ok_or_else(cut)?;
	if version == 4 {
		return Ok((Td::read(reader).ok_or_else(cut)?, false));
	}

	let kind = reader.u16().ok_or_else(cut)?;
	let mut body = Reader(reader.long_part().ok_or_else(cut)?);
	let mut td = Td::read(&mut body).ok_or_else(cut)?;
	let serviced = match kind {
		2 => false,
		3 | 4 => {
			td.tee_tcb_svn_now = Some(*body.array().ok_or_else(cut)?);
			let at_launch: &[u8; 48] = body.array().ok_or_else(cut)?;
			let now = if kind == 4 { extension(&mut body)? } else { &[0; 48] };
			*at_launch != [0; 48] || *now != [0; 48]
		}
		_ => return Err(Error::NotTdx),
	};
	if !body.0.is_empty() {
		return Err(Error::QuoteLength);
	}
	Ok((td, serviced))
}

/// Reads what the longest report adds, and gives the hash of the service TDs that are bound now.
fn extension<'a>(body: &mut Reader<'a>) -> Result<&'a [u8; 48], Error> {
	let cut = || Error::QuoteLength;
	let [vm] = body.array().ok_or_else(cut)?;
	if *vm != 0 {
		return Err(Error::NotTdx);
	}
	// The TD's own id, its devices, the service TDs at its launch (as above, with attributes), what it was launched on.
	body.take(32 + 48 + 48 + 8 + 16 + 16 + 12).ok_or_else(cut)?;
	let now = body.array().ok_or_else(cut)?;
	body.take(8).ok_or_else(cut)?;
	Ok(now)
}

/// The quote in a buffer that is longer, as the quoting service hands it out: the bytes that its lengths declare.
pub fn trim(buffer: &[u8]) -> Option<&[u8]> {
	let mut reader = Reader(buffer);
	report(&mut reader).ok()?;
	reader.long_part()?;
	buffer.get(..buffer.len().checked_sub(reader.0.len())?)
}
