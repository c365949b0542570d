use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResultWithPostInfo, Pays},
};
use sp_runtime::{DispatchError, TokenError};
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
			Event::Claimed {
				operator: operator(1),
				lot: 0,
				asset: DOLLARS,
				account: OWNER,
				native: 7 * VKTR,
				paid: 0,
				withheld: 0
			}
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
				paid: 700_000,
				withheld: 0,
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
			let accrued = Accrued::<Test>::get((0, DOLLARS), operator(number)).amount;
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
	});
}

#[test]
fn a_lot_that_is_not_bought_is_not_claimed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_noop!(claim(1, 0, DOLLARS), Error::LotOpen);
		next_round();
		assert_noop!(claim(1, 0, DOLLARS), Error::LotOpen);
		assert_eq!(buy(ONE_USDC - 1, RATE), ONE_USDC - 1);
		pass(2 * ClaimPeriod::get());
		assert_noop!(claim(1, 0, DOLLARS), Error::LotOpen);
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
fn who_takes_vktr_but_not_dollars_is_paid_the_one_and_owed_the_other() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		let before = (native(OWNER), balance(&DOLLARS, OWNER));
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!((native(OWNER), balance(&DOLLARS, OWNER)), (before.0 + 7 * VKTR, before.1));
		assert_eq!(Revenue::owed(&OWNER), vec![(DOLLARS, 700_000)]);
		System::assert_has_event(Event::Booked { account: OWNER, asset: DOLLARS, amount: 700_000 }.into());
		let claimed = Event::Claimed {
			operator: operator(1),
			lot: 0,
			asset: DOLLARS,
			account: OWNER,
			native: 7 * VKTR,
			paid: 700_000,
			withheld: 0,
		};
		assert_eq!(last_event(), claimed.into());
		assert_noop!(claim(1, 0, DOLLARS), Error::NothingAccrued);

		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		assert_ok!(Revenue::payout(RuntimeOrigin::signed(STRANGER), OWNER, DOLLARS));
		assert_eq!(balance(&DOLLARS, OWNER), before.1 + 700_000);
		assert_eq!((in_pot(&Asset::Native), in_pot(&DOLLARS)), (3 * VKTR, 300_000));
	});
}

#[test]
fn who_takes_dollars_but_not_so_little_vktr_is_paid_the_one_and_owed_the_other() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(swap(1_000, |_| NATIVE_MIN).unwrap(), (1_000, NATIVE_MIN));
		Round::set(8);
		pass(1);
		assert_ok!(claim(2, 0, DOLLARS));
		assert_eq!((native(12), balance(&DOLLARS, 12)), (0, 999_000 * 7 / 10));
		assert_eq!(Revenue::owed(&12), vec![(Asset::Native, NATIVE_MIN * 7 / 10)]);
	});
}

#[test]
fn who_takes_neither_asset_keeps_its_part() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(swap(1_000, |_| NATIVE_MIN).unwrap(), (1_000, NATIVE_MIN));
		Round::set(8);
		pass(1);
		endow(12);
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, 12));
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(12), ESCROW, false));
		assert_noop!(claim(2, 0, DOLLARS), Error::StillRefused);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, 12));
		assert_ok!(claim(2, 0, DOLLARS));
	});
}

#[test]
fn who_refuses_the_one_asset_that_there_is_keeps_its_part() {
	ExtBuilder::default().build_and_execute(|| {
		// Nothing was bought: there are dollars only.
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		Round::set(8);
		pass(1);
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		assert_noop!(claim(1, 0, DOLLARS), Error::StillRefused);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!(balance(&DOLLARS, OWNER), USDC_MIN + 700_000);
	});
}

#[test]
fn while_usdc_is_frozen_vktr_is_paid_and_dollars_are_owed() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		bought_for(1);
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(ISSUER), USDC));
		let before = native(OWNER);
		assert_ok!(claim(1, 0, DOLLARS));
		assert_ok!(claim(1, 1, DOLLARS));
		assert_eq!(native(OWNER), before + 14 * VKTR);
		assert_eq!(Revenue::owed(&OWNER), vec![(DOLLARS, 700_000)]);
		assert_noop!(Revenue::payout(RuntimeOrigin::signed(STRANGER), OWNER, DOLLARS), TokenError::Frozen);
		assert_ok!(Assets::thaw_asset(RuntimeOrigin::signed(ISSUER), USDC));
		assert_ok!(Revenue::payout(RuntimeOrigin::signed(STRANGER), OWNER, DOLLARS));
	});
}

#[test]
fn a_part_that_is_worth_nothing_is_closed_without_a_payment() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(swap(Balance::MAX, |_| 0).unwrap(), (ONE_USDC, 0));
		assert_ok!(claim(2, 0, DOLLARS));
		assert!(Revenue::accruals(&operator(2)).is_empty() && Revenue::owed(&12).is_empty());
		assert_noop!(claim(2, 0, DOLLARS), Error::NothingAccrued);
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
fn who_does_not_sign_claims_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		bought_for(1);
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(Revenue::claim(origin, operator(1), 0, DOLLARS), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn an_operator_sees_its_part_of_every_lot_in_their_order_and_what_of_it_it_may_claim() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		assert!(Revenue::accrued(operator(1)).is_empty());
		overflown_for(1);
		assert_eq!(buy(Balance::MAX, RATE), 300_000);
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(1, Asset::Native, VKTR));
		let part = |lot, asset, amount, claimable| HeldAccrual { lot, asset, amount, claimable };
		let mut parts = vec![
			part(0, DOLLARS, 1_400_000, Some((7 * VKTR, 700_000))),
			part(2, Asset::Native, VKTR * 7 / 10, None),
			part(2, DOLLARS, 700_000, None),
		];
		assert_eq!(Revenue::accrued(operator(1)), parts);

		next_round();
		parts[1].claimable = Some((VKTR * 7 / 10, 0));
		assert_eq!(Revenue::accrued(operator(1)), parts);
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!(Revenue::accrued(operator(1)), parts[1..]);
	});
}

#[test]
fn half_of_a_claim_joins_the_collateral_until_that_is_met() {
	ExtBuilder::default().build_and_execute(|| {
		overflown_for(1);
		endow(COLLATERAL);
		Gap::set(2 * VKTR);
		let before = (native(OWNER), native(COLLATERAL));
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!((native(OWNER), native(COLLATERAL)), (before.0 + 5 * VKTR, before.1 + 2 * VKTR));
		let claimed = Event::Claimed {
			operator: operator(1),
			lot: 0,
			asset: DOLLARS,
			account: OWNER,
			native: 7 * VKTR,
			paid: 700_000,
			withheld: 2 * VKTR,
		};
		assert_eq!(last_event(), claimed.into());
		assert_eq!(in_pot(&Asset::Native), 3 * VKTR);
	});
}
