use std::{net::IpAddr, path::PathBuf};

use clap::Args;
use vektor_client::{
	api::Quote,
	calls::{self, Order},
	events, units, Client, Error, FeeAsset, Progress, Result, Until,
};
use vektor_primitives::{Asset, USDC};

use crate::{
	choose::{choose, Chosen},
	endpoint,
	input::Input,
	job::{self, Report},
	jobfile::JobFiles,
	model::assured,
	ui::Ui,
	wait, Common,
};

/// A job gets at least so many live slots, where the caller does not say.
const USUAL_DEADLINE: u32 = 100;

/// What to order, from whom and for how much.
#[derive(Args)]
pub struct Options {
	/// Which of the held-out handwritten digits, from 0.
	#[arg(long, default_value_t = 0, value_name = "N", conflicts_with = "pixels")]
	sample: usize,
	/// A file with 64 numbers from 0 to 16 instead: 8 rows of 8, separated by spaces, commas or lines.
	#[arg(long, value_name = "FILE")]
	pixels: Option<PathBuf>,
	/// For a model of ezkl's: the input with its salt, as commit-input wrote it. For a model in an enclave: the input as
	/// its program takes it, which is salted, and sealed to the enclave, here.
	#[arg(long, value_name = "FILE", requires = "model", conflicts_with_all = ["sample", "pixels"])]
	input: Option<PathBuf>,
	/// For a model of ezkl's: its settings.json.
	#[arg(long, value_name = "FILE", requires = "input")]
	settings: Option<PathBuf>,
	/// The model [default: the cheapest digits model whose owner has an operator that takes work].
	#[arg(long, value_name = "ID")]
	model: Option<String>,
	/// The operator [default: one of the model's owner].
	#[arg(long, value_name = "ID")]
	operator: Option<String>,
	/// What to pay in: usdc or vktr.
	#[arg(long, default_value = "usdc")]
	asset: String,
	/// The most to pay, in that asset [default: what the quote says; in vktr 2 % more, since its price moves].
	#[arg(long, value_name = "AMOUNT")]
	max_price: Option<String>,
	/// Live slots until the deadline [default: 100, or the model's minimum].
	#[arg(long, value_name = "SLOTS")]
	deadline: Option<u32>,
	/// Where to send the input [default: the endpoint that the chain has for the operator].
	#[arg(long, value_name = "URL")]
	endpoint: Option<String>,
	/// What to pay the transaction's fee in: vktr, usdc, or auto: VKTR if the account has enough of it, else USDC.
	#[arg(long, default_value = "auto")]
	fee: Fee,
	/// Return once the operator has the input.
	#[arg(long)]
	no_wait: bool,
}

/// What the fee is paid in.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Fee {
	Auto,
	Vktr,
	Usdc,
}

