use std::collections::BTreeMap;

use frame_support::{assert_noop, assert_ok};
use proptest::{prelude::*, sample::Index};
use sp_runtime::{traits::Dispatchable, DispatchError::BadOrigin, DispatchResult};
use vektor_math::growth::ONE;
use vektor_primitives::{Balance, Ppm, VKTR};

use crate::{mock::*, *};

/// The delegate.
const TO: AccountId = 5;
/// An account that there is not.
const GONE: AccountId = 77;

/// Seventy for the owner, 25 for the delegate, 5 for the validators.
fn shared() -> ExtBuilder {
	ExtBuilder::default().rules(Rules { tokens_vote: false, delegates: Ppm(250_000), validators: Ppm(50_000) })
}

fn share(who: AccountId, position: u32, to: AccountId) -> DispatchResult {
	LockStaking::delegate_yield(RuntimeOrigin::signed(who), position, Some(to))
}

fn keep(who: AccountId, position: u32) -> DispatchResult {
	LockStaking::delegate_yield(RuntimeOrigin::signed(who), position, None)
}

/// Settles the position's yield, for somebody who has nothing to do with it.
fn settle(who: AccountId, position: u32) -> DispatchResult {
	LockStaking::settle_yield(RuntimeOrigin::signed(9), who, position)
}

/// A reward comes, and is worth something.
fn earn(amount: Balance) {
	StreamLength::set(INTERVAL);
	reward(amount);
	next_interval();
	next_interval();
}

/// What the validators and that account got, beyond what they had.
fn got(to: AccountId) -> (Balance, Balance) {
	(balance(to) - if to == GONE { 0 } else { RICH }, balance(VALIDATORS) - MIN)
}

/// The parts that were paid in this test, in order: the delegate's and the validators'.
fn paid() -> Vec<(Balance, Balance)> {
	let parts = |event| match event {
		Event::YieldShared { amount, validators, .. } => Some((amount, validators)),
		_ => None,
	};
	our_events().into_iter().filter_map(parts).collect()
}

#[test]
fn a_yield_is_shared_from_now_on() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		assert_eq!(last_event(), Event::YieldDelegated { who: 1, position: 0, to: TO }.into());
		let row = YieldShare { to: TO, delegate: Ppm(250_000), validators: Ppm(50_000), before: 0 };
		assert_eq!(Shared::<Test>::iter().collect::<Vec<_>>(), vec![(0, row)]);
		assert_eq!((balance(1), in_vault(), worth(1)), (RICH - 1_000 * VKTR, 1_000 * VKTR, 1_000 * VKTR));
	});
}

#[test]
fn of_a_yield_seventy_stay_twenty_five_are_the_delegates_and_five_the_validators() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR + 40);
		assert_eq!(worth(1), 1_400 * VKTR + 40);

		assert_ok!(settle(1, 0));

		let (amount, validators) = (100 * VKTR + 10, 20 * VKTR + 2);
		let event = Event::YieldShared { who: 1, position: 0, to: TO, amount, validators };
		assert_eq!(last_event(), event.into());
		assert_eq!((got(TO), balance(1)), ((amount, validators), RICH - 1_000 * VKTR));
		assert!(1_280 * VKTR + 28 - worth(1) <= 1);
		assert_eq!(in_vault(), 1_280 * VKTR + 28);
	});
}

#[test]
fn nothing_is_shared_twice() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		earn(333 * VKTR + 7);
		let parts = ((333 * VKTR + 7) / 4, (333 * VKTR + 7) / 20);
		for _ in 0..5 {
			assert_ok!(settle(1, 0));
			assert_eq!(got(TO), parts);
		}
		assert_eq!(paid(), vec![parts, (0, 0), (0, 0), (0, 0), (0, 0)]);
	});
}

