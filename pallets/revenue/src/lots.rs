//! Lots on their way: a round ends, the market buy spends what it set aside, operators claim. One lot a block at most, whatever there is.

use frame_support::{ensure, pallet_prelude::Weight, storage::with_storage_layer, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult};
use vektor_primitives::{
	pot,
	traits::{Burn, OperatorRegistry, Purchase, Purchases, RewardStream, Rounds, Yield},
	Asset, Balance, OperatorId, USDC,
};

use crate::{
	Accrued, BurnsUnclaimed, CollectingLot, Config, Error, Event, Lot, LotState, Lots, Pallet, Progress, WeightInfo,
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
			match Self::is_patient(queue.waiting, round) {
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
	fn is_patient(number: u32, round: u32) -> bool {
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
		let (native, paid) = Self::take(&operator, number, &asset, |_| Ok(()))?;
		for (asset, amount) in [(Asset::Native, native), (asset.clone(), paid)] {
			if amount > 0 {
				ensure!(pot::would_take::<T::AccountId, T::Money>(&asset, &account, amount), Error::<T>::StillRefused);
				pot::transfer::<T::AccountId, T::Money>(&asset, &Self::pot(), &account, amount)?;
			}
		}
		Self::deposit_event(Event::Claimed { operator, lot: number, asset, account, native, paid });
		Ok(())
	}

	pub(crate) fn do_expire(operator: OperatorId, number: u32, asset: Asset) -> DispatchResult {
		let now = frame_system::Pallet::<T>::block_number();
		let (native, paid) = Self::take(&operator, number, &asset, |since| {
			ensure!(now.saturating_sub(since) >= T::ClaimPeriod::get(), Error::<T>::NotExpired);
			Ok(())
		})?;
		if native > 0 {
			match BurnsUnclaimed::<T>::get() {
				true => T::ExpiredBurn::burn(&Self::pot(), native)?,
				false => Self::pay_or_book(T::Treasury::get(), &Asset::Native, native)?,
			}
		}
		Self::pay_or_book(T::Treasury::get(), &asset, paid)?;
		Self::deposit_event(Event::Expired { operator, lot: number, asset, native, paid });
		Ok(())
	}

	/// Takes an operator's part off a lot's books: in VKTR, and as it was paid.
	fn take(
		operator: &OperatorId,
		number: u32,
		asset: &Asset,
		check: impl FnOnce(BlockNumberFor<T>) -> DispatchResult,
	) -> Result<(Balance, Balance), DispatchError> {
		ensure!(Accrued::<T>::contains_key(operator, (number, asset)), Error::<T>::NothingAccrued);
		let accrual = Accrued::<T>::take(operator, (number, asset));
		let mut lot = Lots::<T>::get(number, asset).ok_or(Error::<T>::NothingAccrued)?;
		check(lot.claimable.ok_or(Error::<T>::LotOpen)?)?;
		let (native, paid) = lot.share(&accrual).ok_or(Error::<T>::Overflow)?;
		lot.native_due = lot.native_due.checked_sub(native).ok_or(Error::<T>::Overflow)?;
		lot.asset_due = lot.asset_due.checked_sub(paid).ok_or(Error::<T>::Overflow)?;
		Lots::<T>::insert(number, asset, lot);
		Ok((native, paid))
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

	fn bought(spent: Balance, got: Balance) -> DispatchResult {
		let mut queue = Progress::<T>::get();
		let number = queue.buying;
		ensure!(number < queue.turned, Error::<T>::LotOpen);
		let mut lot = Lots::<T>::get(number, DOLLARS).ok_or(Error::<T>::NothingAccrued)?;
		lot.buy(spent, got).ok_or(Error::<T>::Overflow)?;
		if lot.to_spend == 0 {
			Self::close(number, DOLLARS, &mut lot)?;
			queue.buying = number.saturating_add(1);
			Progress::<T>::put(queue);
		}
		Lots::<T>::insert(number, DOLLARS, lot);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup(usd: Balance) {
		crate::benchmarking::lot_to_spend::<T>(usd);
	}
}
