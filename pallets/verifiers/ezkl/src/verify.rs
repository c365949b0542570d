//! Verification of one proof.

use alloc::vec::Vec;
use ark_ec::{pairing::Pairing, AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, One};
use core::fmt;
use vektor_verifier_bn254::{Bn254, Fr, G2Affine};

use crate::{
	expression::Context,
	key::{Key, KeyError, Section},
	lagrange::Lagrange,
	lookup, permutation,
	proof::Proof,
	shplonk, srs,
	transcript::Challenges,
	words::element,
};

/// Why a proof is refused, in the order of the checks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
	/// The key is for another SRS.
	Srs,
	/// The key cannot be read.
	Key(KeyError),
	/// The number of instances is not that of the key.
	InstanceCount,
	/// An instance is not below the order of the scalar field.
	NonCanonicalInstance {
		/// Its place, from 0.
		index: u32,
	},
	/// The length of the proof is not that of the key's [`Shape`](crate::Shape).
	ProofLength,
	/// A coordinate or evaluation of the proof is not below the order of its field.
	NonCanonical,
	/// A point of the proof is not on the curve, or at infinity.
	NotOnCurve,
	/// A challenge hit a point that it must avoid. No honest proof meets this but with negligible probability.
	ZeroDenominator,
	/// Well-formed, and false.
	DoesNotHold,
}

impl Error {
	/// Whether it was found before the heavy work: the proof was malformed, and to say so cost no more than reading it.
	pub fn early(&self) -> bool {
		!matches!(self, Self::ZeroDenominator | Self::DoesNotHold)
	}
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Srs => f.write_str("the key is for another structured reference string"),
			Self::Key(error) => error.fmt(f),
			Self::InstanceCount => f.write_str("the number of instances is not that of the key"),
			Self::NonCanonicalInstance { index } => write!(f, "instance {index} is not below the field's order"),
			Self::ProofLength => f.write_str("the length of the proof is not that of the key"),
			Self::NonCanonical => f.write_str("a number of the proof is not below its field's order"),
			Self::NotOnCurve => f.write_str("a point of the proof is not a finite point of the curve"),
			Self::ZeroDenominator => f.write_str("a challenge of the proof hit a point that it must avoid"),
			Self::DoesNotHold => f.write_str("the proof does not hold for these instances"),
		}
	}
}

impl core::error::Error for Error {}

/// Whether `proof` shows that the circuit of `words` holds for `instances` (big-endian).
///
/// `words` must have passed [`Key::parse`]: curve and domain are not checked again. `srs` must have passed
/// [`Srs::parse`](crate::Srs::parse). Whatever the bytes, this does not panic, and its work is linear in their length.
pub fn verify(words: &[u8], srs: &[u8; 128], instances: &[[u8; 32]], proof: &[u8]) -> Result<(), Error> {
	let pinned = words.split_at_checked(0x280).and_then(|(_, tail)| tail.first_chunk::<128>());
	if pinned.ok_or(Error::Key(KeyError::Length))? != srs {
		return Err(Error::Srs);
	}
	let minus_s = srs::point(srs).ok_or(Error::Srs)?;
	let key = Key::decode(words).map_err(Error::Key)?;
	if instances.len() != key.instances {
		return Err(Error::InstanceCount);
	}
	let mut scalars = Vec::with_capacity(instances.len());
	for (index, instance) in (0u32..).zip(instances) {
		scalars.push(element(instance).ok_or(Error::NonCanonicalInstance { index })?);
	}
	let proof = Proof::read(&key, proof)?;
	let challenges =
		Challenges::draw(&key, instances, &proof).ok_or(Error::Key(KeyError::Malformed(Section::Phases)))?;
	let lagrange = Lagrange::new(&key.domain, &scalars, challenges.x)?;
	let quotient =
		quotient(&key, &proof, &challenges, &lagrange).ok_or(Error::Key(KeyError::Malformed(Section::Gates)))?;
	let terms = shplonk::terms(&key, &proof, &challenges, &lagrange, quotient)?;
	let left = vektor_verifier_bn254::sum(&terms).into_affine();
	let [_, w_prime] = proof.opening;
	let product = Bn254::multi_miller_loop([left, w_prime], [G2Affine::generator(), minus_s]);
	match Bn254::final_exponentiation(product) {
		Some(value) if value.0.is_one() => Ok(()),
		_ => Err(Error::DoesNotHold),
	}
}

