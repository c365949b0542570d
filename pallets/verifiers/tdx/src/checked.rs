//! Collateral that is vouched for.

use crate::{
	certificate::{Certificate, Root},
	collateral::{Ca, Collateral, CollateralInfo},
	crl::Crl,
	error::{Error, Fault, Part},
	json::period,
	p256::Key,
	qe::QeIdentity,
	tcb::TcbInfo,
	x509::Period,
};

/// The names of the two authorities that issue PCK certificates.
pub(crate) const PROCESSOR: &str = "Intel SGX PCK Processor CA";
pub(crate) const PLATFORM: &str = "Intel SGX PCK Platform CA";

/// The name of what signs documents.
pub const TCB_SIGNER: &str = "Intel SGX TCB Signing";

/// Collateral in which everything was signed up to a root when it was checked. What holds at one time only, every use
/// checks.
pub struct CheckedCollateral<'a> {
	pub(crate) root: &'a Root<'a>,
	pub(crate) parts: Collateral<'a>,
	root_crl: Crl<'a>,
	pub(crate) pck_ca: Certificate<'a>,
	pub(crate) pck_crl: Crl<'a>,
	tcb_signer: Certificate<'a>,
	/// Where it is another.
	qe_signer: Option<Certificate<'a>>,
	pub(crate) tcb_info: TcbInfo<'a>,
	pub(crate) qe_identity: QeIdentity<'a>,
	ca: Ca,
}

impl<'a> CheckedCollateral<'a> {
	/// Everything in `bytes`, an encoded [`Collateral`], is signed up to `root` and current at `now` (Unix seconds): then
	/// anybody may have brought it.
	pub fn new(bytes: &'a [u8], root: &'a Root<'a>, now: u64) -> Result<Self, Error> {
		let checked = Self::restore(bytes, root)?;
		checked.is_signed()?;
		checked.is_current(now)?;
		Ok(checked)
	}

	/// Reads `bytes` back that [`Self::new`] accepted under the same `root`, from where nobody else writes.
	///
	/// Names, uses of keys and revocations by the root are checked again, signatures are not: bytes of another origin may
	/// be anybody's.
	pub fn restore(bytes: &'a [u8], root: &'a Root<'a>) -> Result<Self, Error> {
		let parts = Collateral::decode(bytes)?;
		let above = &root.certificate;
		let root_crl = list(parts.root_crl, above).map_err(of(Part::RootCrl))?;
		root_crl.spares(above).map_err(of(Part::Root))?;
		let (pck_ca, ca) = authority(parts.pck_ca, above, &root_crl).map_err(of(Part::PckCa))?;
		let pck_crl = list(parts.pck_crl, &pck_ca).map_err(of(Part::PckCrl))?;
		let tcb_signer = signer(parts.tcb_signer, above, &root_crl).map_err(of(Part::TcbSigner))?;
		// The same bytes are as good as they were; other bytes need their own check.
		let qe_signer = if parts.qe_signer == parts.tcb_signer {
			None
		} else {
			Some(signer(parts.qe_signer, above, &root_crl).map_err(of(Part::QeSigner))?)
		};
		let tcb_info = TcbInfo::parse(parts.tcb_info).map_err(of(Part::TcbInfo))?;
		let qe_identity = QeIdentity::parse(parts.qe_identity).map_err(of(Part::QeIdentity))?;
		Ok(Self { root, parts, root_crl, pck_ca, pck_crl, tcb_signer, qe_signer, tcb_info, qe_identity, ca })
	}

