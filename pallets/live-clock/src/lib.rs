#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

pub use pallet::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod clock;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod weights;

/// Whether the chain is held: paused by an emergency call or busy with a migration.
pub trait Pause {
	/// True while it is.
	fn held() -> bool;
}

#[frame_support::pallet]
pub mod pallet {
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use vektor_primitives::traits::LiveTime;

	use crate::{Pause, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the clock runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The slot of the current block.
		type Slot: Get<u64>;

		/// Whether the chain is held.
		type Pause: Pause;

		/// The longest gap between two blocks that still counts, in slots. Example: `100` slots of 6 s are ten minutes.
		/// A longer one is a stall and adds nothing.
		#[pallet::constant]
		type MaxGap: Get<u32>;

		/// How long nothing is judged after a pause or a stall, in live slots. Example: `50` slots of 6 s are five
		/// minutes, one window of the connectivity probes.
		#[pallet::constant]
		type Window: Get<u32>;

		/// The weights.
		type WeightInfo: WeightInfo;
	}

	/// Live slots since genesis.
	#[pallet::storage]
	pub type Live<T> = StorageValue<_, LiveTime, ValueQuery>;

	/// The slot of the last block that the clock has seen.
	#[pallet::storage]
	pub type LastSlot<T> = StorageValue<_, u64, ValueQuery>;

	/// The live time at which the chain last came out of a pause or a stall.
	#[pallet::storage]
	pub type Resumed<T> = StorageValue<_, LiveTime, ValueQuery>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::tick();
			T::WeightInfo::tick()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
