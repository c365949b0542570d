//! How much of a steady revenue becomes VKTR in time, and at what price.

use std::collections::BTreeMap;

use rand::{rngs::StdRng, Rng, SeedableRng};

use vektor_primitives::{ONE_USDC, VKTR};
use vektor_runtime::{Asset, Balance};

use crate::chain::*;

/// The rounds that are looked at, after one in which the resale begins.
const ROUNDS: u32 = 3;
/// Of the fair price in a minute: 100 % a year.
const WALK: f64 = 0.001_379;
/// Of the USDC reserve, what strangers trade in a minute.
const NOISE: f64 = 0.000_5;
/// What arbitrage leaves: a trade costs that much.
const BAND: f64 = 0.003;

/// How the market buy goes about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pace {
	/// As it is.
	Even,
	/// The same guards, the largest clip in each interval.
	Fast,
	/// The loosest guards, the largest clip in each interval.
	Loose,
}

/// What is simulated.
#[derive(Clone, Copy)]
pub struct Case {
	/// A day's, as a part of the USDC reserve.
	pub revenue: f64,
	/// The part of what was bought that is sold again within a day.
	pub resale: f64,
	pub pace: Pace,
	/// Whether the fair price walks and strangers trade.
	pub noise: bool,
	/// Whether a deep market beside the pool keeps its price. Otherwise the pool is the only market: what is bought and
	/// sold there moves the price for good.
	pub deep: bool,
}

#[derive(Clone, Default)]
pub struct Outcome {
	pub clips: u32,
	/// How often for which cause.
	pub refused: BTreeMap<String, u32>,
	/// Intervals in which there was nothing left to buy.
	pub idle: u32,
	/// What was bought for in a day, as a part of the USDC reserve at its beginning.
	pub daily: f64,
	/// The parts of each lot that were bought within its round.
	pub converted: Vec<f64>,
	/// Paid above the fair price before each clip.
	pub premium: f64,
}

/// The price that outsiders think right, and their trades.
struct World {
	fair: f64,
	noise: bool,
	/// In the pool after the last trade.
	spot: f64,
	rng: StdRng,
	deep: bool,
}

impl World {
	/// Nearly normal, of variance one, without a library that differs between machines.
	fn normal(&mut self) -> f64 {
		(0..12).map(|_| self.rng.gen::<f64>()).sum::<f64>() - 6.0
	}

	/// After a trade that has a reason.
	fn follow(&mut self) {
		let spot = spot();
		if !self.deep {
			self.fair *= spot / self.spot;
		}
		self.spot = spot;
	}

	/// A minute's trades: strangers', then arbitrage.
	fn step(&mut self) {
		if self.noise {
			self.fair *= 1.0 + WALK * self.normal();
			let size = NOISE * self.normal();
			let (usd, native) = reserves();
			match size > 0.0 {
				true => trade(&TRADER, DOLLARS, times(usd, size).max(ONE_USDC)),
				false => trade(&TRADER, Asset::Native, times(native, -size).max(VKTR)),
			};
		}
		arbitrage(self.fair);
		self.spot = spot();
	}
}

/// Trades what pays: to within the pool's fee of the fair price.
pub fn arbitrage(fair: f64) {
	let price = spot();
	if price > fair * (1.0 + BAND) {
		push(&TRADER, fair * (1.0 + BAND));
	} else if price < fair * (1.0 - BAND) {
		push(&TRADER, fair * (1.0 - BAND));
	}
}

impl Outcome {
	pub fn refusals(&self) -> u32 {
		self.refused.values().sum()
	}
}

impl Case {
	pub fn run(&self) -> Outcome {
		chain(0.0, || self.on_chain())
	}

	fn on_chain(&self) -> Outcome {
		// Each has its own, so that all cases see the same walk and the same draws.
		let [walk, mut luck, mut when] = [1, 2, 3].map(StdRng::seed_from_u64);
		let mut world = World { fair: spot(), noise: self.noise, spot: spot(), rng: walk, deep: self.deep };
		let mut resales = BTreeMap::<u32, Balance>::new();
		let mut out = Outcome::default();
		let (mut spent, mut worth, mut depth) = (0.0, 0.0, 0.0);
		if self.pace == Pace::Loose {
			guard(loosest());
		}
		pass(2 * INTERVAL);
		let mut now = 0u32;
		for round in 0..=ROUNDS {
			settle(times(reserves().0, self.revenue));
			next_round(if self.pace == Pace::Even { ROUND } else { 0 });
			let counted = round > 0;
			if counted {
				depth += float(reserves().0) / 1e6;
			}
			for _ in 0..ROUND {
				now += 1;
				let fair = world.fair;
				let seen = begin(Some(luck.gen()));
				if let Some((usd, native)) = seen.bought {
					world.follow();
					let sold = times(native, self.resale);
					if sold > 0 {
						*resales.entry(now + when.gen_range(1..=ROUND)).or_default() += sold;
					}
					if counted {
						out.clips += 1;
						spent += float(usd) / 1e6;
						worth += float(native) / 1e12 * fair;
					}
				}
				if let Some(cause) = seen.refused.filter(|_| counted) {
					*out.refused.entry(format!("{cause:?}")).or_default() += 1;
				}
				if let Some(native) = resales.remove(&now) {
					trade(&TRADER, Asset::Native, native);
					world.follow();
				}
				if now.is_multiple_of(10) {
					world.step();
				}
			}
			if counted {
				out.converted.push(converted(round));
			}
		}
		out.premium = spent / worth - 1.0;
		out.daily = spent / depth;
		out.idle = (ROUNDS * ROUND / INTERVAL).saturating_sub(out.clips + out.refusals());
		out
	}
}
