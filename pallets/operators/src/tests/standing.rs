//! Reputation, candidates, and the median.

use std::collections::BTreeSet;

use frame_support::assert_ok;
use proptest::prelude::*;
use sp_core::H256;
use vektor_primitives::{
	hash,
	traits::{LiveTime, OperatorRegistry, OutcomeSink},
	Candidate, Needs, Offence, OperatorId, Outcome, Ppm, Reach, Usd,
};

use crate::{mock::*, *};

const MEMORY: LiveTime = 62_000;
const OUTCOMES: [Outcome; 3] = [Outcome::Settled, Outcome::Missed, Outcome::ProofRefused];
/// More than any client could pay.
const FORTUNES: Usd = Usd(u64::MAX as u128);

/// The record of an operator of whose work so many clients say the same.
fn record(clients: u64, outcome: Outcome) -> Record {
	let mut record = Record::default();
	(0..clients).for_each(|client| record.note(client, outcome, Usd(1_000_000_000)));
	record
}

fn rated(clients: u64, stars: u8) -> Record {
	let mut record = Record::default();
	(0..clients).for_each(|client| record.rate(client, stars, Usd(1_000_000_000)));
	record
}

fn up(record: &Record) -> u32 {
	record.reputation(Ppm::ONE)
}

fn reputation(operator: OperatorId) -> u32 {
	Registry::reputation(&operator, &get(operator))
}

// What moves it.

#[test]
fn each_part_moves_the_reputation_by_what_it_weighs() {
	let nothing = Record::default();
	// Of what nothing is known a newcomer is taken for 400; the connection is known.
	assert_eq!(up(&nothing), 200 + 250 + 60 + 40);
	assert_eq!(
		[1_000_000, 975_000, 950_000, 900_000, 0].map(|uptime| nothing.reputation(Ppm(uptime))),
		[550, 487, 425, 300, 300]
	);
	// Clients without end: each part comes near its end and moves no other.
	let near = |past: Record, end: u32| assert!(up(&past).abs_diff(end) <= 2, "{} is not {end}", up(&past));
	near(record(600, Outcome::Settled), 500 + 250 + 150 + 40);
	near(record(600, Outcome::Missed), 250 + 60 + 40);
	near(record(600, Outcome::ProofRefused), 200 + 250 + 40);
	near(rated(600, 5), 200 + 250 + 60 + 100);
	near(rated(600, 1), 200 + 250 + 60);
	near(rated(600, 3), 200 + 250 + 60 + 50);
}

#[test]
fn ratings_together_move_at_most_a_tenth() {
	let (best, worst) = (up(&rated(2_000, 5)), up(&rated(2_000, 1)));
	assert!(best - worst <= BEST / 10, "{best} {worst}");
	// Stars that are none are the nearest that there are.
	assert_eq!((rated(9, 0), rated(9, 255)), (rated(9, 1), rated(9, 5)));
}

#[test]
fn outcomes_are_counted_for_those_who_are_there() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Registry::note(&operator, &2, Outcome::Settled, Usd(300));
		Registry::note(&operator, &2, Outcome::Settled, Usd(200));
		Registry::note(&operator, &3, Outcome::Missed, Usd(50));
		Registry::note(&operator, &3, Outcome::ProofRefused, Usd(7));
		Registry::rate(&operator, &2, 4, Usd(100));
		let past = Records::<Test>::get(operator);
		assert_eq!((past.settled, past.missed, past.proofs_refused, past.leak), (2, 1, 1, Usd(500)));
		assert_eq!(past.success, Score { good: 500, all: 550 });
		assert_eq!(past.proofs, Score { good: 500, all: 507 });
		assert_eq!(past.ratings, Score { good: 75, all: 100 });
		let parts: Vec<_> = past.clients.iter().map(|part| (part.work, part.ratings)).collect();
		assert_eq!(parts, [(500, 100), (57, 0)]);
		assert_eq!(past.fill_rate(), Some(Ppm(666_666)));
		assert_eq!(Record::default().fill_rate(), None);

		Registry::note(&OperatorId::default(), &2, Outcome::Settled, Usd(1));
		Registry::rate(&OperatorId::default(), &2, 5, Usd(1));
		assert!(!Records::<Test>::contains_key(OperatorId::default()));
		Registry::note(&operator, &2, Outcome::Settled, Usd(u128::MAX));
		assert_eq!(Records::<Test>::get(operator).leak, Usd(u128::MAX));
	});
}

