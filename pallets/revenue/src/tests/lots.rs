use frame_support::{assert_noop, assert_ok, assert_storage_noop, dispatch::DispatchResultWithPostInfo, traits::Hooks};
use proptest::prelude::*;
use vektor_primitives::{
	traits::{Purchase, Purchases},
	Asset, Balance, Ppm, Usd, ONE_USDC, VKTR,
};

use super::invariants::split as any_split;
use crate::{mock::*, *};

/// 60 % for operators, 30 % for stakers, 10 % burned: every part of a lot.
const THREE: RevenueSplit =
	RevenueSplit { operators: Ppm(600_000), stakers: Ppm(300_000), burn: Ppm(100_000), ..RevenueSplit::NONE };

fn claim(number: u64, lot: u32, asset: Asset) -> DispatchResultWithPostInfo {
	Revenue::claim(RuntimeOrigin::signed(CLIENT), operator(number), lot, asset)
}

fn lot(number: u32) -> Lot<u64> {
	Lots::<Test>::get(number, DOLLARS).unwrap()
}

fn next() -> Option<Purchase<AccountId>> {
	<Revenue as Purchases<AccountId>>::next()
}

fn tick() -> frame_support::weights::Weight {
	<Revenue as Hooks<u64>>::on_initialize(System::block_number())
}

/// What everybody holds.
fn held(asset: &Asset) -> Balance {
	let pots = [Revenue::pot(), TREASURY, RESERVE, OPERATIONS, QUALITY, STAKERS, BURNED, POOL, ESCROW];
	pots.into_iter().chain(11..16).map(|who| balance(asset, who)).sum()
}

fn burned() -> Balance {
	balance(&Asset::Native, BURNED) - NATIVE_MIN
}

fn streamed() -> Balance {
	balance(&Asset::Native, STAKERS) - NATIVE_MIN
}

#[test]
fn one_dollar_becomes_vktr_for_operators_and_stakers_seventy_to_thirty() {
	ExtBuilder::default().build_and_execute(|| {
		settle(1, DOLLARS, ONE_USDC).unwrap();
		assert_noop!(claim(1, 0, DOLLARS), Error::<Test>::LotOpen);
		assert_eq!(buy(ONE_USDC, 10), 0);
		next_round();
		assert_eq!(buy(ONE_USDC, 10_000_007), ONE_USDC);
		let bought = ONE_USDC * 10_000_007;
		let before = balance(&Asset::Native, OWNER);
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!(balance(&Asset::Native, OWNER) - before, bought - bought * 3 / 10);
		assert_eq!(Streamed::get(), bought * 3 / 10);
	});
}

