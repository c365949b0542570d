use frame_support::{assert_noop, assert_ok, traits::VestingSchedule};
use sp_runtime::TokenError;
use vektor_primitives::{Balance, Ppm, VKTR};

use crate::{mock::*, *};

const LINEAR: Unlock = Unlock::CliffThenLinear { cliff: 12, months: 48 };

fn year(amount: Balance) -> EmissionPolicy {
	EmissionPolicy::YearTable { years: vec![amount].try_into().unwrap(), halving: 1 }
}

#[test]
fn genesis_writes_the_table_the_pace_and_the_first_round() {
	let list = vec![(alice(), 3 * VKTR), (bob(), MIN)];
	ExtBuilder::default().policy(EmissionPolicy::Released).airdrop(list).build_and_execute(|| {
		let row = |name: &str, amount, release| Allocation {
			name: name.as_bytes().to_vec().try_into().unwrap(),
			amount,
			release,
		};
		let treasury = Unlock::CliffThenLinear { cliff: 6, months: 36 };
		assert_eq!(
			Allocations::<Test>::get().into_inner(),
			vec![
				row("emission", EMISSION, Release::Emission),
				row("treasury", STREAM, Release::Treasury(treasury)),
				row("team", TEAM, Release::Holders(LINEAR)),
				row("public", CAP - EMISSION - STREAM - TEAM, Release::Holders(Unlock::AtOnce)),
			]
		);
		assert_eq!(Policy::<Test>::get(), EmissionPolicy::Released);
		assert_eq!(Pace::<Test>::get(), Schedule { total: EMISSION, duration: 10 * YEAR, year: YEAR });
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 0, began: 0, ends: 10 });
		assert_eq!((Airdrop::<Test>::get(alice()), Airdrop::<Test>::get(bob())), (Some(3 * VKTR), Some(MIN)));
		assert_eq!(Airdrop::<Test>::iter().count(), 2);
		assert_eq!((Streamed::<Test>::get(), Budget::<Test>::get(), Reached::<Test>::get().1), (0, 0, 0));
		assert_eq!(Emitted::<Test>::get(), EmissionBook::default());
		assert_eq!(Balances::total_issuance(), CAP);
		assert_eq!(our_events(), vec![]);
	});
}

#[test]
fn the_first_round_is_as_long_as_genesis_says() {
	ExtBuilder::default().spoil(|genesis| genesis.parameters = Some(25)).build_and_execute(|| {
		assert_eq!(CurrentRound::<Test>::get(), Round { index: 0, began: 0, ends: 25 });
	});
}

#[test]
fn a_name_of_48_bytes_fits() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[0].name = "n".repeat(48)).build_and_execute(|| {
		assert_eq!(Allocations::<Test>::get()[0].name.len(), 48);
	});
}

#[test]
#[should_panic(expected = "supply: the allocations do not sum to the cap")]
fn allocations_that_do_not_sum_to_the_cap_stop_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[3].amount -= 1).build();
}

#[test]
#[should_panic(expected = "a sum of amounts fits")]
fn allocations_that_overflow_stop_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[3].amount = u128::MAX).build();
}

#[test]
#[should_panic(expected = "supply: the balances do not sum to the allocations")]
fn balances_beyond_the_allocations_stop_the_chain() {
	ExtBuilder::default().forged(1).build();
}

#[test]
#[should_panic(expected = "supply: a pot does not hold what is booked for it and its floor")]
fn a_pot_that_holds_too_little_stops_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.airdrop.push((alice(), VKTR))).build();
}

#[test]
#[should_panic(expected = "supply: a pot does not hold what is booked for it and its floor")]
fn a_pot_that_holds_too_much_stops_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		genesis.allocations[0].amount -= 1;
		genesis.allocations[3].amount += 1;
	};
	ExtBuilder::default().spoil(spoil).build();
}

#[test]
#[should_panic(expected = "supply: the holders of `team` do not hold all of it")]
fn holders_who_do_not_hold_all_stop_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[2].holders[0].1 -= 1).build();
}

/// A lock on tokens that are not there locks nothing: whoever holds them instead holds them free.
#[test]
#[should_panic(expected = "supply: a holder has less than what is its share")]
fn a_holder_without_the_tokens_stops_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[2].holders[0].0 = TakersAccount::get()).build();
}

/// Bob holds each of his two shares, but not both.
#[test]
#[should_panic(expected = "supply: a holder has less than what is its share")]
fn a_holder_of_shares_beyond_the_tokens_stops_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		let more = GenesisAllocation { amount: 1, holders: vec![(bob(), 1)], ..genesis.allocations[2].clone() };
		genesis.allocations.push(more);
		genesis.allocations[3].amount -= 1;
	};
	ExtBuilder::default().spoil(spoil).build();
}

