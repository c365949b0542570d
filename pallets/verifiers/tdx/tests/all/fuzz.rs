//! No bytes panic, and none but the valid ones hold.

use std::sync::OnceLock;

use proptest::{collection::vec, prelude::*, sample::Index};
use vektor_verifier_tdx::{
	check_collateral, pcs,
	test_pki::{authority, report, sign_under, td, Intel, Key, Parts, Platform},
	trim, verify, verify_with, CheckedCollateral, Collateral, Root, INTEL_ROOT,
};

use crate::fixture::{verify_now, version_4};

/// Up to four bytes at random places, which are to be exchanged.
fn changes() -> impl Strategy<Value = Vec<(Index, u8)>> {
	vec((any::<Index>(), 1u8..), 1..5)
}

fn changed(bytes: &[u8], changes: &[(Index, u8)]) -> Vec<u8> {
	let mut changed = bytes.to_vec();
	for (at, change) in changes {
		changed[at.index(bytes.len())] ^= change;
	}
	changed
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn random_bytes_are_nothing(bytes in vec(any::<u8>(), 0..2048)) {
		let real = version_4();
		let root = Root::parse(INTEL_ROOT).unwrap();
		prop_assert!(verify(&bytes, &real.collateral, &root, real.now).is_err());
		prop_assert!(check_collateral(&bytes, &root, real.now).is_err());
		prop_assert!(Root::parse(&bytes).is_err());
		prop_assert!(pcs::needs(&bytes).is_err());
		prop_assert!(trim(&bytes).is_none());
	}

	#[test]
	fn a_changed_quote_is_refused(changes in changes()) {
		let real = version_4();
		let quote = changed(&real.quote, &changes);
		let root = Root::parse(INTEL_ROOT).unwrap();
		prop_assert!(quote == real.quote || verify(&quote, &real.collateral, &root, real.now).is_err());
		let _ = (trim(&quote), pcs::needs(&quote));
	}

	#[test]
	fn changed_collateral_is_refused(changes in changes()) {
		let real = version_4();
		let collateral = changed(&real.collateral, &changes);
		let root = Root::parse(INTEL_ROOT).unwrap();
		prop_assert!(collateral == real.collateral || check_collateral(&collateral, &root, real.now).is_err());
	}

	#[test]
	fn restored_collateral_says_the_same_at_every_time(now in 1_740_000_000u64..1_760_000_000, changes in changes()) {
		let real = version_4();
		let root = Root::parse(INTEL_ROOT).unwrap();
		let restored = CheckedCollateral::restore(&real.collateral, &root).unwrap();
		for quote in [&real.quote, &changed(&real.quote, &changes)] {
			prop_assert_eq!(verify_with(quote, &restored, now), verify(quote, &real.collateral, &root, now));
		}
	}

	#[test]
	fn changed_collateral_is_restored_without_panic(changes in changes()) {
		let real = version_4();
		let root = Root::parse(INTEL_ROOT).unwrap();
		let collateral = changed(&real.collateral, &changes);
		if let Ok(restored) = CheckedCollateral::restore(&collateral, &root) {
			let _ = verify_with(&real.quote, &restored, real.now);
		}
	}

	#[test]
	fn documents_and_certificates_behind_good_signatures_do_not_panic(
		changes in changes(),
		which in 0..3usize,
	) {
		// What only Intel could sign, changed before it was signed: reached by no change from outside.
		static MADE: OnceLock<(Parts, [Vec<u8>; 3])> = OnceLock::new();
		let platform = Platform::default();
		let made = || (Intel::default().parts(&platform), platform.chain());
		let (mut parts, mut chain) = MADE.get_or_init(made).clone();
		match which {
			0 => parts.tcb_info = String::from_utf8_lossy(&changed(parts.tcb_info.as_bytes(), &changes)).into_owned(),
			1 => parts.qe_identity = String::from_utf8_lossy(&changed(parts.qe_identity.as_bytes(), &changes)).into_owned(),
			_ => {
				let (name, key) = authority(platform.ca);
				let mut entry = platform.certificate();
				entry.extensions[0].2 = changed(&entry.extensions[0].2, &changes);
				chain[0] = entry.issued_by(&key, name, &Key::new("pck"));
			}
		}
		let _ = verify_now(&sign_under(&report(&td(1, [0; 64])), &chain), &parts.sign().encode());
	}

	#[test]
	fn what_decodes_encodes_to_itself(lengths in vec(0..40u16, 7), tail in 0..2usize) {
		let mut bytes = vec![1];
		for (place, length) in lengths.iter().enumerate() {
			bytes.extend(length.to_le_bytes());
			bytes.extend(vec![7; (*length).into()]);
			if place == 4 || place == 6 {
				bytes.extend([9; 64]);
			}
		}
		bytes.extend(vec![0; tail]);
		match Collateral::decode(&bytes) {
			Ok(collateral) => prop_assert_eq!((collateral.encode().unwrap(), tail), (bytes, 0)),
			Err(_) => prop_assert_eq!(tail, 1),
		}
	}
}
