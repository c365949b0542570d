//! Why keys are refused.

use core::fmt;

use super::MAX_KEY;

/// A part of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
	/// Counts, addresses, the domain and the generators: words 0 to 32.
	Header,
	/// The phases of the transcript.
	Phases,
	/// Commitments.
	Points,
	/// Constants.
	Constants,
	/// Gates.
	Gates,
	/// The permutation argument.
	Permutation,
	/// The lookup arguments.
	Lookups,
	/// The opening plan.
	Opening,
	/// What instances mean.
	Rescale,
}

/// What ezkl can write and this does not verify.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Feature {
	/// A KZG accumulator among the instances: an aggregated proof.
	Accumulator,
	/// Lookups that permute input and table.
	ClassicLookups,
}

/// Why a key is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyError {
	/// Longer than [`MAX_KEY`], shorter than a header, or not a multiple of 32 bytes. The prefix of eight bytes that
	/// ezkl writes is no part of the key.
	Length,
	/// Uses something that is not verified here.
	Unsupported(Feature),
	/// The generators of G1 and G2 are not the usual ones.
	Generators,
	/// The number of rows or a constant that follows from it is wrong.
	Domain,
	/// A number is not below the order of its field.
	NonCanonical(Section),
	/// The section does not follow the format, or does not go with the others.
	Malformed(Section),
	/// More of something than is allowed.
	Limit(Section),
	/// A commitment is not on the curve.
	NotOnCurve {
		/// Its place among the commitments of the key, from 0.
		index: u32,
	},
}

impl fmt::Display for Section {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Header => "the header",
			Self::Phases => "the phases",
			Self::Points => "the commitments",
			Self::Constants => "the constants",
			Self::Gates => "the gates",
			Self::Permutation => "the permutation",
			Self::Lookups => "the lookups",
			Self::Opening => "the opening plan",
			Self::Rescale => "the rescale data",
		})
	}
}

impl fmt::Display for KeyError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Length => write!(f, "a key is words of 32 bytes, at most {MAX_KEY} bytes, without a prefix"),
			Self::Unsupported(Feature::Accumulator) => f.write_str("proofs that aggregate others are not supported"),
			Self::Unsupported(Feature::ClassicLookups) => f.write_str("lookups that permute are not supported"),
			Self::Generators => f.write_str("the generators are not those of BN254"),
			Self::Domain => f.write_str("the number of rows or its root of unity is wrong"),
			Self::NonCanonical(section) => write!(f, "{section} have a number that is not below its field's order"),
			Self::Malformed(section) => write!(f, "{section} cannot be read"),
			Self::Limit(section) => write!(f, "{section} exceed a limit"),
			Self::NotOnCurve { index } => write!(f, "commitment {index} is not on the curve"),
		}
	}
}

impl core::error::Error for KeyError {}
