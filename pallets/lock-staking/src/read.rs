//! What can be read.

use alloc::vec::Vec;
use frame_support::traits::Get;
use vektor_math::{growth, split::pro_rata};
use vektor_primitives::{Balance, Ppm};

use crate::{Book, Config, Day, Pallet, Position, Positions, Shared, Tier, TierTable};

/// A position as its owner asks for it, a lock that has ended being crossed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
	/// The position as it stands now.
	pub position: Position,
	/// What it is worth, in the smallest unit: principal and yield.
	pub worth: Balance,
	/// The day on which it becomes liquid. Zero where it is.
	pub expires: Day,
	/// What a unit of it earns beside a liquid one.
	pub yields: Ppm,
	/// What a unit of it votes with.
	pub votes: Ppm,
	/// Of what it is worth, what is due to those whom its yield is shared with, in the smallest unit.
	pub due: Balance,
}

/// What a tier earns in a year at this interval's pace, yield upon yield not counted. It is an observation and no promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
	/// The tier.
	pub tier: Tier,
	/// What all of it is worth, in the smallest unit.
	pub staked: Balance,
	/// From what clients paid, in parts per million of the stake.
	pub real: u64,
	/// From what is emitted, in parts per million of the stake.
	pub emission: u64,
}

impl<T: Config> Pallet<T> {
	/// An account's positions, as they stand now.
	pub fn held(who: &T::AccountId) -> Vec<Held> {
		let (vault, table) = (Book::<T>::get(), TierTable::<T>::get());
		let owned = Positions::<T>::get(who).into_iter();
		owned
			.filter_map(|position| {
				let position = Self::up_to_date(&position, &vault)?;
				let terms = table.get(usize::from(position.tier))?;
				let worth = position.worth(&vault)?;
				let parts = Shared::<T>::get(position.id).map(|share| share.parts(worth, position.principal));
				let (delegate, validators) = parts.unwrap_or_default();
				Some(Held {
					worth,
					due: delegate.saturating_add(validators),
					expires: position.expires,
					yields: terms.yields,
					votes: terms.votes,
					position,
				})
			})
			.collect()
	}

	/// What each tier earns in a year of so many blocks, at the pace of the stream. Nothing while rewards wait for more to be staked.
	pub fn rates(year: u32) -> Vec<Rate> {
		let (vault, table) = (Book::<T>::get(), TierTable::<T>::get());
		let stream = vault.stream;
		let tiers = || vault.tiers.iter().zip(&table);
		let worth = |shares, growth| growth::worth(shares, growth).unwrap_or_default();
		let weight = tiers().fold(0u128, |sum, (book, terms)| {
			let earning = worth(book.shares.saturating_add(book.fresh), book.next);
			sum.saturating_add(pro_rata(earning, terms.yields.0.into(), Ppm::ONE.0.into()).unwrap_or_default())
		});
		let flows = stream.waited == 0 && weight >= T::MinTotal::get();
		// A year's worth of this interval's part, for a unit of weight.
		let yearly = |left: Balance| match flows {
			true => {
				let intervals = year.checked_div(T::Interval::get()).unwrap_or_default();
				let part = left.checked_div(stream.intervals.max(1).into()).unwrap_or_default();
				pro_rata(part, Balance::from(intervals).saturating_mul(Ppm::ONE.0.into()), weight).unwrap_or_default()
			}
			false => 0,
		};
		let of = |yearly: Balance, tier: &Tier| {
			let rate = pro_rata(yearly, tier.yields.0.into(), Ppm::ONE.0.into()).unwrap_or_default();
			u64::try_from(rate).unwrap_or(u64::MAX)
		};
		let (real, emission) = (yearly(stream.real), yearly(stream.left.saturating_sub(stream.real)));
		let rate = |(book, tier): (&crate::TierBook, &Tier)| Rate {
			tier: *tier,
			staked: worth(book.shares, book.growth).saturating_add(worth(book.fresh, book.next)),
			real: of(real, tier),
			emission: of(emission, tier),
		};
		tiers().map(rate).collect()
	}

	/// The slot, counted from the chain's first, at which a stake of today in a tier becomes liquid. Zero for the liquid one.
	pub fn liquid_at(tier: &Tier) -> u32 {
		Self::ends(tier).map_or(u32::MAX, Self::day_begins)
	}

	/// The slot, counted from the chain's first, at which a day begins.
	pub fn day_begins(day: Day) -> u32 {
		day.saturating_mul(T::Day::get())
	}
}
