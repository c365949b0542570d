//! The invariants of the README, by their numbers.

use alloc::collections::{BTreeMap, BTreeSet};
use core::cmp::Ordering;

use frame_support::{ensure, traits::fungibles::Inspect};
use sp_runtime::TryRuntimeError;
use vektor_math::split::pro_rata;
use vektor_primitives::{traits::Rounds, Asset, Balance, Usd, USDC};

use crate::{
	are_sound, Accrued, AvailabilityStream, CollectingLot, Config, Leaks, LotState, Lots, Multipliers, OldestLeaks,
	Owed, Pallet, Progress, RoundBooks, Split,
};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_solvency()?;
		Self::check_lots()?;
		Self::check_accruals()?;
		Self::check_leaks()?;
		let split = Split::<T>::get();
		ensure!(
			split.is_whole() && split.leaks(),
			"revenue: invariant 5, the split does not sum to one, or leaks too little"
		);
		ensure!(
			Owed::<T>::iter_values().all(|amount| amount > 0),
			"revenue: invariant 6, a row of what is owed is zero"
		);
		Self::check_rounds()?;
		Self::check_availability()
	}

	fn check_solvency() -> Result<(), TryRuntimeError> {
		let overflow = TryRuntimeError::Other("revenue: invariant 1, the books do not fit");
		let mut booked = BTreeMap::from([(Asset::Native, 0), (Asset::WithId(USDC), 0)]);
		let lots = Lots::<T>::iter().flat_map(|(_, asset, lot)| {
			[(asset.clone(), lot.to_spend), (asset, lot.asset_due), (Asset::Native, lot.native_due)]
		});
		let owed = Owed::<T>::iter().map(|(_, asset, amount)| (asset, amount));
		let work = RoundBooks::<T>::iter_values().map(|book| (Asset::Native, book.work_due));
		let stream = AvailabilityStream::<T>::get();
		let stream = [stream.pool, stream.due].map(|amount| (Asset::Native, amount));
		for (asset, amount) in lots.chain(owed).chain(work).chain(stream) {
			let sum: &mut Balance = booked.entry(asset).or_default();
			*sum = sum.checked_add(amount).ok_or(overflow)?;
		}
		for (asset, sum) in booked.into_iter().filter(|(_, sum)| *sum > 0) {
			let floor = T::Money::minimum_balance(asset.clone());
			let needed = sum.checked_add(floor).ok_or(overflow)?;
			ensure!(
				T::Money::balance(asset, &Self::pot()) >= needed,
				"revenue: invariant 1, the pot holds less than its floor, the lots, what emission came and what is owed"
			);
		}
		Ok(())
	}

	fn check_lots() -> Result<(), TryRuntimeError> {
		let last = CollectingLot::<T>::get().map(|collecting| collecting.lot);
		let turned = Progress::<T>::get().turned;
		for (number, _, lot) in Lots::<T>::iter() {
			let gone = lot.spent.checked_add(lot.to_spend).and_then(|sum| sum.checked_add(lot.asset_shares));
			ensure!(
				gone == Some(lot.asset_in) && lot.asset_due <= lot.asset_shares,
				"revenue: invariant 2, what became of a lot is not what it took in"
			);
			ensure!(
				number >= turned || lot.state != LotState::Collecting,
				"revenue: invariant 8, a lot collects after its round"
			);
			let open = matches!(lot.state, LotState::Collecting | LotState::Buying);
			ensure!(open == lot.claimable.is_none(), "revenue: invariant 2, a lot is claimed of before its time");
			let parts = lot.operators.checked_add(lot.stakers).and_then(|sum| sum.checked_add(lot.burn));
			ensure!(
				parts == Some(lot.asset_in) && lot.asset_in > 0,
				"revenue: invariant 2, a lot's parts are not what it took in"
			);
			ensure!(
				last.is_some_and(|last| number <= last) && number >= Progress::<T>::get().kept,
				"revenue: invariant 2, a lot is newer than the collecting one, or was forgotten"
			);
		}
		Ok(())
	}

	fn check_accruals() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<_, (Balance, Balance)>::new();
		for (key, _, accrual) in Accrued::<T>::iter() {
			let (amount, value) = sums.entry(key).or_default();
			*amount = amount.saturating_add(accrual.amount);
			*value = value.saturating_add(accrual.value.0);
		}
		for (number, asset, lot) in Lots::<T>::iter() {
			let (amount, value) = sums.remove(&(number, asset)).unwrap_or_default();
			let fits = if lot.claimable.is_none() { amount == lot.operators } else { amount <= lot.operators };
			ensure!(fits, "revenue: invariant 3, the accruals are not the operators' part of their lot");
			let due = |whole| pro_rata(whole, amount, lot.operators.max(1)).unwrap_or(Balance::MAX);
			ensure!(
				lot.claimable.is_none()
					|| due(lot.native_shares) <= lot.native_due && due(lot.asset_shares) <= lot.asset_due,
				"revenue: invariant 3, a lot owes its operators more than is there"
			);
			ensure!(value <= lot.value_total.0, "revenue: invariant 3, accruals claim more value than their lot saw");
		}
		ensure!(sums.is_empty(), "revenue: invariant 3, an accrual belongs to no lot");
		Ok(())
	}

	fn check_leaks() -> Result<(), TryRuntimeError> {
		let (oldest, current) = (OldestLeaks::<T>::get(), T::Rounds::current());
		for (round, book) in RoundBooks::<T>::iter() {
			ensure!(
				book.leak <= book.settled && book.counted <= book.leak,
				"revenue: invariant 4, a round leaked more than it settled, or more counts than leaked"
			);
			ensure!(
				book.work_due <= book.work && (book.work == 0 || round < current),
				"revenue: invariant 4, more is due for a round's work than came, or before its end"
			);
			let (mut leaked, mut counted, mut due) = (0 as Balance, 0 as Balance, 0 as Balance);
			for row in Leaks::<T>::iter_prefix_values(round) {
				leaked = leaked.saturating_add(row.leak.0);
				counted = counted.saturating_add(row.counted.0);
				due = due.saturating_add(book.share(&row));
			}
			// An operator's row goes when it claims, and all of them when the round is forgotten.
			let is_whole = (leaked, counted) == (book.leak.0, book.counted.0);
			let expected = match round.cmp(&oldest) {
				Ordering::Less => leaked == 0,
				_ if round < current => leaked <= book.leak.0 && counted <= book.counted.0,
				_ => is_whole,
			};
			ensure!(expected, "revenue: invariant 4, the operators' leaks are not their round's");
			ensure!(
				due <= book.work_due || book.work_due == 0,
				"revenue: invariant 4, a round's work earned more than is there"
			);
		}
		let booked = RoundBooks::<T>::iter_keys().collect::<BTreeSet<_>>();
		ensure!(
			Leaks::<T>::iter_keys().all(|(round, _)| booked.contains(&round)),
			"revenue: invariant 4, a leak belongs to no round"
		);
		ensure!(are_sound(&Multipliers::<T>::get()), "revenue: invariant 5, a factor has no range or comes twice");
		Ok(())
	}

	fn check_rounds() -> Result<(), TryRuntimeError> {
		let queue = Progress::<T>::get();
		let unspent = Lots::<T>::iter().filter(|(_, asset, _)| *asset != Asset::Native);
		ensure!(
			queue.unspent == unspent.fold(0, |sum: Balance, (.., lot)| sum.saturating_add(lot.to_spend)),
			"revenue: invariant 8, what is to be spent is not the lots' sum"
		);
		let last = CollectingLot::<T>::get().map_or(0, |collecting| collecting.lot.saturating_add(1));
		ensure!(
			queue.turned <= last && [queue.buying, queue.waiting, queue.kept].iter().all(|done| *done <= queue.turned),
			"revenue: invariant 8, a lot was bought, overflowed or was forgotten before its round had ended"
		);
		let current = Some(T::Rounds::current());
		let reached = CollectingLot::<T>::get().map(|collecting| collecting.round);
		let latest = Leaks::<T>::iter_keys().map(|(round, _)| round).max();
		ensure!(
			reached <= current && latest <= current,
			"revenue: invariant 7, a lot or a leak belongs to a round not reached"
		);
		Ok(())
	}

	fn check_availability() -> Result<(), TryRuntimeError> {
		let current = T::Rounds::current();
		let mut came: Balance = 0;
		for (round, book) in RoundBooks::<T>::iter() {
			ensure!(
				(book.offered == Usd(0) || round <= current)
					&& (book.availability == 0 || book.offered > Usd(0) && round < current),
				"revenue: invariant 9, devices were there before a round, or it was rewarded without any or before its end"
			);
			came = came.saturating_add(book.availability);
		}
		let stream = AvailabilityStream::<T>::get();
		ensure!(
			stream.pool.checked_add(stream.due).is_some_and(|kept| kept <= came),
			"revenue: invariant 9, more is there for being there than came"
		);
		Ok(())
	}
}
