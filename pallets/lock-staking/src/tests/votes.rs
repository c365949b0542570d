use frame_support::{
	assert_noop, assert_ok,
	dispatch::{Pays, PostDispatchInfo},
};
use proptest::prelude::*;
use sp_runtime::{
	traits::Dispatchable,
	DispatchError::{self, BadOrigin},
	DispatchResult, DispatchResultWithInfo,
};
use vektor_primitives::{Balance, Ppm, VKTR};

use crate::{mock::*, *};

const CLASS: ClassId = 3;

fn vote(who: AccountId) -> DispatchResult {
	LockStaking::vote(RuntimeOrigin::signed(who), POLL, Stance::Aye)
}

fn delegate(who: AccountId, to: AccountId) -> DispatchResult {
	LockStaking::delegate(RuntimeOrigin::signed(who), CLASS, to)
}

/// Trims the account's delegation, for somebody who has nothing to do with it.
fn trim(who: AccountId) -> DispatchResultWithInfo<PostDispatchInfo> {
	RuntimeCall::LockStaking(Call::trim { who, class: CLASS }).dispatch(RuntimeOrigin::signed(9))
}

/// What the last vote weighed, in votes.
fn weighed() -> Balance {
	Votes::get().last().expect("somebody has voted").3
}

/// With what the account's delegate votes.
fn delegated(who: AccountId) -> Option<(AccountId, Balance)> {
	Delegations::get().get(&(who, CLASS)).copied()
}

/// As `ConvictionVoting.unlock` does when no vote is left.
fn unlock(who: AccountId) {
	LockStaking::lower_vote_lock(&who, 0);
}

/// What of the stake must stay.
fn stays(who: AccountId) -> Balance {
	VoteLocks::<Test>::get(who)
}

/// Where a token votes once wherever it is.
fn tokens_vote() -> ExtBuilder {
	ExtBuilder::default().rules(Rules { tokens_vote: true, ..Default::default() })
}

/// Quiver's: a liquid stake votes with one and a half.
fn one_and_a_half() -> Tiers {
	let tier = |(days, yields, votes)| Tier { days, yields: Ppm(yields), votes: Ppm(votes) };
	Tiers::truncate_from([(0, 1_000_000, 1_500_000), (365, 2_000_000, 2_000_000)].map(tier).into())
}

#[test]
fn a_stake_votes_by_its_tier() {
	for (tier, votes) in [(0, 100 * VKTR), (1, 150 * VKTR), (2, 300 * VKTR)] {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(stake(1, 100 * VKTR, tier));
			let call = RuntimeCall::LockStaking(Call::vote { poll: POLL, stance: Stance::Aye });
			assert_ok!(call.dispatch(RuntimeOrigin::signed(1)));
			assert_eq!(Votes::get(), vec![(1, POLL, Stance::Aye, votes)]);
			assert_eq!(stays(1), votes);
		});
	}
}

#[test]
fn a_lock_that_ends_before_the_poll_may_votes_as_liquid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		to_day(26);
		assert_ok!(vote(1));
		assert_eq!((weighed(), stays(1)), (100 * VKTR, 100 * VKTR));
	});
}

#[test]
fn a_lock_counts_in_a_poll_that_may_end_at_its_last_slot() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		to_day(21);
		assert_ok!(vote(1));
		assert_eq!(weighed(), 150 * VKTR);
		pass(1);
		assert_ok!(vote(1));
		assert_eq!(weighed(), 100 * VKTR);
	});
}

#[test]
fn a_delegate_votes_with_a_lock_while_it_lasts_as_long_as_the_longest_poll() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		pass(31 * DAY - LONGEST);
		assert_ok!(delegate(1, 2));
		assert_eq!((LockStaking::power(&1), delegated(1)), (150 * VKTR, Some((2, 150 * VKTR))));
		pass(1);
		assert_ok!(delegate(1, 2));
		assert_eq!((LockStaking::power(&1), delegated(1)), (100 * VKTR, Some((2, 100 * VKTR))));
		// In a poll that is over sooner it still counts by its tier.
		assert_ok!(vote(1));
		assert_eq!(weighed(), 150 * VKTR);
	});
}

