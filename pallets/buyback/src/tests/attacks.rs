//! What it brings to trade around a purchase, to give to the pool before one, and to push the averages: nothing, by
//! the SDK's own pool.

use frame_support::assert_ok;
use vektor_primitives::{Asset, Balance, Ppm, ONE_USDC, VKTR};

use crate::{mock::*, *};

/// As loose as they go.
const LOOSE: Guards = Guards {
	premium: Ppm(100_000),
	rise: Ppm(100_000),
	drop: Ppm(500_000),
	slippage: Ppm(100_000),
	rival: Ppm(0),
	daily: Ppm(500_000),
};

/// More than any purchase may be.
const ALL: Balance = 10_000_000 * ONE_USDC;

fn sizes() -> impl Iterator<Item = Balance> {
	[1, 7, 50, 400, 1_500, 3_000, 5_000, 7_000, 7_500, 7_600, 10_000, 20_000, 45_000, 50_000, 200_000, 1_000_000]
		.into_iter()
		.chain((1..20).map(|step| step * 2_500))
		.map(|dollars| dollars * ONE_USDC)
}

/// What the trader has in micro-USDC, VKTR and the part of the pool valued at that price.
fn wealth(price: f64) -> f64 {
	let all = Shares::total_supply(0) as f64;
	let part = shares(TRADER) as f64 / all;
	let (usd, native) = reserves();
	let usd = balance(TRADER, DOLLARS) as f64 + part * usd as f64;
	usd + price * (balance(TRADER, Asset::Native) as f64 + part * native as f64)
}

struct Scene {
	guards: Guards,
	/// The part of the pool that is the trader's, in millionths.
	owned: u128,
	/// What was sold before all this, and how long before.
	dumped: (Balance, u32),
}

impl Scene {
	fn new(guards: Guards, owned: u128) -> Self {
		Self { guards, owned, dumped: (0, 0) }
	}

	/// What the trader gains in micro-USDC, and what was bought meanwhile.
	fn play(&self, attack: impl Fn()) -> (f64, Balance) {
		ExtBuilder::default().build().execute_with(|| {
			guard(self.guards);
			if self.owned > 0 {
				let part = |whole: Balance| whole * self.owned / (1_000_000 - self.owned);
				assert_ok!(provide(TRADER, part(POOL_USD), part(POOL_NATIVE)));
			}
			ready();
			order(ALL, 1);
			let (sold, ago) = self.dumped;
			if sold > 0 {
				trade(PROVIDER, Asset::Native, sold);
			}
			pass(ago);
			let (usd, native) = reserves();
			let price = usd as f64 / native as f64;
			let before = wealth(price);
			attack();
			assert_ok!(Buyback::do_try_state());
			(wealth(price) - before, Spent::get())
		})
	}

	/// What it gains by buying for so much before the purchase's block and selling that in it, over what it gains by
	/// doing nothing.
	fn sandwich(&self, usd: Balance) -> (f64, Balance) {
		let (idle, _) = self.play(|| pass(1));
		let (gain, spent) = self.play(|| {
			let got = trade(TRADER, DOLLARS, usd);
			pass(1);
			trade(TRADER, Asset::Native, got);
		});
		(gain - idle, spent)
	}
}

#[test]
fn nobody_gains_by_trading_around_a_purchase() {
	for guards in [Guards::default(), LOOSE] {
		let mut purchases = 0;
		for usd in sizes() {
			let (gain, spent) = Scene::new(guards, 0).sandwich(usd);
			assert!(gain <= 0.0, "{gain} by {usd}");
			purchases += u32::from(spent > 0);
		}
		// Within the premium it is made.
		assert!(purchases >= 9, "{purchases}");
	}
}

#[test]
fn nor_who_owns_as_much_of_the_pool_as_was_reckoned_with() {
	for rival in [100_000, 500_000, 900_000] {
		for guards in [Guards::default(), LOOSE] {
			let guards = Guards { rival: Ppm(rival), ..guards };
			for owned in [u128::from(rival) / 10, u128::from(rival)] {
				for usd in sizes() {
					let (gain, _) = Scene::new(guards, owned).sandwich(usd);
					assert!(gain <= 1.0, "{gain} by {usd} with {owned} against {rival}");
				}
			}
		}
	}
}

#[test]
fn nor_who_owns_nothing_of_it_after_a_dump() {
	for dumped in [300_000 * VKTR, 1_000_000 * VKTR, 1_500_000 * VKTR] {
		for usd in sizes() {
			let scene = Scene { dumped: (dumped, 0), ..Scene::new(Guards::default(), 0) };
			let (gain, _) = scene.sandwich(usd);
			assert!(gain <= 0.0, "{gain} by {usd} after {dumped}");
		}
	}
}

