use core::cell::Cell;
use frame_support::{
	derive_impl,
	traits::{ConstU32, Hooks},
};
use sp_runtime::BuildStorage;

use crate::Pause;

thread_local! {
	static SLOT: Cell<u64> = const { Cell::new(0) };
	static HELD: Cell<bool> = const { Cell::new(false) };
}

pub struct Slot;
impl frame_support::traits::Get<u64> for Slot {
	fn get() -> u64 {
		SLOT.get()
	}
}

pub struct Switch;
impl Pause for Switch {
	fn held() -> bool {
		HELD.get()
	}
}

pub fn hold(held: bool) {
	HELD.set(held);
}

pub const MAX_GAP: u64 = 100;
pub const WINDOW: u32 = 50;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
	pub struct Test;
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Clock = crate;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

impl crate::Config for Test {
	type Slot = Slot;
	type Pause = Switch;
	type MaxGap = ConstU32<{ MAX_GAP as u32 }>;
	type Window = ConstU32<WINDOW>;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	SLOT.set(1_000);
	HELD.set(false);
	frame_system::GenesisConfig::<Test>::default().build_storage().unwrap().into()
}

/// Runs a test, then checks the invariants.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Clock::do_try_state().unwrap();
	});
}

/// The next block, `slots` later.
pub fn block(slots: u64) {
	SLOT.set(SLOT.get() + slots);
	Clock::on_initialize(System::block_number());
}