#[test]
fn slots_without_blocks_bring_a_locks_end_nearer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		stall(21 * DAY);
		assert_ok!(vote(1));
		assert_eq!(weighed(), 150 * VKTR);
		// Its day has passed, and no interval has begun in which it would have ended.
		stall(40 * DAY);
		assert_eq!(held(1)[0].position.tier, 1);
		assert_ok!(vote(1));
		assert_eq!(weighed(), 100 * VKTR);
	});
}

#[test]
fn a_lock_that_has_ended_untouched_votes_with_what_it_has_earned() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		reward(400 * VKTR);
		to_day(31);
		reward(140 * VKTR);
		to_day(40);
		assert_eq!(Positions::<Test>::get(1)[0].tier, 1);
		assert_ok!(vote(1));
		assert_eq!(weighed(), worth(1));
		assert!(worth(1).abs_diff(1_540 * VKTR) <= 2);
		// A vote looks at it and no more.
		assert_eq!(Positions::<Test>::get(1)[0].tier, 1);
	});
}

#[test]
fn yield_votes_as_its_stake_does() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 2));
		reward(400 * VKTR);
		pass(6 * INTERVAL);
		assert_ok!(vote(1));
		assert_eq!((worth(1), weighed()), (1_400 * VKTR, 4_200 * VKTR));
	});
}

#[test]
fn the_positions_of_an_account_vote_together() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		to_day(26);
		// Of the second lock of its tier only the day is another.
		for tier in 0..3 {
			assert_ok!(stake(1, 100 * VKTR, tier));
			assert_ok!(stake(2, 7 * VKTR, tier));
		}
		assert_ok!(vote(1));
		assert_eq!(weighed(), (100 + 100 + 150 + 300) * VKTR);
	});
}

#[test]
fn a_stake_votes_from_its_first_block_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		next_interval();
		next_interval();
		assert_ok!(stake(2, 100 * VKTR, 2));
		assert_ok!(vote(2));
		assert_eq!((vault().tiers[2].fresh, weighed()), (100 * VKTR, 300 * VKTR));
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(vote(1));
		assert_eq!(weighed(), worth(1));
	});
}

#[test]
fn who_has_nothing_staked_has_no_vote() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(2, 100 * VKTR, 0));
		assert_noop!(vote(1), Error::<Test>::NoVotes);
		assert_noop!(delegate(1, 2), Error::<Test>::NoVotes);
	});
}

#[test]
fn a_poll_that_is_over_takes_no_vote() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		let into = |poll| LockStaking::vote(RuntimeOrigin::signed(1), poll, Stance::Nay);
		assert_noop!(into(0), Error::<Test>::NotOngoing);
		assert_noop!(into(PollIndex::MAX), Error::<Test>::NotOngoing);
		assert_eq!(Votes::get(), vec![]);
	});
}

#[test]
fn a_vote_arrives_as_it_was_meant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		for stance in [Stance::Abstain, Stance::Nay, Stance::Aye] {
			let call = RuntimeCall::LockStaking(Call::vote { poll: POLL, stance });
			assert_ok!(call.dispatch(RuntimeOrigin::signed(1)));
			assert_eq!(Votes::get().last(), Some(&(1, POLL, stance, 150 * VKTR)));
		}
	});
}

#[test]
fn a_vote_that_is_cast_again_weighs_what_the_stake_does_by_then() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(vote(1));
		assert_ok!(stake(1, 50 * VKTR, 2));
		assert_ok!(vote(1));
		assert_eq!((weighed(), stays(1)), (250 * VKTR, 250 * VKTR));
	});
}

