//! Models that ezkl proves: their files, how they are checked before anything is served, and their proofs.

use std::{
	collections::BTreeMap,
	path::{Path, PathBuf},
	sync::Arc,
	time::Duration,
};

use vektor_client::{units, Error, Result, H256};
use vektor_ezkl::{Circuit, Commitment, CommitmentError, Settings, Tool, ToolError};
use vektor_primitives::{ModelId, Scheme};
use vektor_verifier_ezkl::{files, verify, Key};

use crate::{
	config::{Config, EzklModel},
	store::Proof,
};

/// The most that one feature takes in an input file: the longest number, and what stands between two.
const FEATURE: usize = 32;

/// The most that an input file has besides its features.
const AROUND: usize = 64;

/// The longest input where the settings do not tell the number of features.
const UNKNOWN: usize = 1 << 20;

/// The models of the configuration, by id.
pub type Models = BTreeMap<ModelId, Arc<Model>>;

/// A model, ready to be proved.
#[derive(Debug)]
pub struct Model {
	name: String,
	tool: Tool,
	circuit: Circuit,
	settings: Settings,
	/// The hash of `settings.json`, which the chain's record has too.
	hash: H256,
	/// The key's words.
	key: Vec<u8>,
	/// What proofs are checked against.
	srs: [u8; 128],
	/// How long a proof may take, where the configuration says.
	most: Option<Duration>,
}

/// Why there is no proof.
#[derive(Debug)]
pub enum Failure {
	/// ezkl's command did not do it: another try may succeed.
	Tool(ToolError),
	/// The input is none, or what ezkl made does not prove it: it never will.
	Proof(String),
}

/// Every model of the configuration, if ezkl and all files are there.
pub fn load(config: &Config) -> Result<Models> {
	if config.ezkl.is_empty() {
		return Ok(Models::new());
	}
	let tool = Tool::find(config.tools.ezkl.as_deref()).map_err(|e| {
		Error::Input(format!(
			"the configuration names models that ezkl proves, and {e}. `tools.ezkl` names another place"
		))
	})?;
	config.ezkl.iter().map(|model| Ok((model.id()?, Arc::new(Model::load(model, &tool)?)))).collect()
}

/// The length of a model's proofs, where its key can be read.
pub fn proof_length(folder: &Path) -> Option<usize> {
	let file = std::fs::read(folder.join("vka.bin")).ok()?;
	let key = Key::parse(files::words(&file).ok()?).ok()?;
	usize::try_from(key.shape().proof_length).ok()
}

impl Model {
	fn load(config: &EzklModel, tool: &Tool) -> Result<Self> {
		let name = format!("the ezkl model {}", config.model);
		let bad = |path: &Path, why: String| Error::Input(format!("{name}: {}: {why}", path.display()));
		let circuit = Circuit::in_folder(&config.folder, &config.srs);
		let words: PathBuf = config.folder.join("vka.bin");
		for path in [
			&circuit.compiled,
			&circuit.settings,
			&circuit.proving_key,
			&circuit.verification_key,
			&words,
			&circuit.srs,
		] {
			if !path.is_file() {
				return Err(bad(
					path,
					"there is no such file: docs/operate/serve-a-model.md says how it is made".into(),
				));
			}
		}
		let read = |path: &Path| std::fs::read(path).map_err(|e| bad(path, e.to_string()));
		let json = read(&circuit.settings)?;
		let settings = Settings::parse(&json).map_err(|e| bad(&circuit.settings, e.to_string()))?;
		let refusals: Vec<_> = settings.refusals().iter().map(ToString::to_string).collect();
		if !refusals.is_empty() {
			return Err(bad(&circuit.settings, refusals.join("; ")));
		}
		let file = read(&words)?;
		let key = files::words(&file).map_err(|e| bad(&words, e.to_string()))?;
		let parsed = Key::parse(key).map_err(|e| bad(&words, e.to_string()))?;
		let (has, wanted) = (parsed.shape().instances as usize, settings.outputs() + 1);
		if has != wanted {
			let why = format!("a key of {has} public values, and settings.json says {wanted}: they are of two models");
			return Err(bad(&words, why));
		}
		Ok(Self {
			name,
			tool: tool.clone(),
			hash: H256(units::blake2_256(&json)),
			key: key.to_vec(),
			srs: *parsed.srs(),
			most: config.time_limit(),
			circuit,
			settings,
		})
	}

	/// Checks that the chain's record is of these settings. That it has the same key is seen before anything is delivered.
	pub fn fits(&self, record: Option<&vektor_client::Model>) -> Result<()> {
		let Some(record) = record else {
			return Err(Error::Missing(format!("{}: the chain knows no such model", self.name)));
		};
		let other = |why: String| Err(Error::Input(format!("{}: {why}", self.name)));
		match &record.scheme {
			Scheme::Ezkl { settings } if *settings == self.hash => Ok(()),
			Scheme::Ezkl { settings } => other(format!(
				"it was registered with other settings (their hash is {}) than {} (whose is {})",
				units::hex_of(settings),
				self.circuit.settings.display(),
				units::hex_of(self.hash)
			)),
			_ => other("the chain verifies it in another way than by proofs of ezkl".into()),
		}
	}

	/// The longest input, in bytes.
	pub fn longest(&self) -> usize {
		let of = |features: usize| features.saturating_mul(FEATURE).saturating_add(AROUND);
		self.settings.features.map_or(UNKNOWN, of)
	}

	/// Reads an input and commits to it.
	pub fn open(&self, payload: &[u8]) -> std::result::Result<Commitment, CommitmentError> {
		Commitment::open(payload, &self.settings)
	}

	/// Proves what the model says of an input, and checks the proof as the chain will. Blocks, for `limit` at the most, or
	/// for less where the configuration says so.
	pub fn prove(&self, payload: &[u8], commitment: &H256, limit: Duration) -> std::result::Result<Proof, Failure> {
		let opened = self.open(payload).map_err(|e| Failure::Proof(e.to_string()))?;
		let limit = self.most.map_or(limit, |most| limit.min(most));
		let file = self.tool.infer(&self.circuit, &opened.input_json, limit).map_err(Failure::Tool)?;
		let (proof, instances) = files::proof(&file).map_err(|e| Failure::Proof(format!("ezkl's proof: {e}")))?;
		let refused = |e| format!("{e}. Are pk.key and vka.bin of one model, and made under the same SRS?");
		verify(&self.key, &self.srs, &instances, &proof).map_err(|e| Failure::Proof(refused(e)))?;
		match &instances[..] {
			[first, outputs @ ..] if *first == commitment.0 => {
				Ok(Proof { proof, outputs: outputs.iter().copied().map(H256).collect() })
			}
			_ => Err(Failure::Proof("ezkl proved another input than the job's".into())),
		}
	}
}

#[cfg(test)]
pub mod tests;
