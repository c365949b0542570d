//! The beginning of an interval: locks end, then the stream's part goes to the tiers. The cost is counted in tiers and days, never in
//! positions.

use frame_support::{
	pallet_prelude::Weight,
	traits::{fungible::Mutate, tokens::Preservation::Preserve, Get},
};
use sp_runtime::traits::BlockNumberProvider;
use vektor_math::{
	growth::{self, Tier},
	split::pro_rata,
};

use crate::{
	Book, Checkpoint, Checkpoints, Config, Event, Expiring, Pallet, Stream, TierTable, Vault, WeightInfo, MAX_TIERS,
};

/// Days whose locks end in one block at most. After a stall the rest follows in the next blocks, and no reward is given out before.
pub const DAYS: u32 = 4;

/// Over how many days a reward streams that had to wait.
const LATE_DAYS: u32 = 7;

impl<T: Config> Pallet<T> {
	pub(crate) fn tick() -> Weight {
		let height = T::Height::current_block_number();
		let mut vault = Book::<T>::get();
		if height.saturating_sub(vault.began) < T::Interval::get() {
			return T::WeightInfo::within_an_interval();
		}
		Self::begin(&mut vault, height);
		Book::<T>::put(vault);
		T::WeightInfo::begin_interval()
	}

	fn begin(vault: &mut Vault, height: u32) {
		(vault.interval, vault.began) = (vault.interval.saturating_add(1), height);
		for tier in &mut vault.tiers {
			tier.growth = tier.next;
			tier.shares = tier.shares.saturating_add(tier.fresh);
			tier.fresh = 0;
		}
		let today = Self::today();
		let last = today.min(vault.day.saturating_add(DAYS));
		for day in vault.day.saturating_add(1)..=last {
			Self::end_locks(day, vault);
			vault.day = day;
		}
		match vault.day < today {
			// The next block goes on, and nobody earns before: a lock that has ended must not earn as if it had not.
			true => vault.began = height.saturating_sub(T::Interval::get()),
			false => Self::reward(vault),
		}
		Self::count_electorate(vault);
	}

	/// Moves what becomes liquid on `day` to the liquid tier, at what it is worth now, and notes that for its positions.
	fn end_locks(day: u32, vault: &mut Vault) {
		let expiry = Expiring::<T>::take(day);
		if expiry.positions == 0 {
			return;
		}
		let growths = vault.tiers.map(|tier| tier.growth);
		let moved = Self::moved(&expiry.shares, *vault);
		let Some(moved) = moved else {
			// Sums that were booked fit: they were checked when they were booked. Were it otherwise, nothing would be lost.
			return Expiring::<T>::insert(day, expiry);
		};
		*vault = moved;
		Checkpoints::<T>::insert(day, Checkpoint { growths, positions: expiry.positions });
	}

	fn moved(shares: &[u128; MAX_TIERS], mut vault: Vault) -> Option<Vault> {
		let before = vault.owed()?;
		let mut liquid = 0u128;
		for (tier, shares) in vault.tiers.iter_mut().zip(shares) {
			tier.shares = tier.shares.checked_sub(*shares)?;
			liquid = liquid.checked_add(growth::worth(*shares, tier.growth)?)?;
		}
		let first = vault.tiers.first_mut()?;
		first.shares = first.shares.checked_add(growth::shares(liquid, first.growth)?)?;
		// Less than a unit a tier is left over by rounding.
		let residue = before.checked_sub(vault.owed()?)?;
		vault.stream.take_back(residue)?;
		Some(vault)
	}

	/// Gives this interval's part of the stream to the tiers: it is in what a share is worth from the next interval on.
	fn reward(vault: &mut Vault) {
		let table = TierTable::<T>::get();
		let mut tiers = [Tier { shares: 0, growth: growth::ONE, multiplier: 0 }; MAX_TIERS];
		for ((tier, book), terms) in tiers.iter_mut().zip(&vault.tiers).zip(&table) {
			*tier = Tier { shares: book.shares, growth: book.growth, multiplier: terms.yields.0 };
		}
		if vault.stream.left == 0 {
			vault.stream = Stream::default();
			return;
		}
		let weight = growth::weight(&tiers).unwrap_or_default() / 1_000_000;
		if weight < T::MinTotal::get() {
			return Self::wait(vault);
		}
		// What had to wait streams over a longer time.
		let late = T::Day::get().saturating_mul(LATE_DAYS).checked_div(T::Interval::get()).unwrap_or_default();
		let Stream { left, real, intervals, waited, .. } = vault.stream;
		let parts = if waited > 0 { intervals.max(late) } else { intervals }.max(1);
		let part = left.checked_div(parts.into()).unwrap_or_default();
		// A growth that would not fit refuses the reward: it waits.
		let Some((growths, taken)) = growth::grow(&tiers, part) else {
			return Self::wait(vault);
		};
		for (tier, next) in vault.tiers.iter_mut().zip(growths) {
			tier.next = next.max(tier.growth);
		}
		let rest = left.saturating_sub(taken);
		let still = pro_rata(real, rest, left).unwrap_or_default();
		vault.stream = Stream {
			left: rest,
			real: still,
			part: taken,
			part_real: real.saturating_sub(still),
			intervals: parts.saturating_sub(1),
			waited: 0,
		};
		if taken > 0 {
			Self::deposit_event(Event::Rewarded { interval: vault.interval, amount: taken });
		}
	}

	/// Too little is staked: the reward waits, and goes to the treasury when it has waited too long.
	fn wait(vault: &mut Vault) {
		(vault.stream.part, vault.stream.part_real) = (0, 0);
		vault.stream.waited = vault.stream.waited.saturating_add(1);
		if vault.stream.waited <= T::Patience::get() {
			return;
		}
		let amount = vault.stream.left;
		if T::Currency::transfer(&Self::pot(), &T::Treasury::get(), amount, Preserve).is_ok() {
			vault.stream = Stream::default();
			Self::deposit_event(Event::RewardForfeited { amount });
		}
	}
}
