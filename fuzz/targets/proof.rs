//! Any bytes as a proof for a key and a statement that hold together: only that proof is accepted.
#![no_main]

mod vector;

use libfuzzer_sys::fuzz_target;
use vector::VECTOR;
use vektor_verifier_groth16::{verify, COMPRESSED_PROOF};

/// The x-coordinates of `A`, `B` and `C`, without the flags.
fn points(proof: &[u8]) -> Vec<u8> {
	let (g1, step) = if proof.len() == COMPRESSED_PROOF { (32, 1) } else { (32, 2) };
	let at = [(0, g1), (g1 * step, 2 * g1), (3 * g1 * step, g1)];
	let mut coordinates = at.map(|(from, length)| proof[from..from + length].to_vec());
	coordinates.iter_mut().for_each(|x| *x.last_mut().expect("not empty") &= 0x3f);
	coordinates.concat()
}

fuzz_target!(|bytes: &[u8]| {
	if verify(&VECTOR.prepared, &VECTOR.publics, bytes).is_ok() {
		// In either form, or with -A and -B: Groth16 is malleable, and nothing is named by a proof's bytes.
		assert_eq!(points(bytes), points(&VECTOR.proof));
	}
	// As a public input: the statement must be the vector's.
	if let Ok(felt) = bytes.try_into() {
		let mut publics = VECTOR.publics.clone();
		publics[2] = felt;
		assert_eq!(verify(&VECTOR.prepared, &publics, &VECTOR.proof).is_ok(), publics == VECTOR.publics);
	}
});
