//! ezkl's proofs.

use std::path::Path;

use vektor_client::units::hex_of;
use vektor_verifier_ezkl::{files, verify, Error, Key, Srs, PERPETUAL_POWERS_OF_TAU};
use vektor_verifier_groth16::snarkjs::is_json;

use super::{felts, hex, hex_option, named, read, Checked, Failure, Holds};

/// Checks a proof with a key that was made with the structured reference string `srs`.
pub fn check(key: &Path, proof: &Path, publics: &Path, srs: Option<&str>) -> Checked {
	let pin = srs.map_or(Ok(PERPETUAL_POWERS_OF_TAU), pin)?;
	let (key, proof, publics) = (read(key)?, read(proof)?, read(publics)?);
	let words = files::words(&key).map_err(named("the key"))?;
	let key = Key::parse(words).map_err(named("the key"))?;
	let proof = match is_json(&proof) {
		true => files::proof(&proof).map_err(named("the proof"))?.0,
		false => proof,
	};
	let instances = match is_json(&publics) {
		true => files::proof(&publics).map_err(named("the public inputs"))?.1,
		false => felts(&publics).map_err(named("the public inputs"))?,
	};
	verify(words, &pin, &instances, &proof).map_err(|error| {
		Failure::Refused(match error {
			Error::Srs => format!(
				"{error}. Its own is {}: --srs takes it, if you know who made it and that they do not forge",
				hex_of(key.srs())
			),
			_ => error.to_string(),
		})
	})?;
	let shape = key.shape();
	let facts = vec![
		("rows", format!("2^{}", shape.k).into()),
		("publics", shape.instances.into()),
		("hashes", shape.hashes.into()),
		("srs", hex(key.srs())),
	];
	Ok(Holds { words: format!("the proof holds for these {} public inputs", instances.len()), facts })
}

fn pin(text: &str) -> Result<[u8; 128], Failure> {
	let bytes: [u8; 128] = hex_option("srs", text)?;
	match Srs::parse(&bytes) {
		Ok(_) => Ok(bytes),
		Err(error) => Err(Failure::Usage(format!("--srs: {error}"))),
	}
}