#[test]
fn work_that_leaked_nothing_and_pauses_count_for_nothing() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Median::<Test>::put(BEST);
		let before = reputation(operator);
		OUTCOMES.iter().for_each(|outcome| Registry::note(&operator, &2, *outcome, Usd(0)));
		Registry::rate(&operator, &2, 1, Usd(0));
		assert_eq!(Records::<Test>::get(operator).clients.len(), 0);
		// Nor does it to be accused, to declare maintenance, to drain.
		accuse(operator, Offence::SlowResponses, 1);
		assert_ok!(Registry::declare_maintenance(signed(AGENT), operator, 10));
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_eq!(reputation(operator), before);
	});
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

	/// Whatever others did before, and however much one client pays and does, at whatever times.
	#[test]
	fn one_client_moves_a_reputation_by_a_twentieth_at_most(
		crowd in (0u64..600, 0usize..3),
		past in prop::collection::vec((0u64..40, 0usize..4, 0u64..10_000_000_000), 0..120),
		deeds in prop::collection::vec((0usize..5, prop::bool::weighted(0.8), 0u32..MEMORY), 1..60),
	) {
		let mut without = record(crowd.0, OUTCOMES[crowd.1]);
		for (client, what, weight) in past {
			match OUTCOMES.get(what) {
				Some(outcome) => without.note(client, *outcome, Usd(weight.into())),
				None => without.rate(client, 1 + (weight % 5) as u8, Usd(weight.into())),
			}
		}
		// A client that is known makes no room for itself: its part is remembered from here on.
		let (mut with, mut now, client) = (without.clone(), 0, 99);
		for (what, at_once, later) in deeds {
			if !at_once {
				now += later;
				with.fade(now, MEMORY);
				without.fade(now, MEMORY);
			}
			match OUTCOMES.get(what) {
				Some(outcome) => with.note(client, *outcome, FORTUNES),
				None => with.rate(client, if what == 3 { 1 } else { 5 }, FORTUNES),
			}
			let (moved, from) = (up(&with), up(&without));
			prop_assert!(moved.abs_diff(from) <= BEST / 20, "from {from} to {moved}");
			for (part, whole) in [(with.success, without.success), (with.proofs, without.proofs), (with.ratings, without.ratings)] {
				prop_assert!(part.value().abs_diff(whole.value()) <= BEST / 20 + 1, "{whole:?} became {part:?}");
			}
		}
	}
}

#[test]
fn the_lightest_client_makes_room_and_the_heaviest_stay_capped() {
	let mut past = Record::default();
	for client in 0..u64::from(CLIENTS) {
		past.note(client, Outcome::Settled, Usd(100 + u128::from(client)));
	}
	assert_eq!(past.clients.len(), CLIENTS as usize);
	past.note(0, Outcome::Settled, Usd(1_000));
	let all = past.success.all;
	past.note(77, Outcome::Missed, Usd(5));
	assert_eq!(past.clients.len(), CLIENTS as usize);
	let known: BTreeSet<_> = past.clients.iter().map(|part| part.client).collect();
	// Client 1 was the lightest. What it contributed stays.
	assert!(!known.contains(&1) && known.contains(&0) && known.contains(&77));
	assert_eq!(past.success.all, all + 5);
	let mut capped = past.clone();
	capped.note(0, Outcome::Missed, FORTUNES);
	let part = capped.clients.iter().find(|part| part.client == 0).unwrap().work;
	assert!(part <= (capped.success.all + PRIOR_WEIGHT) / CLIENT_SHARE);
	let again = capped.success;
	capped.note(0, Outcome::Missed, FORTUNES);
	assert!(capped.success.all - again.all <= again.all / CLIENT_SHARE);
}