#[test]
fn a_yield_is_shared_each_time_that_it_is_settled() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		let mut earned = 0;
		for round in 1..=5 {
			let before = worth(1);
			earn(100 * VKTR + round);
			earned += worth(1) - before;
			let call = RuntimeCall::LockStaking(Call::settle_yield { who: 1, position: 0 });
			assert_ok!(call.dispatch(RuntimeOrigin::signed(TO)));
		}
		let (delegate, validators) = got(TO);
		assert!(earned / 4 - delegate <= 5 && earned / 20 - validators <= 5);
	});
}

#[test]
fn yield_from_before_stays_its_owners() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		earn(100 * VKTR);
		assert_ok!(share(1, 0, TO));
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (0, 0));
		let before = worth(1);
		earn(200 * VKTR);
		let earned = worth(1) - before;
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (earned / 4, earned / 20));
		assert!(200 * VKTR - earned <= 1);
	});
}

#[test]
fn what_is_staked_on_top_is_no_yield() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		assert_ok!(stake(1, 500 * VKTR, 0));
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (0, 0));
		earn(300 * VKTR);
		// A share does not cost a unit any more, and what a stake loses by that is no yield either.
		assert_ok!(stake(1, 77 * VKTR + 7, 0));
		assert_ok!(settle(1, 0));
		assert!(75 * VKTR - got(TO).0 <= 1 && 15 * VKTR - got(TO).1 <= 1);
		assert_eq!(held(1).len(), 1);
	});
}

#[test]
fn a_reward_of_the_interval_that_is_on_is_not_shared_yet() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		StreamLength::set(INTERVAL);
		reward(400 * VKTR);
		next_interval();
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (0, 0));
		next_interval();
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (100 * VKTR, 20 * VKTR));
	});
}

#[test]
fn what_a_settlement_takes_out_costs_the_others_nothing() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR + 1, 0));
		assert_ok!(stake(2, 3_000 * VKTR + 3, 0));
		assert_ok!(share(1, 0, TO));
		earn(777 * VKTR + 7);
		let other = worth(2);
		assert_ok!(settle(1, 0));
		assert_eq!(worth(2), other);
	});
}

#[test]
fn a_lock_pays_for_all_of_its_time_when_it_has_ended() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);
		assert_noop!(settle(1, 0), Error::<Test>::StillLocked);
		assert_noop!(keep(1, 0), Error::<Test>::StillLocked);
		to_day(31);
		earn(200 * VKTR);
		let earned = worth(1) - 1_000 * VKTR;
		assert!(600 * VKTR - earned <= 2);
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (earned / 4, earned / 20));
		// It has been crossed with that.
		assert_eq!((Positions::<Test>::get(1)[0].tier, Checkpoints::<Test>::iter().count()), (0, 0));
	});
}

#[test]
fn a_lock_that_was_made_longer_meanwhile_pays_for_all_of_its_time() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);
		assert_ok!(extend(1, 0, 2));
		earn(100 * VKTR);
		to_day(90);
		assert_noop!(settle(1, 0), Error::<Test>::StillLocked);
		to_day(91);
		assert_ok!(extend(1, 0, 1));
		earn(100 * VKTR);
		assert_noop!(keep(1, 0), Error::<Test>::StillLocked);
		to_day(130);
		assert_ok!(settle(1, 0));
		assert!(150 * VKTR - got(TO).0 <= 2 && 30 * VKTR - got(TO).1 <= 2);
	});
}

#[test]
fn a_liquid_position_that_is_locked_later_pays_when_that_has_ended() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);
		assert_ok!(extend(1, 0, 1));
		assert_noop!(settle(1, 0), Error::<Test>::StillLocked);
		to_day(32);
		assert_ok!(settle(1, 0));
		assert!(100 * VKTR - got(TO).0 <= 1);
	});
}

