use std::collections::{BTreeMap, BTreeSet};

use frame_support::{
	assert_noop, assert_ok, assert_storage_noop,
	dispatch::{DispatchResultWithPostInfo, Pays},
	weights::Weight,
};
use sp_runtime::{DispatchError, TokenError};
use vektor_primitives::{
	traits::{Availability, Earnings},
	Asset, Balance, Usd, ONE_USDC, VKTR,
};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

fn claim(number: u64) -> DispatchResultWithPostInfo {
	Revenue::claim_availability(RuntimeOrigin::signed(77), operator(number))
}

fn native(who: AccountId) -> Balance {
	balance(&Asset::Native, who)
}

fn stream() -> (Balance, Balance) {
	let Stream { pool, due } = AvailabilityStream::<Test>::get();
	(pool, due)
}

/// What devices offer that are worth more than any window has to share, where VKTR is worth a dollar.
const PLENTY: Balance = 1_000_000 * ONE_USDC;

/// Devices were there in the round that is on. It ends, and this is emitted for it: windows to come share it. VKTR is worth a dollar.
fn pooled(amount: Balance) {
	NativePrice::set(Some(ONE_USDC));
	window(&[], ONE_USDC);
	next_round();
	assert_eq!(reward_availability(Round::get() - 1, amount), amount);
}

/// What came for being there, as a test sees it from outside.
#[derive(Default)]
pub struct Presence {
	offered: BTreeMap<u32, Balance>,
	rewarded: BTreeSet<u32>,
	came: Balance,
	shared: Balance,
	paid: Balance,
	/// How often an operator was there: of each time rounding may keep less than a unit.
	times: Balance,
}

impl Presence {
	/// What was taken.
	pub fn reward(&mut self, round: u32, most: Balance) -> Balance {
		let offers = self.offered.get(&round).is_some_and(|offered| *offered > 0);
		let takes = most > 0 && offers && round < Round::get() && self.rewarded.insert(round);
		let taken = reward_availability(round, most);
		assert_eq!(taken, if takes { most } else { 0 });
		self.came += taken;
		taken
	}

	pub fn window(&mut self, present: &[(u64, u64)], offered: Balance) {
		let (pool, _) = stream();
		let units: u64 = present.iter().map(|(_, units)| units).sum();
		let share = window(present, offered);
		let most = NativePrice::get().filter(|_| units > 0).map_or(0, |price| offered * VKTR / price);
		assert_eq!(share, most.min(pool / Balance::from(WindowsPerRound::get().max(1))));
		*self.offered.entry(Round::get()).or_default() += offered;
		self.shared += share;
		self.times += present.len() as Balance;
	}

	/// Whether anything was paid. `account` is who receives what operator `number` earned.
	pub fn claim(&mut self, number: u64, account: AccountId) -> bool {
		let (before, earned) = (native(account), Present::earned(&operator(number)));
		if let Err(error) = claim(number) {
			let expected = if earned == 0 { Error::NothingEarned } else { Error::StillRefused };
			assert_eq!((native(account), error.error), (before, expected.into()));
			return false;
		}
		let RuntimeEvent::Revenue(Event::AvailabilityClaimed { amount, .. }) = last_event() else { panic!("no claim") };
		assert_eq!((amount, native(account)), (earned, before + earned));
		assert!(amount > 0 && Present::earned(&operator(number)) == 0);
		self.paid += amount;
		true
	}

	/// Of what came nothing is lost, and but for rounding what windows have shared is operators'.
	pub fn check(&self) {
		let (pool, due) = stream();
		assert_eq!((pool + self.shared, due + self.paid), (self.came, self.shared));
		let earned: Balance = Earned::get().values().sum();
		assert!(earned <= due && due - earned <= self.times);
		for (round, offered) in &self.offered {
			assert_eq!(RoundBooks::<Test>::get(round).offered, Usd(*offered));
		}
	}
}

