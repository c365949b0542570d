//! What an offence costs besides stake.

use frame_support::pallet_prelude::Weight;
use pallet_session_historical::IdentificationTuple;
use pallet_staking::WeightInfo as _;
use sp_runtime::Perbill;
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex, StakingInterface,
};

use crate::{pallet_session_historical, AccountId, Runtime, Staking};

/// A slashed validator is no candidate any more, until it says that it validates again. `pallet-staking` alone elects it in the
/// next era anew, and a key that runs twice would cost its owner and its nominators era by era.
pub struct SlashAndChill;

impl OnOffenceHandler<AccountId, IdentificationTuple<Runtime>, Weight> for SlashAndChill {
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, IdentificationTuple<Runtime>>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let mut weight = <Staking as OnOffenceHandler<_, _, _>>::on_offence(offenders, fractions, session);
		for (OffenceDetails { offender: (validator, ()), .. }, fraction) in offenders.iter().zip(fractions) {
			if !fraction.is_zero() {
				// One that has left meanwhile is no candidate either.
				let _ = <Staking as StakingInterface>::chill(validator);
				weight.saturating_accrue(<Runtime as pallet_staking::Config>::WeightInfo::chill());
			}
		}
		weight
	}
}
