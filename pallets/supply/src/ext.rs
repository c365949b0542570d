//! What others ask of this pallet: the round that is on, the burn ledger, what an era pays and what that is paid from.

use frame_support::traits::{
	fungible::{Balanced, Debt, Mutate},
	tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve},
	Imbalance,
};
use sp_runtime::DispatchResult;
use vektor_primitives::{
	traits::{LiveClock, Rounds},
	Balance,
};

use crate::{Alarm, BurnCause, Burned, Config, CurrentRound, Emitted, EraOwed, EraPending, Event, Pallet};

impl<T: Config> Rounds for Pallet<T> {
	fn current() -> u32 {
		CurrentRound::<T>::get().index
	}

	fn left() -> u32 {
		CurrentRound::<T>::get().ends.saturating_sub(T::Clock::now())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_current(round: u32) {
		CurrentRound::<T>::mutate(|current| current.index = round);
	}
}

impl<T: Config> Pallet<T> {
	/// Burns of an account's own and counts it.
	pub fn burn_of(from: &T::AccountId, amount: Balance, cause: BurnCause) -> DispatchResult {
		let burned = T::Currency::burn_from(from, amount, Preserve, Exact, Polite)?;
		Self::note_burned(cause, burned);
		Ok(())
	}

	/// Books what is about to be dropped by who holds it.
	pub fn note_burned(cause: BurnCause, amount: Balance) {
		if amount > 0 {
			Burned::<T>::mutate(cause, |sum| *sum = sum.saturating_add(amount));
		}
	}

	/// What the era that ends pays: all that rounds have put aside for validators since the last.
	pub fn end_era() -> Balance {
		let amount = EraPending::<T>::take();
		EraOwed::<T>::mutate(|owed| *owed = owed.saturating_add(amount));
		amount
	}

	/// Pays for rewards that were minted: out of what the era pot holds for ended eras, and what that lacks out of the emission
	/// pot, so that the issuance is what it was. What neither can pay breaks the cap: the alarm is raised.
	pub fn settle_rewards(debt: Debt<T::AccountId, T::Currency>) {
		EraOwed::<T>::mutate(|owed| *owed = owed.saturating_sub(debt.peek()));
		let (era, emission) = (Self::era_pot(), Self::emission_pot());
		let ended = Self::available(&era).saturating_sub(EraPending::<T>::get());
		let rest = Self::settle_from(&era, ended, debt);
		let lacking = rest.peek();
		let rest = Self::settle_from(&emission, Self::available(&emission), rest);
		let emitted = lacking.saturating_sub(rest.peek());
		Emitted::<T>::mutate(|book| book.validators = book.validators.saturating_add(emitted));
		if rest.peek() > 0 {
			Self::deposit_event(Event::IssuanceBroken { amount: rest.peek() });
			T::Alarm::raise();
		}
	}

	/// What a pot could not pay of `debt`, or may not.
	fn settle_from(
		pot: &T::AccountId,
		most: Balance,
		debt: Debt<T::AccountId, T::Currency>,
	) -> Debt<T::AccountId, T::Currency> {
		let (payable, rest) = debt.split(most);
		if payable.peek() == 0 {
			return rest;
		}
		match T::Currency::settle(pot, payable, Preserve) {
			// Nothing is left over: what was withdrawn is what was owed.
			Ok(_) => rest,
			Err(unpaid) => rest.merge(unpaid),
		}
	}
}
