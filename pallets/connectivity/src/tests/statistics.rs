//! How often the rules punish whom they should not, and miss whom they should: the exact distribution of the count of missed
//! windows, and beside it a simulation with committees that the rules drew. 32 validators of which 6 lie, committees of 7,
//! windows of 5 probes, months of 8,640 windows.

use sp_core::H256;
use vektor_primitives::Reach;

use crate::{rules::*, *};

const VALIDATORS: u32 = 32;
const LIARS: u32 = 6;
const MONTH: usize = 8_640;
const PROBES: usize = 5;
const LIMIT: u8 = HOUR + 1;

/// What liars do.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Lie {
	/// Say down of one who is up.
	Down,
	/// Say up of one who is down.
	Up,
}

/// What a committee with so many liars finds.
fn finds_down(liars: u32, down: bool, lie: Lie) -> bool {
	let honest = COMMITTEE - liars;
	let (truth, said) = match (down, lie) {
		(true, Lie::Up) => (Mark::Down, Mark::Up),
		(false, Lie::Down) => (Mark::Up, Mark::Down),
		(true, Lie::Down) => (Mark::Down, Mark::Down),
		(false, Lie::Up) => (Mark::Up, Mark::Up),
	};
	let mut counts = Counts::default();
	(0..honest).for_each(|_| counts.add(truth));
	(0..liars).for_each(|_| counts.add(said));
	verdict(COMMITTEE, COMMITTEE, &counts) == Ok(Reach::Down)
}

fn choose(n: u32, k: u32) -> f64 {
	if k > n {
		return 0.0;
	}
	(0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product()
}

/// How likely so many of a committee lie.
fn with_liars(liars: u32) -> f64 {
	choose(LIARS, liars) * choose(VALIDATORS - LIARS, COMMITTEE - liars) / choose(VALIDATORS, COMMITTEE)
}

/// How likely a window is found missed.
fn found_down(down: bool, lie: Lie) -> f64 {
	(0..=LIARS).filter(|liars| finds_down(*liars, down, lie)).map(with_liars).sum()
}

/// How likely the count comes to `limit` at some time, where each window is found missed with the probability that is given.
fn reaches(limit: u8, windows: impl Iterator<Item = f64>) -> f64 {
	let mut states = [0.0_f64; MAX_MISSED as usize + 1];
	states[0] = 1.0;
	let mut reached = 0.0;
	for missed in windows {
		let mut next = [0.0; MAX_MISSED as usize + 1];
		for (count, share) in (0_u8..).zip(states) {
			next[usize::from(missed_after(count, true))] += share * missed;
			next[usize::from(missed_after(count, false))] += share * (1.0 - missed);
		}
		reached += std::mem::take(&mut next[usize::from(limit)]);
		states = next;
	}
	reached
}

/// Which windows of a month are missed where the first of so many lost probes in a row is the `phase`-th of its window.
fn block_of(probes: usize, phase: usize, length: usize, at: usize) -> Vec<bool> {
	let lost = |probe: usize| (at * PROBES + phase..at * PROBES + phase + probes).contains(&probe);
	let missed = |window: usize| (0..PROBES).filter(|round| lost(window * PROBES + round)).count() >= 3;
	(0..length).map(missed).collect()
}

struct Random(u64);

impl Random {
	/// splitmix64.
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
		z ^ (z >> 31)
	}

	fn below(&mut self, bound: usize) -> usize {
		(self.next() % bound as u64) as usize
	}
}

/// How many liars sit in each of so many committees that the rules drew.
fn drawn(count: u32) -> Vec<u32> {
	let liars = |page| {
		let committee = committee(VALIDATORS, &H256::repeat_byte(5), 1, page);
		committee.into_iter().filter(|member| u32::from(*member) < LIARS).count() as u32
	};
	(0..count).map(liars).collect()
}

/// The share of `months` in which the count comes to `limit`, by the rules and committees that they drew.
fn simulated(limit: u8, months: u32, lie: Lie, lost: impl Fn(&mut Random) -> Vec<bool>) -> f64 {
	let found = |liars: &u32| [false, true].map(|down| finds_down(*liars, down, lie));
	let committees: Vec<_> = drawn(100_000).iter().map(found).collect();
	let mut random = Random(2_609);
	let mut reached = 0;
	for _ in 0..months {
		let mut missed = 0;
		let mut came = false;
		for down in lost(&mut random) {
			let found = committees[random.below(committees.len())];
			missed = missed_after(missed, found[usize::from(down)]);
			came |= missed >= limit;
		}
		reached += u32::from(came);
	}
	f64::from(reached) / f64::from(months)
}

