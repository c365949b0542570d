#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use views::MAX_SCANNED;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod ext;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod views;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, PalletId};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use vektor_primitives::{
		pot::Money,
		traits::{KeyStore, LiveClock, LiveTime},
		Balance, KeyRefused, KeySetup, ModelId, Needs, Usd, Verification,
	};

	use crate::{types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the registry runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Both assets behind one interface.
		type Money: Money<Self::AccountId>;

		/// Where verification keys are checked and kept.
		type Keys: KeyStore;

		/// The clock of deadlines.
		type Clock: LiveClock;

		/// The pot that holds all deposits.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// What every model deposits, in the smallest unit of VKTR; together with the bytes never less than the
		/// existential deposit. Example: `10_000_000_000_000` is 10 VKTR.
		#[pallet::constant]
		type DepositBase: Get<Balance>;

		/// What it deposits for each byte of its registered key, in the smallest unit of VKTR. Example: `10_000_000_000`
		/// is 0.01 VKTR.
		#[pallet::constant]
		type DepositPerByte: Get<Balance>;

		/// The lowest price of one inference, in micro-USD: at least USDC's minimum balance, so that every part of a
		/// payment can be paid. Example: `10_000` is one cent.
		#[pallet::constant]
		type MinPrice: Get<u128>;

		/// The highest price of one inference, in micro-USD. Example: `1_000_000_000_000` is a million dollars.
		#[pallet::constant]
		type MaxPrice: Get<u128>;

		/// The longest deadline that a job may have, in live slots.
		#[pallet::constant]
		type MaxDeadline: Get<LiveTime>;

		/// How long a retired model keeps its key, in live slots: longer than any job may be open.
		#[pallet::constant]
		type RetirePeriod: Get<LiveTime>;

		/// The most models of one owner.
		#[pallet::constant]
		type MaxPerOwner: Get<u32>;

		/// The weights.
		type WeightInfo: WeightInfo;

		/// Lets live time pass in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper;
	}

	/// Every model. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Models<T: Config> = StorageMap<_, Identity, ModelId, Model<T::AccountId>>;

	/// The models of each owner, oldest first. `Blake2_128Concat`: accounts are chosen freely.
	#[pallet::storage]
	pub type ModelsOf<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, BoundedVec<ModelId, T::MaxPerOwner>, ValueQuery>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A model was registered and takes jobs.
		Registered {
			/// Its id.
			model: ModelId,
			/// Who sets its price and gets the deposit back.
			owner: T::AccountId,
			/// Blake2b-256 of the file that holds the network.
			artefact: H256,
			/// Who could forge its key.
			setup: KeySetup,
			/// The price of one inference, in micro-USD. Example: `50_000` is 5 cents.
			price: Usd,
			/// What the pot holds for it, in the smallest unit of VKTR. Example: `10_000_000_000_000` is 10 VKTR.
			deposit: Balance,
		},
		/// New jobs of a model cost something else from now on.
		PriceSet {
			/// The model.
			model: ModelId,
			/// The price of one inference, in micro-USD. Example: `50_000` is 5 cents.
			price: Usd,
		},
		/// A model takes no new jobs.
		Retired {
			/// The model.
			model: ModelId,
			/// The live slot from which `retire` removes it and returns the deposit.
			removable: LiveTime,
		},
		/// A model was removed and its deposit returned.
		Removed {
			/// The model.
			model: ModelId,
			/// Who was paid.
			owner: T::AccountId,
			/// What was paid, in the smallest unit of VKTR. Example: `10_000_000_000_000` is 10 VKTR.
			deposit: Balance,
		},
	}

	/// What can be wrong with a call.
	#[pallet::error]
	pub enum Error<T> {
		/// The verification key is refused; the reason says why.
		KeyRefused(KeyRefused),
		/// This owner has registered exactly this model already.
		AlreadyRegistered,
		/// The price is outside `MinPrice..=MaxPrice`.
		PriceOutOfBounds,
		/// The minimum deadline is zero or above `MaxDeadline`.
		DeadlineOutOfBounds,
		/// The output scale is zero: outputs are divided by it.
		ZeroScale,
		/// The licence is empty or no UTF-8. Name one, such as `Apache-2.0`.
		BadLicence,
		/// The owner has `MaxPerOwner` models. Retire one that nobody uses.
		TooManyModels,
		/// No model has this id.
		UnknownModel,
		/// Only the model's owner may do this.
		NotOwner,
		/// The model has retired: its price means nothing any more.
		Retired,
		/// The model has retired, but jobs may still be open. The event `Retired` names the live slot; for one window
		/// after a pause or a stall nothing is removed.
		NotRemovableYet,
		/// The amount does not fit.
		Overflow,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::RetirePeriod::get() > T::MaxDeadline::get(), "a retired model must outlive its open jobs");
			assert!(T::MinPrice::get() > 0 && T::MinPrice::get() <= T::MaxPrice::get(), "bounds of prices");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Every deposit of `owner`'s that the pot holds, by model, and when `retire` sends it back.
		pub fn held(owner: T::AccountId) -> Vec<HeldDeposit> {
			Self::deposits_of(&owner)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a model, checks its verification key in full and takes the deposit. It takes jobs at once. Signed by
		/// its owner.
		///
		/// - `artefact`: Blake2b-256 of the file that holds the network.
		/// - `verification`: the key, the order of its public inputs, and who ran the setup. The layout names commitment,
		///   binding and outputs exactly once each.
		/// - `needs`: what an operator's hardware must have.
		/// - `min_deadline`: the shortest deadline a job may set, in live slots. Example: `20`.
		/// - `output_scale`: what an output is divided by to have the network's own number. Example: `256`.
		/// - `price`: of one inference, in micro-USD. Example: `50_000` is 5 cents.
		/// - `licence`: under which the network may be used, such as `Apache-2.0`.
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::register_weight(verification))]
		pub fn register(
			origin: OriginFor<T>,
			artefact: H256,
			verification: Verification,
			needs: Needs,
			min_deadline: LiveTime,
			output_scale: u32,
			price: Usd,
			licence: Licence,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			let draft = Draft { artefact, needs, min_deadline, output_scale, price, licence };
			Self::do_register(owner, verification, draft)
		}

		/// Changes what new jobs of a model pay; open jobs keep their price. Signed by its owner.
		///
		/// - `model`: its id.
		/// - `price`: of one inference, in micro-USD. Example: `50_000` is 5 cents.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_price())]
		pub fn set_price(origin: OriginFor<T>, model: ModelId, price: Usd) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_price(who, model, price)
		}

		/// Ends a model: the first call stops new jobs, a second one after `RetirePeriod` removes it and returns the
		/// deposit. Signed by its owner.
		///
		/// - `model`: its id.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::retire())]
		pub fn retire(origin: OriginFor<T>, model: ModelId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(who, model)
		}
	}
}
