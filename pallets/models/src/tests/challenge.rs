use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::{traits::BadOrigin, TokenError};
use vektor_primitives::{
	traits::{KeyStore, ModelRegistry},
	Balance,
};

use super::*;
use crate::{mock::*, Challenges, Condemned, Error, Event, Models};

const DEPOSIT: Balance = 1_000 + 2 * 100;
const REASONS: H256 = H256::repeat_byte(7);

fn challenge(who: AccountId, model: ModelId) -> DispatchResult {
	Registry::challenge(RuntimeOrigin::signed(who), model, REASONS)
}

fn judge_as(model: ModelId, upheld: bool) -> DispatchResult {
	Registry::judge_challenge(RuntimeOrigin::root(), model, upheld)
}

fn verified(model: &ModelId) -> bool {
	<Registry as ModelRegistry>::terms(model).unwrap().verified
}

#[test]
fn a_key_counts_as_verified_once_nobody_has_challenged_it_for_the_period() {
	execute(|| {
		let model = registered(ALICE);
		advance(CHALLENGE_PERIOD - 1);
		assert!(!verified(&model));
		advance(1);
		assert!(verified(&model));
		assert_noop!(challenge(BOB, model), Error::<Test>::TooLate);
	});
}

#[test]
fn a_challenge_takes_a_bond_and_the_model_goes_on_unverified() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(challenge(BOB, model));
		assert_eq!((free(BOB), free(Registry::pot())), (RICH - BOND, ED + DEPOSIT + BOND));
		let lapses = 100 + JUDGING_PERIOD;
		System::assert_last_event(
			Event::Challenged { model, challenger: BOB, bond: BOND, reasons: REASONS, lapses }.into(),
		);
		advance(CHALLENGE_PERIOD);
		assert!(!verified(&model));
		assert_noop!(challenge(BOB, model), Error::<Test>::ChallengeOpen);
	});
}

#[test]
fn upheld_the_challenger_has_bond_and_deposit_and_the_key_never_comes_back() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(challenge(BOB, model));
		assert_ok!(judge_as(model, true));
		assert_eq!((free(ALICE), free(BOB), free(Registry::pot())), (RICH - DEPOSIT, RICH + DEPOSIT, ED));
		let paid = BOND + DEPOSIT;
		System::assert_last_event(Event::ChallengeUpheld { model, owner: ALICE, challenger: BOB, paid }.into());
		assert!(!<Registry as ModelRegistry>::provable(&model) && !Recorder::contains(&model));
		assert_eq!(Condemned::<Test>::iter().count(), 1);
		// Not even by another owner; but the key may be the right one of another network.
		assert_noop!(Draft::default().register(BOB), Error::<Test>::Condemned);
		assert_ok!(Draft { artefact: H256::zero(), ..Draft::default() }.register(ALICE));
		assert_noop!(judge_as(model, true), Error::<Test>::NoChallenge);
	});
}

#[test]
fn whoever_else_registered_a_condemned_key_takes_no_more_jobs_proves_nothing_and_keeps_the_deposit() {
	execute(|| {
		let (model, copy) = (registered(ALICE), registered(BOB));
		assert_ok!(challenge(ALICE, model));
		assert_ok!(judge_as(model, true));
		assert_eq!(<Registry as ModelRegistry>::terms(&copy), None);
		assert!(!<Registry as ModelRegistry>::provable(&copy) && Recorder::contains(&copy));
		let retire = || Registry::retire(RuntimeOrigin::signed(BOB), copy);
		assert_ok!(retire());
		advance(RETIRE_PERIOD);
		assert_ok!(retire());
		assert_eq!(free(BOB), RICH);
	});
}

#[test]
fn who_challenges_his_own_model_gains_nothing_over_retiring_it() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(challenge(ALICE, model));
		assert_ok!(judge_as(model, true));
		assert_eq!((free(ALICE), free(Registry::pot())), (RICH, ED));
	});
}

