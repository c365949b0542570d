//! The economy `vektor`: its allocations and its three networks.

use alloc::vec::Vec;
use frame_support::PalletId;
use pallet_operators::{ClassName, HardwareClass};
use pallet_revenue::RevenueSplit;
use serde_json::Value;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{Balance, Ppm, Usd, ONE_USDC, VKTR};

use super::genesis::{Genesis, Pool, Validator};
use crate::{params::CAP, timing::Durations, AccountId, SessionKeys, Treasury};

/// Keyless accounts that hold what V1 allots until `Supply` pays it out.
pub mod pots {
	use super::PalletId;

	/// 45 %: emissions to nodes and stakers.
	pub const EMISSION: PalletId = PalletId(*b"vk/emiss");
	/// 15 %: core contributors.
	pub const CONTRIBUTORS: PalletId = PalletId(*b"vk/contr");
	/// 15 %: early backers.
	pub const BACKERS: PalletId = PalletId(*b"vk/backr");
	/// 5 %: public liquidity and airdrop. What a network endows at genesis comes from here.
	pub const PUBLIC: PalletId = PalletId(*b"vk/publc");
	/// The pool's first provider.
	pub const LIQUIDITY: PalletId = PalletId(*b"vk/liqdt");
	/// USDC's owner where nobody is named: nobody mints, freezes or seizes.
	pub const USDC_OWNER: PalletId = PalletId(*b"vk/usdc0");
}

/// The account of a pot.
pub fn account(pot: PalletId) -> AccountId {
	pot.into_account_truncating()
}

/// V1's table. The treasury's 20 % is its own account's.
fn allocations() -> Vec<(AccountId, Balance)> {
	let percent = |n: Balance| n.saturating_mul(CAP / 100);
	[
		(account(pots::EMISSION), percent(45)),
		(Treasury::account_id(), percent(20)),
		(account(pots::CONTRIBUTORS), percent(15)),
		(account(pots::BACKERS), percent(15)),
		(account(pots::PUBLIC), percent(5)),
	]
	.into()
}

/// V12's table, for a collateral of the `cheaper`-th part. Consumer cards are in no class. Multipliers weight emission;
/// prices and collateral are ours.
fn classes(cheaper: Balance) -> Vec<HardwareClass> {
	let class =
		|name: &str, memory_gb, bandwidth_gbps, tier, multiplier, collateral: Balance, price, enabled| HardwareClass {
			name: ClassName::truncate_from(name.as_bytes().to_vec()),
			memory_gb,
			bandwidth_gbps,
			tier,
			multiplier: Ppm(multiplier),
			collateral_per_gpu: collateral.saturating_mul(VKTR).checked_div(cheaper).unwrap_or_default(),
			reference_price: Usd(price),
			enabled,
		};
	[
		class("H100", 80, 3_350, 1, 1_500_000, 5_000, 2_500_000, true),
		class("H200", 141, 4_800, 1, 1_500_000, 6_000, 3_500_000, true),
		class("A100-80G", 80, 2_039, 2, 1_000_000, 3_000, 1_200_000, true),
		// Until tiering opens for Blackwell.
		class("B200", 192, 8_000, 1, 2_000_000, 10_000, 5_000_000, false),
	]
	.into()
}

fn validator(key: Sr25519Keyring, finality: Ed25519Keyring) -> Validator {
	Validator {
		stash: key.to_account_id(),
		bond: 100_000 * VKTR,
		keys: SessionKeys {
			babe: key.public().into(),
			grandpa: finality.public().into(),
			authority_discovery: key.public().into(),
		},
	}
}

/// Accounts that everybody has the keys of.
const DEVELOPERS: [Sr25519Keyring; 6] = [
	Sr25519Keyring::Alice,
	Sr25519Keyring::Bob,
	Sr25519Keyring::Charlie,
	Sr25519Keyring::Dave,
	Sr25519Keyring::Eve,
	Sr25519Keyring::Ferdie,
];

/// What the development networks share: endowed developers, a pool at 0.10 USD, cheap collateral, Alice as sudo.
fn test_network(durations: Durations, validators: Vec<Validator>) -> Genesis {
	let accounts = || DEVELOPERS.iter().map(|key| key.to_account_id());
	Genesis {
		durations,
		allocations: allocations(),
		reserve: account(pots::PUBLIC),
		endowed: accounts().map(|who| (who, 1_000_000 * VKTR)).collect(),
		usdc: accounts().map(|who| (who, 10_000 * ONE_USDC)).collect(),
		usdc_owner: Sr25519Keyring::Alice.to_account_id(),
		pool: Some(Pool { provider: account(pots::LIQUIDITY), native: 1_000_000 * VKTR, usdc: 100_000 * ONE_USDC }),
		validators,
		sudo: Some(Sr25519Keyring::Alice.to_account_id()),
		classes: classes(100),
		split: RevenueSplit::VEKTOR,
	}
}

/// One validator, slots of a second, epochs of a minute, eras of three; slashes at once, so that a test sees them.
pub fn development() -> Value {
	let durations = Durations {
		slot_ms: 1_000,
		epoch_slots: 60,
		sessions_per_era: 3,
		bonding_eras: 4,
		slash_defer_eras: 0,
		history_eras: 12,
		hour: 5,
	};
	test_network(durations, [validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)].into()).patch()
}

/// Four validators, slots of three seconds.
pub fn local() -> Value {
	let durations = Durations {
		slot_ms: 3_000,
		epoch_slots: 40,
		sessions_per_era: 3,
		bonding_eras: 4,
		slash_defer_eras: 0,
		history_eras: 12,
		hour: 20,
	};
	let validators = [
		validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
		validator(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
		validator(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
		validator(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
	];
	test_network(durations, validators.into()).patch()
}

/// Every account is keyless and there is no validator, no sudo and no pool: a spec made from it makes no block until the
/// launch names them.
pub fn production() -> Value {
	Genesis {
		durations: Durations::default(),
		allocations: allocations(),
		reserve: account(pots::PUBLIC),
		endowed: Vec::new(),
		usdc: Vec::new(),
		usdc_owner: account(pots::USDC_OWNER),
		pool: None,
		validators: Vec::new(),
		sudo: None,
		classes: classes(1),
		split: RevenueSplit::VEKTOR,
	}
	.patch()
}
