use serde_json::json;
use vektor_client::{units, Result};

use crate::{ui::table, Common};

/// Shows where an account's money is.
pub async fn execute(common: &Common, whose: Option<String>) -> Result<()> {
	let who = common.whose(whose.as_deref())?;
	let client = common.connect().await?;
	let balances = client.balances(who).await?;
	let held = client.held(who).await?;
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
	let mut rows = vec![
		vec!["balance".into(), units::usdc(balances.usdc), "now".into(), String::new(), String::new()],
		vec!["balance".into(), units::vktr(balances.vktr), "now".into(), String::new(), String::new()],
	];
	if balances.locked > 0 {
		rows.push(vec![
			"  of it locked".into(),
			units::vktr(balances.locked),
			"as its lock says".into(),
			String::new(),
			String::new(),
		]);
	}
	if balances.reserved > 0 {
		rows.push(vec![
			"reserved".into(),
			units::vktr(balances.reserved),
			"when its deposit ends".into(),
			String::new(),
			String::new(),
		]);
	}
	rows.extend(
		held.into_iter()
			.map(|held| vec![held.what, units::amount(&held.asset, held.amount), held.free_when, held.by, held.of]),
	);
	println!("{}", table(&["what", "amount", "free", "by", "of"], &rows));
	Ok(())
}