#[test]
fn what_a_round_emits_is_pooled_where_devices_were_there() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(window(&[(1, 5)], ONE_USDC), 0);
		assert_eq!(window(&[(1, 5)], 2 * ONE_USDC), 0);
		assert_eq!(RoundBooks::<Test>::get(0), RoundBook { offered: Usd(3 * ONE_USDC), ..Default::default() });
		next_round();
		let escrow = native(ESCROW);
		assert_eq!(reward_availability(0, 8 * VKTR), 8 * VKTR);
		assert_eq!(last_event(), Event::AvailabilityRewarded { round: 0, amount: 8 * VKTR }.into());
		assert_eq!((native(ESCROW), in_pot(&Asset::Native)), (escrow - 8 * VKTR, 8 * VKTR));
		assert_eq!(stream(), (8 * VKTR, 0));
		assert_eq!(RoundBooks::<Test>::get(0).availability, 8 * VKTR);
	});
}

#[test]
fn nothing_is_taken_for_a_round_in_which_nothing_was_offered_and_nothing_of_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		// Settlements offer nothing, and units without a price neither.
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(window(&[(1, 5)], 0), 0);
		next_round();
		assert_storage_noop!(assert_eq!(reward_availability(0, VKTR), 0));
		window(&[(1, 5)], 1);
		next_round();
		assert_storage_noop!(assert_eq!(reward_availability(0, VKTR), 0));
		assert_storage_noop!(assert_eq!(reward_availability(1, 0), 0));
		assert_eq!(reward_availability(1, VKTR), VKTR);
	});
}

#[test]
fn a_round_is_rewarded_once_and_not_before_its_end() {
	ExtBuilder::default().build_and_execute(|| {
		window(&[], ONE_USDC);
		for round in [0, 1, u32::MAX] {
			assert_storage_noop!(assert_eq!(reward_availability(round, VKTR), 0));
		}
		Round::set(1);
		window(&[], ONE_USDC);
		assert_eq!(reward_availability(0, VKTR), VKTR);
		assert_storage_noop!(assert_eq!(reward_availability(0, VKTR), 0));
		assert_storage_noop!(assert_eq!(reward_availability(1, VKTR), 0));
		Round::set(2);
		assert_eq!(reward_availability(1, 2 * VKTR), 2 * VKTR);
		assert_storage_noop!(assert_eq!(reward_availability(0, VKTR), 0));
		assert_eq!(stream(), (3 * VKTR, 0));
	});
}

#[test]
fn who_cannot_pay_rewards_nothing_and_may_do_so_later() {
	ExtBuilder::default().build_and_execute(|| {
		window(&[], ONE_USDC);
		next_round();
		assert_noop!(Revenue::reward_availability(0, &77, VKTR), TokenError::FundsUnavailable);
		// A pot keeps its minimum balance.
		assert_noop!(Revenue::reward_availability(0, &RESERVE, NATIVE_MIN), TokenError::NotExpendable);
		assert_eq!(reward_availability(0, VKTR), VKTR);
	});
}

#[test]
fn a_window_shares_its_part_of_what_is_there() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(256);
		// A quarter of what is left each time.
		for (share, left) in [(64, 192), (48, 144), (36, 108), (27, 81), (20, 61)] {
			assert_eq!((window(&[(1, 1)], PLENTY), stream()), (share, (left, 256 - left)));
		}
		WindowsPerRound::set(61);
		assert_eq!((window(&[(1, 1)], PLENTY), stream()), (1, (60, 196)));
		// What is less than a unit for each window waits.
		assert_eq!((window(&[(1, 1)], PLENTY), stream()), (0, (60, 196)));
		assert_eq!(Present::earned(&operator(1)), 196);
	});
}

#[test]
fn a_round_of_one_window_or_of_none_shares_all_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		for windows in [0, 1] {
			WindowsPerRound::set(windows);
			pooled(VKTR);
			assert_eq!((window(&[(1, 1)], PLENTY), stream().0), (VKTR, 0));
		}
	});
}

#[test]
fn a_window_in_which_nobody_was_there_shares_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(assert_eq!(<Revenue as Availability>::window(0, Usd(0)), 0));
		pooled(VKTR);
		assert_storage_noop!(assert_eq!(<Revenue as Availability>::window(0, Usd(0)), 0));
		assert_eq!(<Revenue as Availability>::window(0, Usd(7)), 0);
		assert_eq!((stream(), RoundBooks::<Test>::get(1).offered), ((VKTR, 0), Usd(7)));
	});
}

