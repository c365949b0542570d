//! Any order of calls, bookings, accusations, time, prices and changes of the tables: no unit is lost or made, every invariant holds, no
//! slash takes more than it may, and in the end everybody leaves with all that was not taken.

use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
};

use frame_support::pallet_prelude::DispatchResult;
use proptest::{
	prelude::*,
	test_runner::{Config as Runs, TestRunner},
};
use scale_info::{TypeDef, TypeInfo};
use sp_runtime::DispatchError;
use vektor_primitives::{
	traits::{Discipline, OperatorRegistry, OutcomeSink, Slashes},
	Asset, Balance, CaseId, Loss, Offence, OperatorId, OperatorStatus, Outcome, Ppm, Usd, WorkRef, USDC, VKTR,
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
	Rate { nth: usize, client: u64, stars: u8 },
	Maintain { who: u64, nth: usize, slots: u32 },
	Withhold { nth: usize, amount: Balance },
	Accuse { nth: usize, offence: usize, incident: u64, loss: Option<u128>, challenger: Option<u64>, judged: bool },
	Cancel { nth: usize },
	Compensate { nth: usize, amount: Balance, usdc: bool },
	Blacklist { nth: usize },
	Pardon { who: u64, nth: usize, named: bool },
	Resume,
	SetOffence { offence: usize, terms: Option<OffenceTerms> },
	SetTier { number: u64, stake: Balance, max_slash: u32, keep: bool },
	SetPrice(Option<u128>),
	Judge(bool),
	Pass { slots: u32, blocks: u32 },
}

const CLASSES: [&str; 4] = ["H100", "A100-80G", "B200", "RTX-4090"];
const REGIONS: [&str; 4] = ["eu-west", "us-east", "asia", "no region"];
/// The last is in no table at first.
const OFFENCES: [Offence; 5] = [
	Offence::Downtime,
	Offence::SlowResponses,
	Offence::NetworkAttack,
	Offence::FalsifiedResult,
	Offence::PrivacyViolation,
];
/// Has no money at first, and is under nobody.
const NOBODY: u64 = 60;
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
	// Too little to join with, and too little to start with, too.
	let collateral = prop_oneof![1 => Just(0), 2 => Just(VKTR), 9 => tenths(1..40)];
	(1u64..3, 11u64..30, class, gpus, uplink, region, collateral).prop_map(
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
		9 => register(),
		6 => (who(), nth()).prop_map(|(who, nth)| Op::Activate { who, nth }),
		4 => (who(), nth()).prop_map(|(who, nth)| Op::Drain { who, nth }),
		3 => (who(), nth(), tenths(0..50)).prop_map(|(who, nth, amount)| Op::Bond { who, nth, amount }),
		6 => (who(), nth()).prop_map(|(who, nth)| Op::Unbond { who, nth }),
		10 => (who(), nth()).prop_map(|(who, nth)| Op::Withdraw { who, nth }),
		2 => (who(), nth(), 11u64..30).prop_map(|(who, nth, agent)| Op::SetAgent { who, nth, agent }),
		2 => (who(), nth(), prop::option::of(0usize..4), prop::option::of(0usize..4))
			.prop_map(|(who, nth, region, endpoint)| Op::Update { who, nth, region, endpoint }),
		2 => (0usize..3, prop_oneof![1 => Just(0), 4 => tenths(1..80)], prop::bool::weighted(0.8))
			.prop_map(|(class, per_gpu, enabled)| Op::SetClass { class, per_gpu, enabled }),
		20 => (nth(), 0u64..8, prop_oneof![20 => 0u128..1_000_000, 2 => 0u128..90_000_000, 1 => Just(u128::MAX)])
			.prop_map(|(nth, work, value)| Op::Take { nth, work, value }),
		6 => (nth(), 0u64..8).prop_map(|(nth, work)| Op::Free { nth, work }),
		2 => (nth(), prop::sample::select(vec![Outcome::Settled, Outcome::Missed, Outcome::ProofRefused]))
			.prop_map(|(nth, outcome)| Op::Note { nth, outcome }),
		2 => (nth(), 0u64..50, 0u8..7).prop_map(|(nth, client, stars)| Op::Rate { nth, client, stars }),
		6 => (who(), nth(), prop_oneof![1 => Just(0u32), 5 => 1u32..110]).prop_map(|(who, nth, slots)| Op::Maintain { who, nth, slots }),
		4 => (nth(), tenths(0..20)).prop_map(|(nth, amount)| Op::Withhold { nth, amount }),
		14 => accuse_op(),
		3 => nth().prop_map(|nth| Op::Cancel { nth }),
		8 => (nth(), tenths(0..5), any::<bool>())
			.prop_map(|(nth, amount, usdc)| Op::Compensate { nth, amount, usdc }),
		1 => nth().prop_map(|nth| Op::Blacklist { nth }),
		5 => (who(), nth(), any::<bool>()).prop_map(|(who, nth, named)| Op::Pardon { who, nth, named }),
		2 => Just(Op::Resume),
		2 => (0usize..5, prop::option::weighted(0.8, terms()))
			.prop_map(|(offence, terms)| Op::SetOffence { offence, terms }),
		2 => (0u64..4, tenths(0..4), 0u32..1_100_000, prop::bool::weighted(0.7))
			.prop_map(|(number, stake, max_slash, keep)| Op::SetTier { number, stake: 10 * stake, max_slash, keep }),
		3 => prop::option::weighted(0.6, 1u128..5_000_000).prop_map(Op::SetPrice),
		1 => prop::bool::weighted(0.7).prop_map(Op::Judge),
		8 => (0u32..3 * PERIOD / 2, 0u32..25).prop_map(|(slots, blocks)| Op::Pass { slots, blocks }),
	]
}

