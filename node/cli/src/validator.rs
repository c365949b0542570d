use clap::Subcommand;
use serde_json::json;
use vektor_client::{
	calls::{self, Call},
	units,
	validators::{self, Payee, Validator},
	AccountId, Client, Error, Result, Until,
};

use vektor_primitives::VKTR;

use crate::{
	ui::{json as print, Ui},
	Common,
};

/// Five per cent, in parts per billion.
const COMMISSION: u32 = 50_000_000;

/// What a validator's owner does.
#[derive(Subcommand)]
pub enum Command {
	/// Have the node make new session keys, and print the arguments of `session.setKeys`. `join` does this by itself.
	Keys {
		/// Who will register them: an address [default: the account of --account or --key]. The proof is for this account alone.
		#[arg(long, value_name = "ACCOUNT")]
		owner: Option<String>,
	},
	/// Bond tokens, register new keys of the node and stand for election, in one transaction. Again: bonds more, with new keys.
	Join {
		/// How much to bond, such as 100000.
		bond: String,
		/// What to keep of nominators' rewards, in per cent [default: what it is, and 5 at first].
		#[arg(long, value_name = "PERCENT")]
		commission: Option<String>,
	},
	/// Show how a validator stands: bond, keys, election, points.
	Status {
		/// Whose: an address, or a name such as //Alice [default: the account of --account or --key].
		#[arg(value_name = "ACCOUNT")]
		whose: Option<String>,
	},
	/// Stand for election no more, and unbond all of it. The node must run until its last session is over.
	Leave,
	/// Take out what has unbonded. With nothing left at stake, the keys go and their deposit comes back.
	Withdraw,
}

/// Does it.
pub async fn execute(common: &Common, what: Command) -> Result<()> {
	let client = common.connect().await?;
	match what {
		Command::Keys { owner } => keys(common, &client, owner).await,
		Command::Join { bond, commission } => join(common, &client, &bond, commission.as_deref()).await,
		Command::Status { whose } => status(common, &client, common.whose(whose.as_deref())?).await,
		Command::Leave => leave(common, &client).await,
		Command::Withdraw => withdraw(common, &client).await,
	}
}

async fn keys(common: &Common, client: &Client, owner: Option<String>) -> Result<()> {
	let owner = common.whose(owner.as_deref())?;
	let made = client.rotate_keys(owner).await?;
	let (keys, proof) = (units::hex_of(&made.keys), units::hex_of(&made.proof));
	if common.json {
		return print(&json!({ "owner": owner.to_string(), "keys": keys, "proof": proof }));
	}
	println!("The node has made these keys and keeps their secrets. Sign as {owner}:\n");
	println!("session.setKeys\n  keys   {keys}\n  proof  {proof}\n");
	println!("The proof shows that the node has the secrets, for this account alone. Signed by another, or with the proof of other");
	println!(
		"keys, the call fails with session.InvalidProof. In Polkadot.js: Developer, Extrinsics, session, setKeys."
	);
	Ok(())
}

async fn join(common: &Common, client: &Client, bond: &str, commission: Option<&str>) -> Result<()> {
	let owner = common.signer()?.account();
	let bond = units::parse_decimal(bond, units::native().decimals)?;
	let commission = commission.map(parts_of).transpose()?;
	if client.is_syncing().await? {
		return Err(Error::Input("the node is still behind the network: join once it has caught up".into()));
	}
	let before = client.validator(owner).await?;
	let commission = commission.or(before.commission).unwrap_or(COMMISSION);
	let all = before.active.saturating_add(bond);
	if all < before.least {
		let (all, least) = (units::vktr(all), units::vktr(before.least));
		return Err(Error::Input(format!("a validator bonds at least {least}, and this would be {all}")));
	}
	let has = client.balances(owner).await?;
	// Unvested tokens may be bonded too: they stay locked.
	let most = has.vktr.saturating_sub(VKTR);
	if bond > most {
		return Err(Error::Input(format!(
			"the account has {} to bond, less than that: one more stays for fees and the keys' deposit",
			units::vktr(most)
		)));
	}
	let made = client.rotate_keys(owner).await?;
	let mut steps = match (before.is_bonded, bond) {
		(false, _) => vec![validators::bond(bond)],
		(true, 0) => vec![validators::set_payee(Payee::Staked)],
		(true, more) => vec![validators::bond_extra(more), validators::set_payee(Payee::Staked)],
	};
	steps.extend([validators::set_keys(&made), validators::validate(commission)]);
	send(common, client, calls::all(steps), "Joining").await
}

