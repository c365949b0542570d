//! Every policy under every load over fifteen years, five more than the schedule has: bounds, sums, and what comes
//! after the end.

use frame_support::assert_ok;
use vektor_primitives::{traits::Load, Balance, Usd, VKTR};

use crate::{mock::*, *};

/// How many rounds a year and the schedule have, and how many a run has.
const A_YEAR: u32 = YEAR / 10;
const TEN_YEARS: u32 = 10 * A_YEAR;
const FIFTEEN_YEARS: u32 = 15 * A_YEAR;

/// What the schedule divides: a number that divides by nothing.
const TOTAL: Balance = EMISSION - 12_345_678_901;

/// The even base of a round, by the table and not by the pallet.
fn base(round: u32) -> Balance {
	let line = |round: u32| TOTAL * Balance::from(round) / Balance::from(TEN_YEARS);
	line(round + 1) - line(round)
}

fn years() -> Vec<Balance> {
	(0..10u128).map(|year| (60_000 - 4_000 * year) * VKTR + 7 * year * year + 1).collect()
}

fn table() -> EmissionPolicy {
	EmissionPolicy::YearTable { years: years().try_into().unwrap(), halving: 2 }
}

fn milestone(dollars: u128, amount: Balance) -> Milestone {
	Milestone { leak: Usd(dollars * 1_000_000), amount }
}

fn milestones(list: Vec<Milestone>) -> EmissionPolicy {
	EmissionPolicy::Milestones { milestones: list.try_into().unwrap() }
}

/// VKTR is worth next to nothing, so that any leak is worth more than its milestone releases.
fn cheap() {
	NativePrice::set(Some(1));
}

fn sixteen() -> EmissionPolicy {
	milestones((0..16).map(|step| milestone(1_000 * (step + 1) * (step + 1), 20_000 * VKTR + step)).collect())
}

fn load(settled: u128, offered: u128, leak: u128) -> Load {
	Load { settled: Usd(settled), offered: Usd(offered), leak: Usd(leak) }
}

/// What a round is like: its load, and the price.
type Scene = fn(u32) -> (Load, Option<u128>);

fn zero(_: u32) -> (Load, Option<u128>) {
	(Load::default(), Some(1_000_000))
}

fn random(round: u32) -> (Load, Option<u128>) {
	let number = |seed: u32| {
		let bytes = sp_io::hashing::blake2_128(&[round.to_le_bytes(), seed.to_le_bytes()].concat());
		u128::from_le_bytes(bytes)
	};
	let of = |seed, range: u128| number(seed) % range;
	let price = (of(4, 8) > 0).then(|| 1 + of(3, 5_000_000));
	(load(of(0, 3_000_000), of(1, 2_000_000), of(2, 100_000_000)), price)
}

fn saturated(_: u32) -> (Load, Option<u128>) {
	(load(10_000_000_000, 1_000_000_000, 1_000_000_000_000), Some(1_000_000))
}

/// Whatever arithmetic might break on.
fn adversarial(round: u32) -> (Load, Option<u128>) {
	match round % 5 {
		0 => (load(u128::MAX, 1, u128::MAX), Some(1)),
		1 => (load(u128::MAX, u128::MAX, u128::MAX), None),
		2 => (load(0, 0, 0), Some(u128::MAX)),
		3 => (load(1, u128::MAX, u128::MAX), Some(u128::MAX)),
		_ => (load(u128::MAX, 0, 1), Some(1)),
	}
}

const SCENES: [Scene; 4] = [zero, random, saturated, adversarial];

/// Ends one round as the scene has it, checks every bound that holds under any policy, and says what it emitted.
fn play(round: u32, scene: Scene) -> Ended {
	System::reset_events();
	Given::set(Vec::new());
	let (load, price) = scene(round);
	LoadNow::set(load);
	NativePrice::set(price);
	end_round();

	let ended = the_round();
	let emitted = ended.floor + ended.demand;
	assert_eq!(ended.round, round);
	assert!(emitted <= 2 * base(round), "{emitted} in round {round}");
	let taken = ended.parts.iter().sum::<Balance>();
	// The fakes take nothing below the least balance.
	assert!(taken <= emitted && emitted < taken + 3 * MIN, "{taken} of {emitted} in round {round}");
	assert!(balance(&Supply::emission_pot()) >= MIN);
	assert_eq!(Emitted::<Test>::get().net() + in_emission(), EMISSION);
	assert_eq!(Balances::total_issuance(), CAP);
	let value = load.leak.0 / 1_000_000 * 300_000 + load.leak.0 % 1_000_000 * 300_000 / 1_000_000;
	match price.map(|price| value.checked_mul(VKTR).map(|scaled| scaled / price)) {
		// More than any number: that bounds nothing.
		Some(None) => (),
		Some(Some(bound)) => assert!(ended.demand <= bound, "{} of {bound} in round {round}", ended.demand),
		None => assert_eq!(ended.demand, 0),
	}
	ended
}

