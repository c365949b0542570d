//! Random histories against a model of a few lines: who is watched in which slot, that nobody is accused who was not seen down for
//! more than an hour, and that what windows bring is what operators earn. The invariants hold after each step.

use std::collections::BTreeMap;

use frame_support::traits::Hooks;
use proptest::prelude::*;
use vektor_primitives::{
	traits::{Earnings, Watch},
	Balance, Offer, OperatorId, Ppm,
};

use super::earnings::devices;
use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Do {
	Enter(u32),
	Prove(u32),
	/// So many devices, each of this weight.
	Offer(u32, u32, u32),
	Rest(u32),
	Change(u32, bool),
	Excuse(u32, u32),
	Leave(u32),
	Take(u32),
	/// What windows bring from now on.
	Share(Balance),
	/// What was shown before does not count, or does again.
	Trust(u32),
	Session(u8),
	Hold(bool),
	Seedless(bool),
	Upgrade,
	Skip(u32),
	/// On to where the pages of the window before are tallied and its share is not known.
	Next,
	Block,
	/// A window in which the operators of this remainder are down, and this many validators say something else.
	Window(u32, u8),
}

/// A step of one of so many operators, or of all.
fn step(operators: u32) -> impl Strategy<Value = Do> {
	let who = 0..operators;
	prop_oneof![
		4 => who.clone().prop_map(Do::Enter),
		4 => who.clone().prop_map(Do::Prove),
		4 => (who.clone(), 0_u32..9, 0_u32..4).prop_map(|(who, count, weight)| Do::Offer(who, count, weight)),
		1 => who.clone().prop_map(Do::Rest),
		1 => (who.clone(), any::<bool>()).prop_map(|(who, moved)| Do::Change(who, moved)),
		1 => (who.clone(), 0_u32..3).prop_map(|(who, ahead)| Do::Excuse(who, ahead)),
		2 => who.clone().prop_map(Do::Leave),
		2 => who.prop_map(Do::Take),
		1 => (0_u128..1 << 100).prop_map(Do::Share),
		1 => (1_u32..3).prop_map(Do::Trust),
		1 => (1_u8..VALIDATORS).prop_map(Do::Session),
		1 => any::<bool>().prop_map(Do::Hold),
		1 => any::<bool>().prop_map(Do::Seedless),
		1 => Just(Do::Upgrade),
		1 => (1_u32..4).prop_map(Do::Skip),
		4 => Just(Do::Next),
		2 => Just(Do::Block),
		8 => (0_u32..3, 0_u8..5).prop_map(|(down, liars)| Do::Window(down, liars)),
	]
}

/// What must be so after the steps so far.
#[derive(Default)]
struct Model {
	slots: BTreeMap<u32, u32>,
	free: Vec<u32>,
	most: u32,
	taken: Balance,
}

impl Model {
	fn take(&mut self, step: Do) {
		match step {
			Do::Enter(who) => {
				enter(who);
				self.slots.entry(who).or_insert_with(|| {
					self.free.pop().unwrap_or_else(|| {
						self.most += 1;
						self.most - 1
					})
				});
			}
			Do::Prove(who) => {
				Connectivity::change(&operator(who), |watched| watched.proved = true);
			}
			Do::Offer(who, count, weight) => {
				let weight = Ppm(weight * 333_333);
				Connectivity::offers(&operator(who), Offer { weight, ..devices(count) });
			}
			Do::Rest(who) => Connectivity::rest(&operator(who)),
			Do::Change(who, moved) => Connectivity::changed(&operator(who), moved),
			Do::Excuse(who, ahead) => Connectivity::excuse(&operator(who), (current() + ahead) * LENGTH),
			Do::Leave(who) => {
				Connectivity::leave(&operator(who));
				self.free.extend(self.slots.remove(&who));
			}
			Do::Take(who) => {
				let earned = Connectivity::earned(&operator(who));
				assert_eq!(Connectivity::take_earned(&operator(who)), earned);
				self.taken += earned;
			}
			Do::Share(share) => Share::set(share),
			Do::Trust(trust) => Present::set((1_000, trust)),
			Do::Session(count) => session(0..count),
			Do::Hold(held) => Judging::set(!held),
			Do::Seedless(seedless) => BlockSeed::set((!seedless).then(Default::default)),
			Do::Upgrade => {
				Connectivity::on_runtime_upgrade();
			}
			Do::Skip(windows) => {
				at((current() + windows) * LENGTH);
			}
			Do::Next => {
				at((current() + 1) * LENGTH);
				Connectivity::on_initialize(System::block_number());
			}
			Do::Block => {
				Connectivity::on_initialize(System::block_number());
			}
			Do::Window(down, liars) => live_fast(|number, who| {
				let is_down = u32::from(who.0[0]) % 3 == down;
				match is_down ^ (number < liars) {
					true => Mark::Down,
					false => Mark::Up,
				}
			}),
		}
	}

	fn check(&self, operators: u32) {
		let known: BTreeMap<_, _> = self.slots.iter().map(|(who, slot)| (operator(*who), *slot)).collect();
		assert_eq!(SlotOf::<Test>::iter().collect::<BTreeMap<_, _>>(), known);
		let enough = |(operator, _, _): &(OperatorId, _, _)| {
			SlotOf::<Test>::get(operator).is_none_or(|_| watched(*operator).uptime < FIRST_UPTIME)
		};
		assert!(Accusations::get().iter().all(enough));
		// Of each window an operator loses less than one unit to rounding.
		let brought = Brought::get();
		let shared: Balance = brought.iter().map(|(_, _, share)| share).sum();
		let earned: Balance = (0..operators).map(|who| Connectivity::earned(&operator(who))).sum();
		let lost = shared.checked_sub(earned + self.taken).expect("nobody earns what no window brought");
		assert!(lost <= u128::from(operators) * brought.len() as u128, "{lost} of {shared} went nowhere");
	}
}

fn live(operators: u32, steps: Vec<Do>) {
	new_test_ext().execute_with(|| {
		Share::set(1_000_003);
		let mut model = Model::default();
		for step in steps {
			model.take(step.clone());
			Connectivity::do_try_state().unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
			model.check(operators);
		}
	});
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]
	#[test]
	fn whatever_happens_to_many_the_invariants_hold(steps in prop::collection::vec(step(80), 1..60)) {
		live(80, steps);
	}

	#[test]
	fn whatever_happens_to_few_they_earn_what_windows_bring(steps in prop::collection::vec(step(5), 30..90)) {
		live(5, steps);
	}
}
