//! Keys as their tools wrote them, checked as the chain checks them.

use std::fmt::Display;

use vektor_client::{units, Error, Result, H256};
use vektor_ezkl::Settings;
use vektor_primitives::{layout_counts, KeySetup, PublicSlot, PublicsLayout, Verification, MAX_OUTPUTS};
use vektor_verifier_ezkl::{files, Key, Shape};
use vektor_verifier_groth16 as groth16;

/// What the files say of a model.
#[derive(Debug)]
pub struct Source {
	/// The hash of the network's file.
	pub artefact: [u8; 32],
	/// The key, and what goes with it.
	pub verification: Verification,
	/// What an output is divided by.
	pub output_scale: u32,
	/// What the chain must say about the key.
	pub trust: Trust,
	/// The key in words.
	pub words: String,
}

/// What decides who could forge.
#[derive(Debug, PartialEq, Eq)]
pub enum Trust {
	/// The structured reference string that the key was made with: `-[s]G2`.
	Srs([u8; 128]),
	/// Whether a ceremony was approved for the Groth16 key of this hash.
	Ceremony([u8; 32]),
	/// Whether the image of this id is allowed.
	Image(H256),
}

fn refused(what: &str, why: impl Display) -> Error {
	Error::Refused(format!("{what}: {why}"))
}

/// A model of ezkl's: network, settings and key.
pub fn ezkl(onnx: &[u8], settings: &[u8], vka: &[u8]) -> Result<Source> {
	let hash = H256(units::blake2_256(settings));
	let settings = Settings::parse(settings).map_err(|e| refused("the settings", e))?;
	let refusals: Vec<_> = settings.refusals().iter().map(ToString::to_string).collect();
	if !refusals.is_empty() {
		return Err(refused("the chain does not take this model", refusals.join("; ")));
	}
	let words = files::words(vka).map_err(|e| refused("the key", e))?;
	let key = Key::parse(words).map_err(|e| refused("the key", e))?;
	let shape = key.shape();
	let (outputs, output_scale) = answer(&shape)?;
	of_these_settings(&shape, outputs, output_scale, &settings)?;
	let long = |_| refused("the key", "it is longer than the chain takes");
	Ok(Source {
		artefact: units::blake2_256(onnx),
		verification: Verification::Ezkl { key: words.to_vec().try_into().map_err(long)?, settings: hash },
		output_scale,
		trust: Trust::Srs(*key.srs()),
		words: format!(
			"ezkl, {} bytes, 2^{} rows, {outputs} outputs, each divided by {output_scale}",
			words.len(),
			shape.k
		),
	})
}

/// How many outputs a key's proofs have, and what all of them are divided by.
fn answer(shape: &Shape) -> Result<(u32, u32)> {
	if shape.hashes != 1 {
		return Err(refused("the key", format!("{} hashes are public, and must be one: the input's", shape.hashes)));
	}
	let outputs = shape.instances.saturating_sub(1);
	if !(1..=MAX_OUTPUTS).contains(&outputs) {
		return Err(refused("the key", format!("it has {outputs} outputs, not 1 to {MAX_OUTPUTS}")));
	}
	let counted = shape.scaled.iter().fold(0u32, |sum, group| sum.saturating_add(group.count));
	let scale = match &shape.scaled[..] {
		[first, rest @ ..] if counted == outputs && rest.iter().all(|group| group.scale == first.scale) => first.scale,
		_ => return Err(refused("the key", "its outputs are of several scales, and a record has one")),
	};
	let divisor = u32::try_from(scale).ok().and_then(|scale| 1u32.checked_shl(scale));
	let divisor = divisor.ok_or_else(|| refused("the key", format!("its outputs' scale is {scale}, not 0 to 31")))?;
	Ok((outputs, divisor))
}

/// Whether a key can be that of the settings: a mistake of files costs a deposit, and a challenge.
fn of_these_settings(shape: &Shape, outputs: u32, output_scale: u32, settings: &Settings) -> Result<()> {
	let said = settings.output_scales.first().and_then(|scale| 1u32.checked_shl(u32::try_from(*scale).ok()?));
	let same = u32::from(shape.k) == settings.logrows
		&& usize::try_from(outputs) == Ok(settings.outputs())
		&& said == Some(output_scale);
	match same {
		true => Ok(()),
		false => Err(refused(
			"the key is not of these settings",
			format!(
				"it has 2^{} rows and {outputs} outputs, each divided by {output_scale}; they say 2^{}, {}, {}",
				shape.k,
				settings.logrows,
				settings.outputs(),
				said.map_or("no scale".into(), |scale| scale.to_string())
			),
		)),
	}
}

