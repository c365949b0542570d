//! The files under `sample/`, which the runtime's benchmarks verify.

use vektor_verifier_nvidia::{test_pki::root, verify, Issuer};

use crate::flow::{gpu, NONCE, NOW};

/// Each file of the sample and what it must hold.
fn files() -> [(&'static str, Vec<u8>); 5] {
	let [model, chip] = gpu().authorities();
	[
		("root.der", root(NOW - 2000, NOW + 2000)),
		("model.der", model),
		("chip.der", chip),
		("leaf.der", gpu().leaf()),
		("report.bin", gpu().report(NONCE)),
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
	let [(_, root), (_, model), (_, chip), (_, leaf), (_, report)] = files();
	let issuer = Issuer::pin(&root).unwrap().authorities(&[&model, &chip], NOW).unwrap();
	assert!(verify(&report, &leaf, &issuer, &NONCE, NOW).is_ok());
}
