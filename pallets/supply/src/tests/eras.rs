use frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate,
		tokens::Preservation::{Expendable, Preserve},
		Hooks, LockableCurrency, WithdrawReasons,
	},
	weights::Weight,
};
use vektor_primitives::{Balance, VKTR};

use crate::{mock::*, *};

/// What a round without load puts aside for validators: a quarter of a quarter of the base.
const PART: Balance = 375 * VKTR / 16;

/// Validators, in the order of their pages.
fn validator(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

type Page = (AccountId, u32, Balance);

/// Ends an era after so many rounds, and says what was booked for it.
fn era_ends(era: u32, rounds: u32, pages: Vec<Page>) -> Balance {
	for _ in 0..rounds {
		end_round();
	}
	LastEnded::set(Some(era));
	Pages::mutate(|eras| eras.insert(era, pages));
	Supply::end_era()
}

/// Gives so many blocks all the time they can use.
fn blocks(number: u32) {
	for _ in 0..number {
		idle();
	}
}

fn open(era: u32) -> Vec<(AccountId, u32)> {
	Pages::get()[&era].iter().map(|(who, page, _)| (who.clone(), *page)).collect()
}

fn fail(era: u32, validator: &AccountId, page: u32) {
	Broken::mutate(|broken| broken.insert((era, validator.clone(), page)));
}

/// What the events after rounds say.
fn payout_events() -> Vec<Event<Test>> {
	let others = |event: &Event<Test>| !matches!(event, Event::RoundEnded { .. } | Event::TreasuryPaid { .. });
	our_events().into_iter().filter(others).collect()
}

/// Gives all of a pot away but its floor. The books of the emission say that stakers have it.
fn empty(pot: &AccountId) {
	let amount = balance(pot) - MIN;
	if *pot == Supply::emission_pot() {
		Emitted::<Test>::mutate(|book| book.stakers += amount);
	}
	assert_ok!(Balances::transfer(pot, &alice(), amount, Preserve));
}

#[test]
fn an_era_that_ends_pays_what_rounds_have_put_aside() {
	ExtBuilder::default().build_and_execute(|| {
		end_round();
		end_round();
		assert_eq!((EraPending::<Test>::get(), EraOwed::<Test>::get()), (2 * PART, 0));
		assert_eq!(Supply::end_era(), 2 * PART);
		assert_eq!((EraPending::<Test>::get(), EraOwed::<Test>::get()), (0, 2 * PART));
		assert_eq!(Supply::end_era(), 0);
		end_round();
		assert_eq!(Supply::end_era(), PART);
		assert_eq!((EraPending::<Test>::get(), EraOwed::<Test>::get()), (0, 3 * PART));
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION + 3 * PART);
	});
}

#[test]
fn a_page_a_block_is_paid_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		let pages = vec![(validator(2), 0, 4 * VKTR), (validator(1), 1, 2 * VKTR), (validator(1), 0, VKTR)];
		let booked = era_ends(0, 1, pages);

		idle();
		assert_eq!(open(0), vec![(validator(2), 0), (validator(1), 1)]);
		assert_eq!(Paying::<Test>::get(), Payout { era: 0, after: Some((validator(1), 0)), failed: None });
		assert_eq!(EraOwed::<Test>::get(), booked - VKTR);
		idle();
		assert_eq!(open(0), vec![(validator(2), 0)]);
		idle();
		assert_eq!(open(0), vec![]);

		assert_eq!((balance(&validator(1)), balance(&validator(2))), (3 * VKTR, 4 * VKTR));
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION + booked - 7 * VKTR);
		assert_eq!(EraOwed::<Test>::get(), booked - 7 * VKTR);
		// What staking minted, the pot has paid for.
		assert_eq!(Balances::total_issuance(), CAP);
		assert_eq!(payout_events(), vec![]);
	});
}

