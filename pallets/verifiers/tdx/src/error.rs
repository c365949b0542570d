//! Why something is refused.

use core::fmt;

use crate::{MAX_COLLATERAL, MAX_QUOTE};

/// Something that a key signed, and whose time passes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
	/// The certificate of the root.
	Root,
	/// The certificate of the authority that issues PCK certificates.
	PckCa,
	/// The PCK certificate: that of the platform.
	Pck,
	/// The certificate of the key that signs TCB info.
	TcbSigner,
	/// The certificate of the key that signs the quoting enclave's identity.
	QeSigner,
	/// The root's revocation list.
	RootCrl,
	/// The revocation list of the authority that issues PCK certificates.
	PckCrl,
	/// The levels of a platform's trusted computing base.
	TcbInfo,
	/// The identity of the quoting enclave.
	QeIdentity,
}

/// What is wrong with a [`Part`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// It cannot be read.
	Malformed,
	/// It is of another kind: not a document for TDX, not of the version that is read here, not the certificate of that
	/// service.
	Kind,
	/// It names another issuer.
	Issuer,
	/// Its issuer's key did not sign it.
	Signature,
	/// Its key may not be used so: an authority that is none, a signer that is an authority.
	Purpose,
	/// A critical extension is not understood.
	CriticalExtension,
	/// Its time has not come.
	NotYetValid,
	/// Its time is over.
	Expired,
	/// Its issuer's revocation list names it.
	Revoked,
}

/// Why a quote or collateral is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
	/// The quote is longer than [`MAX_QUOTE`].
	QuoteTooLong,
	/// The quote ends early, bytes trail, or its lengths contradict each other.
	QuoteLength,
	/// The quote is neither of version 4 nor of version 5.
	QuoteVersion(u16),
	/// The quote is not of a TD: of an SGX enclave, say.
	NotTdx,
	/// The quote is not signed with ECDSA over P-256 by Intel's quoting enclave.
	QuotingEnclave,
	/// The quote does not embed the chain of its PCK certificate.
	NoChain,
	/// The chain in the quote is not three certificates in PEM, of which the last is the root.
	Chain,
	/// The PCK certificate is from another authority than the collateral.
	OtherCa,
	/// The collateral is longer than [`MAX_COLLATERAL`].
	CollateralTooLong,
	/// The collateral ends early, bytes trail, or it is of another version.
	CollateralLength,
	/// A part is refused.
	Part(Part, Fault),
	/// The collateral is for another kind of platform: the FMSPC or the PCE's id is not that of the PCK certificate.
	OtherPlatform,
	/// The platform did not sign the quoting enclave's report.
	QeReport,
	/// The quoting enclave's report does not vouch for the attestation key.
	AttestationKey,
	/// The attestation key did not sign the quote.
	QuoteSignature,
	/// The quoting enclave is not the one of the collateral.
	OtherQe,
	/// The TDX module is none of those in the collateral.
	OtherModule,
	/// The platform, its TDX module or its quoting enclave is below every level of the collateral.
	BelowEveryLevel,
	/// The level that the platform, its TDX module or its quoting enclave is at has been revoked.
	TcbRevoked,
	/// The TD can be debugged: its host sees and changes everything.
	Debug,
	/// The TD can be moved to another platform, or a service TD is bound to it.
	Migratable,
}

impl fmt::Display for Part {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Root => "the root certificate",
			Self::PckCa => "the PCK authority's certificate",
			Self::Pck => "the PCK certificate",
			Self::TcbSigner => "the certificate of the TCB info's signer",
			Self::QeSigner => "the certificate of the QE identity's signer",
			Self::RootCrl => "the root's revocation list",
			Self::PckCrl => "the PCK authority's revocation list",
			Self::TcbInfo => "the TCB info",
			Self::QeIdentity => "the QE identity",
		})
	}
}

impl fmt::Display for Fault {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Malformed => "cannot be read",
			Self::Kind => "is of another kind",
			Self::Issuer => "names another issuer",
			Self::Signature => "is not signed by its issuer",
			Self::Purpose => "is for another use of its key",
			Self::CriticalExtension => "has a critical extension that is not understood",
			Self::NotYetValid => "is not valid yet",
			Self::Expired => "has expired",
			Self::Revoked => "has been revoked",
		})
	}
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::QuoteTooLong => write!(f, "a quote has at most {MAX_QUOTE} bytes"),
			Self::QuoteLength => f.write_str("the quote's lengths are not those of a quote"),
			Self::QuoteVersion(version) => write!(f, "quotes of version {version} are not read, only 4 and 5"),
			Self::NotTdx => f.write_str("the quote is not of a TD"),
			Self::QuotingEnclave => {
				f.write_str("the quote is not from Intel's quoting enclave with an ECDSA P-256 key")
			}
			Self::NoChain => f.write_str("the quote does not embed the chain of its PCK certificate"),
			Self::Chain => f.write_str("the quote's chain is not three PEM certificates up to the root"),
			Self::OtherCa => f.write_str("the collateral is of another authority than the PCK certificate"),
			Self::CollateralTooLong => write!(f, "collateral has at most {MAX_COLLATERAL} bytes"),
			Self::CollateralLength => f.write_str("the collateral's lengths are not those of its encoding"),
			Self::Part(part, fault) => write!(f, "{part} {fault}"),
			Self::OtherPlatform => f.write_str("the collateral is for another kind of platform"),
			Self::QeReport => f.write_str("the platform did not sign the quoting enclave's report"),
			Self::AttestationKey => f.write_str("the quoting enclave does not vouch for the attestation key"),
			Self::QuoteSignature => f.write_str("the attestation key did not sign the quote"),
			Self::OtherQe => f.write_str("the quoting enclave is not the one of the collateral"),
			Self::OtherModule => f.write_str("the TDX module is none of the collateral"),
			Self::BelowEveryLevel => f.write_str("the platform is below every level of the collateral"),
			Self::TcbRevoked => f.write_str("the platform's level has been revoked"),
			Self::Debug => f.write_str("the TD can be debugged"),
			Self::Migratable => f.write_str("the TD can be moved to another platform"),
		}
	}
}

impl core::error::Error for Error {}
