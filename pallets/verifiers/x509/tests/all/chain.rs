use codec::{Decode, DecodeAll, Encode};
use vektor_verifier_x509::{
	test_pki::{authority, root, signs, Signer, Template},
	Error, Issuer, ObjectIdentifier, PublicKey, MAX_CHAIN, MAX_ISSUER,
};

use crate::pki::{leaf, lower, middle, pinned, template, FROM, NOW, OTHER, UNTIL};

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");

fn refused<T>(result: Result<T, Error>) -> Error {
	result.err().expect("refused")
}

#[test]
fn a_chain_gives_the_key_of_its_end_entity_and_all_keys_above_it() {
	let chain = pinned().authorities(&[&middle(None), &lower(None)], NOW).unwrap();
	let der = template("leaf", vec![signs()]).issue(&Signer::p256(4).public(), "lower", &Signer::p384(3));
	let leaf = chain.leaf(&der, NOW, &[]).unwrap();
	assert_eq!(leaf.key, Signer::p256(4).public());
	let keys = [1, 2, 3].map(|number| Signer::p384(number).public().id());
	assert_eq!(leaf.keys, [&keys[..], &[Signer::p256(4).public().id()]].concat());
	assert_eq!(chain.keys(), keys);
	assert_eq!((leaf.valid_from, leaf.valid_until, chain.valid_until()), (FROM, UNTIL, UNTIL));
}

#[test]
fn each_kind_of_key_signs_certificates() {
	for signer in [Signer::p256(7), Signer::p384(7), Signer::rsa4096()] {
		let (_, issuer) = root("root", &signer, FROM, UNTIL);
		let der = template("leaf", vec![signs()]).issue(&Signer::p256(1).public(), "root", &signer);
		assert_eq!(issuer.leaf(&der, NOW, &[]).unwrap().key, Signer::p256(1).public());
		assert_eq!(*issuer.key(), signer.public());
		assert_eq!(PublicKey::from_spki(&signer.public().spki()), Ok(signer.public()));
	}
}

#[test]
fn an_extension_is_given_to_the_caller() {
	let der = leaf();
	let leaf = pinned().leaf(&der, NOW, &[]).unwrap();
	assert_eq!(leaf.extension(OTHER), Some(&b"hello"[..]));
	assert_eq!(leaf.extension(ObjectIdentifier::new_unwrap("1.2.3.5")), None);
}

#[test]
fn a_chain_is_valid_as_long_as_its_shortest_certificate() {
	let late = Template { subject: "middle", not_before: NOW - 5, not_after: NOW + 5, extensions: authority(None) };
	let der = late.issue(&Signer::p384(2).public(), "root", &Signer::p384(1));
	let issuer = pinned().authority(&der, NOW).unwrap();
	assert_eq!(issuer.valid_until(), NOW + 5);
	let der = template("leaf", vec![signs()]).issue(&Signer::p384(3).public(), "middle", &Signer::p384(2));
	let leaf = issuer.leaf(&der, NOW, &[]).unwrap();
	assert_eq!((leaf.valid_from, leaf.valid_until), (NOW - 5, NOW + 5));
	assert!(issuer.leaf(&der, NOW + 5, &[]).is_ok() && issuer.leaf(&der, NOW - 5, &[]).is_ok());
	assert_eq!(refused(issuer.leaf(&der, NOW + 6, &[])), Error::Expired);
	assert_eq!(refused(issuer.leaf(&der, NOW - 6, &[])), Error::NotYetValid);
}

#[test]
fn a_certificate_that_expired_or_is_not_valid_yet_is_refused() {
	assert!(pinned().leaf(&leaf(), UNTIL, &[]).is_ok() && pinned().leaf(&leaf(), FROM, &[]).is_ok());
	assert_eq!(refused(pinned().leaf(&leaf(), UNTIL + 1, &[])), Error::Expired);
	assert_eq!(refused(pinned().leaf(&leaf(), FROM - 1, &[])), Error::NotYetValid);
	assert_eq!(refused(pinned().authority(&middle(None), UNTIL + 1)), Error::Expired);
	assert_eq!(refused(pinned().authority(&middle(None), FROM - 1)), Error::NotYetValid);
}

#[test]
fn an_expired_root_ends_what_it_issued() {
	let (_, issuer) = root("root", &Signer::p384(1), FROM, NOW - 1);
	assert_eq!(refused(issuer.leaf(&leaf(), NOW, &[])), Error::Expired);
}

#[test]
fn a_certificate_of_another_root_is_refused() {
	let (_, same_name) = root("root", &Signer::p384(9), FROM, UNTIL);
	assert_eq!(refused(same_name.leaf(&leaf(), NOW, &[])), Error::Signature);
	let (_, other_name) = root("other", &Signer::p384(1), FROM, UNTIL);
	assert_eq!(refused(other_name.leaf(&leaf(), NOW, &[])), Error::Issuer);
	let (_, other_kind) = root("root", &Signer::p256(1), FROM, UNTIL);
	assert_eq!(refused(other_kind.leaf(&leaf(), NOW, &[])), Error::Algorithm);
}

