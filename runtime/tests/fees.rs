//! What transactions cost and who gets it.

use crate::common::*;
use frame_support::{assert_ok, traits::fungibles::Inspect};
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

/// What the pool of VKTR and USDC holds.
fn reserves() -> (Balance, Balance) {
	AssetConversion::get_reserves(Asset::Native, Asset::WithId(USDC)).expect("there is a pool")
}

fn fee_paid() -> (Balance, Balance) {
	let event = System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::AssetTxPayment(pallet_asset_conversion_tx_payment::Event::AssetTxFeePaid {
			actual_fee,
			tip,
			..
		}) => Some((actual_fee, tip)),
		_ => None,
	});
	event.expect("a fee was paid in an asset")
}

#[test]
fn a_fee_in_usdc_goes_from_the_payer_through_the_pool_to_the_author_to_the_unit() {
	on("vektor-dev", || {
		let (payer, author) = (Bob.to_account_id(), Alice.to_account_id());
		let (before, tokens, earned, pool) = (native(&payer), usdc(&payer), native(&author), reserves());
		let issuance = (Balances::total_issuance(), Assets::total_issuance(USDC));
		let tip = VKTR / 1_000;
		assert_ok!(send(signed(Bob, transfer(Charlie, VKTR), tip, Some(Asset::WithId(USDC)))).expect("valid"));

		assert_eq!(native(&payer), before - VKTR, "no VKTR is charged");
		let paid = tokens - usdc(&payer);
		assert!((1..ONE_USDC / 100).contains(&paid), "the fee is {paid}");
		assert_eq!(reserves().1, pool.1 + paid, "the pool has what the payer paid");
		let received = native(&author) - earned;
		assert_eq!(reserves().0, pool.0 - received, "the author has what the pool gave");
		assert_eq!(fee_paid(), (paid, tip), "the event says what was paid");
		assert!(received > tip);
		assert_eq!((Balances::total_issuance(), Assets::total_issuance(USDC)), issuance);
	});
}

#[test]
fn what_a_call_did_not_weigh_is_given_back_in_usdc() {
	on("vektor-dev", || {
		let (payer, author) = (Bob.to_account_id(), Alice.to_account_id());
		let (tokens, earned, pool) = (usdc(&payer), native(&author), reserves());
		// Declared at its worst and refused at once: most of its weight is given back.
		let call: RuntimeCall = pallet_jobs::Call::deliver {
			job: Default::default(),
			outputs: Default::default(),
			evidence: vektor_primitives::Evidence::Groth16(Default::default()),
		}
		.into();
		let declared = {
			let xt = signed(Bob, call.clone(), 0, Some(Asset::WithId(USDC)));
			let len = codec::Encode::encoded_size(&xt) as u32;
			TransactionPayment::query_info(xt, len).partial_fee
		};
		assert!(send(signed(Bob, call, 0, Some(Asset::WithId(USDC)))).expect("valid").is_err());
		let (received, paid) = (native(&author) - earned, tokens - usdc(&payer));
		assert!(received < declared / 2, "{received} of {declared}");
		assert_eq!(reserves(), (pool.0 - received, pool.1 + paid));
		assert_eq!(fee_paid(), (paid, 0));
	});
}

/// What the pool of transactions says.
fn validated(xt: UncheckedExtrinsic) -> Result<(), TransactionValidityError> {
	use sp_runtime::transaction_validity::TransactionSource;
	Executive::validate_transaction(TransactionSource::External, xt, System::block_hash(0)).map(|_| ())
}

/// An account without VKTR, with so much USDC.
fn only_usdc(amount: Balance) -> sp_keyring::Sr25519Keyring {
	use frame_support::traits::fungibles::Mutate;
	let who = sp_keyring::Sr25519Keyring::DaveStash;
	assert_eq!(native(&who.to_account_id()), 0);
	assert_ok!(<Assets as Mutate<AccountId>>::mint_into(USDC, &who.to_account_id(), amount));
	who
}

fn asset_transfer(to: sp_keyring::Sr25519Keyring, amount: Balance) -> RuntimeCall {
	let target = to.to_account_id().into();
	pallet_assets::Call::<Runtime, pallet_assets::Instance1>::transfer { id: USDC.into(), target, amount }.into()
}

#[test]
fn an_account_that_owns_only_usdc_needs_no_vktr() {
	on("vektor-dev", || {
		let who = only_usdc(ONE_USDC);
		let pay = |asset| signed(who, asset_transfer(Charlie, ONE_USDC / 2), 0, asset);
		assert_eq!(validated(pay(None)), Err(InvalidTransaction::Payment.into()));
		assert_eq!(validated(pay(Some(Asset::WithId(USDC)))), Ok(()));
		assert_ok!(send(pay(Some(Asset::WithId(USDC)))).expect("valid"));
		assert!(usdc(&who.to_account_id()) < ONE_USDC / 2);
		assert_eq!(native(&who.to_account_id()), 0);
	});
}

#[test]
fn a_fee_in_usdc_is_refused_in_the_pool_where_the_market_is_missing_or_empty() {
	let refused_before_any_block = |tip| {
		let who = only_usdc(100 * ONE_USDC);
		let xt = || signed(who, asset_transfer(Charlie, ONE_USDC), tip, Some(Asset::WithId(USDC)));
		assert_eq!(validated(xt()), Err(InvalidTransaction::Payment.into()));
		assert_eq!(refused(send(xt())), InvalidTransaction::Payment.into());
		assert_eq!(usdc(&who.to_account_id()), 100 * ONE_USDC);
	};
	// A production chain starts without a market.
	on("vektor", || refused_before_any_block(0));
	on("vektor-dev", || {
		// Whoever provided the liquidity takes it back, but for what a pool must keep: less than the tip.
		let provider = presets::economy::account(presets::networks::LIQUIDITY);
		let shares = PoolAssets::balance(0, provider.clone());
		let call: RuntimeCall = pallet_asset_conversion::Call::remove_liquidity {
			asset1: Box::new(Asset::Native),
			asset2: Box::new(Asset::WithId(USDC)),
			lp_token_burn: shares - shares / 5_000_000,
			amount1_min_receive: 1,
			amount2_min_receive: 1,
			withdraw_to: provider.clone(),
		}
		.into();
		use sp_runtime::traits::Dispatchable;
		assert_ok!(call.dispatch(RuntimeOrigin::signed(provider)));
		assert!(reserves().0 < VKTR, "{:?} are left", reserves());
		refused_before_any_block(VKTR);
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
