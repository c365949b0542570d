//! What a stake votes with, and that it stays while it does. The votes themselves are `ConvictionVoting`'s, behind [`Ballots`].

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{ensure, pallet_prelude::Weight, traits::Get};
use scale_info::TypeInfo;
use sp_runtime::{traits::BlockNumberProvider, DispatchResult};
use vektor_math::{growth, split::pro_rata};
use vektor_primitives::{Balance, Ppm};

use crate::{
	Book, Casting, Config, Electorate, Error, Event, Pallet, Position, Positions, Terms, TierTable, Tiers, Vault,
	VoteLocks,
};

/// A referendum's number.
pub type PollIndex = u32;

/// A track's number.
pub type ClassId = u16;

/// Of all tokens that circulate, the part that support is measured against at least: a twentieth (ours).
const FLOOR: Balance = 20;

/// What a vote says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Stance {
	/// For the proposal.
	Aye,
	/// Against it.
	Nay,
	/// Neither: counts for support only.
	Abstain,
}

/// Where votes are cast. By the runtime, over `ConvictionVoting` and `Referenda`.
pub trait Ballots<A> {
	/// For how many blocks the poll may go on from now at the most. Nothing where it does not go on.
	fn remaining(poll: PollIndex) -> Option<u32>;
	/// For how many blocks any poll may go on from now at the most.
	fn longest() -> u32;
	/// What of an account's votes is not staked: tokens that vote where they are.
	fn unstaked(who: &A) -> Balance;
	/// Casts a vote.
	fn vote(who: &A, poll: PollIndex, stance: Stance, votes: Balance) -> DispatchResult;
	/// Lets `to` vote.
	fn delegate(who: &A, class: ClassId, to: A, votes: Balance) -> DispatchResult;
	/// Ends that.
	fn undelegate(who: &A, class: ClassId) -> DispatchResult;
	/// Who votes for the account, with how many votes.
	fn delegated(who: &A, class: ClassId) -> Option<(A, Balance)>;
	/// What [`Self::vote`] and the reads weigh at most.
	fn vote_weight() -> Weight;
	/// What [`Self::delegate`] and the reads weigh at most.
	fn delegate_weight() -> Weight;
	/// What [`Self::undelegate`] weighs at most.
	fn undelegate_weight() -> Weight;
}

fn times(amount: Balance, votes: Ppm) -> Balance {
	pro_rata(amount, votes.0.into(), Ppm::ONE.0.into()).unwrap_or_default()
}

/// What the liquid tier votes with: what no expiry takes away.
fn liquid(table: &Tiers) -> Ppm {
	table.first().map_or(Ppm::ONE, |tier| tier.votes)
}

impl<T: Config> Pallet<T> {
	/// What an account may vote with in a poll that goes on for so many blocks more, in votes: its stake, and its tokens where they vote unstaked.
	pub fn power_for(who: &T::AccountId, blocks: u32) -> Balance {
		Self::staked_for(who, blocks).saturating_add(T::Ballots::unstaked(who))
	}

	/// What of that its stake is. A stake counts by its tier where its lock lasts as long, and as a liquid one otherwise. Reads a checkpoint for
	/// each of its locks that has ended.
	fn staked_for(who: &T::AccountId, blocks: u32) -> Balance {
		let (vault, table) = (Book::<T>::get(), TierTable::<T>::get());
		let until = T::Elapsed::current_block_number().saturating_add(blocks);
		let votes = |position: &Position| {
			let now = Self::up_to_date(position, &vault)?;
			let lasts = Self::day_begins(now.expires) >= until;
			let terms = table.get(usize::from(now.tier)).filter(|_| lasts);
			Some(times(now.worth(&vault)?, terms.map_or(liquid(&table), |terms| terms.votes)))
		};
		Positions::<T>::get(who).iter().filter_map(votes).fold(0, Balance::saturating_add)
	}

	/// What an account may vote with whatever is voted on, in votes: what lasts as long as the longest poll.
	pub fn power(who: &T::AccountId) -> Balance {
		let whatever = || Self::power_for(who, T::Ballots::longest());
		Casting::<T>::get().map_or_else(whatever, |(votes, _)| votes)
	}

	/// Notes what one more vote needs of an account's stake: all of it, or what the stake counts for in this very vote, where tokens vote
	/// unstaked. What it needs of those tokens is returned: a stake credited with more than it counted for would leave them free to vote again.
	pub fn extend_vote_lock(who: &T::AccountId, votes: Balance) -> Balance {
		let whatever = || Self::staked_for(who, T::Ballots::longest());
		let staked = || Casting::<T>::get().map_or_else(whatever, |(_, of_stake)| of_stake);
		let of_stake = match Terms::<T>::get().tokens_vote {
			true => votes.min(staked()),
			false => votes,
		};
		Self::set_vote_lock(who, Self::needed(of_stake).max(VoteLocks::<T>::get(who)));
		votes.saturating_sub(of_stake)
	}

