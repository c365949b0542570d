//! The shared trait that this pallet implements: `RewardStream`.

use frame_support::traits::{fungible::Mutate, tokens::Preservation::Preserve, Get};
use sp_runtime::DispatchResult;
use vektor_math::split::pro_rata;
use vektor_primitives::{
	traits::{RewardStream, Yield},
	Balance,
};

use crate::{Book, Config, Error, Pallet, TierTable};

impl<T: Config> RewardStream<T::AccountId> for Pallet<T> {
	fn is_open() -> bool {
		!TierTable::<T>::get().is_empty()
	}

	/// Takes the reward into the vault: from the next interval on it is paid out evenly over a round, with what is left of the one
	/// before.
	fn push(from: &T::AccountId, kind: Yield, amount: Balance) -> DispatchResult {
		let mut vault = Book::<T>::get();
		let stream = &mut vault.stream;
		stream.left = stream.left.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		if kind == Yield::Real {
			stream.real = stream.real.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		}
		// How long they have waited, weighed by their amounts: a reward is not forfeited for what a speck before it waited.
		// Rounded up: what has waited still streams over the longer time.
		let forgotten = pro_rata(stream.waited.into(), amount, stream.left.max(1)).unwrap_or_default();
		stream.waited = stream.waited.saturating_sub(forgotten.try_into().unwrap_or(0));
		let length = T::StreamLength::get().checked_div(T::Interval::get()).unwrap_or_default();
		stream.intervals = stream.intervals.max(length).max(1);
		T::Currency::transfer(from, &Self::pot(), amount, Preserve)?;
		Book::<T>::put(vault);
		Ok(())
	}
}
