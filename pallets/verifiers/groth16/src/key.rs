//! Verification keys: checked once in full, then stored prepared.

use alloc::vec::Vec;
use ark_ec::pairing::Pairing;
use ark_serialize::{CanonicalDeserialize, Compress};
use core::{fmt, ops::Neg};
use vektor_verifier_bn254::{Bn254, Fq12, G1Affine, G2Affine};

use crate::point::{append, checked, unchecked, Fault, Form, Reader, COMPRESSED, UNCOMPRESSED};

/// The most public inputs that a key may have (protocol.md, "Verifier trait").
pub const MAX_PUBLICS: u32 = 128;

/// The longest prepared key: `e(alpha, beta)`, two points of G2 and 129 of G1.
pub const MAX_PREPARED: usize = 384 + 2 * 128 + 129 * 64;

/// A verification key whose every point is on its curve, in its subgroup and not at infinity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
	alpha: G1Affine,
	beta: G2Affine,
	gamma: G2Affine,
	delta: G2Affine,
	ic: Vec<G1Affine>,
}

/// A point of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
	/// `alpha` in G1.
	Alpha,
	/// `beta` in G2.
	Beta,
	/// `gamma` in G2.
	Gamma,
	/// `delta` in G2.
	Delta,
	/// The point of the constant (0) or of the `n`-th public input, in G1.
	Ic(u32),
}

/// Why a key is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyError {
	/// More than [`MAX_PUBLICS`] public inputs are asked for.
	TooManyPublics,
	/// The length is that of no key, compressed or uncompressed: too short, or bytes trail.
	Length,
	/// The key is for another number of public inputs.
	PublicCount {
		/// The number of points that the key declares: its public inputs and one.
		points: u64,
		/// The number of public inputs that was asked for.
		publics: u32,
	},
	/// A point is not canonically encoded or not on the curve.
	NotOnCurve(Part),
	/// A point lies outside the subgroup of prime order.
	NotInSubgroup(Part),
	/// A point is at infinity: the key would hold for statements that nobody proved.
	Infinity(Part),
	/// Two of `beta`, `gamma` and `delta` are equal up to sign: then anybody can forge. Keys of a setup whose second
	/// phase was skipped are such.
	Degenerate(Part, Part),
}

impl fmt::Display for Part {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Alpha => f.write_str("alpha"),
			Self::Beta => f.write_str("beta"),
			Self::Gamma => f.write_str("gamma"),
			Self::Delta => f.write_str("delta"),
			Self::Ic(n) => write!(f, "IC[{n}]"),
		}
	}
}

impl fmt::Display for KeyError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooManyPublics => write!(f, "more than {MAX_PUBLICS} public inputs"),
			Self::Length => f.write_str("the length is not that of a verification key"),
			Self::PublicCount { points, publics } => {
				write!(
					f,
					"{points} IC points do not fit {publics} public inputs, which need one more than their number"
				)
			}
			Self::NotOnCurve(part) => write!(f, "{part} is not a canonical point of its curve"),
			Self::NotInSubgroup(part) => write!(f, "{part} is outside the subgroup of prime order"),
			Self::Infinity(part) => write!(f, "{part} is the point at infinity"),
			Self::Degenerate(a, b) => write!(f, "{a} equals {b} up to sign, so that anybody could forge proofs"),
		}
	}
}

impl core::error::Error for KeyError {}

/// The number of IC points that `bytes` declare, where their length fits that number in `form`.
fn declared(bytes: &[u8], form: Form) -> Option<u64> {
	let mut reader = Reader(bytes);
	for length in [form.g1, form.g2, form.g2, form.g2] {
		reader.take(length)?;
	}
	let points = u64::from_le_bytes(reader.take(8)?.try_into().ok()?);
	let length = points.checked_mul(u64::try_from(form.g1).ok()?)?;
	(u64::try_from(reader.0.len()) == Ok(length)).then_some(points)
}