/// Odd amounts of three operators, bought in odd clips: every unit has its place.
fn divides_exactly(split: RevenueSplit) {
	ExtBuilder::default().split(split).build_and_execute(|| {
		(12..14).for_each(endow);
		let (dollars, native) = (held(&DOLLARS), held(&Asset::Native));
		let paid = [(1, 1_234_567), (2, 7), (3, 999_999_999), (1, 1), (2, 33_333_331u128)];
		let mut now = [0; 6];
		for (number, amount) in paid {
			let parts = split.divide(amount).unwrap();
			assert_eq!(settle(number, DOLLARS, amount).unwrap().queued, parts.queued);
			now[0] += parts.direct;
			for (sum, part) in
				now[1..].iter_mut().zip([parts.treasury, parts.reserve, parts.operations, parts.quality, parts.queued])
			{
				*sum += part;
			}
		}
		let direct: Balance = (11..14).map(|who| balance(&DOLLARS, who) - USDC_MIN).sum();
		let pots = [TREASURY, RESERVE, OPERATIONS, QUALITY].map(|who| balance(&DOLLARS, who) - USDC_MIN);
		assert_eq!([direct, pots[0], pots[1], pots[2], pots[3], in_pot(&DOLLARS)], now);

		let settled: Balance = paid.iter().map(|(_, amount)| amount).sum();
		let before = lot(0);
		for (part, share) in
			[(before.operators, split.operators), (before.stakers, split.stakers), (before.burn, split.burn)]
		{
			let ideal = settled * Balance::from(share.0);
			assert!((part * 1_000_000).abs_diff(ideal) <= 1_000_000 * paid.len() as Balance);
		}

		next_round();
		for (most, got) in [(7, 1_000_003), (1_000_000, 9_999_999_999_937), (100_000_001, 123_456_789_012_345)] {
			assert_eq!(swap(most, |_| got).unwrap(), (most, got));
			assert_eq!((lot(0).state, lot(0).claimable), (LotState::Buying, None));
		}
		let rest = lot(0).to_spend;
		swap(Balance::MAX, |spent| spent * 1_234_567 + 1).unwrap();

		let lot = lot(0);
		let bought = 1_000_003 + 9_999_999_999_937 + 123_456_789_012_345 + rest * 1_234_567 + 1;
		assert_eq!((lot.state, lot.spent, lot.to_spend, lot.bought), (LotState::Closed, lot.asset_in, 0, bought));
		assert_eq!((lot.closed, lot.claimable), (Some(System::block_number()), Some(System::block_number())));
		assert_eq!(lot.native_shares + streamed() + burned(), bought);
		assert_eq!((Streamed::get(), SplitBurned::get()), (streamed(), burned()));
		for (part, share) in [(lot.native_shares, lot.operators), (streamed(), lot.stakers), (burned(), lot.burn)] {
			assert!((part * lot.asset_in).abs_diff(bought * share) <= 2 * lot.asset_in);
		}
		assert_eq!(
			last_event(),
			Event::LotClosed {
				lot: 0,
				asset: DOLLARS,
				bought,
				operators: lot.native_shares,
				stakers: streamed(),
				burned: burned()
			}
			.into()
		);

		let had: Balance = (11..14).map(|who| balance(&Asset::Native, who)).sum();
		let operators = if split.operators.0 > 0 { 3 } else { 0 };
		for number in 1..4 {
			assert_eq!(claim(number, 0, DOLLARS).is_ok(), operators > 0);
		}
		let claimed = (11..14).map(|who| balance(&Asset::Native, who)).sum::<Balance>() - had;
		assert!(claimed <= lot.native_shares && lot.native_shares - claimed <= operators.max(2));
		assert_eq!(in_pot(&Asset::Native), lot.native_shares - claimed);
		assert_eq!(in_pot(&DOLLARS), 0);
		assert_eq!((held(&DOLLARS), held(&Asset::Native)), (dollars, native));
	});
}

#[test]
fn the_vektor_split_is_exact_from_payment_to_claim() {
	divides_exactly(RevenueSplit::VEKTOR);
}

#[test]
fn the_nexus_split_is_exact_from_payment_to_claim() {
	divides_exactly(RevenueSplit::NEXUS);
}

#[test]
fn the_quiver_split_is_exact_from_payment_to_claim() {
	divides_exactly(RevenueSplit::QUIVER);
}

#[test]
fn the_cxpt_split_is_exact_from_payment_to_claim() {
	divides_exactly(RevenueSplit::CXPT);
}

#[test]
fn a_split_with_every_part_is_exact_from_payment_to_claim() {
	divides_exactly(THREE);
}

/// A part and its ideal `whole * part / all`, at most so many units apart.
fn is_near(got: Balance, whole: Balance, part: Balance, all: Balance, units: Balance) -> bool {
	(got * all).abs_diff(whole * part) <= units * all
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_096))]

	#[test]
	fn parts_of_whatever_is_bought_sum_to_it(
		split in any_split(),
		payments in prop::collection::vec(prop_oneof![1u128..20, 1u128..1_000_000_000_000_000], 1..6),
		clips in prop::collection::vec((1u128..1_000_000, 0u128..1_000_000_000_000_000_000), 0..4),
		last in 0u128..1_000_000_000_000_000_000,
		overflows in any::<bool>(),
	) {
		let mut lot = Lot::open(1u64, 0);
		for amount in payments {
			lot.join(&split.divide(amount).unwrap(), Usd(amount)).unwrap();
		}
		prop_assume!(lot.asset_in > 0);
		for (part, got) in clips {
			let spent = lot.asset_in * part / 5_000_000;
			lot.buy(spent, got).unwrap();
		}
		let (early, left) = (lot.bought, lot.to_spend);
		if overflows {
			lot.overflow(2).unwrap();
			assert_eq!(lot.asset_shares + lot.to_spend, left);
			assert!(is_near(lot.asset_shares, left, lot.operators, lot.asset_in, 1));
			assert!(is_near(lot.native_shares, early, lot.operators, lot.asset_in, 1));
		}
		lot.buy(lot.to_spend, last).unwrap();
		let bought = lot.bought;
		let (stakers, burned) = lot.close(3).unwrap();
		assert_eq!(lot.native_shares + stakers + burned, bought);
		assert_eq!(lot.native_due, lot.native_shares);
		assert_eq!(lot.spent + lot.asset_shares, lot.asset_in);
		if overflows {
			assert_eq!((lot.state, lot.claimable, lot.closed), (LotState::Overflow, Some(2), Some(3)));
			let others = lot.stakers + lot.burn;
			assert!(others == 0 || is_near(burned, bought - lot.native_shares, lot.burn, others, 1));
		} else {
			assert_eq!((lot.state, lot.claimable, lot.closed), (LotState::Closed, Some(3), Some(3)));
			assert!(is_near(stakers, bought, lot.stakers, lot.asset_in, 1));
			assert!(is_near(burned, bought, lot.burn, lot.asset_in, 1));
			assert!(is_near(lot.native_shares, bought, lot.operators, lot.asset_in, 2));
		}
	}
}

