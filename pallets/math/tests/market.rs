//! Properties of the market buy: prices round against who asks, averages follow and never overshoot, and one purchase
//! is worth nothing to who trades around it.

use proptest::prelude::*;
use vektor_math::{market::*, split::pro_rata};

const VKTR: u128 = 1_000_000_000_000;
/// A token at 1 USD.
const USD: u128 = 1_000_000_000_000_000_000;
const WHOLE: u128 = 1_000_000;

const BOUNDS: Bounds = Bounds { premium: 15_000, rise: 30_000, drop: 250_000, slippage: 30_000 };

fn at(spot: u128, fast: u128, slow: u128) -> Prices {
	Prices { spot, fast, slow }
}

/// From 0.0001 to 10,000 USD a token, each order as likely.
fn prices() -> impl Strategy<Value = u128> {
	(14u32..22).prop_flat_map(|digits| 10u128.pow(digits)..=10u128.pow(digits + 1))
}

fn orders(from: u32, to: u32) -> impl Strategy<Value = u128> {
	(from..to).prop_flat_map(|digits| 10u128.pow(digits)..=10u128.pow(digits + 1))
}

/// A pool of 1,000 to a billion dollars, at prices as above, and at most a billion tokens.
fn pools() -> impl Strategy<Value = (u128, u128)> {
	(orders(9, 15), prices()).prop_filter_map("a billion tokens at most", |(usd, price)| {
		let native = pro_rata(usd, SCALE, price)?;
		(VKTR..=1_000_000_000 * VKTR).contains(&native).then_some((usd, native))
	})
}

/// So many millionths of it.
fn near(price: u128, millionths: u128) -> u128 {
	pro_rata(price, millionths, WHOLE).unwrap()
}

/// What comes out for `given`, as the pool has it.
fn swap(given: u128, fee: u32, from: u128, to: u128) -> u128 {
	let given = given * (WHOLE - u128::from(fee));
	pro_rata(given, to, from * WHOLE + given).unwrap()
}

/// A pool's dollars and native.
#[derive(Clone, Copy, Debug)]
struct Pool {
	usd: u128,
	native: u128,
	fee: u32,
}

impl Pool {
	fn buy(&mut self, usd: u128) -> u128 {
		let got = swap(usd, self.fee, self.usd, self.native);
		(self.usd, self.native) = (self.usd + usd, self.native - got);
		got
	}

	fn sell(&mut self, native: u128) -> u128 {
		let got = swap(native, self.fee, self.native, self.usd);
		(self.usd, self.native) = (self.usd - got, self.native + native);
		got
	}

	fn spot(&self) -> u128 {
		spot(self.usd, self.native).unwrap()
	}

	fn depth(&self, average: u128) -> u128 {
		depth(self.usd, self.spot(), average).unwrap()
	}

	/// The dollars that the pool would have at that price.
	fn root(&self, average: u128) -> f64 {
		(self.usd as f64 * self.native as f64 * average as f64 / SCALE as f64).sqrt()
	}
}

/// What it brings, in micro-USDC, to buy for `first` before a purchase and to sell all that after it, for who owns
/// `shares` per cent of the pool: against a purchase that nobody trades around, what the pool holds valued at the
/// price before.
fn sandwich(pool: Pool, first: u128, shares: u32, purchase: impl Fn(&Pool) -> u128) -> f64 {
	let mut left_alone = pool;
	left_alone.buy(purchase(&pool));
	let mut after = pool;
	let bought = after.buy(first);
	after.buy(purchase(&after));
	let cash = after.sell(bought) as i128 - first as i128;
	// Exact where it matters: over the native reserve, which the price is a fraction of.
	let (usd, native) = (pool.usd as i128, pool.native as i128);
	let held = (after.usd as i128 - left_alone.usd as i128) * native
		+ (after.native as i128 - left_alone.native as i128) * usd;
	(cash * native + held / 100 * i128::from(shares)) as f64 / native as f64
}

#[test]
fn a_price_is_dollars_for_a_token() {
	assert_eq!(spot(1_000_000 * 1_000_000, 10_000_000 * VKTR), Some(USD / 10));
	assert_eq!(worth(10 * VKTR, USD / 10), Some(1_000_000));
	assert_eq!(costs(1_000_000, USD / 10), Some(10 * VKTR));
}

#[test]
fn an_empty_reserve_has_no_price() {
	assert_eq!(spot(0, 1), None);
	assert_eq!(spot(1, 0), None);
	assert_eq!(spot(0, 0), None);
	// The last that is above nothing, and the last that fits.
	assert_eq!(spot(1, SCALE), Some(1));
	assert_eq!(spot(1, SCALE + 1), None);
	assert_eq!(spot(u128::MAX / SCALE, 1), Some(u128::MAX / SCALE * SCALE));
	assert_eq!(spot(u128::MAX / SCALE + 1, 1), None);
}

