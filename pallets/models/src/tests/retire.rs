use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{
	traits::{KeyStore, ModelRegistry},
	ModelId,
};

use super::*;
use crate::{mock::*, Error, Event, Models, ModelsOf};

fn retire(who: AccountId, model: ModelId) -> DispatchResult {
	Registry::retire(RuntimeOrigin::signed(who), model)
}

#[test]
fn a_retired_model_takes_no_jobs_but_keeps_its_key_for_those_that_are_open() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(retire(ALICE, model));
		System::assert_last_event(Event::Retired { model, removable: 100 + RETIRE_PERIOD }.into());
		assert_eq!(<Registry as ModelRegistry>::terms(&model), None);
		assert!(Recorder::contains(&model) && <Registry as ModelRegistry>::provable(&model));
		advance(RETIRE_PERIOD - 1);
		assert_noop!(retire(ALICE, model), Error::<Test>::NotRemovableYet);
	});
}

#[test]
fn while_what_its_key_rests_on_is_not_trusted_a_model_takes_no_jobs_and_proves_nothing() {
	execute(|| {
		let model = registered(ALICE);
		let stands =
			|| (<Registry as ModelRegistry>::terms(&model).is_some(), <Registry as ModelRegistry>::provable(&model));
		assert_eq!(stands(), (true, true));
		trust(false);
		assert_eq!(stands(), (false, false));
		trust(true);
		assert_eq!(stands(), (true, true));
	});
}

#[test]
fn after_the_period_the_deposit_returns_to_the_last_unit() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(retire(ALICE, model));
		advance(RETIRE_PERIOD);
		assert_ok!(retire(ALICE, model));
		System::assert_last_event(Event::Removed { model, owner: ALICE, deposit: 1_200 }.into());
		assert_eq!((free(ALICE), free(Registry::pot())), (RICH, ED));
		assert!(!Recorder::contains(&model) && !Models::<Test>::contains_key(model));
		assert!(!ModelsOf::<Test>::contains_key(ALICE));
		assert_noop!(retire(ALICE, model), Error::<Test>::UnknownModel);
		registered(ALICE);
	});
}

#[test]
fn only_the_owner_retires() {
	execute(|| {
		let model = registered(ALICE);
		assert_noop!(retire(BOB, model), Error::<Test>::NotOwner);
		assert_noop!(retire(ALICE, ModelId::default()), Error::<Test>::UnknownModel);
	});
}

#[test]
fn while_nothing_is_judged_a_job_may_still_be_delivered_and_the_key_stays() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(retire(ALICE, model));
		advance(RETIRE_PERIOD);
		judge(false);
		assert_noop!(retire(ALICE, model), Error::<Test>::NotRemovableYet);
		judge(true);
		assert_ok!(retire(ALICE, model));
	});
}

#[test]
fn one_models_end_leaves_the_owners_others() {
	execute(|| {
		let first = registered(ALICE);
		assert_ok!(Draft { output_scale: 1, ..Draft::default() }.register(ALICE));
		assert_ok!(retire(ALICE, first));
		advance(RETIRE_PERIOD);
		assert_ok!(retire(ALICE, first));
		assert_eq!(ModelsOf::<Test>::get(ALICE).len(), 1);
		assert_eq!((free(ALICE), free(Registry::pot())), (RICH - 1_200, ED + 1_200));
	});
}

#[test]
fn an_owner_who_spent_everything_still_gets_the_deposit() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(retire(ALICE, model));
		advance(RETIRE_PERIOD);
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(ALICE), BOB, false));
		assert_eq!(free(ALICE), 0);
		assert_ok!(retire(ALICE, model));
		assert_eq!(free(ALICE), 1_200);
	});
}

#[test]
fn a_live_time_at_its_end_is_an_error_and_no_wrap() {
	execute(|| {
		let model = registered(ALICE);
		advance(u32::MAX - 100);
		assert_noop!(retire(ALICE, model), Error::<Test>::Overflow);
	});
}
