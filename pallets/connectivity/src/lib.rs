#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use earnings::*;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod earnings;
mod ext;
#[cfg(test)]
mod mock;
pub mod rules;
mod session;
#[cfg(test)]
mod tests;
mod tick;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod views;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use frame_support::{dispatch::DispatchClass, pallet_prelude::*};
	use frame_system::pallet_prelude::*;
	use sp_core::{crypto::AccountId32, H256};
	use vektor_primitives::{
		traits::{Attestations, Availability, Contacts, Discipline, EraPoints, LiveClock, LiveTime, Seeds},
		Balance, CaseId, OperatorId, ProberSignature, Reach,
	};

	use crate::{rules, types::*, Shared, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the watch runs on.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256, AccountId = AccountId32>
	{
		/// The clock that windows are cut from.
		type Clock: LiveClock;

		/// What committees and samples are drawn with.
		type Seeds: Seeds;

		/// How operators are reached.
		type Contacts: Contacts<AccountId32>;

		/// Where those who are down for more than an hour are accused.
		type Discipline: Discipline<AccountId32>;

		/// What pays probers.
		type Points: EraPoints<AccountId32>;

		/// What of the hardware that operators have shown counts.
		type Attestations: Attestations;

		/// What pays operators for being there.
		type Availability: Availability;

		/// How long a window is, in live slots: `50` of 6 s are five minutes. Not zero. Windows are
		/// numbered by it, so that it must never change.
		#[pallet::constant]
		type WindowLength: Get<u32>;

		/// How long an hour is, in live slots: `600` of 6 s. Not zero. What devices offer is priced by it.
		#[pallet::constant]
		type Hour: Get<LiveTime>;

		/// How many windows are kept so that anyone can see who saw what. At least 4.
		#[pallet::constant]
		type KeptWindows: Get<u32>;

		/// The most validators that probe. At most 65,535.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// The most pages of 64 operators: `256` are 16,384 operators. At most 256.
		#[pallet::constant]
		type MaxPages: Get<u32>;

		/// How many pages are tallied in one block at most. Not zero.
		#[pallet::constant]
		type PagesPerBlock: Get<u32>;

		/// How many operators are accused of one window at most: what fails for all of them at once is likely not theirs.
		#[pallet::constant]
		type MaxAccusations: Get<u32>;

		/// Over how many judged windows uptime is weighted: `25_920` of five minutes are 90 days.
		#[pallet::constant]
		type UptimeWindows: Get<u32>;

		/// The era points of a report that saw what was found.
		#[pallet::constant]
		type PointsPerReport: Get<u32>;

		/// What the calls and the hook weigh.
		type WeightInfo: WeightInfo;

		/// Sets the clock for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper;
	}

	/// The number of the set of probers that looks from the next window on.
	#[pallet::storage]
	pub type CurrentSet<T> = StorageValue<_, u32, ValueQuery>;

	/// The sets of probers: the current one and those of kept windows, in the order of the session's validators.
	#[pallet::storage]
	pub type Probers<T: Config> = StorageMap<_, Twox64Concat, u32, BoundedVec<Prober, T::MaxValidators>, ValueQuery>;

	/// Which windows have been dealt with. Nothing before the first block.
	#[pallet::storage]
	pub type Windowing<T> = StorageValue<_, Progress, OptionQuery>;

	/// The numbers of the kept windows, ascending. The number of a window that no block fell into is not there.
	#[pallet::storage]
	pub type Kept<T: Config> = StorageValue<_, BoundedVec<u32, T::KeptWindows>, ValueQuery>;

	/// The kept windows. The chain makes the numbers.
	#[pallet::storage]
	pub type Windows<T> = StorageMap<_, Twox64Concat, u32, WindowRecord, OptionQuery>;

	/// What probers saw, by window and the prober's place in the window's set. Kept as long as the window.
	#[pallet::storage]
	pub type Reports<T> = StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, u16, Marks, OptionQuery>;

	/// The tally that is on. One window at a time.
	#[pallet::storage]
	pub type Tally<T> = StorageValue<_, TallyState, OptionQuery>;

	/// How the reports fare in the tally that is on, in the order of the window's set.
	#[pallet::storage]
	pub type Scores<T: Config> = StorageValue<_, BoundedVec<Score, T::MaxValidators>, ValueQuery>;

	/// The watched operators by slot, 64 on a page. A slot that was freed is empty until the next one takes it.
	#[pallet::storage]
	pub type Pages<T> = StorageMap<_, Twox64Concat, u32, BoundedVec<Option<Watched>, ConstU32<PAGE>>, OptionQuery>;

	/// The slot of each watched operator. The id is a hash already.
	#[pallet::storage]
	pub type SlotOf<T> = StorageMap<_, Identity, OperatorId, u32, OptionQuery>;

	/// The freed slots, a stack: the last one is taken first.
	#[pallet::storage]
	pub type Free<T> = CountedStorageMap<_, Twox64Concat, u32, u32, OptionQuery>;

	/// How many slots there have ever been. Never falls.
	#[pallet::storage]
	pub type Slots<T> = StorageValue<_, u32, ValueQuery>;

	/// What the window that was tallied last brings those who were there. Nothing before the first.
	#[pallet::storage]
	pub type Shares<T> = StorageValue<_, Shared, OptionQuery>;

	/// What those who left had earned by being there and not claimed, in the smallest unit of VKTR. The id is a hash already.
	#[pallet::storage]
	pub type Left<T> = StorageMap<_, Identity, OperatorId, Balance, ValueQuery>;

	/// What happened to the watched.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A prober said what it saw.
		Reported {
			/// The window that it looked in.
			window: u32,
			/// The prober's place in the window's set.
			prober: u16,
		},
		/// An operator showed that its endpoint is its own. It is probed from the next window on.
		EndpointProved {
			/// The operator.
			operator: OperatorId,
			/// The validator whose prober sent what was shown.
			validator: AccountId32,
			/// The window in which that was sent.
			window: u32,
		},
		/// An operator is reached in another way than before.
		ReachChanged {
			/// The operator.
			operator: OperatorId,
			/// How it is reached now.
			reach: Reach,
			/// The window in which it was found so, or in which it came again, declared maintenance, moved or changed its key.
			window: u32,
		},
		/// An operator was down for more than an hour. Once for each incident.
		DowntimeReported {
			/// The operator.
			operator: OperatorId,
			/// The window with which it was too much.
			window: u32,
			/// The case that was opened.
			case: CaseId,
		},
		/// An operator was down for more than an hour and the accusation was not taken. It is not made again.
		AccusationRefused {
			/// The operator.
			operator: OperatorId,
			/// The window with which it was too much.
			window: u32,
			/// Why.
			reason: DispatchError,
		},
		/// All of a window is judged.
		Tallied {
			/// The window.
			window: u32,
			/// How many probers reported.
			reports: u32,
			/// How many operators were judged. None where fewer than two reported, or where the chain had been held.
			judged: u32,
		},
	}

	/// Why a call is refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// `MaxPages` pages of operators are watched already.
		TooManyWatched,
		/// No operator has this id.
		UnknownOperator,
		/// Only the operator's agent may do this.
		NotAgent,
		/// The operator is not watched: `activate` it first.
		NotWatched,
		/// The operator's endpoint was shown to be its own already.
		AlreadyProved,
		/// The window is neither the present one nor the one before.
		UnknownWindow,
		/// The window's set has no prober of this number.
		UnknownProber,
		/// Another prober leads the committee of the operator's page in this window: only that one asks for endpoints to be shown.
		NotLeading,
		/// The prober did not sign this for the operator, its present endpoint and the window.
		BadSignature,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// How many missed windows, less those not missed, are no offence yet.
		fn missed_allowed() -> u8 {
			HOUR
		}

		/// The most probers that look at an operator in a window.
		fn committee() -> u32 {
			COMMITTEE
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::tick()
		}

		/// A window in which the rules may change judges nobody.
		fn on_runtime_upgrade() -> Weight {
			Self::neutralise_current();
			T::DbWeight::get().reads_writes(2, 1)
		}

		fn integrity_test() {
			assert!(T::WindowLength::get() > 0, "a window lasts");
			assert!(T::Hour::get() > 0, "an hour lasts");
			assert!(T::KeptWindows::get() >= 4, "a window is kept until it is tallied");
			assert!(T::MaxValidators::get() <= u32::from(u16::MAX), "a prober's place is a u16");
			assert!(T::PagesPerBlock::get() > 0, "a tally goes on");
			let places = T::MaxPages::get().saturating_mul(PAGE);
			assert!(rules::marks_len(places) <= MAX_MARKS, "a prober can report on all pages");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Say what a prober saw in the window before the present one. Sent by validators' nodes by themselves, without a fee and
		/// without an account: the prober's session key signs it. Once per prober and window.
		///
		/// A report that is not right never gets into a block. It is refused as stale (not the window before, or reported
		/// already), as of a bad signer (no such prober), as a bad call (marks of another length), as a bad proof (not the
		/// prober's signature), or with the number of a refusal: 1 nobody is judged in this window, 2 not the answers that the
		/// window's end drew, 3 an answer that its agent did not sign.
		///
		/// - `report`: the marks of all of the prober's places, and the answers of those that the window's end drew.
		/// - `signature`: the prober's, of `blake2_256(("vktr-report", genesis, report))`.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::report(Pallet::<T>::length(report)), DispatchClass::Operational, Pays::No))]
		#[pallet::authorize(|_, report, signature| Pallet::<T>::check(report, signature))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report())]
		pub fn report(origin: OriginFor<T>, report: Report, signature: ProberSignature) -> DispatchResult {
			ensure_authorized(origin)?;
			// It was judged with the report.
			let _ = signature;
			Self::do_report(report);
			Ok(())
		}

		/// Show that an endpoint is the operator's own: a prober sent a signature there and nowhere else. Signed by the operator's
		/// agent (`UnknownOperator`, `NotAgent`); `vektor-operator` does it by itself. Free when it succeeds.
		///
		/// - `operator`: one that is watched (`NotWatched`) and has not shown it yet (`AlreadyProved`).
		/// - `window`: the present one or the one before (`UnknownWindow`).
		/// - `prober`: the prober's place in that window's set (`UnknownProber`), the first of the committee of the operator's page
		///   (`NotLeading`).
		/// - `signature`: the prober's, of `blake2_256(("vktr-activation", genesis, operator, endpoint, window))`
		///   (`BadSignature`).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::answer_activation())]
		pub fn answer_activation(
			origin: OriginFor<T>,
			operator: OperatorId,
			window: u32,
			prober: u16,
			signature: ProberSignature,
		) -> DispatchResultWithPostInfo {
			let agent = ensure_signed(origin)?;
			Self::do_answer_activation(agent, operator, window, prober, signature)?;
			Ok(Pays::No.into())
		}
	}
}
