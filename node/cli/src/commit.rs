//! `vektor commit-input`: an input with fresh salt, and what a job says of it in public.

use std::path::PathBuf;

use clap::Args;
use rand::rngs::OsRng;
use serde_json::{json, Value};
use vektor_client::{units, Error, Result};
use vektor_ezkl::{Commitment, CommitmentError, Salt, Settings};

use crate::{files, ui, Common};

/// Which input, and of which model.
#[derive(Args)]
pub struct Options {
	/// The model's settings.json, as its owner published it.
	#[arg(long, value_name = "FILE")]
	settings: Option<PathBuf>,
	/// The input without salt: numbers separated by spaces, commas or lines, a JSON list of them, or ezkl's input file.
	#[arg(long, value_name = "FILE")]
	input: PathBuf,
	/// Where to write the input with its salt, for `vektor submit` and the operator alone. Nothing is written over.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
	/// For a model without place for salt: whoever can guess the input knows it from its commitment.
	#[arg(long)]
	no_salt: bool,
}

/// Commits to an input, and keeps what a job needs.
pub fn execute(common: &Common, options: &Options) -> Result<()> {
	let path = options.settings.as_deref().ok_or_else(|| {
		Error::Input(
			"name the settings of ezkl's model with --settings. A model in an enclave has none, and needs no file of this \
			 command: `vektor submit --model ID --input FILE` salts and seals its input by itself"
				.into(),
		)
	})?;
	let settings = Settings::parse(&files::read(path)?);
	let settings = settings.map_err(|e| Error::Input(format!("{}: {e}", path.display())))?;
	let features = features(&files::read(&options.input)?)
		.map_err(|why| Error::Input(format!("{}: {why}", options.input.display())))?;
	let (commitment, salt) = commit(&features, &settings, options.no_salt)?;
	files::write_secret(&options.out, commitment.input_json.as_bytes())?;
	if common.json {
		return ui::json(&json!({
			"commitment": units::hex_of(commitment.hash),
			"input": options.out,
			"features": commitment.felts.len(),
			"salt": salt,
		}));
	}
	println!("Commitment  {}", units::hex_of(commitment.hash));
	println!(
		"Input       {}, {} features of which {salt} are salt: for the operator alone, and for one job",
		options.out.display(),
		commitment.felts.len()
	);
	Ok(())
}

/// The commitment, and how many features are salt.
fn commit(features: &[f64], settings: &Settings, no_salt: bool) -> Result<(Commitment, usize)> {
	let refused = |error: CommitmentError| {
		let advice = match error {
			CommitmentError::WeakSalt { .. } | CommitmentError::UnknownCount => {
				". Where nobody can guess the input, or it is no secret, --no-salt commits without"
			}
			_ => "",
		};
		Error::Input(format!("{error}{advice}"))
	};
	let salt = match no_salt {
		true => Salt::none(),
		false => Salt::random(&mut OsRng, features.len(), settings).map_err(refused)?,
	};
	Ok((Commitment::new(features, &salt, settings).map_err(refused)?, salt.len()))
}

