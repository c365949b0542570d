//! `vektor model register`.

use std::path::{Path, PathBuf};

use clap::Args;
use vektor_client::{
	calls::{self, NewModel},
	events,
	keys::Key,
	units, Client, Error, Result,
};
use vektor_primitives::{KeySetup, Needs, Scheme, Usd, Verification};

use super::{affordable, forgers, known, send};
use crate::{
	files,
	model::sources::{self, Source, Trust},
	session::parse_image,
	ui::json,
	Common,
};

/// What is registered.
#[derive(Args)]
pub struct Options {
	/// The file that holds the network, such as network.onnx. Its hash goes into the record: publish the file.
	#[arg(long, value_name = "FILE", required_unless_present = "session")]
	onnx: Option<PathBuf>,
	/// ezkl: the settings.json that the key was made with. Its hash goes into the record: publish the file.
	#[arg(long, value_name = "FILE", requires = "vka")]
	settings: Option<PathBuf>,
	/// ezkl: the verification key, as create-evm-vka wrote it, with or without the count before its words.
	#[arg(long, value_name = "FILE", requires = "settings", required_unless_present_any = ["snarkjs_key", "session"])]
	vka: Option<PathBuf>,
	/// Groth16: snarkjs's verification_key.json.
	#[arg(long, value_name = "FILE", conflicts_with = "vka", requires_all = ["layout", "output_scale"])]
	snarkjs_key: Option<PathBuf>,
	/// Groth16: the order of the circuit's public inputs, such as commitment,binding,outputs:10.
	#[arg(long, value_name = "SLOTS", requires = "snarkjs_key")]
	layout: Option<String>,
	/// An enclave: the image that must run, one that governance allows: its id, or its measurement as snp:HEX or tdx:HEX.
	#[arg(long, value_name = "IMAGE", conflicts_with_all = ["onnx", "vka", "snarkjs_key"])]
	#[arg(requires_all = ["artefact", "outputs"])]
	session: Option<String>,
	/// An enclave: the file that holds the network, or its hash, 0x and 64 digits. Publish the file.
	#[arg(long, value_name = "FILE", requires = "session")]
	artefact: Option<String>,
	/// An enclave: how many outputs a result has, 1 to 255.
	#[arg(long, value_name = "N", requires = "session", value_parser = clap::value_parser!(u8).range(1..))]
	outputs: Option<u8>,
	/// Groth16, an enclave: what an output is divided by to have the network's own number [default for an enclave: 1].
	/// ezkl's keys say it themselves.
	#[arg(long, value_name = "N", conflicts_with = "vka")]
	output_scale: Option<u32>,
	/// The price of one inference in USD, such as 0.05.
	#[arg(long, value_name = "USD")]
	price: String,
	/// The shortest deadline that a job may set, in live slots: as long as a proof takes, and some.
	#[arg(long, value_name = "SLOTS", default_value_t = 100)]
	min_deadline: u32,
	/// GPU memory that one device of an operator must have, in gigabytes.
	#[arg(long, value_name = "N", default_value_t = 0)]
	memory_gb: u16,
	/// Under which licence the network may be used, as an SPDX expression. The default grants nothing.
	#[arg(long, value_name = "SPDX", default_value = "LicenseRef-Proprietary")]
	licence: String,
}

/// The chain's bounds of a registration.
struct Bounds {
	price: (u128, u128),
	deadline: u32,
	deposit: (u128, u128),
	existential: u128,
}

impl Bounds {
	async fn of(client: &Client) -> Result<Self> {
		Ok(Self {
			price: (client.constant("Models", "MinPrice").await?, client.constant("Models", "MaxPrice").await?),
			deadline: client.constant("Models", "MaxDeadline").await?,
			deposit: (
				client.constant("Models", "DepositBase").await?,
				client.constant("Models", "DepositPerByte").await?,
			),
			existential: client.constant("Balances", "ExistentialDeposit").await?,
		})
	}

	fn deposit(&self, verification: &Verification) -> u128 {
		let length = match verification {
			Verification::Groth16 { key, .. } => key.len(),
			Verification::Ezkl { key, .. } => key.len(),
			Verification::Session { .. } => 0,
		};
		let (base, per_byte) = self.deposit;
		let bytes = u128::try_from(length).unwrap_or(u128::MAX);
		per_byte.saturating_mul(bytes).saturating_add(base).max(self.existential)
	}

	fn admit(&self, model: &NewModel) -> Result<()> {
		let (least, most) = self.price;
		if !(least..=most).contains(&model.price.0) {
			let bounds = [least, most].map(|price| units::usd(Usd(price)));
			return Err(Error::Refused(format!("--price is from {} to {} on this chain", bounds[0], bounds[1])));
		}
		match (1..=self.deadline).contains(&model.min_deadline) {
			true => Ok(()),
			false => {
				Err(Error::Refused(format!("--min-deadline is from 1 to {} live slots on this chain", self.deadline)))
			}
		}
	}
}

