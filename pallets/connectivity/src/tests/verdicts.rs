//! What reports lead to.

use vektor_primitives::{
	traits::{LiveTime, Watch},
	Offence, OperatorId, Reach,
};

use crate::{mock::*, *};

pub(super) fn all(mark: Mark) -> impl Fn(u8, OperatorId) -> Mark {
	move |_, _| mark
}

/// So many windows in which all see the same, tallied to the last one.
pub(super) fn windows(count: u32, see: impl Fn(u8, OperatorId) -> Mark) {
	(0..count).for_each(|_| live_fast(&see));
	let window = current();
	at((window + 1) * LENGTH);
	settle();
}

fn reach(operator: OperatorId) -> Reach {
	watched(operator).reach
}

fn accused() -> Vec<OperatorId> {
	Accusations::get().into_iter().map(|(operator, _, _)| operator).collect()
}

#[test]
fn one_who_answers_in_time_is_up() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		live_through(all(Mark::Up));
		assert_eq!(reach(operator), Reach::Unproved);
		to_window(3);
		assert_eq!(reach(operator), Reach::Up);
		assert!(watched(operator).uptime > FIRST_UPTIME);
		let changed = Event::ReachChanged { operator, reach: Reach::Up, window: 1 };
		assert_eq!(events(), [changed, Event::Tallied { window: 1, reports: 7, judged: 1 }]);
	});
}

#[test]
fn one_who_is_late_is_said_to_be_and_recovers_and_is_never_accused() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		windows(1, all(Mark::Late));
		assert_eq!(Connectivity::presence(&operator).reach, Reach::Late);
		assert_eq!(watched(operator).missed, 0);
		windows(40, all(Mark::Late));
		assert_eq!((reach(operator), watched(operator).missed, accused()), (Reach::Late, 0, vec![]));
		assert!(watched(operator).uptime > FIRST_UPTIME);
		windows(1, all(Mark::Up));
		assert_eq!(Connectivity::presence(&operator).reach, Reach::Up);
	});
}

#[test]
fn one_who_is_down_for_an_hour_is_not_accused() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		windows(HOUR.into(), all(Mark::Down));
		assert_eq!((watched(operator).missed, reach(operator)), (12, Reach::Down));
		assert_eq!(accused(), []);
		assert!(watched(operator).uptime < FIRST_UPTIME);
		windows(20, all(Mark::Up));
		assert_eq!((watched(operator).missed, reach(operator)), (0, Reach::Up));
		assert_eq!(accused(), []);
	});
}

#[test]
fn one_who_is_down_for_more_is_accused_exactly_once_and_again_only_after_that_ended() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		windows(12, all(Mark::Down));
		let window = current() - 1;
		live_fast(all(Mark::Down));
		at((current() + 1) * LENGTH);
		settle();
		let case = 1;
		assert!(events().contains(&Event::DowntimeReported { operator, window: window + 1, case }));
		let incident = vektor_primitives::hash(&(b"vktr-downtime", operator, window + 1));
		assert_eq!(Accusations::get(), [(operator, Offence::Downtime, incident)]);
		windows(40, all(Mark::Down));
		assert_eq!((accused().len(), watched(operator).missed), (1, MAX_MISSED));
		// It comes back for most of two hours, and goes again: still the same incident.
		windows(24, all(Mark::Up));
		assert_eq!((watched(operator).missed, watched(operator).accused), (1, true));
		windows(24, all(Mark::Down));
		assert_eq!(accused().len(), 1);
		windows(25, all(Mark::Up));
		assert_eq!((watched(operator).missed, watched(operator).accused), (0, false));
		windows(12, all(Mark::Down));
		assert_eq!(accused().len(), 1);
		windows(1, all(Mark::Down));
		assert_eq!(accused().len(), 2);
	});
}

