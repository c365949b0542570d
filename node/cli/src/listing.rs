use vektor_client::{api::OperatorFilter, units, Result};

use crate::{
	ui::{json, table},
	Common,
};

/// Lists operators.
pub async fn operators(common: &Common, all: bool) -> Result<()> {
	let client = common.connect().await?;
	let found = client.operators(OperatorFilter { eligible: !all, ..OperatorFilter::default() }).await?;
	if common.json {
		return json(&found);
	}
	if found.is_empty() {
		println!("No operator takes work at the moment. `--all` lists the others too.");
		return Ok(());
	}
	let rows: Vec<_> = found
		.into_iter()
		.map(|operator| {
			let takes = operator.ineligible.map_or("yes".into(), |why| format!("no: {why:?}"));
			vec![
				units::hex_of(operator.id.0),
				format!("{:?}", operator.status),
				format!("{} x {}", operator.gpus, operator.class),
				operator.region,
				operator.open_work.to_string(),
				takes,
				operator.endpoint,
			]
		})
		.collect();
	println!("{}", table(&["operator", "status", "hardware", "region", "open", "takes work", "endpoint"], &rows));
	Ok(())
}

/// Lists lots.
pub async fn lots(common: &Common, n: u32) -> Result<()> {
	let found = common.connect().await?.lots(n).await?;
	if common.json {
		return json(&found);
	}
	if found.is_empty() {
		println!("No lot yet: the first settlement opens one.");
		return Ok(());
	}
	let rows: Vec<_> = found
		.into_iter()
		.map(|lot| {
			let amount = |value| units::amount(&lot.asset, value);
			vec![
				lot.lot.to_string(),
				lot.state.clone(),
				amount(lot.asset_in),
				amount(lot.operators),
				amount(lot.stakers),
				amount(lot.burn),
				amount(lot.to_spend),
				units::vktr(lot.bought),
				units::usd(lot.value),
				lot.opened.to_string(),
			]
		})
		.collect();
	let heading = [
		"lot",
		"state",
		"in",
		"operators",
		"stakers",
		"burn",
		"to spend",
		"bought",
		"value of the payments",
		"opened in block",
	];
	println!("{}", table(&heading, &rows));
	Ok(())
}
