//! One benchmark per call, each at its worst: the longest strings, other operators of the same owner, rows that exist where
//! they are dearer. What the shared traits cost is in the calls of those who use them.

use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungibles::{Inspect, Mutate},
		EnsureOrigin, Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use vektor_primitives::{
	traits::{LiveClock, OperatorRegistry, OutcomeSink},
	Asset, Balance, OperatorId, Outcome, Ppm, Usd,
};

use crate::{AgentOf, Call, Classes, Config, Former, HardwareClass, Operators, OwnedBy, OwnedCount, Pallet};

fn filled<S: Get<u32>>(head: &[u8]) -> BoundedVec<u8, S> {
	let mut bytes = head.to_vec();
	bytes.resize(S::get() as usize, b'a');
	BoundedVec::truncate_from(bytes)
}

fn class<T: Config>() -> HardwareClass {
	HardwareClass {
		name: filled(b""),
		memory_gb: 80,
		bandwidth_gbps: 3_350,
		tier: 1,
		multiplier: Ppm(1_500_000),
		collateral_per_gpu: T::MinCollateral::get(),
		reference_price: Usd(2_500_000),
		enabled: true,
	}
}

fn fund<T: Config>(who: &T::AccountId, amount: Balance) {
	let floor = T::Money::minimum_balance(Asset::Native);
	T::Money::mint_into(Asset::Native, who, amount + floor).expect("VKTR can be minted");
}

/// An owner with money, a pot with its floor, a class in the table.
fn owner<T: Config>() -> T::AccountId {
	let owner: T::AccountId = account("owner", 0, 0);
	fund::<T>(&owner, T::MinCollateral::get() * 10);
	fund::<T>(&Pallet::<T>::pot(), 0);
	Classes::<T>::insert(class::<T>().name, class::<T>());
	owner
}

fn join<T: Config>(owner: &T::AccountId, agent: &T::AccountId) -> OperatorId {
	Pallet::<T>::do_register(
		owner.clone(),
		agent.clone(),
		class::<T>().name,
		1,
		filled(b""),
		T::MinUplink::get(),
		filled(b"https://"),
		T::MinCollateral::get(),
	)
	.expect("an owner with money can register");
	AgentOf::<T>::get(agent).expect("just registered")
}

/// An owner of two operators, if it may have two; the first one's agent and id.
fn operator<T: Config>() -> (T::AccountId, T::AccountId, OperatorId) {
	let (owner, agent) = (owner::<T>(), account("agent", 0, 0));
	let operator = join::<T>(&owner, &agent);
	if T::MaxPerOwner::get() > 1 {
		join::<T>(&owner, &account("agent", 1, 0));
	}
	(owner, agent, operator)
}

fn active<T: Config>() -> (T::AccountId, T::AccountId, OperatorId) {
	let (owner, agent, operator) = operator::<T>();
	Pallet::<T>::do_activate(agent.clone(), operator).expect("it has its collateral");
	(owner, agent, operator)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register() {
		let owner = owner::<T>();
		let agent: T::AccountId = account("agent", 0, 0);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner.clone()),
			agent.clone(),
			class::<T>().name,
			1,
			filled(b""),
			T::MinUplink::get(),
			filled(b"https://"),
			T::MinCollateral::get(),
		);

		assert!(AgentOf::<T>::contains_key(agent));
		assert_eq!(OwnedCount::<T>::get(owner), 1);
	}

	#[benchmark]
	fn activate() {
		let (_, agent, operator) = operator::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), operator);

		assert_eq!(Pallet::<T>::ineligible(&operator), None);
	}

	#[benchmark]
	fn drain() {
		let (_, agent, operator) = active::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), operator);

		assert!(Pallet::<T>::ineligible(&operator).is_some());
	}

	#[benchmark]
	fn bond_extra() {
		let (owner, _, operator) = operator::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), operator, T::MinCollateral::get());

		let collateral = Operators::<T>::get(operator).map(|record| record.collateral);
		assert_eq!(collateral, Some(T::MinCollateral::get() * 2));
	}

	#[benchmark]
	fn unbond() {
		let (owner, _, operator) = operator::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), operator);

		assert!(Operators::<T>::get(operator).is_some_and(|record| record.unbonding.is_some()));
	}

	#[benchmark]
	fn withdraw_unbonded() {
		let (owner, _, operator) = operator::<T>();
		Pallet::<T>::note(&operator, Outcome::Settled, Usd(1));
		Operators::<T>::mutate_extant(operator, |record| {
			record.unbonding = Some(T::Clock::now());
			record.served = true;
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), operator);

		assert!(!OwnedBy::<T>::contains_key(&owner, operator));
		assert_eq!(Former::<T>::get(operator), Some(owner));
	}

	#[benchmark]
	fn set_agent() {
		let (owner, _, operator) = operator::<T>();
		let new: T::AccountId = account("new", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), operator, new.clone());

		assert_eq!(Pallet::<T>::by_agent(&new), Some(operator));
	}

	#[benchmark]
	fn update() {
		let (_, agent, operator) = operator::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), operator, Some(filled(b"b")), Some(filled(b"http://")));

		assert!(Operators::<T>::get(operator).is_some_and(|record| record.region.starts_with(b"b")));
	}

	#[benchmark]
	fn set_class() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, class::<T>());

		assert!(Classes::<T>::contains_key(class::<T>().name));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