#[test]
fn one_window_in_which_liars_are_most_does_not_wipe_out_an_outage() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		windows(10, all(Mark::Down));
		windows(1, all(Mark::Up));
		assert_eq!(watched(operator).missed, 9);
		windows(4, all(Mark::Down));
		assert_eq!(accused(), [operator]);
	});
}

#[test]
fn an_accusation_that_is_refused_is_said_and_not_made_again() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		Refusing::set(true);
		windows(12, all(Mark::Down));
		windows(1, all(Mark::Down));
		let (window, reason) = (current() - 2, sp_runtime::DispatchError::Other(""));
		assert!(events().contains(&Event::AccusationRefused { operator, window, reason }));
		Refusing::set(false);
		windows(20, all(Mark::Down));
		assert_eq!((accused(), watched(operator).accused), (vec![], true));
	});
}

#[test]
fn one_who_is_taken_out_of_service_by_the_accusation_stays_out() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		Suspending::set(true);
		windows(13, all(Mark::Down));
		let record = watched(operator);
		assert_eq!((record.serving, record.accused, record.missed), (false, true, 13));
	});
}

#[test]
fn one_who_is_excused_rests_or_is_not_proved_is_not_judged() {
	ExtBuilder::build_and_execute(|| {
		let (away, resting, unproved, there) = (proved(1), proved(2), enter(3), proved(4));
		to_window(1);
		Connectivity::excuse(&away, LiveTime::MAX);
		Connectivity::rest(&resting);
		windows(30, all(Mark::Down));
		for operator in [away, resting, unproved] {
			assert_eq!((watched(operator).missed, reach(operator)), (0, Reach::Unproved));
			assert_eq!(watched(operator).uptime, FIRST_UPTIME);
		}
		assert_eq!(accused(), [there]);
		// An excuse covers the windows that began until then.
		let until = current() * LENGTH;
		Connectivity::excuse(&away, until);
		windows(3, all(Mark::Down));
		let judged = current() - 1 - until / LENGTH - 1;
		assert_eq!(u32::from(watched(away).missed), judged);
	});
}

#[test]
fn a_lying_minority_changes_nothing_and_earns_nothing() {
	for (truth, lie) in [(Mark::Up, Mark::Down), (Mark::Down, Mark::Up), (Mark::Up, Mark::Late)] {
		ExtBuilder::build_and_execute(|| {
			let operator = proved(1);
			to_window(1);
			// Three of ten: never four of seven.
			windows(20, |number, _| if number < 3 { lie } else { truth });
			let down = truth == Mark::Down;
			assert_eq!(reach(operator), if down { Reach::Down } else { Reach::Up });
			assert_eq!(accused().len(), usize::from(down));
			assert_eq!(watched(operator).missed, if down { 20 } else { 0 });
			let earned = Earned::get();
			assert!((0..3).all(|liar| !earned.contains_key(&validator(liar))));
			assert!((3..VALIDATORS).all(|honest| earned[&validator(honest)].is_multiple_of(POINTS)));
		});
	}
}

#[test]
fn a_report_that_is_right_earns_points_and_one_that_skips_more_than_half_none() {
	ExtBuilder::build_and_execute(|| {
		(0..4).for_each(|number| {
			proved(number);
		});
		to_window(1);
		windows(5, |number, who| match number {
			1 if who != operator(0) => Mark::Skipped,
			2 if who == operator(0) || who == operator(1) => Mark::Skipped,
			3 => Mark::Skipped,
			_ => Mark::Up,
		});
		let earned = Earned::get();
		assert!(!earned.contains_key(&validator(1)) && !earned.contains_key(&validator(3)));
		assert!(earned.contains_key(&validator(2)) && earned.contains_key(&validator(0)));
		// Seven report each time, those two among them sometimes.
		assert!(earned.values().sum::<u32>() <= 5 * 7 * POINTS);
	});
}

