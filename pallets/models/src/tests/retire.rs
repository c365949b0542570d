use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{
	traits::{KeyStore, ModelRegistry},
	ModelId,
};

use super::*;
use crate::{mock::*, CountOf, Error, Event, Models};

fn retire(who: AccountId, model: ModelId) -> DispatchResult {
	Registry::retire(RuntimeOrigin::signed(who), model)
}

#[test]
fn a_retired_model_takes_no_jobs_but_keeps_its_key_for_those_that_are_open() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(retire(ALICE, model));
		System::assert_last_event(
			Event::Retired {
				model,
				removable: 100 + RETIRE_PERIOD,
			}
			.into(),
		);
		assert_eq!(<Registry as ModelRegistry>::terms(&model), None);
		assert!(Recorder::contains(&model));
		advance(RETIRE_PERIOD - 1);
		assert_noop!(retire(ALICE, model), Error::<Test>::NotRemovableYet);
	});
}

#[test]
fn after_the_period_the_deposit_returns_to_the_last_unit() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(retire(ALICE, model));
		advance(RETIRE_PERIOD);
		assert_ok!(retire(ALICE, model));
		System::assert_last_event(
			Event::Removed {
				model,
				owner: ALICE,
				deposit: 1_200,
			}
			.into(),
		);
		assert_eq!((free(ALICE), free(Registry::pot())), (RICH, ED));
		assert!(!Recorder::contains(&model) && !Models::<Test>::contains_key(model));
		assert!(!CountOf::<Test>::contains_key(ALICE));
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
