//! The lookup argument with logarithmic derivatives: inputs that must occur in a table.

use alloc::vec::Vec;
use ark_ff::{AdditiveGroup, Field};
use vektor_verifier_bn254::Fr;

use crate::{
	expression::{Context, Expression, Kind},
	key::Layout,
	lagrange::Lagrange,
	words::{place, Cursor, WORD},
};

/// Where the temporaries of lookups start, seen from those of gates.
const BASE: usize = 0xa0;

/// Inputs, and the table that all of them must be in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Lookup {
	/// The running sum at `x`.
	pub sum: usize,
	/// One row further.
	pub next: usize,
	/// How often each row of the table is used.
	pub multiplicity: usize,
	/// `None`: the table of the lookup before.
	pub table: Option<Expression>,
	pub inputs: Vec<Expression>,
}

/// Whether the section is one of classic lookups, which permute input and table.
pub(crate) fn is_classic(mut cursor: Cursor) -> bool {
	let kind = cursor.packed().and_then(|mut first| {
		first.u16()?;
		first.u8()
	});
	kind == Some(1)
}

/// The lookups, if any. The next section starts at `end`.
pub(crate) fn read(mut cursor: Cursor, layout: &Layout, end: usize) -> Option<Vec<Lookup>> {
	let mut first = cursor.packed()?;
	if !first.more() {
		cursor.end()?;
		return Some(Vec::new());
	}
	first.is(end)?;
	(first.u8()? == 0).then_some(())?;
	first.end()?;
	let mut lookups = Vec::new();
	while cursor.end().is_none() {
		lookups.push(Lookup::read(&mut cursor, layout, lookups.is_empty())?);
	}
	(!lookups.is_empty()).then_some(lookups)
}

impl Lookup {
	fn read(cursor: &mut Cursor, layout: &Layout, first: bool) -> Option<Self> {
		let mut head = cursor.packed()?;
		let new_table = match head.u8()? {
			0 if !first => false,
			1 => true,
			_ => return None,
		};
		let [sum, next, multiplicity] = [head.u16()?, head.u16()?, head.u16()?].map(|at| layout.evaluation(at));
		head.end()?;
		let mut base = layout.end.checked_add(BASE)?;
		let table =
			if new_table { Some(Expression::read(cursor.counted()?, layout, base, Kind::LookupSide)?) } else { None };
		// The number of inputs lies before the length of the first of them.
		let mut packed = cursor.packed()?;
		let count = place(packed.u16()?, 0, WORD).filter(|count| *count > 0)?;
		let length = packed.u8()?;
		packed.extend(cursor, length)?;
		let mut inputs = Vec::new();
		inputs.push(Expression::read(packed, layout, base, Kind::LookupSide)?);
		for _ in 1..count {
			base = base.checked_add(usize::from(WORD))?;
			inputs.push(Expression::read(cursor.counted()?, layout, base, Kind::LookupSide)?);
		}
		Some(Self { sum: sum?, next: next?, multiplicity: multiplicity?, table, inputs })
	}
}

/// Passes the terms of the argument to `term`, in order.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
pub(crate) fn terms(
	lookups: &[Lookup],
	context: &Context,
	lagrange: &Lagrange,
	beta: Fr,
	term: &mut impl FnMut(Fr),
) -> Option<()> {
	let at = |index: usize| context.evaluations.get(index).copied();
	let mut table = Fr::ZERO;
	for lookup in lookups {
		if let Some(expression) = &lookup.table {
			table = context.value(expression)? + beta;
		}
		let mut inputs = Vec::with_capacity(lookup.inputs.len());
		for input in &lookup.inputs {
			inputs.push(context.value(input)? + beta);
		}
		let (product, derivative) = product_and_derivative(&inputs);
		let sum = at(lookup.sum)?;
		term(lagrange.first * sum);
		term(lagrange.last * sum);
		let step = table * product * (at(lookup.next)? - sum);
		term(lagrange.active * (step - (table * derivative - at(lookup.multiplicity)? * product)));
	}
	Some(())
}

