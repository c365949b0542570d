//! The permutation argument: columns in sets, each set with its product.

use alloc::vec::Vec;
use ark_ff::{Field, MontFp};
use vektor_verifier_bn254::Fr;

use crate::{
	expression::Context,
	key::Layout,
	lagrange::Lagrange,
	words::{place, Cursor, WORD},
};

/// `7^(2^28)`: what tells the cosets of columns apart.
const DELTA: Fr = MontFp!("4131629893567559867359510883348571134090853742863529169391034518566172092834");

/// A column and its permutation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Column {
	/// Its evaluation; `None` for the instances.
	pub evaluation: Option<usize>,
	/// The evaluation of its permutation polynomial.
	pub sigma: usize,
}

/// Columns that share a product polynomial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Set {
	/// The product at `x`.
	pub product: usize,
	/// One row further.
	pub next: usize,
	/// At the last row that is used, seen from `x`; the last set has none.
	pub last: Option<usize>,
	pub columns: Vec<Column>,
}

/// The sets: at least one.
pub(crate) fn read(mut cursor: Cursor, layout: &Layout) -> Option<Vec<Set>> {
	let mut first = cursor.packed()?;
	let others = first.u8()?;
	let [length, last_length] = [first.u16()?, first.u16()?].map(|bytes| place(bytes, 0, WORD)?.try_into().ok());
	first.end()?;
	let mut sets = Vec::new();
	for number in 0..=others {
		let is_last = number == others;
		let mut packed = cursor.span(if is_last { last_length? } else { length? })?;
		let product = layout.evaluation(packed.u16()?)?;
		let next_address = packed.u16()?;
		let next = layout.evaluation(next_address)?;
		let last = if is_last {
			packed.is(usize::from(next_address.checked_add(WORD)?))?;
			None
		} else {
			Some(layout.evaluation(packed.u16()?)?)
		};
		let mut columns = Vec::new();
		while packed.more() {
			let (flag, address) = (packed.u8()?, packed.u16()?);
			let evaluation = match (flag, address) {
				(0, _) => Some(layout.evaluation(address)?),
				(1, 0) => None,
				_ => return None,
			};
			columns.push(Column { evaluation, sigma: layout.evaluation(packed.u16()?)? });
		}
		(!columns.is_empty()).then_some(())?;
		sets.push(Set { product, next, last, columns });
	}
	cursor.end()?;
	// A single set has no other whose length could be given: the writer gives that of a full one.
	length.filter(|words: &u8| *words > 0)?;
	Some(sets)
}

/// Passes the terms of the argument to `term`, in order.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
pub(crate) fn terms(
	sets: &[Set],
	context: &Context,
	lagrange: &Lagrange,
	[beta, gamma, x]: [Fr; 3],
	term: &mut impl FnMut(Fr),
) -> Option<()> {
	let at = |index: usize| context.evaluations.get(index).copied();
	let (first, last) = (sets.first()?, sets.last()?);
	term(lagrange.first * (Fr::ONE - at(first.product)?));
	let product = at(last.product)?;
	term(lagrange.last * (product.square() - product));
	for (before, set) in sets.iter().zip(sets.iter().skip(1)) {
		term(lagrange.first * (at(set.product)? - at(before.last?)?));
	}
	let mut coset = beta * x;
	for set in sets {
		let (mut left, mut right) = (at(set.next)?, at(set.product)?);
		for column in &set.columns {
			let value = match column.evaluation {
				Some(index) => at(index)?,
				None => context.instance,
			} + gamma;
			left *= value + beta * at(column.sigma)?;
			right *= value + coset;
			coset *= DELTA;
		}
		term(lagrange.active * (left - right));
	}
	Some(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn delta_is_the_generator_to_the_power_of_two_to_the_28() {
		let mut power = Fr::from(7u64);
		for _ in 0..28 {
			power.square_in_place();
		}
		assert_eq!(power, DELTA);
	}
}
