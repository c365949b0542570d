//! Security version numbers.

use codec::{Decode, Encode};

/// The security version numbers of what a chip trusts (TCB_VERSION of AMD's 56860).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Tcb {
	/// Of the FMC: since Turin alone.
	pub fmc: Option<u8>,
	/// Of the secure processor's boot loader.
	pub boot_loader: u8,
	/// Of the secure processor's system.
	pub tee: u8,
	/// Of the SNP firmware.
	pub snp: u8,
	/// Of the cores' microcode.
	pub microcode: u8,
}

impl Tcb {
	/// Reads the eight bytes of a report, which since Turin are of another order. Reserved ones must be zero.
	pub(crate) fn read(bytes: [u8; 8], turin: bool) -> Option<Self> {
		if turin {
			let [fmc, boot_loader, tee, snp, 0, 0, 0, microcode] = bytes else { return None };
			Some(Self { fmc: Some(fmc), boot_loader, tee, snp, microcode })
		} else {
			let [boot_loader, tee, 0, 0, 0, 0, snp, microcode] = bytes else { return None };
			Some(Self { fmc: None, boot_loader, tee, snp, microcode })
		}
	}

	/// Whether each number is at least that of `minimum`. Numbers of different generations do not compare.
	pub fn at_least(&self, minimum: &Self) -> bool {
		self.fmc.is_some() == minimum.fmc.is_some()
			&& self.fmc >= minimum.fmc
			&& self.boot_loader >= minimum.boot_loader
			&& self.tee >= minimum.tee
			&& self.snp >= minimum.snp
			&& self.microcode >= minimum.microcode
	}
}
