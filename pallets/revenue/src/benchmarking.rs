//! One benchmark per call and hook, each at its worst: every share above zero, every receiver new.

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	EnsureOrigin, Get,
};
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{
	traits::Settlement, Asset, Balance, JobId, OperatorId, Ppm, Settled, Usd, WorkRef, ONE_USDC, USDC,
};

use crate::{
	Call, Config, CurrentRound, Event, Leaks, Owed, Pallet, RevenueSplit, Round, RoundBook, RoundBooks, Split,
};

const ASSET: Asset = Asset::WithId(USDC);

fn mint<T: Config>(who: &T::AccountId, amount: Balance) {
	let floor = T::Money::minimum_balance(ASSET);
	T::Money::mint_into(ASSET, who, amount + floor).expect("an asset that exists can be minted");
}

fn everyone() -> RevenueSplit {
	let share = Ppm(125_000);
	RevenueSplit {
		direct: share,
		operators: share,
		stakers: share,
		burn: share,
		treasury: share,
		reserve: share,
		operations: share,
		quality: share,
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_split() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let split = everyone();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, split);

		assert_eq!(Split::<T>::get(), split);
		Ok(())
	}

	#[benchmark]
	fn payout() {
		let caller: T::AccountId = whitelisted_caller();
		let owner: T::AccountId = account("owner", 0, 0);
		mint::<T>(&Pallet::<T>::pot(), ONE_USDC);
		Owed::<T>::insert(&owner, ASSET, ONE_USDC);

		#[extrinsic_call]
		_(frame_system::RawOrigin::Signed(caller), owner.clone(), ASSET);

		assert_eq!(T::Money::balance(ASSET, &owner), ONE_USDC);
	}

	#[benchmark]
	fn settle() -> Result<(), BenchmarkError> {
		let from: T::AccountId = frame_support::PalletId(*b"vk/bench").into_account_truncating();
		mint::<T>(&from, ONE_USDC);
		mint::<T>(&Pallet::<T>::pot(), 0);
		Split::<T>::put(everyone());
		let settled = Settled {
			payer: account("payer", 0, 0),
			operator: OperatorId::default(),
			asset: ASSET,
			amount: ONE_USDC,
			rebate: 0,
			source: WorkRef::Job(JobId::default()),
		};

		let receipt;
		#[block]
		{
			receipt = <Pallet<T> as Settlement<T::AccountId>>::settle(&from, settled);
		}

		assert_eq!(receipt.map_err(|_| BenchmarkError::Stop("settle failed"))?.direct, 125_000);
		frame_system::Pallet::<T>::assert_has_event(
			Event::<T>::Settled {
				source: WorkRef::Job(JobId::default()),
				payer: account("payer", 0, 0),
				operator: OperatorId::default(),
				asset: ASSET,
				amount: ONE_USDC,
				value: Usd(ONE_USDC),
				direct: 125_000,
				queued: 375_000,
				lot: 0,
				leak: Usd(750_000),
			}
			.into(),
		);
		Ok(())
	}

	#[benchmark]
	fn forget(n: Linear<1, { crate::tick::FORGOTTEN_PER_BLOCK }>) {
		for i in 0..n {
			Leaks::<T>::insert(0, OperatorId::derive(&Default::default(), &i, 0), Usd(1));
		}
		RoundBooks::<T>::insert(0, RoundBook { settled: Usd(n.into()), leak: Usd(n.into()) });
		let index = T::LeakHistory::get() + 1;
		CurrentRound::<T>::put(Round { index, ends: index * T::RoundLength::get() });

		#[block]
		{
			Pallet::<T>::forget_leaks(frame_support::weights::Weight::MAX);
		}

		assert_eq!(Leaks::<T>::iter_prefix(0).count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
