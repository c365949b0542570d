//! One purchase an interval, at a moment that nobody knows before, of a size that nobody gains by trading around it, at a price that the averages vouch for.

use codec::{Decode, Encode};
use frame_support::{pallet_prelude::Weight, storage::with_storage_layer, traits::Get};
use sp_core::H256;
use sp_runtime::{traits::BlockNumberProvider, DispatchError};
use vektor_math::{market, split::pro_rata};
use vektor_primitives::{
	traits::{Purchase, Purchases},
	Balance, Ppm,
};

use crate::{Config, Engine, Event, Fault, Limits, Pace, Pallet, Pool, Refusal, Stopped, WeightInfo};

/// Why nothing was bought.
enum Not {
	/// There is nothing to buy.
	Asked,
	/// Not now.
	Now(Refusal),
	/// Not before somebody has mended it.
	Yet(Fault),
}

impl<T: Config> Pallet<T> {
	pub(crate) fn tick() -> Weight {
		let reserves = T::Pool::reserves();
		let spot = reserves.ok().and_then(|(usd, native)| market::spot(usd, native));
		let dollars = reserves.map_or(0, |(usd, _)| usd);
		let dollars_before = spot.map_or(0, |spot| Self::look(spot, dollars));
		if Stopped::<T>::exists() {
			return T::WeightInfo::look();
		}
		let before = Engine::<T>::get();
		let mut pace = before;
		let height = T::Height::current_block_number();
		Self::begin(&mut pace, height);
		let is_on = !pace.done && Self::is_drawn(&pace, height);
		if is_on {
			pace.done = true;
			// What was put into the pool since the last block enlarges no purchase.
			Self::purchase(&mut pace, reserves.map(|_| dollars.min(dollars_before)), spot);
		}
		if pace != before {
			Engine::<T>::put(pace);
		}
		if is_on {
			T::WeightInfo::purchase()
		} else {
			T::WeightInfo::look()
		}
	}

	/// A new interval, and a new day, where it is time.
	fn begin(pace: &mut Pace, height: u32) {
		if height.saturating_sub(pace.began) >= T::Interval::get() {
			(pace.began, pace.done) = (height, false);
		}
		let day = T::Elapsed::current_block_number().checked_div(T::Day::get()).unwrap_or_default().saturating_add(1);
		if day != pace.day {
			(pace.day, pace.spent) = (day, 0);
		}
	}

	/// Whether this block is the one: each of those that are left with the same chance.
	fn is_drawn(pace: &Pace, height: u32) -> bool {
		let passed = height.saturating_sub(pace.began);
		let left = T::Interval::get().saturating_sub(passed).max(1);
		let drawn = |seed: H256| {
			let hash = sp_io::hashing::blake2_256(&(seed, height).encode());
			u64::decode(&mut hash.as_slice()).is_ok_and(|drawn| drawn.checked_rem(left.into()) == Some(0))
		};
		T::Seed::get().map_or(left == 1, drawn)
	}

	fn purchase(pace: &mut Pace, dollars: Result<Balance, Fault>, spot: Option<u128>) {
		match Self::try_purchase(pace, dollars, spot) {
			Ok(()) | Err(Not::Asked) => {}
			Err(Not::Now(cause)) => Self::deposit_event(Event::Refused { cause }),
			Err(Not::Yet(fault)) => Self::stop(fault),
		}
	}

	fn try_purchase(pace: &mut Pace, dollars: Result<Balance, Fault>, spot: Option<u128>) -> Result<(), Not> {
		let purchase = T::Purchases::next().filter(|purchase| purchase.most > 0).ok_or(Not::Asked)?;
		let usd = dollars.map_err(Not::Yet)?;
		let guards = Limits::<T>::get();
		let bounds = guards.bounds();
		let spot = spot.ok_or(Not::Yet(Fault::EmptyPool))?;
		let (prices, _) = Self::prices(spot, usd).ok_or(Not::Now(Refusal::Stale))?;
		if usd < T::LeastDepth::get() {
			return Err(Not::Now(Refusal::TooShallow));
		}
		if prices.is_dear(&bounds) {
			return Err(Not::Now(Refusal::TooDear));
		}
		if prices.has_fallen(&bounds) {
			return Err(Not::Now(Refusal::Fallen));
		}
		// Of what is in the pool now: who takes its dollars out for a block takes nothing from the day.
		let daily = pro_rata(usd, guards.daily.0.into(), Ppm::ONE.0.into()).unwrap_or_default();
		let left = daily.saturating_sub(pace.spent);
		if left < T::LeastClip::get() {
			return Err(Not::Now(Refusal::DayIsSpent));
		}
		let depth = market::depth(usd, spot, prices.lower());
		let safe = depth.and_then(|depth| market::clip(depth, T::Pool::fee().0, guards.rival.0)).unwrap_or_default();
		if safe == 0 {
			return Err(Not::Now(Refusal::TooShallow));
		}
		let spent = Self::paced(&purchase).min(safe).min(left);
		let least = prices.least(spent, &bounds).filter(|least| *least > 0).ok_or(Not::Asked)?;
		if T::Pool::quote(spent).is_none_or(|got| got < least) {
			return Err(Not::Now(Refusal::Slippage));
		}
		let account = purchase.account;
		let got = with_storage_layer(|| {
			let got = T::Pool::buy(&account, spent, least)?;
			T::Purchases::bought(spent, got)?;
			Ok::<_, DispatchError>(got)
		})
		.map_err(|_| Not::Yet(Fault::SwapFailed))?;
		pace.spent = pace.spent.saturating_add(spent);
		Self::deposit_event(Event::Bought { account, spent, got, price: spot });
		Ok(())
	}

	/// What is to be spent, evenly over the intervals that are left for it.
	fn paced(purchase: &Purchase<T::AccountId>) -> Balance {
		let even = purchase.waiting.div_ceil(purchase.intervals.max(1).into());
		even.max(T::LeastClip::get()).min(purchase.most)
	}
}