#[test]
fn who_keeps_a_yield_again_pays_first() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);

		let call = RuntimeCall::LockStaking(Call::delegate_yield { position: 0, to: None });
		assert_ok!(call.dispatch(RuntimeOrigin::signed(1)));

		assert_eq!(got(TO), (100 * VKTR, 20 * VKTR));
		assert_eq!(paid(), vec![(100 * VKTR, 20 * VKTR)]);
		assert_eq!(last_event(), Event::YieldKept { who: 1, position: 0 }.into());
		assert_eq!(Shared::<Test>::iter().count(), 0);
		earn(100 * VKTR);
		let left = worth(1);
		assert_ok!(unstake(1, 0, None));
		assert_eq!((balance(1), got(TO).0), (RICH - 1_000 * VKTR + left, 100 * VKTR));
		assert!(1_380 * VKTR - left <= 3);
	});
}

#[test]
fn a_yield_that_was_kept_is_shared_anew_from_then_on() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);
		assert_ok!(keep(1, 0));
		earn(100 * VKTR);
		assert_ok!(share(1, 0, 6));
		assert_ok!(settle(1, 0));
		assert_eq!((got(TO).0, got(6).0), (100 * VKTR, 0));
		let before = worth(1);
		earn(100 * VKTR);
		let earned = worth(1) - before;
		assert_ok!(settle(1, 0));
		assert_eq!((got(TO).0, got(6).0), (100 * VKTR, earned / 4));
	});
}

#[test]
fn each_position_is_shared_by_itself() {
	shared().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		assert_ok!(share(1, 1, 6));
		assert_ok!(share(2, 2, 6));
		reward(350 * VKTR);
		next_interval();
		next_interval();
		assert_ok!(settle(1, 0));
		assert_eq!((got(TO), got(6).0), ((25 * VKTR, 5 * VKTR), 0));
		assert_ok!(settle(2, 2));
		assert_eq!((got(TO).0, got(6)), (25 * VKTR, (25 * VKTR, 10 * VKTR)));
		assert_noop!(settle(1, 1), Error::<Test>::StillLocked);
	});
}

#[test]
fn a_position_whose_yield_is_shared_is_not_taken_out() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(1, 10 * VKTR, 1));
		assert_ok!(share(1, 0, TO));
		assert_noop!(unstake(1, 0, None), Error::<Test>::IsShared);
		assert_noop!(unstake(1, 0, Some(VKTR)), Error::<Test>::IsShared);
		assert_noop!(share(1, 0, 6), Error::<Test>::IsShared);
		assert_noop!(share(1, 0, TO), Error::<Test>::IsShared);
		// Another of the account's is.
		to_day(31);
		assert_ok!(unstake(1, 1, None));
	});
}

#[test]
fn a_yield_that_is_not_shared_is_not_settled() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_noop!(settle(1, 0), Error::<Test>::NotShared);
		assert_noop!(keep(1, 0), Error::<Test>::NotShared);
		assert_noop!(settle(1, 99), Error::<Test>::NotShared);
		assert_ok!(share(1, 0, TO));
		assert_ok!(keep(1, 0));
		assert_noop!(settle(1, 0), Error::<Test>::NotShared);
		assert_noop!(keep(1, 0), Error::<Test>::NotShared);
	});
}

#[test]
fn yield_is_not_shared_where_the_economy_does_not_ask_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_noop!(share(1, 0, TO), Error::<Test>::NotOffered);
	});
	let alone = Rules { validators: Ppm(50_000), ..Default::default() };
	ExtBuilder::default().rules(alone).build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_noop!(share(1, 0, TO), Error::<Test>::NotOffered);
	});
}

#[test]
fn yield_is_not_shared_with_its_owner() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_noop!(share(1, 0, 1), Error::<Test>::WithItself);
	});
}

#[test]
fn nobody_shares_keeps_or_settles_the_position_of_another() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		assert_noop!(share(2, 0, TO), Error::<Test>::UnknownPosition);
		assert_noop!(share(1, 99, TO), Error::<Test>::UnknownPosition);
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);
		assert_noop!(keep(2, 0), Error::<Test>::UnknownPosition);
		assert_noop!(keep(TO, 0), Error::<Test>::UnknownPosition);
		assert_noop!(settle(2, 0), Error::<Test>::UnknownPosition);
		assert_noop!(settle(TO, 0), Error::<Test>::UnknownPosition);
	});
}