#[test]
fn rejected_the_bond_is_burned_and_the_period_goes_on_where_it_was() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(challenge(BOB, model));
		advance(CHALLENGE_PERIOD / 2);
		assert_ok!(judge_as(model, false));
		assert_eq!((free(BOB), free(ASHES), free(Registry::pot())), (RICH - BOND, BOND, ED + DEPOSIT));
		let verified_from = 100 + CHALLENGE_PERIOD + CHALLENGE_PERIOD / 2;
		System::assert_last_event(
			Event::ChallengeRejected { model, challenger: BOB, burned: BOND, verified_from }.into(),
		);
		advance(CHALLENGE_PERIOD - 1);
		assert!(!verified(&model));
		advance(1);
		assert!(verified(&model));
	});
}

#[test]
fn who_challenges_his_own_key_takes_no_time_from_others() {
	execute(|| {
		let model = registered(ALICE);
		advance(CHALLENGE_PERIOD - 10);
		assert_ok!(challenge(ALICE, model));
		advance(JUDGING_PERIOD);
		assert_ok!(judge_as(model, false));
		advance(9);
		assert!(!verified(&model));
		assert_ok!(challenge(BOB, model));
	});
}

#[test]
fn a_challenge_that_nobody_judges_returns_the_bond_and_silence_verifies_nothing() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(challenge(BOB, model));
		let end = || Registry::end_challenge(RuntimeOrigin::signed(POOR), model);
		advance(JUDGING_PERIOD - 1);
		assert_noop!(end(), Error::<Test>::NotLapsed);
		advance(1);
		judge(false);
		assert_noop!(end(), Error::<Test>::NotLapsed);
		judge(true);
		assert_ok!(end());
		assert_eq!((free(BOB), free(Registry::pot())), (RICH, ED + DEPOSIT));
		let verified_from = 100 + JUDGING_PERIOD + CHALLENGE_PERIOD;
		System::assert_last_event(
			Event::ChallengeLapsed { model, challenger: BOB, returned: BOND, verified_from }.into(),
		);
		assert!(!verified(&model));
		assert_noop!(end(), Error::<Test>::NoChallenge);
		assert_ok!(challenge(BOB, model));
	});
}

#[test]
fn while_nothing_is_judged_nobody_is_too_late() {
	execute(|| {
		let model = registered(ALICE);
		advance(CHALLENGE_PERIOD);
		judge(false);
		assert_ok!(challenge(BOB, model));
	});
}

#[test]
fn an_owner_does_not_retire_out_of_a_challenge() {
	execute(|| {
		let model = registered(ALICE);
		let retire = || Registry::retire(RuntimeOrigin::signed(ALICE), model);
		assert_ok!(retire());
		assert_ok!(challenge(BOB, model));
		advance(RETIRE_PERIOD);
		assert_noop!(retire(), Error::<Test>::ChallengeOpen);
		assert_ok!(judge_as(model, true));
		assert_eq!(free(BOB), RICH + DEPOSIT);
	});
}

#[test]
fn a_bond_is_found_by_its_owner() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(challenge(BOB, model));
		let [held] = Registry::held(BOB)[..] else { panic!("one bond") };
		assert_eq!(
			(held.model, held.amount, held.challenge, held.removable),
			(model, BOND, true, Some(100 + JUDGING_PERIOD))
		);
		assert!(!Registry::held(ALICE)[0].challenge);
	});
}

#[test]
fn only_who_may_challenges_and_judges_and_only_what_there_is() {
	execute(|| {
		let model = registered(ALICE);
		assert_noop!(challenge(POOR, model), TokenError::FundsUnavailable);
		assert_noop!(challenge(BOB, ModelId::default()), Error::<Test>::UnknownModel);
		assert_noop!(judge_as(model, true), Error::<Test>::NoChallenge);
		assert_ok!(challenge(BOB, model));
		assert_noop!(Registry::judge_challenge(RuntimeOrigin::signed(ALICE), model, false), BadOrigin);
		assert_noop!(Registry::challenge(RuntimeOrigin::none(), model, REASONS), BadOrigin);
		assert_noop!(Registry::end_challenge(RuntimeOrigin::none(), model), BadOrigin);
		assert_eq!((Challenges::<Test>::iter().count(), Models::<Test>::iter().count()), (1, 1));
		assert_eq!(Balances::free_balance(ALICE), RICH - DEPOSIT);
	});
}
