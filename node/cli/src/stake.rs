use chrono::{TimeDelta, Utc};
use serde_json::json;
use vektor_client::{
	api::{PositionInfo, TierInfo},
	calls::{self, Call},
	units, Client, Error, Result, Until,
};
use vektor_primitives::Ppm;

use crate::{
	ui::{json as print, table, Ui},
	Common,
};

/// Stakes.
pub async fn stake(common: &Common, amount: &str, days: u32) -> Result<()> {
	let client = common.connect().await?;
	let tier = tier_of(&client, days).await?;
	let amount = native(amount)?;
	// The chain would say "underflow" of an account that has less.
	let has = client.balances(common.signer()?.account()).await?;
	let free = has.vktr.saturating_sub(has.locked);
	if amount > free {
		return Err(Error::Input(format!("the account has {} to stake, less than that", units::vktr(free))));
	}
	send(common, &client, calls::stake(amount, tier), "Staking").await
}

/// Makes a lock longer.
pub async fn extend(common: &Common, position: u32, days: u32) -> Result<()> {
	let client = common.connect().await?;
	let tier = tier_of(&client, days).await?;
	send(common, &client, calls::extend(position, tier), "Extending").await
}

/// Takes a position out.
pub async fn unstake(common: &Common, position: u32, amount: Option<&str>) -> Result<()> {
	let client = common.connect().await?;
	let amount = amount.map(native).transpose()?;
	send(common, &client, calls::unstake(position, amount), "Unstaking").await
}

/// Lists an account's positions.
pub async fn list(common: &Common, whose: Option<String>) -> Result<()> {
	let who = common.whose(whose.as_deref())?;
	let client = common.connect().await?;
	let found = client.positions(who).await?;
	if common.json {
		return print(&found);
	}
	println!("Account  {who}\n");
	let calendar = Calendar::of(&client).await?;
	let staked = found.iter().map(|position| position.worth).sum();
	if found.is_empty() {
		println!("No stake. `vektor stake AMOUNT --days N` makes one.\n");
	} else {
		println!("{}", positions(&found, &calendar));
		println!("All of it, worth {}, in each tier:\n", units::vktr(staked));
	}
	println!("{}", tiers(&client.apy().await?, staked, &calendar));
	Ok(())
}

/// Shows what each tier earns.
pub async fn apy(common: &Common) -> Result<()> {
	let client = common.connect().await?;
	let found = client.apy().await?;
	if common.json {
		return print(&found);
	}
	println!("{}", tiers(&found, 0, &Calendar::of(&client).await?));
	Ok(())
}

fn native(text: &str) -> Result<u128> {
	units::parse_decimal(text, units::native().decimals)
}

/// The number of the tier with that many days.
async fn tier_of(client: &Client, days: u32) -> Result<u8> {
	let tiers = client.apy().await?;
	let at = tiers.iter().position(|tier| tier.days == days);
	at.and_then(|at| at.try_into().ok()).ok_or_else(|| {
		let known: Vec<_> = tiers.iter().map(|tier| tier.days.to_string()).collect();
		Error::Input(match known.as_slice() {
			[] => "this chain has no lock staking".into(),
			known => format!("no tier locks for {days} days: there are {}", known.join(", ")),
		})
	})
}

/// What each tier earns, and what `staked` would vote with in it.
fn tiers(found: &[TierInfo], staked: u128, calendar: &Calendar) -> String {
	let rows = found.iter().map(|tier| {
		let lock = if tier.days == 0 { "liquid".into() } else { format!("{} days", tier.days) };
		let votes = match staked {
			0 => times(tier.votes),
			all => units::decimal(all.saturating_mul(tier.votes.0.into()) / 1_000_000, units::native().decimals),
		};
		vec![
			lock,
			times(tier.yields),
			percent(tier.real_yield),
			percent(tier.emission),
			votes,
			calendar.liquid(tier.liquid_at, tier.now),
		]
	});
	let heads = ["lock", "earns", "from clients, a year", "from emission, a year", "votes", "liquid, if locked now"];
	let table = table(&heads, &rows.collect::<Vec<_>>());
	format!("{table}\n\nAt the pace of now, yield upon yield not counted. It rises and falls with what clients pay: no promise.")
}

fn times(parts: Ppm) -> String {
	format!("{} x", units::decimal(parts.0.into(), 6))
}

fn percent(parts: u64) -> String {
	format!("{}.{:02} %", parts / 10_000, parts % 10_000 / 100)
}

async fn send(common: &Common, client: &Client, call: Call, doing: &str) -> Result<()> {
	let key = common.signer()?;
	let mut ui = Ui::new();
	ui.now(doing);
	let fee = client.fee_asset(&call, &key).await?;
	let included = client.send(&call, &key, fee, Until::InBlock, |_| ()).await?;
	drop(ui);
	let found = client.positions(key.account()).await?;
	if common.json {
		return print(&json!({ "block": units::hex_of(included.block), "positions": found }));
	}
	println!("Done, in block {}.\n", units::hex_of(included.block));
	if !found.is_empty() {
		println!("{}", positions(&found, &Calendar::of(client).await?));
	}
	Ok(())
}

/// Tells when a slot comes.
struct Calendar {
	slot_ms: u64,
}

impl Calendar {
	async fn of(client: &Client) -> Result<Self> {
		Ok(Self { slot_ms: client.constant("Babe", "ExpectedBlockTime").await? })
	}

	/// The day of a slot, and how far off it is.
	fn liquid(&self, slot: u32, now: u32) -> String {
		let ms = u64::from(slot.saturating_sub(now)).saturating_mul(self.slot_ms);
		let day = i64::try_from(ms)
			.ok()
			.and_then(TimeDelta::try_milliseconds)
			.and_then(|far| Utc::now().checked_add_signed(far));
		match (ms, day) {
			(0, _) => "now".into(),
			(_, None) => format!("in {}", span(ms / 1_000)),
			(_, Some(day)) => format!("{} (in {})", day.format("%Y-%m-%d %H:%M UTC"), span(ms / 1_000)),
		}
	}
}

fn positions(found: &[PositionInfo], calendar: &Calendar) -> String {
	let rows: Vec<_> = found
		.iter()
		.map(|position| {
			let gain = position.worth.saturating_sub(position.principal);
			vec![
				position.position.to_string(),
				units::vktr(position.worth),
				units::vktr(position.principal),
				units::vktr(gain.saturating_sub(position.due)),
				times(position.yields),
				times(position.votes),
				calendar.liquid(position.liquid_at, position.now),
			]
		})
		.collect();
	table(&["position", "worth", "put in", "yield so far", "earns", "votes", "liquid"], &rows)
}

/// A time in its two largest units.
fn span(seconds: u64) -> String {
	let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
	match (days, hours) {
		(0, 0) => format!("{minutes} min {} s", seconds % 60),
		(0, _) => format!("{hours} h {minutes} min"),
		_ => format!("{days} days {hours} h"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_time_has_its_two_largest_units() {
		assert_eq!(span(59), "0 min 59 s");
		assert_eq!(span(3_700), "1 h 1 min");
		assert_eq!(span(90 * 86_400 + 7_300), "90 days 2 h");
	}
}
