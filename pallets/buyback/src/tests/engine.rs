use frame_support::assert_ok;
use sp_runtime::{Permill, StateVersion};
use vektor_math::market;
use vektor_primitives::{
	traits::{PriceError, PriceSource},
	Asset, Balance, Ppm, Usd, ONE_USDC, USDC, VKTR,
};

use crate::{mock::*, *};

/// As loose as they go, but for the rival.
const LOOSE: Guards = Guards {
	premium: Ppm(100_000),
	rise: Ppm(100_000),
	drop: Ppm(500_000),
	slippage: Ppm(100_000),
	rival: Ppm(500_000),
	daily: Ppm(500_000),
};

fn spent() -> Vec<Balance> {
	let spent = |event| match event {
		Event::Bought { spent, .. } => Some(spent),
		_ => None,
	};
	our_events().into_iter().filter_map(spent).collect()
}

fn last() -> Event<Test> {
	our_events().pop().expect("an event")
}

fn refused(cause: Refusal) -> Event<Test> {
	Event::Refused { cause }
}

fn bought() -> bool {
	matches!(last(), Event::Bought { .. })
}

/// What one purchase may be, by what is in the pool now and the averages that the next block will have.
fn safe(rival: u32) -> Balance {
	let ((usd, _), price) = (reserves(), spot());
	let lower = [(seen().fast, FAST), (seen().slow, SLOW)]
		.map(|(average, half_life)| market::follow(average, price, 1, half_life).unwrap())
		.into_iter()
		.min()
		.unwrap();
	let depth = market::depth(usd, price, lower).unwrap();
	market::clip(depth, 3_000, rival).unwrap()
}

/// What the next purchase says, if that happens in the block before it.
fn after(guards: Guards, what: impl Fn()) -> Event<Test> {
	ExtBuilder::default().build().execute_with(|| {
		guard(guards);
		ready();
		order(100 * ONE_USDC, 1);
		what();
		pass(1);
		last()
	})
}

/// The largest for which it holds, and it holds not for all.
fn largest(most: Balance, holds: impl Fn(Balance) -> bool) -> Balance {
	let (mut low, mut high) = (0, most);
	assert!(holds(low) && !holds(high));
	while high - low > 1 {
		let middle = low + (high - low) / 2;
		if holds(middle) {
			low = middle;
		} else {
			high = middle;
		}
	}
	low
}

#[test]
fn what_waits_is_bought_evenly_one_purchase_an_interval() {
	ExtBuilder::default().build_and_execute(|| {
		pass(FAST + 1);
		order(10_000 * ONE_USDC, 100);
		let before = balance(REVENUE, Asset::Native);
		for _ in 0..101 {
			next_interval();
		}
		assert_eq!((Waiting::get(), Spent::get()), (0, 10_000 * ONE_USDC));
		assert_eq!(balance(REVENUE, Asset::Native) - before, Got::get());
		assert!(Got::get() > 98_000 * VKTR && Got::get() < 100_000 * VKTR, "{}", Got::get());
		let bought = our_events().into_iter().filter(|event| matches!(event, Event::Bought { .. })).count();
		assert_eq!(bought, 100);
	});
}

#[test]
fn what_is_not_divisible_is_spent_to_the_last_unit() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC + 3, 7);
		for _ in 0..7 {
			let (waiting, left) = (Waiting::get(), u128::from(Intervals::get()));
			pass(INTERVAL);
			assert_eq!(spent().pop(), Some(waiting.div_ceil(left)));
		}
		assert_eq!((Waiting::get(), spent().len()), (0, 7));
		let (least, most) = (*spent().iter().min().unwrap(), *spent().iter().max().unwrap());
		assert!(most - least <= 1, "{least} {most}");
	});
}

#[test]
fn no_less_than_the_least_is_spent_at_once_while_there_is_so_much() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(3 * ONE_USDC + ONE_USDC / 2, 1_000);
		pass(6 * INTERVAL);
		assert_eq!(spent(), [ONE_USDC, ONE_USDC, ONE_USDC, ONE_USDC / 2]);
		assert_eq!(Waiting::get(), 0);
	});
}