/// Fifteen years of a policy, everybody taking: what each round emitted.
fn run(policy: EmissionPolicy, scene: Scene, steer: fn(u32)) -> Vec<Ended> {
	let mut rounds = Vec::new();
	ExtBuilder::default().policy(policy).build_and_execute(|| {
		all_take();
		Pace::<Test>::mutate(|pace| pace.total = TOTAL);
		for round in 0..FIFTEEN_YEARS {
			steer(round);
			rounds.push(play(round, scene));
		}
	});
	rounds
}

fn emitted(rounds: &[Ended]) -> Balance {
	rounds.iter().map(|round| round.floor + round.demand).sum()
}

/// Releases a tenth of what is not released yet, three times in two years.
fn releasing(round: u32) {
	if round.is_multiple_of(2 * A_YEAR / 3) {
		let amount = (in_emission() - Budget::<Test>::get()) / 10;
		assert_ok!(Supply::release(RuntimeOrigin::root(), amount));
	}
}

#[test]
fn load_weighted_rounds_stay_between_a_quarter_and_twice_the_base() {
	for scene in SCENES {
		let rounds = run(EmissionPolicy::LoadWeighted, scene, |_| ());
		let mut left = EMISSION;
		for (round, ended) in (0..).zip(&rounds) {
			assert_eq!(ended.floor, (base(round) / 4).min(left), "round {round}");
			left -= ended.parts.iter().sum::<Balance>();
		}
	}
}

#[test]
fn without_load_ten_years_emit_a_quarter() {
	let rounds = run(EmissionPolicy::LoadWeighted, zero, |_| ());
	let ten_years = emitted(&rounds[..TEN_YEARS as usize]);
	assert!(ten_years <= TOTAL / 4 && TOTAL / 4 < ten_years + Balance::from(TEN_YEARS));
	assert!(rounds.iter().all(|round| round.demand == 0));
}

#[test]
fn under_the_most_load_the_pot_is_empty_after_five_years() {
	let rounds = run(EmissionPolicy::LoadWeighted, saturated, |_| ());
	let five_years = TEN_YEARS as usize / 2;
	assert!(EMISSION - emitted(&rounds[..five_years]) < 13_000_000_000);
	// What is left then is less than the fakes take of one round.
	assert!(rounds[five_years + 1..].iter().all(|round| round.floor + round.demand < 2 * MIN));
}

#[test]
fn a_table_emits_each_year_to_the_unit() {
	for scene in SCENES {
		let rounds = run(table(), scene, |_| ());
		for (year, amount) in rounds.chunks(A_YEAR as usize).zip(years()) {
			assert_eq!(emitted(year), amount);
			assert!(year.iter().all(|round| round.parts.iter().sum::<Balance>() == round.floor && round.demand == 0));
		}
	}
}

#[test]
fn after_a_table_the_rate_halves_until_the_pot_is_empty() {
	let rounds = run(table(), zero, |_| ());
	let last = years()[9];
	let after: Vec<_> = rounds[TEN_YEARS as usize..].chunks(A_YEAR as usize).map(emitted).collect();
	assert_eq!(after[..2], [last / 2, last / 2]);
	// In the third year the pot, which the table leaves 30_000 VKTR, runs out.
	assert_eq!(after[2..], [EMISSION - years().iter().sum::<Balance>() - last / 2 * 2, 0, 0]);
}

