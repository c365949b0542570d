//! Any order of registrations, prices, ends and time: no unit is lost or made, every invariant holds.

use std::{cell::RefCell, collections::BTreeMap};

use proptest::{
	prelude::*,
	test_runner::{Config as Cases, TestRunner},
};
use vektor_primitives::Usd;

use super::*;
use crate::{mock::*, Challenges, Models};

#[derive(Clone, Debug)]
enum Step {
	Register(AccountId, Draft),
	/// 0 stands for the owner: most calls are by who may make them.
	SetPrice {
		who: AccountId,
		nth: usize,
		price: u128,
	},
	Retire {
		who: AccountId,
		nth: usize,
	},
	Challenge {
		who: AccountId,
		nth: usize,
	},
	JudgeChallenge {
		nth: usize,
		upheld: bool,
	},
	EndChallenge {
		nth: usize,
	},
	Wait(u32),
	Judge(bool),
}

fn step() -> impl Strategy<Value = Step> {
	let who = || prop_oneof![5 => Just(0u64), 1 => 1u64..4];
	let nth = || 0usize..5;
	let price = || prop_oneof![1 => Just(9_999u128), 5 => 10_000u128..100_000];
	let draft = (0u32..6, 0usize..3, prop_oneof![1 => Just(0u32), 9 => Just(20)], price(), 0usize..8);
	let draft = draft.prop_map(|(output_scale, key, min_deadline, price, licence)| Draft {
		output_scale,
		key: vec![1; key * 100],
		min_deadline,
		price,
		licence: vec![b'a'; licence],
		..Draft::default()
	});
	prop_oneof![
		6 => (1u64..4, draft).prop_map(|(owner, draft)| Step::Register(owner, draft)),
		3 => (who(), nth(), price()).prop_map(|(who, nth, price)| Step::SetPrice { who, nth, price }),
		6 => (who(), nth()).prop_map(|(who, nth)| Step::Retire { who, nth }),
		5 => (1u64..4, nth()).prop_map(|(who, nth)| Step::Challenge { who, nth }),
		2 => (nth(), any::<bool>()).prop_map(|(nth, upheld)| Step::JudgeChallenge { nth, upheld }),
		3 => nth().prop_map(|nth| Step::EndChallenge { nth }),
		4 => (0u32..RETIRE_PERIOD).prop_map(Step::Wait),
		1 => prop::bool::weighted(0.7).prop_map(Step::Judge),
	]
}

/// The `nth` model and who of `who` and its owner signs; past the last, one that does not exist.
fn pick(nth: usize, who: AccountId) -> (ModelId, RuntimeOrigin) {
	let mut models: Vec<_> = Models::<Test>::iter().collect();
	models.sort_by_key(|(id, _)| *id);
	let (id, owner) = models.get(nth).map_or((ModelId::default(), ALICE), |(id, record)| (*id, record.owner));
	(id, RuntimeOrigin::signed(if who == 0 { owner } else { who }))
}

fn apply(step: Step) -> (&'static str, DispatchResult) {
	match step {
		Step::Register(owner, draft) => ("register", draft.register(owner)),
		Step::SetPrice { who, nth, price } => {
			let (model, origin) = pick(nth, who);
			("set_price", Registry::set_price(origin, model, Usd(price)))
		}
		Step::Retire { who, nth } => {
			let (model, origin) = pick(nth, who);
			("retire", Registry::retire(origin, model))
		}
		Step::Challenge { who, nth } => {
			let (model, origin) = pick(nth, who);
			("challenge", Registry::challenge(origin, model, H256::zero()))
		}
		Step::JudgeChallenge { nth, upheld } => {
			("judge", Registry::judge_challenge(RuntimeOrigin::root(), pick(nth, 0).0, upheld))
		}
		Step::EndChallenge { nth } => {
			let (model, origin) = pick(nth, ALICE);
			("end_challenge", Registry::end_challenge(origin, model))
		}
		Step::Wait(slots) => {
			advance(slots);
			("(time)", Ok(()))
		}
		Step::Judge(judging) => {
			judge(judging);
			("(judging)", Ok(()))
		}
	}
}

#[test]
fn deposits_are_never_lost_and_every_invariant_holds() {
	let seen = RefCell::new(BTreeMap::<(&str, &str), u32>::new());
	TestRunner::new(Cases::with_cases(256))
		.run(&prop::collection::vec(step(), 50), |steps| {
			new_test_ext().execute_with(|| {
				let all = || [ALICE, BOB, POOR, ASHES, Registry::pot()].map(free).iter().sum::<u128>();
				let total = all();
				for step in steps {
					let before = sp_io::storage::root(sp_core::storage::StateVersion::V1);
					let (what, result) = apply(step);
					if result.is_err() {
						let after = sp_io::storage::root(sp_core::storage::StateVersion::V1);
						assert_eq!(after, before, "{what} failed and changed something");
					}
					let how = result.map_or_else(<&str>::from, |()| "ok");
					*seen.borrow_mut().entry((what, how)).or_default() += 1;
					Registry::do_try_state().unwrap();
					assert_eq!(all(), total);
					let deposits: u128 = Models::<Test>::iter_values().map(|record| record.deposit).sum();
					let bonds: u128 = Challenges::<Test>::iter_values().map(|challenge| challenge.bond).sum();
					assert_eq!(free(Registry::pot()), ED + deposits + bonds);
				}
			});
			Ok(())
		})
		.unwrap();
	let seen = seen.into_inner();
	seen.iter().for_each(|((what, how), count)| println!("{what} {how}: {count}"));
	for (call, outcomes) in
		[("register", 9), ("set_price", 5), ("retire", 5), ("challenge", 5), ("judge", 2), ("end_challenge", 3)]
	{
		let reached = seen.keys().filter(|(what, _)| *what == call).count();
		assert!(reached >= outcomes, "{call} ended in {reached} ways only");
	}
}
