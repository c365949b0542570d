//! One benchmark per call and hook, each at its worst. What a settlement costs is in the calls of those who settle.

use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve},
	EnsureOrigin, Get,
};
use vektor_primitives::{
	traits::{Earnings, OperatorRegistry, Purchases, Rounds, Slashes},
	Asset, Balance, JobId, OperatorId, Ppm, Usd, WorkRef, ONE_USDC, USDC, VKTR,
};

use crate::{
	Accrual, Accrued, AvailabilityStream, Call, Collecting, CollectingLot, Compensated, Config, Factor, Leak, Leaks,
	Lot, LotState, Lots, Measure, Multipliers, OldestLeaks, Owed, Pallet, Progress, Queue, RevenueSplit, RoundBook,
	RoundBooks, Split, Stream,
};

const ASSET: Asset = Asset::WithId(USDC);

fn mint<T: Config>(who: &T::AccountId, amount: Balance) {
	let floor = T::Money::minimum_balance(ASSET);
	T::Money::mint_into(ASSET, who, amount + floor).expect("an asset that exists can be minted");
}

fn mint_native<T: Config>(who: &T::AccountId, amount: Balance) {
	let floor = T::Money::minimum_balance(Asset::Native);
	T::Money::mint_into(Asset::Native, who, amount + floor).expect("it takes money");
}

/// As many lots without a dollar as a purchase passes at once come before it.
const LOT: u32 = 7;

/// A lot of a round that has ended, half an operator's, with `usd` to spend that lie in the pot.
pub fn lot_to_spend<T: Config>(usd: Balance) -> OperatorId {
	let operator = T::Operators::for_benchmarks();
	mint::<T>(&Pallet::<T>::pot(), usd);
	let mut lot = Lot::open(frame_system::Pallet::<T>::block_number(), 0);
	(lot.asset_in, lot.to_spend, lot.operators) = (usd, usd, usd / 2);
	(lot.stakers, lot.burn) = (usd / 4, usd - usd / 2 - usd / 4);
	lot.value_total = Usd(usd);
	Lots::<T>::insert(LOT, ASSET, lot);
	Accrued::<T>::insert((LOT, ASSET), operator, Accrual { value: Usd(usd), amount: usd / 2 });
	CollectingLot::<T>::put(Collecting { lot: LOT, round: 0 });
	// Those before it had no dollars: a purchase passes them.
	Progress::<T>::put(Queue { turned: LOT, waiting: LOT, buying: 0, kept: LOT, unspent: usd });
	T::Rounds::set_current(1);
	Pallet::<T>::tick();
	operator
}

/// The same, half of it bought and then overflown: the dearest to pay, since it is paid in both assets.
fn overflown<T: Config>() -> OperatorId {
	let operator = lot_to_spend::<T>(1_000 * ONE_USDC);
	let native = 1_000 * VKTR;
	mint_native::<T>(&Pallet::<T>::pot(), native);
	burn_dollars::<T>(500 * ONE_USDC);
	assert!(Pallet::<T>::next().is_some());
	Pallet::<T>::bought(500 * ONE_USDC, native).expect("it is booked");
	T::Rounds::set_current(T::Patience::get() + 1);
	Pallet::<T>::tick();
	assert_eq!(Lots::<T>::get(LOT, ASSET).map(|lot| lot.state), Some(LotState::Overflow));
	operator
}

/// Round 0, in which so many operators worked, and what their work earned. The first of them.
fn worked<T: Config>(operators: u32) -> OperatorId {
	let leak = Leak { leak: Usd(ONE_USDC), counted: Usd(ONE_USDC) };
	let first = T::Operators::for_benchmarks();
	let others = (1..operators).map(|i| OperatorId::derive(&Default::default(), &i, 0));
	[first].into_iter().chain(others).for_each(|operator| Leaks::<T>::insert(0, operator, leak));
	let all = Usd(ONE_USDC * Balance::from(operators));
	let work = VKTR * Balance::from(operators);
	let book = RoundBook { settled: all, leak: all, counted: all, work, work_due: work, ..Default::default() };
	RoundBooks::<T>::insert(0, book);
	mint_native::<T>(&Pallet::<T>::pot(), work);
	first
}

