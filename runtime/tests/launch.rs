//! Beneficiary files: what they make of a production preset, and what they are refused for.

use crate::common::*;
use frame_support::traits::fungible::Inspect;
use serde_json::{json, Value};
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use vektor_primitives::{ONE_USDC, VKTR};
use vektor_runtime::{
	params::CAP,
	presets::{economy, launch::Launch},
	*,
};

fn account(key: Sr25519Keyring) -> String {
	key.to_account_id().to_string()
}

/// The launch that `docs/operate/launch.md` shows, on other keys.
fn file() -> Value {
	let alice = account(Sr25519Keyring::Alice);
	json!({
		"allocations": {
			"Core Contributors": [
				{ "account": account(Sr25519Keyring::One), "amount": "100000000000000000000" },
				{ "account": account(Sr25519Keyring::Two), "amount": (50_000_000 * VKTR).to_string() },
			],
		},
		"airdrop": [{ "account": account(Sr25519Keyring::Eve), "amount": "25000000000000" }],
		"pool": {
			"usdcProvider": account(Sr25519Keyring::Ferdie),
			"native": "10000000000000000000",
			"usdc": 1_000_000 * 1_000_000u64,
		},
		"validators": [{
			"stash": alice,
			"bond": "100000000000000000",
			"keys": {
				"babe": alice,
				"grandpa": Ed25519Keyring::Alice.to_account_id().to_string(),
				"authority_discovery": alice,
				"connectivity": alice,
			},
		}],
		"sudo": account(Sr25519Keyring::Ferdie),
	})
}

fn patch(economy_name: &str, file: Value) -> Result<Value, String> {
	let launch: Launch = serde_json::from_value(file).map_err(|error| error.to_string())?;
	Ok(launch.network(economy(economy_name).expect("an economy"))?.patch())
}

fn refused(file: Value) -> String {
	patch("vektor", file).expect_err("it is refused")
}

/// Builds the chain of a launch.
fn launched(file: Value, test: impl FnOnce()) {
	let patch = patch("vektor", file).expect("it adds up");
	sp_io::TestExternalities::default().execute_with(|| {
		<Runtime as GenesisBuilderV1<Block>>::build_state(merged(patch)).expect("it builds");
		test();
		check();
	});
}

