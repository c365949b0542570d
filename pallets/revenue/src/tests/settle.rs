use frame_support::{assert_noop, assert_ok, traits::fungibles::Mutate};
use sp_runtime::TokenError;
use vektor_primitives::{traits::Settlement, Asset, JobId, Ppm, Receipt, Usd, WorkRef, ONE_USDC, USDC, VKTR};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

#[test]
fn under_the_vektor_split_everything_joins_the_lot_and_accrues() {
	ExtBuilder::default().build_and_execute(|| {
		let before = balance(&DOLLARS, OWNER);
		let escrow = balance(&DOLLARS, ESCROW);
		System::set_block_number(5);

		let receipt = settle(1, DOLLARS, 1_500_001).unwrap();

		assert_eq!(
			receipt,
			Receipt { direct: 0, queued: 1_500_001, value: Usd(1_500_001), leak: Usd(450_000), lot: 0 }
		);
		assert_eq!(balance(&DOLLARS, OWNER), before);
		assert_eq!(balance(&DOLLARS, ESCROW), escrow - 1_500_001);
		assert_eq!(in_pot(&DOLLARS), 1_500_001);
		assert_eq!(
			Revenue::lots(10),
			vec![(
				0,
				DOLLARS,
				Lot {
					state: LotState::Collecting,
					asset_in: 1_500_001,
					operators: 1_050_001,
					stakers: 450_000,
					burn: 0,
					value_total: Usd(1_500_001),
					to_spend: 1_500_001,
					..Lot::open(5, 0)
				}
			)]
		);
		let accrual = Accrual { value: Usd(1_500_001), amount: 1_050_001 };
		assert_eq!(Revenue::accruals(&operator(1)), vec![((0, DOLLARS), accrual)]);
		assert_eq!(
			RoundBooks::<Test>::get(0),
			RoundBook { settled: Usd(1_500_001), leak: Usd(450_000), counted: Usd(450_000), ..Default::default() }
		);
		assert_eq!(Leaks::<Test>::get(0, operator(1)), Leak { leak: Usd(450_000), counted: Usd(450_000) });
		assert_eq!(
			last_event(),
			Event::Settled {
				source: WorkRef::Job(JobId(sp_core::H256::repeat_byte(7))),
				payer: CLIENT,
				operator: operator(1),
				asset: DOLLARS,
				amount: 1_500_001,
				value: Usd(1_500_001),
				direct: 0,
				queued: 1_500_001,
				lot: 0,
				leak: Usd(450_000),
			}
			.into()
		);
	});
}

#[test]
fn under_the_nexus_split_seventy_per_cent_arrive_directly() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		let before = balance(&DOLLARS, OWNER);

		let receipt = settle(1, DOLLARS, ONE_USDC).unwrap();

		assert_eq!(
			receipt,
			Receipt { direct: 700_000, queued: 120_000, value: Usd(ONE_USDC), leak: Usd(300_000), lot: 0 }
		);
		assert_eq!(balance(&DOLLARS, OWNER), before + 700_000);
		assert_eq!(balance(&DOLLARS, OPERATIONS), USDC_MIN + 120_000);
		assert_eq!(balance(&DOLLARS, RESERVE), USDC_MIN + 60_000);
		assert_eq!(balance(&DOLLARS, TREASURY), USDC_MIN);
		assert_eq!(in_pot(&DOLLARS), 120_000);
		assert!(Revenue::accruals(&operator(1)).is_empty());
	});
}

#[test]
fn every_pot_gets_its_share() {
	let share = Ppm(125_000);
	let split = RevenueSplit {
		direct: share,
		operators: share,
		stakers: share,
		burn: share,
		treasury: share,
		reserve: share,
		operations: share,
		quality: share,
	};
	ExtBuilder::default().split(split).build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, 8_000_000));
		for pot in [TREASURY, RESERVE, OPERATIONS, QUALITY] {
			assert_eq!(balance(&DOLLARS, pot), USDC_MIN + ONE_USDC);
		}
		assert_eq!(in_pot(&DOLLARS), 3 * ONE_USDC);
	});
}

#[test]
fn vktr_joins_a_row_of_its_own_once_there_is_a_price() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(2_000_000));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		let receipt = settle(1, Asset::Native, 3 * VKTR).unwrap();
		assert_eq!((receipt.value, receipt.leak, receipt.lot), (Usd(6_000_000), Usd(1_800_000), 0));
		let lot = Lots::<Test>::get(0, Asset::Native).unwrap();
		assert_eq!((lot.asset_in, lot.operators, lot.value_total), (3 * VKTR, 3 * VKTR / 10 * 7, Usd(6_000_000)));
		assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().asset_in, ONE_USDC);
		assert_eq!(in_pot(&Asset::Native), 3 * VKTR);
	});
}

#[test]
fn two_operators_accrue_pro_rata_to_what_each_put_in() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, 3 * ONE_USDC));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(Accrued::<Test>::get((0, DOLLARS), operator(1)).amount, 1_400_000);
		assert_eq!(Accrued::<Test>::get((0, DOLLARS), operator(2)).amount, 2_100_000);
		assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().operators, 3_500_000);
	});
}

#[test]
fn each_round_with_revenue_has_a_lot_and_rounds_without_have_none() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(settle(1, DOLLARS, ONE_USDC).unwrap().lot, 0);
		assert_eq!(settle(1, DOLLARS, ONE_USDC).unwrap().lot, 0);
		Round::set(1);
		assert_eq!(settle(1, DOLLARS, ONE_USDC).unwrap().lot, 1);
		Round::set(7);
		assert_eq!(settle(2, DOLLARS, ONE_USDC).unwrap().lot, 2);
		assert_eq!(RoundBooks::<Test>::get(7).settled, Usd(ONE_USDC));
		assert_eq!(Revenue::lots(2).iter().map(|(lot, _, _)| *lot).collect::<Vec<_>>(), vec![2, 1]);
	});
}

