//! What certificates and revocation lists share: a DER envelope around what is signed, names, times.
//!
//! Only borrowing types of `der` are used. Its owning ones allocate what a length claims before they look whether the
//! input is that long.

use der::{
	asn1::{AnyRef, BitStringRef, GeneralizedTime, ObjectIdentifier, OctetStringRef, UtcTime},
	Decode, Reader, SliceReader, Tag, TagNumber, Tagged,
};

use crate::{certificate::Certificate, error::Fault};

/// The `AlgorithmIdentifier` of ECDSA with SHA-256, without parameters.
const ECDSA_WITH_SHA256: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

/// `id-at-commonName`.
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// What a certificate authority signs.
pub(crate) struct Envelope<'a> {
	/// The signed element, with its header.
	pub signed: &'a [u8],
	signature: &'a [u8],
}

impl<'a> Envelope<'a> {
	/// Opens `bytes`, and gives the elements of what is signed.
	pub fn open(bytes: &'a [u8]) -> der::Result<(Self, SliceReader<'a>)> {
		let mut reader = elements(bytes)?;
		let signed = reader.tlv_bytes()?;
		algorithm(&mut reader)?;
		let signature = BitStringRef::decode(&mut reader)?;
		let signature = signature.as_bytes().ok_or_else(|| Tag::BitString.value_error())?;
		reader.finish((Self { signed, signature }, elements(signed)?))
	}

	/// That `issuer`'s key signed it.
	pub fn is_signed_by(&self, issuer: &Certificate) -> Result<(), Fault> {
		issuer.key.signed_der(self.signed, self.signature).then_some(()).ok_or(Fault::Signature)
	}
}

/// When something may be relied on, in Unix seconds, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Period {
	pub from: u64,
	pub until: u64,
}

impl Period {
	pub fn contains(&self, now: u64) -> Result<(), Fault> {
		if now < self.from {
			return Err(Fault::NotYetValid);
		}
		if now > self.until {
			return Err(Fault::Expired);
		}
		Ok(())
	}
}

/// The elements of a SEQUENCE that is all of `bytes`.
pub(crate) fn elements(bytes: &[u8]) -> der::Result<SliceReader<'_>> {
	within(AnyRef::from_der(bytes)?)
}

/// The elements of a SEQUENCE.
pub(crate) fn within(sequence: AnyRef) -> der::Result<SliceReader> {
	match sequence.tag() {
		Tag::Sequence => SliceReader::new(sequence.value()),
		tag => Err(tag.unexpected_error(Some(Tag::Sequence))),
	}
}

/// What stands behind an explicit tag.
pub(crate) fn tagged<'a>(reader: &mut SliceReader<'a>, number: TagNumber) -> der::Result<&'a [u8]> {
	let element = AnyRef::decode(reader)?;
	match element.tag() {
		tag if tag == (Tag::ContextSpecific { constructed: true, number }) => Ok(element.value()),
		tag => Err(tag.value_error()),
	}
}

/// The algorithm of a signature: there is only one.
pub(crate) fn algorithm(reader: &mut SliceReader) -> der::Result<()> {
	match reader.tlv_bytes()? {
		bytes if bytes == ECDSA_WITH_SHA256 => Ok(()),
		_ => Err(Tag::Sequence.value_error()),
	}
}

/// A `Time`, in Unix seconds.
pub(crate) fn time(reader: &mut SliceReader) -> der::Result<u64> {
	let time = match reader.peek_tag()? {
		Tag::GeneralizedTime => GeneralizedTime::decode(reader)?.to_unix_duration(),
		_ => UtcTime::decode(reader)?.to_unix_duration(),
	};
	Ok(time.as_secs())
}

/// The extensions of a certificate, of a list or of its entry, as their SEQUENCE has them.
pub(crate) fn extensions<'a>(
	bytes: &'a [u8],
	mut each: impl FnMut(ObjectIdentifier, bool, &'a [u8]) -> der::Result<()>,
) -> der::Result<()> {
	let mut reader = elements(bytes)?;
	while !reader.is_finished() {
		let mut extension = elements(reader.tlv_bytes()?)?;
		let name = ObjectIdentifier::decode(&mut extension)?;
		let critical = Option::<bool>::decode(&mut extension)?.unwrap_or_default();
		let value = OctetStringRef::decode(&mut extension)?.as_bytes();
		each(name, critical, extension.finish(value)?)?;
	}
	Ok(())
}

/// Whether a `Name` has exactly one common name, and it is `expected`.
pub(crate) fn is_called(name: &[u8], expected: &str) -> bool {
	let found = || -> der::Result<(usize, bool)> {
		let (mut count, mut same) = (0usize, true);
		let mut names = elements(name)?;
		while !names.is_finished() {
			let mut set = SliceReader::new(AnyRef::decode(&mut names)?.value())?;
			while !set.is_finished() {
				let mut attribute = elements(set.tlv_bytes()?)?;
				let kind = ObjectIdentifier::decode(&mut attribute)?;
				let value = AnyRef::decode(&mut attribute)?.value();
				if kind == COMMON_NAME {
					count = count.saturating_add(1);
					same &= value == expected.as_bytes();
				}
			}
		}
		Ok((count, same))
	};
	matches!(found(), Ok((1, true)))
}
