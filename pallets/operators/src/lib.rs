#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use discipline::*;
pub use pallet::*;
pub use standing::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod devices;
mod discipline;
mod ext;
#[cfg(test)]
mod mock;
mod roster;
mod standing;
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
	use frame_support::{pallet_prelude::*, weights::WeightMeter, PalletId};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use vektor_primitives::{
		pot::Money,
		traits::{Attestations, Burn, LiveClock, LiveTime, OperatorSink, PriceSource, Seeds, Watch},
		Balance, CaseId, Loss, Offence, OperatorId, Ppm, Usd, WorkRef,
	};

	use crate::{discipline::*, standing::*, types::*, WeightInfo};

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

		/// What VKTR is worth: collateral bounds the value of open work.
		type Prices: PriceSource;

		/// Who can be reached.
		type Watch: Watch;

		/// What counts of what operators' hardware has shown.
		type Attestations: Attestations;

		/// Who hears which operators are gone.
		type Departures: OperatorSink;

		/// Burns what a slash gives nobody.
		type SlashBurn: Burn<Self::AccountId>;

		/// What draws are made with.
		type Seeds: Seeds;

		/// Who governs the tables of hardware classes, offences and tiers.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who accuses of what no proof shows, cancels slashes, blacklists and pardons.
		type DisciplineOrigin: EnsureOrigin<Self::RuntimeOrigin>;

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

		/// `activate`, `drain` and `declare_maintenance` are free once in so many live slots: `100` of 6 s are ten minutes.
		#[pallet::constant]
		type FreeInterval: Get<LiveTime>;

		/// The part of the required collateral with which an operator may start, in parts per million: `250_000` is a quarter. The
		/// rest may be paid in, or is withheld from what it earns.
		#[pallet::constant]
		type EntryShare: Get<Ppm>;

		/// The most that open work may be worth while there is no price of VKTR, in micro-USD: `25_000_000` is 25 USD.
		#[pallet::constant]
		type UnpricedExposure: Get<Usd>;

		/// How much maintenance may be declared in a period, in live slots: `14_400` of 6 s are a day.
		#[pallet::constant]
		type MaintenanceBudget: Get<LiveTime>;

		/// That period, in live slots: `432_000` of 6 s are thirty days.
		#[pallet::constant]
		type MaintenancePeriod: Get<LiveTime>;

		/// In how many live slots the weight of past work halves: `892_800` of 6 s are 62 days, so that 90 days count as `e` does.
		#[pallet::constant]
		type Memory: Get<LiveTime>;

		/// How long an operator's reputation stays below the median, in live slots: `432_000` of 6 s are thirty days.
		#[pallet::constant]
		type Newcomer: Get<LiveTime>;

		/// A day, in live slots: `14_400` of 6 s.
		#[pallet::constant]
		type Day: Get<LiveTime>;

		/// The most open cases of one operator.
		#[pallet::constant]
		type MaxCases: Get<u32>;

		/// Cases that may be opened in a day before slashing stops until governance has looked.
		#[pallet::constant]
		type BurstCases: Get<u32>;

		/// Or, where that is more, one for so many active operators: `20` is 5 %.
		#[pallet::constant]
		type BurstShare: Get<u32>;

		/// How long a slash waits that could not be taken, in live slots.
		#[pallet::constant]
		type SlashRetry: Get<LiveTime>;

		/// How long a case is kept once it was slashed, in live slots: so long the reserve can compensate for it.
		#[pallet::constant]
		type CaseHistory: Get<LiveTime>;

		/// Cases and empty slots that are attended to in one block at most.
		#[pallet::constant]
		type TickSteps: Get<u32>;

		/// Whether a slash pays whoever was harmed first. Source: protocol.md; ledger Q10 burns all.
		type PaysVictims: Get<bool>;

		/// The part of a slash for whoever proved the offence, in parts per million, at most a tenth.
		type ChallengerShare: Get<Ppm>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Lets there be a price at which the benchmarks' slashes are taken.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper;
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

	/// How each operator's work ended so far, and what clients thought of it. It goes when the operator goes.
	#[pallet::storage]
	pub type Records<T> = StorageMap<_, Identity, OperatorId, Record, ValueQuery>;

	/// The active operators by number, without a gap: what draws are made from.
	#[pallet::storage]
	pub type Roster<T> = StorageMap<_, Twox64Concat, u32, OperatorId, OptionQuery>;

	/// How many operators are active.
	#[pallet::storage]
	pub type RosterSize<T> = StorageValue<_, u32, ValueQuery>;

	/// The median of a few reputations, drawn once a day, 0 to 1,000.
	#[pallet::storage]
	pub type Median<T> = StorageValue<_, u32, ValueQuery, ConstU32<500>>;

	/// The day for which the median was drawn, counted in live time.
	#[pallet::storage]
	pub type MedianDay<T> = StorageValue<_, u32, OptionQuery>;

	/// What each offence costs. One that is not here is none.
	#[pallet::storage]
	pub type Offences<T> = StorageMap<_, Twox64Concat, Offence, OffenceTerms, OptionQuery>;

	/// The stake tiers, by rising stake.
	#[pallet::storage]
	pub type Tiers<T> = StorageValue<_, StakeTiers, ValueQuery>;

	/// The cases: accusations that wait, and slashes that were taken lately.
	#[pallet::storage]
	pub type Cases<T: Config> =
		StorageMap<_, Twox64Concat, CaseId, Case<<T as frame_system::Config>::AccountId>, OptionQuery>;

	/// The open cases of each operator.
	#[pallet::storage]
	pub type CasesOf<T> = StorageDoubleMap<_, Identity, OperatorId, Twox64Concat, CaseId, (), OptionQuery>;

	/// The cases by the live time at which they are attended to next.
	#[pallet::storage]
	pub type CaseQueue<T> = StorageDoubleMap<_, Twox64Concat, LiveTime, Twox64Concat, CaseId, (), OptionQuery>;

	/// Up to this live time everything that was due has been attended to.
	#[pallet::storage]
	pub type CaseCursor<T> = StorageValue<_, LiveTime, ValueQuery>;

	/// The number of the next case. Never falls.
	#[pallet::storage]
	pub type NextCase<T> = StorageValue<_, CaseId, ValueQuery>;

	/// The case that each incident was made. Stays, so that no incident is punished twice. Incidents are hashes already.
	#[pallet::storage]
	pub type Incidents<T> = StorageDoubleMap<_, Identity, OperatorId, Blake2_128Concat, H256, CaseId, OptionQuery>;

	/// When each operator was last accused of each offence, in live slots.
	#[pallet::storage]
	pub type LastCase<T> = StorageDoubleMap<_, Identity, OperatorId, Twox64Concat, Offence, LiveTime, OptionQuery>;

	/// Which accounts may own no operator, and for how long. Owners are chosen freely, so the hash is a strong one.
	#[pallet::storage]
	pub type Bans<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Bars, ValueQuery>;

	/// How many cases were opened lately, and whether slashing has stopped for it.
	#[pallet::storage]
	pub type Bursts<T> = StorageValue<_, Burst, ValueQuery>;

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

	/// The tables to start with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The hardware classes. Each name once, each with valid terms.
		pub classes: Vec<HardwareClass>,
		/// What offences cost. Each once, with terms that fit it.
		pub offences: Vec<OffenceRow>,
		/// The stake tiers. Each name and each stake once.
		pub tiers: Vec<StakeTier>,
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
			for OffenceRow { offence, terms } in &self.offences {
				assert!(!Offences::<T>::contains_key(offence), "an offence is there twice: {offence:?}");
				assert!(
					Pallet::<T>::do_set_offence(*offence, Some(*terms)).is_ok(),
					"terms that do not fit: {offence:?} {terms:?}"
				);
			}
			for tier in &self.tiers {
				assert!(Pallet::<T>::do_set_tier(tier.clone(), true).is_ok(), "not a valid stake tier: {tier:?}");
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
		/// The collateral went back to the owner. Where nothing is left the operator is gone and its agent key is free again.
		Withdrawn {
			/// The operator that was.
			operator: OperatorId,
			/// Who received the collateral.
			owner: T::AccountId,
			/// How much, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
			amount: Balance,
			/// What open cases hold back until they are decided, in VKTR's smallest unit. The operator is gone only without any.
			left: Balance,
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
		/// Half of a reward was withheld: the collateral is below what is required.
		CollateralEarned {
			/// The operator.
			operator: OperatorId,
			/// How much was withheld, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
			amount: Balance,
			/// The collateral now, in VKTR's smallest unit.
			collateral: Balance,
		},
		/// The operator takes no work for a while and is not missed.
		MaintenanceDeclared {
			/// The operator.
			operator: OperatorId,
			/// The live time at which it ends, in slots.
			until: LiveTime,
		},
		/// An operator is accused. What it may cost is set aside until it is due; governance can cancel it.
		Accused {
			/// The case.
			case: CaseId,
			/// Who is accused.
			operator: OperatorId,
			/// Of what.
			offence: Offence,
			/// Which incident.
			incident: H256,
			/// How much it takes.
			taking: Taking,
			/// The live time from which it is taken, in slots.
			due: LiveTime,
		},
		/// A slash was taken.
		Slashed {
			/// The case.
			case: CaseId,
			/// Whose collateral.
			operator: OperatorId,
			/// For what.
			offence: Offence,
			/// How much, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR. The next three sum to it.
			taken: Balance,
			/// Of that to whoever was harmed.
			victim: Balance,
			/// Of that to whoever proved it.
			challenger: Balance,
			/// Of that burned.
			burned: Balance,
		},
		/// A slash could not be taken yet: the amount stays set aside.
		SlashDeferred {
			/// The case.
			case: CaseId,
			/// The live time from which it is tried again, in slots.
			due: LiveTime,
			/// Why.
			reason: DispatchError,
		},
		/// Governance cancelled a case. What was set aside is free again.
		SlashCancelled {
			/// The case.
			case: CaseId,
			/// Who was accused.
			operator: OperatorId,
		},
		/// The operator takes no work, and whoever owns it registers no other, until a live time.
		Barred {
			/// The operator.
			operator: OperatorId,
			/// The case that brought it, or nothing where governance did.
			case: Option<CaseId>,
			/// The live time until which it lasts, in slots. `4_294_967_295` is for ever.
			until: LiveTime,
		},
		/// A ban was lifted, and what barred the operator, if one is named: `activate` brings it back.
		Pardoned {
			/// Who may own operators again.
			owner: T::AccountId,
			/// The operator that may serve again.
			operator: Option<OperatorId>,
		},
		/// Too many cases in a day: no slash is taken until governance has looked.
		SlashingStopped {
			/// How many there were.
			cases: u32,
		},
		/// Slashes are taken again.
		SlashingResumed,
		/// What an offence costs was set.
		OffenceSet {
			/// Which.
			offence: Offence,
			/// What it costs from now on, or nothing where it is none any more.
			terms: Option<OffenceTerms>,
		},
		/// A stake tier was set or removed.
		TierSet {
			/// The tier.
			tier: StakeTier,
			/// Whether it is there from now on.
			kept: bool,
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
		/// The collateral is below the part of what the class asks with which one may start: add some with `bond_extra`.
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
		/// The operator is suspended or blacklisted: its record's `bars` say until when.
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
		/// Open work would be worth more than the collateral deters from failing.
		TooExposed,
		/// This account is banned from operating.
		Banned,
		/// Open cases hold all that is left: it comes back, or not, when they are decided.
		CaseOpen,
		/// Maintenance must last at least a slot.
		NoTime,
		/// Maintenance was declared and lasts yet.
		InMaintenance,
		/// The budget of maintenance for this period does not last for it.
		BudgetSpent,
		/// This offence is not in the table.
		UnknownOffence,
		/// A falsified result is shown by a proof, never judged.
		NeedsProof,
		/// This incident is a case already, or was one.
		AlreadyAccused,
		/// The operator was accused of the same offence shortly before.
		TooSoon,
		/// The operator has `MaxCases` open cases already.
		TooManyCases,
		/// No case has this number.
		UnknownCase,
		/// The slash was taken already.
		CaseClosed,
		/// Neither is the owner banned nor the operator suspended or blacklisted.
		NotBarred,
		/// Slashing has not stopped.
		NotStopped,
		/// Terms must fit the offence: all of the collateral and a ban for ever are for `FalsifiedResult` alone, any other costs at most
		/// a fifth; the appeal takes at least a slot.
		InvalidOffence,
		/// A tier needs a name of letters, digits, `-` and `_`, parts of at most the whole, and a stake of its own.
		InvalidTier,
		/// There are `MAX_TIERS` tiers already.
		TooManyTiers,
		/// There is no price of VKTR now: it waits until there is one.
		NoPrice,
		/// More than the case took, less what has been compensated for already.
		MoreThanSlashed,
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
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::tick(&mut meter);
			meter.consumed()
		}

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
		///   `MinCollateral` (`DepositTooLow`); `activate` asks for a part of what the class requires (`EntryShare`). Tokens under a vesting lock do
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
		/// `operator`: one that is not active (`AlreadyActive`), barred (`Barred`) or leaving (`Leaving`), of an owner who is not banned
		/// (`Banned`) and a class that is open (`ClassDisabled`), with at least `EntryShare` of the collateral that its class asks now (`CollateralTooLow`). Refused with
		/// `Connectivity.TooManyWatched` where no more can be watched.
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
		/// `operator`: one that is not active (`StillServing`), with no work open (`WorkOpen`), that has
		/// not left yet (`Leaving`).
		#[pallet::call_index(4)]
		pub fn unbond(origin: OriginFor<T>, operator: OperatorId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_unbond(owner, operator)
		}

		/// Take the collateral back once it is free, but for what open cases hold. Without any, the operator is gone then. Signed by
		/// the owner (`NotOwner`), to whose account it goes; while that account cannot take it nothing changes.
		///
		/// `operator`: one that unbonds (`NotUnbonding`), whose period is over (`StillBonded`), with something that no case holds
		/// (`CaseOpen`).
		#[pallet::call_index(5)]
		// What it earned by being there, the tally that it was in, and what it has shown: the benchmark's operator showed no devices.
		#[pallet::weight(
			T::WeightInfo::withdraw_unbonded()
				.saturating_add(T::DbWeight::get().reads_writes(2, 2))
				.saturating_add(T::Departures::weight())
		)]
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

		/// Declare maintenance: for so long the operator takes no new work and is not missed. Open work keeps its deadlines. Signed by the agent or
		/// the owner. Free when it succeeds, once per `FreeInterval`.
		///
		/// - `operator`: an active one (`NotActive`) that is in no maintenance (`InMaintenance`).
		/// - `slots`: how long, in live slots: `600` of 6 s are an hour (`NoTime`). All that is declared in a `MaintenancePeriod` is at most
		///   `MaintenanceBudget` (`BudgetSpent`).
		#[pallet::call_index(9)]
		pub fn declare_maintenance(
			origin: OriginFor<T>,
			operator: OperatorId,
			slots: LiveTime,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Ok(Self::do_declare_maintenance(who, operator, slots)?.into())
		}

		/// Accuse an operator of an offence. For the discipline origin: it takes a vote. A case waits its appeal window before it takes anything.
		///
		/// - `operator`: who (`UnknownOperator`, `TooManyCases`).
		/// - `offence`: of what, by the table (`UnknownOffence`), but not `FalsifiedResult` (`NeedsProof`). Once in its pause (`TooSoon`).
		/// - `incident`: a hash that names what happened. The same one is punished once (`AlreadyAccused`).
		/// - `loss`: who lost what by it, provably: paid first, out of at most half of the slash.
		/// - `challenger`: who proved it, for at most a tenth of the slash.
		#[pallet::call_index(10)]
		pub fn report_offence(
			origin: OriginFor<T>,
			operator: OperatorId,
			offence: Offence,
			incident: H256,
			loss: Option<Loss<T::AccountId>>,
			challenger: Option<T::AccountId>,
		) -> DispatchResult {
			T::DisciplineOrigin::ensure_origin(origin)?;
			Self::do_report_offence(operator, offence, incident, loss, challenger)
		}

		/// Cancel a case before it is due: nothing is taken, what was set aside is free, a bar that it brought ends. For the discipline origin.
		///
		/// `case`: an open one (`UnknownCase`, `CaseClosed`).
		#[pallet::call_index(11)]
		pub fn cancel_slash(origin: OriginFor<T>, case: CaseId) -> DispatchResult {
			T::DisciplineOrigin::ensure_origin(origin)?;
			Self::do_cancel_slash(case)
		}

		/// Set what an offence costs, for cases from now on. For the admin origin (root).
		///
		/// - `offence`: which.
		/// - `terms`: what it costs (`InvalidOffence`), or nothing: then it is none.
		#[pallet::call_index(12)]
		pub fn set_offence(origin: OriginFor<T>, offence: Offence, terms: Option<OffenceTerms>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_offence(offence, terms)
		}

		/// Set or remove a stake tier. For the admin origin (root).
		///
		/// - `tier`: its terms, replacing those under its name (`InvalidTier`, `TooManyTiers`).
		/// - `keep`: false removes the tier of that name.
		#[pallet::call_index(13)]
		pub fn set_tier(origin: OriginFor<T>, tier: StakeTier, keep: bool) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_tier(tier, keep)
		}

		/// Blacklist an operator: it takes no new work, and whoever owns it registers no other. Its collateral is not touched. For the discipline
		/// origin.
		///
		/// `operator`: which (`UnknownOperator`).
		#[pallet::call_index(14)]
		pub fn blacklist(origin: OriginFor<T>, operator: OperatorId) -> DispatchResult {
			T::DisciplineOrigin::ensure_origin(origin)?;
			Self::do_blacklist(operator)
		}

		/// Let a banned account own operators again, and lift what bars one of them, whatever brought it. For the discipline origin.
		///
		/// - `owner`: the account; the ban of all that it belongs to ends.
		/// - `operator`: one of its operators (`NotOwner`), if one is barred. Refused where nothing was (`NotBarred`).
		#[pallet::call_index(15)]
		pub fn pardon(origin: OriginFor<T>, owner: T::AccountId, operator: Option<OperatorId>) -> DispatchResult {
			T::DisciplineOrigin::ensure_origin(origin)?;
			Self::do_pardon(owner, operator)
		}

		/// Take slashes again after too many cases stopped it. For the discipline origin. Cases that are a mistake are cancelled first.
		///
		/// Refused with `NotStopped`.
		#[pallet::call_index(16)]
		pub fn resume_slashing(origin: OriginFor<T>) -> DispatchResult {
			T::DisciplineOrigin::ensure_origin(origin)?;
			Self::do_resume_slashing()
		}
	}
}
