//! Random histories against a model of a few lines: who is watched in which slot, and that nobody is accused who was not seen
//! down for more than an hour. The invariants hold after each step.

use std::collections::BTreeMap;

use frame_support::traits::Hooks;
use proptest::prelude::*;
use vektor_primitives::traits::Watch;

use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Do {
	Enter(u32),
	Prove(u32),
	Rest(u32),
	Change(u32, bool),
	Excuse(u32, u32),
	Leave(u32),
	Session(u8),
	Hold(bool),
	Seedless(bool),
	Upgrade,
	Skip(u32),
	Block,
	/// A window in which the operators of this remainder are down, and this many validators say something else.
	Window(u32, u8),
}

fn step() -> impl Strategy<Value = Do> {
	let who = 0_u32..80;
	prop_oneof![
		4 => who.clone().prop_map(Do::Enter),
		4 => who.clone().prop_map(Do::Prove),
		1 => who.clone().prop_map(Do::Rest),
		1 => (who.clone(), any::<bool>()).prop_map(|(who, moved)| Do::Change(who, moved)),
		1 => (who.clone(), 0_u32..3).prop_map(|(who, ahead)| Do::Excuse(who, ahead)),
		1 => who.prop_map(Do::Leave),
		1 => (1_u8..VALIDATORS).prop_map(Do::Session),
		1 => any::<bool>().prop_map(Do::Hold),
		1 => any::<bool>().prop_map(Do::Seedless),
		1 => Just(Do::Upgrade),
		1 => (1_u32..4).prop_map(Do::Skip),
		2 => Just(Do::Block),
		8 => (0_u32..3, 0_u8..5).prop_map(|(down, liars)| Do::Window(down, liars)),
	]
}

fn take(step: Do, slots: &mut BTreeMap<u32, u32>, free: &mut Vec<u32>, most: &mut u32) {
	match step {
		Do::Enter(who) => {
			enter(who);
			slots.entry(who).or_insert_with(|| {
				free.pop().unwrap_or_else(|| {
					*most += 1;
					*most - 1
				})
			});
		}
		Do::Prove(who) => {
			Connectivity::change(&operator(who), |watched| watched.proved = true);
		}
		Do::Rest(who) => Connectivity::rest(&operator(who)),
		Do::Change(who, moved) => Connectivity::changed(&operator(who), moved),
		Do::Excuse(who, ahead) => Connectivity::excuse(&operator(who), (current() + ahead) * LENGTH),
		Do::Leave(who) => {
			Connectivity::leave(&operator(who));
			free.extend(slots.remove(&who));
		}
		Do::Session(count) => session(0..count),
		Do::Hold(held) => Judging::set(!held),
		Do::Seedless(seedless) => BlockSeed::set((!seedless).then(Default::default)),
		Do::Upgrade => {
			Connectivity::on_runtime_upgrade();
		}
		Do::Skip(windows) => {
			at((current() + windows) * LENGTH);
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

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]
	#[test]
	fn whatever_happens_the_invariants_hold(steps in prop::collection::vec(step(), 1..60)) {
		new_test_ext().execute_with(|| {
			let (mut slots, mut free, mut most) = (BTreeMap::new(), Vec::new(), 0);
			for step in steps {
				take(step.clone(), &mut slots, &mut free, &mut most);
				Connectivity::do_try_state().unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
				let known: BTreeMap<_, _> = slots.iter().map(|(who, slot)| (operator(*who), *slot)).collect();
				assert_eq!(SlotOf::<Test>::iter().collect::<BTreeMap<_, _>>(), known);
				let enough = |(operator, _, _): &(vektor_primitives::OperatorId, _, _)| {
					SlotOf::<Test>::get(operator).is_none_or(|_| watched(*operator).uptime < FIRST_UPTIME)
				};
				assert!(Accusations::get().iter().all(enough));
			}
		});
	}
}
