//! What the calls do: read, check, compute, write, tell.

use frame_support::{
	dispatch::DispatchResult,
	ensure,
	pallet_prelude::Weight,
	traits::{fungibles::Inspect, Get},
};
use vektor_primitives::{
	hash, pot,
	traits::{CheckedKey, KeyStore, LiveClock},
	Asset, Balance, KeyRefused, ModelId, Usd, Verification,
};

use crate::{
	challenge::claim, Challenges, Condemned, Config, Draft, Error, Event, Model, Models, ModelsOf, Pallet, WeightInfo,
};

/// A key that was checked.
pub(crate) type Checked<T> = CheckedKey<<<T as Config>::Keys as KeyStore>::Key>;

impl<T: Config> Pallet<T> {
	/// What a model with this key deposits, in the smallest unit of VKTR: never less than the existential deposit, so that
	/// it can be returned to an empty account, whatever governance sets.
	pub fn deposit(verification: &Verification) -> Option<Balance> {
		let length = match verification {
			Verification::Groth16 { key, .. } => key.len(),
			Verification::Ezkl { key, .. } => key.len(),
			Verification::Session { .. } => 0,
		};
		let bytes = Balance::try_from(length).ok()?;
		let deposit = T::DepositPerByte::get().checked_mul(bytes)?.checked_add(T::DepositBase::get())?;
		Some(deposit.max(T::Money::minimum_balance(Asset::Native)))
	}

	pub(crate) fn register_weight(verification: &Verification) -> Weight {
		T::WeightInfo::register().saturating_add(T::Keys::put_weight(verification))
	}

	pub(crate) fn do_register(owner: T::AccountId, verification: Verification, draft: Draft) -> DispatchResult {
		let deposit = Self::deposit(&verification).ok_or(Error::<T>::Overflow)?;
		let checked = T::Keys::check(&verification).map_err(Error::<T>::KeyRefused)?;
		Self::add(owner, draft, checked, deposit)
	}

	/// Registers a model whose key has been checked.
	pub(crate) fn add(owner: T::AccountId, draft: Draft, checked: Checked<T>, deposit: Balance) -> DispatchResult {
		let Draft { artefact, needs, min_deadline, output_scale, price, licence } = draft;
		let CheckedKey { digest, assurance, setup, scheme, outputs, scale, key } = checked;
		Self::check_price(price)?;
		ensure!((1..=T::MaxDeadline::get()).contains(&min_deadline), Error::<T>::DeadlineOutOfBounds);
		ensure!(output_scale > 0, Error::<T>::ZeroScale);
		ensure!(scale.is_none_or(|scale| scale == output_scale), Error::<T>::KeyRefused(KeyRefused::OutputScale));
		ensure!(!licence.is_empty() && core::str::from_utf8(&licence).is_ok(), Error::<T>::BadLicence);
		ensure!(!Condemned::<T>::contains_key(claim(&artefact, &digest)), Error::<T>::Condemned);
		let model = ModelId(hash(&(b"vktr-model", &owner, artefact, digest, needs, min_deadline, output_scale)));
		ensure!(!Models::<T>::contains_key(model), Error::<T>::AlreadyRegistered);
		let mut owned = ModelsOf::<T>::get(&owner);
		owned.try_push(model).map_err(|_| Error::<T>::TooManyModels)?;
		let registered = T::Clock::now();
		let verified_from = registered.checked_add(T::ChallengePeriod::get()).ok_or(Error::<T>::Overflow)?;

		pot::transfer::<_, T::Money>(&Asset::Native, &owner, &Self::pot(), deposit)?;
		T::Keys::put(&model, key);
		ModelsOf::<T>::insert(&owner, owned);
		Models::<T>::insert(
			model,
			Model {
				owner: owner.clone(),
				artefact,
				assurance,
				setup,
				scheme,
				digest,
				outputs,
				needs,
				min_deadline,
				output_scale,
				price,
				licence,
				deposit,
				registered,
				verified_from,
				removable: None,
			},
		);
		Self::deposit_event(Event::Registered {
			model,
			owner,
			artefact,
			assurance,
			setup,
			price,
			deposit,
			verified_from,
		});
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
		ensure!(!Challenges::<T>::contains_key(model), Error::<T>::ChallengeOpen);

		let Model { owner, deposit, .. } = record;
		pot::transfer::<_, T::Money>(&Asset::Native, &Self::pot(), &owner, deposit)?;
		Self::forget(&model, &owner);
		Self::deposit_event(Event::Removed { model, owner, deposit });
		Ok(())
	}

	/// Removes a model, its key, and itself from its owner's list. Its deposit has been seen to.
	pub(crate) fn forget(model: &ModelId, owner: &T::AccountId) {
		T::Keys::remove(model);
		Models::<T>::remove(model);
		ModelsOf::<T>::mutate_exists(owner, |owned| {
			if let Some(ids) = owned {
				ids.retain(|id| id != model);
			}
			*owned = owned.take().filter(|ids| !ids.is_empty());
		});
	}

	fn check_price(price: Usd) -> DispatchResult {
		ensure!((T::MinPrice::get()..=T::MaxPrice::get()).contains(&price.0), Error::<T>::PriceOutOfBounds);
		Ok(())
	}
}
