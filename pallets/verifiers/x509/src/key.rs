//! Public keys and the signatures that certificates carry under them.

use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, Encode};
use hex_literal::hex;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::BigUint;
use sha2::{Digest, Sha256, Sha384};

use crate::Error;

/// SHA-256 of a key's SubjectPublicKeyInfo: who holds it, and what is revoked.
///
/// A key, not a serial number: AMD gives every VCEK the serial 0, and a certificate that is issued again for a revoked
/// key stays revoked.
pub type KeyId = [u8; 32];

/// A public key that attestation chains use.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum PublicKey {
	/// NIST P-256, uncompressed SEC 1. Signs with ECDSA and SHA-256.
	P256([u8; 65]),
	/// NIST P-384, uncompressed SEC 1. Signs with ECDSA and SHA-384.
	P384([u8; 97]),
	/// RSA with this modulus of 4096 bits (big-endian) and the exponent 65537. Signs with PSS, SHA-384 and 48 bytes of
	/// salt.
	Rsa4096(Box<[u8; 512]>),
}

// A SubjectPublicKeyInfo up to its key, and what follows an RSA modulus: the exponent 65537. Everything before the key
// is of one form, so that these bytes say the algorithm, the curve and every length.
const P256: [u8; 26] = hex!("3059301306072a8648ce3d020106082a8648ce3d030107034200");
const P384: [u8; 23] = hex!("3076301006072a8648ce3d020106052b81040022036200");
const RSA4096: [u8; 33] = hex!("30820222300d06092a864886f70d01010105000382020f003082020a0282020100");
const EXPONENT: [u8; 5] = hex!("0203010001");

pub(crate) const ECDSA_SHA256: [u8; 12] = hex!("300a06082a8648ce3d040302");
pub(crate) const ECDSA_SHA384: [u8; 12] = hex!("300a06082a8648ce3d040303");
/// RSASSA-PSS with SHA-384, MGF1 with SHA-384 and 48 bytes of salt, without the trailer field, as DER wants it: AMD's
/// Turin.
pub(crate) const PSS_SHA384: [u8; 67] = hex!(
	"304106092a864886f70d01010a3034a00f300d06096086480165030402020500"
	"a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130"
);
/// The same with the trailer field's default written out: AMD's Milan and Genoa.
const PSS_SHA384_TRAILER: [u8; 72] = hex!(
	"304606092a864886f70d01010a3039a00f300d06096086480165030402020500"
	"a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130a303020101"
);

impl PublicKey {
	/// Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7); the key must be a point of its curve, or a modulus of 4096
	/// bits.
	pub fn from_spki(spki: &[u8]) -> Result<Self, Error> {
		let key = if let Some(point) = spki.strip_prefix(&P384) {
			Self::P384(point.try_into().map_err(|_| Error::Key)?)
		} else if let Some(point) = spki.strip_prefix(&P256) {
			Self::P256(point.try_into().map_err(|_| Error::Key)?)
		} else {
			let rest = spki.strip_prefix(&RSA4096).ok_or(Error::Key)?;
			let modulus: [u8; 512] =
				rest.strip_suffix(&EXPONENT).and_then(|modulus| modulus.try_into().ok()).ok_or(Error::Key)?;
			Self::Rsa4096(Box::new(modulus))
		};
		let valid = match &key {
			Self::P256(point) => p256::ecdsa::VerifyingKey::from_sec1_bytes(point).is_ok(),
			Self::P384(point) => p384::ecdsa::VerifyingKey::from_sec1_bytes(point).is_ok(),
			Self::Rsa4096(modulus) => modulus.first().is_some_and(|first| *first >= 0x80) && rsa(modulus).is_some(),
		};
		valid.then_some(key).ok_or(Error::Key)
	}

	/// The SubjectPublicKeyInfo.
	pub fn spki(&self) -> Vec<u8> {
		match self {
			Self::P256(point) => [&P256[..], point].concat(),
			Self::P384(point) => [&P384[..], point].concat(),
			Self::Rsa4096(modulus) => [&RSA4096[..], &modulus[..], &EXPONENT].concat(),
		}
	}

	/// SHA-256 of [`Self::spki`].
	pub fn id(&self) -> KeyId {
		Sha256::digest(self.spki()).into()
	}

	/// Whether `algorithm`, an AlgorithmIdentifier, is the one that certificates under this key are signed by.
	pub(crate) fn signs_by(&self, algorithm: &[u8]) -> bool {
		match self {
			Self::P256(_) => algorithm == ECDSA_SHA256,
			Self::P384(_) => algorithm == ECDSA_SHA384,
			Self::Rsa4096(_) => algorithm == PSS_SHA384 || algorithm == PSS_SHA384_TRAILER,
		}
	}

	/// Whether `signature`, as certificates carry it (ECDSA in DER), is of `message` under this key.
	pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
		match self {
			Self::P256(point) => p256::ecdsa::Signature::from_der(signature).is_ok_and(|s| by_p256(point, message, &s)),
			Self::P384(point) => p384::ecdsa::Signature::from_der(signature).is_ok_and(|s| by_p384(point, message, &s)),
			Self::Rsa4096(modulus) => by_rsa(modulus, message, signature),
		}
	}

	/// The same with ECDSA's `r` and `s` of fixed length, big-endian, one after the other.
	pub fn verifies_fixed(&self, message: &[u8], signature: &[u8]) -> bool {
		match self {
			Self::P256(point) => {
				p256::ecdsa::Signature::from_slice(signature).is_ok_and(|s| by_p256(point, message, &s))
			}
			Self::P384(point) => {
				p384::ecdsa::Signature::from_slice(signature).is_ok_and(|s| by_p384(point, message, &s))
			}
			Self::Rsa4096(modulus) => by_rsa(modulus, message, signature),
		}
	}
}

fn by_p256(point: &[u8], message: &[u8], signature: &p256::ecdsa::Signature) -> bool {
	p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
		.is_ok_and(|key| key.verify_prehash(&Sha256::digest(message), signature).is_ok())
}

fn by_p384(point: &[u8], message: &[u8], signature: &p384::ecdsa::Signature) -> bool {
	p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
		.is_ok_and(|key| key.verify_prehash(&Sha384::digest(message), signature).is_ok())
}

fn by_rsa(modulus: &[u8; 512], message: &[u8], signature: &[u8]) -> bool {
	use rsa::{
		pss::{Signature, VerifyingKey},
		signature::Verifier,
	};
	let key = rsa(modulus).map(|key| VerifyingKey::<Sha384>::new_with_salt_len(key, 48));
	let signature = Signature::try_from(signature);
	matches!((key, signature), (Some(key), Ok(signature)) if key.verify(message, &signature).is_ok())
}

fn rsa(modulus: &[u8; 512]) -> Option<rsa::RsaPublicKey> {
	rsa::RsaPublicKey::new(BigUint::from_bytes_be(modulus), BigUint::from(65_537u32)).ok()
}