/// Orders one inference; whether it was settled, or with --no-wait whether the operator has the input.
pub async fn execute(common: &Common, options: Options) -> Result<bool> {
	let file = options.input.as_deref().map(|file| (file, options.settings.as_deref()));
	let input = Input::of(options.sample, options.pixels.as_deref(), file)?;
	let asset = units::parse_asset(&options.asset)?;
	let key = common.signer()?;
	let files = JobFiles::open()?;
	let mut ui = Ui::new();
	ui.now(format!("Connecting to {}", common.node));
	let mut client = common.connect().await?;
	key.allowed_on(client.chain().kind)?;
	ui.line(&input.picture.iter().chain([&input.name]).cloned().collect::<Vec<_>>().join("\n"));

	ui.now("Choosing an operator");
	let chosen = choose(&client, options.model.as_deref(), options.operator.as_deref()).await?;
	input.fits(&chosen.model)?;
	if input.is_secret() && !is_own(client.url()) {
		ui.line(&format!(
			"The input is sealed to the key that {} says is the enclave's. Whoever runs that node could name their own \
			 and read the input: go through a node of yours if you do not trust them.",
			client.url()
		));
	}
	let payload = input.payload(client.chain().genesis, &chosen)?;
	let Chosen { model, operator, .. } = chosen;
	ui.line(&format!("Assurance {}", assured(&model)));
	let quote = client.quote(model.id, asset.clone()).await?;
	let max_price = match &options.max_price {
		Some(text) => units::parse_decimal(text, if asset == Asset::Native { units::DECIMALS } else { 6 })?,
		// The price of VKTR moves between the quote and the block; what is paid is the block's.
		None if asset == Asset::Native => quote.amount.saturating_add(quote.amount / 50),
		None => quote.amount,
	};
	affordable(&client, &key.account(), &quote, max_price).await?;

	let Input { name, commitment, .. } = input;
	// An input file may be that of a job that is open already: its payload is not ours to forget.
	let is_new = files.payload(&commitment)?.is_none();
	files.keep(&commitment, &payload)?;
	let order = Order {
		model: model.id,
		commitment,
		payload: units::blake2_256(&payload),
		max_price,
		asset,
		deadline: options.deadline.unwrap_or(quote.min_deadline.max(USUAL_DEADLINE)),
		operator: operator.id,
	};
	let call = calls::submit_job(&order);
	let fee = match options.fee {
		Fee::Auto => client.fee_asset(&call, &key).await?,
		Fee::Vktr => FeeAsset::Native,
		Fee::Usdc => FeeAsset::WithId(USDC),
	};
	ui.now(format!("Submitting the job for {}", units::amount(&quote.asset, quote.amount)));
	let said = &mut ui;
	let sent = client
		.send(&call, &key, fee, Until::InBlock, |progress| match progress {
			Progress::Sent(_) => said.now("Waiting for a block"),
			Progress::Retracted => said.now("That block was retracted; waiting for another"),
			_ => (),
		})
		.await;
	let may_be_paid = |e: Error| {
		e.advise(format!(
			"The order may be in a block all the same, or get into one in the next hours: then `vektor money {}` lists its \
			 escrow with the job's id, and `vektor job ID --resend --wait` goes on. While it is not there, nothing was paid.",
			key.account()
		))
	};
	let id = match sent {
		Ok(included) => events::job_submitted(&included.events).map_err(may_be_paid)?,
		// The payload stays: nothing else can have a paid job delivered.
		Err(e) if e.is_unsure() => return Err(may_be_paid(e)),
		Err(e) => {
			if is_new {
				files.forget(&commitment);
			}
			return Err(e);
		}
	};
	ui.line(&format!("Job {} in escrow: {}", units::hex_of(id.0), units::amount(&quote.asset, quote.amount)));

	let endpoint = options.endpoint.as_deref().unwrap_or(&operator.endpoint);
	let taken = endpoint::send(&mut client, endpoint, id, &payload, &mut ui).await.map_err(|e| {
		let id = units::hex_of(id.0);
		e.advise(format!("`vektor job {id} --resend` tries again; after the deadline the escrow comes back by itself."))
	})?;
	if options.no_wait {
		drop(ui);
		job::show(common, &client, id).await?;
		return Ok(taken);
	}
	let done = wait::until_done(client, id, &mut ui).await?;
	files.forget(&commitment);
	drop(ui);
	Ok(Report::of(done, Some(model)).with_input(name).print(common.json))
}

/// Whether a node is on this machine, so that nobody else speaks for it.
fn is_own(node: &str) -> bool {
	let Ok(url) = reqwest::Url::parse(node) else { return false };
	let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
	host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Says before anything is sent what the chain would say after it.
async fn affordable(client: &Client, who: &vektor_client::AccountId, quote: &Quote, max_price: u128) -> Result<()> {
	let price = units::amount(&quote.asset, quote.amount);
	if quote.amount > max_price {
		let most = units::amount(&quote.asset, max_price);
		return Err(Error::Refused(format!("it costs {price}, more than --max-price {most}")));
	}
	let balances = client.balances(*who).await?;
	let has = match quote.asset {
		Asset::Native => balances.vktr.saturating_sub(balances.locked),
		Asset::WithId(_) => balances.usdc,
	};
	if has < quote.amount {
		let has = units::amount(&quote.asset, has);
		return Err(Error::Refused(format!("it costs {price}, and {who} has {has}")));
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_node_is_ones_own_on_loopback_alone() {
		for own in ["ws://127.0.0.1:9944", "ws://localhost", "ws://[::1]:9944", "wss://127.8.8.8/path"] {
			assert!(is_own(own), "{own}");
		}
		for other in ["wss://rpc.example", "ws://192.168.0.7:9944", "ws://localhost.example", "ws://[::2]", "none"] {
			assert!(!is_own(other), "{other}");
		}
	}

	#[test]
	fn an_input_file_goes_with_its_model_and_settings_and_with_no_digit() {
		use clap::Parser;
		let parse = |words: &str| {
			let words = format!("vektor submit {words}");
			crate::Cli::try_parse_from(words.split_whitespace()).map(drop).map_err(|error| error.exit_code())
		};
		assert_eq!(parse("--model 0x1 --input i --settings s"), Ok(()));
		assert_eq!(parse("--model 0x1 --input i"), Ok(()));
		for wrong in [
			"--input i --settings s",
			"--input i",
			"--model 0x1 --settings s",
			"--model 0x1 --input i --settings s --sample 3",
			"--model 0x1 --input i --settings s --pixels p",
		] {
			assert_eq!(parse(wrong), Err(2), "{wrong}");
		}
	}
}
