//! What the calls do: read, check, compute, write, tell.

use frame_support::{dispatch::DispatchResult, ensure, pallet_prelude::Weight, traits::Get};
use sp_core::H256;
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{
	hash, pot,
	traits::{KeyStore, LiveClock, LiveTime},
	Asset, Assurance, Balance, ModelId, Needs, Usd, Verification,
};

use crate::{Config, CountOf, Error, Event, Licence, Model, Models, Pallet, WeightInfo};

impl<T: Config> Pallet<T> {
	/// The pot that holds all deposits.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// What a model with this key deposits, in the smallest unit of VKTR.
	pub fn deposit(verification: &Verification) -> Option<Balance> {
		let Verification::Groth16 { key, .. } = verification;
		let bytes = Balance::try_from(key.len()).ok()?;
		T::DepositPerByte::get()
			.checked_mul(bytes)?
			.checked_add(T::DepositBase::get())
	}

	pub(crate) fn register_weight(verification: &Verification) -> Weight {
		let Verification::Groth16 { layout, .. } = verification;
		T::WeightInfo::register().saturating_add(T::Keys::put_weight(layout))
	}

	#[allow(clippy::too_many_arguments)]
	pub(crate) fn do_register(
		owner: T::AccountId,
		artefact: H256,
		verification: Verification,
		needs: Needs,
		min_deadline: LiveTime,
		output_scale: u32,
		price: Usd,
		licence: Licence,
	) -> DispatchResult {
		Self::check_price(price)?;
		ensure!(
			(1..=T::MaxDeadline::get()).contains(&min_deadline),
			Error::<T>::DeadlineOutOfBounds
		);
		ensure!(output_scale > 0, Error::<T>::ZeroScale);
		ensure!(
			!licence.is_empty() && core::str::from_utf8(&licence).is_ok(),
			Error::<T>::BadLicence
		);
		let count = CountOf::<T>::get(&owner);
		ensure!(count < T::MaxPerOwner::get(), Error::<T>::TooManyModels);
		let deposit = Self::deposit(&verification).ok_or(Error::<T>::Overflow)?;
		let (digest, setup, key) = T::Keys::check(&verification).map_err(Error::<T>::KeyRefused)?;
		let model = ModelId(hash(&(
			b"vktr-model",
			&owner,
			artefact,
			digest,
			needs,
			min_deadline,
			output_scale,
		)));
		ensure!(!Models::<T>::contains_key(model), Error::<T>::AlreadyRegistered);

		pot::transfer::<_, T::Money>(&Asset::Native, &owner, &Self::pot(), deposit)?;
		T::Keys::put(&model, key);
		CountOf::<T>::insert(&owner, count.saturating_add(1));
		Models::<T>::insert(
			model,
			Model {
				owner: owner.clone(),
				artefact,
				assurance: Assurance::Zk,
				setup,
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
		Self::deposit_event(Event::Registered {
			model,
			owner,
			artefact,
			setup,
			price,
			deposit,
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
		ensure!(now >= removable, Error::<T>::NotRemovableYet);

		let Model { owner, deposit, .. } = record;
		pot::transfer::<_, T::Money>(&Asset::Native, &Self::pot(), &owner, deposit)?;
		T::Keys::remove(&model);
		Models::<T>::remove(model);
		CountOf::<T>::mutate_exists(&owner, |count| {
			*count = count.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
		});
		Self::deposit_event(Event::Removed { model, owner, deposit });
		Ok(())
	}

	fn check_price(price: Usd) -> DispatchResult {
		ensure!(
			(T::MinPrice::get()..=T::MaxPrice::get()).contains(&price.0),
			Error::<T>::PriceOutOfBounds
		);
		Ok(())
	}
}
