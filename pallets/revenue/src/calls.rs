//! What the calls do, and what can be read.

use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::AccountIdConversion, DispatchResult};
use vektor_primitives::{
	pot,
	traits::{Rounds, Slashes},
	Asset, Balance, CaseId, OperatorId, WorkRef, USDC,
};

use crate::{
	Accrual, Accrued, CollectingLot, Compensated, Config, Error, Event, HeldAccrual, HeldWork, Leaks, Lot, LotKey,
	Lots, OldestLeaks, Owed, Pallet, Progress, RevenueSplit, RoundBooks, Split,
};

impl<T: Config> Pallet<T> {
	/// The pot that holds lots and what is owed.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// The active split.
	pub fn split() -> RevenueSplit {
		Split::<T>::get()
	}

	/// The rows of the last `n` lots, newest first: at most one row per asset and lot.
	pub fn lots(n: u32) -> Vec<(u32, Asset, Lot<BlockNumberFor<T>>)> {
		let Some(collecting) = CollectingLot::<T>::get() else {
			return Vec::new();
		};
		let oldest = collecting.lot.saturating_add(1).saturating_sub(n);
		(oldest..=collecting.lot)
			.rev()
			.flat_map(|number| Lots::<T>::iter_prefix(number).map(move |(asset, lot)| (number, asset, lot)))
			.collect()
	}

	/// An operator's part of every lot: one row per lot and asset that it worked in. Looks at every lot that is kept: for reading from outside.
	pub fn accruals(operator: &OperatorId) -> Vec<(LotKey, Accrual)> {
		let kept = Progress::<T>::get().kept..=CollectingLot::<T>::get().map_or(0, |last| last.lot);
		let keys = kept.flat_map(|lot| [(lot, Asset::Native), (lot, Asset::WithId(USDC))]);
		keys.filter_map(|key| Some((key.clone(), Accrued::<T>::try_get(key, operator).ok()?))).collect()
	}

	/// What an operator's work earned, by rounds of which rows are kept. Looks at each of them: for reading from outside.
	pub(crate) fn work_of(operator: &OperatorId) -> Vec<HeldWork> {
		let held = |round| {
			let leak = Leaks::<T>::try_get(round, operator).ok()?;
			let book = RoundBooks::<T>::get(round);
			let amount = book.share(&leak).min(book.work_due);
			Some(HeldWork { round, leak: leak.leak, amount })
		};
		let current = T::Rounds::current();
		// While a round is on its row is worth seeing; afterwards only where there is something to claim.
		let shown = |work: &HeldWork| work.amount > 0 || work.round == current;
		(OldestLeaks::<T>::get()..=current).filter_map(held).filter(shown).collect()
	}

	/// A lot's row.
	pub fn lot(number: u32, asset: &Asset) -> Option<Lot<BlockNumberFor<T>>> {
		Lots::<T>::get(number, asset)
	}

	/// An accrual, and what of it may be claimed.
	pub(crate) fn held_accrual((lot, asset): LotKey, accrual: &Accrual) -> HeldAccrual {
		let row = Lots::<T>::get(lot, &asset).filter(|row| row.claimable.is_some());
		HeldAccrual { claimable: row.and_then(|row| row.share(accrual)), amount: accrual.amount, lot, asset }
	}

	/// What is owed to an account: at most one row per asset.
	pub fn owed(account: &T::AccountId) -> Vec<(Asset, Balance)> {
		Owed::<T>::iter_prefix(account).collect()
	}

	pub(crate) fn do_set_split(split: RevenueSplit) -> DispatchResult {
		ensure!(split.is_whole(), Error::<T>::SplitNotWhole);
		ensure!(split.leaks(), Error::<T>::SplitLeaksTooLittle);
		Split::<T>::put(split);
		Self::deposit_event(Event::SplitSet { split });
		Ok(())
	}

	pub(crate) fn do_compensate(
		work: WorkRef,
		case: CaseId,
		beneficiary: T::AccountId,
		asset: Asset,
		amount: Balance,
	) -> DispatchResult {
		ensure!(matches!(asset, Asset::Native | Asset::WithId(USDC)), Error::<T>::UnsupportedAsset);
		ensure!(amount > 0, Error::<T>::NothingToSettle);
		ensure!(!Compensated::<T>::contains_key(work), Error::<T>::AlreadyCompensated);
		let reserve = T::Reserve::get();
		ensure!(pot::available::<T::AccountId, T::Money>(&asset, &reserve) >= amount, Error::<T>::ReserveTooSmall);
		ensure!(pot::would_take::<T::AccountId, T::Money>(&asset, &beneficiary, amount), Error::<T>::StillRefused);
		T::Slashes::compensate(case, &asset, amount)?;
		pot::transfer::<T::AccountId, T::Money>(&asset, &reserve, &beneficiary, amount)?;
		Compensated::<T>::insert(work, ());
		Self::deposit_event(Event::Compensated { work, case, beneficiary, asset, amount });
		Ok(())
	}

	pub(crate) fn do_payout(account: T::AccountId, asset: Asset) -> DispatchResult {
		let amount = Owed::<T>::take(&account, &asset);
		ensure!(amount > 0, Error::<T>::NothingOwed);
		ensure!(pot::would_take::<T::AccountId, T::Money>(&asset, &account, amount), Error::<T>::StillRefused);
		pot::transfer::<T::AccountId, T::Money>(&asset, &Self::pot(), &account, amount)?;
		Self::deposit_event(Event::PaidOut { account, asset, amount });
		Ok(())
	}
}
