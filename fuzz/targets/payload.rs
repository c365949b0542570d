//! Any bytes as the body of an input: one that is taken is exactly what the commitment names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vektor_circuits::digits::{Payload, PIXEL_MAX};
use vektor_primitives::is_canonical;

fuzz_target!(|bytes: &[u8]| {
	if let Ok(payload) = Payload::from_bytes(bytes) {
		assert_eq!(payload.to_bytes(), bytes);
		assert!(payload.pixels.iter().all(|pixel| *pixel <= PIXEL_MAX));
		assert!(is_canonical(&payload.commitment()));
	}
});
