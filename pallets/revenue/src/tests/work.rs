use frame_support::{
	assert_noop, assert_ok, assert_storage_noop, dispatch::DispatchResultWithPostInfo, dispatch::Pays,
};
use proptest::prelude::*;
use sp_runtime::{DispatchError, TokenError};
use vektor_primitives::{Asset, Balance, Ppm, Usd, ONE_USDC, VKTR};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

const fn factor(measure: Measure, least: u32, most: u32) -> Factor {
	Factor { measure, least: Ppm(least), most: Ppm(most) }
}

/// The proportions of C5.
pub const C5: [Factor; 3] = [
	factor(Measure::Uptime, 800_000, 1_200_000),
	factor(Measure::Speed, 900_000, 1_100_000),
	factor(Measure::Demand, 500_000, 2_000_000),
];
/// The proportions of Q11.
pub const Q11: [Factor; 2] =
	[factor(Measure::Speed, 1_000_000, 1_200_000), factor(Measure::Quality, 1_000_000, 1_500_000)];

fn claim(number: u64, round: u32) -> DispatchResultWithPostInfo {
	Revenue::claim_work(RuntimeOrigin::signed(77), operator(number), round)
}

fn native(who: AccountId) -> Balance {
	balance(&Asset::Native, who)
}

/// Where an operator stands in every measure.
fn stands(number: u64, place: u32) {
	for measure in [Measure::Uptime, Measure::Speed, Measure::Demand, Measure::Quality] {
		Places::mutate(|places| places.insert((number, measure), place));
	}
}

fn counted(number: u64) -> Balance {
	Leaks::<Test>::get(Round::get(), operator(number)).counted.0
}

/// What an operator's claim pays, or nothing where there is nothing for it.
fn paid(number: u64, round: u32) -> Balance {
	match claim(number, round) {
		Ok(_) => {
			let RuntimeEvent::Revenue(Event::WorkClaimed { amount, .. }) = last_event() else { panic!("no claim") };
			amount
		}
		Err(error) => {
			assert_eq!(error.error, Error::NothingEarned.into());
			0
		}
	}
}

#[test]
fn a_rounds_work_is_paid_pro_rata_to_what_each_operator_leaked() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		// 30 % leak: 300_000 and 900_000 micro-USD, in three payments.
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, 2 * ONE_USDC));
		next_round();
		let escrow = native(ESCROW);
		assert_eq!(reward(0, 12 * VKTR), 12 * VKTR);
		assert_eq!(last_event(), Event::WorkRewarded { round: 0, amount: 12 * VKTR }.into());
		assert_eq!((native(ESCROW), in_pot(&Asset::Native)), (escrow - 12 * VKTR, 12 * VKTR));
		let book = RoundBooks::<Test>::get(0);
		assert_eq!((book.work, book.work_due), (12 * VKTR, 12 * VKTR));

		let before = [OWNER, 12].map(native);
		let info = claim(1, 0).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(
			last_event(),
			Event::WorkClaimed { operator: operator(1), round: 0, account: OWNER, amount: 3 * VKTR, withheld: 0 }
				.into()
		);
		assert_eq!(RoundBooks::<Test>::get(0).work_due, 9 * VKTR);
		assert_ok!(claim(2, 0));
		assert_eq!([OWNER, 12].map(native), [before[0] + 3 * VKTR, before[1] + 9 * VKTR]);
		assert_eq!((native(77), in_pot(&Asset::Native)), (0, 0));
		let book = RoundBooks::<Test>::get(0);
		assert_eq!((book.work, book.work_due, book.counted), (12 * VKTR, 0, Usd(1_200_000)));
	});
}