#[test]
fn old_work_fades_to_half_in_a_half_life() {
	let mut past = record(600, Outcome::Settled);
	past.rate(1, 5, Usd(1_000));
	let (before, heaviest) = (past.clone(), past.clients[0].work);
	// Day by day, as the work of a busy operator does.
	(1..=MEMORY / DAY).for_each(|day| past.fade(day * DAY, MEMORY));
	let half = |now: u64, was: u64| assert!(now.abs_diff(was / 2) <= was / 100, "{was} became {now}");
	half(past.success.all, before.success.all);
	half(past.success.good, before.success.good);
	half(past.proofs.all, before.proofs.all);
	half(past.clients[0].work, heaviest);
	assert_eq!(past.at, MEMORY);
	// Counts are not weights.
	assert_eq!((past.settled, past.leak), (before.settled, before.leak));
	// In one step it fades as much: nobody gains by being asked about seldom.
	let mut once = before.clone();
	once.fade(MEMORY, MEMORY);
	half(once.success.all, before.success.all);
	// No time, no fading; and a clock never goes back.
	let same = once.clone();
	once.fade(MEMORY, MEMORY);
	assert_eq!(once, same);
}

#[test]
fn what_is_old_weighs_less_than_what_is_new() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Median::<Test>::put(BEST);
		(0..300u64).for_each(|client| Registry::note(&operator, &client, Outcome::Missed, Usd(1_000_000)));
		let worst = reputation(operator);
		// Nothing happens for long: what is known fades towards the prior.
		Now::set(20 * MEMORY);
		let faded = reputation(operator);
		assert!(worst < faded && faded < 550, "{worst} {faded}");
		// Reading writes nothing.
		assert_eq!(Records::<Test>::get(operator).at, 0);
		(300..600u64).for_each(|client| Registry::note(&operator, &client, Outcome::Settled, Usd(1_000_000_000)));
		assert!(reputation(operator) > 900);
		assert_eq!(Records::<Test>::get(operator).at, 20 * MEMORY);
	});
}

#[test]
fn a_newcomer_is_never_above_the_median() {
	ExtBuilder::build_and_execute(|| {
		Now::set(9);
		let operator = activated();
		assert_eq!(Median::<Test>::get(), 500);
		assert_eq!(reputation(operator), 500);
		(0..300u64).for_each(|client| Registry::note(&operator, &client, Outcome::Settled, Usd(1_000_000_000)));
		assert_eq!(reputation(operator), 500);
		Median::<Test>::put(620);
		assert_eq!(reputation(operator), 620);
		Median::<Test>::put(BEST);
		let own = reputation(operator);
		assert!(own > 900);
		Median::<Test>::put(620);
		Now::set(9 + DAY_30 - 1);
		assert_eq!(reputation(operator), 620);
		Now::set(9 + DAY_30);
		assert!(reputation(operator) > 800);
		// One that does badly is below it all the same.
		Present::mutate(|present| present.insert(operator, (Reach::Up, Ppm(0))));
		Now::set(9 + DAY_30 - 1);
		assert!(reputation(operator) <= 620);
	});
}

// Candidates.

/// So many operators that serve, written straight into storage: nobody reads more of them than of a few.
fn fleet(size: u32) -> Vec<OperatorId> {
	let like = Operator { owner: 1, ..get(activated()) };
	(0..size)
		.map(|number| {
			let operator = OperatorId(hash(&number));
			Operators::<Test>::insert(operator, Operator { place: Some(number), ..like.clone() });
			Roster::<Test>::insert(number, operator);
			RosterSize::<Test>::put(number + 1);
			operator
		})
		.collect()
}

fn seed(number: u64) -> H256 {
	hash(&number)
}

fn candidates(region: Option<&[u8]>, n: u32) -> Vec<Candidate> {
	Registry::candidates(&Needs { memory_gb: 80 }, region, seed(1), n)
}

fn names(region: Option<&[u8]>) -> Vec<OperatorId> {
	candidates(region, MAX_CANDIDATES).iter().map(|candidate| candidate.operator).collect()
}

fn score(operator: OperatorId, region: Option<&[u8]>) -> u64 {
	let found = candidates(region, MAX_CANDIDATES);
	found.iter().find(|candidate| candidate.operator == operator).expect("a candidate").score
}

fn reach(operator: OperatorId, reach: Reach) {
	Present::mutate(|present| present.insert(operator, (reach, Ppm::ONE)));
}