	fn qe_signer(&self) -> &Certificate<'a> {
		self.qe_signer.as_ref().unwrap_or(&self.tcb_signer)
	}

	/// That every part is signed, up to the root.
	fn is_signed(&self) -> Result<(), Error> {
		let root = &self.root.certificate;
		self.root_crl.envelope.is_signed_by(root).map_err(of(Part::RootCrl))?;
		self.pck_ca.envelope.is_signed_by(root).map_err(of(Part::PckCa))?;
		self.pck_crl.envelope.is_signed_by(&self.pck_ca).map_err(of(Part::PckCrl))?;
		self.tcb_signer.envelope.is_signed_by(root).map_err(of(Part::TcbSigner))?;
		if let Some(signer) = &self.qe_signer {
			signer.envelope.is_signed_by(root).map_err(of(Part::QeSigner))?;
		}
		let Collateral { tcb_info, tcb_info_signature, qe_identity, qe_identity_signature, .. } = self.parts;
		let signed = |key: &Key, json, signature| key.signed(json, signature).then_some(()).ok_or(Fault::Signature);
		signed(&self.tcb_signer.key, tcb_info, tcb_info_signature).map_err(of(Part::TcbInfo))?;
		signed(&self.qe_signer().key, qe_identity, qe_identity_signature).map_err(of(Part::QeIdentity))
	}

	/// When each part holds: certificates, then what [`CollateralInfo::issued`] lists.
	fn periods(&self) -> ([(Part, Period); 4], [(Part, Period); 4]) {
		let (tcb_info, qe_identity) = (&self.tcb_info, &self.qe_identity);
		let certificates = [
			(Part::Root, self.root.certificate.period),
			(Part::PckCa, self.pck_ca.period),
			(Part::TcbSigner, self.tcb_signer.period),
			(Part::QeSigner, self.qe_signer().period),
		];
		let documents = [
			(Part::TcbInfo, period(tcb_info.issue_date, tcb_info.next_update)),
			(Part::QeIdentity, period(qe_identity.issue_date, qe_identity.next_update)),
			(Part::PckCrl, self.pck_crl.period),
			(Part::RootCrl, self.root_crl.period),
		];
		(certificates, documents)
	}

	/// That `now` is within the time of every part.
	pub(crate) fn is_current(&self, now: u64) -> Result<(), Error> {
		let (certificates, documents) = self.periods();
		certificates.iter().chain(&documents).try_for_each(|(part, period)| period.contains(now).map_err(of(*part)))
	}

	/// What it is about, and how new it is.
	pub fn info(&self) -> CollateralInfo {
		let (certificates, documents) = self.periods();
		let ends = certificates.iter().chain(&documents).map(|(_, period)| period.until);
		CollateralInfo {
			fmspc: self.tcb_info.fmspc.0,
			ca: self.ca,
			tcb_evaluation_number: self.tcb_info.tcb_evaluation_data_number,
			issued: documents.map(|(_, period)| period.from),
			valid_until: ends.min().unwrap_or_default(),
		}
	}
}

/// Everything in `bytes`, an encoded [`Collateral`], is signed up to `root` and current at `now` (Unix seconds): then
/// anybody may have brought it.
pub fn check_collateral(bytes: &[u8], root: &Root, now: u64) -> Result<CollateralInfo, Error> {
	Ok(CheckedCollateral::new(bytes, root, now)?.info())
}

pub(crate) fn of(part: Part) -> impl Fn(Fault) -> Error {
	move |fault| Error::Part(part, fault)
}

fn list<'a>(bytes: &'a [u8], issuer: &Certificate) -> Result<Crl<'a>, Fault> {
	let list = Crl::parse(bytes)?;
	list.names(issuer)?;
	Ok(list)
}

fn authority<'a>(bytes: &'a [u8], root: &Certificate, crl: &Crl) -> Result<(Certificate<'a>, Ca), Fault> {
	let certificate = Certificate::parse(bytes)?;
	certificate.names(root)?;
	certificate.is_authority(0)?;
	crl.spares(&certificate)?;
	let ca = if certificate.is_called(PROCESSOR) {
		Ca::Processor
	} else if certificate.is_called(PLATFORM) {
		Ca::Platform
	} else {
		return Err(Fault::Kind);
	};
	Ok((certificate, ca))
}

fn signer<'a>(bytes: &'a [u8], root: &Certificate, crl: &Crl) -> Result<Certificate<'a>, Fault> {
	let certificate = Certificate::parse(bytes)?;
	certificate.names(root)?;
	certificate.is_signer()?;
	crl.spares(&certificate)?;
	if !certificate.is_called(TCB_SIGNER) {
		return Err(Fault::Kind);
	}
	Ok(certificate)
}