#[test]
fn no_more_than_asked_for_is_spent_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 1);
		Most::set(7 * ONE_USDC);
		pass(1);
		assert_eq!(spent(), [7 * ONE_USDC]);
		// Though it is less than the least.
		Most::set(5);
		pass(INTERVAL);
		assert_eq!(spent(), [7 * ONE_USDC, 5]);
		// None asked for is nothing to buy.
		Most::set(0);
		pass(INTERVAL);
		assert_eq!(our_events().len(), 2);
	});
}

#[test]
fn a_purchase_is_what_the_pool_gives_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 1);
		let (usd, native) = reserves();
		let given = 100 * ONE_USDC * 997;
		let got = given * native / (usd * 1_000 + given);
		let price = spot();
		let before = (balance(REVENUE, DOLLARS), balance(REVENUE, Asset::Native));
		pass(1);
		assert_eq!(last(), Event::Bought { account: REVENUE, spent: 100 * ONE_USDC, got, price });
		assert_eq!(reserves(), (usd + 100 * ONE_USDC, native - got));
		let after = (balance(REVENUE, DOLLARS), balance(REVENUE, Asset::Native));
		assert_eq!(after, (before.0 - 100 * ONE_USDC, before.1 + got));
		assert_eq!((Spent::get(), Got::get()), (100 * ONE_USDC, got));
	});
}

#[test]
fn nothing_waiting_is_no_event_and_no_purchase() {
	ExtBuilder::default().build_and_execute(|| {
		pass(20 * INTERVAL);
		assert!(our_events().is_empty());
		assert_eq!(Engine::<Test>::get().spent, 0);
		// Nor is it a fault without a pool.
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(ISSUER), USDC));
		pass(20 * INTERVAL);
		assert!(our_events().is_empty() && !Stopped::<Test>::exists());
	});
}

#[test]
fn any_block_of_an_interval_is_drawn_as_often() {
	ExtBuilder::default().build_and_execute(|| {
		pass(4 * INTERVAL - 1);
		order(500 * ONE_USDC, 500);
		let mut drawn = [0u32; INTERVAL as usize];
		let mut pairs = [[0u32; INTERVAL as usize]; INTERVAL as usize];
		let mut before = 0;
		for _ in 0..500 {
			let mut here = Vec::new();
			for position in 0..INTERVAL as usize {
				frame_system::Pallet::<Test>::reset_events();
				pass(1);
				assert_eq!(Height::get() - Engine::<Test>::get().began, position as u32);
				if !our_events().is_empty() {
					assert!(bought());
					here.push(position);
				}
			}
			assert_eq!(here.len(), 1, "one purchase an interval");
			drawn[here[0]] += 1;
			pairs[before][here[0]] += 1;
			before = here[0];
		}
		assert_eq!((Waiting::get(), Spent::get()), (0, 500 * ONE_USDC));
		// A hundred each, with a deviation of nine.
		assert!(drawn.iter().all(|times| (60..=140).contains(times)), "{drawn:?}");
		// And none tells of the next: twenty each.
		assert!(pairs.iter().flatten().all(|times| (4..=44).contains(times)), "{pairs:?}");
	});
}

#[test]
fn a_refusal_is_tried_again_in_the_next_interval_and_only_there() {
	ExtBuilder::default().build_and_execute(|| {
		pass(4 * INTERVAL - 1);
		order(100 * ONE_USDC, 1);
		guard(Guards { slippage: Ppm(0), ..LOOSE });
		for _ in 0..50 {
			frame_system::Pallet::<Test>::reset_events();
			pass(INTERVAL);
			assert_eq!(our_events(), [refused(Refusal::Slippage)]);
		}
		guard(LOOSE);
		pass(INTERVAL);
		assert_eq!(spent(), [100 * ONE_USDC]);
	});
}

/// A small fall is too far.
const NARROW: Guards = Guards { drop: Ppm(50_000), ..LOOSE };

