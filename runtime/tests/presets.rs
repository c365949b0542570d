//! Every network's genesis.

use crate::common::*;
use frame_support::traits::{fungible::Inspect as _, Get};
use pallet_referenda::TracksInfo;
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::Zero;
use vektor_primitives::{ONE_USDC, VKTR};
use vektor_runtime::{
	configs::{consensus, inference, tracks::Tracks},
	params::{CAP, EXISTENTIAL_DEPOSIT, MAX_TARGETS, USDC_MINIMUM},
	timing, *,
};

const PRESETS: [&str; 14] = [
	"vektor",
	"vektor-dev",
	"vektor-local",
	"nexus",
	"nexus-dev",
	"nexus-local",
	"quiver",
	"quiver-dev",
	"quiver-local",
	"cxpt",
	"cxpt-dev",
	"cxpt-local",
	"development",
	"local_testnet",
];

/// Builds the genesis of `preset` and looks at it before any block.
fn at_genesis(preset: &str, test: impl FnOnce()) {
	sp_io::TestExternalities::default().execute_with(|| {
		<Runtime as GenesisBuilderV1<Block>>::build_state(genesis(preset)).expect("the preset builds");
		test();
		check();
	});
}

#[test]
fn every_listed_preset_exists_and_no_other() {
	let names = <Runtime as GenesisBuilderV1<Block>>::preset_names();
	assert_eq!(names.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), PRESETS);
	assert!(presets::get(&"nexus-of-nowhere".into()).is_none());
}

#[test]
fn issuance_is_exactly_the_cap() {
	for preset in PRESETS {
		at_genesis(preset, || assert_eq!(Balances::total_issuance(), CAP, "{preset}"));
	}
}

#[test]
fn development_chains_alone_believe_the_hardware_whose_keys_everybody_has() {
	use pallet_verification::{Anchors, Root};
	use sp_runtime::BoundedVec;
	use vektor_verifier_nvidia::test_pki as nvidia;
	use vektor_verifier_snp::test_pki::{self as amd, DEVELOPMENT};
	let (from, until) = DEVELOPMENT;
	let roots = [
		Root::Amd(BoundedVec::truncate_from(amd::anchor(from, until))),
		Root::Nvidia(BoundedVec::truncate_from(nvidia::root(from, until))),
	];
	for preset in PRESETS {
		let development = !["vektor", "nexus", "quiver", "cxpt"].contains(&preset);
		at_genesis(preset, || {
			for root in &roots {
				assert_eq!(Anchors::<Runtime>::contains_key(vektor_primitives::hash(root)), development, "{preset}");
			}
		});
	}
}

/// The documents' tables, in millions of tokens. Nexus' has no document: it is ours.
const TABLES: [(&str, &[(&str, u128)]); 4] = [
	(
		"vektor",
		&[
			("Node Emissions & Staking Yield", 450),
			("Treasury & Ecosystem Fund", 200),
			("Core Contributors", 150),
			("Early Backers & Private Sale", 150),
			("Public Liquidity & Airdrop", 50),
		],
	),
	(
		"nexus",
		&[
			("Milestone Emissions", 450),
			("Treasury & Token Support", 250),
			("Team", 150),
			("Early Backers", 100),
			("Public Liquidity", 50),
		],
	),
	(
		"quiver",
		&[
			("Provider Rewards", 350),
			("Community Treasury", 200),
			("Team & Advisors", 150),
			("Early Investors", 100),
			("Public Sale", 100),
			("Ecosystem Development", 50),
			("Liquidity Provisions", 50),
		],
	),
	(
		"cxpt",
		&[("Platform Reserve", 300), ("Provider Rewards", 480), ("Platform Operations", 150), ("Market Liquidity", 70)],
	),
];

