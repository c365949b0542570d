//! From an economy and a network to the JSON patch. Issuance is exactly what the allocations sum to: everything else that an
//! account gets at genesis leaves the economy's reserve.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use pallet_operators::HardwareClass;
use pallet_supply::GenesisAllocation;
use serde_json::{json, Value};
use sp_core::Bytes;
use vektor_primitives::{Asset, Balance, Ppm, USDC, VKTR};

use super::{
	economy::{account, offences, Economy, Row},
	trust::Trust,
};
use crate::{
	configs::{
		consensus::BABE_GENESIS_EPOCH,
		inference,
		parameters::Values,
		staking::VaultPot,
		supply::{AirdropPot, Cushion, EmissionPot, EraPot, StreamPot},
	},
	params::{EXISTENTIAL_DEPOSIT, MAX_TARGETS, MAX_VALIDATORS, USDC_MINIMUM},
	timing::Durations,
	AccountId, SessionKeys, Treasury,
};

/// What a holder of locked tokens gets beside them, so that it can pay for its first transactions.
pub const LIQUID: Balance = VKTR;

/// A validator from the first block on.
pub struct Validator {
	/// The account that holds the bond.
	pub stash: AccountId,
	/// What it bonds.
	pub bond: Balance,
	/// Its session keys. Genesis asks no proof of them.
	pub keys: SessionKeys,
}

/// The pool of the native token and USDC at genesis.
pub struct Pool {
	/// Who holds its shares.
	pub provider: AccountId,
	/// The native token in it.
	pub native: Balance,
	/// USDC in it.
	pub usdc: Balance,
}

/// An account and an amount.
pub type Share = (AccountId, Balance);

/// A network at genesis.
pub struct Genesis {
	/// Its economy.
	pub economy: Economy,
	/// How long things take.
	pub durations: Durations,
	/// The accounts of rows that name other holders than the table, by the row's name.
	pub holders: Vec<(String, Vec<Share>)>,
	/// Native tokens of everyday accounts, out of the reserve.
	pub endowed: Vec<Share>,
	/// Who may claim what of the airdrop, out of the reserve.
	pub airdrop: Vec<Share>,
	/// USDC of everyday accounts.
	pub usdc: Vec<Share>,
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
	/// How long an operator's slash waits in which it can be cancelled, in slots.
	pub appeal: u32,
	/// What it trusts.
	pub trust: Trust,
}

