use frame_support::assert_ok;
use vektor_primitives::{traits::Load, Balance, Usd, VKTR};

use crate::{mock::*, *};

const A_YEAR: Balance = EMISSION / 10;

fn forecast(policy: EmissionPolicy, prepare: impl FnOnce()) -> Vec<Forecast> {
	let mut forecast = Vec::new();
	ExtBuilder::default().policy(policy).build_and_execute(|| {
		prepare();
		forecast = Supply::report().forecast;
	});
	forecast
}

fn least(forecast: &[Forecast]) -> Vec<Balance> {
	forecast.iter().map(|year| year.least).collect()
}

fn most(forecast: &[Forecast]) -> Vec<Balance> {
	forecast.iter().map(|year| year.most).collect()
}

/// The sums until the end of each of fifteen years of which the first are as given, and nothing comes in the others.
fn then_nothing(first: &[Balance]) -> Vec<Balance> {
	let amounts = first.iter().copied().chain(std::iter::repeat(0)).take(15);
	amounts
		.scan(0, |sum, amount| {
			*sum += amount;
			Some(*sum)
		})
		.collect()
}

fn table() -> EmissionPolicy {
	EmissionPolicy::YearTable {
		years: vec![90_000 * VKTR, 70_000 * VKTR, 40_001 * VKTR].try_into().unwrap(),
		halving: 2,
	}
}

fn milestones() -> EmissionPolicy {
	let milestones = vec![Milestone { leak: Usd(5_000), amount: 500 * VKTR }].try_into().unwrap();
	EmissionPolicy::Milestones { milestones }
}

#[test]
fn at_genesis_nothing_has_happened() {
	ExtBuilder::default().airdrop(vec![(alice(), 3 * VKTR), (bob(), VKTR)]).build_and_execute(|| {
		let report = Supply::report();
		assert_eq!((report.cap, report.issued), (CAP, CAP));
		let free: Vec<_> =
			report.allocations.iter().map(|(row, free)| (row.name.to_vec(), row.amount, *free)).collect();
		let public = CAP - EMISSION - STREAM - TEAM;
		assert_eq!(
			free,
			vec![
				(b"emission".to_vec(), EMISSION, 0),
				(b"treasury".to_vec(), STREAM, 0),
				(b"team".to_vec(), TEAM, 0),
				(b"public".to_vec(), public, public),
			]
		);
		assert_eq!(
			report.pots,
			vec![
				("emission", Supply::emission_pot(), MIN + EMISSION),
				("era rewards", Supply::era_pot(), MIN + CUSHION),
				("treasury, not free yet", Supply::stream_pot(), MIN + STREAM),
				("airdrop", Supply::airdrop_pot(), MIN + 4 * VKTR),
			]
		);
		assert_eq!(report.burned, BurnCause::ALL.map(|cause| (cause, 0)).to_vec());
		assert_eq!(report.policy, EmissionPolicy::LoadWeighted);
		assert_eq!(report.round, Round { index: 0, began: 0, ends: 10 });
		assert_eq!((report.emitted, report.remaining), (EmissionBook::default(), EMISSION));
		assert_eq!(report.unclaimed, 4 * VKTR);
		assert_eq!(report.forecast.len(), 15);
		assert_eq!(report.forecast.iter().map(|year| year.year).collect::<Vec<_>>(), (1..=15).collect::<Vec<_>>());
	});
}

