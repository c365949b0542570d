//! Verification of one quote.

use sha2::{Digest, Sha256};

use crate::{
	certificate::{Certificate, Root},
	checked::{of, CheckedCollateral},
	error::{Error, Fault, Part},
	p256::Key,
	pck::Platform,
	pem,
	qe::Report,
	quote::{Quote, Td},
	TcbStatus,
};

/// What a quote that holds says. Which images, statuses and owners are welcome is the caller's to decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
	/// The TD.
	pub td: Td,
	/// The kind of platform.
	pub fmspc: [u8; 6],
	/// The worst of the platform, its TDX module as of the TD's launch, and its quoting enclave. Never
	/// [`TcbStatus::Revoked`].
	pub tcb_status: TcbStatus,
	/// How many of Intel's advisories concern those three. One that concerns two counts twice.
	pub advisories: u32,
	/// Intel's counter of what the status is measured against.
	pub tcb_evaluation_number: u32,
	/// Which device it is: the SHA-256 of `vektor tdx device` and the PPID, an id that Intel derives from keys in the
	/// processor. It outlives PCK certificates.
	pub device: [u8; 32],
	/// What a revocation of the PCK certificate names: the SHA-256 of its issuer's `SubjectPublicKeyInfo` and its serial
	/// number.
	pub pck: [u8; 32],
	/// The last second (Unix) at which the collateral and the PCK certificate hold.
	pub valid_until: u64,
}

/// Checks `quote` against `collateral` (an encoded [`Collateral`](crate::Collateral)) and `root` at `now` (Unix seconds).
///
/// Costs at most ten checks of a signature over P-256, one fewer where one certificate signs both documents; all else is
/// linear in the length of the two.
pub fn verify(quote: &[u8], collateral: &[u8], root: &Root, now: u64) -> Result<Facts, Error> {
	let quote = sealed(quote)?;
	judge(quote, &CheckedCollateral::new(collateral, root, now)?, now)
}

/// As [`verify`], against collateral whose signatures were checked before. Its times are checked at `now`.
///
/// Costs three checks of a signature over P-256; all else is linear in the length of the two.
pub fn verify_with(quote: &[u8], collateral: &CheckedCollateral, now: u64) -> Result<Facts, Error> {
	let quote = sealed(quote)?;
	collateral.is_current(now)?;
	judge(quote, collateral, now)
}

fn sealed(bytes: &[u8]) -> Result<Quote<'_>, Error> {
	let quote = Quote::parse(bytes)?;
	quote.is_sealed()?;
	Ok(quote)
}

/// Checks `quote` against collateral that is current.
fn judge(quote: Quote, collateral: &CheckedCollateral, now: u64) -> Result<Facts, Error> {
	let [pck, pck_ca, embedded_root] = pem::chain(quote.chain).ok_or(Error::Chain)?;
	if embedded_root != collateral.root.bytes {
		return Err(Error::Chain);
	}
	// What was signed, and not the signature: whoever posts the collateral may have written that otherwise.
	let is_same = |ca: Certificate| ca.envelope.signed == collateral.pck_ca.envelope.signed;
	if !Certificate::parse(&pck_ca).is_ok_and(is_same) {
		return Err(Error::OtherCa);
	}
	let pck = platform_certificate(&pck, collateral, now).map_err(of(Part::Pck))?;
	let platform = pck.sgx.and_then(|extension| Platform::read(extension).ok());
	let platform = platform.ok_or(Error::Part(Part::Pck, Fault::Malformed))?;
	if !collateral.tcb_info.is_about(&platform) {
		return Err(Error::OtherPlatform);
	}

	if !pck.key.signed(quote.qe_report, quote.qe_signature) {
		return Err(Error::QeReport);
	}
	let report = Report::read(quote.qe_report).ok_or(Error::QuoteLength)?;
	if !vouches(&report, &quote) {
		return Err(Error::AttestationKey);
	}
	let attestation_key = Key::new(quote.attestation_key).ok_or(Error::AttestationKey)?;
	if !attestation_key.signed(quote.signed, quote.signature) {
		return Err(Error::QuoteSignature);
	}

	let (qe_status, qe_advisories) = collateral.qe_identity.status(&report)?;
	let (status, advisories) = collateral.tcb_info.status(&platform, &quote.td)?;
	let tcb_status = status.with(qe_status);
	if tcb_status == TcbStatus::Revoked {
		return Err(Error::TcbRevoked);
	}
	let info = collateral.info();
	Ok(Facts {
		fmspc: platform.fmspc,
		tcb_status,
		advisories: u32::try_from(advisories.saturating_add(qe_advisories)).unwrap_or(u32::MAX),
		tcb_evaluation_number: info.tcb_evaluation_number,
		device: Sha256::new().chain_update(b"vektor tdx device").chain_update(platform.ppid).finalize().into(),
		pck: pck.identity(&collateral.pck_ca),
		valid_until: info.valid_until.min(pck.period.until),
		td: quote.td,
	})
}

fn platform_certificate<'a>(
	bytes: &'a [u8],
	collateral: &CheckedCollateral,
	now: u64,
) -> Result<Certificate<'a>, Fault> {
	let certificate = Certificate::parse(bytes)?;
	certificate.names(&collateral.pck_ca)?;
	certificate.envelope.is_signed_by(&collateral.pck_ca)?;
	certificate.period.contains(now)?;
	certificate.is_signer()?;
	collateral.pck_crl.spares(&certificate)?;
	Ok(certificate)
}

/// Whether the quoting enclave reports this attestation key: the SHA-256 of it and what stands beside it, then zeros.
fn vouches(report: &Report, quote: &Quote) -> bool {
	let hash = Sha256::new().chain_update(quote.attestation_key).chain_update(quote.qe_data).finalize();
	let expected = hash.iter().chain(&[0; 32]);
	report.data.iter().eq(expected)
}