#[test]
#[should_panic(expected = "supply: a holder of `team` has too many schedules")]
fn a_holder_of_too_many_shares_stops_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		genesis.allocations[2].holders = vec![(bob(), TEAM / 40); 40];
	};
	ExtBuilder::default().spoil(spoil).build();
}

#[test]
#[should_panic(expected = "a name has at most 48 bytes")]
fn a_name_that_is_too_long_stops_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[0].name = "n".repeat(49)).build();
}

#[test]
#[should_panic(expected = "at most 16 allocations")]
fn a_table_that_is_too_long_stops_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		let row = GenesisAllocation { amount: 0, ..genesis.allocations[3].clone() };
		genesis.allocations.extend(vec![row; 13]);
	};
	ExtBuilder::default().spoil(spoil).build();
}

#[test]
#[should_panic(expected = "supply: a share of the airdrop is below the least balance")]
fn a_share_below_the_least_balance_stops_the_chain() {
	ExtBuilder::default().airdrop(vec![(alice(), MIN), (bob(), MIN - 1)]).build();
}

#[test]
#[should_panic(expected = "supply: an account is on the airdrop's list twice")]
fn an_account_that_is_on_the_list_twice_stops_the_chain() {
	ExtBuilder::default().airdrop(vec![(alice(), MIN), (bob(), MIN), (alice(), VKTR)]).build();
}

#[test]
#[should_panic(expected = "supply: the emission policy cannot be followed")]
fn an_unsound_policy_stops_the_chain() {
	ExtBuilder::default().policy(EmissionPolicy::Milestones { milestones: Default::default() }).build();
}

#[test]
fn a_year_of_exactly_twice_the_base_can_be_followed() {
	ExtBuilder::default().policy(year(2 * EMISSION / 10)).build_and_execute(|| {
		assert_eq!(Policy::<Test>::get(), year(90_000 * VKTR));
	});
}

#[test]
#[should_panic(expected = "supply: the emission policy cannot be followed")]
fn a_year_above_twice_the_base_stops_the_chain() {
	ExtBuilder::default().policy(year(2 * EMISSION / 10 + 1)).build();
}

#[test]
#[should_panic(expected = "supply: a parameter is outside its bounds")]
fn a_parameter_outside_its_bounds_stops_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.parameters = Some(0)).build();
}

#[test]
#[should_panic(expected = "supply: an allocation cannot come free as it says")]
fn an_unlock_without_months_stops_the_chain() {
	ExtBuilder::default().unlock(Unlock::CliffThenLinear { cliff: 12, months: 0 }).build();
}

#[test]
#[should_panic(expected = "supply: an allocation cannot come free as it says")]
fn a_cliff_that_takes_all_months_stops_the_chain() {
	ExtBuilder::default().unlock(Unlock::AccruingCliff { cliff: 12, months: 12 }).build();
}

#[test]
#[should_panic(expected = "supply: an allocation cannot come free as it says")]
fn a_part_above_one_stops_the_chain() {
	ExtBuilder::default().unlock(Unlock::PartAtOnce { now: Ppm(1_000_001), months: 12 }).build();
}

#[test]
#[should_panic(expected = "supply: an allocation cannot come free as it says")]
fn a_treasury_that_cannot_be_paid_stops_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		genesis.allocations[1].release = Release::Treasury(Unlock::PartAtOnce { now: Ppm(0), months: 0 });
	};
	ExtBuilder::default().spoil(spoil).build();
}

/// Bob's lock follows `table`, which says what is free at a slot, at most `early` units ahead of it, and lets him have
/// the rest.
fn comes_free(unlock: Unlock, early: Balance, table: fn(u32) -> Balance) {
	ExtBuilder::default().unlock(unlock).build_and_execute(|| {
		let locked = || Vesting::vesting_balance(&bob()).unwrap_or_default();
		for slot in
			(0..=70).flat_map(|month: u32| [(month * MONTH).saturating_sub(1), month * MONTH, month * MONTH + 37])
		{
			Now::set(slot);
			let expected = TEAM - table(slot);
			assert!(locked() <= expected && expected <= locked() + early, "{slot}: {} of {expected}", locked());
		}
		Now::set(30 * MONTH);
		let free = TEAM - locked();
		assert_ok!(Vesting::vest(signed(bob())));
		assert_noop!(Balances::transfer_allow_death(signed(bob()), alice(), free + 1), TokenError::Frozen);
		assert_ok!(Balances::transfer_allow_death(signed(bob()), alice(), free));
		assert_eq!(balance(&bob()), TEAM - free);
	});
	// At the end of the table, and at no slot before it, the last unit is free.
	ExtBuilder::default().unlock(unlock).build_and_execute(|| {
		let end = (0..).find(|slot| table(*slot) == TEAM).expect("an end");
		Now::set(end);
		assert_eq!(Vesting::vesting_balance(&bob()), Some(0));
		assert_ok!(Vesting::vest(signed(bob())));
		assert_eq!(Vesting::vesting_balance(&bob()), None);
		assert_ok!(Balances::transfer_allow_death(signed(bob()), alice(), TEAM));
		assert_eq!(balance(&bob()), 0);
	});
}