#[test]
fn the_best_candidates_come_first() {
	new_test_ext().execute_with(|| {
		let all = fleet(5);
		Now::set(DAY_30);
		for (place, operator) in all.iter().enumerate() {
			let clients = 100 * place as u64;
			(0..clients).for_each(|client| Registry::note(operator, &client, Outcome::Missed, Usd(1_000_000)));
		}
		let found = candidates(None, MAX_CANDIDATES);
		assert_eq!(found.iter().map(|candidate| candidate.operator).collect::<Vec<_>>(), all);
		assert!(found.windows(2).all(|pair| pair[0].score > pair[1].score));
		assert_eq!(candidates(None, 5)[0], found[0]);
	});
}

#[test]
fn whoever_cannot_take_the_work_is_no_candidate() {
	new_test_ext().execute_with(|| {
		let all = fleet(9);
		assert_eq!(names(None).len(), 9);
		set(all[0], |record| record.maintenance.until = 1);
		set(all[1], |record| record.collateral = PER_GPU / 4 - 1);
		set(all[2], |record| record.open_work = 4);
		set(all[3], |record| record.exposure = Usd(100_000_000));
		set(all[4], |record| record.status = vektor_primitives::OperatorStatus::Draining);
		set(all[5], |record| record.frozen = PER_GPU);
		reach(all[6], Reach::Down);
		let small = HardwareClass { memory_gb: 79, ..class("A100-80G") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), small));
		set(all[7], |record| record.class = name("A100-80G"));
		assert_eq!(names(None), [all[8]]);
		Operators::<Test>::remove(all[8]);
		assert_eq!(names(None), []);
	});
}

#[test]
fn who_is_late_unproved_far_busy_or_dear_comes_later() {
	new_test_ext().execute_with(|| {
		let all = fleet(4);
		let [one, late, unproved, far] = [all[0], all[1], all[2], all[3]];
		let here: Option<&[u8]> = Some(b"eu-west");
		let full = score(one, here);
		assert!(all.iter().all(|operator| score(*operator, here) == full));
		reach(late, Reach::Late);
		reach(unproved, Reach::Unproved);
		set(far, |record| record.region = region("us-east"));
		assert_eq!([late, unproved, far].map(|operator| score(operator, here)), [full / 4, full / 2, full / 2]);
		// Nobody asks where it stands.
		assert_eq!(score(far, None), full);
		assert_eq!(score(far, Some(b"us-east")), full);
		set(one, |record| record.open_work = 3);
		assert_eq!(score(one, here), full / 4);
		set(one, |record| record.open_work = 0);

		let cheap = HardwareClass { reference_price: Usd(500_000), ..class("A100-80G") };
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), cheap));
		set(far, |record| (record.class, record.region) = (name("A100-80G"), region("eu-west")));
		assert_eq!(names(here)[0], far);
		assert!(score(far, here) > 2 * full);
	});
}

#[test]
fn a_tier_is_preferred_as_its_terms_say() {
	new_test_ext().execute_with(|| {
		let all = fleet(2);
		let before = score(all[0], None);
		let gold = StakeTier { priority: Ppm(250_000), ..tier("Gold", 2 * PER_GPU, 1) };
		assert_ok!(Registry::set_tier(RuntimeOrigin::root(), gold, true));
		set(all[1], |record| record.collateral = 2 * PER_GPU);
		assert_eq!((score(all[0], None), score(all[1], None)), (before, before * 5 / 4));
	});
}

#[test]
fn nobody_is_drawn_twice_and_never_more_than_sixteen() {
	new_test_ext().execute_with(|| {
		assert_eq!(candidates(None, MAX_CANDIDATES), []);
		let all = fleet(1_000);
		for (asked, most) in [(0, 0), (1, 1), (5, 5), (16, 16), (17, 16), (u32::MAX, 16)] {
			let found = candidates(None, asked);
			let distinct: BTreeSet<_> = found.iter().map(|candidate| candidate.operator).collect();
			assert_eq!((found.len(), distinct.len()), (most, most));
			assert!(distinct.iter().all(|operator| all.contains(operator)));
		}
		// Other seeds draw others, the same seed the same.
		let of = |number| Registry::candidates(&Needs::default(), None, seed(number), 16);
		assert_eq!(of(1), of(1));
		assert_ne!(of(1), of(2));
	});
}

