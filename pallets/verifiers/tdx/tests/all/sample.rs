//! The committed sample, which benchmarks verify.

use std::{fs, path::Path};

use vektor_verifier_tdx::{
	test_pki::{self, td, Entry, Intel, Key, Parts, Platform, ROOT, TCB_SIGNER},
	verify, Root, MAX_COLLATERAL,
};

use crate::fixture::NOW;

#[test]
fn the_committed_sample_is_what_the_test_pki_makes_and_holds() {
	let platform = Platform::default();
	// The costliest: as many revocations as fit, and two signers.
	let intel = Intel { revoked: (100_000..101_275).collect(), ..Intel::default() };
	let second = Entry::signer(TCB_SIGNER, 3).issued_by(&Key::new("root"), ROOT, &Key::new("tcb signing"));
	let parts = Parts { qe_signer: second, ..intel.parts(&platform) };
	let collateral = parts.encode();
	assert!((MAX_COLLATERAL - 512..=MAX_COLLATERAL).contains(&collateral.len()), "{} bytes", collateral.len());
	let made = [
		("root.der", test_pki::root()),
		("collateral.bin", collateral),
		("quote.bin", platform.quote(&td(1, [0xda; 64]))),
	];
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
	for (name, bytes) in &made {
		let path = folder.join(name);
		if std::env::var_os("VEKTOR_BLESS").is_some() {
			fs::write(&path, bytes).unwrap();
		}
		assert!(fs::read(&path).unwrap() == *bytes, "{name} is not as made: make it again with VEKTOR_BLESS=1");
	}
	let [root, collateral, quote] = made.map(|(_, bytes)| bytes);
	let facts = verify(&quote, &collateral, &Root::parse(&root).unwrap(), NOW).unwrap();
	assert_eq!(facts.td.report_data, [0xda; 64]);
}
