//! Properties of growth indices: nothing is made, nothing falls, and all gain by their multipliers.

use proptest::prelude::*;
use vektor_math::growth::{grow, shares, weight, worth, Tier, ONE};

/// Ten billion tokens of twelve decimals, ten times what there can be.
const ALL: u128 = 10_000_000_000 * 1_000_000_000_000;

fn tier(shares: u128, growth: u128, multiplier: u32) -> Tier {
	Tier { shares, growth, multiplier }
}

/// Amounts of every size, the smallest and the largest in particular.
fn amounts() -> impl Strategy<Value = u128> {
	prop_oneof![0u128..10, 0u128..1_000_000, (0u32..73).prop_flat_map(|bits| 0..1u128 << bits), Just(ALL)]
}

fn growths() -> impl Strategy<Value = u128> {
	prop_oneof![Just(ONE), ONE..=2 * ONE, ONE..1_000 * ONE, ONE..u128::MAX / 2]
}

fn tiers() -> impl Strategy<Value = [Tier; 4]> {
	let multiplier = prop_oneof![9 => 1_000_000u32..=10_000_000, 1 => Just(0)];
	// Shares that are worth no more than all there is.
	let one = (amounts(), growths(), multiplier)
		.prop_map(|(amount, growth, multiplier)| tier(shares(amount, growth).unwrap(), growth, multiplier));
	prop::array::uniform4(one)
}

#[test]
fn equal_amounts_gain_by_their_multipliers_to_the_unit() {
	let tiers = [1_000_000, 1_500_000, 3_000_000].map(|multiplier| tier(1_000, ONE, multiplier));
	assert_eq!(weight(&tiers), Some(5_500_000_000));
	let (growths, taken) = grow(&tiers, 550).unwrap();
	assert_eq!(growths.map(|growth| worth(1_000, growth).unwrap()), [1_100, 1_150, 1_300]);
	assert_eq!(taken, 550);
}

#[test]
fn what_rounding_leaves_is_not_taken() {
	let tiers = [tier(3, ONE, 1_000_000), tier(3, ONE, 1_000_000)];
	let (growths, taken) = grow(&tiers, 5).unwrap();
	// Two for each, of which thirds of a unit are worth nothing yet.
	assert_eq!(growths, [ONE + 2 * ONE / 3; 2]);
	assert_eq!(taken, 2);
}

#[test]
fn without_weight_nothing_grows() {
	assert_eq!(grow(&[tier(0, ONE, 1_000_000), tier(5, ONE, 0)], 1), None);
	assert_eq!(weight(&[]), Some(0));
	// Shares that are worth no unit weigh none.
	assert_eq!(grow(&[tier(5, ONE / 10, 1_000_000)], 1), None);
}

#[test]
fn a_tier_of_no_shares_stays_as_it_is() {
	let tiers = [tier(0, 7 * ONE, 10_000_000), tier(10, ONE, 1_000_000)];
	assert_eq!(grow(&tiers, 10), Some(([7 * ONE, 2 * ONE], 10)));
}

#[test]
fn no_reward_changes_nothing() {
	let tiers = [tier(5, ONE, 1_000_000), tier(7, 3 * ONE, 2_000_000)];
	assert_eq!(grow(&tiers, 0), Some(([ONE, 3 * ONE], 0)));
}

#[test]
fn all_there_is_is_exact_to_the_unit() {
	let tiers = [tier(ALL, ONE, 1_000_000), tier(1_000_000, ONE, 1_000_000)];
	let (growths, _) = grow(&tiers, 12_345_678).unwrap();
	let gain = worth(ALL, growths[0]).unwrap() - ALL;
	assert!((12_345_676..=12_345_678).contains(&gain), "{gain}");
}

#[test]
fn what_does_not_fit_is_nothing() {
	assert_eq!(worth(u128::MAX, 2 * ONE), None);
	assert_eq!(shares(u128::MAX, ONE - 1), None);
	assert_eq!(shares(1, 0), None);
	let huge = tier(u128::MAX, 2 * ONE, 1_000_000);
	assert_eq!((weight(&[huge]), grow(&[huge], 1)), (None, None));
	let heavy = tier(u128::MAX / 1_000_000, ONE, 1_000_001);
	assert_eq!((weight(&[heavy]), grow(&[heavy], 1)), (None, None));
	let half = tier(u128::MAX / 1_900_000, ONE, 1_000_000);
	assert_eq!((weight(&[half, half]), grow(&[half, half], 1)), (None, None));
	// A growth, what comes on top of it, and the shares at the growth that there would be.
	assert_eq!(grow(&[tier(1_000, u128::MAX - 5, 1_000_000)], 1_000_000), None);
	assert_eq!(grow(&[tier(1, ONE, 1_000_000)], u128::MAX), None);
	assert_eq!(grow(&[tier(u128::MAX / 10_000_000, ONE, 1_000_000)], u128::MAX), None);
}

