//! How the pallets are joined: brakes, proxies, the treasury, punishments, clocks.

use crate::common::*;
use frame_support::{
	assert_noop, assert_ok,
	traits::{tokens::Pay, InstanceFilter},
};
use pallet_tx_pause::Error as PauseError;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use sp_runtime::{traits::StaticLookup, DispatchError, TokenError};
use vektor_primitives::{USDC, VKTR};
use vektor_runtime::{adapters::treasury::PayFromTreasury, configs::system::ProxyType, params::EXISTENTIAL_DEPOSIT, *};

fn transfer(value: Balance) -> RuntimeCall {
	let dest = <Runtime as frame_system::Config>::Lookup::unlookup(Charlie.to_account_id());
	pallet_balances::Call::transfer_keep_alive { dest, value }.into()
}

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: Vec::new() }.into()
}

#[test]
fn safe_mode_stops_money_and_never_governance_or_consensus() {
	on("vektor-dev", || {
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		assert_noop!(dispatch(Bob, transfer(VKTR)), frame_system::Error::<Runtime>::CallFiltered);
		assert_ok!(dispatch(Bob, remark()));
		assert_ok!(dispatch(Bob, pallet_preimage::Call::note_preimage { bytes: vec![1] }));
		// Blocks go on: the timestamp's inherent passes.
		pass(2);
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		assert_ok!(dispatch(Bob, transfer(VKTR)));
	});
}

#[test]
fn nobody_buys_a_halt() {
	on("vektor-dev", || {
		assert!(dispatch(Bob, pallet_safe_mode::Call::enter {}).is_err());
	});
}

#[test]
fn a_call_can_be_paused_but_not_governance_consensus_or_reports() {
	on("vektor-dev", || {
		let name = |pallet: &str, call: &str| {
			(
				pallet.as_bytes().to_vec().try_into().expect("short"),
				call.as_bytes().to_vec().try_into().expect("short"),
			)
		};
		let pause = |pallet, call| root(pallet_tx_pause::Call::pause { full_name: name(pallet, call) });
		assert_ok!(pause("Balances", "transfer_keep_alive"));
		assert_noop!(dispatch(Bob, transfer(VKTR)), frame_system::Error::<Runtime>::CallFiltered);
		for (pallet, call) in [
			("Timestamp", "set"),
			("Babe", "report_equivocation_unsigned"),
			("Grandpa", "report_equivocation_unsigned"),
			("Referenda", "submit"),
			("ConvictionVoting", "vote"),
			("Treasury", "payout"),
			("TxPause", "unpause"),
			("SafeMode", "force_exit"),
		] {
			assert_noop!(pause(pallet, call), PauseError::<Runtime>::Unpausable);
		}
	});
}

#[test]
fn proxies_do_what_their_type_says_and_no_more() {
	let vote: RuntimeCall = pallet_conviction_voting::Call::unlock {
		class: 0,
		target: <Runtime as frame_system::Config>::Lookup::unlookup(Bob.to_account_id()),
	}
	.into();
	let chill: RuntimeCall = pallet_staking::Call::chill {}.into();
	let payee: RuntimeCall =
		pallet_staking::Call::set_payee { payee: pallet_staking::RewardDestination::Account(Bob.to_account_id()) }.into();
	let all = [
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Governance,
		ProxyType::Staking,
		ProxyType::Operator,
		ProxyType::CancelProxy,
	];
	for kind in all {
		assert_eq!(kind.filter(&transfer(1)), kind == ProxyType::Any, "{kind:?}");
		assert_eq!(
			kind.filter(&vote),
			matches!(kind, ProxyType::Any | ProxyType::NonTransfer | ProxyType::Governance),
			"{kind:?}"
		);
		assert_eq!(
			kind.filter(&chill),
			matches!(kind, ProxyType::Any | ProxyType::NonTransfer | ProxyType::Staking),
			"{kind:?}"
		);
		assert_eq!(kind.filter(&payee), matches!(kind, ProxyType::Any | ProxyType::Staking), "{kind:?}");
		// A superset may do all that its subset may.
		for other in all.into_iter().filter(|other| kind.is_superset(other)) {
			for call in [transfer(1), vote.clone(), chill.clone(), payee.clone(), remark()] {
				assert!(kind.filter(&call) || !other.filter(&call) , "{kind:?} {other:?} {call:?}");
			}
		}
	}
}

#[test]
fn the_treasury_never_pays_its_account_away() {
	on("vektor-dev", || {
		let all = native(&Treasury::account_id());
		let bob = Bob.to_account_id();
		assert_noop!(
			PayFromTreasury::pay(&bob, Asset::Native, all),
			DispatchError::Token(TokenError::NotExpendable)
		);
		assert_ok!(PayFromTreasury::pay(&bob, Asset::Native, all - EXISTENTIAL_DEPOSIT));
		assert_noop!(
			PayFromTreasury::pay(&bob, Asset::WithId(USDC), 1),
			DispatchError::Token(TokenError::NotExpendable)
		);
	});
}

#[test]
fn vesting_counts_slots_so_that_missed_ones_delay_nobody() {
	on("vektor-dev", || {
		use sp_runtime::traits::BlockNumberProvider;
		type Clock = adapters::live::ElapsedSlots;
		let start = Clock::current_block_number();
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + 30);
		assert_eq!(Clock::current_block_number(), start + 30);
	});
}

#[test]
fn an_era_passes_and_pays_nothing() {
	on("vektor-dev", || {
		let issuance = Balances::total_issuance();
		pass(60 * 3 * 2 + 5);
		let era = pallet_staking::ActiveEra::<Runtime>::get().expect("an era").index;
		assert!(era >= 1, "era {era}");
		let alice = Alice.to_account_id();
		let _ = dispatch(Bob, pallet_staking::Call::payout_stakers { validator_stash: alice, era: 0 });
		assert_eq!(Balances::total_issuance(), issuance);
	});
}
