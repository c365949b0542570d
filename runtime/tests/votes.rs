//! Votes weigh what a stake and its lock make of them, count once, and stay while they do. The table of ADR 0015 is the first test.

use crate::common::*;
use frame_support::{
	assert_err, assert_noop, assert_ok,
	traits::{
		fungible::Inspect, schedule::DispatchTime, Get, InstanceFilter, PollStatus, Polling, StorePreimage, VoteTally,
	},
};
use pallet_conviction_voting::{AccountVote, Call as Voting, Conviction, Error as VotingError, Vote};
use pallet_lock_staking::{Call, Error as StakingError, Stance, Terms, TierTable, VoteLocks};
use sp_keyring::Sr25519Keyring::{self as Key, Alice, Bob, Charlie, Dave, Eve, One};
use sp_runtime::{traits::StaticLookup, MultiAddress, Perbill, TokenError};
use vektor_primitives::{
	traits::{RewardStream, Yield},
	VKTR,
};
use vektor_runtime::{
	adapters::{reads, votes::BallotBox},
	configs::{origins::Origin, system::ProxyType},
	timing::hours,
	*,
};

type Staking = StakingError<Runtime>;
/// The general admin's track.
const TRACK: u16 = 10;
const HUNDRED: Balance = 100 * VKTR;
const DAY: u32 = 120;

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![1] }.into()
}

fn address(who: Key) -> MultiAddress<AccountId, ()> {
	<Runtime as frame_system::Config>::Lookup::unlookup(who.to_account_id())
}

/// A referendum of the general admin's, of Alice's.
fn poll() -> u32 {
	let index = pallet_referenda::ReferendumCount::<Runtime>::get();
	let proposal = Preimage::bound(remark()).expect("short");
	let origin = OriginCaller::Origins(Origin::GeneralAdmin);
	let (proposal_origin, enactment_moment) = (Box::new(origin), DispatchTime::After(1));
	assert_ok!(dispatch(Alice, pallet_referenda::Call::submit { proposal_origin, proposal, enactment_moment }));
	index
}

/// The same, being decided.
fn deciding() -> u32 {
	let index = poll();
	assert_ok!(dispatch(Alice, pallet_referenda::Call::place_decision_deposit { index }));
	pass(hours(1) + 1);
	index
}

fn stake(who: Key, amount: Balance, tier: u8) {
	assert_ok!(dispatch(who, Call::stake { amount, tier }));
}

fn vote(poll: u32, stance: Stance) -> RuntimeCall {
	Call::vote { poll, stance }.into()
}

/// The chain's own vote, as Polkadot.js sends it.
fn raw(poll_index: u32, conviction: Conviction, balance: Balance) -> RuntimeCall {
	let vote = AccountVote::Standard { vote: Vote { aye: true, conviction }, balance };
	Voting::vote { poll_index, vote }.into()
}

fn raw_delegate(to: Key, conviction: Conviction, balance: Balance) -> RuntimeCall {
	Voting::delegate { class: TRACK, to: address(to), conviction, balance }.into()
}

/// Ayes, and the part of all that support is measured by.
fn tally(poll: u32) -> (Balance, Perbill) {
	Referenda::access_poll(poll, |status| match status {
		PollStatus::Ongoing(tally, class) => (tally.ayes(class), tally.support(class)),
		_ => panic!("it goes on"),
	})
}

fn ayes(poll: u32) -> Balance {
	tally(poll).0
}

/// Within the unit that a share's worth is rounded by, times three votes.
fn about(found: Balance, expected: Balance) {
	assert!(found <= expected && expected - found <= 6, "{found} is not {expected}");
}

/// Days without a block, then as many blocks as end all locks.
fn later(days: u64) {
	let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
	end();
	begin_at(slot + days * u64::from(DAY));
	pass(12);
}

