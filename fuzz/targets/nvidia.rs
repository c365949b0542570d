//! Any bytes as a report, as a leaf certificate and as an authority's: none but NVIDIA's own are accepted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vektor_verifier_nvidia::{verify, Issuer, DEVICE_ROOT};

const NOW: u64 = 1_735_689_600;
const REPORT: &[u8] = include_bytes!("../../pallets/verifiers/nvidia/tests/vectors/hopper-report.bin");
const LEAF: &[u8] = include_bytes!("../../pallets/verifiers/nvidia/tests/vectors/hopper-leaf.der");
const CHAIN: [&[u8]; 3] = [
	include_bytes!("../../pallets/verifiers/nvidia/tests/vectors/hopper-identity.der"),
	include_bytes!("../../pallets/verifiers/nvidia/tests/vectors/hopper-provisioner.der"),
	include_bytes!("../../pallets/verifiers/nvidia/tests/vectors/hopper-chip.der"),
];

static ROOT: LazyLock<Issuer> = LazyLock::new(|| Issuer::pin(DEVICE_ROOT).expect("pinned"));
static CHIP: LazyLock<Issuer> = LazyLock::new(|| ROOT.authorities(&CHAIN, NOW).expect("verified"));
static NONCE: LazyLock<[u8; 32]> = LazyLock::new(|| REPORT[4..36].try_into().expect("32 bytes"));

fuzz_target!(|bytes: &[u8]| {
	if verify(bytes, LEAF, &CHIP, &NONCE, NOW).is_ok() {
		// All but the signature, which has a twin.
		assert_eq!(bytes.len(), REPORT.len());
		assert_eq!(&bytes[..REPORT.len() - 96], &REPORT[..REPORT.len() - 96]);
	}
	if let Ok(facts) = verify(REPORT, bytes, &CHIP, &NONCE, NOW) {
		assert_eq!(facts.chip, CHIP.key().id());
	}
	let _ = ROOT.authority(bytes, NOW);
	let _ = Issuer::pin(bytes);
});