fn accuse_op() -> impl Strategy<Value = Op> {
	let offence = prop_oneof![3 => Just(0usize), 6 => Just(1), 2 => Just(2), 1 => Just(3), 1 => Just(4)];
	let loss = prop::option::of(prop_oneof![1 => Just(1u128), 5 => 0u128..50_000_000, 1 => Just(u128::MAX)]);
	let challenger = prop::option::of(prop::sample::select(vec![4u64, NOBODY]));
	// One operator is accused again and again, or there would never be many cases of one.
	let nth = prop_oneof![2 => Just(1usize), 3 => 0usize..20];
	(nth, offence, 0u64..60, loss, challenger, any::<bool>()).prop_map(
		|(nth, offence, incident, loss, challenger, judged)| Op::Accuse {
			nth,
			offence,
			incident,
			loss,
			challenger,
			judged,
		},
	)
}

fn terms() -> impl Strategy<Value = OffenceTerms> {
	let ban = prop_oneof![3 => Just(Ban::None), 1 => (0u32..3_000).prop_map(Ban::For), 1 => Just(Ban::Forever)];
	let fraction = prop_oneof![6 => 0u32..250_000, 1 => Just(1_000_000)].prop_map(Ppm);
	(fraction, ban, 0u32..900, 0u32..50).prop_map(|(fraction, ban, appeal, pause)| OffenceTerms {
		fraction,
		ban,
		appeal,
		pause,
	})
}

/// A case as it was opened.
struct Opened {
	operator: OperatorId,
	/// The most that it takes, or nothing where that is all there is.
	most: Option<Balance>,
	/// What is left to compensate once it was slashed.
	left: Option<Balance>,
}

/// What the model keeps: who is there, what each has paid in, what is booked on it.
#[derive(Default)]
struct Model {
	operators: Vec<(OperatorId, u64, Balance)>,
	booked: BTreeMap<(OperatorId, u64), (WorkRef, u128)>,
	cases: BTreeMap<CaseId, Opened>,
	incidents: BTreeSet<(OperatorId, u64)>,
}

impl Model {
	/// One of the operators and its owner; one that does not exist if `nth` is zero.
	fn pick(&self, nth: usize) -> (OperatorId, u64) {
		let place = nth.checked_rem(self.operators.len()).filter(|_| nth > 0);
		place.map_or((OperatorId::default(), 1), |place| (self.operators[place].0, self.operators[place].1))
	}

	/// The same of those that `keep` keeps, half of the time, so that what needs one is tried on one.
	fn prefer(&self, nth: usize, keep: impl Fn(&Operator<AccountId>) -> bool) -> (OperatorId, u64) {
		let mut kept = self.operators.iter().filter(|(id, ..)| keep(&get(*id)));
		let found = kept.nth(nth / 2 % 3).filter(|_| nth % 2 == 1);
		found.map_or_else(|| self.pick(nth), |(id, owner, _)| (*id, *owner))
	}

	fn paid(&mut self, operator: OperatorId) -> &mut Balance {
		let found = self.operators.iter_mut().find(|(id, ..)| *id == operator);
		&mut found.expect("an operator of the model").2
	}