/// The product of `factors`, and the sum of the products of all of them but one.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
fn product_and_derivative(factors: &[Fr]) -> (Fr, Fr) {
	factors
		.iter()
		.fold((Fr::ONE, Fr::ZERO), |(product, derivative), factor| (product * factor, derivative * factor + product))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::expression::{Operand, Operation};
	use alloc::vec;

	/// Packs bytes into a word, the first lowest.
	fn word(bytes: &[u8]) -> [u8; 32] {
		let mut word = [0; 32];
		word.iter_mut().rev().zip(bytes).for_each(|(to, from)| *to = *from);
		word
	}

	/// An operation on, or a list of, little-endian numbers of 16 bits.
	fn with(head: &[u8], numbers: &[u16]) -> Vec<u8> {
		head.iter().copied().chain(numbers.iter().flat_map(|number| number.to_le_bytes())).collect()
	}

	/// A key that ends at 0x1000, with two points and three evaluations in its proofs.
	const LAYOUT: Layout = Layout {
		end: 0x1000,
		scratch: 0x400,
		challenges: 1,
		points_at: 0x4e0,
		points: 1,
		constants_at: 0x520,
		constants: 2,
		proof_points: 2,
		quotients: 1,
		evaluations: 3,
	};
	const EVALUATIONS: [u16; 3] = [0x104, 0x124, 0x144];

	/// Two lookups; the second has three inputs and the table of the first. Tuples are one, two and sixteen wide.
	fn section() -> Vec<[u8; 32]> {
		let [a, b, c] = EVALUATIONS;
		let (first, second, third) = (0x10a0, 0x10c0, 0x10e0);
		let loaded = |base: u16, rest: &[u8]| {
			[&with(&[0], &[a]), &with(&[0], &[b]), &with(&[2], &[base, base + 32]), rest].concat()
		};
		vec![
			word(&with(&[], &[0x2000])),
			word(&with(&[1], &[a, b, c])),
			word(&[&[1][..], &with(&[0], &[c]), &with(&[4, 1], &[first, 0x520])].concat()),
			word(&[&with(&[], &[0x20])[..], &[1], &with(&[0], &[a]), &with(&[4, 1], &[first])].concat()),
			word(&with(&[0], &[a, b, c])),
			word(&[&with(&[], &[0x60])[..], &[1], &loaded(first, &with(&[4, 1], &[first + 64]))].concat()),
			word(&[&[1][..], &loaded(second, &with(&[4, 1], &[second + 64, 0x1400]))].concat()),
			word(&[&[2][..], &with(&[0], &[c]), &with(&[4, 2], &[third; 12]), &[0; 2]].concat()[..30]),
			word(&with(&[], &[third, 0x540, 0x1420 + 0x220, third])),
		]
	}

	#[test]
	fn a_lookup_may_have_several_inputs_that_lie_one_cell_apart() {
		let words = section();
		let lookups = read(Cursor(&words), &LAYOUT, 0x2000).unwrap();
		let [one, other] = lookups.as_slice() else { panic!("two lookups") };
		assert_eq!((one.table.is_some(), other.table.is_some()), (true, false));
		assert_eq!((one.inputs.len(), other.inputs.len()), (1, 3));
		assert_eq!((other.sum, other.next, other.multiplicity), (0, 1, 2));
		let last = &other.inputs[2];
		assert_eq!(last.operations, [Operation::Evaluation(2)]);
		assert_eq!(last.values.len(), 16);
		let tail = [Operand::Temporary(0), Operand::Constant(1), Operand::Instance, Operand::Temporary(0)];
		assert!(last.values.ends_with(&tail));
		assert_eq!(other.inputs[1].values, [Operand::Temporary(2), Operand::Challenge(0)]);

		// The cells of one input are no operands of another.
		for (index, low) in [(6, 17), (7, 7)] {
			let mut words = section();
			words[index][31 - low] = words[index][31 - low].wrapping_sub(0x20);
			assert_eq!(read(Cursor(&words), &LAYOUT, 0x2000), None);
		}
		for length in 1..words.len() {
			let cut = read(Cursor(&words[..length]), &LAYOUT, 0x2000);
			assert_eq!(cut.is_some(), length == 4, "{length}");
		}
	}

	#[test]
	fn a_tuple_may_start_in_the_word_after_its_operation() {
		let [a, b, c] = EVALUATIONS;
		let base = 0x10a0;
		// 29 bytes of operations behind the length, so that the tuple's two bytes end the word.
		let evaluations = [a, b, c].map(|address| with(&[0], &[address])).concat();
		let sums = with(&[2], &[base, base + 32]).repeat(4);
		let first = |count| word(&[&[2][..], &evaluations, &sums, &[4, count]].concat());
		let second = word(&with(&[], &[base + 64, base + 96]));
		let read =
			|words: [[u8; 32]; 2]| Expression::read(Cursor(&words).counted()?, &LAYOUT, base.into(), Kind::LookupSide);
		let expression = read([first(2), second]).unwrap();
		assert_eq!((expression.operations.len(), expression.values.len()), (7, 2));
		assert_eq!(read([first(1), second]), None);
		assert_eq!(read([first(2), [0; 32]]), None);
	}

	#[test]
	fn a_lookup_of_several_inputs_is_the_sum_of_their_reciprocals() {
		let words = section();
		let lookups = read(Cursor(&words), &LAYOUT, 0x2000).unwrap();
		let evaluations = [5u64, 11, 17].map(Fr::from);
		let context = Context {
			constants: &[2u64, 3].map(Fr::from),
			evaluations: &evaluations,
			challenges: &[Fr::from(29u64)],
			instance: Fr::from(31u64),
			theta: Fr::from(37u64),
		};
		let beta = Fr::from(41u64);
		let [power, vanishing_inverse, first, last, active, instance] = [1u64, 1, 43, 47, 53, 31].map(Fr::from);
		let lagrange = Lagrange { power, vanishing_inverse, first, last, active, instance };
		let mut terms = Vec::new();
		super::terms(&lookups, &context, &lagrange, beta, &mut |term| terms.push(term)).unwrap();
		assert_eq!(terms.len(), 6);
		assert_eq!(terms[3..5], [first * evaluations[0], last * evaluations[0]]);
		let table = context.value(lookups[0].table.as_ref().unwrap()).unwrap() + beta;
		let inputs = lookups[1].inputs.iter().map(|input| context.value(input).unwrap() + beta);
		let inputs: Vec<Fr> = inputs.collect();
		let reciprocals: Fr = inputs.iter().map(|input| Fr::ONE / input).sum();
		let product: Fr = inputs.iter().product();
		let [sum, next, multiplicity] = evaluations;
		assert_eq!(terms[5], active * table * product * (next - sum - reciprocals + multiplicity / table));
	}

	#[test]
	fn the_derivative_is_that_of_the_double_loop() {
		for count in 1..=8u64 {
			let factors: Vec<Fr> = (0..count).map(|n| Fr::from(n * n + 3)).collect();
			let naive: Fr = (0..factors.len())
				.map(|skipped| {
					let others = factors.iter().enumerate().filter(|(place, _)| *place != skipped);
					others.map(|(_, factor)| factor).product::<Fr>()
				})
				.sum();
			assert_eq!(product_and_derivative(&factors), (factors.iter().product(), naive));
		}
	}
}
