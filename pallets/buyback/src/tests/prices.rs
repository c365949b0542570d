use frame_support::{assert_noop, assert_ok, traits::Hooks};
use vektor_math::{
	market::{self, SCALE},
	split::pro_rata,
};
use vektor_primitives::{
	traits::{PriceError, PriceSource},
	Asset, Balance, Usd, ONE_USDC, USDC, VKTR,
};

use crate::{mock::*, *};

/// A token at 0.10 USD.
const DIME: u128 = SCALE / VKTR * ONE_USDC / 10;

fn worth() -> Result<Usd, PriceError> {
	Buyback::worth_at_least(1_000 * VKTR)
}

/// What is paid out for a hundred dollars.
fn paid() -> Result<Balance, PriceError> {
	Buyback::native_at_most(Usd(100 * ONE_USDC))
}

/// What is asked for them.
fn asked() -> Result<Balance, PriceError> {
	Buyback::native_at_least(Usd(100 * ONE_USDC))
}

/// So much at that price, rounded down.
fn at(price: u128) -> Result<Balance, PriceError> {
	Ok(pro_rata(100 * ONE_USDC, SCALE, price).unwrap())
}

fn none(error: PriceError) {
	assert_eq!((worth(), paid(), asked()), (Err(error), Err(error), Err(error)));
}

/// Everything at 0.10 USD a token.
fn a_dime() {
	assert_eq!((worth(), paid(), asked()), (Ok(Usd(100 * ONE_USDC)), Ok(1_000 * VKTR), Ok(1_000 * VKTR)));
}

/// How far the price's average is from where it was, in parts of where the price went.
fn part(average: u128, from: u128, to: u128) -> f64 {
	(average as f64 - from as f64) / (to as f64 - from as f64)
}

#[test]
fn a_new_pool_has_a_price_after_a_half_life() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Buyback::worth_at_least(VKTR), Err(PriceError::Stale));
		pass(FAST);
		assert_eq!(Buyback::worth_at_least(VKTR), Err(PriceError::Stale));
		pass(1);
		assert_eq!(Buyback::worth_at_least(10 * VKTR), Ok(Usd(ONE_USDC)));
		assert_eq!(Buyback::native_at_most(Usd(ONE_USDC)), Ok(10 * VKTR));
	});
}

#[test]
fn a_pool_that_comes_later_has_a_price_a_half_life_after_that() {
	ExtBuilder::default().pool(None).build_and_execute(|| {
		pass(100);
		none(PriceError::NoSource);
		assert!(!Market::<Test>::exists());
		let (one, two) = (Box::new(Asset::Native), Box::new(DOLLARS));
		assert_ok!(AssetConversion::create_pool(RuntimeOrigin::signed(PROVIDER), one, two));
		pass(20);
		// It is there, and empty.
		none(PriceError::NoSource);
		assert_ok!(provide(PROVIDER, POOL_USD, POOL_NATIVE));
		none(PriceError::Stale);
		pass(FAST);
		none(PriceError::Stale);
		pass(1);
		a_dime();
	});
}

#[test]
fn what_is_sent_to_where_a_pool_would_be_is_no_price() {
	ExtBuilder::default().pool(None).build_and_execute(|| {
		give(pool(), DOLLARS, 1_000_000 * ONE_USDC);
		give(pool(), Asset::Native, VKTR);
		pass(2 * FAST);
		none(PriceError::NoSource);
	});
}

#[test]
fn an_emptied_pool_has_no_price() {
	ExtBuilder::default().build_and_execute(|| {
		pass(FAST + 1);
		take_all();
		none(PriceError::NoSource);
		let before = seen();
		pass(1);
		assert_eq!(seen(), before);
		none(PriceError::NoSource);
	});
}

/// No call of the pool's empties it, so a test does.
fn take_all() {
	use frame_support::traits::{
		fungibles::Mutate,
		tokens::{Fortitude::Force, Precision::Exact, Preservation::Expendable},
	};
	let (usd, _) = reserves();
	assert_ok!(Money::burn_from(DOLLARS, &pool(), usd, Expendable, Exact, Force));
}

#[test]
fn a_pool_that_its_owners_leave_has_no_price_on_what_must_stay() {
	ExtBuilder::default().build_and_execute(|| {
		pass(FAST + 1);
		let refused = pallet_asset_conversion::Error::<Test>::ReserveLeftLessThanMinimal;
		assert_noop!(withdraw(PROVIDER, 1_000_000), refused);
		assert_ok!(withdraw(PROVIDER, 999_999));
		let (usd, native) = reserves();
		assert!(usd < 2 * ONE_USDC && native < 20 * VKTR, "{usd} {native}");
		pass(1);
		assert_eq!(worth(), Err(PriceError::NoSource));
	});
}