#[test]
fn as_many_are_looked_at_among_ten_thousand_as_among_ten() {
	let looks = |size: u32, n: u32, number: u64| {
		new_test_ext().execute_with(|| {
			fleet(size);
			Seen::set(0);
			Registry::candidates(&Needs::default(), None, seed(number), n);
			Seen::get()
		})
	};
	// Three for each that is asked for, less whoever was drawn before.
	let most = DRAWS * MAX_CANDIDATES;
	assert!(looks(10, MAX_CANDIDATES, 1) <= 10);
	let [thousand, ten_thousand] = [1_000, 10_000].map(|size| looks(size, MAX_CANDIDATES, 1));
	assert!((most - 3..=most).contains(&thousand) && (most - 3..=most).contains(&ten_thousand));
	// With a seed that draws three different ones of ten.
	let number = (0..50).find(|number| looks(10, 1, *number) == DRAWS).expect("most do");
	assert_eq!([10, 100, 10_000].map(|size| looks(size, 1, number)), [DRAWS; 3]);
}

#[test]
fn the_fleet_shares_the_work() {
	new_test_ext().execute_with(|| {
		let all = fleet(20);
		let mut first = BTreeSet::new();
		for number in 0..400 {
			first.insert(Registry::candidates(&Needs::default(), None, seed(number), 1)[0].operator);
		}
		assert_eq!(first.len(), all.len());
	});
}

// The median.

#[test]
fn the_median_is_drawn_once_a_day() {
	ExtBuilder::build_and_execute(|| {
		idle();
		// Nobody serves: it stays what it was.
		assert_eq!((Median::<Test>::get(), MedianDay::<Test>::get()), (500, Some(0)));
		let operator = activated();
		idle();
		assert_eq!(Median::<Test>::get(), 500);
		pass_to(DAY - 1);
		assert_eq!(Median::<Test>::get(), 500);
		pass_to(DAY);
		// What it would have if it were no newcomer.
		assert_eq!((Median::<Test>::get(), MedianDay::<Test>::get()), (550, Some(1)));
		Present::mutate(|present| present.insert(operator, (Reach::Up, Ppm(0))));
		pass_to(2 * DAY - 1);
		assert_eq!(Median::<Test>::get(), 550);
		pass_to(2 * DAY);
		assert_eq!((Median::<Test>::get(), MedianDay::<Test>::get()), (300, Some(2)));
	});
}

#[test]
fn without_randomness_the_median_stays() {
	ExtBuilder::build_and_execute(|| {
		activated();
		Seed::set(0);
		pass_to(3 * DAY);
		assert_eq!((Median::<Test>::get(), MedianDay::<Test>::get()), (500, None));
		Seed::set(7);
		idle();
		assert_eq!((Median::<Test>::get(), MedianDay::<Test>::get()), (550, Some(3)));
	});
}

#[test]
fn the_median_is_of_few_and_in_their_middle() {
	new_test_ext().execute_with(|| {
		let all = fleet(1_000);
		// Two of five are never up: nobody's extreme is the middle.
		for operator in all.iter().step_by(5).chain(all.iter().skip(1).step_by(5)) {
			Present::mutate(|present| present.insert(*operator, (Reach::Down, Ppm(0))));
		}
		let mut drawn = Vec::new();
		for day in 1..=20 {
			Now::set(day * DAY);
			Seed::set(u64::from(day));
			Seen::set(0);
			idle();
			assert_eq!(Seen::get(), MEDIAN_SAMPLE);
			drawn.push(Median::<Test>::get());
		}
		assert!(drawn.iter().all(|median| [300, 550].contains(median)));
		assert!(drawn.iter().filter(|median| **median == 550).count() > 10);
	});
}

#[test]
fn an_operator_that_is_gone_leaves_no_record() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(1)));
		Registry::free_exposure(&operator, work(1));
		Registry::note(&operator, &2, Outcome::Settled, Usd(1));
		accuse(operator, Offence::Downtime, 1);
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		pass_to(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert!(!Records::<Test>::contains_key(operator));
		assert_eq!(LastCase::<Test>::iter_prefix(operator).count(), 0);
		Registry::note(&operator, &2, Outcome::Settled, Usd(1));
		assert!(!Records::<Test>::contains_key(operator));
	});
}
