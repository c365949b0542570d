//! A position's yield shared with a delegate and the validators (Q16). Nothing moves before the position is liquid, and nothing leaves it for its owner before
//! all are paid.

use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{DepositConsequence, Preservation::Preserve, Provenance},
		Get,
	},
	BoundedVec,
};
use sp_runtime::{DispatchError, DispatchResult};
use vektor_math::split::pro_rata;
use vektor_primitives::{Balance, Ppm};

use crate::{Book, Config, Error, Event, Pallet, Position, Positions, Shared, Terms, Vault, YieldShare};

impl<A> YieldShare<A> {
	/// The delegate's and the validators' part of what a position worth `worth` has earned since it is shared.
	pub fn parts(&self, worth: Balance, principal: Balance) -> (Balance, Balance) {
		let earned = worth.saturating_sub(principal).saturating_sub(self.before);
		let part = |share: Ppm| pro_rata(earned, share.0.into(), Ppm::ONE.0.into()).unwrap_or_default();
		(part(self.delegate), part(self.validators))
	}
}

/// An account's positions, with the vault that they stand in.
struct Holder<T: Config> {
	who: T::AccountId,
	owned: BoundedVec<Position, T::MaxPositions>,
	vault: Vault,
}

impl<T: Config> Holder<T> {
	fn of(who: T::AccountId) -> Self {
		Self { owned: Positions::<T>::get(&who), vault: Book::<T>::get(), who }
	}

	fn find(&mut self, id: u32) -> Result<&mut Position, Error<T>> {
		self.owned.iter_mut().find(|position| position.id == id).ok_or(Error::<T>::UnknownPosition)
	}

	fn put(self) {
		Book::<T>::put(self.vault);
		Positions::<T>::insert(self.who, self.owned);
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_delegate_yield(who: T::AccountId, id: u32, to: Option<T::AccountId>) -> DispatchResult {
		let Some(to) = to else {
			return Self::keep_yield(who, id);
		};
		let rules = Terms::<T>::get();
		ensure!(rules.delegates.0 > 0, Error::<T>::NotOffered);
		ensure!(to != who, Error::<T>::WithItself);
		ensure!(!Shared::<T>::contains_key(id), Error::<T>::IsShared);
		let mut holder = Holder::<T>::of(who.clone());
		let position = *holder.find(id)?;
		let now = Self::up_to_date(&position, &holder.vault).ok_or(Error::<T>::Overflow)?;
		let worth = now.worth(&holder.vault).ok_or(Error::<T>::Overflow)?;
		let before = worth.saturating_sub(position.principal);
		let (delegate, validators) = (rules.delegates, rules.validators);
		Shared::<T>::insert(id, YieldShare { to: to.clone(), delegate, validators, before });
		Self::deposit_event(Event::YieldDelegated { who, position: id, to });
		Ok(())
	}

	pub(crate) fn do_settle_yield(who: T::AccountId, id: u32) -> DispatchResult {
		let share = Shared::<T>::get(id).ok_or(Error::<T>::NotShared)?;
		let before = Self::settle(who, id, &share, |part| part.ok_or(Error::<T>::CannotBePaid.into()))?;
		Shared::<T>::insert(id, YieldShare { before, ..share });
		Ok(())
	}

	/// Who cannot be paid so little has no part: a delegate's account that is gone holds up nobody.
	fn keep_yield(who: T::AccountId, id: u32) -> DispatchResult {
		let share = Shared::<T>::take(id).ok_or(Error::<T>::NotShared)?;
		Self::settle(who.clone(), id, &share, |part| Ok(part.unwrap_or_default()))?;
		Self::deposit_event(Event::YieldKept { who, position: id });
		Ok(())
	}

	/// Pays the parts until now. The position's yield afterwards: it is not shared any more.
	fn settle(
		who: T::AccountId,
		id: u32,
		share: &YieldShare<T::AccountId>,
		or: impl Fn(Option<Balance>) -> Result<Balance, DispatchError>,
	) -> Result<Balance, DispatchError> {
		let mut holder = Holder::<T>::of(who);
		let vault = holder.vault;
		let position = holder.find(id)?;
		Self::cross(position, &vault).ok_or(Error::<T>::Overflow)?;
		ensure!(position.tier == 0, Error::<T>::StillLocked);
		let mut position = *position;
		let worth = position.worth(&vault).ok_or(Error::<T>::Overflow)?;
		let (delegate, validators) = share.parts(worth, position.principal);
		let payable = |to: &T::AccountId, part| {
			let can =
				part == 0 || T::Currency::can_deposit(to, part, Provenance::Extant) == DepositConsequence::Success;
			or(can.then_some(part))
		};
		let amount = payable(&share.to, delegate)?;
		let validators = payable(&T::Validators::get(), validators)?;
		let leaving = amount.checked_add(validators).ok_or(Error::<T>::Overflow)?;
		if leaving > 0 {
			position.take(leaving, &mut holder.vault).ok_or(Error::<T>::Overflow)?;
			T::Currency::transfer(&Self::pot(), &share.to, amount, Preserve)?;
			T::Currency::transfer(&Self::pot(), &T::Validators::get(), validators, Preserve)?;
		}
		*holder.find(id)? = position;
		if leaving > 0 {
			Self::ensure_votes_stay(&holder.who, &holder.owned, &holder.vault)?;
		}
		let kept = position.worth(&holder.vault).ok_or(Error::<T>::Overflow)?.saturating_sub(position.principal);
		let (who, to) = (holder.who.clone(), share.to.clone());
		holder.put();
		Self::deposit_event(Event::YieldShared { who, position: id, to, amount, validators });
		Ok(kept)
	}
}
