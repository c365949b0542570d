use frame_support::assert_err;
use sp_runtime::TryRuntimeError;
use vektor_primitives::{traits::KeyStore, Scheme, Usd};

use super::*;
use crate::{mock::*, Challenge, Challenges, Model, Models, ModelsOf};

fn corrupt(change: impl FnOnce(ModelId), expected: &'static str) {
	new_test_ext().execute_with(|| {
		change(registered(ALICE));
		assert_err!(Registry::do_try_state(), TryRuntimeError::Other(expected));
	});
}

fn record(change: impl FnOnce(&mut Model<AccountId>) + 'static) -> impl FnOnce(ModelId) {
	move |model| Models::<Test>::mutate(model, |record| change(record.as_mut().unwrap()))
}

const POT: &str = "models: invariant 1, the pot holds less than its floor, the deposits and the bonds";

#[test]
fn each_invariant_is_checked() {
	corrupt(record(|r| r.deposit += 1), POT);
	corrupt(|model| Recorder::remove(&model), "models: invariant 2, a model has no key");
	let bounds = "models: invariant 3, a price or a minimum deadline is out of bounds";
	corrupt(record(|r| r.price = Usd(0)), bounds);
	corrupt(record(|r| r.min_deadline = MAX_DEADLINE + 1), bounds);
	corrupt(|_| Recorder::put(&ModelId::default(), ()), "models: invariant 2, a key belongs to no model");
	let list = "models: invariant 4, an owner's list is wrong";
	corrupt(|_| ModelsOf::<Test>::mutate(ALICE, |ids| ids.force_push(ModelId::default())), list);
	corrupt(|_| ModelsOf::<Test>::insert(BOB, BoundedVec::default()), list);
	corrupt(|_| ModelsOf::<Test>::remove(ALICE), "models: invariant 4, a model is on no owner's list");
	corrupt(record(|r| r.deposit = ED - 1), "models: invariant 5, a deposit is below the existential deposit");
	let outputs = "models: invariant 6, a layout is not valid or the outputs are not its";
	corrupt(record(|r| r.scheme = Scheme::Groth16 { layout: BoundedVec::default() }), outputs);
	corrupt(record(|r| r.outputs = 9), outputs);
	corrupt(
		record(|r| {
			r.scheme = Scheme::Session { image: H256::zero() };
			r.outputs = 256;
		}),
		outputs,
	);
	let challenge = |bond| Challenge { challenger: BOB, bond, reasons: H256::zero(), lapses: 0 };
	corrupt(move |model| Challenges::<Test>::insert(model, challenge(1)), POT);
	corrupt(
		move |_| Challenges::<Test>::insert(ModelId::default(), challenge(0)),
		"models: invariant 7, a challenge is of no model",
	);
}
