//! Where every token is, as the runtime API says it.

use alloc::{format, string::String, vec::Vec};
use frame_support::{
	traits::{fungible::Inspect, VestingSchedule},
	PalletId,
};
use pallet_supply::{BurnCause, EmissionPolicy, Report};
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::Balance;
use vektor_runtime_api::{AllocationInfo, BurnInfo, EmissionInfo, ForecastInfo, PotInfo, SupplyInfo};

use crate::{
	configs::{
		inference::{
			JobsPot, ModelsPot, OperationsPot, OperatorsPot, QualityPot, ReservePot, RevenuePot, TreasuryAccount,
		},
		staking::VaultPot,
	},
	AccountId, Balances, Runtime, Supply, Vesting,
};

fn pot(name: &str, account: AccountId) -> PotInfo {
	PotInfo { name: name.into(), balance: Balances::total_balance(&account), account }
}

/// The protocol's accounts beside those of `Supply`.
fn others() -> Vec<PotInfo> {
	let own = |name, id: PalletId| pot(name, id.into_account_truncating());
	[
		pot("treasury", TreasuryAccount::get()),
		own("reserve", ReservePot::get()),
		own("operations", OperationsPot::get()),
		own("quality", QualityPot::get()),
		own("lock staking", VaultPot::get()),
		own("revenue", RevenuePot::get()),
		own("escrows", JobsPot::get()),
		own("collateral", OperatorsPot::get()),
		own("model deposits", ModelsPot::get()),
	]
	.into()
}

/// What vesting locks now: read from its own storage, since holders may have merged schedules or been given more.
fn vesting() -> Balance {
	let holders = pallet_vesting::Vesting::<Runtime>::iter_keys();
	holders.fold(0, |sum: Balance, who| sum.saturating_add(Vesting::vesting_balance(&who).unwrap_or_default()))
}

fn cause(cause: BurnCause) -> String {
	format!("{cause:?}").to_lowercase()
}

fn policy(policy: &EmissionPolicy) -> &'static str {
	match policy {
		EmissionPolicy::LoadWeighted => "loadWeighted",
		EmissionPolicy::YearTable { .. } => "yearTable",
		EmissionPolicy::Released => "released",
		EmissionPolicy::Milestones { .. } => "milestones",
	}
}

/// All of it.
pub fn report() -> SupplyInfo {
	let report = Supply::report();
	let pots: Vec<_> = report.pots.iter().map(|(name, who, _)| pot(name, who.clone())).chain(others()).collect();
	let vesting = vesting();
	let held = pots.iter().fold(vesting, |sum, pot| sum.saturating_add(pot.balance));
	let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
	SupplyInfo {
		cap: report.cap,
		issued: report.issued,
		circulating: report.issued.saturating_sub(held),
		vesting,
		allocations: report
			.allocations
			.iter()
			.map(|(row, unlocked)| AllocationInfo { name: text(&row.name), amount: row.amount, unlocked: *unlocked })
			.collect(),
		burned: report.burned.iter().map(|(why, amount)| BurnInfo { cause: cause(*why), amount: *amount }).collect(),
		unclaimed_airdrop: report.unclaimed,
		emission: emission(&report),
		pots,
	}
}

fn emission(report: &Report<AccountId>) -> EmissionInfo {
	let emitted = report.emitted;
	EmissionInfo {
		policy: policy(&report.policy).into(),
		round: report.round.index,
		round_ends: report.round.ends,
		total: report.total,
		remaining: report.remaining,
		emitted: emitted.net(),
		availability: emitted.availability,
		work: emitted.work,
		stakers: emitted.stakers,
		validators: emitted.validators,
		returned: emitted.returned,
		forecast: report
			.forecast
			.iter()
			.map(|year| ForecastInfo { year: year.year, least: year.least, most: year.most })
			.collect(),
	}
}
