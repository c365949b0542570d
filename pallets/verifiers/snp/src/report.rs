//! Attestation reports (ATTESTATION_REPORT of AMD's 56860).

use alloc::vec::Vec;
use vektor_verifier_x509::KeyId;

use crate::{Error, Tcb, Vcek};

/// The length of a report, bytes.
pub const REPORT: usize = 0x4a0;
/// Up to here a report is signed.
const SIGNED: usize = 0x2a0;
const ECDSA_P384_SHA384: u32 = 1;
/// The one bit of the key info that says nothing of the key: the author key's digest is given.
const AUTHOR_KEY: u32 = 1;
const NO_AGENT: [u8; 32] = [0xff; 32];
/// The families of Zen 3 and 4 (Milan, Genoa) and of Zen 5 (Turin).
const ZEN_4: u8 = 0x19;
const ZEN_5: u8 = 0x1a;

/// What a guest's owner allows its host to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy(pub u64);

impl Policy {
	const SMT: u64 = 1 << 16;
	const MIGRATE: u64 = 1 << 18;
	const DEBUG: u64 = 1 << 19;
	const SINGLE_SOCKET: u64 = 1 << 20;

	fn has(self, bit: u64) -> bool {
		self.0 & bit != 0
	}

	/// Whether the guest may run where cores have two threads, so that a stranger may share one.
	pub fn smt(self) -> bool {
		self.has(Self::SMT)
	}

	/// Whether the guest runs in one socket alone, so that its memory crosses no board.
	pub fn single_socket(self) -> bool {
		self.has(Self::SINGLE_SOCKET)
	}
}

/// What a verified report says. The guest may be neither debugged nor migrated by an agent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
	/// Of the report: 2, 3 or 5.
	pub version: u32,
	/// The guest's own security version number, which its owner signed.
	pub guest_svn: u32,
	/// What the guest's owner allows.
	pub policy: Policy,
	/// The privilege level that asked, 0 to 3: 0 is the guest's most privileged.
	pub vmpl: u32,
	/// The platform's state (PLATFORM_INFO): bit 0 SMT is on, bit 1 TSME is on.
	pub platform: u64,
	/// What the guest had the report say.
	pub report_data: [u8; 64],
	/// The digest of the guest's memory at launch.
	pub measurement: [u8; 48],
	/// What the host said at launch: trust nothing in it.
	pub host_data: [u8; 32],
	/// The numbers that the signing key was derived from.
	pub tcb: Tcb,
	/// The chip.
	pub chip_id: [u8; 64],
	/// The last second at which the VCEK is valid, Unix time.
	pub valid_until: u64,
	/// The keys that this rests on, the anchor's first and the VCEK's last: void when one of them is revoked.
	pub keys: Vec<KeyId>,
}

impl Facts {
	/// Whether each security version number is at least that of `minimum`.
	pub fn at_least(&self, minimum: &Tcb) -> bool {
		self.tcb.at_least(minimum)
	}
}

/// The `N` bytes at `at`; reports are long enough for all that are asked for.
fn field<const N: usize>(report: &[u8; REPORT], at: usize) -> Result<[u8; N], Error> {
	report.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(Error::Length)
}

/// `r || s`, big-endian: in the report each is 72 bytes little-endian, and zeros follow to the end.
fn signature(report: &[u8; REPORT]) -> Result<Vec<u8>, Error> {
	let [mut r, mut s] = [field::<48>(report, SIGNED)?, field::<48>(report, SIGNED + 72)?];
	let zeros: [&[u8]; 3] = [
		&field::<24>(report, SIGNED + 48)?,
		&field::<24>(report, SIGNED + 72 + 48)?,
		&field::<{ REPORT - SIGNED - 144 }>(report, SIGNED + 144)?,
	];
	if zeros.concat().iter().any(|byte| *byte != 0) {
		return Err(Error::Signature);
	}
	r.reverse();
	s.reverse();
	Ok([r, s].concat())
}

/// Whether the report is of Turin or later. Version 2 does not say; it is older than Turin.
fn turin(report: &[u8; REPORT], version: u32) -> Result<bool, Error> {
	match (version, field(report, 0x188)?) {
		(2, [_]) | (_, [ZEN_4]) => Ok(false),
		(_, [ZEN_5]) => Ok(true),
		_ => Err(Error::Generation),
	}
}

impl Vcek {
	/// Verifies a report that this key signed, at `now` (Unix seconds). Costs one P-384 signature.
	pub fn report(&self, report: &[u8], now: u64) -> Result<Facts, Error> {
		let report: &[u8; REPORT] = report.try_into().map_err(|_| Error::Length)?;
		if now < self.valid_from {
			return Err(Error::NotYetValid);
		}
		if now > self.valid_until {
			return Err(Error::Expired);
		}
		let version = u32::from_le_bytes(field(report, 0)?);
		if ![2, 3, 5].contains(&version) {
			return Err(Error::Version);
		}
		if u32::from_le_bytes(field(report, 0x34)?) != ECDSA_P384_SHA384 {
			return Err(Error::Algorithm);
		}
		if u32::from_le_bytes(field(report, 0x48)?) & !AUTHOR_KEY != 0 {
			return Err(Error::SigningKey);
		}
		let policy = Policy(u64::from_le_bytes(field(report, 8)?));
		if policy.has(Policy::DEBUG) {
			return Err(Error::Debug);
		}
		if policy.has(Policy::MIGRATE) || field(report, 0x160)? != NO_AGENT {
			return Err(Error::Migration);
		}
		let turin = turin(report, version)?;
		if turin != self.tcb.fmc.is_some() {
			return Err(Error::Generation);
		}
		let chip_id = field(report, 0x1a0)?;
		if chip_id != self.chip_id {
			return Err(Error::Chip);
		}
		if Tcb::read(field(report, 0x180)?, turin) != Some(self.tcb) {
			return Err(Error::Tcb);
		}
		let signed: [u8; SIGNED] = field(report, 0)?;
		if !self.key.verifies_fixed(&signed, &signature(report)?) {
			return Err(Error::Signature);
		}
		Ok(Facts {
			version,
			guest_svn: u32::from_le_bytes(field(report, 4)?),
			policy,
			vmpl: u32::from_le_bytes(field(report, 0x30)?),
			platform: u64::from_le_bytes(field(report, 0x40)?),
			report_data: field(report, 0x50)?,
			measurement: field(report, 0x90)?,
			host_data: field(report, 0xc0)?,
			tcb: self.tcb,
			chip_id,
			valid_until: self.valid_until,
			keys: self.keys.clone(),
		})
	}
}
