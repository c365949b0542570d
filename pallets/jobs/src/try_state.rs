//! The invariants of the README, by their numbers.

use alloc::collections::BTreeMap;

use frame_support::{ensure, traits::fungibles::Inspect};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{Asset, Balance};

use crate::{Books, Commitments, Config, Cursor, DueQueue, JobState, Jobs, OpenJobs, Pallet, Results};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_solvency()?;
		Self::check_books()?;
		Self::check_open()?;
		Self::check_due()?;
		Self::check_commitments()?;
		for id in Results::<T>::iter_keys() {
			ensure!(
				Jobs::<T>::get(id).is_some_and(|job| job.state == JobState::Settled),
				"jobs: invariant 6, outputs are kept for a job that is not settled"
			);
		}
		for (id, job) in Jobs::<T>::iter() {
			ensure!(
				job.state != JobState::Settled || Results::<T>::contains_key(id),
				"jobs: invariant 6, a settled job has no outputs"
			);
			ensure!(
				job.deadline > job.opened && job.price > 0,
				"jobs: invariant 7, a job without time or without a price"
			);
		}
		Ok(())
	}

	fn escrows() -> Option<BTreeMap<Asset, Balance>> {
		let mut escrows = BTreeMap::new();
		for job in Jobs::<T>::iter_values().filter(|job| job.state.holds_escrow()) {
			let sum: &mut Balance = escrows.entry(job.asset).or_default();
			*sum = sum.checked_add(job.price)?;
		}
		Some(escrows)
	}

	fn check_solvency() -> Result<(), TryRuntimeError> {
		let escrows = Self::escrows().ok_or("jobs: invariant 1, the escrows do not fit")?;
		for (asset, held) in escrows {
			let floor = T::Money::minimum_balance(asset.clone());
			ensure!(
				held.checked_add(floor).is_some_and(|needed| T::Money::balance(asset, &Self::pot()) >= needed),
				"jobs: invariant 1, the pot holds less than its floor and the escrows"
			);
		}
		Ok(())
	}

	fn check_books() -> Result<(), TryRuntimeError> {
		let mut escrows = Self::escrows().ok_or("jobs: invariant 2, the escrows do not fit")?;
		for (asset, book) in Books::<T>::iter() {
			let held = escrows.remove(&asset).unwrap_or_default();
			ensure!(book.held() == Some(held), "jobs: invariant 2, a book does not balance");
		}
		ensure!(escrows.is_empty(), "jobs: invariant 2, an escrow is in no book");
		Ok(())
	}

	fn check_open() -> Result<(), TryRuntimeError> {
		for (operator, id) in OpenJobs::<T>::iter_keys() {
			ensure!(
				Jobs::<T>::get(id).is_some_and(|job| job.state == JobState::Open && job.operator == operator),
				"jobs: invariant 3, the index of open jobs holds another job"
			);
		}
		for (id, job) in Jobs::<T>::iter().filter(|(_, job)| job.state == JobState::Open) {
			ensure!(
				OpenJobs::<T>::contains_key(job.operator, id),
				"jobs: invariant 3, an open job is not in its operator's index"
			);
		}
		Ok(())
	}

	fn check_due() -> Result<(), TryRuntimeError> {
		let cursor = Cursor::<T>::get();
		for (due, id) in DueQueue::<T>::iter_keys() {
			ensure!(
				due >= cursor && Jobs::<T>::get(id).is_some_and(|job| job.due == due),
				"jobs: invariant 4, the queue holds what is not due then"
			);
		}
		for (id, job) in Jobs::<T>::iter() {
			ensure!(DueQueue::<T>::contains_key(job.due, id), "jobs: invariant 4, a job is never due");
		}
		Ok(())
	}

	fn check_commitments() -> Result<(), TryRuntimeError> {
		for ((client, model, commitment), id) in Commitments::<T>::iter() {
			let job = Jobs::<T>::get(id);
			ensure!(
				job.is_some_and(|job| (job.client, job.model, job.commitment) == (client, model, commitment)),
				"jobs: invariant 5, a commitment belongs to no job"
			);
		}
		for (id, job) in Jobs::<T>::iter() {
			ensure!(
				Commitments::<T>::get((job.client, job.model, job.commitment)) == Some(id),
				"jobs: invariant 5, a job's commitment is not its own"
			);
		}
		Ok(())
	}
}
