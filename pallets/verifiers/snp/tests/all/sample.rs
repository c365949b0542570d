//! The files under `sample/`, which the runtime's benchmarks verify.

use vektor_verifier_snp::{test_pki::anchor, verify, Anchor};

use crate::flow::{MILAN, NOW};

/// Each file of the sample and what it must hold.
fn files() -> [(&'static str, Vec<u8>); 3] {
	[
		("anchor.der", anchor(NOW - 2000, NOW + 2000)),
		("vcek.der", MILAN.vcek()),
		("report.bin", MILAN.report([1; 64], [2; 48])),
	]
}

#[test]
fn the_sample_is_what_the_test_keys_sign() {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/");
	for (name, bytes) in files() {
		let path = [folder, name].concat();
		if std::env::var_os("VEKTOR_WRITE_SAMPLE").is_some() {
			std::fs::write(&path, &bytes).unwrap();
		}
		assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}");
	}
	let [(_, anchor), (_, vcek), (_, report)] = files();
	assert!(verify(&report, &vcek, &Anchor::pin(&anchor).unwrap(), NOW).is_ok());
}