#[test]
fn who_stands_lowest_counts_by_the_least_of_every_factor_and_who_stands_highest_in_full() {
	ExtBuilder::default().factors(&C5).build_and_execute(|| {
		endow(12);
		stands(2, 1_000_000);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, 3 * ONE_USDC));
		// 300_000 * 0.8 / 1.2 = 200_000, * 0.9 / 1.1 = 163_636, * 0.5 / 2 = 40_909.
		assert_eq!((counted(1), counted(2)), (40_909, 900_000));
		let book = RoundBooks::<Test>::get(0);
		assert_eq!((book.leak, book.counted), (Usd(1_200_000), Usd(940_909)));
		next_round();
		// What the lowest does not earn stays where it was: the highest gets no more for it.
		assert_eq!(reward(0, 12 * VKTR), 940_909 * (VKTR / 100_000));
		let before = [OWNER, 12].map(native);
		assert_ok!(claim(1, 0));
		assert_ok!(claim(2, 0));
		assert_eq!([OWNER, 12].map(native), [before[0] + 40_909 * (VKTR / 100_000), before[1] + 9 * VKTR]);
		assert_eq!(in_pot(&Asset::Native), 0);
	});
}

#[test]
fn between_least_and_most_a_factor_grows_evenly_with_the_place() {
	ExtBuilder::default().factors(&C5).build_and_execute(|| {
		stands(1, 500_000);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		// 300_000 * 1.0 / 1.2 = 250_000, * 1.0 / 1.1 = 227_272, * 1.25 / 2 = 142_045.
		assert_eq!(counted(1), 142_045);
		// A quarter of uptime, half of speed, the most of demand: 0.9, 1.0 and 2.
		Places::mutate(|places| {
			places.insert((2, Measure::Uptime), 250_000);
			places.insert((2, Measure::Speed), 500_000);
			places.insert((2, Measure::Demand), 1_000_000);
		});
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		// 300_000 * 0.9 / 1.2 = 225_000, * 1.0 / 1.1 = 204_545, and all of that.
		assert_eq!(counted(2), 204_545);
	});
}

#[test]
fn each_economy_has_factors_of_its_own() {
	ExtBuilder::default().factors(&Q11).build_and_execute(|| {
		stands(2, 500_000);
		stands(3, 1_000_000);
		for number in 1..4 {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
		}
		// 300_000 / 1.2 = 250_000, / 1.5 = 166_666.
		assert_eq!(counted(1), 166_666);
		// 300_000 * 1.1 / 1.2 = 275_000, * 1.25 / 1.5 = 229_166.
		assert_eq!(counted(2), 229_166);
		assert_eq!(counted(3), 300_000);
		next_round();
		assert_eq!(reward(0, 9 * VKTR), 695_832 * (VKTR / 100_000));
		(12..14).for_each(endow);
		for (number, counted) in [(3, 300_000), (1, 166_666), (2, 229_166)] {
			assert_eq!(paid(number, 0), counted * (VKTR / 100_000));
		}
	});
}

#[test]
fn a_place_above_one_is_one() {
	ExtBuilder::default().factors(&C5).build_and_execute(|| {
		for (number, place) in [(1, 1_000_000), (2, 1_000_001), (3, u32::MAX)] {
			stands(number, place);
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
			assert_eq!(counted(number), 300_000);
		}
	});
}

#[test]
fn a_factor_whose_least_is_its_most_changes_nothing() {
	ExtBuilder::default().factors(&[factor(Measure::Speed, 3_000_000, 3_000_000)]).build_and_execute(|| {
		stands(2, 777_777);
		for number in 1..3 {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
			assert_eq!(counted(number), 300_000);
		}
	});
}

#[test]
fn factors_change_nothing_of_revenue() {
	let settled = |factors: &[Factor], place| {
		let mut seen = None;
		ExtBuilder::default().factors(factors).build_and_execute(|| {
			stands(1, place);
			let receipt = settle(1, DOLLARS, ONE_USDC).unwrap();
			let book = RoundBooks::<Test>::get(0);
			seen = Some((receipt, Revenue::lots(1), Revenue::accruals(&operator(1)), book.leak, book.settled));
		});
		seen
	};
	let plain = settled(&[], 0);
	for place in [0, 300_000, 1_000_000] {
		assert_eq!(settled(&C5, place), plain);
	}
}

