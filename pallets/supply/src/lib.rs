#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use policy::*;
pub use read::{Forecast, Report};
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod ext;
mod genesis;
#[cfg(test)]
mod mock;
mod payout;
mod policy;
mod read;
#[cfg(test)]
mod tests;
mod tick;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, Mutate},
			Contains, Currency, VestingSchedule,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{BlockNumberProvider, Convert, IdentifyAccount, Verify},
		transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityWithRefund},
	};
	use vektor_primitives::{
		traits::{LiveClock, LiveTime, LoadSource, PriceSource},
		Balance,
	};

	use crate::{policy::*, types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, RuntimeCall: From<Call<Self>>> {
		/// The native token.
		type Currency: Mutate<Self::AccountId, Balance = Balance> + Balanced<Self::AccountId>;

		/// The locks that wallets show.
		type Vesting: VestingSchedule<
			Self::AccountId,
			Moment = LiveTime,
			Currency: Currency<Self::AccountId, Balance = Balance>,
		>;

		/// What vesting counts in: slots since the first block, whether or not a block came.
		type Elapsed: BlockNumberProvider<BlockNumber = LiveTime>;

		/// The time at which a month ends, a twelfth of 365.25 days, in slots since genesis.
		type MonthEnd: Convert<u32, LiveTime>;

		/// The clock by which rounds pass.
		type Clock: LiveClock;

		/// How busy the network was.
		type Load: LoadSource;

		/// What the native token is worth. Without a price load calls for nothing.
		type Prices: PriceSource;

		/// Who takes what is emitted.
		type Receivers: Receivers<Self::AccountId>;

		/// The eras that are to be paid.
		type Eras: Eras<Self::AccountId>;

		/// Who hears that the issuance has risen.
		type Alarm: Alarm;

		/// The parameters that governance changes.
		type Parameters: Parameters;

		/// What they say of rounds and rates.
		type Rules: Get<Rules>;

		/// Who sets policies and parameters and releases.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Signatures of those who claim.
		type Signature: Parameter + Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>>;

		/// All tokens that will ever exist, in the smallest unit. Source: V1, Q1, C1.
		#[pallet::constant]
		type Cap: Get<Balance>;

		/// What the era pot keeps beside its floor, in the smallest unit: shares of an era's reward are rounded to the nearest unit,
		/// so an era may pay a few units more than was booked for it.
		#[pallet::constant]
		type Cushion: Get<Balance>;

		/// The pot of what is not emitted yet.
		#[pallet::constant]
		type EmissionPot: Get<PalletId>;

		/// The pot that rewards of ended eras are paid from.
		#[pallet::constant]
		type EraPot: Get<PalletId>;

		/// The pot of the treasury's allocation while it comes free.
		#[pallet::constant]
		type StreamPot: Get<PalletId>;

		/// The pot of the airdrop.
		#[pallet::constant]
		type AirdropPot: Get<PalletId>;

		/// The treasury's account.
		type Treasury: Get<Self::AccountId>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// The table of allocations, whose amounts sum to the cap. Written at genesis.
	#[pallet::storage]
	pub type Allocations<T> = StorageValue<_, BoundedVec<Allocation, ConstU32<16>>, ValueQuery>;

	/// What of the treasury's allocation has been paid to it, in the smallest unit.
	#[pallet::storage]
	pub type Streamed<T> = StorageValue<_, Balance, ValueQuery>;

	/// How much a round emits.
	#[pallet::storage]
	pub type Policy<T> = StorageValue<_, EmissionPolicy, ValueQuery>;

	/// The pace of the emission. Written at genesis.
	#[pallet::storage]
	pub type Pace<T> = StorageValue<_, Schedule, ValueQuery>;

	/// The round that is on.
	#[pallet::storage]
	pub type CurrentRound<T> = StorageValue<_, Round, ValueQuery>;

	/// The last rounds' loads, oldest first: the load that counts is their average.
	#[pallet::storage]
	pub type Loads<T> = StorageValue<_, BoundedVec<RoundLoad, ConstU32<{ crate::tick::AVERAGED }>>, ValueQuery>;

	/// What `release` or milestones have released and no round has called for yet, in the smallest unit.
	#[pallet::storage]
	pub type Budget<T> = StorageValue<_, Balance, ValueQuery>;

	/// What all rounds leaked together, in micro-USD, and how many of the policy's milestones that has reached.
	#[pallet::storage]
	pub type Reached<T> = StorageValue<_, (vektor_primitives::Usd, u32), ValueQuery>;

	/// What was emitted, by whom it was for.
	#[pallet::storage]
	pub type Emitted<T> = StorageValue<_, EmissionBook, ValueQuery>;

	/// What has been burned, by cause, in the smallest unit. With the issuance it sums to the cap.
	#[pallet::storage]
	pub type Burned<T> = StorageMap<_, Identity, BurnCause, Balance, ValueQuery>;

	/// What of the era pot is for the era that is on, in the smallest unit.
	#[pallet::storage]
	pub type EraPending<T> = StorageValue<_, Balance, ValueQuery>;

	/// What of the era pot is booked for ended eras and not paid yet, in the smallest unit.
	#[pallet::storage]
	pub type EraOwed<T> = StorageValue<_, Balance, ValueQuery>;

	/// How far the payout of ended eras has come.
	#[pallet::storage]
	pub type Paying<T: Config> = StorageValue<_, Payout<T::AccountId>, ValueQuery>;

	/// Who may claim how much of the airdrop, in the smallest unit. Accounts are chosen freely, so the hash is a strong one.
	#[pallet::storage]
	pub type Airdrop<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Balance, OptionQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The table of allocations. Its amounts sum to the cap and to the issuance.
		pub allocations: Vec<GenesisAllocation<T::AccountId>>,
		/// How much a round emits.
		pub policy: EmissionPolicy,
		/// Who may claim how much of the airdrop. The airdrop's pot holds their sum and its floor.
		pub airdrop: Vec<(T::AccountId, Balance)>,
		/// Every parameter.
		pub parameters: <T::Parameters as Parameters>::Values,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			crate::genesis::build::<T>(self);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A round ended. What was called for and found no receiver stayed in the emission pot.
		RoundEnded {
			/// The round's number.
			round: u32,
			/// What came whatever the load, in the smallest unit.
			floor: Balance,
			/// What load called for beyond it, in the smallest unit.
			demand: Balance,
			/// What went to operators for being there.
			availability: Balance,
			/// What went to operators for work.
			work: Balance,
			/// What went to stakers.
			stakers: Balance,
			/// What went to validators: it is paid when their era has ended.
			validators: Balance,
		},
		/// A milestone was reached.
		MilestoneReached {
			/// Its place in the policy's list, from 0.
			milestone: u32,
			/// What it releases, in the smallest unit.
			amount: Balance,
		},
		/// What had come free of the treasury's allocation went to the treasury.
		TreasuryPaid {
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// An amount was released: rounds emit it from now on.
		Released {
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// Rounds emit by another policy from now on.
		EmissionSet {
			/// The new policy.
			policy: EmissionPolicy,
		},
		/// A share of the airdrop was claimed.
		AirdropClaimed {
			/// Whose share it was.
			claimant: T::AccountId,
			/// Where it went.
			to: T::AccountId,
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// An account burned tokens of its own.
		Burnt {
			/// Whose they were.
			who: T::AccountId,
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// A page of an era's rewards failed so often that it is left out. Anybody may still claim it while the era is kept.
		PageLeftOut {
			/// The era.
			era: u32,
			/// Whose page it is.
			validator: T::AccountId,
			/// The page's number.
			page: u32,
		},
		/// Rewards of ended eras that nobody had earned went back to the emission pot.
		RewardsReturned {
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// Rewards were minted that no pot could pay for: the issuance has risen above what it may be. The chain stops for everybody
		/// but governance.
		IssuanceBroken {
			/// By how much, in the smallest unit.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// A policy needs years, none of them above twice the even base, and halvings; or milestones that rise.
		PolicyUnsound,
		/// The active policy emits by itself: it takes no releases.
		NothingToRelease,
		/// The emission pot holds less than what was released and this together.
		MoreThanThePotHolds,
		/// The value is outside the parameter's bounds: its documentation says which.
		ParameterOutOfBounds,
		/// A parameter cannot be without a value: it would fall back to the code's default.
		ParameterNeedsValue,
		/// The airdrop has nothing for this account, or it was claimed already.
		NothingToClaim,
		/// The signature is not the claimant's for this receiver on this chain.
		BadSignature,
		/// The airdrop's own pot cannot receive a share: it would be nobody's.
		BadReceiver,
		/// There is nothing to burn: the amount is zero.
		NothingToBurn,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::turn_round()
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::pay_eras(remaining)
		}

		fn integrity_test() {
			let Rules { round_length, min_load, max_load, floor, demand, .. } = T::Rules::get();
			assert!(round_length > 0, "a round of no length never ends");
			assert!(min_load <= max_load, "the least load is above the most");
			assert!(floor.is_whole() && demand.is_whole(), "shares of the emission must sum to one");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Release a part of the emission: rounds emit it from now on, at most twice the even base each. For the admin origin
		/// (root), under the policy `Released` only.
		///
		/// `amount`: in the smallest unit. Refused with `NothingToRelease` under other policies, and with `MoreThanThePotHolds`.
		#[pallet::call_index(0)]
		pub fn release(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_release(amount)
		}

		/// Emit by another policy from the round that is on. What is released and not emitted yet stays released. For the admin
		/// origin (root).
		///
		/// `policy`: refused with `PolicyUnsound` where it has no years, a year above twice the even base, no halving, or milestones
		/// that do not rise. Milestones that are reached already when it is set release nothing.
		#[pallet::call_index(1)]
		pub fn set_emission(origin: OriginFor<T>, policy: EmissionPolicy) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_emission(policy)
		}

		/// Set a parameter within its bounds. The only way to change one. For the admin origin (root).
		///
		/// `parameter`: the parameter and its value. Refused with `ParameterOutOfBounds`, and with `ParameterNeedsValue` for
		/// none.
		#[pallet::call_index(2)]
		pub fn set_parameter(
			origin: OriginFor<T>,
			parameter: <T::Parameters as Parameters>::KeyValue,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_parameter(parameter)
		}

		/// Pay a claimant's share of the airdrop, once. Anybody may send this, signed (free when it succeeds) or without a
		/// signature of the transaction: the claimant's own signature decides.
		///
		/// `claimant`: the account on the list. `to`: the account that gets the share. `signature`: the claimant's, over the
		/// bytes `vektor:airdrop`, the genesis hash and `to`; as a wallet wraps them in `<Bytes>` or as they are.
		///
		/// Refused with `NothingToClaim`, `BadSignature`, and `BadReceiver` for the airdrop's own pot.
		#[pallet::call_index(3)]
		#[pallet::authorize(Pallet::<T>::authorize_claim)]
		#[pallet::weight_of_authorize(<T as Config>::WeightInfo::authorize_claim_airdrop())]
		pub fn claim_airdrop(
			origin: OriginFor<T>,
			claimant: T::AccountId,
			to: T::AccountId,
			signature: T::Signature,
		) -> DispatchResultWithPostInfo {
			ensure_authorized(origin.clone()).or_else(|_| ensure_signed(origin).map(|_| ()))?;
			Self::do_claim_airdrop(claimant, to, signature)?;
			Ok(Pays::No.into())
		}

		/// Burn own tokens for ever. `Balances.burn` is closed: what is burned here is counted.
		///
		/// `amount`: in the smallest unit. Refused with `NothingToBurn` for zero, and with the token's errors where the account has
		/// less that is free.
		#[pallet::call_index(4)]
		pub fn burn(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_burn(who, amount)
		}
	}

	impl<T: Config> Pallet<T> {
		fn authorize_claim(
			_: TransactionSource,
			claimant: &T::AccountId,
			to: &T::AccountId,
			signature: &T::Signature,
		) -> TransactionValidityWithRefund {
			let (claimant, to, signature) = (claimant.clone(), to.clone(), signature.clone());
			let call = Call::claim_airdrop { claimant: claimant.clone(), to: to.clone(), signature: signature.clone() };
			// A paused call would be free and fail, in every block.
			ensure!(T::BaseCallFilter::contains(&call.into()), InvalidTransaction::Call);
			Self::check_claim(&claimant, &to, &signature)
		}
	}
}
