//! Collateral that was checked before.

use vektor_verifier_tdx::{
	check_collateral,
	test_pki::{self, authority, crl, td, Entry, Intel, Key, Parts, Platform, ROOT, TCB_SIGNER},
	verify, verify_with, Ca, CheckedCollateral, Error, Facts, Fault, Part, Root, INTEL_ROOT, MAX_COLLATERAL,
};

use crate::fixture::{authority_signature, stride, version_4, version_5, version_5_longest, Real, NOW};

fn intel() -> Root<'static> {
	Root::parse(INTEL_ROOT).unwrap()
}

fn parts() -> Parts {
	Intel::default().parts(&Platform::default())
}

/// Verifies under the root of our own against collateral that is read back.
fn verify_restored(quote: &[u8], collateral: &[u8], now: u64) -> Result<Facts, Error> {
	let root = test_pki::root();
	let root = Root::parse(&root).unwrap();
	verify_with(quote, &CheckedCollateral::restore(collateral, &root)?, now)
}

fn quote() -> Vec<u8> {
	Platform::default().quote(&td(1, [0; 64]))
}

/// What reading the collateral back says.
fn restored(change: impl FnOnce(&mut Parts)) -> Option<Error> {
	let mut parts = parts();
	change(&mut parts);
	let root = test_pki::root();
	CheckedCollateral::restore(&parts.encode(), &Root::parse(&root).unwrap()).err()
}

#[test]
fn restored_collateral_gives_what_the_whole_check_gives() {
	for Real { quote, collateral, now } in [version_4(), version_5(), version_5_longest()] {
		let root = intel();
		let checked = CheckedCollateral::new(collateral, &root, *now).unwrap();
		let restored = CheckedCollateral::restore(collateral, &root).unwrap();
		let facts = verify(quote, collateral, &root, *now);
		assert_eq!(verify_with(quote, &checked, *now), facts);
		assert_eq!(verify_with(quote, &restored, *now), facts);
		assert_eq!(Ok(checked.info()), check_collateral(collateral, &root, *now));
		assert_eq!(checked.info(), restored.info());
	}
}

#[test]
fn restored_collateral_holds_only_within_its_time() {
	let Real { quote, collateral, now } = version_4();
	let root = intel();
	let restored = CheckedCollateral::restore(collateral, &root).unwrap();
	let info = restored.info();
	let first = info.issued.into_iter().max().unwrap();
	let until = |now| verify_with(quote, &restored, now).map(|facts| facts.valid_until);
	assert_eq!(until(first - 1), Err(Error::Part(Part::QeIdentity, Fault::NotYetValid)));
	assert_eq!(until(first), until(*now));
	assert_eq!(until(info.valid_until), Ok(info.valid_until));
	assert_eq!(until(info.valid_until + 1), Err(Error::Part(Part::PckCrl, Fault::Expired)));
}

