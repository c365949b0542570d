//! What the calls do.

use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude::Polite, Preservation::Preserve},
		Get,
	},
	BoundedVec,
};
use sp_runtime::{
	traits::{AccountIdConversion, BlockNumberProvider},
	DispatchError, DispatchResult,
};
use vektor_primitives::{Balance, Ppm};

use crate::{
	Book, Config, Day, Error, Event, Expiring, Pallet, Position, Positions, Rules, Shared, Terms, Tier, TierTable,
	Tiers, Vault, MAX_TIERS,
};

/// Whether tiers can be followed: none at all, or the liquid one first and every multiplier from one to ten; and no more than half of a yield is others'.
pub(crate) fn are_sound(tiers: &Tiers, rules: &Rules) -> bool {
	let range = Ppm::ONE.0..=10 * Ppm::ONE.0;
	let locked = |(number, tier): (usize, &Tier)| (number == 0) == (tier.days == 0);
	let others = rules.delegates.0.saturating_add(rules.validators.0);
	others <= Ppm::ONE.0 / 2
		&& tiers.len() <= MAX_TIERS
		&& tiers.iter().enumerate().all(locked)
		&& tiers.iter().all(|tier| range.contains(&tier.yields.0) && range.contains(&tier.votes.0))
}

type Owned<T> = BoundedVec<Position, <T as Config>::MaxPositions>;

impl<T: Config> Pallet<T> {
	/// The pot of all that is staked and streams.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// The day that is on.
	pub fn today() -> Day {
		T::Elapsed::current_block_number().checked_div(T::Day::get()).unwrap_or_default()
	}

	fn terms(tier: u8) -> Result<Tier, Error<T>> {
		TierTable::<T>::get().get(usize::from(tier)).copied().ok_or(Error::<T>::UnknownTier)
	}

	/// The day on which a lock of today ends: a lock holds for all of its days, so the day that has begun does not count.
	pub(crate) fn ends(tier: &Tier) -> Result<Day, Error<T>> {
		match tier.days {
			0 => Ok(0),
			days => Self::today().checked_add(days).and_then(|day| day.checked_add(1)).ok_or(Error::<T>::Overflow),
		}
	}

	pub(crate) fn do_stake(who: T::AccountId, amount: Balance, tier: u8) -> DispatchResult {
		let expires = Self::ends(&Self::terms(tier)?)?;
		ensure!(amount >= T::MinStake::get(), Error::<T>::BelowMinimum);
		ensure!(amount <= T::Currency::reducible_balance(&who, Preserve, Polite), Error::<T>::NotFree);
		let mut vault = Book::<T>::get();
		let mut owned = Positions::<T>::get(&who);
		let at = Self::place(&mut owned, tier, expires, &mut vault)?;
		let position = owned.get_mut(at).ok_or(Error::<T>::UnknownPosition)?;
		let is_new = position.principal == 0;
		let bought = position.add(amount, &mut vault).ok_or(Error::<T>::Overflow)?;
		position.principal = position.principal.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		let id = position.id;
		Self::enter_day(expires, tier, bought, is_new)?;

		T::Currency::transfer(&who, &Self::pot(), amount, Preserve)?;
		Book::<T>::put(vault);
		Positions::<T>::insert(&who, owned);
		Self::deposit_event(Event::Staked { who, position: id, amount, tier, expires });
		Ok(())
	}

	/// The place of a position of that tier and day among an account's, a new one where it has none.
	fn place(owned: &mut Owned<T>, tier: u8, expires: Day, vault: &mut Vault) -> Result<usize, DispatchError> {
		let same = |position: &Position| (position.tier, position.expires) == (tier, expires);
		if let Some(at) = owned.iter().position(same) {
			return Ok(at);
		}
		let id = vault.next_position;
		vault.next_position = id.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let empty = Position { id, tier, shares: 0, fresh: 0, since: vault.interval, expires, principal: 0 };
		owned.try_push(empty).map_err(|_| Error::<T>::TooManyPositions)?;
		owned.len().checked_sub(1).ok_or(Error::<T>::Overflow.into())
	}

