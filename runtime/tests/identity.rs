//! Names, indices and formats that clients rely on.

use frame_support::traits::{Get, PalletsInfoAccess};
use sp_runtime::traits::TransactionExtension;
use vektor_runtime::*;

#[test]
fn names_and_indices_are_pinned() {
	let expected = [
		(0, "System"),
		(1, "Timestamp"),
		(2, "Babe"),
		(3, "Authorship"),
		(4, "Timing"),
		(5, "Balances"),
		(6, "TransactionPayment"),
		(7, "Assets"),
		(8, "AssetRate"),
		(9, "PoolAssets"),
		(10, "AssetConversion"),
		(11, "AssetTxPayment"),
		(12, "Vesting"),
		(20, "VoterList"),
		(21, "Staking"),
		(22, "Offences"),
		(23, "Historical"),
		(24, "Session"),
		(25, "Grandpa"),
		(26, "AuthorityDiscovery"),
		(30, "Treasury"),
		(31, "Bounties"),
		(32, "ChildBounties"),
		(33, "Preimage"),
		(34, "Scheduler"),
		(35, "Referenda"),
		(36, "ConvictionVoting"),
		(37, "Origins"),
		(38, "Whitelist"),
		(40, "Utility"),
		(41, "Multisig"),
		(42, "Proxy"),
		(43, "Identity"),
		(44, "Parameters"),
		(50, "SafeMode"),
		(51, "TxPause"),
		(52, "MultiBlockMigrations"),
		(53, "Sudo"),
		(60, "LiveClock"),
		(61, "Supply"),
		(62, "Operators"),
		(63, "Connectivity"),
		(64, "Models"),
		(65, "Verification"),
		(66, "Jobs"),
		(68, "Revenue"),
		(69, "Buyback"),
		(70, "LockStaking"),
	];
	let found: Vec<_> = AllPalletsWithSystem::infos().into_iter().map(|info| (info.index, info.name)).collect();
	assert_eq!(found, expected);
}

#[test]
fn the_extensions_are_those_that_wallets_expect() {
	let found: Vec<_> = TxExtension::metadata().into_iter().map(|extension| extension.identifier).collect();
	let expected = [
		"AuthorizeCall",
		"CheckNonZeroSender",
		"CheckSpecVersion",
		"CheckTxVersion",
		"CheckGenesis",
		"CheckMortality",
		"CheckNonce",
		"CheckWeight",
		"ChargeAssetTxPayment",
		"CheckMetadataHash",
		"WeightReclaim",
	];
	assert_eq!(found, expected);
}

#[test]
fn addresses_have_the_generic_prefix() {
	assert_eq!(<<Runtime as frame_system::Config>::SS58Prefix as Get<u16>>::get(), 42);
}

#[test]
fn metadata_comes_in_every_version_that_clients_read() {
	crate::common::on("vektor-dev", || {
		for version in [14, 15, 16] {
			assert!(Runtime::metadata_at_version(version).is_some(), "version {version}");
		}
	});
}