/// A model of snarkjs's key. That one party ran its setup is said until the chain says otherwise.
pub fn snarkjs(network: &[u8], key: &[u8], layout: &str, output_scale: u32) -> Result<Source> {
	divides(output_scale)?;
	let layout = parse_layout(layout)?;
	let (publics, outputs) = layout_counts(&layout)
		.map_err(|_| refused("--layout", "it names commitment, binding and 1 to 126 outputs, each once"))?;
	let key = groth16::snarkjs::key(key).map_err(|e| refused("the key", e))?.to_bytes();
	groth16::Key::parse(&key, publics).map_err(|e| refused("the key", e))?;
	let trust = Trust::Ceremony(units::blake2_256(&key));
	let words = format!("Groth16, {} bytes, {outputs} outputs, each divided by {output_scale}", key.len());
	let key = key.try_into().map_err(|_| refused("the key", "it is longer than the chain takes"))?;
	Ok(Source {
		artefact: units::blake2_256(network),
		verification: Verification::Groth16 { key, layout, setup: KeySetup::SingleParty },
		output_scale,
		trust,
		words,
	})
}

/// A model that a program in an enclave is, of the image of this id.
pub fn session(artefact: [u8; 32], image: H256, outputs: u8, output_scale: u32) -> Result<Source> {
	divides(output_scale)?;
	let id = units::hex_of(image);
	Ok(Source {
		artefact,
		verification: Verification::Session { image, outputs },
		output_scale,
		trust: Trust::Image(image),
		words: format!("{id}, {outputs} outputs, each divided by {output_scale}"),
	})
}

fn divides(output_scale: u32) -> Result<()> {
	match output_scale {
		0 => Err(Error::Input("--output-scale is not zero: outputs are divided by it".into())),
		_ => Ok(()),
	}
}