#[test]
fn a_committee_is_of_liars_as_often_as_the_draw_should_make_it() {
	let all: f64 = (0..=LIARS).map(with_liars).sum();
	assert!((all - 1.0).abs() < 1e-12);
	let exact = found_down(false, Lie::Down);
	assert!((exact - 0.012_174).abs() < 1e-5, "{exact}");
	assert!((found_down(true, Lie::Up) - (1.0 - exact)).abs() < 1e-12);
	let committees = drawn(100_000);
	for liars in 0..=4 {
		let share = committees.iter().filter(|one| **one == liars).count() as f64 / 1e5;
		let expected = with_liars(liars);
		assert!((share - expected).abs() < 5.0 * (expected / 1e5).sqrt(), "{liars} liars: {share}, not {expected}");
	}
}

#[test]
fn forty_three_minutes_a_month_in_one_block_are_slashed_in_less_than_one_of_100_000_months_with_six_liars_of_32() {
	for lie in [Lie::Down, Lie::Up] {
		let month = |limit, phase| {
			let lost = block_of(43, phase, MONTH, 4_000);
			assert!((8..=9).contains(&lost.iter().filter(|down| **down).count()));
			reaches(limit, lost.into_iter().map(|down| found_down(down, lie)))
		};
		let slashed = (0..PROBES).map(|phase| month(LIMIT, phase)).fold(0.0, f64::max);
		println!("43 minutes in one block, liars say {lie:?}: slashed in {slashed:e} of months");
		assert!(slashed < 1e-5, "{slashed:e}");
		// 2,000 simulated months, judged by a count that they do come to.
		let exact = (0..PROBES).map(|phase| month(10, phase)).sum::<f64>() / PROBES as f64;
		let lost = |random: &mut Random| block_of(43, random.below(PROBES), MONTH, 1 + random.below(MONTH - 20));
		let seen = simulated(10, 2_000, lie, lost);
		println!("  a count of 10: exact {exact}, simulated {seen}");
		assert!((seen - exact).abs() < 5.0 * (exact.max(1e-3) / 2_000.0).sqrt(), "{seen}, not {exact}");
	}
}

#[test]
fn one_probe_lost_in_a_thousand_is_slashed_in_less_than_one_of_100_000_months_with_six_liars_of_32() {
	let lost = 1e-3_f64;
	let missed: f64 = (3..=5).map(|k| choose(5, k) * lost.powi(k as i32) * (1.0 - lost).powi(5 - k as i32)).sum();
	for lie in [Lie::Down, Lie::Up] {
		let window = missed * found_down(true, lie) + (1.0 - missed) * found_down(false, lie);
		let month = |limit| reaches(limit, std::iter::repeat_n(window, MONTH));
		let slashed = month(LIMIT);
		println!("99.9 % of probes, liars say {lie:?}: slashed in {slashed:e} of months");
		assert!(slashed < 1e-5, "{slashed:e}");
		let exact = month(3);
		let rare = (missed * u64::MAX as f64) as u64;
		let lost = |random: &mut Random| (0..MONTH).map(|_| random.next() < rare).collect();
		let seen = simulated(3, 2_000, lie, lost);
		println!("  a count of 3: exact {exact}, simulated {seen}");
		assert!((seen - exact).abs() < 5.0 * (exact.max(1e-4) / 2_000.0).sqrt(), "{seen}, not {exact}");
	}
}

#[test]
fn two_hours_down_are_accused_with_all_but_one_in_a_million_with_six_liars_of_32() {
	for lie in [Lie::Down, Lie::Up] {
		let missed = |phase| 1.0 - reaches(LIMIT, windows(120, phase, lie));
		let worst = (0..PROBES).map(missed).fold(0.0, f64::max);
		println!("two hours down, liars say {lie:?}: not accused in {worst:e}");
		assert!(worst <= 1e-6, "{worst:e}");
	}
	// An hour and a window without a liar is one, an hour is none.
	assert!(reaches(LIMIT, windows(65, 0, Lie::Down)) > 1.0 - 1e-12);
	assert!(reaches(LIMIT, windows(60, 0, Lie::Up)) < 1e-9);
}

fn windows(probes: usize, phase: usize, lie: Lie) -> impl Iterator<Item = f64> {
	block_of(probes, phase, 40, 5).into_iter().map(move |down| if down { found_down(true, lie) } else { 0.0 })
}
