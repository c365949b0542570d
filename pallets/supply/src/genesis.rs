//! The table at genesis. What does not add up stops the chain before its first block.

use alloc::collections::BTreeMap;

use frame_support::{
	traits::{fungible::Inspect, Get, VestingSchedule},
	BoundedVec,
};
use sp_runtime::traits::Convert;
use vektor_math::vesting::Plan;
use vektor_primitives::Balance;

use crate::{
	Airdrop, Allocation, Allocations, Config, CurrentRound, GenesisAllocation, GenesisConfig, Name, Pace, Pallet,
	Parameters, Policy, Release, Round, Schedule, Unlock,
};

/// Ten years, in months: V2, Q1.
const EMISSION_MONTHS: u32 = 120;

pub(crate) fn build<T: Config>(config: &GenesisConfig<T>) {
	// The default of every pallet, which FRAME builds to see that it can be: a chain without a token, and without a block.
	if config.allocations.is_empty() {
		return;
	}
	assert_eq!(T::Parameters::build(&config.parameters), Ok(()), "supply: a parameter is outside its bounds");
	let sum = total(config.allocations.iter().map(|row| row.amount));
	assert_eq!(sum, T::Cap::get(), "supply: the allocations do not sum to the cap");
	assert_eq!(T::Currency::total_issuance(), sum, "supply: the balances do not sum to the allocations");

	assert_eq!(
		count(&config.allocations, |release| *release == Release::Emission),
		1,
		"supply: one allocation is emitted"
	);
	let treasury = |release: &Release| matches!(release, Release::Treasury(_));
	assert!(count(&config.allocations, treasury) <= 1, "supply: one allocation comes free to the treasury");
	let emission = held(&config.allocations, |release| matches!(release, Release::Emission));
	let stream = held(&config.allocations, treasury);
	let airdrop = total(config.airdrop.iter().map(|(_, amount)| *amount));
	for (pot, amount) in [
		(Pallet::<T>::emission_pot(), emission),
		(Pallet::<T>::stream_pot(), stream),
		(Pallet::<T>::airdrop_pot(), airdrop),
		(Pallet::<T>::era_pot(), T::Cushion::get()),
	] {
		assert_eq!(
			Pallet::<T>::available(&pot),
			amount,
			"supply: a pot does not hold what is booked for it and its floor"
		);
	}
	lock_holders(config);
	assert!(config.allocations.len() <= 16, "supply: at most 16 allocations");
	let rows = config.allocations.iter().map(|row| {
		assert!(row.name.len() <= 48, "supply: a name has at most 48 bytes");
		let name = Name::truncate_from(row.name.as_bytes().to_vec());
		Allocation { name, amount: row.amount, release: row.release }
	});
	Allocations::<T>::put(BoundedVec::truncate_from(rows.collect()));

	for (who, amount) in &config.airdrop {
		assert!(*amount >= T::Currency::minimum_balance(), "supply: a share of the airdrop is below the least balance");
		assert!(!Airdrop::<T>::contains_key(who), "supply: an account is on the airdrop's list twice");
		Airdrop::<T>::insert(who, amount);
	}
	let (duration, year) = (T::MonthEnd::convert(EMISSION_MONTHS), T::MonthEnd::convert(12));
	assert!(year > 0, "supply: a year has no length");
	let pace = Schedule { total: emission, duration, year };
	assert!(config.policy.is_sound(&pace), "supply: the emission policy cannot be followed");
	Policy::<T>::put(&config.policy);
	Pace::<T>::put(pace);
	CurrentRound::<T>::put(Round { index: 0, began: 0, ends: T::Rules::get().round_length });
}

fn total(amounts: impl Iterator<Item = Balance>) -> Balance {
	let mut amounts = amounts;
	let sum = amounts.try_fold(0, |sum: Balance, amount| sum.checked_add(amount));
	assert!(sum.is_some(), "supply: a sum of amounts fits");
	sum.unwrap_or_default()
}

fn count<A>(rows: &[GenesisAllocation<A>], of: impl Fn(&Release) -> bool) -> usize {
	rows.iter().filter(|row| of(&row.release)).count()
}

fn held<A>(rows: &[GenesisAllocation<A>], of: impl Fn(&Release) -> bool) -> Balance {
	total(rows.iter().filter(|row| of(&row.release)).map(|row| row.amount))
}

/// Locks what holders may not spend yet. What is free from the start needs no list.
fn lock_holders<T: Config>(config: &GenesisConfig<T>) {
	let mut locked = BTreeMap::<&T::AccountId, Balance>::new();
	for row in &config.allocations {
		if let Some(unlock) = row.release.unlock() {
			assert!(
				unlock.plan::<T::MonthEnd>(row.amount).is_some(),
				"supply: an allocation cannot come free as it says"
			);
		}
		let Release::Holders(unlock) = row.release else { continue };
		if unlock == Unlock::AtOnce {
			continue;
		}
		let sum = total(row.holders.iter().map(|(_, amount)| *amount));
		assert_eq!(sum, row.amount, "supply: the holders of `{}` do not hold all of it", row.name);
		for (who, amount) in &row.holders {
			let plan = unlock.plan::<T::MonthEnd>(*amount);
			for line in plan.iter().flat_map(Plan::lines) {
				let lock = T::Vesting::add_vesting_schedule(who, line.locked, line.per_unit, line.start);
				assert_eq!(lock, Ok(()), "supply: a holder of `{}` has too many schedules", row.name);
			}
			let sum = locked.entry(who).or_default();
			*sum = sum.saturating_add(*amount);
		}
	}
	for (who, amount) in locked {
		assert!(T::Currency::balance(who) >= amount, "supply: a holder has less than what is its share");
	}
}
