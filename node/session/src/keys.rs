//! The keys of a session.

use ed25519_dalek::{Signature, Signer, SigningKey};
use rand::{rngs::OsRng, RngCore};
use std::fmt;

use crate::seal::{pair, Secret};

/// The keys that an enclave makes for itself. They are nowhere but here, cannot be written down, and are overwritten when this is dropped.
pub struct Keys {
	signing: SigningKey,
	pub(crate) sealing: Secret,
	sealing_public: [u8; 32],
}

impl Keys {
	/// Keys of the operating system's randomness.
	pub fn generate() -> Self {
		let mut seed = [0; 32];
		OsRng.fill_bytes(&mut seed);
		let signing = SigningKey::from_bytes(&seed);
		OsRng.fill_bytes(&mut seed);
		let (sealing, sealing_public) = pair(&seed);
		Self { signing, sealing, sealing_public }
	}

	/// What the chain is told: the Ed25519 key that checks results, and the X25519 key that inputs are sealed to.
	pub fn public(&self) -> ([u8; 32], [u8; 32]) {
		(self.signing.verifying_key().to_bytes(), self.sealing_public)
	}

	/// Signs a message: Ed25519.
	pub fn sign(&self, message: &[u8]) -> [u8; 64] {
		self.signing.sign(message).to_bytes()
	}

	/// Whether these keys signed a message.
	pub fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
		self.signing.verify(message, &Signature::from_bytes(signature)).is_ok()
	}
}

/// The public halves.
impl fmt::Debug for Keys {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (signing, sealing) = self.public();
		write!(f, "Keys({}, {})", hex::encode(signing), hex::encode(sealing))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use ed25519_dalek::VerifyingKey;

	#[test]
	fn a_signature_holds_under_the_key_that_the_chain_is_told() {
		let keys = Keys::generate();
		let key = VerifyingKey::from_bytes(&keys.public().0).unwrap();
		let signature = Signature::from_bytes(&keys.sign(b"result"));
		assert!(key.verify_strict(b"result", &signature).is_ok());
		assert!(key.verify_strict(b"another", &signature).is_err());
		assert!(keys.signed(b"result", &signature.to_bytes()) && !keys.signed(b"another", &signature.to_bytes()));
		assert!(!Keys::generate().signed(b"result", &signature.to_bytes()));
	}

	#[test]
	fn no_two_sessions_have_a_key_in_common() {
		let (one, other) = (Keys::generate().public(), Keys::generate().public());
		assert!(one.0 != other.0 && one.1 != other.1 && one.0 != one.1);
	}

	#[test]
	fn keys_show_their_public_halves_alone() {
		let keys = Keys::generate();
		let shown = format!("{keys:?}");
		let (signing, sealing) = keys.public();
		assert_eq!(shown, format!("Keys({}, {})", hex::encode(signing), hex::encode(sealing)));
		assert!(!shown.contains(&hex::encode(keys.signing.to_bytes())));
	}
}
