//! An AMD of our own, whose keys everybody knows: for tests and for the roots of development chains, never for value.
//!
//! It panics where a test gives it nonsense.

pub use vektor_verifier_x509::test_pki::DEVELOPMENT;
use vektor_verifier_x509::{
	test_pki::{authority, Signer, Template},
	ObjectIdentifier,
};

use crate::{report::REPORT, Tcb};

const ANCHOR_NAME: &str = "SEV-Test";

/// A machine. All machines have one key, so give each its chip id.
#[derive(Clone, Copy)]
pub struct Machine {
	/// The chip: since Turin eight bytes and zeros.
	pub chip_id: [u8; 64],
	/// Its security version numbers: of Turin with the FMC's.
	pub tcb: Tcb,
	/// The first second at which its certificates are valid, Unix time.
	pub valid_from: u64,
	/// The last second at which its certificates are valid, Unix time.
	pub valid_until: u64,
}

/// The key that issues VCEKs.
pub fn anchor_key() -> Signer {
	Signer::rsa4096()
}

/// The key of every machine.
pub fn vcek_key() -> Signer {
	Signer::p384(1)
}

/// An id of AMD's: `1.3.6.1.4.1.3704.1` and `arcs`.
pub fn amd(arcs: &str) -> ObjectIdentifier {
	ObjectIdentifier::new(&format!("1.3.6.1.4.1.3704.1.{arcs}")).expect("an OID")
}

/// The certificate that issues VCEKs, to be pinned.
pub fn anchor(valid_from: u64, valid_until: u64) -> Vec<u8> {
	let extensions = authority(Some(0));
	Template { subject: ANCHOR_NAME, not_before: valid_from, not_after: valid_until, extensions }.issue(
		&anchor_key().public(),
		"ARK-Test",
		&anchor_key(),
	)
}

impl Machine {
	fn turin(&self) -> bool {
		self.tcb.fmc.is_some()
	}

	/// The extensions of the certificate of its key, as AMD writes them.
	pub fn extensions(&self) -> Vec<(ObjectIdentifier, bool, Vec<u8>)> {
		let number = |arcs: &str, number: u8| {
			let value = if number < 0x80 { vec![2, 1, number] } else { vec![2, 2, 0, number] };
			(amd(arcs), false, value)
		};
		let Tcb { fmc, boot_loader, tee, snp, microcode } = self.tcb;
		let id = if self.turin() { &self.chip_id[..8] } else { &self.chip_id[..] };
		let mut all = vec![
			number("3.1", boot_loader),
			number("3.2", tee),
			number("3.3", snp),
			number("3.5", 0),
			number("3.8", microcode),
			(amd("4"), false, id.to_vec()),
		];
		all.extend(fmc.map(|fmc| number("3.9", fmc)));
		all
	}

	/// The certificate of its key.
	pub fn vcek(&self) -> Vec<u8> {
		self.vcek_with(self.extensions())
	}

	/// The certificate of its key with these extensions.
	pub fn vcek_with(&self, extensions: Vec<(ObjectIdentifier, bool, Vec<u8>)>) -> Vec<u8> {
		Template { subject: "SEV-VCEK", not_before: self.valid_from, not_after: self.valid_until, extensions }.issue(
			&vcek_key().public(),
			ANCHOR_NAME,
			&anchor_key(),
		)
	}

	/// A signed report of version 3 of a guest that may use SMT, that measures as `measurement` and says `report_data`.
	pub fn report(&self, report_data: [u8; 64], measurement: [u8; 48]) -> Vec<u8> {
		let mut report = vec![0; REPORT];
		let mut put = |at: usize, bytes: &[u8]| report[at..at + bytes.len()].copy_from_slice(bytes);
		let Tcb { fmc, boot_loader, tee, snp, microcode } = self.tcb;
		let tcb = match fmc {
			Some(fmc) => [fmc, boot_loader, tee, snp, 0, 0, 0, microcode],
			None => [boot_loader, tee, 0, 0, 0, 0, snp, microcode],
		};
		put(0, &3u32.to_le_bytes());
		put(8, &0x3_0000u64.to_le_bytes());
		put(0x34, &1u32.to_le_bytes());
		for at in [0x38, 0x180, 0x1e0, 0x1f0] {
			put(at, &tcb);
		}
		put(0x50, &report_data);
		put(0x90, &measurement);
		put(0x160, &[0xff; 32]);
		put(0x188, &[if self.turin() { 0x1a } else { 0x19 }]);
		put(0x1a0, &self.chip_id);
		sign(&mut report);
		report
	}
}

/// Signs a report that was changed anew.
pub fn sign(report: &mut [u8]) {
	let signature = vcek_key().sign_fixed(&report[..0x2a0]);
	let (r, s) = signature.split_at(48);
	for (at, number) in [(0x2a0, r), (0x2a0 + 72, s)] {
		for (to, from) in report[at..at + 48].iter_mut().zip(number.iter().rev()) {
			*to = *from;
		}
	}
}
