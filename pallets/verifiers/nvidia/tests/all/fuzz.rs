//! No bytes panic, and none but the valid ones are accepted.

use proptest::{collection::vec, prelude::*};
use vektor_verifier_nvidia::verify;

use crate::{
	flow::{self, gpu, NONCE},
	vectors::{self, LEAF, REPORT},
};

fn mutated(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
	let length = bytes.len();
	vec((0..length, 1u8..), 1..4).prop_filter_map("unchanged", move |changes| {
		let mut mutated = bytes.clone();
		for (at, change) in changes {
			mutated[at] ^= change;
		}
		(mutated != bytes).then_some(mutated)
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn random_bytes_are_neither_a_report_nor_a_certificate(
		report in vec(any::<u8>(), 0..5000),
		leaf in vec(any::<u8>(), 0..1000),
	) {
		let nonce = vectors::nonce();
		prop_assert!(verify(&report, LEAF, vectors::issuer(), &nonce, vectors::NOW).is_err());
		prop_assert!(verify(REPORT, &leaf, vectors::issuer(), &nonce, vectors::NOW).is_err());
	}

	#[test]
	fn a_mutated_report_or_certificate_is_refused(
		report in mutated(REPORT.to_vec()),
		leaf in mutated(LEAF.to_vec()),
	) {
		let nonce = vectors::nonce();
		prop_assert!(verify(&report, LEAF, vectors::issuer(), &nonce, vectors::NOW).is_err());
		prop_assert!(verify(REPORT, &leaf, vectors::issuer(), &nonce, vectors::NOW).is_err());
	}

	#[test]
	fn any_signed_record_and_fields_are_read_without_panic(
		record in vec(any::<u8>(), 0..400),
		fields in vec((0u16..24, vec(any::<u8>(), 0..50)), 0..12),
	) {
		let report = gpu().report_with(NONCE, &record, &gpu().fields());
		prop_assert!(verify(&report, &gpu().leaf(), flow::issuer(), &NONCE, flow::NOW).is_err());
		let report = gpu().report_with(NONCE, &gpu().record(), &fields);
		let _ = verify(&report, &gpu().leaf(), flow::issuer(), &NONCE, flow::NOW);
	}
}