/// Each cause, what brings it about for the next block under these guards, and what ends that.
const CAUSES: [(Refusal, fn(), fn()); 6] = [
	(Refusal::Stale, || Slot::mutate(|slot| *slot += FAST), || pass(FAST - 1)),
	(
		Refusal::TooDear,
		|| assert!(trade(TRADER, DOLLARS, POOL_USD * 8 / 100) > 0),
		|| assert!(trade(TRADER, Asset::Native, balance(TRADER, Asset::Native) - RICH) > 0),
	),
	(
		Refusal::Fallen,
		|| assert!(trade(TRADER, Asset::Native, POOL_NATIVE * 4 / 100) > 0),
		|| assert!(trade(TRADER, DOLLARS, balance(TRADER, DOLLARS) - RICH_USD) > 0),
	),
	(Refusal::Slippage, || guard(Guards { slippage: Ppm(0), ..NARROW }), || guard(NARROW)),
	(
		Refusal::DayIsSpent,
		|| Engine::<Test>::mutate(|pace| pace.spent = POOL_USD),
		|| Engine::<Test>::mutate(|pace| pace.spent = 0),
	),
	(Refusal::TooShallow, || fee(Permill::zero()), || fee(PoolFee::get())),
];

fn fee(fee: Permill) {
	let id = (Asset::Native, DOLLARS);
	AssetConversion::set_pool_fee(RuntimeOrigin::root(), id, fee).expect("a pool");
}

#[test]
fn no_number_of_refusals_needs_a_resume() {
	for (cause, spoil, mend) in CAUSES {
		ExtBuilder::default().build_and_execute(|| {
			guard(NARROW);
			ready();
			order(1_000 * ONE_USDC, 10);
			for attempt in 0..100 {
				spoil();
				frame_system::Pallet::<Test>::reset_events();
				pass(1);
				assert_eq!(our_events(), [refused(cause)], "{attempt}");
				mend();
				to_purchase();
			}
			pass(1);
			assert!(bought() && !Stopped::<Test>::exists(), "{cause:?} {:?}", last());
		});
	}
}

#[test]
fn a_refusal_writes_nothing_but_that_its_interval_is_done() {
	let left = |what: &dyn Fn()| {
		ExtBuilder::default().build().execute_with(|| {
			guard(NARROW);
			ready();
			order(100 * ONE_USDC, 1);
			what();
			frame_system::Pallet::<Test>::reset_events();
			pass(1);
			let event = our_events().pop();
			frame_system::Pallet::<Test>::reset_events();
			(event, sp_io::storage::root(StateVersion::V1))
		})
	};
	let done = || Engine::<Test>::mutate(|pace| pace.done = true);
	for (cause, spoil, _) in CAUSES {
		let (event, root) = left(&spoil);
		assert_eq!(event, Some(refused(cause)));
		let (event, untried) = left(&|| {
			spoil();
			done();
		});
		assert_eq!((event, &root), (None, &untried), "{cause:?}");
	}
	assert_ne!(left(&|| {}).1, left(&done).1);
}

#[test]
fn without_randomness_an_interval_buys_in_its_last_block() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 100);
		for _ in 0..20 {
			assert_eq!((Height::get() + 2) % INTERVAL, 0);
			let before = spent().len();
			pass(1);
			assert_eq!(spent().len(), before + 1);
			pass(INTERVAL - 1);
			assert_eq!(spent().len(), before + 1);
		}
	});
}

#[test]
fn intervals_are_of_blocks_whatever_time_goes_by() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 100);
		for _ in 0..10 * INTERVAL {
			stall(FAST);
		}
		assert_eq!(spent().len(), 10);
	});
}

#[test]
fn a_purchase_is_as_large_as_one_may_safely_be() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000_000 * ONE_USDC, 1);
		let expected = safe(500_000);
		assert_eq!(expected, 1_500 * ONE_USDC);
		pass(1);
		assert_eq!(spent(), [expected]);
		// Where the price lies above the lower average, no more than the pool had there.
		for _ in 0..3 {
			to_purchase();
			let expected = safe(500_000);
			assert!(expected < reserves().0 * 3 / 2_000, "{expected}");
			pass(1);
			assert_eq!(spent().pop(), Some(expected));
		}
		for rival in [0, 100_000, 950_000] {
			guard(Guards { rival: Ppm(rival), ..LOOSE });
			to_purchase();
			let expected = safe(rival);
			pass(1);
			assert_eq!(spent().pop(), Some(expected));
		}
	});
}