#[test]
fn factors_and_places_that_change_within_a_round_count_from_the_next_settlement_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(counted(1), 300_000);
		assert_ok!(Revenue::set_factors(RuntimeOrigin::root(), Q11.to_vec().try_into().unwrap()));
		assert_eq!(counted(1), 300_000);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(counted(1), 300_000 + 166_666);
		stands(1, 1_000_000);
		assert_eq!(counted(1), 466_666);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(counted(1), 766_666);
		next_round();
		stands(1, 0);
		assert_eq!(reward(0, 9 * VKTR), 766_666 * (VKTR / 100_000));
		assert_eq!(paid(1, 0), 766_666 * (VKTR / 100_000));
	});
}

#[test]
fn a_round_is_rewarded_once() {
	ExtBuilder::default().build_and_execute(|| {
		endow(12);
		for number in 1..3 {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
		}
		next_round();
		assert_eq!(reward(0, 2 * VKTR), 2 * VKTR);
		assert_storage_noop!(assert_eq!(reward(0, 2 * VKTR), 0));
		assert_eq!(paid(1, 0), VKTR);
		assert_storage_noop!(assert_eq!(reward(0, 2 * VKTR), 0));
		assert_eq!(paid(2, 0), VKTR);
		assert_storage_noop!(assert_eq!(reward(0, 2 * VKTR), 0));
	});
}

#[test]
fn what_comes_for_a_round_that_is_on_or_to_come_is_not_taken() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_storage_noop!(assert_eq!(reward(0, VKTR), 0));
		Round::set(1);
		assert_storage_noop!(assert_eq!(reward(1, VKTR), 0));
		assert_storage_noop!(assert_eq!(reward(u32::MAX, VKTR), 0));
		assert_eq!(reward(0, VKTR), VKTR);
	});
}

#[test]
fn a_round_without_a_leak_takes_nothing_and_nothing_is_taken_of_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		// What is settled in round 0 is too small to leak.
		assert_eq!(settle(1, DOLLARS, 1).unwrap().leak, Usd(0));
		Round::set(1);
		assert_ok!(settle(1, DOLLARS, 10));
		Round::set(3);
		assert_storage_noop!(assert_eq!(reward(0, VKTR), 0));
		assert_storage_noop!(assert_eq!(reward(1, 0), 0));
		assert_storage_noop!(assert_eq!(reward(2, VKTR), 0));
		assert_noop!(claim(1, 0), Error::NothingEarned);
		assert_eq!(reward(1, 1), 1);
	});
}

#[test]
fn who_cannot_pay_rewards_nothing_and_may_do_so_later() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		assert_noop!(Revenue::reward_work(0, &77, VKTR), TokenError::FundsUnavailable);
		// A pot keeps its minimum balance.
		assert_noop!(Revenue::reward_work(0, &RESERVE, NATIVE_MIN), TokenError::NotExpendable);
		assert_eq!(reward(0, VKTR), VKTR);
	});
}

#[test]
fn while_the_round_is_on_its_work_is_not_claimed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		for round in [0, 1, u32::MAX] {
			assert_noop!(claim(1, round), Error::RoundOpen);
		}
		next_round();
		assert_noop!(claim(1, 1), Error::RoundOpen);
	});
}

#[test]
fn who_earned_nothing_was_paid_or_came_too_late_claims_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		// Nothing came yet.
		assert_noop!(claim(1, 0), Error::NothingEarned);
		assert_eq!(reward(0, 2 * VKTR), 2 * VKTR);
		assert_noop!(claim(3, 0), Error::NothingEarned);
		assert_ok!(claim(1, 0));
		assert_noop!(claim(1, 0), Error::NothingEarned);
		Round::set(9);
		rest(1);
		assert_noop!(claim(2, 0), Error::NothingEarned);
	});
}

#[test]
fn a_part_that_rounds_to_nothing_is_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(settle(2, DOLLARS, 10));
		next_round();
		assert_eq!(reward(0, 100_000), 100_000);
		assert_noop!(claim(2, 0), Error::NothingEarned);
		assert_eq!(paid(1, 0), 99_999);
		assert_eq!(in_pot(&Asset::Native), 1);
	});
}

