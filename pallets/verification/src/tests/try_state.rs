use frame_support::{assert_err, assert_ok};
use sp_runtime::TryRuntimeError;
use vektor_primitives::SessionKeys;

use super::*;
use crate::{mock::*, Device, Devices, EzklKey, Groth16Key, Keys, Session, SessionKey, Sessions, StoredKey};

fn corrupt(change: impl Fn(&mut Groth16Key), expected: &'static str) {
	new_test_ext().execute_with(|| {
		register();
		Keys::<Test>::mutate(model(), |key| match key {
			Some(StoredKey::Groth16(key)) => change(key),
			_ => panic!("a Groth16 key is stored"),
		});
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

fn session() -> Session {
	let keys = SessionKeys { signing: H256::zero(), sealing: H256::zero() };
	Session { keys, devices: Default::default(), until: 0, trust: 0 }
}

#[test]
fn a_session_of_an_operator_that_is_gone_is_found() {
	new_test_ext().execute_with(|| {
		Sessions::<Test>::insert(operator(3), H256::zero(), session());
		let expected = "verification: invariant 7, a session is of an operator that is gone";
		assert_err!(Verifier::do_try_state(), TryRuntimeError::Other(expected));
	});
}

#[test]
fn the_number_of_sessions_is_checked() {
	new_test_ext().execute_with(|| {
		for number in 0..=u64::from(MAX_SESSIONS) {
			assert_ok!(Verifier::do_try_state());
			Sessions::<Test>::insert(operator(1), H256::from_low_u64_be(number), session());
		}
		let expected = "verification: invariant 6, an operator has too many sessions";
		assert_err!(Verifier::do_try_state(), TryRuntimeError::Other(expected));
	});
}

fn corrupt_ezkl(change: impl Fn(&mut EzklKey), expected: &'static str) {
	new_test_ext().execute_with(|| {
		super::ezkl::register("ezkl_hash");
		Keys::<Test>::mutate(model(), |key| match key {
			Some(StoredKey::Ezkl(key)) => change(key),
			_ => panic!("an ezkl key is stored"),
		});
		assert_err!(Verifier::do_try_state(), TryRuntimeError::Other(expected));
	});
}

#[test]
fn ezkls_keys_sessions_and_devices_are_checked() {
	corrupt_ezkl(|key| key.words.truncate(640), "verification: invariant 3, an ezkl key is not sound");
	let other = "verification: invariant 3, what is stored of an ezkl key is not what it says";
	corrupt_ezkl(|key| key.outputs += 1, other);
	corrupt_ezkl(|key| key.points += 1, other);
	corrupt_ezkl(|key| key.srs[0] ^= 1, other);
	new_test_ext().execute_with(|| {
		let key = SessionKey { image: H256::zero(), outputs: 0 };
		Keys::<Test>::insert(model(), StoredKey::Session(key));
		let expected = TryRuntimeError::Other("verification: invariant 4, a model of sessions has no outputs");
		assert_err!(Verifier::do_try_state(), expected);
	});
	new_test_ext().execute_with(|| {
		let device = Device { operator: operator(1), image: H256::zero(), until: 1, trust: 0 };
		Devices::<Test>::insert(H256::zero(), device);
		let expected =
			TryRuntimeError::Other("verification: invariant 5, a device is not in the session that it names");
		assert_err!(Verifier::do_try_state(), expected);
	});
}