#[test]
fn a_stake_that_votes_with_all_pays_what_it_earned_since() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		earn(400 * VKTR);
		assert_ok!(LockStaking::vote(RuntimeOrigin::signed(1), POLL, Stance::Aye));
		assert_noop!(settle(1, 0), Error::<Test>::VotesRunning);
		assert_noop!(keep(1, 0), Error::<Test>::VotesRunning);
		// A hundred and twenty are due, and that has not come on top yet.
		earn(100 * VKTR);
		assert_noop!(settle(1, 0), Error::<Test>::VotesRunning);
		earn(300 * VKTR);
		let earned = worth(1) - 1_000 * VKTR;
		assert_ok!(settle(1, 0));
		assert_eq!(got(TO), (earned / 4, earned / 20));
		LockStaking::lower_vote_lock(&1, 0);
		assert_ok!(keep(1, 0));
	});
}

#[test]
fn a_vote_holds_no_share_of_what_earned_nothing() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		assert_ok!(LockStaking::vote(RuntimeOrigin::signed(1), POLL, Stance::Aye));
		assert_ok!(settle(1, 0));
		assert_ok!(keep(1, 0));
		assert_eq!(paid(), vec![(0, 0), (0, 0)]);
	});
}

#[test]
fn a_delegate_that_cannot_be_paid_is_not_settled() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, GONE));
		// Nothing can always be paid.
		assert_ok!(settle(1, 0));
		earn(2 * MIN);
		assert_noop!(settle(1, 0), Error::<Test>::CannotBePaid);
		assert_eq!(got(GONE), (0, 0));
		// It waits until it is enough to open the account.
		earn(2 * MIN);
		assert_ok!(settle(1, 0));
		assert!(got(GONE).0 >= MIN && got(GONE).0 <= MIN + 1);
	});
}

#[test]
fn who_shares_with_a_delegate_that_is_gone_gets_its_part_back() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, GONE));
		earn(2 * MIN);
		assert_noop!(settle(1, 0), Error::<Test>::CannotBePaid);

		assert_ok!(keep(1, 0));

		assert_eq!(got(GONE), (0, MIN / 10));
		assert_eq!(paid(), vec![(0, MIN / 10)]);
		assert!(1_000 * VKTR + 2 * MIN - MIN / 10 - worth(1) <= 1);
		assert_ok!(unstake(1, 0, None));
	});
}

#[test]
fn validators_that_cannot_be_paid_hold_up_nobody() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(VALIDATORS), 20, false));
		assert!(!System::account_exists(&VALIDATORS));
		assert_ok!(share(1, 0, TO));
		earn(4 * MIN);
		assert_noop!(settle(1, 0), Error::<Test>::CannotBePaid);
		assert_ok!(keep(1, 0));
		assert_eq!((balance(TO), balance(VALIDATORS)), (RICH + MIN, 0));
	});
}

#[test]
fn a_share_keeps_the_rules_that_it_began_with() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(stake(2, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		let set = |rules| LockStaking::set_tiers(RuntimeOrigin::root(), tiers(), rules);
		assert_ok!(set(Rules { tokens_vote: false, delegates: Ppm(400_000), validators: Ppm(0) }));
		assert_ok!(share(2, 1, 6));
		earn(400 * VKTR);
		assert_ok!(settle(1, 0));
		assert_ok!(settle(2, 1));
		assert_eq!((got(TO).0, got(6)), (50 * VKTR, (80 * VKTR, 10 * VKTR)));
		// Nor does it end where nothing is offered any more.
		assert_ok!(set(Rules::default()));
		let before = worth(1);
		earn(100 * VKTR);
		let earned = worth(1) - before;
		assert_ok!(keep(1, 0));
		assert_eq!(got(TO), (50 * VKTR + earned / 4, 10 * VKTR + earned / 20));
		assert_noop!(share(1, 0, TO), Error::<Test>::NotOffered);
	});
}