impl Options {
	fn source(&self) -> Result<Source> {
		if let (Some(image), Some(artefact), Some(outputs)) = (&self.session, &self.artefact, self.outputs) {
			let artefact = match artefact.starts_with("0x") {
				true => units::parse_hash(artefact)?,
				false => units::blake2_256(&files::read(Path::new(artefact))?),
			};
			return sources::session(artefact, parse_image(image)?, outputs, self.output_scale.unwrap_or(1));
		}
		let onnx = self.onnx.as_deref().map_or(Ok(Vec::new()), files::read)?;
		match (&self.vka, &self.settings, &self.snarkjs_key, &self.layout, self.output_scale) {
			(Some(vka), Some(settings), ..) => sources::ezkl(&onnx, &files::read(settings)?, &files::read(vka)?),
			(_, _, Some(key), Some(layout), Some(scale)) => sources::snarkjs(&onnx, &files::read(key)?, layout, scale),
			_ => Err(Error::Input(
				"name ezkl's key with --vka and --settings, snarkjs's with --snarkjs-key, or an image with --session"
					.into(),
			)),
		}
	}

	fn draft(&self, source: &Source) -> Result<NewModel> {
		if self.licence.is_empty() || self.licence.len() > 64 {
			return Err(Error::Input("--licence has 1 to 64 characters".into()));
		}
		Ok(NewModel {
			artefact: source.artefact,
			verification: source.verification.clone(),
			needs: Needs { memory_gb: self.memory_gb },
			min_deadline: self.min_deadline,
			output_scale: source.output_scale,
			price: Usd(units::parse_decimal(&self.price, 6)?),
			licence: self.licence.clone(),
		})
	}
}

/// Registers a model.
pub async fn execute(common: &Common, options: &Options) -> Result<()> {
	let source = options.source()?;
	let mut draft = options.draft(&source)?;
	let key = common.signer()?;
	let client = common.connect().await?;
	key.allowed_on(client.chain().kind)?;
	let setup = trusted(&client, &source.trust).await?;
	if let Verification::Groth16 { setup: claimed, .. } = &mut draft.verification {
		*claimed = setup;
	}
	let bounds = Bounds::of(&client).await?;
	bounds.admit(&draft)?;
	let deposit = bounds.deposit(&draft.verification);
	affordable(&client, &key, deposit, "the deposit").await?;
	if !common.json {
		println!("Network    {}", units::hex_of(source.artefact));
		match source.trust {
			Trust::Image(_) => println!("Image      {}", source.words),
			_ => println!("Key        {}", source.words),
		}
		println!("Setup      {}", forgers(setup));
		println!("Deposit    {}, back some time after the model has retired", units::vktr(deposit));
	}
	register(common, &client, &key, &draft).await
}

async fn register(common: &Common, client: &Client, key: &Key, draft: &NewModel) -> Result<()> {
	let included = send(client, key, calls::register_model(draft), "Registering").await?;
	let id = events::model_registered(&included.events)?;
	let model = known(client, id).await?;
	if common.json {
		return json(&model);
	}
	println!("Model      {}", units::hex_of(id.0));
	println!("Verified   from live slot {}, unless somebody challenges it before", model.verified_from);
	let publish = match model.scheme {
		Scheme::Session { .. } => "network and image, and how both are made",
		_ => "network and settings",
	};
	println!(
		"\nNext: publish {publish}, have an operator serve it, and `vektor submit --model {}`",
		units::hex_of(id.0)
	);
	Ok(())
}

