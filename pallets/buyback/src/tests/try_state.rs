use frame_support::assert_ok;
use vektor_primitives::{Ppm, ONE_USDC};

use crate::{mock::*, *};

/// A pool that was seen for a while and an engine with an order; breaks that, and expects the invariant of that number
/// to notice.
fn breaks(number: u8, corrupt: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		Random::set(false);
		order(100 * ONE_USDC, 1);
		pass(2 * INTERVAL);
		assert!(Engine::<Test>::get().began > 0);
		assert_ok!(Buyback::do_try_state());
		corrupt();
		let error = format!("{:?}", Buyback::do_try_state().expect_err("a broken state"));
		assert!(error.contains(&format!("buyback: invariant {number},")), "{error}");
	});
}

fn market(change: impl FnOnce(&mut Averages)) {
	Market::<Test>::mutate(|seen| change(seen.as_mut().expect("the pool was seen")));
}

fn engine(change: impl FnOnce(&mut Pace)) {
	Engine::<Test>::mutate(change);
}

#[test]
fn one_a_guard_out_of_its_range() {
	let good = Guards::default();
	for bad in [
		Guards { premium: Ppm(100_001), ..good },
		Guards { rise: Ppm(100_001), ..good },
		Guards { drop: Ppm(49_999), ..good },
		Guards { drop: Ppm(500_001), ..good },
		Guards { slippage: Ppm(100_001), ..good },
		Guards { rival: Ppm(950_001), ..good },
		Guards { daily: Ppm(0), ..good },
		Guards { daily: Ppm(500_001), ..good },
	] {
		breaks(1, || Limits::<Test>::put(bad));
	}
}

#[test]
fn two_an_average_of_nothing() {
	breaks(2, || market(|seen| seen.fast = 0));
	breaks(2, || market(|seen| seen.slow = 0));
	breaks(2, || market(|seen| seen.usual = 0));
}

#[test]
fn two_a_slot_to_come() {
	breaks(2, || market(|seen| seen.at = Slot::get() + 1));
	breaks(2, || market(|seen| seen.since = seen.at + 1));
}

#[test]
fn three_an_interval_to_come() {
	breaks(3, || engine(|pace| pace.began = Height::get() + 1));
}

#[test]
fn what_is_at_its_ends_holds() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Buyback::do_try_state());
		pass(1);
		market(|seen| (seen.fast, seen.slow) = (1, u128::MAX));
		engine(|pace| pace.began = Height::get());
		let (premium, rise, slippage) = (Ppm(0), Ppm(0), Ppm(0));
		Limits::<Test>::put(Guards { premium, rise, drop: Ppm(50_000), slippage, rival: Ppm(0), daily: Ppm(1) });
	});
}
