//! The supply across pallets: what comes free by the table, what eras pay, where burned tokens are counted, who may change what.

use crate::common::*;
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect, Get},
};
use pallet_staking::{ActiveEra, ErasValidatorReward};
use pallet_supply::{BurnCause, Burned, Emitted, EraOwed, EraPending, Unlock};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, EveStash, FerdieStash, One};
use sp_runtime::{
	traits::{Convert, StaticLookup},
	DispatchError, MultiSignature, Perbill, TokenError,
};
use vektor_primitives::VKTR;
use vektor_runtime::{
	adapters::emission::MonthEnd,
	configs::parameters::{dynamic, Values},
	params::{CAP, EXISTENTIAL_DEPOSIT},
	*,
};

type Stakes = pallet_staking::Call<Runtime>;

const MILLION: u128 = 1_000_000 * VKTR;

/// What the chain knows to be burned, and that with it the issuance is the cap.
fn burned(cause: BurnCause) -> Balance {
	let sum: Balance = Burned::<Runtime>::iter_values().sum();
	assert_eq!(Balances::total_issuance() + sum, CAP);
	Burned::<Runtime>::get(cause)
}

/// Moves the clock of vesting to so many slots after the first, without blocks between.
fn elapse(slots: u32) {
	let first = *pallet_babe::GenesisSlot::<Runtime>::get();
	pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(first + u64::from(slots)));
}

/// What is free when a month has ended: `(month, part, of)`.
type Table = &'static [(u32, u128, u128)];

/// V1 and Q1 by hand: `(economy, row, millions, months of even release, table)`.
const TABLES: [(&str, &str, u128, u32, Table); 5] = [
	// 12-month cliff, then 48 months.
	(
		"vektor",
		"Core Contributors",
		150,
		48,
		&[(0, 0, 1), (11, 0, 1), (12, 0, 1), (13, 1, 48), (36, 1, 2), (59, 47, 48), (60, 1, 1)],
	),
	// 12-month cliff, then 24 months.
	(
		"vektor",
		"Early Backers & Private Sale",
		150,
		24,
		&[(0, 0, 1), (12, 0, 1), (13, 1, 24), (24, 1, 2), (35, 23, 24), (36, 1, 1), (40, 1, 1)],
	),
	// Four years, of which the first comes at its end.
	(
		"quiver",
		"Team & Advisors",
		150,
		48,
		&[(0, 0, 1), (11, 0, 1), (12, 1, 4), (13, 13, 48), (24, 1, 2), (47, 47, 48), (48, 1, 1)],
	),
	// Three years, of which half a year comes at its end.
	(
		"quiver",
		"Early Investors",
		100,
		36,
		&[(0, 0, 1), (5, 0, 1), (6, 1, 6), (7, 7, 36), (18, 1, 2), (35, 35, 36), (36, 1, 1)],
	),
	// A quarter at once, the rest over a year.
	("quiver", "Public Sale", 100, 12, &[(0, 1, 4), (1, 5, 16), (4, 1, 2), (11, 15, 16), (12, 1, 1), (13, 1, 1)]),
];

/// The account that holds a locked row: a key that everybody has on a test network, what stands for the holders in production.
fn holder(economy: &str, network: &str, name: &str) -> AccountId {
	let rows = presets::economy(economy).expect("an economy").allocations;
	let locked = rows.into_iter().filter(presets::economy::Row::is_locked);
	let (row, key) = locked.zip(presets::networks::HOLDERS).find(|(row, _)| row.name == name).expect("a row");
	if network.is_empty() {
		row.holder
	} else {
		key.to_account_id()
	}
}

