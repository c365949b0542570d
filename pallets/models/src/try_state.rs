//! The invariants of the README, by their numbers.

use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{layout_counts, traits::KeyStore, Asset, Balance, ModelId, Scheme, MAX_OUTPUTS};

use crate::{Challenges, Config, Models, ModelsOf, Pallet};

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
			ensure!(
				match &record.scheme {
					Scheme::Groth16 { layout } =>
						layout_counts(layout).is_ok_and(|(_, outputs)| outputs == record.outputs),
					Scheme::Ezkl { .. } | Scheme::Session { .. } => (1..=MAX_OUTPUTS).contains(&record.outputs),
				},
				"models: invariant 6, a layout is not valid or the outputs are not its"
			);
		}
		for (id, challenge) in Challenges::<T>::iter() {
			owed = owed.checked_add(challenge.bond).ok_or("models: invariant 1, the bonds do not fit")?;
			ensure!(Models::<T>::contains_key(id), "models: invariant 7, a challenge is of no model");
		}
		ensure!(
			T::Money::balance(Asset::Native, &Self::pot()) >= owed,
			"models: invariant 1, the pot holds less than its floor, the deposits and the bonds"
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