#[test]
fn what_nobody_earned_goes_back_when_the_era_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		let booked = era_ends(0, 4, vec![(validator(1), 0, 50 * VKTR)]);
		// The era that is on has something of its own.
		end_round();
		blocks(2);

		assert_eq!(payout_events(), vec![Event::RewardsReturned { amount: booked - 50 * VKTR }]);
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION + PART);
		assert_eq!((EraPending::<Test>::get(), EraOwed::<Test>::get()), (PART, 0));
		assert_eq!(in_emission(), EMISSION - PART - 50 * VKTR);
		let book = Emitted::<Test>::get();
		assert_eq!((book.validators, book.returned, book.net()), (5 * PART, booked - 50 * VKTR, PART + 50 * VKTR));
		assert_eq!(Paying::<Test>::get(), Payout { era: 1, after: None, failed: None });
		assert_eq!(Balances::total_issuance(), CAP);

		blocks(3);
		assert_eq!(payout_events().len(), 1);
	});
}

#[test]
fn an_era_that_paid_all_returns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(era_ends(0, 2, vec![(validator(1), 0, PART), (validator(2), 0, PART)]), 2 * PART);
		blocks(3);
		assert_eq!(payout_events(), vec![]);
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION);
		assert_eq!(EraOwed::<Test>::get(), 0);
		assert_eq!(Paying::<Test>::get().era, 1);
	});
}

#[test]
fn an_era_without_pages_gives_everything_back() {
	ExtBuilder::default().build_and_execute(|| {
		let booked = era_ends(0, 3, vec![]);
		idle();
		assert_eq!(payout_events(), vec![Event::RewardsReturned { amount: booked }]);
		assert_eq!((in_emission(), Emitted::<Test>::get().net()), (EMISSION, 0));
	});
}

#[test]
fn two_ended_eras_are_paid_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		let first = era_ends(0, 2, vec![(validator(9), 0, VKTR)]);
		let second = era_ends(1, 3, vec![(validator(1), 0, 2 * VKTR)]);
		assert_eq!(EraOwed::<Test>::get(), first + second);

		idle();
		assert_eq!((open(0).len(), open(1).len()), (0, 1));
		idle();
		// The first is done, but what nobody earned of it waits: the second may need it.
		assert_eq!((Paying::<Test>::get().era, payout_events()), (1, vec![]));
		idle();
		assert_eq!(open(1), vec![]);
		idle();
		assert_eq!(payout_events(), vec![Event::RewardsReturned { amount: first + second - 3 * VKTR }]);
		assert_eq!(Paying::<Test>::get(), Payout { era: 2, after: None, failed: None });
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION);
	});
}

#[test]
fn without_an_ended_era_a_block_only_looks() {
	ExtBuilder::default().build_and_execute(|| {
		let look = <Test as Config>::WeightInfo::no_era_to_pay();
		assert_eq!(idle(), look);
		era_ends(0, 1, vec![(validator(1), 0, VKTR)]);
		assert_ne!(idle(), look);
		idle();
		assert_eq!(idle(), look);
		assert_eq!(Paying::<Test>::get().era, 1);
	});
}

#[test]
fn a_page_is_paid_only_where_its_weight_fits() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR)]);
		let look = <Test as Config>::WeightInfo::no_era_to_pay();
		let page = <Test as Config>::WeightInfo::pay_era().saturating_add(Weight::from_parts(1_000, 0));
		let all = look.saturating_add(page);
		let one = Weight::from_parts(1, 0);

		assert_eq!(Supply::on_idle(0, look.saturating_sub(one)), Weight::zero());
		assert_eq!(Supply::on_idle(0, look), look);
		assert_eq!(Supply::on_idle(0, all.saturating_sub(one)), look);
		assert_eq!((open(0).len(), Paying::<Test>::get()), (1, Payout::default()));
		assert_eq!(Supply::on_idle(0, all), all);
		assert_eq!(open(0), vec![]);
	});
}

