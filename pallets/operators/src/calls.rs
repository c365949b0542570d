//! What the calls do: read, check, compute, write, tell.

use frame_support::{
	ensure,
	pallet_prelude::Pays,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};
use vektor_primitives::{
	pot::transfer,
	traits::{LiveClock, LiveTime},
	Asset, Balance, OperatorId, OperatorStatus, Usd,
};

use crate::{
	is_endpoint, is_name, AgentOf, ClassName, Classes, Config, Endpoint, Error, Event, Former, FormerOf, HardwareClass,
	Operator, Operators, OwnedBy, OwnedCount, Pallet, Region, Registrations, Tallies, MAX_CLASSES,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn check_config() {
		assert!(
			T::MinCollateral::get() >= T::Money::minimum_balance(Asset::Native),
			"collateral below the existential deposit could not go back"
		);
		assert!(!T::MaxPerOwner::get().is_zero() && !T::MaxOpenWork::get().is_zero(), "nobody could join or work");
	}

	pub(crate) fn do_register(
		owner: T::AccountId,
		agent: T::AccountId,
		class: ClassName,
		gpus: u32,
		region: Region,
		uplink_gbps: u32,
		endpoint: Endpoint,
		collateral: Balance,
	) -> DispatchResult {
		Self::open_class(&class)?;
		ensure!((1..=T::MaxGpus::get()).contains(&gpus), Error::<T>::GpusOutOfBounds);
		ensure!(uplink_gbps >= T::MinUplink::get(), Error::<T>::UplinkTooSlow);
		ensure!(is_name(&region), Error::<T>::InvalidRegion);
		ensure!(is_endpoint(&endpoint), Error::<T>::InvalidEndpoint);
		ensure!(collateral >= T::MinCollateral::get(), Error::<T>::DepositTooLow);
		ensure!(!AgentOf::<T>::contains_key(&agent), Error::<T>::AgentInUse);

		let operator = Self::next_id(&owner)?;
		OwnedCount::<T>::try_mutate(&owner, |count| {
			ensure!(*count < T::MaxPerOwner::get(), Error::<T>::TooManyOperators);
			*count = count.saturating_add(1);
			Ok::<_, Error<T>>(())
		})?;
		OwnedBy::<T>::insert(&owner, operator, ());
		transfer::<T::AccountId, T::Money>(&Asset::Native, &owner, &Self::pot(), collateral)?;
		AgentOf::<T>::insert(&agent, operator);
		let record = Operator {
			owner: owner.clone(),
			agent: agent.clone(),
			class: class.clone(),
			gpus,
			region,
			uplink_gbps,
			endpoint,
			status: OperatorStatus::Pending,
			collateral,
			unbonding: None,
			served: false,
			open_work: 0,
			exposure: Usd(0),
			free_switch: None,
		};
		Operators::<T>::insert(operator, record);
		Self::deposit_event(Event::Registered { operator, owner, agent, class, gpus, collateral });
		Ok(())
	}

	pub(crate) fn do_activate(who: T::AccountId, operator: OperatorId) -> Result<Pays, DispatchError> {
		let pays = Self::try_mutate(&operator, |record| {
			ensure!(record.serves_under(&who), Error::<T>::NotAgentOrOwner);
			match record.status {
				OperatorStatus::Pending | OperatorStatus::Draining => (),
				OperatorStatus::Active => return Err(Error::<T>::AlreadyActive),
				OperatorStatus::Suspended | OperatorStatus::Blacklisted => return Err(Error::<T>::Barred),
			}
			ensure!(record.unbonding.is_none(), Error::<T>::Leaving);
			let class = Self::open_class(&record.class)?;
			ensure!(record.collateral >= class.required(record.gpus), Error::<T>::CollateralTooLow);
			record.status = OperatorStatus::Active;
			Ok(Self::switch_fee(&mut record.free_switch))
		})?;
		Self::deposit_event(Event::Activated { operator });
		Ok(pays)
	}

	pub(crate) fn do_drain(who: T::AccountId, operator: OperatorId) -> Result<Pays, DispatchError> {
		let pays = Self::try_mutate(&operator, |record| {
			ensure!(record.serves_under(&who), Error::<T>::NotAgentOrOwner);
			ensure!(record.status == OperatorStatus::Active, Error::<T>::NotActive);
			record.status = OperatorStatus::Draining;
			Ok(Self::switch_fee(&mut record.free_switch))
		})?;
		Self::deposit_event(Event::Draining { operator });
		Ok(pays)
	}

	pub(crate) fn do_bond_extra(owner: T::AccountId, operator: OperatorId, amount: Balance) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::NothingToAdd);
		let collateral = Self::try_mutate(&operator, |record| {
			ensure!(record.owner == owner, Error::<T>::NotOwner);
			ensure!(record.unbonding.is_none(), Error::<T>::Leaving);
			record.collateral = record.collateral.checked_add(amount).ok_or(Error::<T>::Overflow)?;
			Ok(record.collateral)
		})?;
		transfer::<T::AccountId, T::Money>(&Asset::Native, &owner, &Self::pot(), amount)?;
		Self::deposit_event(Event::CollateralAdded { operator, amount, collateral });
		Ok(())
	}

	pub(crate) fn do_unbond(owner: T::AccountId, operator: OperatorId) -> DispatchResult {
		let (amount, free_at) = Self::try_mutate(&operator, |record| {
			ensure!(record.owner == owner, Error::<T>::NotOwner);
			match record.status {
				OperatorStatus::Pending | OperatorStatus::Draining => (),
				OperatorStatus::Active => return Err(Error::<T>::StillServing),
				OperatorStatus::Suspended | OperatorStatus::Blacklisted => return Err(Error::<T>::Barred),
			}
			ensure!(record.unbonding.is_none(), Error::<T>::Leaving);
			ensure!(record.open_work.is_zero(), Error::<T>::WorkOpen);
			let free_at = T::Clock::now().saturating_add(T::UnbondingPeriod::get());
			record.unbonding = Some(free_at);
			Ok((record.collateral, free_at))
		})?;
		Self::deposit_event(Event::UnbondingStarted { operator, amount, free_at });
		Ok(())
	}

	pub(crate) fn do_withdraw_unbonded(owner: T::AccountId, operator: OperatorId) -> DispatchResult {
		let record = Operators::<T>::get(operator).ok_or(Error::<T>::UnknownOperator)?;
		ensure!(record.owner == owner, Error::<T>::NotOwner);
		let free_at = record.unbonding.ok_or(Error::<T>::NotUnbonding)?;
		ensure!(T::Clock::now() >= free_at, Error::<T>::StillBonded);

		Operators::<T>::remove(operator);
		AgentOf::<T>::remove(&record.agent);
		Tallies::<T>::remove(operator);
		OwnedBy::<T>::remove(&owner, operator);
		OwnedCount::<T>::mutate_exists(&owner, |slot| *slot = slot.and_then(|n| n.checked_sub(1)).filter(|n| *n > 0));
		if record.served {
			Former::<T>::insert(operator, &owner);
			FormerOf::<T>::insert(&owner, operator, ());
		}
		let amount = record.collateral;
		transfer::<T::AccountId, T::Money>(&Asset::Native, &Self::pot(), &owner, amount)?;
		Self::deposit_event(Event::Withdrawn { operator, owner, amount });
		Ok(())
	}

	pub(crate) fn do_set_agent(owner: T::AccountId, operator: OperatorId, new: T::AccountId) -> DispatchResult {
		let old = Self::try_mutate(&operator, |record| {
			ensure!(record.owner == owner, Error::<T>::NotOwner);
			ensure!(!AgentOf::<T>::contains_key(&new), Error::<T>::AgentInUse);
			Ok(core::mem::replace(&mut record.agent, new.clone()))
		})?;
		AgentOf::<T>::remove(&old);
		AgentOf::<T>::insert(&new, operator);
		Self::deposit_event(Event::AgentSet { operator, old, new });
		Ok(())
	}

	pub(crate) fn do_update(
		who: T::AccountId,
		operator: OperatorId,
		region: Option<Region>,
		endpoint: Option<Endpoint>,
	) -> DispatchResult {
		ensure!(region.is_some() || endpoint.is_some(), Error::<T>::NothingToUpdate);
		ensure!(region.iter().all(|region| is_name(region)), Error::<T>::InvalidRegion);
		ensure!(endpoint.iter().all(|endpoint| is_endpoint(endpoint)), Error::<T>::InvalidEndpoint);
		let (region, endpoint) = Self::try_mutate(&operator, |record| {
			ensure!(record.serves_under(&who), Error::<T>::NotAgentOrOwner);
			if let Some(region) = region {
				record.region = region;
			}
			if let Some(endpoint) = endpoint {
				record.endpoint = endpoint;
			}
			Ok((record.region.clone(), record.endpoint.clone()))
		})?;
		Self::deposit_event(Event::Updated { operator, region, endpoint });
		Ok(())
	}

	pub(crate) fn do_set_class(class: HardwareClass) -> DispatchResult {
		ensure!(class.is_valid(), Error::<T>::InvalidClass);
		let room = Classes::<T>::count() < MAX_CLASSES || Classes::<T>::contains_key(&class.name);
		ensure!(room, Error::<T>::TooManyClasses);
		Classes::<T>::insert(&class.name, &class);
		Self::deposit_event(Event::ClassSet { class });
		Ok(())
	}

	/// Changes a record that exists; an error leaves it as it was.
	pub(crate) fn try_mutate<R>(
		operator: &OperatorId,
		change: impl FnOnce(&mut Operator<T::AccountId>) -> Result<R, Error<T>>,
	) -> Result<R, DispatchError> {
		Operators::<T>::try_mutate(operator, |slot| change(slot.as_mut().ok_or(Error::<T>::UnknownOperator)?))
			.map_err(Into::into)
	}

	fn open_class(name: &ClassName) -> Result<HardwareClass, Error<T>> {
		let class = Classes::<T>::get(name).ok_or(Error::<T>::UnknownClass)?;
		ensure!(class.enabled, Error::<T>::ClassDisabled);
		Ok(class)
	}

	fn next_id(owner: &T::AccountId) -> Result<OperatorId, Error<T>> {
		let number = Registrations::<T>::get();
		Registrations::<T>::put(number.checked_add(1).ok_or(Error::<T>::Overflow)?);
		let genesis = frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero());
		Ok(OperatorId::derive(&genesis, owner, number))
	}

	/// Free once per period: a change of status for nothing, as often as one likes, would fill blocks for nothing.
	fn switch_fee(last: &mut Option<LiveTime>) -> Pays {
		let now = T::Clock::now();
		if last.is_some_and(|last| now < last.saturating_add(T::FreeInterval::get())) {
			return Pays::Yes;
		}
		*last = Some(now);
		Pays::No
	}
}
