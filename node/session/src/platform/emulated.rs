//! A machine that is none: its hardware is the verifiers' test PKIs, whose keys everybody knows. Only development chains trust them.

use vektor_verifier_nvidia::test_pki as nvidia;
use vektor_verifier_snp::{
	test_pki::{self as amd, Machine},
	Tcb,
};
use vektor_verifier_x509::test_pki::DEVELOPMENT;

use super::{Gpu, PlatformError, Quote, MAX_GPUS};

/// What an emulated machine measures where nothing else is said.
pub const MEASUREMENT: [u8; 48] = [2; 48];

/// The security version numbers of every emulated machine.
const TCB: Tcb = Tcb { fmc: None, boot_loader: 4, tee: 1, snp: 22, microcode: 213 };

/// An SNP guest with GPUs, none of which exists.
#[derive(Clone)]
pub struct Emulated {
	machine: Machine,
	measurement: [u8; 48],
	gpus: Vec<u8>,
}

impl Emulated {
	/// The machine with that chip, in which something of that measurement runs. GPUs have numbers from 3 to 127: the same number is the
	/// same GPU, on whatever machine.
	///
	/// # Errors
	/// [`PlatformError::EmulatedGpus`].
	pub fn new(chip_id: [u8; 64], measurement: [u8; 48], mut gpus: Vec<u8>) -> Result<Self, PlatformError> {
		let asked = gpus.len();
		gpus.sort_unstable();
		gpus.dedup();
		if gpus.len() != asked || asked > MAX_GPUS || gpus.iter().any(|gpu| !(3..=127).contains(gpu)) {
			return Err(PlatformError::EmulatedGpus);
		}
		let (valid_from, valid_until) = DEVELOPMENT;
		Ok(Self { machine: Machine { chip_id, tcb: TCB, valid_from, valid_until }, measurement, gpus })
	}

	pub(super) fn evidence(&self, report_data: &[u8; 64]) -> Quote {
		Quote::Snp { report: self.machine.report(*report_data, self.measurement), vcek: self.machine.vcek() }
	}

	pub(super) fn gpus(&self, nonce: &[u8; 32]) -> Vec<Gpu> {
		let (from, until) = DEVELOPMENT;
		let gpu = |number: &u8| {
			let gpu = nvidia::Gpu::new(*number, from, until);
			Gpu { report: gpu.report(*nonce), leaf: gpu.leaf(), intermediates: gpu.authorities().into() }
		};
		self.gpus.iter().map(gpu).collect()
	}
}

impl std::fmt::Debug for Emulated {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.debug_struct("Emulated")
			.field("measurement", &hex::encode(self.measurement))
			.field("gpus", &self.gpus)
			.finish()
	}
}

/// The certificate that issues those of emulated machines.
pub(super) fn amd_root() -> Vec<u8> {
	amd::anchor(DEVELOPMENT.0, DEVELOPMENT.1)
}

/// The certificate above those of emulated GPUs.
pub(super) fn nvidia_root() -> Vec<u8> {
	nvidia::root(DEVELOPMENT.0, DEVELOPMENT.1)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Platform;
	use vektor_verifier_nvidia::Issuer;
	use vektor_verifier_snp::Anchor;

	const NOW: u64 = 1_800_000_000;

	/// What the README says.
	const FIRMWARE: &str = "a25371c564e352bd9cd5d8020e58680d73827bb848885e119b2df9ff7ea177b8";
	const DRIVER: &str = "f086a862e75f58178c56faf2545e34c72966981d4803a900c78f0f7849a2d68e";

	fn machine(chip: u8, gpus: &[u8]) -> Platform {
		Platform::Emulated(Emulated::new([chip; 64], MEASUREMENT, gpus.to_vec()).unwrap())
	}

	#[test]
	fn its_evidence_holds_under_its_own_roots() {
		let machine = machine(7, &[3, 4]);
		let Quote::Snp { report, vcek } = machine.evidence(&[5; 64]).unwrap() else { panic!("not SNP") };
		let [root] = &machine.amd_roots()[..] else { panic!("one root") };
		let facts = vektor_verifier_snp::verify(&report, &vcek, &Anchor::pin(root).unwrap(), NOW).unwrap();
		assert_eq!((facts.measurement, facts.report_data, facts.chip_id), (MEASUREMENT, [5; 64], [7; 64]));

		let root = Issuer::pin(&machine.nvidia_root()).unwrap();
		let chips = machine.gpus(&[6; 32]).unwrap().into_iter().map(|gpu| {
			let chain: Vec<_> = gpu.intermediates.iter().map(Vec::as_slice).collect();
			let issuer = root.authorities(&chain, NOW).unwrap();
			let facts = vektor_verifier_nvidia::verify(&gpu.report, &gpu.leaf, &issuer, &[6; 32], NOW).unwrap();
			assert_eq!(hex::encode(facts.firmware_digest), FIRMWARE);
			assert_eq!(hex::encode(facts.driver_digest), DRIVER);
			facts.chip
		});
		let chips: Vec<_> = chips.collect();
		assert_eq!(chips.len(), 2);
		assert_ne!(chips[0], chips[1]);
	}

	#[test]
	fn no_maker_of_hardware_has_issued_its_certificates() {
		let real = Platform::Tsm(crate::platform::Tsm { reports: "/".into(), vcek: None, gpus: None });
		let emulated = machine(7, &[]);
		assert!(emulated.amd_roots().iter().all(|root| !real.amd_roots().contains(root)));
		assert_ne!(emulated.nvidia_root(), real.nvidia_root());
	}

	#[test]
	fn machines_differ_by_their_chips_alone() {
		let [one, other, again] = [1, 2, 1].map(|chip| machine(chip, &[]).evidence(&[0; 64]).unwrap());
		assert_ne!(one, other);
		assert_eq!(one, again);
	}

	#[test]
	fn gpus_that_cannot_be_emulated_are_refused() {
		for gpus in [vec![2], vec![128], vec![3, 3], (3..12).collect()] {
			assert!(matches!(Emulated::new([0; 64], MEASUREMENT, gpus), Err(PlatformError::EmulatedGpus)));
		}
	}
}
