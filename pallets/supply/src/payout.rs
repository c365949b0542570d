//! The payout of ended eras, by the runtime itself: a page a block, in what a block has left.

use frame_support::{pallet_prelude::Weight, storage::with_storage_layer, traits::Get, weights::WeightMeter};

use crate::{Config, Emitted, EraOwed, EraPending, Eras, Event, Pallet, Paying, Payout, WeightInfo};

/// How often a page is tried.
pub const TRIES: u8 = 3;

impl<T: Config> Pallet<T> {
	pub(crate) fn pay_eras(remaining: Weight) -> Weight {
		let mut meter = WeightMeter::with_limit(remaining);
		if meter.try_consume(T::WeightInfo::no_era_to_pay()).is_err() {
			return meter.consumed();
		}
		let paying = Paying::<T>::get();
		let Some(ended) = T::Eras::ended().filter(|ended| paying.era <= *ended) else {
			return meter.consumed();
		};
		if meter.try_consume(T::WeightInfo::pay_era().saturating_add(T::Eras::page_weight())).is_ok() {
			Self::pay_next(paying, ended);
		}
		meter.consumed()
	}

	/// Pays the next page of the era, or goes on to the next era where there is none.
	pub(crate) fn pay_next(mut paying: Payout<T::AccountId>, ended: u32) {
		let era = paying.era;
		let Some((validator, page)) = T::Eras::next_open(era, paying.after.as_ref()) else {
			Paying::<T>::put(Payout { era: era.saturating_add(1), after: None, failed: None });
			if era == ended {
				Self::return_rewards();
			}
			return;
		};
		if with_storage_layer(|| T::Eras::pay(era, &validator, page)).is_ok() {
			(paying.after, paying.failed) = (Some((validator, page)), None);
			return Paying::<T>::put(paying);
		}
		// Somebody else may have paid the page that failed before: another begins anew.
		let failed = match paying.failed.take() {
			Some((who, number, times)) if (&who, number) == (&validator, page) => times.saturating_add(1),
			_ => 1,
		};
		if failed < TRIES {
			paying.failed = Some((validator, page, failed));
		} else {
			Self::deposit_event(Event::PageLeftOut { era, validator: validator.clone(), page });
			paying.after = Some((validator, page));
		}
		Paying::<T>::put(paying);
	}

	/// No ended era has a page to pay: what the era pot holds beyond its floor, its cushion and what is for the era that is on
	/// goes back.
	fn return_rewards() {
		let pot = Self::era_pot();
		let kept = EraPending::<T>::get().saturating_add(T::Cushion::get());
		let amount = Self::available(&pot).saturating_sub(kept);
		EraOwed::<T>::kill();
		if amount > 0 && Self::transfer(&pot, &Self::emission_pot(), amount).is_ok() {
			Emitted::<T>::mutate(|book| book.returned = book.returned.saturating_add(amount));
			Self::deposit_event(Event::RewardsReturned { amount });
		}
	}
}