#[test]
fn what_was_paid_in_vktr_is_divided_at_the_end_of_its_round_without_a_swap() {
	ExtBuilder::default().split(THREE).build_and_execute(|| {
		endow(12);
		NativePrice::set(Some(2_000_000));
		let paid = 3 * VKTR + 1;
		assert_ok!(settle(1, Asset::Native, paid));
		assert_ok!(settle(2, Asset::Native, VKTR));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		let native = Lots::<Test>::get(0, Asset::Native).unwrap();
		pass(3);
		assert_eq!(Lots::<Test>::get(0, Asset::Native), Some(native));
		let pool = balance(&Asset::Native, POOL);

		Round::set(1);
		pass(1);

		let lot = Lots::<Test>::get(0, Asset::Native).unwrap();
		assert_eq!((lot.state, lot.to_spend, lot.bought), (LotState::Closed, 0, paid + VKTR));
		assert_eq!((lot.closed, lot.claimable), (Some(System::block_number()), Some(System::block_number())));
		assert_eq!((streamed(), burned()), (native.stakers, native.burn));
		assert_eq!(lot.native_shares, native.operators);
		assert_eq!(balance(&Asset::Native, POOL), pool);
		assert_eq!(self::lot(0).state, LotState::Buying);
		let before = [11, 12].map(|who| balance(&Asset::Native, who));
		assert_ok!(claim(1, 0, Asset::Native));
		assert_ok!(claim(2, 0, Asset::Native));
		let after = [11, 12].map(|who| balance(&Asset::Native, who));
		let accrued = [THREE.divide(paid).unwrap().operators, THREE.divide(VKTR).unwrap().operators];
		assert_eq!([after[0] - before[0], after[1] - before[1]], accrued);
		assert_eq!(in_pot(&Asset::Native), 0);
		assert_noop!(claim(2, 0, DOLLARS), Error::<Test>::LotOpen);
	});
}

#[test]
fn a_lot_is_not_spent_before_its_round_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		for _ in 0..5 {
			pass(1);
			assert_storage_noop!(assert_eq!(next(), None));
		}
		// The block in which a round ends turns its lot before the engine asks.
		Round::set(1);
		assert_eq!(next(), None);
		pass(1);
		assert_eq!(lot(0).state, LotState::Buying);
		assert_eq!(next().unwrap().most, ONE_USDC);
	});
}

#[test]
fn a_lot_that_takes_in_more_is_not_spent_either() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_ok!(settle(1, DOLLARS, 5 * ONE_USDC));
		assert_eq!(buy(Balance::MAX, 1), ONE_USDC);
		assert_eq!(next(), None);
		assert_eq!(lot(1).to_spend, 5 * ONE_USDC);
		assert_eq!(in_pot(&DOLLARS), 5 * ONE_USDC);
	});
}

