//! `settings.json`: what ezkl has fixed about a model's circuit.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// The one version of ezkl whose files the chain reads: another may lay out keys and proofs in another way.
pub const VERSION: &str = "23.0.5";

/// The most public values that a proof may have on chain.
pub const MAX_INSTANCES: usize = 256;

/// The most rows that a circuit may have on chain, as a power of two.
pub const MAX_LOGROWS: u32 = 24;

/// The longest settings that are read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Rows that the circuit spends on hashing one element, and besides: so its length tells the number of features.
const ROWS_PER_FEATURE: usize = 41;
const ROWS_BESIDES: usize = 2;

/// Who can see one part of a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Visibility {
	/// The prover alone.
	Private,
	/// Everybody, as public values.
	Public,
	/// Part of the circuit, and so of the verification key.
	Fixed,
	/// Its Poseidon hash alone, as a public value.
	Hashed,
	/// Its hash, which is no public value or is not that of the whole.
	HashedWithin,
	/// Another way that ezkl has.
	Other(String),
}

impl Visibility {
	fn of(value: &Value) -> Self {
		match value {
			Value::String(name) if name == "Private" => Self::Private,
			Value::String(name) if name == "Public" => Self::Public,
			Value::String(name) if name == "Fixed" => Self::Fixed,
			Value::Object(fields) => match fields.get("Hashed") {
				Some(hashed) if hashed["hash_is_public"] == true && hashed["outlets"] == Value::Array(Vec::new()) => {
					Self::Hashed
				}
				Some(_) => Self::HashedWithin,
				None => Self::Other(fields.keys().cloned().collect::<Vec<_>>().join(", ")),
			},
			other => Self::Other(other.to_string()),
		}
	}
}

impl fmt::Display for Visibility {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Private => f.write_str("private"),
			Self::Public => f.write_str("public"),
			Self::Fixed => f.write_str("fixed"),
			Self::Hashed => f.write_str("hashed"),
			Self::HashedWithin => f.write_str("hashed, but not as one public value"),
			Self::Other(name) => f.write_str(name),
		}
	}
}

/// Why the chain does not take a model with these settings.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
	/// Not the version whose files the chain reads.
	#[error("it was made by ezkl {0}: the chain reads the files of {VERSION} alone")]
	Version(String),
	/// The commitment of a job must be the first public value.
	#[error("its input is {0}: only one that is hashed can be tied to a job (gen-settings --input-visibility hashed)")]
	InputNotHashed(Visibility),
	/// Weights that the verification key does not contain are the prover's choice.
	#[error("its weights are {0}: unless they are fixed an operator could choose them (gen-settings --param-visibility fixed)")]
	ParamsNotFixed(Visibility),
	/// The client must be able to read the answer.
	#[error(
		"its outputs are {0}: a client gets nothing unless they are public (gen-settings --output-visibility public)"
	)]
	OutputsNotPublic(Visibility),
	/// One hash for one input.
	#[error("it takes {0} input tensors: one alone has one commitment. Join them in the ONNX")]
	InputTensors(usize),
	/// A model's record has one output scale.
	#[error("its outputs have {0} different scales, and a model's record has one. Join them in the ONNX")]
	OutputScales(usize),
	/// Nothing to answer.
	#[error("it has no outputs")]
	NoOutputs,
	/// More than [`MAX_INSTANCES`].
	#[error("it has {0} public values, commitment included: at most {MAX_INSTANCES} fit")]
	Instances(usize),
	/// More than [`MAX_LOGROWS`].
	#[error("its circuit has 2^{0} rows: at most 2^{MAX_LOGROWS} are taken")]
	Rows(u32),
}

/// Why bytes are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
	/// Longer than a mebibyte.
	#[error("{0} bytes: settings have at most {MAX_BYTES}")]
	TooLong(usize),
	/// Not the JSON that ezkl writes.
	#[error("not ezkl's settings: {0}")]
	Json(#[from] serde_json::Error),
}

#[derive(Deserialize)]
struct RunArgs {
	logrows: u32,
	input_visibility: Value,
	output_visibility: Value,
	param_visibility: Value,
}

#[derive(Deserialize)]
struct Modules {
	poseidon: (usize, Vec<usize>),
}

