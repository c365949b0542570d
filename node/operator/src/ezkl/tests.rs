use std::fs;

use serde_json::Value;
use tempfile::TempDir;
use vektor_client::AccountId;
use vektor_primitives::{Assurance, Evidence, KeySetup, Needs, OperatorId, PublicsLayout, Statement, Usd};

use super::*;
use crate::{config::Tools, init, served::Served};

/// What `scripts/ezkl/make mlp` made, in `vektor-ezkl`'s tests: a real model, input and proof.
fn vector(name: &str) -> Vec<u8> {
	fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../ezkl/tests/vectors").join(name)).unwrap()
}

/// A program that stands in for ezkl: `proves` of this crate, the others of `vektor-ezkl`'s tests.
fn program(name: &str) -> PathBuf {
	let folder = if name == "proves" { "tests/tools" } else { "../ezkl/tests/tools" };
	Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name)
}

/// The input of [`proved`]'s job.
pub fn input() -> Vec<u8> {
	vector("mlp.input.json")
}

/// Another input, and the hash of it.
fn other_input(model: &Model) -> (Vec<u8>, H256) {
	let mut file: Value = serde_json::from_slice(&input()).unwrap();
	file["input_data"][0][0] = 1.0.into();
	let bytes = file.to_string().into_bytes();
	let hash = model.open(&bytes).unwrap().hash;
	(bytes, H256(hash))
}

/// A folder with a model's files. The keys that only ezkl reads are empty.
fn files_of_a_model() -> TempDir {
	let dir = tempfile::tempdir().unwrap();
	for (name, content) in [
		("settings.json", vector("mlp.settings.json")),
		("vka.bin", vector("mlp.vka.bin")),
		("proof.json", vector("mlp.proof.json")),
		("network.ezkl", vec![]),
		("pk.key", vec![]),
		("vk.key", vec![]),
		("kzg.srs", vec![]),
	] {
		fs::write(dir.path().join(name), content).unwrap();
	}
	dir
}

pub const MODEL: ModelId = ModelId(H256([0xab; 32]));

fn config(dir: &Path, tool: &str) -> Config {
	let text = format!(
		"{}[[ezkl]]\nmodel = \"{}\"\nfolder = \".\"\nsrs = \"kzg.srs\"\n[tools]\nezkl = \"{}\"\n",
		init::config_text(&init::Options::default()),
		units::hex_of(MODEL.0),
		program(tool).display()
	);
	let path = dir.join("config.toml");
	fs::write(&path, text).unwrap();
	Config::load(&path).unwrap()
}

/// A model whose files are in the folder, and that this program proves.
pub fn model(tool: &str) -> (Arc<Model>, TempDir) {
	let dir = files_of_a_model();
	let models = load(&config(dir.path(), tool)).unwrap();
	(models[&MODEL].clone(), dir)
}

const LIMIT: Duration = Duration::from_secs(60);

fn refused(dir: &TempDir) -> String {
	load(&config(dir.path(), "proves")).unwrap_err().to_string()
}

#[test]
fn a_proof_of_the_jobs_input_is_what_the_chain_takes() {
	let (model, _dir) = model("proves");
	let commitment = H256(model.open(&input()).unwrap().hash);
	let made = model.prove(&input(), &commitment, LIMIT).unwrap();
	assert_eq!(made.outputs.len(), model.settings.outputs());

	let outputs = made.outputs.iter().map(|output| output.0).collect::<Vec<_>>().try_into().unwrap();
	let Evidence::Ezkl(proof) = Served::Ezkl(model.clone()).evidence(made.proof).unwrap() else { panic!() };
	let statement = Statement {
		genesis: H256::zero(),
		job: Default::default(),
		operator: OperatorId::default(),
		model: MODEL,
		commitment,
		outputs,
	};
	assert_eq!(verify(&vector("mlp.vka.bin"), &model.srs, &statement.instances(), &proof), Ok(()));
	assert_eq!(proof_length(&model.circuit.compiled.with_file_name("")), Some(proof.len()));
}

