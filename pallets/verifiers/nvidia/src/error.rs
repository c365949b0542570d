use core::fmt;

use crate::CertificateError;

/// Why a report or its leaf certificate is refused. Signatures are checked last, the certificate's before the report's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
	/// The report is longer than [`crate::MAX_REPORT`].
	TooLong,
	/// The report is no request and response: truncated, bytes trail, or a length does not fit.
	Malformed,
	/// Not SPDM 1.1's request for all measurements, signed, and its response.
	Protocol,
	/// The measurements are not 64 digests of 48 bytes, numbered from 1.
	Measurements,
	/// A field of the opaque data is absent, occurs twice or is longer than it may be.
	Field,
	/// The request's nonce is another.
	Nonce,
	/// The leaf certificate does not hold under the issuer.
	Certificate(CertificateError),
	/// The leaf certificate does not name its issuer's key and the firmware that its own key was derived from.
	Dice,
	/// The leaf's key was derived from other firmware than the report names.
	Firmware,
	/// The leaf's key did not sign the report.
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
			Self::TooLong => "the report is too long",
			Self::Malformed => "not a request and a response",
			Self::Protocol => "not a signed answer of SPDM 1.1 to a request for all measurements",
			Self::Measurements => "the measurements are not 64 digests of 48 bytes in order",
			Self::Field => "a field of the report is absent, occurs twice or is too long",
			Self::Nonce => "the nonce is another",
			Self::Certificate(error) => return write!(f, "the leaf certificate: {error}"),
			Self::Dice => "the leaf certificate does not name its issuer's key and its firmware",
			Self::Firmware => "the leaf's key was derived from other firmware than the report names",
			Self::Signature => "the leaf's key did not sign the report",
		})
	}
}

impl core::error::Error for Error {}
