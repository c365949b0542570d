//! Emission for work: what a round's leak earns, operator by operator. Nobody earns more of it than its own settlements leaked for, by `kappa` of `Supply`.

use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};
use vektor_math::split::pro_rata;
use vektor_primitives::{
	pot,
	traits::{OperatorRegistry, Rounds},
	Asset, Balance, OperatorId,
};

use crate::{are_sound, Config, Error, Event, Factors, Leaks, Multipliers, OldestLeaks, Pallet, RoundBooks};

impl<T: Config> Pallet<T> {
	/// Takes of `most` out of `from` what the work of an ended round earns: the part of its leak that counts. What it took. Once per round; transactional.
	pub fn reward_work(round: u32, from: &T::AccountId, most: Balance) -> Result<Balance, DispatchError> {
		let mut book = RoundBooks::<T>::get(round);
		let earned = pro_rata(most, book.counted.0, book.leak.0).unwrap_or_default();
		// Of a round that is forgotten nobody could claim it.
		let is_over = round < T::Rounds::current() && round >= OldestLeaks::<T>::get();
		if earned == 0 || book.work > 0 || !is_over {
			return Ok(0);
		}
		pot::transfer::<T::AccountId, T::Money>(&Asset::Native, from, &Self::pot(), earned)?;
		(book.work, book.work_due) = (earned, earned);
		RoundBooks::<T>::insert(round, book);
		Self::deposit_event(Event::WorkRewarded { round, amount: earned });
		Ok(earned)
	}

	pub(crate) fn do_claim_work(operator: OperatorId, round: u32) -> DispatchResult {
		ensure!(round < T::Rounds::current(), Error::<T>::RoundOpen);
		let leak = Leaks::<T>::take(round, operator);
		let mut book = RoundBooks::<T>::get(round);
		let amount = book.share(&leak);
		// Of what has expired, nothing is there.
		let left = book.work_due.checked_sub(amount).filter(|_| amount > 0).ok_or(Error::<T>::NothingEarned)?;
		book.work_due = left;
		RoundBooks::<T>::insert(round, book);
		let (account, withheld) = Self::pay_operator(&operator, amount)?;
		Self::deposit_event(Event::WorkClaimed { operator, round, account, amount, withheld });
		Ok(())
	}

	/// Pays what emission an operator claims: to whom, and how much of it joined its collateral instead.
	pub(crate) fn pay_operator(
		operator: &OperatorId,
		amount: Balance,
	) -> Result<(T::AccountId, Balance), DispatchError> {
		let account = T::Operators::payee(operator).unwrap_or_else(T::Treasury::get);
		let withheld = T::Operators::withhold(operator, &Self::pot(), amount)?;
		let paid = amount.saturating_sub(withheld);
		ensure!(pot::would_take::<T::AccountId, T::Money>(&Asset::Native, &account, paid), Error::<T>::StillRefused);
		pot::transfer::<T::AccountId, T::Money>(&Asset::Native, &Self::pot(), &account, paid)?;
		Ok((account, withheld))
	}

	pub(crate) fn do_set_factors(factors: Factors) -> DispatchResult {
		ensure!(are_sound(&factors), Error::<T>::FactorsUnsound);
		Multipliers::<T>::put(&factors);
		Self::deposit_event(Event::FactorsSet { factors });
		Ok(())
	}
}
