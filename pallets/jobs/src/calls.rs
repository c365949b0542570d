//! What the calls do.

use frame_support::{
	dispatch::{DispatchErrorWithPostInfo, DispatchResultWithPostInfo, Pays, PostDispatchInfo},
	ensure,
	pallet_prelude::Weight,
	traits::Get,
};
use sp_core::H256;
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};
use vektor_primitives::{
	is_canonical, pot,
	traits::{
		EvidenceVerifier, LiveClock, LiveTime, ModelRegistry, OperatorRegistry, OutcomeSink, PriceSource, Settlement,
	},
	Evidence, EvidenceError, JobId, Outcome, Outputs, Refused, Settled, Statement, Usd, Verdict, WorkRef,
};

use crate::{
	Assign, Books, Commitments, Config, DueQueue, Error, Event, Job, JobState, Jobs, Nonces, OpenJobs, Order, Pallet,
	Quote, Results, WeightInfo,
};

pub(crate) type JobOf<T> = Job<<T as frame_system::Config>::AccountId>;

impl<T: Config> Pallet<T> {
	/// What an order weighs: the payment may be in VKTR, and twice it is asked what the operator's collateral is worth.
	pub(crate) fn submit_weight() -> Weight {
		T::WeightInfo::submit().saturating_add(T::Prices::weight().saturating_mul(3))
	}

	/// What a delivery weighs whose evidence took `verifying`.
	pub(crate) fn deliver_weight(verifying: Weight) -> Weight {
		// The payment may be in VKTR.
		T::WeightInfo::deliver().saturating_add(T::Prices::weight()).saturating_add(verifying)
	}