#[test]
fn each_round_pays_its_own_work() {
	ExtBuilder::default().build_and_execute(|| {
		for amount in [1, 3] {
			assert_ok!(settle(1, DOLLARS, amount * ONE_USDC));
			assert_ok!(settle(9, DOLLARS, ONE_USDC));
			Round::mutate(|round| *round += 1);
		}
		assert_eq!((reward(1, 8 * VKTR), reward(0, 2 * VKTR)), (8 * VKTR, 2 * VKTR));
		assert_eq!((paid(1, 1), paid(1, 0)), (6 * VKTR, VKTR));
		assert_eq!((RoundBooks::<Test>::get(0).work_due, RoundBooks::<Test>::get(1).work_due), (VKTR, 2 * VKTR));
	});
}

#[test]
fn what_an_operator_that_is_gone_earned_goes_to_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(9, DOLLARS, ONE_USDC));
		next_round();
		reward(0, VKTR);
		let before = native(TREASURY);
		assert_ok!(claim(9, 0));
		assert_eq!(native(TREASURY), before + VKTR);
	});
}

#[test]
fn while_the_owner_cannot_take_it_it_stays_earned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		next_round();
		reward(0, NATIVE_MIN - 1);
		assert_noop!(claim(2, 0), Error::StillRefused);
		endow(12);
		let before = native(12);
		assert_ok!(claim(2, 0));
		assert_eq!(native(12), before + NATIVE_MIN - 1);
	});
}