#[test]
fn a_purchase_is_no_larger_than_what_the_day_may_spend_yet() {
	ExtBuilder::default().build_and_execute(|| {
		guard(Guards { daily: Ppm(2_000), ..LOOSE });
		ready();
		order(1_000_000 * ONE_USDC, 1);
		pass(1);
		to_purchase();
		pass(1);
		// Two thousandths of the pool, which has the first fifteen hundred dollars by then.
		assert_eq!(spent(), [1_500 * ONE_USDC, 503 * ONE_USDC]);
		assert_eq!(Engine::<Test>::get().spent, 2_003 * ONE_USDC);
	});
}

#[test]
fn a_spent_day_is_refused_in_each_interval_and_the_next_day_buys_by_itself() {
	ExtBuilder::default().build_and_execute(|| {
		guard(Guards { daily: Ppm(1_000), ..LOOSE });
		ready();
		order(1_000_000 * ONE_USDC, 1);
		pass(1);
		to_purchase();
		pass(1);
		assert_eq!(spent(), [1_000 * ONE_USDC, ONE_USDC]);
		for _ in 0..50 {
			frame_system::Pallet::<Test>::reset_events();
			to_purchase();
			pass(1);
			assert_eq!(our_events(), [refused(Refusal::DayIsSpent)]);
		}
		// A day is as long as it is, and the first one too.
		while Slot::get() < DAY - 1 {
			pass(1);
		}
		assert_eq!((Engine::<Test>::get().day, Engine::<Test>::get().spent), (1, 1_001 * ONE_USDC));
		pass(1);
		assert_eq!((Engine::<Test>::get().day, Engine::<Test>::get().spent), (2, 0));
		frame_system::Pallet::<Test>::reset_events();
		to_purchase();
		let (usd, _) = reserves();
		pass(1);
		assert_eq!(spent(), [usd / 1_000]);
	});
}

#[test]
fn what_a_day_may_spend_is_of_what_the_pool_holds_now() {
	ExtBuilder::default().build_and_execute(|| {
		guard(Guards { daily: Ppm(2_000), ..LOOSE });
		ready();
		order(1_000_000 * ONE_USDC, 1);
		pass(1);
		assert_eq!(spent(), [1_500 * ONE_USDC]);
		// Who takes half of the pool out when the day begins, and brings it back, takes nothing from the day.
		while Slot::get() < DAY - 1 {
			pass(1);
		}
		assert_ok!(withdraw(PROVIDER, 500_000));
		pass(2);
		let (usd, native) = reserves();
		assert_ok!(provide(PROVIDER, usd, native));
		frame_system::Pallet::<Test>::reset_events();
		to_purchase();
		let expected = safe(LOOSE.rival.0);
		pass(1);
		assert_eq!(spent(), [expected]);
		// Days without a block are gone.
		stall(10 * DAY);
		assert_eq!((Engine::<Test>::get().day, Engine::<Test>::get().spent), (12, 0));
	});
}

#[test]
fn a_price_at_the_premium_is_bought_at_and_a_unit_above_is_too_dear() {
	let guards = Guards { premium: Ppm(15_000), slippage: Ppm(100_000), ..LOOSE };
	let pump = |usd: Balance| {
		move || {
			if usd > 0 {
				trade(TRADER, DOLLARS, usd);
			}
		}
	};
	let most = largest(POOL_USD, |usd| matches!(after(guards, pump(usd)), Event::Bought { .. }));
	assert_eq!(after(guards, pump(most + 1)), refused(Refusal::TooDear));
	// Half of 1.5 %, and a little: the fast average went a fifteenth of the way, and the fee is no part of the price.
	assert!((8_000 * ONE_USDC..8_016 * ONE_USDC).contains(&most), "{most}");
	ExtBuilder::default().build_and_execute(|| {
		guard(guards);
		ready();
		trade(TRADER, DOLLARS, most);
		pass(1);
		let above = spot() as f64 / seen().fast as f64;
		assert!((above - 1.015).abs() < 1e-9, "{above}");
	});
}

