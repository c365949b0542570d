use sp_runtime::BuildStorage;
use vektor_math::growth::ONE;
use vektor_primitives::{traits::RewardStream, Ppm};

use crate::{mock::*, *};

#[test]
fn it_begins_with_its_tiers_and_nothing_staked() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(TierTable::<Test>::get(), tiers());
		assert_eq!(vault(), Vault::default());
		assert!(vault().tiers.iter().all(|tier| (tier.growth, tier.next) == (ONE, ONE)));
		assert!(LockStaking::is_open());
		assert_eq!(in_vault(), 0);
		assert_eq!(Terms::<Test>::get(), Rules::default());
	});
	let rules = Rules { tokens_vote: true, delegates: Ppm(250_000), validators: Ppm(50_000) };
	ExtBuilder::default().rules(rules).build_and_execute(|| assert_eq!(Terms::<Test>::get(), rules));
}

#[test]
fn without_tiers_it_is_off() {
	ExtBuilder::default().tiers(Default::default()).build_and_execute(|| {
		assert!(!LockStaking::is_open());
		pass(100);
		assert_eq!(our_events(), vec![]);
	});
}

#[test]
#[should_panic(expected = "lock staking: the tiers cannot be followed")]
fn tiers_that_cannot_be_followed_make_no_chain() {
	let first = Tier { days: 1, yields: Ppm(1_000_000), votes: Ppm(1_000_000) };
	let _ = GenesisConfig::<Test> { tiers: Tiers::truncate_from(vec![first]), ..Default::default() }.build_storage();
}

#[test]
#[should_panic(expected = "lock staking: the tiers cannot be followed")]
fn rules_that_give_more_than_half_of_a_yield_away_make_no_chain() {
	let rules = Rules { tokens_vote: false, delegates: Ppm(450_001), validators: Ppm(50_000) };
	let _ = GenesisConfig::<Test> { tiers: tiers(), rules, ..Default::default() }.build_storage();
}