/// Who could forge, or that the chain does not trust how the key was made.
async fn trusted(client: &Client, trust: &Trust) -> Result<KeySetup> {
	match trust {
		Trust::Srs(point) => client.srs_setup(point).await?.ok_or_else(|| {
			Error::Refused(format!(
				"the chain does not trust the structured reference string that the key was made with ({}): make the \
				 key again under one that it trusts",
				units::hex_of(point)
			))
		}),
		Trust::Ceremony(key) => Ok(match client.has_ceremony(*key).await? {
			true => KeySetup::Ceremony,
			false => KeySetup::SingleParty,
		}),
		Trust::Image(image) => match client.allows_image(image).await? {
			true => Ok(KeySetup::Hardware),
			false => Err(Error::Refused(format!(
				"governance does not allow the image {} on this chain, so nobody can attest it: `verification.allowImage` \
				 takes its measurement",
				units::hex_of(image)
			))),
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	fn parse(words: &str) -> std::result::Result<Options, clap::Error> {
		let words = format!("vektor model register {words}");
		let cli = crate::Cli::try_parse_from(words.split_whitespace())?;
		let crate::Command::Model(super::super::Command::Register(options)) = cli.command else { panic!() };
		Ok(*options)
	}

	#[test]
	fn a_registration_names_one_kind_of_key_with_all_that_belongs_to_it() {
		assert!(parse("--onnx n --settings s --vka v --price 0.05").is_ok());
		assert!(
			parse("--onnx n --snarkjs-key k --layout commitment,binding,outputs:1 --output-scale 2 --price 1").is_ok()
		);
		assert!(parse("--session i --artefact a --outputs 3 --price 1").is_ok());
		assert!(parse("--session i --artefact a --outputs 255 --output-scale 8 --price 1").is_ok());
		for wrong in [
			"--session i --artefact a --price 1",
			"--session i --outputs 3 --price 1",
			"--session i --artefact a --outputs 0 --price 1",
			"--session i --artefact a --outputs 256 --price 1",
			"--session i --artefact a --outputs 3 --onnx n --price 1",
			"--session i --artefact a --outputs 3 --settings s --vka v --price 1",
			"--onnx n --settings s --vka v --outputs 3 --price 1",
			"--artefact a --outputs 3 --price 1",
			"--onnx n --price 1",
			"--onnx n --vka v --price 1",
			"--onnx n --settings s --price 1",
			"--onnx n --settings s --vka v",
			"--settings s --vka v --price 1",
			"--onnx n --snarkjs-key k --price 1",
			"--onnx n --snarkjs-key k --layout l --price 1",
			"--onnx n --settings s --vka v --output-scale 2 --price 1",
			"--onnx n --settings s --vka v --snarkjs-key k --layout l --output-scale 2 --price 1",
			"--onnx n --settings s --vka v --price 1 --min-deadline x",
		] {
			assert_eq!(parse(wrong).err().map(|error| error.exit_code()), Some(2), "{wrong}");
		}
	}

	fn source() -> Source {
		let verification = Verification::Session { image: Default::default(), outputs: 1 };
		Source {
			artefact: [1; 32],
			verification,
			output_scale: 8,
			trust: Trust::Ceremony([0; 32]),
			words: String::new(),
		}
	}

	#[test]
	fn terms_are_read_as_written_and_refused_out_of_the_chains_bounds() {
		let draft = |words: &str| parse(&format!("--onnx n --settings s --vka v {words}")).unwrap().draft(&source());
		let bounds = Bounds { price: (10_000, 1_000_000), deadline: 500, deposit: (100, 10), existential: 50 };
		let good = draft("--price 0.05 --memory-gb 80 --licence MIT").unwrap();
		assert_eq!((good.price, good.needs, good.min_deadline), (Usd(50_000), Needs { memory_gb: 80 }, 100));
		assert_eq!((good.licence.as_str(), good.output_scale, good.artefact), ("MIT", 8, [1; 32]));
		bounds.admit(&good).unwrap();
		for (words, named) in [
			("--price 0.009999", "0.01 USD to 1 USD"),
			("--price 1.000001", "0.01 USD to 1 USD"),
			("--price 1 --min-deadline 0", "1 to 500"),
			("--price 1 --min-deadline 501", "1 to 500"),
		] {
			let refused = bounds.admit(&draft(words).unwrap()).unwrap_err().to_string();
			assert!(refused.contains(named), "{refused}");
		}
		assert!(draft("--price free").is_err());
		assert!(draft(&format!("--price 1 --licence {}", "x".repeat(65))).is_err());
	}

	#[test]
	fn an_enclaves_network_is_named_by_its_file_or_its_hash() {
		let dir = tempfile::tempdir().unwrap();
		let file = dir.path().join("weights");
		std::fs::write(&file, b"network").unwrap();
		let (id, hash) = (units::hex_of([7; 32]), units::hex_of(units::blake2_256(b"network")));
		for artefact in [file.to_str().unwrap(), &hash] {
			let options = parse(&format!("--session {id} --artefact {artefact} --outputs 3 --price 1")).unwrap();
			let source = options.source().unwrap();
			assert_eq!((source.artefact, source.output_scale), (units::blake2_256(b"network"), 1));
			let verification = Verification::Session { image: parse_image(&id).unwrap(), outputs: 3 };
			assert_eq!(options.draft(&source).unwrap().verification, verification);
		}
		for (image, artefact) in [("0x07", hash.as_str()), (&id, "0x07"), (&id, "/nowhere/at/all")] {
			let options = parse(&format!("--session {image} --artefact {artefact} --outputs 3 --price 1")).unwrap();
			assert!(options.source().is_err(), "{image} {artefact}");
		}
	}

	#[test]
	fn the_deposit_is_the_chains_by_length_and_never_below_the_existential_one() {
		let key =
			|length| Verification::Ezkl { key: vec![0; length].try_into().unwrap(), settings: Default::default() };
		let bounds = Bounds { price: (0, 0), deadline: 0, deposit: (100, 10), existential: 120 };
		assert_eq!(bounds.deposit(&key(1)), 120);
		assert_eq!(bounds.deposit(&key(6_720)), 67_300);
		assert_eq!(bounds.deposit(&source().verification), 120);
	}
}