#[test]
fn a_settlement_that_sets_nothing_aside_opens_no_lot() {
	let split = RevenueSplit { direct: Ppm(950_000), treasury: Ppm(50_000), ..RevenueSplit::NONE };
	ExtBuilder::default().split(split).build_and_execute(|| {
		let receipt = settle(1, DOLLARS, ONE_USDC).unwrap();
		assert_eq!((receipt.direct, receipt.queued, receipt.leak, receipt.lot), (950_000, 0, Usd(50_000), 0));
		assert_eq!(CollectingLot::<Test>::get(), None);
		assert!(Revenue::lots(10).is_empty());
	});
}

#[test]
fn a_receiver_that_refuses_is_booked_and_blocks_nobody() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		// Operator 2's owner has no account in USDC: 7_000 units are below the minimum balance.
		let receipt = settle(2, DOLLARS, 10_000).unwrap();
		assert_eq!(receipt.direct, 7_000);
		assert_eq!(Revenue::owed(&12), vec![(DOLLARS, 7_000)]);
		System::assert_has_event(Event::Booked { account: 12, asset: DOLLARS, amount: 7_000 }.into());
		assert_eq!(balance(&DOLLARS, OPERATIONS), USDC_MIN + 1_200);
		assert_eq!(in_pot(&DOLLARS), 7_000 + 1_200);
	});
}

#[test]
fn a_blocked_receiver_is_booked() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		assert_ok!(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, OWNER));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(Revenue::owed(&OWNER), vec![(DOLLARS, 700_000)]);
	});
}

#[test]
fn the_direct_share_of_an_operator_that_is_gone_goes_to_the_treasury() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		assert_ok!(settle(9, DOLLARS, ONE_USDC));
		assert_eq!(balance(&DOLLARS, TREASURY), USDC_MIN + 700_000);
	});
}

#[test]
fn the_leak_is_never_overstated() {
	ExtBuilder::default().build_and_execute(|| {
		// 5 units at a third of a micro-USD each are worth one: 3 go to operators (2/5 leak), which is less than one.
		NativePrice::set(Some(VKTR / 3));
		assert_ok!(Money::mint_into(Asset::Native, &ESCROW, VKTR));
		let receipt = settle(1, Asset::Native, 5).unwrap();
		assert_eq!((receipt.value, receipt.leak), (Usd(1), Usd(0)));
	});
}

#[test]
fn without_a_price_vktr_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Revenue::accepts(&Asset::Native, VKTR), Error::NoPrice);
		NativePrice::set(Some(1));
		assert_ok!(Revenue::accepts(&Asset::Native, VKTR));
	});
}

#[test]
fn what_was_taken_is_settled_while_there_is_no_price_and_earns_no_emission() {
	let split = RevenueSplit { direct: Ppm(700_000), stakers: Ppm(300_000), ..RevenueSplit::NONE };
	ExtBuilder::default().split(split).build_and_execute(|| {
		assert_ok!(Money::mint_into(Asset::Native, &ESCROW, 20 * VKTR));
		let before = balance(&Asset::Native, OWNER);
		let receipt = settle(1, Asset::Native, 10 * VKTR).unwrap();
		assert_eq!((receipt.direct, receipt.queued), (7 * VKTR, 3 * VKTR));
		assert_eq!((receipt.value, receipt.leak), (Usd(0), Usd(0)));
		assert_eq!(balance(&Asset::Native, OWNER), before + 7 * VKTR);
		assert_eq!(RoundBooks::<Test>::get(0), RoundBook::default());
	});
}

#[test]
fn another_asset_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Revenue::accepts(&Asset::WithId(2), 1), Error::UnsupportedAsset);
		assert_noop!(settle(1, Asset::WithId(2), 1), Error::UnsupportedAsset);
	});
}

#[test]
fn nothing_cannot_be_settled() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Revenue::accepts(&DOLLARS, 0), Error::NothingToSettle);
		assert_noop!(settle(1, DOLLARS, 0), Error::NothingToSettle);
		assert_ok!(Revenue::accepts(&DOLLARS, 1));
	});
}

#[test]
fn a_rebate_is_refused_until_rebates_come() {
	ExtBuilder::default().build_and_execute(|| {
		let mut asked = payment(1, DOLLARS, ONE_USDC);
		asked.rebate = 1;
		assert_noop!(<Revenue as Settlement<AccountId>>::settle(&ESCROW, asked), Error::NoRebates);
	});
}

#[test]
fn a_pot_that_cannot_pay_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let all = balance(&DOLLARS, ESCROW);
		assert_noop!(settle(1, DOLLARS, all), TokenError::NotExpendable);
		assert_noop!(settle(1, DOLLARS, all + 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_sum_that_does_not_fit_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		for full in [
			RoundBook { settled: Usd(u128::MAX), ..Default::default() },
			RoundBook { leak: Usd(u128::MAX), ..Default::default() },
			RoundBook { counted: Usd(u128::MAX), ..Default::default() },
		] {
			RoundBooks::<Test>::insert(0, full);
			assert_noop!(settle(1, DOLLARS, ONE_USDC), Error::Overflow);
		}
		RoundBooks::<Test>::remove(0);
		for full in [Leak { leak: Usd(u128::MAX), counted: Usd(0) }, Leak { leak: Usd(0), counted: Usd(u128::MAX) }] {
			Leaks::<Test>::insert(0, operator(1), full);
			assert_noop!(settle(1, DOLLARS, ONE_USDC), Error::Overflow);
		}
		Leaks::<Test>::remove(0, operator(1));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
	});
}
