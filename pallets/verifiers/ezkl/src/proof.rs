//! Proofs from bytes: every coordinate and evaluation canonical, every point on the curve.

use alloc::vec::Vec;
use ark_ec::AffineRepr;
use vektor_verifier_bn254::{Fq, Fr, G1Affine};

use crate::{
	key::Key,
	words::{element, Word},
	Error,
};

/// A proof, and the words it was read from.
pub(crate) struct Proof<'a> {
	/// Commitments, by phase.
	pub points: Vec<G1Affine>,
	pub point_words: &'a [[Word; 2]],
	pub evaluations: Vec<Fr>,
	pub evaluation_words: &'a [Word],
	/// The two points of the opening argument, `W` and `W'`.
	pub opening: [G1Affine; 2],
	pub opening_words: &'a [[Word; 2]; 2],
}

impl<'a> Proof<'a> {
	/// Reads a proof for `key`.
	pub fn read(key: &Key, bytes: &'a [u8]) -> Result<Self, Error> {
		let (words, rest) = bytes.as_chunks::<32>();
		let points = key.proof_points();
		let split = || {
			let (point_words, tail) = words.split_at_checked(points.checked_mul(2)?)?;
			let (evaluation_words, tail) = tail.split_at_checked(key.evaluations)?;
			let opening_words: &[[Word; 2]; 2] = tail.as_chunks().0.try_into().ok()?;
			(tail.len() == 4 && rest.is_empty()).then_some((point_words.as_chunks().0, evaluation_words, opening_words))
		};
		let (point_words, evaluation_words, opening_words) = split().ok_or(Error::ProofLength)?;
		let evaluations = evaluation_words.iter().map(element).collect::<Option<_>>().ok_or(Error::NonCanonical)?;
		let points = point_words.iter().map(point).collect::<Result<_, _>>()?;
		let [w, w_prime] = opening_words.each_ref().map(point);
		let opening = [w?, w_prime?];
		Ok(Self { points, point_words, evaluations, evaluation_words, opening, opening_words })
	}
}

/// A finite point of the curve. (0, 0), which arkworks takes for infinity, has no place in a proof.
fn point([x, y]: &[Word; 2]) -> Result<G1Affine, Error> {
	let (x, y) = (element::<Fq>(x).ok_or(Error::NonCanonical)?, element::<Fq>(y).ok_or(Error::NonCanonical)?);
	let point = G1Affine::new_unchecked(x, y);
	(point.is_on_curve() && !point.is_zero()).then_some(point).ok_or(Error::NotOnCurve)
}