#[test]
fn rounds_emit_what_governance_released_and_no_more() {
	for scene in SCENES {
		ExtBuilder::default().policy(EmissionPolicy::Released).build_and_execute(|| {
			all_take();
			Pace::<Test>::mutate(|pace| pace.total = TOTAL);
			let (mut released, mut sum) = (0, 0);
			for round in 0..FIFTEEN_YEARS {
				let before = Budget::<Test>::get();
				releasing(round);
				released += Budget::<Test>::get() - before;
				let ended = play(round, scene);
				sum += ended.floor;
				assert_eq!((ended.demand, released - sum), (0, Budget::<Test>::get()));
			}
			assert!(released > EMISSION / 2);
		});
	}
}

#[test]
fn milestones_emit_at_most_the_base_a_round() {
	for scene in SCENES {
		let rounds = run(sixteen(), scene, |_| ());
		for (round, ended) in (0..).zip(&rounds) {
			assert!(ended.floor <= base(round) && ended.demand == 0);
		}
		let all = 320_000 * VKTR + 120;
		let expected = if scene(2).0.leak.0 + scene(3).0.leak.0 > 0 { 1..=all } else { 0..=0 };
		assert!(expected.contains(&emitted(&rounds)));
	}
	// At a dollar: three tenths of what leaked up to the last, 256,000 dollars.
	assert_eq!(emitted(&run(sixteen(), saturated, |_| ())), 76_800 * VKTR);
}

#[test]
fn nothing_jumps_at_the_end_of_the_schedule() {
	let budget = |round| {
		if round + 50 == TEN_YEARS {
			Budget::<Test>::put(300 * 375 * VKTR);
		}
	};
	// Under no load every pot still has something to emit at the end, and the rates are steady.
	for policy in [EmissionPolicy::LoadWeighted, EmissionPolicy::Released, sixteen()] {
		let rounds = run(policy, zero, budget);
		let around = &rounds[TEN_YEARS as usize - 20..TEN_YEARS as usize + 20];
		let (least, most) =
			(around.iter().map(|round| round.floor).min(), around.iter().map(|round| round.floor).max());
		assert!(least > Some(0) && most <= least.map(|least| least + 2), "{least:?} to {most:?}");
	}
	let rounds = run(table(), zero, |_| ());
	let (before, after) = (rounds[TEN_YEARS as usize - 1].floor, rounds[TEN_YEARS as usize].floor);
	assert!(after <= before / 2 + 1 && before / 2 <= after + 1, "{before}, then {after}");
}

fn reached() -> Vec<(u32, Balance)> {
	let milestone = |event| match event {
		Event::MilestoneReached { milestone, amount } => Some((milestone, amount)),
		_ => None,
	};
	our_events().into_iter().filter_map(milestone).collect()
}

#[test]
fn milestones_are_reached_in_order_and_each_once() {
	let list = vec![milestone(10, VKTR), milestone(20, 2 * VKTR), milestone(30, 3 * VKTR), milestone(99, 4 * VKTR)];
	ExtBuilder::default().policy(milestones(list)).build_and_execute(|| {
		all_take();
		cheap();
		let round = |leak: u128| {
			System::reset_events();
			LoadNow::set(load(0, 0, leak));
			end_round();
			(reached(), the_round().floor)
		};
		assert_eq!(round(9_999_999), (vec![], 0));
		assert_eq!(round(1), (vec![(0, VKTR)], VKTR));
		assert_eq!(round(0), (vec![], 0));
		// Two in one round.
		assert_eq!(round(20_000_000), (vec![(1, 2 * VKTR), (2, 3 * VKTR)], 5 * VKTR));
		assert_eq!(round(0), (vec![], 0));
		assert_eq!(round(u128::MAX), (vec![(3, 4 * VKTR)], 4 * VKTR));
		assert_eq!(round(u128::MAX), (vec![], 0));
		assert_eq!((Reached::<Test>::get(), Budget::<Test>::get()), ((Usd(u128::MAX), 4), 0));
		assert_eq!(Emitted::<Test>::get().net(), 10 * VKTR);
	});
}

#[test]
fn what_a_milestone_releases_comes_at_most_the_base_a_round() {
	let list = vec![milestone(1, 800 * VKTR + 1), milestone(2, 100 * VKTR)];
	ExtBuilder::default().policy(milestones(list)).build_and_execute(|| {
		all_take();
		cheap();
		LoadNow::set(load(0, 0, 1_000_000));
		let floors: Vec<_> = (0..4)
			.map(|_| {
				end_round();
				the_round().floor
			})
			.collect();
		assert_eq!(floors, vec![375 * VKTR, 375 * VKTR, 150 * VKTR + 1, 0]);
	});
}

