//! The shared trait that this pallet implements: `Watch`.

use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use sp_runtime::SaturatedConversion;
use vektor_primitives::{
	traits::{LiveTime, Watch},
	Offer, OperatorId, Presence, Reach,
};

use crate::{rules, Config, Error, Event, Free, Pages, Pallet, SlotOf, Slots, Watched, FIRST_UPTIME, PAGE};

impl<T: Config> Pallet<T> {
	/// Writes what is in a slot. Says what was.
	fn put(slot: u32, content: Option<Watched>) -> Option<Watched> {
		let (page, place) = (slot.checked_div(PAGE).unwrap_or(0), slot.checked_rem(PAGE).unwrap_or(0));
		Pages::<T>::mutate(page, |there| {
			let row = there.get_or_insert_with(Default::default);
			match row.get_mut(place.saturated_into::<usize>()) {
				Some(entry) => core::mem::replace(entry, content),
				// Slots are handed out in order: this is the one after the last.
				None => {
					let _ = row.try_push(content);
					None
				}
			}
		})
	}

	/// Changes the record of an operator that is watched. Nothing happens for others.
	pub(crate) fn change<R>(operator: &OperatorId, change: impl FnOnce(&mut Watched) -> R) -> Option<R> {
		let slot = SlotOf::<T>::get(operator)?;
		Pages::<T>::mutate_extant(slot.checked_div(PAGE)?, |row| {
			let place = slot.checked_rem(PAGE)?.saturated_into::<usize>();
			row.get_mut(place)?.as_mut().map(change)
		})
	}

	/// A slot for one more: the one freed last, else the next.
	fn take_slot() -> Result<u32, Error<T>> {
		if let Some(slot) = Free::<T>::count().checked_sub(1).and_then(Free::<T>::take) {
			return Ok(slot);
		}
		let slot = Slots::<T>::get();
		ensure!(slot < T::MaxPages::get().saturating_mul(PAGE), Error::<T>::TooManyWatched);
		Slots::<T>::put(slot.saturating_add(1));
		Ok(slot)
	}

	/// Tells that it is not known any more how an operator is reached.
	fn lost(operator: &OperatorId) {
		let (operator, window) = (*operator, Self::window());
		Self::deposit_event(Event::ReachChanged { operator, reach: Reach::Unproved, window });
	}
}

impl<T: Config> Watch for Pallet<T> {
	fn enter(operator: &OperatorId) -> DispatchResult {
		let window = Self::window();
		let since = window.saturating_add(1);
		let known = Self::change(operator, |watched| {
			watched.since = since;
			if !watched.serving && !watched.proved {
				watched.unproved_since = window;
			}
			watched.serving = true;
			rules::doubt(watched)
		});
		if let Some(lost) = known {
			if lost {
				Self::lost(operator);
			}
			return Ok(());
		}
		let slot = Self::take_slot()?;
		SlotOf::<T>::insert(operator, slot);
		let newcomer = Watched {
			operator: *operator,
			since,
			proved: false,
			unproved_since: window,
			serving: true,
			excused_until: 0,
			missed: 0,
			accused: false,
			reach: Reach::Unproved,
			uptime: FIRST_UPTIME,
			offer: Offer::default(),
			pending: None,
			earned: 0,
		};
		Self::put(slot, Some(newcomer));
		Ok(())
	}

	fn rest(operator: &OperatorId) {
		Self::change(operator, |watched| watched.serving = false);
	}

	fn changed(operator: &OperatorId, moved: bool) {
		let window = Self::window();
		let lost = Self::change(operator, |watched| {
			watched.since = window.saturating_add(1);
			if !moved {
				return rules::doubt(watched);
			}
			watched.proved = false;
			watched.unproved_since = window;
			core::mem::replace(&mut watched.reach, Reach::Unproved) != Reach::Unproved
		});
		if lost == Some(true) {
			Self::lost(operator);
		}
	}

	fn excuse(operator: &OperatorId, until: LiveTime) {
		let lost = Self::change(operator, |watched| {
			watched.excused_until = until;
			rules::doubt(watched)
		});
		if lost == Some(true) {
			Self::lost(operator);
		}
	}

	fn leave(operator: &OperatorId) {
		let Some(slot) = SlotOf::<T>::take(operator) else {
			return;
		};
		if let Some(watched) = Self::put(slot, None) {
			Self::keep_earned(watched);
		}
		Free::<T>::insert(Free::<T>::count(), slot);
	}

	fn offers(operator: &OperatorId, offer: Offer) {
		Self::change(operator, |watched| watched.offer = offer);
	}

	fn presence(operator: &OperatorId) -> Presence {
		let watched = SlotOf::<T>::get(operator).and_then(Self::in_slot);
		watched.map_or_else(Presence::default, |watched| Presence {
			reach: watched.reach,
			uptime: rules::uptime_ppm(watched.uptime),
		})
	}
}
