//! What is sent to the operator, and what the job says of it in public.

use std::path::{Path, PathBuf};

use rand::{rngs::OsRng, RngCore};
use vektor_circuits::digits::{self, Payload, PIXELS};
use vektor_client::{units, Error, Model, Result};
use vektor_ezkl::{Commitment, Settings};
use vektor_primitives::Scheme;

use crate::files;

/// An input, committed to.
#[derive(Debug)]
pub struct Input {
	/// What it is called.
	pub name: String,
	/// What people see of it.
	pub picture: Option<String>,
	/// What the job carries.
	pub commitment: [u8; 32],
	/// What the operator is sent.
	pub payload: Vec<u8>,
	/// The hash of the settings that an input of ezkl's was committed to by.
	settings: Option<[u8; 32]>,
}

impl Input {
	/// One of the held-out digits.
	pub fn sample(n: usize) -> Result<Self> {
		let samples = digits::held_out();
		let sample = samples.get(n).ok_or_else(|| {
			Error::Input(format!(
				"there are {} held-out digits: --sample takes 0 to {}",
				samples.len(),
				samples.len() - 1
			))
		})?;
		Ok(Self::digit(sample.pixels, format!("held-out digit {n}, written as a {}", sample.label)))
	}

	/// An image of a digit in a file.
	pub fn pixels(path: &Path) -> Result<Self> {
		Ok(Self::digit(read_pixels(path)?, path.display().to_string()))
	}

	fn digit(pixels: [u8; PIXELS], name: String) -> Self {
		let mut salt = [0; 32];
		OsRng.fill_bytes(&mut salt);
		let payload = Payload { pixels, salt };
		Self {
			name,
			picture: Some(digits::ascii(&pixels)),
			commitment: payload.commitment(),
			payload: payload.to_bytes().to_vec(),
			settings: None,
		}
	}

	/// What `commit-input` wrote, for the model of these settings.
	pub fn file(path: &Path, settings: &Path) -> Result<Self> {
		let payload = files::read(path)?;
		let bytes = files::read(settings)?;
		let parsed = Settings::parse(&bytes).map_err(|e| Error::Input(format!("{}: {e}", settings.display())))?;
		let commitment =
			Commitment::open(&payload, &parsed).map_err(|e| Error::Input(format!("{}: {e}", path.display())))?;
		Ok(Self {
			name: path.display().to_string(),
			picture: None,
			commitment: commitment.hash,
			payload,
			settings: Some(units::blake2_256(&bytes)),
		})
	}

	/// The input that options name.
	pub fn of(sample: usize, pixels: Option<&PathBuf>, file: Option<(&PathBuf, &PathBuf)>) -> Result<Self> {
		match (pixels, file) {
			(_, Some((file, settings))) => Self::file(file, settings),
			(Some(pixels), None) => Self::pixels(pixels),
			(None, None) => Self::sample(sample),
		}
	}

	/// Whether a model takes it: a job that its operator cannot prove only ties money up.
	pub fn fits(&self, model: &Model) -> Result<()> {
		let refused = |why: String| Err(Error::Input(why));
		match (&model.scheme, self.settings) {
			(Scheme::Ezkl { settings }, Some(given)) if settings.0 == given => Ok(()),
			(Scheme::Ezkl { settings }, Some(_)) => {
				refused(format!("--settings are not those of the model, whose hash is {}", units::hex_of(settings)))
			}
			(Scheme::Ezkl { .. }, None) => refused(
				"this model takes an input file: make one with `vektor commit-input`, and name it with --input and --settings"
					.into(),
			),
			(_, Some(_)) => refused("--input is for models of ezkl's, and this is none".into()),
			(_, None) => Ok(()),
		}
	}
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::model::record::tests::model;
	use vektor_client::H256;

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

	#[test]
	fn a_digits_commitment_is_that_of_what_the_operator_is_sent() {
		let input = Input::sample(0).unwrap();
		assert_eq!(Payload::from_bytes(&input.payload).unwrap().commitment(), input.commitment);
		assert_ne!(Input::sample(0).unwrap().commitment, input.commitment, "fresh salt for each job");
		assert!(Input::sample(usize::MAX).unwrap_err().to_string().contains("--sample takes 0 to"));
	}

	fn vector(name: &str) -> PathBuf {
		Path::new(env!("CARGO_MANIFEST_DIR")).join("../ezkl/tests/vectors").join(name)
	}

	fn of_ezkl() -> Input {
		Input::of(0, None, Some((&vector("mlp.input.json"), &vector("mlp.settings.json")))).unwrap()
	}

	#[test]
	fn an_input_files_commitment_is_instance_0_of_its_proof_and_its_bytes_are_sent() {
		let input = of_ezkl();
		let proof = std::fs::read(vector("mlp.proof.json")).unwrap();
		let (_, instances) = vektor_verifier_ezkl::files::proof(&proof).unwrap();
		assert_eq!(input.commitment, instances[0]);
		assert_eq!(input.payload, std::fs::read(vector("mlp.input.json")).unwrap());
	}

	#[test]
	fn an_input_file_that_is_none_or_of_another_model_is_refused_with_its_name() {
		let settings = vector("mlp.settings.json");
		for (file, settings, named) in [
			(vector("mlp.proof.json"), settings.clone(), "mlp.proof.json: not an input file"),
			(vector("mlp.input.json"), vector("ezkl_hash.settings.json"), "80 features"),
			(vector("mlp.input.json"), vector("mlp.input.json"), "not ezkl's settings"),
			(vector("none"), settings, "cannot read"),
		] {
			let refused = Input::file(&file, &settings).unwrap_err().to_string();
			assert!(refused.contains(named), "{refused}");
		}
	}

	#[test]
	fn a_model_takes_the_inputs_of_its_own_settings_alone() {
		let settings = H256(units::blake2_256(&std::fs::read(vector("mlp.settings.json")).unwrap()));
		let ours = Model { scheme: Scheme::Ezkl { settings }, ..model() };
		let session = Model { scheme: Scheme::Session { image: H256([1; 32]) }, ..model() };
		of_ezkl().fits(&ours).unwrap();
		let digit = Input::sample(0).unwrap();
		digit.fits(&session).unwrap();
		for (input, other, named) in [
			(of_ezkl(), model(), "not those of the model"),
			(digit, ours, "commit-input"),
			(of_ezkl(), session, "is none"),
		] {
			let refused = input.fits(&other).unwrap_err().to_string();
			assert!(refused.contains(named), "{refused}");
		}
	}
}
