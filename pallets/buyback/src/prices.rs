//! What VKTR is worth. Reserves are looked at where a block begins, before any of its transactions: who moves the price and back in one block is
//! never seen, and tokens sent to the pool count for as long as they lie there.

use frame_support::{pallet_prelude::Weight, traits::Get};
use frame_system::Phase;
use sp_runtime::traits::BlockNumberProvider;
use vektor_math::{
	market::{self, Prices},
	split::pro_rata,
};
use vektor_primitives::{
	traits::{PriceError, PriceSource, Purchases},
	Balance, Usd,
};

use crate::{Averages, Config, Market, Pallet, Pool, WeightInfo};

impl<T: Config> Pallet<T> {
	/// Lets the averages follow what is in the pool now. The dollars that were in it when it was seen last.
	pub(crate) fn look(spot: u128, dollars: Balance) -> Balance {
		let before = Market::<T>::get().map_or(0, |last| last.dollars);
		let now = T::Elapsed::current_block_number();
		let first = Averages { fast: spot, slow: spot, since: now, at: now, dollars, usual: dollars };
		Market::<T>::put(Self::seen(spot, dollars).unwrap_or(first));
		before
	}

	/// The averages as they are once this block has looked.
	fn seen(spot: u128, dollars: Balance) -> Option<Averages> {
		let (now, fast, slow) = (T::Elapsed::current_block_number(), T::Fast::get(), T::Slow::get());
		let last = Market::<T>::get()?;
		let elapsed = now.saturating_sub(last.at);
		Some(Averages {
			fast: market::follow(last.fast, spot, elapsed, fast)?,
			slow: market::follow(last.slow, spot, elapsed, slow)?,
			since: if elapsed > fast { now } else { last.since },
			at: now,
			dollars,
			usual: market::follow(last.usual, dollars, elapsed, slow)?,
		})
	}

	/// The pool's price beside its averages, and the dollars that are usually in it. Nothing while averages are not fresh, or younger than the fast
	/// one's half-life.
	pub(crate) fn prices(spot: u128, dollars: Balance) -> Option<(Prices, Balance)> {
		let now = T::Elapsed::current_block_number();
		// Hooks that come before this pallet's see what it will; a transaction's doing is never looked at.
		let is_beginning = matches!(frame_system::Pallet::<T>::execution_phase(), Some(Phase::Initialization));
		let seen = if is_beginning { Self::seen(spot, dollars)? } else { Market::<T>::get()? };
		let Averages { fast, slow, since, at, usual, .. } = seen;
		(at == now && now.saturating_sub(since) >= T::Fast::get()).then_some((Prices { spot, fast, slow }, usual))
	}

	fn now() -> Result<Prices, PriceError> {
		Self::with_dollars().map(|(prices, _)| prices)
	}

	/// Prices, and the dollars that are usually in the pool. What is in it now says only whether it has a price.
	fn with_dollars() -> Result<(Prices, Balance), PriceError> {
		let deep = |(usd, _): &(Balance, Balance)| *usd >= T::LeastDepth::get();
		let (usd, native) = T::Pool::reserves().ok().filter(deep).ok_or(PriceError::NoSource)?;
		let spot = market::spot(usd, native).ok_or(PriceError::NoSource)?;
		Self::prices(spot, usd).ok_or(PriceError::Stale)
	}
}

impl<T: Config> PriceSource for Pallet<T> {
	/// What looking at the pool weighs where a block begins, which reads the same and writes besides.
	fn weight() -> Weight {
		T::WeightInfo::look()
	}

	fn worth_at_least(native: Balance) -> Result<Usd, PriceError> {
		market::worth(native, Self::now()?.lowest()).map(Usd).ok_or(PriceError::NoSource)
	}

	fn native_at_least(value: Usd) -> Result<Balance, PriceError> {
		market::costs(value.0, Self::now()?.lowest()).ok_or(PriceError::NoSource)
	}

	fn native_at_most(value: Usd) -> Result<Balance, PriceError> {
		// Liquidity comes and goes for nothing: by what is in the pool in this block, who knows when it is asked would choose the answer.
		let (prices, usual) = Self::with_dollars()?;
		let price = market::after(prices.highest(), usual, T::Purchases::waiting());
		price.and_then(|price| pro_rata(value.0, market::SCALE, price)).ok_or(PriceError::NoSource)
	}
}