#[test]
fn a_price_at_the_rise_is_bought_at_and_a_unit_above_is_too_dear() {
	// What the guards to start with take for slippage leaves room for all of the rise.
	let guards = Guards { premium: Ppm(100_000), ..Guards::default() };
	let pump = |usd: Balance| {
		move || {
			if usd > 0 {
				trade(TRADER, DOLLARS, usd);
			}
		}
	};
	let most = largest(POOL_USD, |usd| matches!(after(guards, pump(usd)), Event::Bought { .. }));
	assert_eq!(after(guards, pump(most + 1)), refused(Refusal::TooDear));
	ExtBuilder::default().build_and_execute(|| {
		guard(guards);
		ready();
		trade(TRADER, DOLLARS, most);
		pass(1);
		let seen = seen();
		let above = |average: u128| spot() as f64 / average as f64;
		assert!((above(seen.slow) - 1.03).abs() < 1e-9 && above(seen.fast) < 1.03, "{seen:?}");
	});
}

#[test]
fn a_price_at_the_drop_is_bought_at_and_a_unit_below_has_fallen() {
	let guards = Guards { drop: Ppm(250_000), ..LOOSE };
	let dump = |native: Balance| {
		move || {
			if native > 0 {
				trade(TRADER, Asset::Native, native);
			}
		}
	};
	let most = largest(POOL_NATIVE, |native| matches!(after(guards, dump(native)), Event::Bought { .. }));
	assert_eq!(after(guards, dump(most + 1)), refused(Refusal::Fallen));
	ExtBuilder::default().build_and_execute(|| {
		guard(guards);
		ready();
		trade(TRADER, Asset::Native, most);
		pass(1);
		let below = spot() as f64 / seen().slow as f64;
		assert!((below - 0.75).abs() < 1e-9, "{below}");
	});
}

#[test]
fn less_than_the_lower_average_promises_is_refused() {
	for (slippage, buys) in [(0, false), (3_000, false), (3_099, false), (3_101, true), (30_000, true)] {
		// A hundred dollars of a million cost a ten thousandth beside the fee.
		let event = after(Guards { slippage: Ppm(slippage), ..LOOSE }, || {});
		match buys {
			true => assert!(matches!(event, Event::Bought { .. }), "{slippage} {event:?}"),
			false => assert_eq!(event, refused(Refusal::Slippage), "{slippage}"),
		}
	}
	// A pump within the premium is in it.
	let guards = Guards { slippage: Ppm(10_000), ..LOOSE };
	let event = after(guards, || assert!(trade(TRADER, DOLLARS, 5_000 * ONE_USDC) > 0));
	assert_eq!(event, refused(Refusal::Slippage));
	assert!(matches!(after(guards, || {}), Event::Bought { .. }));
}

#[test]
fn a_new_pool_is_bought_from_when_its_averages_are_old_enough() {
	ExtBuilder::default().build_and_execute(|| {
		Random::set(false);
		order(100 * ONE_USDC, 1);
		pass(2 * INTERVAL);
		assert_eq!(our_events(), [refused(Refusal::Stale), refused(Refusal::Stale)]);
		pass(INTERVAL);
		assert!(bought());
	});
}

#[test]
fn after_a_stall_nothing_is_bought_until_averages_are_old_enough() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 10);
		stall(FAST + 1);
		assert_eq!(our_events(), [refused(Refusal::Stale)]);
		pass(INTERVAL);
		assert_eq!(our_events(), [refused(Refusal::Stale), refused(Refusal::Stale)]);
		pass(INTERVAL);
		assert!(bought());
	});
	let event = after(LOOSE, || Slot::mutate(|slot| *slot += FAST - 1));
	assert!(matches!(event, Event::Bought { .. }), "{event:?}");
	let event = after(LOOSE, || Slot::mutate(|slot| *slot += FAST));
	assert_eq!(event, refused(Refusal::Stale));
}

