//! Collateral under a root of our own.

use vektor_verifier_tdx::{
	check_collateral,
	test_pki::{
		self, authority, crl, report, sign_under, td, Entry, Intel, Key, Parts, Platform, Profile, ROOT, TCB_SIGNER,
	},
	Ca, Collateral, CollateralInfo, Error, Fault, Part, Root, MAX_COLLATERAL,
};

use crate::fixture::{verify_now, NOW};

fn parts() -> Parts {
	Intel::default().parts(&Platform::default())
}

fn check_at(parts: &Parts, now: u64) -> Result<CollateralInfo, Error> {
	check_collateral(&parts.encode(), &Root::parse(&test_pki::root()).unwrap(), now)
}

fn refused(change: impl FnOnce(&mut Parts)) -> Error {
	let mut parts = parts();
	change(&mut parts);
	check_at(&parts, NOW).unwrap_err()
}

fn root_signs(entry: &Entry, key: &str) -> Vec<u8> {
	entry.issued_by(&Key::new("root"), ROOT, &Key::new(key))
}

/// Each way in which a certificate may be wrong that should be like `good`, whose key is `key`.
fn wrong_certificates(good: &Entry, key: &str, issuer: &Key, issuer_name: &str) -> Vec<(Fault, Vec<u8>)> {
	let key = Key::new(key);
	let with = |change: &dyn Fn(&mut Entry)| {
		let mut entry = good.clone();
		change(&mut entry);
		entry.issued_by(issuer, issuer_name, &key)
	};
	let other = match good.profile {
		Profile::Authority(_) => Profile::Signer,
		Profile::Signer => Profile::Authority(0),
	};
	let extension = |critical| ("1.2.3.4".to_string(), critical, vec![5, 0]);
	let twice = ("2.5.29.15".to_string(), true, vec![3, 2, 6, 0xc0]);
	let fine = with(&|entry| entry.extensions.push(extension(false)));
	vec![
		(Fault::Malformed, fine[..fine.len() - 1].to_vec()),
		(Fault::Malformed, [fine.as_slice(), &[0]].concat()),
		(Fault::Malformed, with(&|entry| entry.extensions.push(twice.clone()))),
		(Fault::Issuer, good.issued_by(issuer, "Somebody", &key)),
		(Fault::Signature, good.issued_by(&Key::new("somebody"), issuer_name, &key)),
		(Fault::Purpose, with(&|entry| entry.profile = other)),
		(Fault::CriticalExtension, with(&|entry| entry.extensions.push(extension(true)))),
		(Fault::NotYetValid, with(&|entry| entry.period.0 = NOW + 1)),
		(Fault::Expired, with(&|entry| entry.period.1 = NOW - 1)),
	]
}

#[test]
fn it_encodes_and_decodes() {
	let bytes = parts().encode();
	assert_eq!(Collateral::decode(&bytes).unwrap().encode().unwrap(), bytes);
	let mut other = bytes.clone();
	other[0] = 2;
	assert_eq!(Collateral::decode(&other), Err(Error::CollateralLength));
	let long = vec![0; MAX_COLLATERAL];
	for length in [MAX_COLLATERAL, 0x1_0000] {
		let long = [long.as_slice(), &long].concat()[..length].to_vec();
		let collateral = Collateral { pck_crl: &long, ..Collateral::decode(&bytes).unwrap() };
		assert_eq!(collateral.encode(), Err(Error::CollateralTooLong));
	}
}

#[test]
fn a_pck_authority_that_does_not_hold_is_refused() {
	let (name, _) = authority(Ca::Platform);
	let good = Entry::authority(name, 0);
	for (fault, certificate) in wrong_certificates(&good, "platform", &Key::new("root"), ROOT) {
		assert_eq!(refused(|parts| parts.pck_ca = certificate), Error::Part(Part::PckCa, fault));
	}
	let unnamed = root_signs(&Entry::authority("Intel SGX Other CA", 0), "platform");
	assert_eq!(refused(|parts| parts.pck_ca = unnamed), Error::Part(Part::PckCa, Fault::Kind));
}

#[test]
fn a_signer_that_does_not_hold_is_refused() {
	let good = Entry::signer(TCB_SIGNER, 5);
	let other_name = root_signs(&Entry::signer("Intel SGX PCK Certificate", 5), "tcb signing");
	let mut wrong = wrong_certificates(&good, "tcb signing", &Key::new("root"), ROOT);
	wrong.push((Fault::Kind, other_name));
	for (fault, certificate) in wrong {
		let as_tcb = refused(|parts| parts.tcb_signer = certificate.clone());
		assert_eq!(as_tcb, Error::Part(Part::TcbSigner, fault));
		assert_eq!(refused(|parts| parts.qe_signer = certificate), Error::Part(Part::QeSigner, fault));
	}
	// Another that holds is as good.
	let mut parts = parts();
	parts.qe_signer = root_signs(&good, "tcb signing");
	assert!(check_at(&parts, NOW).is_ok());
}

