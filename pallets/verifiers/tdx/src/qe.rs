//! The quoting enclave: its report, and the identity that Intel signs for it (PCS, version 2, `TD_QE`).

use alloc::vec::Vec;
use serde::Deserialize;

use crate::{
	error::{Error, Fault},
	json::{document, level_of, Hex, Level, Time},
	reader::Reader,
	TcbStatus,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QeIdentity<'a> {
	id: &'a str,
	version: u8,
	pub issue_date: Time,
	pub next_update: Time,
	miscselect: Hex<4>,
	miscselect_mask: Hex<4>,
	attributes: Hex<16>,
	attributes_mask: Hex<16>,
	mrsigner: Hex<32>,
	isvprodid: u16,
	/// The highest comes first.
	tcb_levels: Vec<Level>,
}

impl<'a> QeIdentity<'a> {
	pub fn parse(json: &'a [u8]) -> Result<Self, Fault> {
		document(json, |identity: &Self| (identity.id, identity.version), ("TD_QE", 2))
	}

	/// The status of the quoting enclave that made `report`, and its advisories' number.
	pub fn status(&self, report: &Report) -> Result<(TcbStatus, usize), Error> {
		let same = self.miscselect.is(&report.miscselect, &self.miscselect_mask)
			&& self.attributes.is(&report.attributes, &self.attributes_mask)
			&& self.mrsigner.0 == report.mrsigner
			&& self.isvprodid == report.isvprodid;
		if !same {
			return Err(Error::OtherQe);
		}
		let level = level_of(&self.tcb_levels, report.isvsvn).ok_or(Error::BelowEveryLevel)?;
		Ok((level.tcb_status, level.advisories.len()))
	}
}

/// What is read of an enclave's report.
pub(crate) struct Report {
	miscselect: [u8; 4],
	attributes: [u8; 16],
	mrsigner: [u8; 32],
	isvprodid: u16,
	isvsvn: u16,
	pub data: [u8; 64],
}

/// The length of an enclave's report.
pub(crate) const REPORT: usize = 384;

impl Report {
	pub fn read(bytes: &[u8; REPORT]) -> Option<Self> {
		let mut reader = Reader(bytes);
		reader.take(16)?; // cpusvn
		let miscselect = *reader.array()?;
		reader.take(28)?;
		let attributes = *reader.array()?;
		reader.take(64)?; // mrenclave
		let mrsigner = *reader.array()?;
		reader.take(96)?;
		let (isvprodid, isvsvn) = (reader.u16()?, reader.u16()?);
		reader.take(60)?;
		Some(Self { miscselect, attributes, mrsigner, isvprodid, isvsvn, data: *reader.array()? })
	}
}
