//! What traders gain who know what the market buy does, and what it costs to stop it.

use pallet_buyback::Engine;
use rand::{rngs::StdRng, Rng, SeedableRng};
use vektor_primitives::{ONE_USDC, VKTR};
use vektor_runtime::{Asset, Balance, Runtime, System};

use crate::{chain::*, convert::arbitrage};

/// The lot that purchases are made of: a tenth of the pool's dollars.
const LOT: Balance = RESERVES.0 / 10;
/// A little above what the engine takes for dear, which follows the push by a block.
const ABOVE: f64 = 1.000_5;
/// Of a trade.
const FEE: f64 = 0.003;

/// Who is on the other side of a sandwich.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Victim {
	/// The market buy as it is.
	Guarded,
	/// With the loosest guards.
	Loose,
	/// The whole lot in one trade that takes any price.
	Whole,
}

/// The best that a trader can do around one purchase.
#[derive(Clone, Copy)]
pub struct Sandwich {
	pub victim: Victim,
	/// The trader's part of the pool.
	pub part: f64,
	/// What the purchase spends if nobody attacks, in USD.
	pub clip: f64,
	pub gain: f64,
	/// The trade that brings it, in USD.
	pub size: f64,
	/// What half a percent of the pool brings.
	pub gain_of_5_000: f64,
	/// From which size on the purchase is refused.
	pub refused_from: Option<f64>,
}

pub fn sandwich(victim: Victim, part: f64) -> Sandwich {
	chain(part, || {
		if victim == Victim::Loose {
			guard(loosest());
		}
		pass(2 * INTERVAL);
		settle(LOT);
		next_round(0);
		to_clip();
		let purchase = || match victim {
			Victim::Whole => Some((LOT, trade(&TRADER, DOLLARS, LOT))),
			_ => begin(None).bought,
		};
		let (clip, price, before) = tried(|| {
			let (clip, _) = purchase().expect("nothing is wrong with the price");
			let price = spot();
			(clip, price, wealth(&ATTACKER, price))
		});
		// The trader buys in the parent block, and sells first in the purchase's.
		let attack = |size: f64| {
			tried(|| {
				let native = trade(&ATTACKER, DOLLARS, dollars(size));
				let made = purchase().is_some();
				trade(&ATTACKER, Asset::Native, native);
				(wealth(&ATTACKER, price) - before, made)
			})
		};
		let sizes: Vec<f64> = std::iter::successors(Some(10.0), |size| Some(size * 1.2)).take(68).collect();
		let mut best = Sandwich {
			victim,
			part,
			clip: float(clip) / 1e6,
			gain: f64::MIN,
			size: 0.0,
			gain_of_5_000: attack(5_000.0).0,
			refused_from: None,
		};
		for size in sizes {
			let (gain, made) = attack(size);
			if gain > best.gain {
				(best.gain, best.size) = (gain, size);
			}
			if !made && best.refused_from.is_none() {
				best.refused_from = Some(size);
			}
		}
		best
	})
}

/// After how many purchases a trader who bought before the first sells.
pub const AFTER: [u32; 6] = [1, 2, 5, 10, 20, 50];

/// Buying before purchases and selling after them.
#[derive(Clone, Copy)]
pub struct Straddle {
	/// The part of what the engine bought that others sell half an interval later.
	pub resale: f64,
	/// What the trader buys for, in USD.
	pub size: f64,
	/// Whether it bought so long before that the averages have followed.
	pub patient: bool,
	/// For each of `AFTER`: what it gains, and what the engine had spent by then, both in USD. Nothing where the engine
	/// had refused for too long.
	pub ends: [Option<(f64, f64)>; AFTER.len()],
}

pub fn straddle(resale: f64, size: f64, patient: bool) -> Straddle {
	chain(0.0, || {
		let mut held = 0;
		if patient {
			held = trade(&ATTACKER, DOLLARS, dollars(size));
		}
		pass(2 * INTERVAL);
		settle(LOT);
		next_round(ROUND);
		to_clip();
		if !patient {
			held = trade(&ATTACKER, DOLLARS, dollars(size));
		}
		let (mut clips, mut spent, mut ends) = (0, 0.0, [None; AFTER.len()]);
		for _ in 0..70 {
			let seen = begin(None);
			if let Some((usd, native)) = seen.bought {
				clips += 1;
				spent += float(usd) / 1e6;
				if let Some(index) = AFTER.iter().position(|after| *after == clips) {
					ends[index] = Some((float(quote(held)) / 1e6 - size, spent));
				}
				pass(INTERVAL / 2);
				let sold = times(native, resale);
				if sold > 0 {
					trade(&TRADER, Asset::Native, sold);
				}
			}
			to_clip();
		}
		Straddle { resale, size, patient, ends }
	})
}