	/// Books shares that become liquid on that day. A liquid position has none.
	fn enter_day(day: Day, tier: u8, shares: Balance, is_new: bool) -> DispatchResult {
		if tier > 0 {
			let expiry = Expiring::<T>::get(day).joined(tier, shares, is_new).ok_or(Error::<T>::Overflow)?;
			Expiring::<T>::insert(day, expiry);
		}
		Ok(())
	}

	/// A position leaves its day with all its shares.
	fn leave_day(position: &Position) -> DispatchResult {
		if position.tier > 0 {
			let expiry = Expiring::<T>::get(position.expires).left(position).ok_or(Error::<T>::Overflow)?;
			match expiry.positions {
				0 => Expiring::<T>::remove(position.expires),
				_ => Expiring::<T>::insert(position.expires, expiry),
			}
		}
		Ok(())
	}

	pub(crate) fn do_unstake(who: T::AccountId, id: u32, amount: Option<Balance>) -> DispatchResult {
		let mut vault = Book::<T>::get();
		let mut owned = Positions::<T>::get(&who);
		let at = owned.iter().position(|position| position.id == id).ok_or(Error::<T>::UnknownPosition)?;
		let position = owned.get_mut(at).ok_or(Error::<T>::UnknownPosition)?;
		Self::cross(position, &vault).ok_or(Error::<T>::Overflow)?;
		ensure!(position.tier == 0, Error::<T>::StillLocked);
		let worth = position.worth(&vault).ok_or(Error::<T>::Overflow)?;
		let amount = amount.unwrap_or(worth);
		ensure!(amount > 0, Error::<T>::BelowMinimum);
		let left = worth.checked_sub(amount).ok_or(Error::<T>::NotEnough)?;
		ensure!(left == 0 || left >= T::MinStake::get(), Error::<T>::BelowMinimum);
		ensure!(!Shared::<T>::contains_key(id), Error::<T>::IsShared);
		position.take(amount, &mut vault).ok_or(Error::<T>::Overflow)?;
		// What is taken out is yield first: what stays is principal as far as it goes.
		position.principal = position.principal.min(left);
		if left == 0 {
			owned.remove(at);
		}
		Self::ensure_votes_stay(&who, &owned, &vault)?;

		T::Currency::transfer(&Self::pot(), &who, amount, Preserve)?;
		Book::<T>::put(vault);
		match owned.is_empty() {
			true => Positions::<T>::remove(&who),
			false => Positions::<T>::insert(&who, owned),
		}
		Self::deposit_event(Event::Unstaked { who, position: id, amount });
		Ok(())
	}

	pub(crate) fn do_extend(who: T::AccountId, id: u32, tier: u8) -> DispatchResult {
		let terms = Self::terms(tier)?;
		let expires = Self::ends(&terms)?;
		let mut vault = Book::<T>::get();
		let mut owned = Positions::<T>::get(&who);
		let found = owned.iter_mut().find(|position| position.id == id);
		let position = found.ok_or(Error::<T>::UnknownPosition)?;
		Self::cross(position, &vault).ok_or(Error::<T>::Overflow)?;
		ensure!(expires > 0 && expires >= position.expires, Error::<T>::Shortens);
		Self::leave_day(position)?;
		let worth = position.worth(&vault).ok_or(Error::<T>::Overflow)?;
		position.take(worth, &mut vault).ok_or(Error::<T>::Overflow)?;
		(position.tier, position.expires) = (tier, expires);
		let bought = position.add(worth, &mut vault).ok_or(Error::<T>::Overflow)?;
		Self::enter_day(expires, tier, bought, true)?;

		Book::<T>::put(vault);
		Positions::<T>::insert(&who, owned);
		Self::deposit_event(Event::Extended { who, position: id, tier, expires });
		Ok(())
	}

	pub(crate) fn do_set_tiers(tiers: Tiers, rules: Rules) -> DispatchResult {
		// A tier may be in use: it stays, with other terms.
		let stays = tiers.len() >= TierTable::<T>::get().len();
		ensure!(are_sound(&tiers, &rules) && stays, Error::<T>::TiersUnsound);
		TierTable::<T>::put(&tiers);
		Terms::<T>::put(rules);
		Self::deposit_event(Event::TiersSet { tiers, rules });
		Ok(())
	}
}