/// What of `amount` is free at `slot` where it comes evenly between two slots.
fn evenly(amount: Balance, start: u32, end: u32, slot: u32) -> Balance {
	amount * Balance::from(slot.clamp(start, end) - start) / Balance::from(end - start)
}

#[test]
fn after_a_cliff_a_share_comes_evenly() {
	comes_free(LINEAR, TEAM.div_ceil(4_800), |slot| evenly(TEAM, 1_200, 6_000, slot));
}

#[test]
fn months_of_a_cliff_come_together() {
	let unlock = Unlock::AccruingCliff { cliff: 12, months: 48 };
	comes_free(unlock, TEAM.div_ceil(4_800), |slot| match slot {
		0..1_200 => 0,
		_ => TEAM / 4 + evenly(TEAM - TEAM / 4, 1_200, 4_800, slot),
	});
}

#[test]
fn a_part_comes_at_once_and_the_rest_evenly() {
	let unlock = Unlock::PartAtOnce { now: Ppm(100_000), months: 54 };
	comes_free(unlock, TEAM.div_ceil(5_400), |slot| TEAM / 10 + evenly(TEAM - TEAM / 10, 0, 5_400, slot));
}

#[test]
fn what_comes_at_once_is_never_locked() {
	ExtBuilder::default().unlock(Unlock::AtOnce).build_and_execute(|| {
		assert_eq!(Vesting::vesting_balance(&bob()), None);
		assert_ok!(Balances::transfer_allow_death(signed(bob()), alice(), TEAM));
	});
}

#[test]
fn nothing_of_a_lump_comes_before_its_cliff() {
	ExtBuilder::default().unlock(Unlock::AccruingCliff { cliff: 12, months: 48 }).build_and_execute(|| {
		Now::set(1_199);
		assert_eq!(Vesting::vesting_balance(&bob()), Some(TEAM));
		Now::set(1_200);
		assert_eq!(Vesting::vesting_balance(&bob()), Some(TEAM - TEAM / 4));
	});
}

#[test]
fn two_shares_of_a_holder_come_side_by_side() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		genesis.allocations[2].holders = vec![(bob(), TEAM / 3), (bob(), TEAM - TEAM / 3)];
	};
	ExtBuilder::default().spoil(spoil).build_and_execute(|| {
		assert_eq!(Vesting::vesting_balance(&bob()), Some(TEAM));
		Now::set(60 * MONTH);
		assert_eq!(Vesting::vesting_balance(&bob()), Some(0));
	});
}

#[test]
fn shares_of_a_holder_in_two_rows_come_side_by_side() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		let half =
			GenesisAllocation { amount: TEAM / 2, holders: vec![(bob(), TEAM / 2)], ..genesis.allocations[2].clone() };
		genesis.allocations[2] = half.clone();
		genesis.allocations.push(half);
	};
	ExtBuilder::default().spoil(spoil).build_and_execute(|| {
		assert_eq!(Vesting::vesting_balance(&bob()), Some(TEAM));
		Now::set(60 * MONTH);
		assert_eq!(Vesting::vesting_balance(&bob()), Some(0));
	});
}

/// Only the first would be paid.
#[test]
#[should_panic(expected = "supply: one allocation comes free to the treasury")]
fn two_rows_of_the_treasury_stop_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		let half = GenesisAllocation { amount: STREAM / 2, ..genesis.allocations[1].clone() };
		genesis.allocations[1] = half.clone();
		genesis.allocations.push(half);
	};
	ExtBuilder::default().spoil(spoil).build();
}

/// Each would show all that was emitted.
#[test]
#[should_panic(expected = "supply: one allocation is emitted")]
fn two_rows_of_the_emission_stop_the_chain() {
	let spoil = |genesis: &mut GenesisConfig<Test>| {
		let half = GenesisAllocation { amount: EMISSION / 2, ..genesis.allocations[0].clone() };
		genesis.allocations[0] = half.clone();
		genesis.allocations.push(half);
	};
	ExtBuilder::default().spoil(spoil).build();
}

#[test]
#[should_panic(expected = "supply: one allocation is emitted")]
fn a_table_without_an_emission_stops_the_chain() {
	ExtBuilder::default().spoil(|genesis| genesis.allocations[0].release = Release::Holders(Unlock::AtOnce)).build();
}
