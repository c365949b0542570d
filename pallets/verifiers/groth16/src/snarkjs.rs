//! What snarkjs writes, as the bytes that [`Key::parse`] and [`verify`](crate::verify) take.
//!
//! `verification_key.json`, `proof.json` and `public.json` hold decimal strings; a coordinate of G2 is `[c0, c1]`; points
//! are affine, so their last coordinate is one. `vk_alphabeta_12` is not read: it follows from the key.

use ark_ec::short_weierstrass::{Affine, SWCurveConfig};
use ark_ff::{BigInt, BigInteger, PrimeField};
use ark_serialize::Compress;
use core::fmt;
use num_bigint::BigUint;
use serde_json::Value;
use vektor_verifier_bn254::{Fq, Fq2, Fr, G1Affine, G2Affine};

use crate::{
	point::{checked, encode, Fault},
	Key, KeyError, MAX_PUBLICS,
};

/// The longest JSON that is read, in bytes.
pub const MAX_JSON: usize = 64 * 1024;

/// Why JSON is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JsonError {
	/// Longer than [`MAX_JSON`].
	TooLong,
	/// Not JSON: what the parser says.
	Syntax(String),
	/// One field is wrong.
	Field {
		/// Where, like `pi_b[1][0]`.
		path: String,
		/// What about it.
		why: Why,
	},
	/// The key as a whole is refused.
	Key(KeyError),
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
	/// It is not there.
	Missing,
	/// It is not an array of this many elements.
	NotAnArrayOf(usize),
	/// It is not an array of at most [`MAX_PUBLICS`] elements and one.
	NotAnArray,
	/// It is not a string of decimal digits without a sign or leading zeros.
	NotDecimal,
	/// The number is not below the order of its field.
	TooLarge,
	/// The last coordinate is not one.
	NotAffine,
	/// The coordinates are not those of a point of the curve.
	NotOnCurve,
	/// The point lies outside the subgroup of prime order.
	NotInSubgroup,
	/// Only this value is known.
	Not(&'static str),
	/// The count is not that of `IC` less one.
	NotTheCountOfIc,
}

impl fmt::Display for Why {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Missing => f.write_str("is missing"),
			Self::NotAnArrayOf(n) => write!(f, "is not an array of {n} elements"),
			Self::NotAnArray => write!(f, "is not an array for at most {MAX_PUBLICS} public inputs"),
			Self::NotDecimal => f.write_str("is not a string of decimal digits"),
			Self::TooLarge => f.write_str("is not below the field's order"),
			Self::NotAffine => f.write_str("is not one: points must be affine"),
			Self::NotOnCurve => f.write_str("is not a point of the curve"),
			Self::NotInSubgroup => f.write_str("is outside the subgroup of prime order"),
			Self::Not(known) => write!(f, "is not \"{known}\""),
			Self::NotTheCountOfIc => f.write_str("is not the number of IC points less one"),
		}
	}
}

impl fmt::Display for JsonError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooLong => write!(f, "longer than {MAX_JSON} bytes"),
			Self::Syntax(error) => write!(f, "not JSON: {error}"),
			Self::Field { path, why } => write!(f, "{path} {why}"),
			Self::Key(error) => error.fmt(f),
		}
	}
}

impl std::error::Error for JsonError {}

/// Whether `bytes` are meant as JSON: text that opens an object or an array. No key or proof in binary is text.
pub fn is_json(bytes: &[u8]) -> bool {
	std::str::from_utf8(bytes).is_ok_and(|text| text.trim_start().starts_with(['{', '[']))
}

/// The key of `verification_key.json`, checked in full.
pub fn key(json: &[u8]) -> Result<Key, JsonError> {
	let root = Field::root(json)?;
	root.is_groth16()?;
	let ic = root.get("IC")?;
	let points = ic.array()?;
	let publics = u32::try_from(points.len().saturating_sub(1)).unwrap_or(u32::MAX);
	let declared = root.get("nPublic")?;
	if declared.value.as_u64() != Some(publics.into()) || points.is_empty() {
		return Err(declared.is(Why::NotTheCountOfIc));
	}

	let mut bytes = root.get("vk_alpha_1")?.g1()?;
	for name in ["vk_beta_2", "vk_gamma_2", "vk_delta_2"] {
		bytes.extend(root.get(name)?.g2()?);
	}
	bytes.extend(u64::from(publics).saturating_add(1).to_le_bytes());
	for point in points {
		bytes.extend(point.g1()?);
	}
	Key::parse(&bytes, publics).map_err(JsonError::Key)
}

