//! Any order of submissions, deliveries, refunds, time, pauses and accounts that come and go, against a model of five
//! lines: escrow in = settled + refunded + held, always, and every job ends one way only.

use std::{cell::RefCell, collections::BTreeMap};

use frame_support::traits::fungibles::{Inspect, Mutate};
use proptest::prelude::*;
use vektor_primitives::{Asset, Balance, JobId, USDC, VKTR};

use crate::{
	mock::{Jobs, *},
	*,
};

#[derive(Clone, Debug)]
enum Op {
	Submit { client: AccountId, number: u64, native: bool, to: u64, deadline: u32 },
	Deliver { job: prop::sample::Index, stranger: bool, kind: u8 },
	Expire { job: prop::sample::Index },
	Pass(u32),
	Idle,
	CatchUp,
	Pause(bool),
	Price(u128),
	Block(AccountId),
	Unblock(AccountId),
	Leave(AccountId),
	Return(AccountId),
	SettlementFails(bool),
	Freeze(bool),
}

fn op() -> impl Strategy<Value = Op> {
	let client = 1u64..3;
	let index = any::<prop::sample::Index>();
	prop_oneof![
		10 => (client.clone(), 0u64..12, any::<bool>(), 1u64..5, 5u32..60).prop_map(
			|(client, number, native, to, deadline)| Op::Submit { client, number, native, to, deadline }
		),
		8 => (index.clone(), prop::bool::weighted(0.2), 0u8..8)
			.prop_map(|(job, stranger, kind)| Op::Deliver { job, stranger, kind }),
		5 => index.prop_map(|job| Op::Expire { job }),
		5 => (0u32..20).prop_map(Op::Pass),
		1 => (RETENTION..2 * RETENTION).prop_map(Op::Pass),
		5 => Just(Op::Idle),
		2 => Just(Op::CatchUp),
		2 => prop::bool::weighted(0.7).prop_map(Op::Pause),
		1 => prop_oneof![Just(PRICE), Just(USDC_MIN - 1), 1u128..1_000_000].prop_map(Op::Price),
		1 => client.clone().prop_map(Op::Block),
		1 => client.clone().prop_map(Op::Unblock),
		1 => client.clone().prop_map(Op::Leave),
		1 => client.prop_map(Op::Return),
		1 => prop::bool::weighted(0.3).prop_map(Op::SettlementFails),
		1 => prop::bool::weighted(0.3).prop_map(Op::Freeze),
	]
}

/// How often each call succeeded and each error came.
#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
	fn note<T>(&mut self, call: &str, result: &Result<T, sp_runtime::DispatchError>) {
		let what = match result {
			Ok(_) => "ok".into(),
			Err(sp_runtime::DispatchError::Module(error)) => error.message.unwrap_or_default().to_string(),
			Err(other) => format!("{other:?}"),
		};
		*self.0.entry(format!("{call}: {what}")).or_default() += 1;
	}
}

/// What the model expects: the books by their definition, and where each job went.
#[derive(Default)]
struct Ledger {
	jobs: Vec<JobId>,
	taken: BTreeMap<Asset, Balance>,
	ended: BTreeMap<JobId, JobState>,
}

fn step(op: Op, ledger: &mut Ledger, seen: &mut Seen) {
	match op {
		Op::Submit { client, number, native, to, deadline } => {
			let asset = if native { Asset::Native } else { DOLLARS };
			let before = balance(&asset, client);
			let result = submit_for(client, number, asset.clone(), to, deadline);
			seen.note("submit", &result);
			if let Ok(id) = result {
				*ledger.taken.entry(asset.clone()).or_default() += before - balance(&asset, client);
				ledger.jobs.push(id);
			} else {
				assert_eq!(before, balance(&asset, client));
			}
		}
		Op::Deliver { job, stranger, kind } => {
			let Some(id) = (!ledger.jobs.is_empty()).then(|| *job.get(&ledger.jobs)) else {
				return;
			};
			let before = in_pot(&DOLLARS) + in_pot(&Asset::Native);
			let known = crate::Jobs::<Test>::contains_key(id);
			let proof = match kind {
				0 => malformed_evidence(),
				1 => false_evidence(),
				_ if known => evidence(&id, outputs()),
				_ => false_evidence(),
			};
			let held = crate::Jobs::<Test>::get(id);
			let own = held.as_ref().map_or(AGENT, |job| 20 + job.operator.0.to_low_u64_be());
			let agent = if stranger { KEEPER } else { own };
			let result = frame_support::storage::with_storage_layer(|| {
				Jobs::deliver(signed(agent), id, outputs(), proof).map_err(|refused| refused.error)
			});
			seen.note("deliver", &result);
			let paid = before - in_pot(&DOLLARS) - in_pot(&Asset::Native);
			match result {
				Ok(info) if info.pays_fee == frame_support::dispatch::Pays::No => {
					assert_eq!(paid, held.unwrap().price);
					assert_eq!(ledger.ended.insert(id, JobState::Settled), None);
				}
				_ => assert_eq!(paid, 0),
			}
		}
		Op::Expire { job } => {
			let Some(id) = (!ledger.jobs.is_empty()).then(|| *job.get(&ledger.jobs)) else {
				return;
			};
			let result = frame_support::storage::with_storage_layer(|| {
				Jobs::expire(signed(KEEPER), id).map_err(|refused| refused.error)
			});
			seen.note("expire", &result);
		}
		Op::Pass(slots) => Now::mutate(|now| *now += slots),
		Op::Idle => drop(idle()),
		Op::CatchUp => catch_up(),
		Op::Pause(judging) => Judging::set(judging),
		Op::Price(price) => ModelPrice::set(price),
		Op::Block(who) => drop(Assets::block(signed(ISSUER), USDC, who)),
		Op::Unblock(who) => drop(Assets::thaw(signed(ISSUER), USDC, who)),
		Op::Leave(who) => drop(Assets::transfer_all(signed(who), USDC, ISSUER, false)),
		Op::Return(who) => drop(Money::mint_into(DOLLARS, &who, 10 * USDC_MIN)),
		Op::SettlementFails(fails) => SettlementFails::set(fails),
		Op::Freeze(true) => drop(Assets::freeze_asset(signed(ISSUER), USDC)),
		Op::Freeze(false) => drop(Assets::thaw_asset(signed(ISSUER), USDC)),
	}
}

