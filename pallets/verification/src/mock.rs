use std::{
	cell::{Cell, RefCell},
	collections::BTreeMap,
	time::Duration,
};

use frame_support::{
	derive_impl,
	dispatch::DispatchResult,
	parameter_types,
	traits::{ConstU32, ConstU64, UnixTime},
};
use sp_core::H256;
use sp_runtime::{BuildStorage, DispatchError, Percent};
use vektor_primitives::{
	traits::{Attestations, DeviceSink, OperatorRegistry},
	Attested, Balance, Ineligible, Needs, OperatorId, Usd, WorkRef,
};

pub type AccountId = u64;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
	pub struct Test;
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Verifier = crate;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

thread_local! {
	static NOW: Cell<u64> = const { Cell::new(0) };
}

/// Unix time in seconds, at which the test PKI's certificates are valid.
pub const NOW_SECONDS: u64 = 1_750_100_000;

pub fn set_time(seconds: u64) {
	NOW.set(seconds);
}

pub struct Time;
impl UnixTime for Time {
	fn now() -> Duration {
		Duration::from_secs(NOW.get())
	}
}
#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Time {
	fn set_time(seconds: u64) {
		set_time(seconds);
	}
}

/// The agents 1 and 2 serve the operators 1 and 2. There are no others.
pub struct Registry;
impl OperatorRegistry<AccountId> for Registry {
	fn by_agent(who: &AccountId) -> Option<OperatorId> {
		(1..=2).contains(who).then(|| operator(*who))
	}
	fn payee(_: &OperatorId) -> Option<AccountId> {
		None
	}
	fn check(who: &OperatorId, _: &Needs) -> Result<(), Ineligible> {
		(1..=2).any(|number| operator(number) == *who).then_some(()).ok_or(Ineligible::Unknown)
	}
	fn take_exposure(_: &OperatorId, _: WorkRef, _: Usd) -> DispatchResult {
		Err(DispatchError::Other("no work here"))
	}
	fn free_exposure(_: &OperatorId, _: WorkRef) {}
	fn withhold(_: &OperatorId, _: &AccountId, _: Balance) -> Result<Balance, DispatchError> {
		Err(DispatchError::Other("no rewards here"))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn for_benchmarks() -> OperatorId {
		operator(1)
	}
}

pub fn operator(number: u64) -> OperatorId {
	OperatorId(H256::from_low_u64_be(number))
}

thread_local! {
	static SHOWN: RefCell<BTreeMap<OperatorId, Attested>> = const { RefCell::new(BTreeMap::new()) };
}

/// What the pallet said of operators' devices.
pub struct Sink;
impl DeviceSink for Sink {
	fn shown(operator: &OperatorId, attested: Attested) {
		SHOWN.with_borrow_mut(|shown| shown.insert(*operator, attested));
	}
}

/// How many of an operator's devices count now.
pub fn counting(number: u64) -> u32 {
	let (now, trust) = Verifier::current();
	SHOWN.with_borrow(|shown| shown.get(&operator(number)).map_or(0, |attested| attested.counting(now, trust)))
}

pub const RECENT: u64 = 10;
pub const MAX_SESSIONS: u32 = 2;
pub const MAX_SESSION: u64 = 1_000;

parameter_types! {
	pub const Half: Percent = Percent::from_percent(50);
}

impl crate::Config for Test {
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	type Operators = Registry;
	type Devices = Sink;
	type Time = Time;
	type RecentBlocks = ConstU64<RECENT>;
	type MaxSession = ConstU64<MAX_SESSION>;
	type MaxSessions = ConstU32<MAX_SESSIONS>;
	type EvidenceShare = Half;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Time;
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	set_time(NOW_SECONDS);
	SHOWN.with_borrow_mut(BTreeMap::clear);
	let mut ext: sp_io::TestExternalities =
		frame_system::GenesisConfig::<Test>::default().build_storage().unwrap().into();
	ext.execute_with(|| {
		for number in 0..20 {
			System::set_block_number(number);
			frame_system::BlockHash::<Test>::insert(number, H256::from_low_u64_be(1_000 + number));
		}
		System::set_block_number(20);
	});
	ext
}

/// Runs a test, then checks the invariants.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Verifier::do_try_state().unwrap();
	});
}