#[test]
fn who_does_not_sign_claims_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		next_round();
		reward(0, VKTR);
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(Revenue::claim_work(origin, operator(1), 0), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn an_operator_sees_what_its_work_earned_and_what_the_round_that_is_on_leaked() {
	ExtBuilder::default().factors(&Q11).build_and_execute(|| {
		endow(12);
		let held = |round, leak, amount| HeldWork { round, leak: Usd(leak), amount };
		assert!(Revenue::earned(operator(1)).is_empty());
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		stands(2, 1_000_000);
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		assert_eq!(Revenue::earned(operator(1)), [held(0, 300_000, 0)]);
		Round::set(1);
		// Where nothing came there is nothing to see.
		assert!(Revenue::earned(operator(1)).is_empty());
		assert_eq!(reward(0, 6 * VKTR), 466_666 * (VKTR / 100_000));
		assert_ok!(settle(1, DOLLARS, 2 * ONE_USDC));
		let first = 166_666 * (VKTR / 100_000);
		assert_eq!(Revenue::earned(operator(1)), [held(0, 300_000, first), held(1, 600_000, 0)]);
		assert_eq!(Revenue::earned(operator(2)), [held(0, 300_000, 3 * VKTR)]);
		Round::set(2);
		let second = reward(1, 6 * VKTR);
		rest(3);
		assert_eq!(Revenue::earned(operator(1)), [held(0, 300_000, first), held(1, 600_000, second)]);

		assert_eq!(paid(1, 0), first);
		assert_eq!(Revenue::earned(operator(1)), [held(1, 600_000, second)]);
		assert_eq!(paid(1, 1), second);
		assert!(Revenue::earned(operator(1)).is_empty());
		assert_eq!(Revenue::earned(operator(2)), [held(0, 300_000, 3 * VKTR)]);
	});
}

/// One settlement of a round: by whom, of how much, and where it stood in each measure by then.
#[derive(Clone, Debug)]
struct Job {
	operator: u64,
	amount: Balance,
	places: [u32; 3],
}

fn jobs() -> impl Strategy<Value = Vec<Job>> {
	let amount = prop_oneof![1u128..50, 1u128..100_000, 1u128..1_000_000_000_000];
	let place = prop_oneof![Just(0u32), Just(1_000_000), 0u32..1_000_000, any::<u32>()];
	let job = (1u64..6, amount, prop::array::uniform3(place));
	prop::collection::vec(job.prop_map(|(operator, amount, places)| Job { operator, amount, places }), 1..8)
}

fn factors() -> impl Strategy<Value = [Factor; 3]> {
	let range = (1u32..=4_000_000, 1u32..=4_000_000).prop_map(|(one, two)| (one.min(two), one.max(two)));
	prop_oneof![
		Just(C5),
		prop::array::uniform3(range).prop_map(|ranges| {
			let of = |at: usize, measure| factor(measure, ranges[at].0, ranges[at].1);
			[of(0, Measure::Uptime), of(1, Measure::Speed), of(2, Measure::Demand)]
		}),
	]
}

/// What became of a round of these: what it took, and of each operator what it leaked and what it claimed.
fn round_of(factors: &[Factor], jobs: &[Job], most: Balance) -> (Balance, Vec<(Balance, Balance)>) {
	let mut seen = (0, Vec::new());
	ExtBuilder::default().factors(factors).build_and_execute(|| {
		(11..16).for_each(endow);
		for Job { operator: number, amount, places } in jobs {
			for (measure, place) in [Measure::Uptime, Measure::Speed, Measure::Demand].into_iter().zip(places) {
				Places::mutate(|all| all.insert((*number, measure), *place));
			}
			assert_ok!(settle(*number, DOLLARS, *amount));
		}
		Round::set(1);
		seen.0 = reward(0, most);
		seen.1 = (1..6).map(|number| (Leaks::<Test>::get(0, operator(number)).leak.0, paid(number, 0))).collect();
		// What is left is less than a unit for each.
		assert!(in_pot(&Asset::Native) < 5);
	});
	seen
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn nobody_claims_more_than_its_own_leak_brought(
		factors in factors(),
		jobs in jobs(),
		most in prop_oneof![1u128..100, 1u128..1_000 * VKTR],
	) {
		let (taken, claims) = round_of(&factors, &jobs, most);
		let all: Balance = claims.iter().map(|(leak, _)| leak).sum();
		prop_assert!(claims.iter().map(|(_, claim)| claim).sum::<Balance>() <= taken && taken <= most);
		for (leak, claim) in claims {
			prop_assert!(claim * all <= most * leak);
		}
	}

	/// But for what rounding takes: a unit.
	#[test]
	fn no_operators_factor_changes_what_another_claims(
		factors in factors(),
		jobs in jobs(),
		changed in 1u64..6,
		place in prop_oneof![Just(0u32), Just(1_000_000), 0u32..1_000_000],
		most in prop_oneof![1u128..100, 1u128..1_000 * VKTR],
	) {
		let (_, before) = round_of(&factors, &jobs, most);
		let with = |job: &Job| match job.operator == changed {
			true => Job { places: [place; 3], ..job.clone() },
			false => job.clone(),
		};
		let (_, after) = round_of(&factors, &jobs.iter().map(with).collect::<Vec<_>>(), most);
		for (number, (before, after)) in (1..6).zip(before.iter().zip(&after)) {
			prop_assert_eq!(before.0, after.0);
			prop_assert!(number == changed || before.1.abs_diff(after.1) <= 1);
		}
	}

	#[test]
	fn who_stands_higher_claims_no_less(
		factors in factors(),
		amount in 10u128..1_000_000_000_000,
		low in prop::array::uniform3(0u32..=1_000_000),
		high in prop::array::uniform3(0u32..=1_000_000),
	) {
		let places = [0, 1, 2].map(|at| (low[at].min(high[at]), low[at].max(high[at])));
		let job = |operator, places| Job { operator, amount, places };
		let jobs = [job(1, places.map(|(low, _)| low)), job(2, places.map(|(_, high)| high))];
		let (_, claims) = round_of(&factors, &jobs, VKTR);
		prop_assert!(claims[0].1 <= claims[1].1);
	}
}

#[test]
fn emission_that_comes_after_a_round_was_forgotten_is_not_taken() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		Round::set(1);
		rest(1);
		assert_eq!(OldestLeaks::<Test>::get(), 1);
		frame_support::assert_storage_noop!(assert_eq!(reward(0, VKTR), 0));
	});
}
