//! Where `ConvictionVoting` meets `LockStaking`: votes weigh what a stake and its lock make of them, and count once each.

use frame_support::{
	dispatch::DispatchResult,
	pallet_prelude::Weight,
	traits::{
		fungible::{self, Inspect},
		tokens::{DepositConsequence, Fortitude, Preservation, Provenance, WithdrawConsequence},
		BalanceStatus, Contains, Currency, ExistenceRequirement, Get, LockIdentifier, LockableCurrency,
		ReservableCurrency, SignedImbalance, WithdrawReasons,
	},
};
use pallet_conviction_voting::{AccountVote, Conviction, Status, Vote, Voting, VotingFor, VotingHooks, WeightInfo};
use pallet_lock_staking::{Ballots, ClassId, PollIndex, Stance, Terms, WeightInfo as _};
use pallet_referenda::{ReferendumInfo, ReferendumInfoFor, TracksInfo};
use sp_runtime::{traits::StaticLookup, DispatchError};
use vektor_primitives::Balance;

use crate::{
	configs::tracks::Tracks, AccountId, Balances, ConvictionVoting, LockStaking, Runtime, RuntimeCall, RuntimeOrigin,
};

type Polls = <Runtime as pallet_referenda::Config>::BlockNumberProvider;
type Undeciding = <Runtime as pallet_referenda::Config>::UndecidingTimeout;
type Measured = pallet_conviction_voting::weights::SubstrateWeight<Runtime>;
type Lookup = <Runtime as frame_system::Config>::Lookup;

/// Whether a token votes that is not staked.
fn tokens_vote() -> bool {
	Terms::<Runtime>::get().tokens_vote
}

/// The token as `ConvictionVoting` sees it: an account's total is what it may vote with, and a lock holds the stake. All else is the token's own.
pub struct VotePower;

impl LockableCurrency<AccountId> for VotePower {
	type Moment = <Balances as LockableCurrency<AccountId>>::Moment;
	type MaxLocks = <Balances as LockableCurrency<AccountId>>::MaxLocks;

	fn set_lock(id: LockIdentifier, who: &AccountId, votes: Balance, reasons: WithdrawReasons) {
		LockStaking::lower_vote_lock(who, votes);
		// Each poll counted the stake in its own way, and nothing says which of them are left: only what no vote can need is freed.
		let frozen = Balances::locks(who).iter().find(|lock| lock.id == id).map_or(0, |lock| lock.amount);
		if frozen > votes {
			Balances::set_lock(id, who, votes, reasons);
		}
	}

	fn extend_lock(id: LockIdentifier, who: &AccountId, votes: Balance, reasons: WithdrawReasons) {
		let unstaked = LockStaking::extend_vote_lock(who, votes);
		Balances::extend_lock(id, who, unstaked, reasons);
	}

	fn remove_lock(id: LockIdentifier, who: &AccountId) {
		LockStaking::lower_vote_lock(who, 0);
		Balances::remove_lock(id, who);
	}
}

/// A vote counts once, or is an abstention. Nothing else is hooked.
pub struct OnceEach;

impl VotingHooks<AccountId, PollIndex, Balance> for OnceEach {
	fn on_before_vote(_: &AccountId, _: PollIndex, vote: AccountVote<Balance>) -> DispatchResult {
		LockStaking::ensure_counts(match vote {
			AccountVote::Standard { vote, .. } => vote.conviction == Conviction::Locked1x,
			AccountVote::SplitAbstain { aye, nay, .. } => aye == 0 && nay == 0,
			AccountVote::Split { .. } => false,
		})
	}

	fn on_remove_vote(_: &AccountId, _: PollIndex, _: Status) {}

	fn lock_balance_on_unsuccessful_vote(_: &AccountId, _: PollIndex) -> Option<Balance> {
		None
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn on_vote_worst_case(_: &AccountId) {}

	#[cfg(feature = "runtime-benchmarks")]
	fn on_remove_vote_worst_case(_: &AccountId) {}
}

/// All calls but a delegation that counts otherwise: no hook sees it.
impl Contains<RuntimeCall> for OnceEach {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(
			call,
			RuntimeCall::ConvictionVoting(pallet_conviction_voting::Call::delegate { conviction, .. })
				if *conviction != Conviction::Locked1x
		)
	}
}

/// What support is measured against.
pub struct Electorate;

