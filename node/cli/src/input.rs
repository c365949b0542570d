//! What is sent to the operator, and what the job says of it in public.

use std::path::Path;

use rand::{rngs::OsRng, RngCore};
use vektor_circuits::digits::{self, Payload, PIXELS};
use vektor_client::{units, Error, Model, Result, H256};
use vektor_ezkl::{Commitment, Settings};
use vektor_primitives::Scheme;
use vektor_session::{Context, Input as Secret};

use crate::{choose::Chosen, files};

/// An input, committed to.
#[derive(Debug)]
pub struct Input {
	/// What it is called.
	pub name: String,
	/// What people see of it.
	pub picture: Option<String>,
	/// What the job carries.
	pub commitment: [u8; 32],
	content: Content,
}

/// What is behind the commitment.
#[derive(Debug)]
enum Content {
	/// A digit with its salt, as the operator is sent it.
	Digit(Vec<u8>),
	/// An input file of ezkl's with its salt, as the operator is sent it, and the hash of the settings that it was
	/// committed to by.
	Ezkl { file: Vec<u8>, settings: [u8; 32] },
	/// What only an enclave may read.
	Secret(Secret),
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
			content: Content::Digit(payload.to_bytes().to_vec()),
		}
	}

	/// What `commit-input` wrote, for the model of these settings.
	pub fn file(path: &Path, settings: &Path) -> Result<Self> {
		let file = files::read(path)?;
		let bytes = files::read(settings)?;
		let parsed = Settings::parse(&bytes).map_err(|e| Error::Input(format!("{}: {e}", settings.display())))?;
		let commitment =
			Commitment::open(&file, &parsed).map_err(|e| Error::Input(format!("{}: {e}", path.display())))?;
		Ok(Self {
			name: path.display().to_string(),
			picture: None,
			commitment: commitment.hash,
			content: Content::Ezkl { file, settings: units::blake2_256(&bytes) },
		})
	}

	/// An input for an enclave, with fresh salt.
	pub fn secret(path: &Path) -> Result<Self> {
		let secret = Secret::new(files::read(path)?);
		Ok(Self {
			name: path.display().to_string(),
			picture: None,
			commitment: secret.commitment(),
			content: Content::Secret(secret),
		})
	}

	/// The input that options name: a file goes with its settings or none.
	pub fn of(sample: usize, pixels: Option<&Path>, file: Option<(&Path, Option<&Path>)>) -> Result<Self> {
		match (pixels, file) {
			(_, Some((file, Some(settings)))) => Self::file(file, settings),
			(_, Some((file, None))) => Self::secret(file),
			(Some(pixels), None) => Self::pixels(pixels),
			(None, None) => Self::sample(sample),
		}
	}

	/// Whether a model takes it: a job that its operator cannot prove only ties money up.
	pub fn fits(&self, model: &Model) -> Result<()> {
		let refused = |why: String| Err(Error::Input(why));
		match (&model.scheme, &self.content) {
			(Scheme::Ezkl { settings: model }, Content::Ezkl { settings, .. }) if model.0 == *settings => Ok(()),
			(Scheme::Ezkl { settings }, Content::Ezkl { .. }) => {
				refused(format!("--settings are not those of the model, whose hash is {}", units::hex_of(settings)))
			}
			(Scheme::Ezkl { .. }, _) => refused(
				"this model takes an input file: make one with `vektor commit-input`, and name it with --input and --settings"
					.into(),
			),
			(Scheme::Session { .. }, Content::Secret(_)) => Ok(()),
			(Scheme::Session { .. }, _) => refused(
				"this model runs in an enclave: name its input with --input alone; it is salted and sealed here".into(),
			),
			(Scheme::Groth16 { .. }, Content::Digit(_)) => Ok(()),
			(Scheme::Groth16 { .. }, _) => {
				refused("--input is for models of ezkl's and for those in enclaves, and this is neither".into())
			}
		}
	}

	/// Whether only an enclave may read it.
	pub fn is_secret(&self) -> bool {
		matches!(self.content, Content::Secret(_))
	}

	/// What the operator is sent: a secret only sealed, to the session that was chosen.
	pub fn payload(&self, genesis: H256, chosen: &Chosen) -> Result<Vec<u8>> {
		match &self.content {
			Content::Digit(bytes) | Content::Ezkl { file: bytes, .. } => Ok(bytes.clone()),
			Content::Secret(secret) => {
				let session = chosen.session.as_ref();
				let session = session.ok_or_else(|| Error::Input("there is no enclave to seal the input to".into()))?;
				let context = Context {
					genesis: genesis.0,
					operator: chosen.operator.id.0 .0,
					model: chosen.model.id.0 .0,
					commitment: self.commitment,
				};
				let sealed = vektor_session::seal(&session.keys.sealing.0, &context, secret);
				sealed.map_err(|e| Error::Input(format!("{}: {e}", self.name)))
			}
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
	use crate::{choose::tests::operator, model::record::tests::model, session::tests::session};
	use std::path::PathBuf;
	use vektor_client::Session;
	use vektor_primitives::SessionKeys;

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
		let sent = input.payload(H256::zero(), &chosen(None)).unwrap();
		assert_eq!(Payload::from_bytes(&sent).unwrap().commitment(), input.commitment);
		assert_ne!(Input::sample(0).unwrap().commitment, input.commitment, "fresh salt for each job");
		assert!(Input::sample(usize::MAX).unwrap_err().to_string().contains("--sample takes 0 to"));
	}

	fn chosen(session: Option<Session>) -> Chosen {
		Chosen { model: model(), operator: operator(5, 6), session }
	}

	/// An input for an enclave, and what it says.
	fn secret() -> (Input, &'static [u8]) {
		let bytes = b"what nobody else may know";
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("secret");
		std::fs::write(&path, bytes).unwrap();
		(Input::of(0, None, Some((path.as_path(), None))).unwrap(), bytes)
	}

	#[test]
	fn an_input_for_an_enclave_is_sealed_to_the_session_of_its_operator_and_model() {
		let keys = vektor_session::Keys::generate();
		let (signing, sealing) = keys.public();
		let keys_of = SessionKeys { signing: H256(signing), sealing: H256(sealing) };
		let chosen = chosen(Some(Session { keys: keys_of, ..session(true) }));
		let (input, bytes) = secret();
		let sealed = input.payload(H256([9; 32]), &chosen).unwrap();
		assert!(!sealed.windows(bytes.len()).any(|part| part == bytes));
		let context =
			Context { genesis: [9; 32], operator: [5; 32], model: chosen.model.id.0 .0, commitment: input.commitment };
		assert_eq!(keys.open(&context, &sealed).unwrap().bytes, bytes);
		assert!(keys.open(&Context { genesis: [8; 32], ..context }, &sealed).is_err());
		assert_ne!(secret().0.commitment, input.commitment, "fresh salt for each job");
		assert!(!format!("{input:?}").contains("nobody"));
		assert!(input.is_secret() && !Input::sample(0).unwrap().is_secret());
	}

	#[test]
	fn what_only_an_enclave_may_read_is_sent_to_nobody_without_one() {
		let (input, _) = secret();
		assert!(input.payload(H256::zero(), &chosen(None)).unwrap_err().to_string().contains("no enclave"));
		let no_key = SessionKeys { sealing: H256::zero(), ..session(true).keys };
		let bad = chosen(Some(Session { keys: no_key, ..session(true) }));
		assert!(input.payload(H256::zero(), &bad).is_err());
	}

	fn vector(name: &str) -> PathBuf {
		Path::new(env!("CARGO_MANIFEST_DIR")).join("../ezkl/tests/vectors").join(name)
	}

	fn of_ezkl() -> Input {
		let [input, settings] = ["mlp.input.json", "mlp.settings.json"].map(vector);
		Input::of(0, None, Some((input.as_path(), Some(settings.as_path())))).unwrap()
	}

	#[test]
	fn an_input_files_commitment_is_instance_0_of_its_proof_and_its_bytes_are_sent() {
		let input = of_ezkl();
		let proof = std::fs::read(vector("mlp.proof.json")).unwrap();
		let (_, instances) = vektor_verifier_ezkl::files::proof(&proof).unwrap();
		assert_eq!(input.commitment, instances[0]);
		let sent = input.payload(H256::zero(), &chosen(None)).unwrap();
		assert_eq!(sent, std::fs::read(vector("mlp.input.json")).unwrap());
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
	fn a_model_takes_inputs_of_its_own_kind_and_settings_alone() {
		let settings = H256(units::blake2_256(&std::fs::read(vector("mlp.settings.json")).unwrap()));
		let ours = Model { scheme: Scheme::Ezkl { settings }, ..model() };
		let enclave = Model { scheme: Scheme::Session { image: H256([1; 32]) }, ..model() };
		let groth16 = Model { scheme: Scheme::Groth16 { layout: Default::default() }, ..model() };
		let digit = || Input::sample(0).unwrap();
		of_ezkl().fits(&ours).unwrap();
		secret().0.fits(&enclave).unwrap();
		digit().fits(&groth16).unwrap();
		for (input, other, named) in [
			(of_ezkl(), &model(), "not those of the model"),
			(digit(), &ours, "commit-input"),
			(secret().0, &ours, "commit-input"),
			(of_ezkl(), &enclave, "--input alone"),
			(digit(), &enclave, "--input alone"),
			(of_ezkl(), &groth16, "neither"),
			(secret().0, &groth16, "neither"),
		] {
			let refused = input.fits(other).unwrap_err().to_string();
			assert!(refused.contains(named), "{refused}");
		}
	}
}
