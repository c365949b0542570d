//! Values in Intel's JSON documents.

use alloc::vec::Vec;
use der::DateTime;
use serde::{
	de::{Error, IgnoredAny, Unexpected},
	Deserialize, Deserializer,
};

use crate::{error::Fault, x509::Period, TcbStatus};

/// `N` bytes in hexadecimal digits.
#[derive(Clone, Copy)]
pub(crate) struct Hex<const N: usize>(pub [u8; N]);

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = <&str>::deserialize(deserializer)?;
		let mut bytes = [0; N];
		match hex::decode_to_slice(text, &mut bytes) {
			Ok(()) => Ok(Self(bytes)),
			Err(_) => Err(D::Error::invalid_value(Unexpected::Str(text), &"bytes in hexadecimal digits")),
		}
	}
}

impl<const N: usize> Hex<N> {
	/// Whether `value` has these bits, where `mask` has any.
	pub fn is(&self, value: &[u8; N], mask: &Self) -> bool {
		self.0.iter().zip(value).zip(mask.0).all(|((expected, value), mask)| value & mask == expected & mask)
	}
}

/// A time like `2025-06-19T10:05:54Z`, in Unix seconds.
#[derive(Clone, Copy)]
pub(crate) struct Time(pub u64);

impl<'de> Deserialize<'de> for Time {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = <&str>::deserialize(deserializer)?;
		match text.parse::<DateTime>() {
			Ok(time) => Ok(Self(time.unix_duration().as_secs())),
			Err(_) => Err(D::Error::invalid_value(Unexpected::Str(text), &"a time in UTC")),
		}
	}
}

/// A level of one component whose version is one number: the TDX module or the quoting enclave. The highest comes first.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Level {
	tcb: Isv,
	pub tcb_status: TcbStatus,
	#[serde(rename = "advisoryIDs", default)]
	pub advisories: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Isv {
	isvsvn: u16,
}

/// The level that a component of version `svn` is at.
pub(crate) fn level_of(levels: &[Level], svn: u16) -> Option<&Level> {
	levels.iter().find(|level| level.tcb.isvsvn <= svn)
}

/// Reads a document, of which `kind` gives what it is: `(id, version)`.
pub(crate) fn document<'a, T: Deserialize<'a>>(
	json: &'a [u8],
	kind: impl FnOnce(&T) -> (&str, u8),
	expected: (&str, u8),
) -> Result<T, Fault> {
	let document = serde_json::from_slice(json).map_err(|_| Fault::Malformed)?;
	if kind(&document) != expected {
		return Err(Fault::Kind);
	}
	Ok(document)
}

/// The time between the issue of a document and its next update.
pub(crate) fn period(issued: Time, next: Time) -> Period {
	Period { from: issued.0, until: next.0 }
}
