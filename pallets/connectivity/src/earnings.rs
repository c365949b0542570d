//! What operators earn by being there. A tally counts the units of those who were reached; at its end `Availability` says what
//! these earn together; each one's part comes to its record when the next tally passes it, or somebody asks for it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::Get;
use scale_info::TypeInfo;
use vektor_math::split::pro_rata;
use vektor_primitives::{
	traits::{Availability, Earnings},
	Balance, OperatorId, Usd,
};

use crate::{Config, Left, Pallet, Shares, SlotOf, Tally, TallyState, Watched};

/// What an operator has a part in before it is known what that part is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Pending {
	/// The window in which it was reached.
	pub window: u32,
	/// Its devices that counted in it times what each weighs. Not zero.
	pub units: u64,
}

/// What a window brings those who were there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Shared {
	/// The window.
	pub window: u32,
	/// The units of all of them.
	pub units: u64,
	/// What they earn together, in the smallest unit of VKTR.
	pub share: Balance,
}

impl Watched {
	/// Books what it offered in the window that is tallied, in which it was reached: what of it counts at this Unix time and under
	/// this version of what is trusted.
	pub(crate) fn book(&mut self, state: &mut TallyState, (now, trust): (u64, u32)) {
		let devices = self.offer.attested.counting(now, trust);
		let hourly = self.offer.price.0.saturating_mul(devices.into());
		state.hourly = Usd(state.hourly.0.saturating_add(hourly));
		let units = u64::from(devices).saturating_mul(self.offer.weight.0.into());
		// Units that do not fit are left out, or the parts would sum to more than the whole.
		if let Some(total) = state.units.checked_add(units).filter(|_| units > 0) {
			state.units = total;
			self.pending = Some(Pending { window: state.window, units });
		}
	}

	/// Takes its part of what a window brought, if that is what it waits for. Says whether it was.
	pub(crate) fn settle(&mut self, shared: Option<&Shared>) -> bool {
		let of = |pending: &Pending| shared.filter(|shared| shared.window == pending.window);
		let Some((units, shared)) = self.pending.and_then(|pending| Some((pending.units, of(&pending)?))) else {
			return false;
		};
		let part = pro_rata(shared.share, units.into(), shared.units.into()).unwrap_or_default();
		self.earned = self.earned.saturating_add(part);
		self.pending = None;
		true
	}
}

impl<T: Config> Pallet<T> {
	/// Ends a window for those who were there: what their units earn together is known from now on.
	pub(crate) fn share_out(state: &TallyState) {
		let TallyState { window, units, hourly, .. } = *state;
		let offered = pro_rata(hourly.0, T::WindowLength::get().into(), T::Hour::get().into());
		let share = T::Availability::window(units, Usd(offered.unwrap_or(Balance::MAX)));
		Shares::<T>::put(Shared { window, units, share });
	}

	/// What one that leaves has earned stays its own. If its part of a window is still being tallied it goes to the others.
	pub(crate) fn keep_earned(mut gone: Watched) {
		gone.settle(Shares::<T>::get().as_ref());
		if let Some(pending) = gone.pending {
			Tally::<T>::mutate_extant(|state| state.units = state.units.saturating_sub(pending.units));
		}
		if gone.earned > 0 {
			Left::<T>::mutate(gone.operator, |left| *left = left.saturating_add(gone.earned));
		}
	}
}

impl<T: Config> Earnings for Pallet<T> {
	fn earned(operator: &OperatorId) -> Balance {
		let watched = SlotOf::<T>::get(operator).and_then(Self::in_slot);
		let here = watched.map_or(0, |mut watched| {
			watched.settle(Shares::<T>::get().as_ref());
			watched.earned
		});
		here.saturating_add(Left::<T>::get(operator))
	}

	fn take_earned(operator: &OperatorId) -> Balance {
		let shared = Shares::<T>::get();
		let here = Self::change(operator, |watched| {
			watched.settle(shared.as_ref());
			core::mem::take(&mut watched.earned)
		});
		here.unwrap_or_default().saturating_add(Left::<T>::take(operator))
	}

	/// Half of it, where the operator is watched, as of one that left before and came again, and the page of it full: the most to
	/// read and write.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_earned(operator: &OperatorId, amount: Balance) {
		crate::benchmarking::crowd::<T>();
		let before = amount / 2;
		let here = Self::change(operator, |watched| {
			watched.pending = None;
			watched.earned = amount.saturating_sub(before);
		});
		Left::<T>::insert(operator, here.map_or(amount, |()| before));
	}
}
