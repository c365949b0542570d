//! Any order of calls, bookings, time and changes of the table: no unit is lost or made, every invariant holds.

use std::{cell::RefCell, collections::BTreeMap};

use frame_support::pallet_prelude::DispatchResult;
use proptest::{
	prelude::*,
	test_runner::{Config as Cases, TestRunner},
};
use scale_info::{TypeDef, TypeInfo};
use sp_runtime::DispatchError;
use vektor_primitives::{
	traits::{OperatorRegistry, OutcomeSink},
	Balance, OperatorId, OperatorStatus, Outcome, Usd, WorkRef,
};

use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Op {
	Register { owner: u64, agent: u64, class: usize, gpus: u32, uplink: u32, region: usize, collateral: Balance },
	Activate { who: u64, nth: usize },
	Drain { who: u64, nth: usize },
	Bond { who: u64, nth: usize, amount: Balance },
	Unbond { who: u64, nth: usize },
	Withdraw { who: u64, nth: usize },
	SetAgent { who: u64, nth: usize, agent: u64 },
	Update { who: u64, nth: usize, region: Option<usize>, endpoint: Option<usize> },
	SetClass { class: usize, per_gpu: Balance, enabled: bool },
	Take { nth: usize, work: u64, value: u128 },
	Free { nth: usize, work: u64 },
	Note { nth: usize, outcome: Outcome },
	Bar { nth: usize, status: OperatorStatus },
	Pass(u32),
}

const CLASSES: [&str; 4] = ["H100", "A100-80G", "B200", "RTX-4090"];
const REGIONS: [&str; 4] = ["eu-west", "us-east", "asia", "no region"];
const ENDPOINTS: [&str; 4] = ["http://a:1", "https://b", "http://c", "c"];

/// Tenths of the collateral for one GPU.
fn tenths(tenths: std::ops::Range<u128>) -> impl Strategy<Value = Balance> {
	tenths.prop_map(|n| n * PER_GPU / 10)
}

fn register() -> impl Strategy<Value = Op> {
	let class = prop_oneof![9 => Just(0usize), 4 => Just(1), 1 => Just(2), 1 => Just(3)];
	let gpus = prop_oneof![1 => Just(0u32), 9 => 1u32..4];
	let uplink = prop_oneof![1 => Just(9u32), 9 => 10u32..400];
	let region = prop_oneof![9 => 0usize..3, 1 => Just(3)];
	(1u64..3, 11u64..30, class, gpus, uplink, region, tenths(0..40)).prop_map(
		|(owner, agent, class, gpus, uplink, region, collateral)| Op::Register {
			owner,
			agent,
			class,
			gpus,
			uplink,
			region,
			collateral,
		},
	)
}

fn op() -> impl Strategy<Value = Op> {
	// 1 to 5 own, 11 to 15 are agents, and 0 stands for whoever may: most calls are by someone who may make them.
	let who = || prop_oneof![5 => Just(0u64), 1 => 1u64..6, 1 => 11u64..16];
	let nth = || 0usize..20;
	prop_oneof![
		5 => register(),
		6 => (who(), nth()).prop_map(|(who, nth)| Op::Activate { who, nth }),
		4 => (who(), nth()).prop_map(|(who, nth)| Op::Drain { who, nth }),
		3 => (who(), nth(), tenths(0..50)).prop_map(|(who, nth, amount)| Op::Bond { who, nth, amount }),
		4 => (who(), nth()).prop_map(|(who, nth)| Op::Unbond { who, nth }),
		5 => (who(), nth()).prop_map(|(who, nth)| Op::Withdraw { who, nth }),
		2 => (who(), nth(), 11u64..30).prop_map(|(who, nth, agent)| Op::SetAgent { who, nth, agent }),
		2 => (who(), nth(), prop::option::of(0usize..4), prop::option::of(0usize..4))
			.prop_map(|(who, nth, region, endpoint)| Op::Update { who, nth, region, endpoint }),
		1 => (0usize..3, tenths(0..12), prop::bool::weighted(0.8))
			.prop_map(|(class, per_gpu, enabled)| Op::SetClass { class, per_gpu, enabled }),
		14 => (nth(), 0u64..8, prop_oneof![20 => 0u128..1_000_000, 1 => Just(u128::MAX)])
			.prop_map(|(nth, work, value)| Op::Take { nth, work, value }),
		6 => (nth(), 0u64..8).prop_map(|(nth, work)| Op::Free { nth, work }),
		2 => (nth(), prop::sample::select(vec![Outcome::Settled, Outcome::Missed, Outcome::ProofRefused]))
			.prop_map(|(nth, outcome)| Op::Note { nth, outcome }),
		1 => (nth(), prop::sample::select(vec![OperatorStatus::Suspended, OperatorStatus::Pending]))
			.prop_map(|(nth, status)| Op::Bar { nth, status }),
		3 => (0u32..2 * PERIOD).prop_map(Op::Pass),
	]
}