/// What the guards keep away: the same for a trader that was not reckoned with, and for a purchase of any size.
#[test]
fn a_larger_owner_or_an_unguarded_purchase_would_be_worth_it() {
	let best = sizes().map(|usd| Scene::new(LOOSE, 500_000).sandwich(usd).0).fold(0.0, f64::max);
	assert!(best > 50.0 * ONE_USDC as f64, "{best}");
	// A hundred thousand dollars at once, as one would spend them without clips.
	let unguarded = |usd: Balance| {
		Scene::new(Guards::default(), 0).play(|| {
			let got = trade(TRADER, DOLLARS, usd);
			give(REVENUE, DOLLARS, 100_000 * ONE_USDC);
			trade(REVENUE, DOLLARS, 100_000 * ONE_USDC);
			trade(TRADER, Asset::Native, got);
		})
	};
	let best = sizes().map(|usd| unguarded(usd).0).fold(0.0, f64::max);
	assert!(best > 50_000.0 * ONE_USDC as f64, "{best}");
}

#[test]
fn what_is_given_to_the_pool_before_a_purchase_is_lost_and_does_not_enlarge_it() {
	let scene = Scene::new(Guards::default(), 0);
	let (_, alone) = scene.play(|| pass(1));
	assert_eq!(alone, 1_500 * ONE_USDC);
	for dollars in [1, 100, 1_000, 10_000, 14_000, 20_000, 1_000_000u128] {
		let gift = dollars * ONE_USDC;
		let (gain, spent) = scene.play(|| {
			take(TRADER, gift);
			give(pool(), DOLLARS, gift);
			pass(1);
		});
		assert!((gain + gift as f64).abs() < 1.0, "{gain} by {gift}");
		// It only makes the price dearer.
		match dollars {
			..=14_000 => assert!((alone - gift / 1_250..=alone).contains(&spent), "{spent} by {gift}"),
			_ => assert_eq!(spent, 0),
		}
	}
	// VKTR makes the price lower, and no purchase larger.
	for tokens in [1u128, 1_000, 100_000, 1_000_000] {
		let (_, spent) = scene.play(|| {
			give(pool(), Asset::Native, tokens * VKTR);
			pass(1);
		});
		assert!(spent <= alone, "{spent} by {tokens}");
	}
}

#[test]
fn a_buy_before_a_purchase_enlarges_it_by_no_more_than_its_fees() {
	let scene = Scene::new(Guards { premium: Ppm(100_000), ..LOOSE }, 0);
	let (_, alone) = scene.play(|| pass(1));
	for dollars in [1, 1_000, 10_000, 45_000u128] {
		let (_, spent) = scene.play(|| {
			trade(TRADER, DOLLARS, dollars * ONE_USDC);
			pass(1);
		});
		// The lower average went an 87th of the way, and a fee of 0.3 % stayed: of that a clip is 0.3 %.
		let moved = alone as f64 * (dollars as f64 * 2.1 / 1_000_000.0 / 87.0 / 2.0);
		let kept = dollars as f64 * ONE_USDC as f64 * 0.003 * 0.003;
		assert!(spent as f64 <= alone as f64 + moved + kept + 1.0, "{spent} by {dollars}");
	}
}

#[test]
fn holding_the_price_up_until_a_purchase_costs_more_than_it_gains() {
	for dollars in [1_000, 5_000, 10_000, 30_000, 100_000, 300_000, 1_000_000u128] {
		let (gain, spent) = Scene::new(Guards::default(), 0).play(|| {
			let got = trade(TRADER, DOLLARS, dollars * ONE_USDC);
			for _ in 0..200 * INTERVAL {
				if Spent::get() == 0 {
					pass(1);
				}
			}
			trade(TRADER, Asset::Native, got);
		});
		assert!(spent > 0 && gain < 0.0, "{gain} by {dollars}");
	}
}

#[test]
fn holding_the_price_down_makes_no_purchase_cheaper_than_it_costs() {
	for tokens in [10_000, 100_000, 1_000_000u128] {
		let (gain, _) = Scene::new(Guards::default(), 0).play(|| {
			let got = trade(TRADER, Asset::Native, tokens * VKTR);
			pass(10 * INTERVAL);
			trade(TRADER, DOLLARS, got);
		});
		assert!(gain < 0.0, "{gain} by {tokens}");
	}
}

#[test]
fn a_trade_within_a_block_moves_no_guard() {
	let scene = Scene::new(Guards::default(), 0);
	let (_, alone) = scene.play(|| pass(1));
	let (gain, spent) = scene.play(|| {
		// In the block before: up fourfold, and back.
		let got = trade(TRADER, DOLLARS, POOL_USD);
		trade(TRADER, Asset::Native, got);
		pass(1);
	});
	// But for what it left in fees.
	assert!(gain < -2_000.0 * ONE_USDC as f64, "{gain}");
	assert!(spent.abs_diff(alone) < 3 * ONE_USDC, "{spent}");
}
