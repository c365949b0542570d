//! The pure rules, one by one.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sp_core::H256;
use vektor_primitives::{Ppm, Reach};

use crate::{mock::*, rules::*, *};

fn seed(number: u8) -> H256 {
	H256::repeat_byte(number)
}

#[test]
fn a_committee_is_as_many_as_there_are_and_at_most_seven() {
	for (probers, size) in [(0, 0), (1, 1), (3, 3), (7, 7), (8, 7), (100, 7)] {
		assert_eq!(committee(probers, &seed(1), 3, 4).len(), size);
	}
}

#[test]
fn a_committee_is_another_by_seed_by_window_and_by_page_and_else_the_same() {
	let first = committee(32, &seed(1), 1, 1);
	assert_eq!(first, committee(32, &seed(1), 1, 1));
	for other in [committee(32, &seed(2), 1, 1), committee(32, &seed(1), 2, 1), committee(32, &seed(1), 1, 2)] {
		assert_ne!(first, other);
	}
}

#[test]
fn every_prober_is_drawn_as_often_as_any_other() {
	let (mut seats, mut firsts, draws) = ([0_u32; 31], [0_u32; 31], 20_000);
	for page in 0..draws {
		let committee = committee(31, &seed(9), 7, page);
		committee.iter().for_each(|member| seats[usize::from(*member)] += 1);
		firsts[usize::from(committee[0])] += 1;
	}
	// 20,000 * 7 / 31 = 4,516 seats each, with a deviation of 59; 645 first seats, 25.
	let near = |count: u32, mean: u32, most: u32| assert!(count.abs_diff(mean) < most, "{count} is not {mean}");
	seats.iter().for_each(|count| near(*count, 4_516, 300));
	firsts.iter().for_each(|count| near(*count, 645, 130));
}

#[test]
fn samples_are_drawn_from_all_places_and_from_none_where_there_are_none() {
	assert_eq!(draws(&seed(1), 1, &prober(1), 0), Vec::<u32>::new());
	assert_eq!(draws(&seed(1), 1, &prober(1), 1), vec![0; 16]);
	let mut drawn = [0_u32; 100];
	(0..1_000)
		.for_each(|window| draws(&seed(1), window, &prober(1), 100).iter().for_each(|at| drawn[*at as usize] += 1));
	assert!(drawn.iter().all(|count| count.abs_diff(160) < 65), "{drawn:?}");
	assert_ne!(draws(&seed(1), 1, &prober(1), 100), draws(&seed(1), 1, &prober(2), 100));
	assert_ne!(draws(&seed(1), 1, &prober(1), 100), draws(&seed(2), 1, &prober(1), 100));
}

#[test]
fn pages_and_places_count_what_is_there() {
	assert_eq!([0, 1, 64, 65, 16_384].map(pages), [0, 1, 1, 2, 256]);
	assert_eq!([0, 1, 2].map(|page| places_on(page, 70)), [64, 6, 0]);
	assert_eq!(places(&[0, 1], 70), 70);
	assert_eq!([0, 63, 64, 69].map(|place| slot_of(&[2, 5], place)), [Some(128), Some(191), Some(320), Some(325)]);
	assert_eq!(slot_of(&[2, 5], 128), None);
	assert_eq!([0, 1, 4, 5].map(marks_len), [0, 1, 1, 2]);
	assert_eq!([0, 9, 10].map(|now| window_at(now, 10)), [0, 0, 1]);
}

#[test]
fn a_verdict_needs_half_of_the_committee_and_two_who_looked() {
	let counts = |up, late, down| Counts { up, late, down };
	let few = Err(Neutral::TooFewReports);
	assert_eq!(verdict(7, 3, &counts(3, 0, 0)), few);
	assert_eq!(verdict(7, 4, &counts(4, 0, 0)), Ok(Reach::Up));
	assert_eq!(verdict(7, 7, &counts(1, 0, 0)), few);
	assert_eq!(verdict(7, 7, &counts(0, 0, 2)), Ok(Reach::Down));
	assert_eq!(verdict(1, 1, &counts(0, 0, 1)), few);
	assert_eq!(verdict(2, 2, &counts(0, 0, 2)), Ok(Reach::Down));
	assert_eq!(verdict(0, 0, &counts(0, 0, 0)), few);
}

