//! Revocation lists.

use der::{asn1::UintRef, Decode, Reader, SliceReader, Tag, TagNumber};

use crate::{
	certificate::Certificate,
	error::Fault,
	x509::{algorithm, elements, extensions, tagged, time, Envelope, Period},
};

/// `INTEGER 1`: version 2.
const VERSION_2: [u8; 3] = [2, 1, 1];

/// A complete list, of which nothing is checked but that it can be read.
pub(crate) struct Crl<'a> {
	pub envelope: Envelope<'a>,
	issuer: &'a [u8],
	pub period: Period,
	/// The entries, each read already.
	revoked: &'a [u8],
}

impl<'a> Crl<'a> {
	/// Refuses every critical extension: those that exist make a list partial or another issuer's.
	pub fn parse(bytes: &'a [u8]) -> Result<Self, Fault> {
		let mut critical = false;
		let list = Self::read(bytes, &mut critical).map_err(|_| Fault::Malformed)?;
		if critical {
			return Err(Fault::CriticalExtension);
		}
		Ok(list)
	}

	fn read(bytes: &'a [u8], critical: &mut bool) -> der::Result<Self> {
		let (envelope, mut reader) = Envelope::open(bytes)?;
		if reader.tlv_bytes()? != VERSION_2 {
			return Err(Tag::Integer.value_error());
		}
		algorithm(&mut reader)?;
		let issuer = reader.tlv_bytes()?;
		let period = Period { from: time(&mut reader)?, until: time(&mut reader)? };
		let mut note = |_, is_critical, _| {
			*critical |= is_critical;
			Ok(())
		};
		let mut revoked: &[u8] = &[];
		if reader.peek_byte() == Some(Tag::Sequence.octet()) {
			let entries = reader.tlv_bytes()?;
			let mut rest = elements(entries)?;
			while !rest.is_finished() {
				let mut entry = elements(rest.tlv_bytes()?)?;
				UintRef::decode(&mut entry)?;
				time(&mut entry)?;
				if !entry.is_finished() {
					extensions(entry.tlv_bytes()?, &mut note)?;
				}
				entry.finish(())?;
			}
			revoked = entries;
		}
		if !reader.is_finished() {
			extensions(tagged(&mut reader, TagNumber::N0)?, &mut note)?;
		}
		reader.finish(Self { envelope, issuer, period, revoked })
	}

	/// That it names `issuer`.
	pub fn names(&self, issuer: &Certificate) -> Result<(), Fault> {
		(self.issuer == issuer.subject).then_some(()).ok_or(Fault::Issuer)
	}

	/// That it does not name `certificate`, which must be from the same issuer.
	pub fn spares(&self, certificate: &Certificate) -> Result<(), Fault> {
		let named = |mut entries: SliceReader| -> der::Result<bool> {
			while !entries.is_finished() {
				let mut entry = elements(entries.tlv_bytes()?)?;
				if UintRef::decode(&mut entry)?.as_bytes() == certificate.serial {
					return Ok(true);
				}
			}
			Ok(false)
		};
		if self.revoked.is_empty() {
			return Ok(());
		}
		match elements(self.revoked).and_then(named) {
			Ok(false) => Ok(()),
			Ok(true) => Err(Fault::Revoked),
			Err(_) => Err(Fault::Malformed),
		}
	}
}
