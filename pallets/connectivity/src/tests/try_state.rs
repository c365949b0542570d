//! Each invariant, broken: the check says its number.

use vektor_primitives::{traits::Watch, OperatorId, Reach};

use crate::{mock::*, *};

/// Seventy operators of whom one left, a window whose tally is on, one whose reports are in, a set that is to come.
fn broken(number: u8, corrupt: impl FnOnce(OperatorId)) {
	new_test_ext().execute_with(|| {
		(0..70).for_each(|number| {
			proved(number);
		});
		to_window(1);
		Connectivity::leave(&operator(3));
		live_fast(|_, _| Mark::Up);
		live_fast(|_, _| Mark::Up);
		Tally::<Test>::kill();
		Scores::<Test>::kill();
		Shares::<Test>::kill();
		Windowing::<Test>::put(Progress { current: 3, untallied: 1 });
		Connectivity::begin(&Kept::<Test>::get(), Progress { current: 3, untallied: 1 });
		session([20, 21]);
		assert!(Tally::<Test>::exists() && Reports::<Test>::iter_keys().any(|(window, _)| window == 2));
		Connectivity::do_try_state().unwrap();
		corrupt(operator(5));
		let error = format!("{:?}", Connectivity::do_try_state().unwrap_err());
		assert!(error.contains(&format!("connectivity: invariant {number},")), "{error}");
	});
}

fn change(operator: OperatorId, change: impl FnOnce(&mut Watched)) {
	Connectivity::change(&operator, change).unwrap();
}

#[test]
fn slots_that_are_not_those_of_the_pages() {
	broken(1, SlotOf::<Test>::remove);
	broken(1, |operator| SlotOf::<Test>::insert(operator, 6));
	broken(1, |_| SlotOf::<Test>::insert(OperatorId::default(), 3));
	broken(1, |operator| change(operator, |watched| watched.operator = crate::mock::operator(6)));
}

#[test]
fn free_slots_that_are_not_the_empty_ones() {
	broken(2, |_| Free::<Test>::remove(0));
	broken(2, |_| Free::<Test>::insert(0, 4));
	broken(2, |_| Free::<Test>::insert(1, 3));
	broken(2, |_| {
		Free::<Test>::remove(0);
		Free::<Test>::insert(7, 3);
	});
}

#[test]
fn pages_that_are_not_those_of_the_slots() {
	broken(3, |_| Slots::<Test>::put(71));
	broken(3, |_| Slots::<Test>::put(69));
	broken(3, |_| Pages::<Test>::remove(1));
	broken(3, |_| Pages::<Test>::insert(2, frame_support::BoundedVec::default()));
	broken(3, |_| MaxPages::set(1));
}

#[test]
fn records_that_cannot_be() {
	broken(4, |operator| change(operator, |watched| watched.missed = 26));
	broken(4, |operator| change(operator, |watched| watched.accused = true));
	broken(4, |operator| change(operator, |watched| (watched.proved, watched.reach) = (false, Reach::Up)));
	broken(4, |operator| change(operator, |watched| watched.since = 5));
	broken(4, |operator| change(operator, |watched| watched.unproved_since = 4));
	broken(4, |operator| change(operator, |watched| (watched.missed, watched.uptime) = (13, u32::MAX)));
}

#[test]
fn windows_that_are_not_kept_in_order() {
	broken(5, |_| Windows::<Test>::remove(2));
	broken(5, |_| Windows::<Test>::insert(9, WindowRecord::default()));
	broken(5, |_| Kept::<Test>::mutate(|kept| kept.as_mut().swap(1, 2)));
	broken(5, |_| Windowing::<Test>::put(Progress { current: 2, untallied: 1 }));
	broken(5, |_| Windowing::<Test>::put(Progress { current: 3, untallied: 4 }));
	broken(5, |_| Windows::<Test>::mutate_extant(2, |record| record.sample_seed = None));
	broken(5, |_| Windows::<Test>::mutate_extant(3, |record| record.sample_seed = Some(Default::default())));
	broken(5, |_| Windows::<Test>::mutate_extant(2, |record| record.slots = 71));
}

#[test]
fn sets_that_no_window_looks_with() {
	broken(6, |_| Probers::<Test>::insert(7, frame_support::BoundedVec::default()));
	broken(6, |_| Probers::<Test>::remove(1));
	broken(6, |_| CurrentSet::<Test>::put(2));
	broken(6, |_| Windows::<Test>::mutate_extant(3, |record| record.set = 2));
}

#[test]
fn reports_that_could_not_be() {
	let one = || Reports::<Test>::iter().find(|(window, _, _)| *window == 2).unwrap();
	broken(7, |_| Reports::<Test>::insert(9, 0, Marks::default()));
	broken(7, |_| Reports::<Test>::insert(2, 10, Marks::default()));
	broken(7, move |_| Reports::<Test>::insert(2, one().1, Marks::default()));
	broken(7, move |_| Reports::<Test>::insert(3, one().1, one().2));
	broken(7, |_| Windows::<Test>::mutate_extant(2, |record| record.neutral = true));
}

#[test]
fn tallies_that_could_not_be() {
	let state = |change: fn(&mut TallyState)| {
		broken(8, move |_| Tally::<Test>::mutate_extant(change));
	};
	state(|state| state.window = 9);
	state(|state| state.window = 3);
	state(|state| state.window = 0);
	state(|state| state.page = 3);
	state(|state| state.judged = 71);
	state(|state| state.accusations = 1);
	state(|state| state.reports = 3);
	let score = |change: fn(&mut Score)| {
		broken(8, move |_| Scores::<Test>::mutate(|scores| change(&mut scores[0])));
	};
	score(|score| score.agreed = 1);
	score(|score| score.looked = 1);
	score(|score| score.judged = 1);
	score(|score| score.pages = 1);
	broken(8, |_| Tally::<Test>::kill());
	broken(8, |_| Scores::<Test>::kill());
}

#[test]
fn parts_that_are_not_of_a_share() {
	let waits =
		|window, units| move |operator| change(operator, |watched| watched.pending = Some(Pending { window, units }));
	let shared = |window| Shares::<Test>::put(Shared { window, units: 1, share: 1 });
	broken(9, move |_| shared(1));
	broken(9, waits(1, 0));
	broken(9, waits(1, 1));
	broken(9, waits(0, 1));
	broken(9, move |operator| {
		shared(0);
		waits(0, 2)(operator);
	});
	broken(9, |_| Tally::<Test>::mutate_extant(|state| state.units = 1));
}

#[test]
fn nothing_that_was_left() {
	broken(10, |operator| Left::<Test>::insert(operator, 0));
}
