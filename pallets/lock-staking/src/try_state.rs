//! The invariants of the README, by their numbers.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{ensure, traits::fungible::Inspect};
use sp_runtime::TryRuntimeError;
use vektor_math::growth;
use vektor_primitives::{Balance, Ppm};

use crate::{
	calls::are_sound, Book, Casting, Checkpoints, Config, Day, Expiring, Expiry, Pallet, Position, Positions, Shared,
	Terms, TierTable, Vault, VoteLocks, MAX_TIERS,
};

const FITS: TryRuntimeError = TryRuntimeError::Other("lock staking: invariant 1, the books do not fit");

const MISSING: TryRuntimeError =
	TryRuntimeError::Other("lock staking: invariant 8, a checkpoint is missing or needed by nobody");

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads all of the pallet's state: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let vault = Book::<T>::get();
		let owed = vault.owed().ok_or(FITS)?;
		let held = T::Currency::balance(&Self::pot()).saturating_sub(T::Currency::minimum_balance());
		ensure!(held >= owed, "lock staking: invariant 1, the vault lacks what it owes");
		ensure!(
			vault.tiers.iter().all(|tier| growth::ONE <= tier.growth && tier.growth <= tier.next),
			"lock staking: invariant 2, a growth has fallen"
		);
		ensure!(vault.day <= Self::today(), "lock staking: invariant 3, locks of a day to come have ended");
		ensure!(
			are_sound(&TierTable::<T>::get(), &Terms::<T>::get()),
			"lock staking: invariant 4, the tiers cannot be followed"
		);
		Self::check_positions(&vault)?;
		Self::check_days(&vault)?;
		Self::check_votes()?;
		Self::check_shared()
	}

	/// Votes have a stake behind them where nothing else votes, and none is being cast.
	fn check_votes() -> Result<(), TryRuntimeError> {
		ensure!(!Casting::<T>::exists(), "lock staking: invariant 9, a vote is being cast");
		let staked = |who: &T::AccountId| Positions::<T>::contains_key(who);
		ensure!(
			VoteLocks::<T>::iter().all(|(who, stake)| stake > 0 && staked(&who)),
			"lock staking: invariant 9, votes without a stake"
		);
		Ok(())
	}

	/// What is shared is a position's yield, and never all of it.
	fn check_shared() -> Result<(), TryRuntimeError> {
		let positions: BTreeSet<u32> = Self::all().map(|position| position.id).collect();
		for (id, share) in Shared::<T>::iter() {
			let others = share.delegate.0.saturating_add(share.validators.0);
			ensure!(
				positions.contains(&id) && others <= Ppm::ONE.0 / 2,
				"lock staking: invariant 10, the yield of no position is shared"
			);
		}
		Ok(())
	}

	fn all() -> impl Iterator<Item = Position> {
		Positions::<T>::iter_values().flat_map(|owned| owned.into_iter())
	}

	/// The positions of each tier have the shares that the tier books, and are together worth no more than it owes.
	fn check_positions(vault: &Vault) -> Result<(), TryRuntimeError> {
		let (mut shares, mut fresh, mut worth) = ([0u128; MAX_TIERS], [0u128; MAX_TIERS], 0u128);
		for position in Self::all() {
			let now = Self::up_to_date(&position, vault).ok_or(MISSING)?;
			let tier = usize::from(now.tier);
			let came = if now.since == vault.interval { now.fresh } else { 0 };
			ensure!(
				came <= now.shares && now.principal > 0,
				"lock staking: invariant 5, a position is out of its books"
			);
			add(&mut shares, tier, now.shares.saturating_sub(came))?;
			add(&mut fresh, tier, came)?;
			worth = worth.checked_add(now.worth(vault).ok_or(FITS)?).ok_or(FITS)?;
		}
		for ((book, shares), (tier, fresh)) in vault.tiers.iter().zip(shares).zip(fresh.into_iter().enumerate()) {
			// Of locks that have ended each is rounded by itself: the liquid tier may have some shares more.
			let fits = if tier == 0 { shares <= book.shares } else { shares == book.shares };
			ensure!(
				fits && fresh == book.fresh,
				"lock staking: invariant 5, the shares of a tier are not its positions'"
			);
		}
		let owed = vault.owed().and_then(|owed| owed.checked_sub(vault.stream.left)).ok_or(FITS)?;
		ensure!(worth <= owed, "lock staking: invariant 6, the positions are worth more than the vault owes them");
		Ok(())
	}

	/// Every day has the shares and the number of its positions; every checkpoint has some that need it.
	fn check_days(vault: &Vault) -> Result<(), TryRuntimeError> {
		let (mut to_come, mut over) = (BTreeMap::<Day, Expiry>::new(), BTreeMap::<Day, u32>::new());
		for position in Self::all().filter(|position| position.tier != 0) {
			if position.is_over(vault) {
				let count = over.entry(position.expires).or_default();
				*count = count.saturating_add(1);
				continue;
			}
			let expiry = to_come.entry(position.expires).or_default();
			add(&mut expiry.shares, usize::from(position.tier), position.shares)?;
			expiry.positions = expiry.positions.saturating_add(1);
		}
		let booked: BTreeMap<Day, Expiry> = Expiring::<T>::iter().collect();
		ensure!(booked == to_come, "lock staking: invariant 7, a day's locks are not its positions'");
		let kept: BTreeMap<Day, u32> = Checkpoints::<T>::iter().map(|(day, kept)| (day, kept.positions)).collect();
		ensure!(kept == over, MISSING);
		Ok(())
	}
}

fn add(sums: &mut [Balance; MAX_TIERS], tier: usize, amount: Balance) -> Result<(), TryRuntimeError> {
	let sum = sums.get_mut(tier).ok_or(FITS)?;
	*sum = sum.checked_add(amount).ok_or(FITS)?;
	Ok(())
}
