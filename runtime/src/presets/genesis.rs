//! From an economy's numbers to the JSON patch. Issuance is exactly what the allocations sum to: everything else that an
//! account gets at genesis leaves the reserve.

use alloc::vec::Vec;
use pallet_operators::HardwareClass;
use pallet_revenue::RevenueSplit;
use serde_json::{json, Value};
use vektor_primitives::{Asset, Balance, USDC, VKTR};

use crate::{
	configs::{consensus::BABE_GENESIS_EPOCH, inference},
	params::{EXISTENTIAL_DEPOSIT, MAX_TARGETS, MAX_VALIDATORS, USDC_MINIMUM},
	timing::Durations,
	AccountId, SessionKeys, Treasury,
};

/// A validator from the first block on.
pub struct Validator {
	/// The account that holds the bond.
	pub stash: AccountId,
	/// What it bonds.
	pub bond: Balance,
	/// Its session keys. Genesis asks no proof of them.
	pub keys: SessionKeys,
}

/// The VKTR/USDC pool at genesis.
pub struct Pool {
	/// Who holds its shares.
	pub provider: AccountId,
	/// VKTR in it.
	pub native: Balance,
	/// USDC in it.
	pub usdc: Balance,
}

/// A network at genesis.
pub struct Genesis {
	/// How long things take.
	pub durations: Durations,
	/// Who owns the cap.
	pub allocations: Vec<(AccountId, Balance)>,
	/// The allocation out of which everything below is paid.
	pub reserve: AccountId,
	/// VKTR of everyday accounts.
	pub endowed: Vec<(AccountId, Balance)>,
	/// USDC of everyday accounts.
	pub usdc: Vec<(AccountId, Balance)>,
	/// Who may mint USDC.
	pub usdc_owner: AccountId,
	/// The pool.
	pub pool: Option<Pool>,
	/// The first validators.
	pub validators: Vec<Validator>,
	/// Sudo's key.
	pub sudo: Option<AccountId>,
	/// The hardware table.
	pub classes: Vec<HardwareClass>,
	/// How revenue is split.
	pub split: RevenueSplit,
}

impl Genesis {
	/// The patch over the default genesis.
	pub fn patch(self) -> Value {
		let (native, usdc) = (self.native(), self.tokens());
		let pools: Vec<_> = self
			.pool
			.iter()
			.map(|pool| (Asset::Native, Asset::WithId(USDC), pool.provider.clone(), pool.native, pool.usdc))
			.collect();
		let stakers: Vec<_> =
			self.validators.iter().map(|v| (v.stash.clone(), v.stash.clone(), v.bond, "Validator")).collect();
		let keys: Vec<_> = self.validators.iter().map(|v| (v.stash.clone(), v.stash.clone(), v.keys.clone())).collect();
		json!({
			"timing": { "durations": self.durations },
			"babe": { "epochConfig": BABE_GENESIS_EPOCH },
			"balances": { "balances": native },
			"assets": {
				"assets": [(USDC, self.usdc_owner, true, USDC_MINIMUM)],
				"metadata": [(USDC, b"USD Coin".to_vec(), b"USDC".to_vec(), 6)],
				"accounts": usdc.into_iter().map(|(who, amount)| (USDC, who, amount)).collect::<Vec<_>>(),
			},
			"assetConversion": { "pools": pools },
			"staking": {
				"validatorCount": MAX_VALIDATORS,
				"minimumValidatorCount": 1,
				"stakers": stakers,
				// Reporters are paid nothing: a reward out of a bond would set locked tokens free.
				"slashRewardFraction": 0,
				"minNominatorBond": 10 * VKTR,
				"minValidatorBond": 10_000 * VKTR,
				// Below the election's bound: one candidate too many would fail every election.
				"maxValidatorCount": MAX_TARGETS.saturating_sub(1),
				"maxNominatorCount": 10_000,
			},
			"session": { "keys": keys },
			"sudo": { "key": self.sudo },
			"operators": { "classes": self.classes },
			"revenue": { "split": self.split },
		})
	}

	/// VKTR at genesis, the reserve paying for all but the allocations.
	fn native(&self) -> Vec<(AccountId, Balance)> {
		let mut out = self.endowed.clone();
		out.extend(inference::pots().into_iter().map(|pot| (pot, EXISTENTIAL_DEPOSIT)));
		// The provider also pays the deposit of the pool's share account.
		out.extend(self.pool.iter().map(|pool| (pool.provider.clone(), pool.native.saturating_add(10 * VKTR))));
		let paid = out.iter().fold(0, |sum: Balance, (_, amount)| sum.saturating_add(*amount));
		out.extend(self.allocations.iter().map(|(who, amount)| {
			let rest = if *who == self.reserve { amount.saturating_sub(paid) } else { *amount };
			(who.clone(), rest)
		}));
		out
	}

	/// USDC at genesis: every pot's floor, everyday accounts, the pool.
	fn tokens(&self) -> Vec<(AccountId, Balance)> {
		let mut out = self.usdc.clone();
		out.extend(inference::pots().into_iter().map(|pot| (pot, USDC_MINIMUM)));
		out.push((Treasury::account_id(), USDC_MINIMUM));
		out.extend(self.pool.iter().map(|pool| (pool.provider.clone(), pool.usdc.saturating_add(USDC_MINIMUM))));
		out
	}
}