#[test]
fn what_does_not_fit_is_nothing() {
	assert_eq!(worth(u128::MAX, SCALE + 1), None);
	assert_eq!(worth(u128::MAX, SCALE), Some(u128::MAX));
	assert_eq!(costs(1, 0), None);
	assert_eq!(costs(u128::MAX, 1), None);
	assert_eq!(costs(0, 1), Some(0));
	assert_eq!(follow(1, 2, 0, 0), None);
	assert_eq!(depth(1, 0, 1), None);
	assert_eq!(clip(1, 1, 1_000_001), None);
}

#[test]
fn worth_rounds_down_and_costs_up() {
	// At a third of a micro-USDC.
	let third = SCALE / 3;
	assert_eq!((worth(3, third), worth(4, third)), (Some(0), Some(1)));
	assert_eq!((costs(1, third), costs(2, third)), (Some(4), Some(7)));
	assert_eq!(costs(1, SCALE), Some(1));
	// Nothing can be had for less than it is worth: one unit is worth two here.
	assert_eq!((costs(1, 2 * SCALE), worth(1, 2 * SCALE)), (Some(1), Some(2)));
}

#[test]
fn a_long_step_goes_less_far_than_half_lives_say() {
	// Nine minutes without a block count for 39 %, and not for the 46 % that nine minutes of blocks do.
	let one = follow(USD, 2 * USD, 90, 100).unwrap() - USD;
	let many = (0..90).fold(USD, |average, _| follow(average, 2 * USD, 1, 100).unwrap()) - USD;
	assert_eq!((one * 100 / USD, many * 100 / USD), (38, 46));
}

#[test]
fn a_year_without_a_block_does_not_overshoot() {
	let average = follow(USD, 2 * USD, u32::MAX, 100).unwrap();
	assert!(average < 2 * USD && average > 2 * USD - USD / 1_000_000, "{average}");
	let average = follow(2 * USD, USD, u32::MAX, 1).unwrap();
	assert!(average > USD && average < USD + USD / 1_000_000, "{average}");
}

#[test]
fn a_clip_is_the_fee_that_others_keep_of_the_depth() {
	assert_eq!(clip(1_000_000_000_000, 3_000, 0), Some(3_000_000_000));
	assert_eq!(clip(1_000_000_000_000, 3_000, 500_000), Some(1_500_000_000));
	assert_eq!(clip(1_000_000_000_000, 3_000, 1_000_000), Some(0));
	assert_eq!(clip(1_000_000_000_000, 0, 0), Some(0));
	// Rounded down.
	assert_eq!(clip(333, 3_000, 0), Some(0));
	assert_eq!(clip(334, 3_000, 0), Some(1));
	assert_eq!(clip(u128::MAX, 1_000_000, 0), Some(u128::MAX));
}

#[test]
fn a_price_is_dear_from_a_unit_above_the_premium_or_the_rise() {
	let (premium, rise) = (USD * 1_015 / 1_000, USD * 1_030 / 1_000);
	for (most, fast, slow) in [(premium, USD, USD), (premium, USD, 2 * USD), (rise, 2 * USD, USD)] {
		assert!(!at(most, fast, slow).is_dear(&BOUNDS));
		assert!(at(most + 1, fast, slow).is_dear(&BOUNDS));
	}
	for none in [Bounds { premium: 0, ..BOUNDS }, Bounds { rise: 0, ..BOUNDS }] {
		assert!(!at(USD, USD, USD).is_dear(&none) && at(USD + 1, USD, USD).is_dear(&none));
	}
	// What does not fit is dear.
	assert!(at(1, u128::MAX, USD).is_dear(&BOUNDS) && at(1, USD, u128::MAX).is_dear(&BOUNDS));
}

#[test]
fn a_price_has_fallen_from_a_unit_below_the_drop() {
	let least = USD * 3 / 4;
	// The slow average decides, not the fast one.
	for fast in [USD / 2, USD, 2 * USD] {
		assert!(!at(least, fast, USD).has_fallen(&BOUNDS));
		assert!(at(least - 1, fast, USD).has_fallen(&BOUNDS));
	}
	assert!(at(USD, USD, USD).has_fallen(&Bounds { drop: 1_000_001, ..BOUNDS }));
	assert!(!at(0, USD, USD).has_fallen(&Bounds { drop: 1_000_000, ..BOUNDS }));
}

