//! An endpoint is shown to be the operator's own.

use frame_support::{assert_noop, pallet_prelude::Pays};
use sp_core::H256;
use vektor_primitives::{connectivity::activation_message, traits::Watch, Reach};

use crate::{mock::*, *};

fn signed(number: u32) -> RuntimeOrigin {
	RuntimeOrigin::signed(agent(number))
}

#[test]
fn who_gets_what_a_prober_sends_there_listens_there() {
	ExtBuilder::build_and_execute(|| {
		to_window(3);
		let operator = enter(1);
		System::reset_events();
		let number = leader(3);
		let result = Connectivity::answer_activation(signed(1), operator, 3, number.into(), challenge(number, 1, 3));
		assert_eq!(result.unwrap().pays_fee, Pays::No);
		assert_eq!(events(), [Event::EndpointProved { operator, validator: validator(number), window: 3 }]);
		let record = watched(operator);
		assert_eq!((record.proved, record.since, record.reach), (true, 4, Reach::Unproved));
	});
}

#[test]
fn a_challenge_holds_in_its_window_and_the_next() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		(1..4).for_each(to_window);
		let answer = |window, number: u8| {
			Connectivity::answer_activation(signed(1), operator, window, number.into(), challenge(number, 1, window))
		};
		for window in [1, 4, u32::MAX] {
			assert_noop!(answer(window, leader(1)), Error::<Test>::UnknownWindow);
		}
		assert!(answer(2, leader(2)).is_ok());
	});
}

#[test]
fn only_its_agent_answers_for_an_operator() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		enter(2);
		let (number, proof) = (u16::from(leader(0)), challenge(leader(0), 1, 0));
		let answer = |who| Connectivity::answer_activation(signed(who), operator, 0, number, proof.clone());
		assert_noop!(answer(2), Error::<Test>::NotAgent);
		assert_noop!(
			Connectivity::answer_activation(signed(1), crate::mock::operator(9), 0, number, proof.clone()),
			Error::<Test>::UnknownOperator
		);
		answer(1).unwrap();
		assert_noop!(answer(1), Error::<Test>::AlreadyProved);
	});
}

#[test]
fn one_who_is_not_watched_has_nothing_to_show() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		Connectivity::leave(&operator);
		assert_noop!(
			Connectivity::answer_activation(signed(1), operator, 0, 0, challenge(0, 1, 0)),
			Error::<Test>::NotWatched
		);
	});
}

#[test]
fn only_a_prober_of_the_window_challenges_and_only_for_this_operator_endpoint_and_window() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		enter(2);
		to_window(1);
		let answer = |prober, proof| Connectivity::answer_activation(signed(1), operator, 1, prober, proof);
		let beyond = u16::from(VALIDATORS);
		assert_noop!(answer(beyond, challenge(VALIDATORS, 1, 1)), Error::<Test>::UnknownProber);
		let message = |genesis, endpoint: &[u8]| activation_message(&genesis, &operator, endpoint, 1);
		let number = leader(1);
		for proof in [
			challenge((number + 1) % VALIDATORS, 1, 1),
			challenge(number, 2, 1),
			challenge(number, 1, 0),
			sign(number, message(genesis(), b"http://elsewhere")),
			sign(number, message(H256::zero(), &endpoint(1))),
		] {
			assert_noop!(answer(number.into(), proof), Error::<Test>::BadSignature);
		}
		answer(number.into(), challenge(number, 1, 1)).unwrap();
	});
}

#[test]
fn only_the_first_of_the_pages_committee_asks_for_an_endpoint_to_be_shown() {
	ExtBuilder::build_and_execute(|| {
		(0..=PAGE).for_each(|number| {
			enter(number);
		});
		to_window(1);
		let (operator, page) = (crate::mock::operator(PAGE), 1);
		let seed = Windows::<Test>::get(1).unwrap().seed;
		let first = rules::committee(VALIDATORS.into(), &seed, 1, page)[0];
		let answer = |number: u8| {
			let proof = challenge(number, PAGE, 1);
			Connectivity::answer_activation(signed(PAGE), operator, 1, number.into(), proof)
		};
		for number in (0..VALIDATORS).filter(|number| u16::from(*number) != first) {
			assert_noop!(answer(number), Error::<Test>::NotLeading);
		}
		answer(first as u8).unwrap();
	});
}

#[test]
fn a_set_that_is_not_the_windows_does_not_challenge() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		to_window(1);
		session([20, 21]);
		let first = |window: u32, count: u32| {
			rules::committee(count, &Windows::<Test>::get(window).unwrap().seed, window, 0)[0]
		};
		let answer = |window, number: u8, index| {
			Connectivity::answer_activation(signed(1), operator, window, index, challenge(number, 1, window))
		};
		assert_noop!(answer(1, 20, first(1, VALIDATORS.into())), Error::<Test>::BadSignature);
		to_window(2);
		let index = first(2, 2);
		assert_noop!(answer(2, 0, index), Error::<Test>::BadSignature);
		answer(2, [20, 21][usize::from(index)], index).unwrap();
	});
}
