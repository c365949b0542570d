use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResultWithPostInfo, Pays},
};
use sp_runtime::TokenError;
use vektor_primitives::{Asset, Balance, ONE_USDC, USDC, VKTR};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

/// Who calls: nobody's owner, and without an account.
const STRANGER: AccountId = 77;
/// VKTR's smallest unit for a micro-USDC: ten VKTR for a dollar.
const RATE: Balance = 10_000_000;

fn claim(number: u64, lot: u32, asset: Asset) -> DispatchResultWithPostInfo {
	Revenue::claim(RuntimeOrigin::signed(STRANGER), operator(number), lot, asset)
}

fn expire(number: u64, lot: u32, asset: Asset) -> DispatchResultWithPostInfo {
	Revenue::expire(RuntimeOrigin::signed(STRANGER), operator(number), lot, asset)
}

fn native(who: AccountId) -> Balance {
	balance(&Asset::Native, who)
}

/// A dollar of operator `number` becomes ten VKTR in a lot that is closed.
fn bought_for(number: u64) {
	assert_ok!(settle(number, DOLLARS, ONE_USDC));
	next_round();
	assert_eq!(buy(Balance::MAX, RATE), ONE_USDC);
}

/// Two dollars of operator `number`, one of them bought, in a lot that has overflown.
fn overflown_for(number: u64) {
	assert_ok!(settle(number, DOLLARS, 2 * ONE_USDC));
	next_round();
	assert_eq!(buy(ONE_USDC, RATE), ONE_USDC);
	Round::mutate(|round| *round += 7);
	pass(1);
	assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().state, LotState::Overflow);
}

#[test]
fn anyone_may_claim_and_the_owner_receives() {
	ExtBuilder::default().build_and_execute(|| {
		bought_for(1);
		let before = native(OWNER);

		let info = claim(1, 0, DOLLARS).unwrap();

		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(native(OWNER), before + 7 * VKTR);
		assert_eq!(native(STRANGER), 0);
		assert_eq!(in_pot(&Asset::Native), 0);
		assert!(Revenue::accruals(&operator(1)).is_empty());
		assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().native_due, 0);
		assert_eq!(
			last_event(),
			Event::Claimed { operator: operator(1), lot: 0, asset: DOLLARS, account: OWNER, native: 7 * VKTR, paid: 0 }
				.into()
		);
	});
}

#[test]
fn of_a_lot_that_overflowed_the_owner_receives_both_assets_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		let before = (native(OWNER), balance(&DOLLARS, OWNER));
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!((native(OWNER), balance(&DOLLARS, OWNER)), (before.0 + 7 * VKTR, before.1 + 700_000));
		assert_eq!(
			last_event(),
			Event::Claimed {
				operator: operator(1),
				lot: 0,
				asset: DOLLARS,
				account: OWNER,
				native: 7 * VKTR,
				paid: 700_000
			}
			.into()
		);
		assert_eq!((in_pot(&Asset::Native), in_pot(&DOLLARS)), (3 * VKTR, 300_000));
	});
}

#[test]
fn each_operator_receives_pro_rata_in_any_order_and_rounding_stays_in_the_pot() {
	ExtBuilder::default().build_and_execute(|| {
		(12..14).for_each(endow);
		for (number, amount) in [(1, 1_000_001), (2, 333_337), (3, 2_000_003)] {
			assert_ok!(settle(number, DOLLARS, amount));
		}
		next_round();
		swap(Balance::MAX, |_| 33_333_333_333_331).unwrap();
		let lot = Lots::<Test>::get(0, DOLLARS).unwrap();
		let mut claimed = 0;
		for number in [3, 1, 2] {
			let accrued = Accrued::<Test>::get(operator(number), (0, DOLLARS)).amount;
			let before = native(number + 10);
			assert_ok!(claim(number, 0, DOLLARS));
			let got = native(number + 10) - before;
			assert_eq!(got, lot.native_shares * accrued / lot.operators);
			claimed += got;
		}
		assert!(claimed <= lot.native_shares && lot.native_shares - claimed < 3);
		assert_eq!(in_pot(&Asset::Native), lot.native_shares - claimed);
	});
}

