//! The market buy: prices of a pool of two reserves, averages of them, and how much one purchase may be (money.md, "The market buy").
//!
//! A price is micro-USD for the smallest unit of the native token, times [`SCALE`]. At 0.10 USD for a token of twelve decimals it is `10^17`.

use crate::split::pro_rata;

/// What prices are multiplied by: at 0.0001 USD a token there are fourteen digits left.
pub const SCALE: u128 = 1_000_000_000_000_000_000_000_000;

/// Parts per million of the whole.
const WHOLE: u128 = 1_000_000;

/// A half-life over ln 2, in millionths: an average of that time constant halves its distance in a half-life.
const TIME_CONSTANT: u128 = 1_442_695;

/// The price in a pool. Nothing where a reserve is empty, or the price does not fit.
pub fn spot(usd: u128, native: u128) -> Option<u128> {
	pro_rata(usd, SCALE, native).filter(|price| *price > 0)
}

/// What `native` is worth in micro-USD, rounded down.
pub fn worth(native: u128, price: u128) -> Option<u128> {
	pro_rata(native, price, SCALE)
}

/// How much native is worth `usd`, rounded up.
pub fn costs(usd: u128, price: u128) -> Option<u128> {
	let down = pro_rata(usd, SCALE, price)?;
	match worth(down, price)? < usd {
		true => down.checked_add(1),
		false => Some(down),
	}
}

/// The average after `elapsed` at `price`, and `half_life` in the same unit. The step is implicit, so that one of any length stays between
/// the two and follows a single step as half-lives say; and it never overshoots.
pub fn follow(average: u128, price: u128, elapsed: u32, half_life: u32) -> Option<u128> {
	let part = u128::from(elapsed).checked_mul(WHOLE)?;
	let whole = u128::from(half_life).checked_mul(TIME_CONSTANT)?.checked_add(part)?;
	let step = pro_rata(average.abs_diff(price), part, whole)?;
	match price >= average {
		true => average.checked_add(step),
		false => average.checked_sub(step),
	}
}

/// The dollar reserve that the pool would have at `average`, and never more than it has: nobody's trade enlarges what may be bought.
pub fn depth(usd: u128, spot: u128, average: u128) -> Option<u128> {
	// sqrt(k * average) = usd * sqrt(average / spot).
	const UNIT: u128 = 1_000_000_000_000_000_000;
	let ratio = pro_rata(average.min(spot), UNIT, spot)?;
	pro_rata(usd, ratio.checked_mul(UNIT)?.isqrt(), UNIT)
}

/// The price in a pool of `usd` once so much more of them was spent in it, fees aside.
pub fn after(price: u128, usd: u128, spent: u128) -> Option<u128> {
	let more = usd.checked_add(spent)?;
	pro_rata(pro_rata(price, more, usd)?, more, usd)
}

/// The most that a single purchase may be: what who trades around it cannot gain by, if of the pool's fees `shares` come back to them.
pub fn clip(depth: u128, fee: u32, shares: u32) -> Option<u128> {
	let theirs = WHOLE.checked_sub(shares.into())?;
	pro_rata(depth, u128::from(fee).checked_mul(theirs)?, WHOLE.checked_mul(WHOLE)?)
}

/// How far a purchase's price may be off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
	/// By how much the price may lie above the fast average, in parts per million.
	pub premium: u32,
	/// By how much it may lie above the slow average.
	pub rise: u32,
	/// By how much it may lie below the slow average.
	pub drop: u32,
	/// By how much less than the lower average promises may come out.
	pub slippage: u32,
}

/// What a pool says of its price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Prices {
	/// In the pool now.
	pub spot: u128,
	/// Its average over minutes.
	pub fast: u128,
	/// Its average over an hour.
	pub slow: u128,
}

impl Prices {
	/// The lower average.
	pub fn lower(&self) -> u128 {
		self.fast.min(self.slow)
	}

	/// The lowest of all three.
	pub fn lowest(&self) -> u128 {
		self.spot.min(self.lower())
	}

	/// The highest of all three.
	pub fn highest(&self) -> u128 {
		self.spot.max(self.fast).max(self.slow)
	}

	/// Whether it lies too far above one of its averages.
	pub fn is_dear(&self, bounds: &Bounds) -> bool {
		let is_above = |average, part: u32| {
			let most = WHOLE.checked_add(part.into()).and_then(|most| pro_rata(average, most, WHOLE));
			most.is_none_or(|most| self.spot > most)
		};
		is_above(self.fast, bounds.premium) || is_above(self.slow, bounds.rise)
	}

	/// Whether it has fallen too far below the slow average.
	pub fn has_fallen(&self, bounds: &Bounds) -> bool {
		let least = WHOLE.checked_sub(bounds.drop.into());
		least.and_then(|least| pro_rata(self.slow, least, WHOLE)).is_none_or(|least| self.spot < least)
	}

	/// The least that must come out for `usd`.
	pub fn least(&self, usd: u128, bounds: &Bounds) -> Option<u128> {
		let promised = pro_rata(usd, SCALE, self.lower())?;
		pro_rata(promised, WHOLE.checked_sub(bounds.slippage.into())?, WHOLE)
	}
}
