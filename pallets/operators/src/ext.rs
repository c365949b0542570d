//! The shared traits that this pallet implements beside discipline and outcomes: `OperatorRegistry` and `Contacts`.

use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};
use vektor_primitives::{
	pot,
	traits::{Contact, Contacts, LiveClock, OperatorRegistry, PriceSource, Watch},
	Asset, Balance, Ineligible, Needs, OperatorId, OperatorStatus, Usd, WorkRef,
};

use crate::{AgentOf, Classes, Config, Error, Event, Exposures, Former, HardwareClass, Operator, Operators, Pallet};

impl<T: Config> Pallet<T> {
	/// The class of an operator that may take work that needs `needs`, or why it may not.
	pub(crate) fn eligible(record: &Operator<T::AccountId>, needs: &Needs) -> Result<HardwareClass, Ineligible> {
		if record.status != OperatorStatus::Active {
			return Err(Ineligible::NotActive);
		}
		if T::Clock::now() < record.maintenance.until {
			return Err(Ineligible::Maintenance);
		}
		let class = Classes::<T>::get(&record.class).ok_or(Ineligible::HardwareTooSmall)?;
		if record.collateral < Self::entry(&class, record.gpus) {
			return Err(Ineligible::CollateralTooLow);
		}
		if !class.enabled || class.memory_gb < needs.memory_gb {
			return Err(Ineligible::HardwareTooSmall);
		}
		if record.open_work >= T::MaxOpenWork::get() {
			return Err(Ineligible::Busy);
		}
		if record.exposure >= Self::exposure_bound(record) {
			return Err(Ineligible::Exposed);
		}
		Ok(class)
	}

	/// The most that open work may be worth: what the collateral that no case holds is worth at the lowest price. Without a price, a
	/// small sum that needs none.
	pub fn exposure_bound(record: &Operator<T::AccountId>) -> Usd {
		match record.collateral.saturating_sub(record.held_back()) {
			0 => Usd(0),
			free => T::Prices::worth_at_least(free).unwrap_or_else(|_| T::UnpricedExposure::get()),
		}
	}
}

impl<T: Config> OperatorRegistry<T::AccountId> for Pallet<T> {
	fn by_agent(who: &T::AccountId) -> Option<OperatorId> {
		AgentOf::<T>::get(who)
	}

	fn payee(operator: &OperatorId) -> Option<T::AccountId> {
		Operators::<T>::get(operator).map(|record| record.owner).or_else(|| Former::<T>::get(operator))
	}

	fn check(operator: &OperatorId, needs: &Needs) -> Result<(), Ineligible> {
		let record = Operators::<T>::get(operator).ok_or(Ineligible::Unknown)?;
		Self::eligible(&record, needs).map(drop)
	}

	fn take_exposure(operator: &OperatorId, work: WorkRef, value: Usd) -> DispatchResult {
		Self::try_mutate(operator, |record| {
			ensure!(record.status == OperatorStatus::Active, Error::<T>::NotActive);
			ensure!(!Exposures::<T>::contains_key(operator, work), Error::<T>::AlreadyBooked);
			ensure!(record.open_work < T::MaxOpenWork::get(), Error::<T>::TooMuchOpenWork);
			let exposure = record.exposure.checked_add(value).ok_or(Error::<T>::Overflow)?;
			ensure!(exposure <= Self::exposure_bound(record), Error::<T>::TooExposed);
			record.exposure = exposure;
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

	/// One that leaves, is barred, or is gone is not asked for more.
	fn withhold(operator: &OperatorId, from: &T::AccountId, amount: Balance) -> Result<Balance, DispatchError> {
		let Some(mut record) = Operators::<T>::get(operator) else {
			return Ok(0);
		};
		if record.unbonding.is_some() || record.bars.until().is_some() {
			return Ok(0);
		}
		let missing = Self::required(&record).saturating_sub(record.collateral);
		let withheld = missing.min(amount / 2);
		if withheld == 0 {
			return Ok(0);
		}
		pot::transfer::<T::AccountId, T::Money>(&Asset::Native, from, &Self::pot(), withheld)?;
		record.collateral = record.collateral.checked_add(withheld).ok_or(Error::<T>::Overflow)?;
		let (operator, collateral) = (*operator, record.collateral);
		if withheld == missing {
			T::Watch::offers(&operator, Self::offer(&record));
		}
		Operators::<T>::insert(operator, record);
		Self::deposit_event(Event::CollateralEarned { operator, amount: withheld, collateral });
		Ok(withheld)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn for_benchmarks() -> OperatorId {
		let operator = crate::benchmarking::active_with_agent::<T>(&frame_benchmarking::account("agent", 0, 0));
		Operators::<T>::mutate_extant(operator, |record| record.collateral = Self::required(record).saturating_sub(1));
		operator
	}
}

impl<T: Config> Contacts<T::AccountId> for Pallet<T> {
	fn contact(operator: &OperatorId) -> Option<Contact<T::AccountId>> {
		let record = Operators::<T>::get(operator)?;
		Some(Contact {
			agent: record.agent,
			endpoint: record.endpoint.into_inner(),
			region: record.region.into_inner(),
		})
	}

	fn by_agent(agent: &T::AccountId) -> Option<OperatorId> {
		AgentOf::<T>::get(agent)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup(agent: &T::AccountId) -> OperatorId {
		crate::benchmarking::active_with_agent::<T>(agent)
	}
}
