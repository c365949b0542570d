//! No bytes panic, and none but the valid ones are accepted.

use proptest::{collection::vec, prelude::*};
use vektor_verifier_snp::{test_pki::sign, Vcek};

use crate::{
	flow::{stored, MILAN, NOW},
	vectors::{self, milan},
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
		report in prop_oneof![vec(any::<u8>(), 1184), vec(any::<u8>(), 0..1300)],
		vcek in vec(any::<u8>(), 0..1500),
	) {
		prop_assert!(stored().report(&report, NOW).is_err());
		prop_assert!(Vcek::verify(&vcek, &milan(), vectors::NOW).is_err());
	}

	#[test]
	fn a_mutated_report_or_certificate_is_refused(
		report in mutated(MILAN.report([1; 64], [2; 48])),
		vcek in mutated(vectors::VCEK.to_vec()),
	) {
		prop_assert!(stored().report(&report, NOW).is_err());
		prop_assert!(Vcek::verify(&vcek, &milan(), vectors::NOW).is_err());
	}

	#[test]
	fn any_signed_report_is_read_without_panic(bytes in vec(any::<u8>(), 1184), version in 2u32..6) {
		let mut report = bytes;
		report[..4].copy_from_slice(&version.to_le_bytes());
		sign(&mut report);
		prop_assert!(stored().report(&report, NOW).is_err());
	}
}