#[test]
fn what_is_due_is_shown_and_is_what_is_paid() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR + 1, 0));
		assert_ok!(stake(1, 1_000 * VKTR + 1, 1));
		assert_ok!(stake(1, 1_000 * VKTR + 1, 2));
		earn(333 * VKTR + 3);
		assert_eq!(held(1).iter().map(|held| held.due).collect::<Vec<_>>(), vec![0, 0, 0]);
		assert_ok!(share(1, 0, TO));
		assert_ok!(share(1, 1, TO));
		earn(777 * VKTR + 7);
		to_day(31);
		for at in 0..2 {
			let (due, before) = (held(1)[at].due, got(TO));
			assert!(due > 30 * VKTR);
			assert_ok!(settle(1, at as u32));
			assert_eq!(got(TO).0 - before.0 + got(TO).1 - before.1, due);
			assert_eq!(held(1)[at].due, 0);
		}
		assert_eq!(held(1)[2].due, 0);
	});
}

#[test]
fn only_an_account_shares_a_yield() {
	shared().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(share(1, 0, TO));
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(LockStaking::delegate_yield(origin.clone(), 0, Some(TO)), BadOrigin);
			assert_noop!(LockStaking::delegate_yield(origin.clone(), 0, None), BadOrigin);
			assert_noop!(LockStaking::settle_yield(origin, 1, 0), BadOrigin);
		}
	});
}

#[derive(Clone, Debug)]
enum Op {
	Stake(AccountId, Balance, u8),
	/// One of the account's positions.
	OfOne(AccountId, Index, What),
	Reward(Balance),
	Pass(u32),
}

#[derive(Clone, Debug)]
enum What {
	Extend(u8),
	Unstake,
	Share,
	Settle,
	Keep,
}

fn op() -> impl Strategy<Value = Op> {
	let who = || 1..4u64;
	let what = prop_oneof![
		1 => (1..3u8).prop_map(What::Extend),
		1 => Just(What::Unstake),
		4 => Just(What::Share),
		4 => Just(What::Settle),
		1 => Just(What::Keep),
	];
	prop_oneof![
		3 => (who(), VKTR..2_000 * VKTR, 0..3u8).prop_map(|(who, amount, tier)| Op::Stake(who, amount, tier)),
		6 => (who(), any::<Index>(), what).prop_map(|(who, which, what)| Op::OfOne(who, which, what)),
		2 => (1..1_000 * VKTR).prop_map(Op::Reward),
		3 => (1..30u32).prop_map(Op::Pass),
	]
}

/// One of an account's positions.
fn choose(who: AccountId, which: Index) -> Option<Held> {
	let owned = held(who);
	(!owned.is_empty()).then(|| *which.get(&owned))
}

/// What each position is worth, by its number.
fn worths() -> BTreeMap<u32, Balance> {
	(1..4).flat_map(held).map(|held| (held.position.id, held.worth)).collect()
}

/// What those whom a yield is shared with should get, seen from outside: by what positions are worth before and after blocks.
#[derive(Default)]
struct Seen {
	/// What each position that is shared has earned since anybody was paid.
	earned: BTreeMap<u32, Balance>,
	/// What all of those earned for which somebody was paid.
	all: Balance,
	/// How many units rounding may have cost a position by now: a share's worth for each operation.
	off: Balance,
}

impl Seen {
	fn pass(&mut self, blocks: u32) {
		let before = worths();
		pass(blocks);
		for (id, now) in worths() {
			if let Some(earned) = self.earned.get_mut(&id) {
				*earned += now.saturating_sub(before[&id]);
			}
		}
	}