/// The 128 bytes of the proof of `proof.json`.
pub fn proof(json: &[u8]) -> Result<Vec<u8>, JsonError> {
	let root = Field::root(json)?;
	root.is_groth16()?;
	let mut bytes = root.get("pi_a")?.g1()?;
	bytes.extend(root.get("pi_b")?.g2()?);
	bytes.extend(root.get("pi_c")?.g1()?);
	Ok(bytes)
}

/// The public inputs of `public.json`, big-endian.
pub fn publics(json: &[u8]) -> Result<Vec<[u8; 32]>, JsonError> {
	let root = Field::root(json)?;
	let publics = root.array()?.into_iter().map(|field| {
		let number: Fr = field.number()?;
		let bytes = number.into_bigint().to_bytes_be();
		bytes.try_into().map_err(|_| field.is(Why::TooLarge))
	});
	publics.collect()
}

/// A value and where it stands.
struct Field {
	path: String,
	value: Value,
}

impl Field {
	fn root(json: &[u8]) -> Result<Self, JsonError> {
		if json.len() > MAX_JSON {
			return Err(JsonError::TooLong);
		}
		let value = serde_json::from_slice(json).map_err(|error| JsonError::Syntax(error.to_string()))?;
		Ok(Self { path: String::new(), value })
	}

	fn is(&self, why: Why) -> JsonError {
		let path = if self.path.is_empty() { "the file".into() } else { self.path.clone() };
		JsonError::Field { path, why }
	}

	fn get(&self, name: &str) -> Result<Self, JsonError> {
		let path = name.to_string();
		match self.value.get(name) {
			Some(value) => Ok(Self { path, value: value.clone() }),
			None => Err(JsonError::Field { path, why: Why::Missing }),
		}
	}

	fn is_groth16(&self) -> Result<(), JsonError> {
		for (name, known) in [("protocol", "groth16"), ("curve", "bn128")] {
			let field = self.get(name)?;
			if field.value != known {
				return Err(field.is(Why::Not(known)));
			}
		}
		Ok(())
	}

	fn array(&self) -> Result<Vec<Self>, JsonError> {
		let most = usize::try_from(MAX_PUBLICS).unwrap_or_default().saturating_add(1);
		match &self.value {
			Value::Array(elements) if elements.len() <= most => Ok((0..)
				.zip(elements)
				.map(|(n, value): (u32, _)| Self { path: format!("{}[{n}]", self.path), value: value.clone() })
				.collect()),
			_ => Err(self.is(Why::NotAnArray)),
		}
	}

	fn array_of<const N: usize>(&self) -> Result<[Self; N], JsonError> {
		self.array()?.try_into().map_err(|_| self.is(Why::NotAnArrayOf(N)))
	}

	fn number<F: PrimeField<BigInt = BigInt<4>>>(&self) -> Result<F, JsonError> {
		let digits = self.value.as_str().ok_or_else(|| self.is(Why::NotDecimal))?;
		let canonical = digits == "0" || !digits.starts_with('0');
		if !canonical || digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
			return Err(self.is(Why::NotDecimal));
		}
		// Quadratic in the digits, so bounded: the order has 77.
		if digits.len() > 77 {
			return Err(self.is(Why::TooLarge));
		}
		let number: BigUint = digits.parse().map_err(|_| self.is(Why::NotDecimal))?;
		let number = number.try_into().ok().and_then(F::from_bigint);
		number.ok_or_else(|| self.is(Why::TooLarge))
	}

	fn element(&self) -> Result<Fq2, JsonError> {
		let [c0, c1] = self.array_of()?;
		Ok(Fq2::new(c0.number()?, c1.number()?))
	}

	fn g1(&self) -> Result<Vec<u8>, JsonError> {
		let [x, y, z] = self.array_of()?;
		let point = G1Affine::new_unchecked(x.number()?, y.number()?);
		if z.number::<Fq>()? != Fq::from(1u8) {
			return Err(z.is(Why::NotAffine));
		}
		self.compressed(point)
	}

	fn g2(&self) -> Result<Vec<u8>, JsonError> {
		let [x, y, z] = self.array_of()?;
		let point = G2Affine::new_unchecked(x.element()?, y.element()?);
		if z.element()? != Fq2::from(1u8) {
			return Err(z.is(Why::NotAffine));
		}
		self.compressed(point)
	}

	fn compressed<C: SWCurveConfig>(&self, point: Affine<C>) -> Result<Vec<u8>, JsonError> {
		let point = checked::<C>(&encode(&point, Compress::No), Compress::No).map_err(|fault| {
			self.is(match fault {
				Fault::NotInSubgroup => Why::NotInSubgroup,
				Fault::NotOnCurve | Fault::Infinity => Why::NotOnCurve,
			})
		})?;
		Ok(encode(&point, Compress::Yes))
	}
}