#[test]
fn a_pck_certificate_that_does_not_hold_is_refused() {
	let (name, key) = authority(Ca::Platform);
	let platform = Platform::default();
	let [_, pck_ca, root] = platform.chain();
	let mut wrong = wrong_certificates(&platform.certificate(), "pck", &key, name);
	let plain = Entry { extensions: Vec::new(), ..platform.certificate() };
	wrong.push((Fault::Malformed, plain.issued_by(&key, name, &Key::new("pck"))));
	let mut half = platform.certificate();
	half.extensions[0].2 = vec![0x30, 0];
	wrong.push((Fault::Malformed, half.issued_by(&key, name, &Key::new("pck"))));
	for (fault, certificate) in wrong {
		let quote = sign_under(&report(&td(1, [0; 64])), &[certificate, pck_ca.clone(), root.clone()]);
		assert_eq!(verify_now(&quote, &parts().encode()), Err(Error::Part(Part::Pck, fault)));
	}
}

#[test]
fn lists_that_do_not_hold_are_refused() {
	let (name, key) = authority(Ca::Platform);
	let good = (NOW, NOW + 1);
	let delta = [("2.5.29.27".to_string(), true, vec![2, 1, 0])];
	for (part, key, name) in [(Part::PckCrl, key, name), (Part::RootCrl, Key::new("root"), ROOT)] {
		let put = |list: Vec<u8>| {
			refused(|parts| match part {
				Part::PckCrl => parts.pck_crl = list,
				_ => parts.root_crl = list,
			})
		};
		let fine = crl(&key, name, good, &[77], &[]);
		for (fault, list) in [
			(Fault::Malformed, fine[..fine.len() - 1].to_vec()),
			(Fault::Malformed, [fine.as_slice(), &[0]].concat()),
			(Fault::Issuer, crl(&key, "Somebody", good, &[], &[])),
			(Fault::Signature, crl(&Key::new("somebody"), name, good, &[], &[])),
			(Fault::NotYetValid, crl(&key, name, (NOW + 1, NOW + 2), &[], &[])),
			(Fault::Expired, crl(&key, name, (NOW - 2, NOW - 1), &[], &[])),
			(Fault::CriticalExtension, crl(&key, name, good, &[], &delta)),
		] {
			assert_eq!(put(list), Error::Part(part, fault));
		}
	}
}

#[test]
fn what_the_root_revokes_is_refused() {
	for (serial, part) in [(1, Part::Root), (2, Part::TcbSigner), (4, Part::PckCa)] {
		let intel = Intel { revoked_by_root: vec![99, serial], ..Intel::default() };
		let refused = check_at(&intel.parts(&Platform::default()), NOW);
		assert_eq!(refused, Err(Error::Part(part, Fault::Revoked)));
	}
	let second = root_signs(&Entry::signer(TCB_SIGNER, 3), "tcb signing");
	let intel = Intel { revoked_by_root: vec![3], ..Intel::default() };
	let parts = Parts { qe_signer: second, ..intel.parts(&Platform::default()) };
	assert_eq!(check_at(&parts, NOW), Err(Error::Part(Part::QeSigner, Fault::Revoked)));
}

#[test]
fn documents_that_do_not_hold_are_refused() {
	let with = |change: &dyn Fn(&mut Parts)| {
		let mut parts = parts();
		change(&mut parts);
		check_at(&parts.sign(), NOW).unwrap_err()
	};
	let swap = |json: &mut String, from: &str, to: &str| {
		assert!(json.contains(from), "{from} in {json}");
		*json = json.replacen(from, to, 1);
	};
	for (part, id) in [(Part::TcbInfo, "\"TDX\""), (Part::QeIdentity, "\"TD_QE\"")] {
		let json = |parts: &mut Parts, from: &str, to: &str| match part {
			Part::TcbInfo => swap(&mut parts.tcb_info, from, to),
			_ => swap(&mut parts.qe_identity, from, to),
		};
		for (from, to, fault) in [
			(id, "\"SGX\"", Fault::Kind),
			("\"version\":", "\"version\":1", Fault::Kind),
			("\"version\":", "\"version\":-", Fault::Malformed),
			("{", "{{", Fault::Malformed),
			("2025-06-15T15:06:40Z", "2025-06-15T15:06:40", Fault::Malformed),
			("2025-06-15T15:06:40Z", "2025-06-16T15:06:40Z", Fault::NotYetValid),
			("2025-07-15T15:06:40Z", "2025-06-15T15:06:40Z", Fault::Expired),
			("UpToDate", "Fine", Fault::Malformed),
			("FF\"", "F\"", Fault::Malformed),
		] {
			assert_eq!(with(&|parts| json(parts, from, to)), Error::Part(part, fault), "{from} is {to}");
		}
	}
	let other_type = with(&|parts| swap(&mut parts.tcb_info, "\"tcbType\":0", "\"tcbType\":1"));
	assert_eq!(other_type, Error::Part(Part::TcbInfo, Fault::Kind));
	assert_eq!(refused(|parts| parts.tcb_info.push(' ')), Error::Part(Part::TcbInfo, Fault::Signature));
	assert_eq!(refused(|parts| parts.qe_identity.push(' ')), Error::Part(Part::QeIdentity, Fault::Signature));
	let swapped = refused(|parts| core::mem::swap(&mut parts.tcb_info_signature, &mut parts.qe_identity_signature));
	assert_eq!(swapped, Error::Part(Part::TcbInfo, Fault::Signature));
}