#[test]
fn the_newest_ended_lot_takes_the_round_and_what_is_behind_goes_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		let purchase = Purchase { account: Revenue::pot(), most: ONE_USDC, waiting: ONE_USDC, intervals: 100 };
		assert_eq!(next(), Some(purchase.clone()));
		for (left, intervals) in [(999, 99), (19, 1), (9, 1), (0, 1), (u32::MAX, u32::MAX / 10)] {
			Left::set(left);
			assert_eq!(next(), Some(Purchase { intervals, ..purchase.clone() }));
		}
		Left::set(1_000);
		assert_eq!(buy(400_000, 3), 400_000);
		assert_eq!(next(), Some(Purchase { most: 600_000, waiting: 600_000, ..purchase.clone() }));

		assert_ok!(settle(1, DOLLARS, 2 * ONE_USDC));
		next_round();
		assert_eq!(next(), Some(Purchase { most: 600_000, waiting: 600_000, intervals: 1, ..purchase.clone() }));
		assert_eq!(buy(Balance::MAX, 3), 600_000);
		assert_eq!(next(), Some(Purchase { most: 2 * ONE_USDC, waiting: 2 * ONE_USDC, ..purchase }));
	});
}

#[test]
fn rounds_without_dollars_are_passed_a_few_at_a_time() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		for _ in 0..20 {
			assert_ok!(settle(1, Asset::Native, VKTR));
			next_round();
		}
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(Progress::<Test>::get().turned, 21);
		for passed in [8, 16] {
			assert_eq!(next(), None);
			assert_eq!(Progress::<Test>::get().buying, passed);
		}
		assert_eq!(next().unwrap().most, ONE_USDC);
		assert_eq!(Progress::<Test>::get().buying, 20);
		assert_storage_noop!(assert_eq!(next().unwrap().most, ONE_USDC));
		assert_eq!(buy(Balance::MAX, 1), ONE_USDC);
		assert_eq!(Progress::<Test>::get().buying, 21);
		assert_storage_noop!(assert_eq!(next(), None));
	});
}

#[test]
fn eight_rounds_without_dollars_are_passed_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		NativePrice::set(Some(1_000_000));
		for _ in 0..7 {
			assert_ok!(settle(1, Asset::Native, VKTR));
			next_round();
		}
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(next().unwrap().most, ONE_USDC);
	});
}

#[test]
fn rounds_without_any_payment_hold_nothing_up() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		Round::set(5);
		assert_ok!(settle(1, DOLLARS, 2 * ONE_USDC));
		pass(1);
		assert_eq!(buy(Balance::MAX, 1), ONE_USDC);
		assert_eq!(next(), None);
		Round::set(6);
		pass(1);
		assert_eq!((lot(0).round, lot(1).round), (0, 5));
		assert_eq!(buy(Balance::MAX, 1), 2 * ONE_USDC);
	});
}

#[test]
fn a_round_that_ends_meanwhile_and_a_new_split_change_nothing_for_a_lot_that_is_bought() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		assert_ok!(settle(1, DOLLARS, 10 * ONE_USDC));
		next_round();
		assert_eq!(buy(4 * ONE_USDC, 1_000_000), 4 * ONE_USDC);
		assert_ok!(Revenue::set_split(RuntimeOrigin::root(), THREE));
		assert_ok!(settle(2, DOLLARS, 5 * ONE_USDC));
		next_round();
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		assert_eq!(buy(5 * ONE_USDC, 2_000_000), 5 * ONE_USDC);
		assert_eq!((lot(0).state, lot(0).asset_in, lot(0).spent), (LotState::Buying, 10 * ONE_USDC, 9 * ONE_USDC));
		assert_eq!(lot(1).to_spend, 5 * ONE_USDC);
		assert_eq!(buy(5 * ONE_USDC, 3_000_000), ONE_USDC);

		let bought = ONE_USDC * (4 * 1_000_000 + 5 * 2_000_000 + 3_000_000);
		assert_eq!((lot(0).native_shares, streamed(), burned()), (bought / 10 * 7, bought / 10 * 3, 0));
		assert_eq!(lot(0).closed, Some(System::block_number()));
		assert_eq!(buy(Balance::MAX, 1_000_000), 5 * ONE_USDC);
		let later = 5 * ONE_USDC * 1_000_000;
		assert_eq!((lot(1).native_shares, burned()), (later / 10 * 6, later / 10));
		assert_eq!(streamed(), bought / 10 * 3 + later / 10 * 3);
		assert_eq!((lot(2).state, lot(2).asset_in), (LotState::Collecting, ONE_USDC));
	});
}