#[test]
fn the_allocations_are_those_of_the_ledger() {
	for (economy, table) in TABLES {
		for network in ["", "-dev", "-local"] {
			at_genesis(&format!("{economy}{network}"), || {
				let rows = pallet_supply::Allocations::<Runtime>::get();
				let found = rows.iter().map(|row| (core::str::from_utf8(&row.name).expect("text"), row.amount));
				let expected = table.iter().map(|(name, millions)| (*name, millions * 1_000_000 * 1_000_000_000_000));
				assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{economy}{network}");
			});
		}
	}
}

#[test]
fn pots_and_holders_have_to_the_last_unit_what_the_table_gives_them() {
	for (economy, table) in TABLES {
		for network in ["", "-dev", "-local"] {
			at_genesis(&format!("{economy}{network}"), || {
				let amount =
					|name: &str| table.iter().find(|(row, _)| *row == name).expect("a row").1 * 1_000_000 * VKTR;
				assert_eq!(
					native(&Supply::emission_pot()),
					amount(
						table
							.iter()
							.map(|(name, _)| *name)
							.find(|name| { name.contains("Emissions") || *name == "Provider Rewards" })
							.expect("a row")
					) + EXISTENTIAL_DEPOSIT
				);
				let locked: Vec<_> = presets::economy(economy)
					.expect("an economy")
					.allocations
					.into_iter()
					.filter(presets::economy::Row::is_locked)
					.collect();
				for (row, key) in locked.iter().zip(presets::networks::HOLDERS) {
					let holder = if network.is_empty() { row.holder.clone() } else { key.to_account_id() };
					// And a token that pays for its first transactions.
					assert_eq!(native(&holder), amount(row.name) + VKTR, "{economy}{network}");
				}
				// Nothing is anywhere else: whatever a network needs came out of the row that is free.
				assert_eq!(Balances::total_issuance(), CAP, "{economy}{network}");
			});
		}
	}
}

#[test]
fn every_parameter_is_in_storage_on_every_network() {
	use configs::parameters::{dynamic::emission as e, Values};
	for preset in PRESETS {
		at_genesis(preset, || {
			let keys = pallet_parameters::Parameters::<Runtime>::iter_keys().count();
			assert_eq!(keys, Values::current().each().len(), "{preset}");
			assert_eq!(e::RoundLength::get(), timing::hours(24), "{preset}");
			assert!(e::Floor::get().is_whole() && e::Demand::get().is_whole(), "{preset}");
			assert_eq!(pallet_supply::CurrentRound::<Runtime>::get().ends, timing::hours(24), "{preset}");
		});
	}
}

#[test]
fn the_splits_are_those_of_the_ledger() {
	// direct, operators, stakers, burn, treasury, reserve, operations, quality: thousandths.
	let splits = [
		("vektor", [0, 700, 300, 0, 0, 0, 0, 0]),
		("nexus", [700, 0, 120, 0, 0, 60, 120, 0]),
		("quiver", [800, 0, 125, 20, 50, 0, 0, 5]),
		("cxpt", [700, 0, 0, 100, 0, 0, 200, 0]),
	];
	for (preset, thousandths) in splits {
		at_genesis(preset, || {
			assert_eq!(Revenue::split().shares(), thousandths.map(|part: u32| part * 1_000), "{preset}")
		});
	}
}

#[test]
fn each_economy_weighs_work_as_its_document_says() {
	use pallet_revenue::Measure::*;
	// V12, Q11 and C5 in hundredths, with what the documents leave out: ours.
	let tables: [(_, &[(pallet_revenue::Measure, u32, u32)]); 4] = [
		("vektor", &[(Hardware, 100, 150)]),
		("nexus", &[]),
		(
			"quiver",
			&[(Speed, 100, 120), (Quality, 100, 150), (Uptime, 100, 110), (Rarity, 100, 110), (Loyalty, 100, 105)],
		),
		("cxpt", &[(Uptime, 80, 120), (Speed, 90, 110), (Demand, 50, 200)]),
	];
	for (preset, table) in tables {
		at_genesis(preset, || {
			let factors = pallet_revenue::Multipliers::<Runtime>::get();
			let shown = factors.iter().map(|one| (one.measure, one.least.0 / 10_000, one.most.0 / 10_000));
			assert_eq!(shown.collect::<Vec<_>>(), table, "{preset}");
		});
	}
}

