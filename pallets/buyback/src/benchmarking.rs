//! One benchmark per call and hook, each at its worst.

use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use sp_runtime::traits::BlockNumberProvider;
use vektor_primitives::{traits::Purchases, Balance, ONE_USDC, VKTR};

use crate::{Averages, Call, Config, Engine, Fault, Guards, Limits, Market, Pace, Pallet, Pool, Stopped};

const RESERVES: (Balance, Balance) = (1_000_000 * ONE_USDC, 10_000_000 * VKTR);

/// A pool that was seen for long, and an interval of which one block is left.
fn ready<T: Config>() {
	let now = T::Fast::get() + 100;
	T::Elapsed::set_block_number(now);
	T::Height::set_block_number(now);
	let spot = T::Pool::reserves().ok().and_then(|(usd, native)| vektor_math::market::spot(usd, native));
	let price = spot.expect("a pool");
	let (dollars, usual) = (RESERVES.0, RESERVES.0);
	Market::<T>::put(Averages { fast: price, slow: price, since: 0, at: now - 1, dollars, usual });
	let began = (now + 1).saturating_sub(T::Interval::get());
	Engine::<T>::put(Pace { began, ..Pace::default() });
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_guards() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Guards::default());

		assert!(Limits::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn pause() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert_eq!(Stopped::<T>::get(), Some(Fault::Governed));
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Stopped::<T>::put(Fault::Governed);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert!(!Stopped::<T>::exists());
		Ok(())
	}

	/// A block without a purchase, in which an interval and a day begin.
	#[benchmark]
	fn look() {
		T::Pool::setup(RESERVES);
		ready::<T>();
		Engine::<T>::mutate(|pace| pace.began = 0);

		#[block]
		{
			Pallet::<T>::tick();
		}

		assert!(Engine::<T>::get().began > 0);
	}

	/// A block with one.
	#[benchmark]
	fn purchase() {
		T::Pool::setup(RESERVES);
		// So little that it closes its lot, which is dearer.
		T::Purchases::setup(ONE_USDC);
		ready::<T>();
		let dollars = || T::Pool::reserves().map_or(0, |(usd, _)| usd);
		let before = dollars();

		#[block]
		{
			Pallet::<T>::tick();
		}

		assert!(dollars() > before);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
