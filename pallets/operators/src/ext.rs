//! The shared traits that this pallet implements: `OperatorRegistry` and `OutcomeSink`.

use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;
use vektor_primitives::{
	traits::{OperatorRegistry, OutcomeSink},
	Ineligible, Needs, OperatorId, OperatorStatus, Outcome, Usd, WorkRef,
};

use crate::{AgentOf, Classes, Config, Error, Exposures, Former, Operators, Pallet, Tallies};

impl<T: Config> OperatorRegistry<T::AccountId> for Pallet<T> {
	fn by_agent(who: &T::AccountId) -> Option<OperatorId> {
		AgentOf::<T>::get(who)
	}

	fn payee(operator: &OperatorId) -> Option<T::AccountId> {
		Operators::<T>::get(operator).map(|record| record.owner).or_else(|| Former::<T>::get(operator))
	}

	fn check(operator: &OperatorId, needs: &Needs) -> Result<(), Ineligible> {
		let record = Operators::<T>::get(operator).ok_or(Ineligible::Unknown)?;
		record.check(Classes::<T>::get(&record.class).as_ref(), needs, T::MaxOpenWork::get())
	}

	fn take_exposure(operator: &OperatorId, work: WorkRef, value: Usd) -> DispatchResult {
		Self::try_mutate(operator, |record| {
			ensure!(record.status == OperatorStatus::Active, Error::<T>::NotActive);
			ensure!(!Exposures::<T>::contains_key(operator, work), Error::<T>::AlreadyBooked);
			ensure!(record.open_work < T::MaxOpenWork::get(), Error::<T>::TooMuchOpenWork);
			record.exposure = record.exposure.checked_add(value).ok_or(Error::<T>::Overflow)?;
			record.open_work = record.open_work.saturating_add(1);
			record.served = true;
			Exposures::<T>::insert(operator, work, value);
			Ok(())
		})
	}

	fn free_exposure(operator: &OperatorId, work: WorkRef) {
		let Some(value) = Exposures::<T>::take(operator, work) else {
			return;
		};
		Operators::<T>::mutate_extant(operator, |record| {
			record.exposure = Usd(record.exposure.0.saturating_sub(value.0));
			record.open_work = record.open_work.saturating_sub(1);
		});
	}
}

impl<T: Config> OutcomeSink for Pallet<T> {
	/// An operator that is gone has no tally to write to.
	fn note(operator: &OperatorId, outcome: Outcome, leak: Usd) {
		if !Operators::<T>::contains_key(operator) {
			return;
		}
		Tallies::<T>::mutate(operator, |tally| {
			let count = match outcome {
				Outcome::Settled => &mut tally.settled,
				Outcome::Missed => &mut tally.missed,
				Outcome::ProofRefused => &mut tally.proofs_refused,
			};
			*count = count.saturating_add(1);
			tally.leak = Usd(tally.leak.0.saturating_add(leak.0));
		});
	}
}
