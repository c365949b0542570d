//! Who runs an economy, and how fast: production, a network of four on one machine, a chain of one for development.

use alloc::{string::String, vec::Vec};
use frame_support::PalletId;
use pallet_operators::{ClassName, HardwareClass};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use vektor_primitives::{Balance, Ppm, Usd, ONE_USDC, VKTR};

use super::{
	economy::{account, Economy, TOKEN},
	genesis::{Genesis, Pool, Share, Validator},
	trust::Trust,
};
use crate::{timing::Durations, AccountId, SessionKeys};

/// The pool's first provider on a test network.
pub const LIQUIDITY: PalletId = PalletId(*b"vk/liqdt");
/// USDC's owner where nobody is named: nobody mints, freezes or seizes.
pub const USDC_OWNER: PalletId = PalletId(*b"vk/usdc0");

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
			connectivity: key.public().into(),
		},
	}
}

/// Accounts that everybody has the keys of, and that can do something at once.
pub const DEVELOPERS: [Sr25519Keyring; 6] = [
	Sr25519Keyring::Alice,
	Sr25519Keyring::Bob,
	Sr25519Keyring::Charlie,
	Sr25519Keyring::Dave,
	Sr25519Keyring::Eve,
	Sr25519Keyring::Ferdie,
];

/// Accounts that everybody has the keys of, for the locked rows of the table, in its order.
pub const HOLDERS: [Sr25519Keyring; 3] = [Sr25519Keyring::One, Sr25519Keyring::Two, Sr25519Keyring::AliceStash];

/// Accounts that everybody has the keys of and that own nothing but a share of the airdrop.
pub const CLAIMANTS: [(Sr25519Keyring, Balance); 2] =
	[(Sr25519Keyring::EveStash, 1_000 * TOKEN), (Sr25519Keyring::FerdieStash, 2_500 * TOKEN)];

/// The table's locked rows, held by keys that everybody has.
fn locked(economy: &Economy) -> Vec<(String, Vec<Share>)> {
	let rows = economy.allocations.iter().filter(|row| row.is_locked());
	rows.zip(HOLDERS).map(|(row, key)| (row.name.into(), [(key.to_account_id(), row.amount)].into())).collect()
}

/// What the test networks share: the economy's whole table, and out of its reserve endowed developers, a pool at 0.10 USD, an airdrop;
/// cheap collateral, Alice as sudo.
fn test_network(economy: Economy, durations: Durations, validators: Vec<Validator>) -> Genesis {
	let accounts = || DEVELOPERS.iter().map(|key| key.to_account_id());
	Genesis {
		// An hour, so that a test sees a slash.
		appeal: durations.hour,
		durations,
		holders: locked(&economy),
		economy,
		endowed: accounts().map(|who| (who, 1_000_000 * TOKEN)).collect(),
		airdrop: CLAIMANTS.iter().map(|(key, amount)| (key.to_account_id(), *amount)).collect(),
		usdc: accounts().map(|who| (who, 10_000 * ONE_USDC)).collect(),
		usdc_owner: Sr25519Keyring::Alice.to_account_id(),
		pool: Some(Pool { provider: account(LIQUIDITY), native: 1_000_000 * TOKEN, usdc: 100_000 * ONE_USDC }),
		validators,
		sudo: Some(Sr25519Keyring::Alice.to_account_id()),
		classes: classes(100),
		trust: Trust::development(),
	}
}

/// One validator, slots of a second, epochs of a minute, eras of three; slashes at once, so that a test sees them.
pub fn development(economy: Economy) -> Genesis {
	let durations = Durations {
		slot_ms: 1_000,
		epoch_slots: 60,
		sessions_per_era: 3,
		bonding_eras: 4,
		slash_defer_eras: 0,
		history_eras: 12,
		hour: 5,
	};
	test_network(economy, durations, [validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)].into())
}

/// Four validators, slots of three seconds.
pub fn local(economy: Economy) -> Genesis {
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
	test_network(economy, durations, validators.into())
}

/// Every account is keyless and there is no validator, no sudo and no pool: a spec made from it makes no block until a launch
/// names them.
pub fn production(economy: Economy) -> Genesis {
	Genesis {
		economy,
		// A week: the discipline track takes five days.
		appeal: Durations::default().hour.saturating_mul(7 * 24),
		durations: Durations::default(),
		holders: Vec::new(),
		endowed: Vec::new(),
		airdrop: Vec::new(),
		usdc: Vec::new(),
		usdc_owner: usdc_owner(),
		pool: None,
		validators: Vec::new(),
		sudo: None,
		classes: classes(1),
		trust: Trust::production(),
	}
}

/// USDC's owner where nobody is named.
pub fn usdc_owner() -> AccountId {
	account(USDC_OWNER)
}
