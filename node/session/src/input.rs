//! Inputs, before they are sealed.

use blake2::{digest::consts::U32, Blake2b, Digest};
use rand::{rngs::OsRng, RngCore};
use std::fmt;

use crate::Error;

/// The bytes of a salt.
pub const SALT: usize = 32;

/// What a commitment begins with.
const DOMAIN: &[u8] = b"vktr-input";

/// An input, and what keeps it from being guessed from its commitment.
#[derive(Clone, PartialEq, Eq)]
pub struct Input {
	/// Drawn anew for each job.
	pub salt: [u8; SALT],
	/// What the model's program is given.
	pub bytes: Vec<u8>,
}

impl Input {
	/// An input with a salt of the operating system's randomness.
	pub fn new(bytes: Vec<u8>) -> Self {
		let mut salt = [0; SALT];
		OsRng.fill_bytes(&mut salt);
		Self { salt, bytes }
	}

	/// What a job carries of it: `blake2_256("vktr-input", salt, bytes)` with the top byte zero, since commitments are field elements.
	pub fn commitment(&self) -> [u8; 32] {
		let hash = Blake2b::<U32>::new().chain_update(DOMAIN).chain_update(self.salt).chain_update(&self.bytes);
		let mut commitment: [u8; 32] = hash.finalize().into();
		commitment[0] = 0;
		commitment
	}

	/// What is sealed: the salt, then the bytes.
	pub fn encode(&self) -> Vec<u8> {
		[&self.salt[..], &self.bytes].concat()
	}

	/// Reads what [`Self::encode`] wrote.
	///
	/// # Errors
	/// [`Error::TooShort`].
	pub fn decode(encoded: &[u8]) -> Result<Self, Error> {
		let (salt, bytes) = encoded.split_first_chunk().ok_or(Error::TooShort(encoded.len()))?;
		Ok(Self { salt: *salt, bytes: bytes.to_vec() })
	}
}

/// Says how long it is, and nothing else: inputs are private.
impl fmt::Debug for Input {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Input({} bytes)", self.bytes.len())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn a_commitment_is_what_it_was_and_a_field_element() {
		let input = Input { salt: [7; SALT], bytes: b"1 2 3".to_vec() };
		assert_eq!(hex::encode(input.commitment()), "00f4aff997437d1a6f7dfd256cd2c05e1c076e52b089591e52c706e4369f7d0e");
	}

	#[test]
	fn equal_inputs_have_different_commitments() {
		let (one, other) = (Input::new(vec![1]), Input::new(vec![1]));
		assert_ne!(one.salt, other.salt);
		assert_ne!(one.commitment(), other.commitment());
	}

	#[test]
	fn what_has_no_salt_is_no_input() {
		assert_eq!(Input::decode(&[0; SALT - 1]), Err(Error::TooShort(31)));
		assert_eq!(Input::decode(&[0; SALT]).unwrap().bytes, Vec::<u8>::new());
	}

	#[test]
	fn an_input_never_shows_itself() {
		assert_eq!(format!("{:?}", Input::new(b"secret".to_vec())), "Input(6 bytes)");
	}

	proptest! {
		#[test]
		fn what_is_encoded_is_read_back(salt: [u8; SALT], bytes: Vec<u8>) {
			let input = Input { salt, bytes };
			prop_assert_eq!(Input::decode(&input.encode()), Ok(input));
		}
	}
}