#[test]
fn a_ballot_that_is_refused_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 2));
		let call = RuntimeCall::LockStaking(Call::vote { poll: CLOSED, stance: Stance::Aye });
		let dispatched = || call.clone().dispatch(RuntimeOrigin::signed(1)).map(drop).map_err(|refused| refused.error);
		assert_noop!(dispatched(), DispatchError::Other("closed"));
		assert_eq!(Casting::<Test>::get(), None);
		let called = || LockStaking::vote(RuntimeOrigin::signed(1), CLOSED, Stance::Aye);
		assert_noop!(called(), DispatchError::Other("closed"));
		assert_noop!(LockStaking::do_vote(1, CLOSED, Stance::Aye), DispatchError::Other("closed"));
		assert_eq!((Casting::<Test>::get(), stays(1), Votes::get()), (None, 0, vec![]));
	});
}

#[test]
fn a_token_votes_once_beside_the_stake_where_tokens_vote() {
	tokens_vote().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 2));
		assert_ok!(vote(1));
		assert_eq!(weighed(), 300 * VKTR + RICH - 100 * VKTR);
		assert_ok!(vote(2));
		assert_eq!(weighed(), RICH);
		assert_ok!(delegate(3, 4));
		assert_eq!(delegated(3), Some((4, RICH)));
		// What is not staked holds no stake.
		assert_eq!((stays(1), stays(2), stays(3)), (300 * VKTR, 0, 0));
	});
}

#[test]
fn a_lock_that_ends_before_the_poll_may_spares_no_token_that_votes_beside_it() {
	tokens_vote().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		to_day(15);
		// As any poll may outlast the lock, a delegation counts it as liquid; this poll does not.
		assert_ok!(delegate(1, 2));
		assert_eq!((delegated(1), stays(1), Frozen::get()), (Some((2, RICH)), 100 * VKTR, RICH - 100 * VKTR));
		assert_ok!(vote(1));
		assert_eq!((weighed(), stays(1), Frozen::get()), (RICH + 50 * VKTR, 150 * VKTR, RICH - 100 * VKTR));
		unlock(1);
		to_day(26);
		assert_ok!(vote(1));
		assert_eq!((weighed(), stays(1), Frozen::get()), (RICH, 100 * VKTR, RICH - 100 * VKTR));
		// What is less than the stake counts for needs no other token, and the stake in part.
		unlock(1);
		assert_ok!(<Polls as Ballots<_>>::vote(&1, POLL, Stance::Aye, 40 * VKTR));
		assert_eq!((stays(1), Frozen::get()), (40 * VKTR, 0));
	});
}

#[test]
fn where_only_stake_votes_no_other_token_is_needed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		assert_ok!(vote(1));
		assert_eq!((stays(1), Frozen::get()), (150 * VKTR, 0));
	});
}

#[test]
fn a_token_votes_only_where_it_is_staked_otherwise() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(vote(1));
		assert_eq!((weighed(), LockStaking::power(&2)), (100 * VKTR, 0));
	});
}

#[test]
fn where_tokens_vote_a_vote_holds_the_stake_that_was_there_and_no_more() {
	tokens_vote().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(vote(1));
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		assert_ok!(stake(1, 50 * VKTR, 0));
		assert_noop!(unstake(1, 0, Some(50 * VKTR + 1)), Error::<Test>::VotesRunning);
		assert_ok!(unstake(1, 0, Some(50 * VKTR)));
		unlock(1);
		assert_ok!(unstake(1, 0, None));
	});
}

#[test]
fn a_stake_that_votes_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(vote(1));
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(VKTR)), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		unlock(1);
		assert_ok!(unstake(1, 0, None));
		assert_eq!((balance(1), in_vault()), (RICH, 0));
	});
}

#[test]
fn a_stake_that_votes_by_a_delegate_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(delegate(1, 2));
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		unlock(1);
		assert_ok!(unstake(1, 0, None));
	});
}

#[test]
fn what_does_not_vote_may_leave_to_the_unit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		// `ConvictionVoting.vote` takes any number up to the power.
		assert_ok!(<Polls as Ballots<_>>::vote(&1, POLL, Stance::Aye, 40 * VKTR));
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(60 * VKTR + 1)), Error::<Test>::VotesRunning);
		assert_ok!(unstake(1, 0, Some(60 * VKTR)));
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
	});
}

