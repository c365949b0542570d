#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use availability::Stream;
pub use factors::*;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod availability;
#[cfg(feature = "runtime-benchmarks")]
#[expect(clippy::needless_borrows_for_generic_args, reason = "the weights name the text that was measured")]
pub mod benchmarking;
mod calls;
mod ext;
mod factors;
mod lots;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod tick;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;
mod work;

#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, PalletId};
	use frame_system::pallet_prelude::*;
	use vektor_primitives::{
		pot::Money,
		traits::{Burn, Earnings, OperatorRegistry, PriceSource, RewardStream, Rounds, Slashes},
		Asset, Balance, CaseId, OperatorId, Usd, WorkRef,
	};

	use crate::{availability::*, factors::*, types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Both assets behind one interface.
		type Money: Money<Self::AccountId>;

		/// Who an operator's direct share goes to.
		type Operators: OperatorRegistry<Self::AccountId>;

		/// What operators were slashed by: the reserve compensates for no more.
		type Slashes: Slashes;

		/// What VKTR is worth.
		type Prices: PriceSource;

		/// The rounds by which lots and leaks are booked.
		type Rounds: Rounds;

		/// What operators have earned by being there.
		type Earnings: Earnings;

		/// How many windows a round has, as governed: each shares one part of so many of what is there for those who are. Counts as 1 where it is less.
		type WindowsPerRound: Get<u32>;

		/// Who gets stakers' parts once they are bought.
		type Stakers: RewardStream<Self::AccountId>;

		/// What is known of operators, for their factors.
		type Measures: Measures;

		/// Burns the split's part.
		type SplitBurn: Burn<Self::AccountId>;

		/// Burns what was not claimed in time.
		type ExpiredBurn: Burn<Self::AccountId>;

		/// The market buy's interval, in live slots. Not zero.
		#[pallet::constant]
		type Interval: Get<u32>;

		/// For how many rounds a lot waits to be bought before operators get their part of what is left as it was paid. Source: money.md, "When
		/// the pool is too shallow".
		#[pallet::constant]
		type Patience: Get<u32>;

		/// For how many blocks an operator may claim its part of a lot. A lot is kept for as long. Source: Q10.
		#[pallet::constant]
		type ClaimPeriod: Get<BlockNumberFor<Self>>;

		/// Who may set the split and the factors.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may pay out of the reserve.
		type ReserveOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The pot that holds lots and what is owed.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// For how many rounds after its end an operator may claim what a round's work earned. Rounds' totals are kept for ever. Source: Q10.
		#[pallet::constant]
		type LeakHistory: Get<u32>;

		/// Where the split's `treasury` goes.
		type Treasury: Get<Self::AccountId>;

		/// Where the split's `reserve` goes.
		type Reserve: Get<Self::AccountId>;

		/// Where the split's `operations` goes.
		type Operations: Get<Self::AccountId>;

		/// Where the split's `quality` goes.
		type Quality: Get<Self::AccountId>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// The active split. Its shares sum to `1_000_000` parts per million. Source: money.md, "Revenue -> lots".
	#[pallet::storage]
	pub type Split<T> = StorageValue<_, RevenueSplit, ValueQuery>;

	/// The lot that collects. Absent until the first settlement that sets something aside.
	#[pallet::storage]
	pub type CollectingLot<T> = StorageValue<_, Collecting, OptionQuery>;

	/// How far lots are.
	#[pallet::storage]
	pub type Progress<T> = StorageValue<_, Queue, ValueQuery>;

	/// Whether VKTR that no operator claimed in time is burned. Otherwise the treasury gets it. Source: Q10.
	#[pallet::storage]
	pub type BurnsUnclaimed<T> = StorageValue<_, bool, ValueQuery>;

	/// The lots, by number and asset: the public audit trail of what was set aside, what was bought for it and who got what. Both keys come from the chain, so a
	/// short hash does.
	#[pallet::storage]
	pub type Lots<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, Asset, Lot<BlockNumberFor<T>>, OptionQuery>;

	/// Each operator's part of each lot: payable after the buyback. The operator's id is a hash already.
	#[pallet::storage]
	pub type Accrued<T> = StorageDoubleMap<_, Twox64Concat, LotKey, Identity, OperatorId, Accrual, ValueQuery>;

	/// What an account refused, in the asset's smallest unit: its own until `payout` succeeds. Accounts are chosen freely,
	/// so the hash is a strong one.
	#[pallet::storage]
	pub type Owed<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Asset, Balance, ValueQuery>;

	/// What was emitted for being there and is not paid yet. Counts what rounding leaves of it, too.
	#[pallet::storage]
	pub type AvailabilityStream<T> = StorageValue<_, Stream, ValueQuery>;

	/// What each round settled and leaked, what was offered in it and what was emitted for it, by its number. Kept for ever.
	#[pallet::storage]
	pub type RoundBooks<T> = StorageMap<_, Twox64Concat, u32, RoundBook, ValueQuery>;

	/// The leak of each operator's settlements, by round. Kept while the round is on, and until what its work earned is claimed or has expired.
	#[pallet::storage]
	pub type Leaks<T> = StorageDoubleMap<_, Twox64Concat, u32, Identity, OperatorId, Leak, ValueQuery>;

	/// The first round whose operators' leaks are still kept.
	#[pallet::storage]
	pub type OldestLeaks<T> = StorageValue<_, u32, ValueQuery>;

	/// What makes an operator's work count more or less for emission. Never for revenue. Source: V12, C5, Q11.
	#[pallet::storage]
	pub type Multipliers<T> = StorageValue<_, Factors, ValueQuery>;

	/// The work for which the reserve has paid. Once each.
	#[pallet::storage]
	pub type Compensated<T> = StorageMap<_, Blake2_128Concat, WorkRef, (), OptionQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The split to start with. Its shares sum to `1_000_000`.
		pub split: RevenueSplit,
		/// Whether VKTR that no operator claimed in time is burned.
		pub burns_unclaimed: bool,
		/// What makes an operator's work count more or less for emission.
		pub factors: Factors,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.split.is_whole(), "the revenue split must sum to 1_000_000 parts per million");
			assert!(self.split.leaks(), "operators get at most 95 % of a payment");
			assert!(are_sound(&self.factors), "factors must have a range, and none may come twice");
			Split::<T>::put(self.split);
			Multipliers::<T>::put(&self.factors);
			BurnsUnclaimed::<T>::put(self.burns_unclaimed);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A payment was divided and every part of it booked.
		Settled {
			/// For what was paid.
			source: WorkRef,
			/// Who paid.
			payer: T::AccountId,
			/// Who did the work.
			operator: OperatorId,
			/// In what was paid.
			asset: Asset,
			/// How much, in the asset's smallest unit: `1_500_000` of USDC is 1.5 USDC.
			amount: Balance,
			/// What it is worth, in micro-USD: `1_500_000` is 1.50 USD.
			value: Usd,
			/// The operator's direct share, in the asset's smallest unit. Where its account refused it, `Booked` says so.
			direct: Balance,
			/// What joined the lot, in the asset's smallest unit: payable after the buyback.
			queued: Balance,
			/// The number of the lot that was collecting.
			lot: u32,
			/// The part of the value that goes back to neither operators nor payer, in micro-USD.
			leak: Usd,
		},
		/// An account refused its part: it stays in the pot under that account's name, for `payout`.
		Booked {
			/// Whose money it is.
			account: T::AccountId,
			/// In which asset.
			asset: Asset,
			/// How much, in the asset's smallest unit.
			amount: Balance,
		},
		/// What was owed went to its owner.
		PaidOut {
			/// Who received it.
			account: T::AccountId,
			/// In which asset.
			asset: Asset,
			/// How much, in the asset's smallest unit.
			amount: Balance,
		},
		/// All of a lot is VKTR and divided.
		LotClosed {
			/// The lot.
			lot: u32,
			/// In what it was paid.
			asset: Asset,
			/// What came for it, in VKTR's smallest unit.
			bought: Balance,
			/// The operators' part: theirs to claim. Of a lot that overflowed, what they had by then.
			operators: Balance,
			/// The stakers' part: it streams to them from now on. Where nobody may stake, or their stream is full, the treasury has it.
			stakers: Balance,
			/// The part that was burned.
			burned: Balance,
		},
		/// A lot waited too long for the market: operators get their part of what is left as it was paid. One visible exception to paying in VKTR.
		LotOverflowed {
			/// The lot.
			lot: u32,
			/// What operators get of it as it was paid, in micro-USDC.
			asset: Balance,
			/// What operators get of it in VKTR, bought before.
			native: Balance,
			/// What waits on, for stakers and the burn, in micro-USDC.
			waiting: Balance,
		},
		/// An operator's part of a lot went to its owner.
		Claimed {
			/// The operator.
			operator: OperatorId,
			/// The lot.
			lot: u32,
			/// In what the lot was paid.
			asset: Asset,
			/// Who received it.
			account: T::AccountId,
			/// How much, in VKTR's smallest unit.
			native: Balance,
			/// How much as it was paid, where the lot overflowed.
			paid: Balance,
			/// How much of `native` joined the operator's collateral, which is below what is required.
			withheld: Balance,
		},
		/// A lot is over and forgotten. What rounding had left of it went where unclaimed parts go.
		LotForgotten {
			/// The lot.
			lot: u32,
			/// In what it was paid.
			asset: Asset,
			/// What was left, in VKTR's smallest unit.
			native: Balance,
			/// What was left as it was paid.
			paid: Balance,
		},
		/// Emission for a round's work came: its operators' to claim.
		WorkRewarded {
			/// The round.
			round: u32,
			/// How much, in VKTR's smallest unit.
			amount: Balance,
		},
		/// An operator's part of what a round's work earned went to its owner.
		WorkClaimed {
			/// The operator.
			operator: OperatorId,
			/// The round.
			round: u32,
			/// Who received it.
			account: T::AccountId,
			/// How much, in VKTR's smallest unit.
			amount: Balance,
			/// How much of that joined the operator's collateral, which is below what is required.
			withheld: Balance,
		},
		/// What a round's work earned was not all claimed in time: the rest was burned or went to the treasury.
		WorkExpired {
			/// The round.
			round: u32,
			/// How much, in VKTR's smallest unit.
			amount: Balance,
		},
		/// Emission for being there in a round came: from now on windows share it.
		AvailabilityRewarded {
			/// The round.
			round: u32,
			/// How much, in VKTR's smallest unit.
			amount: Balance,
		},
		/// What an operator had earned by being there went to its owner.
		AvailabilityClaimed {
			/// The operator.
			operator: OperatorId,
			/// Who received it.
			account: T::AccountId,
			/// How much, in VKTR's smallest unit.
			amount: Balance,
			/// How much of that joined the operator's collateral, which is below what is required.
			withheld: Balance,
		},
		/// The reserve paid for work that failed.
		Compensated {
			/// For what.
			work: WorkRef,
			/// The case by which its operator was slashed.
			case: CaseId,
			/// Who received it.
			beneficiary: T::AccountId,
			/// In which asset.
			asset: Asset,
			/// How much, in the asset's smallest unit.
			amount: Balance,
		},
		/// Operators' work counts by these factors for emission from now on.
		FactorsSet {
			/// The factors.
			factors: Factors,
		},
		/// An operator did not claim its part of a lot in time.
		Expired {
			/// The operator.
			operator: OperatorId,
			/// The lot.
			lot: u32,
			/// In what the lot was paid.
			asset: Asset,
			/// How much was burned or went to the treasury, in VKTR's smallest unit.
			native: Balance,
			/// How much went to the treasury as it was paid.
			paid: Balance,
		},
		/// Payments are divided anew from now on. Lots keep the shares under which they came in.
		SplitSet {
			/// The new split.
			split: RevenueSplit,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// Payments are in VKTR (`Native`) or USDC (asset 1) only.
		UnsupportedAsset,
		/// No payment in VKTR is taken while the chain has no price for it: never at a default.
		NoPrice,
		/// There is nothing to settle: the amount is zero.
		NothingToSettle,
		/// Rebates are not given yet: a settlement must not ask for one.
		NoRebates,
		/// The shares of the split do not sum to exactly `1_000_000` parts per million.
		SplitNotWhole,
		/// Operators would get more than 95 % of a payment: paying oneself would cost next to nothing.
		SplitLeaksTooLittle,
		/// A factor has no range, is nothing or above fourfold, or comes twice.
		FactorsUnsound,
		/// Nothing is owed to this account in this asset.
		NothingOwed,
		/// The account still refuses: it is blocked, or the amount would leave it below the asset's minimum balance.
		StillRefused,
		/// The operator has no part of this lot, or it was paid.
		NothingAccrued,
		/// The lot is not bought yet: its operators are paid once it is, or after a week as they were paid.
		LotOpen,
		/// The round is on: its work earns when it ends.
		RoundOpen,
		/// The operator's work of this round, or its being there, earned nothing or was paid; or work was not claimed in time.
		NothingEarned,
		/// The reserve has paid for this work already.
		AlreadyCompensated,
		/// The reserve does not have that much above its minimum balance.
		ReserveTooSmall,
		/// A sum does not fit. Nothing has changed.
		Overflow,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::tick()
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::tidy(remaining)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An operator's part of every lot that is not paid yet. `operator`: of `Operators.paid_to`. One row per lot and
		/// asset that it worked in.
		pub fn accrued(operator: OperatorId) -> Vec<HeldAccrual> {
			Self::accruals(&operator).into_iter().map(|(key, accrual)| Self::held_accrual(key, &accrual)).collect()
		}

		/// What an operator's work of each round earned and is not claimed yet. `operator`: of `Operators.paid_to`. The round that is on is the last.
		pub fn earned(operator: OperatorId) -> Vec<HeldWork> {
			Self::work_of(&operator)
		}

		/// What an operator has earned by being there and is not claimed yet, in VKTR's smallest unit. `operator`: of `Operators.paid_to`.
		pub fn earned_availability(operator: OperatorId) -> Balance {
			T::Earnings::earned(&operator)
		}

		/// What `account` refused and is still owed: `payout` sends it. At most one row per asset.
		pub fn held(account: T::AccountId) -> Vec<HeldPayout> {
			Self::owed(&account).into_iter().map(|(asset, amount)| HeldPayout { asset, amount }).collect()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Divide payments anew, from the next settlement on. For the admin origin (root).
		///
		/// `split`: the eight shares in parts per million, `700_000` is 70 %. They must sum to exactly `1_000_000`
		/// (`SplitNotWhole`), `direct` and `operators` to at most `950_000` (`SplitLeaksTooLittle`).
		#[pallet::call_index(0)]
		pub fn set_split(origin: OriginFor<T>, split: RevenueSplit) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_split(split)
		}

		/// Pay what is owed to `account` in `asset` to that account, whoever calls. All of it or nothing. Free when it
		/// succeeds.
		///
		/// Refused with `NothingOwed`, and with `StillRefused` while the account cannot take it: then it stays owed.
		#[pallet::call_index(1)]
		pub fn payout(origin: OriginFor<T>, account: T::AccountId, asset: Asset) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_payout(account, asset)?;
			Ok(Pays::No.into())
		}

		/// Pay an operator's part of a lot to its owner, whoever calls. Free when it succeeds.
		///
		/// `operator`: its id. `lot`: the lot's number. `asset`: in what the lot was paid.
		///
		/// Where a lot overflowed and the account takes one of two assets, the other is booked for `payout`. Refused with `NothingAccrued`, `LotOpen`, and with
		/// `StillRefused` while the account takes nothing: then it stays accrued.
		#[pallet::call_index(2)]
		pub fn claim(
			origin: OriginFor<T>,
			operator: OperatorId,
			#[pallet::compact] lot: u32,
			asset: Asset,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_claim(operator, lot, asset)?;
			Ok(Pays::No.into())
		}

		/// Pay an operator's part of what a round's work earned to its owner, whoever calls. Free when it succeeds.
		///
		/// `operator`: its id. `round`: the round's number.
		///
		/// Refused with `RoundOpen`, `NothingEarned`, and with `StillRefused` while the account cannot take it: then it stays there.
		#[pallet::call_index(3)]
		pub fn claim_work(
			origin: OriginFor<T>,
			operator: OperatorId,
			#[pallet::compact] round: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_claim_work(operator, round)?;
			Ok(Pays::No.into())
		}

		/// Set what makes an operator's work count more or less for emission, from the next settlement on. For the admin origin (root).
		///
		/// `factors`: at most eight, each of another measure, with its range in parts per million: `1_200_000` is 1.2. Above nothing, at most 4
		/// (`FactorsUnsound`). Work counts in full where all are at their highest; what less would have earned is not emitted.
		#[pallet::call_index(4)]
		pub fn set_factors(origin: OriginFor<T>, factors: Factors) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_factors(factors)
		}

		/// Pay for work that failed out of the reserve, once. For the reserve's origin (root or the treasurer).
		///
		/// `work`: what failed. `case`: what the operator was slashed by for it: no more than that is compensated, all calls together. `beneficiary`: who gets it. `asset`: `Native` for VKTR, `{WithId: 1}` for USDC. `amount`: in the asset's smallest unit.
		///
		/// Refused with `AlreadyCompensated`, `NothingToSettle`, `UnsupportedAsset`, `ReserveTooSmall` and `StillRefused`.
		#[pallet::call_index(5)]
		pub fn compensate(
			origin: OriginFor<T>,
			work: WorkRef,
			#[pallet::compact] case: CaseId,
			beneficiary: T::AccountId,
			asset: Asset,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::ReserveOrigin::ensure_origin(origin)?;
			Self::do_compensate(work, case, beneficiary, asset, amount)
		}

		/// Pay all that an operator has earned by being there to its owner, whoever calls. Free when it succeeds.
		///
		/// `operator`: its id.
		///
		/// Refused with `NothingEarned`, and with `StillRefused` while the account cannot take it: then it stays earned.
		#[pallet::call_index(6)]
		pub fn claim_availability(origin: OriginFor<T>, operator: OperatorId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_claim_availability(operator)?;
			Ok(Pays::No.into())
		}
	}
}