#[test]
fn a_page_that_fails_twice_is_paid_the_third_time() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR), (validator(2), 0, VKTR)]);
		fail(0, &validator(1), 0);
		blocks(2);
		assert_eq!(Paying::<Test>::get(), Payout { era: 0, after: None, failed: Some((validator(1), 0, 2)) });
		Broken::set(Default::default());
		blocks(2);
		assert_eq!((open(0), payout_events()), (vec![], vec![]));
		assert_eq!((balance(&validator(1)), balance(&validator(2))), (VKTR, VKTR));
	});
}

#[test]
fn a_page_that_fails_three_times_is_left_out() {
	ExtBuilder::default().build_and_execute(|| {
		let pages = vec![(validator(1), 0, VKTR), (validator(2), 3, 2 * VKTR), (validator(3), 0, 4 * VKTR)];
		let booked = era_ends(0, 1, pages);
		fail(0, &validator(2), 3);
		blocks(3);
		assert_eq!((payout_events(), Paying::<Test>::get().failed), (vec![], Some((validator(2), 3, 2))));
		blocks(1);
		let left_out = Event::PageLeftOut { era: 0, validator: validator(2), page: 3 };
		assert_eq!(payout_events(), vec![left_out.clone()]);
		assert_eq!(Paying::<Test>::get(), Payout { era: 0, after: Some((validator(2), 3)), failed: None });
		blocks(2);
		assert_eq!(open(0), vec![(validator(2), 3)]);
		assert_eq!([1, 2, 3].map(|number| balance(&validator(number))), [VKTR, 0, 4 * VKTR]);
		assert_eq!(payout_events(), vec![left_out, Event::RewardsReturned { amount: booked - 5 * VKTR }]);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

/// Somebody else paid the page that failed: the next one has not failed yet.
#[test]
fn each_page_has_three_tries_of_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR), (validator(2), 0, VKTR)]);
		fail(0, &validator(1), 0);
		fail(0, &validator(2), 0);
		blocks(2);
		Pages::mutate(|eras| eras.get_mut(&0).unwrap().retain(|page| page.0 != validator(1)));
		blocks(1);
		assert_eq!(Paying::<Test>::get(), Payout { era: 0, after: None, failed: Some((validator(2), 0, 1)) });
		blocks(1);
		assert_eq!(payout_events(), vec![]);
		blocks(1);
		assert_eq!(payout_events(), vec![Event::PageLeftOut { era: 0, validator: validator(2), page: 0 }]);
	});
}

/// A validator's pages are told apart by their numbers.
#[test]
fn each_page_of_a_validator_has_three_tries_of_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR), (validator(1), 1, VKTR)]);
		fail(0, &validator(1), 0);
		fail(0, &validator(1), 1);
		blocks(2);
		Pages::mutate(|eras| eras.get_mut(&0).unwrap().retain(|page| page.1 != 0));
		blocks(1);
		assert_eq!(Paying::<Test>::get().failed, Some((validator(1), 1, 1)));
	});
}

#[test]
fn a_page_after_one_that_was_left_out_has_three_tries_of_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR), (validator(2), 0, VKTR)]);
		fail(0, &validator(1), 0);
		fail(0, &validator(2), 0);
		blocks(5);
		assert_eq!(payout_events(), vec![Event::PageLeftOut { era: 0, validator: validator(1), page: 0 }]);
		assert_eq!(Paying::<Test>::get().failed, Some((validator(2), 0, 2)));
		Broken::set(Default::default());
		blocks(1);
		assert_eq!((balance(&validator(1)), balance(&validator(2))), (0, VKTR));
	});
}

/// A page of the next era is another, even where it has the same validator and number.
#[test]
fn no_failure_is_carried_into_the_next_era() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR)]);
		era_ends(1, 1, vec![(validator(1), 0, VKTR)]);
		fail(0, &validator(1), 0);
		fail(1, &validator(1), 0);
		blocks(2);
		Pages::mutate(|eras| eras.insert(0, vec![]));
		blocks(2);
		assert_eq!(Paying::<Test>::get(), Payout { era: 1, after: None, failed: Some((validator(1), 0, 1)) });
	});
}

