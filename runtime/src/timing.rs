//! The durations that consensus, staking and governance count in: written once at genesis, read for ever.
//!
//! One Wasm serves every network: a development chain differs by its preset. No call changes these values: a change of
//! slot or epoch length would stop block production, so `try_state` compares them with a second copy.

pub use pallet::*;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::Get;
use scale_info::TypeInfo;

use crate::Runtime;

/// How long things take on this chain.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Durations {
	/// A slot, in milliseconds. Example: `6000`.
	pub slot_ms: u64,
	/// An epoch and session, in slots. Example: `600`, an hour.
	pub epoch_slots: u64,
	/// An era, in sessions. Example: `24`, a day.
	pub sessions_per_era: u32,
	/// How long a bond stays slashable after it was unbonded, in eras. Example: `28`.
	pub bonding_eras: u32,
	/// How long a slash can be cancelled, in eras; shorter than `bonding_eras`. Example: `7`.
	pub slash_defer_eras: u32,
	/// How long exposures and rewards are kept, in eras; longer than `bonding_eras`. Example: `84`.
	pub history_eras: u32,
	/// What governance calls an hour, in blocks. Example: `600`.
	pub hour: u32,
}

impl Default for Durations {
	/// Production: slots of 6 seconds, epochs of an hour, eras of a day, bonds of four weeks, slashes deferred by a
	/// week so that governance can cancel a wrong one.
	fn default() -> Self {
		Self {
			slot_ms: 6_000,
			epoch_slots: 600,
			sessions_per_era: 24,
			bonding_eras: 28,
			slash_defer_eras: 7,
			history_eras: 84,
			hour: 600,
		}
	}
}

impl Durations {
	/// What pallets assume of each other's durations.
	pub fn check(&self) -> Result<(), &'static str> {
		match self {
			d if d.slot_ms < 2 => Err("a slot is at least 2 ms: half of it is the minimum period"),
			d if d.epoch_slots == 0 || d.sessions_per_era == 0 || d.hour == 0 => Err("a duration is zero"),
			d if d.slash_defer_eras >= d.bonding_eras => Err("slashes must apply before the bond can leave"),
			d if d.history_eras <= d.bonding_eras => Err("history must outlast bonds"),
			_ => Ok(()),
		}
	}
}

#[frame_support::pallet]
pub mod pallet {
	use super::Durations;
	use frame_support::pallet_prelude::*;
	#[cfg(feature = "try-runtime")]
	use sp_runtime::TryRuntimeError;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Nothing to configure.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The durations in use. Written at genesis, changed by no call.
	#[pallet::storage]
	pub type Active<T> = StorageValue<_, Durations, ValueQuery>;

	/// The durations at genesis: `try_state` refuses a state in which `Active` differs.
	#[pallet::storage]
	pub type AtGenesis<T> = StorageValue<_, Durations, ValueQuery>;

	/// The durations that a preset sets.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// How long things take on this chain.
		pub durations: Durations,
		#[serde(skip)]
		/// Binds the runtime.
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert_eq!(self.durations.check(), Ok(()));
			Active::<T>::put(self.durations);
			AtGenesis::<T>::put(self.durations);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<frame_system::pallet_prelude::BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: frame_system::pallet_prelude::BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			ensure!(Active::<T>::get() == AtGenesis::<T>::get(), "timing: invariant 1 durations changed since genesis");
			Active::<T>::get().check().map_err(TryRuntimeError::Other)
		}
	}
}

fn active() -> Durations {
	Active::<Runtime>::get()
}

macro_rules! durations {
	($($(#[$doc:meta])* $name:ident: $kind:ty = $value:expr;)*) => {$(
		$(#[$doc])*
		pub struct $name;
		impl Get<$kind> for $name {
			fn get() -> $kind {
				$value
			}
		}
	)*};
}

durations! {
	/// A slot, in milliseconds.
	SlotMs: u64 = active().slot_ms;
	/// Half a slot: BABE takes twice this as its slot.
	MinimumPeriod: u64 = active().slot_ms / 2;
	/// An epoch, in slots.
	EpochSlots: u64 = active().epoch_slots;
	/// An era, in sessions.
	SessionsPerEra: u32 = active().sessions_per_era;
	/// Bonding, in eras.
	BondingEras: u32 = active().bonding_eras;
	/// How long a slash can be cancelled, in eras.
	SlashDeferEras: u32 = active().slash_defer_eras;
	/// How long staking's history is kept, in eras.
	HistoryEras: u32 = active().history_eras;
	/// GRANDPA's set ids whose session is known: all of the bonding period, or no old equivocation could be reported.
	SetIdSessions: u64 = {
		let d = active();
		u64::from(d.bonding_eras).saturating_mul(u64::from(d.sessions_per_era))
	};
	/// How long an equivocation can be reported, in blocks: as long as its author's bond can be slashed.
	ReportLongevity: u64 = SetIdSessions::get().saturating_mul(active().epoch_slots);
}

/// An hour of governance, in blocks.
pub struct Hour;
impl Get<u32> for Hour {
	fn get() -> u32 {
		hours(1)
	}
}

/// So many days of governance, in blocks.
pub struct Days<const N: u32>;
impl<const N: u32> Get<u32> for Days<N> {
	fn get() -> u32 {
		hours(N.saturating_mul(24))
	}
}

/// So many hours of governance, in blocks.
pub fn hours(n: u32) -> u32 {
	active().hour.saturating_mul(n)
}