#[derive(Deserialize)]
struct File {
	run_args: RunArgs,
	model_instance_shapes: Vec<Vec<usize>>,
	model_output_scales: Vec<i32>,
	model_input_scales: Vec<i32>,
	module_sizes: Modules,
	version: String,
	input_types: Option<Vec<String>>,
	required_lookups: Vec<Value>,
}

/// What `settings.json` says, as far as chain, client and operator care.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
	/// The version of ezkl that wrote it.
	pub version: String,
	/// The circuit's rows, as a power of two: also the size of the SRS that it needs at least.
	pub logrows: u32,
	/// Of the input.
	pub input: Visibility,
	/// Of the weights.
	pub params: Visibility,
	/// Of the outputs.
	pub output: Visibility,
	/// For each input tensor, the binary digits after the point.
	pub input_scales: Vec<i32>,
	/// For each input tensor its type, as ezkl calls it: what a number is converted to before it is scaled. Empty where
	/// the settings do not say.
	pub input_types: Vec<String>,
	/// For each output tensor, the binary digits after the point.
	pub output_scales: Vec<i32>,
	/// The shapes of what is public besides hashes: the outputs, where the input is not public.
	pub instance_shapes: Vec<Vec<usize>>,
	/// Features of the input, salt included; none where they are not hashed, or not as one input.
	pub features: Option<usize>,
	/// Functions that the circuit looks up.
	pub lookups: usize,
}

impl Settings {
	/// Reads `settings.json`.
	///
	/// # Errors
	/// [`SettingsError`] for what ezkl does not write. Whether the chain takes the model: [`Self::refusals`].
	pub fn parse(json: &[u8]) -> Result<Self, SettingsError> {
		if json.len() > MAX_BYTES {
			return Err(SettingsError::TooLong(json.len()));
		}
		let file: File = serde_json::from_slice(json)?;
		let features = match file.module_sizes.poseidon {
			(rows, hashes) if hashes == [1] => {
				let rows = rows.checked_sub(ROWS_BESIDES).filter(|rows| rows % ROWS_PER_FEATURE == 0);
				rows.map(|rows| rows / ROWS_PER_FEATURE)
			}
			_ => None,
		};
		Ok(Self {
			version: file.version,
			logrows: file.run_args.logrows,
			input: Visibility::of(&file.run_args.input_visibility),
			params: Visibility::of(&file.run_args.param_visibility),
			output: Visibility::of(&file.run_args.output_visibility),
			input_scales: file.model_input_scales,
			input_types: file.input_types.unwrap_or_default(),
			output_scales: file.model_output_scales,
			instance_shapes: file.model_instance_shapes,
			features,
			lookups: file.required_lookups.len(),
		})
	}

	/// Numbers in the answer, if they are all that is public besides the commitment.
	pub fn outputs(&self) -> usize {
		self.instance_shapes
			.iter()
			.map(|shape| shape.iter().fold(1usize, |size, side| size.saturating_mul(*side)))
			.fold(0, usize::saturating_add)
	}

	/// Every reason for which the chain does not take the model; none where it does.
	pub fn refusals(&self) -> Vec<Refusal> {
		let mut scales = self.output_scales.clone();
		scales.sort_unstable();
		scales.dedup();
		let instances = self.outputs().saturating_add(1);
		let reasons = [
			(self.version != VERSION).then(|| Refusal::Version(self.version.clone())),
			(self.input != Visibility::Hashed).then(|| Refusal::InputNotHashed(self.input.clone())),
			(self.params != Visibility::Fixed).then(|| Refusal::ParamsNotFixed(self.params.clone())),
			(self.output != Visibility::Public).then(|| Refusal::OutputsNotPublic(self.output.clone())),
			(self.input_scales.len() != 1).then_some(Refusal::InputTensors(self.input_scales.len())),
			(scales.len() > 1).then_some(Refusal::OutputScales(scales.len())),
			(self.outputs() == 0 || scales.is_empty()).then_some(Refusal::NoOutputs),
			(instances > MAX_INSTANCES).then_some(Refusal::Instances(instances)),
			(self.logrows > MAX_LOGROWS).then_some(Refusal::Rows(self.logrows)),
		];
		reasons.into_iter().flatten().collect()
	}
}