async fn leave(common: &Common, client: &Client) -> Result<()> {
	let before = client.validator(common.signer()?.account()).await?;
	let mut steps = Vec::new();
	if before.commission.is_some() {
		steps.push(validators::chill());
	}
	if before.active > 0 {
		steps.push(validators::unbond(before.active));
		// What its last eras pay is not bonded again.
		steps.push(validators::set_payee(Payee::Stash));
	}
	if steps.is_empty() {
		return Err(Error::Input(
			"there is nothing to leave: the account neither stands for election nor bonds".into(),
		));
	}
	send(common, client, calls::all(steps), "Leaving").await
}

async fn withdraw(common: &Common, client: &Client) -> Result<()> {
	let before = client.validator(common.signer()?.account()).await?;
	let due = before.unbonding.iter().filter(|chunk| chunk.era <= before.planned).count();
	if due == 0 {
		let next = before.unbonding.iter().map(|chunk| chunk.era).min();
		return Err(Error::Input(match next {
			Some(era) => format!("nothing can be withdrawn before era {era}; this is era {}", before.era),
			None => "nothing is unbonding".into(),
		}));
	}
	let is_last = before.active == 0 && due == before.unbonding.len();
	let gone = is_last && before.keys.is_some() && !before.is_elected;
	let purge = gone.then(validators::purge_keys);
	let steps = purge.into_iter().chain([validators::withdraw(before.spans)]).collect();
	send(common, client, calls::all(steps), "Withdrawing").await
}

/// Per cent to parts per billion.
fn parts_of(percent: &str) -> Result<u32> {
	let parts = units::parse_decimal(percent, 7)?;
	u32::try_from(parts)
		.ok()
		.filter(|parts| *parts <= 1_000_000_000)
		.ok_or_else(|| Error::Input(format!("{percent} is no commission: from 0 to 100 per cent")))
}

async fn send(common: &Common, client: &Client, call: Call, doing: &str) -> Result<()> {
	let key = common.signer()?;
	let mut ui = Ui::new();
	ui.now(doing);
	let fee = client.fee_asset(&call, &key).await?;
	let included = client.send(&call, &key, fee, Until::Finalised, |_| ()).await?;
	drop(ui);
	if !common.json {
		println!("Done, and final in block {}.\n", units::hex_of(included.block));
	}
	status(common, client, key.account()).await
}

async fn status(common: &Common, client: &Client, who: AccountId) -> Result<()> {
	let found = client.validator(who).await?;
	// A node for the public does not say.
	let here = match &found.keys {
		Some(keys) => client.has_session_keys(keys).await.ok(),
		None => None,
	};
	if common.json {
		return print(&json!({
			"account": who.to_string(),
			"bonded": found.active.to_string(),
			"unbonding": found.unbonding.iter().map(|chunk| json!({ "amount": chunk.amount.to_string(), "era": chunk.era })).collect::<Vec<_>>(),
			"commission": found.commission,
			"keys": found.keys.as_ref().map(units::hex_of),
			"keysHere": here,
			"elected": found.is_elected,
			"era": found.era,
			"points": found.points,
		}));
	}
	println!("Account     {who}");
	println!("Bonded      {}, at least {}", units::vktr(found.active), units::vktr(found.least));
	for chunk in &found.unbonding {
		let when = match chunk.era <= found.planned {
			true => "`vektor validator withdraw` takes it out".into(),
			false => format!("from era {} on; this is era {}", chunk.era, found.era),
		};
		println!("Unbonding   {}: {when}", units::vktr(chunk.amount));
	}
	println!("Keys        {}", keys_of(&found, here));
	println!("Election    {}", election(&found));
	Ok(())
}

fn keys_of(found: &Validator, here: Option<bool>) -> String {
	match (&found.keys, here) {
		(None, _) => "none registered: `vektor validator join` does".into(),
		(Some(keys), Some(true)) => format!("{}, of this node", units::hex_of(keys)),
		(Some(keys), Some(false)) => {
			format!("{}, NOT of this node: another has to run, or join again", units::hex_of(keys))
		}
		(Some(keys), None) => format!("{}; this node does not say whether it has them", units::hex_of(keys)),
	}
}

fn election(found: &Validator) -> String {
	match (found.commission, found.is_elected) {
		(Some(_), true) => format!("in this session's set, with {} points in era {}", found.points, found.era),
		(Some(_), false) => format!("stands for it; a set is chosen for each era, and this is era {}", found.era),
		(None, true) => "stands no more, but validates to the end of its set: keep the node running".into(),
		(None, false) => "does not stand".into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn commissions_are_exact_and_at_most_all() {
		assert_eq!(parts_of("5").unwrap(), 50_000_000);
		assert_eq!(parts_of("0.0000001").unwrap(), 1);
		assert_eq!(parts_of("100").unwrap(), 1_000_000_000);
		for wrong in ["100.0000001", "-1", "all", "0.00000001"] {
			assert!(parts_of(wrong).is_err(), "{wrong}");
		}
	}
}