/// How an attacker stops the engine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Means {
	/// Pushes the price up again whenever it was traded back.
	Hold,
	/// The same, but only where the engine might buy in the next block.
	Watch,
	/// Writes the parent of each purchase's block: pushes there, sells first in the next.
	Author,
}

/// What it costs.
#[derive(Clone, Copy)]
pub struct Stop {
	pub means: Means,
	/// After how many blocks arbitrage trades back to the fair price. Nothing: it never does.
	pub delay: Option<u32>,
	/// For how many blocks the engine is to be stopped.
	pub blocks: u32,
	/// In USD.
	pub cost: f64,
	/// The dearest holding on the way, in USD.
	pub capital: f64,
	pub clips: u32,
	pub refusals: u32,
	/// Of the lot, bought in the end.
	pub converted: f64,
}

/// Whether the engine might buy in the next block.
fn might_buy() -> bool {
	let pace = Engine::<Runtime>::get();
	!pace.done || System::block_number() + 1 - pace.began >= INTERVAL
}

pub fn stop(means: Means, delay: Option<u32>, blocks: u32) -> Stop {
	chain(0.0, || {
		pass(2 * INTERVAL);
		settle(RESERVES.0 / 20);
		next_round(ROUND);
		let mut luck = StdRng::seed_from_u64(5);
		let mut fair = spot();
		let mut out = Stop { means, delay, blocks, cost: 0.0, capital: 0.0, clips: 0, refusals: 0, converted: 0.0 };
		let (mut paid, mut held, mut back) = (0.0, 0, None);
		for block in 0..blocks {
			let before = spot();
			let random = (means != Means::Author).then(|| luck.gen());
			let seen = begin(random);
			if seen.bought.is_some() {
				out.clips += 1;
				fair *= spot() / before;
			}
			out.refusals += u32::from(seen.refused.is_some());
			if means == Means::Author && held > 0 {
				paid -= float(trade(&ATTACKER, Asset::Native, held)) / 1e6;
				held = 0;
			}
			if back.is_some_and(|at| at <= block) {
				arbitrage(fair);
				back = None;
				// Those who sold to the pool buy again what they sold.
				paid -= float(held) / 1e12 * fair * (1.0 - FEE);
				held = 0;
			}
			let pace = Engine::<Runtime>::get();
			let now = match means {
				Means::Hold => true,
				Means::Watch => might_buy(),
				Means::Author => might_buy() && System::block_number() + 2 - pace.began == INTERVAL,
			};
			let aim = dear() * ABOVE;
			if now && spot() < aim {
				if let Some((_, usd, native)) = push(&ATTACKER, aim) {
					paid += float(usd) / 1e6;
					held += native;
					out.capital = out.capital.max(paid);
					back = back.or(delay.map(|delay| block + delay));
				}
			}
		}
		let left = match delay {
			Some(_) => float(held) / 1e12 * fair * (1.0 - FEE),
			None => float(quote(held)) / 1e6,
		};
		out.cost = paid - left;
		out.converted = converted(0);
		out
	})
}

/// Money sent to the pool for nothing before a purchase.
#[derive(Clone, Copy)]
pub struct Donation {
	pub usdc: bool,
	/// A part of the pool's reserve.
	pub part: f64,
	/// An hour before, or in the parent block.
	pub early: bool,
	/// In USD.
	pub loss: f64,
	/// In USD; nothing where it is refused.
	pub clip: Option<f64>,
	pub refused: Option<pallet_buyback::Refusal>,
	/// USD for each VKTR that was bought.
	pub price: f64,
}

pub fn donation(usdc: bool, part: f64, early: bool) -> Donation {
	chain(0.0, || {
		let (asset, amount, loss) = match usdc {
			true => (DOLLARS, times(RESERVES.0, part), float(RESERVES.0) / 1e6 * part),
			false => (Asset::Native, times(RESERVES.1, part), float(RESERVES.1) / float(VKTR) * 0.1 * part),
		};
		let give = || {
			if amount > 0 {
				donate(&ATTACKER, asset.clone(), amount);
			}
		};
		pass(2 * INTERVAL);
		if early {
			give();
			pass(6 * INTERVAL);
		}
		settle(LOT);
		next_round(0);
		to_clip();
		if !early {
			give();
		}
		let seen = begin(None);
		let (clip, price) = match seen.bought {
			Some((usd, native)) => (Some(float(usd) / float(ONE_USDC)), float(usd) / float(native) * 1e6),
			None => (None, 0.0),
		};
		Donation { usdc, part, early, loss, clip, refused: seen.refused, price }
	})
}
