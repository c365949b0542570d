use serde_json::json;
use vektor_client::{units, Result};

use crate::{ui::table, Common};

/// Shows where an account's money is.
pub async fn execute(common: &Common, whose: Option<String>) -> Result<()> {
	let who = common.whose(whose.as_deref())?;
	let client = common.connect().await?;
	let balances = client.balances(who).await?;
	let mut held = client.held(who).await?;
	if common.json {
		let report = json!({
			"account": who.to_string(),
			"balances": {
				"vktr": balances.vktr.to_string(),
				"locked": balances.locked.to_string(),
				"reserved": balances.reserved.to_string(),
				"usdc": balances.usdc.to_string(),
			},
			"held": held,
		});
		println!("{report:#}");
		return Ok(());
	}
	println!("Account  {who}\n");
	let balance = |amount, free: &str| vec!["balance".into(), amount, free.into(), String::new(), String::new()];
	let free = if balances.locked == 0 { "now" } else { "now, but for what is locked" };
	let mut rows = vec![balance(units::usdc(balances.usdc), "now"), balance(units::vktr(balances.vktr), free)];
	held.sort_by_key(|row| row.what != "locked");
	let held = held.into_iter().map(|held| {
		let what = if held.what == "locked" { "  of it locked".into() } else { held.what };
		vec![what, units::amount(&held.asset, held.amount), held.free_when, held.by, held.of]
	});
	rows.extend(held);
	println!("{}", table(&["what", "amount", "free", "by", "of"], &rows));
	Ok(())
}