#[test]
fn a_hundred_tokens_weigh_what_the_adr_says_in_every_case() {
	let weighs = |economy: &str, tier: Option<u8>| {
		let mut found = 0;
		on(&format!("{economy}-dev"), || {
			let poll = poll();
			let who = Key::BobStash;
			assert_eq!(native(&who.to_account_id()), 0);
			let transfer =
				pallet_balances::Call::transfer_keep_alive { dest: address(who), value: HUNDRED + EXISTENTIAL };
			assert_ok!(dispatch(Bob, transfer));
			if let Some(tier) = tier {
				stake(who, HUNDRED, tier);
			}
			found = match dispatch(who, vote(poll, Stance::Aye)) {
				Ok(_) => ayes(poll),
				Err(refused) => {
					assert_eq!(refused.error, Staking::NoVotes.into());
					0
				}
			};
		});
		found
	};
	const EXISTENTIAL: Balance = params::EXISTENTIAL_DEPOSIT;
	for economy in ["vektor", "nexus"] {
		assert_eq!(weighs(economy, None), 0);
		about(weighs(economy, Some(0)), HUNDRED);
		// The referendum may last longer than thirty days: fourteen until it is decided upon, fourteen and three hours for that.
		about(weighs(economy, Some(1)), HUNDRED * 3 / 2);
		about(weighs(economy, Some(2)), 3 * HUNDRED);
	}
	about(weighs("quiver", None), HUNDRED + EXISTENTIAL);
	about(weighs("quiver", Some(0)), HUNDRED * 3 / 2 + EXISTENTIAL);
	about(weighs("quiver", Some(1)), 2 * HUNDRED + EXISTENTIAL);
	about(weighs("cxpt", None), HUNDRED + EXISTENTIAL);
}

#[test]
fn unvested_tokens_have_no_vote_and_come_to_none_by_a_stake() {
	on("vektor-dev", || {
		let poll = poll();
		assert_noop!(dispatch(One, vote(poll, Stance::Aye)), Staking::NoVotes);
		assert_noop!(dispatch(One, raw(poll, Conviction::Locked1x, VKTR)), VotingError::<Runtime>::InsufficientFunds);
		assert_noop!(dispatch(One, Call::stake { amount: 2 * VKTR, tier: 2 }), Staking::NotFree);
	});
}

#[test]
fn what_is_not_staked_has_no_vote_on_vektor() {
	on("vektor-dev", || {
		let poll = poll();
		assert_noop!(dispatch(Bob, vote(poll, Stance::Aye)), Staking::NoVotes);
		assert_noop!(dispatch(Bob, raw(poll, Conviction::Locked1x, 1)), VotingError::<Runtime>::InsufficientFunds);
		assert_noop!(dispatch(Bob, Call::delegate { class: TRACK, to: address(Dave) }), Staking::NoVotes);
	});
}

#[test]
fn every_conviction_but_one_is_refused_alone_in_a_batch_and_by_a_proxy() {
	on("vektor-dev", || {
		let poll = poll();
		stake(Bob, HUNDRED, 0);
		assert_ok!(dispatch(
			Bob,
			pallet_proxy::Call::add_proxy { delegate: address(Charlie), proxy_type: ProxyType::Any, delay: 0 }
		));
		use Conviction::*;
		for conviction in [None, Locked2x, Locked3x, Locked4x, Locked5x, Locked6x] {
			let (vote, delegate) = (raw(poll, conviction, VKTR), raw_delegate(Dave, conviction, VKTR));
			assert_noop!(dispatch(Bob, vote.clone()), Staking::OneConviction);
			assert_noop!(dispatch(Bob, delegate.clone()), frame_system::Error::<Runtime>::CallFiltered);
			for (call, error) in [
				(vote, Staking::OneConviction.into()),
				(delegate, sp_runtime::DispatchError::from(frame_system::Error::<Runtime>::CallFiltered)),
			] {
				let batch = pallet_utility::Call::batch_all { calls: vec![remark(), call.clone()] };
				assert_eq!(dispatch(Bob, batch).map_err(|refused| refused.error), Err(error));
				let proxied = pallet_proxy::Call::proxy {
					real: address(Bob),
					force_proxy_type: Option::None,
					call: Box::new(call),
				};
				assert_ok!(dispatch(Charlie, proxied));
				let failed = RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result: Err(error) });
				assert!(System::events().iter().any(|record| record.event == failed));
			}
		}
		let split = AccountVote::Split { aye: VKTR, nay: VKTR };
		assert_noop!(dispatch(Bob, Voting::vote { poll_index: poll, vote: split }), Staking::OneConviction);
		let split = AccountVote::SplitAbstain { aye: 1, nay: 0, abstain: VKTR };
		assert_noop!(dispatch(Bob, Voting::vote { poll_index: poll, vote: split }), Staking::OneConviction);
		assert_eq!(ayes(poll), 0);
		// What counts once passes by all of these ways.
		let once = raw(poll, Locked1x, VKTR);
		assert_ok!(dispatch(Bob, pallet_utility::Call::batch_all { calls: vec![once] }));
		assert_eq!(ayes(poll), VKTR);
	});
}