#[test]
fn a_tie_judges_nobody() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		session(0..6);
		to_window(1);
		windows(15, |number, _| if number < 3 { Mark::Down } else { Mark::Up });
		assert_eq!((watched(operator).missed, reach(operator)), (0, Reach::Unproved));
		assert_eq!(watched(operator).uptime, FIRST_UPTIME);
		assert!(Earned::get().is_empty());
		assert_eq!(Connectivity::history(&operator)[0].judged, Err(Neutral::Tie));
	});
}

#[test]
fn without_half_of_the_committee_nobody_is_judged() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		session(0..7);
		to_window(1);
		for (count, missed) in [(3, 0), (4, 1)] {
			to_window(current() + 1);
			let window = current() - 1;
			for number in 0..count {
				submit(number, report_of(number, window, |_| Mark::Down).unwrap());
			}
			to_window(current() + 1);
			assert_eq!(watched(operator).missed, missed);
		}
	});
}

#[test]
fn one_report_alone_judges_nobody() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		session([0, 1]);
		to_window(1);
		to_window(2);
		submit(0, report_of(0, 1, |_| Mark::Down).unwrap());
		to_window(3);
		assert_eq!((watched(operator).missed, reach(operator)), (0, Reach::Unproved));
		assert_eq!(events(), [Event::Tallied { window: 1, reports: 1, judged: 0 }]);
		windows(1, all(Mark::Down));
		assert_eq!(reach(operator), Reach::Down);
		let seen = Connectivity::history(&operator);
		assert_eq!(seen.iter().map(|one| one.seen.len()).max(), Some(2));
	});
}

#[test]
fn one_who_comes_again_in_every_window_is_up_in_none_of_them() {
	ExtBuilder::build_and_execute(|| {
		let (operator, there) = (proved(1), proved(2));
		to_window(1);
		windows(1, all(Mark::Up));
		assert_eq!(reach(operator), Reach::Up);
		for _ in 0..20 {
			Connectivity::rest(&operator);
			Connectivity::enter(&operator).unwrap();
			live_fast(all(Mark::Down));
			assert_eq!((reach(operator), watched(operator).missed), (Reach::Unproved, 0));
		}
		assert_eq!(accused(), [there]);
		// Once it stays it is judged again.
		windows(2, all(Mark::Up));
		assert_eq!(reach(operator), Reach::Up);
	});
}

#[test]
fn a_stall_judges_nobody() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		windows(12, all(Mark::Down));
		let window = current();
		Judging::set(false);
		settle();
		windows(10, all(Mark::Down));
		assert_eq!((watched(operator).missed, accused()), (12, vec![]));
		Judging::set(true);
		to_window(current() + 1);
		windows(1, all(Mark::Down));
		assert_eq!(accused(), [operator]);
		assert!(Connectivity::history(&operator).iter().all(|one| one.window > window));
	});
}

#[test]
fn the_window_of_an_upgrade_judges_nobody() {
	use frame_support::traits::Hooks;
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		Connectivity::on_runtime_upgrade();
		to_window(2);
		assert_eq!(Connectivity::due(&prober(0)), None);
		to_window(3);
		assert_eq!(reach(operator), Reach::Unproved);
		assert_eq!(events(), [Event::Tallied { window: 1, reports: 0, judged: 0 }]);
		assert_eq!(Connectivity::history(&operator)[0].judged, Err(Neutral::Window));
	});
}

#[test]
fn of_a_mass_outage_no_more_are_accused_in_a_window_than_may_be() {
	ExtBuilder::build_and_execute(|| {
		let everyone: Vec<_> = (0..8).map(proved).collect();
		to_window(1);
		windows(13, all(Mark::Down));
		assert_eq!(accused(), everyone[..3]);
		windows(1, all(Mark::Down));
		assert_eq!(accused(), everyone[..6]);
		// The rest is back before its turn.
		windows(1, |_, who| if who == everyone[7] { Mark::Up } else { Mark::Down });
		assert_eq!(accused(), everyone[..7]);
		windows(30, all(Mark::Up));
		assert_eq!(accused().len(), 7);
	});
}