/// `operators + half of what stakers get + 1.15 * kappa * leak < 1` per unit paid (money.md, "Own-contribution cap"), for the
/// most that `kappa` may be: nobody gains by paying itself.
#[test]
fn no_economy_pays_who_pays_itself_for_any_kappa_within_its_bounds() {
	for (economy, _) in TABLES {
		let split = presets::economy(economy).expect("an economy").split;
		let [direct, operators, stakers, ..] = split.shares().map(u64::from);
		let leak = 1_000_000 - direct - operators;
		let (kappa, million) = (400_000, 1_000_000);
		let back = (direct + operators) * 2 * million + stakers * million + 2 * 115 * kappa * leak / 100;
		assert!(back < 2 * million * million, "{economy}");
	}
}

#[test]
fn the_milestones_of_nexus_release_the_whole_pot_and_rise() {
	let pallet_supply::EmissionPolicy::Milestones { milestones } = presets::nexus::economy().policy else { panic!() };
	assert_eq!(milestones.iter().map(|step| step.amount).sum::<u128>(), 450_000_000 * VKTR);
	assert!(milestones.windows(2).all(|pair| pair[0].leak < pair[1].leak));
}

#[test]
fn every_pot_holds_the_floor_of_both_assets() {
	for preset in PRESETS {
		at_genesis(preset, || {
			for pot in inference::pots() {
				assert_eq!(native(&pot), EXISTENTIAL_DEPOSIT, "{preset}");
				assert_eq!(usdc(&pot), USDC_MINIMUM, "{preset}");
			}
			assert_eq!(usdc(&Treasury::account_id()), USDC_MINIMUM, "{preset}");
		});
	}
}

#[test]
fn constants_fit_each_other_on_every_network() {
	for preset in PRESETS {
		at_genesis(preset, || {
			let durations = timing::Active::<Runtime>::get();
			assert_eq!(durations.check(), Ok(()), "{preset}");
			// BABE derives its slot from the minimum period.
			assert_eq!(Babe::slot_duration(), durations.slot_ms, "{preset}");
			let kept = <timing::SetIdSessions as Get<u64>>::get();
			assert!(kept >= u64::from(durations.bonding_eras * durations.sessions_per_era), "{preset}");
			let longevity = <timing::ReportLongevity as Get<u64>>::get();
			assert_eq!(longevity, kept * durations.epoch_slots, "{preset}");
			assert!(durations.history_eras > durations.bonding_eras, "{preset}");
			assert!(
				pallet_staking::MaxValidatorsCount::<Runtime>::get().is_some_and(|max| max < MAX_TARGETS),
				"{preset}"
			);
			assert!(pallet_staking::SlashRewardFraction::<Runtime>::get().is_zero(), "{preset}");
			assert!(pallet_staking::Invulnerables::<Runtime>::get().is_empty(), "{preset}");
			assert_eq!(<Tracks as TracksInfo<Balance, u32>>::check_integrity(), Ok(()), "{preset}");
			for track in <Tracks as TracksInfo<Balance, u32>>::tracks() {
				assert!(track.info.decision_period > track.info.confirm_period, "{preset}");
				assert!(!track.info.prepare_period.is_zero(), "{preset}");
			}
		});
	}
}

/// The pallets' own relations are otherwise checked against the code's defaults only.
#[test]
fn every_pallet_accepts_the_constants_of_every_network() {
	use frame_support::traits::IntegrityTest;
	for preset in PRESETS {
		at_genesis(preset, <AllPalletsWithSystem as IntegrityTest>::integrity_test);
	}
}

