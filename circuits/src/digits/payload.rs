//! What the client sends, and its commitment.

use std::sync::OnceLock;

use ark_bn254::Fr;
use ark_crypto_primitives::sponge::{
	poseidon::{find_poseidon_ark_and_mds, PoseidonConfig, PoseidonSponge},
	CryptographicSponge, FieldBasedCryptographicSponge,
};
use ark_ff::PrimeField;
use vektor_primitives::Felt;

use super::{felt, PIXELS, PIXEL_MAX};

/// The input of one inference: the body that a client sends to its operator, and that the job's commitment names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payload {
	/// 8 rows of 8 pixels, each `0..=16`.
	pub pixels: [u8; PIXELS],
	/// Random, fresh for each job: without it the commitment to an image could be guessed.
	pub salt: [u8; 32],
}

/// Why bytes are no payload.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PayloadError {
	/// The length is another.
	#[error("{got} bytes instead of {length}", got = .0, length = Payload::LENGTH)]
	Length(usize),
	/// A pixel is too dark.
	#[error("pixel {index} is {value}, above {PIXEL_MAX}")]
	Pixel {
		/// Its place, from 0.
		index: usize,
		/// Its value.
		value: u8,
	},
}

impl Payload {
	/// 64 pixels and 32 bytes of salt.
	pub const LENGTH: usize = PIXELS + 32;

	/// The pixels, then the salt.
	pub fn to_bytes(&self) -> [u8; Self::LENGTH] {
		let mut bytes = [0; Self::LENGTH];
		let (pixels, salt) = bytes.split_at_mut(PIXELS);
		pixels.copy_from_slice(&self.pixels);
		salt.copy_from_slice(&self.salt);
		bytes
	}

	/// Reads [`Self::to_bytes`]: exact length, every pixel in range.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, PayloadError> {
		let wrong = PayloadError::Length(bytes.len());
		let (pixels, salt) = bytes.split_at_checked(PIXELS).ok_or(wrong)?;
		let payload = Self { pixels: pixels.try_into().map_err(|_| wrong)?, salt: salt.try_into().map_err(|_| wrong)? };
		payload.check()?;
		Ok(payload)
	}

	/// Whether every pixel is in range.
	pub fn check(&self) -> Result<(), PayloadError> {
		match self.pixels.iter().enumerate().find(|(_, pixel)| **pixel > PIXEL_MAX) {
			Some((index, value)) => Err(PayloadError::Pixel { index, value: *value }),
			None => Ok(()),
		}
	}

	/// The commitment to it.
	pub fn commitment(&self) -> Felt {
		commit(&self.pixels, &self.salt)
	}
}

/// Elements that the hash takes in, each of this many bytes: too few to reach the field's order.
pub(super) const CHUNK: usize = 24;
const CHUNKS: usize = Payload::LENGTH / CHUNK;

/// Poseidon over BN254's scalar field for four inputs: `x^5`, 8 full and 60 partial rounds, width 5 (128 bits), constants
/// and matrix from the Grain generator of Poseidon's paper.
pub(super) fn poseidon() -> &'static PoseidonConfig<Fr> {
	static CELL: OnceLock<PoseidonConfig<Fr>> = OnceLock::new();
	CELL.get_or_init(|| {
		let (full, partial, capacity) = (8, 60, 1);
		let (constants, matrix) = find_poseidon_ark_and_mds(Fr::MODULUS_BIT_SIZE.into(), CHUNKS, full, partial, 0);
		PoseidonConfig::new(full as usize, partial as usize, 5, matrix, constants, CHUNKS, capacity)
	})
}

/// The commitment to an input: arkworks' Poseidon sponge over the 96 bytes of the payload, taken as four little-endian
/// numbers of 24 bytes. Every byte counts, nothing is reduced, so two payloads never share their numbers.
pub fn commit(pixels: &[u8; PIXELS], salt: &[u8; 32]) -> Felt {
	let bytes = Payload { pixels: *pixels, salt: *salt }.to_bytes();
	let numbers: Vec<Fr> = bytes.chunks(CHUNK).map(Fr::from_le_bytes_mod_order).collect();
	let mut sponge = PoseidonSponge::new(poseidon());
	sponge.absorb(&numbers);
	felt(&sponge.squeeze_native_field_elements(1)[0])
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ff::MontFp;

	#[test]
	fn the_constants_are_those_in_wide_use_for_width_five() {
		let expected: [Fr; 2] = [
			MontFp!("6652655389322448471317061533546982911992554640679550674058582942754771150993"),
			MontFp!("2411464732857349694082092299330329691469354396507353145272547491824343787723"),
		];
		assert_eq!(poseidon().ark[0][..2], expected);
	}
}