#[test]
fn nothing_is_claimed_twice_or_by_who_has_no_part() {
	ExtBuilder::default().build_and_execute(|| {
		bought_for(1);
		assert_noop!(claim(2, 0, DOLLARS), Error::NothingAccrued);
		assert_noop!(claim(1, 0, Asset::Native), Error::NothingAccrued);
		assert_noop!(claim(1, 1, DOLLARS), Error::NothingAccrued);
		assert_ok!(claim(1, 0, DOLLARS));
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);
		pass(ClaimPeriod::get());
		assert_noop!(expire(1, 0, DOLLARS), Error::NothingAccrued);
	});
}

#[test]
fn a_lot_that_is_not_bought_is_not_claimed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_noop!(claim(1, 0, DOLLARS), Error::LotOpen);
		assert_noop!(expire(1, 0, DOLLARS), Error::LotOpen);
		next_round();
		assert_noop!(claim(1, 0, DOLLARS), Error::LotOpen);
		assert_eq!(buy(ONE_USDC - 1, RATE), ONE_USDC - 1);
		pass(2 * ClaimPeriod::get());
		assert_noop!(claim(1, 0, DOLLARS), Error::LotOpen);
		assert_noop!(expire(1, 0, DOLLARS), Error::LotOpen);
		assert_eq!(buy(1, RATE), 1);
		assert_ok!(claim(1, 0, DOLLARS));
	});
}

#[test]
fn an_account_that_cannot_exist_yet_keeps_its_part() {
	ExtBuilder::default().build_and_execute(|| {
		// A tenth of a cent becomes a hundredth of VKTR: 70 % of it are less than the minimum balance.
		assert_ok!(settle(2, DOLLARS, 1_000));
		assert_ok!(settle(1, DOLLARS, 1_000));
		next_round();
		assert_eq!(buy(Balance::MAX, RATE), 2_000);
		assert_noop!(claim(2, 0, DOLLARS), Error::StillRefused);
		endow(12);
		let before = native(12);
		assert_ok!(claim(2, 0, DOLLARS));
		assert_eq!(native(12), before + 7 * VKTR / 1_000);
	});
}

#[test]
fn while_the_account_refuses_one_asset_neither_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		assert_noop!(claim(1, 0, DOLLARS), Error::StillRefused);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		let before = (native(OWNER), balance(&DOLLARS, OWNER));
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!((native(OWNER), balance(&DOLLARS, OWNER)), (before.0 + 7 * VKTR, before.1 + 700_000));
	});
}

#[test]
fn while_usdc_is_frozen_its_claims_wait_and_those_in_vktr_do_not() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		bought_for(1);
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(ISSUER), USDC));
		assert_noop!(claim(1, 0, DOLLARS), TokenError::Frozen);
		assert_ok!(claim(1, 1, DOLLARS));
		assert_ok!(Assets::thaw_asset(RuntimeOrigin::signed(ISSUER), USDC));
		assert_ok!(claim(1, 0, DOLLARS));
	});
}

#[test]
fn the_part_of_an_operator_that_is_gone_goes_to_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		bought_for(9);
		let before = native(TREASURY);
		assert_ok!(claim(9, 0, DOLLARS));
		assert_eq!(native(TREASURY), before + 7 * VKTR);
	});
}

#[test]
fn a_stranger_without_a_signature_may_neither_claim_nor_expire() {
	ExtBuilder::default().build_and_execute(|| {
		bought_for(1);
		let bad = sp_runtime::DispatchError::BadOrigin;
		assert_noop!(Revenue::claim(RuntimeOrigin::none(), operator(1), 0, DOLLARS), bad);
		assert_noop!(Revenue::expire(RuntimeOrigin::root(), operator(1), 0, DOLLARS), bad);
	});
}