/// What the pool would have taken.
fn burn_dollars<T: Config>(amount: Balance) {
	let pot = Pallet::<T>::pot();
	T::Money::burn_from(ASSET, &pot, amount, Preserve, Exact, Polite).expect("it has them");
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

	/// A round of which nobody claimed what its work earned: the dearest, since that is forfeited.
	#[benchmark]
	fn forget(n: Linear<1, { crate::tick::ROWS_PER_BLOCK }>) {
		worked::<T>(n);
		T::Rounds::set_current(T::LeakHistory::get() + 1);

		#[block]
		{
			Pallet::<T>::tidy(frame_support::weights::Weight::MAX);
		}

		assert_eq!((Leaks::<T>::iter_prefix(0).count(), RoundBooks::<T>::get(0).work_due), (0, 0));
	}

	#[benchmark]
	fn claim_work() {
		let operator = worked::<T>(1);
		T::Rounds::set_current(1);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(frame_system::RawOrigin::Signed(caller), operator, 0);

		assert!(!Leaks::<T>::contains_key(0, operator));
	}

	#[benchmark]
	fn reward_work() {
		worked::<T>(1);
		RoundBooks::<T>::mutate(0, |book| (book.work, book.work_due) = (0, 0));
		T::Rounds::set_current(1);
		let emission: T::AccountId = account("emission", 0, 0);
		mint_native::<T>(&emission, VKTR);

		#[block]
		{
			Pallet::<T>::reward_work(0, &emission, VKTR).expect("it is given");
		}

		assert_eq!(RoundBooks::<T>::get(0).work, VKTR);
	}

	#[benchmark]
	fn claim_availability() {
		let operator = T::Operators::for_benchmarks();
		AvailabilityStream::<T>::put(Stream { pool: VKTR, due: VKTR });
		mint_native::<T>(&Pallet::<T>::pot(), 2 * VKTR);
		T::Earnings::set_earned(&operator, VKTR);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(frame_system::RawOrigin::Signed(caller), operator);

		assert_eq!((T::Earnings::earned(&operator), AvailabilityStream::<T>::get().due), (0, 0));
	}

	/// A window in which somebody was there and there is something to share.
	#[benchmark]
	fn share_window() {
		RoundBooks::<T>::insert(T::Rounds::current(), RoundBook::default());
		AvailabilityStream::<T>::put(Stream { pool: VKTR, due: VKTR });
		let share;

		#[block]
		{
			share = Pallet::<T>::share_window(Usd(ONE_USDC), VKTR);
		}

		assert!(share > 0 && AvailabilityStream::<T>::get().due == VKTR + share);
		assert_eq!(RoundBooks::<T>::get(T::Rounds::current()).offered, Usd(ONE_USDC));
	}

	#[benchmark]
	fn reward_availability() {
		RoundBooks::<T>::insert(0, RoundBook { offered: Usd(ONE_USDC), ..Default::default() });
		AvailabilityStream::<T>::put(Stream { pool: VKTR, due: VKTR });
		T::Rounds::set_current(1);
		let emission: T::AccountId = account("emission", 0, 0);
		mint_native::<T>(&emission, VKTR);

		#[block]
		{
			Pallet::<T>::reward_availability(0, &emission, VKTR).expect("it is given");
		}

		assert_eq!(RoundBooks::<T>::get(0).availability, VKTR);
	}

	#[benchmark]
	fn set_factors() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let all = [
			Measure::Hardware,
			Measure::Speed,
			Measure::Quality,
			Measure::Uptime,
			Measure::Demand,
			Measure::Rarity,
			Measure::Loyalty,
		];
		let factors = all.map(|measure| Factor { measure, least: Ppm::ONE, most: Ppm::ONE }).to_vec();
		let factors: crate::Factors = factors.try_into().expect("at most eight");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, factors.clone());

		assert_eq!(Multipliers::<T>::get(), factors);
		Ok(())
	}

	#[benchmark]
	fn compensate() -> Result<(), BenchmarkError> {
		let origin = T::ReserveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let beneficiary: T::AccountId = account("client", 0, 0);
		let work = WorkRef::Job(JobId::default());
		mint::<T>(&T::Reserve::get(), ONE_USDC);
		let case = T::Slashes::setup();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, work, case, beneficiary, ASSET, ONE_USDC);

		assert!(Compensated::<T>::contains_key(work));
		Ok(())
	}

	#[benchmark]
	fn claim() {
		let operator = overflown::<T>();
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(frame_system::RawOrigin::Signed(caller), operator, LOT, ASSET);

		assert!(!Accrued::<T>::contains_key((LOT, ASSET), operator));
	}

	/// A lot in both assets, of which parts of the overflown one were not claimed.
	#[benchmark]
	fn expire(n: Linear<1, { crate::tick::ROWS_PER_BLOCK }>) {
		let first = overflown::<T>();
		let mut lot = Lots::<T>::get(LOT, ASSET).expect("a lot");
		lot.closed = lot.claimable;
		Lots::<T>::insert(LOT, ASSET, &lot);
		Lots::<T>::insert(LOT, Asset::Native, Lot { state: LotState::Closed, native_due: 0, asset_due: 0, ..lot });
		Accrued::<T>::remove((LOT, ASSET), first);
		let accrual = Accrual { value: Usd(ONE_USDC), amount: ONE_USDC };
		for i in 0..n {
			Accrued::<T>::insert((LOT, ASSET), OperatorId::derive(&Default::default(), &i, 0), accrual);
		}
		let late = frame_system::Pallet::<T>::block_number() + T::ClaimPeriod::get();
		frame_system::Pallet::<T>::set_block_number(late);
		// Leaks have nothing to do with it.
		OldestLeaks::<T>::put(T::Rounds::current());

		#[block]
		{
			Pallet::<T>::tidy(frame_support::weights::Weight::MAX);
		}

		assert_eq!(Accrued::<T>::iter_prefix((LOT, ASSET)).count(), 0);
	}

	/// A block in which no lot is due.
	#[benchmark]
	fn no_lot() {
		lot_to_spend::<T>(1_000 * ONE_USDC);
		let before = Progress::<T>::get();

		#[block]
		{
			Pallet::<T>::tick();
		}

		assert_eq!(Progress::<T>::get(), before);
	}

	/// A round's end with a lot in both assets: what was paid in VKTR is divided at once.
	#[benchmark]
	fn turn_lot() {
		lot_to_spend::<T>(1_000 * ONE_USDC);
		let native = 1_000 * VKTR;
		mint_native::<T>(&Pallet::<T>::pot(), native);
		let mut lot = Lots::<T>::get(LOT, ASSET).expect("a lot");
		lot.state = LotState::Collecting;
		Lots::<T>::insert(LOT, ASSET, lot);
		let mut lot = Lot { to_spend: native, asset_in: native, operators: native / 2, stakers: native / 4, ..lot };
		lot.burn = native / 4;
		Lots::<T>::insert(LOT, Asset::Native, lot);
		Progress::<T>::put(Queue { turned: LOT, waiting: LOT, buying: LOT, kept: LOT, unspent: 1_000 * ONE_USDC });

		#[block]
		{
			Pallet::<T>::tick();
		}

		assert_eq!(Lots::<T>::get(LOT, Asset::Native).map(|lot| lot.state), Some(LotState::Closed));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