#[test]
fn a_holder_may_spend_each_month_what_the_documents_table_says() {
	for network in ["", "-dev"] {
		for (economy, name, millions, even, table) in TABLES {
			let (start, ()) = beginning(&format!("{economy}{network}"), || ());
			let who = holder(economy, network, name);
			for (month, part, whole) in table {
				start.on(|| {
					elapse(MonthEnd::convert(*month));
					let target = <Runtime as frame_system::Config>::Lookup::unlookup(who.clone());
					let vest = pallet_vesting::Call::vest_other { target };
					if *month > 0 {
						assert_ok!(dispatch(Alice, vest));
					}
					let amount = millions * MILLION;
					let expected = amount * part / whole;
					// A token came beside the allocation, for its first transactions.
					let free = Balances::usable_balance(&who) - VKTR;
					let slot = amount / u128::from(MonthEnd::convert(even)) + 1;
					let at = format!("{economy}{network} month {month}");
					assert!(free.abs_diff(expected) <= slot, "{at}: {free} for {expected}");
					if part == whole {
						assert_eq!(free, amount, "{at}");
					}
				});
			}
		}
	}
}

#[test]
fn what_is_locked_neither_moves_nor_burns_and_a_bond_does_not_set_it_free() {
	on("vektor-dev", || {
		let who = One.to_account_id();
		let transfer = |value| {
			let dest = <Runtime as frame_system::Config>::Lookup::unlookup(Charlie.to_account_id());
			pallet_balances::Call::transfer_keep_alive { dest, value }
		};
		let locked = 150 * MILLION;
		assert_noop!(dispatch(One, transfer(2 * VKTR)), TokenError::Frozen);
		assert_noop!(dispatch(One, pallet_supply::Call::burn { amount: 2 * VKTR }), TokenError::FundsUnavailable);
		// A bond is a hold, which may take locked tokens: they come back locked.
		assert_ok!(dispatch(One, Stakes::bond { value: locked, payee: pallet_staking::RewardDestination::Stash }));
		assert_noop!(dispatch(One, transfer(2 * VKTR)), TokenError::FundsUnavailable);
		assert_ok!(dispatch(One, Stakes::unbond { value: locked }));
		pass(timing::Active::<Runtime>::get().bonding_eras * 180 + 200);
		assert_ok!(dispatch(One, Stakes::withdraw_unbonded { num_slashing_spans: 0 }));
		let free = Balances::usable_balance(&who);
		assert!(free <= VKTR, "{free}");
		assert_noop!(dispatch(One, transfer(2 * VKTR)), TokenError::Frozen);
		// A month after the cliff a forty-eighth of it moves.
		elapse(MonthEnd::convert(13));
		assert_ok!(dispatch(One, pallet_vesting::Call::vest {}));
		assert_ok!(dispatch(One, transfer(3 * MILLION)));
		assert_noop!(dispatch(One, transfer(MILLION)), TokenError::Frozen);
	});
}

#[test]
fn the_treasury_gets_day_by_day_what_has_come_free_and_its_own_account_is_never_locked() {
	on("vektor-dev", || {
		let treasury = Treasury::account_id();
		let before = native(&treasury);
		let day = dynamic::emission::RoundLength::get();
		elapse(MonthEnd::convert(6));
		pass(day + 1);
		let month = u128::from(MonthEnd::convert(1));
		let first = native(&treasury) - before;
		// A day's part of thirty-six months, within a slot's share.
		let share = 200 * MILLION / (36 * month);
		assert!(first > 0 && first.abs_diff(share * u128::from(day)) <= share * 3, "{first}");
		elapse(MonthEnd::convert(42) + 10);
		pass(day + 2);
		assert_eq!(native(&treasury), before + 200 * MILLION);
		assert_eq!(native(&Supply::stream_pot()), EXISTENTIAL_DEPOSIT);
		assert!(Balances::locks(&treasury).is_empty());
	});
}