	/// Notes what an account's votes still need of its stake: never more than before.
	pub fn lower_vote_lock(who: &T::AccountId, votes: Balance) {
		Self::set_vote_lock(who, Self::needed(votes).min(VoteLocks::<T>::get(who)));
	}

	fn set_vote_lock(who: &T::AccountId, stake: Balance) {
		match stake {
			0 => VoteLocks::<T>::remove(who),
			_ => VoteLocks::<T>::insert(who, stake),
		}
	}

	/// The liquid stake that weighs so many votes, rounded up.
	fn needed(votes: Balance) -> Balance {
		let each = liquid(&TierTable::<T>::get());
		let down = pro_rata(votes, Ppm::ONE.0.into(), each.0.into()).unwrap_or(votes);
		match times(down, each) < votes {
			true => down.saturating_add(1),
			false => down,
		}
	}

	/// Whether an account's positions, after something has left them, still carry its votes. Reads no checkpoint.
	pub(crate) fn ensure_votes_stay(who: &T::AccountId, owned: &[Position], vault: &Vault) -> DispatchResult {
		let needed = VoteLocks::<T>::get(who);
		if needed > 0 {
			let stays = owned.iter().fold(0, |sum: Balance, position| sum.saturating_add(at_least(position, vault)));
			ensure!(stays >= needed, Error::<T>::VotesRunning);
		}
		Ok(())
	}

	/// Refuses a vote that does not count `once`: no lock makes a vote weigh more but the stake's own.
	pub fn ensure_counts(once: bool) -> DispatchResult {
		ensure!(once, Error::<T>::OneConviction);
		Ok(())
	}

	pub(crate) fn do_vote(who: T::AccountId, poll: PollIndex, stance: Stance) -> DispatchResult {
		let blocks = T::Ballots::remaining(poll).ok_or(Error::<T>::NotOngoing)?;
		let of_stake = Self::staked_for(&who, blocks);
		let votes = of_stake.saturating_add(T::Ballots::unstaked(&who));
		ensure!(votes > 0, Error::<T>::NoVotes);
		// What bounds and holds a vote knows the account, and not the poll.
		Casting::<T>::put((votes, of_stake));
		let cast = T::Ballots::vote(&who, poll, stance, votes);
		Casting::<T>::kill();
		cast
	}

	pub(crate) fn do_delegate(who: T::AccountId, class: ClassId, to: T::AccountId) -> DispatchResult {
		let votes = Self::power(&who);
		ensure!(votes > 0, Error::<T>::NoVotes);
		T::Ballots::delegate(&who, class, to, votes)
	}

	pub(crate) fn do_trim(who: T::AccountId, class: ClassId) -> DispatchResult {
		let (to, weighs) = T::Ballots::delegated(&who, class).ok_or(Error::<T>::NotDelegating)?;
		let votes = Self::power(&who);
		ensure!(votes < weighs, Error::<T>::UpToDate);
		T::Ballots::undelegate(&who, class)?;
		T::Ballots::delegate(&who, class, to, votes)?;
		Self::deposit_event(Event::DelegationTrimmed { who, class, votes });
		Ok(())
	}

	/// Counts what all could vote with, once an interval.
	pub(crate) fn count_electorate(vault: &Vault) {
		let table = TierTable::<T>::get();
		let staked =
			vault.tiers.iter().zip(&table).map(|(tier, terms)| times(tier.owed().unwrap_or_default(), terms.votes));
		let circulating = T::Circulating::get();
		let unstaked = match Terms::<T>::get().tokens_vote {
			true => circulating.saturating_sub(vault.owed().unwrap_or_default()),
			false => 0,
		};
		let all = staked.fold(unstaked, Balance::saturating_add);
		Electorate::<T>::put(all.max(circulating / FLOOR).max(1));
	}
}

/// What a position is worth at the least: of a lock that has ended without anybody having looked since, what its shares were at first, less what
/// crossing may cost, a share of the liquid tier.
fn at_least(position: &Position, vault: &Vault) -> Balance {
	let share = || vault.tiers.first().map_or(1, |liquid| liquid.growth.div_ceil(growth::ONE));
	match position.is_over(vault) {
		true => position.shares.saturating_sub(share()),
		false => position.worth(vault).unwrap_or_default(),
	}
}
