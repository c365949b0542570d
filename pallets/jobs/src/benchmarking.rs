//! One benchmark per call and hook, each at its worst. `deliver` is measured without the verification, whose own worst
//! case the call adds.

use alloc::vec;

use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungibles::{Inspect, Mutate},
		Get,
	},
	weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;
use sp_core::H256;
use vektor_primitives::{
	traits::LiveClock, Asset, Assurance, Balance, JobId, KeySetup, ModelId, OperatorId, Verdict, MAX_OUTPUTS, USDC,
};

use crate::{Assign, Call, Config, Cursor, JobState, Jobs, Nonces, Pallet};

/// What the other pallets must hold before a job can be submitted.
pub trait BenchmarkHelper<AccountId> {
	/// Gives `client` USDC, and has a model that takes jobs and an operator that may take them: the model, the operator and
	/// the operator's agent.
	fn prepare(client: &AccountId) -> (ModelId, OperatorId, AccountId);
	/// Lets live slots pass. The chain judges afterwards.
	fn pass(slots: u32);
}

const ASSET: Asset = Asset::WithId(USDC);

/// A client, an agent and an open job.
fn open<T: Config>() -> Result<(T::AccountId, T::AccountId, JobId), BenchmarkError> {
	let client: T::AccountId = whitelisted_caller();
	T::Money::mint_into(ASSET, &Pallet::<T>::pot(), T::Money::minimum_balance(ASSET))?;
	let (model, operator, agent) = T::BenchmarkHelper::prepare(&client);
	let nonce = Nonces::<T>::get(&client);
	let commitment = H256::zero();
	let id = JobId::derive(&Pallet::<T>::genesis(), &client, nonce, &commitment);
	Pallet::<T>::submit(
		RawOrigin::Signed(client.clone()).into(),
		model,
		commitment,
		H256::zero(),
		Balance::MAX,
		ASSET,
		T::MaxDeadline::get(),
		Assign::Operator(operator),
	)?;
	Ok((client, agent, id))
}

fn accept<T: Config>(agent: &T::AccountId, id: JobId) -> Result<(), BenchmarkError> {
	let job = Pallet::<T>::deliverable(agent, &id)?;
	let outputs = vec![[0u8; 32]; MAX_OUTPUTS as usize].try_into().map_err(|_| "too many outputs")?;
	let statement = Pallet::<T>::statement(&id, &job, outputs);
	let verdict = Verdict { assurance: Assurance::Zk, setup: KeySetup::SingleParty, used: Weight::zero() };
	Ok(Pallet::<T>::accept(id, job, statement.outputs, verdict)?)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let client: T::AccountId = whitelisted_caller();
		T::Money::mint_into(ASSET, &Pallet::<T>::pot(), T::Money::minimum_balance(ASSET))?;
		let (model, operator, _) = T::BenchmarkHelper::prepare(&client);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(client.clone()),
			model,
			H256::zero(),
			H256::zero(),
			Balance::MAX,
			ASSET,
			T::MaxDeadline::get(),
			Assign::Operator(operator),
		);

		assert_eq!(Nonces::<T>::get(&client), 1);
		Ok(())
	}

	#[benchmark]
	fn deliver() -> Result<(), BenchmarkError> {
		let (_, agent, id) = open::<T>()?;
		let accepted;

		#[block]
		{
			accepted = accept::<T>(&agent, id);
		}

		accepted?;
		assert_eq!(Jobs::<T>::get(id).map(|job| job.state), Some(JobState::Settled));
		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let (client, _, id) = open::<T>()?;
		T::BenchmarkHelper::pass(T::MaxDeadline::get() + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(client), id);

		assert_eq!(Jobs::<T>::get(id).map(|job| job.state), Some(JobState::Refunded));
		Ok(())
	}

	#[benchmark]
	fn rate() -> Result<(), BenchmarkError> {
		let (client, agent, id) = open::<T>()?;
		accept::<T>(&agent, id)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(client), id, 5, Some(H256::zero()));

		assert_eq!(Jobs::<T>::get(id).map(|job| job.unrated), Some(None));
		Ok(())
	}

	#[benchmark]
	fn tick() {
		Cursor::<T>::put(T::Clock::now());

		#[block]
		{
			Pallet::<T>::tick(&mut WeightMeter::new());
		}

		assert_eq!(Cursor::<T>::get(), T::Clock::now());
	}

	#[benchmark]
	fn tick_step() -> Result<(), BenchmarkError> {
		let (_, agent, id) = open::<T>()?;
		accept::<T>(&agent, id)?;
		let due = Jobs::<T>::get(id).map(|job| job.due).ok_or("no job")?;
		T::BenchmarkHelper::pass(due + 1);
		Cursor::<T>::put(due);

		#[block]
		{
			Pallet::<T>::tick(&mut WeightMeter::new());
		}

		assert!(!Jobs::<T>::contains_key(id));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
