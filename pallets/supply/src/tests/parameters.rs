use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use vektor_primitives::Balance;

use crate::{mock::*, *};

fn set(length: Option<u32>) -> sp_runtime::DispatchResult {
	Supply::set_parameter(RuntimeOrigin::root(), length)
}

#[test]
fn only_root_sets_a_parameter() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Supply::set_parameter(signed(alice()), Some(20)), BadOrigin);
		assert_noop!(Supply::set_parameter(RuntimeOrigin::none(), Some(20)), BadOrigin);
		assert_eq!(Ruling::get(), RULES);
	});
}

#[test]
fn a_value_outside_its_bounds_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(Some(0)), Error::<Test>::ParameterOutOfBounds);
		assert_eq!(Ruling::get(), RULES);
	});
}

#[test]
fn a_parameter_without_a_value_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(None), Error::<Test>::ParameterNeedsValue);
		assert_eq!(Ruling::get(), RULES);
	});
}

#[test]
fn what_the_store_refuses_is_passed_on() {
	ExtBuilder::default().build_and_execute(|| {
		// The fake's store refuses 99 with an error of its own.
		assert_noop!(set(Some(99)), BadOrigin);
		assert_eq!(Ruling::get(), RULES);
	});
}

#[test]
fn a_value_within_its_bounds_counts_from_the_next_round() {
	ExtBuilder::default().build_and_execute(|| {
		pass(3);
		assert_ok!(set(Some(25)));
		assert_eq!(Ruling::get(), Rules { round_length: 25, ..RULES });
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 0, began: 0, ends: 10 });
		pass(7);
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 1, began: 10, ends: 35 });
	});
}

/// What all rounds emit until slot 430, of which the first is ten slots long and the others are as given.
fn emitted_by(policy: EmissionPolicy, lengths: &[u32]) -> Balance {
	let mut emitted = 0;
	ExtBuilder::default().policy(policy).build_and_execute(|| {
		all_take();
		// A base that divides by nothing, so that a unit lost in a round would show.
		Pace::<Test>::put(Schedule { total: EMISSION - 12_345_678_901, duration: 12_007, year: 1_201 });
		let _ = Supply::release(RuntimeOrigin::root(), EMISSION);
		for length in lengths {
			assert_ok!(set(Some(*length)));
			end_round();
		}
		end_round();
		assert_eq!(CurrentRound::<Test>::get().began, 430);
		emitted = Emitted::<Test>::get().net();
		assert_eq!(in_emission() + emitted, EMISSION);
	});
	emitted
}

const LENGTHS: [&[u32]; 5] = [&[10; 42], &[420], &[7, 13, 100, 300], &[1; 420], &[209, 1, 1, 1, 3, 5, 17, 83, 60, 40]];

#[test]
fn no_length_of_rounds_changes_the_pace_of_releases() {
	let even = (EMISSION - 12_345_678_901) * 430 / 12_007;
	for lengths in LENGTHS {
		assert_eq!(lengths.iter().sum::<u32>(), 420);
		let emitted = emitted_by(EmissionPolicy::Released, lengths);
		// Each round emits twice a difference of the even line.
		assert_eq!(emitted, 2 * even, "{lengths:?}");
	}
}

#[test]
fn no_length_of_rounds_changes_a_table() {
	let year = 30_000 * vektor_primitives::VKTR + 11;
	for lengths in LENGTHS {
		let table = EmissionPolicy::YearTable { years: vec![year; 3].try_into().unwrap(), halving: 1 };
		assert_eq!(emitted_by(table, lengths), year * 430 / 1_201, "{lengths:?}");
	}
}

#[test]
fn no_length_of_rounds_changes_the_floor_but_by_a_unit_a_round() {
	let floor = (EMISSION - 12_345_678_901) * 430 / 12_007 / 4;
	for lengths in LENGTHS {
		let emitted = emitted_by(EmissionPolicy::LoadWeighted, lengths);
		let rounds = lengths.len() as Balance + 1;
		assert!(emitted <= floor && floor < emitted + rounds, "{lengths:?}: {emitted} of {floor}");
	}
}