#[test]
fn a_reward_that_makes_no_account_is_left_out() {
	ExtBuilder::default().build_and_execute(|| {
		let booked = era_ends(0, 1, vec![(validator(1), 0, MIN - 1)]);
		blocks(4);
		assert_eq!(
			payout_events(),
			vec![
				Event::PageLeftOut { era: 0, validator: validator(1), page: 0 },
				Event::RewardsReturned { amount: booked }
			]
		);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn rewards_a_little_above_what_was_booked_come_from_the_cushion() {
	ExtBuilder::default().build_and_execute(|| {
		let booked = era_ends(0, 1, vec![(validator(1), 0, PART + 5)]);
		blocks(2);
		assert_eq!(balance(&validator(1)), booked + 5);
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION - 5);
		assert_eq!((EraOwed::<Test>::get(), in_emission()), (0, EMISSION - booked));
		assert_eq!((Balances::total_issuance(), Raised::get(), payout_events()), (CAP, 0, vec![]));

		// What nobody earns of the next era fills the cushion up first.
		era_ends(1, 1, vec![]);
		idle();
		assert_eq!(payout_events(), vec![Event::RewardsReturned { amount: PART - 5 }]);
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION);
	});
}

#[test]
fn rewards_beyond_the_cushion_come_from_the_emission_pot() {
	ExtBuilder::default().build_and_execute(|| {
		let booked = era_ends(0, 1, vec![(validator(1), 0, PART + CUSHION + 7)]);
		blocks(2);
		assert_eq!(balance(&validator(1)), booked + CUSHION + 7);
		assert_eq!(balance(&Supply::era_pot()), MIN);
		assert_eq!(in_emission(), EMISSION - booked - 7);
		assert_eq!((Balances::total_issuance(), Raised::get(), payout_events()), (CAP, 0, vec![]));
		// What left the pot was emitted, to validators.
		assert_eq!(Emitted::<Test>::get(), EmissionBook { validators: booked + 7, ..Default::default() });
	});
}

/// What rounds have put aside for the era that is on pays for no other.
#[test]
fn rewards_beyond_the_cushion_leave_what_is_pending() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, PART + CUSHION + 7)]);
		end_round();
		blocks(2);
		assert_eq!((EraPending::<Test>::get(), Balances::total_issuance()), (PART, CAP));
		assert_eq!(balance(&Supply::era_pot()), MIN + PART);
		assert_eq!((in_emission(), Emitted::<Test>::get().validators), (EMISSION - 2 * PART - 7, 2 * PART + 7));
	});
}

/// `PageLeftOut` promises that anybody may still claim it, and by then its share has gone back to the emission pot.
#[test]
fn a_page_that_was_left_out_can_still_be_claimed() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, 10 * VKTR)]);
		fail(0, &validator(1), 0);
		blocks(4);
		end_round();
		assert_eq!(balance(&Supply::era_pot()), MIN + CUSHION + PART);
		Broken::set(Default::default());

		assert_ok!(<crate::mock::Eras as crate::Eras<AccountId>>::pay(0, &validator(1), 0));

		assert_eq!(balance(&validator(1)), 10 * VKTR);
		assert_eq!((Balances::total_issuance(), Raised::get()), (CAP, 0));
		// The cushion pays first, then the pot that its share went back to.
		assert_eq!((balance(&Supply::era_pot()), EraPending::<Test>::get()), (MIN + PART, PART));
		let (back, late) = (PART, 10 * VKTR - CUSHION);
		assert_eq!(in_emission(), EMISSION - PART - late);
		let book = EmissionBook { validators: 2 * PART + late, returned: back, ..Default::default() };
		assert_eq!(Emitted::<Test>::get(), book);
	});
}

