//! What the calls do.

use frame_support::ensure;
use sp_runtime::DispatchResult;

use crate::{Config, Error, Event, Fault, Guards, Limits, Pallet, Stopped};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_guards(guards: Guards) -> DispatchResult {
		ensure!(guards.is_sound(), Error::<T>::GuardsUnsound);
		Limits::<T>::put(guards);
		Self::deposit_event(Event::GuardsSet { guards });
		Ok(())
	}

	pub(crate) fn do_pause() -> DispatchResult {
		ensure!(!Stopped::<T>::exists(), Error::<T>::AlreadyPaused);
		Self::stop(Fault::Governed);
		Ok(())
	}

	pub(crate) fn do_resume() -> DispatchResult {
		ensure!(Stopped::<T>::take().is_some(), Error::<T>::NotPaused);
		Self::deposit_event(Event::Resumed);
		Ok(())
	}

	pub(crate) fn stop(fault: Fault) {
		Stopped::<T>::put(fault);
		Self::deposit_event(Event::Paused { fault });
	}
}
