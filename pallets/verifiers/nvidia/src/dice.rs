//! What a leaf certificate says of the firmware that its key was derived from.

use der::{
	asn1::{AnyRef, ObjectIdentifier, OctetStringRef},
	Decode, Reader, SliceReader, Tag, Tagged,
};
use vektor_verifier_x509::{Leaf, PublicKey};

/// The extension, one of TCG's. On Hopper its value is a composite device id: version, SubjectPublicKeyInfo of the
/// device's key, and the firmware's digest (FWID).
pub(crate) const DEVICE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.133.5.4.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");

fn sequence(any: AnyRef<'_>) -> der::Result<SliceReader<'_>> {
	any.tag().assert_eq(Tag::Sequence)?;
	SliceReader::new(any.value())
}

/// The device's key and the firmware's digest.
fn read(value: &[u8]) -> der::Result<(&[u8], ObjectIdentifier, &[u8])> {
	let mut device = sequence(AnyRef::from_der(value)?)?;
	let _version: u8 = device.decode()?;
	let key = device.tlv_bytes()?;
	let mut firmware = sequence(device.decode()?)?;
	device.finish(())?;
	let algorithm = firmware.decode()?;
	let digest: OctetStringRef<'_> = firmware.decode()?;
	firmware.finish((key, algorithm, digest.as_bytes()))
}

/// The SHA-384 of the firmware that the leaf's key was derived from, where the certificate names the key of `device` as
/// the one that it was derived under.
pub(crate) fn firmware(leaf: &Leaf<'_>, device: &PublicKey) -> Option<[u8; 48]> {
	let (key, algorithm, digest) = read(leaf.extension(DEVICE)?).ok()?;
	(key == device.spki() && algorithm == SHA384).then_some(digest.try_into().ok()?)
}