fn parse_layout(text: &str) -> Result<PublicsLayout> {
	let wrong = || Error::Input(format!("{text} is no layout: write such as commitment,binding,outputs:10"));
	let slot = |word: &str| match word.trim().split_once(':') {
		None if word.trim() == "commitment" => Ok(PublicSlot::Commitment),
		None if word.trim() == "binding" => Ok(PublicSlot::Binding),
		Some(("outputs", count)) => count.parse().map(PublicSlot::Outputs).map_err(|_| wrong()),
		_ => Err(wrong()),
	};
	let slots = text.split(',').map(slot).collect::<Result<Vec<_>>>()?;
	slots.try_into().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
	use super::*;
	use vektor_verifier_ezkl::Scaled;

	const SETTINGS: &[u8] = include_bytes!("../../../ezkl/tests/vectors/mlp.settings.json");
	const VKA: &[u8] = include_bytes!("../../../ezkl/tests/vectors/mlp.vka.bin");
	const SNARKJS: &[u8] = include_bytes!("../../../../pallets/verifiers/groth16/vectors/snarkjs_mlp/vk.json");
	const LAYOUT: &str = "commitment,binding,outputs:10";

	fn why<T: std::fmt::Debug>(result: Result<T>) -> String {
		result.unwrap_err().to_string()
	}

	/// The settings, with something else in one place.
	fn with(pointer: &str, value: serde_json::Value) -> Vec<u8> {
		let mut json: serde_json::Value = serde_json::from_slice(SETTINGS).unwrap();
		*json.pointer_mut(pointer).unwrap() = value;
		json.to_string().into_bytes()
	}

	#[test]
	fn what_ezkl_wrote_is_what_the_chain_is_told() {
		let source = ezkl(b"onnx", SETTINGS, VKA).unwrap();
		assert_eq!(source.artefact, units::blake2_256(b"onnx"));
		let settings = H256(units::blake2_256(SETTINGS));
		let expected = Verification::Ezkl { key: VKA.to_vec().try_into().unwrap(), settings };
		assert_eq!(source.verification, expected);
		let scale = 1 << Settings::parse(SETTINGS).unwrap().output_scales[0];
		assert_eq!(source.output_scale, scale);
		assert_eq!(source.trust, Trust::Srs(vektor_ezkl::srs::words().concat().try_into().unwrap()));
		assert!(source.words.contains("6720 bytes") && source.words.contains("10 outputs"), "{}", source.words);
	}

	#[test]
	fn the_count_before_a_keys_words_is_no_part_of_it() {
		let count = u64::try_from(VKA.len() / 32).unwrap().to_le_bytes();
		let counted = [&count[..], VKA].concat();
		let (one, other) = (ezkl(b"", SETTINGS, &counted).unwrap(), ezkl(b"", SETTINGS, VKA).unwrap());
		assert_eq!(one.verification, other.verification);
	}

	#[test]
	fn what_the_chain_would_refuse_is_refused_with_every_reason() {
		let open = why(ezkl(b"", &with("/run_args/input_visibility", "Private".into()), VKA));
		assert!(open.contains("its input is private"), "{open}");
		let mut two: serde_json::Value = serde_json::from_slice(SETTINGS).unwrap();
		two["version"] = "22.0.0".into();
		two["run_args"]["param_visibility"] = "Private".into();
		let both = why(ezkl(b"", two.to_string().as_bytes(), VKA));
		assert!(both.contains("22.0.0") && both.contains("its weights are private"), "{both}");
		assert!(why(ezkl(b"", b"{", VKA)).starts_with("the settings: "));
		assert!(why(ezkl(b"", SETTINGS, &VKA[1..])).starts_with("the key: "));
		assert!(why(ezkl(b"", SETTINGS, &VKA[32..])).starts_with("the key: "));
	}

	#[test]
	fn a_key_of_other_settings_is_refused() {
		for (pointer, value) in [
			("/run_args/logrows", 16.into()),
			("/model_output_scales", vec![3].into()),
			("/model_instance_shapes", vec![vec![1, 9]].into()),
		] {
			let refused = why(ezkl(b"", &with(pointer, value), VKA));
			assert!(refused.starts_with("the key is not of these settings"), "{refused}");
		}
	}

	fn shape(instances: u32, hashes: u32, scaled: &[(u32, i16)]) -> Shape {
		let scaled = scaled.iter().map(|(count, scale)| Scaled { count: *count, scale: *scale }).collect();
		Shape { k: 15, instances, proof_length: 0, points: 0, evaluations: 0, operations: 0, hashes, scaled }
	}

	#[test]
	fn only_one_hash_and_outputs_of_one_scale_are_taken() {
		assert_eq!(answer(&shape(11, 1, &[(4, 7), (6, 7)])).unwrap(), (10, 128));
		for (wrong, named) in [
			(shape(11, 0, &[(11, 7)]), "0 hashes"),
			(shape(11, 2, &[(9, 7)]), "2 hashes"),
			(shape(1, 1, &[]), "0 outputs"),
			(shape(257, 1, &[(256, 7)]), "256 outputs"),
			(shape(11, 1, &[(4, 7), (6, 8)]), "several scales"),
			(shape(11, 1, &[(9, 7)]), "several scales"),
			(shape(11, 1, &[]), "several scales"),
			(shape(11, 1, &[(10, -1)]), "scale is -1"),
			(shape(11, 1, &[(10, 32)]), "scale is 32"),
		] {
			let refused = why(answer(&wrong));
			assert!(refused.contains(named), "{refused}");
		}
	}

	#[test]
	fn a_model_in_an_enclave_is_its_image_and_the_chain_must_allow_it() {
		let image = H256([7; 32]);
		let source = session([1; 32], image, 3, 8).unwrap();
		assert_eq!(source.verification, Verification::Session { image, outputs: 3 });
		assert_eq!((source.artefact, source.trust, source.output_scale), ([1; 32], Trust::Image(image), 8));
		assert!(source.words.starts_with("0x0707") && source.words.contains("3 outputs"), "{}", source.words);
		assert!(why(session([1; 32], image, 3, 0)).contains("not zero"));
	}

	#[test]
	fn a_key_of_snarkjs_goes_with_the_layout_of_its_circuit() {
		let source = snarkjs(b"circuit", SNARKJS, LAYOUT, 256).unwrap();
		let Verification::Groth16 { key, layout, setup } = source.verification else { panic!() };
		assert_eq!((setup, layout.len(), source.output_scale), (KeySetup::SingleParty, 3, 256));
		assert_eq!(source.trust, Trust::Ceremony(units::blake2_256(&key)));
		assert_eq!(source.artefact, units::blake2_256(b"circuit"));

		assert!(why(snarkjs(b"", SNARKJS, "commitment,binding,outputs:9", 1)).starts_with("the key: "));
		assert!(why(snarkjs(b"", b"{}", LAYOUT, 1)).starts_with("the key: "));
		assert!(why(snarkjs(b"", SNARKJS, LAYOUT, 0)).contains("not zero"));
		for layout in ["commitment,outputs:10", "commitment,binding,outputs:0", "binding,binding,outputs:1"] {
			assert!(why(snarkjs(b"", SNARKJS, layout, 1)).starts_with("--layout"), "{layout}");
		}
		for layout in
			["", "commitment;binding", "outputs", "outputs:x", "outputs:300", "inputs:3", &"binding,".repeat(9)]
		{
			assert!(why(snarkjs(b"", SNARKJS, layout, 1)).contains("no layout"), "{layout}");
		}
	}
}
