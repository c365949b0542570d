//! Groth16 over BN254.

use std::path::Path;

use vektor_verifier_groth16::{snarkjs, verify, Key};

use super::{felts, named, read, Checked, Failure, Holds};

/// Checks a proof with a key, each as snarkjs wrote it or in bytes.
pub fn check(key: &Path, proof: &Path, publics: &Path) -> Checked {
	let (key, proof, publics) = (read(key)?, read(proof)?, read(publics)?);
	let publics = match snarkjs::is_json(&publics) {
		true => snarkjs::publics(&publics).map_err(named("the public inputs"))?,
		false => felts(&publics).map_err(named("the public inputs"))?,
	};
	let count = u32::try_from(publics.len()).unwrap_or(u32::MAX);
	let key = match snarkjs::is_json(&key) {
		true => snarkjs::key(&key).map_err(named("the key"))?,
		false => Key::parse(&key, count).map_err(named("the key"))?,
	};
	let proof = match snarkjs::is_json(&proof) {
		true => snarkjs::proof(&proof).map_err(named("the proof"))?,
		false => proof,
	};
	verify(&key.to_prepared(), &publics, &proof).map_err(|e| Failure::Refused(e.to_string()))?;
	let words = format!("the proof holds for these {count} public inputs");
	Ok(Holds { words, facts: vec![("publics", count.into())] })
}