/// What the quotient must be at `x`: all constraints, combined by powers of `y`, over `x^n - 1`. `None` where an index
/// leads nowhere, which reading a key rules out.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
fn quotient(key: &Key, proof: &Proof, challenges: &Challenges, lagrange: &Lagrange) -> Option<Fr> {
	let Challenges { theta, beta, gamma, y, x, .. } = *challenges;
	let context = Context {
		constants: &key.constants,
		evaluations: &proof.evaluations,
		challenges: &challenges.circuit,
		instance: lagrange.instance,
		theta,
	};
	let mut numerator = Fr::ZERO;
	let mut term = |value| numerator = numerator * y + value;
	for gate in &key.gates {
		term(context.value(gate)?);
	}
	permutation::terms(&key.permutation, &context, lagrange, [beta, gamma, x], &mut term)?;
	lookup::terms(&key.lookups, &context, lagrange, beta, &mut term)?;
	Some(numerator * lagrange.vanishing_inverse)
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ff::{BigInteger, PrimeField};

	/// The first eight bytes of a number.
	fn head(number: Fr) -> u64 {
		let bytes = number.into_bigint().to_bytes_be();
		u64::from_be_bytes(*bytes.first_chunk().unwrap())
	}

	/// What an independent verifier computed on the way for `ezkl_hash` (format document, 8.2).
	#[test]
	fn every_intermediate_value_is_the_one_that_an_independent_verifier_computed() {
		let key = Key::decode(include_bytes!("../vectors/ezkl_hash/vka.bin")).unwrap();
		let instances = include_bytes!("../vectors/ezkl_hash/inst.bin").as_chunks().0;
		let scalars: Vec<Fr> = instances.iter().map(|instance| element(instance).unwrap()).collect();
		let proof = Proof::read(&key, include_bytes!("../vectors/ezkl_hash/pf.bin")).unwrap();
		let challenges = Challenges::draw(&key, instances, &proof).unwrap();
		let Challenges { theta, beta, gamma, y, x, zeta, nu, mu, .. } = challenges;
		assert_eq!(challenges.circuit, []);
		assert_eq!([theta, beta, gamma].map(head), [0x1c24a83194821b0f, 0x284c5caeccbd3c2a, 0x06b31a12c406627f]);
		assert_eq!([y, x].map(head), [0x07df60c024446a34, 0x2c46a25dbefa4e31]);
		assert_eq!([zeta, nu, mu].map(head), [0x243bd94ece405fc5, 0x0a22c8a2c0580cc7, 0x2ddde3e6467b0560]);

		let lagrange = Lagrange::new(&key.domain, &scalars, x).unwrap();
		let blind = Fr::one() - lagrange.last - lagrange.active;
		assert_eq!([lagrange.power, lagrange.last].map(head), [0x031cd1665355183b, 0x13267aa52263f78c]);
		assert_eq!([blind, lagrange.first].map(head), [0x220bbcf099964b7b, 0x2e0b371db02a220e]);
		assert_eq!(head(lagrange.instance), 0x19680a5675686b66);

		let context = Context {
			constants: &key.constants,
			evaluations: &proof.evaluations,
			challenges: &[],
			instance: lagrange.instance,
			theta,
		};
		assert_eq!(head(context.value(&key.gates[0]).unwrap()), 0x27850fd0aa4789c1);
		let quotient = quotient(&key, &proof, &challenges, &lagrange).unwrap();
		assert_eq!(head(quotient), 0x2dbb8f3f8b6f0618);
		assert_eq!(head(quotient * (lagrange.power - Fr::one())), 0x046180142e59db4e);
		let terms_of_sets = key.permutation.len() * 2 + 1;
		assert_eq!(key.gates.len() + terms_of_sets + key.lookups.len() * 3, 42);

		let rotations = &key.opening.rotations;
		let sets: Vec<Vec<i8>> =
			key.opening.sets.iter().map(|set| set.points.iter().map(|point| rotations[*point]).collect()).collect();
		assert_eq!(sets, [vec![0], vec![-1, 0], vec![-1, 0, 1], vec![-6, 0, 1], vec![0, 1]]);
		let rows: Vec<usize> = key.opening.sets.iter().map(|set| set.commitments.len()).collect();
		assert_eq!(rows, [41, 1, 2, 2, 5]);
		let terms = shplonk::terms(&key, &proof, &challenges, &lagrange, quotient).unwrap();
		assert_eq!(terms.len(), 58);
		let [.., (_, constant), (_, w), (_, w_prime)] = terms.as_slice() else { panic!("at least three") };
		assert_eq!([-*constant, -*w, *w_prime].map(head), [0x2954ab715b72d285, 0x019741888780b72e, head(mu)]);
	}
}
