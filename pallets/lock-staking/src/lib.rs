#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use read::{Held, Rate};
pub use types::*;
pub use votes::{Ballots, ClassId, PollIndex, Stance};
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod delegates;
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
mod votes;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use frame_support::{pallet_prelude::*, traits::fungible::Mutate, PalletId};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::{BlockNumberProvider, StaticLookup};
	use vektor_primitives::Balance;

	use crate::{
		types::*,
		votes::{Ballots, ClassId, PollIndex, Stance},
		WeightInfo,
	};

	type Source<T> = <<T as frame_system::Config>::Lookup as StaticLookup>::Source;

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

		/// Where the validators' part of a shared yield goes.
		type Validators: Get<Self::AccountId>;

		/// Where votes are cast.
		type Ballots: Ballots<Self::AccountId>;

		/// All tokens outside the protocol's own pots but the vault, in the smallest unit: what support is measured against where hardly
		/// anybody stakes.
		type Circulating: Get<Balance>;

		/// Who sets the tiers.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// The tiers, the liquid one first. Empty where lock staking is off.
	#[pallet::storage]
	pub type TierTable<T> = StorageValue<_, Tiers, ValueQuery>;

	/// What else an economy asks for.
	#[pallet::storage]
	pub type Terms<T> = StorageValue<_, Rules, ValueQuery>;

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

	/// Whose stake votes: how much of it must stay, in the smallest unit, worth counted at the liquid tier's votes. It goes when the votes are
	/// removed and `ConvictionVoting.unlock` was called.
	#[pallet::storage]
	pub type VoteLocks<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// With whom a position's yield is shared, by the position's number.
	#[pallet::storage]
	pub type Shared<T: Config> = StorageMap<_, Twox64Concat, u32, YieldShare<T::AccountId>, OptionQuery>;

	/// What all could vote with together, in votes, as the interval began: what support is measured against.
	#[pallet::storage]
	pub type Electorate<T> = StorageValue<_, Balance, ValueQuery>;

	/// What the vote that is just being cast may weigh, and what of that its stake does, in votes. Empty between calls.
	#[pallet::storage]
	pub type Casting<T> = StorageValue<_, (Balance, Balance), OptionQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The tiers, the liquid one first. Empty where lock staking is off.
		pub tiers: Tiers,
		/// What else the economy asks for.
		pub rules: Rules,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let sound = crate::calls::are_sound(&self.tiers, &self.rules);
			assert!(sound, "lock staking: the tiers cannot be followed");
			TierTable::<T>::put(&self.tiers);
			Terms::<T>::put(self.rules);
			Pallet::<T>::count_electorate(&Vault::default());
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
			/// What else is asked for.
			rules: Rules,
		},
		/// A position's yield is shared from now on.
		YieldDelegated {
			/// Whose stake it is.
			who: T::AccountId,
			/// The position's number.
			position: u32,
			/// With whom.
			to: T::AccountId,
		},
		/// The yield of a shared position was paid to those whom it is shared with.
		YieldShared {
			/// Whose stake it is.
			who: T::AccountId,
			/// The position's number.
			position: u32,
			/// The delegate.
			to: T::AccountId,
			/// The delegate's part, in the smallest unit.
			amount: Balance,
			/// The validators' part, in the smallest unit.
			validators: Balance,
		},
		/// A position's yield is its owner's alone again.
		YieldKept {
			/// Whose stake it is.
			who: T::AccountId,
			/// The position's number.
			position: u32,
		},
		/// A delegation weighed more than the stake behind it: it was brought down to it.
		DelegationTrimmed {
			/// Whose delegation it is.
			who: T::AccountId,
			/// The track.
			class: ClassId,
			/// What it weighs now, in votes.
			votes: Balance,
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
		/// The account has less that is free: unvested tokens, and those that other locks hold, cannot be staked.
		NotFree,
		/// The position is locked until its day.
		StillLocked,
		/// A lock can only be made longer.
		Shortens,
		/// The position holds less than that.
		NotEnough,
		/// Tiers begin with the liquid one, none is below one or above ten, and those that positions may be in stay; and those whom a yield is
		/// shared with get no more than half of it.
		TiersUnsound,
		/// The stake votes, and would weigh less than its votes: first `ConvictionVoting.remove_vote` or `undelegate`, then
		/// `ConvictionVoting.unlock` once the vote's own lock is over.
		VotesRunning,
		/// The account has nothing that votes here: stake, and lock for longer than the referendum may last to vote with more.
		NoVotes,
		/// There is no such referendum, or it is over.
		NotOngoing,
		/// Every vote counts once: with conviction 1x, or as an abstention. What weighs more is a longer lock of the stake.
		OneConviction,
		/// The account delegates nothing in this track.
		NotDelegating,
		/// The delegation weighs no more than the stake behind it.
		UpToDate,
		/// Yield is not shared in this economy.
		NotOffered,
		/// The yield of this position is shared: call `delegate_yield` without a delegate first, which pays both.
		IsShared,
		/// The yield of this position is not shared.
		NotShared,
		/// The account of the delegate or of the validators is gone, and so little cannot open it: nothing was paid. The owner may still end it with
		/// `delegate_yield`.
		CannotBePaid,
		/// A position's yield is not shared with its owner.
		WithItself,
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
		/// Refused with `UnknownTier`, `BelowMinimum`, `TooManyPositions`, and with `NotFree` where the account has less that is free: unvested
		/// tokens cannot be staked.
		#[pallet::call_index(0)]
		pub fn stake(origin: OriginFor<T>, #[pallet::compact] amount: Balance, tier: u8) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stake(who, amount, tier)
		}

		/// Take a liquid position out, or a part of it, with its yield.
		///
		/// `position`: its number. `amount`: in the smallest unit, or nothing for all of it.
		///
		/// Refused with `UnknownPosition`, `StillLocked` before its day, `NotEnough`, `BelowMinimum` where too little would be left, `VotesRunning`
		/// where the stake votes, and `IsShared` where its yield is shared.
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
		/// `tiers`: the liquid one first. `rules`: what else is asked for. Refused with `TiersUnsound`.
		#[pallet::call_index(3)]
		pub fn set_tiers(origin: OriginFor<T>, tiers: Tiers, rules: Rules) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_tiers(tiers, rules)
		}

		/// Vote in a referendum with all that the account may vote with there: each stake counts by its tier where its lock lasts until the
		/// referendum may end at the latest, and as a liquid one otherwise. A vote in the same referendum before is replaced.
		///
		/// The stake stays until the vote is removed (`ConvictionVoting.remove_vote`, then `unlock`), or until a week after the end where it won.
		///
		/// `poll`: the referendum's number. `stance`: aye, nay, or abstain, which counts for support only.
		///
		/// Refused with `NotOngoing`, `NoVotes`, and with the errors of `ConvictionVoting`.
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::power().saturating_add(T::Ballots::vote_weight()))]
		pub fn vote(origin: OriginFor<T>, #[pallet::compact] poll: PollIndex, stance: Stance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_vote(who, poll, stance)
		}

		/// Let somebody vote with all that the account may vote with in a track: each stake counts by its tier where its lock lasts as long as
		/// the longest referendum from now on, and as a liquid one otherwise. Once it weighs more than that, anyone may trim it.
		///
		/// `class`: the track. `to`: who votes.
		///
		/// Refused with `NoVotes`, and with the errors of `ConvictionVoting`. `ConvictionVoting.undelegate` ends it.
		#[pallet::call_index(5)]
		#[pallet::weight(<T as Config>::WeightInfo::power().saturating_add(T::Ballots::delegate_weight()))]
		pub fn delegate(origin: OriginFor<T>, class: ClassId, to: Source<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let to = T::Lookup::lookup(to)?;
			Self::do_delegate(who, class, to)
		}

		/// Bring a delegation down to what the stake behind it weighs now, its locks having come nearer to their end. Anyone may; it costs
		/// nothing where something was brought down.
		///
		/// `who`: who delegates. `class`: the track.
		///
		/// Refused with `NotDelegating`, and `UpToDate`.
		#[pallet::call_index(6)]
		#[pallet::weight(
			<T as Config>::WeightInfo::power()
				.saturating_add(T::Ballots::delegate_weight())
				.saturating_add(T::Ballots::undelegate_weight())
		)]
		pub fn trim(origin: OriginFor<T>, who: Source<T>, class: ClassId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_trim(who, class)?;
			Ok(Pays::No.into())
		}

		/// Share a position's yield from now on with a delegate and the validators, as the economy's rules say (Q16); or keep it again.
		///
		/// `position`: its number. `to`: with whom, or nothing: then all are paid, which a position under a lock waits for. Its yield is locked
		/// as itself is, for the delegate too.
		///
		/// Refused with `UnknownPosition`, `NotOffered`, `IsShared`, `NotShared`, `WithItself`, `StillLocked`, and `VotesRunning`.
		#[pallet::call_index(7)]
		pub fn delegate_yield(origin: OriginFor<T>, position: u32, to: Option<Source<T>>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let to = to.map(T::Lookup::lookup).transpose()?;
			Self::do_delegate_yield(who, position, to)
		}

		/// Pay a delegate and the validators their part of a position's yield until now. Anyone may.
		///
		/// `who`: whose position. `position`: its number.
		///
		/// Refused with `UnknownPosition`, `NotShared`, `StillLocked`, `CannotBePaid`, and `VotesRunning` while the stake votes.
		#[pallet::call_index(8)]
		pub fn settle_yield(origin: OriginFor<T>, who: Source<T>, position: u32) -> DispatchResult {
			ensure_signed(origin)?;
			let who = T::Lookup::lookup(who)?;
			Self::do_settle_yield(who, position)
		}
	}
}
