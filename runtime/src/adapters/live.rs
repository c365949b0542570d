//! What time it is, and whether the chain stands still.

use frame_support::{migrations::MultiStepMigrator, BoundedVec};
use pallet_tx_pause::{PausedCalls, RuntimeCallNameOf};
use sp_runtime::{traits::BlockNumberProvider, SaturatedConversion};

use crate::{MultiBlockMigrations, Runtime};

/// Slots since the first block: what vesting counts in.
pub struct ElapsedSlots;

impl BlockNumberProvider for ElapsedSlots {
	type BlockNumber = u32;

	fn current_block_number() -> u32 {
		let now = *pallet_babe::CurrentSlot::<Runtime>::get();
		let first = *pallet_babe::GenesisSlot::<Runtime>::get();
		now.saturating_sub(first).saturated_into()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_block_number(block: u32) {
		pallet_babe::GenesisSlot::<Runtime>::put(sp_consensus_babe::Slot::from(1));
		pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(u64::from(block).saturating_add(1)));
	}
}

/// The calls that somebody needs to meet a deadline: while one is paused, the clock of all deadlines stands still. A delivery may need a
/// session, and a session fresh collateral; a key counts as verified unless it is challenged in time, and a challenge lapses unless it is
/// judged. At most eight, each is a read per block.
pub const NEEDED: [(&str, &str); 5] = [
	("Jobs", "deliver"),
	("Verification", "attest_session"),
	("Verification", "post_collateral"),
	("Models", "challenge"),
	("Models", "judge_challenge"),
];

/// The chain is held in safe mode, while a call of `NEEDED` is paused, and during a multi-block migration.
pub struct Brakes;

impl pallet_live_clock::Pause for Brakes {
	fn held() -> bool {
		pallet_safe_mode::EnteredUntil::<Runtime>::exists()
			|| <MultiBlockMigrations as MultiStepMigrator>::ongoing()
			|| NEEDED
				.iter()
				.any(|(pallet, call)| paused(pallet, call).is_some_and(PausedCalls::<Runtime>::contains_key))
	}
}

fn paused(pallet: &str, call: &str) -> Option<RuntimeCallNameOf<Runtime>> {
	Some((BoundedVec::try_from(pallet.as_bytes().to_vec()).ok()?, BoundedVec::try_from(call.as_bytes().to_vec()).ok()?))
}
