// Generated. benchmarking.rs: 1830d2fce9994998660570c9d3de076a5b4de129
//! Weights of `pallet_operators`, measured by its own benchmarks.
//!
//! Machine: `AMD EPYC`, 2026-11-22, CLI 64.0.0; 20 steps, 10 repeats, Wasm `Compiled`.
//! Written by `scripts/weights`; a stale file fails `scripts/weights --check`.
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens, unused_imports, missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What each call and hook of this pallet weighs.
pub trait WeightInfo {
	fn register() -> Weight;
	fn activate() -> Weight;
	fn drain() -> Weight;
	fn bond_extra() -> Weight;
	fn unbond() -> Weight;
	fn withdraw_unbonded() -> Weight;
	fn set_agent() -> Weight;
	fn update() -> Weight;
	fn set_class() -> Weight;
	fn declare_maintenance() -> Weight;
	fn report_offence() -> Weight;
	fn cancel_slash() -> Weight;
	fn set_offence() -> Weight;
	fn set_tier() -> Weight;
	fn blacklist() -> Weight;
	fn pardon() -> Weight;
	fn resume_slashing() -> Weight;
	fn tick() -> Weight;
	fn tick_case() -> Weight;
	fn candidates(f: u32, ) -> Weight;
}

/// The measured weights.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Bans` (r:1 w:0)
	/// Proof: `Operators::Bans` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::AgentOf` (r:1 w:1)
	/// Proof: `Operators::AgentOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Registrations` (r:1 w:1)
	/// Proof: `Operators::Registrations` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedCount` (r:1 w:1)
	/// Proof: `Operators::OwnedCount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:0 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedBy` (r:0 w:1)
	/// Proof: `Operators::OwnedBy` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Minimum execution time: 132_137_000 picoseconds.
		Weight::from_parts(141_364_000, 6196)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Bans` (r:1 w:0)
	/// Proof: `Operators::Bans` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:1)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::CounterForFree` (r:1 w:0)
	/// Proof: `Connectivity::CounterForFree` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Slots` (r:1 w:1)
	/// Proof: `Connectivity::Slots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Operators::RosterSize` (r:1 w:1)
	/// Proof: `Operators::RosterSize` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Roster` (r:0 w:1)
	/// Proof: `Operators::Roster` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn activate() -> Weight {
		// Minimum execution time: 89_206_000 picoseconds.
		Weight::from_parts(98_424_000, 11095)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Operators::Operators` (r:2 w:2)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::RosterSize` (r:1 w:1)
	/// Proof: `Operators::RosterSize` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Roster` (r:1 w:2)
	/// Proof: `Operators::Roster` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn drain() -> Weight {
		// Minimum execution time: 64_801_000 picoseconds.
		Weight::from_parts(88_976_000, 11095)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn bond_extra() -> Weight {
		// Minimum execution time: 107_441_000 picoseconds.
		Weight::from_parts(113_703_000, 11095)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		// Minimum execution time: 35_967_000 picoseconds.
		Weight::from_parts(39_444_000, 3931)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::LastCase` (r:1 w:1)
	/// Proof: `Operators::LastCase` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedCount` (r:1 w:1)
	/// Proof: `Operators::OwnedCount` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:1)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Shares` (r:1 w:0)
	/// Proof: `Connectivity::Shares` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::CounterForFree` (r:1 w:1)
	/// Proof: `Connectivity::CounterForFree` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Free` (r:1 w:1)
	/// Proof: `Connectivity::Free` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Verification::Sessions` (r:1 w:0)
	/// Proof: `Verification::Sessions` (`max_values`: None, `max_size`: Some(397), added: 2872, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Operators::AgentOf` (r:0 w:1)
	/// Proof: `Operators::AgentOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Former` (r:0 w:1)
	/// Proof: `Operators::Former` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Operators::OwnedBy` (r:0 w:1)
	/// Proof: `Operators::OwnedBy` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Records` (r:0 w:1)
	/// Proof: `Operators::Records` (`max_values`: None, `max_size`: Some(893), added: 3368, mode: `MaxEncodedLen`)
	/// Storage: `Operators::FormerOf` (r:0 w:1)
	/// Proof: `Operators::FormerOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn withdraw_unbonded() -> Weight {
		// Minimum execution time: 150_210_000 picoseconds.
		Weight::from_parts(155_861_000, 11095)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::AgentOf` (r:1 w:2)
	/// Proof: `Operators::AgentOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	fn set_agent() -> Weight {
		// Minimum execution time: 51_175_000 picoseconds.
		Weight::from_parts(53_901_000, 3931)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	fn update() -> Weight {
		// Minimum execution time: 42_830_000 picoseconds.
		Weight::from_parts(45_425_000, 3931)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::CounterForClasses` (r:1 w:1)
	/// Proof: `Operators::CounterForClasses` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:1)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	fn set_class() -> Weight {
		// Minimum execution time: 26_059_000 picoseconds.
		Weight::from_parts(27_902_000, 3551)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	fn declare_maintenance() -> Weight {
		// Minimum execution time: 52_067_000 picoseconds.
		Weight::from_parts(55_754_000, 11095)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Offences` (r:1 w:0)
	/// Proof: `Operators::Offences` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:2 w:2)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Incidents` (r:1 w:1)
	/// Proof: `Operators::Incidents` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Operators::LastCase` (r:1 w:1)
	/// Proof: `Operators::LastCase` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	/// Storage: `Operators::NextCase` (r:1 w:1)
	/// Proof: `Operators::NextCase` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::RosterSize` (r:1 w:1)
	/// Proof: `Operators::RosterSize` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Roster` (r:1 w:2)
	/// Proof: `Operators::Roster` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Bans` (r:1 w:1)
	/// Proof: `Operators::Bans` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Bursts` (r:1 w:1)
	/// Proof: `Operators::Bursts` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Operators::CaseQueue` (r:0 w:1)
	/// Proof: `Operators::CaseQueue` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::CasesOf` (r:0 w:1)
	/// Proof: `Operators::CasesOf` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Cases` (r:0 w:1)
	/// Proof: `Operators::Cases` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
	fn report_offence() -> Weight {
		// Minimum execution time: 126_125_000 picoseconds.
		Weight::from_parts(131_555_000, 11095)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	/// Storage: `Operators::Cases` (r:1 w:1)
	/// Proof: `Operators::Cases` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Bans` (r:1 w:1)
	/// Proof: `Operators::Bans` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Operators::CaseQueue` (r:0 w:1)
	/// Proof: `Operators::CaseQueue` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::CasesOf` (r:0 w:1)
	/// Proof: `Operators::CasesOf` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn cancel_slash() -> Weight {
		// Minimum execution time: 51_967_000 picoseconds.
		Weight::from_parts(55_002_000, 3931)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Operators::Offences` (r:0 w:1)
	/// Proof: `Operators::Offences` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	fn set_offence() -> Weight {
		// Minimum execution time: 12_162_000 picoseconds.
		Weight::from_parts(13_586_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::Tiers` (r:1 w:1)
	/// Proof: `Operators::Tiers` (`max_values`: Some(1), `max_size`: Some(361), added: 856, mode: `MaxEncodedLen`)
	fn set_tier() -> Weight {
		// Minimum execution time: 19_406_000 picoseconds.
		Weight::from_parts(21_410_000, 1846)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Operators::Operators` (r:2 w:2)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::RosterSize` (r:1 w:1)
	/// Proof: `Operators::RosterSize` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Roster` (r:1 w:2)
	/// Proof: `Operators::Roster` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Bans` (r:1 w:1)
	/// Proof: `Operators::Bans` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	fn blacklist() -> Weight {
		// Minimum execution time: 68_829_000 picoseconds.
		Weight::from_parts(73_828_000, 11095)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Operators::Bans` (r:1 w:1)
	/// Proof: `Operators::Bans` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	fn pardon() -> Weight {
		// Minimum execution time: 32_631_000 picoseconds.
		Weight::from_parts(35_036_000, 3931)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Operators::Bursts` (r:1 w:1)
	/// Proof: `Operators::Bursts` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	fn resume_slashing() -> Weight {
		// Minimum execution time: 14_137_000 picoseconds.
		Weight::from_parts(15_389_000, 1494)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	/// Proof: `Babe::AuthorVrfRandomness` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Operators::MedianDay` (r:1 w:1)
	/// Proof: `Operators::MedianDay` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::RosterSize` (r:1 w:0)
	/// Proof: `Operators::RosterSize` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Roster` (r:10 w:0)
	/// Proof: `Operators::Roster` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:10 w:0)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Records` (r:10 w:0)
	/// Proof: `Operators::Records` (`max_values`: None, `max_size`: Some(893), added: 3368, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:10 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:0)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Median` (r:0 w:1)
	/// Proof: `Operators::Median` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn tick() -> Weight {
		// Minimum execution time: 364_100_000 picoseconds.
		Weight::from_parts(374_699_000, 34670)
			.saturating_add(T::DbWeight::get().reads(46_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Operators::CaseQueue` (r:1 w:2)
	/// Proof: `Operators::CaseQueue` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Cases` (r:1 w:1)
	/// Proof: `Operators::Cases` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:1 w:1)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `AssetConversion::Pools` (r:1 w:0)
	/// Proof: `AssetConversion::Pools` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:0)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:4 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Buyback::Market` (r:1 w:0)
	/// Proof: `Buyback::Market` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Revenue::Progress` (r:1 w:0)
	/// Proof: `Revenue::Progress` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Supply::Burned` (r:1 w:1)
	/// Proof: `Supply::Burned` (`max_values`: None, `max_size`: Some(17), added: 2492, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:1 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:1 w:1)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::CasesOf` (r:0 w:1)
	/// Proof: `Operators::CasesOf` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn tick_case() -> Weight {
		// Minimum execution time: 345_465_000 picoseconds.
		Weight::from_parts(356_275_000, 11402)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Operators::RosterSize` (r:1 w:0)
	/// Proof: `Operators::RosterSize` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Roster` (r:48 w:0)
	/// Proof: `Operators::Roster` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Operators` (r:48 w:0)
	/// Proof: `Operators::Operators` (`max_values`: None, `max_size`: Some(466), added: 2941, mode: `MaxEncodedLen`)
	/// Storage: `LiveClock::Live` (r:1 w:0)
	/// Proof: `LiveClock::Live` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Classes` (r:1 w:0)
	/// Proof: `Operators::Classes` (`max_values`: None, `max_size`: Some(86), added: 2561, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `AssetConversion::Pools` (r:1 w:0)
	/// Proof: `AssetConversion::Pools` (`max_values`: None, `max_size`: Some(30), added: 2505, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:0)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Babe::CurrentSlot` (r:1 w:0)
	/// Proof: `Babe::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Babe::GenesisSlot` (r:1 w:0)
	/// Proof: `Babe::GenesisSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Buyback::Market` (r:1 w:0)
	/// Proof: `Buyback::Market` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::SlotOf` (r:48 w:0)
	/// Proof: `Connectivity::SlotOf` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Connectivity::Pages` (r:15 w:0)
	/// Proof: `Connectivity::Pages` (`max_values`: None, `max_size`: Some(7630), added: 10105, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Tiers` (r:1 w:0)
	/// Proof: `Operators::Tiers` (`max_values`: Some(1), `max_size`: Some(361), added: 856, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Records` (r:48 w:0)
	/// Proof: `Operators::Records` (`max_values`: None, `max_size`: Some(893), added: 3368, mode: `MaxEncodedLen`)
	/// Storage: `Timing::Active` (r:1 w:0)
	/// Proof: `Timing::Active` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Operators::Median` (r:1 w:0)
	/// Proof: `Operators::Median` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// The range of component `f` is `[10, 1000]`.
	fn candidates(f: u32, ) -> Weight {
		// Minimum execution time: 743_828_000 picoseconds.
		Weight::from_parts(2_512_681_926, 118037)
			// Standard Error: 101_547
			.saturating_add(Weight::from_parts(1_495_426, 0).saturating_mul(f.into()))
			.saturating_add(T::DbWeight::get().reads(154_u64))
			.saturating_add(Weight::from_parts(0, 149).saturating_mul(f.into()))
	}
}
