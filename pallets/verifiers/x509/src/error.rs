use core::fmt;

/// Why a certificate is refused. The signature is checked last: everything else costs far less.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
	/// Longer than [`crate::MAX_CERTIFICATE`].
	TooLong,
	/// Not the DER of a certificate: truncated, bytes trail, a length or a field is not as it must be.
	Malformed,
	/// Not version 3.
	Version,
	/// A public key that is none of P-256, P-384 and RSA of 4096 bits, or no valid one.
	Key,
	/// An extension occurs twice, or there are more than [`crate::MAX_EXTENSIONS`].
	Extensions,
	/// A critical extension that nobody here understands.
	CriticalExtension,
	/// The issuer's name is not the subject of the certificate that should have issued this one.
	Issuer,
	/// The certificate, or one above it, is not valid yet.
	NotYetValid,
	/// The certificate, or one above it, is not valid any more.
	Expired,
	/// A certificate that must be an authority's is none (basicConstraints).
	NotAuthority,
	/// An authority's certificate where an end entity's must be.
	Authority,
	/// The key may not be used for this (keyUsage): an authority's must sign certificates, another's sign.
	KeyUsage,
	/// More certificates follow an authority than it or [`crate::MAX_CHAIN`] allows.
	PathLength,
	/// Not signed by the algorithm that belongs to the issuer's key.
	Algorithm,
	/// The issuer did not sign this.
	Signature,
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::TooLong => "the certificate is too long",
			Self::Malformed => "not the DER of a certificate",
			Self::Version => "not a certificate of version 3",
			Self::Key => "the public key is none of P-256, P-384 and RSA-4096, or not valid",
			Self::Extensions => "an extension occurs twice, or there are too many",
			Self::CriticalExtension => "a critical extension is not understood",
			Self::Issuer => "the certificate names another issuer",
			Self::NotYetValid => "a certificate of the chain is not valid yet",
			Self::Expired => "a certificate of the chain has expired",
			Self::NotAuthority => "the issuer is no certificate authority",
			Self::Authority => "a certificate authority stands where an end entity must",
			Self::KeyUsage => "the certificate does not allow this use of its key",
			Self::PathLength => "the chain is longer than an authority allows",
			Self::Algorithm => "the signature algorithm does not belong to the issuer's key",
			Self::Signature => "the issuer did not sign the certificate",
		})
	}
}

impl core::error::Error for Error {}
