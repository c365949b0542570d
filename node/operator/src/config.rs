mod session;

use std::{
	collections::BTreeSet,
	net::SocketAddr,
	num::NonZeroU64,
	path::{Path, PathBuf},
	time::Duration,
};

use serde::{Deserialize, Serialize};
use vektor_client::{units, Error, Result, H256};
use vektor_primitives::ModelId;

pub use session::{PlatformKind, SessionTerms};

/// The settings, as `init` writes them and a person edits them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
	pub node: String,
	pub listen: SocketAddr,
	pub endpoint: String,
	#[serde(default)]
	pub data: PathBuf,
	pub agent_key: PathBuf,
	pub class: String,
	pub gpus: u32,
	pub region: String,
	pub uplink_gbps: u32,
	pub model: ModelTerms,
	/// Models that ezkl proves, served beside the digits.
	#[serde(default)]
	pub ezkl: Vec<EzklModel>,
	/// Models that run in an enclave, where the agent does.
	pub session: Option<SessionTerms>,
	#[serde(default)]
	pub tools: Tools,
}

/// A model that is registered and that ezkl proves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EzklModel {
	/// Its id.
	pub model: String,
	/// `network.ezkl`, `settings.json`, `pk.key`, `vk.key` and `vka.bin`.
	pub folder: PathBuf,
	/// The SRS that its keys were made under.
	pub srs: PathBuf,
	/// How long a proof may take, in seconds; until its job's deadline where nothing is said.
	pub time_limit: Option<NonZeroU64>,
}

impl EzklModel {
	/// Its id.
	pub fn id(&self) -> Result<ModelId> {
		Ok(ModelId(H256(units::parse_hash(&self.model)?)))
	}

	/// How long a proof may take, where that is said.
	pub fn time_limit(&self) -> Option<Duration> {
		self.time_limit.map(|seconds| Duration::from_secs(seconds.get()))
	}
}

/// Programs of others that the agent calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tools {
	/// ezkl's command; the one on `PATH` where none is named.
	pub ezkl: Option<PathBuf>,
}

/// On what terms the digits model is offered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelTerms {
	/// In USD.
	pub price: String,
	pub min_deadline: u32,
	pub licence: String,
}

/// What `register` found or made: which ids are this operator's on which chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
	/// The chain's genesis hash.
	pub genesis: String,
	/// The operator's id.
	pub operator: String,
	/// The digits model's id.
	pub model: String,
	/// The hash that the proving key's file is named by.
	pub key: String,
}

/// `~/.vektor/operator/config.toml`.
pub fn default_path() -> Result<PathBuf> {
	let home = std::env::var_os("HOME")
		.ok_or_else(|| Error::Input("HOME is not set: name the configuration with --config FILE".into()))?;
	Ok(PathBuf::from(home).join(".vektor/operator/config.toml"))
}

impl Config {
	/// Reads the file; relative paths in it are relative to its folder.
	pub fn load(path: &Path) -> Result<Self> {
		let text = std::fs::read_to_string(path).map_err(|e| {
			Error::Input(format!("cannot read {}: {e}. `vektor-operator init` writes one", path.display()))
		})?;
		let folder = path.parent().unwrap_or(Path::new("."));
		Self::parse(&text, folder).map_err(|e| Error::Input(format!("{}: {e}", path.display())))
	}

	fn parse(text: &str, folder: &Path) -> Result<Self> {
		let mut config: Self = toml::from_str(text).map_err(|e| Error::Input(e.to_string()))?;
		let inside = |path: &Path| folder.join(path).components().collect::<PathBuf>();
		config.data = inside(&config.data);
		config.agent_key = inside(&config.agent_key);
		let longest = |name: &str, value: &str, most: usize| match value.len() {
			0 => Err(Error::Input(format!("{name} is empty"))),
			n if n > most => Err(Error::Input(format!("{name} has {n} bytes, at most {most} fit on chain"))),
			_ => Ok(()),
		};
		longest("class", &config.class, 16)?;
		longest("region", &config.region, 32)?;
		longest("endpoint", &config.endpoint, 128)?;
		longest("model.licence", &config.model.licence, 64)?;
		if !config.endpoint.starts_with("http://") && !config.endpoint.starts_with("https://") {
			return Err(Error::Input(format!("endpoint {} is no http:// or https:// address", config.endpoint)));
		}
		config.price()?;
		let mut known = BTreeSet::new();
		for model in &mut config.ezkl {
			let id = model.id().map_err(|e| Error::Input(format!("ezkl.model: {e}")))?;
			if !known.insert(id) {
				return Err(Error::Input(format!("ezkl.model {} is there twice", model.model)));
			}
			model.folder = inside(&model.folder);
			model.srs = inside(&model.srs);
		}
		if let Some(session) = &mut config.session {
			session.check(&mut known, inside)?;
		}
		config.tools.ezkl = config.tools.ezkl.as_deref().map(inside);
		Ok(config)
	}

	/// The price of one inference in micro-USD.
	pub fn price(&self) -> Result<vektor_primitives::Usd> {
		Ok(vektor_primitives::Usd(units::parse_decimal(&self.model.price, 6)?))
	}