#[test]
fn what_jobs_models_and_revenue_assume_of_each_other_holds_on_every_network() {
	for preset in PRESETS {
		at_genesis(preset, || {
			let longest = <<Runtime as pallet_jobs::Config>::MaxDeadline as Get<u32>>::get();
			assert_eq!(longest, <<Runtime as pallet_models::Config>::MaxDeadline as Get<u32>>::get(), "{preset}");
			assert!(<<Runtime as pallet_models::Config>::RetirePeriod as Get<u32>>::get() > longest, "{preset}");
			// Collateral outlasts every job that it stands for.
			assert!(<<Runtime as pallet_operators::Config>::UnbondingPeriod as Get<u32>>::get() >= longest, "{preset}");
			// Every part of a payment can be paid.
			assert!(<<Runtime as pallet_models::Config>::MinPrice as Get<u128>>::get() >= USDC_MINIMUM, "{preset}");
			// A window of judgement is shorter than a stall.
			let window = <<Runtime as pallet_live_clock::Config>::Window as Get<u32>>::get();
			assert!(window <= <<Runtime as pallet_live_clock::Config>::MaxGap as Get<u32>>::get(), "{preset}");
			assert!(Revenue::split().is_whole(), "{preset}");
		});
	}
}

#[test]
fn the_hardware_table_has_data_centre_cards_and_no_others() {
	for preset in PRESETS {
		at_genesis(preset, || {
			let mut open: Vec<_> = pallet_operators::Classes::<Runtime>::iter_values()
				.map(|class| (String::from_utf8(class.name.into_inner()).expect("a name"), class.tier, class.enabled))
				.collect();
			open.sort();
			let expected = [("A100-80G", 2, true), ("B200", 1, false), ("H100", 1, true), ("H200", 1, true)];
			assert_eq!(open, expected.map(|(name, tier, enabled)| (name.to_string(), tier, enabled)), "{preset}");
		});
	}
}

#[test]
fn usdc_is_what_wallets_expect() {
	for preset in PRESETS {
		at_genesis(preset, || {
			use frame_support::traits::fungibles::{metadata::Inspect as _, Inspect as _};
			let usdc = vektor_primitives::USDC;
			assert_eq!(Assets::symbol(usdc), b"USDC");
			assert_eq!(Assets::decimals(usdc), 6);
			assert_eq!(Assets::minimum_balance(usdc), USDC_MINIMUM);
			let details = pallet_assets::Asset::<Runtime, configs::monetary::Tokens>::get(usdc).expect("USDC");
			assert!(details.is_sufficient);
		});
	}
}

#[test]
fn bags_reach_from_the_least_bond_to_beyond_the_cap() {
	at_genesis("vektor", || {
		let thresholds = consensus::THRESHOLDS;
		assert!(thresholds.windows(2).all(|pair| pair[0] < pair[1]));
		use sp_staking::currency_to_vote::{CurrencyToVote, U128CurrencyToVote};
		let least = pallet_staking::MinNominatorBond::<Runtime>::get();
		assert_eq!(thresholds[0], U128CurrencyToVote::to_vote(least, CAP));
		assert!(thresholds[thresholds.len() - 2] > U128CurrencyToVote::to_vote(CAP / 2, CAP));
	});
}

#[test]
fn development_has_its_validator_its_clients_and_its_pool() {
	at_genesis("vektor-dev", || {
		let alice = Sr25519Keyring::Alice.to_account_id();
		assert_eq!(Session::validators(), std::slice::from_ref(&alice));
		assert_eq!(Babe::authorities().len(), 1);
		assert_eq!(Grandpa::grandpa_authorities().len(), 1);
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(alice));
		// The first era has exposures: its validators can be slashed and rewarded.
		assert_eq!(pallet_staking::ErasStakersOverview::<Runtime>::iter_prefix(0).count(), 1);
		for key in [Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Ferdie] {
			assert_eq!(Balances::total_balance(&key.to_account_id()), 1_000_000 * vektor_primitives::VKTR);
			assert_eq!(usdc(&key.to_account_id()), 10_000 * ONE_USDC);
		}
		let reserves = AssetConversion::get_reserves(Asset::Native, Asset::WithId(vektor_primitives::USDC));
		assert_eq!(reserves.ok(), Some((1_000_000 * vektor_primitives::VKTR, 100_000 * ONE_USDC)));
	});
}