#[test]
fn a_report_follows_what_happens() {
	ExtBuilder::default().airdrop(vec![(alice(), 3 * VKTR), (bob(), VKTR)]).build_and_execute(|| {
		all_take();
		CurrentRound::<Test>::put(Round { index: 239, began: 24 * MONTH - 10, ends: 24 * MONTH });
		end_round();
		assert_ok!(Supply::burn(signed(alice()), 5 * VKTR));
		Supply::end_era();
		LastEnded::set(Some(0));
		idle();
		let signature = sp_keyring::Sr25519Keyring::Alice.sign(&Supply::claim_message(&alice())).into();
		assert_ok!(Supply::claim_airdrop(signed(alice()), alice(), alice(), signature));

		let report = Supply::report();

		let (floor, validators) = (375 * VKTR / 4, 375 * VKTR / 16);
		let emitted = floor - validators;
		assert_eq!(report.emitted, Emitted::<Test>::get());
		assert_eq!(
			(report.emitted.validators, report.emitted.returned, report.emitted.net()),
			(validators, validators, emitted)
		);
		assert_eq!(report.remaining, EMISSION - emitted);
		// 18 of 36 months, and 12 of 48.
		let free: Vec<_> = report.allocations.iter().map(|(_, free)| *free).collect();
		assert_eq!(free, vec![emitted, STREAM / 2, TEAM / 4, CAP - EMISSION - STREAM - TEAM]);
		let pots: Vec<_> = report.pots.iter().map(|(_, _, amount)| *amount).collect();
		assert_eq!(pots, vec![MIN + EMISSION - emitted, MIN + CUSHION, MIN + STREAM / 2, MIN + VKTR]);
		assert_eq!((report.issued, report.unclaimed), (CAP - 5 * VKTR, VKTR));
		assert_eq!(
			report.burned.iter().map(|(_, amount)| *amount).collect::<Vec<_>>(),
			vec![0, 0, 0, 0, 5 * VKTR, 0, 0]
		);
		assert_eq!(report.burned[4].0, BurnCause::Voluntary);
		assert_eq!(report.round.index, 240);
	});
}

#[test]
fn an_allocation_never_comes_free_beyond_its_amount() {
	ExtBuilder::default().build_and_execute(|| {
		Now::set(u32::MAX);
		Emitted::<Test>::mutate(|book| book.work = 2 * EMISSION);
		let report = Supply::report();
		assert!(report.allocations.iter().all(|(row, free)| *free == row.amount));
	});
}

#[test]
fn load_weighted_years_are_forecast_between_their_bounds() {
	let years = forecast(EmissionPolicy::LoadWeighted, || ());
	assert_eq!(least(&years), then_nothing(&[A_YEAR / 4; 15]));
	assert_eq!(most(&years), then_nothing(&[2 * A_YEAR; 5]));
}

#[test]
fn a_forecast_begins_where_the_emission_stands() {
	let years = forecast(EmissionPolicy::LoadWeighted, || {
		all_take();
		end_round();
	});
	// A quarter of a round's base is gone; years are counted from now.
	assert_eq!(least(&years), then_nothing(&[A_YEAR / 4; 15]));
	assert_eq!(
		most(&years),
		then_nothing(&[2 * A_YEAR; 5]).into_iter().map(|sum| sum.min(EMISSION - 375 * VKTR / 4)).collect::<Vec<_>>()
	);
}

#[test]
fn a_table_is_forecast_to_the_unit() {
	let years = forecast(table(), || ());
	assert_eq!(least(&years), most(&years));
	let (half, quarter) = (20_000 * VKTR + VKTR / 2, 10_000 * VKTR + VKTR / 4);
	let expected = then_nothing(&[90_000 * VKTR, 70_000 * VKTR, 40_001 * VKTR, half, half, quarter, quarter]);
	assert_eq!(least(&years)[..7], expected[..7]);

	// Years from the middle of one to the middle of the next.
	let years = forecast(table(), || Now::set(YEAR / 2));
	assert_eq!(least(&years), most(&years));
	assert_eq!(least(&years)[..2], [80_000 * VKTR, 80_000 * VKTR + 55_000 * VKTR + VKTR / 2]);
}

#[test]
fn a_table_beyond_the_pot_is_forecast_until_the_pot_is_empty() {
	let years = EmissionPolicy::YearTable { years: vec![80_000 * VKTR; 16].try_into().unwrap(), halving: 1 };
	let years = forecast(years, || ());
	assert_eq!(least(&years), then_nothing(&[[80_000 * VKTR; 5].as_slice(), &[50_000 * VKTR]].concat()));
	assert_eq!(least(&years), most(&years));
}

