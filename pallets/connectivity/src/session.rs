//! Who probes: the validators of the session, by the session keys of their probers.

use frame_support::{traits::OneSessionHandler, BoundedVec};
use sp_core::crypto::AccountId32;
use sp_runtime::BoundToRuntimeAppPublic;
use vektor_primitives::ProberId;

use crate::{Config, CurrentSet, Kept, Pallet, Prober, Probers, Windows};

impl<T: Config> Pallet<T> {
	/// Makes these the current set, if they are others. One that no window looked with is gone then.
	fn set_probers<'a>(validators: impl Iterator<Item = (&'a AccountId32, ProberId)>) {
		let prober = |(validator, key): (&AccountId32, ProberId)| Prober { key, validator: validator.clone() };
		let new = BoundedVec::truncate_from(validators.map(prober).collect());
		let current = CurrentSet::<T>::get();
		if Probers::<T>::get(current) == new {
			return;
		}
		let last = Kept::<T>::get().last().and_then(Windows::<T>::get);
		let mut number = current;
		if last.is_some_and(|record| record.set == current) {
			number = current.saturating_add(1);
			CurrentSet::<T>::put(number);
		}
		Probers::<T>::insert(number, new);
	}
}

impl<T: Config> BoundToRuntimeAppPublic for Pallet<T> {
	type Public = ProberId;
}

impl<T: Config> OneSessionHandler<AccountId32> for Pallet<T> {
	type Key = ProberId;

	fn on_genesis_session<'a, I>(validators: I)
	where
		I: Iterator<Item = (&'a AccountId32, ProberId)> + 'a,
	{
		Self::set_probers(validators);
	}

	fn on_new_session<'a, I>(changed: bool, validators: I, _: I)
	where
		I: Iterator<Item = (&'a AccountId32, ProberId)> + 'a,
	{
		if changed {
			Self::set_probers(validators);
		}
	}

	fn on_disabled(_: u32) {}
}
