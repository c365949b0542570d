//! One benchmark per call and hook, each at its worst. What a settlement costs is in the calls of those who settle.

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	EnsureOrigin, Get,
};
use vektor_primitives::{traits::Rounds, Asset, Balance, OperatorId, Usd, ONE_USDC, USDC};

use crate::{Call, Config, Leaks, Owed, Pallet, RevenueSplit, RoundBook, RoundBooks, Split};

const ASSET: Asset = Asset::WithId(USDC);

fn mint<T: Config>(who: &T::AccountId, amount: Balance) {
	let floor = T::Money::minimum_balance(ASSET);
	T::Money::mint_into(ASSET, who, amount + floor).expect("an asset that exists can be minted");
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_split() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let split = RevenueSplit::NEXUS;

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
	fn forget(n: Linear<1, { crate::tick::FORGOTTEN_PER_BLOCK }>) {
		for i in 0..n {
			Leaks::<T>::insert(0, OperatorId::derive(&Default::default(), &i, 0), Usd(1));
		}
		RoundBooks::<T>::insert(0, RoundBook { settled: Usd(n.into()), leak: Usd(n.into()) });
		T::Rounds::set_current(T::LeakHistory::get() + 1);

		#[block]
		{
			Pallet::<T>::forget_leaks(frame_support::weights::Weight::MAX);
		}

		assert_eq!(Leaks::<T>::iter_prefix(0).count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
