use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use vektor_primitives::{Ppm, Usd, ONE_USDC};

use super::work::{C5, Q11};
use crate::{mock::*, *};

type Error = crate::Error<Test>;

const SPEED: Factor = Factor { measure: Measure::Speed, least: Ppm(900_000), most: Ppm(1_100_000) };

fn set(factors: &[Factor]) -> sp_runtime::DispatchResult {
	Revenue::set_factors(RuntimeOrigin::root(), factors.to_vec().try_into().expect("at most eight"))
}

#[test]
fn new_factors_hold_from_the_next_settlement_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(set(&[SPEED]));
		assert_eq!(last_event(), Event::FactorsSet { factors: vec![SPEED].try_into().unwrap() }.into());
		assert_eq!(Multipliers::<Test>::get().to_vec(), [SPEED]);
		assert_eq!(RoundBooks::<Test>::get(0).counted, Usd(300_000));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(RoundBooks::<Test>::get(0).counted, Usd(300_000 + 300_000 * 9 / 11));
		assert_ok!(set(&[]));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(RoundBooks::<Test>::get(0).counted, Usd(600_000 + 300_000 * 9 / 11));
	});
}

#[test]
fn only_the_admin_may_set_them() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			assert_noop!(Revenue::set_factors(origin, Factors::default()), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn factors_without_a_range_or_above_fourfold_and_those_that_come_twice_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let between = |least, most| Factor { least: Ppm(least), most: Ppm(most), ..SPEED };
		for unsound in [
			between(0, 1_000_000),
			between(0, 0),
			between(1_000_001, 1_000_000),
			between(4_000_000, 4_000_001),
			between(1, u32::MAX),
		] {
			assert_noop!(set(&[unsound]), Error::FactorsUnsound);
			// One is enough.
			let sound = Factor { measure: Measure::Demand, ..SPEED };
			assert_noop!(set(&[sound, unsound]), Error::FactorsUnsound);
			assert_noop!(set(&[unsound, sound]), Error::FactorsUnsound);
		}
		assert_noop!(set(&[SPEED, SPEED]), Error::FactorsUnsound);
		let uptime = Factor { measure: Measure::Uptime, ..SPEED };
		assert_noop!(set(&[SPEED, uptime, between(1, 2)]), Error::FactorsUnsound);
		for sound in [between(1, 1), between(1, 4_000_000), between(4_000_000, 4_000_000)] {
			assert_ok!(set(&[sound]));
		}
	});
}

#[test]
fn every_measure_may_have_a_factor_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		let all = [
			Measure::Hardware,
			Measure::Speed,
			Measure::Quality,
			Measure::Uptime,
			Measure::Demand,
			Measure::Rarity,
			Measure::Loyalty,
		]
		.map(|measure| Factor { measure, least: Ppm(500_000), most: Ppm::ONE });
		assert_ok!(set(&all));
		assert_ok!(settle(1, DOLLARS, 100 * ONE_USDC));
		// Halved seven times, rounded down each time.
		assert_eq!(RoundBooks::<Test>::get(0).counted, Usd(30 * ONE_USDC / 128));
	});
}

#[test]
fn a_genesis_sets_them() {
	for factors in [&C5[..], &Q11, &[]] {
		ExtBuilder::default().factors(factors).build_and_execute(|| {
			assert_eq!(Multipliers::<Test>::get().to_vec(), factors);
		});
	}
}

#[test]
#[should_panic(expected = "factors must have a range, and none may come twice")]
fn a_genesis_whose_factors_are_unsound_does_not_start() {
	ExtBuilder::default().factors(&[SPEED, SPEED]).build();
}