#[test]
fn both_averages_begin_where_the_price_is() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(!Market::<Test>::exists());
		pass(1);
		assert_eq!(seen(), Averages { fast: DIME, slow: DIME, since: 1, at: 1, dollars: POOL_USD, usual: POOL_USD });
	});
}

#[test]
fn a_price_moved_and_moved_back_within_a_block_leaves_no_trace() {
	ExtBuilder::default().build_and_execute(|| {
		pass(FAST + 1);
		let before = seen();
		let bought = trade(TRADER, DOLLARS, POOL_USD);
		assert!(spot() > 39 * DIME / 10);
		assert_eq!(seen(), before);
		trade(TRADER, Asset::Native, bought);
		// Some of the fees is left in the pool as dollars and some as VKTR: what is missing to the price is put in.
		let (usd, native) = reserves();
		give(pool(), Asset::Native, usd * 10 * (VKTR / ONE_USDC) - native);
		assert_eq!(spot(), DIME);
		pass(1);
		let usual = market::follow(POOL_USD, usd, 1, SLOW).unwrap();
		assert_eq!(seen(), Averages { at: before.at + 1, dollars: usd, usual, ..before });
	});
}

#[test]
fn what_a_round_trip_leaves_in_fees_hardly_moves_an_average() {
	ExtBuilder::default().build_and_execute(|| {
		pass(FAST + 1);
		let bought = trade(TRADER, DOLLARS, POOL_USD);
		trade(TRADER, Asset::Native, bought);
		pass(1);
		let moved = seen().fast.abs_diff(DIME);
		assert!(moved > 0 && moved < DIME / 2_000, "{moved}");
	});
}

#[test]
fn a_price_is_looked_at_where_the_next_block_begins() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		trade(TRADER, DOLLARS, POOL_USD);
		let (price, before) = (spot(), seen());
		assert_eq!((before.fast, before.slow), (DIME, DIME));
		pass(1);
		let fast = market::follow(DIME, price, 1, FAST).unwrap();
		let slow = market::follow(DIME, price, 1, SLOW).unwrap();
		assert_eq!(seen(), Averages { fast, slow, since: 1, at: 21, ..seen() });
		assert!((0.064..0.066).contains(&part(fast, DIME, price)));
		assert!((0.011..0.012).contains(&part(slow, DIME, price)));
	});
}

#[test]
fn averages_go_half_the_way_in_their_half_lives() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		trade(TRADER, DOLLARS, POOL_USD / 2);
		let price = spot();
		pass(FAST);
		// Of ten steps a little less than half; of sixty too.
		assert!((0.48..0.5).contains(&part(seen().fast, DIME, price)));
		pass(SLOW - FAST);
		assert!((0.49..0.5).contains(&part(seen().slow, DIME, price)));
		assert!((0.98..1.0).contains(&part(seen().fast, DIME, price)));
		pass(1_000);
		assert!(price.abs_diff(seen().slow) < price / 10_000 && price.abs_diff(seen().fast) < price / 1_000_000);
	});
}

#[test]
fn averages_follow_a_long_way_up_and_down() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		let mut expected = seen();
		let mut rest = 7u128;
		for step in 0..1_000u32 {
			rest = rest * 6_364_136_223_846_793_005 % 1_000_000_007;
			let _ = match rest % 4 {
				0 => trade(TRADER, DOLLARS, rest * 20),
				1 => trade(TRADER, Asset::Native, rest * 200_000_000),
				_ => 0,
			};
			let price = spot();
			let slots = if step % 50 == 49 { (rest % 15) as u32 + 1 } else { 1 };
			stall(slots);
			expected = Averages {
				fast: market::follow(expected.fast, price, slots, FAST).unwrap(),
				slow: market::follow(expected.slow, price, slots, SLOW).unwrap(),
				since: if slots > FAST { Slot::get() } else { expected.since },
				at: Slot::get(),
				dollars: reserves().0,
				usual: market::follow(expected.usual, reserves().0, slots, SLOW).unwrap(),
			};
			assert_eq!(seen(), expected);
		}
	});
}

#[test]
fn a_donation_counts_for_as_long_as_it_lies_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		give(pool(), DOLLARS, POOL_USD);
		// Within the block for the price only, which is the highest then.
		assert_eq!(spot(), 2 * DIME);
		assert_eq!((worth(), paid(), asked()), (Ok(Usd(100 * ONE_USDC)), Ok(500 * VKTR), Ok(1_000 * VKTR)));
		pass(5);
		let high = seen().fast;
		assert!((0.28..0.3).contains(&part(high, DIME, 2 * DIME)));
		// Somebody takes it out again, by any way: the averages come back.
		take(pool(), POOL_USD);
		assert_eq!((spot(), seen().fast), (DIME, high));
		pass(5 * FAST);
		assert!((0.0..0.02).contains(&part(seen().fast, DIME, 2 * DIME)));
	});
}