#[test]
fn an_abstention_counts_for_support_only() {
	on("vektor-dev", || {
		let poll = poll();
		stake(Bob, 900_000 * VKTR, 2);
		assert_ok!(dispatch(Bob, vote(poll, Stance::Abstain)));
		let (ayes, support) = tally(poll);
		assert_eq!(ayes, 0);
		assert!(support > Perbill::from_percent(10));
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		about(tally(poll).0, 2_700_000 * VKTR);
	});
}

#[test]
fn a_lock_that_ends_before_the_referendum_counts_as_a_liquid_stake() {
	on("vektor-dev", || {
		stake(Bob, HUNDRED, 1);
		later(14);
		// It may be decided in 17 days, and the lock has 16 or 17 left.
		let open = poll();
		assert_ok!(dispatch(Bob, vote(open, Stance::Aye)));
		about(ayes(open), HUNDRED);
		// One that is being decided ends in fourteen days and three hours at the latest.
		let decided = deciding();
		assert_ok!(dispatch(Bob, vote(decided, Stance::Aye)));
		about(ayes(decided), HUNDRED * 3 / 2);
		// Polkadot.js' own vote counts what any referendum can: a lock of less than thirty days is too short for some.
		assert_noop!(
			dispatch(Bob, raw(open, Conviction::Locked1x, HUNDRED + 1)),
			VotingError::<Runtime>::InsufficientFunds
		);
	});
}

#[test]
fn a_stake_that_votes_stays_until_the_vote_is_taken_back() {
	on("vektor-dev", || {
		let poll = deciding();
		stake(Bob, HUNDRED, 0);
		stake(Bob, HUNDRED, 1);
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		let out = |position| Call::unstake { position, amount: None };
		assert_noop!(dispatch(Bob, out(0)), Staking::VotesRunning);
		assert_noop!(dispatch(Bob, Call::unstake { position: 0, amount: Some(VKTR) }), Staking::VotesRunning);
		assert_ok!(dispatch(Bob, Voting::remove_vote { class: Some(TRACK), index: poll }));
		assert_noop!(dispatch(Bob, out(0)), Staking::VotesRunning);
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert_eq!(ayes(poll), 0);
		assert_ok!(dispatch(Bob, out(0)));
		assert_noop!(dispatch(Bob, out(1)), Staking::StillLocked);
	});
}

