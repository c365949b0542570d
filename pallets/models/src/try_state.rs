//! The invariants of the README, by their numbers.

use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{layout_counts, traits::KeyStore, Asset, Balance, ModelId};

use crate::{Config, Models, ModelsOf, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut owed: Balance = T::Money::minimum_balance(Asset::Native);
		let mut owned = BTreeMap::<T::AccountId, Vec<ModelId>>::new();
		for (id, record) in Models::<T>::iter() {
			owed = owed.checked_add(record.deposit).ok_or("models: invariant 1, the deposits do not fit")?;
			ensure!(T::Keys::contains(&id), "models: invariant 2, a model has no key");
			ensure!(
				(T::MinPrice::get()..=T::MaxPrice::get()).contains(&record.price.0)
					&& (1..=T::MaxDeadline::get()).contains(&record.min_deadline),
				"models: invariant 3, a price or a minimum deadline is out of bounds"
			);
			owned.entry(record.owner).or_default().push(id);
			ensure!(
				record.deposit >= T::Money::minimum_balance(Asset::Native),
				"models: invariant 5, a deposit is below the existential deposit"
			);
			ensure!(layout_counts(&record.layout).is_ok(), "models: invariant 6, a layout is not valid");
		}
		ensure!(
			T::Money::balance(Asset::Native, &Self::pot()) >= owed,
			"models: invariant 1, the pot holds less than its floor and the deposits"
		);
		ensure!(T::Keys::count() == Models::<T>::iter_keys().count(), "models: invariant 2, a key belongs to no model");
		for (owner, listed) in ModelsOf::<T>::iter() {
			let mut listed = listed.into_inner();
			listed.sort_unstable();
			let mut recorded = owned.remove(&owner).unwrap_or_default();
			recorded.sort_unstable();
			ensure!(listed == recorded && !listed.is_empty(), "models: invariant 4, an owner's list is wrong");
		}
		ensure!(owned.is_empty(), "models: invariant 4, a model is on no owner's list");
		Ok(())
	}
}
