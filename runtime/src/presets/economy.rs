//! What an economy is made of: the numbers of its document, and ours where it has none.

use alloc::vec::Vec;
use frame_support::PalletId;
use pallet_lock_staking::{Rules, Tier, Tiers};
use pallet_revenue::{Factor, Factors, Measure, RevenueSplit};
use pallet_supply::{DemandShares, EmissionPolicy, FloorShares, Release, Unlock};
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{Balance, Ppm, VKTR};

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