#[test]
fn a_lock_that_ends_while_its_vote_counts_stays_and_one_that_won_a_week_longer() {
	on("vektor-dev", || {
		stake(Bob, 900_000 * VKTR, 1);
		let first = u64::from(DAY) * 15;
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + first);
		pass(12);
		let poll = deciding();
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		about(ayes(poll), 1_350_000 * VKTR);
		// The lock ends, by missed slots too, and the referendum goes on.
		later(16);
		let out = Call::unstake { position: 0, amount: None };
		assert_noop!(dispatch(Bob, out.clone()), Staking::VotesRunning);
		while Referenda::as_ongoing(poll).is_some() {
			pass(hours(3));
		}
		let remove = Voting::remove_vote { class: Some(TRACK), index: poll };
		assert_ok!(dispatch(Bob, remove));
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert_noop!(dispatch(Bob, out.clone()), Staking::VotesRunning);
		pass(hours(7 * 24));
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert!(!VoteLocks::<Runtime>::contains_key(Bob.to_account_id()));
		assert_ok!(dispatch(Bob, out));
	});
}

#[test]
fn a_vote_as_polkadot_js_sends_it_counts_up_to_the_power_and_not_a_unit_more() {
	on("vektor-dev", || {
		let poll = poll();
		stake(Bob, HUNDRED, 2);
		let power = LockStaking::power(&Bob.to_account_id());
		about(power, 3 * HUNDRED);
		let more = raw(poll, Conviction::Locked1x, power + 1);
		assert_noop!(dispatch(Bob, more), VotingError::<Runtime>::InsufficientFunds);
		assert_ok!(dispatch(Bob, raw(poll, Conviction::Locked1x, power)));
		assert_eq!(ayes(poll), power);
	});
}

#[test]
fn tokens_vote_once_whether_free_staked_or_delegated() {
	on("quiver-dev", || {
		let poll = poll();
		let all = native(&Bob.to_account_id());
		stake(Bob, all / 2, 0);
		let free = native(&Bob.to_account_id());
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		about(ayes(poll), free + all / 2 * 3 / 2);
		// Neither half can go to another account, be staked beside its vote, or be delegated as well.
		let dest = address(Charlie);
		let send = pallet_balances::Call::transfer_keep_alive { dest, value: free - VKTR };
		assert_noop!(dispatch(Bob, send.clone()), TokenError::Frozen);
		assert_noop!(dispatch(Bob, Call::stake { amount: VKTR, tier: 1 }), Staking::NotFree);
		assert_noop!(dispatch(Bob, Call::unstake { position: 0, amount: None }), Staking::VotesRunning);
		assert_noop!(
			dispatch(Bob, Call::delegate { class: TRACK, to: address(Dave) }),
			VotingError::<Runtime>::AlreadyVoting
		);
		assert_ok!(dispatch(Bob, Voting::remove_vote { class: Some(TRACK), index: poll }));
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert_ok!(dispatch(Bob, send));
		assert_ok!(dispatch(Bob, Call::unstake { position: 0, amount: None }));
	});
}

/// Locks are of twenty days from now on: shorter than a referendum may last, longer than one that is being decided.
fn short_locks() {
	let mut tiers = TierTable::<Runtime>::get();
	tiers[1].days = 20;
	assert_ok!(root(Call::set_tiers { tiers, rules: Terms::<Runtime>::get() }));
}

fn gift(value: Balance) -> RuntimeCall {
	pallet_balances::Call::transfer_allow_death { dest: address(Charlie), value }.into()
}

#[test]
fn tokens_beside_a_lock_that_ends_before_the_referendum_vote_once() {
	on("quiver-dev", || {
		short_locks();
		let poll = poll();
		let half = native(&Bob.to_account_id()) / 2;
		stake(Bob, half, 1);
		let free = native(&Bob.to_account_id());
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		about(ayes(poll), free + half * 3 / 2);
		assert_noop!(dispatch(Bob, gift(VKTR)), TokenError::Frozen);
		assert_ok!(dispatch(Bob, Voting::remove_vote { class: Some(TRACK), index: poll }));
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert_ok!(dispatch(Bob, gift(VKTR)));
	});
}