#[test]
fn milestones_beyond_the_pot_empty_it_and_no_more() {
	ExtBuilder::default().policy(milestones(vec![milestone(1, u128::MAX), milestone(2, u128::MAX)])).build_and_execute(
		|| {
			all_take();
			cheap();
			LoadNow::set(load(0, 0, u128::MAX));
			for _ in 0..TEN_YEARS + 5 {
				System::reset_events();
				end_round();
			}
			assert_eq!((the_round().floor, balance(&Supply::emission_pot())), (0, MIN));
			assert_eq!(Emitted::<Test>::get().net(), EMISSION);
		},
	);
}

#[test]
fn a_milestone_releases_no_more_than_kappa_of_the_leak_since_the_one_before() {
	let list = vec![milestone(10, 100 * VKTR), milestone(30, 100 * VKTR), milestone(40, VKTR)];
	ExtBuilder::default().policy(milestones(list)).build_and_execute(|| {
		all_take();
		NativePrice::set(Some(500_000));
		LoadNow::set(load(0, 0, 40_000_000));
		end_round();
		// Three tenths of ten and of twenty dollars, at half a dollar. The last is worth more than it releases.
		assert_eq!(reached(), vec![(0, 6 * VKTR), (1, 12 * VKTR), (2, VKTR)]);
		assert_eq!((the_round().floor, Budget::<Test>::get()), (19 * VKTR, 0));
		// What was above that is not emitted later.
		NativePrice::set(Some(1));
		System::reset_events();
		end_round();
		assert_eq!((reached(), the_round().floor), (vec![], 0));
		assert_eq!(in_emission(), EMISSION - 19 * VKTR);
	});
}

#[test]
fn without_a_price_milestones_wait_and_are_not_lost() {
	ExtBuilder::default().policy(milestones(vec![milestone(10, VKTR), milestone(20, VKTR)])).build_and_execute(|| {
		all_take();
		LoadNow::set(load(0, 0, 10_000_000));
		for _ in 0..3 {
			end_round();
		}
		assert_eq!((reached(), Reached::<Test>::get()), (vec![], (Usd(30_000_000), 0)));
		LoadNow::set(load(0, 0, 0));
		NativePrice::set(Some(1_000_000));
		System::reset_events();
		end_round();
		assert_eq!((reached(), the_round().floor), (vec![(0, VKTR), (1, VKTR)], 2 * VKTR));
	});
}

#[test]
fn one_dear_block_takes_nothing_of_a_milestone() {
	// 30 cents of the dollar that leaked, at a cent for a token.
	ExtBuilder::default().policy(milestones(vec![milestone(1, 1_000 * VKTR)])).build_and_execute(|| {
		all_take();
		NativePrice::set(Some(10_000));
		LoadNow::set(load(0, 0, 1_000_000));
		Spike::set(3);
		end_round();
		assert_eq!((reached(), Reached::<Test>::get()), (vec![], (Usd(1_000_000), 0)));
		Spike::set(2);
		end_round();
		assert_eq!(reached(), vec![(0, 15 * VKTR)]);
	});
}

/// Ends a round that leaks so many dollars, and says which milestones were reached and what is released then.
fn leaks(dollars: u128) -> (Vec<(u32, Balance)>, Balance) {
	System::reset_events();
	cheap();
	LoadNow::set(load(0, 0, dollars * 1_000_000));
	end_round();
	(reached(), the_round().floor + Budget::<Test>::get())
}

fn set(policy: EmissionPolicy) {
	assert_ok!(Supply::set_emission(RuntimeOrigin::root(), policy));
}

#[test]
fn every_policy_sums_up_what_rounds_leak() {
	for policy in [EmissionPolicy::LoadWeighted, table(), EmissionPolicy::Released, sixteen()] {
		ExtBuilder::default().policy(policy).build_and_execute(|| {
			leaks(3);
			leaks(4);
			assert_eq!(Reached::<Test>::get(), (Usd(7_000_000), 0));
			// Where the sum does not fit it stays the most there can be.
			LoadNow::set(load(0, 0, u128::MAX));
			end_round();
			assert_eq!(Reached::<Test>::get().0, Usd(u128::MAX));
		});
	}
}