#[test]
fn of_what_came_after_a_vote_as_much_may_leave_as_leaves_a_liquid_stake_of_its_weight() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 2));
		assert_ok!(vote(1));
		assert_eq!(stays(1), 300 * VKTR);
		assert_ok!(stake(1, 500 * VKTR, 0));
		assert_noop!(unstake(1, 1, Some(300 * VKTR + 1)), Error::<Test>::VotesRunning);
		assert_ok!(unstake(1, 1, Some(300 * VKTR)));
		assert_noop!(unstake(1, 1, Some(1)), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 1, None), Error::<Test>::VotesRunning);
		assert_eq!(worth(1), 300 * VKTR);
	});
}

#[test]
fn a_lock_that_ended_while_its_vote_runs_stays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		to_day(21);
		assert_ok!(vote(1));
		assert_eq!(weighed(), 150 * VKTR);
		to_day(31);
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		// Refused, it has not been crossed.
		assert!(Checkpoints::<Test>::contains_key(31));
		unlock(1);
		assert_ok!(unstake(1, 0, None));
	});
}

#[test]
fn of_two_positions_that_vote_neither_leaves() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(stake(1, 100 * VKTR, 1));
		assert_ok!(vote(1));
		assert_eq!(stays(1), 250 * VKTR);
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		to_day(31);
		for nth in 0..2 {
			assert_noop!(unstake(1, nth, None), Error::<Test>::VotesRunning);
			assert_noop!(unstake(1, nth, Some(1)), Error::<Test>::VotesRunning);
		}
		unlock(1);
		assert_ok!(unstake(1, 0, None));
		assert_ok!(unstake(1, 1, None));
	});
}

#[test]
fn either_of_two_positions_carries_the_votes_that_it_is_enough_for() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_ok!(vote(1));
		assert_ok!(stake(1, 100 * VKTR, 2));
		assert_ok!(unstake(1, 0, None));
		assert_eq!((worth(1), stays(1)), (100 * VKTR, 100 * VKTR));
	});
}

/// What it is worth beyond is in its checkpoint, which another position's leaving does not read.
#[test]
fn another_lock_that_ended_untouched_carries_what_was_put_in_but_a_unit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		assert_ok!(vote(1));
		assert_ok!(stake(1, 1_000 * VKTR, 1));
		reward(400 * VKTR);
		to_day(31);
		let liquid = held(1)[0].worth;
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		assert_ok!(unstake(1, 0, Some(liquid - VKTR)));
		// Looked at once, it carries all that it is worth.
		assert_ok!(unstake(1, 1, Some(VKTR)));
		assert_ok!(unstake(1, 0, None));
	});
}

#[test]
fn a_position_that_votes_may_be_locked_for_longer() {
	for tier in [1, 2] {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(stake(1, 1_000 * VKTR + 7, 0));
			assert_ok!(stake(2, 2_345 * VKTR + 1, 1));
			reward(333 * VKTR + 3);
			pass(3 * INTERVAL + 1);
			assert_ok!(vote(1));
			let (worth_before, stays_before, power) = (worth(1), stays(1), LockStaking::power(&1));
			assert_ok!(extend(1, 0, tier));
			assert!(worth_before - worth(1) <= 1);
			assert_eq!(stays(1), stays_before);
			assert!(LockStaking::power(&1) > power);
			assert_noop!(unstake(1, 0, None), Error::<Test>::StillLocked);
		});
	}
}

#[test]
fn yield_is_not_taken_out_from_under_a_vote_with_all() {
	ExtBuilder::default().build_and_execute(|| {
		StreamLength::set(INTERVAL);
		assert_ok!(stake(1, 1_000 * VKTR, 0));
		reward(400 * VKTR);
		pass(2 * INTERVAL);
		assert_ok!(vote(1));
		assert_eq!(weighed(), 1_400 * VKTR);
		assert_noop!(unstake(1, 0, Some(400 * VKTR)), Error::<Test>::VotesRunning);
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		// What it earns from then on votes for nothing yet.
		reward(280 * VKTR);
		pass(2 * INTERVAL);
		let more = worth(1) - 1_400 * VKTR;
		assert_noop!(unstake(1, 0, Some(more + 1)), Error::<Test>::VotesRunning);
		// What is taken out may cost a share's worth more.
		assert_ok!(unstake(1, 0, Some(more - 2)));
		assert!(more.abs_diff(280 * VKTR) <= 1);
	});
}

