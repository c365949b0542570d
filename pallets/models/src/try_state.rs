//! The invariants of the README, by their numbers.

use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{traits::KeyStore, Asset, Balance};

use crate::{Config, CountOf, Models, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut deposits: Balance = 0;
		let mut counts = BTreeMap::<T::AccountId, u32>::new();
		for (id, record) in Models::<T>::iter() {
			deposits = deposits
				.checked_add(record.deposit)
				.ok_or("models: invariant 1, the deposits do not fit")?;
			ensure!(T::Keys::contains(&id), "models: invariant 2, a model has no key");
			ensure!(
				(T::MinPrice::get()..=T::MaxPrice::get()).contains(&record.price.0)
					&& (1..=T::MaxDeadline::get()).contains(&record.min_deadline),
				"models: invariant 3, a price or a minimum deadline is out of bounds"
			);
			let count = counts.entry(record.owner).or_default();
			*count = count.saturating_add(1);
			ensure!(record.deposit > 0, "models: invariant 5, a deposit is zero");
		}
		let floor = T::Money::minimum_balance(Asset::Native);
		ensure!(
			deposits == 0
				|| deposits
					.checked_add(floor)
					.is_some_and(|sum| T::Money::balance(Asset::Native, &Self::pot()) >= sum),
			"models: invariant 1, the pot holds less than its floor and the deposits"
		);
		ensure!(
			counts == CountOf::<T>::iter().collect() && counts.values().all(|count| *count <= T::MaxPerOwner::get()),
			"models: invariant 4, an owner's count is wrong"
		);
		Ok(())
	}
}
