use frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate,
		tokens::Preservation::{Expendable, Preserve},
		Hooks,
	},
};
use vektor_primitives::{
	traits::{Load, Rounds},
	Balance, Ppm, Usd, VKTR,
};

use crate::{mock::*, *};

/// The even base of a round of ten slots, and the quarter of it that comes whatever the load.
const BASE: Balance = 375 * VKTR;
const FLOOR: Balance = BASE / 4;
/// A dollar, in micro-USD.
const DOLLAR: u128 = 1_000_000;

fn load(settled: u128, offered: u128, leak: u128) {
	LoadNow::set(Load { settled: Usd(settled), offered: Usd(offered), leak: Usd(leak) });
}

/// A price of a dollar for one VKTR, and a leak that allows any demand.
fn leaking() {
	NativePrice::set(Some(DOLLAR));
	load(0, 1, 1_000_000 * DOLLAR);
}

/// Leaves so much in the emission pot above its floor. The rest counts as emitted to stakers.
fn leave(amount: Balance) {
	let rest = in_emission() - amount;
	assert_ok!(Balances::transfer(&Supply::emission_pot(), &alice(), rest, Preserve));
	Emitted::<Test>::mutate(|book| book.stakers += rest);
}

#[test]
fn nothing_happens_before_a_round_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		pass(9);
		assert_eq!(our_events(), vec![]);
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 0, began: 0, ends: 10 });
		assert_eq!(<Supply as Rounds>::current(), 0);
		assert_eq!((in_emission(), Loads::<Test>::get().len()), (EMISSION, 0));
	});
}

#[test]
fn what_nobody_takes_stays_in_the_pot() {
	ExtBuilder::default().build_and_execute(|| {
		pass(10);
		assert_eq!(
			our_events(),
			vec![Event::RoundEnded {
				round: 0,
				floor: FLOOR,
				demand: 0,
				availability: 0,
				work: 0,
				stakers: 0,
				validators: FLOOR / 4,
			}]
		);
		assert_eq!(in_emission(), EMISSION - FLOOR / 4);
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION + FLOOR / 4);
		assert_eq!(EraPending::<Test>::get(), FLOOR / 4);
		assert_eq!(Emitted::<Test>::get(), EmissionBook { validators: FLOOR / 4, ..Default::default() });
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 1, began: 10, ends: 20 });
		assert_eq!(<Supply as Rounds>::current(), 1);
		assert_eq!(Given::get(), vec![]);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn with_receivers_every_part_is_given_and_booked() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		leaking();
		load(1, 1, 1_000_000 * DOLLAR);

		pass(10);

		let demand = BASE - FLOOR;
		let (availability, work, validators) = (FLOOR / 100 * 45, demand / 10 * 7, FLOOR / 4);
		let stakers = FLOOR / 10 * 3 + demand / 10 * 3;
		assert_eq!(availability + work + stakers + validators, BASE);
		assert_eq!(
			our_events(),
			vec![Event::RoundEnded { round: 0, floor: FLOOR, demand, availability, work, stakers, validators }]
		);
		assert_eq!(
			Given::get(),
			vec![
				(EmissionPart::Availability, availability),
				(EmissionPart::Work, work),
				(EmissionPart::Stakers, stakers)
			]
		);
		assert_eq!(balance(&TakersAccount::get()), MIN + availability + work + stakers);
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION + validators);
		assert_eq!(in_emission(), EMISSION - BASE);
		let book = EmissionBook { availability, work, stakers, validators, returned: 0 };
		assert_eq!((Emitted::<Test>::get(), book.net()), (book, BASE));
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn without_capacity_load_calls_for_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		leaking();
		load(1_000 * DOLLAR, 0, 1_000_000 * DOLLAR);
		pass(10);
		assert_eq!((the_round().floor, the_round().demand), (FLOOR, 0));
	});
}

