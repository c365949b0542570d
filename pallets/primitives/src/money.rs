//! Money: exact integers, each with its unit in its type or its name.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::tokens::fungible::NativeOrWithId;
use scale_info::TypeInfo;

/// An amount of the smallest unit of some asset: 1 VKTR is 10^12, 1 USDC is 10^6.
pub type Balance = u128;

/// `Native` (VKTR) or `WithId(1)` (USDC).
pub type Asset = NativeOrWithId<u32>;

/// USDC's id in `Assets`.
pub const USDC: u32 = 1;

/// One VKTR: 12 decimals.
pub const VKTR: Balance = 1_000_000_000_000;

/// One USDC: 6 decimals.
pub const ONE_USDC: Balance = 1_000_000;

/// Micro-USD, never a bare integer: `Usd(1_500_000)` is one dollar fifty. One smallest unit of USDC is one micro-USD.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
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
pub struct Usd(pub u128);

impl Usd {
	/// The sum, or nothing where it does not fit.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}

	/// The difference, or nothing below zero.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}
}

/// Parts per million: `Ppm(700_000)` is 70 %.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
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
pub struct Ppm(pub u32);

impl Ppm {
	/// The whole.
	pub const ONE: Self = Self(1_000_000);
}
