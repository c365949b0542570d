//! The invariants of the README, by their numbers.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{Asset, Balance, OperatorStatus, Usd};

use crate::{
	is_endpoint, is_name, AgentOf, Bar, CaseCursor, CaseQueue, CaseState, Cases, CasesOf, Classes, Config, Exposures,
	Former, FormerOf, Incidents, LastCase, NextCase, Offences, Operators, OwnedBy, OwnedCount, Pallet, Records, Roster,
	RosterSize, Taking, Tiers, MAX_CLASSES,
};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_pot()?;
		Self::check_agents()?;
		Self::check_owners()?;
		Self::check_exposures()?;
		Self::check_standing()?;
		Self::check_classes()?;
		Self::check_bounds()?;
		Self::check_roster()?;
		Self::check_cases()?;
		Self::check_tables()?;
		ensure!(
			Records::<T>::iter_keys().all(Operators::<T>::contains_key)
				&& LastCase::<T>::iter_keys().all(|(operator, _)| Operators::<T>::contains_key(operator)),
			"operators: invariant 8, the record of nobody"
		);
		ensure!(
			!Former::<T>::iter_keys().any(Operators::<T>::contains_key),
			"operators: invariant 8, gone and still there"
		);
		ensure!(
			Former::<T>::iter().map(|(operator, owner)| (owner, operator)).collect::<BTreeSet<_>>()
				== FormerOf::<T>::iter_keys().collect(),
			"operators: invariant 8, the gone ones are not those of their owners"
		);
		Ok(())
	}

	fn check_pot() -> Result<(), TryRuntimeError> {
		let mut booked: Balance = 0;
		for record in Operators::<T>::iter_values() {
			booked = booked.checked_add(record.collateral).ok_or("operators: invariant 1, the books do not fit")?;
		}
		let needed = booked.checked_add(T::Money::minimum_balance(Asset::Native));
		ensure!(
			booked == 0 || needed.is_some_and(|needed| T::Money::balance(Asset::Native, &Self::pot()) >= needed),
			"operators: invariant 1, the pot holds less than its floor and the collateral"
		);
		Ok(())
	}

	fn check_agents() -> Result<(), TryRuntimeError> {
		let inverse: BTreeMap<_, _> = Operators::<T>::iter().map(|(id, record)| (record.agent, id)).collect();
		ensure!(
			inverse.len() == Operators::<T>::iter_keys().count() && inverse == AgentOf::<T>::iter().collect(),
			"operators: invariant 2, the agents are not those of the records"
		);
		Ok(())
	}

	fn check_owners() -> Result<(), TryRuntimeError> {
		let records: BTreeSet<_> = Operators::<T>::iter().map(|(id, record)| (record.owner, id)).collect();
		ensure!(
			OwnedBy::<T>::iter_keys().collect::<BTreeSet<_>>() == records,
			"operators: invariant 3, the owners' lists are not those of the records"
		);
		let mut counts = BTreeMap::<_, u32>::new();
		for (owner, _) in records {
			let count = counts.entry(owner).or_default();
			*count = count.saturating_add(1);
		}
		ensure!(
			OwnedCount::<T>::iter().collect::<BTreeMap<_, _>>() == counts,
			"operators: invariant 3, the owners' counts are not those of the records"
		);
		Ok(())
	}

	fn check_exposures() -> Result<(), TryRuntimeError> {
		let mut rows = BTreeMap::<_, (u32, Usd)>::new();
		for (id, _, value) in Exposures::<T>::iter() {
			let (count, sum) = rows.entry(id).or_default();
			*count = count.saturating_add(1);
			*sum = sum.checked_add(value).ok_or("operators: invariant 4, the exposures do not fit")?;
		}
		for (id, record) in Operators::<T>::iter() {
			ensure!(
				rows.remove(&id).unwrap_or_default() == (record.open_work, record.exposure),
				"operators: invariant 4, open work is not what is booked"
			);
			ensure!(record.open_work <= T::MaxOpenWork::get(), "operators: invariant 4, too much open work");
		}
		ensure!(rows.is_empty(), "operators: invariant 4, work of nobody is booked");
		Ok(())
	}

	fn check_standing() -> Result<(), TryRuntimeError> {
		for record in Operators::<T>::iter_values() {
			let leaving = record.unbonding.is_some();
			let barred = match record.status {
				OperatorStatus::Suspended => record.bars.until().is_some_and(|until| until != Bar::FOREVER),
				OperatorStatus::Blacklisted => record.bars.until() == Some(Bar::FOREVER),
				_ => record.bars.until().is_none(),
			};
			let at_rest = record.status != OperatorStatus::Active && record.open_work == 0;
			ensure!(barred && (!leaving || at_rest), "operators: invariant 5, status, bar and leaving do not fit");
		}
		Ok(())
	}

	fn check_roster() -> Result<(), TryRuntimeError> {
		let places: BTreeMap<_, _> =
			Operators::<T>::iter().filter_map(|(id, record)| record.place.map(|place| (place, id))).collect();
		let active = Operators::<T>::iter_values().filter(|record| record.status == OperatorStatus::Active);
		ensure!(
			places == Roster::<T>::iter().collect()
				&& places.keys().copied().eq(0..RosterSize::<T>::get())
				&& active.count() == places.len()
				&& Operators::<T>::iter_values()
					.all(|record| record.place.is_some() == (record.status == OperatorStatus::Active)),
			"operators: invariant 9, the roster is not the active ones without a gap"
		);
		Ok(())
	}

	fn check_cases() -> Result<(), TryRuntimeError> {
		let mut held = BTreeMap::<_, (u32, Balance, u32)>::new();
		for (id, case) in Cases::<T>::iter() {
			ensure!(
				id < NextCase::<T>::get()
					&& CaseQueue::<T>::contains_key(case.due, id)
					&& case.due >= CaseCursor::<T>::get()
					&& Incidents::<T>::get(case.operator, case.incident) == Some(id)
					&& CasesOf::<T>::contains_key(case.operator, id) == (case.state == CaseState::Open),
				"operators: invariant 10, a case is not where it is looked for"
			);
			if let CaseState::Slashed { taken, left, .. } = case.state {
				ensure!(left <= taken, "operators: invariant 10, more is left than was taken");
				continue;
			}
			let (count, frozen, forfeitures) = held.entry(case.operator).or_default();
			*count = count.saturating_add(1);
			match case.taking {
				Taking::Part(amount) => *frozen = frozen.saturating_add(amount),
				Taking::All => *forfeitures = forfeitures.saturating_add(1),
			}
		}
		let (open, rows) = (CasesOf::<T>::iter_keys().count(), CaseQueue::<T>::iter_keys().count());
		let counted =
			held.values().fold(0usize, |sum, (count, ..)| sum.saturating_add(usize::try_from(*count).unwrap_or(0)));
		ensure!(
			open == counted && rows == Cases::<T>::iter_keys().count(),
			"operators: invariant 10, rows of cases that are not there"
		);
		for (id, record) in Operators::<T>::iter() {
			ensure!(
				held.remove(&id).unwrap_or_default() == (record.open_cases, record.frozen, record.forfeitures)
					&& record.open_cases <= T::MaxCases::get(),
				"operators: invariant 11, what is set aside is not what the open cases take"
			);
		}
		ensure!(held.is_empty(), "operators: invariant 11, an open case of nobody");
		Ok(())
	}

	fn check_tables() -> Result<(), TryRuntimeError> {
		let tiers = Tiers::<T>::get();
		let rising = tiers.iter().zip(tiers.iter().skip(1)).all(|(low, high)| low.min_stake < high.min_stake);
		let names: BTreeSet<_> = tiers.iter().map(|tier| tier.name.clone()).collect();
		ensure!(
			Offences::<T>::iter().all(|(offence, terms)| terms.fit(offence))
				&& tiers.iter().all(|tier| tier.is_valid())
				&& rising && names.len() == tiers.len(),
			"operators: invariant 12, an offence or a tier that nobody could set"
		);
		Ok(())
	}

	fn check_classes() -> Result<(), TryRuntimeError> {
		ensure!(
			Classes::<T>::iter().all(|(name, class)| name == class.name && class.is_valid()),
			"operators: invariant 6, a class is not what its name says"
		);
		let rows = u32::try_from(Classes::<T>::iter_keys().count()).ok();
		ensure!(
			rows == Some(Classes::<T>::count()) && rows <= Some(MAX_CLASSES),
			"operators: invariant 6, the table's size is wrong"
		);
		ensure!(
			Operators::<T>::iter_values().all(|record| Classes::<T>::contains_key(record.class)),
			"operators: invariant 6, hardware that is not in the table"
		);
		Ok(())
	}

	fn check_bounds() -> Result<(), TryRuntimeError> {
		for record in Operators::<T>::iter_values() {
			ensure!(
				(1..=T::MaxGpus::get()).contains(&record.gpus)
					&& record.uplink_gbps >= T::MinUplink::get()
					&& is_name(&record.region)
					&& is_endpoint(&record.endpoint),
				"operators: invariant 7, a record that nobody could register"
			);
		}
		Ok(())
	}
}
