//! The invariants of the README, by their numbers.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{Asset, Balance, OperatorStatus, Usd};

use crate::{
	is_endpoint, is_name, AgentOf, Classes, Config, Exposures, Former, FormerOf, Operators, OwnedBy, OwnedCount,
	Pallet, Tallies, MAX_CLASSES,
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
		ensure!(
			Tallies::<T>::iter_keys().all(Operators::<T>::contains_key),
			"operators: invariant 8, the tally of nobody"
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
			let at_rest = matches!(record.status, OperatorStatus::Pending | OperatorStatus::Draining);
			let leaving = record.unbonding.is_some();
			let standing = record.collateral > 0 && (!leaving || (at_rest && record.open_work == 0));
			ensure!(standing, "operators: invariant 5, status and collateral do not fit");
		}
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
