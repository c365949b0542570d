use std::{
	path::{Path, PathBuf},
	time::Duration,
};

use vektor_ezkl::{Circuit, Commitment, Settings, Tool, ToolError};

use crate::{chain, vectors::path};

const LIMIT: Duration = Duration::from_secs(60);

fn program(name: &str) -> PathBuf {
	path("tools").join(name)
}

fn tool(name: &str) -> Tool {
	Tool::find(Some(&program(name))).unwrap()
}

fn circuit() -> Circuit {
	Circuit::in_folder(Path::new("model"), Path::new("kzg.srs"))
}

#[test]
fn a_proof_is_made_of_the_witness_of_the_input() {
	let proof = tool("proves").infer(&circuit(), "the input", LIMIT).unwrap();
	assert_eq!(String::from_utf8(proof).unwrap(), "prove of gen-witness of the input");
}

#[test]
fn the_version_is_asked_for() {
	assert_eq!(tool("proves").version().unwrap(), "ezkl 23.0.5");
	assert_eq!(tool("proves").program(), program("proves"));
}

#[test]
fn another_version_is_refused() {
	let error = Tool::find(Some(&program("older"))).unwrap_err();
	assert!(matches!(&error, ToolError::Version { said, .. } if said == "ezkl 22.2.1"), "{error}");
}

#[test]
fn a_missing_program_is_said_with_what_to_do() {
	let error = Tool::find(Some(Path::new("/nowhere/ezkl"))).unwrap_err();
	assert!(matches!(&error, ToolError::NotInstalled(at) if at == "/nowhere/ezkl"), "{error}");
	assert!(error.to_string().contains("Install ezkl 23.0.5"), "{error}");
}

#[test]
fn a_file_that_is_no_program_is_named() {
	let error = Tool::find(Some(&program("not-executable"))).unwrap_err();
	assert!(matches!(&error, ToolError::NotRunnable { program, .. } if program.ends_with("not-executable")), "{error}");
}

#[test]
fn a_failure_carries_the_end_of_what_was_said() {
	let error = tool("fails").infer(&circuit(), "", LIMIT).unwrap_err();
	let ToolError::Failed { command, status, said } = error else { panic!("{error}") };
	assert_eq!((command.as_str(), status.code()), ("gen-witness", Some(1)));
	assert!(said.len() <= 2048 && said.ends_with("ezkl: gen-witness: Failed to load srs"), "{said}");
	let error = tool("fails").verify(&circuit(), Path::new("proof.json"), LIMIT).unwrap_err();
	assert!(matches!(&error, ToolError::Failed { command, .. } if command == "verify"), "{error}");
}

#[test]
fn a_program_that_takes_too_long_is_ended() {
	let limit = Duration::from_millis(300);
	let error = tool("hangs").infer(&circuit(), "", limit).unwrap_err();
	let ToolError::TimedOut { command, limit: had, .. } = error else { panic!("{error}") };
	assert_eq!((command.as_str(), had), ("gen-witness", limit));
}

#[test]
fn a_program_that_writes_no_proof_is_found_out() {
	let folder = tempfile::tempdir().unwrap();
	let witness = folder.path().join("none/witness.json");
	let input = folder.path().join("input.json");
	std::fs::write(&input, "{}").unwrap();
	let error = tool("proves").gen_witness(&circuit(), &input, &witness, LIMIT).unwrap_err();
	assert!(matches!(error, ToolError::Failed { .. }), "{error}");
	let error = tool("silent").infer(&circuit(), "", LIMIT).unwrap_err();
	assert!(matches!(&error, ToolError::File { path, .. } if path.ends_with("proof.json")), "{error}");
}

#[test]
fn a_proof_that_holds_is_verified() {
	assert!(tool("proves").verify(&circuit(), Path::new("proof.json"), LIMIT).is_ok());
}

/// What `scripts/ezkl/make` made of a model: settings, input, key.
fn made(model: &str) -> (PathBuf, Settings, Vec<u8>, Vec<u8>) {
	let home = std::env::var_os("VEKTOR_EZKL").map(PathBuf::from);
	let home = home.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache/vektor/ezkl"));
	let read = |name: &str| std::fs::read(home.join(model).join(name)).unwrap();
	let settings = Settings::parse(&read("settings.json")).unwrap();
	(home.clone(), settings, read("input.json"), read("vka.bin"))
}

/// The greatest of the logits.
fn best(logits: &[f64]) -> Option<usize> {
	(0..logits.len()).max_by(|a, b| logits[*a].total_cmp(&logits[*b]))
}

/// The real one; some 15 seconds.
#[test]
#[ignore = "needs scripts/ezkl/make mlp"]
fn ezkl_itself_proves_a_commitment() {
	let (home, settings, input, key) = made("mlp");
	let circuit = Circuit::in_folder(&home.join("mlp"), &home.join("kzg-15.srs"));
	let commitment = Commitment::open(&input, &settings).unwrap();
	let tool = Tool::find(Some(&path("../../../scripts/ezkl/ezkl"))).unwrap();
	let proof = tool.infer(&circuit, &commitment.input_json, LIMIT).unwrap();

	let folder = tempfile::tempdir().unwrap();
	let file = folder.path().join("proof.json");
	std::fs::write(&file, &proof).unwrap();
	tool.verify(&circuit, &file, LIMIT).unwrap();
	// The first of the held-out digits is a nine.
	assert_eq!(best(&chain::check(&key, &proof, &input, &settings)), Some(9));
}

/// The proof that the script made.
#[test]
#[ignore = "needs scripts/ezkl/make conv"]
fn a_convolution_with_a_lookup_is_accepted() {
	let (home, settings, input, key) = made("conv");
	let proof = std::fs::read(home.join("conv/proof.json")).unwrap();
	assert_eq!((settings.lookups, settings.features), (1, Some(80)));
	assert_eq!(best(&chain::check(&key, &proof, &input, &settings)), Some(9));
}
