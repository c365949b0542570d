//! What the device measured, in two digests that do not change from boot to boot.

use alloc::vec::Vec;
use sha2::{Digest, Sha256};

use crate::{reader::Reader, Error};

/// How many measurements a device makes, and the length of each.
const COUNT: usize = 64;
const LENGTH: u16 = 48;
/// DMTF's specification, the one kind of measurement there is.
const DMTF: u8 = 1;

/// The measurements, numbered from 0 as NVIDIA's reference manifests do, that a VBIOS' manifest gives values for.
pub const FIRMWARE: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12];

/// The measurements, numbered from 0 as NVIDIA's reference manifests do, that a driver's manifest gives values for.
pub const DRIVER: [u8; 21] = [7, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40];

pub(crate) struct Measurements<'a>(Vec<&'a [u8]>);

impl<'a> Measurements<'a> {
	/// Reads a measurement record (DMTF's DSP0274 1.1, 10.11): 64 digests of 48 bytes, numbered from 1.
	pub fn read(count: u8, record: &'a [u8]) -> Result<Self, Error> {
		if usize::from(count) != COUNT {
			return Err(Error::Measurements);
		}
		let mut record = Reader(record);
		let mut values = Vec::with_capacity(COUNT);
		for number in 1..=count {
			let [index, specification] = record.array()?;
			let mut block = Reader(record.sized()?);
			// The kind is not looked at: what is measured at which number is NVIDIA's to say.
			let [_kind] = block.array()?;
			let value = block.sized()?;
			let whole = block.0.is_empty() && value.len() == usize::from(LENGTH);
			if index != number || specification != DMTF || !whole {
				return Err(Error::Measurements);
			}
			values.push(value);
		}
		record.0.is_empty().then_some(Self(values)).ok_or(Error::Malformed)
	}

	/// SHA-256 of each of the measurements at `indexes`, its index before it.
	pub fn digest(&self, indexes: &[u8]) -> [u8; 32] {
		let mut hash = Sha256::new();
		for index in indexes {
			hash.update([*index]);
			hash.update(self.0.get(usize::from(*index)).copied().unwrap_or_default());
		}
		hash.finalize().into()
	}
}
