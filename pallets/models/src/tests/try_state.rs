use frame_support::assert_err;
use sp_runtime::TryRuntimeError;
use vektor_primitives::{traits::KeyStore, Usd};

use super::*;
use crate::{mock::*, CountOf, Model, Models};

fn corrupt(change: impl FnOnce(ModelId), expected: &'static str) {
	new_test_ext().execute_with(|| {
		change(registered(ALICE));
		assert_err!(Registry::do_try_state(), TryRuntimeError::Other(expected));
	});
}

fn record(change: impl FnOnce(&mut Model<AccountId>) + 'static) -> impl FnOnce(ModelId) {
	move |model| Models::<Test>::mutate(model, |record| change(record.as_mut().unwrap()))
}

#[test]
fn each_invariant_is_checked() {
	corrupt(
		record(|r| r.deposit += 1),
		"models: invariant 1, the pot holds less than its floor and the deposits",
	);
	corrupt(
		|model| Recorder::remove(&model),
		"models: invariant 2, a model has no key",
	);
	let bounds = "models: invariant 3, a price or a minimum deadline is out of bounds";
	corrupt(record(|r| r.price = Usd(0)), bounds);
	corrupt(record(|r| r.min_deadline = MAX_DEADLINE + 1), bounds);
	corrupt(
		|_| CountOf::<Test>::insert(ALICE, 2),
		"models: invariant 4, an owner's count is wrong",
	);
	corrupt(record(|r| r.deposit = 0), "models: invariant 5, a deposit is zero");
}
