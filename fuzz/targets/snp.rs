//! Any bytes as a report, as a VCEK's certificate and as an anchor's: none but AMD's own are accepted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vektor_verifier_snp::{anchors::ASK_MILAN, Anchor, Vcek, MAX_VCEK};

const NOW: u64 = 1_735_689_600;
const REPORT: &[u8] = include_bytes!("../../pallets/verifiers/snp/tests/vectors/milan-report.bin");
const VCEK: &[u8] = include_bytes!("../../pallets/verifiers/snp/tests/vectors/milan-vcek.der");

static MILAN: LazyLock<Anchor> = LazyLock::new(|| Anchor::pin(ASK_MILAN).expect("pinned"));
static STORED: LazyLock<Vcek> = LazyLock::new(|| Vcek::verify(VCEK, &MILAN, NOW).expect("verified"));

fuzz_target!(|bytes: &[u8]| {
	if let Ok(facts) = STORED.report(bytes, NOW) {
		assert_eq!(&bytes[..0x2a0], &REPORT[..0x2a0]);
		assert_eq!(facts.chip_id, STORED.chip_id);
	}
	if let Ok(vcek) = Vcek::verify(bytes, &MILAN, NOW) {
		assert_eq!(vcek, *STORED);
		assert!(codec::Encode::encode(&vcek).len() <= MAX_VCEK);
	}
	if let Ok(anchor) = Anchor::pin(bytes) {
		let _ = Vcek::verify(VCEK, &anchor, NOW);
	}
});