#[test]
fn what_may_still_be_claimed_does_not_expire() {
	ExtBuilder::default().build_and_execute(|| {
		bought_for(1);
		assert_noop!(expire(1, 0, DOLLARS), Error::NotExpired);
		pass(ClaimPeriod::get() - 1);
		assert_noop!(expire(1, 0, DOLLARS), Error::NotExpired);
		pass(1);
		let before = native(TREASURY);
		let info = expire(1, 0, DOLLARS).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(native(TREASURY), before + 7 * VKTR);
		assert_eq!((ExpiredBurned::get(), native(BURNED)), (0, NATIVE_MIN));
		assert_eq!(
			last_event(),
			Event::Expired { operator: operator(1), lot: 0, asset: DOLLARS, native: 7 * VKTR, paid: 0 }.into()
		);
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);
		assert_noop!(expire(1, 0, DOLLARS), Error::NothingAccrued);
		assert_eq!(in_pot(&Asset::Native), 0);
	});
}

#[test]
fn where_the_economy_says_so_what_expires_is_burned() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		bought_for(1);
		pass(ClaimPeriod::get());
		let before = native(TREASURY);
		assert_ok!(expire(1, 0, DOLLARS));
		assert_eq!((ExpiredBurned::get(), native(BURNED)), (7 * VKTR, NATIVE_MIN + 7 * VKTR));
		assert_eq!((SplitBurned::get(), native(TREASURY)), (0, before));
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);
	});
}

#[test]
fn dollars_that_expire_go_to_the_treasury_even_where_vktr_burns() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		overflown_for(1);
		let since = System::block_number();
		// Buying the rest later does not give its operators more time.
		pass(100);
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		pass(ClaimPeriod::get() - 101);
		assert_noop!(expire(1, 0, DOLLARS), Error::NotExpired);
		pass(1);
		assert_eq!(System::block_number(), since + ClaimPeriod::get());
		let before = (balance(&DOLLARS, TREASURY), native(TREASURY));
		assert_ok!(expire(1, 0, DOLLARS));
		assert_eq!((balance(&DOLLARS, TREASURY), native(TREASURY)), (before.0 + 700_000, before.1));
		assert_eq!(ExpiredBurned::get(), 7 * VKTR);
		assert_eq!(
			last_event(),
			Event::Expired { operator: operator(1), lot: 0, asset: DOLLARS, native: 7 * VKTR, paid: 700_000 }.into()
		);
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);
		assert_eq!((in_pot(&Asset::Native), in_pot(&DOLLARS)), (0, 0));
	});
}

#[test]
fn what_the_treasury_refuses_when_it_expires_is_owed_to_it() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		pass(ClaimPeriod::get());
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, TREASURY));
		assert_ok!(expire(1, 0, DOLLARS));
		assert_eq!(Revenue::owed(&TREASURY), vec![(DOLLARS, 700_000)]);
		assert_eq!(in_pot(&DOLLARS), 700_000 + 300_000);
	});
}

#[test]
fn a_burn_that_fails_leaves_the_part_accrued() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		bought_for(1);
		pass(ClaimPeriod::get());
		BurnFails::set(true);
		assert_noop!(expire(1, 0, DOLLARS), "nothing burns");
		assert_ok!(claim(1, 0, DOLLARS));
	});
}

#[test]
fn what_expired_of_one_operator_leaves_the_others_theirs() {
	ExtBuilder::default().burns_unclaimed().build_and_execute(|| {
		endow(12);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(buy(Balance::MAX, RATE), 2 * ONE_USDC);
		pass(2 * ClaimPeriod::get());
		assert_ok!(expire(1, 0, DOLLARS));
		// Nobody has expired it: it is still the operator's.
		let before = native(12);
		assert_ok!(claim(2, 0, DOLLARS));
		assert_eq!(native(12), before + 7 * VKTR);
		assert_eq!(in_pot(&Asset::Native), 0);
	});
}
