use vektor_verifier_x509::{
	test_pki::{authority, sequence, signs, tlv, Signer},
	Error, Issuer, PublicKey, MAX_CERTIFICATE, MAX_EXTENSIONS,
};

use crate::pki::{leaf, pinned, template, NOW, OTHER};

fn refusal(der: &[u8]) -> Error {
	pinned().leaf(der, NOW, &[]).err().expect("refused")
}

/// The certificate with `from` replaced by `to`, of the same length, where it is found first.
fn replaced(from: &[u8], to: &[u8]) -> Vec<u8> {
	let mut der = leaf();
	let at = der.windows(from.len()).position(|window| window == from).expect("found");
	der.splice(at..at + from.len(), to.iter().copied());
	der
}

#[test]
fn a_truncated_certificate_is_malformed() {
	let der = leaf();
	for length in 0..der.len() {
		assert_eq!(refusal(&der[..length]), Error::Malformed);
	}
}

#[test]
fn bytes_after_a_certificate_are_refused() {
	assert_eq!(refusal(&[&leaf()[..], &[0]].concat()), Error::Malformed);
}

#[test]
fn too_long_a_certificate_is_refused() {
	assert_eq!(refusal(&vec![0x30; MAX_CERTIFICATE + 1]), Error::TooLong);
	assert_eq!(refusal(&vec![0x30; MAX_CERTIFICATE]), Error::Malformed);
}

#[test]
fn another_version_is_refused() {
	assert_eq!(refusal(&replaced(&[0xa0, 3, 2, 1, 2], &[0xa0, 3, 2, 1, 1])), Error::Version);
	// Version 1 leaves the field out.
	assert_eq!(refusal(&sequence(&[&sequence(&[&[2, 1, 1]]), &[0x30, 0], &[3, 1, 0]])), Error::Version);
}

#[test]
fn an_algorithm_that_differs_inside_and_outside_is_malformed() {
	let sha384 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
	let sha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
	assert_eq!(refusal(&replaced(&sha384, &sha256)), Error::Malformed);
}

#[test]
fn a_length_that_is_not_the_shortest_is_malformed() {
	let der = leaf();
	assert_eq!(&der[..2], [0x30, 0x82]);
	let longer = [&[0x30, 0x83, 0][..], &der[2..]].concat();
	assert_eq!(refusal(&longer), Error::Malformed);
}

#[test]
fn a_default_that_is_written_out_is_malformed() {
	let issue = |extensions| template("x", extensions).issue(&Signer::p384(2).public(), "root", &Signer::p384(1));
	let der = issue(vec![(OTHER, true, vec![])]);
	let at = der.windows(3).rposition(|window| window == [1, 1, 0xff]).unwrap();
	let mut explicit = der.clone();
	explicit[at + 2] = 0;
	assert_eq!(refusal(&explicit), Error::Malformed);
	let mut extensions = authority(None);
	extensions[0].2 = vec![0x30, 3, 1, 1, 0];
	assert_eq!(Issuer::pin(&issue(extensions)), Err(Error::Malformed));
}

#[test]
fn an_extension_that_occurs_twice_is_refused() {
	let issue = |extensions| template("x", extensions).issue(&Signer::p384(2).public(), "root", &Signer::p384(1));
	assert_eq!(refusal(&issue(vec![signs(), signs()])), Error::Extensions);
	let many = |count: usize| {
		let ids = (0..count).map(|n| vektor_verifier_x509::ObjectIdentifier::new(&format!("1.2.3.{n}")).unwrap());
		issue(ids.map(|id| (id, false, vec![])).collect())
	};
	assert!(pinned().leaf(&many(MAX_EXTENSIONS), NOW, &[]).is_ok());
	assert_eq!(refusal(&many(MAX_EXTENSIONS + 1)), Error::Extensions);
}

#[test]
fn a_key_off_its_curve_or_of_another_kind_is_refused() {
	for signer in [Signer::p256(3), Signer::p384(3)] {
		let mut spki = signer.public().spki();
		*spki.last_mut().unwrap() ^= 1;
		assert_eq!(PublicKey::from_spki(&spki), Err(Error::Key));
		spki.push(0);
		assert_eq!(PublicKey::from_spki(&spki), Err(Error::Key));
	}
	let rsa = Signer::rsa4096().public().spki();
	let (first, last) = (33, 33 + 511);
	for (at, value) in [(first, 0x7f), (last, rsa[last] & 0xfe), (rsa.len() - 1, 3)] {
		let mut spki = rsa.clone();
		spki[at] = value;
		assert_eq!(PublicKey::from_spki(&spki), Err(Error::Key), "{at}");
	}
	assert_eq!(PublicKey::from_spki(&rsa[..rsa.len() - 1]), Err(Error::Key));
	assert_eq!(PublicKey::from_spki(&[]), Err(Error::Key));
	assert_eq!(PublicKey::from_spki(&tlv(0x30, &[&[0; 40]])), Err(Error::Key));
}

#[test]
fn errors_say_what_is_wrong() {
	assert_eq!(Error::Signature.to_string(), "the issuer did not sign the certificate");
}
