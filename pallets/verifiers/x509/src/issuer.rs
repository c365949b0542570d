//! Chains: an authority that is believed makes the next one believed.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::{
	certificate::{Certificate, Extension},
	Error, KeyId, ObjectIdentifier, PublicKey,
};

/// The most certificates in a chain, the pinned one and the end entity's counted: NVIDIA's has 5.
pub const MAX_CHAIN: usize = 6;

/// The longest encoding of an [`Issuer`]: an RSA key below 4 other authorities.
pub const MAX_ISSUER: usize = 1 + 512 + 32 + 2 + 8 + 8 + 1 + 5 * 32;

/// A certificate authority that is believed: pinned, or verified under one that is.
///
/// Its encoding may be stored and read back without checks: a chain of several authorities is verified once. Whoever
/// stores it keeps [`Issuer::keys`] beside its revocations, which may come later.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Issuer {
	key: PublicKey,
	/// SHA-256 of the subject's Name.
	name: [u8; 32],
	/// How many authorities may stand below.
	path: Option<u8>,
	valid_from: u64,
	valid_until: u64,
	keys: Vec<KeyId>,
}

/// A verified certificate of an end entity.
pub struct Leaf<'a> {
	/// Its key.
	pub key: PublicKey,
	/// The first second at which its whole chain is valid, Unix time.
	pub valid_from: u64,
	/// The last second at which its whole chain is valid, Unix time.
	pub valid_until: u64,
	/// The keys of its chain, the pinned one first and its own last: it is revoked when one of them is.
	pub keys: Vec<KeyId>,
	extensions: Vec<Extension<'a>>,
}

impl<'a> Leaf<'a> {
	/// The value of an extension, where the certificate has it.
	pub fn extension(&self, id: ObjectIdentifier) -> Option<&'a [u8]> {
		self.extensions.iter().find(|extension| extension.id == id).map(|extension| extension.value)
	}
}

fn name(subject: &[u8]) -> [u8; 32] {
	Sha256::digest(subject).into()
}

/// The path length of an authority; it must say that it is one and that it signs certificates.
fn authority(certificate: &Certificate<'_>) -> Result<Option<u8>, Error> {
	certificate.understands(&[])?;
	let authority = certificate.authority()?.ok_or(Error::NotAuthority)?;
	if !certificate.usage()?.is_some_and(|usage| usage.certificate_signature) {
		return Err(Error::KeyUsage);
	}
	Ok(authority.path)
}

impl Issuer {
	/// Reads a certificate that is believed because somebody chose it: its own signature is not looked at. It must be
	/// an authority's all the same. Whether it is valid is checked at each use.
	pub fn pin(der: &[u8]) -> Result<Self, Error> {
		let certificate = Certificate::parse(der)?;
		let path = authority(&certificate)?;
		let Certificate { not_before, not_after, subject, key, .. } = certificate;
		let keys = [key.id()].into();
		Ok(Self { name: name(subject), path, valid_from: not_before, valid_until: not_after, keys, key })
	}

	/// Verifies the certificate `der` of an authority that this one issued, at `now` (Unix seconds). Costs one
	/// signature.
	pub fn authority(&self, der: &[u8], now: u64) -> Result<Self, Error> {
		let certificate = Certificate::parse(der)?;
		let path = authority(&certificate)?;
		let below = match self.path {
			Some(below) => Some(below.checked_sub(1).ok_or(Error::PathLength)?),
			None => None,
		};
		let path = match (path, below) {
			(Some(path), Some(below)) => Some(path.min(below)),
			(path, below) => path.or(below),
		};
		// An end entity's has to fit under it.
		if self.keys.len().saturating_add(2) > MAX_CHAIN {
			return Err(Error::PathLength);
		}
		self.issued(&certificate, now)?;
		let Certificate { not_before, not_after, subject, key, .. } = certificate;
		let (valid_from, valid_until) = (self.valid_from.max(not_before), self.valid_until.min(not_after));
		Ok(Self { name: name(subject), path, valid_from, valid_until, keys: self.with(&key), key })
	}

	/// Verifies the certificates of authorities, each issued by the one before and the first by this one. Costs one
	/// signature for each.
	pub fn authorities(&self, ders: &[&[u8]], now: u64) -> Result<Self, Error> {
		ders.iter().try_fold(self.clone(), |issuer, der| issuer.authority(der, now))
	}

	/// Verifies the certificate `der` of an end entity that this authority issued, at `now` (Unix seconds). The caller
	/// reads the extensions that it `understood`, which may be critical. Costs one signature.
	pub fn leaf<'a>(&self, der: &'a [u8], now: u64, understood: &[ObjectIdentifier]) -> Result<Leaf<'a>, Error> {
		let certificate = Certificate::parse(der)?;
		certificate.understands(understood)?;
		if certificate.authority()?.is_some() {
			return Err(Error::Authority);
		}
		if certificate.usage()?.is_some_and(|usage| !usage.digital_signature) {
			return Err(Error::KeyUsage);
		}
		self.issued(&certificate, now)?;
		let Certificate { not_before, not_after, key, extensions, .. } = certificate;
		let (valid_from, valid_until) = (self.valid_from.max(not_before), self.valid_until.min(not_after));
		Ok(Leaf { valid_from, valid_until, keys: self.with(&key), key, extensions })
	}

	fn issued(&self, certificate: &Certificate<'_>, now: u64) -> Result<(), Error> {
		if name(certificate.issuer) != self.name {
			return Err(Error::Issuer);
		}
		if now < self.valid_from.max(certificate.not_before) {
			return Err(Error::NotYetValid);
		}
		if now > self.valid_until.min(certificate.not_after) {
			return Err(Error::Expired);
		}
		if !self.key.signs_by(certificate.algorithm) {
			return Err(Error::Algorithm);
		}
		if !self.key.verifies(certificate.body, certificate.signature) {
			return Err(Error::Signature);
		}
		Ok(())
	}

	fn with(&self, key: &PublicKey) -> Vec<KeyId> {
		self.keys.iter().copied().chain([key.id()]).collect()
	}

	/// Its key.
	pub fn key(&self) -> &PublicKey {
		&self.key
	}

	/// The last second at which it and all above it are valid, Unix time.
	pub fn valid_until(&self) -> u64 {
		self.valid_until
	}

	/// The keys of its chain, the pinned one first and its own last: it is revoked when one of them is.
	pub fn keys(&self) -> &[KeyId] {
		&self.keys
	}
}
