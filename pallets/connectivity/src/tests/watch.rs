//! Who is watched: coming, resting, moving, leaving, coming again.

use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{
	traits::{Contacts, Watch},
	Offer, OperatorId, Ppm, Presence, Reach,
};

use crate::{mock::*, *};

#[test]
fn a_newcomer_is_watched_from_the_next_window_on_and_up_for_95_percent() {
	ExtBuilder::build_and_execute(|| {
		to_window(4);
		let operator = enter(1);
		let record = watched(operator);
		assert_eq!((record.since, record.unproved_since, record.proved, record.serving), (5, 4, false, true));
		assert_eq!((record.missed, record.accused, record.excused_until), (0, false, 0));
		assert_eq!(Connectivity::presence(&operator), Presence { reach: Reach::Unproved, uptime: Ppm(949_999) });
		assert_eq!((SlotOf::<Test>::get(operator), Slots::<Test>::get()), (Some(0), 1));
	});
}

#[test]
fn nothing_is_known_of_strangers_and_nothing_happens_to_them() {
	ExtBuilder::build_and_execute(|| {
		let stranger = operator(9);
		Connectivity::rest(&stranger);
		Connectivity::changed(&stranger, true);
		Connectivity::excuse(&stranger, 9);
		Connectivity::offers(&stranger, Offer::default());
		Connectivity::leave(&stranger);
		assert_eq!(Connectivity::presence(&stranger), Presence::default());
		assert!(Connectivity::history(&stranger).is_empty());
		assert_eq!((events(), Slots::<Test>::get()), (vec![], 0));
	});
}

#[test]
fn slots_are_reused_before_new_ones_are_made() {
	ExtBuilder::build_and_execute(|| {
		let all: Vec<_> = (0..70).map(enter).collect();
		assert_eq!(Slots::<Test>::get(), 70);
		for number in [3, 66, 10] {
			Connectivity::leave(&all[number]);
			assert_eq!(SlotOf::<Test>::get(all[number]), None);
		}
		Connectivity::do_try_state().unwrap();
		let slots: Vec<_> = (100..105).map(|number| SlotOf::<Test>::get(enter(number)).unwrap()).collect();
		assert_eq!(slots, [10, 66, 3, 70, 71]);
		assert_eq!((Slots::<Test>::get(), Free::<Test>::count()), (72, 0));
	});
}

#[test]
fn no_more_are_watched_than_there_is_room_for() {
	ExtBuilder::build_and_execute(|| {
		MaxPages::set(1);
		let all: Vec<_> = (0..64).map(enter).collect();
		assert_noop!(Connectivity::enter(&operator(64)), Error::<Test>::TooManyWatched);
		// Those who are there come and go as they like.
		Connectivity::rest(&all[5]);
		assert_ok!(Connectivity::enter(&all[5]));
		Connectivity::leave(&all[5]);
		assert_ok!(Connectivity::enter(&operator(64)));
	});
}

#[test]
fn one_who_rests_and_comes_again_keeps_what_it_had() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		Connectivity::change(&operator, |watched| {
			(watched.missed, watched.accused, watched.reach, watched.uptime) = (7, true, Reach::Down, 5);
		});
		to_window(2);
		Connectivity::rest(&operator);
		assert!(!watched(operator).serving);
		to_window(6);
		assert_ok!(Connectivity::enter(&operator));
		let record = watched(operator);
		assert_eq!((record.serving, record.proved, record.since), (true, true, 7));
		assert_eq!((record.missed, record.accused, record.reach, record.uptime), (7, true, Reach::Down, 5));
	});
}

#[test]
fn who_is_not_judged_for_now_is_up_no_more_and_late_or_down_as_before() {
	let absent: [fn(&OperatorId); 3] = [
		|operator| {
			Connectivity::rest(operator);
			Connectivity::enter(operator).unwrap();
		},
		|operator| Connectivity::changed(operator, false),
		|operator| Connectivity::excuse(operator, 100),
	];
	for absent in absent {
		for (before, after) in [(Reach::Up, Reach::Unproved), (Reach::Late, Reach::Late), (Reach::Down, Reach::Down)] {
			ExtBuilder::build_and_execute(|| {
				let operator = proved(1);
				Connectivity::change(&operator, |watched| watched.reach = before);
				to_window(3);
				System::reset_events();
				for _ in 0..2 {
					absent(&operator);
					assert_eq!(Connectivity::presence(&operator).reach, after);
				}
				let lost = Event::ReachChanged { operator, reach: Reach::Unproved, window: 3 };
				assert_eq!(events(), if before == after { vec![] } else { vec![lost] });
			});
		}
	}
}

#[test]
fn another_key_is_probed_from_the_next_window_on_and_another_endpoint_is_to_be_shown() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		Connectivity::change(&operator, |watched| watched.reach = Reach::Up);
		to_window(3);
		System::reset_events();
		Connectivity::changed(&operator, false);
		let record = watched(operator);
		assert_eq!((record.since, record.proved, record.reach), (4, true, Reach::Unproved));
		assert_eq!(events(), [Event::ReachChanged { operator, reach: Reach::Unproved, window: 3 }]);
		Connectivity::change(&operator, |watched| watched.reach = Reach::Up);
		to_window(5);
		System::reset_events();
		Connectivity::changed(&operator, true);
		let record = watched(operator);
		assert_eq!((record.since, record.proved, record.unproved_since), (6, false, 5));
		assert_eq!(events(), [Event::ReachChanged { operator, reach: Reach::Unproved, window: 5 }]);
		Connectivity::changed(&operator, true);
		assert_eq!(events().len(), 1);
	});
}

#[test]
fn one_who_comes_unproved_after_a_rest_is_challenged_anew() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		Connectivity::rest(&operator);
		to_window(5);
		assert_ok!(Connectivity::enter(&operator));
		assert_eq!(watched(operator).unproved_since, 5);
		// Saying it again does not start it over.
		to_window(6);
		assert_ok!(Connectivity::enter(&operator));
		assert_eq!(watched(operator).unproved_since, 5);
	});
}

#[test]
fn an_agent_is_found_by_its_key() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		assert_eq!(Mock::by_agent(&agent(1)), Some(operator));
	});
}