/// Milestones count what all rounds leaked together, whatever those emitted by. What is past when they are set is past.
#[test]
fn a_leak_under_another_policy_counts_for_milestones() {
	ExtBuilder::default().build_and_execute(|| {
		leaks(10);
		let list = [(5, VKTR), (10, 2 * VKTR), (11, 3 * VKTR), (30, 4 * VKTR), (31, 5 * VKTR)];
		set(milestones(list.map(|(dollars, amount)| milestone(dollars, amount)).into()));
		assert_eq!(Reached::<Test>::get(), (Usd(10_000_000), 2));
		assert_eq!(leaks(0), (vec![], 0));
		assert_eq!(leaks(1), (vec![(2, 3 * VKTR)], 3 * VKTR));
		set(EmissionPolicy::LoadWeighted);
		leaks(18);
		assert_eq!(reached(), vec![]);
		// A dollar short: the fourth has not been passed under the other policy.
		set(milestones(list.map(|(dollars, amount)| milestone(dollars, amount)).into()));
		assert_eq!(leaks(1), (vec![(3, 4 * VKTR)], 4 * VKTR));
		assert_eq!(leaks(1), (vec![(4, 5 * VKTR)], 5 * VKTR));
		assert_eq!(leaks(100), (vec![], 0));
	});
}

/// What a milestone would have released is gone where its leak came under another policy.
#[test]
fn a_milestone_that_another_policy_passed_releases_nothing() {
	let list = || milestones(vec![milestone(10, VKTR), milestone(20, 2 * VKTR)]);
	ExtBuilder::default().policy(list()).build_and_execute(|| {
		leaks(9);
		set(EmissionPolicy::Released);
		leaks(1);
		assert_eq!(reached(), vec![]);
		set(list());
		assert_eq!((Reached::<Test>::get(), Budget::<Test>::get()), ((Usd(10_000_000), 1), 0));
		assert_eq!(leaks(10), (vec![(1, 2 * VKTR)], 2 * VKTR));
	});
}

/// A new list's milestones are counted by what has leaked, not by how many of the old one were reached.
#[test]
fn a_new_list_of_milestones_goes_on_at_what_has_leaked() {
	ExtBuilder::default().policy(milestones(vec![milestone(1, VKTR), milestone(2, VKTR)])).build_and_execute(|| {
		assert_eq!(leaks(2), (vec![(0, VKTR), (1, VKTR)], 2 * VKTR));
		set(milestones(vec![milestone(3, VKTR), milestone(4, VKTR), milestone(5, 5 * VKTR)]));
		assert_eq!(Reached::<Test>::get().1, 0);
		assert_eq!(leaks(2), (vec![(0, VKTR), (1, VKTR)], 2 * VKTR));
		// Of a list with other steps as many are past as lie below.
		set(milestones([1, 2, 3, 4, 5].map(|dollars| milestone(dollars, dollars * VKTR)).into()));
		assert_eq!(Reached::<Test>::get().1, 4);
		assert_eq!(leaks(1), (vec![(4, 5 * VKTR)], 5 * VKTR));
	});
}

#[test]
fn a_list_that_is_set_again_releases_nothing_twice() {
	let list = || milestones(vec![milestone(1, VKTR), milestone(2, 2 * VKTR), milestone(9, 3 * VKTR)]);
	ExtBuilder::default().policy(list()).build_and_execute(|| {
		assert_eq!(leaks(2), (vec![(0, VKTR), (1, 2 * VKTR)], 3 * VKTR));
		for again in [vec![list()], vec![EmissionPolicy::LoadWeighted, list()], vec![EmissionPolicy::Released, list()]]
		{
			again.into_iter().for_each(set);
			assert_eq!((Reached::<Test>::get(), Budget::<Test>::get()), ((Usd(2_000_000), 2), 0));
			assert_eq!(leaks(0), (vec![], 0));
		}
		assert_eq!(leaks(7), (vec![(2, 3 * VKTR)], 3 * VKTR));
		set(list());
		assert_eq!(leaks(7), (vec![], 0));
	});
}
