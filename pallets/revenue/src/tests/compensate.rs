use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult, TokenError};
use vektor_primitives::{pot, Asset, Balance, JobId, WorkRef, ONE_USDC, USDC, VKTR};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

fn job(number: u64) -> WorkRef {
	WorkRef::Job(JobId(H256::from_low_u64_be(number)))
}

/// Has the reserve hold so much of each asset above its minimum balance.
fn reserve(native: Balance, dollars: Balance) {
	for (asset, amount) in [(Asset::Native, native), (DOLLARS, dollars)] {
		assert_ok!(pot::transfer::<AccountId, Money>(&asset, &ESCROW, &RESERVE, amount));
	}
}

fn compensate(work: WorkRef, asset: Asset, amount: Balance) -> DispatchResult {
	Revenue::compensate(RuntimeOrigin::root(), work, CASE, CLIENT, asset, amount)
}

#[test]
fn the_reserve_pays_for_work_that_failed_in_either_asset() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(3 * VKTR, 3 * ONE_USDC);
		assert_ok!(compensate(job(1), DOLLARS, ONE_USDC));
		let paid = |work, asset, amount| Event::Compensated { work, case: CASE, beneficiary: CLIENT, asset, amount };
		assert_eq!(last_event(), paid(job(1), DOLLARS, ONE_USDC).into());
		assert_eq!(balance(&DOLLARS, CLIENT), ONE_USDC);
		assert_eq!(balance(&DOLLARS, RESERVE), USDC_MIN + 2 * ONE_USDC);

		assert_ok!(compensate(job(2), Asset::Native, 2 * VKTR));
		assert_eq!(last_event(), paid(job(2), Asset::Native, 2 * VKTR).into());
		assert_eq!(balance(&Asset::Native, CLIENT), 2 * VKTR);
		assert_eq!(balance(&Asset::Native, RESERVE), NATIVE_MIN + VKTR);
	});
}

#[test]
fn it_pays_once_for_a_work_whatever_the_asset_the_amount_and_who_receives() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(3 * VKTR, 3 * ONE_USDC);
		assert_ok!(compensate(job(1), DOLLARS, ONE_USDC));
		assert_noop!(compensate(job(1), DOLLARS, ONE_USDC), Error::AlreadyCompensated);
		assert_noop!(compensate(job(1), Asset::Native, VKTR), Error::AlreadyCompensated);
		let other = Revenue::compensate(RuntimeOrigin::root(), job(1), CASE, OWNER, DOLLARS, 1);
		assert_noop!(other, Error::AlreadyCompensated);
		assert_ok!(compensate(job(2), DOLLARS, ONE_USDC));
	});
}

#[test]
fn it_keeps_its_minimum_balance() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(compensate(job(1), DOLLARS, 1), Error::ReserveTooSmall);
		reserve(3 * VKTR, 3 * ONE_USDC);
		for (number, asset, all, least) in
			[(1, DOLLARS, 3 * ONE_USDC, USDC_MIN), (2, Asset::Native, 3 * VKTR, NATIVE_MIN)]
		{
			for more in [all + 1, all + least, Balance::MAX] {
				assert_noop!(compensate(job(number), asset.clone(), more), Error::ReserveTooSmall);
			}
			assert_ok!(compensate(job(number), asset.clone(), all));
			assert_eq!(balance(&asset, RESERVE), least);
			assert_noop!(compensate(job(3), asset, 1), Error::ReserveTooSmall);
		}
	});
}

#[test]
fn it_does_not_pay_nothing_nor_in_another_asset() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(VKTR, ONE_USDC);
		assert_noop!(compensate(job(1), DOLLARS, 0), Error::NothingToSettle);
		assert_noop!(compensate(job(1), Asset::Native, 0), Error::NothingToSettle);
		assert_noop!(compensate(job(1), Asset::WithId(2), 1), Error::UnsupportedAsset);
		assert_ok!(compensate(job(1), DOLLARS, ONE_USDC));
	});
}

#[test]
fn who_cannot_take_it_is_not_paid_and_may_be_later() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(VKTR, ONE_USDC);
		// Below the minimum balance of an account that is not there yet.
		assert_noop!(compensate(job(1), DOLLARS, USDC_MIN - 1), Error::StillRefused);
		assert_noop!(compensate(job(1), Asset::Native, NATIVE_MIN - 1), Error::StillRefused);
		endow(CLIENT);
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, CLIENT));
		assert_noop!(compensate(job(1), DOLLARS, USDC_MIN), Error::StillRefused);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, CLIENT));
		assert_ok!(compensate(job(1), DOLLARS, USDC_MIN - 1));
	});
}

#[test]
fn while_usdc_is_frozen_nothing_counts_as_paid() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(VKTR, ONE_USDC);
		endow(CLIENT);
		assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(ISSUER), USDC));
		assert_noop!(compensate(job(1), DOLLARS, ONE_USDC), TokenError::Frozen);
		assert_ok!(Assets::thaw_asset(RuntimeOrigin::signed(ISSUER), USDC));
		assert_ok!(compensate(job(1), DOLLARS, ONE_USDC));
	});
}

#[test]
fn nobody_but_the_reserves_origin_may() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(VKTR, ONE_USDC);
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::signed(CLIENT), RuntimeOrigin::signed(RESERVE)] {
			let paid = Revenue::compensate(origin, job(1), CASE, CLIENT, DOLLARS, ONE_USDC);
			assert_noop!(paid, DispatchError::BadOrigin);
		}
	});
}

#[test]
fn what_lots_hold_and_what_is_owed_are_not_the_reserves() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, 10_000));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		// 6 % of what was settled, and nothing of the pot.
		assert_noop!(compensate(job(1), DOLLARS, 60_601), Error::ReserveTooSmall);
		let pot = in_pot(&DOLLARS);
		assert_ok!(compensate(job(1), DOLLARS, 60_600));
		assert_eq!(in_pot(&DOLLARS), pot);
	});
}

#[test]
fn it_pays_no_more_than_the_operator_was_slashed_by_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		reserve(3 * VKTR, 3 * ONE_USDC);
		Taken::set(ONE_USDC + 5);
		assert_ok!(compensate(job(1), DOLLARS, ONE_USDC));
		assert_noop!(compensate(job(2), DOLLARS, 6), DispatchError::Other("more than was slashed"));
		let other = Revenue::compensate(RuntimeOrigin::root(), job(2), CASE + 1, CLIENT, DOLLARS, 1);
		assert_noop!(other, DispatchError::Other("no such case"));
		assert_ok!(compensate(job(2), DOLLARS, 5));
	});
}