/// A bounty is funded by a mint that the treasury's account then pays for: were it locked, the issuance would rise.
#[test]
fn a_bounty_out_of_the_treasury_changes_no_issuance() {
	on("vektor-dev", || {
		elapse(MonthEnd::convert(8));
		pass(dynamic::emission::RoundLength::get() + 1);
		let value = 1_000 * VKTR;
		assert_ok!(dispatch(Bob, pallet_bounties::Call::propose_bounty { value, description: vec![1] }));
		assert_ok!(root(pallet_bounties::Call::approve_bounty { bounty_id: 0 }));
		pass(timing::hours(24 * 7) + 1);
		assert_eq!(native(&Bounties::bounty_account_id(0)), value);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

/// Lets era and idle blocks pass until every ended era is paid.
fn pass_eras(n: u32) {
	pass(180 * n + 20);
}

#[test]
fn eras_are_paid_by_the_runtime_itself_from_the_emission_pot_and_issuance_stays() {
	on("vektor-dev", || {
		let (alice, pot) = (Alice.to_account_id(), Supply::emission_pot());
		let before = (Balances::total_balance(&alice), native(&pot));
		pass_eras(3);
		let era = ActiveEra::<Runtime>::get().expect("an era").index;
		assert!(era >= 2, "era {era}");
		let emitted = Emitted::<Runtime>::get();
		assert!(emitted.validators > 0);
		// The only validator earned all that was booked; what is pending is for the era that is on.
		let paid = Balances::total_balance(&alice) - before.0;
		assert_eq!(paid, emitted.validators - EraPending::<Runtime>::get() - EraOwed::<Runtime>::get());
		assert!(paid > 0);
		assert_eq!(before.1 - native(&pot), emitted.net());
		// A quarter of the floor, which is a quarter of the base. Operators' part has no receiver and stays.
		let rounds = u128::from(pallet_supply::CurrentRound::<Runtime>::get().index);
		let base = 450 * MILLION / 3_652;
		assert!(emitted.validators.abs_diff(rounds * base / 16) < base / 1_000, "{}", emitted.validators);
		assert_eq!(emitted.availability + emitted.work, 0);
		// Stakers' part waits in their vault.
		assert!(emitted.stakers.abs_diff(rounds * base * 3 / 40) < base / 1_000, "{}", emitted.stakers);
		assert_eq!(native(&LockStaking::pot()), EXISTENTIAL_DEPOSIT + emitted.stakers);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn whoever_claims_an_era_first_takes_nothing_from_anybody() {
	on("vektor-dev", || {
		let alice = Alice.to_account_id();
		// The block in which the era ends is full: Bob comes before the runtime.
		while ActiveEra::<Runtime>::get().expect("an era").index < 2 {
			pass(1);
		}
		let before = Balances::total_balance(&alice);
		let booked = ErasValidatorReward::<Runtime>::get(1).expect("booked");
		let claim = Stakes::payout_stakers { validator_stash: alice.clone(), era: 1 };
		let claimed = dispatch(Bob, claim.clone());
		pass(5);
		assert_noop!(
			dispatch(Bob, claim).map_err(|error| error.error),
			pallet_staking::Error::<Runtime>::AlreadyClaimed
		);
		assert!(claimed.is_ok() || Balances::total_balance(&alice) >= before);
		assert!(booked > 0);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn an_era_that_is_paid_late_is_paid_the_same() {
	on("vektor-dev", || {
		// The payout believes that it is done with everything for a while: nothing is paid.
		let late = pallet_supply::Payout { era: u32::MAX, after: None, failed: None };
		pallet_supply::Paying::<Runtime>::put(late);
		pass_eras(4);
		let owed = EraOwed::<Runtime>::get();
		let alice = Balances::total_balance(&Alice.to_account_id());
		assert!(owed > 0);
		pallet_supply::Paying::<Runtime>::put(pallet_supply::Payout::default());
		pass(12);
		assert_eq!(EraOwed::<Runtime>::get(), 0);
		assert_eq!(Balances::total_balance(&Alice.to_account_id()), alice + owed);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

/// Staking forgets an era after its history: what nobody had claimed by then goes back, too.
#[test]
fn eras_that_nobody_ever_claims_return_to_the_emission_pot() {
	on("vektor-dev", || {
		let never = pallet_supply::Payout { era: u32::MAX, after: None, failed: None };
		pallet_supply::Paying::<Runtime>::put(never);
		pass_eras(2);
		let owed = EraOwed::<Runtime>::get();
		assert!(owed > 0);
		// As far as the history reaches, without the blocks.
		let last = ActiveEra::<Runtime>::get().expect("an era").index;
		for era in 0..last {
			ErasValidatorReward::<Runtime>::remove(era);
		}
		let before = native(&Supply::emission_pot());
		pallet_supply::Paying::<Runtime>::put(pallet_supply::Payout::default());
		pass(5);
		assert_eq!(native(&Supply::emission_pot()), before + owed);
		assert_eq!(Emitted::<Runtime>::get().returned, owed);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

/// Seventy nominators, whose parts are rounded to the nearest unit, and a second page beside the first.
#[test]
fn nominators_on_two_pages_are_paid_and_rounding_to_the_nearest_makes_nothing() {
	on("vektor-dev", || {
		let alice = Alice.to_account_id();
		let validator = <Runtime as frame_system::Config>::Lookup::unlookup(alice.clone());
		let nominators: Vec<AccountId> = (0u8..70).map(|n| AccountId::new([n + 1; 32])).collect();
		for (n, who) in (0u128..).zip(&nominators) {
			let dest = <Runtime as frame_system::Config>::Lookup::unlookup(who.clone());
			let value = 1_000 * VKTR + n * 7_777_777 + 1;
			assert_ok!(dispatch(Charlie, pallet_balances::Call::transfer_keep_alive { dest, value: value + VKTR }));
			let signed = || RuntimeOrigin::signed(who.clone());
			assert_ok!(Staking::bond(signed(), value, pallet_staking::RewardDestination::Stash));
			assert_ok!(Staking::nominate(signed(), vec![validator.clone()]));
		}
		let rich = |who: &AccountId| Balances::total_balance(who);
		let before: Vec<Balance> = nominators.iter().map(rich).collect();
		pass_eras(4);
		let gained: Vec<Balance> = nominators.iter().zip(&before).map(|(who, before)| rich(who) - before).collect();
		assert!(gained.iter().all(|gain| *gain > 0));
		assert_eq!(Balances::total_issuance(), CAP);
		// Nothing is owed once every page is paid; the cushion is as good as whole.
		assert_eq!(EraOwed::<Runtime>::get(), 0);
		let kept = native(&Supply::era_pot()) - EXISTENTIAL_DEPOSIT - EraPending::<Runtime>::get();
		assert!(kept <= VKTR && VKTR - kept < 10_000, "{kept}");
	});
}

#[test]
fn a_validator_that_is_gone_is_left_out_and_its_reward_returns() {
	on("vektor-dev", || {
		pallet_supply::Paying::<Runtime>::put(pallet_supply::Payout { era: u32::MAX, after: None, failed: None });
		pass_eras(1);
		// It validated as much as Alice and has left since: no ledger, no payout.
		let gone = AccountId::new([99; 32]);
		let alice = Alice.to_account_id();
		let exposure = sp_staking::PagedExposureMetadata { total: VKTR, own: VKTR, nominator_count: 0, page_count: 1 };
		pallet_staking::ErasStakersOverview::<Runtime>::insert(0, &gone, exposure);
		pallet_staking::ErasRewardPoints::<Runtime>::mutate(0, |points| {
			let hers = points.individual.get(&alice).copied().expect("she made blocks");
			points.individual.insert(gone.clone(), hers);
			points.total += hers;
		});
		let owed = EraOwed::<Runtime>::get();
		assert!(owed > 0);
		pallet_supply::Paying::<Runtime>::put(pallet_supply::Payout::default());
		let before = native(&Supply::emission_pot());
		pass(10);
		let returned = Emitted::<Runtime>::get().returned;
		assert!(returned.abs_diff(owed / 2) <= 1, "{returned} of {owed}");
		assert_eq!(native(&Supply::emission_pot()), before + returned);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn a_slash_is_burned_and_counted() {
	on("vektor-dev", || {
		use sp_staking::offence::{OffenceDetails, OnOffenceHandler};
		pass(200);
		let alice = Alice.to_account_id();
		let bond = || pallet_staking::Ledger::<Runtime>::get(&alice).expect("a ledger").active;
		let details = OffenceDetails { offender: (alice.clone(), ()), reporters: vec![Bob.to_account_id()] };
		let era = ActiveEra::<Runtime>::get().expect("an era").index;
		let session = pallet_staking::ErasStartSessionIndex::<Runtime>::get(era).expect("a session");
		let (before, bob) = (bond(), native(&Bob.to_account_id()));
		<Staking as OnOffenceHandler<_, _, _>>::on_offence(&[details], &[Perbill::from_percent(10)], session);
		pass(2);
		let slashed = burned(BurnCause::Slash);
		assert_eq!(slashed, before - bond());
		// A tenth of what was exposed when the era began: rewards came to the bond since.
		assert!(slashed.abs_diff(10_000 * VKTR) < 1_000, "{slashed}");
		// Who reports gets nothing: it would come out of a bond, and might have been locked.
		assert_eq!(native(&Bob.to_account_id()), bob);
	});
}

#[test]
fn dust_is_burned_and_counted() {
	on("vektor-dev", || {
		let poor = AccountId::new([77; 32]);
		let dest = <Runtime as frame_system::Config>::Lookup::unlookup(poor.clone());
		assert_ok!(dispatch(Bob, pallet_balances::Call::transfer_keep_alive { dest, value: EXISTENTIAL_DEPOSIT + 5 }));
		let back = <Runtime as frame_system::Config>::Lookup::unlookup(Bob.to_account_id());
		let call = pallet_balances::Call::<Runtime>::transfer_allow_death { dest: back, value: 10 };
		use sp_runtime::traits::Dispatchable;
		assert_ok!(RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(poor.clone())));
		assert_eq!(Balances::total_balance(&poor), 0);
		assert_eq!(burned(BurnCause::Dust), EXISTENTIAL_DEPOSIT - 5);
	});
}

#[test]
fn a_fee_that_no_author_takes_is_burned_and_counted() {
	use frame_support::traits::{
		fungible::Balanced,
		tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve},
		OnUnbalanced,
	};
	use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
	sp_io::TestExternalities::default().execute_with(|| {
		<Runtime as GenesisBuilderV1<Block>>::build_state(genesis("vektor-dev")).expect("the preset builds");
		// Before any block there is no author.
		let fee = <Balances as Balanced<_>>::withdraw(&Charlie.to_account_id(), 1_000, Exact, Preserve, Polite);
		adapters::fees::ToAuthor::on_unbalanced(fee.expect("Charlie is rich"));
		assert_eq!(burned(BurnCause::Fee), 1_000);
		check();
	});
}

#[test]
fn a_forfeited_deposit_is_burned_and_counted() {
	on("vektor-dev", || {
		use frame_support::traits::{schedule::DispatchTime, StorePreimage};
		let call: RuntimeCall = frame_system::Call::remark { remark: vec![1] }.into();
		assert_ok!(dispatch(
			Bob,
			pallet_referenda::Call::submit {
				proposal_origin: Box::new(frame_system::RawOrigin::Root.into()),
				proposal: Preimage::bound(call).expect("short"),
				enactment_moment: DispatchTime::After(1),
			}
		));
		assert_ok!(root(pallet_referenda::Call::kill { index: 0 }));
		assert_eq!(burned(BurnCause::Deposit), 100 * VKTR);
	});
}

#[test]
fn own_tokens_are_burned_by_supply_only() {
	on("vektor-dev", || {
		let uncounted = pallet_balances::Call::burn { value: VKTR, keep_alive: true };
		assert_noop!(dispatch(Bob, uncounted), frame_system::Error::<Runtime>::CallFiltered);
		assert_ok!(dispatch(Bob, pallet_supply::Call::burn { amount: VKTR }));
		assert_eq!(burned(BurnCause::Voluntary), VKTR);
	});
}

#[test]
fn parameters_change_by_supply_only_and_within_their_bounds() {
	on("vektor-dev", || {
		use dynamic::emission as e;
		let length = |value| RuntimeParameters::Emission(e::Parameters::RoundLength(e::RoundLength, value));
		let direct = pallet_parameters::Call::set_parameter { key_value: length(Some(200)) };
		assert_noop!(root(direct), DispatchError::BadOrigin);
		let set = |value| root(pallet_supply::Call::set_parameter { parameter: length(value) });
		for bad in [0, timing::hours(1) - 1, timing::hours(168) + 1, u32::MAX] {
			assert_noop!(set(Some(bad)), pallet_supply::Error::<Runtime>::ParameterOutOfBounds);
		}
		assert_noop!(set(None), pallet_supply::Error::<Runtime>::ParameterNeedsValue);
		for good in [timing::hours(1), timing::hours(168), 60] {
			assert_ok!(set(Some(good)));
		}
		assert_eq!(Values::current().round_length, 60);
		assert_noop!(
			dispatch(Bob, pallet_supply::Call::set_parameter { parameter: length(Some(60)) }),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn every_parameter_refuses_what_is_just_outside_its_bounds() {
	on("vektor-dev", || {
		use vektor_primitives::Ppm;
		let default = Values::current();
		let outside = [
			Values { model_deposit: VKTR - 1, ..default.clone() },
			Values { model_deposit: 10_000 * VKTR + 1, ..default.clone() },
			Values { min_collateral: VKTR - 1, ..default.clone() },
			Values { min_collateral: 10_000 * VKTR + 1, ..default.clone() },
			Values { min_load: Ppm(49_999), ..default.clone() },
			Values { min_load: Ppm(500_001), ..default.clone() },
			Values { max_load: Ppm(999_999), ..default.clone() },
			Values { max_load: Ppm(2_000_001), ..default.clone() },
			Values { kappa: Ppm(400_001), ..default.clone() },
			Values { floor: pallet_supply::FloorShares { availability: Ppm(1), ..default.floor }, ..default.clone() },
			Values { demand: pallet_supply::DemandShares { work: Ppm(1), ..default.demand }, ..default.clone() },
		];
		for values in outside {
			let changed = values.each().into_iter().find(|value| !default.each().contains(value)).expect("one differs");
			assert_noop!(
				root(pallet_supply::Call::set_parameter { parameter: changed }),
				pallet_supply::Error::<Runtime>::ParameterOutOfBounds
			);
		}
		for value in default.each() {
			assert_ok!(root(pallet_supply::Call::set_parameter { parameter: value }));
		}
	});
}

/// A transaction that nobody signs.
fn unsigned(call: pallet_supply::Call<Runtime>) -> UncheckedExtrinsic {
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(sp_runtime::generic::Era::Immortal),
		frame_system::CheckNonce::from(0),
		vektor_runtime::adapters::evidence::CheckWeight::new(),
		pallet_asset_conversion_tx_payment::ChargeAssetTxPayment::from(0, None),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	UncheckedExtrinsic::new_transaction(call.into(), extension)
}

fn claim(claimant: Sr25519Keyring, to: &AccountId) -> pallet_supply::Call<Runtime> {
	let signature = MultiSignature::Sr25519(claimant.sign(&Supply::claim_message(to)));
	pallet_supply::Call::claim_airdrop { claimant: claimant.to_account_id(), to: to.clone(), signature }
}

#[test]
fn the_airdrop_is_claimed_by_an_account_that_owns_nothing_and_once() {
	on("vektor-dev", || {
		let to = AccountId::new([42; 32]);
		assert_eq!(Balances::total_balance(&EveStash.to_account_id()), 0);
		assert_ok!(send(unsigned(claim(EveStash, &to))).expect("it is valid"));
		assert_eq!(native(&to), 1_000 * VKTR);
		assert!(send(unsigned(claim(EveStash, &to))).is_err());
		// Another's signature, or another receiver than was signed for.
		let pallet_supply::Call::claim_airdrop { claimant, signature, .. } = claim(FerdieStash, &to) else { panic!() };
		let stolen = pallet_supply::Call::claim_airdrop { claimant, to: Bob.to_account_id(), signature };
		assert!(send(unsigned(stolen)).is_err());
		// By somebody else's transaction, free when it succeeds.
		let bob = native(&Bob.to_account_id());
		assert_ok!(sign(Bob, claim(FerdieStash, &to)).expect("it is valid"));
		assert_eq!(native(&Bob.to_account_id()), bob);
		assert_eq!(native(&to), 3_500 * VKTR);
		assert_eq!(native(&Supply::airdrop_pot()), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn a_paused_claim_is_refused_before_it_is_in_a_block() {
	on("vektor-dev", || {
		let to = AccountId::new([42; 32]);
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		assert!(send(unsigned(claim(EveStash, &to))).is_err());
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		assert_ok!(send(unsigned(claim(EveStash, &to))).expect("it is valid"));
	});
}

/// A round's end may take a thousandth of a block (issue: own hooks), and weighs the same whatever was done in it.
#[test]
fn the_hooks_of_supply_weigh_less_than_a_thousandth_of_a_block() {
	on("vektor-dev", || {
		use pallet_supply::WeightInfo;
		type W = <Runtime as pallet_supply::Config>::WeightInfo;
		let limit = params::MAXIMUM_BLOCK_WEIGHT.ref_time() / 1_000;
		for weight in [W::within_a_round(), W::end_round(), W::no_era_to_pay()] {
			assert!(weight.ref_time() <= limit, "{} of {limit}", weight.ref_time());
		}
	});
}

#[test]
fn what_circulates_is_what_is_neither_locked_nor_in_a_pot() {
	for preset in ["vektor-dev", "nexus-dev", "quiver-dev", "cxpt-dev", "vektor"] {
		on(preset, || {
			let report = adapters::supply::report();
			let everyone = frame_system::Account::<Runtime>::iter();
			let pots: Vec<_> = report.pots.iter().map(|pot| pot.account.clone()).collect();
			let others = everyone.filter(|(who, _)| !pots.contains(who));
			// Whatever an account that is no pot has, less what vesting keeps from it.
			let circulating: Balance = others
				.map(|(who, account)| {
					let locked = Balances::locks(&who).iter().map(|lock| lock.amount).max().unwrap_or_default();
					account.data.free + account.data.reserved - locked
				})
				.sum();
			// The lock was written before the last slots: vesting is a little further.
			let ahead = report.circulating - circulating;
			assert!(ahead < CAP / 10_000, "{preset}: {ahead}");
			assert_eq!(report.allocations.iter().map(|row| row.amount).sum::<Balance>(), CAP, "{preset}");
			assert!(report.allocations.iter().all(|row| row.unlocked <= row.amount), "{preset}");
			let burned: Balance = report.burned.iter().map(|burn| burn.amount).sum();
			assert_eq!(report.issued + burned, report.cap, "{preset}");
			assert!(report.emission.forecast.iter().all(|year| year.least <= year.most), "{preset}");
			assert!(report.emission.forecast.iter().all(|year| year.most <= report.emission.remaining), "{preset}");
		});
	}
}

#[test]
fn every_shape_of_the_ledger_is_in_some_table() {
	let shapes = ["vektor", "nexus", "quiver", "cxpt"].map(|name| {
		let rows = presets::economy(name).expect("an economy").allocations;
		rows.into_iter().filter_map(|row| row.release.unlock()).collect::<Vec<_>>()
	});
	let has = |of: fn(&Unlock) -> bool| shapes.iter().flatten().any(of);
	assert!(has(|shape| matches!(shape, Unlock::AtOnce)));
	assert!(has(|shape| matches!(shape, Unlock::CliffThenLinear { .. })));
	assert!(has(|shape| matches!(shape, Unlock::AccruingCliff { .. })));
	assert!(has(|shape| matches!(shape, Unlock::PartAtOnce { .. })));
}
