use std::path::{Path, PathBuf};

use clap::Args;
use rand::{rngs::OsRng, RngCore};
use vektor_circuits::digits::{self, Payload, PIXELS};
use vektor_client::{
	api::{OperatorFilter, OperatorInfo, Quote},
	calls::{self, Order},
	events, units, Client, Error, FeeAsset, Model, Progress, Result, Until, H256,
};
use vektor_primitives::{Asset, ModelId, OperatorId, USDC};

use crate::{
	endpoint,
	job::{self, Report},
	jobfile::JobFiles,
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

/// Orders one inference; whether it was settled.
pub async fn execute(common: &Common, options: Options) -> Result<bool> {
	let (pixels, name) = image(&options)?;
	let asset = units::parse_asset(&options.asset)?;
	let key = common.signer()?;
	let files = JobFiles::open()?;
	let mut ui = Ui::new();
	ui.now(format!("Connecting to {}", common.node));
	let mut client = common.connect().await?;
	key.allowed_on(client.chain().kind)?;
	ui.line(&format!("{}\n{name}", digits::ascii(&pixels)));

	ui.now("Choosing an operator");
	let (model, operator) = choose(&client, &options).await?;
	let quote = client.quote(model, asset.clone()).await?;
	let max_price = match &options.max_price {
		Some(text) => units::parse_decimal(text, if asset == Asset::Native { 12 } else { 6 })?,
		// The price of VKTR moves between the quote and the block; what is paid is the block's.
		None if asset == Asset::Native => quote.amount.saturating_add(quote.amount / 50),
		None => quote.amount,
	};
	affordable(&client, &key.account(), &quote, max_price).await?;

	let mut salt = [0; 32];
	OsRng.fill_bytes(&mut salt);
	let payload = Payload { pixels, salt };
	let (commitment, bytes) = (payload.commitment(), payload.to_bytes());
	files.keep(&commitment, &bytes)?;
	let order = Order {
		model,
		commitment,
		payload: units::blake2_256(&bytes),
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
	let id = match sent {
		Ok(included) => events::job_submitted(&included.events)?,
		Err(e) => {
			if !e.is_node_loss() {
				files.forget(&commitment);
				return Err(e);
			}
			return Err(e.advise(format!(
				"The order may be in a block all the same: then `vektor money {}` lists its escrow with the job's id, and \
				 `vektor job ID --resend --wait` goes on. If it is not there, nothing was paid.",
				key.account()
			)));
		}
	};
	ui.line(&format!("Job {} in escrow: {}", units::hex_of(id.0), units::amount(&quote.asset, quote.amount)));

	let endpoint = options.endpoint.as_deref().unwrap_or(&operator.endpoint);
	endpoint::send(&mut client, endpoint, id, &bytes, &mut ui).await.map_err(|e| {
		let id = units::hex_of(id.0);
		e.advise(format!("`vektor job {id} --resend` tries again; after the deadline the escrow comes back by itself."))
	})?;
	if options.no_wait {
		drop(ui);
		job::show(common, &client, id).await?;
		return Ok(true);
	}
	let done = wait::until_done(client, id, &mut ui).await?;
	files.forget(&commitment);
	drop(ui);
	Ok(Report::of(done).with_image(name).print(common.json))
}

/// The image, and what it is called.
fn image(options: &Options) -> Result<([u8; PIXELS], String)> {
	if let Some(path) = &options.pixels {
		return Ok((read_pixels(path)?, format!("{}", path.display())));
	}
	let samples = digits::held_out();
	let sample = samples.get(options.sample).ok_or_else(|| {
		Error::Input(format!("there are {} held-out digits: --sample takes 0 to {}", samples.len(), samples.len() - 1))
	})?;
	Ok((sample.pixels, format!("held-out digit {}, written as a {}", options.sample, sample.label)))
}

fn read_pixels(path: &Path) -> Result<[u8; PIXELS]> {
	let shown = path.display();
	let text = std::fs::read_to_string(path).map_err(|e| Error::Input(format!("cannot read {shown}: {e}")))?;
	let numbers: Vec<u8> = text
		.split(|c: char| c.is_whitespace() || c == ',')
		.filter(|word| !word.is_empty())
		.map(|word| word.parse().ok().filter(|pixel| *pixel <= digits::PIXEL_MAX))
		.collect::<Option<_>>()
		.ok_or_else(|| Error::Input(format!("{shown}: a pixel is a number from 0 to {}", digits::PIXEL_MAX)))?;
	let count = numbers.len();
	numbers.try_into().map_err(|_| Error::Input(format!("{shown} has {count} numbers, an image has {PIXELS}")))
}

/// The model and the operator that the options name, or the best there is.
async fn choose(client: &Client, options: &Options) -> Result<(ModelId, OperatorInfo)> {
	let named = match &options.operator {
		Some(text) => {
			let id = OperatorId(H256(units::parse_hash(text)?));
			let found = client.operator(id).await?;
			Some(found.ok_or_else(|| Error::Missing(format!("the chain knows no operator {text}")))?)
		}
		None => None,
	};
	let wanted = options.model.as_deref().map(units::parse_hash).transpose()?.map(|hash| ModelId(H256(hash)));
	let eligible = match &named {
		Some(_) => Vec::new(),
		None => client.operators(OperatorFilter { eligible: true, ..OperatorFilter::default() }).await?,
	};
	let mut models = client.models().await?;
	models.retain(|model| match wanted {
		Some(id) => model.id == id,
		None => model.artefact == H256(digits::artefact()) && !model.retired,
	});
	models.sort_by_key(|model| model.price);
	pick(&models, named, eligible).ok_or_else(|| {
		Error::Missing(match (models.is_empty(), wanted) {
			(true, Some(_)) => "the chain knows no such model".into(),
			(true, None) => "nobody has registered the digits model here: `vektor-operator register` does".into(),
			(false, _) => {
				"no operator of this model takes work at the moment: `vektor operators --all` says why".into()
			}
		})
	})
}

/// The first model that someone serves: only the owner of a model has its proving key.
fn pick(models: &[Model], named: Option<OperatorInfo>, eligible: Vec<OperatorInfo>) -> Option<(ModelId, OperatorInfo)> {
	let owns = |model: &Model, operator: &OperatorInfo| AsRef::<[u8; 32]>::as_ref(&operator.owner) == &model.owner.0;
	if let Some(operator) = named {
		let model = models.iter().find(|model| owns(model, &operator)).or(models.first())?;
		return Some((model.id, operator));
	}
	models.iter().find_map(|model| {
		let operator = eligible.iter().find(|operator| owns(model, operator))?;
		Some((model.id, operator.clone()))
	})
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

	fn pixels_of(text: &str) -> Result<[u8; PIXELS]> {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("image.txt");
		std::fs::write(&path, text).unwrap();
		read_pixels(&path)
	}

	#[test]
	fn an_image_is_read_from_numbers() {
		let text = "0, 16 1\n".repeat(21) + "7";
		assert_eq!(pixels_of(&text).unwrap()[..4], [0, 16, 1, 0]);
		assert!(pixels_of("1 2 3").unwrap_err().to_string().contains("has 3 numbers"));
		assert!(pixels_of(&"17 ".repeat(64)).unwrap_err().to_string().contains("0 to 16"));
		assert!(pixels_of(&"x ".repeat(64)).is_err());
	}

	fn operator(n: u8, owner: u8) -> OperatorInfo {
		OperatorInfo {
			id: OperatorId(H256([n; 32])),
			owner: [owner; 32].into(),
			agent: [n; 32].into(),
			status: vektor_primitives::OperatorStatus::Active,
			class: "H100".into(),
			gpus: 1,
			region: "local".into(),
			endpoint: "http://127.0.0.1:9955".into(),
			collateral: 1,
			required: 1,
			open_work: 0,
			exposure: Default::default(),
			exposure_bound: Default::default(),
			frozen: 0,
			tier: None,
			reputation: 400,
			fill_rate: None,
			reach: Default::default(),
			uptime: Default::default(),
			maintenance: None,
			barred: None,
			identity: None,
			ineligible: None,
		}
	}

	fn model(n: u8, owner: u8, price: u128) -> Model {
		Model {
			id: ModelId(H256([n; 32])),
			owner: [owner; 32].into(),
			artefact: H256::zero(),
			price: vektor_primitives::Usd(price),
			retired: false,
		}
	}

	#[test]
	fn the_cheapest_model_that_someone_can_prove_is_chosen() {
		let models = [model(1, 10, 5), model(2, 20, 6)];
		let chosen = pick(&models, None, vec![operator(7, 20)]).unwrap();
		assert_eq!((chosen.0, chosen.1.id), (models[1].id, operator(7, 20).id));
		assert!(pick(&models, None, vec![operator(7, 30)]).is_none());
		assert!(pick(&[], Some(operator(7, 30)), vec![]).is_none());
	}

	#[test]
	fn a_named_operator_serves_its_own_model_first() {
		let models = [model(1, 10, 5), model(2, 20, 6)];
		assert_eq!(pick(&models, Some(operator(7, 20)), vec![]).unwrap().0, models[1].id);
		assert_eq!(pick(&models, Some(operator(7, 30)), vec![]).unwrap().0, models[0].id);
	}
}