	fn case(&self, nth: usize) -> CaseId {
		let place = nth.checked_rem(self.cases.len()).filter(|_| nth > 0);
		place.and_then(|place| self.cases.keys().nth(place).copied()).unwrap_or(CaseId::MAX)
	}

	/// What open cases hold of an operator's collateral: the sum of those of a part, how many, and how many hold all.
	fn frozen(&self, operator: OperatorId) -> (Balance, u32, u32) {
		let open = self.cases.values().filter(|case| case.operator == operator && case.left.is_none());
		open.fold((0, 0, 0), |(sum, count, all), case| match case.most {
			Some(most) => (sum + most, count + 1, all),
			None => (sum, count + 1, all + 1),
		})
	}

	fn held(&mut self, operator: OperatorId) -> Balance {
		let (sum, _, all) = self.frozen(operator);
		let collateral = *self.paid(operator);
		if all > 0 {
			collateral
		} else {
			sum.min(collateral)
		}
	}

	/// What an offence of an operator may cost at most, by the tables of now.
	fn most(&mut self, operator: OperatorId, offence: Offence) -> Option<Balance> {
		let record = get(operator);
		let collateral = *self.paid(operator);
		let fraction = Offences::<Test>::get(offence).expect("an offence of the table").fraction.0;
		let tiers = Tiers::<Test>::get();
		let reached = tiers.iter().filter(|tier| tier.min_stake <= collateral).max_by_key(|tier| tier.min_stake);
		let cap = match offence {
			Offence::FalsifiedResult => 1_000_000,
			// Below the lowest tier as in it: they are sorted.
			_ => reached.or(tiers.first()).map_or(1_000_000, |tier| tier.max_slash.0),
		};
		let required = Classes::<Test>::get(record.class).unwrap().collateral_per_gpu * Balance::from(record.gpus);
		let part = required.min(collateral) * Balance::from(fraction.min(cap)) / 1_000_000;
		Some(part).filter(|_| fraction < 1_000_000)
	}