#[test]
fn a_window_shares_no_more_than_what_it_offered_is_worth() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(8 * VKTR);
		// A quarter would be 2 VKTR, however few are there.
		assert_eq!((window(&[(1, 1)], ONE_USDC / 2), stream()), (VKTR / 2, (VKTR * 15 / 2, VKTR / 2)));
		assert_eq!((window(&[(1, 1), (2, 3)], ONE_USDC), stream()), (VKTR, (VKTR * 13 / 2, VKTR * 3 / 2)));
		// More VKTR once it is worth less.
		NativePrice::set(Some(ONE_USDC / 2));
		assert_eq!((window(&[(1, 1)], ONE_USDC / 4), stream()), (VKTR / 2, (6 * VKTR, 2 * VKTR)));
		// What they did not get is there for the many that come later.
		assert_eq!((window(&[(1, 1)], PLENTY), stream()), (VKTR * 3 / 2, (VKTR * 9 / 2, VKTR * 7 / 2)));
		assert_eq!(window(&[(1, 1)], 0), 0);
		assert_eq!(stream(), (VKTR * 9 / 2, VKTR * 7 / 2));
	});
}

#[test]
fn without_a_price_a_window_shares_nothing_and_all_of_it_waits() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(8 * VKTR);
		NativePrice::set(None);
		assert_eq!((window(&[(1, 1)], PLENTY), stream()), (0, (8 * VKTR, 0)));
		assert_eq!(RoundBooks::<Test>::get(1).offered, Usd(PLENTY));
		NativePrice::set(Some(ONE_USDC));
		assert_eq!((window(&[(1, 1)], PLENTY), stream()), (2 * VKTR, (6 * VKTR, 2 * VKTR)));
	});
}

#[test]
fn what_a_window_offers_counts_for_the_round_that_is_on_and_never_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		window(&[], 3);
		Round::set(1);
		window(&[], 4);
		window(&[], u128::MAX);
		assert_eq!([0, 1].map(|round| RoundBooks::<Test>::get(round).offered), [Usd(3), Usd(u128::MAX)]);
		// What was settled in the round is booked beside it.
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		let book = RoundBooks::<Test>::get(1);
		assert_eq!((book.settled, book.offered), (Usd(ONE_USDC), Usd(u128::MAX)));
	});
}

#[test]
fn the_rest_of_a_round_waits_for_the_windows_of_the_next() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(256);
		assert_eq!(window(&[(1, 1)], 1), 64);
		pooled(64);
		assert_eq!((window(&[(1, 1)], 1), stream()), (64, (192, 128)));
	});
}

#[test]
fn anyone_may_claim_and_the_owner_receives_what_was_earned_once() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(8 * VKTR);
		assert_eq!(window(&[(1, 1), (2, 3)], PLENTY), 2 * VKTR);
		assert_eq!(Revenue::earned_availability(operator(1)), VKTR / 2);
		let before = native(OWNER);

		let info = claim(1).unwrap();

		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!((native(OWNER), native(77)), (before + VKTR / 2, 0));
		assert_eq!(stream(), (6 * VKTR, VKTR * 3 / 2));
		assert_eq!(
			last_event(),
			Event::AvailabilityClaimed { operator: operator(1), account: OWNER, amount: VKTR / 2, withheld: 0 }.into()
		);
		assert_eq!(Revenue::earned_availability(operator(1)), 0);
		assert_noop!(claim(1), Error::NothingEarned);

		endow(12);
		let before = native(12);
		assert_ok!(claim(2));
		assert_eq!((native(12), stream()), (before + VKTR * 3 / 2, (6 * VKTR, 0)));
		assert_eq!(in_pot(&Asset::Native), 6 * VKTR);
	});
}

#[test]
fn who_earned_nothing_claims_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(claim(1), Error::NothingEarned);
		pooled(8 * VKTR);
		assert_noop!(claim(1), Error::NothingEarned);
		window(&[(2, 1)], PLENTY);
		assert_noop!(claim(1), Error::NothingEarned);
	});
}

