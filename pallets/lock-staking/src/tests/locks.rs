//! No order of calls makes a lock shorter.

use std::collections::BTreeMap;

use proptest::prelude::*;
use vektor_primitives::{Ppm, VKTR};

use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Op {
	Stake(u8),
	Extend(u32, u8),
	Unstake(u32, bool),
	SetDays(u32, u32),
	Pass(u32),
	Stall(u32),
}

fn op() -> impl Strategy<Value = Op> {
	prop_oneof![
		3 => (0u8..3).prop_map(Op::Stake),
		4 => (0u32..4, 0u8..3).prop_map(|(id, tier)| Op::Extend(id, tier)),
		4 => (0u32..4, any::<bool>()).prop_map(|(id, all)| Op::Unstake(id, all)),
		1 => (1u32..9, 1u32..9).prop_map(|(one, two)| Op::SetDays(one, two)),
		3 => (1u32..40).prop_map(Op::Pass),
		1 => (1u32..80).prop_map(Op::Stall),
	]
}

fn table(one: u32, two: u32) -> Tiers {
	let tier = |days| Tier { days, yields: Ppm(1_000_000), votes: Ppm(1_000_000) };
	Tiers::truncate_from([0, one, two].map(tier).into())
}

fn step(op: Op) {
	// What is refused is of no matter here.
	let _ = match op {
		Op::Stake(tier) => stake(1, 2 * VKTR, tier),
		Op::Extend(id, tier) => extend_number(1, id, tier),
		Op::Unstake(id, all) => unstake_number(1, id, (!all).then_some(VKTR)),
		Op::SetDays(one, two) => LockStaking::set_tiers(RuntimeOrigin::root(), table(one, two), Rules::default()),
		Op::Pass(blocks) => {
			pass(blocks);
			Ok(())
		}
		Op::Stall(slots) => {
			stall(slots);
			Ok(())
		}
	};
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

	#[test]
	fn no_order_of_calls_makes_a_lock_shorter(ops in prop::collection::vec(op(), 60)) {
		ExtBuilder::default().tiers(table(2, 5)).build_and_execute(|| {
			let mut promised = BTreeMap::<u32, (u32, u128)>::new();
			for op in ops {
				step(op);
				promised.retain(|_, (day, _)| *day > vault().day);
				let owned = held(1);
				for (id, (day, worth)) in &promised {
					let now = owned.iter().find(|held| held.position.id == *id).expect("it stays until its day");
					assert!(now.expires >= *day && now.worth >= *worth);
				}
				promised.extend(owned.iter().filter(|held| held.expires > 0).map(|held| {
					(held.position.id, (held.expires, held.worth))
				}));
			}
		});
	}
}
