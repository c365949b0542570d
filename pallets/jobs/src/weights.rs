//! What the calls weigh. The numbers are counted, not yet benchmarked: this pallet's own reads and writes at the
//! database's weights, and 40 us of work per transfer (`transfer_keep_alive` of balances 51 takes 39 us). What other
//! pallets do behind traits is added by the calls.

use core::marker::PhantomData;

use frame_support::{pallet_prelude::Weight, traits::Get};

/// What the calls weigh.
pub trait WeightInfo {
	/// Submitting, without the model's terms and the operator's check.
	fn submit() -> Weight;
	/// Delivering, without the verification and the settlement.
	fn deliver() -> Weight;
	/// Refunding.
	fn expire() -> Weight;
	/// Looking whether anything is due.
	fn tick() -> Weight;
	/// Forgetting one job.
	fn tick_step() -> Weight;
}

/// The counted weights, at the database's cost of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Reads the genesis hash and the clock (2). Reads and writes `Commitments`, `Nonces`, `Books`, `Jobs`, `OpenJobs`,
	/// `DueQueue` and, for the transfer, the asset, two of its accounts and two system accounts.
	fn submit() -> Weight {
		Weight::from_parts(90_000_000, 16_000).saturating_add(T::DbWeight::get().reads_writes(14, 11))
	}

	/// Reads the genesis hash and the clock (2). Reads and writes `Jobs`, `Results`, `OpenJobs`, `Books` and two rows of
	/// `DueQueue`.
	fn deliver() -> Weight {
		Weight::from_parts(60_000_000, 12_000).saturating_add(T::DbWeight::get().reads_writes(9, 6))
	}

	/// Reads the clock (2). Reads and writes `Jobs`, `OpenJobs`, `Books`, two rows of `DueQueue` and, for the transfer, the
	/// asset, two of its accounts and two system accounts.
	fn expire() -> Weight {
		Weight::from_parts(80_000_000, 14_000).saturating_add(T::DbWeight::get().reads_writes(12, 10))
	}

	/// Reads the clock (2), reads and writes `Cursor`.
	fn tick() -> Weight {
		Weight::from_parts(4_000_000, 1_500).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}

	/// Reads a key of `DueQueue` and `Jobs`, removes both, `Commitments` and `Results`.
	fn tick_step() -> Weight {
		Weight::from_parts(15_000_000, 6_000).saturating_add(T::DbWeight::get().reads_writes(2, 4))
	}
}

/// For mocks: small, and different for each call.
#[cfg(test)]
impl WeightInfo for () {
	fn submit() -> Weight {
		Weight::from_parts(1_000, 10)
	}

	fn deliver() -> Weight {
		Weight::from_parts(2_000, 20)
	}

	fn expire() -> Weight {
		Weight::from_parts(3_000, 30)
	}

	fn tick() -> Weight {
		Weight::from_parts(100, 1)
	}

	fn tick_step() -> Weight {
		Weight::from_parts(500, 5)
	}
}