#[test]
fn an_end_entity_issues_nothing() {
	let der = leaf();
	assert_eq!(refused(pinned().authority(&der, NOW)), Error::NotAuthority);
	assert_eq!(refused(Issuer::pin(&der)), Error::NotAuthority);
	let not = template("middle", vec![(BASIC_CONSTRAINTS, true, vec![0x30, 0]), (KEY_USAGE, true, vec![3, 2, 2, 4])]);
	let der = not.issue(&Signer::p384(2).public(), "root", &Signer::p384(1));
	assert_eq!(refused(pinned().authority(&der, NOW)), Error::NotAuthority);
}

#[test]
fn an_authority_is_no_end_entity() {
	assert_eq!(refused(pinned().leaf(&middle(None), NOW, &[])), Error::Authority);
}

#[test]
fn the_usage_of_a_key_is_kept_to() {
	let issue = |extensions| template("x", extensions).issue(&Signer::p384(2).public(), "root", &Signer::p384(1));
	let only_certificates = issue(vec![(KEY_USAGE, true, vec![3, 2, 2, 4])]);
	assert_eq!(refused(pinned().leaf(&only_certificates, NOW, &[])), Error::KeyUsage);
	let empty = issue(vec![(KEY_USAGE, true, vec![3, 1, 0])]);
	assert_eq!(refused(pinned().leaf(&empty, NOW, &[])), Error::KeyUsage);
	let mut extensions = authority(None);
	extensions[1].2 = vec![3, 2, 7, 0x80];
	assert_eq!(refused(pinned().authority(&issue(extensions.clone()), NOW)), Error::KeyUsage);
	extensions.pop();
	assert_eq!(refused(pinned().authority(&issue(extensions), NOW)), Error::KeyUsage);
	assert!(pinned().leaf(&issue(vec![]), NOW, &[]).is_ok());
}

#[test]
fn a_path_length_bounds_the_authorities_below() {
	let last = pinned().authority(&middle(Some(0)), NOW).unwrap();
	assert_eq!(refused(last.authority(&lower(None), NOW)), Error::PathLength);
	let der = template("leaf", vec![signs()]).issue(&Signer::p384(4).public(), "middle", &Signer::p384(2));
	assert!(last.leaf(&der, NOW, &[]).is_ok());

	let one_more = pinned().authority(&middle(Some(1)), NOW).unwrap();
	// It says 9, but above it stands one that allows no more.
	let lower = one_more.authority(&lower(Some(9)), NOW).unwrap();
	let der = template("lowest", authority(None)).issue(&Signer::p384(5).public(), "lower", &Signer::p384(3));
	assert_eq!(refused(lower.authority(&der, NOW)), Error::PathLength);
}

#[test]
fn no_chain_is_longer_than_the_longest() {
	let mut issuer = pinned().clone();
	for number in 2..MAX_CHAIN as u8 {
		let der =
			template("root", authority(None)).issue(&Signer::p384(number).public(), "root", &Signer::p384(number - 1));
		issuer = issuer.authority(&der, NOW).unwrap();
	}
	let number = MAX_CHAIN as u8;
	let issue = |extensions| {
		template("root", extensions).issue(&Signer::p384(number).public(), "root", &Signer::p384(number - 1))
	};
	assert_eq!(issuer.leaf(&issue(vec![]), NOW, &[]).unwrap().keys.len(), MAX_CHAIN);
	assert_eq!(refused(issuer.authority(&issue(authority(None)), NOW)), Error::PathLength);
}

#[test]
fn a_critical_extension_must_be_understood() {
	let der = template("leaf", vec![(OTHER, true, vec![])]).issue(&Signer::p384(4).public(), "root", &Signer::p384(1));
	assert_eq!(refused(pinned().leaf(&der, NOW, &[])), Error::CriticalExtension);
	assert!(pinned().leaf(&der, NOW, &[OTHER]).is_ok());
	let mut extensions = authority(None);
	extensions.push((OTHER, true, vec![]));
	let der = template("middle", extensions).issue(&Signer::p384(2).public(), "root", &Signer::p384(1));
	assert_eq!(refused(pinned().authority(&der, NOW)), Error::CriticalExtension);
	assert_eq!(refused(Issuer::pin(&der)), Error::CriticalExtension);
}

#[test]
fn a_stored_issuer_reads_back_and_fits() {
	let (_, pinned) = root("root", &Signer::rsa4096(), FROM, UNTIL);
	let bytes = pinned.encode();
	assert_eq!(Issuer::decode_all(&mut &bytes[..]), Ok(pinned.clone()));
	for length in 0..bytes.len() {
		assert!(Issuer::decode(&mut &bytes[..length]).is_err());
	}

	let mut longest = pinned;
	let mut above = Signer::rsa4096();
	for number in 2..MAX_CHAIN as u8 {
		let last = number as usize == MAX_CHAIN - 1;
		let signer = if last { Signer::rsa4096() } else { Signer::p384(number) };
		let der = template("root", authority(Some(9))).issue(&signer.public(), "root", &above);
		longest = longest.authority(&der, NOW).unwrap();
		above = signer;
	}
	assert_eq!(longest.encode().len(), MAX_ISSUER);
}
