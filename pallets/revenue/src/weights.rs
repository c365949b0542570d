//! What the calls weigh. The numbers are counted, not yet benchmarked: reads and writes of this pallet and of the two
//! ledgers that one transfer touches, at the database's weights, and 40 us of work per transfer (`transfer_keep_alive` of
//! balances 51 takes 39 us).

use core::marker::PhantomData;

use frame_support::{pallet_prelude::Weight, traits::Get};

/// What the calls weigh.
pub trait WeightInfo {
	/// Setting the split.
	fn set_split() -> Weight;
	/// Paying what is owed.
	fn payout() -> Weight;
	/// One settlement, without reading the operator's payee.
	fn settle() -> Weight;
	/// Forgetting `n` rows of the leak ledger.
	fn forget(n: u32) -> Weight;
}

/// The counted weights, at the database's cost of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Writes `Split`.
	fn set_split() -> Weight {
		Weight::from_parts(10_000_000, 1_000).saturating_add(T::DbWeight::get().writes(1))
	}

	/// Reads and writes `Owed` and, for one transfer of USDC, the asset, two of its accounts and two system accounts.
	fn payout() -> Weight {
		Weight::from_parts(60_000_000, 12_000).saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}

	/// Reads `Split`, `CurrentRound` and `CollectingLot`, and reads and writes `Lots`, `Accrued`, `RoundBooks`, `Leaks`, the
	/// asset, the pot's two accounts and, for each of five receivers, `Owed`, its asset account and its system account; the
	/// paying pot's two accounts. Writes the first two of the three when a round begins.
	fn settle() -> Weight {
		Weight::from_parts(300_000_000, 60_000).saturating_add(T::DbWeight::get().reads_writes(27, 26))
	}

	/// Reads `n + 1` keys and removes `n`, and writes `OldestLeaks`.
	fn forget(n: u32) -> Weight {
		let n = u64::from(n);
		Weight::from_parts(5_000_000, 1_000)
			.saturating_add(Weight::from_parts(2_000_000, 200).saturating_mul(n))
			.saturating_add(T::DbWeight::get().reads_writes(n.saturating_add(1), n.saturating_add(1)))
	}
}

/// For mocks: a block's worth of anything costs the same small weight.
#[cfg(test)]
impl WeightInfo for () {
	fn set_split() -> Weight {
		Weight::from_parts(1_000, 10)
	}

	fn payout() -> Weight {
		Weight::from_parts(2_000, 20)
	}

	fn settle() -> Weight {
		Weight::from_parts(3_000, 30)
	}

	fn forget(n: u32) -> Weight {
		Weight::from_parts(100, 1).saturating_mul(u64::from(n))
	}
}
