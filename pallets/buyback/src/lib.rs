#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod engine;
#[cfg(test)]
mod mock;
mod prices;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::traits::BlockNumberProvider;
	use vektor_primitives::{traits::Purchases, Balance};

	use crate::{types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The pool of VKTR and USDC.
		type Pool: Pool<Self::AccountId>;

		/// What is to be bought, and for whom.
		type Purchases: Purchases<Self::AccountId>;

		/// What averages are counted in: slots since the first block, whether or not a block came.
		type Elapsed: BlockNumberProvider<BlockNumber = u32>;

		/// The height of the chain, which intervals are counted in.
		type Height: BlockNumberProvider<BlockNumber = u32>;

		/// What the parent block left that its author could not choose, and the last block's transactions could not know. Nothing on a chain that
		/// is sealed by hand: then an interval's purchase is made in its last block.
		type Seed: Get<Option<H256>>;

		/// An interval, in blocks: one purchase at most. Not zero. Source: money.md, "The market buy".
		#[pallet::constant]
		type Interval: Get<u32>;

		/// A day, in slots. Not zero.
		#[pallet::constant]
		type Day: Get<u32>;

		/// The half-life of the fast average, in slots, ten minutes; and how old it must be for prices to be taken from it.
		#[pallet::constant]
		type Fast: Get<u32>;

		/// The half-life of the slow average, in slots: an hour.
		#[pallet::constant]
		type Slow: Get<u32>;

		/// The least that is spent at once, in micro-USDC, where there is so much to spend.
		#[pallet::constant]
		type LeastClip: Get<Balance>;

		/// The least that must be in the pool for it to have a price, in micro-USDC.
		#[pallet::constant]
		type LeastDepth: Get<Balance>;

		/// Who sets the guards, pauses and resumes.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// What the calls and hooks weigh.
		type WeightInfo: WeightInfo;
	}

	/// How far a purchase's price may be off, and how large it may be.
	#[pallet::storage]
	pub type Limits<T> = StorageValue<_, Guards, ValueQuery>;

	/// The averages of the pool's price and dollars. Absent until the pool has been seen.
	#[pallet::storage]
	pub type Market<T> = StorageValue<_, Averages, OptionQuery>;

	/// How far the engine is.
	#[pallet::storage]
	pub type Engine<T> = StorageValue<_, Pace, ValueQuery>;

	/// Why the engine stands still. Absent while it runs.
	#[pallet::storage]
	pub type Stopped<T> = StorageValue<_, Fault, OptionQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// USDC bought VKTR in the pool.
		Bought {
			/// From whose account, which the VKTR came to.
			account: T::AccountId,
			/// How much was spent, in micro-USDC.
			spent: Balance,
			/// How much was bought, in VKTR's smallest unit.
			got: Balance,
			/// The pool's price before, in micro-USDC for a unit of VKTR's smallest, times 10^24.
			price: u128,
		},
		/// An interval's purchase was not made. The next interval tries again.
		Refused {
			/// Why.
			cause: Refusal,
		},
		/// The engine stands still until it is resumed. Settlements and claims go on.
		Paused {
			/// Why.
			fault: Fault,
		},
		/// The engine runs again.
		Resumed,
		/// The guards were set.
		GuardsSet {
			/// The guards.
			guards: Guards,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// A guard is out of its range: premium, rise and slippage at most a tenth, drop a twentieth to a half, the share of the pool at most
		/// 95 %, the daily part above nothing and at most a half.
		GuardsUnsound,
		/// The engine stands still already.
		AlreadyPaused,
		/// The engine runs.
		NotPaused,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::tick()
		}

		fn integrity_test() {
			assert!(T::Interval::get() > 0 && T::Day::get() > 0, "an interval and a day have a length");
			assert!(Guards::default().is_sound(), "the guards to start with hold");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Set how far a purchase's price may be off, and how large it may be. For the admin origin (root).
		///
		/// `guards`: all of them, in parts per million. Refused with `GuardsUnsound`.
		#[pallet::call_index(0)]
		pub fn set_guards(origin: OriginFor<T>, guards: Guards) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_guards(guards)
		}

		/// Buy nothing more until resumed. Settlements, prices and claims go on. For the admin origin (root).
		///
		/// Refused with `AlreadyPaused`.
		#[pallet::call_index(1)]
		pub fn pause(origin: OriginFor<T>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_pause()
		}

		/// Buy again: by a governor, or after the pool was mended. For the admin origin (root).
		///
		/// Refused with `NotPaused`.
		#[pallet::call_index(2)]
		pub fn resume(origin: OriginFor<T>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_resume()
		}
	}
}