impl Get<Balance> for Electorate {
	fn get() -> Balance {
		pallet_lock_staking::Electorate::<Runtime>::get().max(1)
	}
}

/// `ConvictionVoting` as a stake's owner uses it.
pub struct BallotBox;

impl Ballots<AccountId> for BallotBox {
	fn remaining(poll: PollIndex) -> Option<u32> {
		use sp_runtime::traits::BlockNumberProvider;
		let ReferendumInfo::Ongoing(status) = ReferendumInfoFor::<Runtime>::get(poll)? else { return None };
		let track = Tracks::info(status.track)?;
		let now = Polls::current_block_number();
		// A queue is left when it is another's turn: nobody knows how long that takes.
		let undecided = || status.submitted.saturating_add(Undeciding::get()).max(now);
		let decided = status.deciding.as_ref().map_or_else(undecided, |deciding| deciding.since);
		let end = decided.saturating_add(track.decision_period).saturating_add(track.confirm_period);
		Some(end.saturating_sub(now))
	}

	fn longest() -> u32 {
		let of = |track: &pallet_referenda::Track<_, _, u32>| {
			track.info.decision_period.saturating_add(track.info.confirm_period)
		};
		let longest = Tracks::tracks().map(|track| of(&track)).max();
		Undeciding::get().saturating_add(longest.unwrap_or_default())
	}

	fn unstaked(who: &AccountId) -> Balance {
		match tokens_vote() {
			true => <Balances as Currency<_>>::total_balance(who),
			false => 0,
		}
	}

	fn vote(who: &AccountId, poll: PollIndex, stance: Stance, votes: Balance) -> DispatchResult {
		let standard =
			|aye| AccountVote::Standard { vote: Vote { aye, conviction: Conviction::Locked1x }, balance: votes };
		let vote = match stance {
			Stance::Aye => standard(true),
			Stance::Nay => standard(false),
			Stance::Abstain => AccountVote::SplitAbstain { aye: 0, nay: 0, abstain: votes },
		};
		ConvictionVoting::vote(RuntimeOrigin::signed(who.clone()), poll, vote)
	}

	fn delegate(who: &AccountId, class: ClassId, to: AccountId, votes: Balance) -> DispatchResult {
		let (origin, to) = (RuntimeOrigin::signed(who.clone()), Lookup::unlookup(to));
		ConvictionVoting::delegate(origin, class, to, Conviction::Locked1x, votes).map(drop).map_err(|e| e.error)
	}

	fn undelegate(who: &AccountId, class: ClassId) -> DispatchResult {
		let origin = RuntimeOrigin::signed(who.clone());
		ConvictionVoting::undelegate(origin, class).map(drop).map_err(|e| e.error)
	}

	fn delegated(who: &AccountId, class: ClassId) -> Option<(AccountId, Balance)> {
		match VotingFor::<Runtime>::get(who, class) {
			Voting::Delegating(delegating) => Some((delegating.target, delegating.balance)),
			Voting::Casting(_) => None,
		}
	}

	fn vote_weight() -> Weight {
		Measured::vote_new().max(Measured::vote_existing())
	}

	fn delegate_weight() -> Weight {
		Measured::delegate(<Runtime as pallet_conviction_voting::Config>::MaxVotes::get())
	}

	fn undelegate_weight() -> Weight {
		Measured::undelegate(<Runtime as pallet_conviction_voting::Config>::MaxVotes::get())
	}
}

/// What `ConvictionVoting` measured with plain tokens, and what reading a stake's power weighs beside it.
pub struct Weights;

fn power() -> Weight {
	<Runtime as pallet_lock_staking::Config>::WeightInfo::power()
}

impl WeightInfo for Weights {
	fn vote_new() -> Weight {
		Measured::vote_new().saturating_add(power())
	}

	fn vote_existing() -> Weight {
		Measured::vote_existing().saturating_add(power())
	}

	fn remove_vote() -> Weight {
		Measured::remove_vote()
	}

	fn remove_other_vote() -> Weight {
		Measured::remove_other_vote()
	}

	fn delegate(r: u32) -> Weight {
		Measured::delegate(r).saturating_add(power())
	}

	fn undelegate(r: u32) -> Weight {
		Measured::undelegate(r)
	}

	fn unlock() -> Weight {
		Measured::unlock().saturating_add(power())
	}
}

impl fungible::Inspect<AccountId> for VotePower {
	type Balance = Balance;

