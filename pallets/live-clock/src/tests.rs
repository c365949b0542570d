use frame_support::assert_err;
use proptest::prelude::*;
use sp_runtime::{traits::BlockNumberProvider, TryRuntimeError};
use vektor_primitives::traits::LiveClock;

use crate::{mock::*, LastSlot, Live, Resumed};

/// A chain that has run for a window.
fn running() {
	block(1);
	for _ in 0..WINDOW {
		block(1);
	}
	assert!(Clock::judging());
}

#[test]
fn the_first_block_counts_nothing_however_late_its_slot_is() {
	execute(|| {
		block(1);
		assert_eq!(Clock::now(), 0);
		assert!(!Clock::judging());
	});
}

#[test]
fn slots_count_also_those_that_were_missed() {
	execute(|| {
		block(1);
		block(1);
		block(MAX_GAP);
		assert_eq!(u64::from(Clock::now()), 1 + MAX_GAP);
	});
}

#[test]
fn a_stall_adds_nothing_and_suspends_judgement_for_a_window() {
	execute(|| {
		running();
		let before = Clock::now();
		block(MAX_GAP + 1);
		assert_eq!(Clock::now(), before);
		assert!(!Clock::judging());
		for _ in 0..WINDOW - 1 {
			block(1);
		}
		assert!(!Clock::judging());
		block(1);
		assert!(Clock::judging());
	});
}

#[test]
fn a_pause_adds_nothing_and_suspends_judgement_for_a_window() {
	execute(|| {
		running();
		let before = Clock::now();
		hold(true);
		for _ in 0..10 {
			block(1);
			assert!(!Clock::judging());
		}
		assert_eq!(Clock::now(), before);
		hold(false);
		block(1);
		assert_eq!(Clock::now(), before + 1);
		assert!(!Clock::judging());
	});
}

#[test]
fn a_pause_at_the_very_slot_of_a_missed_one_still_adds_nothing() {
	execute(|| {
		running();
		let before = Clock::now();
		hold(true);
		block(MAX_GAP);
		hold(false);
		block(MAX_GAP);
		assert_eq!(u64::from(Clock::now()), u64::from(before) + MAX_GAP);
		// The slots after the pause are a whole window already.
		assert!(Clock::judging());
	});
}

#[test]
fn as_a_block_number_provider_it_tells_the_live_time() {
	execute(|| {
		running();
		assert_eq!(Clock::current_block_number(), Clock::now());
	});
	new_test_ext().execute_with(|| {
		Clock::set_block_number(7);
		assert_eq!(Clock::current_block_number(), 7);
	});
}

#[test]
fn the_clock_stops_at_its_end_instead_of_starting_again() {
	new_test_ext().execute_with(|| {
		block(1);
		Live::<Test>::put(u32::MAX - 1);
		block(MAX_GAP);
		assert_eq!(Clock::now(), u32::MAX);
	});
}

#[test]
fn each_invariant_is_checked() {
	new_test_ext().execute_with(|| {
		running();
		let expect = |text| assert_err!(Clock::do_try_state(), TryRuntimeError::Other(text));
		let (live, last) = (Live::<Test>::get(), LastSlot::<Test>::get());
		Resumed::<Test>::put(live + 1);
		expect("live-clock: invariant 1, resumed in the future");
		Resumed::<Test>::put(0);
		Live::<Test>::put(u32::try_from(last).unwrap() + 1);
		expect("live-clock: invariant 2, ahead of the slots");
		Live::<Test>::put(live);
		LastSlot::<Test>::put(last + 1);
		expect("live-clock: invariant 3, a slot that is not there yet");
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn the_clock_shows_exactly_the_slots_that_were_neither_paused_nor_stalled(
		blocks in prop::collection::vec((1u64..2 * MAX_GAP, prop::bool::weighted(0.2)), 1..80),
	) {
		new_test_ext().execute_with(|| {
			block(1);
			let mut expected = 0;
			for (step, held) in blocks {
				hold(held);
				block(step);
				expected += if held || step > MAX_GAP { 0 } else { step };
				assert_eq!(u64::from(Clock::now()), expected);
				Clock::do_try_state().unwrap();
			}
		});
	}
}