#[test]
fn more_than_half_decide_and_a_tie_decides_nothing() {
	let of = |up, late, down| verdict(7, 7, &Counts { up, late, down });
	assert_eq!(of(3, 0, 4), Ok(Reach::Down));
	assert_eq!(of(4, 0, 3), Ok(Reach::Up));
	assert_eq!(of(3, 0, 3), Err(Neutral::Tie));
	assert_eq!(of(0, 3, 3), Err(Neutral::Tie));
	assert_eq!(of(3, 1, 3), Ok(Reach::Late));
	assert_eq!(of(3, 4, 0), Ok(Reach::Late));
	assert_eq!(of(3, 3, 0), Ok(Reach::Up));
	assert_eq!(of(3, 2, 1), Ok(Reach::Up));
	assert_eq!(of(2, 2, 1), Ok(Reach::Late));
}

fn fresh() -> Watched {
	Watched {
		operator: operator(1),
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
	}
}

#[test]
fn the_first_window_over_an_hour_is_an_offence_until_it_is_accused() {
	let mut watched = fresh();
	for window in 1..=HOUR {
		assert_eq!(apply(&mut watched, Reach::Down, 100), Step { changed: window == 1, offence: false });
	}
	assert!(apply(&mut watched, Reach::Down, 100).offence);
	assert!(apply(&mut watched, Reach::Down, 100).offence);
	watched.accused = true;
	assert!(!apply(&mut watched, Reach::Down, 100).offence);
	(0..100).for_each(|_| assert!(!apply(&mut watched, Reach::Down, 100).offence));
	assert_eq!(watched.missed, MAX_MISSED);
	// The incident ends when as many were not missed.
	(1..MAX_MISSED).for_each(|_| assert!(!apply(&mut watched, Reach::Late, 100).offence));
	assert!(watched.accused && watched.missed == 1);
	apply(&mut watched, Reach::Up, 100);
	assert!(!watched.accused && watched.missed == 0);
}

#[test]
fn one_who_is_not_accused_yet_and_is_back_is_not_accused() {
	let mut watched = Watched { missed: 20, ..fresh() };
	assert!(!apply(&mut watched, Reach::Up, 100).offence);
	assert!(apply(&mut watched, Reach::Down, 100).offence);
}

#[test]
fn a_newcomer_is_up_for_95_percent_and_uptime_reaches_both_ends() {
	assert_eq!(uptime_ppm(FIRST_UPTIME), Ppm(949_999));
	assert_eq!([0, u32::MAX].map(uptime_ppm), [Ppm(0), Ppm::ONE]);
	for (reached, end) in [(true, u32::MAX), (false, 0)] {
		let mut uptime = FIRST_UPTIME;
		for _ in 0..25_920 * 24 {
			uptime = uptime_after(uptime, reached, 25_920);
		}
		assert_eq!(uptime, end);
		assert_eq!(uptime_after(end, reached, 25_920), end);
	}
	// After 90 days without a miss the distance is an e-th of what it was.
	let last = (0..25_920).fold(FIRST_UPTIME, |uptime, _| uptime_after(uptime, true, 25_920));
	assert!(uptime_ppm(last).0.abs_diff(981_606) < 10, "{last}");
}

#[test]
fn a_report_earns_by_looking_and_by_seeing_what_is_there() {
	assert!(earns(100, 100, 90) && earns(100, 50, 45) && earns(1, 1, 1));
	assert!(!earns(100, 100, 89) && !earns(100, 49, 49) && !earns(0, 0, 0) && !earns(100, 0, 0));
}

#[test]
fn the_unproved_are_challenged_at_once_and_then_ever_more_rarely() {
	let ages: Vec<_> = (0..1_000).filter(|age| challenged(*age)).collect();
	assert_eq!(ages, [0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 64, 128, 256, 288, 512, 576, 864]);
}

