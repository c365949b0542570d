//! By how much an operator's work counts for emission: what its economy measures, and the range of each measure (V12, C5, Q11). Never on revenue: a factor
//! there would let who pays itself take others' money.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::SaturatedConversion;
use vektor_math::split::pro_rata;
use vektor_primitives::{OperatorId, Ppm, Usd};

/// What is measured of an operator. Codec indices are fixed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
#[scale_info(capture_docs = "always")]
pub enum Measure {
	/// The class of its attested devices.
	#[codec(index = 0)]
	Hardware,
	/// How fast it answers.
	#[codec(index = 1)]
	Speed,
	/// How good its work is.
	#[codec(index = 2)]
	Quality,
	/// How much of the time it is there.
	#[codec(index = 3)]
	Uptime,
	/// How much its models are asked for.
	#[codec(index = 4)]
	Demand,
	/// How rare its models are.
	#[codec(index = 5)]
	Rarity,
	/// How long it has served.
	#[codec(index = 6)]
	Loyalty,
}

/// What a measure makes of an operator's work.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[scale_info(capture_docs = "always")]
pub struct Factor {
	/// What is measured.
	pub measure: Measure,
	/// The factor of who measures lowest, and of whom nothing is measured. Example: `800_000` is 0.8.
	pub least: Ppm,
	/// The factor of who measures highest. Example: `1_200_000` is 1.2.
	pub most: Ppm,
}

impl Factor {
	/// Where a factor of `now` stands between the least and the most, in parts per million.
	pub fn place(&self, now: Ppm) -> Ppm {
		let [above, range] =
			[now.min(self.most), self.most].map(|part| u128::from(part.0.saturating_sub(self.least.0)));
		Ppm(pro_rata(Ppm::ONE.0.into(), above, range).unwrap_or_default().saturated_into())
	}
}

/// All that an economy measures: at most eight.
pub type Factors = BoundedVec<Factor, ConstU32<8>>;

/// The most that a factor may be.
pub const MOST: Ppm = Ppm(4_000_000);

/// Whether each has a range above nothing and at most fourfold, and none comes twice.
pub fn are_sound(factors: &[Factor]) -> bool {
	let in_range = |factor: &Factor| Ppm(0) < factor.least && factor.least <= factor.most && factor.most <= MOST;
	let mut seen = alloc::collections::BTreeSet::new();
	factors.iter().all(|factor| in_range(factor) && seen.insert(factor.measure))
}

/// What is known of an operator. By the runtime.
pub trait Measures {
	/// Where an operator stands in a measure's range: nothing is lowest, one is highest.
	fn of(operator: &OperatorId, measure: Measure) -> Ppm;
}

/// The part of `leak` that counts for emission: all of it where every factor is at its highest. Never more, rounded down. Emission that the rest would have
/// earned is not emitted, so no operator's factor takes anything from another.
pub fn counted<M: Measures>(factors: &[Factor], operator: &OperatorId, leak: Usd) -> Option<Usd> {
	factors.iter().try_fold(leak, |counted, factor| {
		let [least, most, one] = [factor.least, factor.most, Ppm::ONE].map(|part| u128::from(part.0));
		let place = u128::from(M::of(operator, factor.measure).0).min(one);
		let now = least.checked_add(pro_rata(most.checked_sub(least)?, place, one)?)?;
		pro_rata(counted.0, now, most).map(Usd)
	})
}