#[test]
fn no_more_is_paid_than_windows_have_shared() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(8 * VKTR);
		assert_eq!(window(&[(1, 1)], PLENTY), 2 * VKTR);
		earn(&operator(1), 1);
		assert_noop!(claim(1), Error::Overflow);
	});
}

#[test]
fn what_an_operator_that_is_gone_earned_goes_to_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(4 * VKTR);
		window(&[(9, 1)], PLENTY);
		let before = native(TREASURY);
		assert_ok!(claim(9));
		assert_eq!(native(TREASURY), before + VKTR);
	});
}

#[test]
fn half_of_it_joins_the_collateral_until_that_is_met() {
	ExtBuilder::default().build_and_execute(|| {
		endow(COLLATERAL);
		Gap::set(VKTR / 4);
		pooled(4 * VKTR);
		let before = (native(OWNER), native(COLLATERAL));
		for (share, withheld) in [(VKTR, VKTR / 4), (VKTR * 3 / 4, 0)] {
			assert_eq!(window(&[(1, 1)], PLENTY), share);
			assert_ok!(claim(1));
			let claimed = Event::AvailabilityClaimed { operator: operator(1), account: OWNER, amount: share, withheld };
			assert_eq!(last_event(), claimed.into());
		}
		assert_eq!((native(OWNER), native(COLLATERAL)), (before.0 + VKTR * 3 / 2, before.1 + VKTR / 4));
		assert_eq!((stream(), in_pot(&Asset::Native)), ((VKTR * 9 / 4, 0), VKTR * 9 / 4));
	});
}

#[test]
fn while_the_owner_cannot_take_it_it_stays_earned() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(4 * (NATIVE_MIN - 1));
		window(&[(2, 1)], PLENTY);
		assert_noop!(claim(2), Error::StillRefused);
		assert_eq!(Revenue::earned_availability(operator(2)), NATIVE_MIN - 1);
		endow(12);
		let before = native(12);
		assert_ok!(claim(2));
		assert_eq!(native(12), before + NATIVE_MIN - 1);
	});
}

#[test]
fn what_rounding_keeps_from_operators_stays_in_the_pot_and_is_counted() {
	ExtBuilder::default().build_and_execute(|| {
		(12..14).for_each(endow);
		pooled(400);
		assert_eq!(window(&[(1, 1), (2, 1), (3, 1)], PLENTY), 100);
		for number in 1..4 {
			assert_eq!(Revenue::earned_availability(operator(number)), 33);
			assert_ok!(claim(number));
		}
		assert_eq!((stream(), in_pot(&Asset::Native)), ((300, 1), 301));
	});
}

#[test]
fn it_does_not_expire() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(4 * VKTR);
		window(&[(1, 1)], PLENTY);
		Round::mutate(|round| *round += 1_000);
		rest(2 * ClaimPeriod::get());
		let before = native(OWNER);
		assert_ok!(claim(1));
		assert_eq!((native(OWNER), stream()), (before + VKTR, (3 * VKTR, 0)));
	});
}

#[test]
fn a_round_may_be_rewarded_for_work_and_for_being_there_and_each_pays_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		window(&[], ONE_USDC);
		next_round();
		assert_eq!((reward(0, 2 * VKTR), reward_availability(0, 4 * VKTR)), (2 * VKTR, 4 * VKTR));
		let book = RoundBooks::<Test>::get(0);
		assert_eq!((book.work, book.work_due, book.availability), (2 * VKTR, 2 * VKTR, 4 * VKTR));
		NativePrice::set(Some(ONE_USDC));
		window(&[(1, 1)], PLENTY);
		let before = native(OWNER);
		assert_ok!(claim(1));
		assert_eq!(native(OWNER), before + VKTR);
		assert_ok!(Revenue::claim_work(RuntimeOrigin::signed(77), operator(1), 0));
		assert_eq!((native(OWNER), in_pot(&Asset::Native)), (before + 3 * VKTR, 3 * VKTR));
	});
}

#[test]
fn who_does_not_sign_claims_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		pooled(4 * VKTR);
		window(&[(1, 1)], PLENTY);
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(Revenue::claim_availability(origin, operator(1)), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn a_window_weighs_what_was_measured_and_a_price() {
	assert_eq!(<Revenue as Availability>::weight(), Weight::from_parts(13_070, 137));
}
