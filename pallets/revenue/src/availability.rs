//! Emission for being there: what rounds emitted for it flows to operators window by window, each one's part by what `Connectivity` saw of its devices.
//! No row per operator is here, and nothing expires.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{ensure, pallet_prelude::Weight, traits::Get};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};
use vektor_primitives::{
	pot,
	traits::{Availability, Earnings, PriceSource, Rounds},
	Asset, Balance, OperatorId, Usd,
};

use crate::{AvailabilityStream, Config, Error, Event, Pallet, RoundBooks, WeightInfo};

/// What was emitted for being there and is not paid yet, in VKTR's smallest unit.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Stream {
	/// What windows to come share.
	pub pool: Balance,
	/// What windows have shared and nobody has claimed: operators', and what rounding keeps from them.
	pub due: Balance,
}

impl Stream {
	/// Takes in what was emitted.
	fn join(&mut self, amount: Balance) -> Option<()> {
		self.pool = self.pool.checked_add(amount)?;
		Some(())
	}

	/// What one window of so many shares, `most` of it.
	fn share(&mut self, windows: u32, most: Balance) -> Option<Balance> {
		let share = self.pool.checked_div(windows.max(1).into())?.min(most);
		self.due = self.due.checked_add(share)?;
		self.pool = self.pool.checked_sub(share)?;
		Some(share)
	}

	/// Takes what an operator claims off the books.
	fn give(&mut self, amount: Balance) -> Option<()> {
		self.due = self.due.checked_sub(amount)?;
		Some(())
	}
}

impl<T: Config> Availability for Pallet<T> {
	fn window(units: u64, offered: Usd) -> Balance {
		// Without a price nobody knows what is too much: what this window would have shared waits for later ones.
		let most = match units {
			0 => 0,
			_ => T::Prices::native_at_most(offered).unwrap_or_default(),
		};
		Self::share_window(offered, most)
	}

	fn weight() -> Weight {
		T::WeightInfo::share_window().saturating_add(T::Prices::weight())
	}
}

impl<T: Config> Pallet<T> {
	/// Books what a window offered, and takes its share out of the pool: `most` of it, or few devices would get what is meant for many.
	pub(crate) fn share_window(offered: Usd, most: Balance) -> Balance {
		if offered > Usd(0) {
			RoundBooks::<T>::mutate(T::Rounds::current(), |book| {
				book.offered = Usd(book.offered.0.saturating_add(offered.0))
			});
		}
		if most == 0 {
			return 0;
		}
		let mut stream = AvailabilityStream::<T>::get();
		match stream.share(T::WindowsPerRound::get(), most) {
			Some(share) if share > 0 => {
				AvailabilityStream::<T>::put(stream);
				share
			}
			_ => 0,
		}
	}

	/// Takes `most` out of `from` for being there in an ended round, where any device was. What it took. Once per round; transactional.
	pub fn reward_availability(round: u32, from: &T::AccountId, most: Balance) -> Result<Balance, DispatchError> {
		let mut book = RoundBooks::<T>::get(round);
		let is_over = round < T::Rounds::current();
		if most == 0 || book.offered == Usd(0) || book.availability > 0 || !is_over {
			return Ok(0);
		}
		let mut stream = AvailabilityStream::<T>::get();
		stream.join(most).ok_or(Error::<T>::Overflow)?;
		pot::transfer::<T::AccountId, T::Money>(&Asset::Native, from, &Self::pot(), most)?;
		book.availability = most;
		RoundBooks::<T>::insert(round, book);
		AvailabilityStream::<T>::put(stream);
		Self::deposit_event(Event::AvailabilityRewarded { round, amount: most });
		Ok(most)
	}

	pub(crate) fn do_claim_availability(operator: OperatorId) -> DispatchResult {
		let amount = T::Earnings::take_earned(&operator);
		ensure!(amount > 0, Error::<T>::NothingEarned);
		AvailabilityStream::<T>::try_mutate(|stream| stream.give(amount).ok_or(Error::<T>::Overflow))?;
		let (account, withheld) = Self::pay_operator(&operator, amount)?;
		Self::deposit_event(Event::AvailabilityClaimed { operator, account, amount, withheld });
		Ok(())
	}
}