	/// Somebody is to be paid, as the position says before, and as it has earned.
	fn pays(&mut self, who: AccountId, held: Held, call: fn(AccountId, u32) -> DispatchResult) -> bool {
		let (id, before) = (held.position.id, got(TO));
		let expected: DispatchResult = match self.earned.contains_key(&id) {
			false => Err(Error::<Test>::NotShared.into()),
			true if held.expires > 0 => Err(Error::<Test>::StillLocked.into()),
			true => Ok(()),
		};
		assert_eq!(call(who, id), expected);
		let (delegate, validators) = (got(TO).0 - before.0, got(TO).1 - before.1);
		if expected.is_err() {
			return false;
		}
		assert_eq!(delegate + validators, held.due);
		let earned = self.earned.insert(id, 0).expect("it is shared");
		self.all += earned;
		assert!(delegate.abs_diff(earned / 4) <= self.off, "{delegate} of {earned}");
		assert!(validators.abs_diff(earned / 20) <= self.off, "{validators} of {earned}");
		let rest = held.worth - held.due;
		assert!((rest - self.off..=rest).contains(&worths()[&id]));
		true
	}

	fn keeps(&mut self, who: AccountId, held: Held) {
		if self.pays(who, held, keep) {
			self.earned.remove(&held.position.id);
		}
	}

	fn leaves(&mut self, who: AccountId, held: Held) {
		let id = held.position.id;
		let expected: DispatchResult = match self.earned.contains_key(&id) {
			_ if held.expires > 0 => Err(Error::<Test>::StillLocked.into()),
			true => Err(Error::<Test>::IsShared.into()),
			false => Ok(()),
		};
		assert_eq!(unstake_number(who, id, None), expected);
	}

	fn step(&mut self, op: Op) {
		self.off += vault().tiers.iter().map(|tier| tier.next.div_ceil(ONE)).max().unwrap_or_default();
		match op {
			// An account that has too many positions is refused.
			Op::Stake(who, amount, tier) => drop(stake(who, amount, tier)),
			Op::Reward(amount) => reward(amount),
			Op::Pass(blocks) => self.pass(blocks),
			Op::OfOne(who, which, what) => {
				let Some(held) = choose(who, which) else { return };
				let id = held.position.id;
				match what {
					// A lock that would be shorter is refused.
					What::Extend(tier) => drop(extend_number(who, id, tier)),
					What::Unstake => self.leaves(who, held),
					What::Share => {
						assert_eq!(share(who, id, TO).is_ok(), !self.earned.contains_key(&id));
						self.earned.entry(id).or_default();
					}
					What::Settle => drop(self.pays(who, held, settle)),
					What::Keep => self.keeps(who, held),
				}
			}
		}
		LockStaking::do_try_state().expect("the invariants hold");
	}

	/// Every lock ends, everybody is paid and leaves.
	fn end(&mut self) {
		while (1..4).flat_map(held).any(|held| held.expires > 0) {
			self.pass(1);
		}
		for who in 1..4 {
			for one in held(who) {
				if self.earned.contains_key(&one.position.id) {
					self.keeps(who, one);
				}
			}
			for one in held(who) {
				self.leaves(who, one);
			}
		}
		assert_eq!((Positions::<Test>::iter().count(), Shared::<Test>::iter().count()), (0, 0));
		assert!(got(TO).0.abs_diff(self.all / 4) <= self.off && got(TO).1.abs_diff(self.all / 20) <= self.off);
		// What is still on its way apart, all that came in has been paid to somebody.
		let paid = (1..4).map(balance).sum::<Balance>() + got(TO).0 + got(TO).1 + balance(TREASURY);
		assert_eq!(paid + in_vault() + balance(PAYER), 4 * RICH + MIN);
		assert!(in_vault() - vault().stream.left <= self.off);
	}
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

	#[test]
	fn whatever_comes_everybody_gets_the_part_that_was_promised(ops in prop::collection::vec(op(), 40)) {
		let tier = |(days, tenths): (u32, u32)| Tier { days, yields: Ppm(tenths * 100_000), votes: Ppm(1_000_000) };
		let short = Tiers::truncate_from([(0, 10), (2, 15), (5, 30)].map(tier).into());
		shared().tiers(short).build_and_execute(|| {
			let mut seen = Seen::default();
			ops.into_iter().for_each(|op| seen.step(op));
			seen.end();
		});
	}
}
