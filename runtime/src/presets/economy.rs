//! What an economy is made of: the numbers of its document, and ours where it has none.

use alloc::vec::Vec;
use frame_support::PalletId;
use pallet_lock_staking::{Rules, Tier, Tiers};
use pallet_operators::{Ban, OffenceRow, OffenceTerms, StakeTier, TierName};
use pallet_revenue::{Factor, Factors, Measure, RevenueSplit};
use pallet_supply::{DemandShares, EmissionPolicy, FloorShares, Release, Unlock};
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{Balance, Offence, Ppm, VKTR};

use crate::{
	configs::supply::{EmissionPot, StreamPot},
	AccountId, Treasury,
};

/// A token: every economy's has twelve decimals.
pub const TOKEN: Balance = VKTR;

/// A token's decimals.
pub const DECIMALS: u32 = 12;

/// An economy.
pub struct Economy {
	/// The name of its presets.
	pub name: &'static str,
	/// What people call it.
	pub title: &'static str,
	/// Its token's symbol.
	pub symbol: &'static str,
	/// The table of allocations. Its amounts sum to the cap.
	pub allocations: Vec<Row>,
	/// The row that pays what a network needs at genesis: pots' floors, endowments, bonds, the pool, the airdrop. Free at once.
	pub reserve: &'static str,
	/// How much a round emits.
	pub policy: EmissionPolicy,
	/// How the floor of the emission is shared.
	pub floor: FloorShares,
	/// How what load calls for is shared.
	pub demand: DemandShares,
	/// How revenue is split.
	pub split: RevenueSplit,
	/// Whether VKTR that no operator claims in time is burned. Otherwise the treasury gets it.
	pub burns_unclaimed: bool,
	/// What makes an operator's work count more or less for emission.
	pub factors: Factors,
	/// What locking stake earns and votes with. None where lock staking is off.
	pub tiers: Tiers,
	/// What a larger collateral of an operator brings. None where there are no such tiers.
	pub stake_tiers: Vec<StakeTier>,
	/// Whether an operator's slash pays whoever was harmed. Otherwise all of it is burned.
	pub pays_victims: bool,
	/// Whether tokens vote that are not staked, and how a yield is shared that somebody shares.
	pub rules: Rules,
}

/// A row of the table.
pub struct Row {
	/// What the document calls it.
	pub name: &'static str,
	/// How much, in the smallest unit.
	pub amount: Balance,
	/// Who holds it, and how it comes free.
	pub release: Release,
	/// The account or pot that holds it until a launch names others: nobody has its key.
	pub holder: AccountId,
	/// Whether a launch may name other accounts.
	pub placeholder: bool,
}

/// An amount of whole millions.
pub const fn millions(n: Balance) -> Balance {
	n.saturating_mul(1_000_000).saturating_mul(TOKEN)
}

/// Tiers by `(days, yield, votes)`, the multipliers in tenths.
pub fn tiers(table: &[(u32, u32, u32)]) -> Tiers {
	let ppm = |tenths: &u32| Ppm(tenths.saturating_mul(100_000));
	Tiers::truncate_from(
		table
			.iter()
			.map(|(days, yields, votes)| Tier { days: *days, yields: ppm(yields), votes: ppm(votes) })
			.collect(),
	)
}

/// Factors by `(measure, least, most)`, in hundredths.
pub fn factors(table: &[(Measure, u32, u32)]) -> Factors {
	let ppm = |hundredths: u32| Ppm(hundredths.saturating_mul(10_000));
	let factor = |(measure, least, most): &(Measure, u32, u32)| Factor {
		measure: *measure,
		least: ppm(*least),
		most: ppm(*most),
	};
	Factors::truncate_from(table.iter().map(factor).collect())
}

/// Stake tiers by `(name, thousands of tokens, most that a slash takes, discount, priority)`, the last three in percent.
pub fn stake_tiers(table: &[(&str, Balance, u32, u32, u32)]) -> Vec<StakeTier> {
	let ppm = |percent: u32| Ppm(percent.saturating_mul(10_000));
	let tier = |(name, thousands, slash, discount, priority): &(&str, Balance, u32, u32, u32)| StakeTier {
		name: TierName::truncate_from(name.as_bytes().to_vec()),
		min_stake: thousands.saturating_mul(1_000).saturating_mul(TOKEN),
		max_slash: ppm(*slash),
		discount: ppm(*discount),
		priority: ppm(*priority),
	};
	table.iter().map(tier).collect()
}

/// What offences cost: V14's two, and Q5's within the ranges of its classes (the points in them are ours). Every economy has both: a
/// chain that could not punish what a vote finds would be no safer for it. `hour` is the chain's, `appeal` how long a slash waits.
pub fn offences(hour: u32, appeal: u32) -> Vec<OffenceRow> {
	use Offence as O;
	let day = hour.saturating_mul(24);
	let (none, months) = (Ban::None, Ban::For(day.saturating_mul(180)));
	let row = |offence, tenths: u32, ban, appeal, pause| OffenceRow {
		offence,
		terms: OffenceTerms { fraction: Ppm(tenths.saturating_mul(1_000)), ban, appeal, pause },
	};
	[
		// At most once a day.
		row(O::Downtime, 5, none, appeal, day),
		row(O::SlowResponses, 10, none, appeal, day),
		row(O::LowUptime, 20, none, appeal, day),
		row(O::PoorOutputs, 50, none, appeal, day),
		row(O::ConsistentlyPoor, 50, none, appeal, day),
		row(O::RepeatedMinor, 100, none, appeal, day),
		row(O::FalseCapability, 150, none, appeal, day),
		row(O::NetworkAttack, 150, months, appeal, 0),
		row(O::MaliciousResponses, 200, months, appeal, 0),
		row(O::PrivacyViolation, 200, months, appeal, 0),
		row(O::FalsifiedResult, 1_000, Ban::Forever, appeal.min(day), 0),
	]
	.into()
}

/// The account of a pot, or of a placeholder.
pub fn account(pot: PalletId) -> AccountId {
	pot.into_account_truncating()
}

impl Row {
	/// What rounds emit.
	pub fn emission(name: &'static str, amount: Balance) -> Self {
		let holder = account(EmissionPot::get());
		Self { name, amount, release: Release::Emission, holder, placeholder: false }
	}

	/// What comes to the treasury as it comes free.
	pub fn treasury(name: &'static str, amount: Balance, unlock: Unlock) -> Self {
		let holder = account(StreamPot::get());
		Self { name, amount, release: Release::Treasury(unlock), holder, placeholder: false }
	}

	/// What the treasury has from the start.
	pub fn in_treasury(name: &'static str, amount: Balance) -> Self {
		let release = Release::Holders(Unlock::AtOnce);
		Self { name, amount, release, holder: Treasury::account_id(), placeholder: false }
	}

	/// What accounts hold that the launch names; `pot` stands for them until then.
	pub fn holders(name: &'static str, amount: Balance, unlock: Unlock, pot: PalletId) -> Self {
		Self { name, amount, release: Release::Holders(unlock), holder: account(pot), placeholder: true }
	}

	/// Whether its accounts are locked.
	pub fn is_locked(&self) -> bool {
		matches!(self.release, Release::Holders(unlock) if unlock != Unlock::AtOnce)
	}
}
