//! What happens by itself: due jobs are refunded, finished ones forgotten. Bounded per block, resumed in the next.

use frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter};
use sp_runtime::DispatchError;
use vektor_primitives::{
	traits::{LiveClock, LiveTime},
	JobId,
};

use crate::{calls::JobOf, Commitments, Config, Cursor, DueQueue, Event, JobState, Jobs, Pallet, Results, WeightInfo};

impl<T: Config> Pallet<T> {
	/// Attends to what is due, in order of time, while weight and steps last. While nothing is judged, nothing is done.
	pub(crate) fn tick(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::tick()).is_err() || !T::Clock::judging() {
			return;
		}
		let (now, start) = (T::Clock::now(), Cursor::<T>::get());
		let (step, refund) = (T::WeightInfo::tick_step(), T::WeightInfo::expire());
		let mut cursor = start;
		// One walk for each slot: to begin anew at each job would pass all that were removed in this block.
		let mut due = DueQueue::<T>::iter_key_prefix(cursor);
		for _ in 0..T::TickSteps::get() {
			// There is room for the dearest step; most are no refunds.
			if cursor >= now || !meter.can_consume(step.saturating_add(refund)) {
				break;
			}
			meter.consume(step);
			match due.next() {
				Some(id) => Self::attend(cursor, id, now, meter),
				None => {
					cursor = cursor.saturating_add(1);
					due = DueQueue::<T>::iter_key_prefix(cursor);
				}
			}
		}
		if cursor != start {
			Cursor::<T>::put(cursor);
		}
	}

	/// Deals with one due job so that it is not due at `at` any more.
	fn attend(at: LiveTime, id: JobId, now: LiveTime, meter: &mut WeightMeter) {
		match Jobs::<T>::get(id) {
			Some(job) if job.due == at && job.state.holds_escrow() => {
				meter.consume(T::WeightInfo::expire());
				let refunded = with_storage_layer::<_, DispatchError, _>(|| Self::refund(&id, job.clone()));
				if refunded.is_err() {
					Self::defer(&id, job, now);
				}
			}
			Some(job) if job.due == at => Self::forget(&id, &job),
			_ => DueQueue::<T>::remove(at, id),
		}
	}

	/// Releases the operator and tries the refund again later: as long after now as the deadline is before it, so that each
	/// wait is twice the one before.
	fn defer(id: &JobId, mut job: JobOf<T>, now: LiveTime) {
		if job.state == JobState::Open {
			Self::close(id, &job, Self::missed(&job));
		}
		let wait = now.saturating_sub(job.deadline).max(T::RefundRetry::get());
		let retry = now.saturating_add(wait);
		Self::put_off(id, &mut job, JobState::RefundDue, retry);
		Self::deposit_event(Event::RefundDeferred {
			job: *id,
			client: job.client,
			asset: job.asset,
			amount: job.price,
			retry,
		});
	}

	/// Removes a finished job, its outputs and its hold on the commitment.
	fn forget(id: &JobId, job: &JobOf<T>) {
		DueQueue::<T>::remove(job.due, id);
		Commitments::<T>::remove((&job.client, job.model, job.commitment));
		Results::<T>::remove(id);
		Jobs::<T>::remove(id);
	}
}
