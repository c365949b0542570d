use vektor_client::{
	api::{EmissionInfo, SupplyInfo},
	units,
	units::Token,
	Result,
};

use crate::{
	ui::{json, table},
	Common,
};

/// Shows where every token is.
pub async fn execute(common: &Common) -> Result<()> {
	let client = common.connect().await?;
	let supply = client.supply().await?;
	if common.json {
		return json(&supply);
	}
	print(&supply, &Amounts(units::native()));
	Ok(())
}

/// Writes amounts of a token.
struct Amounts<'a>(&'a Token);

impl Amounts<'_> {
	/// Whole tokens in groups of three, and at most four decimals: what a person reads.
	fn of(&self, value: u128) -> String {
		let text = units::decimal(value, self.0.decimals);
		let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
		let part: String = part.chars().take(4).collect();
		match part.trim_end_matches('0') {
			"" => grouped(whole),
			part => format!("{}.{part}", grouped(whole)),
		}
	}

	/// With the symbol.
	fn named(&self, value: u128) -> String {
		format!("{} {}", self.of(value), self.0.symbol)
	}
}

fn grouped(digits: &str) -> String {
	let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
	groups.join(",")
}

/// A part of a whole in percent, to the nearest hundredth.
fn percent(part: u128, whole: u128) -> String {
	let product = part.checked_mul(10_000).and_then(|product| product.checked_add(whole / 2));
	let hundredths = product.and_then(|product| product.checked_div(whole)).unwrap_or_default();
	format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

fn print(supply: &SupplyInfo, amounts: &Amounts) {
	let share = |value| percent(value, supply.cap);
	let row = |name: &str, value| vec![name.to_string(), amounts.named(value), share(value)];
	let gone = supply.burned.iter().map(|burn| burn.amount).sum();
	let whole = [
		row("cap", supply.cap),
		row("issued", supply.issued),
		row("burned", gone),
		row("locked by vesting", supply.vesting),
		row("in pots", supply.pots.iter().map(|pot| pot.balance).sum()),
		row("circulating", supply.circulating),
	];
	println!("{}\n", table(&["supply", "amount", "of the cap"], &whole));

	let rows: Vec<_> = supply
		.allocations
		.iter()
		.map(|row| {
			vec![
				row.name.clone(),
				amounts.of(row.amount),
				share(row.amount),
				amounts.of(row.unlocked),
				percent(row.unlocked, row.amount),
			]
		})
		.collect();
	println!("{}\n", table(&["allocation", "amount", "of the cap", "free or emitted", "of it"], &rows));

	let rows: Vec<_> = supply
		.pots
		.iter()
		.map(|pot| vec![pot.name.clone(), amounts.of(pot.balance), pot.account.to_string()])
		.collect();
	println!("{}\n", table(&["pot", "holds", "account"], &rows));

	let rows: Vec<_> = supply.burned.iter().map(|burn| vec![burn.cause.clone(), amounts.of(burn.amount)]).collect();
	println!("{}\n", table(&["burned by", "amount"], &rows));

	emission(&supply.emission, amounts);
	if supply.unclaimed_airdrop > 0 {
		println!("\nOf the airdrop {} are not claimed yet.", amounts.named(supply.unclaimed_airdrop));
	}
}

fn emission(emission: &EmissionInfo, amounts: &Amounts) {
	println!(
		"Emission: policy {}, round {}, {} of {} left in the pot.\n",
		emission.policy,
		emission.round,
		amounts.named(emission.remaining),
		amounts.named(emission.total)
	);
	let rows: Vec<_> = [
		("operators, for being there", amounts.of(emission.availability)),
		("operators, for work", amounts.of(emission.work)),
		("stakers", amounts.of(emission.stakers)),
		("validators", amounts.of(emission.validators)),
		("less what came back, unearned", amounts.of(emission.returned)),
		("in all", amounts.of(emission.emitted)),
	]
	.map(|(what, amount)| vec![what.to_string(), amount])
	.into();
	println!("{}\n", table(&["emitted to", "amount"], &rows));
	let rows: Vec<_> = emission
		.forecast
		.iter()
		.map(|year| vec![year.year.to_string(), amounts.of(year.least), amounts.of(year.most)])
		.collect();
	println!("{}", table(&["until the end of year", "at least", "at most"], &rows));
	println!("What a round calls for and nobody takes stays in the pot.");
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_grouped_and_cut() {
		let token = Token { symbol: "VKTR".into(), decimals: 12 };
		let amounts = Amounts(&token);
		assert_eq!(amounts.named(450_000_000_000_000_000_000), "450,000,000 VKTR");
		assert_eq!(amounts.of(1_234_567_891_234_567), "1,234.5678");
		assert_eq!(amounts.of(999), "0");
		assert_eq!(amounts.of(1_500_000_000_000), "1.5");
	}

	#[test]
	fn parts_are_percent_of_the_whole() {
		assert_eq!(percent(45, 100), "45.00 %");
		assert_eq!(percent(1, 3), "33.33 %");
		assert_eq!(percent(2, 3), "66.67 %");
		assert_eq!(percent(1, 0), "0.00 %");
	}
}
