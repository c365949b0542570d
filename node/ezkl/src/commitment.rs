//! An input with its salt, and the commitment that a job carries for it.

use rand::{CryptoRng, Rng};
use serde::{Deserialize, Serialize};

use crate::{
	felt::{self, Felt, FeltError},
	poseidon,
	settings::{Settings, Visibility},
};

/// Fewer random bits than these would let an input of few possible values be guessed from its commitment.
pub const MIN_SALT_BITS: u32 = 100;

/// The most bits that a feature of salt has: a 32-bit float holds them exactly.
const MOST_BITS: u32 = 24;

/// Why there is no commitment.
#[derive(Debug, thiserror::Error)]
pub enum CommitmentError {
	/// The model does not hash its input, or only a part of it.
	#[error("the model's input is {0}: there is nothing to commit to")]
	InputNotHashed(Visibility),
	/// The model takes another number of tensors.
	#[error("the model takes {0} input tensors, not one")]
	InputTensors(usize),
	/// The count of features, salt included, is another.
	#[error("{got} features, salt included: the model takes {wanted}")]
	Count {
		/// How many there are.
		got: usize,
		/// How many there must be.
		wanted: usize,
	},
	/// The settings do not tell how many features the model takes.
	#[error("the settings do not tell how many features the model takes, so not how many are salt")]
	UnknownCount,
	/// The salt's features are too few, or too coarse.
	#[error(
		"{features} features of salt at scale {scale} have {bits} random bits: at least {MIN_SALT_BITS} are needed"
	)]
	WeakSalt {
		/// How many features.
		features: usize,
		/// The input's scale.
		scale: i32,
		/// Random bits in all.
		bits: u32,
	},
	/// A feature that the model's number type does not hold at that scale: ezkl would commit to another.
	#[error("feature {index}, {value}, is not the same number as the model's type {kind}")]
	Inexact {
		/// Its place, from 0.
		index: usize,
		/// Its value, rounded to the scale.
		value: f64,
		/// ezkl's name of the type.
		kind: String,
	},
	/// A feature that is no number of the field at that scale.
	#[error("features: {0}")]
	Felt(#[from] FeltError),
	/// Not the input file that [`Commitment::input_json`] is.
	#[error("not an input file of one list of numbers: {0}")]
	Json(serde_json::Error),
	/// An input file with another number of lists than one.
	#[error("an input file of {0} lists: one tensor is one list")]
	Lists(usize),
}

/// Random features that the model cuts off before it does anything. Part of the input's hash, they keep an input of few
/// possible values from being guessed. Fresh for each job.
#[derive(Clone, PartialEq, Debug)]
pub struct Salt(Vec<f64>);

impl Salt {
	/// None: for models that have no place for it, whose inputs nobody can guess or nobody needs to hide.
	pub const fn none() -> Self {
		Self(Vec::new())
	}

	/// As many features as the model takes beyond `features`, each from 0 to below 1 in steps of the input's scale.
	///
	/// # Errors
	/// [`CommitmentError::Count`] where the model takes fewer, [`CommitmentError::WeakSalt`] where the salt would have
	/// less than [`MIN_SALT_BITS`], [`CommitmentError::UnknownCount`], [`CommitmentError::InputTensors`] and
	/// [`CommitmentError::InputNotHashed`].
	pub fn random(
		rng: &mut (impl CryptoRng + Rng),
		features: usize,
		settings: &Settings,
	) -> Result<Self, CommitmentError> {
		let scale = input_scale(settings)?;
		let wanted = settings.features.ok_or(CommitmentError::UnknownCount)?;
		let count = wanted.checked_sub(features).ok_or(CommitmentError::Count { got: features, wanted })?;
		let width = u32::try_from(scale).unwrap_or(0).min(MOST_BITS);
		let bits = u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(width);
		if bits < MIN_SALT_BITS {
			return Err(CommitmentError::WeakSalt { features: count, scale, bits });
		}
		let step = f64::from(width).exp2();
		Ok(Self((0..count).map(|_| f64::from(rng.gen_range(0..1u32 << width)) / step).collect()))
	}

	/// How many features.
	pub fn len(&self) -> usize {
		self.0.len()
	}

	/// Whether there are none.
	pub fn is_empty(&self) -> bool {
		self.0.is_empty()
	}
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InputFile {
	input_data: Vec<Vec<f64>>,
}

/// An input, salt included, and what it is committed to by. Equal for client and operator.
#[derive(Clone, PartialEq, Debug)]
pub struct Commitment {
	/// Every feature at the input's scale, the salt last.
	pub felts: Vec<Felt>,
	/// Their [`poseidon`] hash: the job's commitment, and instance 0 of its proof.
	pub hash: Felt,
	/// The input file that ezkl's `gen-witness` reads, and that a client sends: the features as rounded to the scale, so
	/// that nobody rounds them again to something else. It contains the salt: who has it knows the input.
	pub input_json: String,
}

impl Commitment {
	/// Commits to `features`, followed by `salt`.
	///
	/// # Errors
	/// Each of [`CommitmentError`] but those of salt and of input files.
	pub fn new(features: &[f64], salt: &Salt, settings: &Settings) -> Result<Self, CommitmentError> {
		let scale = input_scale(settings)?;
		let values = [features, &salt.0].concat();
		if let Some(wanted) = settings.features.filter(|wanted| *wanted != values.len()) {
			return Err(CommitmentError::Count { got: values.len(), wanted });
		}
		let integers = felt::quantise(&values, scale)?;
		let rounded = felt::dequantise(&integers, scale)?;
		let kind = settings.input_types.first().map_or("F32", String::as_str);
		if let Some((index, value)) = rounded.iter().enumerate().find(|(_, value)| !holds(kind, **value)) {
			return Err(CommitmentError::Inexact { index, value: *value, kind: kind.into() });
		}
		let elements: Vec<_> = integers.into_iter().map(felt::element).collect();
		let hash = felt::bytes(poseidon::hash(elements.iter().copied()));
		let input_json =
			serde_json::to_string(&InputFile { input_data: vec![rounded] }).map_err(CommitmentError::Json)?;
		Ok(Self { felts: elements.into_iter().map(felt::bytes).collect(), hash, input_json })
	}

	/// Reads an input file again, as an operator does with what a client sent: [`Self::hash`] must be the job's
	/// commitment.
	///
	/// # Errors
	/// [`CommitmentError::Json`] and [`CommitmentError::Lists`] for other files, and those of [`Self::new`].
	pub fn open(input_json: &[u8], settings: &Settings) -> Result<Self, CommitmentError> {
		let file: InputFile = serde_json::from_slice(input_json).map_err(CommitmentError::Json)?;
		match &file.input_data[..] {
			[features] => Self::new(features, &Salt::none(), settings),
			lists => Err(CommitmentError::Lists(lists.len())),
		}
	}
}

/// The scale of the one input tensor, which is hashed.
fn input_scale(settings: &Settings) -> Result<i32, CommitmentError> {
	match (&settings.input, &settings.input_scales[..]) {
		(Visibility::Hashed, [scale]) => Ok(*scale),
		(Visibility::Hashed, scales) => Err(CommitmentError::InputTensors(scales.len())),
		(other, _) => Err(CommitmentError::InputNotHashed(other.clone())),
	}
}

/// Whether ezkl, which converts to the model's type before it scales, keeps the number.
fn holds(kind: &str, value: f64) -> bool {
	match kind {
		"F64" => true,
		"F32" => f64::from(value as f32) == value,
		"Int" | "TDim" => value.fract() == 0.0,
		"Bool" => value == 0.0 || value == 1.0,
		_ => false,
	}
}
