//! The chain's own verifier on what `scripts/ezkl/make mlp` made: settings, input, key and proof under the development SRS.

use vektor_ezkl::{outputs, srs, Commitment, Felt, Settings};
use vektor_verifier_ezkl::{files, verify, Error, Key};

use crate::vectors::{bytes, json, settings};

fn pin() -> [u8; 128] {
	srs::words().concat().try_into().unwrap()
}

/// Checks a proof of an input of the digits network as chain and client do; gives what it says.
pub fn check(key: &[u8], proof: &[u8], input: &[u8], settings: &Settings) -> Vec<f64> {
	assert_eq!(settings.refusals(), []);
	let commitment = Commitment::open(input, settings).unwrap();
	let (proof, instances) = files::proof(proof).unwrap();
	assert_eq!(instances[0], commitment.hash);
	assert_eq!(instances.len(), 1 + settings.outputs());
	Key::parse(key).unwrap();
	assert_eq!(verify(key, &pin(), &instances, &proof), Ok(()));
	outputs(&instances[1..], settings.output_scales[0]).unwrap()
}

#[test]
fn a_proof_under_the_development_srs_is_accepted_for_the_commitment_and_the_outputs_alone() {
	let (key, file, settings) = (bytes("mlp.vka.bin"), bytes("mlp.proof.json"), settings("mlp"));
	let said = check(&key, &file, &bytes("mlp.input.json"), &settings);
	// ezkl prints 32-bit floats.
	let printed: serde_json::Value = json("mlp.proof.json");
	let printed = printed.pointer("/pretty_public_inputs/rescaled_outputs/0").unwrap().as_array().unwrap();
	assert_eq!(printed.len(), said.len());
	for (said, printed) in said.iter().zip(printed) {
		let printed: f64 = printed.as_str().unwrap().parse().unwrap();
		assert!((said - printed).abs() < 1e-6, "{said} {printed}");
	}

	let (proof, instances) = files::proof(&file).unwrap();
	let mut other: Vec<Felt> = instances.clone();
	other[0][31] ^= 1;
	assert_eq!(verify(&key, &pin(), &other, &proof), Err(Error::DoesNotHold));
	let mut other = pin();
	other[0] ^= 1;
	assert_eq!(verify(&key, &other, &instances, &proof), Err(Error::Srs));
}
