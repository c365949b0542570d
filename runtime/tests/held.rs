//! Every unit that the protocol holds for an account is shown, with the way out of it.

use crate::common::*;
use codec::{Decode, Encode};
use frame_support::{assert_ok, dispatch::DispatchClass};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use vektor_primitives::VKTR;
use vektor_runtime::{adapters::held::money, *};

#[test]
fn stakes_deposits_and_locks_are_shown_with_the_call_that_frees_them() {
	on("vektor-dev", || {
		let who = Bob.to_account_id();
		assert_eq!(money(who.clone()), []);
		assert_ok!(dispatch(
			Bob,
			pallet_staking::Call::bond { value: 100 * VKTR, payee: pallet_staking::RewardDestination::Stash }
		));
		assert_ok!(dispatch(Bob, pallet_preimage::Call::note_preimage { bytes: vec![7; 100] }));
		assert_ok!(dispatch(
			Bob,
			pallet_proxy::Call::add_proxy {
				delegate: Charlie.to_account_id().into(),
				proxy_type: Default::default(),
				delay: 0
			}
		));
		let schedule = pallet_vesting::VestingInfo::new(10_000 * VKTR, VKTR, 1_000_000);
		let target = who.clone().into();
		assert_ok!(dispatch(Alice, pallet_vesting::Call::vested_transfer { target, schedule }));

		let rows = money(who.clone());
		let find = |what: &str, by: &str| {
			let row = rows.iter().find(|row| row.what == what && row.by == by);
			row.unwrap_or_else(|| panic!("no {what} by {by} in {rows:?}")).amount
		};
		let reserved = Balances::reserved_balance(&who);
		let stake = find("stake", "staking.unbond, then staking.withdrawUnbonded");
		let preimage = find("deposit", "preimage.unnotePreimage");
		let proxy = find("deposit", "the call that removes it");
		assert_eq!(stake, 100 * VKTR);
		assert_eq!(proxy, <Runtime as pallet_proxy::Config>::ProxyDepositBase::get() + proxy_factor());
		assert_eq!(stake + preimage + proxy, reserved, "not a unit of what is reserved is missing");
		assert_eq!(find("locked", "vesting.vest"), 10_000 * VKTR);
		assert!(rows.iter().all(|row| !row.free_when.is_empty() && !row.by.is_empty()));
	});
}

#[test]
fn a_share_of_the_airdrop_is_shown_with_the_call_that_claims_it() {
	on("vektor-dev", || {
		let rows = money(sp_keyring::Sr25519Keyring::EveStash.to_account_id());
		let [row] = rows.as_slice() else { panic!("{rows:?}") };
		assert_eq!((row.what.as_str(), row.amount), ("airdrop", 1_000 * VKTR));
		assert_eq!(row.by, "supply.claimAirdrop");
	});
}

fn proxy_factor() -> Balance {
	<Runtime as pallet_proxy::Config>::ProxyDepositFactor::get()
}

/// The view functions by which a client asks for what the pots hold, as the metadata numbers them.
#[test]
fn pots_are_asked_by_view_functions() {
	use frame_support::view_functions::ViewFunction;
	on("vektor-dev", || {
		fn ask<V: ViewFunction>(account: AccountId) -> Vec<u8> {
			let said = Runtime::execute_view_function(V::id(), account.encode()).expect("it answers");
			Vec::<u8>::decode(&mut said.encode().as_slice()).expect("bytes")
		}
		let who = Bob.to_account_id();
		let nothing = Vec::<()>::new().encode();
		assert_eq!(ask::<pallet_jobs::HeldViewFunction<Runtime>>(who.clone()), nothing);
		assert_eq!(ask::<pallet_operators::HeldViewFunction<Runtime>>(who.clone()), nothing);
		assert_eq!(ask::<pallet_operators::PaidToViewFunction<Runtime>>(who.clone()), nothing);
		assert_eq!(ask::<pallet_models::HeldViewFunction<Runtime>>(who.clone()), nothing);
		assert_eq!(ask::<pallet_revenue::HeldViewFunction<Runtime>>(who), nothing);
	});
}

#[test]
fn every_kind_of_evidence_weighs_what_it_was_measured_to_cost() {
	use pallet_verification::WeightInfo;
	type Weights = pallet_verification::weights::SubstrateWeight<Runtime>;
	// Medians in microseconds of each alone, and its reads, on the day of the weights (docs/adr/0009).
	let measured = [
		("12 publics", 5_273, Weights::verify_groth16(12), 1),
		("the vector ezkl_hash", 5_645, Weights::verify_ezkl(58, 655, 11), 2),
		("the vector ezkl_attention", 8_617, Weights::verify_ezkl(137, 2_448, 33), 2),
		("the smallest key of ezkl", 4_917, Weights::verify_ezkl(30, 518, 2), 2),
		("few points and many operations", 5_279, Weights::verify_ezkl(30, 4_096, 2), 2),
		("the dearest key of ezkl", 12_951, Weights::verify_ezkl(256, 4_096, 256), 2),
		("SNP", 7_624, Weights::check_snp(), 2),
		("TDX", 3_490, Weights::check_tdx(), 3),
		("a GPU", 9_685, Weights::check_gpu(), 4),
	];
	for (what, alone, weight, reads) in measured {
		let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(reads);
		let work = weight.saturating_sub(reads).ref_time() / 1_000_000;
		assert!((alone * 5 / 6..=alone * 6 / 5).contains(&work), "{what}: {work}");
	}
}

#[test]
fn no_kind_of_evidence_takes_much_of_a_block() {
	use pallet_verification::WeightInfo;
	type Weights = pallet_verification::weights::SubstrateWeight<Runtime>;
	let milliseconds = |weight: frame_support::weights::Weight| weight.ref_time() / 1_000_000_000;
	assert!(milliseconds(Weights::check_snp()) < 10);
	assert!(milliseconds(Weights::check_tdx()) < 7);
	assert!(milliseconds(Weights::check_gpu()) < 20);
	assert!(milliseconds(Weights::verify_session()) < 1);
	// The dearest delivery that there is leaves room for others in its block.
	let most = <pallet_verification::Pallet<Runtime> as vektor_primitives::traits::EvidenceVerifier>::worst();
	let normal = <Runtime as frame_system::Config>::BlockWeights::get().get(DispatchClass::Normal).max_total;
	assert!(most.ref_time() * 20 < normal.expect("bounded").ref_time());
}
