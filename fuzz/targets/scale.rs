//! Any bytes as the arguments of a call: what decodes is within its bounds and encodes to the same bytes.
#![no_main]

use codec::{DecodeAll, Encode, MaxEncodedLen};
use libfuzzer_sys::fuzz_target;
use vektor_primitives::{layout_counts, Asset, Evidence, Outputs, Statement, Verification, MAX_PUBLICS};

fn whole<T: DecodeAll + Encode + MaxEncodedLen>(mut bytes: &[u8]) -> Option<T> {
	let input = bytes;
	let value = T::decode_all(&mut bytes).ok()?;
	assert_eq!(value.encode(), input);
	assert!(input.len() <= T::max_encoded_len());
	Some(value)
}

fuzz_target!(|bytes: &[u8]| {
	let Some((kind, bytes)) = bytes.split_first() else { return };
	match kind % 5 {
		0 => drop(whole::<Evidence>(bytes)),
		1 => drop(whole::<Outputs>(bytes)),
		2 => drop(whole::<Statement>(bytes)),
		3 => drop(whole::<Asset>(bytes)),
		_ => {
			if let Some(Verification::Groth16 { layout, .. }) = whole::<Verification>(bytes) {
				if let Ok((publics, outputs)) = layout_counts(&layout) {
					assert!(outputs < publics && publics <= MAX_PUBLICS);
				}
			}
		}
	}
});