/// ezkl itself on the held-out digit; some 15 seconds.
#[test]
#[ignore = "needs scripts/ezkl/make mlp"]
fn ezkl_itself_proves_the_jobs_input() {
	let home = std::env::var_os("VEKTOR_EZKL").map(PathBuf::from);
	let home = home.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache/vektor/ezkl"));
	let dir = tempfile::tempdir().unwrap();
	let mut config = config(dir.path(), "proves");
	config.ezkl[0].folder = home.join("mlp");
	config.ezkl[0].srs = home.join("kzg-15.srs");
	config.tools.ezkl = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/ezkl/ezkl"));
	let model = load(&config).unwrap()[&MODEL].clone();
	let input = fs::read(home.join("mlp/input.json")).unwrap();
	let commitment = H256(model.open(&input).unwrap().hash);
	assert_eq!(model.prove(&input, &commitment, LIMIT).unwrap().outputs.len(), 10);
}

#[test]
fn a_proof_of_another_input_is_not_delivered() {
	let (model, _dir) = model("proves");
	let (other, commitment) = other_input(&model);
	let failure = model.prove(&other, &commitment, LIMIT).unwrap_err();
	assert!(matches!(&failure, Failure::Proof(why) if why.contains("another input")), "{failure:?}");
}

#[test]
fn a_proof_that_does_not_hold_is_not_delivered() {
	let (model, dir) = model("proves");
	let commitment = H256(model.open(&input()).unwrap().hash);
	let mut file: Value = serde_json::from_slice(&vector("mlp.proof.json")).unwrap();
	file["instances"][0][1] = "0".repeat(64).into();
	fs::write(dir.path().join("proof.json"), file.to_string()).unwrap();
	let failure = model.prove(&input(), &commitment, LIMIT).unwrap_err();
	assert!(matches!(&failure, Failure::Proof(why) if why.contains("does not hold")), "{failure:?}");

	fs::write(dir.path().join("proof.json"), "{}").unwrap();
	let failure = model.prove(&input(), &commitment, LIMIT).unwrap_err();
	assert!(matches!(&failure, Failure::Proof(why) if why.contains("hex_proof is missing")), "{failure:?}");
}

#[test]
fn a_failure_of_ezkl_is_told_in_its_own_words() {
	let (model, _dir) = model("fails");
	let failure = model.prove(&input(), &H256::zero(), LIMIT).unwrap_err();
	let Failure::Tool(error) = failure else { panic!("{failure:?}") };
	assert!(matches!(error, ToolError::Failed { .. }), "{error}");
	assert!(error.to_string().ends_with("ezkl: gen-witness: Failed to load srs"), "{error}");
}

#[test]
fn ezkl_is_ended_when_the_jobs_time_is_up() {
	let (model, _dir) = model("hangs");
	let limit = Duration::from_millis(100);
	let failure = model.prove(&input(), &H256::zero(), limit).unwrap_err();
	assert!(matches!(failure, Failure::Tool(ToolError::TimedOut { limit: had, .. }) if had == limit), "{failure:?}");
}

#[test]
fn an_input_and_its_commitment_are_checked() {
	let (model, _dir) = model("proves");
	let commitment = H256(model.open(&input()).unwrap().hash);
	let (other, _) = other_input(&model);
	let served = Served::Ezkl(model);
	assert_eq!(served.check(&input(), &commitment), Ok(()));
	assert_eq!(served.check(&other, &commitment), Err(crate::served::Unfit::Commitment));
	let short = br#"{"input_data":[[0.5]]}"#;
	let unfit = served.check(short, &commitment).unwrap_err();
	assert!(matches!(&unfit, crate::served::Unfit::Malformed(why, _) if why.contains("takes 80")), "{unfit:?}");
	let failure = match &served {
		Served::Ezkl(model) => model.prove(short, &commitment, LIMIT).unwrap_err(),
		_ => panic!(),
	};
	assert!(matches!(&failure, Failure::Proof(why) if why.contains("takes 80")), "{failure:?}");
}

#[test]
fn inputs_are_as_long_as_their_features_need() {
	let (model, _dir) = model("proves");
	assert_eq!(model.longest(), 80 * 32 + 64);
	assert!(input().len() <= model.longest());
	// The longest number there is, for each feature.
	let longest = vec![vec![-f64::MIN_POSITIVE; 80]];
	assert!(serde_json::json!({ "input_data": longest }).to_string().len() <= model.longest());
}

