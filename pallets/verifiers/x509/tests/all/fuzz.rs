//! No bytes panic, and none but the valid ones are accepted.

use proptest::{collection::vec, prelude::*};
use vektor_verifier_x509::{test_pki::Signer, Issuer, PublicKey};

use crate::pki::{leaf, middle, pinned, NOW};

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
	fn random_bytes_are_no_certificate(bytes in vec(any::<u8>(), 0..600)) {
		prop_assert!(Issuer::pin(&bytes).is_err());
		prop_assert!(pinned().leaf(&bytes, NOW, &[]).is_err());
		prop_assert!(PublicKey::from_spki(&bytes).is_err());
	}

	#[test]
	fn a_mutated_certificate_is_refused(leaf in mutated(leaf()), middle in mutated(middle(None))) {
		prop_assert!(pinned().leaf(&leaf, NOW, &[]).is_err());
		prop_assert!(pinned().authority(&middle, NOW).is_err());
	}

	#[test]
	fn a_signature_with_a_byte_changed_is_refused(
		number in 1u8..,
		message in vec(any::<u8>(), 0..100),
		change in prop_oneof![Just((0, 0)), (0usize..96, any::<u8>())],
	) {
		let signer = Signer::p384(number);
		let mut signature = signer.sign_fixed(&message);
		signature[change.0] ^= change.1;
		prop_assert_eq!(signer.public().verifies_fixed(&message, &signature), change.1 == 0);
	}

	#[test]
	fn both_forms_of_a_signature_hold(number in 1u8.., message in vec(any::<u8>(), 0..100)) {
		for signer in [Signer::p256(number), Signer::p384(number)] {
			prop_assert!(signer.public().verifies(&message, &signer.sign(&message)));
			prop_assert!(!signer.public().verifies(&[&message[..], &[0]].concat(), &signer.sign(&message)));
		}
	}
}
