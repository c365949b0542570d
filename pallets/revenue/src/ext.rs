//! The shared trait by which payments come in: `Settlement`. `Purchases`, by which they go out, is with the lots.

use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};
use vektor_math::split::pro_rata;
use vektor_primitives::{
	pot,
	traits::{OperatorRegistry, PriceSource, Rounds, Settlement},
	Asset, Balance, OperatorId, Receipt, Settled, Usd, USDC,
};

use crate::{
	factors, Accrued, Collecting, CollectingLot, Config, Error, Event, Leak, Leaks, Lot, Lots, Multipliers, Owed,
	Pallet, Parts, Progress, RoundBooks, Split,
};

impl<T: Config> Settlement<T::AccountId> for Pallet<T> {
	fn accepts(asset: &Asset, amount: Balance) -> DispatchResult {
		Self::value_of(asset, amount)?.ok_or(Error::<T>::NoPrice)?;
		Ok(())
	}

	fn settle(from_pot: &T::AccountId, settled: Settled<T::AccountId>) -> Result<Receipt, DispatchError> {
		with_storage_layer(|| Self::do_settle(from_pot, settled))
	}
}

impl<T: Config> Pallet<T> {
	/// What a payment is worth now: nothing is known of VKTR while it has no price.
	fn value_of(asset: &Asset, amount: Balance) -> Result<Option<Usd>, Error<T>> {
		ensure!(amount > 0, Error::<T>::NothingToSettle);
		match asset {
			Asset::WithId(USDC) => Ok(Some(Usd(amount))),
			Asset::WithId(_) => Err(Error::<T>::UnsupportedAsset),
			Asset::Native => Ok(T::Prices::worth_at_least(amount).ok()),
		}
	}

	fn do_settle(from_pot: &T::AccountId, settled: Settled<T::AccountId>) -> Result<Receipt, DispatchError> {
		let Settled { payer, operator, asset, amount, rebate, source } = settled;
		ensure!(rebate == 0, Error::<T>::NoRebates);
		// Work that is proved is paid also while there is no price. It earns no emission then: at the value when the payment was
		// taken, who pays himself would wait for VKTR to fall and earn more than leaked.
		let value = Self::value_of(&asset, amount)?.unwrap_or_default();
		let parts = Split::<T>::get().divide(amount).ok_or(Error::<T>::Overflow)?;
		let leak = Self::leak(value, amount, &parts).ok_or(Error::<T>::Overflow)?;

		pot::transfer::<T::AccountId, T::Money>(&asset, from_pot, &Self::pot(), amount)?;

		let round = T::Rounds::current();
		let lot = Self::queue(round, &operator, &asset, &parts, value)?;
		Self::book_leak(round, &operator, value, leak)?;
		// Without an operator nobody but the treasury has a claim: the work is proved and paid.
		let payee = T::Operators::payee(&operator).unwrap_or_else(T::Treasury::get);
		let withheld = match asset {
			Asset::Native => T::Operators::withhold(&operator, &Self::pot(), parts.direct)?,
			Asset::WithId(_) => 0,
		};
		for (account, part) in [
			(payee, parts.direct.saturating_sub(withheld)),
			(T::Treasury::get(), parts.treasury),
			(T::Reserve::get(), parts.reserve),
			(T::Operations::get(), parts.operations),
			(T::Quality::get(), parts.quality),
		] {
			Self::pay_or_book(account, &asset, part)?;
		}

		let (direct, queued) = (parts.direct, parts.queued);
		Self::deposit_event(Event::Settled {
			source,
			payer,
			operator,
			asset,
			amount,
			value,
			direct,
			queued,
			lot,
			leak,
		});
		Ok(Receipt { direct, queued, value, leak, lot })
	}

	fn leak(value: Usd, amount: Balance, parts: &Parts) -> Option<Usd> {
		let leaked = amount.checked_sub(parts.direct)?.checked_sub(parts.operators)?;
		pro_rata(value.0, leaked, amount).map(Usd)
	}

	/// The lot that collects in `round`: the last one, or the next number in the first round after it.
	fn collecting(round: u32) -> Result<Collecting, DispatchError> {
		match CollectingLot::<T>::get() {
			None => Ok(Collecting { lot: 0, round }),
			Some(collecting) if collecting.round == round => Ok(collecting),
			Some(last) => {
				let lot = last.lot.checked_add(1).ok_or(Error::<T>::Overflow)?;
				Ok(Collecting { lot, round })
			}
		}
	}

	fn queue(
		round: u32,
		operator: &OperatorId,
		asset: &Asset,
		parts: &Parts,
		value: Usd,
	) -> Result<u32, DispatchError> {
		let collecting = Self::collecting(round)?;
		if parts.queued == 0 {
			return Ok(collecting.lot);
		}
		CollectingLot::<T>::put(collecting);
		if *asset != Asset::Native {
			Progress::<T>::try_mutate(|queue| {
				queue.unspent = queue.unspent.checked_add(parts.queued).ok_or(Error::<T>::Overflow)?;
				Ok::<_, Error<T>>(())
			})?;
		}
		Lots::<T>::try_mutate(collecting.lot, asset, |row| {
			let lot = row.get_or_insert_with(|| Lot::open(frame_system::Pallet::<T>::block_number(), round));
			lot.join(parts, value).ok_or(Error::<T>::Overflow)
		})?;
		if parts.operators > 0 {
			Accrued::<T>::try_mutate((collecting.lot, asset), operator, |accrual| {
				accrual.join(parts.operators, value).ok_or(Error::<T>::Overflow)
			})?;
		}
		Ok(collecting.lot)
	}

	fn book_leak(round: u32, operator: &OperatorId, value: Usd, leak: Usd) -> DispatchResult {
		let counted = factors::counted::<T::Measures>(&Multipliers::<T>::get(), operator, leak);
		let leak = Leak { leak, counted: counted.ok_or(Error::<T>::Overflow)? };
		RoundBooks::<T>::try_mutate(round, |book| book.join(value, &leak).ok_or(Error::<T>::Overflow))?;
		Leaks::<T>::try_mutate(round, operator, |sum| sum.join(&leak).ok_or(Error::<T>::Overflow))?;
		Ok(())
	}

	/// One receiver that refuses blocks nobody and loses nothing: its part is booked under its name.
	pub(crate) fn pay_or_book(account: T::AccountId, asset: &Asset, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let paid = pot::would_take::<T::AccountId, T::Money>(asset, &account, amount)
			&& with_storage_layer(|| pot::transfer::<T::AccountId, T::Money>(asset, &Self::pot(), &account, amount))
				.is_ok();
		if !paid {
			Owed::<T>::try_mutate(&account, asset, |owed| {
				*owed = owed.checked_add(amount).ok_or(Error::<T>::Overflow)?;
				Ok::<_, Error<T>>(())
			})?;
			Self::deposit_event(Event::Booked { account, asset: asset.clone(), amount });
		}
		Ok(())
	}
}
