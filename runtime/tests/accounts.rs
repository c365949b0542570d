//! Accounts of several people, and people that a registrar vouches for.

use crate::common::*;
use frame_support::{assert_noop, assert_ok, weights::Weight};
use pallet_identity::{legacy::IdentityInfo, Data, Judgement};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::traits::{BlakeTwo256, Hash as _};
use vektor_primitives::VKTR;
use vektor_runtime::*;

#[test]
fn two_of_three_move_the_money_of_their_account_and_one_does_not() {
	on("vektor-dev", || {
		let mut people = [Alice, Bob, Charlie].map(|who| who.to_account_id());
		people.sort();
		let others = |who: &AccountId| people.iter().filter(|other| *other != who).cloned().collect::<Vec<_>>();
		let account = pallet_multisig::Pallet::<Runtime>::multi_account_id(&people, 2);
		let give = |to: AccountId, value| pallet_balances::Call::transfer_keep_alive { dest: to.into(), value };
		assert_ok!(dispatch(Dave, give(account.clone(), 100 * VKTR)));

		let pay: RuntimeCall = give(Eve.to_account_id(), 40 * VKTR).into();
		let agree = |who: sp_keyring::Sr25519Keyring, maybe_timepoint| {
			let other_signatories = others(&who.to_account_id());
			let call = Box::new(pay.clone());
			let max_weight = Weight::from_parts(1_000_000_000, 100_000);
			dispatch(
				who,
				pallet_multisig::Call::as_multi { threshold: 2, other_signatories, maybe_timepoint, call, max_weight },
			)
		};
		let (alice, eve) = (native(&Alice.to_account_id()), native(&Eve.to_account_id()));
		assert_ok!(agree(Alice, None));
		assert_eq!(native(&account), 100 * VKTR);
		let when = Multisig::timepoint();
		assert_noop!(agree(Alice, Some(when)), pallet_multisig::Error::<Runtime>::AlreadyApproved);
		assert!(agree(Dave, Some(when)).is_err(), "who is none of them has no word");
		assert_ok!(agree(Bob, Some(when)));
		assert_eq!(native(&account), 60 * VKTR);
		assert_eq!(native(&Eve.to_account_id()), eve + 40 * VKTR);
		assert_eq!(native(&Alice.to_account_id()), alice, "the deposit is back");
	});
}

#[test]
fn a_registrar_is_named_by_governance_and_vouches_for_exactly_what_it_saw() {
	on("vektor-dev", || {
		let (registrar, person) = (Alice.to_account_id(), Dave.to_account_id());
		let name = pallet_identity::Call::<Runtime>::add_registrar { account: registrar.clone().into() };
		assert!(dispatch(Bob, name.clone()).is_err(), "nobody names a registrar alone");
		assert_ok!(root(name));
		assert_ok!(dispatch(Alice, pallet_identity::Call::set_fee { index: 0, fee: VKTR }));

		let info = |name: &str| {
			let display = Data::Raw(name.as_bytes().to_vec().try_into().expect("short"));
			Box::new(IdentityInfo { display, ..Default::default() })
		};
		assert_ok!(dispatch(Dave, pallet_identity::Call::set_identity { info: info("Dave's GPUs") }));
		assert_noop!(
			dispatch(Dave, pallet_identity::Call::request_judgement { reg_index: 0, max_fee: VKTR - 1 }),
			pallet_identity::Error::<Runtime>::FeeChanged
		);
		assert_ok!(dispatch(Dave, pallet_identity::Call::request_judgement { reg_index: 0, max_fee: VKTR }));
		let vouch = |who, name: &str| {
			let identity = BlakeTwo256::hash_of(&*info(name));
			let target = person.clone().into();
			dispatch(
				who,
				pallet_identity::Call::provide_judgement {
					reg_index: 0,
					target,
					judgement: Judgement::KnownGood,
					identity,
				},
			)
		};
		assert_noop!(vouch(Bob, "Dave's GPUs"), pallet_identity::Error::<Runtime>::InvalidIndex);
		assert_noop!(vouch(Alice, "Another's"), pallet_identity::Error::<Runtime>::JudgementForDifferentIdentity);
		let had = native(&registrar);
		assert_ok!(vouch(Alice, "Dave's GPUs"));
		assert_eq!(native(&registrar), had + VKTR, "its fee");
		let known = |who| pallet_identity::IdentityOf::<Runtime>::get(who).expect("has one").judgements.into_inner();
		assert_eq!(known(&person), [(0, Judgement::KnownGood)]);

		// Another name is not vouched for.
		assert_ok!(dispatch(Dave, pallet_identity::Call::set_identity { info: info("Bob's GPUs") }));
		assert_eq!(known(&person), []);
	});
}