/// What the model keeps: who is there, what each has paid in, what is booked on it.
#[derive(Default)]
struct Model {
	operators: Vec<(OperatorId, u64, Balance)>,
	booked: BTreeMap<(OperatorId, u64), (WorkRef, u128)>,
}

impl Model {
	/// One of the operators and its owner; one that does not exist if `nth` is zero.
	fn pick(&self, nth: usize) -> (OperatorId, u64) {
		let place = nth.checked_rem(self.operators.len()).filter(|_| nth > 0);
		place.map_or((OperatorId::default(), 1), |place| (self.operators[place].0, self.operators[place].1))
	}

	fn paid(&mut self, operator: OperatorId) -> &mut Balance {
		let found = self.operators.iter_mut().find(|(id, ..)| *id == operator);
		&mut found.expect("an operator of the model").2
	}

	fn apply(&mut self, op: Op) -> (&'static str, DispatchResult) {
		let by = |who: u64, fallback: u64| signed(if who == 0 { fallback } else { who });
		match op {
			Op::Register { owner, agent, class, gpus, uplink, region: n, collateral } => {
				let operator = id(owner, Registrations::<Test>::get());
				let (class, at) = (name(CLASSES[class]), endpoint("http://a:1"));
				let result =
					Registry::register(signed(owner), agent, class, gpus, region(REGIONS[n]), uplink, at, collateral);
				if result.is_ok() {
					self.operators.push((operator, owner, collateral));
				}
				("register", result)
			}
			Op::Activate { who, nth } => {
				let (operator, owner) = self.pick(nth);
				("activate", Registry::activate(by(who, owner), operator).map(drop).map_err(|e| e.error))
			}
			Op::Drain { who, nth } => {
				let (operator, owner) = self.pick(nth);
				("drain", Registry::drain(by(who, owner), operator).map(drop).map_err(|e| e.error))
			}
			Op::Bond { who, nth, amount } => {
				let (operator, owner) = self.pick(nth);
				let result = Registry::bond_extra(by(who, owner), operator, amount);
				if result.is_ok() {
					*self.paid(operator) += amount;
				}
				("bond_extra", result)
			}
			Op::Unbond { who, nth } => {
				let (operator, owner) = self.pick(nth);
				let result = Registry::unbond(by(who, owner), operator);
				if result.is_ok() {
					assert!(self.booked.keys().all(|(id, _)| *id != operator), "left with work open");
				}
				("unbond", result)
			}
			Op::Withdraw { who, nth } => {
				let (operator, owner) = self.pick(nth);
				let before = balance(owner);
				let result = Registry::withdraw_unbonded(by(who, owner), operator);
				if result.is_ok() {
					assert_eq!(balance(owner), before + *self.paid(operator), "not all that was paid in came back");
					self.operators.retain(|(id, ..)| *id != operator);
				}
				("withdraw_unbonded", result)
			}
			Op::SetAgent { who, nth, agent } => {
				let (operator, owner) = self.pick(nth);
				("set_agent", Registry::set_agent(by(who, owner), operator, agent))
			}
			Op::Update { who, nth, region: r, endpoint: e } => {
				let (operator, owner) = self.pick(nth);
				let (r, e) = (r.map(|n| region(REGIONS[n])), e.map(|n| endpoint(ENDPOINTS[n])));
				("update", Registry::update(by(who, owner), operator, r, e))
			}
			Op::SetClass { class: n, per_gpu, enabled } => {
				let class = HardwareClass { collateral_per_gpu: per_gpu, enabled, ..class(CLASSES[n]) };
				("set_class", Registry::set_class(RuntimeOrigin::root(), class))
			}
			Op::Take { nth, work: number, value } => {
				let (operator, _) = self.pick(nth);
				let result = Registry::take_exposure(&operator, work(number), Usd(value));
				if result.is_ok() {
					let twice = self.booked.insert((operator, number), (work(number), value));
					assert_eq!(twice, None, "booked twice");
				}
				("take_exposure", result)
			}
			Op::Free { nth, work: number } => {
				let (operator, _) = self.pick(nth);
				Registry::free_exposure(&operator, work(number));
				self.booked.remove(&(operator, number));
				("free_exposure", Ok(()))
			}
			Op::Note { nth, outcome } => {
				Registry::note(&self.pick(nth).0, outcome, Usd(1));
				("note", Ok(()))
			}
			Op::Bar { nth, status } => {
				let (operator, _) = self.pick(nth);
				set(operator, |record| {
					if record.unbonding.is_none() {
						record.status = status;
					}
				});
				("(barred)", Ok(()))
			}
			Op::Pass(slots) => {
				Now::set(Now::get() + slots);
				("(time)", Ok(()))
			}
		}
	}