#[test]
fn a_load_below_the_least_counts_as_the_least() {
	ExtBuilder::default().build_and_execute(|| {
		leaking();
		load(249, 1_000, 1_000_000 * DOLLAR);
		pass(10);
		assert_eq!((the_round().floor, the_round().demand), (FLOOR, 0));
	});
}

#[test]
fn demand_is_what_load_calls_for_above_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		leaking();
		load(251, 1_000, 1_000_000 * DOLLAR);
		pass(10);
		assert_eq!((the_round().floor, the_round().demand), (FLOOR, BASE / 1_000));
	});
}

#[test]
fn demand_is_at_most_kappa_of_the_leak() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		// Three tenths of 100 dollars, at two dollars for one VKTR.
		NativePrice::set(Some(2 * DOLLAR));
		load(1, 1, 100 * DOLLAR);
		pass(10);
		let round = the_round();
		assert_eq!((round.floor, round.demand), (FLOOR, 15 * VKTR));
		assert_eq!(round.parts[1], 10_500_000_000_000);
		assert_eq!(round.parts[2], FLOOR / 10 * 3 + 4_500_000_000_000);
		assert_eq!(in_emission(), EMISSION - FLOOR - 15 * VKTR);
	});
}

#[test]
fn the_floors_part_for_work_is_at_most_what_kappa_of_the_leak_leaves() {
	// A fifth of the floor is for work. Three tenths of the leak are 15 VKTR, of which load calls for some.
	let floor = FloorShares { work: Ppm(200_000), availability: Ppm(250_000), ..RULES.floor };
	for (leak, settled, demand, work) in [
		(1_000_000, 0, 0, FLOOR / 5),
		(100, 0, 0, 15 * VKTR),
		(0, 0, 0, 0),
		(100, 1_000, 15 * VKTR, 10_500_000_000_000),
		(1_000_000, 251, BASE / 1_000, BASE / 1_000 / 10 * 7 + FLOOR / 5),
	] {
		ExtBuilder::default().build_and_execute(|| {
			all_take();
			Ruling::mutate(|rules| rules.floor = floor);
			NativePrice::set(Some(2 * DOLLAR));
			load(settled, 1_000, leak * DOLLAR);
			pass(10);
			let round = the_round();
			assert_eq!((round.floor, round.demand, round.parts[1]), (FLOOR, demand, work), "{leak} {settled}");
			assert_eq!(round.parts[0], FLOOR / 4);
		});
	}
}

#[test]
fn a_load_above_the_most_counts_as_the_most() {
	for settled in [2_000, 2_001, 1_000_000_000, u128::MAX] {
		ExtBuilder::default().build_and_execute(|| {
			NativePrice::set(Some(DOLLAR));
			load(settled, 1_000, 1_000_000 * DOLLAR);
			pass(10);
			assert_eq!((the_round().floor, the_round().demand), (FLOOR, 2 * BASE - FLOOR));
		});
	}
}

#[test]
fn without_a_price_load_calls_for_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		load(1, 1, 1_000_000 * DOLLAR);
		pass(10);
		assert_eq!((the_round().floor, the_round().demand), (FLOOR, 0));
	});
}

#[test]
fn without_a_leak_load_calls_for_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(DOLLAR));
		load(1, 1, 0);
		pass(10);
		assert_eq!((the_round().floor, the_round().demand), (FLOOR, 0));
	});
}

