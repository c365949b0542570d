//! What the calls do: read, check, compute, write, tell.

use frame_support::{
	ensure,
	pallet_prelude::Pays,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};
use vektor_math::split::pro_rata;
use vektor_primitives::{
	pot::transfer,
	traits::{LiveClock, LiveTime, OperatorSink, Watch},
	Asset, Attested, Balance, OperatorId, OperatorStatus, Ppm, Usd,
};

use crate::{
	is_endpoint, is_name, AgentOf, Bans, Bars, ClassName, Classes, Config, Endpoint, Error, Event, Former, FormerOf,
	HardwareClass, LastCase, Maintenance, Operator, Operators, OwnedBy, OwnedCount, Pallet, Records, Region,
	Registrations, MAX_CLASSES,
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
		Self::check_ban(&owner)?;
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
			frozen: 0,
			open_cases: 0,
			forfeitures: 0,
			bars: Bars::default(),
			maintenance: Maintenance::default(),
			place: None,
			joined: T::Clock::now(),
			served: false,
			open_work: 0,
			exposure: Usd(0),
			free_switch: None,
			attested: Attested::default(),
		};
		Operators::<T>::insert(operator, record);
		Self::deposit_event(Event::Registered { operator, owner, agent, class, gpus, collateral });
		Ok(())
	}

	pub(crate) fn do_activate(who: T::AccountId, operator: OperatorId) -> Result<Pays, DispatchError> {
		let pays = Self::try_mutate(&operator, |record| {
			ensure!(record.serves_under(&who), Error::<T>::NotAgentOrOwner);
			ensure!(record.status != OperatorStatus::Active, Error::<T>::AlreadyActive);
			ensure!(!record.bars.hold(T::Clock::now()), Error::<T>::Barred);
			Self::check_ban(&record.owner)?;
			ensure!(record.unbonding.is_none(), Error::<T>::Leaving);
			let class = Self::open_class(&record.class)?;
			ensure!(record.collateral >= Self::entry(&class, record.gpus), Error::<T>::CollateralTooLow);
			T::Watch::enter(&operator)?;
			T::Watch::offers(&operator, Self::offer(record));
			Self::join_roster(&operator, record)?;
			record.bars = Bars::default();
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
			Self::leave_roster(record);
			T::Watch::rest(&operator);
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
			T::Watch::offers(&operator, Self::offer(record));
			Ok(record.collateral)
		})?;
		transfer::<T::AccountId, T::Money>(&Asset::Native, &owner, &Self::pot(), amount)?;
		Self::deposit_event(Event::CollateralAdded { operator, amount, collateral });
		Ok(())
	}

	pub(crate) fn do_unbond(owner: T::AccountId, operator: OperatorId) -> DispatchResult {
		let (amount, free_at) = Self::try_mutate(&operator, |record| {
			ensure!(record.owner == owner, Error::<T>::NotOwner);
			ensure!(record.status != OperatorStatus::Active, Error::<T>::StillServing);
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
		let mut record = Operators::<T>::get(operator).ok_or(Error::<T>::UnknownOperator)?;
		ensure!(record.owner == owner, Error::<T>::NotOwner);
		let free_at = record.unbonding.ok_or(Error::<T>::NotUnbonding)?;
		ensure!(T::Clock::now() >= free_at, Error::<T>::StillBonded);

		let left = record.held_back();
		let amount = record.collateral.saturating_sub(left);
		ensure!(record.open_cases.is_zero() || !amount.is_zero(), Error::<T>::CaseOpen);
		record.collateral = left;
		match record.open_cases {
			0 => Self::remove(operator, record),
			_ => Operators::<T>::insert(operator, record),
		}
		transfer::<T::AccountId, T::Money>(&Asset::Native, &Self::pot(), &owner, amount)?;
		Self::deposit_event(Event::Withdrawn { operator, owner, amount, left });
		Ok(())
	}

	/// Forgets an operator that has left. Its cases and incidents keep what they need.
	fn remove(operator: OperatorId, record: Operator<T::AccountId>) {
		let Operator { owner, agent, served, .. } = record;
		Operators::<T>::remove(operator);
		AgentOf::<T>::remove(agent);
		Records::<T>::remove(operator);
		// One row per offence.
		let _ = LastCase::<T>::clear_prefix(operator, u32::MAX, None);
		OwnedBy::<T>::remove(&owner, operator);
		OwnedCount::<T>::mutate_exists(&owner, |slot| *slot = slot.and_then(|n| n.checked_sub(1)).filter(|n| *n > 0));
		if served {
			Former::<T>::insert(operator, &owner);
			FormerOf::<T>::insert(&owner, operator, ());
		}
		T::Watch::leave(&operator);
		T::Departures::gone(&operator);
	}

	pub(crate) fn do_set_agent(owner: T::AccountId, operator: OperatorId, new: T::AccountId) -> DispatchResult {
		let old = Self::try_mutate(&operator, |record| {
			ensure!(record.owner == owner, Error::<T>::NotOwner);
			ensure!(!AgentOf::<T>::contains_key(&new), Error::<T>::AgentInUse);
			Ok(core::mem::replace(&mut record.agent, new.clone()))
		})?;
		AgentOf::<T>::remove(&old);
		AgentOf::<T>::insert(&new, operator);
		T::Watch::changed(&operator, false);
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
			if let Some(endpoint) = endpoint.filter(|endpoint| *endpoint != record.endpoint) {
				record.endpoint = endpoint;
				T::Watch::changed(&operator, true);
			}
			Ok((record.region.clone(), record.endpoint.clone()))
		})?;
		Self::deposit_event(Event::Updated { operator, region, endpoint });
		Ok(())
	}

	pub(crate) fn do_declare_maintenance(
		who: T::AccountId,
		operator: OperatorId,
		slots: LiveTime,
	) -> Result<Pays, DispatchError> {
		ensure!(!slots.is_zero(), Error::<T>::NoTime);
		let now = T::Clock::now();
		let (until, pays) = Self::try_mutate(&operator, |record| {
			ensure!(record.serves_under(&who), Error::<T>::NotAgentOrOwner);
			ensure!(record.status == OperatorStatus::Active, Error::<T>::NotActive);
			let window = &mut record.maintenance;
			ensure!(now >= window.until, Error::<T>::InMaintenance);
			if now >= window.since.saturating_add(T::MaintenancePeriod::get()) {
				*window = Maintenance { since: now, ..Default::default() };
			}
			window.used = window.used.checked_add(slots).ok_or(Error::<T>::Overflow)?;
			ensure!(window.used <= T::MaintenanceBudget::get(), Error::<T>::BudgetSpent);
			window.until = now.checked_add(slots).ok_or(Error::<T>::Overflow)?;
			let until = window.until;
			Ok((until, Self::switch_fee(&mut record.free_switch)))
		})?;
		T::Watch::excuse(&operator, until);
		Self::deposit_event(Event::MaintenanceDeclared { operator, until });
		Ok(pays)
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
		change: impl FnOnce(&mut Operator<T::AccountId>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Operators::<T>::try_mutate(operator, |slot| change(slot.as_mut().ok_or(Error::<T>::UnknownOperator)?))
	}

	/// The collateral that an operator starts with: a part of what its class asks, the rest may be earned.
	pub(crate) fn entry(class: &HardwareClass, gpus: u32) -> Balance {
		let part = pro_rata(class.required(gpus), T::EntryShare::get().0.into(), Ppm::ONE.0.into());
		part.unwrap_or(Balance::MAX).max(T::MinCollateral::get()).min(class.required(gpus))
	}

	fn open_class(name: &ClassName) -> Result<HardwareClass, Error<T>> {
		let class = Classes::<T>::get(name).ok_or(Error::<T>::UnknownClass)?;
		ensure!(class.enabled, Error::<T>::ClassDisabled);
		Ok(class)
	}

	/// A ban that is over is forgotten.
	fn check_ban(owner: &T::AccountId) -> DispatchResult {
		let bans = Bans::<T>::get(owner);
		ensure!(!bans.hold(T::Clock::now()), Error::<T>::Banned);
		if bans.until().is_some() {
			Bans::<T>::remove(owner);
		}
		Ok(())
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