/// Before the era is over, what a page that was left out pays is still booked.
#[test]
fn a_page_that_was_just_left_out_is_paid_from_what_was_booked() {
	ExtBuilder::default().build_and_execute(|| {
		let booked = era_ends(0, 1, vec![(validator(1), 0, 10 * VKTR), (validator(2), 0, VKTR)]);
		fail(0, &validator(1), 0);
		blocks(3);
		assert_eq!(payout_events(), vec![Event::PageLeftOut { era: 0, validator: validator(1), page: 0 }]);
		Broken::set(Default::default());

		assert_ok!(<crate::mock::Eras as crate::Eras<AccountId>>::pay(0, &validator(1), 0));

		assert_eq!((balance(&validator(1)), EraOwed::<Test>::get()), (10 * VKTR, booked - 10 * VKTR));
		assert_eq!((in_emission(), Emitted::<Test>::get().validators), (EMISSION - booked, booked));
		blocks(2);
		assert_eq!(payout_events()[1..], [Event::RewardsReturned { amount: booked - 11 * VKTR }]);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

/// What a late page takes of the next era's money, the emission pot makes up for.
#[test]
fn a_late_page_leaves_no_other_era_unpaid() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, 10 * VKTR)]);
		fail(0, &validator(1), 0);
		blocks(4);
		assert_eq!(era_ends(1, 1, vec![(validator(2), 0, PART)]), PART);
		Broken::set(Default::default());
		assert_ok!(<crate::mock::Eras as crate::Eras<AccountId>>::pay(0, &validator(1), 0));
		assert_eq!(EraOwed::<Test>::get(), PART - 10 * VKTR);

		blocks(2);

		assert_eq!((balance(&validator(1)), balance(&validator(2))), (10 * VKTR, PART));
		assert_eq!((EraOwed::<Test>::get(), balance(&Supply::era_pot())), (0, MIN));
		assert_eq!(in_emission() + PART + 10 * VKTR - CUSHION, EMISSION);
		assert_eq!((Balances::total_issuance(), Raised::get()), (CAP, 0));
	});
}

#[test]
fn a_pot_that_is_locked_leaves_the_payment_to_the_next() {
	ExtBuilder::default().build_and_execute(|| {
		era_ends(0, 1, vec![(validator(1), 0, VKTR)]);
		let pot = Supply::era_pot();
		Balances::set_lock(*b"a lock..", &pot, balance(&pot), WithdrawReasons::all());
		let before = in_emission();
		idle();
		assert_eq!((balance(&validator(1)), in_emission()), (VKTR, before - VKTR));
		assert_eq!((Balances::total_issuance(), Raised::get()), (CAP, 0));
		assert_eq!(Emitted::<Test>::get().validators, PART + VKTR);
	});
}

#[test]
fn rewards_that_no_pot_can_pay_raise_the_alarm() {
	ExtBuilder::default().build().execute_with(|| {
		era_ends(0, 1, vec![(validator(1), 0, 3 * VKTR)]);
		empty(&Supply::era_pot());
		empty(&Supply::emission_pot());
		assert_ok!(Balances::transfer(&alice(), &Supply::emission_pot(), VKTR, Expendable));

		idle();

		assert_eq!(balance(&validator(1)), 3 * VKTR);
		assert_eq!((balance(&Supply::era_pot()), balance(&Supply::emission_pot())), (MIN, MIN));
		assert_eq!(payout_events(), vec![Event::IssuanceBroken { amount: 2 * VKTR }]);
		assert_eq!((Raised::get(), Balances::total_issuance()), (1, CAP + 2 * VKTR));
		// What no pot has paid has not been emitted: only what had been given to the pot was.
		assert_eq!(Emitted::<Test>::get().validators, PART + VKTR);
		let error = format!("{:?}", Supply::do_try_state().expect_err("the cap is broken"));
		assert!(error.contains("supply: invariant 1,"), "{error}");
	});
}
