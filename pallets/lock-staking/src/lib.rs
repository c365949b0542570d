#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use read::Held;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod ext;
#[cfg(test)]
mod mock;
mod position;
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
	use frame_support::{pallet_prelude::*, traits::fungible::Mutate, PalletId};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::BlockNumberProvider;
	use vektor_primitives::Balance;

	use crate::{types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The native token.
		type Currency: Mutate<Self::AccountId, Balance = Balance>;

		/// What days are counted in: slots since the first block, whether or not a block came.
		type Elapsed: BlockNumberProvider<BlockNumber = u32>;

		/// The height of the chain, which intervals are counted in.
		type Height: BlockNumberProvider<BlockNumber = u32>;

		/// A day, in slots. Not zero.
		#[pallet::constant]
		type Day: Get<u32>;

		/// An interval, in blocks. Rewards are given out at its beginning, to those who are staked then. Not zero. Source: money.md,
		/// "Lock staking": the market buy's hundred blocks.
		#[pallet::constant]
		type Interval: Get<u32>;

		/// Over how long a reward streams, in blocks: a round.
		type StreamLength: Get<u32>;

		/// The least stake, and the least that may be left of one, in the smallest unit.
		#[pallet::constant]
		type MinStake: Get<Balance>;

		/// The least that is staked in all, weighted by the tiers, for a reward to be given out, in the smallest unit.
		#[pallet::constant]
		type MinTotal: Get<Balance>;

		/// How long a reward waits for it, in intervals, before it goes to the treasury.
		#[pallet::constant]
		type Patience: Get<u32>;

		/// Positions of one account at most.
		#[pallet::constant]
		type MaxPositions: Get<u32>;

		/// The pot of all that is staked and streams.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// Where a reward goes that found nobody.
		type Treasury: Get<Self::AccountId>;

		/// Who sets the tiers.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// The tiers, the liquid one first. Empty where lock staking is off.
	#[pallet::storage]
	pub type TierTable<T> = StorageValue<_, Tiers, ValueQuery>;

	/// All that is staked.
	#[pallet::storage]
	pub type Book<T> = StorageValue<_, Vault, ValueQuery>;

	/// The locks that end on a day to come. The key comes from the chain, so a short hash does.
	#[pallet::storage]
	pub type Expiring<T> = StorageMap<_, Twox64Concat, Day, Expiry, ValueQuery>;

	/// The days on which locks have ended, while positions of them have not been touched since.
	#[pallet::storage]
	pub type Checkpoints<T> = StorageMap<_, Twox64Concat, Day, Checkpoint, OptionQuery>;

	/// Each account's positions. Accounts are chosen freely, so the hash is a strong one.
	#[pallet::storage]
	pub type Positions<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, BoundedVec<Position, T::MaxPositions>, ValueQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The tiers, the liquid one first. Empty where lock staking is off.
		pub tiers: Tiers,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(crate::calls::are_sound(&self.tiers), "lock staking: the tiers cannot be followed");
			TierTable::<T>::put(&self.tiers);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account staked. It earns from the next interval on.
		Staked {
			/// Whose stake it is.
			who: T::AccountId,
			/// The position's number.
			position: u32,
			/// How much was put in, in the smallest unit.
			amount: Balance,
			/// The tier's number.
			tier: u8,
			/// The day on which it becomes liquid. Zero for the liquid tier.
			expires: Day,
		},
		/// A position's lock was made longer.
		Extended {
			/// Whose stake it is.
			who: T::AccountId,
			/// The position's number.
			position: u32,
			/// The tier's number.
			tier: u8,
			/// The day on which it becomes liquid.
			expires: Day,
		},
		/// A stake, or a part of it, and its yield went back to its owner.
		Unstaked {
			/// Whose stake it was.
			who: T::AccountId,
			/// The position's number.
			position: u32,
			/// How much was paid, in the smallest unit.
			amount: Balance,
		},
		/// An interval's part of the stream went to the tiers.
		Rewarded {
			/// The interval.
			interval: u32,
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// A reward waited too long for somebody to stake: it went to the treasury.
		RewardForfeited {
			/// How much, in the smallest unit.
			amount: Balance,
		},
		/// The tiers were set.
		TiersSet {
			/// The tiers, the liquid one first.
			tiers: Tiers,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no tier of this number: lock staking is off, or the number is too large.
		UnknownTier,
		/// The stake, or what would be left of it, is below the minimum: take out all of it instead. Or nothing would be taken out.
		BelowMinimum,
		/// The account has as many positions as there can be: add to one, or take one out.
		TooManyPositions,
		/// The account has no position of this number.
		UnknownPosition,
		/// The position is locked until its day.
		StillLocked,
		/// A lock can only be made longer.
		Shortens,
		/// The position holds less than that.
		NotEnough,
		/// Tiers begin with the liquid one, none is below one or above ten, and those that positions may be in stay.
		TiersUnsound,
		/// A sum does not fit. Nothing has changed.
		Overflow,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::tick()
		}

		fn integrity_test() {
			assert!(T::Day::get() > 0 && T::Interval::get() > 0, "a day and an interval have a length");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Stake tokens that are free. The yield compounds by itself; there is nothing to claim.
		///
		/// `amount`: in the smallest unit, at least `MinStake`. `tier`: the tier's number, 0 is liquid. The lock ends by itself on the day
		/// after its days are over, and the position then earns as the liquid tier does.
		///
		/// Refused with `UnknownTier`, `BelowMinimum`, `TooManyPositions`, and with the token's errors where the account has less that is
		/// free: unvested tokens cannot be staked.
		#[pallet::call_index(0)]
		pub fn stake(origin: OriginFor<T>, #[pallet::compact] amount: Balance, tier: u8) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stake(who, amount, tier)
		}

		/// Take a liquid position out, or a part of it, with its yield.
		///
		/// `position`: its number. `amount`: in the smallest unit, or nothing for all of it.
		///
		/// Refused with `UnknownPosition`, `StillLocked` before its day, `NotEnough`, and `BelowMinimum` where too little would be left.
		#[pallet::call_index(1)]
		pub fn unstake(origin: OriginFor<T>, position: u32, amount: Option<Balance>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unstake(who, position, amount)
		}

		/// Lock a position anew, from today and for its tier's days: never for a shorter time than it is locked already. It earns in its new
		/// tier from the next interval on.
		///
		/// `position`: its number. `tier`: the new tier's number, or its own again.
		///
		/// Refused with `UnknownPosition`, `UnknownTier`, and `Shortens`.
		#[pallet::call_index(2)]
		pub fn extend(origin: OriginFor<T>, position: u32, tier: u8) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_extend(who, position, tier)
		}

		/// Set the tiers. What a lock promised it keeps: days change for new stakes only, multipliers from the next interval on. For the admin
		/// origin (root).
		///
		/// `tiers`: the liquid one first. Refused with `TiersUnsound`.
		#[pallet::call_index(3)]
		pub fn set_tiers(origin: OriginFor<T>, tiers: Tiers) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_tiers(tiers)
		}
	}
}
