#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
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
		traits::{LiveClock, LiveTime},
		Balance, OperatorId, Usd, WorkRef,
	};

	use crate::{types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the registry runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256> {
		/// Both assets behind one interface. Collateral is VKTR.
		type Money: Money<Self::AccountId>;

		/// The clock by which unbonding passes.
		type Clock: LiveClock;

		/// Who governs the table of hardware classes.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The pot that holds all collateral.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// The least collateral an operator registers with, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR. At least
		/// the existential deposit, so that it can always go back.
		#[pallet::constant]
		type MinCollateral: Get<Balance>;

		/// The slowest uplink that is taken, in Gbps. Source: ledger V12.
		#[pallet::constant]
		type MinUplink: Get<u32>;

		/// The most GPUs of one operator.
		#[pallet::constant]
		type MaxGpus: Get<u32>;

		/// The most operators of one owner.
		#[pallet::constant]
		type MaxPerOwner: Get<u32>;

		/// The most open pieces of work of one operator.
		#[pallet::constant]
		type MaxOpenWork: Get<u32>;

		/// How long collateral stays after `unbond`, in live slots: `100_800` of 6 s are 7 days. Source: protocol.md,
		/// "Operators".
		#[pallet::constant]
		type UnbondingPeriod: Get<LiveTime>;

		/// `activate` and `drain` are free once in so many live slots: `100` of 6 s are ten minutes.
		#[pallet::constant]
		type FreeInterval: Get<LiveTime>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// The hardware classes by name. Governance alone writes it, so a short hash does.
	#[pallet::storage]
	pub type Classes<T> = CountedStorageMap<_, Twox64Concat, ClassName, HardwareClass, OptionQuery>;

	/// The operators. The id is a hash already.
	#[pallet::storage]
	pub type Operators<T: Config> =
		StorageMap<_, Identity, OperatorId, Operator<<T as frame_system::Config>::AccountId>, OptionQuery>;

	/// The operator that an agent key serves. Keys are chosen freely, so the hash is a strong one.
	#[pallet::storage]
	pub type AgentOf<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, OperatorId, OptionQuery>;

	/// The operators by owner. Owners are chosen freely, so the hash is a strong one.
	#[pallet::storage]
	pub type OwnedBy<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, OperatorId, (), OptionQuery>;

	/// How many operators an owner has. No row where it has none.
	#[pallet::storage]
	pub type OwnedCount<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The value of each open piece of work, in micro-USD, by its operator. Clients shape the names of work, so the hash is
	/// a strong one.
	#[pallet::storage]
	pub type Exposures<T> = StorageDoubleMap<_, Identity, OperatorId, Blake2_128Concat, WorkRef, Usd, OptionQuery>;

	/// How each operator's work ended so far. It goes when the operator goes.
	#[pallet::storage]
	pub type Tallies<T> = StorageMap<_, Identity, OperatorId, Tally, ValueQuery>;

	/// The owner of each operator that served and is gone: what its work earned may be paid after it left.
	#[pallet::storage]
	pub type Former<T: Config> = StorageMap<_, Identity, OperatorId, T::AccountId, OptionQuery>;

	/// The same by owner, so that it finds what its work earned. Owners are chosen freely, so the hash is a strong one.
	#[pallet::storage]
	pub type FormerOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Identity, OperatorId, (), OptionQuery>;

	/// How many operators have ever registered: the number in the next one's id. Never falls, so no id comes twice.
	#[pallet::storage]
	pub type Registrations<T> = StorageValue<_, u32, ValueQuery>;

	/// The hardware table to start with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The hardware classes. Each name once, each with valid terms.
		pub classes: Vec<HardwareClass>,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for class in &self.classes {
				assert!(!Classes::<T>::contains_key(&class.name), "a hardware class is there twice: {class:?}");
				assert!(Pallet::<T>::do_set_class(class.clone()).is_ok(), "not a valid hardware class: {class:?}");
			}
		}
	}

	/// What happened to operators.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An operator joined. It takes no work before `activate`.
		Registered {
			/// Its id.
			operator: OperatorId,
			/// The cold account that pays and is paid.
			owner: T::AccountId,
			/// The hot key that signs everyday calls.
			agent: T::AccountId,
			/// The name of its hardware class, such as `H100`.
			class: ClassName,
			/// How many GPUs it declared.
			gpus: u32,
			/// The collateral paid in, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
			collateral: Balance,
		},
		/// The operator takes work from now on.
		Activated {
			/// The operator.
			operator: OperatorId,
		},
		/// The operator finishes what is open and takes nothing new.
		Draining {
			/// The operator.
			operator: OperatorId,
		},
		/// Collateral was added.
		CollateralAdded {
			/// The operator.
			operator: OperatorId,
			/// How much was added, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
			amount: Balance,
			/// The collateral now, in VKTR's smallest unit.
			collateral: Balance,
		},
		/// The operator leaves: all its collateral is on the way back.
		UnbondingStarted {
			/// The operator.
			operator: OperatorId,
			/// How much, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
			amount: Balance,
			/// The live time from which `withdraw_unbonded` succeeds, in slots.
			free_at: LiveTime,
		},
		/// The collateral went back to the owner and the operator is gone. Its agent key is free again.
		Withdrawn {
			/// The operator that was.
			operator: OperatorId,
			/// Who received the collateral.
			owner: T::AccountId,
			/// How much, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
			amount: Balance,
		},
		/// Another key signs the operator's everyday calls. The old one is free again.
		AgentSet {
			/// The operator.
			operator: OperatorId,
			/// The key that signed until now.
			old: T::AccountId,
			/// The key that signs from now on.
			new: T::AccountId,
		},
		/// The operator moved.
		Updated {
			/// The operator.
			operator: OperatorId,
			/// Where its hardware stands now.
			region: Region,
			/// Where its agent listens now.
			endpoint: Endpoint,
		},
		/// A hardware class was added or its terms changed.
		ClassSet {
			/// Its terms from now on.
			class: HardwareClass,
		},
	}

	/// Why a call is refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// This hardware is not in the table of classes: consumer cards are not taken. `operators.classes` lists what is.
		UnknownClass,
		/// This hardware class is in the table but not open to operators.
		ClassDisabled,
		/// The number of GPUs must be 1 to `MaxGpus`.
		GpusOutOfBounds,
		/// The uplink must be at least `MinUplink`, 10 Gbps.
		UplinkTooSlow,
		/// A region is letters, digits, `-` and `_`, such as `eu-west`.
		InvalidRegion,
		/// An endpoint begins with `http://` or `https://` and has printable characters only.
		InvalidEndpoint,
		/// Registration takes at least `MinCollateral`.
		DepositTooLow,
		/// The collateral is below what the class asks for so many GPUs now: add some with `bond_extra`.
		CollateralTooLow,
		/// This agent key serves an operator already: take a fresh one.
		AgentInUse,
		/// This owner has `MaxPerOwner` operators already.
		TooManyOperators,
		/// No operator has this id.
		UnknownOperator,
		/// Only the operator's owner may do this.
		NotOwner,
		/// Only the operator's agent or owner may do this.
		NotAgentOrOwner,
		/// The operator is active already.
		AlreadyActive,
		/// The operator is suspended or blacklisted.
		Barred,
		/// The operator is not active.
		NotActive,
		/// The amount is zero.
		NothingToAdd,
		/// The operator is leaving: its collateral is on the way back. Register again after `withdraw_unbonded`.
		Leaving,
		/// Collateral stays while the operator is active: `drain` it first.
		StillServing,
		/// Collateral stays while work is open: let it be delivered or expire.
		WorkOpen,
		/// Nothing is unbonding: `unbond` first.
		NotUnbonding,
		/// The unbonding period is not over: the record's `unbonding` is the live time at which it is.
		StillBonded,
		/// Neither a region nor an endpoint was given.
		NothingToUpdate,
		/// A class needs a name of letters, digits, `-` and `_`, and memory, multiplier and collateral above zero.
		InvalidClass,
		/// The table has `MaxClasses` classes already.
		TooManyClasses,
		/// This piece of work is booked already.
		AlreadyBooked,
		/// The operator has `MaxOpenWork` open pieces of work already.
		TooMuchOpenWork,
		/// A sum does not fit.
		Overflow,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The most hardware classes.
		fn max_classes() -> u32 {
			MAX_CLASSES
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_config();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// All the collateral of `owner`'s that the pot holds, by operator, and when `withdraw_unbonded` sends it back.
		pub fn held(owner: T::AccountId) -> Vec<HeldCollateral> {
			Self::collateral_of(&owner)
		}

		/// The operators for whose work `owner` is paid: those it has, and those that served and are gone.
		pub fn paid_to(owner: T::AccountId) -> Vec<OperatorId> {
			Self::earners(&owner)
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Join as an operator. The signer becomes the owner and pays the collateral. `activate` comes next.
		///
		/// - `agent`: the hot key that will sign everyday calls. It must serve no other operator (`AgentInUse`).
		/// - `class`: the hardware, such as `H100`. It must be in the table (`UnknownClass`) and open (`ClassDisabled`).
		/// - `gpus`: how many of them, 1 to `MaxGpus` (`GpusOutOfBounds`).
		/// - `region`: where they stand, such as `eu-west` (`InvalidRegion`).
		/// - `uplink_gbps`: the uplink in Gbps, at least 10 (`UplinkTooSlow`).
		/// - `endpoint`: where the agent listens, such as `http://203.0.113.7:9955` (`InvalidEndpoint`).
		/// - `collateral`: VKTR to pay in, in its smallest unit: `1_000_000_000_000_000` is 1,000 VKTR. At least
		///   `MinCollateral` (`DepositTooLow`); `activate` asks for all that the class requires. Tokens under a vesting lock do
		///   not move (`Token.Frozen`).
		///
		/// At most `MaxPerOwner` operators per owner (`TooManyOperators`).
		#[pallet::call_index(0)]
		pub fn register(
			origin: OriginFor<T>,
			agent: T::AccountId,
			class: ClassName,
			gpus: u32,
			region: Region,
			uplink_gbps: u32,
			endpoint: Endpoint,
			collateral: Balance,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_register(owner, agent, class, gpus, region, uplink_gbps, endpoint, collateral)
		}

		/// Take work from now on. Signed by the agent or the owner. Free when it succeeds, once per `FreeInterval`.
		///
		/// `operator`: one that is pending or draining (`AlreadyActive`, `Barred`, `Leaving`), of a class that is open
		/// (`ClassDisabled`), with the collateral that its class asks now (`CollateralTooLow`).
		#[pallet::call_index(1)]
		pub fn activate(origin: OriginFor<T>, operator: OperatorId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Ok(Self::do_activate(who, operator)?.into())
		}

		/// Take no new work and finish what is open. Signed by the agent or the owner. Free when it succeeds, once per
		/// `FreeInterval`.
		///
		/// `operator`: an active one (`NotActive`).
		#[pallet::call_index(2)]
		pub fn drain(origin: OriginFor<T>, operator: OperatorId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Ok(Self::do_drain(who, operator)?.into())
		}

		/// Add collateral. Signed by the owner (`NotOwner`).
		///
		/// - `operator`: one that is not leaving (`Leaving`).
		/// - `amount`: VKTR to add, in its smallest unit: `1_000_000_000_000` is 1 VKTR. Not zero (`NothingToAdd`). Tokens
		///   under a vesting lock do not move (`Token.Frozen`).
		#[pallet::call_index(3)]
		pub fn bond_extra(origin: OriginFor<T>, operator: OperatorId, amount: Balance) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_bond_extra(owner, operator, amount)
		}

		/// Leave: all the collateral is free after `UnbondingPeriod`, by `withdraw_unbonded`. It cannot be taken back. Signed
		/// by the owner (`NotOwner`).
		///
		/// `operator`: one that is pending or drained (`StillServing`, `Barred`), with no work open (`WorkOpen`), that has
		/// not left yet (`Leaving`).
		#[pallet::call_index(4)]
		pub fn unbond(origin: OriginFor<T>, operator: OperatorId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_unbond(owner, operator)
		}

		/// Take the collateral back once it is free. The operator is gone then. Signed by the owner (`NotOwner`), to whose
		/// account it goes; while that account cannot take it nothing changes.
		///
		/// `operator`: one that unbonds (`NotUnbonding`), whose period is over (`StillBonded`).
		#[pallet::call_index(5)]
		pub fn withdraw_unbonded(origin: OriginFor<T>, operator: OperatorId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_withdraw_unbonded(owner, operator)
		}

		/// Let another key sign the operator's everyday calls, from now on and for open work too. Signed by the owner
		/// (`NotOwner`).
		///
		/// - `operator`: the operator.
		/// - `agent`: the new key. It must serve no operator, this one included (`AgentInUse`).
		#[pallet::call_index(6)]
		pub fn set_agent(origin: OriginFor<T>, operator: OperatorId, agent: T::AccountId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_set_agent(owner, operator, agent)
		}

		/// Say where the operator is now. Signed by the agent or the owner. What is not given stays (`NothingToUpdate`).
		///
		/// - `operator`: the operator.
		/// - `region`: where its hardware stands, such as `eu-west` (`InvalidRegion`).
		/// - `endpoint`: where its agent listens, such as `http://203.0.113.7:9955` (`InvalidEndpoint`).
		#[pallet::call_index(7)]
		pub fn update(
			origin: OriginFor<T>,
			operator: OperatorId,
			region: Option<Region>,
			endpoint: Option<Endpoint>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update(who, operator, region, endpoint)
		}

		/// Add a hardware class or change the terms of one. For the admin origin (root).
		///
		/// `class`: its terms, replacing those under its name (`InvalidClass`, `TooManyClasses`). A higher collateral or
		/// `enabled = false` stops new work for operators below it, at once; it takes nothing from them.
		#[pallet::call_index(8)]
		pub fn set_class(origin: OriginFor<T>, class: HardwareClass) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_class(class)
		}
	}
}
