//! Lots on their way: a round ends, the market buy spends what it set aside, operators claim, what nobody claims expires. One lot a block at most,
//! whatever there is.

use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::Weight, storage::with_storage_layer, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult, SaturatedConversion};
use vektor_primitives::{
	pot,
	traits::{Burn, OperatorRegistry, Purchase, Purchases, RewardStream, Rounds, Yield},
	Asset, Balance, OperatorId, USDC,
};

use crate::{
	Accrued, BurnsUnclaimed, CollectingLot, Config, Error, Event, Lot, LotState, Lots, Pallet, Progress, Queue,
	WeightInfo,
};

const DOLLARS: Asset = Asset::WithId(USDC);

type LotOf<T> = Lot<BlockNumberFor<T>>;

impl<T: Config> Pallet<T> {
	/// Sees one lot's round end, or one lot overflow.
	pub(crate) fn tick() -> Weight {
		let Some(last) = CollectingLot::<T>::get() else {
			return T::WeightInfo::no_lot();
		};
		let round = T::Rounds::current();
		let mut queue = Progress::<T>::get();
		// The lots whose rounds have ended: all, or all but the one that collects.
		let ended = if last.round < round { last.lot.saturating_add(1) } else { last.lot };
		if queue.turned < ended {
			// What cannot be turned now is tried again in the next block.
			if Self::turn(queue.turned).is_ok() {
				queue.turned = queue.turned.saturating_add(1);
			}
		} else if queue.waiting < ended {
			match Self::is_patient(&mut queue, round) {
				true => return T::WeightInfo::no_lot(),
				false => queue.waiting = queue.waiting.saturating_add(1),
			}
		} else {
			return T::WeightInfo::no_lot();
		}
		Progress::<T>::put(queue);
		T::WeightInfo::turn_lot()
	}

	/// Its round has ended: what was paid in VKTR is closed at once, what was paid in USDC is to be spent.
	fn turn(number: u32) -> DispatchResult {
		if let Some(mut lot) = Lots::<T>::get(number, Asset::Native) {
			let all = lot.to_spend;
			with_storage_layer(|| {
				lot.buy(all, all).ok_or(Error::<T>::Overflow)?;
				Self::close(number, Asset::Native, &mut lot)
			})?;
			Lots::<T>::insert(number, Asset::Native, lot);
		}
		if let Some(lot) = Lots::<T>::get(number, DOLLARS) {
			Lots::<T>::insert(number, DOLLARS, Lot { state: LotState::Buying, ..lot });
		}
		Ok(())
	}

	/// Whether a lot has to wait longer before it overflows; if not, it has, where it still was to be spent.
	fn is_patient(queue: &mut Queue, round: u32) -> bool {
		let number = queue.waiting;
		let overflows = |lot: &LotOf<T>| lot.state == LotState::Buying && lot.operators > 0;
		let Some(mut lot) = Lots::<T>::get(number, DOLLARS).filter(overflows) else {
			return false;
		};
		if round.saturating_sub(lot.round) <= T::Patience::get() {
			return true;
		}
		// A hook is not undone by itself. What fails here is tried again in the next block.
		with_storage_layer(|| {
			lot.overflow(frame_system::Pallet::<T>::block_number()).ok_or(Error::<T>::Overflow)?;
			let (asset, native) = (lot.asset_shares, lot.native_shares);
			queue.unspent = queue.unspent.checked_sub(asset).ok_or(Error::<T>::Overflow)?;
			Self::deposit_event(Event::LotOverflowed { lot: number, asset, native, waiting: lot.to_spend });
			// Where nothing of it is anybody else's there is nothing more to buy.
			if lot.to_spend == 0 {
				Self::close(number, DOLLARS, &mut lot)?;
			}
			Lots::<T>::insert(number, DOLLARS, lot);
			Ok::<_, DispatchError>(())
		})
		.is_err()
	}

	/// Divides what a lot was bought for. `lot` is the caller's to store.
	fn close(number: u32, asset: Asset, lot: &mut LotOf<T>) -> DispatchResult {
		let now = frame_system::Pallet::<T>::block_number();
		let (stakers, burned) = lot.close(now).ok_or(Error::<T>::Overflow)?;
		let pot = Self::pot();
		if stakers > 0 {
			// Where nobody may stake, or the stream is full, the treasury has it.
			let streamed =
				T::Stakers::is_open() && with_storage_layer(|| T::Stakers::push(&pot, Yield::Real, stakers)).is_ok();
			if !streamed {
				Self::pay_or_book(T::Treasury::get(), &Asset::Native, stakers)?;
			}
		}
		if burned > 0 {
			T::SplitBurn::burn(&pot, burned)?;
		}
		let operators = lot.native_shares;
		Self::deposit_event(Event::LotClosed { lot: number, asset, bought: lot.bought, operators, stakers, burned });
		Ok(())
	}

	pub(crate) fn do_claim(operator: OperatorId, number: u32, asset: Asset) -> DispatchResult {
		let account = T::Operators::payee(&operator).unwrap_or_else(T::Treasury::get);
		let mut lot = Lots::<T>::get(number, &asset).ok_or(Error::<T>::NothingAccrued)?;
		let accrual = Accrued::<T>::try_get((number, &asset), operator).map_err(|()| Error::<T>::NothingAccrued)?;
		ensure!(lot.claimable.is_some(), Error::<T>::LotOpen);
		let (native, paid) = lot.give(&accrual).ok_or(Error::<T>::Overflow)?;
		Accrued::<T>::remove((number, &asset), operator);
		Lots::<T>::insert(number, &asset, lot);
		let withheld = T::Operators::withhold(&operator, &Self::pot(), native)?;
		let parts = [(Asset::Native, native.saturating_sub(withheld)), (asset.clone(), paid)];
		let takes =
			|(asset, amount): &(Asset, Balance)| pot::would_take::<T::AccountId, T::Money>(asset, &account, *amount);
		// Who takes one of two assets gets that, and the other is booked under its name.
		ensure!(
			native == withheld && paid == 0 || parts.iter().any(|part| part.1 > 0 && takes(part)),
			Error::<T>::StillRefused
		);
		for (asset, amount) in &parts {
			Self::pay_or_book(account.clone(), asset, *amount)?;
		}
		Self::deposit_event(Event::Claimed { operator, lot: number, asset, account, native, paid, withheld });
		Ok(())
	}