#[test]
fn the_load_that_counts_is_seven_rounds_long() {
	ExtBuilder::default().build_and_execute(|| {
		leaking();
		load(1_000, 1_000, 1_000_000 * DOLLAR);
		pass(10);
		assert_eq!(the_round().demand, BASE - FLOOR);
		// From now on nobody works; of n rounds one was full, so the load is an n-th. From four on that is the least.
		load(0, 1_000, 1_000_000 * DOLLAR);
		pass(10);
		assert_eq!(the_round().demand, BASE / 2 - FLOOR);
		pass(10);
		assert_eq!(the_round().demand, BASE / 3 - FLOOR);
		pass(40);
		let rounds: Vec<_> = Loads::<Test>::get().iter().map(|load| (load.settled.0, load.offered.0)).collect();
		assert_eq!(rounds, [vec![(1_000, 1_000)], vec![(0, 1_000); 6]].concat());

		load(7_000, 1_000, 1_000_000 * DOLLAR);
		pass(10);
		// The eighth pushed the first out: were it still in, the load would be above one.
		assert_eq!((the_round().round, the_round().demand), (7, BASE - FLOOR));
		assert_eq!(Loads::<Test>::get().len(), 7);
		assert_eq!(Loads::<Test>::get()[0].settled, Usd(0));
	});
}

#[test]
fn loads_weigh_by_what_was_offered() {
	ExtBuilder::default().build_and_execute(|| {
		leaking();
		load(900, 1_000, 1_000_000 * DOLLAR);
		pass(10);
		load(0, 200, 1_000_000 * DOLLAR);
		pass(10);
		// 900 of 1_200, which is not the mean of nine tenths and nothing.
		assert_eq!(the_round().demand, BASE / 4 * 3 - FLOOR);
	});
}

#[test]
fn a_receiver_that_fails_leaves_its_part_in_the_pot() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		Failing::set(vec![EmissionPart::Availability]);
		pass(10);
		let round = the_round();
		assert_eq!(round.parts, [0, 0, FLOOR / 10 * 3, FLOOR / 4]);
		// What the receiver had moved before it failed is back.
		assert_eq!(balance(&TakersAccount::get()), MIN + FLOOR / 10 * 3);
		assert_eq!(in_emission(), EMISSION - FLOOR / 10 * 3 - FLOOR / 4);
		assert_eq!(Emitted::<Test>::get().availability, 0);
		assert_eq!(Given::get(), vec![(EmissionPart::Stakers, FLOOR / 10 * 3)]);
	});
}

#[test]
fn what_a_receiver_does_not_take_stays_in_the_pot() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		Takers::mutate(|takers| takers.retain(|part| *part != EmissionPart::Stakers));
		Sparing::set(vec![EmissionPart::Availability]);
		pass(10);
		let taken = FLOOR / 100 * 45 / 2;
		assert_eq!(the_round().parts, [taken, 0, 0, FLOOR / 4]);
		assert_eq!(in_emission(), EMISSION - taken - FLOOR / 4);
		assert_eq!(balance(&TakersAccount::get()), MIN + taken);
		assert_eq!(Emitted::<Test>::get().net(), taken + FLOOR / 4);
	});
}

#[test]
fn parts_sum_to_floor_and_demand_to_the_unit() {
	for unit in 1..50 {
		ExtBuilder::default().build_and_execute(|| {
			all_take();
			NativePrice::set(Some(DOLLAR));
			Pace::<Test>::mutate(|pace| pace.total -= unit * 77_777);
			load(777 + unit, 1_001, 100 * DOLLAR + unit);
			pass(10);
			let round = the_round();
			assert!(round.floor > 0 && round.demand > 0);
			assert_eq!(round.parts.iter().sum::<Balance>(), round.floor + round.demand);
			assert_eq!(in_emission(), EMISSION - round.floor - round.demand);
		});
	}
}

#[test]
fn rounds_that_are_over_end_one_a_block() {
	ExtBuilder::default().build_and_execute(|| {
		Now::set(34);
		for round in 0..3 {
			let others = <Prices as vektor_primitives::traits::PriceSource>::weight()
				.saturating_mul(33)
				.saturating_add(<<Test as Config>::Receivers as crate::Receivers<AccountId>>::weight());
			assert_eq!(Supply::on_initialize(0), <Test as Config>::WeightInfo::end_round().saturating_add(others));
			assert_eq!((the_round().round, our_events().len()), (round, round as usize + 1));
		}
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 3, began: 30, ends: 40 });
		assert_eq!(Supply::on_initialize(0), <Test as Config>::WeightInfo::within_a_round());
		assert_eq!(our_events().len(), 3);
		assert_eq!(in_emission(), EMISSION - 3 * FLOOR / 4);
		Now::set(39);
		assert_eq!(Supply::on_initialize(0), <Test as Config>::WeightInfo::within_a_round());
	});
}

