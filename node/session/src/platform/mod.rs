//! Where quotes come from: the hardware of a confidential VM, or a machine that is none.

mod certificates;
mod emulated;
mod gpus;
mod tsm;

use std::io;

use vektor_verifier_nvidia::DEVICE_ROOT;
use vektor_verifier_snp::anchors::{ASK_GENOA, ASK_MILAN, ASK_TURIN};

pub use emulated::{Emulated, MEASUREMENT};
pub use tsm::{Tsm, REPORTS};

use crate::CommandError;

/// The most GPUs of one session.
pub const MAX_GPUS: usize = 8;

/// The longest certificate that the chain takes.
const MAX_CERTIFICATE: usize = 4 * 1024;

/// The quote of a CPU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Quote {
	/// AMD SEV-SNP.
	Snp {
		/// The report: 1,184 bytes.
		report: Vec<u8>,
		/// The certificate of the chip's key, DER.
		vcek: Vec<u8>,
	},
	/// Intel TDX, version 4 or 5.
	Tdx {
		/// The quote.
		quote: Vec<u8>,
	},
}

/// What a GPU says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gpu {
	/// Request and response of GET_MEASUREMENTS (SPDM 1.1).
	pub report: Vec<u8>,
	/// The certificate of the key that signed it, DER.
	pub leaf: Vec<u8>,
	/// Those between it and the root, DER, the root's first.
	pub intermediates: Vec<Vec<u8>>,
}

/// What this process runs on.
#[derive(Clone, Debug)]
pub enum Platform {
	/// A confidential VM under Linux.
	Tsm(Tsm),
	/// No confidential VM: keys that everybody knows sign what is asked for.
	Emulated(Emulated),
}

impl Platform {
	/// A quote that says `report_data`.
	///
	/// # Errors
	/// See [`PlatformError`].
	pub fn evidence(&self, report_data: &[u8; 64]) -> Result<Quote, PlatformError> {
		match self {
			Self::Tsm(tsm) => tsm.evidence(report_data),
			Self::Emulated(machine) => Ok(machine.evidence(report_data)),
		}
	}

	/// What each GPU says, asked with `nonce`.
	///
	/// # Errors
	/// See [`PlatformError`].
	pub fn gpus(&self, nonce: &[u8; 32]) -> Result<Vec<Gpu>, PlatformError> {
		match self {
			Self::Tsm(tsm) => tsm.gpus(nonce),
			Self::Emulated(machine) => Ok(machine.gpus(nonce)),
		}
	}

	/// Those of AMD's certificates, DER, one of which may have issued the chip's.
	pub fn amd_roots(&self) -> Vec<Vec<u8>> {
		match self {
			Self::Tsm(_) => [ASK_MILAN, ASK_GENOA, ASK_TURIN].map(<[u8]>::to_vec).into(),
			Self::Emulated(_) => [emulated::amd_root()].into(),
		}
	}

	/// The certificate above all of the GPUs', DER.
	pub fn nvidia_root(&self) -> Vec<u8> {
		match self {
			Self::Tsm(_) => DEVICE_ROOT.to_vec(),
			Self::Emulated(_) => emulated::nvidia_root(),
		}
	}
}

/// Why there is no evidence.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
	/// Linux offers no reports.
	#[error(
		"{0} cannot be used ({1}): is this a confidential VM, its Linux 6.7 or later, configfs mounted, and may this user write there?"
	)]
	NoReports(String, io::Error),
	/// A file cannot be read or written.
	#[error("{path}: {error}")]
	File {
		/// Its path.
		path: String,
		/// What the system says.
		error: io::Error,
	},
	/// A file is longer or shorter than what it should hold.
	#[error("{path} holds {length} bytes, and no {of} has as many")]
	Length {
		/// Its path.
		path: String,
		/// How many were read.
		length: usize,
		/// What it should hold.
		of: &'static str,
	},
	/// A platform that the chain knows nothing of.
	#[error("the platform is {0:?}: only sev_guest and tdx_guest are known")]
	Provider(String),
	/// The report is of somebody else's question.
	#[error("the report was asked for by somebody else too: its generation is {0:?}, and not 1")]
	Generation(String),
	/// The report says something else than it was asked to.
	#[error("the report says something else than it was asked to")]
	OtherData,
	/// The host's table of certificates contradicts itself.
	#[error("the host's table of certificates is damaged")]
	Table,
	/// The host gives no certificate.
	#[error(
		"the host gives no VCEK: fetch the certificate from AMD's key distribution service and name its file (DER) as `vcek`"
	)]
	NoVcek,
	/// The program that asks GPUs did not do it.
	#[error("evidence of GPUs: {0}")]
	Command(#[from] CommandError),
	/// It wrote something else than evidence.
	#[error("evidence of GPUs: {0}")]
	Gpus(String),
	/// No such GPU can be emulated.
	#[error("emulated GPUs have numbers from 3 to 127, each its own, and are {MAX_GPUS} at most")]
	EmulatedGpus,
}