/// What a lock counted for in one referendum does not stand in for tokens that vote in another, where it counts for less.
#[test]
fn a_vote_that_is_taken_back_frees_no_token_that_votes_elsewhere() {
	on("quiver-dev", || {
		short_locks();
		let (decided, open) = (deciding(), poll());
		let half = native(&Bob.to_account_id()) / 2;
		stake(Bob, half, 1);
		let free = native(&Bob.to_account_id());
		assert_ok!(dispatch(Bob, vote(decided, Stance::Aye)));
		about(ayes(decided), free + half * 2);
		assert_ok!(dispatch(Bob, vote(open, Stance::Aye)));
		about(ayes(open), free + half * 3 / 2);
		assert_ok!(dispatch(Bob, Voting::remove_vote { class: Some(TRACK), index: decided }));
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert_noop!(dispatch(Bob, gift(VKTR)), TokenError::Frozen);
	});
}

/// The stake is held for the first vote already, and tokens come that vote in the second beside it.
#[test]
fn tokens_that_come_between_two_votes_stay_for_the_second() {
	on("quiver-dev", || {
		short_locks();
		let (decided, open) = (deciding(), poll());
		let half = native(&Bob.to_account_id()) / 2;
		stake(Bob, half, 1);
		let rest = half - VKTR;
		assert_ok!(dispatch(Bob, gift(rest)));
		assert_ok!(dispatch(Bob, vote(decided, Stance::Aye)));
		let back = pallet_balances::Call::transfer_allow_death { dest: address(Bob), value: rest };
		assert_ok!(dispatch(Charlie, back));
		assert_ok!(dispatch(Bob, vote(open, Stance::Aye)));
		assert_noop!(dispatch(Bob, gift(VKTR)), TokenError::Frozen);
	});
}

#[test]
fn a_vote_of_free_tokens_does_not_hold_a_stake_that_comes_later() {
	on("quiver-dev", || {
		let poll = poll();
		let who = Bob.to_account_id();
		let free = Balances::reducible_balance(
			&who,
			frame_support::traits::tokens::Preservation::Preserve,
			frame_support::traits::tokens::Fortitude::Polite,
		);
		assert_ok!(dispatch(Bob, raw(poll, Conviction::Locked1x, free / 2)));
		stake(Bob, free / 4, 0);
		assert_ok!(dispatch(Bob, Call::unstake { position: 0, amount: None }));
		assert_noop!(dispatch(Bob, Call::stake { amount: free * 3 / 4, tier: 0 }), Staking::NotFree);
	});
}

/// What a stake grows by after a vote frees nothing that voted: neither by staking more, nor by having the locks looked at.
#[test]
fn a_stake_that_comes_after_a_vote_frees_no_token_that_voted() {
	on("quiver-dev", || {
		let poll = poll();
		let all = native(&Bob.to_account_id());
		stake(Bob, all / 10, 0);
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		let free = native(&Bob.to_account_id());
		let gift = pallet_balances::Call::transfer_keep_alive { dest: address(Bob), value: all / 2 };
		assert_ok!(dispatch(Charlie, gift));
		stake(Bob, all / 2, 0);
		assert_ok!(dispatch(Charlie, Voting::unlock { class: TRACK, target: address(Bob) }));
		let send = pallet_balances::Call::transfer_allow_death { dest: address(Dave), value: free / 2 };
		assert_noop!(dispatch(Bob, send), TokenError::Frozen);
		// What came later may leave, and nothing else.
		assert_noop!(dispatch(Bob, Call::unstake { position: 0, amount: Some(all / 2 + VKTR) }), Staking::VotesRunning);
		assert_ok!(dispatch(Bob, Call::unstake { position: 0, amount: Some(all / 2 - 10) }));
	});
}