	/// Hears what was slashed since: each case once, never more than it may, never paid out to more than half.
	fn hear(&mut self) {
		for event in System::events() {
			if let RuntimeEvent::Registry(Event::Slashed {
				case, operator, taken, victim, challenger, burned, ..
			}) = event.event
			{
				assert_eq!(victim + challenger + burned, taken);
				assert!(victim + challenger <= taken / 2 && challenger <= taken / 10, "too much was paid out");
				let collateral = *self.paid(operator);
				let opened = self.cases.get_mut(&case).expect("a case of the model");
				assert_eq!((opened.operator, opened.left), (operator, None), "slashed twice, or another");
				assert_eq!(taken, opened.most.unwrap_or(Balance::MAX).min(collateral), "not what it takes");
				opened.left = Some(taken - victim);
				*self.paid(operator) -= taken;
			}
		}
		System::reset_events();
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
				let (operator, owner) = self.prefer(nth, |record| record.status == OperatorStatus::Pending);
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
				let (operator, owner) = self.prefer(nth, |record| record.status != OperatorStatus::Active);
				let result = Registry::unbond(by(who, owner), operator);
				if result.is_ok() {
					assert!(self.booked.keys().all(|(id, _)| *id != operator), "left with work open");
				}
				("unbond", result)
			}
			Op::Withdraw { who, nth } => {
				let (operator, owner) = self.prefer(nth, |record| record.unbonding.is_some());
				let before = balance(owner);
				let result = Registry::withdraw_unbonded(by(who, owner), operator);
				if result.is_ok() {
					let (held, (_, open, _)) = (self.held(operator), self.frozen(operator));
					let free = *self.paid(operator) - held;
					assert_eq!(balance(owner), before + free, "not all that no case holds came back");
					match open {
						0 => self.operators.retain(|(id, ..)| *id != operator),
						_ => *self.paid(operator) = held,
					}
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
				let (operator, _) = self.prefer(nth, |record| record.status == OperatorStatus::Active);
				let result = Registry::take_exposure(&operator, work(number), Usd(value));
				if result.is_ok() {
					let twice = self.booked.insert((operator, number), (work(number), value));
					assert_eq!(twice, None, "booked twice");
					let free = *self.paid(operator) - self.held(operator);
					let bound = Price::get().map_or(25_000_000, |price| free * price / VKTR);
					let mine = self.booked.iter().filter(|((id, _), _)| *id == operator);
					assert!(mine.map(|(_, (_, value))| value).sum::<u128>() <= bound, "too much is open");
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
				Registry::note(&self.pick(nth).0, &STRANGER, outcome, Usd(1));
				("note", Ok(()))
			}
			Op::Rate { nth, client, stars } => {
				Registry::rate(&self.pick(nth).0, &client, stars, Usd(1_000_000));
				("rate", Ok(()))
			}
			Op::Maintain { who, nth, slots } => {
				let (operator, owner) = self.prefer(nth, |record| record.status == OperatorStatus::Active);
				let result = Registry::declare_maintenance(by(who, owner), operator, slots);
				("declare_maintenance", result.map(drop).map_err(|e| e.error))
			}
			Op::Withhold { nth, amount } => {
				let (operator, _) = self.pick(nth);
				let result = Registry::withhold(&operator, &5, amount);
				if let Ok(withheld) = result {
					assert!(withheld <= amount / 2);
					if withheld > 0 {
						*self.paid(operator) += withheld;
						let record = get(operator);
						assert!(record.collateral <= Registry::required(&record), "more than was missing");
					}
				}
				("withhold", result.map(drop))
			}
			Op::Accuse { nth, offence, incident: number, loss, challenger, judged } => {
				let ((operator, _), offence) =
					(self.prefer(nth, |record| record.unbonding.is_some()), OFFENCES[offence]);
				let most = |model: &mut Self| model.most(operator, offence);
				let known = Operators::<Test>::contains_key(operator) && Offences::<Test>::contains_key(offence);
				let most = if known { most(self) } else { None };
				let case = NextCase::<Test>::get();
				let victim = if number % 3 == 0 { NOBODY } else { 2 };
				let loss = loss.map(|value| Loss { victim, value: Usd(value) });
				let result = match judged {
					true => Registry::report_offence(
						RuntimeOrigin::root(),
						operator,
						offence,
						incident(number),
						loss,
						challenger,
					),
					false => Registry::accuse(&operator, offence, incident(number), loss, challenger).map(drop),
				};
				if result.is_ok() {
					assert!(self.incidents.insert((operator, number)), "punished twice");
					assert!(self.cases.insert(case, Opened { operator, most, left: None }).is_none());
				}
				("accuse", result)
			}
			Op::Cancel { nth } => {
				let case = self.case(nth);
				let result = Registry::cancel_slash(RuntimeOrigin::root(), case);
				if result.is_ok() {
					let cancelled = self.cases.remove(&case).expect("a case of the model");
					assert_eq!(cancelled.left, None, "cancelled after it was slashed");
				}
				("cancel_slash", result)
			}
			Op::Compensate { nth, amount, usdc } => {
				// Half of the time one that was slashed.
				let slashed = self.cases.iter().rfind(|(_, case)| case.left.is_some());
				let case = slashed.filter(|_| nth % 2 == 1).map_or_else(|| self.case(nth), |(id, _)| *id);
				let asset = if usdc { Asset::WithId(USDC) } else { Asset::Native };
				let amount = if usdc { amount / 1_000_000 } else { amount };
				let before = Cases::<Test>::get(case).map(|case| case.state);
				let result = Registry::compensate(case, &asset, amount);
				if result.is_ok() {
					let left = self.cases.get_mut(&case).expect("a case of the model").left.as_mut().expect("slashed");
					let Some(CaseState::Slashed { taken, value, .. }) = before else { panic!("not slashed") };
					let native = match usdc {
						false => amount,
						true => (amount * taken).div_ceil(value.0),
					};
					*left = left.checked_sub(native).expect("more than was taken");
				}
				("compensate", result)
			}
			Op::Blacklist { nth } => ("blacklist", Registry::blacklist(RuntimeOrigin::root(), self.pick(nth).0)),
			Op::Pardon { who, nth, named } => {
				let (operator, owner) = self.pick(nth);
				let owner = if who == 0 { owner } else { who };
				("pardon", Registry::pardon(RuntimeOrigin::root(), owner, Some(operator).filter(|_| named)))
			}
			Op::Resume => ("resume_slashing", Registry::resume_slashing(RuntimeOrigin::root())),
			Op::SetOffence { offence, terms } => {
				("set_offence", Registry::set_offence(RuntimeOrigin::root(), OFFENCES[offence], terms))
			}
			Op::SetTier { number, stake, max_slash, keep } => {
				let tier = tier(&format!("T{number}"), stake, max_slash);
				("set_tier", Registry::set_tier(RuntimeOrigin::root(), tier, keep))
			}
			Op::SetPrice(price) => {
				Price::set(price);
				("(price)", Ok(()))
			}
			Op::Judge(on) => {
				Judging::set(on);
				("(judging)", Ok(()))
			}
			Op::Pass { slots, blocks } => {
				Now::set(Now::get() + slots);
				(0..blocks).for_each(|_| idle());
				("(time)", Ok(()))
			}
		}
	}

