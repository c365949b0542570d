use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::traits::Convert;
use vektor_math::{emission, vesting::Plan};
use vektor_primitives::{traits::LiveTime, Balance, Ppm, Usd};

/// A name of an allocation: plain text.
pub type Name = BoundedVec<u8, ConstU32<48>>;

/// How an allocation comes free. Months are twelfths of 365.25 days.
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
pub enum Unlock {
	/// All of it from the start.
	#[codec(index = 0)]
	AtOnce,
	/// Nothing for `cliff` months, then evenly over `months` months.
	#[codec(index = 1)]
	CliffThenLinear {
		/// Months without anything.
		cliff: u32,
		/// Months of even release after them.
		months: u32,
	},
	/// Evenly over `months` months, of which the first `cliff` come together when they are over.
	#[codec(index = 2)]
	AccruingCliff {
		/// Months that come together.
		cliff: u32,
		/// Months in all.
		months: u32,
	},
	/// A part from the start, the rest evenly over `months` months.
	#[codec(index = 3)]
	PartAtOnce {
		/// The part. Example: `250_000` is a quarter.
		now: Ppm,
		/// Months of even release of the rest.
		months: u32,
	},
}

impl Unlock {
	/// When how much of `amount` is free, `end_of` giving the time at which a month ends. Nothing where the numbers make no
	/// sense: no months, a cliff beyond them, a part above one.
	pub fn plan<M: Convert<u32, LiveTime>>(&self, amount: Balance) -> Option<Plan> {
		match *self {
			Self::AtOnce => Some(Plan::at_once(amount)),
			Self::CliffThenLinear { cliff, months } if months > 0 => {
				Some(Plan::cliff_then_linear(amount, M::convert(cliff), M::convert(cliff.checked_add(months)?)))
			}
			Self::AccruingCliff { cliff, months } if 0 < cliff && cliff < months => {
				Plan::accruing_cliff(amount, cliff, months, M::convert(cliff), M::convert(months))
			}
			Self::PartAtOnce { now, months } if months > 0 => Plan::part_at_once(amount, now.0, M::convert(months)),
			_ => None,
		}
	}
}

/// Who holds an allocation.
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
pub enum Release {
	/// The emission pot: rounds emit it, by the active policy.
	#[codec(index = 0)]
	Emission,
	/// Accounts, under locks of `Vesting` that wallets show.
	#[codec(index = 1)]
	Holders(Unlock),
	/// A pot that pays the treasury what has come free, once a round. The treasury's own account is never locked: its bounties
	/// count on the balance that they see.
	#[codec(index = 2)]
	Treasury(Unlock),
}

impl Release {
	/// How it comes free, where time alone says so.
	pub fn unlock(&self) -> Option<Unlock> {
		match self {
			Self::Emission => None,
			Self::Holders(unlock) | Self::Treasury(unlock) => Some(*unlock),
		}
	}
}

/// A row of the table of allocations. Written at genesis.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Allocation {
	/// What it is for, as its document calls it.
	pub name: Name,
	/// How much, in the native token's smallest unit.
	pub amount: Balance,
	/// Who holds it, and how it comes free.
	pub release: Release,
}

/// A row of the table as a genesis gives it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisAllocation<AccountId> {
	/// What it is for, as its document calls it: at most 48 bytes.
	pub name: String,
	/// How much, in the native token's smallest unit.
	pub amount: Balance,
	/// Who holds it, and how it comes free.
	pub release: Release,
	/// Its accounts, where they are locked: their amounts sum to `amount`.
	#[serde(default = "Vec::new")]
	pub holders: Vec<(AccountId, Balance)>,
}

/// How much a round emits.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[scale_info(capture_docs = "always")]
pub enum EmissionPolicy {
	/// An even base, weighted by the network's load between a floor and twice the base. What load calls for beyond the floor
	/// is at most `kappa` of the round's leak. Source: V2, money.md "Supply".
	#[codec(index = 0)]
	LoadWeighted,
	/// So much a year, evenly within it, at most twice the even base; half of the last year's rate after the table, halving again every `halving` years.
	/// Source: Q2.
	#[codec(index = 1)]
	YearTable {
		/// The amounts of the first years, at most 16, in the smallest unit.
		years: BoundedVec<Balance, ConstU32<16>>,
		/// Years between two halvings after the table. At least 1.
		halving: u32,
	},
	/// What governance has released by `release`, at most twice the even base a round. What a round calls for and nobody takes
	/// is no longer released: it stays in the pot. Source: C1.
	#[codec(index = 2)]
	Released,
	/// What the milestones that are reached have released, each no more than its leak is worth, at most the even base a round. What a round calls for and nobody takes
	/// is no longer released: it stays in the pot. Source: N7.
	#[codec(index = 3)]
	Milestones {
		/// In the order in which they are reached, at most 16.
		milestones: BoundedVec<Milestone, ConstU32<16>>,
	},
}

impl Default for EmissionPolicy {
	/// Vektor's.
	fn default() -> Self {
		Self::LoadWeighted
	}
}

impl EmissionPolicy {
	/// Whether it can be followed at this pace: a table has years and halves, and no year of it emits more than twice the even
	/// base; milestones rise.
	pub fn is_sound(&self, pace: &Schedule) -> bool {
		match self {
			Self::LoadWeighted | Self::Released => true,
			Self::YearTable { years, halving } => {
				let twice = emission::even(pace.total, pace.duration, pace.year).and_then(|base| base.checked_mul(2));
				let bounded = twice.is_some_and(|twice| years.iter().all(|amount| *amount <= twice));
				!years.is_empty() && *halving > 0 && bounded
			}
			Self::Milestones { milestones } => {
				let rising = milestones.iter().zip(milestones.iter().skip(1)).all(|(one, next)| one.leak < next.leak);
				!milestones.is_empty() && rising
			}
		}
	}
}

