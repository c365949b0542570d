//! Any bytes as a proof, a key or a file of ezkl: only the vector's proof is accepted, and what is read is in range.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vektor_verifier_ezkl::{files, verify, Error, Key, MAX_KEY, MAX_PROOF};

macro_rules! file {
	($name:literal) => {
		include_bytes!(concat!("../../pallets/verifiers/ezkl/vectors/ezkl_no_lookup/", $name))
	};
}

const KEY: &[u8] = file!("vka.bin");
const PROOF: &[u8] = file!("pf.bin");
const INSTANCES: &[[u8; 32]] = file!("inst.bin").as_chunks().0;

fuzz_target!(|bytes: &[u8]| {
	let srs = KEY[0x280..0x300].try_into().expect("128 bytes");
	assert_eq!(verify(KEY, srs, INSTANCES, bytes).is_ok(), bytes == PROOF);
	if let Ok(key) = Key::parse(bytes) {
		let shape = key.shape();
		assert!(bytes.len() <= MAX_KEY && shape.points <= 256);
		assert!(usize::try_from(shape.proof_length).is_ok_and(|length| length <= MAX_PROOF));
		// What is registered can be read again, so that a proof is refused for its own faults only.
		let said = verify(bytes, key.srs(), INSTANCES, PROOF);
		assert!(!matches!(said, Err(Error::Key(_) | Error::Srs)), "{said:?}");
	}
	if let Ok(words) = files::words(bytes) {
		assert_eq!(words.len() % 32, 0);
	}
	if let Ok((_, instances)) = files::proof(bytes) {
		assert!(instances.iter().all(|instance| instance[0] < 0x31));
	}
});