	fn agrees(&self, all: Balance) {
		Registry::do_try_state().unwrap();
		let paid: Balance = self.operators.iter().map(|(_, _, paid)| paid).sum();
		assert_eq!(balance(Registry::pot()), NATIVE_MIN + paid);
		assert_eq!((1..=5).map(balance).sum::<Balance>() + paid, all);
		assert_eq!(Exposures::<Test>::iter().count(), self.booked.len());
		assert_eq!(Operators::<Test>::iter().count(), self.operators.len());
	}
}

fn label(error: DispatchError) -> &'static str {
	error.into()
}

#[test]
fn no_unit_is_lost_or_made_and_every_invariant_holds() {
	let seen = RefCell::new(BTreeMap::<(&str, &str), u32>::new());
	let mut runner = TestRunner::new(Cases::with_cases(256));
	runner
		.run(&prop::collection::vec(op(), 60), |ops| {
			new_test_ext().execute_with(|| {
				let (mut model, all) = (Model::default(), 5 * FORTUNE);
				// A few are there and serve already: most calls need one.
				for owner in 1..4 {
					let operator = id(owner, Registrations::<Test>::get());
					try_register(owner, 10 + owner, PER_GPU).unwrap();
					Registry::activate(signed(owner), operator).unwrap();
					model.operators.push((operator, owner, PER_GPU));
				}
				for op in ops {
					let (what, result) = model.apply(op);
					*seen.borrow_mut().entry((what, result.map_or_else(label, |()| "ok"))).or_default() += 1;
					model.agrees(all);
				}
			});
			Ok(())
		})
		.unwrap();
	let seen = seen.into_inner();
	seen.iter().for_each(|((what, how), count)| println!("{what} {how}: {count}"));
	for call in [
		"register",
		"activate",
		"drain",
		"bond_extra",
		"unbond",
		"withdraw_unbonded",
		"set_agent",
		"update",
		"set_class",
		"take_exposure",
	] {
		assert!(seen.contains_key(&(call, "ok")), "{call} never succeeded");
	}
	// A full table takes 61 new names: `tests/classes.rs` fills one.
	let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else { panic!("errors are variants") };
	for error in errors.variants.iter().map(|error| error.name).filter(|name| *name != "TooManyClasses") {
		assert!(seen.keys().any(|(_, how)| *how == error), "{error} was never reached");
	}
}