/// The numbers of a file: JSON, or words.
fn features(bytes: &[u8]) -> std::result::Result<Vec<f64>, String> {
	let text = std::str::from_utf8(bytes).map_err(|_| "not text".to_string())?;
	match text.trim_start().starts_with(['{', '[']) {
		true => {
			let root: Value = serde_json::from_str(text).map_err(|e| format!("not JSON: {e}"))?;
			let list = root.get("input_data").unwrap_or(&root).as_array();
			let list = match list.map(Vec::as_slice) {
				Some([Value::Array(inner)]) => Some(inner),
				_ => list,
			};
			let numbers = list.and_then(|list| list.iter().map(Value::as_f64).collect());
			numbers.ok_or_else(|| "not one list of numbers".into())
		}
		false => text
			.split(|c: char| c.is_whitespace() || c == ',')
			.filter(|word| !word.is_empty())
			.map(|word| word.parse().map_err(|_| format!("{word} is no number")))
			.collect(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::path::Path;

	/// 64 features and 16 of salt.
	const SALTED: &str = "../ezkl/tests/vectors/mlp.settings.json";
	/// 64 features, no place for salt.
	const BARE: &str = "../ezkl/tests/vectors/ezkl_hash.settings.json";

	fn common(json: bool) -> Common {
		Common { node: String::new(), key: None, account: None, json }
	}

	fn settings(name: &str) -> PathBuf {
		Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
	}

	fn options(dir: &tempfile::TempDir, model: &str, input: &str, no_salt: bool) -> Options {
		let path = dir.path().join("numbers");
		std::fs::write(&path, input).unwrap();
		Options { settings: Some(settings(model)), input: path, out: dir.path().join("input.json"), no_salt }
	}

	fn image() -> String {
		"0 0.5, 0.25\n0.125 ".repeat(16)
	}

	#[test]
	fn what_is_written_opens_to_the_commitment_and_is_salted_anew_each_time() {
		let parsed = Settings::parse(&std::fs::read(settings(SALTED)).unwrap()).unwrap();
		let hashes = [(); 2].map(|()| {
			let dir = tempfile::tempdir().unwrap();
			let options = options(&dir, SALTED, &image(), false);
			execute(&common(true), &options).unwrap();
			let written = std::fs::read(&options.out).unwrap();
			let opened = Commitment::open(&written, &parsed).unwrap();
			assert_eq!(opened.felts.len(), 80);
			assert!(execute(&common(false), &options).unwrap_err().to_string().contains("cannot write"));
			assert_eq!(std::fs::read(&options.out).unwrap(), written);
			opened.hash
		});
		assert_ne!(hashes[0], hashes[1]);
	}

	#[test]
	fn a_model_without_place_for_salt_takes_an_input_only_when_told_so() {
		let dir = tempfile::tempdir().unwrap();
		let refused = execute(&common(false), &options(&dir, BARE, &image(), false)).unwrap_err().to_string();
		assert!(refused.contains("--no-salt"), "{refused}");
		assert!(!dir.path().join("input.json").exists());
		execute(&common(false), &options(&dir, BARE, &image(), true)).unwrap();
		assert!(dir.path().join("input.json").exists());
	}

	#[test]
	fn who_names_no_settings_learns_that_submit_seals_by_itself() {
		let dir = tempfile::tempdir().unwrap();
		let sealed = Options { settings: None, ..options(&dir, SALTED, &image(), false) };
		let refused = execute(&common(false), &sealed).unwrap_err().to_string();
		assert!(refused.contains("--settings") && refused.contains("seals its input by itself"), "{refused}");
		assert!(!sealed.out.exists());
	}

	#[test]
	fn numbers_are_read_as_words_and_in_each_form_of_json() {
		for text in ["1 -2.5,\n1e-3", "[1, -2.5, 0.001]", "[[1, -2.5, 1e-3]]", r#" {"input_data": [[1, -2.5, 0.001]]}"#]
		{
			assert_eq!(features(text.as_bytes()).unwrap(), [1.0, -2.5, 0.001], "{text}");
		}
		for text in ["1 x", "[1, \"2\"]", "{}", "{", "[[1], [2]]", r#"{"input_data": 1}"#] {
			assert!(features(text.as_bytes()).is_err(), "{text}");
		}
		assert_eq!(features(&[0xff]), Err("not text".into()));
	}

	#[test]
	fn another_number_of_features_is_refused_with_both() {
		let dir = tempfile::tempdir().unwrap();
		let refused = execute(&common(false), &options(&dir, BARE, "1 2 3", true)).unwrap_err().to_string();
		assert!(refused.contains("3 features") && refused.contains("64"), "{refused}");
		assert!(execute(&common(false), &options(&dir, "Cargo.toml", "1", true)).is_err());
	}
}
