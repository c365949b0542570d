//! How `pallet-staking`, which mints, pays from pots.

use frame_support::{
	pallet_prelude::Weight,
	traits::{fungible::Debt, Get, OnUnbalanced},
};
use frame_system::RawOrigin;
use pallet_staking::{
	weights::WeightInfo as _, ActiveEra, ClaimedRewards, Config as StakingConfig, ErasStakersOverview,
	ErasValidatorReward,
};
use pallet_supply::Eras;
use sp_runtime::DispatchError;
use sp_staking::{EraIndex, EraPayout};
use vektor_primitives::Balance;

use crate::{AccountId, Balances, Runtime, Staking, Supply};

/// What an era pays, and what its mints are paid from.
pub struct FromPots;

impl EraPayout<Balance> for FromPots {
	/// The era's length plays no part: a chain that stood still ends one very long era.
	fn era_payout(_: Balance, _: Balance, _: u64) -> (Balance, Balance) {
		(Supply::end_era(), 0)
	}
}

impl OnUnbalanced<Debt<AccountId, Balances>> for FromPots {
	fn on_nonzero_unbalanced(minted: Debt<AccountId, Balances>) {
		Supply::settle_rewards(minted);
	}
}

/// The eras of staking.
pub struct StakingEras;

impl Eras<AccountId> for StakingEras {
	fn ended() -> Option<EraIndex> {
		ActiveEra::<Runtime>::get()?.index.checked_sub(1)
	}

	/// Reads at most two items for each validator of the era, of which there are at most 32.
	fn next_open(era: EraIndex, done: Option<&(AccountId, u32)>) -> Option<(AccountId, u32)> {
		ErasValidatorReward::<Runtime>::get(era).filter(|reward| *reward > 0)?;
		let open = |validator: &AccountId, first: u32| {
			let overview = ErasStakersOverview::<Runtime>::get(era, validator)?;
			let claimed = ClaimedRewards::<Runtime>::get(era, validator);
			// A validator without nominators has its own page.
			(first..overview.page_count.max(1)).find(|page| !claimed.contains(page))
		};
		let rows = match done {
			None => ErasStakersOverview::<Runtime>::iter_key_prefix(era),
			Some((last, page)) => {
				if let Some(page) = open(last, page.saturating_add(1)) {
					return Some((last.clone(), page));
				}
				let key = ErasStakersOverview::<Runtime>::hashed_key_for(era, last);
				ErasStakersOverview::<Runtime>::iter_key_prefix_from(era, key)
			}
		};
		rows.filter_map(|validator| open(&validator, 0).map(|page| (validator, page))).next()
	}

	fn pay(era: EraIndex, validator: &AccountId, page: u32) -> Result<(), DispatchError> {
		// Any account's call would do the same.
		let anyone = RawOrigin::Signed(validator.clone()).into();
		Staking::payout_stakers_by_page(anyone, validator.clone(), era, page).map(|_| ()).map_err(|error| error.error)
	}

	fn page_weight() -> Weight {
		<Runtime as StakingConfig>::WeightInfo::payout_stakers_alive_staked(
			<<Runtime as StakingConfig>::MaxExposurePageSize as Get<u32>>::get(),
		)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn worst(era: EraIndex) {
		use frame_benchmarking::account;
		use sp_staking::PagedExposureMetadata;
		let most = crate::params::MAX_VALIDATORS;
		ErasValidatorReward::<Runtime>::insert(era, vektor_primitives::VKTR);
		for n in 0..most {
			let validator: AccountId = account("validator", n, 0);
			let overview = PagedExposureMetadata { total: 1, own: 1, nominator_count: 0, page_count: 1 };
			ErasStakersOverview::<Runtime>::insert(era, &validator, overview);
		}
		let mut last = None;
		for validator in ErasStakersOverview::<Runtime>::iter_key_prefix(era) {
			ClaimedRewards::<Runtime>::insert(era, &validator, alloc::vec![0u32]);
			last = Some(validator);
		}
		ClaimedRewards::<Runtime>::remove(era, last.expect("an era has validators"));
	}
}