#[test]
fn after_a_pump_what_comes_in_is_worth_no_more_what_is_asked_is_no_less_and_what_is_paid_out_is_less() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		trade(TRADER, DOLLARS, POOL_USD);
		assert_eq!((worth(), asked()), (Ok(Usd(100 * ONE_USDC)), Ok(1_000 * VKTR)));
		assert_eq!(paid(), at(spot()));
		assert!(paid().unwrap() < 251 * VKTR);
		pass(3);
		let Averages { fast, slow, .. } = seen();
		assert!(slow < fast && fast < spot());
		assert_eq!(worth(), Ok(Usd(market::worth(1_000 * VKTR, slow).unwrap())));
		assert_eq!(asked(), Ok(market::costs(100 * ONE_USDC, slow).unwrap()));
		assert_eq!(paid(), at(spot()));
	});
}

#[test]
fn after_a_dump_what_comes_in_is_worth_less_what_is_asked_is_more_and_what_is_paid_out_is_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		trade(TRADER, Asset::Native, POOL_NATIVE);
		assert_eq!(worth(), Ok(Usd(market::worth(1_000 * VKTR, spot()).unwrap())));
		assert!(worth().unwrap() < Usd(26 * ONE_USDC));
		assert_eq!((paid(), asked()), (Ok(1_000 * VKTR), Ok(market::costs(100 * ONE_USDC, spot()).unwrap())));
		pass(3);
		let Averages { fast, slow, .. } = seen();
		assert!(slow > fast && fast > spot());
		assert_eq!(worth(), Ok(Usd(market::worth(1_000 * VKTR, spot()).unwrap())));
		assert_eq!(asked(), Ok(market::costs(100 * ONE_USDC, spot()).unwrap()));
		assert_eq!(paid(), at(slow));
	});
}

#[test]
fn the_lowest_of_three_counts_for_what_comes_in_and_the_highest_for_what_goes_out() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		for prices in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]] {
			let [fast, slow, _] = prices.map(|price| price * DIME);
			Market::<Test>::put(Averages { fast, slow, since: 1, at: 20, ..seen() });
			let (usd, native) = reserves();
			let wanted = native * prices[2] / (10 * (VKTR / ONE_USDC));
			if wanted > usd {
				give(pool(), DOLLARS, wanted - usd);
			} else {
				take(pool(), usd - wanted);
			}
			assert_eq!(spot(), prices[2] * DIME);
			assert_eq!((worth(), asked()), (Ok(Usd(100 * ONE_USDC)), Ok(1_000 * VKTR)), "{prices:?}");
			// Rounded down.
			assert_eq!(paid(), Ok(1_000 * VKTR / 3), "{prices:?}");
		}
	});
}

#[test]
fn what_is_asked_is_worth_what_it_is_asked_for() {
	ExtBuilder::default().pool(Some((777_777_777_777, 3_333_333_333_333_333_333))).build_and_execute(|| {
		pass(20);
		for value in [1, 2, 3, 999, 123_456_789, 10_000 * ONE_USDC] {
			let asked = Buyback::native_at_least(Usd(value)).unwrap();
			assert!(Buyback::worth_at_least(asked).unwrap() >= Usd(value));
			assert!(Buyback::worth_at_least(asked - 1).unwrap() < Usd(value));
			assert!(Buyback::native_at_most(Usd(value)).unwrap() <= asked);
		}
	});
}

#[test]
fn a_gap_no_longer_than_the_half_life_makes_nothing_stale() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		stall(FAST);
		a_dime();
		assert_eq!((seen().since, seen().at), (1, 20 + FAST));
	});
}

#[test]
fn after_a_longer_gap_prices_are_stale_for_a_half_life() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		stall(FAST + 1);
		let back = 20 + FAST + 1;
		assert_eq!((seen().since, seen().at), (back, back));
		for _ in 0..FAST {
			none(PriceError::Stale);
			pass(1);
		}
		a_dime();
	});
}

#[test]
fn a_gap_while_prices_are_stale_begins_the_wait_again_if_it_is_long() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		stall(1_000);
		pass(FAST / 2);
		stall(FAST + 1);
		pass(FAST - 1);
		none(PriceError::Stale);
		pass(1);
		assert_ok!(worth());
		// Two short ones do not.
		stall(FAST);
		stall(FAST);
		assert_ok!(worth());
	});
}

#[test]
fn in_a_slot_whose_block_has_not_begun_prices_are_stale() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		assert_ok!(worth());
		Slot::mutate(|slot| *slot += 1);
		none(PriceError::Stale);
	});
}

