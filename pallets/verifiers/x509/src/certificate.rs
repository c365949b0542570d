//! One certificate, read but not yet believed.

use alloc::vec::Vec;
use der::{
	asn1::{AnyRef, BitStringRef, GeneralizedTime, ObjectIdentifier, OctetStringRef, UintRef, UtcTime},
	Decode, Reader, SliceReader, Tag, TagNumber, Tagged,
};

use crate::{Error, PublicKey};

/// The longest certificate, bytes: twice what AMD's and NVIDIA's have.
pub const MAX_CERTIFICATE: usize = 4096;

/// The most extensions that a certificate may have: a VCEK has 11.
pub const MAX_EXTENSIONS: usize = 24;

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
/// `[0] EXPLICIT INTEGER 2`.
const VERSION_3: [u8; 5] = [0xa0, 3, 2, 1, 2];
const VERSION: u8 = 0xa0;
const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N3 };

pub(crate) struct Extension<'a> {
	pub id: ObjectIdentifier,
	pub critical: bool,
	pub value: &'a [u8],
}

/// What basicConstraints say of an authority.
pub(crate) struct Authority {
	/// How many authorities may stand below it.
	pub path: Option<u8>,
}

/// What keyUsage allows.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
	pub digital_signature: bool,
	pub certificate_signature: bool,
}

pub(crate) struct Certificate<'a> {
	/// What is signed.
	pub body: &'a [u8],
	/// The AlgorithmIdentifier.
	pub algorithm: &'a [u8],
	pub signature: &'a [u8],
	/// The issuer's Name, DER.
	pub issuer: &'a [u8],
	/// The subject's Name, DER.
	pub subject: &'a [u8],
	/// Unix seconds, the first that is valid.
	pub not_before: u64,
	/// Unix seconds, the last that is valid.
	pub not_after: u64,
	pub key: PublicKey,
	pub extensions: Vec<Extension<'a>>,
}

/// Every fault of the DER reader's is one to us.
impl From<der::Error> for Error {
	fn from(_: der::Error) -> Self {
		Self::Malformed
	}
}

/// What the SEQUENCE holds that `bytes` are.
fn sequence(bytes: &[u8]) -> Result<SliceReader<'_>, Error> {
	let any = AnyRef::from_der(bytes)?;
	any.tag().assert_eq(Tag::Sequence)?;
	Ok(SliceReader::new(any.value())?)
}

fn time(reader: &mut SliceReader<'_>) -> Result<u64, Error> {
	let any: AnyRef<'_> = reader.decode()?;
	let since = match any.tag() {
		Tag::UtcTime => any.decode_as::<UtcTime>()?.to_unix_duration(),
		_ => any.decode_as::<GeneralizedTime>()?.to_unix_duration(),
	};
	Ok(since.as_secs())
}

fn extension(bytes: &[u8]) -> Result<Extension<'_>, Error> {
	let mut reader = sequence(bytes)?;
	let id = reader.decode()?;
	// DER leaves a default out: FALSE is never written.
	let critical = match reader.decode::<Option<bool>>()? {
		Some(false) => return Err(Error::Malformed),
		written => written.is_some(),
	};
	let value: OctetStringRef<'_> = reader.decode()?;
	Ok(reader.finish(Extension { id, critical, value: value.as_bytes() })?)
}

fn extensions(bytes: &[u8]) -> Result<Vec<Extension<'_>>, Error> {
	let any = AnyRef::from_der(bytes)?;
	any.tag().assert_eq(EXTENSIONS)?;
	let mut reader = sequence(any.value())?;
	let mut all: Vec<Extension<'_>> = Vec::new();
	while !reader.is_finished() {
		let next = extension(reader.tlv_bytes()?)?;
		if all.len() >= MAX_EXTENSIONS || all.iter().any(|other| other.id == next.id) {
			return Err(Error::Extensions);
		}
		all.push(next);
	}
	Ok(all)
}

impl<'a> Certificate<'a> {
	/// Reads an X.509 certificate of version 3 (RFC 5280, 4.1). Unique identifiers are refused: nobody uses them.
	pub fn parse(der: &'a [u8]) -> Result<Self, Error> {
		if der.len() > MAX_CERTIFICATE {
			return Err(Error::TooLong);
		}
		let mut outer = sequence(der)?;
		let body = outer.tlv_bytes()?;
		let algorithm = outer.tlv_bytes()?;
		let signature: BitStringRef<'a> = outer.decode()?;
		let signature = outer.finish(signature)?.as_bytes().ok_or(Error::Malformed)?;

		let mut inner = sequence(body)?;
		if inner.peek_byte() != Some(VERSION) || inner.tlv_bytes()? != VERSION_3 {
			return Err(Error::Version);
		}
		let _serial: UintRef<'_> = inner.decode()?;
		if inner.tlv_bytes()? != algorithm {
			return Err(Error::Malformed);
		}
		let issuer = inner.tlv_bytes()?;
		let mut validity = sequence(inner.tlv_bytes()?)?;
		let not_before = time(&mut validity)?;
		let not_after = time(&mut validity)?;
		validity.finish(())?;
		let subject = inner.tlv_bytes()?;
		let key = PublicKey::from_spki(inner.tlv_bytes()?)?;
		let extensions = if inner.is_finished() { Vec::new() } else { extensions(inner.tlv_bytes()?)? };
		inner.finish(())?;
		Ok(Self { body, algorithm, signature, issuer, subject, not_before, not_after, key, extensions })
	}

	pub fn extension(&self, id: ObjectIdentifier) -> Option<&'a [u8]> {
		self.extensions.iter().find(|extension| extension.id == id).map(|extension| extension.value)
	}

	/// Fails where an extension is critical and neither known here nor `understood` by the caller.
	pub fn understands(&self, understood: &[ObjectIdentifier]) -> Result<(), Error> {
		let known = |id| [BASIC_CONSTRAINTS, KEY_USAGE].contains(id) || understood.contains(id);
		if self.extensions.iter().any(|extension| extension.critical && !known(&extension.id)) {
			return Err(Error::CriticalExtension);
		}
		Ok(())
	}

	/// basicConstraints, where they name an authority (RFC 5280, 4.2.1.9).
	pub fn authority(&self) -> Result<Option<Authority>, Error> {
		let Some(value) = self.extension(BASIC_CONSTRAINTS) else { return Ok(None) };
		let mut reader = sequence(value)?;
		match reader.decode::<Option<bool>>()? {
			Some(true) => {}
			Some(false) => return Err(Error::Malformed),
			None => return Ok(reader.finish(None)?),
		}
		let path = reader.decode()?;
		Ok(reader.finish(Some(Authority { path }))?)
	}

	/// keyUsage, where it is given (RFC 5280, 4.2.1.3).
	pub fn usage(&self) -> Result<Option<Usage>, Error> {
		let Some(value) = self.extension(KEY_USAGE) else { return Ok(None) };
		let first = BitStringRef::from_der(value)?.raw_bytes().first().copied().unwrap_or_default();
		Ok(Some(Usage { digital_signature: first & 0x80 != 0, certificate_signature: first & 0x04 != 0 }))
	}
}
