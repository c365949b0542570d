//! Every unit of an account's that is not its to spend now: where it is, when it is free, by which call.

use alloc::{format, string::String, vec::Vec};
use frame_support::traits::VestingSchedule;
use sp_core::H256;
use sp_runtime::traits::ConvertInto;
use vektor_primitives::{Asset, Balance};
use vektor_runtime_api::HeldMoney;

use crate::{AccountId, Balances, Jobs, LockStaking, Models, Operators, Revenue, Runtime, RuntimeHoldReason, Vesting};

/// One row.
fn row(what: &str, of: String, asset: Asset, amount: Balance, free_when: String, by: &str) -> HeldMoney {
	HeldMoney { what: what.into(), of, asset, amount, free_when, by: by.into() }
}

fn id(hash: H256) -> String {
	format!("{hash:?}")
}

/// All of it: what lies in the pots of this chain's own pallets, then what the SDK's hold in the account itself.
pub fn money(account: AccountId) -> Vec<HeldMoney> {
	[
		escrows(&account),
		earnings(&account),
		collateral(&account),
		deposits(&account),
		airdrop(&account),
		positions(&account),
		holds(&account),
		locks(&account),
	]
	.concat()
}

fn escrows(account: &AccountId) -> Vec<HeldMoney> {
	let rows = Jobs::held(account.clone()).into_iter();
	rows.map(|held| {
		let when = match held.refund_due {
			true => "once the account takes it: it refused the refund".into(),
			false => format!("at live slot {}, unless it is delivered", held.deadline.saturating_add(1)),
		};
		row("escrow", id(held.job.0), held.asset, held.amount, when, "jobs.expire")
	})
	.collect()
}

fn earnings(account: &AccountId) -> Vec<HeldMoney> {
	let mut rows = Vec::new();
	for operator in Operators::paid_to(account.clone()) {
		for held in Revenue::accrued(operator) {
			let of = id(operator.0);
			let Some((native, paid)) = held.claimable else {
				let when = format!("after the buyback of lot {}", held.lot);
				rows.push(row("accrual", of, held.asset, held.amount, when, "revenue.claim"));
				continue;
			};
			for (asset, amount) in [(Asset::Native, native), (held.asset, paid)].into_iter().filter(|due| due.1 > 0) {
				rows.push(row(
					"accrual",
					of.clone(),
					asset,
					amount,
					format!("now, of lot {}", held.lot),
					"revenue.claim",
				));
			}
		}
	}
	for operator in Operators::paid_to(account.clone()) {
		let earned = Revenue::earned(operator).into_iter().filter(|held| held.amount > 0);
		rows.extend(earned.map(|held| {
			let when = format!("now, of round {}", held.round);
			row("emission", id(operator.0), Asset::Native, held.amount, when, "revenue.claimWork")
		}));
	}
	for operator in Operators::paid_to(account.clone()) {
		let amount = Revenue::earned_availability(operator);
		if amount > 0 {
			let (of, when) = (id(operator.0), "now, for devices that were there".into());
			rows.push(row("emission", of, Asset::Native, amount, when, "revenue.claimAvailability"));
		}
	}
	for held in Revenue::held(account.clone()) {
		let when = "once the account takes it: it refused the payment".into();
		rows.push(row("owed", String::new(), held.asset, held.amount, when, "revenue.payout"));
	}
	rows
}

fn collateral(account: &AccountId) -> Vec<HeldMoney> {
	let mut rows = Vec::new();
	for held in Operators::held(account.clone()) {
		let (what, when, by) = match held.free_at {
			Some(at) => ("unbonding", format!("at live slot {at}"), "operators.withdrawUnbonded"),
			None => ("collateral", "once drained, unbonded and waited for".into(), "operators.unbond"),
		};
		let of = id(held.operator.0);
		let decided = "once its cases are decided, if they do not take it".into();
		let free = row(what, of.clone(), Asset::Native, held.amount.saturating_sub(held.frozen), when, by);
		let frozen = row("set aside", of, Asset::Native, held.frozen, decided, "operators.withdrawUnbonded");
		rows.extend([free, frozen].into_iter().filter(|row| row.amount > 0));
	}
	rows
}

