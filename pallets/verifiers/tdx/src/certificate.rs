//! X.509 certificates, as far as Intel's attestation uses them.

use der::{
	asn1::{BitStringRef, ObjectIdentifier, UintRef},
	Decode, Reader, Tag, TagNumber,
};
use sha2::{Digest, Sha256};

use crate::{
	error::{Error, Fault, Part},
	p256::Key,
	x509::{algorithm, elements, extensions, is_called, tagged, time, Envelope, Period},
};

/// `[0] { INTEGER 2 }`: version 3.
const VERSION_3: [u8; 5] = [0xa0, 3, 2, 1, 2];

/// A `SubjectPublicKeyInfo` of an uncompressed point of P-256, up to its coordinates.
const P256: [u8; 27] = [
	0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
	0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");

/// Intel's extension of PCK certificates.
pub(crate) const SGX: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113741.1.13.1");

/// Bits of the first byte of a `KeyUsage`.
const DIGITAL_SIGNATURE: u8 = 0x80;
const CERTIFICATES_AND_LISTS: u8 = 0x06;

/// A certificate of which nothing is checked but that it can be read.
pub(crate) struct Certificate<'a> {
	pub envelope: Envelope<'a>,
	pub serial: &'a [u8],
	issuer: &'a [u8],
	pub subject: &'a [u8],
	pub period: Period,
	public_key: &'a [u8],
	pub key: Key,
	/// Whether it says that it is an authority, and how many authorities may follow below.
	authority: Option<Option<u8>>,
	usage: u8,
	unknown_critical: bool,
	/// Intel's extension.
	pub sgx: Option<&'a [u8]>,
}

impl<'a> Certificate<'a> {
	pub fn parse(bytes: &'a [u8]) -> Result<Self, Fault> {
		Self::read(bytes).map_err(|_| Fault::Malformed)
	}

	fn read(bytes: &'a [u8]) -> der::Result<Self> {
		let (envelope, mut reader) = Envelope::open(bytes)?;
		if reader.tlv_bytes()? != VERSION_3 {
			return Err(Tag::Integer.value_error());
		}
		let serial = UintRef::decode(&mut reader)?.as_bytes();
		algorithm(&mut reader)?;
		let issuer = reader.tlv_bytes()?;
		let mut validity = elements(reader.tlv_bytes()?)?;
		let period = Period { from: time(&mut validity)?, until: time(&mut validity)? };
		validity.finish(())?;
		let subject = reader.tlv_bytes()?;
		let public_key = reader.tlv_bytes()?;
		let key = public_key
			.strip_prefix(&P256)
			.and_then(|coordinates| Key::new(coordinates.try_into().ok()?))
			.ok_or_else(|| Tag::Sequence.value_error())?;

		let mut certificate = Self {
			envelope,
			serial,
			issuer,
			subject,
			period,
			public_key,
			key,
			authority: None,
			usage: 0,
			unknown_critical: false,
			sgx: None,
		};
		let (mut constraints, mut usage) = (None, None);
		let sgx = &mut certificate.sgx;
		let unknown_critical = &mut certificate.unknown_critical;
		extensions(tagged(&mut reader, TagNumber::N3)?, |name, critical, value| {
			let slot = match name {
				BASIC_CONSTRAINTS => &mut constraints,
				KEY_USAGE => &mut usage,
				// Not critical in Intel's certificates, and understood here.
				SGX => &mut *sgx,
				_ => {
					*unknown_critical |= critical;
					return Ok(());
				}
			};
			match slot.replace(value) {
				None => Ok(()),
				Some(_) => Err(Tag::Sequence.value_error()),
			}
		})?;
		if let Some(value) = constraints {
			let mut fields = elements(value)?;
			let is_authority = Option::<bool>::decode(&mut fields)?.unwrap_or_default();
			let path = Option::<u8>::decode(&mut fields)?;
			fields.finish(())?;
			certificate.authority = is_authority.then_some(path);
		}
		if let Some(value) = usage {
			let bits = BitStringRef::from_der(value)?;
			certificate.usage = bits.raw_bytes().first().copied().unwrap_or_default();
		}
		reader.finish(certificate)
	}

	/// That it names `issuer`.
	pub fn names(&self, issuer: &Self) -> Result<(), Fault> {
		(self.issuer == issuer.subject).then_some(()).ok_or(Fault::Issuer)
	}

	/// That it is an authority's above so many others, who signs certificates and revocation lists.
	pub fn is_authority(&self, above: u8) -> Result<(), Fault> {
		let depth = self.authority.is_some_and(|path| path.is_none_or(|path| path >= above));
		if !depth || self.usage & CERTIFICATES_AND_LISTS != CERTIFICATES_AND_LISTS {
			return Err(Fault::Purpose);
		}
		self.is_understood()
	}

	/// That it is not an authority's, and its key signs.
	pub fn is_signer(&self) -> Result<(), Fault> {
		if self.authority.is_some() || self.usage & DIGITAL_SIGNATURE == 0 {
			return Err(Fault::Purpose);
		}
		self.is_understood()
	}

	/// Whether its subject has this common name.
	pub fn is_called(&self, name: &str) -> bool {
		is_called(self.subject, name)
	}

	fn is_understood(&self) -> Result<(), Fault> {
		if self.unknown_critical {
			return Err(Fault::CriticalExtension);
		}
		Ok(())
	}

	/// What a revocation names: the SHA-256 of the issuer's `SubjectPublicKeyInfo` and the serial number. Not the hash of
	/// the certificate: anybody can turn its signature into another that holds.
	pub fn identity(&self, issuer: &Self) -> [u8; 32] {
		Sha256::new().chain_update(issuer.public_key).chain_update(self.serial).finalize().into()
	}
}

/// The certificate that everything else is checked up to.
pub struct Root<'a> {
	pub(crate) certificate: Certificate<'a>,
	pub(crate) bytes: &'a [u8],
}

impl<'a> Root<'a> {
	/// Reads a root certificate in DER: that of an authority above another, with a key of P-256. Whoever pins it vouches
	/// for it, so its signature by itself is not checked; its time is when it is used.
	pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
		let refuse = |fault| Error::Part(Part::Root, fault);
		let certificate = Certificate::parse(bytes).map_err(refuse)?;
		certificate.is_authority(1).map_err(refuse)?;
		Ok(Self { certificate, bytes })
	}
}