#[test]
fn ezkl_is_looked_for_only_where_a_model_needs_it() {
	let dir = files_of_a_model();
	let missing = Config { tools: Tools { ezkl: Some("/nowhere/ezkl".into()) }, ..config(dir.path(), "proves") };
	let error = load(&missing).unwrap_err().to_string();
	assert!(error.contains("no /nowhere/ezkl") && error.contains("Install ezkl 23.0.5"), "{error}");
	assert!(load(&Config { ezkl: vec![], ..missing }).unwrap().is_empty());
	let error = load(&config(dir.path(), "older")).unwrap_err().to_string();
	assert!(error.contains("ezkl 22.2.1"), "{error}");
}

#[test]
fn a_missing_file_is_named() {
	for name in ["network.ezkl", "settings.json", "pk.key", "vk.key", "vka.bin", "kzg.srs"] {
		let dir = files_of_a_model();
		fs::remove_file(dir.path().join(name)).unwrap();
		let error = refused(&dir);
		assert!(error.contains(&format!("{name}: there is no such file")), "{error}");
		assert!(error.contains(&units::hex_of(MODEL.0)), "{error}");
	}
}

#[test]
fn settings_that_the_chain_would_not_take_are_refused() {
	let dir = files_of_a_model();
	let path = dir.path().join("settings.json");
	let good = String::from_utf8(vector("mlp.settings.json")).unwrap();
	fs::write(&path, good.replace(r#""output_visibility":"Public""#, r#""output_visibility":"Private""#)).unwrap();
	assert!(refused(&dir).contains("outputs are private"), "{}", refused(&dir));
	fs::write(&path, "{}").unwrap();
	assert!(refused(&dir).contains("not ezkl's settings"), "{}", refused(&dir));
}

#[test]
fn a_key_is_read_with_its_count_or_without_and_another_models_is_refused() {
	let dir = files_of_a_model();
	let path = dir.path().join("vka.bin");
	let words = vector("mlp.vka.bin");
	let counted = [&(words.len() as u64 / 32).to_le_bytes(), &words[..]].concat();
	fs::write(&path, counted).unwrap();
	assert_eq!(load(&config(dir.path(), "proves")).unwrap()[&MODEL].key, words);

	fs::write(&path, &words[..words.len() - 1]).unwrap();
	assert!(refused(&dir).contains("neither 32-byte words"), "{}", refused(&dir));
	fs::write(&path, &words[..words.len() - 32]).unwrap();
	assert!(refused(&dir).contains("vka.bin: "), "{}", refused(&dir));
	let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pallets/verifiers/ezkl/vectors/ezkl_public/vka.bin");
	fs::write(&path, fs::read(other).unwrap()).unwrap();
	assert!(refused(&dir).contains("they are of two models"), "{}", refused(&dir));
}

#[test]
fn the_chains_record_must_be_of_the_same_settings() {
	let (model, _dir) = model("proves");
	let record = |scheme| vektor_client::Model {
		id: MODEL,
		owner: AccountId::from([1; 32]),
		artefact: H256::zero(),
		assurance: Assurance::Zk,
		setup: KeySetup::SingleParty,
		scheme,
		outputs: 10,
		needs: Needs::default(),
		min_deadline: 10,
		output_scale: 1,
		price: Usd(1),
		licence: String::new(),
		deposit: 0,
		registered: 0,
		verified_from: 0,
		retired: false,
	};
	let settings = H256(units::blake2_256(&vector("mlp.settings.json")));
	model.fits(Some(&record(Scheme::Ezkl { settings }))).unwrap();
	for (chain, says) in [
		(None, "knows no such model"),
		(Some(record(Scheme::Ezkl { settings: H256::zero() })), "registered with other settings"),
		(Some(record(Scheme::Groth16 { layout: PublicsLayout::default() })), "in another way"),
	] {
		let error = model.fits(chain.as_ref()).unwrap_err().to_string();
		assert!(error.contains(says) && error.contains(&units::hex_of(MODEL.0)), "{error}");
	}
}
