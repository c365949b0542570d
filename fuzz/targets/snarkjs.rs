//! Any bytes as snarkjs JSON: what is read is in range.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vektor_primitives::is_canonical;
use vektor_verifier_groth16::{snarkjs, COMPRESSED_PROOF};

fuzz_target!(|bytes: &[u8]| {
	let _ = snarkjs::is_json(bytes);
	let _ = snarkjs::key(bytes);
	if let Ok(proof) = snarkjs::proof(bytes) {
		assert_eq!(proof.len(), COMPRESSED_PROOF);
	}
	if let Ok(publics) = snarkjs::publics(bytes) {
		assert!(publics.iter().all(is_canonical));
	}
});