	/// The hash that binds ids and proofs to this chain.
	pub fn genesis() -> H256 {
		frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero())
	}

	pub(crate) fn do_submit(client: T::AccountId, order: Order) -> DispatchResult {
		let Order { model, commitment, payload, max_price, asset, deadline, assign } = order;
		let Assign::Operator(operator) = assign;
		let Quote { price, terms } = Self::quote(&model, &asset)?;
		ensure!(deadline >= terms.min_deadline.max(1), Error::<T>::DeadlineTooShort);
		ensure!(deadline <= T::MaxDeadline::get(), Error::<T>::DeadlineTooLong);
		ensure!(is_canonical(&commitment.0), Error::<T>::NonCanonicalCommitment);
		ensure!(price <= max_price, Error::<T>::PriceAboveMax);
		T::Operators::check(&operator, &terms.needs).map_err(Error::<T>::Ineligible)?;
		let key = (client.clone(), model, commitment);
		ensure!(!Commitments::<T>::contains_key(&key), Error::<T>::DuplicateCommitment);

		let nonce = Nonces::<T>::get(&client);
		let id = JobId::derive(&Self::genesis(), &client, nonce, &commitment);
		let opened = T::Clock::now();
		let deadline = opened.checked_add(deadline).ok_or(Error::<T>::Overflow)?;

		pot::transfer::<T::AccountId, T::Money>(&asset, &client, &Self::pot(), price)?;
		Books::<T>::try_mutate(&asset, |book| {
			book.taken = book.taken.checked_add(price).ok_or(Error::<T>::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		T::Operators::take_exposure(&operator, WorkRef::Job(id), terms.price)?;
		Nonces::<T>::insert(&client, nonce.checked_add(1).ok_or(Error::<T>::Overflow)?);
		Commitments::<T>::insert(key, id);
		OpenJobs::<T>::insert(operator, id, ());
		DueQueue::<T>::insert(deadline, id, ());
		Jobs::<T>::insert(
			id,
			Job {
				client: client.clone(),
				operator,
				model,
				commitment,
				payload,
				asset: asset.clone(),
				price,
				value: terms.price,
				opened,
				deadline,
				due: deadline,
				state: JobState::Open,
				unrated: None,
			},
		);
		Self::deposit_event(Event::Submitted {
			job: id,
			client,
			operator,
			model,
			commitment,
			payload,
			asset,
			price,
			deadline,
		});
		Ok(())
	}

	pub(crate) fn do_deliver(
		agent: T::AccountId,
		id: JobId,
		outputs: Outputs,
		evidence: Evidence,
	) -> DispatchResultWithPostInfo {
		let job = Self::deliverable(&agent, &id).map_err(|error| Self::failed(error, Weight::zero()))?;
		let statement = Self::statement(&id, &job, outputs);
		match T::Verifier::verify(&statement, &evidence) {
			Ok(verdict) => {
				let used = Self::deliver_weight(verdict.used);
				Self::accept(id, job, statement.outputs, verdict).map_err(|error| Self::failed(error, verdict.used))?;
				Ok(PostDispatchInfo { actual_weight: Some(used), pays_fee: Pays::No })
			}
			// A verdict, not an error: an error would undo the record of it.
			Err(Refused { why: EvidenceError::DoesNotHold, .. }) => {
				T::Outcomes::note(&job.operator, &job.client, Outcome::ProofRefused, job.value);
				let reason = EvidenceError::DoesNotHold;
				Self::deposit_event(Event::ProofRefused { job: id, operator: job.operator, reason });
				Ok(Pays::Yes.into())
			}
			Err(Refused { why, used }) => Err(Self::failed(Error::<T>::BadEvidence(why).into(), used)),
		}
	}

	/// What the evidence for a job must show. Every field but the outputs is the chain's own.
	pub fn statement(id: &JobId, job: &JobOf<T>, outputs: Outputs) -> Statement {
		Statement {
			genesis: Self::genesis(),
			job: *id,
			operator: job.operator,
			model: job.model,
			commitment: job.commitment,
			outputs,
		}
	}

	/// The job, if `agent` may deliver it now. In the window in which nothing is judged a deadline is not either.
	pub(crate) fn deliverable(agent: &T::AccountId, id: &JobId) -> Result<JobOf<T>, DispatchError> {
		let job = Jobs::<T>::get(id).ok_or(Error::<T>::UnknownJob)?;
		ensure!(T::Operators::by_agent(agent) == Some(job.operator), Error::<T>::NotYourJob);
		ensure!(job.state == JobState::Open, Error::<T>::NotOpen);
		ensure!(T::Clock::now() <= job.deadline || !T::Clock::judging(), Error::<T>::DeadlinePassed);
		ensure!(T::Models::provable(&job.model), Error::<T>::Unprovable);
		Ok(job)
	}

	fn failed(error: DispatchError, verifying: Weight) -> DispatchErrorWithPostInfo {
		let actual_weight = Some(Self::deliver_weight(verifying));
		DispatchErrorWithPostInfo { post_info: PostDispatchInfo { actual_weight, pays_fee: Pays::Yes }, error }
	}

	/// Settles a job whose evidence holds.
	pub(crate) fn accept(id: JobId, mut job: JobOf<T>, outputs: Outputs, verdict: Verdict) -> DispatchResult {
		let receipt = T::Settlement::settle(
			&Self::pot(),
			Settled {
				payer: job.client.clone(),
				operator: job.operator,
				asset: job.asset.clone(),
				amount: job.price,
				rebate: 0,
				source: WorkRef::Job(id),
			},
		)?;
		Books::<T>::try_mutate(&job.asset, |book| {
			book.settled = book.settled.checked_add(job.price).ok_or(Error::<T>::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		Results::<T>::insert(id, &outputs);
		Self::close(&id, &job, Some((Outcome::Settled, receipt.leak)));
		job.unrated = Some(receipt.leak);
		Self::keep(&id, &mut job, JobState::Settled);

		let Job { client, operator, asset, price, .. } = job;
		Self::deposit_event(Event::Delivered { job: id, operator, outputs });
		Self::deposit_event(Event::Settled {
			job: id,
			client,
			operator,
			asset,
			paid: price,
			direct: receipt.direct,
			queued: receipt.queued,
			lot: receipt.lot,
			assurance: verdict.assurance,
			setup: verdict.setup,
		});
		Ok(())
	}

	pub(crate) fn do_expire(id: JobId) -> DispatchResult {
		let job = Jobs::<T>::get(id).ok_or(Error::<T>::UnknownJob)?;
		ensure!(job.state.holds_escrow(), Error::<T>::NothingToRefund);
		ensure!(T::Clock::now() > job.deadline, Error::<T>::NotExpired);
		ensure!(T::Clock::judging(), Error::<T>::NotJudging);
		Self::refund(&id, job)
	}

	/// Sends the whole escrow back. An error may have changed something: the caller rolls back.
	pub(crate) fn refund(id: &JobId, mut job: JobOf<T>) -> DispatchResult {
		ensure!(
			pot::would_take::<T::AccountId, T::Money>(&job.asset, &job.client, job.price),
			Error::<T>::RefundRefused
		);
		pot::transfer::<T::AccountId, T::Money>(&job.asset, &Self::pot(), &job.client, job.price)?;
		Books::<T>::try_mutate(&job.asset, |book| {
			book.refunded = book.refunded.checked_add(job.price).ok_or(Error::<T>::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		if job.state == JobState::Open {
			Self::close(id, &job, Self::missed(&job));
		}
		Self::keep(id, &mut job, JobState::Refunded);
		let Job { client, operator, asset, price, .. } = job;
		Self::deposit_event(Event::Refunded { job: *id, client, operator, asset, amount: price });
		Ok(())
	}

	pub(crate) fn do_rate(client: T::AccountId, id: JobId, stars: u8, review: Option<H256>) -> DispatchResult {
		ensure!((1..=5).contains(&stars), Error::<T>::StarsOutOfBounds);
		let mut job = Jobs::<T>::get(id).ok_or(Error::<T>::UnknownJob)?;
		ensure!(job.client == client, Error::<T>::NotYourJob);
		let weight = job.unrated.take().ok_or(Error::<T>::NothingToRate)?;
		let operator = job.operator;
		Jobs::<T>::insert(id, job);
		T::Outcomes::rate(&operator, &client, stars, weight);
		Self::deposit_event(Event::Rated { job: id, client, operator, stars, review });
		Ok(())
	}

	/// What a missed deadline counts for: nothing where the model's key was found wrong meanwhile, or rests on what is not trusted any
	/// more, since nothing could be delivered.
	pub(crate) fn missed(job: &JobOf<T>) -> Option<(Outcome, Usd)> {
		T::Models::provable(&job.model).then_some((Outcome::Missed, job.value))
	}

	/// Ends the operator's part in a job. `outcome` comes with what it counts for: what it leaked, or what failed.
	pub(crate) fn close(id: &JobId, job: &JobOf<T>, outcome: Option<(Outcome, Usd)>) {
		OpenJobs::<T>::remove(job.operator, id);
		T::Operators::free_exposure(&job.operator, WorkRef::Job(*id));
		if let Some((outcome, weight)) = outcome {
			T::Outcomes::note(&job.operator, &job.client, outcome, weight);
		}
	}

	/// Keeps a finished job's record for the retention time.
	fn keep(id: &JobId, job: &mut JobOf<T>, state: JobState) {
		let due = T::Clock::now().saturating_add(T::Retention::get());
		Self::put_off(id, job, state, due);
	}

	/// Writes a job whose state and next due time changed.
	pub(crate) fn put_off(id: &JobId, job: &mut JobOf<T>, state: JobState, due: LiveTime) {
		DueQueue::<T>::remove(job.due, id);
		DueQueue::<T>::insert(due, id, ());
		job.due = due;
		job.state = state;
		Jobs::<T>::insert(id, &*job);
	}
}