#[test]
fn the_last_growth_that_fits_is_reached() {
	let full = tier(1_000, u128::MAX - ONE, 1_000_000);
	assert_eq!(grow(&[full], 1_000).unwrap().0, [u128::MAX]);
	assert_eq!(grow(&[full], 1_001), None);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	/// Shares are not divided, so what one is worth may be missing: two units at most while growths are below two.
	#[test]
	fn what_shares_are_worth_is_less_than_they_cost_by_a_share_at_most(amount in amounts(), growth in growths()) {
		let back = worth(shares(amount, growth).unwrap(), growth).unwrap();
		prop_assert!(back <= amount);
		prop_assert!(amount - back <= growth.div_ceil(ONE));
	}

	#[test]
	fn what_is_bought_with_the_worth_of_shares_is_those_shares_or_one_less(shares_ in amounts(), growth in growths()) {
		prop_assume!(shares_ < u128::MAX / growth.div_ceil(ONE));
		let bought = shares(worth(shares_, growth).unwrap(), growth).unwrap();
		prop_assert!(bought == shares_ || bought + 1 == shares_);
	}

	#[test]
	fn at_the_first_growth_a_share_is_a_unit(amount in any::<u128>()) {
		prop_assert_eq!(shares(amount, ONE), Some(amount));
		prop_assert_eq!(worth(amount, ONE), Some(amount));
	}

	#[test]
	fn parts_are_never_worth_more_than_the_whole(a in amounts(), b in amounts(), growth in ONE..1_000 * ONE) {
		let whole = worth(a + b, growth).unwrap();
		let parts = worth(a, growth).unwrap() + worth(b, growth).unwrap();
		prop_assert!(parts == whole || parts + 1 == whole);
	}

	#[test]
	fn no_more_is_taken_than_there_is_and_no_growth_falls(tiers in tiers(), reward in amounts()) {
		let Some((growths, taken)) = grow(&tiers, reward) else {
			// Only where there is no weight, or where a growth would be beyond the largest.
			let worths = tiers.map(|tier| worth(tier.shares, tier.growth).unwrap());
			let smallest = worths.into_iter().filter(|worth| *worth > 0).min();
			prop_assert!(weight(&tiers) == Some(0) || smallest < Some(reward));
			return Ok(());
		};
		prop_assert!(taken <= reward);
		let mut gained = 0;
		for (tier, growth) in tiers.iter().zip(growths) {
			prop_assert!(growth >= tier.growth);
			prop_assert!(tier.shares > 0 && tier.multiplier > 0 || growth == tier.growth);
			gained += worth(tier.shares, growth).unwrap() - worth(tier.shares, tier.growth).unwrap();
		}
		prop_assert_eq!(gained, taken);
		// Up to two roundings for each tier: of its part, and of what its shares are worth.
		let most = tiers.iter().map(|tier| 2 + tier.shares.div_ceil(ONE)).sum::<u128>();
		prop_assert!(reward - taken <= most, "{} of {reward} is left", reward - taken);
	}

	/// Small enough for products of whole numbers, by which the ideal is known exactly.
	#[test]
	fn every_tier_gains_its_share_by_its_multiplier(
		rows in prop::array::uniform4((0u128..1 << 48, 1_000_000u32..=10_000_000)),
		reward in 0u128..1 << 48,
	) {
		let tiers = rows.map(|(amount, multiplier)| tier(amount, ONE, multiplier));
		let total = weight(&tiers).unwrap();
		prop_assume!(total > 0);
		prop_assume!(tiers.iter().all(|tier| tier.shares == 0 || tier.shares > reward >> 30));
		let (growths, _) = grow(&tiers, reward).unwrap();
		for (tier, growth) in tiers.iter().zip(growths) {
			let gain = worth(tier.shares, growth).unwrap() - tier.shares;
			let ideal = reward * tier.shares * u128::from(tier.multiplier) / total;
			prop_assert!(gain <= ideal && ideal - gain <= 1);
		}
		// Per share they grow as their multipliers are, but for what rounding a part cuts off.
		for (one, grown) in tiers.iter().zip(growths).filter(|(tier, _)| tier.shares > 0) {
			for (other, other_grown) in tiers.iter().zip(growths).filter(|(tier, _)| tier.shares > 0) {
				let left = (grown - ONE) / 10_000_000 * u128::from(other.multiplier);
				let right = (other_grown - ONE) / 10_000_000 * u128::from(one.multiplier);
				let slack = ONE / one.shares + ONE / other.shares + 20_000_000;
				prop_assert!(left.abs_diff(right) <= slack, "{left} {right}");
			}
		}
	}

	/// A tier that is divided in two grows as one.
	#[test]
	fn how_positions_are_cut_is_of_no_matter(a in 1u128..1 << 60, b in 1u128..1 << 60, reward in 0u128..1 << 60) {
		let (whole, _) = grow(&[tier(a + b, ONE, 1_000_000)], reward).unwrap();
		let (cut, _) = grow(&[tier(a, ONE, 1_000_000), tier(b, ONE, 1_000_000)], reward).unwrap();
		for (shares, growth) in [(a, cut[0]), (b, cut[1])] {
			let (one, other) = (worth(shares, whole[0]).unwrap(), worth(shares, growth).unwrap());
			prop_assert!(one.abs_diff(other) <= 1, "{one} {other}");
		}
	}

	/// Many rewards, one after the other: the sum of the gains and of what is left is what came.
	#[test]
	fn nothing_is_lost_over_many_rewards(mut tiers in tiers(), rewards in prop::collection::vec(0u128..1 << 60, 1..40)) {
		let of = |tiers: &[Tier; 4]| tiers.iter().map(|tier| worth(tier.shares, tier.growth).unwrap()).sum::<u128>();
		let (before, mut came, mut left) = (of(&tiers), 0, 0);
		for reward in rewards {
			came += reward;
			left += reward;
			if let Some((growths, taken)) = grow(&tiers, left) {
				tiers.iter_mut().zip(growths).for_each(|(tier, growth)| tier.growth = growth);
				left -= taken;
			}
		}
		prop_assert_eq!(of(&tiers) + left, before + came);
	}
}