#[test]
fn after_a_long_stall_it_goes_on_by_itself() {
	ExtBuilder::default().build_and_execute(|| {
		order(1_000 * ONE_USDC, 100);
		pass(50);
		let before = spent().len();
		assert!(before > 0);
		stall(30 * DAY);
		pass(10 * INTERVAL);
		assert!(spent().len() >= before + 7, "{before} {}", spent().len());
	});
}

#[test]
fn after_a_dump_it_goes_on_by_itself_when_the_average_has_come_down() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000 * ONE_USDC, 10);
		trade(TRADER, Asset::Native, POOL_NATIVE / 4);
		pass(1);
		assert_eq!(last(), refused(Refusal::Fallen));
		pass(SLOW);
		assert!(bought());
	});
}

#[test]
fn after_a_pump_it_goes_on_by_itself_when_the_average_has_come_up() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000 * ONE_USDC, 10);
		trade(TRADER, DOLLARS, POOL_USD / 20);
		pass(1);
		assert_eq!(last(), refused(Refusal::TooDear));
		pass(4 * SLOW);
		assert!(bought());
	});
}

#[test]
fn a_price_that_climbs_slowly_is_bought_at_and_one_that_climbs_faster_is_too_dear() {
	let climb = |usd: Balance| {
		ExtBuilder::default().build().execute_with(|| {
			ready();
			order(100 * ONE_USDC, 100);
			for _ in 0..5 * SLOW {
				trade(TRADER, DOLLARS, usd);
				pass(1);
			}
			(spot() as f64 / seen().slow as f64, our_events())
		})
	};
	// More than the premium above the slow average, as the fast one follows.
	let (above, events) = climb(150 * ONE_USDC);
	assert!((1.02..1.03).contains(&above), "{above}");
	assert!(events.iter().all(|event| matches!(event, Event::Bought { .. })), "{events:?}");
	let (_, events) = climb(300 * ONE_USDC);
	assert!(events.contains(&refused(Refusal::TooDear)));
}

#[test]
fn without_a_pool_it_stands_still_until_resumed() {
	ExtBuilder::default().pool(None).build_and_execute(|| {
		order(100 * ONE_USDC, 1);
		pass(2 * INTERVAL);
		assert_eq!(our_events(), [Event::Paused { fault: Fault::NoPool }]);
		let (one, two) = (Box::new(Asset::Native), Box::new(DOLLARS));
		assert_ok!(AssetConversion::create_pool(RuntimeOrigin::signed(PROVIDER), one, two));
		assert_ok!(provide(PROVIDER, POOL_USD, POOL_NATIVE));
		pass(2 * DAY);
		assert_eq!(our_events().len(), 1);
		assert_eq!(Buyback::worth_at_least(10 * VKTR), Ok(Usd(ONE_USDC)));
		assert_ok!(Buyback::resume(RuntimeOrigin::root()));
		pass(2 * INTERVAL);
		assert!(bought());
	});
}

#[test]
fn an_empty_pool_stops_it_until_resumed() {
	ExtBuilder::default().pool(None).build_and_execute(|| {
		let (one, two) = (Box::new(Asset::Native), Box::new(DOLLARS));
		assert_ok!(AssetConversion::create_pool(RuntimeOrigin::signed(PROVIDER), one, two));
		order(100 * ONE_USDC, 1);
		pass(2 * INTERVAL);
		assert_eq!(our_events(), [Event::Paused { fault: Fault::EmptyPool }]);
		assert_eq!(Buyback::worth_at_least(VKTR), Err(PriceError::NoSource));
		assert_ok!(provide(PROVIDER, POOL_USD, POOL_NATIVE));
		pass(2 * DAY);
		assert_eq!(our_events().len(), 1);
		assert_ok!(Buyback::resume(RuntimeOrigin::root()));
		pass(2 * INTERVAL);
		assert!(bought());
	});
}