#[test]
fn the_same_tokens_do_not_vote_from_a_second_account() {
	ExtBuilder::default().build_and_execute(|| {
		let all = RICH - MIN;
		assert_ok!(stake(1, all, 0));
		assert_ok!(vote(1));
		assert_noop!(unstake(1, 0, None), Error::<Test>::VotesRunning);
		// What is staked is not the account's to give away.
		let give = || Balances::transfer_allow_death(RuntimeOrigin::signed(1), 77, VKTR);
		assert_noop!(give(), sp_runtime::TokenError::FundsUnavailable);
		assert_noop!(vote(77), Error::<Test>::NoVotes);
		// Once the vote is removed they may.
		unlock(1);
		assert_ok!(unstake(1, 0, None));
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(1), 77, false));
		assert_ok!(stake(77, all, 0));
		assert_ok!(vote(77));
		assert_noop!(vote(1), Error::<Test>::NoVotes);
	});
}

#[test]
fn of_several_votes_the_largest_holds() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		LockStaking::extend_vote_lock(&1, 40 * VKTR);
		LockStaking::extend_vote_lock(&1, 70 * VKTR);
		LockStaking::extend_vote_lock(&1, 50 * VKTR);
		assert_eq!(stays(1), 70 * VKTR);
	});
}

#[test]
fn a_vote_that_is_gone_frees_what_the_others_do_not_need() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		LockStaking::extend_vote_lock(&1, 70 * VKTR);
		LockStaking::lower_vote_lock(&1, 90 * VKTR);
		assert_eq!(stays(1), 70 * VKTR);
		LockStaking::lower_vote_lock(&1, 40 * VKTR);
		assert_eq!(stays(1), 40 * VKTR);
		LockStaking::lower_vote_lock(&1, 0);
		assert!(!VoteLocks::<Test>::contains_key(1));
	});
}

#[test]
fn the_stake_that_votes_need_is_rounded_up() {
	ExtBuilder::default().tiers(one_and_a_half()).build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 0));
		let needed = [1, 2, 3, 4, 5, 6, 7].map(|votes| {
			unlock(1);
			LockStaking::extend_vote_lock(&1, votes);
			stays(1)
		});
		assert_eq!(needed, [1, 2, 2, 3, 4, 4, 5]);
	});
}

#[test]
fn a_liquid_stake_of_more_votes_than_one_stays_with_all_of_them() {
	ExtBuilder::default().tiers(one_and_a_half()).build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR + 1, 0));
		assert_ok!(vote(1));
		assert_eq!((weighed(), stays(1)), (150 * VKTR + 1, 100 * VKTR + 1));
		assert_noop!(unstake(1, 0, Some(1)), Error::<Test>::VotesRunning);
		assert_ok!(stake(1, 10 * VKTR, 0));
		assert_noop!(unstake(1, 0, Some(10 * VKTR + 1)), Error::<Test>::VotesRunning);
		assert_ok!(unstake(1, 0, Some(10 * VKTR)));
	});
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

	#[test]
	fn what_must_stay_carries_the_votes_and_a_unit_less_does_not(
		each in prop_oneof![Just(1_500_000), 1_000_000..=10_000_000u32],
		votes in prop_oneof![11 * VKTR..12 * VKTR, 11 * VKTR..1_000_000 * VKTR],
	) {
		let mut table = one_and_a_half();
		table[0].votes = Ppm(each);
		ExtBuilder::default().tiers(table).build_and_execute(|| {
			assert_ok!(stake(3, VKTR, 0));
			LockStaking::extend_vote_lock(&3, votes);
			let needed = stays(3);
			assert_ok!(stake(1, needed, 0));
			assert_ok!(stake(2, needed - 1, 0));
			let carries = |who| LockStaking::power_for(&who, u32::MAX);
			assert!(carries(1) >= votes && carries(2) < votes);
		});
	}
}

