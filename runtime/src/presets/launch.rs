//! What a launch adds to a production preset: who holds what, who validates, whose dollars are in the pool. Read from a
//! beneficiary file; what does not add up is refused with the difference.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};
use vektor_primitives::{Balance, VKTR};

use super::{
	economy::Economy,
	genesis::{Genesis, Pool, Share, Validator},
	networks,
};
use crate::{params::EXISTENTIAL_DEPOSIT, AccountId, SessionKeys};

/// A beneficiary file. Amounts are in the smallest unit, as numbers or as decimal strings.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Launch {
	/// The holders of each allocation that the table leaves to the launch, by its name.
	pub allocations: BTreeMap<String, Vec<Holding>>,
	/// Who may claim what of the airdrop.
	pub airdrop: Vec<Holding>,
	/// The pool of the native token and USDC.
	pub pool: Option<LaunchPool>,
	/// The first validators.
	pub validators: Vec<LaunchValidator>,
	/// Sudo's key, until the DAO takes over. Nobody where it is left out.
	pub sudo: Option<AccountId>,
	/// Who issues USDC. Nobody where it is left out.
	pub usdc_owner: Option<AccountId>,
}

/// An account and an amount.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Holding {
	/// The account.
	pub account: AccountId,
	/// The amount, in the smallest unit.
	#[serde(deserialize_with = "amount")]
	pub amount: Balance,
}

/// The pool: its native tokens come from the economy's reserve, its dollars are the provider's.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LaunchPool {
	/// Who brings the USDC and holds the pool's shares.
	pub usdc_provider: AccountId,
	/// Native tokens in the pool, in the smallest unit.
	#[serde(deserialize_with = "amount")]
	pub native: Balance,
	/// USDC in the pool, in the smallest unit.
	#[serde(deserialize_with = "amount")]
	pub usdc: Balance,
}

/// A validator from the first block on.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LaunchValidator {
	/// The account that holds the bond, which comes from the economy's reserve.
	pub stash: AccountId,
	/// What it bonds, in the smallest unit.
	#[serde(deserialize_with = "amount")]
	pub bond: Balance,
	/// Its session keys, as `author_rotateKeysWithOwner` or `key inspect` give them.
	pub keys: SessionKeys,
}

fn amount<'de, D: Deserializer<'de>>(d: D) -> Result<Balance, D::Error> {
	#[derive(Deserialize)]
	#[serde(untagged)]
	enum Either {
		Number(u64),
		Text(String),
	}
	match Either::deserialize(d)? {
		Either::Number(number) => Ok(number.into()),
		Either::Text(text) => text.parse().map_err(|_| {
			serde::de::Error::custom(format!("`{text}` is no amount (write a whole number of the smallest unit)"))
		}),
	}
}

fn shares(holdings: &[Holding]) -> Vec<Share> {
	holdings.iter().map(|holding| (holding.account.clone(), holding.amount)).collect()
}

fn sum(holdings: &[Holding]) -> Result<Balance, String> {
	let add = |sum: Balance, holding: &Holding| sum.checked_add(holding.amount);
	holdings.iter().try_fold(0, add).ok_or_else(|| "a sum of amounts does not fit".into())
}

impl Launch {
	/// The production network of `economy` with all of this in it.
	pub fn network(&self, economy: Economy) -> Result<Genesis, String> {
		self.check_holders(&economy)?;
		self.check_airdrop()?;
		let bonds = self.validators.iter().map(|v| (v.stash.clone(), v.bond.saturating_add(10 * VKTR)));
		let mut genesis = networks::production(economy);
		genesis.holders = self.allocations.iter().map(|(name, holders)| (name.clone(), shares(holders))).collect();
		genesis.endowed = bonds.collect();
		genesis.airdrop = shares(&self.airdrop);
		genesis.usdc_owner = self.usdc_owner.clone().unwrap_or_else(networks::usdc_owner);
		genesis.sudo = self.sudo.clone();
		genesis.pool = self.pool.as_ref().map(|pool| Pool {
			provider: pool.usdc_provider.clone(),
			native: pool.native,
			usdc: pool.usdc,
		});
		let validator = |v: &LaunchValidator| Validator { stash: v.stash.clone(), bond: v.bond, keys: v.keys.clone() };
		genesis.validators = self.validators.iter().map(validator).collect();
		self.check_reserve(&genesis)?;
		Ok(genesis)
	}

	fn check_holders(&self, economy: &Economy) -> Result<(), String> {
		for (name, holders) in &self.allocations {
			let row = economy.allocations.iter().find(|row| row.name == name && row.placeholder).ok_or_else(|| {
				let open = economy.allocations.iter().filter(|row| row.placeholder).map(|row| row.name);
				format!(
					"the launch of `{}` names no holders of `{name}`; it may for: {}",
					economy.name,
					open.collect::<Vec<_>>().join(", ")
				)
			})?;
			let held = sum(holders)?;
			if name != economy.reserve && held != row.amount {
				let (by, word) = (held.abs_diff(row.amount), if held > row.amount { "more" } else { "less" });
				return Err(format!(
					"the holders of `{name}` have {held}, which is {by} {word} than its {}",
					row.amount
				));
			}
			if let Some(holder) = holders.iter().find(|holder| holder.amount < EXISTENTIAL_DEPOSIT) {
				return Err(format!("{} holds {} of `{name}`: below the least balance", holder.account, holder.amount));
			}
		}
		Ok(())
	}

	fn check_airdrop(&self) -> Result<(), String> {
		let mut seen = BTreeSet::new();
		for Holding { account, amount } in &self.airdrop {
			if !seen.insert(account) {
				return Err(format!("{account} is on the airdrop's list twice"));
			}
			if *amount < EXISTENTIAL_DEPOSIT {
				return Err(format!("{account} gets {amount} of the airdrop: below the least balance"));
			}
		}
		Ok(())
	}

	fn check_reserve(&self, genesis: &Genesis) -> Result<(), String> {
		let reserve = genesis.economy.reserve;
		let Some(left) = genesis.left_in_reserve() else {
			return Err(format!(
				"`{reserve}` is too little for the pool, the bonds, the airdrop and the floors of the pots"
			));
		};
		match self.allocations.get(reserve) {
			Some(holders) if sum(holders)? != left => Err(format!(
				"the holders of `{reserve}` have {}: name exactly what pool, bonds, airdrop and the floors of the pots leave, {left}",
				sum(holders)?
			)),
			_ => Ok(()),
		}
	}
}