#[test]
fn local_has_four_validators() {
	at_genesis("vektor-local", || {
		assert_eq!(Session::validators().len(), 4);
		assert_eq!(Babe::authorities().len(), 4);
	});
}

#[test]
fn production_has_nobody_in_charge_until_the_launch_names_them() {
	at_genesis("vektor", || {
		assert!(Session::validators().is_empty());
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), None);
		assert_eq!(pallet_asset_conversion::Pools::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn quivers_tiers_and_every_offence_are_those_of_the_ledger() {
	use vektor_primitives::Offence as O;
	for preset in PRESETS {
		at_genesis(preset, || {
			let quiver = preset.starts_with("quiver");
			let tiers: Vec<_> = pallet_operators::Tiers::<Runtime>::get()
				.into_iter()
				.map(|tier| {
					let name = String::from_utf8(tier.name.into_inner()).expect("a name");
					(name, tier.min_stake / VKTR, tier.max_slash.0 / 10_000, tier.discount.0 / 10_000)
				})
				.collect();
			// Q4.
			let expected = [
				("Bronze", 10_000, 5, 0),
				("Silver", 50_000, 10, 10),
				("Gold", 250_000, 15, 20),
				("Platinum", 1_000_000, 20, 30),
			];
			let expected: Vec<_> =
				expected.map(|(name, stake, slash, off)| (name.to_string(), stake, slash, off)).into();
			assert_eq!(tiers, if quiver { expected } else { Vec::new() }, "{preset}");

			let terms = |offence| pallet_operators::Offences::<Runtime>::get(offence).expect("every offence has terms");
			let tenths = |offence| terms(offence).fraction.0 / 1_000;
			// V14.
			assert_eq!((tenths(O::Downtime), tenths(O::FalsifiedResult)), (5, 1_000), "{preset}");
			assert_eq!(terms(O::FalsifiedResult).ban, pallet_operators::Ban::Forever);
			// Q5: minor from 1 to 5 %, major from 5 to 15, severe from 15 to 20 and a ban.
			for offence in [O::SlowResponses, O::LowUptime, O::PoorOutputs] {
				assert!((10..=50).contains(&tenths(offence)), "{offence:?}");
			}
			for offence in [O::ConsistentlyPoor, O::FalseCapability, O::RepeatedMinor] {
				assert!((50..=150).contains(&tenths(offence)), "{offence:?}");
			}
			for offence in [O::MaliciousResponses, O::PrivacyViolation, O::NetworkAttack] {
				assert!((150..=200).contains(&tenths(offence)), "{offence:?}");
				assert!(matches!(terms(offence).ban, pallet_operators::Ban::For(slots) if slots > 0), "{offence:?}");
			}
			// Q10: all of a slash is burned.
			let parameters = configs::parameters::Values::current();
			assert_eq!((parameters.slash_pays_victims, parameters.challenger_share.0 > 0), (!quiver, !quiver));
		});
	}
}

#[test]
fn an_appeal_lasts_longer_than_the_discipline_track() {
	at_genesis("vektor", || {
		let track = Tracks::info(12).expect("the discipline track").into_owned();
		let longest = track.prepare_period + track.decision_period + track.confirm_period + track.min_enactment_period;
		assert!(longest <= timing::hours(5 * 24));
		for (offence, terms) in pallet_operators::Offences::<Runtime>::iter() {
			let days = if offence == vektor_primitives::Offence::FalsifiedResult { 1 } else { 7 };
			assert_eq!(terms.appeal, timing::hours(days * 24), "{offence:?}");
		}
		// What unbonds can be accused for as long as an appeal takes.
		assert!(<<Runtime as pallet_operators::Config>::UnbondingPeriod as Get<u32>>::get() >= timing::hours(7 * 24));
	});
}
