//! Any bytes as a quote, as collateral, as a root or as a document that Intel signed: only what holds is accepted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vektor_verifier_tdx::{
	check_collateral, pcs,
	test_pki::{self, Intel, Parts, Platform},
	trim, verify, Collateral, CollateralInfo, Root, MAX_COLLATERAL,
};

const NOW: u64 = test_pki::ISSUED + 1000;

struct Sample {
	root: Vec<u8>,
	parts: Parts,
	collateral: Vec<u8>,
	info: CollateralInfo,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
	let root = test_pki::root();
	let parts = Intel::default().parts(&Platform::default());
	let collateral = parts.encode();
	let pinned = Root::parse(&root).expect("a root");
	let info = check_collateral(&collateral, &pinned, NOW).expect("collateral that holds");
	Sample { root, parts, collateral, info }
});

fuzz_target!(|bytes: &[u8]| {
	let Sample { root, parts, collateral, info } = &*SAMPLE;
	let root = Root::parse(root).expect("a root");
	if let Ok(facts) = verify(bytes, collateral, &root, NOW) {
		assert_eq!(facts.td, test_pki::td(1, [0xda; 64]), "the only TD in the corpus that the test root signed for");
	}
	if let Ok(found) = check_collateral(bytes, &root, NOW) {
		assert_eq!(found, *info);
	}
	if let Ok(decoded) = Collateral::decode(bytes) {
		assert_eq!(decoded.encode().as_deref(), Ok(bytes));
	}
	if let Some(quote) = trim(bytes) {
		assert!(bytes.starts_with(quote));
	}
	let _ = (Root::parse(bytes).is_ok(), pcs::needs(bytes));

	// Behind a good signature nothing may panic either.
	if bytes.first() == Some(&b'{') && bytes.len() < MAX_COLLATERAL / 2 {
		let Ok(text) = String::from_utf8(bytes.to_vec()) else { return };
		let as_tcb_info = Parts { tcb_info: text.clone(), ..parts.clone() };
		let as_qe_identity = Parts { qe_identity: text, ..parts.clone() };
		for parts in [as_tcb_info, as_qe_identity] {
			let _ = check_collateral(&parts.sign().encode(), &root, NOW);
		}
	}
});