#[test]
fn a_split_that_changes_within_a_round_divides_each_payment_as_it_came_in() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, 10 * ONE_USDC));
		assert_ok!(Revenue::set_split(RuntimeOrigin::root(), RevenueSplit::CXPT));
		assert_ok!(settle(1, DOLLARS, 10 * ONE_USDC));
		assert_eq!((lot(0).operators, lot(0).stakers, lot(0).burn), (7 * ONE_USDC, 3 * ONE_USDC, ONE_USDC));
		next_round();
		assert_eq!(buy(Balance::MAX, 1_000), 11 * ONE_USDC);
		let dollar = ONE_USDC * 1_000;
		assert_eq!((lot(0).native_shares, streamed(), burned()), (7 * dollar, 3 * dollar, dollar));
	});
}

#[test]
fn a_lot_overflows_once_its_patience_is_over_and_not_before() {
	ExtBuilder::default().split(THREE).build_and_execute(|| {
		let (dollars, native) = (held(&DOLLARS), held(&Asset::Native));
		endow(12);
		let owners = || [11, 12].map(|who| (balance(&DOLLARS, who), balance(&Asset::Native, who)));
		let before = owners();
		assert_ok!(settle(1, DOLLARS, 9 * ONE_USDC));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(buy(4 * ONE_USDC, 1_000_001), 4 * ONE_USDC);
		let bought = 4 * ONE_USDC * 1_000_001;
		while Round::get() < 7 {
			next_round();
			assert_eq!((lot(0).state, lot(0).claimable), (LotState::Buying, None));
		}
		pass(50);
		assert_eq!(lot(0).state, LotState::Buying);

		Round::set(8);
		pass(1);
		let now = System::block_number();
		let open = lot(0);
		assert_eq!((open.state, open.claimable, open.closed), (LotState::Overflow, Some(now), None));
		assert_eq!((open.asset_shares, open.native_shares), (3_600_000, bought / 10 * 6));
		assert_eq!((open.to_spend, open.asset_due, open.native_due), (2_400_000, 3_600_000, bought));
		assert_eq!(
			last_event(),
			Event::LotOverflowed { lot: 0, asset: 3_600_000, native: bought / 10 * 6, waiting: 2_400_000 }.into()
		);
		assert_eq!((streamed(), burned()), (0, 0));

		// Operators have power bills: the market is not waited for.
		assert_ok!(claim(1, 0, DOLLARS));
		let owner = [before[0].0 + 3_240_000, before[0].1 + bought / 100 * 54];
		assert_eq!([balance(&DOLLARS, OWNER), balance(&Asset::Native, OWNER)], owner);
		pass(10);
		assert_eq!(next().unwrap().most, 2_400_000);
		assert_eq!(buy(ONE_USDC, 2_000_000), ONE_USDC);
		assert_eq!(lot(0).closed, None);
		assert_eq!(buy(Balance::MAX, 3_000_000), 1_400_000);

		let all = bought + ONE_USDC * 2_000_000 + 1_400_000 * 3_000_000;
		let rest = all - bought / 10 * 6;
		let lot = lot(0);
		assert_eq!((lot.state, lot.claimable, lot.closed), (LotState::Overflow, Some(now), Some(now + 10)));
		assert_eq!((lot.bought, lot.native_shares), (all, open.native_shares));
		assert_eq!((streamed(), burned()), (rest / 4 * 3, rest / 4));
		assert_eq!(next(), None);

		assert_ok!(claim(2, 0, DOLLARS));
		assert_eq!(owners()[1], (before[1].0 + 360_000, before[1].1 + bought / 100 * 6));
		assert_eq!((in_pot(&DOLLARS), in_pot(&Asset::Native)), (0, 0));
		assert_eq!((held(&DOLLARS), held(&Asset::Native)), (dollars, native));
	});
}