	/// The oldest lot that is kept, where nobody has anything to do with it any more: it is spent, and the time to claim is over.
	pub(crate) fn late_lot() -> Option<u32> {
		let now = frame_system::Pallet::<T>::block_number();
		let is_over = |lot: LotOf<T>| {
			let since = lot.claimable.filter(|_| lot.closed.is_some());
			since.is_some_and(|since| now.saturating_sub(since) >= T::ClaimPeriod::get())
		};
		let queue = Progress::<T>::get();
		let rows = || [Asset::Native, DOLLARS].into_iter().filter_map(|asset| Lots::<T>::get(queue.kept, asset));
		Some(queue.kept).filter(|kept| *kept < queue.turned && rows().all(is_over))
	}

	/// Takes up to `most` parts that nobody claimed off a lot that is over, and after the last of them the lot itself.
	pub(crate) fn expire(number: u32, most: u32) -> DispatchResult {
		let mut left = most;
		for asset in [Asset::Native, DOLLARS] {
			let Some(mut lot) = Lots::<T>::get(number, &asset) else { continue };
			let (native_before, paid_before) = (lot.native_due, lot.asset_due);
			let rows: Vec<_> = Accrued::<T>::iter_prefix((number, &asset)).take(left.saturated_into()).collect();
			for (operator, accrual) in rows {
				let (native, paid) = lot.give(&accrual).ok_or(Error::<T>::Overflow)?;
				Accrued::<T>::remove((number, &asset), operator);
				Self::deposit_event(Event::Expired { operator, lot: number, asset: asset.clone(), native, paid });
				left = left.saturating_sub(1);
			}
			if left > 0 {
				// What rounding has left.
				let (native, paid) = (core::mem::take(&mut lot.native_due), core::mem::take(&mut lot.asset_due));
				Lots::<T>::remove(number, &asset);
				Self::deposit_event(Event::LotForgotten { lot: number, asset: asset.clone(), native, paid });
			} else {
				Lots::<T>::insert(number, &asset, lot);
			}
			Self::forfeit(native_before.saturating_sub(lot.native_due))?;
			Self::pay_or_book(T::Treasury::get(), &asset, paid_before.saturating_sub(lot.asset_due))?;
		}
		if left > 0 {
			Progress::<T>::mutate(|queue| queue.kept = number.saturating_add(1));
		}
		Ok(())
	}

	/// What nobody claimed in time: burned or the treasury's, as the economy says.
	pub(crate) fn forfeit(native: Balance) -> DispatchResult {
		match BurnsUnclaimed::<T>::get() {
			true if native > 0 => T::ExpiredBurn::burn(&Self::pot(), native),
			true => Ok(()),
			false => Self::pay_or_book(T::Treasury::get(), &Asset::Native, native),
		}
	}
}

impl<T: Config> Purchases<T::AccountId> for Pallet<T> {
	fn next() -> Option<Purchase<T::AccountId>> {
		let mut queue = Progress::<T>::get();
		let before = queue;
		let mut found = None;
		// Rounds without a dollar have no row to spend: a few of them are passed at once.
		for _ in 0..8 {
			if queue.buying >= queue.turned {
				break;
			}
			found = Lots::<T>::get(queue.buying, DOLLARS).filter(|lot| lot.to_spend > 0);
			if found.is_some() {
				break;
			}
			queue.buying = queue.buying.saturating_add(1);
		}
		if queue != before {
			Progress::<T>::put(queue);
		}
		let lot = found?;
		// Within the round after its own a lot is bought evenly; what is late goes as fast as guards allow.
		let is_due = T::Rounds::current() <= lot.round.saturating_add(1);
		let intervals = T::Rounds::left().checked_div(T::Interval::get()).unwrap_or_default();
		Some(Purchase {
			account: Self::pot(),
			most: lot.to_spend,
			waiting: lot.to_spend,
			intervals: if is_due { intervals.max(1) } else { 1 },
		})
	}

	fn waiting() -> Balance {
		Progress::<T>::get().unspent
	}

	fn bought(spent: Balance, got: Balance) -> DispatchResult {
		let mut queue = Progress::<T>::get();
		let number = queue.buying;
		ensure!(number < queue.turned, Error::<T>::LotOpen);
		let mut lot = Lots::<T>::get(number, DOLLARS).ok_or(Error::<T>::NothingAccrued)?;
		lot.buy(spent, got).ok_or(Error::<T>::Overflow)?;
		queue.unspent = queue.unspent.checked_sub(spent).ok_or(Error::<T>::Overflow)?;
		if lot.to_spend == 0 {
			Self::close(number, DOLLARS, &mut lot)?;
			queue.buying = number.saturating_add(1);
		}
		Progress::<T>::put(queue);
		Lots::<T>::insert(number, DOLLARS, lot);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup(usd: Balance) {
		crate::benchmarking::lot_to_spend::<T>(usd);
	}
}
