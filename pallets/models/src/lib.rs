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
mod challenge;
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
	use frame_support::{pallet_prelude::*, traits::fungibles::Inspect, PalletId};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use vektor_primitives::{
		pot::Money,
		traits::{Burn, KeyStore, LiveClock, LiveTime},
		Asset, Assurance, Balance, KeyRefused, KeySetup, ModelId, Needs, Usd, Verification,
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

		/// Burns the bonds of challenges that were rejected.
		type Burn: Burn<Self::AccountId>;

		/// Who judges challenges.
		type JudgeOrigin: EnsureOrigin<Self::RuntimeOrigin>;

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

		/// How long anybody may challenge a model's key, in live slots. Then it counts as verified.
		#[pallet::constant]
		type ChallengePeriod: Get<LiveTime>;

		/// How long governance has to judge a challenge, in live slots. Then the bond goes back.
		#[pallet::constant]
		type JudgingPeriod: Get<LiveTime>;

		/// What a challenger deposits, in the smallest unit of VKTR, at least the existential deposit: burned where the challenge is
		/// rejected. Example: `100_000_000_000_000` is 100 VKTR.
		#[pallet::constant]
		type ChallengeBond: Get<Balance>;

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

	/// The open challenge of each model's key. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Challenges<T: Config> = StorageMap<_, Identity, ModelId, Challenge<T::AccountId>>;

	/// The keys that were found not to be those of their networks, by the hash of network and key: nobody registers the two together
	/// again, and whoever has takes no more jobs and proves nothing. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Condemned<T: Config> = StorageMap<_, Identity, H256, ()>;

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
			/// How its results are assured.
			assurance: Assurance,
			/// Who could forge its evidence.
			setup: KeySetup,
			/// The price of one inference, in micro-USD. Example: `50_000` is 5 cents.
			price: Usd,
			/// What the pot holds for it, in the smallest unit of VKTR. Example: `10_000_000_000_000` is 10 VKTR.
			deposit: Balance,
			/// The live slot from which its key counts as verified, unless it is challenged before.
			verified_from: LiveTime,
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
		/// Somebody says that a model's key is not that of its network. It does not become verified before that is judged.
		Challenged {
			/// The model.
			model: ModelId,
			/// Who says it.
			challenger: T::AccountId,
			/// What the pot holds of theirs, in the smallest unit of VKTR. Example: `100_000_000_000_000` is 100 VKTR.
			bond: Balance,
			/// The hash of the reasons.
			reasons: H256,
			/// The live slot from which `end_challenge` returns the bond if nobody has judged.
			lapses: LiveTime,
		},
		/// A challenger was right: the model and its key are gone, and can never be registered together again.
		ChallengeUpheld {
			/// The model.
			model: ModelId,
			/// Whose it was.
			owner: T::AccountId,
			/// Who was right.
			challenger: T::AccountId,
			/// What was paid to the challenger: bond and deposit, in the smallest unit of VKTR. Example: `110_000_000_000_000` is 110 VKTR.
			paid: Balance,
		},
		/// A challenger was wrong. The model's challenge period goes on where it was.
		ChallengeRejected {
			/// The model.
			model: ModelId,
			/// Who was wrong.
			challenger: T::AccountId,
			/// The bond, in the smallest unit of VKTR. Example: `100_000_000_000_000` is 100 VKTR.
			burned: Balance,
			/// The live slot from which the key counts as verified now: later by as long as the challenge was open.
			verified_from: LiveTime,
		},
		/// Nobody judged a challenge in time. The model's challenge period begins anew.
		ChallengeLapsed {
			/// The model.
			model: ModelId,
			/// Who has the bond back.
			challenger: T::AccountId,
			/// The bond, in the smallest unit of VKTR. Example: `100_000_000_000_000` is 100 VKTR.
			returned: Balance,
			/// The live slot from which the key counts as verified now.
			verified_from: LiveTime,
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
		/// This key was found not to be that of this network.
		Condemned,
		/// A challenge of the model's key is open.
		ChallengeOpen,
		/// The challenge period is over: the key counts as verified.
		TooLate,
		/// No challenge of the model's key is open.
		NoChallenge,
		/// Governance may judge yet. The event `Challenged` names the live slot; for one window after a pause or a stall nothing
		/// lapses.
		NotLapsed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::RetirePeriod::get() > T::MaxDeadline::get(), "a retired model must outlive its open jobs");
			assert!(T::ChallengeBond::get() >= T::Money::minimum_balance(Asset::Native), "a bond must be returnable");
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
		/// - `verification`: how results are verified: a Groth16 key, the order of its public inputs and who ran the setup (the layout
		///   names commitment, binding and outputs exactly once each); or ezkl's key artefact and the hash of its settings (the input
		///   is hashed, the outputs are public and of one scale); or an allowed image of an enclave.
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

		/// Say that a model's key is not that of its network, against a bond, while the challenge period lasts (`TooLate`). Signed by
		/// anybody. Governance judges: the challenger gets bond and deposit, or the bond is burned.
		///
		/// - `model`: its id (`UnknownModel`), with no open challenge (`ChallengeOpen`).
		/// - `reasons`: the hash of the reasons: what was made anew from network and settings, and how it differs.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::challenge())]
		pub fn challenge(origin: OriginFor<T>, model: ModelId, reasons: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_challenge(who, model, reasons)
		}

		/// Judge a challenge. By the discipline track. Upheld, the model and its key are gone at once: the escrows of open jobs go
		/// back at their deadlines, and no operator is to blame.
		///
		/// - `model`: its id, with an open challenge (`NoChallenge`).
		/// - `upheld`: whether the challenger is right.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::judge_challenge())]
		pub fn judge_challenge(origin: OriginFor<T>, model: ModelId, upheld: bool) -> DispatchResult {
			T::JudgeOrigin::ensure_origin(origin)?;
			Self::do_judge(model, upheld)
		}

		/// Send the bond of a challenge back that nobody has judged in time (`NotLapsed`), whoever calls. The model's challenge
		/// period begins anew.
		///
		/// - `model`: its id, with an open challenge (`NoChallenge`).
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::end_challenge())]
		pub fn end_challenge(origin: OriginFor<T>, model: ModelId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_end_challenge(model)
		}
	}
}