#[test]
fn a_launch_spreads_an_allocation_names_validators_and_makes_the_pool() {
	launched(file(), || {
		for (key, millions) in [(Sr25519Keyring::One, 100), (Sr25519Keyring::Two, 50)] {
			let who = key.to_account_id();
			assert_eq!(Balances::total_balance(&who), millions * 1_000_000 * VKTR + VKTR);
			assert_eq!(Balances::usable_balance(&who), VKTR);
		}
		assert_eq!(Session::validators(), [Sr25519Keyring::Alice.to_account_id()]);
		let usdc = Asset::WithId(vektor_primitives::USDC);
		let reserves = AssetConversion::get_reserves(Asset::Native, usdc).expect("a pool");
		assert_eq!(reserves, (10_000_000 * VKTR, 1_000_000 * ONE_USDC));
		assert_eq!(pallet_supply::Airdrop::<Runtime>::get(Sr25519Keyring::Eve.to_account_id()), Some(25 * VKTR));
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(Sr25519Keyring::Ferdie.to_account_id()));
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

/// The guide's own example, word for word.
#[test]
fn the_file_in_the_guide_launches() {
	let guide = include_str!("../../docs/operate/launch.md");
	let (_, example) = guide.split_once("```json\n").expect("an example");
	let (example, _) = example.split_once("```").expect("its end");
	launched(serde_json::from_str(example).expect("JSON"), || {
		assert_eq!(Session::validators(), [Sr25519Keyring::Alice.to_account_id()]);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn one_account_may_hold_two_allocations_and_be_paid_out_of_the_reserve_too() {
	let mut file = file();
	let one = account(Sr25519Keyring::One);
	file["allocations"]["Early Backers & Private Sale"] =
		json!([{ "account": one, "amount": (150_000_000 * VKTR).to_string() }]);
	launched(file, || {
		let who = Sr25519Keyring::One.to_account_id();
		assert_eq!(Balances::total_balance(&who), 250_000_000 * VKTR + 2 * VKTR);
		assert_eq!(Balances::usable_balance(&who), 2 * VKTR);
		assert_eq!(pallet_vesting::Vesting::<Runtime>::get(&who).expect("locked").len(), 2);
	});
}

#[test]
fn the_free_row_is_named_with_exactly_what_is_left_and_a_wrong_sum_is_told_the_right_one() {
	let mut file = file();
	file["allocations"]["Public Liquidity & Airdrop"] =
		json!([{ "account": account(Sr25519Keyring::Bob), "amount": VKTR as u64 }]);
	let told = refused(file.clone());
	let left = told.rsplit(' ').next().expect("a number").to_string();
	file["allocations"]["Public Liquidity & Airdrop"][0]["amount"] = json!(left);
	launched(file, || {
		let bob = Balances::usable_balance(Sr25519Keyring::Bob.to_account_id());
		assert_eq!(bob.to_string(), left);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn what_does_not_add_up_is_refused_with_its_reason() {
	let with = |path: &str, value: Value| {
		let mut file = file();
		*file.pointer_mut(path).expect("a place in the file") = value;
		refused(file)
	};
	let less = with("/allocations/Core Contributors/1/amount", json!((50_000_000 * VKTR - 1).to_string()));
	assert!(less.contains("which is 1 less than its 150000000000000000000"), "{less}");
	let more = with("/allocations/Core Contributors/0/amount", json!((100_000_000 * VKTR + 7).to_string()));
	assert!(more.contains("7 more"), "{more}");
	let point = with("/airdrop/0/amount", json!("1.5"));
	assert!(point.contains("`1.5` is no amount"), "{point}");
	let tiny = with("/airdrop/0/amount", json!(1));
	assert!(tiny.contains("below the least balance"), "{tiny}");
	let rich = with("/pool/native", json!((60_000_000 * VKTR).to_string()));
	assert!(rich.contains("`Public Liquidity & Airdrop` is too little"), "{rich}");
	let unknown = with("/allocations", json!({ "Friends": [] }));
	assert!(unknown.contains("names no holders of `Friends`") && unknown.contains("Core Contributors"), "{unknown}");
	let emission = with("/allocations", json!({ "Node Emissions & Staking Yield": [] }));
	assert!(emission.contains("names no holders"), "{emission}");
	let misspelt = with("/pool", json!({ "usdProvider": account(Sr25519Keyring::Ferdie) }));
	assert!(misspelt.contains("usdProvider"), "{misspelt}");
	let entry = json!({ "account": account(Sr25519Keyring::Eve), "amount": "25000000000000" });
	let twice = with("/airdrop", json!([entry, entry]));
	assert!(twice.contains("twice"), "{twice}");
	let dust = json!([
		{ "account": account(Sr25519Keyring::One), "amount": "1" },
		{ "account": account(Sr25519Keyring::Two), "amount": (150_000_000 * VKTR - 1).to_string() },
	]);
	let dust = with("/allocations/Core Contributors", dust);
	assert!(dust.contains("below the least balance"), "{dust}");
}

#[test]
fn every_economy_launches() {
	for name in ["vektor", "nexus", "quiver", "cxpt"] {
		let mut file = file();
		file["allocations"] = json!({});
		let patch = patch(name, file).expect("it adds up");
		sp_io::TestExternalities::default().execute_with(|| {
			<Runtime as GenesisBuilderV1<Block>>::build_state(merged(patch)).expect("it builds");
			assert_eq!(Balances::total_issuance(), CAP, "{name}");
			check();
		});
	}
}
