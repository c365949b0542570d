//! What an upgrade of a running chain changes when one is rehearsed (`runtime/rehearsal`): in no runtime that ships.

use alloc::vec::Vec;

use codec::Encode;
use frame_support::{
	migrations::{MigrationId, SteppedMigration, SteppedMigrationError},
	traits::{TryState, TryStateSelect},
	weights::WeightMeter,
};
use frame_system::pallet_prelude::BlockNumberFor;
use pallet_jobs::Jobs;
use sp_runtime::TryRuntimeError;
use sp_version::RuntimeVersion;
use vektor_primitives::JobId;

use crate::{apis, AllPalletsWithSystem, Runtime, System};

/// The version after the one that ships.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("vektor"),
	impl_name: alloc::borrow::Cow::Borrowed("vektor"),
	authoring_version: 1,
	spec_version: 101,
	impl_version: 0,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Reads every job and writes it again, one in a block: a change of format that changes nothing. The chain takes no
/// transaction meanwhile. Before and after, every pallet's invariants hold and the jobs are the same.
pub struct EveryJobAnew;

impl EveryJobAnew {
	fn all_jobs() -> [u8; 32] {
		let jobs: Vec<_> = Jobs::<Runtime>::iter().collect();
		jobs.using_encoded(sp_io::hashing::blake2_256)
	}

	fn invariants() -> Result<(), TryRuntimeError> {
		<AllPalletsWithSystem as TryState<BlockNumberFor<Runtime>>>::try_state(
			System::block_number(),
			TryStateSelect::All,
		)
	}
}

impl SteppedMigration for EveryJobAnew {
	type Cursor = JobId;
	type Identifier = MigrationId<9>;

	fn id() -> Self::Identifier {
		MigrationId { pallet_id: *b"rehearsal", version_from: 100, version_to: 101 }
	}

	fn step(
		last: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		let required = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1);
		meter.try_consume(required).map_err(|_| SteppedMigrationError::InsufficientWeight { required })?;
		let next = match last {
			None => Jobs::<Runtime>::iter().next(),
			Some(last) => Jobs::<Runtime>::iter_from(Jobs::<Runtime>::hashed_key_for(last)).next(),
		};
		let Some((id, job)) = next else { return Ok(None) };
		Jobs::<Runtime>::insert(id, job);
		Ok(Some(id))
	}

	fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
		Self::invariants()?;
		Ok(Self::all_jobs().encode())
	}

	fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
		frame_support::ensure!(Self::all_jobs().encode() == before, "the upgrade changed a job");
		Self::invariants()
	}
}