#[test]
fn what_must_come_out_is_promised_by_the_lower_average() {
	// Ten tokens at 0.10 USD, and 3 % less.
	let promised = 10 * VKTR * 97 / 100;
	assert_eq!(at(USD, USD / 10, USD / 5).least(1_000_000, &BOUNDS), Some(promised));
	assert_eq!(at(USD, USD / 5, USD / 10).least(1_000_000, &BOUNDS), Some(promised));
	let none = Bounds { slippage: 0, ..BOUNDS };
	assert_eq!(at(USD, USD, USD).least(1_000_000, &none), Some(VKTR));
	assert_eq!(at(USD, USD, USD).least(1, &Bounds { slippage: 1_000_000, ..BOUNDS }), Some(0));
	assert_eq!(at(USD, USD, USD).least(1, &Bounds { slippage: 1_000_001, ..BOUNDS }), None);
	assert_eq!(at(USD, 0, USD).least(1, &BOUNDS), None);
}

/// What depth does not hold: where the price lies below the average, a buy brings dollars that count. It ends at the
/// average.
#[test]
fn below_the_average_a_buy_deepens_the_pool_up_to_the_average_and_no_further() {
	let mut pool = Pool { usd: 750_000_000_000, native: VKTR * 1_000_000, fee: 0 };
	let average = pool.spot() * 4 / 3;
	let end = pool.root(average);
	assert_eq!(pool.depth(average), pool.usd);
	for _ in 0..100 {
		pool.buy(10_000_000_000);
		assert!(pool.depth(average) as f64 <= end * 1.000_001);
	}
	assert!(pool.depth(average) as f64 >= end * 0.999_999);
	// 15 % more than there was.
	assert!(end / 750_000_000_000.0 > 1.15, "{end}");
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_spot_price_is_the_quotient_rounded_down((usd, native) in pools()) {
		let price = spot(usd, native).unwrap();
		let all = worth(native, price).unwrap();
		// Rounded twice.
		prop_assert!(all <= usd && usd - all <= 1 + native / SCALE);
		prop_assert!(worth(native, price + 1).unwrap() >= usd - 1);
	}

	#[test]
	fn nobody_gains_by_going_to_and_fro(native in orders(0, 21), usd in orders(0, 15), price in prices()) {
		prop_assert!(costs(worth(native, price).unwrap(), price).unwrap() <= native);
		prop_assert!(worth(costs(usd, price).unwrap(), price).unwrap() >= usd);
	}

	/// Costs are the least that is worth so much.
	#[test]
	fn no_less_would_be_worth_it(usd in orders(0, 15), price in 1..100_000 * USD) {
		// What it costs at the lowest prices is more than there can be.
		let cost = costs(usd, price);
		prop_assume!(cost.is_some());
		let cost = cost.unwrap();
		prop_assert!(worth(cost, price).unwrap() >= usd);
		prop_assert!(worth(cost - 1, price).unwrap() < usd);
	}

	#[test]
	fn an_average_stays_between_itself_and_the_price(
		average in prices(),
		price in prices(),
		elapsed in any::<u32>(),
		half_life in 1u32..100_000,
	) {
		let next = follow(average, price, elapsed, half_life).unwrap();
		prop_assert!((average.min(price)..=average.max(price)).contains(&next));
	}

	#[test]
	fn no_time_changes_no_average(average in any::<u128>(), price in any::<u128>(), half_life in 1u32..) {
		prop_assert_eq!(follow(average, price, 0, half_life), Some(average));
	}

	#[test]
	fn an_average_stays_where_the_price_is(price in any::<u128>(), elapsed: u32, half_life in 1u32..) {
		prop_assert_eq!(follow(price, price, elapsed, half_life), Some(price));
	}

	#[test]
	fn in_a_half_life_of_single_steps_half_the_distance_is_gone(
		average in prices(),
		price in prices(),
		half_life in 12u32..1_000,
	) {
		prop_assume!(average.abs_diff(price) > 1_000_000_000);
		let end = (0..half_life).fold(average, |average, _| follow(average, price, 1, half_life).unwrap());
		let left = end.abs_diff(price) as f64 / average.abs_diff(price) as f64;
		prop_assert!((0.499..=0.51).contains(&left), "{left} is left");
	}

	/// A gap counts for less than the same time with blocks.
	#[test]
	fn one_step_never_goes_further_than_many(
		average in prices(),
		price in prices(),
		steps in 1u32..100,
		half_life in 1u32..1_000,
	) {
		let one = follow(average, price, steps, half_life).unwrap();
		let many = (0..steps).fold(average, |average, _| follow(average, price, 1, half_life).unwrap());
		prop_assert!(one.abs_diff(average) <= many.abs_diff(average) + u128::from(steps));
	}

	#[test]
	fn depth_is_what_the_pool_would_have_at_the_average_and_no_more_than_it_has(
		(usd, native) in pools(),
		part in 50_000u128..20_000_000,
	) {
		let pool = Pool { usd, native, fee: 0 };
		let average = near(pool.spot(), part);
		let depth = pool.depth(average);
		prop_assert!(depth <= usd);
		if pool.spot() <= average {
			prop_assert_eq!(depth, usd);
		} else {
			let root = pool.root(average);
			prop_assert!((depth as f64 - root).abs() <= root * 1e-9 + 2.0, "{depth}, and not {root}");
		}
	}

	/// Above the average nobody's buy or sale enlarges it but by the fees that they leave: those are the pool's.
	#[test]
	fn above_the_average_depth_grows_by_fees_only(
		(usd, native) in pools(),
		part in 200_000u128..=1_000_000,
		fee in 0u32..100_000,
		trade in 1u128..2_000_000,
		buys: bool,
	) {
		let mut pool = Pool { usd, native, fee };
		let average = near(pool.spot(), part);
		let (before, root) = (pool.depth(average), pool.root(average));
		let paid = near(usd, trade).max(1);
		if buys {
			pool.buy(paid);
		} else {
			pool.sell(near(native, trade).max(1));
		}
		let after = pool.depth(average) as f64;
		let grown = pool.root(average) / root;
		prop_assert!(after <= before as f64 * grown * (1.0 + 1e-9) + 2.0);
		if fee == 0 {
			// But for rounding.
			prop_assert!(after <= before as f64 * (1.0 + 1e-9) + 2.0, "{before} became {after}");
		}
		if buys {
			let kept = paid as f64 * f64::from(fee) / 1e6;
			prop_assert!(after <= before as f64 * (1.0 + 1e-9) + kept + 2.0, "{before} became {after}, {kept} kept");
		}
	}

	/// Wherever the price is, no trade takes it beyond what the pool would have at the average.
	#[test]
	fn depth_ends_at_the_average(
		(usd, native) in pools(),
		part in 50_000u128..20_000_000,
		trade in 1u128..20_000_000,
		buys: bool,
	) {
		let mut pool = Pool { usd, native, fee: 3_000 };
		let average = near(pool.spot(), part);
		if buys {
			pool.buy(near(usd, trade).max(1));
		} else {
			pool.sell(near(native, trade).max(1));
			prop_assert!(pool.depth(average) <= usd);
		}
		prop_assert!(pool.depth(average) as f64 <= pool.root(average) * (1.0 + 1e-9) + 2.0);
	}

	/// What is given away enlarges it, by half of itself above the average, and by all of itself below: it is lost to
	/// the pool's owners.
	#[test]
	fn a_donation_enlarges_depth_by_less_than_itself(
		(usd, native) in pools(),
		part in 50_000u128..20_000_000,
		gift in 1u128..20_000_000,
	) {
		let mut pool = Pool { usd, native, fee: 3_000 };
		let average = near(pool.spot(), part);
		let before = pool.depth(average);
		let gift = near(usd, gift).max(1);
		pool.usd += gift;
		let grown = pool.depth(average).saturating_sub(before);
		prop_assert!(grown <= gift);
		if part <= WHOLE {
			prop_assert!(grown as f64 <= gift as f64 / 2.0 + usd as f64 * 1e-9 + 2.0, "{grown} for {gift}");
		}
		// Of the native token it enlarges nothing where the price was below the average.
		let mut pool = Pool { usd, native, fee: 3_000 };
		pool.native += near(native, 100_000);
		prop_assert!(part <= WHOLE || pool.depth(average) <= before);
	}

	#[test]
	fn a_clip_is_the_formula(depth in orders(0, 15), fee in 0u32..=100_000, shares in 0u32..=1_000_000) {
		let exact = depth * u128::from(fee) * (WHOLE - u128::from(shares)) / (WHOLE * WHOLE);
		prop_assert_eq!(clip(depth, fee, shares), Some(exact));
	}

	#[test]
	fn bounds_are_where_they_say(
		fast in prices(),
		slow in prices(),
		usd in orders(0, 13),
		premium in 0u32..=100_000,
		rise in 0u32..=100_000,
		drop in 50_000u32..=500_000,
		slippage in 0u32..=100_000,
	) {
		let bounds = Bounds { premium, rise, drop, slippage };
		let above = |average: u128, part: u32| average * (WHOLE + u128::from(part)) / WHOLE;
		let most = above(fast, premium).min(above(slow, rise));
		prop_assert!(!at(most, fast, slow).is_dear(&bounds) && at(most + 1, fast, slow).is_dear(&bounds));
		let least = slow * (WHOLE - u128::from(drop)) / WHOLE;
		prop_assert!(!at(least, fast, slow).has_fallen(&bounds) && at(least - 1, fast, slow).has_fallen(&bounds));
		let out = at(1, fast, slow).least(usd, &bounds).unwrap();
		let promised = usd as f64 * SCALE as f64 / fast.min(slow) as f64 * (1.0 - f64::from(slippage) / 1e6);
		prop_assert!(out as f64 <= promised * (1.0 + 1e-12) && out as f64 >= promised * (1.0 - 1e-12) - 2.0);
	}

	#[test]
	fn the_lowest_and_the_highest_are_of_all_three(spot in prices(), fast in prices(), slow in prices()) {
		let prices = at(spot, fast, slow);
		let mut sorted = [spot, fast, slow];
		sorted.sort_unstable();
		prop_assert_eq!((prices.lowest(), prices.highest()), (sorted[0], sorted[2]));
		prop_assert_eq!(prices.lower(), fast.min(slow));
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_000))]

	/// A purchase that was sized before the trade around it, wherever the average.
	#[test]
	fn a_single_clip_is_worth_nothing_to_who_trades_around_it(
		(usd, native) in pools(),
		fee in 100u32..=100_000,
		rival in 0u32..=95,
		owned in 0u32..=95,
		part in 50_000u128..20_000_000,
		first in 1u128..10_000_000,
		scale in 0u32..5,
	) {
		let pool = Pool { usd, native, fee };
		let depth = pool.depth(near(pool.spot(), part));
		let spent = clip(depth, fee, rival * 10_000).unwrap();
		let first = (near(usd, first) / 10u128.pow(scale)).max(1);
		let gain = sandwich(pool, first, owned.min(rival), |_| spent);
		prop_assert!(gain <= 1.0, "{gain} by {first}");
	}

	/// And one that is sized after it, where the average is not above the price: what the trade leaves in fees does
	/// not help.
	#[test]
	fn nor_is_one_that_is_sized_after_the_trade_in_front_of_it(
		(usd, native) in pools(),
		fee in 100u32..=100_000,
		rival in 0u32..=95,
		owned in 0u32..=95,
		part in 50_000u128..=1_000_000,
		first in 1u128..10_000_000,
		scale in 0u32..5,
	) {
		let pool = Pool { usd, native, fee };
		let average = near(pool.spot(), part);
		let spent = |pool: &Pool| clip(pool.depth(average), fee, rival * 10_000).unwrap();
		let first = (near(usd, first) / 10u128.pow(scale)).max(1);
		let gain = sandwich(pool, first, owned.min(rival), spent);
		prop_assert!(gain <= 1.0, "{gain} by {first}");
	}

	/// Where the price has fallen below the average, dollars that came in front of it count. Who owns nothing of the
	/// pool still gains nothing while half of it is reckoned with.
	#[test]
	fn nor_in_a_dip_for_who_owns_nothing_of_the_pool(
		(usd, native) in pools(),
		fee in 100u32..=100_000,
		above in 1_000_000u128..=2_000_000,
		first in 1u128..10_000_000,
		scale in 0u32..5,
	) {
		let pool = Pool { usd, native, fee };
		let average = near(pool.spot(), above);
		let spent = |pool: &Pool| clip(pool.depth(average), fee, 500_000).unwrap();
		let first = (near(usd, first) / 10u128.pow(scale)).max(1);
		let gain = sandwich(pool, first, 0, spent);
		prop_assert!(gain <= 1.0, "{gain} by {first}");
	}
}

/// What the clip guards against: twice as much is a gain, and so is the same for who owns more than was reckoned with.
#[test]
fn a_larger_purchase_or_a_larger_owner_would_gain() {
	let pool = Pool { usd: 1_000_000_000_000, native: 10_000_000 * VKTR, fee: 3_000 };
	let safe = clip(pool.usd, pool.fee, 0).unwrap();
	assert!(sandwich(pool, 10_000_000_000, 0, |_| safe) < 0.0);
	assert!(sandwich(pool, 10_000_000_000, 0, |_| 2 * safe) > 20_000_000.0);
	assert!(sandwich(pool, 10_000_000_000, 50, |_| safe / 2) < 0.0);
	assert!(sandwich(pool, 10_000_000_000, 90, |_| safe / 2) > 10_000_000.0);
}
