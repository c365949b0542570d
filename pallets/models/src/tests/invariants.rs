use proptest::prelude::*;
use vektor_primitives::Usd;

use super::*;
use crate::{mock::*, Models};

#[derive(Clone, Debug)]
enum Step {
	Register {
		owner: AccountId,
		scale: u32,
		key: usize,
		price: u128,
	},
	SetPrice {
		who: AccountId,
		nth: usize,
		price: u128,
	},
	Retire {
		who: AccountId,
		nth: usize,
	},
	Wait(u32),
}

fn step() -> impl Strategy<Value = Step> {
	let account = 1u64..4;
	let price = prop_oneof![Just(9_999u128), Just(50_000), Just(70_000)];
	prop_oneof![
		(account.clone(), 0u32..4, 0usize..200, price.clone()).prop_map(|(owner, scale, key, price)| Step::Register {
			owner,
			scale,
			key,
			price
		}),
		(account.clone(), any::<usize>(), price).prop_map(|(who, nth, price)| Step::SetPrice { who, nth, price }),
		(account, any::<usize>()).prop_map(|(who, nth)| Step::Retire { who, nth }),
		(0u32..RETIRE_PERIOD).prop_map(Step::Wait),
	]
}

fn nth(n: usize) -> ModelId {
	let mut ids: Vec<ModelId> = Models::<Test>::iter_keys().collect();
	ids.sort();
	ids.get(n % ids.len().max(1)).copied().unwrap_or_default()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn deposits_are_never_lost_and_the_invariants_hold(steps in prop::collection::vec(step(), 50)) {
		new_test_ext().execute_with(|| {
			let all = |accounts: &[AccountId]| accounts.iter().map(|who| free(*who)).sum::<u128>();
			let accounts = [ALICE, BOB, POOR, Registry::pot()];
			let before = all(&accounts);
			for step in steps {
				let _ = match step {
					Step::Register { owner, scale, key, price } => {
						Draft { output_scale: scale, key: vec![1; key], price, ..Draft::default() }.register(owner)
					},
					Step::SetPrice { who, nth: n, price } => {
						Registry::set_price(RuntimeOrigin::signed(who), nth(n), Usd(price))
					},
					Step::Retire { who, nth: n } => Registry::retire(RuntimeOrigin::signed(who), nth(n)),
					Step::Wait(slots) => { advance(slots); Ok(()) },
				};
				Registry::do_try_state().unwrap();
				assert_eq!(all(&accounts), before);
			}
			let deposits: u128 = Models::<Test>::iter_values().map(|record| record.deposit).sum();
			assert_eq!(free(Registry::pot()), ED + deposits);
		});
	}
}
