//! How the pallets are joined: brakes, proxies, the treasury, punishments, clocks.

use crate::common::*;
use frame_support::{
	assert_noop, assert_ok,
	traits::{tokens::Pay, InstanceFilter},
};
use pallet_tx_pause::Error as PauseError;
use sp_keyring::Sr25519Keyring::{Bob, Charlie};
use sp_runtime::{
	traits::{Dispatchable, StaticLookup},
	DispatchError, TokenError,
};
use vektor_primitives::{ONE_USDC, USDC, VKTR};
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
fn a_failed_migration_leaves_safe_mode_and_a_chain_that_governance_can_mend() {
	on("vektor-dev", || {
		use frame_support::migrations::{FailedMigrationHandler, FailedMigrationHandling};
		let handling = configs::brakes::SafeModeOnFailure::failed(None);
		assert!(matches!(handling, FailedMigrationHandling::ForceUnstuck));
		assert!(SafeMode::is_entered());
		assert_noop!(dispatch(Bob, transfer(VKTR)), frame_system::Error::<Runtime>::CallFiltered);
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_change_of_durations_is_a_broken_invariant() {
	use frame_support::traits::{TryState, TryStateSelect};
	on("vektor-dev", || {
		let durations = timing::Active::<Runtime>::get();
		timing::Active::<Runtime>::put(timing::Durations { slot_ms: 2_000, ..durations });
		let verdict = <Timing as TryState<BlockNumber>>::try_state(1, TryStateSelect::All);
		assert_eq!(verdict, Err("timing: invariant 1 durations changed since genesis".into()));
		timing::Active::<Runtime>::put(durations);
	});
}

#[test]
fn durations_that_do_not_fit_each_other_are_refused() {
	let good = timing::Durations::default();
	assert_eq!(good.check(), Ok(()));
	for bad in [
		timing::Durations { slot_ms: 1, ..good },
		timing::Durations { epoch_slots: 0, ..good },
		timing::Durations { sessions_per_era: 0, ..good },
		timing::Durations { hour: 0, ..good },
		timing::Durations { slash_defer_eras: good.bonding_eras, ..good },
		timing::Durations { history_eras: good.bonding_eras, ..good },
	] {
		assert!(bad.check().is_err(), "{bad:?}");
	}
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
			(pallet.as_bytes().to_vec().try_into().expect("short"), call.as_bytes().to_vec().try_into().expect("short"))
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
		pallet_staking::Call::set_payee { payee: pallet_staking::RewardDestination::Account(Bob.to_account_id()) }
			.into();
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
				assert!(kind.filter(&call) || !other.filter(&call), "{kind:?} {other:?} {call:?}");
			}
		}
	}
}

#[test]
fn a_proxy_that_sends_no_money_lets_nobody_else_take_it() {
	use pallet_staking::RewardDestination as To;
	use ProxyType::*;
	let bob = || Bob.to_account_id();
	let address = || <Runtime as frame_system::Config>::Lookup::unlookup(bob());
	let bond = |payee| -> RuntimeCall { pallet_staking::Call::bond { value: VKTR, payee }.into() };
	let (reg_index, max_fee) = (0, VKTR);
	let (parent_bounty_id, child_bounty_id) = (0, 0);
	let calls: [(RuntimeCall, &[ProxyType]); 21] = [
		// A sub that leaves takes the deposit along; a registrar keeps its fee.
		(pallet_identity::Call::add_sub { sub: address(), data: pallet_identity::Data::None }.into(), &[]),
		(pallet_identity::Call::set_subs { subs: vec![(bob(), pallet_identity::Data::None)] }.into(), &[]),
		(pallet_identity::Call::request_judgement { reg_index, max_fee }.into(), &[]),
		(pallet_identity::Call::set_account_id { index: 0, new: address() }.into(), &[]),
		(pallet_identity::Call::remove_sub { sub: address() }.into(), &[NonTransfer]),
		(pallet_identity::Call::clear_identity {}.into(), &[NonTransfer]),
		// What a multisig's account does passes by the filter.
		(
			pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![bob()], call: Box::new(remark()) }
				.into(),
			&[],
		),
		(
			pallet_multisig::Call::cancel_as_multi {
				threshold: 2,
				other_signatories: vec![bob()],
				timepoint: pallet_multisig::Timepoint { height: 1, index: 0 },
				call_hash: [0; 32],
			}
			.into(),
			&[],
		),
		// A bounty's curator says whom it pays.
		(pallet_bounties::Call::award_bounty { bounty_id: 0, beneficiary: address() }.into(), &[]),
		(pallet_bounties::Call::claim_bounty { bounty_id: 0 }.into(), &[NonTransfer, Governance]),
		(pallet_bounties::Call::accept_curator { bounty_id: 0 }.into(), &[NonTransfer, Governance]),
		(
			pallet_child_bounties::Call::propose_curator {
				parent_bounty_id,
				child_bounty_id,
				curator: address(),
				fee: VKTR,
			}
			.into(),
			&[],
		),
		(
			pallet_child_bounties::Call::award_child_bounty {
				parent_bounty_id,
				child_bounty_id,
				beneficiary: address(),
			}
			.into(),
			&[],
		),
		(
			pallet_child_bounties::Call::claim_child_bounty { parent_bounty_id, child_bounty_id }.into(),
			&[NonTransfer, Governance],
		),
		// Who stakes says where rewards go.
		(bond(To::Account(bob())), &[Staking]),
		(bond(To::None), &[Staking]),
		(bond(To::Stash), &[NonTransfer, Staking]),
		(bond(To::Staked), &[NonTransfer, Staking]),
		(pallet_staking::Call::set_payee { payee: To::Staked }.into(), &[Staking]),
		(pallet_proxy::Call::remove_proxies {}.into(), &[]),
		(pallet_vesting::Call::vest {}.into(), &[]),
	];
	let all = [NonTransfer, Governance, Staking, Operator, CancelProxy];
	for (call, kinds) in &calls {
		assert!(Any.filter(call));
		for kind in all {
			assert_eq!(kind.filter(call), kinds.contains(&kind), "{kind:?} {call:?}");
			// A superset may do all that its subset may.
			for other in all.into_iter().filter(|other| kind.is_superset(other)) {
				assert!(kind.filter(call) || !other.filter(call), "{kind:?} {other:?} {call:?}");
			}
		}
	}
}

