//! Any bytes as a verification key: one that is accepted reads back as itself, and no proof of another key holds for it.
#![no_main]

mod vector;

use libfuzzer_sys::fuzz_target;
use vector::VECTOR;
use vektor_verifier_groth16::{verify, Key, MAX_PREPARED};

fuzz_target!(|bytes: &[u8]| {
	for publics in [3, 12] {
		let Ok(key) = Key::parse(bytes, publics) else { continue };
		assert_eq!(Key::parse(&key.to_bytes(), publics).as_ref(), Ok(&key));
		let prepared = key.to_prepared();
		assert!(prepared.len() <= MAX_PREPARED);
		let holds = verify(&prepared, &VECTOR.publics, &VECTOR.proof).is_ok();
		assert_eq!(holds, prepared == VECTOR.prepared);
	}
	// As a prepared key: checked before it was stored, so it need only not panic.
	let _ = verify(bytes, &VECTOR.publics, &VECTOR.proof);
});