#[test]
fn parts_in_each_others_places_are_refused() {
	use core::mem::swap;
	let malformed = |part| Error::Part(part, Fault::Malformed);
	assert_eq!(refused(|parts| swap(&mut parts.pck_crl, &mut parts.pck_ca)), malformed(Part::PckCa));
	assert_eq!(
		refused(|parts| swap(&mut parts.pck_crl, &mut parts.root_crl)),
		Error::Part(Part::RootCrl, Fault::Issuer)
	);
	assert_eq!(
		refused(|parts| swap(&mut parts.pck_ca, &mut parts.tcb_signer)),
		Error::Part(Part::PckCa, Fault::Purpose)
	);
	let documents = refused(|parts| {
		swap(&mut parts.tcb_info, &mut parts.qe_identity);
		swap(&mut parts.tcb_info_signature, &mut parts.qe_identity_signature);
	});
	assert_eq!(documents, malformed(Part::TcbInfo));
	// The parts of another authority, one by one.
	let other = Intel::default().parts(&Platform { ca: Ca::Processor, ..Platform::default() });
	assert_eq!(refused(|parts| parts.pck_ca = other.pck_ca.clone()), Error::Part(Part::PckCrl, Fault::Issuer));
	assert_eq!(refused(|parts| parts.pck_crl = other.pck_crl.clone()), Error::Part(Part::PckCrl, Fault::Issuer));
}

#[test]
fn a_root_that_is_none_is_refused() {
	let refused = |bytes: &[u8]| Root::parse(bytes).err();
	assert_eq!(refused(&[]), Some(Error::Part(Part::Root, Fault::Malformed)));
	let signer = root_signs(&Entry::signer(ROOT, 1), "root");
	assert_eq!(refused(&signer), Some(Error::Part(Part::Root, Fault::Purpose)));
	let shallow = root_signs(&Entry::authority(ROOT, 0), "root");
	assert_eq!(refused(&shallow), Some(Error::Part(Part::Root, Fault::Purpose)));

	let parts = parts();
	let early = check_at(&parts, test_pki::FROM - 1);
	assert_eq!(early, Err(Error::Part(Part::Root, Fault::NotYetValid)));
	assert_eq!(check_at(&parts, test_pki::UNTIL + 1), Err(Error::Part(Part::Root, Fault::Expired)));
}

#[test]
fn newer_collateral_replaces_older_and_never_the_other_way() {
	let info = |intel: &Intel, platform: &Platform| check_at(&intel.parts(platform), NOW).unwrap();
	let old = info(&Intel::default(), &Platform::default());
	let newer = info(&Intel { issued: NOW, ..Intel::default() }, &Platform::default());
	assert!(newer.replaces(&old));
	assert!(!old.replaces(&newer));
	assert!(!old.replaces(&old));
	let counted = info(&Intel { evaluation: 21, ..Intel::default() }, &Platform::default());
	assert!(counted.replaces(&old));
	assert!(!newer.replaces(&counted));
	let other = info(&Intel { issued: NOW, ..Intel::default() }, &Platform { fmspc: [9; 6], ..Platform::default() });
	assert!(!other.replaces(&old));
	let ca = Platform { ca: Ca::Processor, ..Platform::default() };
	assert!(!info(&Intel { issued: NOW, ..Intel::default() }, &ca).replaces(&old));

	// New levels beside an old list.
	let new = Intel { issued: NOW, ..Intel::default() }.parts(&Platform::default());
	let mixed = Parts { pck_crl: parts().pck_crl, ..new };
	assert!(!check_at(&mixed, NOW).unwrap().replaces(&newer));
}
