//! What the calls weigh. The numbers are counted, not yet benchmarked: the reads and writes of each call at the database's
//! weights, 15 us of work each, and 40 us more where a transfer is made (`transfer_keep_alive` of balances 51: 39 us).

use core::marker::PhantomData;

use frame_support::{pallet_prelude::Weight, traits::Get};

/// What the calls and the functions of the shared traits weigh.
pub trait WeightInfo {
	/// Joining.
	fn register() -> Weight;
	/// Taking work.
	fn activate() -> Weight;
	/// Taking no new work.
	fn drain() -> Weight;
	/// Adding collateral.
	fn bond_extra() -> Weight;
	/// Leaving.
	fn unbond() -> Weight;
	/// Taking collateral back.
	fn withdraw_unbonded() -> Weight;
	/// Changing the agent key.
	fn set_agent() -> Weight;
	/// Changing region and endpoint.
	fn update() -> Weight;
	/// Setting a class.
	fn set_class() -> Weight;
	/// Asking whether an operator takes work.
	fn check() -> Weight;
	/// Booking work.
	fn take_exposure() -> Weight;
	/// Ending booked work.
	fn free_exposure() -> Weight;
	/// Noting an outcome.
	fn note() -> Weight;
}

const WORK: u64 = 15_000_000;
const TRANSFER: u64 = 40_000_000;
const ROW: u64 = 3_000;

/// The counted weights, at the database's cost of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> SubstrateWeight<T> {
	fn counted(work: u64, reads: u64, writes: u64) -> Weight {
		Weight::from_parts(work, ROW.saturating_mul(reads))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Reads the class and the genesis hash; reads and writes the agent, `Registrations`, `OwnedCount`, the owner's and the
	/// pot's account; writes `OwnedBy` and the record. Two reads more for a minimum that is a parameter.
	fn register() -> Weight {
		Self::counted(WORK.saturating_add(TRANSFER), 9, 7)
	}

	/// Reads the class and the clock, reads and writes the record.
	fn activate() -> Weight {
		Self::counted(WORK, 3, 1)
	}

	/// Reads the clock, reads and writes the record.
	fn drain() -> Weight {
		Self::counted(WORK, 2, 1)
	}

	/// Reads and writes the record, the owner's and the pot's account.
	fn bond_extra() -> Weight {
		Self::counted(WORK.saturating_add(TRANSFER), 3, 3)
	}

	/// Reads the clock and a period that is a parameter, reads and writes the record.
	fn unbond() -> Weight {
		Self::counted(WORK, 3, 1)
	}

	/// Reads the clock; reads and writes the record, `OwnedCount`, the owner's and the pot's account; writes the agent,
	/// `OwnedBy`, the tally and `Former`.
	fn withdraw_unbonded() -> Weight {
		Self::counted(WORK.saturating_add(TRANSFER), 5, 8)
	}

	/// Reads and writes the record and the new agent, writes the old one.
	fn set_agent() -> Weight {
		Self::counted(WORK, 2, 3)
	}

	/// Reads and writes the record.
	fn update() -> Weight {
		Self::counted(WORK, 1, 1)
	}

	/// Reads and writes the class and the count of classes.
	fn set_class() -> Weight {
		Self::counted(WORK, 2, 2)
	}

	/// Reads the record and the class.
	fn check() -> Weight {
		Self::counted(WORK, 2, 0)
	}

	/// Reads and writes the record and the row.
	fn take_exposure() -> Weight {
		Self::counted(WORK, 2, 2)
	}

	/// Reads and writes the record and the row.
	fn free_exposure() -> Weight {
		Self::counted(WORK, 2, 2)
	}

	/// Reads the record, reads and writes the tally.
	fn note() -> Weight {
		Self::counted(WORK, 2, 1)
	}
}
