use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use vektor_primitives::{Usd, ONE_USDC};

use crate::{mock::*, tick::FORGOTTEN_PER_BLOCK, *};

fn idle(weight: Weight) -> Weight {
	<Revenue as Hooks<u64>>::on_idle(1, weight)
}

#[test]
fn leaks_of_single_operators_are_forgotten_after_the_history_and_totals_are_kept() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		Round::set(8);
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		idle(Weight::MAX);
		assert_eq!(Leaks::<Test>::get(0, operator(1)), Usd(300_000));
		Round::set(9);
		assert_ok!(settle(2, DOLLARS, ONE_USDC));
		idle(Weight::MAX);
		assert!(!Leaks::<Test>::contains_key(0, operator(1)));
		assert_eq!(OldestLeaks::<Test>::get(), 1);
		assert_eq!(RoundBooks::<Test>::get(0).leak, Usd(300_000));
		assert_eq!(Leaks::<Test>::get(9, operator(2)), Usd(300_000));
	});
}

#[test]
fn a_long_round_is_forgotten_over_several_blocks() {
	ExtBuilder::default().build_and_execute(|| {
		for number in 0..u64::from(FORGOTTEN_PER_BLOCK) + 5 {
			assert_ok!(settle(number, DOLLARS, ONE_USDC));
		}
		Round::set(9);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		idle(Weight::MAX);
		assert_eq!(Leaks::<Test>::iter_prefix(0).count(), 5);
		assert_eq!(OldestLeaks::<Test>::get(), 0);
		Revenue::do_try_state().unwrap();
		idle(Weight::MAX);
		assert_eq!(Leaks::<Test>::iter_prefix(0).count(), 0);
		assert_eq!(OldestLeaks::<Test>::get(), 1);
	});
}

#[test]
fn without_weight_nothing_is_touched() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		Round::set(9);
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_eq!(idle(Weight::zero()), Weight::zero());
		assert!(Leaks::<Test>::contains_key(0, operator(1)));
	});
}