#[test]
fn what_is_not_judged_has_a_reason() {
	let of = |watched: Watched| judgeable(&watched, 5, 50);
	assert_eq!(of(fresh()), Ok(()));
	assert_eq!(of(Watched { since: 6, ..fresh() }), Err(Neutral::TooNew));
	assert_eq!(of(Watched { since: 5, ..fresh() }), Ok(()));
	assert_eq!(of(Watched { proved: false, ..fresh() }), Err(Neutral::Unproved));
	assert_eq!(of(Watched { serving: false, ..fresh() }), Err(Neutral::Resting));
	assert_eq!(of(Watched { excused_until: 50, ..fresh() }), Err(Neutral::Excused));
	assert_eq!(of(Watched { excused_until: 49, ..fresh() }), Ok(()));
}

#[test]
fn a_watched_operator_takes_little_room() {
	use codec::MaxEncodedLen;
	assert_eq!(Watched::max_encoded_len(), 118);
}

fn any_mark() -> impl Strategy<Value = Mark> {
	prop_oneof![Just(Mark::Up), Just(Mark::Late), Just(Mark::Down), Just(Mark::Skipped)]
}

proptest! {
	#[test]
	fn nobody_has_two_seats_in_a_committee(probers in 0_u32..80, window: u32, page: u32, number: u8) {
		let committee = committee(probers, &seed(number), window, page);
		let drawn: BTreeSet<_> = committee.iter().collect();
		prop_assert_eq!(drawn.len(), committee.len());
		prop_assert_eq!(committee.len() as u32, probers.min(7));
		prop_assert!(committee.iter().all(|member| u32::from(*member) < probers));
	}

	#[test]
	fn marks_come_out_as_they_went_in(marks in prop::collection::vec(any_mark(), 0..300)) {
		let (packed, places) = (pack(&marks), marks.len() as u32);
		prop_assert!(is_packed(&packed, places));
		prop_assert!(!is_packed(&packed, places + 4));
		let read: Vec<_> = (0..places).filter_map(|place| mark(&packed, place)).collect();
		prop_assert_eq!(&read, &marks);
		prop_assert_eq!(mark(&packed, marks_len(places) * 4), None);
	}

	#[test]
	fn nothing_is_hidden_after_the_last_mark(marks in prop::collection::vec(any_mark(), 1..300), bit in 0_u32..8) {
		let (mut packed, places) = (pack(&marks), marks.len() as u32);
		*packed.last_mut().unwrap() |= 1 << bit;
		let used = (places - 1) % 4 * 2 + 2;
		prop_assert_eq!(is_packed(&packed, places), bit < used);
	}

	#[test]
	fn any_minority_of_liars_changes_nothing(
		truth in 0_usize..3, lies in prop::collection::vec(any_mark(), 0..=3), honest in 4_u32..8,
	) {
		let truth = [Mark::Up, Mark::Late, Mark::Down][truth];
		let mut counts = Counts::default();
		(0..honest).for_each(|_| counts.add(truth));
		lies.iter().for_each(|lie| counts.add(*lie));
		let all = honest + lies.len() as u32;
		let found = verdict(all, all, &counts).unwrap();
		prop_assert!(agrees(truth, found));
	}

	#[test]
	fn a_count_stays_within_two_hours_and_uptime_moves_the_right_way(
		history in prop::collection::vec(0_usize..3, 0..400), uptime: u32, windows in 1_u32..30_000,
	) {
		let mut watched = Watched { uptime, ..fresh() };
		for reach in history.into_iter().map(|at| [Reach::Up, Reach::Late, Reach::Down][at]) {
			let before = watched.clone();
			let step = apply(&mut watched, reach, windows);
			prop_assert!(watched.missed <= MAX_MISSED && watched.missed.abs_diff(before.missed) <= 1);
			prop_assert_eq!(step.changed, before.reach != reach);
			prop_assert!(!step.offence || (reach == Reach::Down && watched.missed > HOUR));
			match reach {
				Reach::Down => prop_assert!(watched.uptime < before.uptime || before.uptime == 0),
				_ => prop_assert!(watched.uptime > before.uptime || before.uptime == u32::MAX),
			}
		}
	}
}