#[test]
fn a_large_growth_makes_no_vote_of_units_that_crossing_costs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(2, 2_000 * VKTR, 0));
		Book::<Test>::mutate(|vault| {
			vault.tiers[0].growth = 1_001 * vektor_math::growth::ONE;
			vault.tiers[0].next = vault.tiers[0].growth;
			vault.tiers[0].shares = 0;
			vault.tiers[0].fresh = 0;
		});
		Positions::<Test>::remove(2);
		assert_ok!(stake(1, 100 * VKTR + 1_022, 1));
		to_day(31);
		assert_ok!(stake(1, 10 * VKTR, 0));
		let all = worth(1);
		LockStaking::extend_vote_lock(&1, all);
		// What crossing costs is a share of the liquid tier: so much is not counted on.
		let liquid = held(1)[1].worth;
		assert_noop!(unstake(1, 1, Some(liquid)), Error::<Test>::VotesRunning);
	});
}
#[test]
fn a_delegate_votes_with_all_that_lasts() {
	ExtBuilder::default().build_and_execute(|| {
		for tier in 0..3 {
			assert_ok!(stake(1, 100 * VKTR, tier));
		}
		let call = RuntimeCall::LockStaking(Call::delegate { class: CLASS, to: 2 });
		assert_ok!(call.dispatch(RuntimeOrigin::signed(1)));
		assert_eq!((delegated(1), stays(1)), (Some((2, 550 * VKTR)), 550 * VKTR));
		assert_eq!(our_events().iter().filter(|event| matches!(event, Event::DelegationTrimmed { .. })).count(), 0);
	});
}

#[test]
fn a_delegation_is_brought_down_once_its_lock_ends_sooner() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		assert_ok!(delegate(1, 2));
		pass(31 * DAY - LONGEST + 1);
		assert_ok!(trim(1));
		assert_eq!(last_event(), Event::DelegationTrimmed { who: 1, class: CLASS, votes: 100 * VKTR }.into());
		assert_eq!(delegated(1), Some((2, 100 * VKTR)));
		// What the votes were before holds the stake until the owner unlocks it.
		assert_eq!(stays(1), 150 * VKTR);
	});
}

#[test]
fn who_trims_pays_nothing_and_who_trims_in_vain_pays() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		assert_ok!(delegate(1, 2));
		let pays = || trim(1).map(|info| info.pays_fee).map_err(|refused| refused.post_info.pays_fee);
		assert_eq!(pays(), Err(Pays::Yes));
		to_day(20);
		assert_eq!(pays(), Ok(Pays::No));
		assert_eq!(pays(), Err(Pays::Yes));
	});
}

#[test]
fn a_delegation_that_weighs_what_its_stake_does_is_not_trimmed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		assert_ok!(delegate(1, 2));
		let trim =
			|class| LockStaking::trim(RuntimeOrigin::signed(9), 1, class).map(drop).map_err(|refused| refused.error);
		assert_noop!(trim(CLASS), Error::<Test>::UpToDate);
		assert_ok!(stake(1, 100 * VKTR, 0));
		assert_noop!(trim(CLASS), Error::<Test>::UpToDate);
		assert_eq!(delegated(1), Some((2, 150 * VKTR)));
	});
}

#[test]
fn nothing_is_trimmed_of_who_does_not_delegate() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 1));
		assert_ok!(delegate(1, 2));
		to_day(20);
		let trim = |who, class| {
			LockStaking::trim(RuntimeOrigin::signed(9), who, class).map(drop).map_err(|refused| refused.error)
		};
		assert_noop!(trim(2, CLASS), Error::<Test>::NotDelegating);
		assert_noop!(trim(1, CLASS + 1), Error::<Test>::NotDelegating);
	});
}

#[test]
fn at_first_a_twentieth_of_all_tokens_is_the_electorate() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Electorate::<Test>::get(), Circulating::get() / 20);
	});
}

