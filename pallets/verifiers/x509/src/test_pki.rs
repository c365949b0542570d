//! Certificates under keys that everybody knows: for tests and for the roots of development chains, never for value.
//!
//! Nothing here can fail on what a test gives it, so it panics where it does.

use der::{
	asn1::{GeneralizedTime, ObjectIdentifier},
	Encode,
};
use rsa::{
	pkcs1::DecodeRsaPrivateKey,
	rand_core::{CryptoRng, Error, RngCore},
	signature::{RandomizedSigner, SignatureEncoding},
	traits::PublicKeyParts,
	RsaPrivateKey,
};
use sha2::Sha384;
use std::time::Duration;

use crate::{Issuer, PublicKey};

/// A private key of 4096 bits that is in the repository, since finding one takes a debug build minutes.
const NOT_SECRET_RSA4096: &[u8] = include_bytes!("../test-pki/not-secret-rsa4096.der");

/// From when to when the roots of development chains hold, Unix time: from the first second of 2020 to the last of 2099.
pub const DEVELOPMENT: (u64, u64) = (1_577_836_800, 4_102_444_799);

/// A key that signs, and is no secret.
pub enum Signer {
	/// ECDSA over P-256.
	P256(p256::ecdsa::SigningKey),
	/// ECDSA over P-384.
	P384(p384::ecdsa::SigningKey),
	/// RSA of 4096 bits, PSS.
	Rsa4096(Box<RsaPrivateKey>),
}

/// "Randomness" that is the same each time, so that the same certificate comes out.
struct Salt(u8);

impl RngCore for Salt {
	fn next_u32(&mut self) -> u32 {
		rsa::rand_core::impls::next_u32_via_fill(self)
	}

	fn next_u64(&mut self) -> u64 {
		rsa::rand_core::impls::next_u64_via_fill(self)
	}

	fn fill_bytes(&mut self, bytes: &mut [u8]) {
		for byte in bytes {
			self.0 = self.0.wrapping_add(1);
			*byte = self.0;
		}
	}

	fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
		self.fill_bytes(bytes);
		Ok(())
	}
}

impl CryptoRng for Salt {}

impl Signer {
	/// The P-256 key whose scalar is `number` (not 0).
	pub fn p256(number: u8) -> Self {
		Self::P256(p256::ecdsa::SigningKey::from_bytes(&scalar(number).into()).expect("not 0"))
	}

	/// The P-384 key whose scalar is `number` (not 0).
	pub fn p384(number: u8) -> Self {
		Self::P384(p384::ecdsa::SigningKey::from_bytes(&scalar(number).into()).expect("not 0"))
	}

	/// The one RSA key.
	pub fn rsa4096() -> Self {
		Self::Rsa4096(Box::new(RsaPrivateKey::from_pkcs1_der(NOT_SECRET_RSA4096).expect("a key")))
	}

	/// The public half.
	pub fn public(&self) -> PublicKey {
		match self {
			Self::P256(key) => {
				PublicKey::P256(key.verifying_key().to_sec1_point(false).as_bytes().try_into().expect("65 bytes"))
			}
			Self::P384(key) => {
				PublicKey::P384(key.verifying_key().to_sec1_point(false).as_bytes().try_into().expect("97 bytes"))
			}
			Self::Rsa4096(key) => {
				PublicKey::Rsa4096(Box::new(key.n().to_bytes_be().try_into().expect("a modulus of 4096 bits")))
			}
		}
	}

	/// Signs as certificates are: ECDSA in DER, PSS as it is.
	pub fn sign(&self, message: &[u8]) -> Vec<u8> {
		use p256::ecdsa::signature::Signer as _;
		match self {
			Self::P256(key) => {
				let signature: p256::ecdsa::Signature = key.sign(message);
				signature.to_der().as_bytes().to_vec()
			}
			Self::P384(key) => {
				let signature: p384::ecdsa::Signature = key.sign(message);
				signature.to_der().as_bytes().to_vec()
			}
			Self::Rsa4096(key) => {
				let key = rsa::pss::SigningKey::<Sha384>::new_with_salt_len(RsaPrivateKey::clone(key), 48);
				key.sign_with_rng(&mut Salt(0), message).to_vec()
			}
		}
	}

	/// Signs with ECDSA over P-384, `r || s` big-endian.
	///
	/// # Panics
	/// With another key.
	pub fn sign_fixed(&self, message: &[u8]) -> [u8; 96] {
		use p384::ecdsa::signature::Signer as _;
		let Self::P384(key) = self else { panic!("not a P-384 key") };
		let signature: p384::ecdsa::Signature = key.sign(message);
		signature.to_bytes().as_slice().try_into().expect("96 bytes")
	}

