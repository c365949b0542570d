//! Points from bytes, one encoding each.

use alloc::vec::Vec;
use ark_ec::{
	short_weierstrass::{Affine, SWCurveConfig},
	AffineRepr,
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize, Compress, Validate};

/// Why bytes are no point that may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
	NotOnCurve,
	NotInSubgroup,
	Infinity,
}

/// The lengths of an encoding.
#[derive(Clone, Copy)]
pub(crate) struct Form {
	pub compress: Compress,
	pub g1: usize,
	pub g2: usize,
}

pub(crate) const COMPRESSED: Form = Form { compress: Compress::Yes, g1: 32, g2: 64 };
pub(crate) const UNCOMPRESSED: Form = Form { compress: Compress::No, g1: 64, g2: 128 };

/// Bytes that are taken from the front.
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
	pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
		let (head, tail) = self.0.split_at_checked(length)?;
		self.0 = tail;
		Some(head)
	}
}

/// The point that `bytes` encode, checked in full.
///
/// arkworks ignores the sign flag of an uncompressed point and the coordinates beside an infinity flag, so that several
/// encodings mean one point: only the one that it would write is accepted.
pub(crate) fn checked<C: SWCurveConfig>(bytes: &[u8], compress: Compress) -> Result<Affine<C>, Fault> {
	let point = unchecked::<C>(bytes, compress).ok_or(Fault::NotOnCurve)?;
	if !point.is_on_curve() || encode(&point, compress) != bytes {
		return Err(Fault::NotOnCurve);
	}
	if point.is_zero() {
		return Err(Fault::Infinity);
	}
	if !point.is_in_correct_subgroup_assuming_on_curve() {
		return Err(Fault::NotInSubgroup);
	}
	Ok(point)
}

/// The point that `bytes` encode, for bytes that were checked when they were stored.
pub(crate) fn unchecked<C: SWCurveConfig>(bytes: &[u8], compress: Compress) -> Option<Affine<C>> {
	Affine::deserialize_with_mode(bytes, compress, Validate::No).ok()
}

pub(crate) fn encode<C: SWCurveConfig>(point: &Affine<C>, compress: Compress) -> Vec<u8> {
	let mut bytes = Vec::new();
	append(&mut bytes, point, compress);
	bytes
}

/// Appends what serialises; a vector takes all that is written to it, so there is no error to report.
pub(crate) fn append<T: CanonicalSerialize>(bytes: &mut Vec<u8>, value: &T, compress: Compress) {
	let written = value.serialize_with_mode(&mut *bytes, compress);
	debug_assert!(written.is_ok());
}
