//! The challenge of a key: anybody who made it anew from network and settings, and found it to differ, says so.

use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use sp_core::H256;
use vektor_primitives::{
	hash, pot,
	traits::{Burn, LiveClock},
	Asset, ModelId,
};

use crate::{Challenge, Challenges, Condemned, Config, Error, Event, Model, Models, Pallet};

/// What a verdict on a key is about: this key for this network. The same key may be the right one of another.
pub(crate) fn claim(artefact: &H256, digest: &H256) -> H256 {
	hash(&(artefact, digest))
}

impl<T: Config> Pallet<T> {
	/// Whether a model's key was found not to be its network's, under this or another registration.
	pub(crate) fn is_condemned(record: &Model<T::AccountId>) -> bool {
		Condemned::<T>::contains_key(claim(&record.artefact, &record.digest))
	}

	/// Whether a model's key has stood unchallenged for the challenge period.
	pub fn is_verified(model: &ModelId, record: &Model<T::AccountId>) -> bool {
		T::Clock::now() >= record.verified_from && !Challenges::<T>::contains_key(model)
	}

	pub(crate) fn do_challenge(challenger: T::AccountId, model: ModelId, reasons: H256) -> DispatchResult {
		let record = Models::<T>::get(model).ok_or(Error::<T>::UnknownModel)?;
		ensure!(!Challenges::<T>::contains_key(model), Error::<T>::ChallengeOpen);
		let now = T::Clock::now();
		// While nothing is judged, nobody is too late either.
		ensure!(now < record.verified_from || !T::Clock::judging(), Error::<T>::TooLate);
		let lapses = now.checked_add(T::JudgingPeriod::get()).ok_or(Error::<T>::Overflow)?;
		let bond = T::ChallengeBond::get();
		pot::transfer::<_, T::Money>(&Asset::Native, &challenger, &Self::pot(), bond)?;
		Challenges::<T>::insert(model, Challenge { challenger: challenger.clone(), bond, reasons, lapses });
		Self::deposit_event(Event::Challenged { model, challenger, bond, reasons, lapses });
		Ok(())
	}

	/// Governance has looked. Where the challenger is right, the key is gone at once: nothing more is proved under it, and the
	/// escrows of its open jobs go back at their deadlines. Where he is not, the time in which nobody else could challenge is given
	/// back: an owner who challenges himself takes none from others.
	pub(crate) fn do_judge(model: ModelId, upheld: bool) -> DispatchResult {
		let challenge = Challenges::<T>::take(model).ok_or(Error::<T>::NoChallenge)?;
		let record = Models::<T>::get(model).ok_or(Error::<T>::UnknownModel)?;
		let Challenge { challenger, bond, lapses, .. } = challenge;
		if upheld {
			// The whole deposit may go to the challenger: an owner who challenges himself gets what `retire` would return.
			let paid = bond.checked_add(record.deposit).ok_or(Error::<T>::Overflow)?;
			pot::transfer::<_, T::Money>(&Asset::Native, &Self::pot(), &challenger, paid)?;
			Condemned::<T>::insert(claim(&record.artefact, &record.digest), ());
			Self::forget(&model, &record.owner);
			Self::deposit_event(Event::ChallengeUpheld { model, owner: record.owner, challenger, paid });
		} else {
			T::Burn::burn(&Self::pot(), bond)?;
			let open = T::Clock::now().saturating_sub(lapses.saturating_sub(T::JudgingPeriod::get()));
			let verified_from = record.verified_from.saturating_add(open);
			Models::<T>::insert(model, Model { verified_from, ..record });
			Self::deposit_event(Event::ChallengeRejected { model, challenger, burned: bond, verified_from });
		}
		Ok(())
	}

	/// Governance has not looked in time: the bond goes back, and the challenge period begins anew, since nobody knows.
	pub(crate) fn do_end_challenge(model: ModelId) -> DispatchResult {
		let Challenge { challenger, bond, lapses, .. } = Challenges::<T>::get(model).ok_or(Error::<T>::NoChallenge)?;
		let now = T::Clock::now();
		ensure!(now >= lapses && T::Clock::judging(), Error::<T>::NotLapsed);
		let verified_from = now.checked_add(T::ChallengePeriod::get()).ok_or(Error::<T>::Overflow)?;
		pot::transfer::<_, T::Money>(&Asset::Native, &Self::pot(), &challenger, bond)?;
		Challenges::<T>::remove(model);
		Models::<T>::mutate(model, |record| {
			if let Some(record) = record {
				record.verified_from = verified_from;
			}
		});
		Self::deposit_event(Event::ChallengeLapsed { model, challenger, returned: bond, verified_from });
		Ok(())
	}
}