#[test]
fn a_delegate_votes_with_what_is_delegated_and_no_more_than_the_stake_behind_it() {
	on("vektor-dev", || {
		let poll = poll();
		stake(Bob, HUNDRED, 2);
		stake(Dave, HUNDRED, 0);
		assert_ok!(dispatch(Bob, Call::delegate { class: TRACK, to: address(Dave) }));
		assert_ok!(dispatch(Dave, vote(poll, Stance::Aye)));
		about(ayes(poll), 4 * HUNDRED);
		// Who delegates does not vote beside it, and the stake stays.
		assert_noop!(dispatch(Bob, vote(poll, Stance::Nay)), VotingError::<Runtime>::AlreadyDelegating);
		let trim = || Call::trim { who: address(Bob), class: TRACK };
		assert_noop!(dispatch(Charlie, trim()), Staking::UpToDate);
		// Sixty-one days on, the lock is shorter than a referendum may be.
		later(61);
		let post = dispatch(Charlie, trim()).expect("it is brought down");
		assert_eq!(post.pays_fee, frame_support::dispatch::Pays::No);
		about(ayes(poll), 2 * HUNDRED);
		assert_noop!(dispatch(Charlie, trim()), Staking::UpToDate);
		assert_noop!(dispatch(Charlie, Call::trim { who: address(Eve), class: TRACK }), Staking::NotDelegating);
		later(31);
		let out = Call::unstake { position: 0, amount: None };
		assert_noop!(dispatch(Bob, out.clone()), Staking::VotesRunning);
		assert_ok!(dispatch(Bob, Voting::undelegate { class: TRACK }));
		pass(hours(7 * 24) + 1);
		assert_ok!(dispatch(Bob, Voting::unlock { class: TRACK, target: address(Bob) }));
		assert_ok!(dispatch(Bob, out));
	});
}

#[test]
fn hardly_anybody_staking_is_no_full_support() {
	on("vektor-dev", || {
		let poll = poll();
		stake(Bob, VKTR, 2);
		pass(2);
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		let (_, support) = tally(poll);
		// A twentieth of 350 million: what neither the emission's nor the treasury's pots hold.
		assert_eq!(support, Perbill::from_rational(3u32, 17_500_000));
		let least = <Runtime as pallet_conviction_voting::Config>::MaxTurnout::get();
		assert!(least.abs_diff(17_500_000 * VKTR) < VKTR, "{least}");
	});
}

#[test]
fn votes_go_on_in_safe_mode_and_no_stake_moves() {
	on("vektor-dev", || {
		let poll = poll();
		stake(Bob, HUNDRED, 0);
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		assert_ok!(dispatch(Bob, vote(poll, Stance::Aye)));
		let filtered = frame_system::Error::<Runtime>::CallFiltered;
		assert_noop!(dispatch(Bob, Call::stake { amount: HUNDRED, tier: 0 }), filtered);
		let name = |call: &str| {
			(b"LockStaking".to_vec().try_into().expect("short"), call.as_bytes().to_vec().try_into().expect("short"))
		};
		let pause = |call| root(pallet_tx_pause::Call::pause { full_name: name(call) });
		for call in ["vote", "delegate", "trim"] {
			assert_err!(pause(call), pallet_tx_pause::Error::<Runtime>::Unpausable);
		}
		assert_ok!(pause("unstake"));
	});
}

#[test]
fn a_proxy_for_governance_votes_one_for_staking_stakes_and_neither_gives_yield_away() {
	let vote = vote(0, Stance::Aye);
	let delegate: RuntimeCall = Call::delegate { class: TRACK, to: address(Dave) }.into();
	let stake: RuntimeCall = Call::stake { amount: VKTR, tier: 0 }.into();
	let share: RuntimeCall = Call::delegate_yield { position: 0, to: Some(address(Dave)) }.into();
	use ProxyType::*;
	for (call, kinds) in [
		(vote, vec![Any, NonTransfer, Governance]),
		(delegate, vec![Any, NonTransfer, Governance]),
		(stake, vec![Any, NonTransfer, Staking]),
		(share, vec![Any]),
	] {
		for kind in [Any, NonTransfer, Governance, Staking, Operator, CancelProxy] {
			assert_eq!(kind.filter(&call), kinds.contains(&kind), "{kind:?} {call:?}");
		}
	}
}

