//! A chain of our own: root, two authorities, an end entity.

use std::sync::OnceLock;
use vektor_verifier_x509::{
	test_pki::{authority, root, signs, Signer, Template},
	Issuer, ObjectIdentifier,
};

/// When everything here is valid.
pub const NOW: u64 = 1_800_000_000;
pub const FROM: u64 = NOW - 1000;
pub const UNTIL: u64 = NOW + 1000;

pub const OTHER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.3.4");

pub fn pinned() -> &'static Issuer {
	static PINNED: OnceLock<Issuer> = OnceLock::new();
	PINNED.get_or_init(|| root("root", &Signer::p384(1), FROM, UNTIL).1)
}

/// The certificate of the P-384 key 2 as an authority.
pub fn middle(path: Option<u8>) -> Vec<u8> {
	template("middle", authority(path)).issue(&Signer::p384(2).public(), "root", &Signer::p384(1))
}

/// The certificate of the P-384 key 3 as an authority below [`middle`].
pub fn lower(path: Option<u8>) -> Vec<u8> {
	template("lower", authority(path)).issue(&Signer::p384(3).public(), "middle", &Signer::p384(2))
}

/// The certificate of the P-384 key 4, directly below the root.
pub fn leaf() -> Vec<u8> {
	template("leaf", vec![signs(), (OTHER, false, b"hello".to_vec())]).issue(
		&Signer::p384(4).public(),
		"root",
		&Signer::p384(1),
	)
}

pub fn template(subject: &str, extensions: Vec<(ObjectIdentifier, bool, Vec<u8>)>) -> Template<'_> {
	Template { subject, not_before: FROM, not_after: UNTIL, extensions }
}