#[test]
fn what_its_owners_leave_in_the_pool_is_bought_from_in_dust() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 1);
		assert_ok!(withdraw(PROVIDER, 999_900));
		let expected = safe(500_000);
		assert!(expected < ONE_USDC / 5);
		pass(1);
		assert_eq!(spent(), [expected]);
	});
}

/// Whatever freezes the pool, what is not frozen any more is bought from once it is resumed.
fn frozen(fault: Fault, freeze: impl Fn(), thaw: impl Fn()) {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000 * ONE_USDC, 10);
		freeze();
		let held = (balance(REVENUE, DOLLARS), balance(REVENUE, Asset::Native), reserves_held());
		pass(1);
		assert_eq!(our_events(), [Event::Paused { fault }]);
		assert_eq!(Stopped::<Test>::get(), Some(fault));
		thaw();
		pass(3 * INTERVAL);
		assert_eq!(our_events().len(), 1);
		assert_eq!((balance(REVENUE, DOLLARS), balance(REVENUE, Asset::Native), reserves_held()), held);
		assert_eq!((Waiting::get(), Spent::get()), (1_000 * ONE_USDC, 0));
		assert_ok!(Buyback::resume(RuntimeOrigin::root()));
		pass(INTERVAL);
		assert!(bought());
		assert_eq!(Spent::get(), 100 * ONE_USDC);
	});
}

fn reserves_held() -> (Balance, Balance) {
	(balance(pool(), DOLLARS), balance(pool(), Asset::Native))
}

fn issuer() -> RuntimeOrigin {
	RuntimeOrigin::signed(ISSUER)
}

#[test]
fn a_frozen_asset_stops_it_until_resumed() {
	frozen(
		Fault::Frozen,
		|| Assets::freeze_asset(issuer(), USDC).expect("the issuer may"),
		|| Assets::thaw_asset(issuer(), USDC).expect("the issuer may"),
	);
}

#[test]
fn a_frozen_pool_stops_it_until_resumed() {
	frozen(
		Fault::Frozen,
		|| Assets::freeze(issuer(), USDC, pool()).expect("the issuer may"),
		|| Assets::thaw(issuer(), USDC, pool()).expect("the issuer may"),
	);
}

#[test]
fn frozen_dollars_of_who_buys_stop_it_until_resumed() {
	frozen(
		Fault::SwapFailed,
		|| Assets::freeze(issuer(), USDC, REVENUE).expect("the issuer may"),
		|| Assets::thaw(issuer(), USDC, REVENUE).expect("the issuer may"),
	);
}

#[test]
fn missing_dollars_stop_it_until_resumed() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000 * ONE_USDC, 10);
		take(REVENUE, 950 * ONE_USDC);
		pass(1);
		assert_eq!(our_events(), [Event::Paused { fault: Fault::SwapFailed }]);
		assert_eq!((balance(REVENUE, DOLLARS), Spent::get()), (50 * ONE_USDC + 10_000, 0));
		give(REVENUE, DOLLARS, 950 * ONE_USDC);
		assert_ok!(Buyback::resume(RuntimeOrigin::root()));
		pass(2 * INTERVAL);
		assert!(bought());
	});
}

#[test]
fn books_that_do_not_match_undo_the_swap_and_stop_it_until_resumed() {
	frozen(Fault::SwapFailed, || Books::set(false), || Books::set(true));
}

#[test]
fn a_fault_of_who_buys_leaves_prices_as_they_are() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000 * ONE_USDC, 10);
		Books::set(false);
		pass(1);
		assert_eq!(Stopped::<Test>::get(), Some(Fault::SwapFailed));
		trade(TRADER, DOLLARS, POOL_USD / 10);
		pass(10 * SLOW);
		assert!(spot().abs_diff(seen().slow) < spot() / 500);
		let worth = market::worth(VKTR, seen().slow).map(Usd);
		assert_eq!(Buyback::worth_at_least(VKTR).ok(), worth);
	});
}

