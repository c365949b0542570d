//! What can be read.

use alloc::vec::Vec;
use frame_support::traits::Get;
use vektor_primitives::{Balance, Ppm};

use crate::{Book, Config, Day, Pallet, Position, Positions, TierTable};

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
				Some(Held {
					worth: position.worth(&vault)?,
					expires: position.expires,
					yields: terms.yields,
					votes: terms.votes,
					position,
				})
			})
			.collect()
	}

	/// The slot, counted from the chain's first, at which a day begins.
	pub fn day_begins(day: Day) -> u32 {
		day.saturating_mul(T::Day::get())
	}
}