	/// The folder of the jobs in progress.
	pub fn jobs(&self) -> PathBuf {
		self.data.join("jobs")
	}

	fn registration_file(&self) -> PathBuf {
		self.data.join("registration.json")
	}

	/// What `register` wrote, if it has been run.
	pub fn registration(&self) -> Result<Option<Registration>> {
		let path = self.registration_file();
		match std::fs::read(&path) {
			Ok(bytes) => serde_json::from_slice(&bytes)
				.map(Some)
				.map_err(|e| Error::Input(format!("{} is damaged ({e}): delete it and run register", path.display()))),
			Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
			Err(e) => Err(Error::Input(format!("cannot read {}: {e}", path.display()))),
		}
	}

	/// Keeps what `register` found or made.
	pub fn keep(&self, registration: &Registration) -> Result<()> {
		let text = serde_json::to_vec_pretty(registration).map_err(|e| Error::Input(e.to_string()))?;
		crate::store::write_synced(&self.registration_file(), &text)
			.map_err(|e| Error::Input(format!("cannot write {}: {e}", self.registration_file().display())))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::init;

	#[test]
	fn what_init_writes_is_read_back() {
		let text = init::config_text(&init::Options::default());
		let config = Config::parse(&text, Path::new("/home/op")).unwrap();
		assert_eq!(config.listen.to_string(), "127.0.0.1:9955");
		assert_eq!(config.node, "ws://127.0.0.1:9944");
		assert_eq!(config.agent_key, Path::new("/home/op/agent.key"));
		assert_eq!(config.jobs(), Path::new("/home/op/jobs"));
		assert_eq!(config.price().unwrap(), vektor_primitives::Usd(100_000));
	}

	#[test]
	fn what_the_chain_would_refuse_is_refused_here_first() {
		let good = init::config_text(&init::Options::default());
		for (from, to, says) in [
			("class = \"H100\"", "class = \"ABCDEFGHIJKLMNOPQ\"", "at most 16"),
			("region = \"local\"", "region = \"\"", "region is empty"),
			("endpoint = \"http://127", "endpoint = \"ftp://127", "no http://"),
			("price = \"0.1\"", "price = \"free\"", "no amount"),
			("gpus = 1", "gpu = 1", "gpu"),
			("listen = \"127.0.0.1:9955\"", "listen = \"9955\"", "listen"),
		] {
			let bad = good.replace(from, to);
			assert_ne!(bad, good, "{from}");
			let error = Config::parse(&bad, Path::new("")).unwrap_err().to_string();
			assert!(error.contains(says), "{error}");
		}
	}

	#[test]
	fn models_of_ezkl_are_named_beside_the_digits() {
		let good = init::config_text(&init::Options::default());
		let parse = |more: &str| Config::parse(&format!("{good}{more}"), Path::new("/home/op"));
		let plain = parse("").unwrap();
		assert_eq!((plain.ezkl, plain.tools), (vec![], Tools::default()));

		let one =
			format!("[[ezkl]]\nmodel = \"0x{}\"\nfolder = \"models/mlp\"\nsrs = \"../kzg.srs\"\n", "ab".repeat(32));
		let config = parse(&format!("{one}[tools]\nezkl = \"bin/ezkl\"\n")).unwrap();
		let [model] = &config.ezkl[..] else { panic!("{config:?}") };
		assert_eq!(model.id().unwrap(), ModelId(H256([0xab; 32])));
		assert_eq!(model.folder, Path::new("/home/op/models/mlp"));
		assert_eq!(model.srs, Path::new("/home/op/../kzg.srs"));
		assert_eq!(model.time_limit(), None, "its job's deadline alone bounds a proof");
		let limited = parse(&format!("{one}time_limit = 90\n")).unwrap();
		assert_eq!(limited.ezkl[0].time_limit(), Some(Duration::from_secs(90)));
		assert_eq!(config.tools.ezkl.as_deref(), Some(Path::new("/home/op/bin/ezkl")));

		let other = one.replace("ab", "cd");
		assert_eq!(parse(&format!("{one}{other}")).unwrap().ezkl.len(), 2);
		for (bad, says) in [
			(format!("{one}{one}"), "is there twice"),
			(one.replace("0xab", "0x"), "ezkl.model"),
			(one.replace("srs", "kzg"), "kzg"),
			(format!("{one}time_limit = 0\n"), "time_limit"),
			(one.replace("folder = \"models/mlp\"\n", ""), "folder"),
			("[tools]\nezlk = \"ezkl\"\n".into(), "ezlk"),
		] {
			let error = parse(&bad).unwrap_err().to_string();
			assert!(error.contains(says), "{error}");
		}
	}

	#[test]
	fn a_registration_is_kept_and_found() {
		let dir = tempfile::tempdir().unwrap();
		let config = Config::parse(&init::config_text(&init::Options::default()), dir.path()).unwrap();
		assert_eq!(config.registration().unwrap(), None);
		let made =
			Registration { genesis: "0x00".into(), operator: "0x01".into(), model: "0x02".into(), key: "ab".into() };
		config.keep(&made).unwrap();
		assert_eq!(config.registration().unwrap(), Some(made));
	}
}
