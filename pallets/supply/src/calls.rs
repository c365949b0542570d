//! What the calls do.

use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	ensure,
	pallet_prelude::{InvalidTransaction, ValidTransaction, Weight},
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude::Polite, Precision::Exact, Preservation},
		Get,
	},
};
use sp_runtime::{
	traits::{AccountIdConversion, Verify, Zero},
	transaction_validity::TransactionValidityWithRefund,
	DispatchResult,
};
use vektor_primitives::Balance;

use crate::{
	Airdrop, Budget, BurnCause, Config, EmissionPolicy, Error, Event, Pace, Pallet, ParameterRefused, Parameters,
	Policy, Reached,
};

/// How long an unsigned claim stays in the pool, in blocks.
const LONGEVITY: u64 = 64;

impl<T: Config> Pallet<T> {
	/// The pot of what is not emitted yet.
	pub fn emission_pot() -> T::AccountId {
		T::EmissionPot::get().into_account_truncating()
	}

	/// The pot that rewards of ended eras are paid from.
	pub fn era_pot() -> T::AccountId {
		T::EraPot::get().into_account_truncating()
	}

	/// The pot of the treasury's allocation while it comes free.
	pub fn stream_pot() -> T::AccountId {
		T::StreamPot::get().into_account_truncating()
	}

	/// The pot of the airdrop.
	pub fn airdrop_pot() -> T::AccountId {
		T::AirdropPot::get().into_account_truncating()
	}

	/// What a pot holds above its floor.
	pub(crate) fn available(pot: &T::AccountId) -> Balance {
		T::Currency::balance(pot).saturating_sub(T::Currency::minimum_balance())
	}

	/// Moves `amount`; no pot falls below its floor.
	pub(crate) fn transfer(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			T::Currency::transfer(from, to, amount, Preservation::Preserve)?;
		}
		Ok(())
	}

	pub(crate) fn do_release(amount: Balance) -> DispatchResult {
		ensure!(Policy::<T>::get() == EmissionPolicy::Released, Error::<T>::NothingToRelease);
		let budget = Budget::<T>::get().checked_add(amount).ok_or(Error::<T>::MoreThanThePotHolds)?;
		ensure!(budget <= Self::available(&Self::emission_pot()), Error::<T>::MoreThanThePotHolds);
		Budget::<T>::put(budget);
		Self::deposit_event(Event::Released { amount });
		Ok(())
	}

	pub(crate) fn do_set_emission(policy: EmissionPolicy) -> DispatchResult {
		ensure!(policy.is_sound(&Pace::<T>::get()), Error::<T>::PolicyUnsound);
		if let EmissionPolicy::Milestones { milestones } = &policy {
			// What has leaked already reaches nothing anew: a list that is set again would release twice.
			Reached::<T>::mutate(|(leaked, next)| {
				let passed = milestones.iter().take_while(|milestone| milestone.leak <= *leaked).count();
				*next = passed.try_into().unwrap_or(u32::MAX);
			});
		}
		Policy::<T>::put(&policy);
		Self::deposit_event(Event::EmissionSet { policy });
		Ok(())
	}

	pub(crate) fn do_set_parameter(parameter: <T::Parameters as Parameters>::KeyValue) -> DispatchResult {
		T::Parameters::set(parameter).map_err(|refused| match refused {
			ParameterRefused::OutOfBounds => Error::<T>::ParameterOutOfBounds.into(),
			ParameterRefused::NoValue => Error::<T>::ParameterNeedsValue.into(),
			ParameterRefused::Store(error) => error,
		})
	}

	/// What a claimant signs.
	pub fn claim_message(to: &T::AccountId) -> Vec<u8> {
		let genesis = frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero());
		[b"vektor:airdrop".as_slice(), &genesis.encode(), &to.encode()].concat()
	}

	fn share_of(claimant: &T::AccountId, to: &T::AccountId, signature: &T::Signature) -> Result<Balance, Error<T>> {
		let amount = Airdrop::<T>::get(claimant).ok_or(Error::<T>::NothingToClaim)?;
		// There it would be nobody's.
		ensure!(*to != Self::airdrop_pot(), Error::<T>::BadReceiver);
		let message = Self::claim_message(to);
		// Wallets sign foreign bytes in a wrapper only, so that nobody signs a transaction by mistake.
		let wrapped = [b"<Bytes>".as_slice(), &message, b"</Bytes>"].concat();
		let signed = signature.verify(message.as_slice(), claimant) || signature.verify(wrapped.as_slice(), claimant);
		ensure!(signed, Error::<T>::BadSignature);
		Ok(amount)
	}

	/// Whether a claim without a transaction's signature comes into a block: everything that its dispatch could be refused for is
	/// checked here, so that none is free and fails. One for each claimant.
	pub(crate) fn check_claim(
		claimant: &T::AccountId,
		to: &T::AccountId,
		signature: &T::Signature,
	) -> TransactionValidityWithRefund {
		Self::share_of(claimant, to, signature).map_err(|error| match error {
			Error::BadSignature => InvalidTransaction::BadProof,
			Error::BadReceiver => InvalidTransaction::Call,
			_ => InvalidTransaction::Stale,
		})?;
		let valid = ValidTransaction::with_tag_prefix("vektor:airdrop")
			.and_provides(claimant)
			.longevity(LONGEVITY)
			.propagate(true)
			.build()?;
		Ok((valid, Weight::zero()))
	}

	pub(crate) fn do_claim_airdrop(
		claimant: T::AccountId,
		to: T::AccountId,
		signature: T::Signature,
	) -> DispatchResult {
		let amount = Self::share_of(&claimant, &to, &signature)?;
		Airdrop::<T>::remove(&claimant);
		Self::transfer(&Self::airdrop_pot(), &to, amount)?;
		Self::deposit_event(Event::AirdropClaimed { claimant, to, amount });
		Ok(())
	}

	pub(crate) fn do_burn(who: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::NothingToBurn);
		let burned = T::Currency::burn_from(&who, amount, Preservation::Expendable, Exact, Polite)?;
		Self::note_burned(BurnCause::Voluntary, burned);
		Self::deposit_event(Event::Burnt { who, amount: burned });
		Ok(())
	}
}