	/// Governance does nothing more; everybody leaves.
	fn everybody_leaves(&mut self) {
		for (operator, number) in self.booked.keys() {
			Registry::free_exposure(operator, work(*number));
		}
		self.booked.clear();
		for (operator, owner, _) in &self.operators {
			if get(*operator).status == OperatorStatus::Active {
				Registry::drain(signed(*owner), *operator).unwrap();
			}
			if get(*operator).unbonding.is_none() {
				Registry::unbond(signed(*owner), *operator).unwrap();
			}
		}
		Now::set(Now::get() + PERIOD + 1_000);
		while CaseCursor::<Test>::get() < Now::get() {
			idle();
		}
		self.hear();
		let owners: BTreeSet<_> = self.operators.iter().map(|(_, owner, _)| *owner).collect();
		for owner in owners {
			let mine = self.operators.iter().filter(|(_, of, _)| *of == owner);
			let (due, before) = (mine.clone().map(|(_, _, paid)| paid).sum::<Balance>(), balance(owner));
			mine.for_each(|(operator, ..)| Registry::withdraw_unbonded(signed(owner), *operator).unwrap());
			assert_eq!(balance(owner), before + due, "not all that was not taken came back");
		}
		self.operators.clear();
		assert_eq!(balance(Registry::pot()), NATIVE_MIN);
		// And nothing is kept for ever but who was banned and what was punished.
		pass_to(Now::get() + HISTORY + 1);
		assert_eq!((Cases::<Test>::iter().count(), CaseQueue::<Test>::iter().count()), (0, 0));
	}

	fn agrees(&self, all: Balance) {
		Registry::do_try_state().unwrap();
		let paid: Balance = self.operators.iter().map(|(_, _, paid)| paid).sum();
		assert_eq!(balance(Registry::pot()), NATIVE_MIN + paid);
		let accounts: Balance = (1..=5).chain([NOBODY, Registry::pot()]).map(balance).sum();
		assert_eq!(accounts + Burned::get(), all);
		for (operator, ..) in &self.operators {
			let record = get(*operator);
			assert_eq!((record.frozen, record.open_cases, record.forfeitures), self.frozen(*operator));
			assert!(record.held_back() <= record.collateral);
		}
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
	let mut runner = TestRunner::new(Runs { failure_persistence: None, ..Runs::with_cases(256) });
	runner
		.run(&prop::collection::vec(op(), 60), |ops| {
			new_test_ext().execute_with(|| {
				let (mut model, all) = (Model::default(), 5 * FORTUNE + NATIVE_MIN);
				// A few are there and serve already: most calls need one.
				for owner in 1..4 {
					let operator = id(owner, Registrations::<Test>::get());
					try_register(owner, 10 + owner, PER_GPU).unwrap();
					Registry::activate(signed(owner), operator).unwrap();
					model.operators.push((operator, owner, PER_GPU));
				}
				// And one leaves: others are accused before they are gone.
				Registry::drain(signed(3), model.operators[2].0).unwrap();
				Registry::unbond(signed(3), model.operators[2].0).unwrap();
				for op in ops {
					let (what, result) = model.apply(op);
					*seen.borrow_mut().entry((what, result.map_or_else(label, |()| "ok"))).or_default() += 1;
					model.hear();
					model.agrees(all);
				}
				// What needs governance, or a market, it has for the last time.
				Judging::set(true);
				Price::set(Some(1_000_000));
				let _ = Registry::resume_slashing(RuntimeOrigin::root());
				model.everybody_leaves();
				model.agrees(all);
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
		"declare_maintenance",
		"withhold",
		"accuse",
		"cancel_slash",
		"compensate",
		"blacklist",
		"pardon",
		"resume_slashing",
		"set_offence",
		"set_tier",
	] {
		assert!(seen.contains_key(&(call, "ok")), "{call} never succeeded");
	}
	// Full tables take 61 new names of classes and nine of tiers: `tests/classes.rs` and `tests/discipline.rs` fill them.
	let full = ["TooManyClasses", "TooManyTiers"];
	let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else { panic!("errors are variants") };
	for error in errors.variants.iter().map(|error| error.name).filter(|name| !full.contains(name)) {
		assert!(seen.keys().any(|(_, how)| *how == error), "{error} was never reached");
	}
}
