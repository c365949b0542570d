//! How current the platform, its module and its quoting enclave are.

use vektor_verifier_tdx::{
	test_pki::{td, Intel, Parts, Platform},
	Error, Facts, TcbStatus, Td,
};

use crate::fixture::verify_now;

use TcbStatus::*;

const ALL: [TcbStatus; 7] = [
	UpToDate,
	SwHardeningNeeded,
	ConfigurationNeeded,
	ConfigurationAndSwHardeningNeeded,
	OutOfDate,
	OutOfDateConfigurationNeeded,
	Revoked,
];

fn verified(intel: &Intel, platform: &Platform, td: &Td) -> Result<Facts, Error> {
	verify_now(&platform.quote(td), &intel.collateral(platform))
}

fn status(intel: &Intel) -> Result<TcbStatus, Error> {
	verified(intel, &Platform::default(), &td(1, [0; 64])).map(|facts| facts.tcb_status)
}

#[test]
fn every_status_is_reported_but_a_revoked_one() {
	for of in ALL {
		let expected = if of == Revoked { Err(Error::TcbRevoked) } else { Ok(of) };
		assert_eq!(status(&Intel { status: of, ..Intel::default() }), expected);
	}
}

#[test]
fn the_worst_of_platform_module_and_enclave_counts() {
	for of in ALL {
		let expected = match of {
			Revoked => Err(Error::TcbRevoked),
			UpToDate | SwHardeningNeeded | OutOfDate => Ok(OutOfDate),
			_ => Ok(OutOfDateConfigurationNeeded),
		};
		let platform = Intel { status: of, ..Intel::default() };
		assert_eq!(status(&Intel { qe_status: OutOfDate, ..platform.clone() }), expected);
		assert_eq!(status(&Intel { module_status: OutOfDate, ..platform }), expected);
	}
	assert_eq!(status(&Intel { qe_status: Revoked, ..Intel::default() }), Err(Error::TcbRevoked));
	assert_eq!(status(&Intel { module_status: Revoked, ..Intel::default() }), Err(Error::TcbRevoked));
}

#[test]
fn a_platform_is_at_the_highest_level_that_it_has_reached() {
	let at = |svn, module: [u8; 3]| {
		let platform = Platform { svn, ..Platform::default() };
		let mut tee_tcb_svn = [0; 16];
		tee_tcb_svn[..3].copy_from_slice(&module);
		let td = Td { tee_tcb_svn, tee_tcb_svn_now: None, ..td(1, [0; 64]) };
		verified(&Intel::default(), &platform, &td).map(|facts| (facts.tcb_status, facts.advisories))
	};
	assert_eq!(at(9, [3, 1, 0]), Ok((UpToDate, 0)));
	assert_eq!(at(3, [3, 1, 0]), Ok((UpToDate, 0)));
	assert_eq!(at(2, [3, 1, 0]), Ok((OutOfDate, 2)));
	assert_eq!(at(1, [3, 1, 0]), Err(Error::TcbRevoked));
	assert_eq!(at(0, [3, 1, 0]), Err(Error::BelowEveryLevel));
	// Before 1.5 the module's versions are among the level's, later they have levels of their own.
	assert_eq!(at(3, [2, 0, 0]), Ok((OutOfDate, 2)));
	assert_eq!(at(3, [3, 0, 0]), Ok((UpToDate, 0)));
	assert_eq!(at(3, [2, 1, 0]), Err(Error::BelowEveryLevel));
	assert_eq!(at(3, [9, 2, 0]), Err(Error::OtherModule));
}

#[test]
fn what_a_td_runs_on_now_must_not_be_revoked_and_mends_nothing() {
	let launched = |svn: u8, now: u8| {
		let versions = |svn| [svn, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
		let td = Td { tee_tcb_svn: versions(svn), tee_tcb_svn_now: Some(versions(now)), ..td(1, [0; 64]) };
		verified(&Intel::default(), &Platform::default(), &td).map(|facts| facts.tcb_status)
	};
	assert_eq!(launched(3, 3), Ok(UpToDate));
	assert_eq!(launched(2, 3), Ok(OutOfDate));
	assert_eq!(launched(3, 1), Err(Error::TcbRevoked));
	assert_eq!(launched(3, 0), Err(Error::BelowEveryLevel));
}

#[test]
fn a_module_that_intel_does_not_name_is_refused() {
	for change in [|td: &mut Td| td.mrsignerseam[0] = 1, |td: &mut Td| td.seamattributes[7] = 1] {
		let mut td = td(1, [0; 64]);
		change(&mut td);
		assert_eq!(verified(&Intel::default(), &Platform::default(), &td), Err(Error::OtherModule));
	}
}

fn changed(change: impl FnOnce(&mut Parts)) -> Result<TcbStatus, Error> {
	let platform = Platform::default();
	let mut parts = Intel::default().parts(&platform);
	change(&mut parts);
	verify_now(&platform.quote(&td(1, [0; 64])), &parts.sign().encode()).map(|facts| facts.tcb_status)
}

#[test]
fn an_enclave_that_intel_does_not_name_is_refused() {
	for (from, to) in [
		("\"miscselect\":\"00", "\"miscselect\":\"01"),
		("\"attributes\":\"11", "\"attributes\":\"15"),
		("\"attributes\":\"11", "\"attributes\":\"13"),
		("dcdc", "dcdd"),
		("\"isvprodid\":2", "\"isvprodid\":1"),
	] {
		let swap = |parts: &mut Parts| parts.qe_identity = parts.qe_identity.replacen(from, to, 1);
		// Bit 2 of the attributes is masked out.
		let expected = if to.ends_with("15") { Ok(UpToDate) } else { Err(Error::OtherQe) };
		assert_eq!(changed(swap), expected, "{to}");
	}
	let swap = |parts: &mut Parts| parts.qe_identity = parts.qe_identity.replace("\"isvsvn\":4", "\"isvsvn\":5");
	assert_eq!(changed(swap), Err(Error::BelowEveryLevel));
}

#[test]
fn levels_ask_for_the_pce_too() {
	let swap = |parts: &mut Parts| parts.tcb_info = parts.tcb_info.replacen("\"pcesvn\":11", "\"pcesvn\":12", 1);
	assert_eq!(changed(swap), Ok(OutOfDate));
	let swap = |parts: &mut Parts| parts.tcb_info = parts.tcb_info.replace("\"pceId\":\"0000\"", "\"pceId\":\"0001\"");
	assert_eq!(changed(swap), Err(Error::OtherPlatform));
}