#[test]
fn a_lot_without_an_operators_part_waits_for_ever() {
	ExtBuilder::default().split(RevenueSplit::NEXUS).build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, 10 * ONE_USDC));
		while Round::get() < 30 {
			next_round();
		}
		assert_eq!((lot(0).state, lot(0).to_spend, lot(0).claimable), (LotState::Buying, 1_200_000, None));
		assert_eq!(places(), Queue { turned: 1, waiting: 1, ..Default::default() });
		assert_eq!(buy(Balance::MAX, 1_000), 1_200_000);
		assert_eq!((lot(0).state, streamed()), (LotState::Closed, 1_200_000 * 1_000));
	});
}

#[test]
fn of_a_lot_of_which_nothing_was_bought_operators_get_dollars_only() {
	ExtBuilder::default().split(THREE).build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, 10 * ONE_USDC));
		next_round();
		Round::set(8);
		pass(1);
		assert_eq!((lot(0).state, lot(0).asset_shares, lot(0).native_shares), (LotState::Overflow, 6 * ONE_USDC, 0));
		let before = (balance(&DOLLARS, OWNER), balance(&Asset::Native, OWNER));
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!((balance(&DOLLARS, OWNER), balance(&Asset::Native, OWNER)), (before.0 + 6 * ONE_USDC, before.1));
		assert_eq!(buy(Balance::MAX, 1_000), 4 * ONE_USDC);
		assert_eq!((streamed(), burned()), (3_000 * ONE_USDC, 1_000 * ONE_USDC));
		assert_eq!((in_pot(&DOLLARS), in_pot(&Asset::Native)), (0, 0));
	});
}

#[test]
fn a_lot_that_is_all_operators_is_done_when_it_overflows() {
	let split = RevenueSplit { operators: Ppm(950_000), treasury: Ppm(50_000), ..RevenueSplit::NONE };
	ExtBuilder::default().split(split).build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, 10 * ONE_USDC));
		next_round();
		assert_eq!(buy(ONE_USDC, 1_000_003), ONE_USDC);
		Round::set(8);
		pass(1);
		let lot = lot(0);
		assert_eq!((lot.state, lot.closed), (LotState::Overflow, Some(System::block_number())));
		assert_eq!((lot.asset_shares, lot.native_shares), (8_500_000, ONE_USDC * 1_000_003));
		assert_eq!(next(), None);
		assert_ok!(claim(1, 0, DOLLARS));
		assert_eq!((in_pot(&DOLLARS), in_pot(&Asset::Native)), (0, 0));
	});
}

#[test]
fn a_lot_that_was_bought_in_time_does_not_overflow() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		while Round::get() < 7 {
			next_round();
		}
		assert_eq!(buy(Balance::MAX, 5), ONE_USDC);
		let closed = lot(0);
		while Round::get() < 10 {
			next_round();
		}
		assert_eq!(lot(0), closed);
	});
}

/// How far lots are, whatever is to be spent.
fn places() -> Queue {
	Queue { unspent: 0, ..Progress::<Test>::get() }
}

#[test]
fn lots_that_waited_too_long_overflow_one_a_block_in_their_order() {
	ExtBuilder::default().split(THREE).build_and_execute(|| {
		let (dollars, native) = (held(&DOLLARS), held(&Asset::Native));
		for round in 0..5u128 {
			assert_ok!(settle(1, DOLLARS, (round + 1) * ONE_USDC));
			next_round();
		}
		assert_eq!(places(), Queue { turned: 5, ..Default::default() });
		// Of the five only the first four have waited for longer than seven rounds.
		Round::set(11);
		for number in 0..4 {
			assert_eq!(lot(number).state, LotState::Buying);
			pass(1);
			assert_eq!(lot(number).state, LotState::Overflow);
			assert_eq!(places(), Queue { turned: 5, waiting: number + 1, ..Default::default() });
		}
		pass(5);
		assert_eq!(lot(4).state, LotState::Buying);
		Round::set(12);
		pass(1);
		assert_eq!(lot(4).state, LotState::Overflow);

		for number in 0..5u32 {
			assert!(number == 4 || next().unwrap().intervals == 1);
			assert_eq!(buy(Balance::MAX, 7), (Balance::from(number) + 1) * 400_000);
			assert!(lot(number).closed.is_some());
		}
		assert_eq!(next(), None);
		for number in 0..5 {
			assert_ok!(claim(1, number, DOLLARS));
		}
		assert_eq!((in_pot(&DOLLARS), in_pot(&Asset::Native)), (0, 0));
		assert_eq!((held(&DOLLARS), held(&Asset::Native)), (dollars, native));
	});
}