#[test]
fn a_pause_stops_purchases_and_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000 * ONE_USDC, 10);
		assert_ok!(Buyback::pause(RuntimeOrigin::root()));
		trade(TRADER, DOLLARS, POOL_USD / 200);
		let before = seen();
		pass(2 * DAY);
		assert_eq!(our_events(), [Event::Paused { fault: Fault::Governed }]);
		assert_eq!((Waiting::get(), Spent::get()), (1_000 * ONE_USDC, 0));
		assert!(seen().slow > before.slow && seen().at == Slot::get());
		assert_ok!(Buyback::worth_at_least(VKTR));
		assert_ok!(Buyback::native_at_most(Usd(ONE_USDC)));
		// And resumes with what waited, a purchase an interval.
		assert_ok!(Buyback::resume(RuntimeOrigin::root()));
		frame_system::Pallet::<Test>::reset_events();
		pass(11 * INTERVAL);
		assert_eq!(spent(), [100 * ONE_USDC; 10]);
		assert_eq!(Waiting::get(), 0);
	});
}

#[test]
fn a_pause_and_a_resume_within_an_interval_make_no_second_purchase() {
	ExtBuilder::default().build_and_execute(|| {
		order(1_000 * ONE_USDC, 10);
		Random::set(true);
		pass(4 * INTERVAL);
		for _ in 0..5 {
			let before = spent().len();
			while spent().len() == before {
				pass(1);
			}
			let pace = Engine::<Test>::get();
			assert_ok!(Buyback::pause(RuntimeOrigin::root()));
			assert_ok!(Buyback::resume(RuntimeOrigin::root()));
			assert_eq!(Engine::<Test>::get(), pace);
			while Height::get() < pace.began + INTERVAL - 1 {
				pass(1);
			}
			assert_eq!(spent().len(), before + 1);
			pass(1);
		}
	});
}

#[test]
fn guards_set_in_between_hold_for_the_next_purchase() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000_000 * ONE_USDC, 1);
		trade(TRADER, DOLLARS, 7_000 * ONE_USDC);
		guard(Guards { premium: Ppm(1_000), ..LOOSE });
		pass(1);
		assert_eq!(last(), refused(Refusal::TooDear));
		guard(Guards { rival: Ppm(900_000), ..LOOSE });
		pass(INTERVAL - 1);
		let expected = safe(900_000);
		pass(1);
		assert_eq!(spent(), [expected]);
	});
}

#[test]
fn a_day_whose_part_is_set_below_what_was_spent_is_spent() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(1_000_000 * ONE_USDC, 1);
		pass(1);
		assert_eq!(spent(), [1_500 * ONE_USDC]);
		guard(Guards { daily: Ppm(1_000), ..LOOSE });
		to_purchase();
		pass(1);
		assert_eq!(last(), refused(Refusal::DayIsSpent));
	});
}

#[test]
fn what_comes_on_top_is_bought_with_what_waits() {
	ExtBuilder::default().build_and_execute(|| {
		ready();
		order(100 * ONE_USDC, 10);
		pass(5 * INTERVAL);
		assert_eq!(spent(), [10 * ONE_USDC; 5]);
		order(100 * ONE_USDC, 10);
		pass(10 * INTERVAL);
		assert_eq!(spent()[5..], [15 * ONE_USDC; 10]);
		assert_eq!(Waiting::get(), 0);
	});
}

#[test]
fn a_pool_without_a_fee_or_with_too_little_in_it_is_not_bought_from() {
	ExtBuilder::default().build_and_execute(|| {
		pass(FAST + 1);
		fee(Permill::zero());
		order(1_000 * ONE_USDC, 1);
		next_interval();
		pass(INTERVAL);
		assert_eq!(last(), refused(Refusal::TooShallow));
		assert_eq!(Spent::get(), 0);
	});
	ExtBuilder::default().pool(Some((99 * ONE_USDC, 990 * VKTR))).build_and_execute(|| {
		pass(FAST + 1);
		order(1_000 * ONE_USDC, 1);
		next_interval();
		pass(INTERVAL);
		assert_eq!(last(), refused(Refusal::TooShallow));
		assert_eq!(Spent::get(), 0);
	});
}
