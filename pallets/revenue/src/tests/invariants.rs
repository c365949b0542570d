//! Any order of settlements, splits, time, blocked accounts and payouts: no unit is lost or made.

use std::collections::BTreeMap;

use frame_support::{traits::Hooks, weights::Weight};
use proptest::prelude::*;
use vektor_primitives::{Asset, Balance, Ppm, USDC, VKTR};

use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Op {
	Settle { operator: u64, native: bool, amount: Balance },
	Split(RevenueSplit),
	Pass(u32),
	Block(u64),
	Unblock(u64),
	Payout { account: u64, native: bool },
	Price(Option<u128>),
	Idle,
}

fn split() -> impl Strategy<Value = RevenueSplit> {
	prop::array::uniform8(0u32..1_000).prop_filter_map("a split of nothing", |weights| {
		let parts = vektor_math::split::largest_remainder(1_000_000, weights)?;
		let [direct, operators, stakers, burn, treasury, reserve, operations, quality] =
			parts.map(|part| Ppm(part as u32));
		Some(RevenueSplit { direct, operators, stakers, burn, treasury, reserve, operations, quality })
	})
}

fn op() -> impl Strategy<Value = Op> {
	let amount = prop_oneof![1u128..20, 1u128..100_000, 1u128..1_000_000_000_000, Just(0u128)];
	prop_oneof![
		8 => (1u64..7, any::<bool>(), amount)
			.prop_map(|(operator, native, amount)| Op::Settle { operator, native, amount }),
		1 => split().prop_map(Op::Split),
		2 => (0u32..3).prop_map(Op::Pass),
		1 => (11u64..16).prop_map(Op::Block),
		1 => (11u64..16).prop_map(Op::Unblock),
		2 => (11u64..16, any::<bool>()).prop_map(|(account, native)| Op::Payout { account, native }),
		1 => prop::option::of(1u128..10_000_000).prop_map(Op::Price),
		1 => Just(Op::Idle),
	]
}

fn asset(native: bool) -> Asset {
	if native {
		Asset::Native
	} else {
		DOLLARS
	}
}

/// Everything an asset's accounts hold, but for the escrow's.
fn received(asset: &Asset) -> Balance {
	let pot = Revenue::pot();
	[pot, TREASURY, RESERVE, OPERATIONS, QUALITY].into_iter().chain(11..16).map(|who| balance(asset, who)).sum()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn nothing_is_lost_or_made(ops in prop::collection::vec(op(), 50)) {
		ExtBuilder::default().build_and_execute(|| {
			let start = [received(&Asset::Native), received(&DOLLARS)];
			let mut settled = BTreeMap::from([(Asset::Native, 0), (DOLLARS, 0)]);
			for op in ops {
				match op {
					Op::Settle { operator, native, amount } => {
						let amount = if native { amount.min(VKTR) } else { amount };
						let split = Revenue::split();
						if let Ok(receipt) = settle(operator, asset(native), amount) {
							*settled.get_mut(&asset(native)).unwrap() += amount;
							let parts = split.divide(amount).unwrap();
							assert_eq!((receipt.direct, receipt.queued), (parts.direct, parts.queued));
							// leak * amount <= value * leaked < (leak + 1) * amount
							let leaked = amount - parts.direct - parts.operators;
							assert!(receipt.leak.0 * amount <= receipt.value.0 * leaked);
							assert!((receipt.leak.0 + 1) * amount > receipt.value.0 * leaked);
						}
					},
					Op::Split(split) => Revenue::set_split(RuntimeOrigin::root(), split).unwrap(),
					Op::Pass(rounds) => Round::set(Round::get() + rounds),
					Op::Block(who) => drop(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, who)),
					Op::Unblock(who) => drop(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, who)),
					Op::Payout { account, native } => {
						let _ = Revenue::payout(RuntimeOrigin::signed(77), account, asset(native));
					},
					Op::Price(price) => NativePrice::set(price),
					Op::Idle => drop(<Revenue as Hooks<u64>>::on_idle(1, Weight::MAX)),
				}
				Revenue::do_try_state().unwrap();
			}
			assert_eq!(received(&Asset::Native), start[0] + settled[&Asset::Native]);
			assert_eq!(received(&DOLLARS), start[1] + settled[&DOLLARS]);
		});
	}
}