impl Key {
	/// Reads arkworks' compressed or uncompressed `VerifyingKey<Bn254>` for `publics` public inputs and checks it in
	/// full: one subgroup check per point of G2, one square root per compressed point. Its length is bounded before
	/// anything is allocated.
	pub fn parse(bytes: &[u8], publics: u32) -> Result<Self, KeyError> {
		if publics > MAX_PUBLICS {
			return Err(KeyError::TooManyPublics);
		}
		let (form, points) = [COMPRESSED, UNCOMPRESSED]
			.into_iter()
			.find_map(|form| Some((form, declared(bytes, form)?)))
			.ok_or(KeyError::Length)?;
		if points != u64::from(publics).saturating_add(1) {
			return Err(KeyError::PublicCount { points, publics });
		}

		let mut reader = Reader(bytes);
		let alpha = g1(&mut reader, form, Part::Alpha)?;
		let beta = g2(&mut reader, form, Part::Beta)?;
		let gamma = g2(&mut reader, form, Part::Gamma)?;
		let delta = g2(&mut reader, form, Part::Delta)?;
		reader.take(8).ok_or(KeyError::Length)?;
		let ic = (0..=publics).map(|n| g1(&mut reader, form, Part::Ic(n))).collect::<Result<_, _>>()?;
		for (a, b, x, y) in [
			(Part::Gamma, Part::Delta, gamma.x, delta.x),
			(Part::Beta, Part::Gamma, beta.x, gamma.x),
			(Part::Beta, Part::Delta, beta.x, delta.x),
		] {
			if x == y {
				return Err(KeyError::Degenerate(a, b));
			}
		}
		Ok(Self { alpha, beta, gamma, delta, ic })
	}

	/// The one canonical encoding, for ids: arkworks' compressed `VerifyingKey<Bn254>`.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = Vec::new();
		append(&mut bytes, &self.alpha, Compress::Yes);
		for point in [&self.beta, &self.gamma, &self.delta] {
			append(&mut bytes, point, Compress::Yes);
		}
		append(&mut bytes, &self.ic, Compress::Yes);
		bytes
	}

	/// What the chain stores: `e(alpha, beta)`, `-gamma`, `-delta` and the IC points, all uncompressed, without a length.
	/// 704 bytes and 64 for each public input, at most [`MAX_PREPARED`]. Costs one pairing.
	pub fn to_prepared(&self) -> Vec<u8> {
		let mut bytes = Vec::new();
		append(&mut bytes, &Bn254::pairing(self.alpha, self.beta).0, Compress::No);
		append(&mut bytes, &self.gamma.neg(), Compress::No);
		append(&mut bytes, &self.delta.neg(), Compress::No);
		for point in &self.ic {
			append(&mut bytes, point, Compress::No);
		}
		bytes
	}
}

fn g1(reader: &mut Reader, form: Form, part: Part) -> Result<G1Affine, KeyError> {
	let bytes = reader.take(form.g1).ok_or(KeyError::Length)?;
	checked(bytes, form.compress).map_err(|fault| at(part, fault))
}

fn g2(reader: &mut Reader, form: Form, part: Part) -> Result<G2Affine, KeyError> {
	let bytes = reader.take(form.g2).ok_or(KeyError::Length)?;
	checked(bytes, form.compress).map_err(|fault| at(part, fault))
}

fn at(part: Part, fault: Fault) -> KeyError {
	match fault {
		Fault::NotOnCurve => KeyError::NotOnCurve(part),
		Fault::NotInSubgroup => KeyError::NotInSubgroup(part),
		Fault::Infinity => KeyError::Infinity(part),
	}
}

/// A key as [`Key::to_prepared`] wrote it.
pub(crate) struct Prepared {
	pub alpha_beta: Fq12,
	pub minus_gamma: G2Affine,
	pub minus_delta: G2Affine,
	pub constant: G1Affine,
	pub ic: Vec<G1Affine>,
}

impl Prepared {
	/// Reads without checking curves or subgroups: [`Key::parse`] has.
	pub fn read(bytes: &[u8]) -> Option<Self> {
		if bytes.len() > MAX_PREPARED {
			return None;
		}
		let mut reader = Reader(bytes);
		let alpha_beta = Fq12::deserialize_uncompressed_unchecked(reader.take(384)?).ok()?;
		let minus_gamma = unchecked(reader.take(UNCOMPRESSED.g2)?, Compress::No)?;
		let minus_delta = unchecked(reader.take(UNCOMPRESSED.g2)?, Compress::No)?;
		let constant = unchecked(reader.take(UNCOMPRESSED.g1)?, Compress::No)?;
		let mut ic = Vec::new();
		while !reader.0.is_empty() {
			ic.push(unchecked(reader.take(UNCOMPRESSED.g1)?, Compress::No)?);
		}
		Some(Self { alpha_beta, minus_gamma, minus_delta, constant, ic })
	}
}
