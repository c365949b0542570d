//! What the calls do: read, check, compute, write, tell.

use frame_support::{
	dispatch::DispatchResult,
	ensure,
	pallet_prelude::Weight,
	traits::{fungibles::Inspect, Get},
};
use sp_core::H256;
use vektor_primitives::{
	hash, pot,
	traits::{KeyStore, LiveClock},
	Asset, Assurance, Balance, KeySetup, ModelId, PublicsLayout, Usd, Verification,
};

use crate::{Config, Draft, Error, Event, Model, Models, ModelsOf, Pallet, WeightInfo};

/// What [`KeyStore::check`] says of a key.
pub(crate) type Checked<T> = (H256, KeySetup, <<T as Config>::Keys as KeyStore>::Checked);

impl<T: Config> Pallet<T> {
	/// What a model with this key deposits, in the smallest unit of VKTR: never less than the existential deposit, so that
	/// it can be returned to an empty account, whatever governance sets.
	pub fn deposit(verification: &Verification) -> Option<Balance> {
		let Verification::Groth16 { key, .. } = verification;
		let bytes = Balance::try_from(key.len()).ok()?;
		let deposit = T::DepositPerByte::get().checked_mul(bytes)?.checked_add(T::DepositBase::get())?;
		Some(deposit.max(T::Money::minimum_balance(Asset::Native)))
	}

	pub(crate) fn register_weight(verification: &Verification) -> Weight {
		let Verification::Groth16 { layout, .. } = verification;
		T::WeightInfo::register().saturating_add(T::Keys::put_weight(layout))
	}

	pub(crate) fn do_register(owner: T::AccountId, verification: Verification, draft: Draft) -> DispatchResult {
		let deposit = Self::deposit(&verification).ok_or(Error::<T>::Overflow)?;
		let checked = T::Keys::check(&verification).map_err(Error::<T>::KeyRefused)?;
		let Verification::Groth16 { layout, .. } = verification;
		Self::add(owner, draft, layout, checked, deposit)
	}

	/// Registers a model whose key has been checked.
	pub(crate) fn add(
		owner: T::AccountId,
		draft: Draft,
		layout: PublicsLayout,
		(digest, setup, key): Checked<T>,
		deposit: Balance,
	) -> DispatchResult {
		let Draft { artefact, needs, min_deadline, output_scale, price, licence } = draft;
		Self::check_price(price)?;
		ensure!((1..=T::MaxDeadline::get()).contains(&min_deadline), Error::<T>::DeadlineOutOfBounds);
		ensure!(output_scale > 0, Error::<T>::ZeroScale);
		ensure!(!licence.is_empty() && core::str::from_utf8(&licence).is_ok(), Error::<T>::BadLicence);
		let model = ModelId(hash(&(b"vktr-model", &owner, artefact, digest, needs, min_deadline, output_scale)));
		ensure!(!Models::<T>::contains_key(model), Error::<T>::AlreadyRegistered);
		let mut owned = ModelsOf::<T>::get(&owner);
		owned.try_push(model).map_err(|_| Error::<T>::TooManyModels)?;

		pot::transfer::<_, T::Money>(&Asset::Native, &owner, &Self::pot(), deposit)?;
		T::Keys::put(&model, key);
		ModelsOf::<T>::insert(&owner, owned);
		Models::<T>::insert(
			model,
			Model {
				owner: owner.clone(),
				artefact,
				assurance: Assurance::Zk,
				setup,
				layout,
				needs,
				min_deadline,
				output_scale,
				price,
				licence,
				deposit,
				registered: T::Clock::now(),
				removable: None,
			},
		);
		Self::deposit_event(Event::Registered { model, owner, artefact, setup, price, deposit });
		Ok(())
	}

	pub(crate) fn do_set_price(who: T::AccountId, model: ModelId, price: Usd) -> DispatchResult {
		Models::<T>::try_mutate(model, |record| {
			let record = record.as_mut().ok_or(Error::<T>::UnknownModel)?;
			ensure!(record.owner == who, Error::<T>::NotOwner);
			ensure!(record.removable.is_none(), Error::<T>::Retired);
			Self::check_price(price)?;
			record.price = price;
			Self::deposit_event(Event::PriceSet { model, price });
			Ok(())
		})
	}

	pub(crate) fn do_retire(who: T::AccountId, model: ModelId) -> DispatchResult {
		let mut record = Models::<T>::get(model).ok_or(Error::<T>::UnknownModel)?;
		ensure!(record.owner == who, Error::<T>::NotOwner);
		let now = T::Clock::now();
		let Some(removable) = record.removable else {
			let removable = now.checked_add(T::RetirePeriod::get()).ok_or(Error::<T>::Overflow)?;
			record.removable = Some(removable);
			Models::<T>::insert(model, record);
			Self::deposit_event(Event::Retired { model, removable });
			return Ok(());
		};
		// While nothing is judged, even a job past its deadline may be delivered, and needs the key.
		ensure!(now >= removable && T::Clock::judging(), Error::<T>::NotRemovableYet);

		let Model { owner, deposit, .. } = record;
		pot::transfer::<_, T::Money>(&Asset::Native, &Self::pot(), &owner, deposit)?;
		T::Keys::remove(&model);
		Models::<T>::remove(model);
		ModelsOf::<T>::mutate_exists(&owner, |owned| {
			if let Some(ids) = owned {
				ids.retain(|id| *id != model);
			}
			*owned = owned.take().filter(|ids| !ids.is_empty());
		});
		Self::deposit_event(Event::Removed { model, owner, deposit });
		Ok(())
	}

	fn check_price(price: Usd) -> DispatchResult {
		ensure!((T::MinPrice::get()..=T::MaxPrice::get()).contains(&price.0), Error::<T>::PriceOutOfBounds);
		Ok(())
	}
}
