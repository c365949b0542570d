//! Verification keys: ezkl's verifying artifacts, strictly decoded.

mod error;
mod header;
mod layout;
mod rescale;
mod shape;

use alloc::vec::Vec;
use vektor_verifier_bn254::{Fq, Fr, G1Affine};

use crate::{
	expression::{self, Expression},
	lookup::{self, Lookup},
	opening::{self, Opening},
	permutation,
	words::{element, Cursor, Word},
};
use header::Header;

pub use error::{Feature, KeyError, Section};
pub(crate) use header::{Domain, Phase};
pub(crate) use layout::Layout;
#[cfg(feature = "runtime-benchmarks")]
pub(crate) use layout::{KEY, PROOF};
pub use shape::{Scaled, Shape, MAX_INSTANCES, MAX_KEY, MAX_OPERATIONS, MAX_POINTS, MAX_PROOF};

/// A key whose every word has been read and means something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
	/// What the transcript starts from. Any value at all: whoever chooses the key chooses the statement.
	pub(crate) digest: Word,
	pub(crate) instances: usize,
	pub(crate) evaluations: usize,
	/// Challenges of the circuit itself.
	pub(crate) challenges: usize,
	pub(crate) domain: Domain,
	pub(crate) phases: Vec<Phase>,
	/// Pieces of the quotient, the last points of the last phase.
	pub(crate) quotients: usize,
	/// Commitments: fixed columns, then permutation columns. Fixed columns that are not used are at infinity.
	pub(crate) points: Vec<G1Affine>,
	pub(crate) constants: Vec<Fr>,
	pub(crate) gates: Vec<Expression>,
	pub(crate) permutation: Vec<permutation::Set>,
	pub(crate) lookups: Vec<Lookup>,
	pub(crate) opening: Opening,
	hashes: usize,
	scaled: Vec<Scaled>,
	srs: [u8; 128],
}

impl Key {
	/// Reads the words of a verifying artifact and checks all there is to check but which SRS it is for: compare
	/// [`Key::srs`] with the chain's. Costs one curve equation for each commitment.
	pub fn parse(words: &[u8]) -> Result<Self, KeyError> {
		let key = Self::decode(words)?;
		if !key.domain.is_sound() {
			return Err(KeyError::Domain);
		}
		match (0..).zip(&key.points).find(|(_, point)| !point.is_on_curve()) {
			Some((index, _)) => Err(KeyError::NotOnCurve { index }),
			None => Ok(key),
		}
	}

	/// The `-[s]G2` that proofs are checked against.
	pub fn srs(&self) -> &[u8; 128] {
		&self.srs
	}

	/// Reads without checking curve and domain: [`Key::parse`] has.
	pub(crate) fn decode(bytes: &[u8]) -> Result<Self, KeyError> {
		let (words, rest) = bytes.as_chunks::<32>();
		if bytes.len() > MAX_KEY || !rest.is_empty() {
			return Err(KeyError::Length);
		}
		let mut cursor = Cursor(words);
		let header = Header::read(&mut cursor)?;
		let [gates, permutation, lookups, opening, rescale] = header.sections;
		let malformed = KeyError::Malformed;
		let mut cut = |section, end| cut(&mut cursor, words.len(), end).ok_or(malformed(section));
		let mut between = cut(Section::Constants, gates)?;
		let gates = cut(Section::Gates, permutation)?;
		let permutation = cut(Section::Permutation, lookups)?;
		let lookups = cut(Section::Lookups, opening)?;
		let plan = cut(Section::Opening, rescale)?;

		// The permutation says how many commitments there are, and so where constants start.
		let mut layout = header.layout(words.len());
		layout.fits().ok_or(malformed(Section::Header))?;
		let permutation = permutation::read(permutation, &layout).ok_or(malformed(Section::Permutation))?;
		let columns = permutation.iter().map(|set| set.columns.len()).fold(header.fixed, usize::saturating_add);
		let points = between.take(columns.saturating_mul(2)).ok_or(malformed(Section::Points))?;
		layout.extend(columns, between.0.len());
		let points = points.as_chunks::<2>().0.iter().map(point).collect::<Option<_>>();
		let constants = between.0.iter().map(element).collect::<Option<_>>();
		let points = points.ok_or(KeyError::NonCanonical(Section::Points))?;
		let constants = constants.ok_or(KeyError::NonCanonical(Section::Constants))?;
		let gates = expression::read_gates(gates, &layout).ok_or(malformed(Section::Gates))?;
		if lookup::is_classic(lookups) {
			return Err(KeyError::Unsupported(Feature::ClassicLookups));
		}
		let lookups = lookup::read(lookups, &layout, opening).ok_or(malformed(Section::Lookups))?;
		let opening = opening::read(plan, &layout).ok_or(malformed(Section::Opening))?;
		let (hashes, scaled) = rescale::read(cursor, header.instances).ok_or(malformed(Section::Rescale))?;
		let key = Self {
			digest: header.digest,
			instances: header.instances,
			evaluations: header.evaluations,
			challenges: header.challenges,
			domain: header.domain,
			phases: header.phases,
			quotients: header.quotients,
			points,
			constants,
			gates,
			permutation,
			lookups,
			opening,
			hashes,
			scaled,
			srs: header.srs,
		};
		key.check_limits()?;
		Ok(key)
	}
}

/// Cuts off what lies before the address `end` in a key of so many words.
fn cut<'a>(cursor: &mut Cursor<'a>, words: usize, end: usize) -> Option<Cursor<'a>> {
	let behind = words.checked_sub(layout::word(end)?)?;
	let section = cursor.take(cursor.0.len().checked_sub(behind)?)?;
	(!section.is_empty()).then_some(Cursor(section))
}

/// A commitment, its curve unchecked. (0, 0) is infinity, to ezkl as to arkworks.
fn point([x, y]: &[Word; 2]) -> Option<G1Affine> {
	Some(G1Affine::new_unchecked(element::<Fq>(x)?, element::<Fq>(y)?))
}
