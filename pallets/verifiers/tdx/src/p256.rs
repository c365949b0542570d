//! ECDSA over P-256 with SHA-256, in the two encodings that Intel mixes.

use p256::{
	ecdsa::{signature::Verifier, Signature, VerifyingKey},
	Sec1Point,
};

/// A key whose point is on the curve.
#[derive(Clone)]
pub(crate) struct Key(VerifyingKey);

impl Key {
	/// From both coordinates, big-endian.
	pub fn new(coordinates: &[u8; 64]) -> Option<Self> {
		let point = Sec1Point::from_untagged_bytes(&(*coordinates).into());
		VerifyingKey::from_sec1_point(&point).ok().map(Self)
	}

	/// Whether it made this signature: `r`, then `s`, big-endian.
	pub fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
		Signature::from_slice(signature).is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
	}

	/// Whether it made this signature: DER.
	pub fn signed_der(&self, message: &[u8], signature: &[u8]) -> bool {
		Signature::from_der(signature).is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
	}
}