#[test]
fn hooks_that_come_first_see_the_prices_that_the_block_will_see() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		trade(TRADER, DOLLARS, 10_000 * ONE_USDC);
		Slot::mutate(|slot| *slot += 1);
		let all = || (worth(), paid(), asked());
		System::initialize(&(System::block_number() + 1), &Default::default(), &Default::default());
		let early = all();
		assert_ok!(early.0);
		Buyback::on_initialize(System::block_number());
		assert_eq!(all(), early);
		System::note_finished_initialize();
		assert_eq!(all(), early);
	});
}

#[test]
fn a_pool_that_was_frozen_for_long_is_stale_when_it_thaws() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		assert_ok!(Assets::freeze(RuntimeOrigin::signed(ISSUER), USDC, pool()));
		none(PriceError::NoSource);
		pass(FAST + 1);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, pool()));
		none(PriceError::Stale);
		pass(FAST);
		none(PriceError::Stale);
		pass(1);
		assert_ok!(worth());
	});
}

#[test]
fn an_amount_without_a_value_that_fits_has_no_price() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		assert_eq!(Buyback::native_at_most(Usd(Balance::MAX)), Err(PriceError::NoSource));
		assert_eq!(Buyback::native_at_least(Usd(Balance::MAX)), Err(PriceError::NoSource));
		assert_ok!(Buyback::worth_at_least(Balance::MAX));
		assert_eq!(Buyback::worth_at_least(0), Ok(Usd(0)));
		assert_eq!(Buyback::native_at_most(Usd(0)), Ok(0));
	});
}

#[test]
fn what_is_paid_out_is_reckoned_at_the_price_after_all_that_waits_was_bought() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		assert_eq!(paid(), Ok(1_000 * VKTR));
		// A tenth of the pool raises the price by 21 hundredths, all of it fourfold.
		order(POOL_USD / 10, 1);
		assert_eq!(paid(), at(DIME * 121 / 100));
		order(POOL_USD * 9 / 10, 1);
		assert_eq!(paid(), Ok(250 * VKTR));
		// What is asked for and what comes in know nothing of it.
		assert_eq!((asked(), worth()), (Ok(1_000 * VKTR), Ok(Usd(100 * ONE_USDC))));
	});
}

/// A hundred dollars at a dime and with as much waiting as the pool has at first, once averages say that so much is in it.
fn at_a_depth_of(usual: Balance) -> Result<Balance, PriceError> {
	at(market::after(spot().max(DIME), usual, POOL_USD).unwrap())
}

#[test]
fn liquidity_that_comes_for_a_block_pays_out_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		Most::set(0);
		order(POOL_USD, 1);
		assert_eq!(paid(), Ok(250 * VKTR));
		assert_ok!(provide(TRADER, 9 * POOL_USD, 9 * POOL_NATIVE));
		assert_eq!((reserves().0, paid()), (10 * POOL_USD, Ok(250 * VKTR)));
		// As where a round ends in the next block: 826 VKTR, were it for what is there.
		pass(1);
		let usual = market::follow(POOL_USD, 10 * POOL_USD, 1, SLOW).unwrap();
		assert_eq!((seen().usual, paid()), (usual, at_a_depth_of(usual)));
		assert!(paid().unwrap() < 280 * VKTR);
		assert_ok!(withdraw(TRADER, 1_000_000));
		pass(1);
		assert!(paid().unwrap() < 280 * VKTR);
	});
}

#[test]
fn liquidity_that_goes_for_a_block_pays_out_no_less() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		Most::set(0);
		order(POOL_USD, 1);
		assert_ok!(withdraw(PROVIDER, 900_000));
		assert!(reserves().0 < POOL_USD / 9);
		assert_eq!(paid(), at_a_depth_of(POOL_USD));
		// As where a round ends in the next block: 8 VKTR, were it for what is there.
		pass(1);
		assert!(paid().unwrap() > 240 * VKTR);
	});
}

#[test]
fn liquidity_that_stays_counts() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		Most::set(0);
		order(POOL_USD, 1);
		assert_ok!(provide(TRADER, 9 * POOL_USD, 9 * POOL_NATIVE));
		pass(SLOW);
		assert!((0.49..0.5).contains(&part(seen().usual, POOL_USD, 10 * POOL_USD)));
		pass(20 * SLOW);
		assert!(paid().unwrap() > 820 * VKTR);
	});
}

#[test]
fn a_pool_that_is_shallow_now_has_no_price_however_deep_it_usually_is() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20);
		assert_ok!(withdraw(PROVIDER, 999_950));
		assert!(reserves().0 < LeastDepth::get() && seen().usual == POOL_USD);
		none(PriceError::NoSource);
	});
}
