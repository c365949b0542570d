//! `Origins`: who a referendum may speak as, beside root.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
	use frame_support::pallet_prelude::*;
	use scale_info::TypeInfo;
	use vektor_primitives::Balance;

	use crate::params::CAP;

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Nothing to configure.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// Origins with a track of their own.
	#[pallet::origin]
	#[derive(PartialEq, Eq, Clone, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
	pub enum Origin {
		/// Dispatches calls that root has whitelisted, as root, on a shorter track.
		#[codec(index = 0)]
		WhitelistedCaller,
		/// Everyday administration: registrars, slashes to cancel.
		#[codec(index = 1)]
		GeneralAdmin,
		/// Spends from the treasury.
		#[codec(index = 2)]
		Treasurer,
		/// Cancels a referendum and returns its deposits.
		#[codec(index = 3)]
		ReferendumCanceller,
		/// Cancels a referendum and burns its deposits.
		#[codec(index = 4)]
		ReferendumKiller,
		/// A parameter whose bounds `Supply.set_parameter` has checked. No track speaks as it.
		#[codec(index = 5)]
		Checked,
		/// Judges operators: accuses, cancels slashes, blacklists, pardons.
		#[codec(index = 6)]
		Discipline,
	}

	macro_rules! ensure_one {
		($($(#[$doc:meta])* $name:ident: $success:ty = $value:expr;)*) => {$(
			$(#[$doc])*
			pub struct $name;
			impl<O: OriginTrait + From<Origin>> EnsureOrigin<O> for $name
			where
				for<'a> &'a O::PalletsOrigin: TryInto<&'a Origin>,
			{
				type Success = $success;
				fn try_origin(o: O) -> Result<Self::Success, O> {
					if matches!(o.caller().try_into(), Ok(Origin::$name)) {
						return Ok($value);
					}
					Err(o)
				}
				#[cfg(feature = "runtime-benchmarks")]
				fn try_successful_origin() -> Result<O, ()> {
					Ok(O::from(Origin::$name))
				}
			}
		)*};
	}
	use frame_support::traits::OriginTrait;

	ensure_one! {
		/// The whitelisted caller.
		WhitelistedCaller: () = ();
		/// The general admin.
		GeneralAdmin: () = ();
		/// The treasurer, who may spend any amount that the treasury has.
		Treasurer: Balance = CAP;
		/// The canceller.
		ReferendumCanceller: () = ();
		/// The killer.
		ReferendumKiller: () = ();
		/// The checked parameter.
		Checked: () = ();
		/// Whoever judges operators.
		Discipline: () = ();
	}
}
