//! The emission's arithmetic: ten simulated years and the years after under every load, and its properties over all values
//! that the bounds allow.

use proptest::prelude::*;
use vektor_math::emission::{even, load_weighted, share, year_table, Bounds, Emission};

const UNIT: u128 = 1_000_000_000_000;
/// A year of 365.25 days in slots of six seconds.
const YEAR: u32 = 5_259_600;
/// A day in slots of six seconds.
const DAY: u32 = 14_400;
const VEKTOR: u128 = 450_000_000 * UNIT;

const BOUNDS: Bounds = Bounds { min: 250_000, max: 2_000_000 };

/// Q2's table in whole tokens, and its whole.
const QUIVER: [u128; 10] = [70, 52, 35, 35, 21, 21, 21, 21, 21, 21];
const QUIVER_WHOLE: u128 = 350_000_000 * UNIT;

fn quiver() -> Vec<u128> {
	// 52.5 million in the second year.
	QUIVER.iter().enumerate().map(|(i, m)| m * 1_000_000 * UNIT + if i == 1 { 500_000 * UNIT } else { 0 }).collect()
}

#[test]
fn the_even_schedule_is_exact_at_its_end_and_goes_on_at_the_same_rate() {
	assert_eq!(even(VEKTOR, 10 * YEAR, 10 * YEAR), Some(VEKTOR));
	assert_eq!(even(VEKTOR, 10 * YEAR, 5 * YEAR), Some(VEKTOR / 2));
	assert_eq!(even(VEKTOR, 10 * YEAR, 20 * YEAR), Some(2 * VEKTOR));
	assert_eq!(even(VEKTOR, 0, 1), None);
}

#[test]
fn quivers_first_ten_years_emit_three_hundred_eighteen_and_a_half_million_and_three_years_the_rest() {
	let at = |years: u32| year_table(&quiver(), 4, YEAR, years * YEAR).unwrap();
	let million = 1_000_000 * UNIT;
	assert_eq!(at(1), 70 * million);
	assert_eq!(at(2), 122 * million + million / 2);
	assert_eq!(at(4), 192 * million + million / 2);
	assert_eq!(at(10), 318 * million + million / 2);
	for year in 11..=13 {
		assert_eq!(at(year) - at(year - 1), 10 * million + million / 2);
	}
	assert_eq!(at(13), QUIVER_WHOLE);
	// A second halving would come after the fourteenth year.
	assert_eq!(at(14) - at(13), 10 * million + million / 2);
	assert_eq!(at(15) - at(14), 5 * million + million / 4);
}

#[test]
fn a_table_without_length_halving_or_years_has_no_division_by_zero() {
	assert_eq!(year_table(&quiver(), 0, YEAR, 11 * YEAR), None);
	assert_eq!(year_table(&quiver(), 4, 0, 0), None);
	assert_eq!(year_table(&[], 4, YEAR, 3 * YEAR), Some(0));
	assert_eq!(year_table(&[1], 4, 1, u32::MAX), Some(1));
}

#[test]
fn a_load_without_capacity_is_the_least_and_load_above_the_most_is_the_most() {
	let round = |settled, offered| load_weighted(1_000, settled, offered, BOUNDS, u128::MAX, u128::MAX).unwrap();
	assert_eq!(round(5, 0), Emission { floor: 250, demand: 0 });
	assert_eq!(round(0, 100), Emission { floor: 250, demand: 0 });
	assert_eq!(round(25, 100), Emission { floor: 250, demand: 0 });
	assert_eq!(round(100, 100), Emission { floor: 250, demand: 750 });
	assert_eq!(round(200, 100), Emission { floor: 250, demand: 1_750 });
	assert_eq!(round(u128::MAX, 1), Emission { floor: 250, demand: 1_750 });
}

#[test]
fn what_is_left_serves_the_floor_first() {
	let left = |remaining| load_weighted(1_000, 2, 1, BOUNDS, u128::MAX, remaining).unwrap();
	assert_eq!(left(0), Emission::default());
	assert_eq!(left(100), Emission { floor: 100, demand: 0 });
	assert_eq!(left(300), Emission { floor: 250, demand: 50 });
}

