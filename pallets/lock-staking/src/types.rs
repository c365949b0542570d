use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use vektor_math::{
	growth::{self, ONE},
	split::pro_rata,
};
use vektor_primitives::{Balance, Ppm};

/// The most tiers that there can be: what a reward costs is counted in them.
pub const MAX_TIERS: usize = 4;

/// A day, counted from the chain's first slot.
pub type Day = u32;

/// What a tier asks and gives.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[scale_info(capture_docs = "always")]
pub struct Tier {
	/// How long a stake in it is locked, in days. The first tier's is zero: it is liquid.
	pub days: u32,
	/// What a unit in it earns beside a unit in a tier of one. Example: `3_000_000` is three times as much.
	pub yields: Ppm,
	/// What a unit in it votes with. Example: `3_000_000` is three votes.
	pub votes: Ppm,
}

/// The tiers, by their numbers. None where lock staking is off.
pub type Tiers = BoundedVec<Tier, ConstU32<4>>;

/// What an economy asks for beside its tiers.
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
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[scale_info(capture_docs = "always")]
pub struct Rules {
	/// Whether a token votes that is not staked: once.
	pub tokens_vote: bool,
	/// The delegate's part of a shared yield. Zero where yield is not shared. Example: `250_000` is a quarter.
	pub delegates: Ppm,
	/// The validators' part of a shared yield.
	pub validators: Ppm,
}

/// All positions of a tier together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct TierBook {
	/// The shares that earn in this interval.
	pub shares: Balance,
	/// The shares that came in this interval and earn from the next.
	pub fresh: Balance,
	/// What a share is worth now, in 10^-27 of the smallest unit.
	pub growth: u128,
	/// What a share is worth from the next interval on: this interval's reward is in it.
	pub next: u128,
}

impl Default for TierBook {
	fn default() -> Self {
		Self { shares: 0, fresh: 0, growth: ONE, next: ONE }
	}
}

impl TierBook {
	/// What its positions will be worth when the interval is over: what the vault owes them.
	pub fn owed(&self) -> Option<Balance> {
		growth::worth(self.shares.checked_add(self.fresh)?, self.next)
	}
}

/// A reward on its way: it is paid out evenly, an interval's part at a time.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Stream {
	/// What is left of it, in the smallest unit.
	pub left: Balance,
	/// Of that, what clients paid; the rest was emitted.
	pub real: Balance,
	/// What this interval's part was, so that what is given back of it is known to be the one or the other.
	pub part: Balance,
	/// Of the part, what clients paid.
	pub part_real: Balance,
	/// Over how many intervals.
	pub intervals: u32,
	/// For how many intervals too little has been staked for it: then it waits.
	pub waited: u32,
}

impl Stream {
	/// Takes back what nobody earns of this interval's part.
	pub(crate) fn take_back(&mut self, amount: Balance) -> Option<()> {
		self.left = self.left.checked_add(amount)?;
		let real = pro_rata(self.part_real, amount, self.part.max(amount).max(1))?;
		self.real = self.real.checked_add(real)?;
		Some(())
	}
}

/// All that is staked: one row, however many positions there are.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Vault {
	/// Each tier's positions.
	pub tiers: [TierBook; MAX_TIERS],
	/// The interval that is on, counted from the first.
	pub interval: u32,
	/// The block in which it began.
	pub began: u32,
	/// The last day whose locks have ended.
	pub day: Day,
	/// What streams to the tiers.
	pub stream: Stream,
	/// The number of the next position: none is given twice.
	pub next_position: u32,
}

impl Vault {
	/// What it owes to positions and stream together.
	pub fn owed(&self) -> Option<Balance> {
		self.tiers.iter().try_fold(self.stream.left, |sum, tier| sum.checked_add(tier.owed()?))
	}
}

/// What the locks of one day hold.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Expiry {
	/// Shares of each tier that become liquid on that day.
	pub shares: [Balance; MAX_TIERS],
	/// How many positions they belong to.
	pub positions: u32,
}

impl Expiry {
	/// With shares more, and perhaps a position.
	pub(crate) fn joined(mut self, tier: u8, shares: Balance, is_new: bool) -> Option<Self> {
		let sum = self.shares.get_mut(usize::from(tier))?;
		*sum = sum.checked_add(shares)?;
		self.positions = self.positions.checked_add(is_new.into())?;
		Some(self)
	}

	/// Without a position.
	pub(crate) fn left(mut self, position: &Position) -> Option<Self> {
		let sum = self.shares.get_mut(usize::from(position.tier))?;
		*sum = sum.checked_sub(position.shares)?;
		self.positions = self.positions.checked_sub(1)?;
		Some(self)
	}
}

/// What shares were worth on the day on which their lock ended: kept while a position of that day has not been touched since.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Checkpoint {
	/// Each tier's growth then, in 10^-27 of the smallest unit.
	pub growths: [u128; MAX_TIERS],
	/// How many positions still need it.
	pub positions: u32,
}

/// A stake.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Position {
	/// Its number: no other ever has it.
	pub id: u32,
	/// Its tier.
	pub tier: u8,
	/// Its shares of that tier.
	pub shares: Balance,
	/// Of them, what came in the interval `since`: they earn from the next.
	pub fresh: Balance,
	/// The interval in which the fresh shares came.
	pub since: u32,
	/// The day on which it becomes liquid. Zero for the liquid tier.
	pub expires: Day,
	/// What was put in and not taken out, in the smallest unit: what it is worth beyond is yield.
	pub principal: Balance,
}

/// With whom a position's yield is shared.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct YieldShare<A> {
	/// The delegate.
	pub to: A,
	/// The delegate's part of what is earned from then on.
	pub delegate: Ppm,
	/// The validators' part.
	pub validators: Ppm,
	/// Yield that the position had by then, in the smallest unit: it is not shared.
	pub before: Balance,
}