#[test]
fn lots_whose_ends_nobody_saw_are_turned_one_a_block_and_then_overflow() {
	ExtBuilder::default().build_and_execute(|| {
		for round in 0..4 {
			Round::set(round);
			assert_ok!(settle(1, DOLLARS, ONE_USDC));
		}
		Round::set(20);
		for turned in 1..5 {
			assert_eq!(tick(), <Test as Config>::WeightInfo::turn_lot());
			assert_eq!(places(), Queue { turned, ..Default::default() });
			assert_eq!(lot(turned - 1).state, LotState::Buying);
		}
		for waiting in 1..5 {
			assert_eq!(tick(), <Test as Config>::WeightInfo::turn_lot());
			assert_eq!(places(), Queue { turned: 4, waiting, ..Default::default() });
			assert_eq!(lot(waiting - 1).state, LotState::Overflow);
		}
		assert_storage_noop!(assert_eq!(tick(), <Test as Config>::WeightInfo::no_lot()));
	});
}

#[test]
fn a_block_in_which_nothing_is_due_writes_nothing() {
	let (none, one) = (<Test as Config>::WeightInfo::no_lot(), <Test as Config>::WeightInfo::turn_lot());
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(assert_eq!(tick(), none));
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_storage_noop!(assert_eq!(tick(), none));
		Round::set(1);
		assert_eq!(tick(), one);
		assert_storage_noop!(assert_eq!(tick(), none));
		Round::set(7);
		assert_storage_noop!(assert_eq!(tick(), none));
		Round::set(8);
		assert_eq!(tick(), one);
		assert_storage_noop!(assert_eq!(tick(), none));
		assert_eq!(buy(Balance::MAX, 1), 300_000);
		assert_storage_noop!(assert_eq!(tick(), none));
	});
}

#[test]
fn what_does_not_fit_the_books_is_not_booked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Revenue::bought(1, 1), Error::<Test>::LotOpen);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_noop!(Revenue::bought(ONE_USDC + 1, 1), Error::<Test>::Overflow);
		assert_eq!(buy(400_000, 10), 400_000);
		assert_noop!(Revenue::bought(600_001, 1), Error::<Test>::Overflow);
		assert_noop!(Revenue::bought(1, Balance::MAX), Error::<Test>::Overflow);
		assert_eq!(buy(Balance::MAX, 10), 600_000);
		assert_noop!(Revenue::bought(1, 1), Error::<Test>::LotOpen);
	});
}

#[test]
fn a_clip_whose_lot_cannot_be_closed_is_not_booked_and_comes_again() {
	ExtBuilder::default().split(THREE).build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_eq!(buy(400_000, 10), 400_000);
		BurnFails::set(true);
		assert_noop!(swap(Balance::MAX, |spent| spent * 10), "nothing burns");
		assert_eq!(next().unwrap().most, 600_000);
		BurnFails::set(false);
		assert_eq!(buy(Balance::MAX, 10), 600_000);
		assert_eq!((streamed(), burned()), (3 * ONE_USDC, ONE_USDC));
	});
}

#[test]
fn where_nobody_may_stake_or_the_stream_is_full_the_treasury_has_it() {
	for refuse in [|| Open::set(false), || PushFails::set(true)] {
		ExtBuilder::default().build_and_execute(|| {
			NativePrice::set(Some(1_000_000));
			assert_ok!(settle(1, DOLLARS, ONE_USDC));
			assert_ok!(settle(1, Asset::Native, VKTR));
			refuse();
			let before = balance(&Asset::Native, TREASURY);
			next_round();
			let paid = VKTR * 3 / 10;
			assert_eq!(balance(&Asset::Native, TREASURY), before + paid);
			assert_eq!(buy(Balance::MAX, 1_000_000), ONE_USDC);
			assert_eq!(balance(&Asset::Native, TREASURY), before + paid + 300_000 * 1_000_000);
			assert_eq!((Streamed::get(), streamed()), (0, 0));
			assert_eq!(lot(0).state, LotState::Closed);
			assert_eq!(in_pot(&Asset::Native), VKTR * 7 / 10 + 700_000 * 1_000_000);
		});
	}
}