/// Real usage that releases a part of the emission once: it is counted by what payments leaked, which nobody gets back by
/// paying itself.
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
pub struct Milestone {
	/// The leak of all rounds together at which it is reached, in micro-USD.
	pub leak: Usd,
	/// What it releases at most, in the native token's smallest unit: no more than `kappa` of the leak since the milestone before is worth when it is
	/// reached. The rest is not emitted.
	pub amount: Balance,
}

/// The pace of the emission: fixed at genesis, so that no change of the length of a round changes a rate.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Schedule {
	/// What the emission pot held at genesis, in the native token's smallest unit.
	pub total: Balance,
	/// Over how long the even base divides it, in live slots: ten years.
	pub duration: LiveTime,
	/// A year, in live slots.
	pub year: LiveTime,
}

/// The round that is on.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Round {
	/// Its number, from 0.
	pub index: u32,
	/// The live time at which it began, in slots.
	pub began: LiveTime,
	/// The live time at which the next begins, in slots.
	pub ends: LiveTime,
}

/// What an ended round settled and could have served, kept for the average of the load.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct RoundLoad {
	/// The value of all payments settled in it, in micro-USD.
	pub settled: Usd,
	/// What attested devices could have served in it at their reference price, in micro-USD.
	pub offered: Usd,
}

/// Whom a part of the emission is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EmissionPart {
	/// Operators that were there.
	Availability,
	/// Operators that worked.
	Work,
	/// Those who lock stake.
	Stakers,
}

/// Everything that was emitted, by whom it was for, in the native token's smallest unit. Real yield is never in it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct EmissionBook {
	/// To operators for being there.
	pub availability: Balance,
	/// To operators for work.
	pub work: Balance,
	/// To stakers.
	pub stakers: Balance,
	/// To validators, through the era pot.
	pub validators: Balance,
	/// What came back: rewards of eras that nobody earned.
	pub returned: Balance,
}

impl EmissionBook {
	/// What has left the pot and not come back.
	pub fn net(&self) -> Balance {
		[self.availability, self.work, self.stakers, self.validators]
			.iter()
			.fold(0, |sum: Balance, part| sum.saturating_add(*part))
			.saturating_sub(self.returned)
	}
}

/// Shares of the floor, in parts per million that sum to one.
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
pub struct FloorShares {
	/// For operators that are there. Example: `450_000` is 45 %.
	pub availability: Ppm,
	/// For operators' work, whatever the load: at most what is left of `kappa` of the round's leak. The rest of it is not emitted.
	pub work: Ppm,
	/// For stakers.
	pub stakers: Ppm,
	/// For validators.
	pub validators: Ppm,
}

impl FloorShares {
	/// Whether the shares sum to exactly one.
	pub fn is_whole(&self) -> bool {
		sums_to_one(&[self.availability, self.work, self.stakers, self.validators])
	}
}

/// Shares of what load calls for, in parts per million that sum to one.
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
pub struct DemandShares {
	/// For operators' work. Example: `700_000` is 70 %.
	pub work: Ppm,
	/// For stakers.
	pub stakers: Ppm,
}

impl DemandShares {
	/// Whether the shares sum to exactly one.
	pub fn is_whole(&self) -> bool {
		sums_to_one(&[self.work, self.stakers])
	}
}

fn sums_to_one(shares: &[Ppm]) -> bool {
	shares.iter().try_fold(0u32, |sum, share| sum.checked_add(share.0)) == Some(Ppm::ONE.0)
}

/// What governance says of rounds and rates, as the round change reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
	/// The length of a round, in live slots. Not zero.
	pub round_length: LiveTime,
	/// The least load that counts.
	pub min_load: Ppm,
	/// The most load that counts.
	pub max_load: Ppm,
	/// How much of a round's leak demand may emit.
	pub kappa: Ppm,
	/// How the floor is shared.
	pub floor: FloorShares,
	/// How what load calls for is shared.
	pub demand: DemandShares,
}

/// Why tokens are gone for ever.
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
pub enum BurnCause {
	/// A fee that its author's account could not take.
	#[codec(index = 0)]
	Fee,
	/// A slash: of validators, nominators and, later, operators.
	#[codec(index = 1)]
	Slash,
	/// A deposit that was forfeited: of a referendum that was killed, of an identity that was judged wrong.
	#[codec(index = 2)]
	Deposit,
	/// What was left of accounts that fell below the existential deposit.
	#[codec(index = 3)]
	Dust,
	/// What somebody burned of their own.
	#[codec(index = 4)]
	Voluntary,
	/// The split's part of revenue.
	#[codec(index = 5)]
	Split,
	/// What operators did not claim in time.
	#[codec(index = 6)]
	Expired,
}

impl BurnCause {
	/// All of them.
	pub const ALL: [Self; 7] =
		[Self::Fee, Self::Slash, Self::Deposit, Self::Dust, Self::Voluntary, Self::Split, Self::Expired];
}

/// How far the payout of ended eras has come.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Payout<AccountId> {
	/// The first era that is not paid in full.
	pub era: u32,
	/// The last page of it that is done, in the order of storage.
	pub after: Option<(AccountId, u32)>,
	/// The page that has failed last, and how often.
	pub failed: Option<(AccountId, u32, u8)>,
}

impl<AccountId> Default for Payout<AccountId> {
	fn default() -> Self {
		Self { era: 0, after: None, failed: None }
	}
}
