//! The invariants of the README, by their numbers.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{SaturatedConversion, TryRuntimeError};
use vektor_primitives::{OperatorId, Reach};

use crate::{
	rules, Config, CurrentSet, Free, Kept, Left, Pages, Pallet, Probers, Reports, Scores, Shares, SlotOf, Slots, Tally,
	Watched, Windowing, Windows, HOUR, MAX_MISSED, PAGE,
};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let slots = Self::all_slots()?;
		Self::check_slots(&slots)?;
		Self::check_watched(&slots)?;
		Self::check_windows()?;
		Self::check_sets()?;
		Self::check_reports()?;
		Self::check_tally()?;
		Self::check_earnings(&slots)
	}

	/// Every slot by its number and what is in it.
	fn all_slots() -> Result<Vec<(u32, Option<Watched>)>, TryRuntimeError> {
		let slots = Slots::<T>::get();
		ensure!(
			slots <= T::MaxPages::get().saturating_mul(PAGE)
				&& Pages::<T>::iter_keys().collect::<BTreeSet<_>>() == (0..rules::pages(slots)).collect(),
			"connectivity: invariant 3, not the pages of the slots"
		);
		let mut all = Vec::new();
		for (page, row) in Pages::<T>::iter() {
			ensure!(
				u32::try_from(row.len()) == Ok(rules::places_on(page, slots)),
				"connectivity: invariant 3, a page of another length"
			);
			let first = page.saturating_mul(PAGE);
			all.extend((first..).zip(row));
		}
		Ok(all)
	}

	fn check_slots(slots: &[(u32, Option<Watched>)]) -> Result<(), TryRuntimeError> {
		let there: BTreeMap<OperatorId, u32> =
			slots.iter().filter_map(|(slot, one)| Some((one.as_ref()?.operator, *slot))).collect();
		let taken = slots.iter().filter(|(_, one)| one.is_some()).count();
		ensure!(
			there.len() == taken && SlotOf::<T>::iter().collect::<BTreeMap<_, _>>() == there,
			"connectivity: invariant 1, the slots are not those of the pages"
		);
		let empty: BTreeSet<u32> = slots.iter().filter(|(_, one)| one.is_none()).map(|(slot, _)| *slot).collect();
		let free: BTreeMap<u32, u32> = Free::<T>::iter().collect();
		ensure!(
			u32::try_from(empty.len()) == Ok(Free::<T>::count())
				&& free.len() == empty.len()
				&& free.keys().copied().eq(0..Free::<T>::count())
				&& free.values().copied().collect::<BTreeSet<_>>() == empty,
			"connectivity: invariant 2, the free slots are not the empty ones"
		);
		Ok(())
	}

	fn check_watched(slots: &[(u32, Option<Watched>)]) -> Result<(), TryRuntimeError> {
		let next = Self::window().saturating_add(1);
		for watched in slots.iter().filter_map(|(_, one)| one.as_ref()) {
			ensure!(
				watched.missed <= MAX_MISSED && (!watched.accused || watched.missed > 0),
				"connectivity: invariant 4, an incident that cannot be"
			);
			ensure!(
				(watched.proved || watched.reach == Reach::Unproved)
					&& watched.since <= next
					&& watched.unproved_since < next,
				"connectivity: invariant 4, judged before it was shown to be there"
			);
			ensure!(
				watched.missed <= HOUR || watched.uptime < u32::MAX,
				"connectivity: invariant 4, down for an hour and never down"
			);
		}
		Ok(())
	}

	fn check_windows() -> Result<(), TryRuntimeError> {
		let kept = Kept::<T>::get();
		ensure!(
			kept.windows(2).all(|pair| pair.first() < pair.last())
				&& Windows::<T>::iter_keys().collect::<BTreeSet<_>>() == kept.iter().copied().collect(),
			"connectivity: invariant 5, the kept windows are not those that are there"
		);
		let progress = Windowing::<T>::get();
		let current = progress.map(|progress| progress.current);
		ensure!(
			kept.last().copied() <= current && progress.is_none_or(|progress| progress.untallied <= progress.current),
			"connectivity: invariant 5, a window that has not begun"
		);
		for (window, record) in Windows::<T>::iter() {
			let ended = Some(window) != current;
			let seeded = record.sample_seed.is_some();
			ensure!(
				if ended { seeded || record.neutral } else { !seeded },
				"connectivity: invariant 5, a window ends with a seed or judges nobody"
			);
			ensure!(record.slots <= Slots::<T>::get(), "connectivity: invariant 5, slots that never were");
		}
		Ok(())
	}

	fn check_sets() -> Result<(), TryRuntimeError> {
		let current = CurrentSet::<T>::get();
		let mut used: BTreeSet<u32> = Windows::<T>::iter_values().map(|record| record.set).collect();
		used.insert(current);
		let mut there: BTreeSet<u32> = Probers::<T>::iter_keys().collect();
		// The set before any session said who probes.
		used.remove(&0);
		there.remove(&0);
		ensure!(
			there == used && used.last().is_none_or(|last| *last <= current),
			"connectivity: invariant 6, the sets are not those that windows look with"
		);
		Ok(())
	}

	fn check_reports() -> Result<(), TryRuntimeError> {
		let current = Windowing::<T>::get().map(|progress| progress.current);
		for (window, prober, marks) in Reports::<T>::iter() {
			let record = Windows::<T>::get(window).ok_or("connectivity: invariant 7, a report of no window")?;
			let seat = Self::seat(window, &record, prober).ok_or("connectivity: invariant 7, a report of nobody")?;
			ensure!(
				Some(window) < current && !record.neutral && rules::is_packed(&marks, seat.places),
				"connectivity: invariant 7, a report that could not be"
			);
		}
		Ok(())
	}

	fn check_tally() -> Result<(), TryRuntimeError> {
		let scores = Scores::<T>::get();
		let Some(state) = Tally::<T>::get() else {
			ensure!(scores.is_empty(), "connectivity: invariant 8, scores without a tally");
			return Ok(());
		};
		let record = Windows::<T>::get(state.window).ok_or("connectivity: invariant 8, the tally of no window")?;
		let progress = Windowing::<T>::get().unwrap_or_default();
		let reports = scores.iter().filter(|score| score.reported).count();
		ensure!(
			(progress.untallied..progress.current).contains(&state.window)
				&& state.page <= rules::pages(record.slots)
				&& state.judged <= record.slots
				&& state.accusations <= T::MaxAccusations::get().min(state.judged)
				&& scores.len() == Probers::<T>::get(record.set).len()
				&& reports == state.reports.saturated_into::<usize>(),
			"connectivity: invariant 8, a tally that could not be"
		);
		ensure!(
			scores.iter().all(|score| score.agreed <= score.looked
				&& score.looked <= score.judged
				&& score.judged <= state.judged
				&& score.pages <= state.page),
			"connectivity: invariant 8, a score that could not be"
		);
		Ok(())
	}

	fn check_earnings(slots: &[(u32, Option<Watched>)]) -> Result<(), TryRuntimeError> {
		let (shared, tally) = (Shares::<T>::get(), Tally::<T>::get());
		let untallied = Windowing::<T>::get().map_or(0, |progress| progress.untallied);
		ensure!(
			shared.is_none_or(|shared| shared.window < untallied),
			"connectivity: invariant 9, a share of a window that is not tallied"
		);
		let pending: Vec<_> = slots.iter().filter_map(|(_, one)| one.as_ref()?.pending).collect();
		ensure!(
			pending.iter().all(|one| one.units > 0
				&& (tally.is_some_and(|state| state.window == one.window)
					|| shared.is_some_and(|shared| shared.window == one.window))),
			"connectivity: invariant 9, a part of a window that is neither tallied now nor was last"
		);
		let units = |window: u32| -> u128 {
			let of = pending.iter().filter(|one| one.window == window);
			of.map(|one| u128::from(one.units)).sum()
		};
		ensure!(
			tally.is_none_or(|state| units(state.window) == state.units.into())
				&& shared.is_none_or(|shared| units(shared.window) <= shared.units.into()),
			"connectivity: invariant 9, parts that are not of the whole"
		);
		ensure!(Left::<T>::iter_values().all(|left| left > 0), "connectivity: invariant 10, nothing was left");
		Ok(())
	}
}