/// What a coalition would do: idle until the pot is old, then all at once, then idle.
fn adversary(round: u32) -> (u128, u128) {
	match round % 97 {
		0 => (u128::MAX, 1),
		1..=7 => (u128::MAX / 2, u128::MAX),
		_ => (0, 0),
	}
}

/// Thirty years, round by round, of a policy that gives a round's emission from `(began, ends, remaining, round)`.
fn thirty_years(
	whole: u128,
	length: impl Fn(u32) -> u32,
	policy: impl Fn(u32, u32, u128, u32) -> (u128, Emission),
) -> Vec<(u32, u128)> {
	let (mut pot, mut at, mut out) = (whole, 0u32, Vec::new());
	let mut round = 0;
	while at < 30 * YEAR {
		let ends = at + length(round);
		let (base, Emission { floor, demand }) = policy(at, ends, pot, round);
		let emitted = floor + demand;
		assert!(emitted <= 2 * base, "round {round} emits more than twice its base");
		pot = pot.checked_sub(emitted).expect("the pot is never negative");
		out.push((ends, emitted));
		(at, round) = (ends, round + 1);
	}
	assert_eq!(pot + out.iter().map(|(_, emitted)| emitted).sum::<u128>(), whole);
	out
}

fn weighted(load: impl Fn(u32) -> (u128, u128), leak: u128) -> impl Fn(u32, u32, u128, u32) -> (u128, Emission) {
	move |began, ends, pot, round| {
		let base = even(VEKTOR, 10 * YEAR, ends).unwrap() - even(VEKTOR, 10 * YEAR, began).unwrap();
		let (settled, offered) = load(round);
		let bound = share(leak, 300_000).unwrap();
		let emission = load_weighted(base, settled, offered, BOUNDS, bound, pot).unwrap();
		assert!(emission.demand <= bound, "demand passes kappa of the leak");
		(base, emission)
	}
}

fn pseudo_random(round: u32) -> (u128, u128) {
	let x = u128::from(round).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 16;
	(x % 3_000, 1_000)
}

#[test]
fn thirty_years_of_load_weighted_emission_under_four_kinds_of_load() {
	let day = |_| DAY;
	let unbounded = u128::MAX;
	let idle = thirty_years(VEKTOR, day, weighted(|_| (0, 0), unbounded));
	let random = thirty_years(VEKTOR, day, weighted(pseudo_random, unbounded));
	let saturated = thirty_years(VEKTOR, day, weighted(|_| (10, 1), unbounded));
	let adversarial = thirty_years(VEKTOR, day, weighted(adversary, unbounded));
	let sum = |rounds: &[(u32, u128)], until: u32| -> u128 {
		rounds.iter().filter(|(ends, _)| *ends <= until * YEAR).map(|(_, emitted)| emitted).sum()
	};
	// A quarter of the pot in ten years without load, all of it in five at twice the base.
	assert!(sum(&idle, 10) <= VEKTOR / 4 && VEKTOR / 4 - sum(&idle, 10) < VEKTOR / 10_000);
	assert_eq!(sum(&saturated, 6), VEKTOR);
	assert!(sum(&idle, 30) <= sum(&adversarial, 30) && sum(&adversarial, 30) <= sum(&random, 30));
	// No jump where the schedule ends: the rounds before and after it are equal within a unit.
	let end = idle.iter().position(|(ends, _)| *ends > 10 * YEAR).unwrap();
	assert!(idle[end - 1].1.abs_diff(idle[end + 1].1) <= 1);
}

#[test]
fn demand_never_passes_kappa_of_the_leak() {
	for leak in [0, 1, UNIT, 1_000 * UNIT] {
		let rounds = thirty_years(VEKTOR, |_| DAY, weighted(|_| (10, 1), leak));
		let floor = even(VEKTOR, 10 * YEAR, DAY).unwrap() / 4;
		assert!(rounds[0].1 <= floor + share(leak, 300_000).unwrap());
	}
}

