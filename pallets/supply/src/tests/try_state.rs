use frame_support::{
	assert_ok,
	traits::{
		fungible::{Balanced, Mutate},
		tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve},
	},
};
use vektor_primitives::{Balance, Usd, VKTR};

use crate::{mock::*, *};

/// Lets two rounds and an era pass, breaks the state, and expects the invariant of that number to notice.
fn breaks(number: u8, corrupt: impl FnOnce()) {
	ExtBuilder::default().airdrop(vec![(alice(), VKTR), (bob(), VKTR)]).build().execute_with(|| {
		all_take();
		end_round();
		Supply::end_era();
		end_round();
		assert_ok!(Supply::burn(signed(alice()), VKTR));
		assert_ok!(Supply::do_try_state());
		corrupt();
		let error = format!("{:?}", Supply::do_try_state().expect_err("a broken state"));
		assert!(error.contains(&format!("supply: invariant {number},")), "{error}");
	});
}

/// Takes so much out of a pot, unnoticed.
fn steal(pot: AccountId, amount: Balance) {
	assert_ok!(Balances::transfer(&pot, &alice(), amount, Preserve));
}

#[test]
fn one_an_issuance_that_does_not_sum_to_the_cap() {
	breaks(1, || Supply::note_burned(BurnCause::Dust, 1));
	breaks(1, || Burned::<Test>::remove(BurnCause::Voluntary));
	breaks(1, || Burned::<Test>::insert(BurnCause::Fee, u128::MAX));
	breaks(1, || {
		assert_ok!(Balances::mint_into(&alice(), 1));
	});
	breaks(1, || drop(Balances::withdraw(&alice(), VKTR, Exact, Preserve, Polite).unwrap()));
}

#[test]
fn two_allocations_that_do_not_sum_to_the_cap() {
	breaks(2, Allocations::<Test>::kill);
	breaks(2, || Allocations::<Test>::mutate(|rows| rows[0].amount += 1));
	breaks(2, || Allocations::<Test>::mutate(|rows| rows[1].amount = u128::MAX));
}

#[test]
fn three_an_emission_pot_that_holds_too_little() {
	breaks(3, || steal(Supply::emission_pot(), 1));
	breaks(3, Emitted::<Test>::kill);
	breaks(3, || Emitted::<Test>::mutate(|book| book.returned += 1));
	breaks(3, || Pace::<Test>::mutate(|pace| pace.total += 1));
}

#[test]
fn four_an_era_pot_that_holds_too_little() {
	breaks(4, || EraPending::<Test>::mutate(|pending| *pending += CUSHION + 1));
	breaks(4, || EraOwed::<Test>::mutate(|owed| *owed += CUSHION + 1));
	breaks(4, || EraOwed::<Test>::put(u128::MAX));
	breaks(4, || steal(Supply::era_pot(), CUSHION + 1));
}

#[test]
fn five_an_airdrop_pot_that_holds_too_little() {
	breaks(5, || Airdrop::<Test>::insert(TreasuryAccount::get(), 1));
	breaks(5, || Airdrop::<Test>::insert(alice(), u128::MAX));
	breaks(5, || steal(Supply::airdrop_pot(), 1));
}

#[test]
fn six_a_stream_pot_that_holds_too_little() {
	breaks(6, || steal(Supply::stream_pot(), 1));
	breaks(6, || Streamed::<Test>::put(STREAM + 1));
}

#[test]
fn seven_a_parameter_outside_its_bounds() {
	breaks(7, || ParametersAreSound::set(false));
}

#[test]
fn eight_a_round_without_a_length_or_with_too_many_loads() {
	breaks(8, || CurrentRound::<Test>::mutate(|round| round.ends = round.began));
	breaks(8, || CurrentRound::<Test>::mutate(|round| round.index = 1));
	breaks(8, || {
		let load = RoundLoad { settled: Usd(1), offered: Usd(1) };
		Loads::<Test>::mutate(|loads| loads.try_push(load).unwrap());
	});
}

#[test]
fn nine_a_policy_that_cannot_be_followed() {
	breaks(9, || Policy::<Test>::put(EmissionPolicy::Milestones { milestones: Default::default() }));
	let table = |years: Vec<Balance>| EmissionPolicy::YearTable { years: years.try_into().unwrap(), halving: 1 };
	breaks(9, || Policy::<Test>::put(table(vec![])));
	breaks(9, || Policy::<Test>::put(table(vec![2 * EMISSION / 10 + 1])));
	breaks(9, || {
		Policy::<Test>::put(table(vec![2 * EMISSION / 10]));
		Pace::<Test>::mutate(|pace| pace.duration += 1);
	});
}
