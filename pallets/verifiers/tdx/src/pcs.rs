//! What Intel's provisioning certification service (PCS) or a cache of it answers, as the bytes that
//! [`check_collateral`](crate::check_collateral) takes.

use core::fmt;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
	certificate::Certificate,
	checked::{PLATFORM, PROCESSOR},
	pck::Platform,
	pem,
	quote::Quote,
	Ca, Collateral, Error, Fault, Part,
};

/// The answers for one kind of platform (PCS, version 4). Chains are those of the answers' headers: PEM, from the signer
/// up, with or without the percent signs of the header.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
	/// `sgx/certification/v4/pckcrl?ca=...&encoding=der`.
	pub pck_crl: &'a [u8],
	/// Its header `SGX-PCK-CRL-Issuer-Chain`.
	pub pck_crl_chain: &'a str,
	/// The root's revocation list, in DER.
	pub root_crl: &'a [u8],
	/// `tdx/certification/v4/tcb?fmspc=...`.
	pub tcb_info: &'a str,
	/// Its header `TCB-Info-Issuer-Chain`.
	pub tcb_info_chain: &'a str,
	/// `tdx/certification/v4/qe/identity`.
	pub qe_identity: &'a str,
	/// Its header `SGX-Enclave-Identity-Issuer-Chain`.
	pub qe_identity_chain: &'a str,
}

/// Why answers are no collateral.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnswerError {
	/// This part's chain does not begin with a certificate in PEM.
	Chain(Part),
	/// This part is not a JSON object of a document and its signature in hexadecimal digits.
	Document(Part),
	/// The parts are too long together.
	Collateral(Error),
}

impl fmt::Display for AnswerError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Chain(part) => write!(f, "the chain of {part} does not begin with a PEM certificate"),
			Self::Document(part) => write!(f, "{part} is not JSON of a document and its signature"),
			Self::Collateral(error) => error.fmt(f),
		}
	}
}

impl std::error::Error for AnswerError {}

#[derive(Deserialize)]
struct Answer<'a> {
	#[serde(borrow, alias = "tcbInfo", alias = "enclaveIdentity")]
	document: &'a RawValue,
	signature: &'a str,
}

impl Answers<'_> {
	/// The encoded [`Collateral`]. Nothing is checked.
	pub fn collateral(&self) -> Result<Vec<u8>, AnswerError> {
		let (tcb_info, tcb_info_signature) = document(self.tcb_info, Part::TcbInfo)?;
		let (qe_identity, qe_identity_signature) = document(self.qe_identity, Part::QeIdentity)?;
		let collateral = Collateral {
			pck_ca: &signer(self.pck_crl_chain, Part::PckCrl)?,
			pck_crl: self.pck_crl,
			root_crl: self.root_crl,
			tcb_signer: &signer(self.tcb_info_chain, Part::TcbInfo)?,
			tcb_info,
			tcb_info_signature: &tcb_info_signature,
			qe_signer: &signer(self.qe_identity_chain, Part::QeIdentity)?,
			qe_identity,
			qe_identity_signature: &qe_identity_signature,
		};
		collateral.encode().map_err(AnswerError::Collateral)
	}
}

/// Which collateral `quote` needs: that of its kind of platform and its authority. Nothing is checked.
pub fn needs(quote: &[u8]) -> Result<([u8; 6], Ca), Error> {
	let [pck, pck_ca, _] = pem::chain(Quote::parse(quote)?.chain).ok_or(Error::Chain)?;
	let at = |part| move |fault| Error::Part(part, fault);
	let extension = Certificate::parse(&pck).map_err(at(Part::Pck))?.sgx;
	let platform = extension.and_then(|extension| Platform::read(extension).ok());
	let fmspc = platform.ok_or(Error::Part(Part::Pck, Fault::Malformed))?.fmspc;
	let pck_ca = Certificate::parse(&pck_ca).map_err(at(Part::PckCa))?;
	match (pck_ca.is_called(PROCESSOR), pck_ca.is_called(PLATFORM)) {
		(true, _) => Ok((fmspc, Ca::Processor)),
		(_, true) => Ok((fmspc, Ca::Platform)),
		_ => Err(Error::Part(Part::PckCa, Fault::Kind)),
	}
}

fn document(json: &str, part: Part) -> Result<(&[u8], [u8; 64]), AnswerError> {
	let refuse = || AnswerError::Document(part);
	let answer: Answer = serde_json::from_str(json).map_err(|_| refuse())?;
	let mut signature = [0; 64];
	hex::decode_to_slice(answer.signature, &mut signature).map_err(|_| refuse())?;
	Ok((answer.document.get().as_bytes(), signature))
}

fn signer(chain: &str, part: Part) -> Result<Vec<u8>, AnswerError> {
	let refuse = || AnswerError::Chain(part);
	let mut text = Vec::with_capacity(chain.len());
	let mut rest = chain.as_bytes();
	while let Some((byte, after)) = rest.split_first() {
		rest = after;
		if *byte != b'%' {
			text.push(*byte);
			continue;
		}
		let (digits, after) = rest.split_at_checked(2).ok_or_else(refuse)?;
		text.extend(hex::decode(digits).map_err(|_| refuse())?);
		rest = after;
	}
	let (certificate, _) = pem::next(&text).ok_or_else(refuse)?;
	Ok(certificate)
}