#[test]
fn each_part_of_restored_collateral_has_its_own_time() {
	let (ca, ca_key) = authority(Ca::Platform);
	let root = |entry: Entry, key: &str| entry.issued_by(&Key::new("root"), ROOT, &Key::new(key));
	let signer = |serial, period| root(Entry { period, ..Entry::signer(TCB_SIGNER, serial) }, "tcb signing");
	for (period, fault) in [((NOW + 1, NOW + 2), Fault::NotYetValid), ((NOW - 2, NOW - 1), Fault::Expired)] {
		let aged = Intel { issued: period.0, next_update: period.1, ..Intel::default() }.parts(&Platform::default());
		let changes: [(Part, &dyn Fn(&mut Parts)); 6] = [
			(Part::TcbSigner, &|parts| parts.tcb_signer = signer(2, period)),
			(Part::QeSigner, &|parts| parts.qe_signer = signer(3, period)),
			(Part::TcbInfo, &|parts| parts.tcb_info = aged.tcb_info.clone()),
			(Part::QeIdentity, &|parts| parts.qe_identity = aged.qe_identity.clone()),
			(Part::PckCrl, &|parts| parts.pck_crl = crl(&ca_key, ca, period, &[], &[])),
			(Part::RootCrl, &|parts| parts.root_crl = crl(&Key::new("root"), ROOT, period, &[], &[])),
		];
		for (part, change) in changes {
			let mut parts = parts();
			change(&mut parts);
			assert_eq!(verify_restored(&quote(), &parts.encode(), NOW), Err(Error::Part(part, fault)));
		}
		let mut parts = parts();
		parts.pck_ca = root(Entry { period, ..Entry::authority(ca, 0) }, "platform");
		assert_eq!(verify_restored(&quote(), &parts.encode(), NOW), Err(Error::Part(Part::PckCa, fault)));
	}
	let at = |now| verify_restored(&quote(), &parts().encode(), now);
	assert_eq!(at(test_pki::FROM - 1), Err(Error::Part(Part::Root, Fault::NotYetValid)));
	assert_eq!(at(test_pki::UNTIL + 1), Err(Error::Part(Part::Root, Fault::Expired)));
}

#[test]
fn a_revoked_platform_is_refused_by_restored_collateral() {
	let intel = Intel { revoked: vec![1000], ..Intel::default() };
	let refused = verify_restored(&quote(), &intel.collateral(&Platform::default()), NOW);
	assert_eq!(refused, Err(Error::Part(Part::Pck, Fault::Revoked)));
}

#[test]
fn what_does_not_pass_with_time_is_checked_again_when_restored() {
	assert_eq!(restored(|_| ()), None);
	let somebody = crl(&Key::new("root"), "Somebody", (NOW, NOW + 1), &[], &[]);
	assert_eq!(restored(|parts| parts.root_crl = somebody), Some(Error::Part(Part::RootCrl, Fault::Issuer)));
	let signer = parts().tcb_signer;
	assert_eq!(restored(|parts| parts.pck_ca = signer), Some(Error::Part(Part::PckCa, Fault::Purpose)));
	for (serial, part) in [(1, Part::Root), (2, Part::TcbSigner), (4, Part::PckCa)] {
		let list = crl(&Key::new("root"), ROOT, (NOW, NOW + 1), &[serial], &[]);
		assert_eq!(restored(|parts| parts.root_crl = list), Some(Error::Part(part, Fault::Revoked)));
	}
	assert_eq!(restored(|parts| parts.tcb_info.clear()), Some(Error::Part(Part::TcbInfo, Fault::Malformed)));
	let root = intel();
	assert_eq!(CheckedCollateral::restore(&[], &root).err(), Some(Error::CollateralLength));
	let long = vec![1; MAX_COLLATERAL + 1];
	assert_eq!(CheckedCollateral::restore(&long, &root).err(), Some(Error::CollateralTooLong));
}

#[test]
fn only_the_first_check_looks_at_signatures() {
	let root = test_pki::root();
	let root = Root::parse(&root).unwrap();
	let forged = Parts { tcb_info_signature: [1; 64], ..parts() }.encode();
	let refused = CheckedCollateral::new(&forged, &root, NOW).err();
	assert_eq!(refused, Some(Error::Part(Part::TcbInfo, Fault::Signature)));
	assert_eq!(CheckedCollateral::restore(&forged, &root).err(), None);
}

#[test]
fn no_quote_with_a_byte_changed_holds_against_restored_collateral() {
	let Real { quote, collateral, now } = version_4();
	let root = intel();
	let restored = CheckedCollateral::restore(collateral, &root).unwrap();
	let signature = authority_signature(quote);
	for at in (0..quote.len()).step_by(stride(37)).filter(|at| !signature.contains(at)) {
		let mut changed = quote.clone();
		changed[at] ^= 1;
		assert!(verify_with(&changed, &restored, *now).is_err(), "byte {at}");
	}
}