#[test]
fn nobody_locks_what_the_protocol_holds_by_a_vested_transfer() {
	on("vektor-dev", || {
		type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
		use pallet_asset_conversion::PoolLocator;
		let to = |who: AccountId| -> RuntimeCall {
			let schedule = pallet_vesting::VestingInfo::new(10_000 * VKTR, VKTR, 1_000_000);
			pallet_vesting::Call::vested_transfer { target: who.into(), schedule }.into()
		};
		let pots = adapters::supply::report().pots.into_iter().map(|pot| pot.account);
		let others = [
			Locator::pool_address(&Asset::Native, &Asset::WithId(USDC)).expect("the two make a pool"),
			Bounties::bounty_account_id(0),
			ChildBounties::child_bounty_account_id(0, 0),
		];
		for who in pots.chain(others) {
			assert_noop!(dispatch(Bob, to(who.clone())), frame_system::Error::<Runtime>::CallFiltered);
			let batch = pallet_utility::Call::batch_all { calls: vec![remark(), to(who.clone())] };
			let refused = dispatch(Bob, batch).map_err(|refused| refused.error);
			assert_eq!(refused, Err(frame_system::Error::<Runtime>::CallFiltered.into()));
			assert!(Balances::locks(&who).is_empty(), "{who}");
		}
		assert_ok!(dispatch(Bob, to(Charlie.to_account_id())));
	});
}

#[test]
fn while_a_call_is_paused_that_meets_a_deadline_time_stands_still() {
	on("vektor-dev", || {
		use frame_support::traits::GetCallMetadata;
		for (pallet, call) in adapters::live::NEEDED {
			assert!(RuntimeCall::get_call_names(pallet).contains(&call), "{pallet} has no {call}");
			let of = || {
				(
					pallet.as_bytes().to_vec().try_into().expect("short"),
					call.as_bytes().to_vec().try_into().expect("short"),
				)
			};
			assert_ok!(root(pallet_tx_pause::Call::pause { full_name: of() }));
			let now = Jobs::now();
			pass(5);
			assert_eq!(Jobs::now(), now, "{pallet}.{call}");
			assert_ok!(root(pallet_tx_pause::Call::unpause { ident: of() }));
			pass(2);
			assert!(Jobs::now() > now, "{pallet}.{call}");
		}
	});
}

#[test]
fn the_treasury_never_pays_its_account_away() {
	on("vektor-dev", || {
		let all = native(&Treasury::account_id());
		let bob = Bob.to_account_id();
		assert_noop!(PayFromTreasury::pay(&bob, Asset::Native, all), DispatchError::Token(TokenError::NotExpendable));
		assert_ok!(PayFromTreasury::pay(&bob, Asset::Native, all - EXISTENTIAL_DEPOSIT));
		assert_noop!(
			PayFromTreasury::pay(&bob, Asset::WithId(USDC), 1),
			DispatchError::Token(TokenError::NotExpendable)
		);
	});
}