/// A late round is judged by what happened in it, not by what happens when it ends.
#[test]
fn rounds_that_end_late_ask_for_their_own_load() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(DOLLAR));
		// What the round that is on has so far, of which none may hear.
		load(u128::MAX, 1, u128::MAX);
		let of = |settled, leak| Load { settled: Usd(settled), offered: Usd(1_000), leak: Usd(leak) };
		// Loads of 1, 0.5 and 0.5 on average; the last leaks ten dollars, which bounds demand to three of them.
		let loads = [of(1_000, 1_000_000 * DOLLAR), of(0, 1_000_000 * DOLLAR), of(500, 10 * DOLLAR)];
		LoadOf::set((0..).zip(loads).collect());
		Now::set(34);
		for (round, demand) in (0..).zip([BASE - FLOOR, BASE / 2 - FLOOR, 3 * VKTR]) {
			Supply::on_initialize(0);
			assert_eq!((the_round().round, the_round().demand), (round, demand));
		}
		Supply::on_initialize(0);
		assert_eq!(CurrentRound::<Test>::get().index, 3);
		let expected = [1_000, 0, 500].map(|settled| RoundLoad { settled: Usd(settled), offered: Usd(1_000) });
		assert_eq!(Loads::<Test>::get().into_inner(), expected);
		assert_eq!(Reached::<Test>::get().0, Usd(2_000_010 * DOLLAR));
	});
}

#[test]
fn a_pot_that_is_nearly_empty_serves_the_floor_first() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		NativePrice::set(Some(DOLLAR));
		load(1, 1, 1_000_000 * DOLLAR);
		leave(FLOOR + 10 * VKTR);

		pass(10);

		let round = the_round();
		assert_eq!((round.floor, round.demand), (FLOOR, 10 * VKTR));
		assert_eq!(round.parts.iter().sum::<Balance>(), FLOOR + 10 * VKTR);
		assert_eq!(balance(&Supply::emission_pot()), MIN);

		pass(10);
		let round = the_round();
		assert_eq!((round.round, round.floor, round.demand, round.parts), (1, 0, 0, [0; 4]));
		assert_eq!(balance(&Supply::emission_pot()), MIN);
		assert_eq!(Emitted::<Test>::get().net(), EMISSION);
	});
}

#[test]
fn a_pot_below_the_floor_of_a_round_gives_what_it_holds() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		leave(FLOOR / 2 + 1);
		pass(10);
		assert_eq!((the_round().floor, the_round().demand), (FLOOR / 2 + 1, 0));
		assert_eq!(balance(&Supply::emission_pot()), MIN);
	});
}

/// What is given to the pot is emitted like the rest, and breaks nothing.
#[test]
fn a_gift_to_the_pot_is_emitted_in_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		leave(0);
		assert_ok!(Balances::transfer(&alice(), &Supply::emission_pot(), 5 * VKTR, Expendable));
		pass(10);
		assert_eq!((the_round().floor, in_emission()), (5 * VKTR, 0));
	});
}

#[test]
fn shares_that_governance_changes_count_at_the_next_end() {
	ExtBuilder::default().build_and_execute(|| {
		all_take();
		let (none, all) = (Ppm(0), Ppm(1_000_000));
		let floor = FloorShares { availability: none, work: none, stakers: none, validators: all };
		let (min_load, max_load) = (all, all);
		Ruling::mutate(|rules| *rules = Rules { min_load, max_load, floor, ..*rules });
		pass(10);
		assert_eq!((the_round().floor, the_round().parts), (BASE, [0, 0, 0, BASE]));
	});
}
