use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::DispatchError;
use vektor_math::market::Bounds;
use vektor_primitives::{Balance, Ppm};

/// The pool of VKTR and USDC. By the runtime, over `AssetConversion`.
pub trait Pool<A> {
	/// What is in it, in micro-USDC and in VKTR's smallest unit.
	fn reserves() -> Result<(Balance, Balance), Fault>;
	/// What it keeps of a purchase.
	fn fee() -> Ppm;
	/// What `usd` micro-USDC would buy now, its fee taken.
	fn quote(usd: Balance) -> Option<Balance>;
	/// Buys VKTR for exactly `usd` micro-USDC of the account's, or for less than `least` nothing. What it got. Transactional.
	fn buy(account: &A, usd: Balance, least: Balance) -> Result<Balance, DispatchError>;
	/// Makes a pool with these reserves.
	#[cfg(feature = "runtime-benchmarks")]
	fn setup(reserves: (Balance, Balance));
}

/// How far a purchase's price may be off, and how large it may be. Source: money.md, "The market buy".
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
pub struct Guards {
	/// By how much the pool's price may lie above its fast average. Example: `15_000` is 1.5 %.
	pub premium: Ppm,
	/// By how much it may lie above its slow average.
	pub rise: Ppm,
	/// By how much it may lie below the slow average.
	pub drop: Ppm,
	/// By how much less than the lower average promises may come out, the pool's fee being in that.
	pub slippage: Ppm,
	/// The largest part of the pool that one who trades around a purchase may own, for a purchase to be worth nothing to them: the more, the
	/// smaller each purchase.
	pub rival: Ppm,
	/// The part of the pool's dollars that a day may spend at most.
	pub daily: Ppm,
}

impl Default for Guards {
	/// 1.5 %, 3 %, 25 %, 4 %, a half, a quarter.
	fn default() -> Self {
		Self {
			premium: Ppm(15_000),
			rise: Ppm(30_000),
			drop: Ppm(250_000),
			slippage: Ppm(40_000),
			rival: Ppm(500_000),
			daily: Ppm(250_000),
		}
	}
}

impl Guards {
	/// Whether each is within its range.
	pub fn is_sound(&self) -> bool {
		self.premium.0 <= 100_000
			&& self.rise.0 <= 100_000
			&& (50_000..=500_000).contains(&self.drop.0)
			&& self.slippage.0 <= 100_000
			&& self.rival.0 <= 950_000
			&& (1..=500_000).contains(&self.daily.0)
	}

	/// Those of the price.
	pub fn bounds(&self) -> Bounds {
		Bounds { premium: self.premium.0, rise: self.rise.0, drop: self.drop.0, slippage: self.slippage.0 }
	}
}

/// Averages of the pool at the beginning of blocks: two of its price, in micro-USDC for a unit of VKTR's smallest, times 10^24, and one of its dollars.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Averages {
	/// Over ten minutes.
	pub fast: u128,
	/// Over an hour.
	pub slow: u128,
	/// The slot since which the pool was seen without a gap longer than the fast one's half-life.
	pub since: u32,
	/// The slot in which it was seen last.
	pub at: u32,
	/// What was in it then, in micro-USDC.
	pub dollars: Balance,
	/// What was in it over an hour, in micro-USDC.
	pub usual: Balance,
}

/// How far the engine is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Pace {
	/// The block in which the interval began.
	pub began: u32,
	/// Whether its purchase was made or refused.
	pub done: bool,
	/// The day that is on, counted from the chain's first, which is 1.
	pub day: u32,
	/// What was spent in it, in micro-USDC.
	pub spent: Balance,
}

/// Why a purchase was not made this time. It is made by itself once that is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Refusal {
	/// The chain or the pool stood still, or the pool is new: its averages are not old enough.
	Stale,
	/// The pool's price lies too far above one of its averages.
	TooDear,
	/// The pool's price has fallen too far below its slow average.
	Fallen,
	/// Less would have come out than the lower average promises.
	Slippage,
	/// The day's part of the pool is spent.
	DayIsSpent,
	/// So little is in the pool that its price is anybody's to move, or it takes no fee, so that any purchase could be traded around.
	TooShallow,
}

/// Why the engine stands still until somebody mends that and resumes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Fault {
	/// Governance wants it so.
	Governed,
	/// There is no pool.
	NoPool,
	/// The pool is empty.
	EmptyPool,
	/// The pool cannot send: an asset or its account is frozen.
	Frozen,
	/// The swap failed though its price was right: what is spent is not there, or is frozen; or the books do not match.
	SwapFailed,
}