fn deposits(account: &AccountId) -> Vec<HeldMoney> {
	let rows = Models::held(account.clone()).into_iter();
	rows.map(|held| {
		let when = match held.removable {
			Some(at) => format!("at live slot {at}"),
			None => "once retired and waited for".into(),
		};
		let (what, by) = match held.challenge {
			true => ("challenge bond", "models.end_challenge"),
			false => ("model deposit", "models.retire"),
		};
		row(what, id(held.model.0), Asset::Native, held.amount, when, by)
	})
	.collect()
}

/// A share of the airdrop that waits to be claimed.
fn airdrop(account: &AccountId) -> Vec<HeldMoney> {
	let share = pallet_supply::Airdrop::<Runtime>::get(account).into_iter();
	share
		.map(|amount| row("airdrop", String::new(), Asset::Native, amount, "now".into(), "supply.claimAirdrop"))
		.collect()
}

/// What it has staked under a lock, and the yield in it.
fn positions(account: &AccountId) -> Vec<HeldMoney> {
	let rows = LockStaking::held(account).into_iter();
	rows.map(|held| {
		let when = match held.expires {
			0 => "now".into(),
			day => format!("{} slots after the first, and it earns until then", LockStaking::day_begins(day)),
		};
		let of = format!("position {}", held.position.id);
		row("lock stake", of, Asset::Native, held.worth, when, "lockStaking.unstake")
	})
	.collect()
}

/// Stakes and deposits in the account's reserved balance.
fn holds(account: &AccountId) -> Vec<HeldMoney> {
	let mut other = Balances::reserved_balance(account);
	let mut rows = Vec::new();
	for held in pallet_balances::Holds::<Runtime>::get(account) {
		other = other.saturating_sub(held.amount);
		let (what, when, by) = match held.id {
			RuntimeHoldReason::Staking(_) => {
				("stake", "the bonding time after it was unbonded", "staking.unbond, then staking.withdrawUnbonded")
			}
			RuntimeHoldReason::Preimage(_) => ("deposit", "with the preimage", "preimage.unnotePreimage"),
			RuntimeHoldReason::Session(_) => ("deposit", "with the session keys", "session.purgeKeys"),
			RuntimeHoldReason::SafeMode(_) => ("deposit", "with the safe mode", "safeMode.releaseDeposit"),
		};
		rows.push(row(what, format!("{:?}", held.id), Asset::Native, held.amount, when.into(), by));
	}
	if other > 0 {
		let of = "proxies, multisigs, identity, bounties, referenda".into();
		let when = "with what it was paid for".into();
		rows.push(row("deposit", of, Asset::Native, other, when, "the call that removes it"));
	}
	rows
}

/// What is locked is part of the account's balance, not beside it, and locks may overlap.
fn locks(account: &AccountId) -> Vec<HeldMoney> {
	let rows = Balances::locks(account).into_iter();
	rows.map(|lock| {
		let name = String::from_utf8_lossy(&lock.id).trim_end().into();
		let (when, by) = match &lock.id {
			b"vesting " => (vesting(account, lock.amount), "vesting.vest"),
			b"pyconvot" => ("when the votes and their lock times end".into(), "convictionVoting.unlock"),
			_ => ("when its lock ends".into(), "the pallet that locked it"),
		};
		row("locked", name, Asset::Native, lock.amount, when, by)
	})
	.collect()
}

/// What of a vesting lock is free by now, and when all of it is.
fn vesting(account: &AccountId, lock: Balance) -> String {
	let schedules = pallet_vesting::Vesting::<Runtime>::get(account).unwrap_or_default();
	let end = schedules.iter().map(|schedule| schedule.ending_block_as_balance::<ConvertInto>()).max();
	let still = Vesting::vesting_balance(account).unwrap_or_default();
	let now = lock.saturating_sub(still);
	format!("{now} of it now, all of it {} slots after the first", end.unwrap_or_default())
}