#[test]
fn a_shared_yield_on_quiver_is_seventy_twenty_five_and_five() {
	on("quiver-dev", || {
		stake(Bob, 500_000 * VKTR, 0);
		assert_ok!(dispatch(Bob, Call::delegate_yield { position: 0, to: Some(address(Dave)) }));
		pass(2);
		let earned = 1_000 * VKTR;
		assert_ok!(LockStaking::push(&Charlie.to_account_id(), Yield::Real, earned));
		pass(125);
		let quality = configs::inference::QualityAccount::get();
		let before = (native(&Dave.to_account_id()), native(&quality));
		assert_ok!(dispatch(Eve, Call::settle_yield { who: address(Bob), position: 0 }));
		let paid = native(&Dave.to_account_id()) - before.0;
		let validators = native(&quality) - before.1;
		let [position] = &reads::positions(Bob.to_account_id())[..] else { panic!("one position") };
		let kept = position.worth - position.principal;
		let near = |found: Balance, percent: Balance| found.abs_diff(earned * percent / 100) < 1_000;
		assert!(near(paid, 25) && near(validators, 5) && near(kept, 70), "{paid} {validators} {kept}");
		assert_noop!(dispatch(Bob, Call::unstake { position: 0, amount: None }), Staking::IsShared);
		assert_ok!(dispatch(Bob, Call::delegate_yield { position: 0, to: None }));
		assert_ok!(dispatch(Bob, Call::unstake { position: 0, amount: None }));
	});
	on("vektor-dev", || {
		stake(Bob, HUNDRED, 0);
		let share = Call::delegate_yield { position: 0, to: Some(address(Dave)) };
		assert_noop!(dispatch(Bob, share), Staking::NotOffered);
	});
}

#[test]
fn what_tiers_earn_is_shown_with_real_yield_and_emission_apart() {
	on("vektor-dev", || {
		for (who, tier) in [(Bob, 0), (Charlie, 1), (Dave, 2)] {
			stake(who, 200_000 * VKTR, tier);
		}
		assert!(reads::tiers().iter().all(|tier| (tier.real_yield, tier.emission) == (0, 0)));
		// A round ends; its emission streams.
		pass(125);
		let tiers = reads::tiers();
		let near = |found: u64, tenths: u64| found.abs_diff(tiers[0].emission * tenths / 10) <= 2;
		assert!(tiers[0].emission > 0 && near(tiers[1].emission, 15) && near(tiers[2].emission, 30), "{tiers:?}");
		assert!(tiers.iter().all(|tier| tier.real_yield == 0));
		assert_ok!(LockStaking::push(&Eve.to_account_id(), Yield::Real, 1_000 * VKTR));
		pass(1);
		let tiers = reads::tiers();
		assert!(tiers[0].real_yield > 0 && tiers[2].real_yield.abs_diff(3 * tiers[0].real_yield) <= 2, "{tiers:?}");
		assert_eq!((tiers[0].liquid_at, tiers[2].liquid_at - tiers[1].liquid_at), (0, 60 * DAY));
	});
}

#[test]
fn no_referendum_lasts_longer_than_the_longest() {
	on("vektor-dev", || {
		use pallet_lock_staking::Ballots;
		let open = poll();
		let longest = <BallotBox as Ballots<AccountId>>::longest();
		assert_eq!(longest, hours(14 * 24 + 14 * 24 + 48));
		assert_eq!(<BallotBox as Ballots<AccountId>>::remaining(open), Some(hours(14 * 24 + 14 * 24 + 3)));
		assert_ok!(dispatch(Alice, pallet_referenda::Call::place_decision_deposit { index: open }));
		pass(hours(1) + 1);
		let left = <BallotBox as Ballots<AccountId>>::remaining(open).expect("it goes on");
		assert!(left <= hours(14 * 24 + 3) && left > hours(14 * 24), "{left}");
		assert_eq!(<BallotBox as Ballots<AccountId>>::remaining(99), None);
		pass(left + 1);
		assert_eq!(<BallotBox as Ballots<AccountId>>::remaining(open), None);
	});
}
