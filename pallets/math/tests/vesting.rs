//! The tables of the ledger, month by month, and what the lines that wallets show unlock beside them.

use proptest::prelude::*;
use vektor_math::vesting::Plan;

const UNIT: u128 = 1_000_000_000_000;
/// A twelfth of 365.25 days in slots of six seconds.
const MONTH: u32 = 438_300;

/// What the lines leave free, as `pallet-vesting` counts.
fn by_lines(plan: &Plan, amount: u128, now: u32) -> u128 {
	let locked: u128 = plan
		.lines()
		.map(|line| line.locked.saturating_sub(line.per_unit.saturating_mul(now.saturating_sub(line.start).into())))
		.sum();
	amount - locked
}

/// Each month's end: the plan is exact, the lines within one slot's share and never late; exact at the end.
fn months(plan: Plan, amount: u128, expected: impl Fn(u128) -> u128, last: u32) {
	let share: u128 = plan.lines().map(|line| line.per_unit).filter(|unit| *unit < amount / 1_000).max().unwrap_or(0);
	for month in 0..=last + 12 {
		let now = month * MONTH;
		let table = expected(month.into());
		assert_eq!(plan.unlocked(now), Some(table), "month {month}");
		let lines = by_lines(&plan, amount, now);
		assert!(lines >= table && lines - table <= share, "month {month}: {lines} for {table}");
	}
	assert_eq!(plan.unlocked(last * MONTH), Some(amount));
	assert_eq!(by_lines(&plan, amount, last * MONTH), amount);
}

#[test]
fn vektors_three_tables() {
	for (amount, cliff, length) in [(200_000_000, 6, 36), (150_000_000, 12, 48), (150_000_000, 12, 24)] {
		let amount = amount * UNIT;
		let plan = Plan::cliff_then_linear(amount, cliff * MONTH, (cliff + length) * MONTH);
		let expected =
			|month: u128| amount * month.saturating_sub(cliff.into()).min(length.into()) / u128::from(length);
		months(plan, amount, expected, cliff + length);
	}
}

#[test]
fn quivers_cliffs_accrue() {
	for (amount, cliff, length) in [(150_000_000, 12, 48), (100_000_000, 6, 36)] {
		let amount = amount * UNIT;
		let plan = Plan::accruing_cliff(amount, cliff, length, cliff * MONTH, length * MONTH).unwrap();
		let lump = amount * u128::from(cliff) / u128::from(length);
		let expected = |month: u128| match month < cliff.into() {
			true => 0,
			false => {
				lump + (amount - lump) * (month.min(length.into()) - u128::from(cliff)) / u128::from(length - cliff)
			}
		};
		months(plan, amount, expected, length);
		// A quarter after one of four years, a sixth after six of thirty-six months.
		assert_eq!(plan.unlocked(cliff * MONTH), Some(lump));
		assert_eq!(plan.unlocked(cliff * MONTH - 1), Some(0));
		assert_eq!(by_lines(&plan, amount, cliff * MONTH - 1), 0);
	}
}

#[test]
fn quivers_sale_is_a_quarter_at_once_and_the_rest_over_a_year() {
	let amount = 100_000_000 * UNIT;
	let plan = Plan::part_at_once(amount, 250_000, 12 * MONTH).unwrap();
	let expected = |month: u128| amount / 4 + amount * 3 / 4 * month.min(12) / 12;
	months(plan, amount, expected, 12);
}

#[test]
fn what_is_free_at_once_has_no_line() {
	let plan = Plan::at_once(5);
	assert_eq!(plan.unlocked(0), Some(5));
	assert_eq!(plan.lines().count(), 0);
	assert_eq!(Plan::accruing_cliff(1, 1, 0, 1, 2), None);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_plan_never_falls_ends_whole_and_its_lines_are_never_late(
		amount in 1u128..=1_000_000_000 * UNIT,
		cliff in 1u32..40,
		length in 1u32..80,
		month in 1u32..600_000,
		shape in 0u8..3,
		at in any::<prop::sample::Index>(),
	) {
		let (start, end) = (cliff * month, (cliff + length) * month);
		let plan = match shape {
			0 => Plan::cliff_then_linear(amount, start, end),
			1 => Plan::accruing_cliff(amount, cliff, cliff + length, start, end).unwrap(),
			_ => Plan::part_at_once(amount, cliff * 20_000, end).unwrap(),
		};
		prop_assert_eq!(plan.free + plan.lump + plan.even, amount);
		let now = u32::try_from(at.index(usize::try_from(end).unwrap() + 10)).unwrap();
		let (before, after) = (plan.unlocked(now).unwrap(), plan.unlocked(now + 1).unwrap());
		prop_assert!(before <= after && after <= amount);
		prop_assert_eq!(plan.unlocked(end), Some(amount));
		let lines = by_lines(&plan, amount, now);
		prop_assert!(lines >= before);
		// Each of at most two lines is early by less than a unit's share.
		let early: u128 = u128::from(end - start.min(end)).max(1);
		prop_assert!(lines - before <= early.max(plan.even.div_ceil(early)));
		prop_assert_eq!(by_lines(&plan, amount, end), amount);
	}
}
