use std::path::Path;

use clap::Args;
use rand::{rngs::OsRng, RngCore};
use vektor_client::{keys, units, Client, Error, Result};

use crate::{config::Config, gpu, prover, store};

/// What goes into the configuration.
#[derive(Args, Clone, Debug)]
pub struct Options {
	/// The node to follow.
	#[arg(long, default_value = "ws://127.0.0.1:9944")]
	pub node: String,
	/// Where to listen for inputs.
	#[arg(long, default_value = "127.0.0.1:9955")]
	pub listen: String,
	/// Where clients reach that, as the chain will say it.
	#[arg(long, default_value = "http://127.0.0.1:9955")]
	pub endpoint: String,
	/// The hardware class, as in the chain's table [default: what this machine has; H100 where it has no NVIDIA driver].
	#[arg(long)]
	pub class: Option<String>,
	/// How many GPUs [default: as many as this machine has of that class; 1 without a driver].
	#[arg(long)]
	pub gpus: Option<u32>,
	/// The region.
	#[arg(long, default_value = "local")]
	pub region: String,
	/// The uplink in gigabits per second.
	#[arg(long, default_value_t = 10)]
	pub uplink: u32,
	/// The price of one inference, in USD.
	#[arg(long, default_value = "0.1")]
	pub price: String,
}

#[cfg(test)]
impl Default for Options {
	fn default() -> Self {
		use clap::FromArgMatches;
		let matches = Self::augment_args(clap::Command::new("init")).get_matches_from(["init"]);
		Self::from_arg_matches(&matches).unwrap()
	}
}

/// Writes what does not exist yet, and says what it will cost where a node can be asked.
pub async fn execute(path: &Path, options: Options) -> Result<()> {
	let config = write(path, options)?;
	match Client::connect(&config.node).await {
		Ok(client) => price(&client, &config).await?,
		Err(_) => println!("Collateral     no node at {}: `register` will say what it asks", config.node),
	}
	println!(
		"\nNext: vektor-operator register --owner FILE   (//Bob on a development chain), then vektor-operator run"
	);
	Ok(())
}

/// What the class asks, and what that is worth.
async fn price(client: &Client, config: &Config) -> Result<()> {
	let Some(class) = client.class(&config.class).await?.filter(|class| class.enabled) else {
		println!("Collateral     the chain takes no operators of class {} now", config.class);
		return Ok(());
	};
	let asked = class.collateral_per_gpu.saturating_mul(config.gpus.into());
	let worth = client.worth(asked).await?.map_or("no price now".into(), |usd| format!("some {}", units::usd(usd)));
	println!(
		"Collateral     {} for {} x {}, {worth}; a quarter of it to start, half of what you earn joins it until it is whole",
		units::vktr(asked),
		config.gpus,
		config.class
	);
	Ok(())
}

/// The hardware that the configuration names: what is said, or what is there.
fn hardware(options: &Options) -> Result<(String, u32)> {
	let found = match (&options.class, options.gpus) {
		(Some(_), Some(_)) => None,
		_ => gpu::find()?,
	};
	let class = options.class.clone().or_else(|| found.as_ref().map(|found| found.class.into()));
	let gpus = options.gpus.or_else(|| found.as_ref().map(|found| found.gpus));
	if let Some(found) = &found {
		println!("Hardware       {} x {} found", found.gpus, found.class);
	}
	Ok((class.unwrap_or_else(|| "H100".into()), gpus.unwrap_or(1)))
}

fn write(path: &Path, options: Options) -> Result<Config> {
	let failed = |e: std::io::Error| Error::Input(format!("cannot write {}: {e}", path.display()));
	if path.exists() {
		println!("Configuration  {} exists and stays as it is", path.display());
	} else {
		if let Some(folder) = path.parent() {
			std::fs::create_dir_all(folder).map_err(failed)?;
		}
		let (class, gpus) = hardware(&options)?;
		let options = Options { class: Some(class), gpus: Some(gpus), ..options };
		store::write_synced(path, config_text(&options).as_bytes()).map_err(failed)?;
		println!("Configuration  {} written", path.display());
	}
	let config = Config::load(path)?;
	std::fs::create_dir_all(config.jobs()).map_err(failed)?;

	if config.agent_key.exists() {
		let key = keys::load(&config.agent_key.to_string_lossy(), None)?;
		println!("Agent key      {} exists: account {}", config.agent_key.display(), key.account());
	} else {
		let mut seed = [0; 32];
		OsRng.fill_bytes(&mut seed);
		let key = keys::create(&config.agent_key, seed)?;
		println!(
			"Agent key      {} written, readable by you alone: account {}",
			config.agent_key.display(),
			key.account()
		);
	}

	let (key, made) = prover::find_or_make(&config.data)?;
	let word = if made { "made from this machine's randomness" } else { "exists" };
	println!("Proving key    {} {word}. Whoever has it can forge proofs: keep it", key.file.display());
	Ok(config)
}

/// The configuration file, with comments.
pub fn config_text(o: &Options) -> String {
	let quoted = |text: &str| toml::Value::String(text.into()).to_string();
	format!(
		r#"# vektor-operator. Relative paths are relative to this file's folder.

# The node to follow, over WebSocket.
node = {node}

# Where to listen for inputs and validators' probers, and how they reach that. Probers speak plain HTTP: an https:// endpoint is never judged
# to be up.
listen = {listen}
endpoint = {endpoint}

# Jobs in progress, proving keys and what `register` found out.
data = "."

# The hot key: signs deliveries, holds no more than a float for fees. The owner's key is never kept here.
agent_key = "agent.key"

# The hardware, as the chain's table of classes names it, and where it stands.
class = {class}
gpus = {gpus}
region = {region}
uplink_gbps = {uplink}

# The terms of the digits model. The price is in USD; deadlines are counted in live slots of 6 seconds.
[model]
price = {price}
min_deadline = 10
licence = "Apache-2.0"

# Models of your own that ezkl proves, one such part for each (docs/operate/serve-a-model.md).
# [[ezkl]]
# model = "0x.."
# folder = "models/mlp"
# srs = "kzg-15.srs"
# time_limit = 600  # seconds for one proof, if less than its job has

# Where ezkl's command is, if not on PATH.
# [tools]
# ezkl = "ezkl"

# Models that run in the confidential VM that the agent runs in, if it does (docs/operate/serve-a-model.md). The platform is "tsm" (AMD SEV-SNP
# or Intel TDX), or "emulated", which only development chains trust.
# [session]
# platform = "tsm"
# [[session.model]]
# model = "0x.."
# command = ["/opt/model/serve"]
# time_limit = 600  # seconds for one input, if less than its job has
"#,
		node = quoted(&o.node),
		listen = quoted(&o.listen),
		endpoint = quoted(&o.endpoint),
		class = quoted(o.class.as_deref().unwrap_or("H100")),
		gpus = o.gpus.unwrap_or(1),
		region = quoted(&o.region),
		uplink = o.uplink,
		price = quoted(&o.price),
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_second_init_leaves_everything_as_it_is() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("op/config.toml");
		write(&path, Options::default()).unwrap();
		let read = || {
			let mut files: Vec<_> = std::fs::read_dir(dir.path().join("op"))
				.unwrap()
				.flatten()
				.filter(|entry| entry.path().is_file())
				.map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap()))
				.collect();
			files.sort();
			files
		};
		let before = read();
		assert_eq!(before.len(), 3);
		write(&path, Options { gpus: Some(8), ..Options::default() }).unwrap();
		assert_eq!(read(), before);
	}
}