#[test]
fn what_is_released_is_the_least_of_a_forecast() {
	let years = forecast(EmissionPolicy::Released, || {
		assert_ok!(Supply::release(RuntimeOrigin::root(), 2 * A_YEAR + VKTR));
	});
	// At most twice the base a year; what is beyond it comes with the next.
	assert_eq!(least(&years), then_nothing(&[2 * A_YEAR, VKTR]));
	assert_eq!(most(&years), then_nothing(&[2 * A_YEAR; 5]));
	assert_eq!(least(&forecast(EmissionPolicy::Released, || ())), vec![0; 15]);
}

#[test]
fn milestones_that_may_be_reached_are_forecast_at_the_base() {
	let years = forecast(milestones(), || {
		all_take();
		// Three tenths of it are worth more than it releases.
		NativePrice::set(Some(1));
		LoadNow::set(Load { leak: Usd(5_000), ..Default::default() });
		end_round();
	});
	assert_eq!(least(&years), then_nothing(&[125 * VKTR]));
	assert_eq!(most(&years), then_nothing(&[[A_YEAR; 9].as_slice(), &[A_YEAR - 375 * VKTR]].concat()));
	assert_eq!(least(&forecast(milestones(), || ())), vec![0; 15]);
}

fn every_policy() -> [EmissionPolicy; 4] {
	[EmissionPolicy::LoadWeighted, table(), EmissionPolicy::Released, milestones()]
}

/// Forecasts of every policy at many times, under many states of the pot and of what is released, with what remained.
fn every_forecast() -> Vec<(Vec<Forecast>, Balance)> {
	let mut forecasts = Vec::new();
	for policy in every_policy() {
		for now in [0, 7, 5 * YEAR, 10 * YEAR, u32::MAX] {
			for (rounds, released) in [(0, 0), (0, EMISSION), (0, 7 * A_YEAR), (3, 7 * A_YEAR), (3, 1)] {
				let mut remaining = 0;
				let years = forecast(policy.clone(), || {
					all_take();
					let _ = Supply::release(RuntimeOrigin::root(), released);
					LoadNow::set(Load { leak: Usd(5), ..Default::default() });
					(0..rounds).for_each(|_| end_round());
					Now::set(now);
					remaining = in_emission();
				});
				forecasts.push((years, remaining));
			}
		}
	}
	forecasts
}

#[test]
fn no_forecast_is_above_what_remains() {
	for (years, remaining) in every_forecast() {
		assert!(years.iter().all(|year| year.least <= remaining && year.most <= remaining), "{remaining}: {years:?}");
	}
}

#[test]
fn until_any_year_the_least_is_at_most_the_most() {
	for (years, _) in every_forecast() {
		assert!(years.iter().all(|year| year.least <= year.most), "{years:?}");
	}
}

/// A forecast is of all years until one: a later one has at least as much.
#[test]
fn forecasts_never_fall() {
	for (years, _) in every_forecast() {
		assert!(least(&years).is_sorted() && most(&years).is_sorted(), "{years:?}");
	}
}

/// Rounds under the least and the most that load, governance and milestones can do, against the forecast of the start.
#[test]
fn what_rounds_emit_lies_between_the_least_and_the_most() {
	let load = |settled, leak| Load { settled: Usd(settled), offered: Usd(1), leak: Usd(leak) };
	for policy in every_policy() {
		for (load, price, release) in [(load(0, 0), None, 0), (load(9, u128::MAX / 2), Some(1), EMISSION)] {
			let at_start = forecast(policy.clone(), || ());
			ExtBuilder::default().policy(policy.clone()).build_and_execute(|| {
				all_take();
				LoadNow::set(load);
				NativePrice::set(price);
				let _ = Supply::release(RuntimeOrigin::root(), release);
				for year in at_start {
					(0..YEAR / 10).for_each(|_| end_round());
					let emitted = Emitted::<Test>::get().net();
					// Rounds' floors are rounded down, and the fakes take nothing below the least balance.
					let slack = Balance::from(CurrentRound::<Test>::get().index) + 3 * MIN;
					assert!(year.least <= emitted + slack && emitted <= year.most, "{emitted} of {year:?}");
				}
			});
		}
	}
}
