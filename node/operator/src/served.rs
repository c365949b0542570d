//! What a model takes, and as what its proofs are delivered.

use std::sync::Arc;

use vektor_circuits::digits::Payload;
use vektor_client::{Error, Result, H256};
use vektor_ezkl::CommitmentError;
use vektor_primitives::Evidence;
use vektor_session::MAX_SEALED;

use crate::{ezkl, session};

/// The longest input of the digits model.
pub const MAX_DIGITS: usize = 64 * 1024;

/// A model that is served here.
#[derive(Clone, Debug)]
pub enum Served {
	/// Handwritten digits, with a Groth16 proof of our own circuit.
	Digits,
	/// A network that ezkl proves.
	Ezkl(Arc<ezkl::Model>),
	/// A program in this machine's enclave, which signs its answers.
	Session(Arc<session::Model>),
}

/// Why an input is not proved.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
	/// It is no input of this model: why, and what is one.
	Malformed(String, &'static str),
	/// It is an input, and the commitment is to another.
	Commitment,
	/// It was sealed, and does not open here.
	Sealed,
}

impl Served {
	/// The longest input, in bytes.
	pub fn longest(&self) -> usize {
		match self {
			Self::Digits => MAX_DIGITS,
			Self::Ezkl(model) => model.longest(),
			Self::Session(_) => MAX_SEALED,
		}
	}

	/// Checks that `payload` is an input of this model, and what `commitment` is to. Hashes all of it: for large inputs not for
	/// the async threads.
	pub fn check(&self, payload: &[u8], commitment: &H256) -> std::result::Result<(), Unfit> {
		let opened = match self {
			Self::Digits => Payload::from_bytes(payload).map(|payload| payload.commitment()).map_err(|e| {
				Unfit::Malformed(e.to_string(), "submit a new job with 64 pixels of 0 to 16 and 32 bytes of salt")
			})?,
			Self::Ezkl(model) => model.open(payload).map(|opened| opened.hash).map_err(|e: CommitmentError| {
				Unfit::Malformed(
					e.to_string(),
					"submit a new job with an input file as `vektor commit-input` writes it",
				)
			})?,
			Self::Session(model) => {
				model.open(payload, commitment).map(|opened| opened.commitment()).map_err(|e| match e {
					vektor_session::Error::Commitment => Unfit::Commitment,
					_ => Unfit::Sealed,
				})?
			}
		};
		match opened == commitment.0 {
			true => Ok(()),
			false => Err(Unfit::Commitment),
		}
	}

	/// A proof as the chain takes it.
	pub fn evidence(&self, proof: Vec<u8>) -> Result<Evidence> {
		match self {
			Self::Digits => proof.try_into().map(Evidence::Groth16).map_err(|_| too_long()),
			Self::Ezkl(_) => proof.try_into().map(Evidence::Ezkl).map_err(|_| too_long()),
			Self::Session(_) => proof.try_into().map(Evidence::SessionSignature).map_err(|_| too_long()),
		}
	}
}

/// What does not fit into a delivery.
pub fn too_long() -> Error {
	Error::Shape("the proof is longer than the chain takes".into())
}