/// Reads what the pallet says became of each job, and holds it to having ended one way only.
fn follow(ledger: &mut Ledger) {
	for id in &ledger.jobs {
		let Some(job) = crate::Jobs::<Test>::get(id) else {
			assert!(ledger.ended.contains_key(id), "forgotten before it ended");
			continue;
		};
		if !job.state.holds_escrow() {
			assert_eq!(*ledger.ended.entry(*id).or_insert(job.state), job.state, "ended twice");
		} else {
			assert!(!ledger.ended.contains_key(id), "opened again");
		}
	}
}

fn balanced(ledger: &Ledger) {
	for asset in [Asset::Native, DOLLARS] {
		let book = Books::<Test>::get(&asset);
		let floor = Money::minimum_balance(asset.clone());
		assert_eq!(book.taken, ledger.taken.get(&asset).copied().unwrap_or_default());
		assert_eq!(book.settled, balance(&asset, REVENUE) - floor);
		assert_eq!(book.taken, book.settled + book.refunded + in_pot(&asset), "escrow in = settled + refunded + held");
	}
	check();
}

#[test]
fn escrow_in_is_settled_refunded_or_held_always() {
	let seen = RefCell::new(Seen::default());
	let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
		cases: 256,
		failure_persistence: None,
		..Default::default()
	});
	let result = runner.run(&prop::collection::vec(op(), 50), |ops| {
		ExtBuilder.build().execute_with(|| {
			NativePrice::set(Some(2_000_000));
			let mut ledger = Ledger::default();
			for op in ops {
				step(op, &mut ledger, &mut seen.borrow_mut());
				follow(&mut ledger);
				balanced(&ledger);
			}
			// When every account can receive again and time goes on, everything ends and nothing is left behind.
			let _ = Assets::thaw_asset(signed(ISSUER), USDC);
			for who in [ALICE, BOB] {
				let _ = Assets::thaw(signed(ISSUER), USDC, who);
				Money::mint_into(DOLLARS, &who, USDC_MIN).unwrap();
				Money::mint_into(Asset::Native, &who, VKTR).unwrap();
			}
			Judging::set(true);
			for _ in 0..4 {
				Now::mutate(|now| *now += MAX_DEADLINE);
				catch_up();
			}
			balanced(&ledger);
			assert_eq!((in_pot(&DOLLARS), in_pot(&Asset::Native)), (0, 0));
			assert_eq!(crate::Jobs::<Test>::iter().count(), 0);
			assert_eq!(Commitments::<Test>::iter().count(), 0);
		});
		Ok(())
	});
	result.unwrap();

	let seen = seen.into_inner().0;
	for (what, times) in &seen {
		println!("{times:6} {what}");
	}
	for what in [
		"submit: ok",
		"submit: DeadlineTooShort",
		"submit: DuplicateCommitment",
		"submit: Ineligible",
		"deliver: ok",
		"deliver: NotYourJob",
		"deliver: NotOpen",
		"deliver: DeadlinePassed",
		"deliver: BadEvidence",
		"deliver: UnknownJob",
		"expire: ok",
		"expire: NotExpired",
		"expire: NotJudging",
		"expire: NothingToRefund",
		"expire: RefundRefused",
		"expire: UnknownJob",
	] {
		assert!(seen.contains_key(what), "no case reached {what}");
	}
}
