use core::fmt;

use crate::CertificateError;

/// Why a VCEK or a report is refused. Signatures are checked last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
	/// The certificate does not hold under the anchor.
	Certificate(CertificateError),
	/// The certificate is not that of a chip's key: not P-384, or without the chip's id or its security version
	/// numbers, or these are not as AMD writes them.
	NotVcek,
	/// A report is not 1184 bytes long.
	Length,
	/// A report of a version other than 2, 3 and 5.
	Version,
	/// The report is not signed with ECDSA over P-384 and SHA-384.
	Algorithm,
	/// The report is not signed by the chip's VCEK, or hides the chip (its key info).
	SigningKey,
	/// The guest may be debugged: its host reads its memory.
	Debug,
	/// The guest may be migrated by an agent, which reads its memory.
	Migration,
	/// The VCEK is of another generation of processors than the report.
	Generation,
	/// The VCEK is of another chip than the report.
	Chip,
	/// The VCEK is of other security version numbers than the report.
	Tcb,
	/// The VCEK is not valid yet.
	NotYetValid,
	/// The VCEK has expired.
	Expired,
	/// The VCEK did not sign the report.
	Signature,
}

impl From<CertificateError> for Error {
	fn from(error: CertificateError) -> Self {
		Self::Certificate(error)
	}
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Certificate(error) => return write!(f, "the VCEK's certificate: {error}"),
			Self::NotVcek => "not the certificate of a VCEK",
			Self::Length => "the length is not that of a report",
			Self::Version => "a report of an unknown version",
			Self::Algorithm => "the report is not signed with ECDSA over P-384",
			Self::SigningKey => "the report is not signed by the chip's VCEK, or hides the chip",
			Self::Debug => "the guest may be debugged",
			Self::Migration => "the guest may be migrated by an agent",
			Self::Generation => "the VCEK is of another generation of processors",
			Self::Chip => "the VCEK is of another chip",
			Self::Tcb => "the VCEK is of other security version numbers",
			Self::NotYetValid => "the VCEK is not valid yet",
			Self::Expired => "the VCEK has expired",
			Self::Signature => "the VCEK did not sign the report",
		})
	}
}

impl core::error::Error for Error {}
