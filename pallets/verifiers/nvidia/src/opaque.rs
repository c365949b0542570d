//! The opaque data of a response: fields with a type and a length.

use alloc::vec::Vec;

use crate::{reader::Reader, Error};

pub(crate) const DRIVER_VERSION: u16 = 3;
pub(crate) const VBIOS_VERSION: u16 = 6;
pub(crate) const BOARD_ID: u16 = 14;
pub(crate) const CHIP_SKU: u16 = 15;
pub(crate) const PROJECT: u16 = 17;
pub(crate) const PROJECT_SKU: u16 = 18;
pub(crate) const FIRMWARE_ID: u16 = 20;

/// The longest text that a field may hold.
const MAX_TEXT: usize = 32;

pub(crate) struct Opaque<'a>(Vec<(u16, &'a [u8])>);

impl<'a> Opaque<'a> {
	/// Reads fields until the end. A type may occur once.
	pub fn read(bytes: &'a [u8]) -> Result<Self, Error> {
		let mut reader = Reader(bytes);
		let mut fields: Vec<(u16, &[u8])> = Vec::new();
		while !reader.0.is_empty() {
			fields.push((u16::from_le_bytes(reader.array()?), reader.sized()?));
		}
		fields.sort_unstable_by_key(|(kind, _)| *kind);
		let twice = fields.iter().zip(fields.iter().skip(1)).any(|((a, _), (b, _))| a == b);
		(!twice).then_some(Self(fields)).ok_or(Error::Field)
	}

	pub fn field(&self, kind: u16) -> Result<&'a [u8], Error> {
		self.0.iter().find(|(other, _)| *other == kind).map(|(_, value)| *value).ok_or(Error::Field)
	}

	pub fn array<const N: usize>(&self, kind: u16) -> Result<[u8; N], Error> {
		self.field(kind)?.try_into().map_err(|_| Error::Field)
	}

	/// Text up to its first NUL.
	pub fn text(&self, kind: u16) -> Result<Vec<u8>, Error> {
		let text: Vec<u8> = self.field(kind)?.iter().copied().take_while(|byte| *byte != 0).collect();
		(text.len() <= MAX_TEXT).then_some(text).ok_or(Error::Field)
	}
}