	fn algorithm(&self) -> &'static [u8] {
		match self {
			Self::P256(_) => &crate::key::ECDSA_SHA256,
			Self::P384(_) => &crate::key::ECDSA_SHA384,
			Self::Rsa4096(_) => &crate::key::PSS_SHA384,
		}
	}
}

fn scalar<const N: usize>(number: u8) -> [u8; N] {
	let mut bytes = [0; N];
	bytes[N - 1] = number;
	bytes
}

/// A certificate to be made.
pub struct Template<'a> {
	/// The subject's common name, its whole Name.
	pub subject: &'a str,
	/// The first valid second, Unix time.
	pub not_before: u64,
	/// The last valid second, Unix time.
	pub not_after: u64,
	/// Extensions: their id, whether they are critical, their value.
	pub extensions: Vec<(ObjectIdentifier, bool, Vec<u8>)>,
}

impl Template<'_> {
	/// The certificate of `key`, issued by `issuer` under its common name.
	pub fn issue(&self, key: &PublicKey, issuer_name: &str, issuer: &Signer) -> Vec<u8> {
		let body = self.body(key, issuer_name, issuer.algorithm());
		sequence(&[&body, issuer.algorithm(), &bit_string(&issuer.sign(&body))])
	}

	fn body(&self, key: &PublicKey, issuer_name: &str, algorithm: &[u8]) -> Vec<u8> {
		let extensions: Vec<Vec<u8>> = self
			.extensions
			.iter()
			.map(|(id, critical, value)| {
				let id = id.to_der().expect("an OID");
				let critical: &[u8] = if *critical { &[1, 1, 0xff] } else { &[] };
				sequence(&[&id, critical, &tlv(4, &[value])])
			})
			.collect();
		let extensions: Vec<&[u8]> = extensions.iter().map(Vec::as_slice).collect();
		sequence(&[
			&[0xa0, 3, 2, 1, 2],
			&[2, 1, 1],
			algorithm,
			&common_name(issuer_name),
			&sequence(&[&time(self.not_before), &time(self.not_after)]),
			&common_name(self.subject),
			&key.spki(),
			&tlv(0xa3, &[&sequence(&extensions)]),
		])
	}
}

/// basicConstraints and keyUsage of an authority below which `path` others may stand.
pub fn authority(path: Option<u8>) -> Vec<(ObjectIdentifier, bool, Vec<u8>)> {
	let path = path.map_or(Vec::new(), |path| vec![2, 1, path]);
	vec![
		(ObjectIdentifier::new_unwrap("2.5.29.19"), true, sequence(&[&[1, 1, 0xff], &path])),
		(ObjectIdentifier::new_unwrap("2.5.29.15"), true, vec![3, 2, 2, 4]),
	]
}

/// keyUsage of an end entity that signs.
pub fn signs() -> (ObjectIdentifier, bool, Vec<u8>) {
	(ObjectIdentifier::new_unwrap("2.5.29.15"), true, vec![3, 2, 7, 0x80])
}

/// A certificate of an authority that signs itself, and the pinned issuer that it is.
pub fn root(subject: &str, signer: &Signer, not_before: u64, not_after: u64) -> (Vec<u8>, Issuer) {
	let template = Template { subject, not_before, not_after, extensions: authority(None) };
	let der = template.issue(&signer.public(), subject, signer);
	let issuer = Issuer::pin(&der).expect("an authority");
	(der, issuer)
}

/// A tag, the length and the parts one after another.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
	let value = parts.concat();
	let length = value.len();
	let header = match length {
		0..0x80 => vec![tag, length as u8],
		0x80..0x100 => vec![tag, 0x81, length as u8],
		_ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
	};
	[header, value].concat()
}

/// A SEQUENCE of the parts.
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
	tlv(0x30, parts)
}

fn bit_string(bytes: &[u8]) -> Vec<u8> {
	tlv(3, &[&[0], bytes])
}

fn common_name(name: &str) -> Vec<u8> {
	sequence(&[&tlv(0x31, &[&sequence(&[&[6, 3, 0x55, 4, 3], &tlv(0x0c, &[name.as_bytes()])])])])
}

fn time(unix: u64) -> Vec<u8> {
	GeneralizedTime::from_unix_duration(Duration::from_secs(unix)).and_then(|time| time.to_der()).expect("before 10000")
}
