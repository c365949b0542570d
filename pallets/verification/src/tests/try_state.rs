use frame_support::assert_err;
use sp_runtime::TryRuntimeError;

use super::*;
use crate::{mock::*, Keys, StoredKey};

fn corrupt(change: impl Fn(&mut StoredKey), expected: &'static str) {
	new_test_ext().execute_with(|| {
		register();
		Keys::<Test>::mutate(model(), |key| change(key.as_mut().unwrap()));
		assert_err!(Verifier::do_try_state(), TryRuntimeError::Other(expected));
	});
}

#[test]
fn each_invariant_is_checked() {
	corrupt(|key| key.layout = Default::default(), "verification: invariant 1, a layout is not valid");
	corrupt(|key| key.outputs = 9, "verification: invariant 1, the outputs are not the layout's");
	let unreadable = "verification: invariant 2, a key cannot be read or has another number of points";
	corrupt(|key| key.prepared.truncate(700), unreadable);
	corrupt(|key| key.prepared.truncate(704 + 11 * 64), unreadable);
}
