//! The files that ezkl writes, as the bytes that [`Key::parse`](crate::Key::parse) and [`verify`](crate::verify) take.

use core::fmt;
use serde_json::Value;
use vektor_verifier_bn254::Fr;

use crate::words::{element, Word};

/// The longest `proof.json` that is read, in bytes: six characters for each byte of the longest proof, and some.
pub const MAX_JSON: usize = 256 * 1024;

/// Why a file is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileError {
	/// A key that is neither words nor words behind their count.
	NotWords,
	/// Longer than [`MAX_JSON`].
	TooLong,
	/// Not JSON: what the parser says.
	Syntax(String),
	/// One field is wrong.
	Field {
		/// Where, like `instances[0][3]`.
		path: String,
		/// What about it.
		why: Why,
	},
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
	/// It is not there.
	Missing,
	/// It is not a string of hexadecimal digits behind `0x`.
	NotHex,
	/// It is not an array of bytes.
	NotBytes,
	/// The two forms of the proof differ.
	Disagrees,
	/// It is not an array of one array at most.
	NotOneColumn,
	/// It is not a string of 64 hexadecimal digits.
	NotAnInstance,
	/// The number is not below the order of the field.
	TooLarge,
}

impl fmt::Display for Why {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Missing => "is missing",
			Self::NotHex => "is not a string of hexadecimal digits behind 0x",
			Self::NotBytes => "is not an array of bytes",
			Self::Disagrees => "is another proof than hex_proof",
			Self::NotOneColumn => "is not an array of one array at most",
			Self::NotAnInstance => "is not a string of 64 hexadecimal digits",
			Self::TooLarge => "is not below the field's order",
		})
	}
}

impl fmt::Display for FileError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NotWords => f.write_str("neither 32-byte words nor words behind their count"),
			Self::TooLong => write!(f, "longer than {MAX_JSON} bytes"),
			Self::Syntax(error) => write!(f, "not JSON: {error}"),
			Self::Field { path, why } => write!(f, "{path} {why}"),
		}
	}
}

impl std::error::Error for FileError {}

/// The words of the file that `create_evm_vka` writes, with or without the count of eight bytes before them.
pub fn words(file: &[u8]) -> Result<&[u8], FileError> {
	let bare = |words: &[u8]| words.as_chunks::<32>().1.is_empty();
	if bare(file) {
		return Ok(file);
	}
	let (count, words) = file.split_first_chunk().ok_or(FileError::NotWords)?;
	let length = u64::from_le_bytes(*count).checked_mul(32);
	if bare(words) && length == u64::try_from(words.len()).ok() {
		return Ok(words);
	}
	Err(FileError::NotWords)
}

/// The proof and the instances, big-endian, of the file that `prove` writes.
pub fn proof(json: &[u8]) -> Result<(Vec<u8>, Vec<[u8; 32]>), FileError> {
	if json.len() > MAX_JSON {
		return Err(FileError::TooLong);
	}
	let root: Value = serde_json::from_slice(json).map_err(|error| FileError::Syntax(error.to_string()))?;
	// Nulls are what is not there.
	let field = |name| root.get(name).filter(|value| !value.is_null());
	let proof = match (field("hex_proof"), field("proof")) {
		(None, None) => return Err(wrong("hex_proof", Why::Missing)),
		(Some(text), None) => digits(text)?,
		(None, Some(array)) => bytes(array)?,
		(Some(text), Some(array)) => {
			let proof = digits(text)?;
			if bytes(array)? != proof {
				return Err(wrong("proof", Why::Disagrees));
			}
			proof
		}
	};
	let columns = field("instances").ok_or_else(|| wrong("instances", Why::Missing))?;
	let column = match columns.as_array().map(Vec::as_slice) {
		Some([]) => &[],
		Some([Value::Array(column)]) => column.as_slice(),
		_ => return Err(wrong("instances", Why::NotOneColumn)),
	};
	let instances = column
		.iter()
		.enumerate()
		.map(|(place, value)| instance(value).map_err(|why| wrong(&format!("instances[0][{place}]"), why)));
	Ok((proof, instances.collect::<Result<_, _>>()?))
}

fn wrong(path: &str, why: Why) -> FileError {
	FileError::Field { path: path.into(), why }
}

fn digits(value: &Value) -> Result<Vec<u8>, FileError> {
	let digits = value.as_str().and_then(|text| text.strip_prefix("0x"));
	digits.and_then(|digits| hex::decode(digits).ok()).ok_or_else(|| wrong("hex_proof", Why::NotHex))
}

fn bytes(value: &Value) -> Result<Vec<u8>, FileError> {
	let byte = |value: &Value| value.as_u64().and_then(|number| u8::try_from(number).ok());
	let bytes = value.as_array().and_then(|array| array.iter().map(byte).collect());
	bytes.ok_or_else(|| wrong("proof", Why::NotBytes))
}

/// An instance, which is little-endian in files.
fn instance(value: &Value) -> Result<Word, Why> {
	let mut word = [0; 32];
	let digits = value.as_str().ok_or(Why::NotAnInstance)?;
	hex::decode_to_slice(digits, &mut word).map_err(|_| Why::NotAnInstance)?;
	word.reverse();
	element::<Fr>(&word).map(|_| word).ok_or(Why::TooLarge)
}