#[test]
fn thirty_years_of_the_year_table() {
	let table = quiver();
	let rounds = thirty_years(
		QUIVER_WHOLE,
		|_| DAY,
		|began, ends, pot, _| {
			let base = year_table(&table, 4, YEAR, ends).unwrap() - year_table(&table, 4, YEAR, began).unwrap();
			(base, Emission { floor: base.min(pot), demand: 0 })
		},
	);
	let by = |years: u32| rounds.iter().take_while(|(ends, _)| *ends <= years * YEAR).map(|(_, e)| e).sum::<u128>();
	// Days and years of 365.25 days meet every four years: exact then, to the unit.
	assert_eq!(by(4), year_table(&table, 4, YEAR, 4 * YEAR).unwrap());
	assert_eq!(by(8), year_table(&table, 4, YEAR, 8 * YEAR).unwrap());
	assert_eq!(by(12), year_table(&table, 4, YEAR, 12 * YEAR).unwrap());
	assert_eq!(by(14), QUIVER_WHOLE);
	assert!(rounds.iter().rev().take_while(|(_, emitted)| *emitted == 0).count() > 16 * 365);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn rounds_of_any_length_add_up_to_the_schedule(
		total in 0u128..=1_000_000_000 * UNIT,
		duration in 1u32..=u32::MAX,
		lengths in prop::collection::vec(1u32..2_000_000, 1..40),
	) {
		let (mut at, mut sum) = (0u32, 0u128);
		for length in lengths {
			let next = at + length;
			sum += even(total, duration, next).unwrap() - even(total, duration, at).unwrap();
			at = next;
		}
		prop_assert_eq!(Some(sum), even(total, duration, at));
	}

	#[test]
	fn a_table_never_falls_and_a_round_of_it_is_never_more_than_its_dearest_years_share(
		years in prop::collection::vec(0u128..=100_000_000 * UNIT, 1..16),
		halving in 1u32..8,
		year in 1u32..10_000_000,
		at in 0u32..1_000_000_000,
		length in 1u32..1_000_000,
	) {
		let before = year_table(&years, halving, year, at).unwrap();
		let after = year_table(&years, halving, year, at + length).unwrap();
		prop_assert!(after >= before);
		let dearest = *years.iter().max().unwrap();
		// A unit of rounding for each year that the round touches, and one more.
		let touched = u128::from(length / year + 2);
		prop_assert!(after - before <= dearest * u128::from(length) / u128::from(year) + touched);
	}

	#[test]
	fn more_load_never_emits_less_and_emits_more_where_nothing_binds(
		base in 1_000_000u128..=1_000_000 * UNIT,
		settled in 0u128..=1_000_000_000_000,
		more in 1u128..=1_000_000_000_000,
		offered in 1u128..=1_000_000_000_000,
		min in 50_000u32..=500_000,
		max in 1_000_000u32..=2_000_000,
		bound in prop_oneof![Just(u128::MAX), 0u128..=1_000_000 * UNIT],
		remaining in prop_oneof![Just(u128::MAX), 0u128..=1_000_000 * UNIT],
	) {
		let bounds = Bounds { min, max };
		let at = |settled| load_weighted(base, settled, offered, bounds, bound, remaining).unwrap();
		let (less, greater) = (at(settled), at(settled + more));
		prop_assert!(greater.floor == less.floor && greater.demand >= less.demand);
		prop_assert!(less.demand <= bound && less.floor + less.demand <= remaining);
		prop_assert!(less.floor + less.demand <= 2 * base);
		let free = |load: u128| {
			let called = base.checked_mul(load).map_or(u128::MAX, |sum| sum / offered);
			(share(base, min).unwrap()..share(base, max).unwrap()).contains(&called)
		};
		// A unit more where the difference is worth one at all.
		let worth_a_unit = base * more / offered > 0;
		if free(settled) && free(settled + more) && bound == u128::MAX && remaining == u128::MAX && worth_a_unit {
			prop_assert!(greater.demand > less.demand);
		}
	}
}
