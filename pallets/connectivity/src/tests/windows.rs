//! Windows begin, end, are kept and forgotten; sets of probers with them.

use frame_support::traits::{Hooks, OneSessionHandler};
use sp_core::H256;

use crate::{mock::*, *};

#[test]
fn a_window_begins_with_what_is_known_then_and_ends_with_a_seed() {
	ExtBuilder::build_and_execute(|| {
		enter(1);
		EpochSeed::set(H256::repeat_byte(7));
		at(LENGTH);
		enter(2);
		let open = WindowRecord { set: 0, seed: H256::repeat_byte(7), sample_seed: None, slots: 1, neutral: false };
		assert_eq!(Windows::<Test>::get(1), Some(open.clone()));
		assert_eq!(Windowing::<Test>::get(), Some(Progress { current: 1, untallied: 0 }));
		BlockSeed::set(Some(H256::repeat_byte(8)));
		at(2 * LENGTH - 1);
		assert_eq!(Windows::<Test>::get(1), Some(open.clone()));
		at(2 * LENGTH);
		let closed = WindowRecord { sample_seed: Some(H256::repeat_byte(8)), ..open };
		assert_eq!(Windows::<Test>::get(1), Some(closed));
		assert_eq!(Windows::<Test>::get(2).unwrap().slots, 2);
	});
}

#[test]
fn while_nothing_is_judged_windows_are_neutral() {
	ExtBuilder::build_and_execute(|| {
		to_window(1);
		Judging::set(false);
		at(LENGTH + 3);
		Judging::set(true);
		at(LENGTH + 5);
		to_window(2);
		Judging::set(false);
		to_window(3);
		Judging::set(true);
		to_window(4);
		let neutral: Vec<_> = (1..=4).map(|window| Windows::<Test>::get(window).unwrap().neutral).collect();
		assert_eq!(neutral, [true, false, true, false]);
	});
}

#[test]
fn the_window_of_an_upgrade_is_neutral() {
	ExtBuilder::build_and_execute(|| {
		to_window(1);
		Connectivity::on_runtime_upgrade();
		to_window(2);
		assert_eq!([1, 2].map(|window| Windows::<Test>::get(window).unwrap().neutral), [true, false]);
	});
}

#[test]
fn an_upgrade_before_the_first_block_does_nothing() {
	new_test_ext().execute_with(|| {
		Windowing::<Test>::kill();
		Connectivity::on_runtime_upgrade();
		assert_eq!(Windows::<Test>::get(0).map(|record| record.neutral), Some(false));
	});
}

#[test]
fn the_last_windows_are_kept_and_older_ones_forgotten_with_their_reports() {
	ExtBuilder::build_and_execute(|| {
		proved(1);
		to_window(1);
		for _ in 0..20 {
			live_through(|_, _| Mark::Up);
			Connectivity::do_try_state().unwrap();
			let kept = Kept::<Test>::get();
			assert!(kept.len() < KEPT as usize && *kept.last().unwrap() == current());
			assert_eq!(Windows::<Test>::iter_keys().count(), kept.len());
			assert!(Reports::<Test>::iter_keys().all(|(window, _)| kept.contains(&window)));
		}
		assert_eq!(Kept::<Test>::get().to_vec(), [18, 19, 20, 21]);
	});
}

#[test]
fn a_window_that_no_block_fell_into_is_not_there() {
	ExtBuilder::build_and_execute(|| {
		to_window(1);
		to_window(4);
		assert_eq!(Kept::<Test>::get().to_vec(), [0, 1, 4]);
		assert!(Windows::<Test>::get(1).unwrap().sample_seed.is_some());
		assert_eq!(Windowing::<Test>::get(), Some(Progress { current: 4, untallied: 2 }));
	});
}

#[test]
fn with_one_block_for_a_window_nothing_is_lost() {
	ExtBuilder::build_and_execute(|| {
		(0..10).for_each(|window| {
			at(window * LENGTH);
		});
		assert_eq!(Windowing::<Test>::get(), Some(Progress { current: 9, untallied: 8 }));
		assert_eq!(Kept::<Test>::get().to_vec(), [6, 7, 8, 9]);
	});
}

#[test]
fn where_tallies_fall_behind_new_windows_are_left_out() {
	ExtBuilder::build_and_execute(|| {
		// One more page than a block tallies, reports by all, and but one block for each window.
		(0..PER_BLOCK * 64 + 1).for_each(|number| {
			Connectivity::change(&fast(number), |watched| watched.proved = true);
		});
		to_window(1);
		live_fast(|_, _| Mark::Up);
		for window in 3..12 {
			at(window * LENGTH);
		}
		let kept = Kept::<Test>::get();
		assert!(kept.len() <= KEPT as usize);
		settle();
		assert_eq!(Windowing::<Test>::get().unwrap().untallied, 10);
	});
}

fn fast(number: u32) -> vektor_primitives::OperatorId {
	use vektor_primitives::traits::Watch;
	Connectivity::enter(&operator(number)).unwrap();
	operator(number)
}

#[test]
fn a_new_set_looks_from_the_next_window_on() {
	ExtBuilder::build_and_execute(|| {
		to_window(1);
		session([20, 21, 22]);
		assert_eq!((CurrentSet::<Test>::get(), Windows::<Test>::get(1).unwrap().set), (1, 0));
		assert_eq!(Connectivity::index_of(&prober(21), 1), None);
		to_window(2);
		assert_eq!(Windows::<Test>::get(2).unwrap().set, 1);
		assert_eq!(Connectivity::index_of(&prober(21), 2), Some(1));
	});
}

#[test]
fn a_set_that_is_the_same_or_was_not_changed_stays() {
	ExtBuilder::build_and_execute(|| {
		session(0..VALIDATORS);
		assert_eq!(CurrentSet::<Test>::get(), 0);
		let other = [(validator(30), prober(30))];
		let each = other.iter().map(|(validator, key)| (validator, key.clone()));
		Connectivity::on_new_session(false, each.clone(), each);
		assert_eq!((CurrentSet::<Test>::get(), Probers::<Test>::get(0).len()), (0, VALIDATORS as usize));
		Connectivity::on_disabled(0);
	});
}

#[test]
fn a_set_that_no_window_looked_with_is_replaced() {
	ExtBuilder::build_and_execute(|| {
		session([20]);
		session([21]);
		session([22]);
		assert_eq!(CurrentSet::<Test>::get(), 1);
		assert_eq!(Probers::<Test>::get(1)[0].validator, validator(22));
		to_window(1);
		session([23]);
		assert_eq!(CurrentSet::<Test>::get(), 2);
	});
}

#[test]
fn sets_go_with_the_last_window_that_looked_with_them() {
	ExtBuilder::build_and_execute(|| {
		for window in 1..12 {
			if window % 2 == 0 {
				session([window as u8, 40]);
			}
			to_window(window);
			Connectivity::do_try_state().unwrap();
			assert!(Probers::<Test>::iter_keys().count() <= KEPT as usize);
		}
		assert_eq!(CurrentSet::<Test>::get(), 5);
	});
}
