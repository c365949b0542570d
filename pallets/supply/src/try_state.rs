//! The invariants of the README, by their numbers.

use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use vektor_primitives::Balance;

use crate::{
	Airdrop, Allocations, Burned, Config, CurrentRound, EmissionPolicy, Emitted, EraOwed, EraPending, Loads, Pace,
	Pallet, Parameters, Policy, Release, Streamed,
};

fn sum(amounts: impl Iterator<Item = Balance>) -> Option<Balance> {
	amounts.into_iter().try_fold(0u128, |sum, amount| sum.checked_add(amount))
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let issuance = T::Currency::total_issuance();
		let gone = sum(Burned::<T>::iter_values()).and_then(|burned| burned.checked_add(issuance));
		ensure!(gone == Some(T::Cap::get()), "supply: invariant 1, issuance and burned do not sum to the cap");

		let rows = Allocations::<T>::get();
		let table = sum(rows.iter().map(|row| row.amount));
		ensure!(table == Some(T::Cap::get()), "supply: invariant 2, the allocations do not sum to the cap");

		let pace = Pace::<T>::get();
		let held = Self::available(&Self::emission_pot()).saturating_add(Emitted::<T>::get().net());
		// Never less; more where somebody gave to the pot.
		ensure!(held >= pace.total, "supply: invariant 3, the emission pot lacks what was not emitted");

		let owed = EraPending::<T>::get().saturating_add(EraOwed::<T>::get());
		let era = Self::available(&Self::era_pot());
		ensure!(era >= owed, "supply: invariant 4, the era pot lacks what is pending and owed");

		let claims = sum(Airdrop::<T>::iter_values());
		ensure!(
			claims.is_some_and(|claims| Self::available(&Self::airdrop_pot()) >= claims),
			"supply: invariant 5, the airdrop's pot lacks shares that are not claimed"
		);

		let stream = rows.iter().filter(|row| matches!(row.release, Release::Treasury(_))).map(|row| row.amount);
		let left = sum(stream).and_then(|amount| amount.checked_sub(Streamed::<T>::get()));
		ensure!(
			left.is_some_and(|left| Self::available(&Self::stream_pot()) >= left),
			"supply: invariant 6, the treasury's pot lacks what has not come free"
		);

		ensure!(T::Parameters::are_sound(), "supply: invariant 7, a parameter is missing or outside its bounds");
		let round = CurrentRound::<T>::get();
		ensure!(round.began < round.ends, "supply: invariant 8, the round ends before it begins");
		let policy: EmissionPolicy = Policy::<T>::get();
		ensure!(policy.is_sound(&pace), "supply: invariant 9, the policy cannot be followed");
		let ended = usize::try_from(round.index).unwrap_or(usize::MAX);
		ensure!(Loads::<T>::get().len() <= ended, "supply: invariant 8, more loads than ended rounds");
		Ok(())
	}
}
