//! Who stands where Intel does: authorities, lists, signed documents.

use core::time::Duration;
use der::DateTime;

use super::{
	certificate::{crl, Entry, Key},
	platform::Platform,
	ISSUED,
};
use crate::{
	checked::{PLATFORM, PROCESSOR},
	Ca, Collateral, TcbStatus,
};

pub use crate::checked::TCB_SIGNER;

/// The name of the root.
pub const ROOT: &str = "Intel SGX Root CA";

/// What is said of platforms at one time.
#[derive(Clone, Debug)]
pub struct Intel {
	/// When all documents and lists are issued, in Unix seconds.
	pub issued: u64,
	/// When they are out of date.
	pub next_update: u64,
	/// The counter of what levels are measured against.
	pub evaluation: u32,
	/// The status of the level of [`Platform::default`].
	pub status: TcbStatus,
	/// The status of the quoting enclave.
	pub qe_status: TcbStatus,
	/// The status of the TDX module.
	pub module_status: TcbStatus,
	/// The serial numbers of the PCK certificates that are revoked.
	pub revoked: Vec<u64>,
	/// The serial numbers of the root's certificates that are revoked: 1 is its own, 2 the signer's, 4 the authorities'.
	pub revoked_by_root: Vec<u64>,
}

impl Default for Intel {
	fn default() -> Self {
		Self {
			issued: ISSUED,
			next_update: ISSUED.saturating_add(30 * 24 * 3600),
			evaluation: 20,
			status: TcbStatus::UpToDate,
			qe_status: TcbStatus::UpToDate,
			module_status: TcbStatus::UpToDate,
			revoked: Vec::new(),
			revoked_by_root: Vec::new(),
		}
	}
}

/// The name and the key of an authority.
pub fn authority(ca: Ca) -> (&'static str, Key) {
	match ca {
		Ca::Processor => (PROCESSOR, Key::new("processor")),
		Ca::Platform => (PLATFORM, Key::new("platform")),
	}
}

/// The certificate of an authority.
pub(crate) fn authority_certificate(ca: Ca) -> Vec<u8> {
	let (name, key) = authority(ca);
	Entry { serial: 4, ..Entry::authority(name, 0) }.issued_by(&Key::new("root"), ROOT, &key)
}

/// A [`Collateral`] whose parts are owned, to be exchanged one by one.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // As in `Collateral`.
pub struct Parts {
	pub pck_ca: Vec<u8>,
	pub pck_crl: Vec<u8>,
	pub root_crl: Vec<u8>,
	pub tcb_signer: Vec<u8>,
	pub tcb_info: String,
	pub tcb_info_signature: [u8; 64],
	pub qe_signer: Vec<u8>,
	pub qe_identity: String,
	pub qe_identity_signature: [u8; 64],
}

impl Parts {
	/// The encoded collateral.
	pub fn encode(&self) -> Vec<u8> {
		let collateral = Collateral {
			pck_ca: &self.pck_ca,
			pck_crl: &self.pck_crl,
			root_crl: &self.root_crl,
			tcb_signer: &self.tcb_signer,
			tcb_info: self.tcb_info.as_bytes(),
			tcb_info_signature: &self.tcb_info_signature,
			qe_signer: &self.qe_signer,
			qe_identity: self.qe_identity.as_bytes(),
			qe_identity_signature: &self.qe_identity_signature,
		};
		collateral.encode().expect("short enough")
	}

	/// Signs the documents again, after a change.
	pub fn sign(mut self) -> Self {
		let key = Key::new("tcb signing");
		self.tcb_info_signature = key.sign(self.tcb_info.as_bytes());
		self.qe_identity_signature = key.sign(self.qe_identity.as_bytes());
		self
	}
}

impl Intel {
	/// The encoded collateral of a kind of platform.
	pub fn collateral(&self, platform: &Platform) -> Vec<u8> {
		self.parts(platform).encode()
	}

	/// The parts of that.
	pub fn parts(&self, platform: &Platform) -> Parts {
		let root = Key::new("root");
		let period = (self.issued, self.next_update);
		let (ca_name, ca_key) = authority(platform.ca);
		let signer = Entry::signer(TCB_SIGNER, 2).issued_by(&root, ROOT, &Key::new("tcb signing"));
		let parts = Parts {
			pck_ca: authority_certificate(platform.ca),
			pck_crl: crl(&ca_key, ca_name, period, &self.revoked, &[]),
			root_crl: crl(&root, ROOT, period, &self.revoked_by_root, &[]),
			tcb_signer: signer.clone(),
			tcb_info: self.tcb_info(platform),
			tcb_info_signature: [0; 64],
			qe_signer: signer,
			qe_identity: self.qe_identity(),
			qe_identity_signature: [0; 64],
		};
		parts.sign()
	}

	fn dates(&self) -> String {
		let [issued, next] = [self.issued, self.next_update]
			.map(|time| DateTime::from_unix_duration(Duration::from_secs(time)).expect("before 10000"));
		format!(r#""issueDate":"{issued}","nextUpdate":"{next}","tcbEvaluationDataNumber":{}"#, self.evaluation)
	}

	fn tcb_info(&self, platform: &Platform) -> String {
		let components = |svn: u8| {
			let list = [format!(r#"{{"svn":{svn},"category":"BIOS","type":"Early Microcode Update"}}"#)];
			let rest = (0..15).map(|_| String::from(r#"{"svn":0}"#));
			list.into_iter().chain(rest).collect::<Vec<_>>().join(",")
		};
		let level = |svn: u8, status: TcbStatus, advisories: &str| {
			format!(
				r#"{{"tcb":{{"sgxtcbcomponents":[{0}],"pcesvn":11,"tdxtcbcomponents":[{0}]}},"tcbDate":"2025-01-01T00:00:00Z","tcbStatus":"{status}","advisoryIDs":[{advisories}]}}"#,
				components(svn),
			)
		};
		let module = format!(
			r#""mrsigner":"{}","attributes":"0000000000000000","attributesMask":"FFFFFFFFFFFFFFFF""#,
			"0".repeat(96)
		);
		format!(
			r#"{{"id":"TDX","version":3,{},"fmspc":"{}","pceId":"0000","tcbType":0,"tdxModule":{{{module}}},"tdxModuleIdentities":[{{"id":"TDX_01",{module},"tcbLevels":[{{"tcb":{{"isvsvn":3}},"tcbDate":"2025-01-01T00:00:00Z","tcbStatus":"{}"}}]}}],"tcbLevels":[{},{},{}]}}"#,
			self.dates(),
			hex::encode_upper(platform.fmspc),
			self.module_status,
			level(3, self.status, ""),
			level(2, TcbStatus::OutOfDate, r#""INTEL-SA-00001","INTEL-SA-00002""#),
			level(1, TcbStatus::Revoked, r#""INTEL-SA-00003""#),
		)
	}

	fn qe_identity(&self) -> String {
		format!(
			r#"{{"id":"TD_QE","version":2,{},"miscselect":"00000000","miscselectMask":"FFFFFFFF","attributes":"11000000000000000000000000000000","attributesMask":"FBFFFFFFFFFFFFFF0000000000000000","mrsigner":"{}","isvprodid":2,"tcbLevels":[{{"tcb":{{"isvsvn":4}},"tcbDate":"2025-01-01T00:00:00Z","tcbStatus":"{}"}}]}}"#,
			self.dates(),
			"dc".repeat(32),
			self.qe_status,
		)
	}
}