impl Genesis {
	/// The patch over the default genesis.
	pub fn patch(&self) -> Value {
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
			"balances": { "balances": self.native() },
			"assets": {
				"assets": [(USDC, &self.usdc_owner, true, USDC_MINIMUM)],
				"metadata": [(USDC, b"USD Coin".to_vec(), b"USDC".to_vec(), 6)],
				"accounts": self.tokens().into_iter().map(|(who, amount)| (USDC, who, amount)).collect::<Vec<_>>(),
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
			"supply": {
				"allocations": self.table(),
				"policy": self.economy.policy,
				"airdrop": self.airdrop,
				"parameters": self.parameters(),
			},
			"operators": {
				"classes": self.classes,
				"offences": offences(self.durations.hour, self.appeal),
				"tiers": self.economy.stake_tiers,
			},
			"revenue": {
				"split": self.economy.split,
				"burnsUnclaimed": self.economy.burns_unclaimed,
				"factors": self.economy.factors,
			},
			"verification": {
				"srs": self.trust.srs.iter().map(|(point, trust)| (Bytes(point.to_vec()), trust)).collect::<Vec<_>>(),
				"roots": self.trust.roots,
			},
			"lockStaking": { "tiers": self.economy.tiers, "rules": self.economy.rules },
		})
	}

	/// The holders of a row: those whom the network names, or the one that stands for them.
	fn holders(&self, row: &Row) -> Vec<Share> {
		let named = self.holders.iter().find(|(name, _)| *name == row.name).map(|(_, shares)| shares.clone());
		named.unwrap_or_else(|| [(row.holder.clone(), row.amount)].into())
	}

	fn table(&self) -> Vec<GenesisAllocation<AccountId>> {
		let rows = self.economy.allocations.iter();
		rows.map(|row| GenesisAllocation {
			name: row.name.into(),
			amount: row.amount,
			release: row.release,
			holders: if row.is_locked() { self.holders(row) } else { Vec::new() },
		})
		.collect()
	}

	/// Every parameter: a round is a day of the chain's own hours.
	fn parameters(&self) -> Values {
		Values {
			round_length: self.durations.hour.saturating_mul(24),
			slash_pays_victims: self.economy.pays_victims,
			challenger_share: if self.economy.pays_victims { Values::default().challenger_share } else { Ppm(0) },
			floor: self.economy.floor,
			demand: self.economy.demand,
			..Values::default()
		}
	}

	/// What genesis gives out of the reserve.
	pub fn from_reserve(&self) -> Vec<Share> {
		let mut out = self.endowed.clone();
		let floors =
			inference::pots().into_iter().chain([EmissionPot::get(), StreamPot::get(), VaultPot::get()].map(account));
		out.extend(floors.map(|pot| (pot, EXISTENTIAL_DEPOSIT)));
		out.push((Treasury::account_id(), EXISTENTIAL_DEPOSIT));
		out.push((account(EraPot::get()), EXISTENTIAL_DEPOSIT.saturating_add(Cushion::get())));
		let dropped = self.airdrop.iter().fold(EXISTENTIAL_DEPOSIT, |sum, (_, amount)| sum.saturating_add(*amount));
		out.push((account(AirdropPot::get()), dropped));
		// The provider also pays the deposit of the pool's share account.
		out.extend(self.pool.iter().map(|pool| (pool.provider.clone(), pool.native.saturating_add(10 * VKTR))));
		let locked = self.economy.allocations.iter().filter(|row| row.is_locked());
		out.extend(locked.flat_map(|row| self.holders(row)).map(|(who, _)| (who, LIQUID)));
		out
	}

	/// What the reserve has left.
	pub fn left_in_reserve(&self) -> Option<Balance> {
		let row = self.economy.allocations.iter().find(|row| row.name == self.economy.reserve)?;
		let given = self.from_reserve().iter().fold(0, |sum: Balance, (_, amount)| sum.saturating_add(*amount));
		row.amount.checked_sub(given)
	}

	/// Native tokens at genesis, each account once.
	fn native(&self) -> Vec<Share> {
		let mut out = self.from_reserve();
		for row in &self.economy.allocations {
			match row.name == self.economy.reserve {
				false => out.extend(self.holders(row)),
				true => match self.holders.iter().find(|(name, _)| *name == row.name) {
					Some((_, shares)) => out.extend(shares.clone()),
					None => out.extend(self.left_in_reserve().map(|left| (row.holder.clone(), left))),
				},
			}
		}
		by_account(out)
	}

	/// USDC at genesis: every pot's floor, everyday accounts, the pool.
	fn tokens(&self) -> Vec<Share> {
		let mut out = self.usdc.clone();
		out.extend(inference::pots().into_iter().map(|pot| (pot, USDC_MINIMUM)));
		out.push((Treasury::account_id(), USDC_MINIMUM));
		out.extend(self.pool.iter().map(|pool| (pool.provider.clone(), pool.usdc.saturating_add(USDC_MINIMUM))));
		by_account(out)
	}
}

/// Sums what several rows give one account: a genesis takes each account once.
fn by_account(shares: Vec<Share>) -> Vec<Share> {
	let mut sums = BTreeMap::<AccountId, Balance>::new();
	for (who, amount) in shares {
		let sum = sums.entry(who).or_default();
		*sum = sum.saturating_add(amount);
	}
	sums.into_iter().collect()
}
