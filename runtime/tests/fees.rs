//! What transactions cost and who gets it.

use crate::common::*;
use frame_support::assert_ok;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use sp_runtime::{
	traits::{One, StaticLookup},
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	FixedPointNumber,
};
use vektor_primitives::{ONE_USDC, USDC, VKTR};
use vektor_runtime::{params::MILLI, *};

fn transfer(to: sp_keyring::Sr25519Keyring, value: Balance) -> RuntimeCall {
	let dest = <Runtime as frame_system::Config>::Lookup::unlookup(to.to_account_id());
	pallet_balances::Call::transfer_keep_alive { dest, value }.into()
}

#[test]
fn a_plain_transfer_costs_between_one_and_ten_thousandths_and_the_author_gets_it() {
	on("vektor-dev", || {
		let (alice, bob, issuance) =
			(native(&Alice.to_account_id()), native(&Bob.to_account_id()), Balances::total_issuance());
		assert_ok!(sign(Bob, transfer(Charlie, VKTR)).expect("valid"));
		let fee = bob - VKTR - native(&Bob.to_account_id());
		assert!((MILLI..=10 * MILLI).contains(&fee), "the fee is {fee}");
		assert_eq!(native(&Alice.to_account_id()), alice + fee);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn tips_go_to_the_author_too() {
	on("vektor-dev", || {
		let (alice, bob) = (native(&Alice.to_account_id()), native(&Bob.to_account_id()));
		assert_ok!(send(signed(Bob, transfer(Charlie, VKTR), VKTR, None)).expect("valid"));
		let paid = bob - VKTR - native(&Bob.to_account_id());
		assert!(paid > VKTR);
		assert_eq!(native(&Alice.to_account_id()), alice + paid);
	});
}

#[test]
fn a_fee_in_usdc_is_swapped_and_the_author_gets_vktr() {
	on("vektor-dev", || {
		let bob = Bob.to_account_id();
		let (alice, before, tokens) = (native(&Alice.to_account_id()), native(&bob), usdc(&bob));
		let issuance = Balances::total_issuance();
		assert_ok!(send(signed(Bob, transfer(Charlie, VKTR), 0, Some(Asset::WithId(USDC)))).expect("valid"));
		assert_eq!(native(&bob), before - VKTR, "no VKTR is charged");
		let fee = tokens - usdc(&bob);
		assert!((1..ONE_USDC / 100).contains(&fee), "the fee is {fee}");
		assert!(native(&Alice.to_account_id()) > alice);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn a_fee_in_usdc_is_refused_where_there_is_no_pool() {
	on("vektor", || {
		let bob = Bob.to_account_id();
		let grant =
			|amount| root(pallet_balances::Call::force_set_balance { who: bob.clone().into(), new_free: amount });
		assert_ok!(grant(10 * VKTR));
		use frame_support::traits::fungibles::Mutate;
		assert_ok!(Assets::mint_into(USDC, &bob, 100 * ONE_USDC));
		let refused = refused(send(signed(Bob, transfer(Charlie, VKTR), 0, Some(Asset::WithId(USDC)))));
		assert_eq!(refused, TransactionValidityError::Invalid(InvalidTransaction::Payment));
		assert_eq!(usdc(&bob), 100 * ONE_USDC);
		// Back to the cap, for the invariants of the chain.
		assert_ok!(grant(0));
	});
}

#[test]
fn the_multiplier_rises_under_load_and_falls_when_idle() {
	on("vektor-dev", || {
		let now = pallet_transaction_payment::NextFeeMultiplier::<Runtime>::get;
		assert_eq!(now(), pallet_transaction_payment::Multiplier::one());
		pass(1);
		let idle = now();
		assert!(idle < pallet_transaction_payment::Multiplier::one());
		System::register_extra_weight_unchecked(
			params::NORMAL_RATIO * params::MAXIMUM_BLOCK_WEIGHT,
			frame_support::dispatch::DispatchClass::Normal,
		);
		pass(1);
		assert!(now() > idle);
	});
}

#[test]
fn an_idle_chain_keeps_a_quarter_of_the_fee() {
	on("vektor-dev", || {
		use frame_support::traits::Get;
		let least = <configs::monetary::MinimumMultiplier as Get<pallet_transaction_payment::Multiplier>>::get();
		pallet_transaction_payment::NextFeeMultiplier::<Runtime>::put(least);
		pass(3);
		assert_eq!(pallet_transaction_payment::NextFeeMultiplier::<Runtime>::get(), least);
		assert_eq!(least, pallet_transaction_payment::Multiplier::saturating_from_rational(1, 4));
	});
}
