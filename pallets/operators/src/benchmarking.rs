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
use sp_core::H256;
use vektor_primitives::{
	traits::{DeviceSink, LiveClock, OperatorRegistry, OutcomeSink, Seeds, Watch},
	Asset, Attested, Balance, CaseId, Loss, Needs, Offence, OperatorId, Outcome, Ppm, Usd,
};

use crate::{
	AgentOf, Ban, Bans, Bursts, Call, CaseQueue, CaseState, Cases, Classes, Config, Former, HardwareClass, MedianDay,
	NextCase, OffenceTerms, Offences, Operators, OwnedBy, OwnedCount, Pallet, Roster, RosterSize, StakeTier, Tiers,
	CLIENTS, MAX_CANDIDATES, MAX_TIERS,
};

/// What the market does for benchmarks.
pub trait BenchmarkHelper {
	/// Makes VKTR have a price.
	fn price();
}

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

/// An operator that serves, with the longest endpoint, whose agent is this.
pub fn active_with_agent<T: Config>(agent: &T::AccountId) -> OperatorId {
	let operator = join::<T>(&owner::<T>(), agent);
	Pallet::<T>::do_activate(agent.clone(), operator).expect("it has its collateral");
	operator
}

/// An operator that serves, that another follows in the roster, and of which all is remembered that may be.
fn veteran<T: Config>() -> (T::AccountId, T::AccountId, OperatorId) {
	let (owner, agent, operator) = active::<T>();
	if T::MaxPerOwner::get() > 1 {
		let other = AgentOf::<T>::get(account::<T::AccountId>("agent", 1, 0)).expect("just registered");
		Pallet::<T>::do_activate(owner.clone(), other).expect("it has its collateral");
	}
	for number in 0..CLIENTS {
		Pallet::<T>::note(&operator, &account("client", number, 0), Outcome::Settled, Usd(100));
	}
	(owner, agent, operator)
}

fn terms() -> OffenceTerms {
	OffenceTerms { fraction: Ppm::ONE, ban: Ban::Forever, appeal: 1, pause: 0 }
}

fn tier(number: u32) -> StakeTier {
	StakeTier {
		name: filled(&[b'a'.saturating_add(number as u8)]),
		min_stake: number.into(),
		max_slash: Ppm(200_000),
		discount: Ppm(0),
		priority: Ppm(0),
	}
}

/// A case that takes all, of an operator that served, with a victim and a challenger.
fn case<T: Config>() -> (CaseId, OperatorId) {
	let (_, _, operator) = veteran::<T>();
	Tiers::<T>::put(crate::StakeTiers::truncate_from((0..MAX_TIERS).map(tier).collect()));
	Offences::<T>::insert(Offence::NetworkAttack, terms());
	let (victim, challenger) = (account("victim", 0, 0), account("challenger", 0, 0));
	fund::<T>(&victim, 0);
	fund::<T>(&challenger, 0);
	let case = NextCase::<T>::get();
	let loss = Loss { victim, value: Usd(1) };
	Pallet::<T>::do_report_offence(operator, Offence::NetworkAttack, H256::zero(), Some(loss), Some(challenger))
		.expect("the offence is in the table");
	(case, operator)
}

/// A roster of so many copies of one operator, none of which has been read.
fn fleet<T: Config>(like: OperatorId, size: u32) {
	let record = Operators::<T>::get(like).expect("it is there");
	let past = crate::Records::<T>::get(like);
	for number in 0..size {
		let operator = OperatorId::derive(&H256::zero(), &"fleet", number);
		Operators::<T>::insert(operator, &record);
		crate::Records::<T>::insert(operator, &past);
		Roster::<T>::insert(number, operator);
		T::Watch::enter(&operator).expect("there is room");
	}
	RosterSize::<T>::put(size);
}

