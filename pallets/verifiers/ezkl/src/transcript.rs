//! The Fiat-Shamir transcript: Keccak-256 chained over what the prover says.

use alloc::vec::Vec;
use ark_ff::PrimeField;
use sha3::{Digest, Keccak256};
use vektor_verifier_bn254::Fr;

use crate::{key::Key, proof::Proof, words::Word};

/// The state is the last hash, unreduced; what is absorbed waits in the hasher that it opened.
pub(crate) struct Transcript {
	state: Word,
	hasher: Keccak256,
}

impl Transcript {
	pub fn new(digest: &Word) -> Self {
		Self { state: *digest, hasher: Keccak256::new_with_prefix(digest) }
	}

	pub fn absorb(&mut self, bytes: &[u8]) {
		self.hasher.update(bytes);
	}

	/// The challenge of all that was absorbed.
	pub fn challenge(&mut self) -> Fr {
		self.state = self.hasher.finalize_reset().into();
		self.hasher.update(self.state);
		Fr::from_be_bytes_mod_order(&self.state)
	}

	/// Another challenge, with nothing absorbed since the last.
	pub fn another(&mut self) -> Fr {
		self.absorb(&[1]);
		self.challenge()
	}
}

/// What the transcript asks the prover for.
pub(crate) struct Challenges {
	/// The circuit's own.
	pub circuit: Vec<Fr>,
	pub theta: Fr,
	pub beta: Fr,
	pub gamma: Fr,
	pub y: Fr,
	pub x: Fr,
	pub zeta: Fr,
	pub nu: Fr,
	pub mu: Fr,
}

impl Challenges {
	/// Of a proof for `key`. `None` if the phases do not ask for the usual five, which reading a key rules out.
	pub fn draw(key: &Key, instances: &[Word], proof: &Proof) -> Option<Self> {
		let mut transcript = Transcript::new(&key.digest);
		transcript.absorb(instances.as_flattened());
		let mut words = proof.point_words;
		let mut circuit = Vec::new();
		for phase in &key.phases {
			let (points, rest) = words.split_at_checked(phase.points)?;
			words = rest;
			transcript.absorb(points.as_flattened().as_flattened());
			let mut challenge = transcript.challenge();
			for _ in 1..phase.challenges {
				circuit.push(challenge);
				challenge = transcript.another();
			}
			circuit.push(challenge);
		}
		let own = circuit.split_off(circuit.len().checked_sub(5)?);
		let [theta, beta, gamma, y, x] = own.try_into().ok()?;
		transcript.absorb(proof.evaluation_words.as_flattened());
		let (zeta, nu) = (transcript.challenge(), transcript.another());
		transcript.absorb(proof.opening_words.first()?.as_flattened());
		let mu = transcript.challenge();
		Some(Self { circuit, theta, beta, gamma, y, x, zeta, nu, mu })
	}
}
