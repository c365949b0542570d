//! One position against the vault: what it is worth, and what moves when it changes. No storage but the checkpoint of its day.

use vektor_math::{growth, split::pro_rata};
use vektor_primitives::Balance;

use crate::{Checkpoint, Checkpoints, Config, Pallet, Position, TierBook, Vault};

impl Position {
	/// What of its shares came in this interval.
	fn fresh_in(&self, vault: &Vault) -> Balance {
		match self.since == vault.interval {
			true => self.fresh,
			false => 0,
		}
	}

	/// The tier that it stands in.
	fn book<'a>(&self, vault: &'a Vault) -> Option<&'a TierBook> {
		vault.tiers.get(usize::from(self.tier))
	}

	/// What it is worth now, its lock having been crossed where its day has passed.
	pub fn worth(&self, vault: &Vault) -> Option<Balance> {
		let book = self.book(vault)?;
		let fresh = self.fresh_in(vault);
		let old = growth::worth(self.shares.checked_sub(fresh)?, book.growth)?;
		old.checked_add(growth::worth(fresh, book.next)?)
	}

	/// Whether its lock has ended and it has not been touched since.
	pub fn is_over(&self, vault: &Vault) -> bool {
		self.tier != 0 && self.expires <= vault.day
	}

	/// The position on the liquid tier, as the checkpoint of its day found it.
	pub fn crossed(&self, checkpoint: &Checkpoint) -> Option<Self> {
		let value = growth::worth(self.shares, *checkpoint.growths.get(usize::from(self.tier))?)?;
		let shares = growth::shares(value, *checkpoint.growths.first()?)?;
		Some(Self { tier: 0, shares, fresh: 0, expires: 0, ..*self })
	}

	/// Adds `amount` at what a share is worth from the next interval on. The shares that it bought.
	pub(crate) fn add(&mut self, amount: Balance, vault: &mut Vault) -> Option<Balance> {
		let fresh = self.fresh_in(vault);
		let book = vault.tiers.get_mut(usize::from(self.tier))?;
		let bought = growth::shares(amount, book.next)?;
		book.fresh = book.fresh.checked_add(bought)?;
		self.shares = self.shares.checked_add(bought)?;
		(self.fresh, self.since) = (fresh.checked_add(bought)?, vault.interval);
		Some(bought)
	}

	/// Takes `amount` out, or all of it where that is what it is worth; what it would still have earned in this interval goes back to the
	/// stream. The shares that it cost.
	pub(crate) fn take(&mut self, amount: Balance, vault: &mut Vault) -> Option<Balance> {
		let before = vault.owed()?;
		let fresh = self.fresh_in(vault);
		let old = self.shares.checked_sub(fresh)?;
		let all = self.worth(vault)? == amount;
		let book = vault.tiers.get_mut(usize::from(self.tier))?;
		let of_old = match all {
			true => old,
			false => cost(amount, book.growth)?.min(old),
		};
		let of_fresh = match all {
			true => fresh,
			false => cost(amount.saturating_sub(growth::worth(of_old, book.growth)?), book.next)?.min(fresh),
		};
		book.shares = book.shares.checked_sub(of_old)?;
		book.fresh = book.fresh.checked_sub(of_fresh)?;
		self.shares = old.checked_sub(of_old)?.checked_add(fresh.checked_sub(of_fresh)?)?;
		(self.fresh, self.since) = (fresh.checked_sub(of_fresh)?, vault.interval);
		let residue = before.checked_sub(vault.owed()?)?.checked_sub(amount)?;
		vault.stream.take_back(residue)?;
		of_old.checked_add(of_fresh)
	}
}

/// The shares that `amount` costs at `growth`, rounded up: who takes a part out never leaves the others less.
fn cost(amount: Balance, growth: u128) -> Option<Balance> {
	let down = growth::shares(amount, growth)?;
	match pro_rata(down, growth, growth::ONE)? < amount {
		true => down.checked_add(1),
		false => Some(down),
	}
}

impl<T: Config> Pallet<T> {
	/// The position as it stands now: a lock that has ended is crossed. Reads the checkpoint of its day.
	pub fn up_to_date(position: &Position, vault: &Vault) -> Option<Position> {
		match position.is_over(vault) {
			false => Some(*position),
			true => position.crossed(&Checkpoints::<T>::get(position.expires)?),
		}
	}

	/// The same, for good: the checkpoint is forgotten with its last position.
	pub(crate) fn cross(position: &mut Position, vault: &Vault) -> Option<()> {
		if !position.is_over(vault) {
			return Some(());
		}
		let day = position.expires;
		let mut checkpoint = Checkpoints::<T>::get(day)?;
		*position = position.crossed(&checkpoint)?;
		checkpoint.positions = checkpoint.positions.checked_sub(1)?;
		match checkpoint.positions {
			0 => Checkpoints::<T>::remove(day),
			_ => Checkpoints::<T>::insert(day, checkpoint),
		}
		Some(())
	}
}
