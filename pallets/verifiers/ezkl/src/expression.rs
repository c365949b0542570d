//! Gates and the sides of lookups: straight-line programs.

use alloc::vec::Vec;
use vektor_verifier_bn254::Fr;

use crate::{
	key::Layout,
	words::{Cursor, Packed},
};

/// What an operation takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operand {
	/// A constant of the key.
	Constant(usize),
	/// The result of an earlier operation of the same expression.
	Temporary(usize),
	/// A challenge of the circuit.
	Challenge(usize),
	/// The evaluation of the instances.
	Instance,
}

/// What makes a temporary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operation {
	Evaluation(usize),
	Negate(Operand),
	Add(Operand, Operand),
	Multiply(Operand, Operand),
}

/// Operations, and the tuple of values that they were for. A gate has one value: its last temporary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Expression {
	pub operations: Vec<Operation>,
	pub values: Vec<Operand>,
}

/// Whether an expression ends in a tuple.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
	Gate,
	LookupSide,
}

impl Expression {
	/// Reads operations to the end of the words. The first result lies at `base`.
	pub fn read(mut packed: Packed, layout: &Layout, base: usize, kind: Kind) -> Option<Self> {
		let mut operations = Vec::new();
		while packed.more() {
			let done = operations.len();
			let operand = |packed: &mut Packed| layout.operand(packed.u16()?, base, done);
			operations.push(match packed.u8()? {
				0 => Operation::Evaluation(layout.evaluation(packed.u16()?)?),
				1 => Operation::Negate(operand(&mut packed)?),
				2 => Operation::Add(operand(&mut packed)?, operand(&mut packed)?),
				3 => Operation::Multiply(operand(&mut packed)?, operand(&mut packed)?),
				4 if kind == Kind::LookupSide => {
					(usize::from(packed.u8()?) == packed.words()).then_some(())?;
					let mut values = Vec::new();
					while packed.more() {
						values.push(operand(&mut packed)?);
					}
					return (!values.is_empty()).then_some(Self { operations, values });
				}
				_ => return None,
			});
		}
		let last = operations.len().checked_sub(1)?;
		(kind == Kind::Gate).then(|| Self { operations, values: [Operand::Temporary(last)].into() })
	}
}

/// The gates: their number, then one expression each.
pub(crate) fn read_gates(mut cursor: Cursor, layout: &Layout) -> Option<Vec<Expression>> {
	let mut first = cursor.packed()?;
	let bytes = first.u16()?;
	first.end()?;
	let count = crate::words::place(bytes, 0, crate::words::WORD)?;
	let mut gates = Vec::new();
	for _ in 0..count {
		gates.push(Expression::read(cursor.counted()?, layout, layout.end, Kind::Gate)?);
	}
	cursor.end()?;
	Some(gates)
}

/// What expressions are evaluated with.
pub(crate) struct Context<'a> {
	pub constants: &'a [Fr],
	pub evaluations: &'a [Fr],
	pub challenges: &'a [Fr],
	pub instance: Fr,
	pub theta: Fr,
}

impl Context<'_> {
	/// The value of an expression; of several, their combination by powers of theta. `None` where an index leads
	/// nowhere, which [`Expression::read`] rules out.
	#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
	pub fn value(&self, expression: &Expression) -> Option<Fr> {
		let mut temporaries: Vec<Fr> = Vec::with_capacity(expression.operations.len());
		for operation in &expression.operations {
			let operand = |operand| self.operand(operand, &temporaries);
			let result = match *operation {
				Operation::Evaluation(index) => *self.evaluations.get(index)?,
				Operation::Negate(a) => -operand(a)?,
				Operation::Add(a, b) => operand(a)? + operand(b)?,
				Operation::Multiply(a, b) => operand(a)? * operand(b)?,
			};
			temporaries.push(result);
		}
		let mut values = expression.values.iter().map(|value| self.operand(*value, &temporaries));
		let first = values.next()??;
		values.try_fold(first, |sum, value| Some(sum * self.theta + value?))
	}

	fn operand(&self, operand: Operand, temporaries: &[Fr]) -> Option<Fr> {
		match operand {
			Operand::Constant(index) => self.constants.get(index).copied(),
			Operand::Temporary(index) => temporaries.get(index).copied(),
			Operand::Challenge(index) => self.challenges.get(index).copied(),
			Operand::Instance => Some(self.instance),
		}
	}
}
