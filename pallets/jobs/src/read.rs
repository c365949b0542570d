//! What can be read: for runtime APIs.

use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::{traits::AccountIdConversion, DispatchError};
use vektor_primitives::{
	traits::{LiveClock, LiveTime, ModelRegistry, PriceSource, Settlement},
	Asset, JobId, ModelId, OperatorId, Outputs, USDC,
};

use crate::{calls::JobOf, Commitments, Config, Error, HeldEscrow, JobState, Jobs, OpenJobs, Pallet, Quote, Results};

impl<T: Config> Pallet<T> {
	/// The pot that holds the escrows.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// The live time now, in slots.
	pub fn now() -> LiveTime {
		T::Clock::now()
	}

	/// What one inference of `model` costs now in `asset`, or why it cannot be paid so.
	pub fn quote(model: &ModelId, asset: &Asset) -> Result<Quote, DispatchError> {
		let terms = T::Models::terms(model).ok_or(Error::<T>::UnknownModel)?;
		let price = match asset {
			Asset::WithId(USDC) => terms.price.0,
			Asset::WithId(_) => return Err(Error::<T>::UnsupportedAsset.into()),
			Asset::Native => T::Prices::native_at_least(terms.price).map_err(|_| Error::<T>::NoPrice)?,
		};
		T::Settlement::accepts(asset, price)?;
		Ok(Quote { price, terms })
	}

	/// A job and, once settled, its outputs. Nothing when the retention time has passed.
	pub fn info(id: &JobId) -> Option<(JobOf<T>, Outputs)> {
		Some((Jobs::<T>::get(id)?, Results::<T>::get(id).unwrap_or_default()))
	}

	/// The open jobs of an operator: as many as it may have open.
	pub fn open_of(operator: &OperatorId) -> Vec<(JobId, JobOf<T>)> {
		OpenJobs::<T>::iter_key_prefix(operator).filter_map(|id| Some((id, Jobs::<T>::get(id)?))).collect()
	}

	/// The escrows of an account's open jobs, and of those whose refund it refused. Reads each job of its that is kept.
	pub(crate) fn held_by(account: &T::AccountId) -> Vec<HeldEscrow> {
		Commitments::<T>::iter_prefix_values((account,))
			.filter_map(|id| Some((id, Jobs::<T>::get(id)?)))
			.filter(|(_, job)| job.state.holds_escrow())
			.map(|(id, job)| HeldEscrow {
				job: id,
				asset: job.asset,
				amount: job.price,
				deadline: job.deadline,
				refund_due: job.state == JobState::RefundDue,
			})
			.collect()
	}
}
