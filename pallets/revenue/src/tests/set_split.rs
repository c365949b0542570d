use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use vektor_primitives::{Ppm, ONE_USDC};

use crate::{mock::*, *};

type Error = crate::Error<Test>;

#[test]
fn a_new_split_holds_from_the_next_settlement_on() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(settle(1, DOLLARS, ONE_USDC));
		assert_ok!(Revenue::set_split(RuntimeOrigin::root(), RevenueSplit::NEXUS));
		assert_eq!(last_event(), Event::SplitSet { split: RevenueSplit::NEXUS }.into());
		assert_eq!(Revenue::split(), RevenueSplit::NEXUS);
		assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().operators, 700_000);
		assert_eq!(settle(1, DOLLARS, ONE_USDC).unwrap().direct, 700_000);
		assert_eq!(Lots::<Test>::get(0, DOLLARS).unwrap().operators, 700_000);
	});
}

#[test]
fn only_the_admin_may_set_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Revenue::set_split(RuntimeOrigin::signed(1), RevenueSplit::NEXUS), DispatchError::BadOrigin);
	});
}

#[test]
fn shares_that_do_not_sum_to_one_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		for direct in [699_999, 700_001, u32::MAX] {
			let split = RevenueSplit { direct: Ppm(direct), ..RevenueSplit::NEXUS };
			assert_noop!(Revenue::set_split(RuntimeOrigin::root(), split), Error::SplitNotWhole);
		}
	});
}

#[test]
fn operators_get_at_most_ninety_five_per_cent_however_it_is_parted() {
	ExtBuilder::default().build_and_execute(|| {
		for (direct, operators) in [(950_000, 0), (0, 950_000), (400_000, 550_000)] {
			let most = RevenueSplit {
				direct: Ppm(direct),
				operators: Ppm(operators),
				stakers: Ppm(50_000),
				..RevenueSplit::NONE
			};
			assert_ok!(Revenue::set_split(RuntimeOrigin::root(), most));
			for more in [
				RevenueSplit { direct: Ppm(direct + 1), stakers: Ppm(49_999), ..most },
				RevenueSplit { operators: Ppm(operators + 1), stakers: Ppm(49_999), ..most },
				RevenueSplit { direct: Ppm(direct + 50_000), stakers: Ppm(0), ..most },
			] {
				assert_noop!(Revenue::set_split(RuntimeOrigin::root(), more), Error::SplitLeaksTooLittle);
			}
			assert_eq!(Revenue::split(), most);
		}
	});
}

#[test]
#[should_panic(expected = "operators get at most 95 %")]
fn a_genesis_whose_split_leaks_too_little_does_not_start() {
	let split = RevenueSplit { direct: Ppm(950_001), stakers: Ppm(49_999), ..RevenueSplit::NONE };
	ExtBuilder::default().split(split).build();
}

#[test]
#[should_panic(expected = "the revenue split must sum to 1_000_000")]
fn a_genesis_whose_split_does_not_sum_to_one_does_not_start() {
	ExtBuilder::default().split(RevenueSplit::NONE).build();
}

#[test]
fn the_default_is_the_vektor_split() {
	assert_eq!(GenesisConfig::<Test>::default().split, RevenueSplit::VEKTOR);
	assert!(!RevenueSplit::NONE.is_whole());
}

#[test]
fn every_preset_is_whole_and_leaks() {
	for split in [RevenueSplit::VEKTOR, RevenueSplit::NEXUS, RevenueSplit::QUIVER, RevenueSplit::CXPT] {
		assert!(split.is_whole() && split.leaks());
	}
}