#[test]
fn all_stakes_with_all_their_votes_are_the_electorate_of_the_next_interval() {
	ExtBuilder::default().build_and_execute(|| {
		let floor = Circulating::get() / 20;
		assert_ok!(stake(1, 6_000_000 * VKTR, 2));
		assert_ok!(stake(2, 1_000_000 * VKTR, 1));
		pass(INTERVAL - 1);
		assert_eq!(Electorate::<Test>::get(), floor);
		pass(1);
		assert_eq!(Electorate::<Test>::get(), (18_000_000 + 1_500_000) * VKTR);
		assert_ok!(stake(3, 500_000 * VKTR, 0));
		pass(INTERVAL - 1);
		assert_eq!(Electorate::<Test>::get(), 19_500_000 * VKTR);
		pass(1);
		assert_eq!(Electorate::<Test>::get(), 20_000_000 * VKTR);
		// The day before its end a lock counts by its tier, and from its day on as liquid.
		to_day(31);
		assert_eq!(Electorate::<Test>::get(), 19_500_000 * VKTR);
	});
}

#[test]
fn yield_is_part_of_the_electorate() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 5_000_000 * VKTR, 2));
		reward(500_000 * VKTR);
		pass(6 * INTERVAL);
		assert_eq!(Electorate::<Test>::get(), 16_500_000 * VKTR);
		assert_eq!(3 * worth(1), 16_500_000 * VKTR);
	});
}

#[test]
fn few_stakes_are_measured_against_a_twentieth_of_all_tokens() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(stake(1, 100 * VKTR, 2));
		next_interval();
		assert_eq!(Electorate::<Test>::get(), Circulating::get() / 20);
		Circulating::set(7_777 * VKTR);
		next_interval();
		assert_eq!(Electorate::<Test>::get(), 7_777 * VKTR / 20);
		Circulating::set(6_000 * VKTR - 1);
		next_interval();
		assert_eq!(Electorate::<Test>::get(), 300 * VKTR);
	});
}

#[test]
fn where_tokens_vote_all_of_them_are_the_electorate() {
	tokens_vote().build_and_execute(|| {
		assert_eq!(Electorate::<Test>::get(), Circulating::get());
		assert_ok!(stake(1, 1_000_000 * VKTR, 2));
		assert_ok!(stake(2, 1_000_000 * VKTR, 0));
		next_interval();
		assert_eq!(Electorate::<Test>::get(), Circulating::get() - 2_000_000 * VKTR + 4_000_000 * VKTR);
	});
}

#[test]
fn the_electorate_is_never_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		Circulating::set(0);
		next_interval();
		assert_eq!(Electorate::<Test>::get(), 1);
	});
	ExtBuilder::default().tiers(Default::default()).build_and_execute(|| {
		Circulating::set(19);
		next_interval();
		assert_eq!(Electorate::<Test>::get(), 1);
	});
}

#[test]
fn who_votes_with_all_there_is_reaches_the_electorate_and_not_more() {
	ExtBuilder::default().build_and_execute(|| {
		Circulating::set(0);
		let mut all = 0;
		for who in 1..=3 {
			assert_ok!(stake(who, 1_000 * VKTR + 7 * Balance::from(who), (who - 1) as u8));
		}
		reward(777 * VKTR + 7);
		next_interval();
		next_interval();
		for who in 1..=3 {
			assert_ok!(vote(who));
			all += weighed();
		}
		assert!(all <= Electorate::<Test>::get());
	});
}

#[test]
fn only_an_account_votes() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(LockStaking::vote(origin.clone(), POLL, Stance::Aye), BadOrigin);
			assert_noop!(LockStaking::delegate(origin.clone(), CLASS, 2), BadOrigin);
			let trimmed = || LockStaking::trim(origin.clone(), 1, CLASS).map(drop).map_err(|refused| refused.error);
			assert_noop!(trimmed(), BadOrigin);
		}
	});
}

#[test]
fn every_vote_counts_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(LockStaking::ensure_counts(false), Error::<Test>::OneConviction);
		assert_ok!(LockStaking::ensure_counts(true));
	});
}
