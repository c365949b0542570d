//! What stops the chain, whom it never stops, and who may pull it.

use frame_support::{
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
	parameter_types,
	traits::{CallMetadata, ConstU32, Contains, Get, GetCallMetadata},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use pallet_tx_pause::RuntimeCallNameOf;
use sp_runtime::Perbill;
use vektor_primitives::Balance;

use crate::{
	params::MAXIMUM_BLOCK_WEIGHT, timing::Days, AccountId, Balances, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, SafeMode,
};

/// Pallets that no brake stops: consensus and its reports, governance, the brakes themselves, and wrappers (whose inner
/// calls are filtered again). Treasury and Bounties are here because enactments are not root's.
const UNSTOPPABLE: [&str; 22] = [
	"System",
	"Timestamp",
	"Babe",
	"Grandpa",
	"Session",
	"Staking",
	"VoterList",
	"Treasury",
	"Bounties",
	"ChildBounties",
	"Preimage",
	"Scheduler",
	"Referenda",
	"ConvictionVoting",
	"Whitelist",
	"Utility",
	"Multisig",
	"Proxy",
	"Parameters",
	"SafeMode",
	"TxPause",
	"Sudo",
];

/// Calls that no brake stops of pallets that brakes stop: stake votes by some, the discipline track speaks by some, and a free report
/// that failed could come again in every block.
const UNSTOPPED: [(&str, &str); 9] = [
	("LockStaking", "vote"),
	("LockStaking", "delegate"),
	("LockStaking", "trim"),
	("Operators", "report_offence"),
	("Operators", "cancel_slash"),
	("Operators", "blacklist"),
	("Operators", "pardon"),
	("Operators", "resume_slashing"),
	("Connectivity", "report"),
];

fn is_unstoppable(pallet: &[u8], call: &[u8]) -> bool {
	UNSTOPPABLE.iter().any(|name| name.as_bytes() == pallet)
		|| UNSTOPPED.iter().any(|(of, name)| (of.as_bytes(), name.as_bytes()) == (pallet, call))
}

/// What no brake stops.
pub struct Unstoppable;

impl Contains<RuntimeCall> for Unstoppable {
	fn contains(call: &RuntimeCall) -> bool {
		let CallMetadata { pallet_name, function_name } = call.get_call_metadata();
		is_unstoppable(pallet_name.as_bytes(), function_name.as_bytes())
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for Unstoppable {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		is_unstoppable(pallet.as_slice(), call.as_slice())
	}
}

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = Unstoppable;
	type EnterDuration = Days<1>;
	type ExtendDuration = Days<1>;
	/// Nobody buys a halt: only root enters.
	type EnterDepositAmount = NoDeposit;
	type ExtendDepositAmount = NoDeposit;
	type ForceEnterOrigin = EnsureRootWithSuccess<AccountId, BrakeDuration>;
	type ForceExtendOrigin = EnsureRootWithSuccess<AccountId, BrakeDuration>;
	type ForceExitOrigin = EnsureRoot<AccountId>;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type Notify = ();
	type ReleaseDelay = NoDelay;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// A day: governance extends it while it decides.
	pub BrakeDuration: u32 = Days::<1>::get();
	pub const NoDeposit: Option<Balance> = None;
	pub const NoDelay: Option<u32> = None;
}

impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = EnsureRoot<AccountId>;
	type UnpauseOrigin = EnsureRoot<AccountId>;
	type WhitelistedCalls = Unstoppable;
	type MaxNameLen = ConstU32<64>;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub MigrationWeight: Weight = Perbill::from_percent(80) * MAXIMUM_BLOCK_WEIGHT;
}

/// A failed migration leaves the chain in safe mode for governance to mend. A chain that only stays stuck takes no
/// transaction at all, governance's neither.
pub struct SafeModeOnFailure;

impl FailedMigrationHandler for SafeModeOnFailure {
	fn failed(_: Option<u32>) -> FailedMigrationHandling {
		use frame_support::traits::SafeMode as Brake;
		let entered = if <SafeMode as Brake>::is_entered() {
			<SafeMode as Brake>::extend(u32::MAX)
		} else {
			<SafeMode as Brake>::enter(u32::MAX)
		};
		match entered {
			Ok(()) => FailedMigrationHandling::ForceUnstuck,
			Err(_) => FailedMigrationHandling::KeepStuck,
		}
	}
}

impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	#[cfg(not(any(feature = "runtime-benchmarks", feature = "rehearsal")))]
	type Migrations = ();
	#[cfg(feature = "rehearsal")]
	type Migrations = crate::rehearsal::EveryJobAnew;
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	type FailedMigrationHandler = SafeModeOnFailure;
	type MaxServiceWeight = MigrationWeight;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}

/// Until the DAO takes over; `sudo.remove_key` ends it.
impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
