//! TCB info: the levels of a kind of platform (Intel's PCS, version 3, for TDX).

use alloc::vec::Vec;
use serde::{de::IgnoredAny, Deserialize};

use crate::{
	error::{Error, Fault},
	json::{document, level_of, Hex, Level, Time},
	pck::Platform,
	quote::Td,
	TcbStatus,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TcbInfo<'a> {
	id: &'a str,
	version: u8,
	pub issue_date: Time,
	pub next_update: Time,
	pub fmspc: Hex<6>,
	pce_id: Hex<2>,
	tcb_type: u8,
	pub tcb_evaluation_data_number: u32,
	/// Of modules before version 1.5.
	#[serde(borrow)]
	tdx_module: Option<Module<'a>>,
	/// Of later ones, by their major version.
	#[serde(default)]
	tdx_module_identities: Vec<Module<'a>>,
	/// The highest comes first.
	tcb_levels: Vec<PlatformLevel>,
}

/// A TDX module, with a name and levels of its own from version 1.5 on.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Module<'a> {
	id: Option<&'a str>,
	mrsigner: Hex<48>,
	attributes: Hex<8>,
	attributes_mask: Hex<8>,
	#[serde(default)]
	tcb_levels: Vec<Level>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlatformLevel {
	tcb: Tcb,
	tcb_status: TcbStatus,
	#[serde(rename = "advisoryIDs", default)]
	advisories: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Tcb {
	sgxtcbcomponents: [Component; 16],
	pcesvn: u16,
	tdxtcbcomponents: Option<[Component; 16]>,
}

#[derive(Deserialize)]
struct Component {
	svn: u8,
}

impl<'a> TcbInfo<'a> {
	pub fn parse(json: &'a [u8]) -> Result<Self, Fault> {
		let info = document(json, |info: &Self| (info.id, info.version), ("TDX", 3))?;
		// How components are compared: only this way is defined.
		if info.tcb_type != 0 {
			return Err(Fault::Kind);
		}
		Ok(info)
	}

	/// Whether it is about `platform`.
	pub fn is_about(&self, platform: &Platform) -> bool {
		self.fmspc.0 == platform.fmspc && self.pce_id.0 == platform.pce_id
	}

	/// The status of `platform` under `td`, as of its launch, and the number of its advisories.
	pub fn status(&self, platform: &Platform, td: &Td) -> Result<(TcbStatus, usize), Error> {
		let [_, version, ..] = td.tee_tcb_svn;
		let module = self.module(version).ok_or(Error::OtherModule)?;
		if module.mrsigner.0 != td.mrsignerseam || !module.attributes.is(&td.seamattributes, &module.attributes_mask) {
			return Err(Error::OtherModule);
		}
		let at_launch = self.level(platform, &td.tee_tcb_svn)?;
		// What it runs on now does not mend what it was launched on, but it must not have been revoked either.
		if let Some(now) = &td.tee_tcb_svn_now {
			if self.level(platform, now)?.0 == TcbStatus::Revoked {
				return Err(Error::TcbRevoked);
			}
		}
		Ok(at_launch)
	}

	/// The status of the highest level that `platform` has reached with a module and others of the versions `svn`.
	fn level(&self, platform: &Platform, svn: &[u8; 16]) -> Result<(TcbStatus, usize), Error> {
		let [module_svn, module_version, ..] = *svn;
		// The first two are the module's, which from 1.5 on has levels of its own.
		let apart = if module_version == 0 { 0 } else { 2 };
		let reached = |level: &&PlatformLevel| {
			let tcb = &level.tcb;
			let covers = |(has, needs): (&u8, &Component)| *has >= needs.svn;
			tcb.pcesvn <= platform.pce_svn
				&& platform.components.iter().zip(&tcb.sgxtcbcomponents).all(covers)
				&& tcb.tdxtcbcomponents.as_ref().is_some_and(|tdx| svn.iter().zip(tdx).skip(apart).all(covers))
		};
		let level = self.tcb_levels.iter().find(reached).ok_or(Error::BelowEveryLevel)?;
		let (status, advisories) = (level.tcb_status, level.advisories.len());
		if module_version == 0 {
			return Ok((status, advisories));
		}
		let module = self.module(module_version).ok_or(Error::OtherModule)?;
		let level = level_of(&module.tcb_levels, module_svn.into()).ok_or(Error::BelowEveryLevel)?;
		Ok((status.with(level.tcb_status), advisories.saturating_add(level.advisories.len())))
	}

	/// The module of a major version.
	fn module(&self, version: u8) -> Option<&Module<'a>> {
		let named = |module: &&Module| {
			let digits = module.id.and_then(|id| id.strip_prefix("TDX_"));
			digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) == Some(version)
		};
		match version {
			0 => self.tdx_module.as_ref(),
			_ => self.tdx_module_identities.iter().find(named),
		}
	}
}