/// A case that took its slash.
pub fn slashed_case<T: Config>() -> CaseId {
	let (id, _) = case::<T>();
	let mut case = Cases::<T>::get(id).expect("just opened");
	let taken = T::MinCollateral::get();
	case.state = CaseState::Slashed { taken, value: Usd(taken), left: taken };
	Cases::<T>::insert(id, case);
	id
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
		let (_, agent, operator) = veteran::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), operator);

		assert!(Pallet::<T>::ineligible(&operator).is_some());
	}

	#[benchmark]
	fn bond_extra() {
		let (owner, _, operator) = active::<T>();
		// One of its two devices counts until more collateral stands behind them.
		Operators::<T>::mutate_extant(operator, |record| record.gpus = 2);
		Pallet::<T>::shown(&operator, Attested { devices: 2, until: u64::MAX, trust: 0 });

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), operator, T::MinCollateral::get());

		let record = Operators::<T>::get(operator).expect("it is there");
		assert_eq!(record.collateral, T::MinCollateral::get() * 2);
		assert_eq!(Pallet::<T>::offer(&record).attested.devices, 2);
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
		let (owner, agent, operator) = active::<T>();
		Pallet::<T>::do_drain(agent, operator).expect("it is active");
		Pallet::<T>::note(&operator, &owner, Outcome::Settled, Usd(1));
		crate::LastCase::<T>::insert(operator, Offence::Downtime, 0);
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

	#[benchmark]
	fn declare_maintenance() {
		let (_, agent, operator) = active::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), operator, 1);

		assert!(Operators::<T>::get(operator).is_some_and(|record| record.maintenance.until > T::Clock::now()));
	}

	#[benchmark]
	fn report_offence() -> Result<(), BenchmarkError> {
		let origin = T::DisciplineOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (_, _, operator) = veteran::<T>();
		Tiers::<T>::put(crate::StakeTiers::truncate_from((0..MAX_TIERS).map(tier).collect()));
		Offences::<T>::insert(Offence::NetworkAttack, terms());
		Bursts::<T>::mutate(|burst| burst.cases = u32::MAX - 1);
		let loss = Loss { victim: account("victim", 0, 0), value: Usd(1) };
		let challenger = Some(account("challenger", 0, 0));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator, Offence::NetworkAttack, H256::zero(), Some(loss), challenger);

		assert_eq!(NextCase::<T>::get(), 1);
		Ok(())
	}

	#[benchmark]
	fn cancel_slash() -> Result<(), BenchmarkError> {
		let origin = T::DisciplineOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (case, _) = case::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, case);

		assert!(!Cases::<T>::contains_key(case));
		Ok(())
	}

	#[benchmark]
	fn set_offence() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Offence::FalsifiedResult, Some(terms()));

		assert_eq!(Offences::<T>::get(Offence::FalsifiedResult), Some(terms()));
		Ok(())
	}

	#[benchmark]
	fn set_tier() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Tiers::<T>::put(crate::StakeTiers::truncate_from((1..MAX_TIERS).map(tier).collect()));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, tier(0), true);

		assert_eq!(Tiers::<T>::get().len() as u32, MAX_TIERS);
		Ok(())
	}

	#[benchmark]
	fn blacklist() -> Result<(), BenchmarkError> {
		let origin = T::DisciplineOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (owner, _, operator) = veteran::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator);

		assert!(Bans::<T>::contains_key(&owner));
		Ok(())
	}

	#[benchmark]
	fn pardon() -> Result<(), BenchmarkError> {
		let origin = T::DisciplineOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (owner, _, operator) = veteran::<T>();
		Pallet::<T>::do_blacklist(operator).expect("it is there");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, owner.clone(), Some(operator));

		assert!(!Bans::<T>::contains_key(owner));
		Ok(())
	}

	#[benchmark]
	fn resume_slashing() -> Result<(), BenchmarkError> {
		let origin = T::DisciplineOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Bursts::<T>::mutate(|burst| burst.stopped = true);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin);

		assert!(!Bursts::<T>::get().stopped);
		Ok(())
	}

	/// With a median to draw anew; the cases have a weight of their own.
	#[benchmark]
	fn tick() {
		let (_, _, operator) = veteran::<T>();
		fleet::<T>(operator, crate::standing::MEDIAN_SAMPLE);

		#[block]
		{
			let drawn = T::Seeds::block().unwrap_or_default();
			Pallet::<T>::refresh_median(Some(drawn));
		}

		assert!(MedianDay::<T>::get().is_some());
	}

	/// A forfeiture with a victim and a challenger, both of whom are paid: the dearest. Without a price it would only be put off.
	#[benchmark]
	fn tick_case() {
		T::BenchmarkHelper::price();
		let (id, _) = case::<T>();
		let due = Cases::<T>::get(id).expect("just opened").due;

		#[block]
		{
			Pallet::<T>::step(due, due);
		}

		assert!(matches!(Cases::<T>::get(id).map(|case| case.state), Some(CaseState::Slashed { .. })));
		assert!(!CaseQueue::<T>::contains_key(due, id));
	}

	/// As many candidates as there may be, out of a fleet of `f`: what is read does not depend on it.
	#[benchmark]
	fn candidates(f: Linear<10, 1_000>) {
		let (_, _, operator) = veteran::<T>();
		fleet::<T>(operator, f);
		let found;

		#[block]
		{
			found = Pallet::<T>::candidates(&Needs::default(), Some(b"a"), H256::zero(), MAX_CANDIDATES);
		}

		assert!(!found.is_empty());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
