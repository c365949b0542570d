use serde_json::json;
use vektor_client::{
	api::PositionInfo,
	calls::{self, Call},
	units, Client, Error, Result, Until,
};

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
	if found.is_empty() {
		println!("No stake. `vektor stake AMOUNT --days N` makes one; the tiers are:\n");
		return tiers(&client).await;
	}
	let slot: u64 = client.constant("Babe", "ExpectedBlockTime").await?;
	println!("{}", positions(&found, slot));
	Ok(())
}

fn native(text: &str) -> Result<u128> {
	units::parse_decimal(text, units::native().decimals)
}

/// The number of the tier with that many days.
async fn tier_of(client: &Client, days: u32) -> Result<u8> {
	let tiers = client.tiers().await?;
	let at = tiers.iter().position(|tier| tier.days == days);
	at.and_then(|at| at.try_into().ok()).ok_or_else(|| {
		let known: Vec<_> = tiers.iter().map(|tier| tier.days.to_string()).collect();
		Error::Input(match known.as_slice() {
			[] => "this chain has no lock staking".into(),
			known => format!("no tier locks for {days} days: there are {}", known.join(", ")),
		})
	})
}

async fn tiers(client: &Client) -> Result<()> {
	let times = |parts: u32| format!("{} x", units::decimal(parts.into(), 6));
	let rows = client.tiers().await?.into_iter().map(|tier| {
		let lock = if tier.days == 0 { "liquid".into() } else { format!("{} days", tier.days) };
		vec![lock, times(tier.yields.0), times(tier.votes.0)]
	});
	println!("{}", table(&["lock", "yield", "votes"], &rows.collect::<Vec<_>>()));
	Ok(())
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
	let slot: u64 = client.constant("Babe", "ExpectedBlockTime").await?;
	println!("Done, in block {}.\n", units::hex_of(included.block));
	if !found.is_empty() {
		println!("{}", positions(&found, slot));
	}
	Ok(())
}

fn positions(found: &[PositionInfo], slot_ms: u64) -> String {
	let rows: Vec<_> = found
		.iter()
		.map(|position| {
			let seconds = u64::from(position.liquid_at.saturating_sub(position.now)).saturating_mul(slot_ms) / 1_000;
			let liquid = if seconds == 0 { "now".into() } else { format!("in {}", span(seconds)) };
			vec![
				position.position.to_string(),
				units::vktr(position.worth),
				units::vktr(position.principal),
				units::vktr(position.worth.saturating_sub(position.principal)),
				format!("{} x", units::decimal(position.yields.0.into(), 6)),
				liquid,
			]
		})
		.collect();
	table(&["position", "worth", "put in", "yield so far", "earns", "liquid"], &rows)
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