#[test]
fn a_treasurer_spends_usdc_at_the_governed_rate() {
	on("vektor-dev", || {
		use frame_support::traits::fungibles::Mutate;
		let bob = Bob.to_account_id();
		let dollars = Asset::WithId(USDC);
		assert_ok!(Assets::mint_into(USDC, &Treasury::account_id(), 50 * ONE_USDC));
		let spend = || -> RuntimeCall {
			pallet_treasury::Call::spend {
				asset_kind: Box::new(dollars.clone()),
				amount: 20 * ONE_USDC,
				beneficiary: Box::new(bob.clone()),
				valid_from: None,
			}
			.into()
		};
		let treasurer = || RuntimeOrigin::from(configs::origins::Origin::Treasurer);
		assert!(spend().dispatch(treasurer()).is_err(), "no rate, no spend");
		let rate = sp_runtime::FixedU128::from_rational(10 * VKTR, ONE_USDC);
		assert_ok!(root(pallet_asset_rate::Call::create { asset_kind: Box::new(dollars.clone()), rate }));
		assert!(spend().dispatch(RuntimeOrigin::signed(bob.clone())).is_err());
		assert_ok!(spend().dispatch(treasurer()));
		let before = usdc(&bob);
		assert_ok!(dispatch(Bob, pallet_treasury::Call::payout { index: 0 }));
		assert_eq!(usdc(&bob), before + 20 * ONE_USDC);
	});
}

#[test]
fn every_track_has_an_origin_and_every_origin_a_track() {
	on("vektor-dev", || {
		use configs::origins::Origin;
		use pallet_referenda::TracksInfo;
		type Tracks = configs::tracks::Tracks;
		let mut found: Vec<u16> = [
			OriginCaller::system(frame_system::RawOrigin::Root),
			OriginCaller::Origins(Origin::WhitelistedCaller),
			OriginCaller::Origins(Origin::GeneralAdmin),
			OriginCaller::Origins(Origin::Treasurer),
			OriginCaller::Origins(Origin::Discipline),
			OriginCaller::Origins(Origin::ReferendumCanceller),
			OriginCaller::Origins(Origin::ReferendumKiller),
		]
		.iter()
		.map(|origin| <Tracks as TracksInfo<Balance, u32>>::track_for(origin).expect("a track"))
		.collect();
		found.sort_unstable();
		let ids: Vec<u16> = <Tracks as TracksInfo<Balance, u32>>::track_ids().collect();
		assert_eq!(found, ids);
		for id in ids {
			assert!(<Tracks as TracksInfo<Balance, u32>>::info(id).is_some());
		}
		let nobody = OriginCaller::system(frame_system::RawOrigin::None);
		assert!(<Tracks as TracksInfo<Balance, u32>>::track_for(&nobody).is_err());
	});
}

#[test]
fn a_referendum_decides_and_enacts() {
	on("vektor-dev", || {
		use frame_support::traits::{schedule::DispatchTime, StorePreimage};
		let call: RuntimeCall = pallet_supply::Call::set_parameter {
			parameter: RuntimeParameters::Inference(configs::parameters::dynamic::inference::Parameters::ModelDeposit(
				configs::parameters::dynamic::inference::ModelDeposit,
				Some(7 * VKTR),
			)),
		}
		.into();
		let proposal = Preimage::bound(call).expect("short");
		assert_ok!(dispatch(
			Bob,
			pallet_referenda::Call::submit {
				proposal_origin: Box::new(frame_system::RawOrigin::Root.into()),
				proposal,
				enactment_moment: DispatchTime::After(1),
			}
		));
		assert_ok!(dispatch(Bob, pallet_referenda::Call::place_decision_deposit { index: 0 }));
		// A twentieth of what circulates is what support is measured by: the ayes must outgrow a falling curve.
		assert_ok!(dispatch(Bob, pallet_lock_staking::Call::stake { amount: 800_000 * VKTR, tier: 2 }));
		assert_ok!(dispatch(
			Bob,
			pallet_lock_staking::Call::vote { poll: 0, stance: pallet_lock_staking::Stance::Aye }
		));
		let deposit =
			<configs::parameters::dynamic::inference::ModelDeposit as frame_support::traits::Get<Balance>>::get;
		assert_eq!(deposit(), 100 * VKTR);
		pass(timing::hours(14 * 24 + 24 + 24 + 8));
		assert_eq!(deposit(), 7 * VKTR);
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
