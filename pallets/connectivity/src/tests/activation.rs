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
		let result = Connectivity::answer_activation(signed(1), operator, 3, 4, challenge(4, 1, 3));
		assert_eq!(result.unwrap().pays_fee, Pays::No);
		assert_eq!(events(), [Event::EndpointProved { operator, validator: validator(4), window: 3 }]);
		let record = watched(operator);
		assert_eq!((record.proved, record.since, record.reach), (true, 4, Reach::Unproved));
	});
}

#[test]
fn a_challenge_holds_in_its_window_and_the_next() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		(1..4).for_each(to_window);
		let answer = |window| Connectivity::answer_activation(signed(1), operator, window, 0, challenge(0, 1, window));
		for window in [1, 4, u32::MAX] {
			assert_noop!(answer(window), Error::<Test>::UnknownWindow);
		}
		assert!(answer(2).is_ok());
	});
}

#[test]
fn only_its_agent_answers_for_an_operator() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		enter(2);
		let proof = challenge(0, 1, 0);
		let answer = |who| Connectivity::answer_activation(signed(who), operator, 0, 0, proof.clone());
		assert_noop!(answer(2), Error::<Test>::NotAgent);
		assert_noop!(
			Connectivity::answer_activation(signed(1), crate::mock::operator(9), 0, 0, proof.clone()),
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
		for proof in [
			challenge(1, 1, 1),
			challenge(0, 2, 1),
			challenge(0, 1, 0),
			sign(0, message(genesis(), b"http://elsewhere")),
			sign(0, message(H256::zero(), &endpoint(1))),
		] {
			assert_noop!(answer(0, proof), Error::<Test>::BadSignature);
		}
		answer(0, challenge(0, 1, 1)).unwrap();
	});
}

#[test]
fn a_set_that_is_not_the_windows_does_not_challenge() {
	ExtBuilder::build_and_execute(|| {
		let operator = enter(1);
		to_window(1);
		session([20, 21]);
		let answer = |window, number: u8, index| {
			Connectivity::answer_activation(signed(1), operator, window, index, challenge(number, 1, window))
		};
		assert_noop!(answer(1, 20, 0), Error::<Test>::BadSignature);
		to_window(2);
		assert_noop!(answer(2, 0, 0), Error::<Test>::BadSignature);
		answer(2, 20, 0).unwrap();
	});
}