	fn total_issuance() -> Balance {
		<Balances as Inspect<_>>::total_issuance()
	}

	fn minimum_balance() -> Balance {
		<Balances as Inspect<_>>::minimum_balance()
	}

	fn total_balance(who: &AccountId) -> Balance {
		LockStaking::power(who)
	}

	fn balance(who: &AccountId) -> Balance {
		Balances::balance(who)
	}

	fn reducible_balance(who: &AccountId, preservation: Preservation, force: Fortitude) -> Balance {
		Balances::reducible_balance(who, preservation, force)
	}

	fn can_deposit(who: &AccountId, amount: Balance, provenance: Provenance) -> DepositConsequence {
		Balances::can_deposit(who, amount, provenance)
	}

	fn can_withdraw(who: &AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
		Balances::can_withdraw(who, amount)
	}
}

type Negative = <Balances as Currency<AccountId>>::NegativeImbalance;
type Positive = <Balances as Currency<AccountId>>::PositiveImbalance;

impl Currency<AccountId> for VotePower {
	type Balance = Balance;
	type PositiveImbalance = Positive;
	type NegativeImbalance = Negative;

	fn total_balance(who: &AccountId) -> Balance {
		LockStaking::power(who)
	}

	fn can_slash(who: &AccountId, value: Balance) -> bool {
		Balances::can_slash(who, value)
	}

	fn total_issuance() -> Balance {
		<Balances as Currency<_>>::total_issuance()
	}

	fn minimum_balance() -> Balance {
		<Balances as Currency<_>>::minimum_balance()
	}

	fn burn(amount: Balance) -> Positive {
		<Balances as Currency<_>>::burn(amount)
	}

	fn issue(amount: Balance) -> Negative {
		<Balances as Currency<_>>::issue(amount)
	}

	fn free_balance(who: &AccountId) -> Balance {
		Balances::free_balance(who)
	}

	fn ensure_can_withdraw(who: &AccountId, amount: Balance, why: WithdrawReasons, left: Balance) -> DispatchResult {
		Balances::ensure_can_withdraw(who, amount, why, left)
	}

	fn transfer(from: &AccountId, to: &AccountId, value: Balance, existence: ExistenceRequirement) -> DispatchResult {
		<Balances as Currency<_>>::transfer(from, to, value, existence)
	}

	fn slash(who: &AccountId, value: Balance) -> (Negative, Balance) {
		<Balances as Currency<_>>::slash(who, value)
	}

	fn deposit_into_existing(who: &AccountId, value: Balance) -> Result<Positive, DispatchError> {
		Balances::deposit_into_existing(who, value)
	}

	fn deposit_creating(who: &AccountId, value: Balance) -> Positive {
		Balances::deposit_creating(who, value)
	}

	fn withdraw(
		who: &AccountId,
		value: Balance,
		why: WithdrawReasons,
		liveness: ExistenceRequirement,
	) -> Result<Negative, DispatchError> {
		<Balances as Currency<_>>::withdraw(who, value, why, liveness)
	}

	fn make_free_balance_be(who: &AccountId, value: Balance) -> SignedImbalance<Balance, Positive> {
		// The pallet's own benchmarks vote with plain tokens; nothing else calls this.
		#[cfg(feature = "runtime-benchmarks")]
		Terms::<Runtime>::mutate(|rules| rules.tokens_vote = true);
		Balances::make_free_balance_be(who, value)
	}
}

impl ReservableCurrency<AccountId> for VotePower {
	fn can_reserve(who: &AccountId, value: Balance) -> bool {
		Balances::can_reserve(who, value)
	}

	fn slash_reserved(who: &AccountId, value: Balance) -> (Negative, Balance) {
		Balances::slash_reserved(who, value)
	}

	fn reserved_balance(who: &AccountId) -> Balance {
		Balances::reserved_balance(who)
	}

	fn reserve(who: &AccountId, value: Balance) -> DispatchResult {
		Balances::reserve(who, value)
	}

	fn unreserve(who: &AccountId, value: Balance) -> Balance {
		Balances::unreserve(who, value)
	}

	fn repatriate_reserved(
		slashed: &AccountId,
		beneficiary: &AccountId,
		value: Balance,
		status: BalanceStatus,
	) -> Result<Balance, DispatchError> {
		Balances::repatriate_reserved(slashed, beneficiary, value, status)
	}
}