#[test]
fn one_who_takes_a_freed_slot_is_not_judged_for_who_had_it() {
	ExtBuilder::build_and_execute(|| {
		let old = proved(1);
		to_window(1);
		live_through(all(Mark::Down));
		Connectivity::leave(&old);
		let new = proved(2);
		assert_eq!(SlotOf::<Test>::get(new), Some(0));
		to_window(3);
		to_window(4);
		assert_eq!((watched(new).missed, reach(new)), (0, Reach::Unproved));
	});
}

#[test]
fn ten_thousand_operators_on_157_pages_are_tallied_in_bounded_steps() {
	ExtBuilder::build_and_execute(|| {
		for page in 0..157_u32 {
			let one = |slot: u32| {
				let operator = operator(slot);
				SlotOf::<Test>::insert(operator, slot);
				Some(Watched {
					operator,
					since: 1,
					proved: true,
					unproved_since: 0,
					serving: true,
					excused_until: 0,
					missed: 0,
					accused: false,
					reach: Reach::Up,
					uptime: FIRST_UPTIME,
					offer: Default::default(),
					pending: None,
					earned: 0,
				})
			};
			let row: Vec<_> = (page * 64..10_000.min(page * 64 + 64)).map(one).collect();
			Pages::<Test>::insert(page, frame_support::BoundedVec::truncate_from(row));
		}
		Slots::<Test>::put(10_000);
		session(0..VALIDATORS);
		to_window(1);
		at(2 * LENGTH);
		let places = |index| {
			let seat = Connectivity::seat(1, &Windows::<Test>::get(1).unwrap(), index).unwrap();
			let marks = vec![0b1010_1010; seat.places as usize / 4];
			Reports::<Test>::insert(1, index, Marks::try_from(marks).unwrap());
			seat.places
		};
		assert_eq!((0..VALIDATORS.into()).map(places).sum::<u32>(), 10_000 * 7);
		let begun = at(3 * LENGTH);
		let begin = <Test as Config>::WeightInfo::begin(VALIDATORS.into());
		assert!(begun.all_gte(begin));
		let bound = <Test as Config>::WeightInfo::tick().saturating_add(<Test as Config>::WeightInfo::tally(PER_BLOCK));
		let mut blocks = 0;
		while Tally::<Test>::get().is_some_and(|state| state.page < 157) {
			let before = Tally::<Test>::get().unwrap();
			let weight = at(3 * LENGTH + 1);
			blocks += 1;
			let after = Tally::<Test>::get().unwrap();
			assert!(after.page - before.page <= PER_BLOCK && weight.all_lte(bound));
			assert_eq!(after.judged, 10_000.min(after.page * 64));
		}
		assert_eq!(blocks, 157_u32.div_ceil(PER_BLOCK));
		at(3 * LENGTH + 2);
		assert_eq!(events(), [Event::Tallied { window: 1, reports: 10, judged: 10_000 }]);
		assert!([0, 63, 64, 9_999].iter().all(|slot| watched(operator(*slot)).reach == Reach::Down));
		assert_eq!(Earned::get().len(), usize::from(VALIDATORS));
		assert!(Earned::get().values().all(|points| *points == POINTS));
	});
}

#[test]
fn every_accusation_of_a_block_is_weighed() {
	ExtBuilder::build_and_execute(|| {
		proved(1);
		proved(2);
		to_window(1);
		windows(12, all(Mark::Down));
		live_fast(all(Mark::Down));
		at((current() + 1) * LENGTH);
		let with = at(current() * LENGTH + 1);
		let bound = <Test as Config>::WeightInfo::tick().saturating_add(<Test as Config>::WeightInfo::tally(1));
		assert_eq!(accused().len(), 2);
		assert_eq!(with, bound.saturating_add(frame_support::weights::Weight::from_parts(14, 0)));
	});
}
