//! Weights and held-out images, as `digits/export.py` wrote them.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{LOGITS, PIXELS, PIXEL_MAX};

const MODEL: &str = include_str!("../../digits/model.json");
const HELD_OUT: &str = include_str!("../../digits/heldout.json");

/// Neurons of the hidden layer.
pub(super) const HIDDEN: usize = 32;

/// One neuron: `bias + sum of weight * input`.
pub(super) struct Neuron {
	pub weights: Vec<i64>,
	pub bias: i64,
	/// No input yields a number further from zero.
	pub bound: i64,
}

pub(super) struct Model {
	pub hidden: Vec<Neuron>,
	pub outputs: Vec<Neuron>,
	pub output_scale: u32,
	/// No image yields a logit further from zero.
	pub logit_bound: i64,
}

/// An image that the network was not trained on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sample {
	/// 8 rows of 8 pixels, each `0..=16`.
	pub pixels: [u8; PIXELS],
	/// The digit that was written.
	pub label: u8,
	/// What NumPy computes: [`infer`] yields the same.
	pub logits: [i64; LOGITS],
}

#[derive(Deserialize)]
struct ModelFile {
	output_scale: u32,
	weights_1: Vec<Vec<i64>>,
	bias_1: Vec<i64>,
	weights_2: Vec<Vec<i64>>,
	bias_2: Vec<i64>,
}

#[derive(Deserialize)]
struct SampleFile {
	pixels: Vec<u8>,
	label: u8,
	logits: [i64; LOGITS],
}

/// The layer, where inputs lie in `0..=inputs[i]`.
fn layer(weights: Vec<Vec<i64>>, biases: Vec<i64>, inputs: &[i64]) -> Vec<Neuron> {
	assert_eq!(weights.len(), biases.len(), "a bias for each neuron");
	let neuron = |(weights, bias): (Vec<i64>, i64)| {
		assert_eq!(weights.len(), inputs.len(), "a weight for each input");
		let extent = |side: fn(i64) -> i64| -> i64 {
			weights.iter().zip(inputs).map(|(weight, most)| side(*weight) * most).sum::<i64>() + bias
		};
		let bound = extent(|weight| weight.max(0)).abs().max(extent(|weight| weight.min(0)).abs());
		Neuron { weights, bias, bound }
	};
	weights.into_iter().zip(biases).map(neuron).collect()
}

pub(super) fn model() -> &'static Model {
	static CELL: OnceLock<Model> = OnceLock::new();
	CELL.get_or_init(|| {
		let file: ModelFile = serde_json::from_str(MODEL).expect("checked in and covered by tests");
		let hidden = layer(file.weights_1, file.bias_1, &[PIXEL_MAX.into(); PIXELS]);
		let bounds: Vec<i64> = hidden.iter().map(|neuron| neuron.bound).collect();
		let outputs = layer(file.weights_2, file.bias_2, &bounds);
		assert_eq!((hidden.len(), outputs.len()), (HIDDEN, LOGITS));
		let logit_bound = outputs.iter().map(|neuron| neuron.bound).max().unwrap_or_default();
		Model { hidden, outputs, output_scale: file.output_scale, logit_bound }
	})
}

impl Neuron {
	fn apply(&self, inputs: &[i64]) -> i64 {
		self.bias + self.weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum::<i64>()
	}
}

/// What the hidden neurons sum to before they are cut off at zero.
pub(super) fn hidden_sums(pixels: &[u8; PIXELS]) -> Vec<i64> {
	let inputs = pixels.map(i64::from);
	model().hidden.iter().map(|neuron| neuron.apply(&inputs)).collect()
}

/// The logits, exactly as the circuit and NumPy compute them.
pub fn infer(pixels: &[u8; PIXELS]) -> [i64; LOGITS] {
	let hidden: Vec<i64> = hidden_sums(pixels).into_iter().map(|sum| sum.max(0)).collect();
	let outputs = &model().outputs;
	std::array::from_fn(|digit| outputs[digit].apply(&hidden))
}

/// What a logit is divided by to have that of the float network: `16 *` both layers' scales.
pub fn output_scale() -> u32 {
	model().output_scale
}

/// The artefact of the model's record: Blake2b-256 of `digits/model.json`.
pub fn artefact() -> [u8; 32] {
	sp_io::hashing::blake2_256(MODEL.as_bytes())
}

/// Real handwritten digits that the network was not trained on.
pub fn held_out() -> &'static [Sample] {
	static CELL: OnceLock<Vec<Sample>> = OnceLock::new();
	CELL.get_or_init(|| {
		let files: Vec<SampleFile> = serde_json::from_str(HELD_OUT).expect("checked in and covered by tests");
		let sample = |file: SampleFile| Sample {
			pixels: file.pixels.try_into().expect("64 pixels"),
			label: file.label,
			logits: file.logits,
		};
		files.into_iter().map(sample).collect()
	})
}
