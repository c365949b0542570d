use frame_support::{assert_noop, assert_ok, dispatch::Pays};
use vektor_primitives::{Asset, ONE_USDC, USDC};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

fn owe_the_blocked_owner() {
	assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
	assert_ok!(settle(1, DOLLARS, ONE_USDC));
}

#[test]
fn anyone_may_pay_out_and_the_owner_receives() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		owe_the_blocked_owner();
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		let pot = in_pot(&DOLLARS);

		let info = Revenue::payout(RuntimeOrigin::signed(77), OWNER, DOLLARS).unwrap();

		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(balance(&DOLLARS, OWNER), USDC_MIN + 700_000);
		assert_eq!(balance(&DOLLARS, 77), 0);
		assert_eq!(in_pot(&DOLLARS), pot - 700_000);
		assert!(Revenue::owed(&OWNER).is_empty());
		assert_eq!(last_event(), Event::PaidOut { account: OWNER, asset: DOLLARS, amount: 700_000 }.into());
	});
}

#[test]
fn small_amounts_add_up_until_the_account_can_exist() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, 10_000));
		assert_noop!(Revenue::payout(RuntimeOrigin::signed(77), 12, DOLLARS), Error::StillRefused);
		assert_ok!(settle(2, DOLLARS, 10_000));
		assert_ok!(Revenue::payout(RuntimeOrigin::signed(77), 12, DOLLARS));
		assert_eq!(balance(&DOLLARS, 12), 14_000);
	});
}

#[test]
fn a_second_payout_is_refused() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, 10_000));
		assert_ok!(settle(2, DOLLARS, 10_000));
		assert_ok!(Revenue::payout(RuntimeOrigin::signed(77), 12, DOLLARS));
		assert_noop!(Revenue::payout(RuntimeOrigin::signed(77), 12, DOLLARS), Error::NothingOwed);
		assert_noop!(Revenue::payout(RuntimeOrigin::signed(77), 12, Asset::Native), Error::NothingOwed);
	});
}

#[test]
fn while_the_account_refuses_it_stays_owed() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		owe_the_blocked_owner();
		assert_noop!(Revenue::payout(RuntimeOrigin::signed(77), OWNER, DOLLARS), Error::StillRefused);
		assert_eq!(Revenue::owed(&OWNER), vec![(DOLLARS, 700_000)]);
	});
}
