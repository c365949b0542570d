//! Sealing: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20Poly1305.

use hpke::{
	aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::X25519HkdfSha256, Deserializable, HpkeError, Kem, OpModeR, OpModeS,
	Serializable,
};

use crate::{Error, Input, Keys, SALT};

/// The private half of a sealing key.
pub(crate) type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

/// The key that each input is sealed with comes first, encapsulated.
const KEY: usize = 32;

/// The authentication tag.
const TAG: usize = 16;

/// The longest sealed input.
pub const MAX_SEALED: usize = 1 << 20;

/// The longest input that can be sealed.
pub const MAX_INPUT: usize = MAX_SEALED - KEY - TAG - SALT;

/// For what an input is sealed: in any other context it does not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Context {
	/// The chain's genesis hash.
	pub genesis: [u8; 32],
	/// The operator whose session it is.
	pub operator: [u8; 32],
	/// The model that is to run.
	pub model: [u8; 32],
	/// The commitment that the job carries.
	pub commitment: [u8; 32],
}

impl Context {
	fn info(&self) -> Vec<u8> {
		[&b"vktr-input"[..], &self.genesis, &self.operator, &self.model].concat()
	}
}

/// The pair of a sealing key, from as much randomness as it has bits.
pub(crate) fn pair(randomness: &[u8; 32]) -> (Secret, [u8; 32]) {
	let (secret, public) = X25519HkdfSha256::derive_keypair(randomness);
	(secret, public.to_bytes().into())
}

/// Seals an input to a session's key: the encapsulated key, then the ciphertext. Twice the same is never the same.
///
/// # Errors
/// [`Error::BadKey`], [`Error::TooLong`], and [`Error::Commitment`] where the context's is to another input.
pub fn seal(to: &[u8; 32], context: &Context, input: &Input) -> Result<Vec<u8>, Error> {
	if input.bytes.len() > MAX_INPUT {
		return Err(Error::TooLong(input.bytes.len()));
	}
	if input.commitment() != context.commitment {
		return Err(Error::Commitment);
	}
	let to = Public::from_bytes(to).map_err(|_| Error::BadKey)?;
	let sealed = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
		&OpModeS::Base,
		&to,
		&context.info(),
		&input.encode(),
		&context.commitment,
	);
	// A key of low order is the one thing that can be wrong here.
	let (key, ciphertext) = sealed.map_err(|_| Error::BadKey)?;
	Ok([key.to_bytes().as_slice(), &ciphertext].concat())
}

impl Keys {
	/// Opens an input that was sealed to these keys in this context, and checks that the commitment is to it.
	///
	/// # Errors
	/// [`Error::NotOurs`], [`Error::Commitment`], [`Error::TooShort`].
	pub fn open(&self, context: &Context, sealed: &[u8]) -> Result<Input, Error> {
		let (key, ciphertext) = sealed.split_first_chunk::<KEY>().ok_or(Error::TooShort(sealed.len()))?;
		let opened = open(&self.sealing, key, &context.info(), &context.commitment, ciphertext);
		let input = Input::decode(&opened.map_err(|_| Error::NotOurs)?)?;
		match input.commitment() == context.commitment {
			true => Ok(input),
			false => Err(Error::Commitment),
		}
	}
}

fn open(
	secret: &Secret,
	key: &[u8; KEY],
	info: &[u8],
	associated: &[u8],
	ciphertext: &[u8],
) -> Result<Vec<u8>, HpkeError> {
	let key = Encapsulated::from_bytes(key)?;
	hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
		&OpModeR::Base,
		secret,
		&key,
		info,
		ciphertext,
		associated,
	)
}

#[cfg(test)]
mod tests;
