//! What hardware an operator has shown, and what that offers.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{Ppm, Usd};

/// The GPUs that an operator has shown, and how long that counts.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
pub struct Attested {
	/// How many.
	pub devices: u32,
	/// Until when, Unix time in seconds.
	pub until: u64,
	/// The version of what is trusted that they were shown under: under another they count no more.
	pub trust: u32,
}

impl Attested {
	/// How many count, at a time in Unix seconds and under a version of what is trusted.
	pub fn counting(&self, now: u64, trust: u32) -> u32 {
		match now <= self.until && trust == self.trust {
			true => self.devices,
			false => 0,
		}
	}
}

/// What an operator's attested devices offer as long as it can be reached.
#[derive(
	Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub struct Offer {
	/// The devices that count: no more than it declared, and than its collateral stands behind.
	pub attested: Attested,
	/// What each weighs in emission, in parts per million: its class's multiplier.
	pub weight: Ppm,
	/// What an hour of each is worth, in micro-USD: its class's reference price.
	pub price: Usd,
}
