//! The opening plan: which commitments are opened at which points, to which evaluations.
//!
//! The words are a program over scratch cells whose places follow from the numbers of points and sets. Every cell is
//! required to be where it follows to be; what remains is the plan.

use alloc::{vec, vec::Vec};

use crate::{
	key::Layout,
	words::{place, Cursor, Packed, WORD},
};

/// A commitment of the plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Commitment {
	/// Of the key.
	Key(usize),
	/// A point of the proof.
	Proof(usize),
	/// The quotient, put together from its pieces.
	Quotient,
}

/// What a commitment opens to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Value {
	/// An evaluation of the proof.
	Evaluation(usize),
	/// The quotient's, which follows from the others.
	Quotient,
}

/// Commitments that are opened at the same points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Set {
	/// Points, as places in [`Opening::rotations`]. At most five.
	pub points: Vec<usize>,
	/// The points of the other sets.
	pub others: Vec<usize>,
	/// The commitments, in the order of their weights.
	pub commitments: Vec<Commitment>,
	/// For each commitment its value at each point.
	pub values: Vec<Value>,
}

impl Set {
	/// Each commitment with what it opens to.
	pub fn rows(&self) -> impl DoubleEndedIterator<Item = (Commitment, &[Value])> {
		self.commitments.iter().copied().zip(self.values.chunks(self.points.len().max(1)))
	}
}

/// The plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Opening {
	/// The rows, seen from `x`, that anything is opened at, ascending.
	pub rotations: Vec<i8>,
	/// At least two.
	pub sets: Vec<Set>,
}

/// Where scratch cells are, from the numbers of points `t` and sets `m` and the sum `c` of the sizes of sets.
struct Cells {
	point: usize,
	difference: usize,
	vanishing: usize,
	diff: usize,
	r: usize,
	sum: usize,
	count: usize,
	sets: usize,
}

/// The first cell of coefficients. The one before it holds a one.
const COEFFICIENT: usize = 0x20;

/// `start` plus `count` cells.
fn cells(start: usize, count: usize) -> Option<usize> {
	start.checked_add(count.checked_mul(usize::from(WORD))?)
}

impl Cells {
	fn new(point: usize, count: usize, sets: usize) -> Option<Self> {
		let difference = cells(point, count)?;
		let vanishing = cells(difference, count)?;
		let diff = cells(vanishing, 1)?;
		let r = cells(diff, sets)?;
		Some(Self { point, difference, vanishing, diff, r, sum: cells(r, sets)?, count, sets })
	}

	fn end(&self) -> Option<usize> {
		cells(self.sum, self.sets)
	}

	/// The point whose distance from mu is in a cell.
	fn point_of(&self, cell: u16) -> Option<usize> {
		place(cell, self.difference, WORD).filter(|index| *index < self.count)
	}

	/// The points of a list of such cells, to its end.
	fn points_of(&self, packed: &mut Packed) -> Option<Vec<usize>> {
		let mut points = Vec::new();
		while packed.more() {
			points.push(self.point_of(packed.u16()?)?);
		}
		Some(points)
	}
}

/// The plan, which must open everything exactly once.
pub(crate) fn read(mut cursor: Cursor, layout: &Layout) -> Option<Opening> {
	let (rotations, points) = read_rotations(&mut cursor)?;

	let mut head = cursor.packed()?;
	let (start, end, point) = (head.u16()?, head.u16()?, usize::from(head.u16()?));
	let length = head.u8()?;
	head.extend(&mut cursor, length)?;
	let mut tail = cursor.packed()?;
	let (vanishing, sets) = (tail.u16()?, usize::from(tail.u16()?));
	tail.end()?;
	(sets >= 2).then_some(())?;
	let cells = Cells::new(point, rotations.len(), sets)?;
	(cells.end()? <= layout.scratch).then_some(())?;
	(usize::from(start) == cells.difference).then_some(())?;
	(usize::from(end) == cells.vanishing && usize::from(vanishing) == cells.vanishing).then_some(())?;
	points.iter().enumerate().try_for_each(|(index, cell)| (*cell == self::cells(point, index)?).then_some(()))?;
	let first_set = cells.points_of(&mut head)?;

	let mut others = Vec::new();
	for _ in 0..sets {
		let mut packed = cursor.packed()?;
		// A set of all points has no others: a cell that holds a one stands for their product.
		let mut one = packed;
		let none = one.is(COEFFICIENT).and_then(|()| one.end()).is_some();
		others.push(if none { Vec::new() } else { cells.points_of(&mut packed)? });
	}
	let points = read_coefficients(&mut cursor, &cells)?;
	(points.first() == Some(&first_set)).then_some(())?;
	for (set, others) in points.iter().zip(&others) {
		let mut seen = vec![false; rotations.len()];
		set.iter().chain(others).try_for_each(|point| mark(&mut seen, *point))?;
		seen.iter().all(|seen| *seen).then_some(())?;
	}

	let values = read_values(&mut cursor, &cells, &points, layout)?;
	read_sums(&mut cursor, &cells, &points)?;
	let commitments = read_commitments(&mut cursor, &cells, layout)?;
	cursor.end()?;
	let sets = points.into_iter().zip(others).zip(commitments).zip(values);
	let sets = sets.map(|(((points, others), commitments), values)| Set { points, others, commitments, values });
	let opening = Opening { rotations, sets: sets.collect() };
	opening.covers(layout)?;
	Some(opening)
}

/// Parts A and B: rotations, ascending, and the cells of their points.
fn read_rotations(cursor: &mut Cursor) -> Option<(Vec<i8>, Vec<usize>)> {
	let mut packed = cursor.packed()?;
	let after = read_cells(&mut packed)?;
	let mut packed = cursor.packed()?;
	let zero = packed.u16()?;
	let before = read_cells(&mut packed)?;
	let mut all: Vec<(i8, u16)> = (i8::MIN..0).rev().zip(before).collect();
	all.reverse();
	all.extend((1..).zip(after));
	all.retain(|(_, cell)| *cell != 0);
	let zero_at = all.partition_point(|(rotation, _)| *rotation < 0);
	all.insert(zero_at, (0, zero));
	Some(all.into_iter().map(|(rotation, cell)| (rotation, usize::from(cell))).unzip())
}

/// A counted list of cells, 0 where there is none. The last one is used.
fn read_cells(packed: &mut Packed) -> Option<Vec<u16>> {
	let count = packed.u8()?;
	let mut cells = Vec::new();
	for _ in 0..count {
		cells.push(packed.u16()?);
	}
	packed.end()?;
	(cells.last() != Some(&0)).then_some(cells)
}

/// Parts F and G: the points of each set.
fn read_coefficients(cursor: &mut Cursor, cells: &Cells) -> Option<Vec<Vec<usize>>> {
	let mut packed = cursor.counted()?;
	let mut sizes = Vec::new();
	while packed.more() {
		sizes.push(Some(packed.u8()?).filter(|size| (1..=5).contains(size))?);
	}
	(sizes.len() == cells.sets).then_some(())?;
	let mut coefficient = COEFFICIENT;
	let mut sets = Vec::new();
	for size in sizes {
		let mut packed = cursor.packed()?;
		let mut claimed = Vec::new();
		if size > 1 {
			for _ in 0..size {
				claimed.push(usize::from(packed.u16()?));
			}
		}
		let mut points = Vec::new();
		for _ in 0..size {
			points.push(cells.point_of(packed.u16()?)?);
		}
		for (claimed, point) in claimed.into_iter().zip(&points) {
			(claimed == self::cells(cells.point, *point)?).then_some(())?;
		}
		for _ in 0..size {
			packed.is(coefficient)?;
			coefficient = self::cells(coefficient, 1)?;
		}
		packed.end()?;
		sets.push(points);
	}
	let mut packed = cursor.packed()?;
	packed.is(coefficient)?;
	packed.is(cells.diff)?;
	packed.is(self::cells(0, cells.sets)?)?;
	packed.end()?;
	// Two cells for each coefficient, two for the one, and six: then the points start.
	(coefficient.checked_mul(2)?.checked_add(6 * 0x20)? == cells.point).then_some(sets)
}

/// Part H: for each set, row by row, what its commitments open to.
fn read_values(cursor: &mut Cursor, cells: &Cells, sets: &[Vec<usize>], layout: &Layout) -> Option<Vec<Vec<Value>>> {
	let mut packed = cursor.counted()?;
	packed.is(self::cells(cells.diff, 1)?)?;
	packed.is(cells.r)?;
	for set in sets {
		(packed.more() && usize::from(packed.u8()?) == self::cells(0, set.len())?).then_some(())?;
	}
	packed.end()?;
	let mut left = layout.evaluations;
	sets.iter().map(|set| read_rows(cursor.counted()?, set.len(), layout, &mut left)).collect()
}

fn read_rows(mut packed: Packed, size: usize, layout: &Layout, left: &mut usize) -> Option<Vec<Value>> {
	let value = |packed: &mut Packed| layout.evaluation(packed.u16()?).map(Value::Evaluation);
	let mut values = Vec::new();
	if size > 1 {
		while packed.more() {
			for _ in 0..size {
				values.push(value(&mut packed)?);
			}
		}
		return Some(values);
	}
	values.extend([value(&mut packed)?, Value::Quotient]);
	while packed.more() {
		match packed.u8()? {
			0 => {
				for address in descending(&mut packed, WORD, left)? {
					values.push(Value::Evaluation(layout.evaluation(address)?));
				}
			}
			count @ (1 | 2) => {
				for _ in 0..count {
					values.push(value(&mut packed)?);
				}
			}
			_ => return None,
		}
	}
	Some(values)
}

/// Three addresses or more, `step` apart: the first and, not included, the last. Everything is opened once, so no more are
/// named than are `left` of all: a few bytes name many, and would otherwise be read for as long as a key pleases.
fn descending(packed: &mut Packed, step: u16, left: &mut usize) -> Option<impl Iterator<Item = u16>> {
	let (from, to) = (packed.u16()?, packed.u16()?);
	let count = place(from, usize::from(to), step)?;
	*left = left.checked_sub(count)?;
	(count >= 3).then(|| core::iter::successors(Some(from), move |at| at.checked_sub(step)).take(count))
}

/// Parts I and J.
fn read_sums(cursor: &mut Cursor, cells: &Cells, sets: &[Vec<usize>]) -> Option<()> {
	let mut packed = cursor.counted()?;
	for (index, set) in sets.iter().enumerate() {
		(packed.more() && usize::from(packed.u8()?) == self::cells(0, set.len())?).then_some(())?;
		packed.is(self::cells(cells.sum, index)?)?;
	}
	packed.end()?;
	let mut packed = cursor.packed()?;
	packed.is(self::cells(0, cells.sets)?)?;
	packed.is(cells.sum)?;
	packed.is(self::cells(cells.r, cells.sets.checked_sub(1)?)?)?;
	packed.end()
}

/// Part K: the commitments of each set.
fn read_commitments(cursor: &mut Cursor, cells: &Cells, layout: &Layout) -> Option<Vec<Vec<Commitment>>> {
	let mut packed = cursor.counted()?;
	packed.is(self::cells(cells.diff, 1)?)?;
	let w = layout.opening_at()?;
	packed.is(w)?;
	packed.is(self::cells(w, 1)?)?;
	packed.is(cells.vanishing)?;
	packed.is(self::cells(w, 2)?)?;
	packed.is(self::cells(w, 3)?)?;
	let mut lengths = Vec::new();
	for _ in 0..cells.sets {
		(packed.more()).then_some(())?;
		lengths.push(place(packed.u8()?.into(), 0, WORD)?);
	}
	packed.end()?;
	let mut left = layout.points.checked_add(layout.proof_points)?;
	let sets = lengths.into_iter().map(|length| read_set(cursor.span(length.try_into().ok()?)?, layout, &mut left));
	sets.collect()
}

fn read_set(mut packed: Packed, layout: &Layout, left: &mut usize) -> Option<Vec<Commitment>> {
	let x = packed.u16()?;
	packed.is(self::cells(x.into(), 1)?)?;
	let mut commitments = vec![layout.proof_point(x)?];
	while packed.more() {
		let point = match packed.u8()? {
			0 => Layout::key_point,
			1 => Layout::proof_point,
			2 => {
				(packed.u8()? == 1).then_some(())?;
				commitments.push(Commitment::Quotient);
				continue;
			}
			_ => return None,
		};
		match packed.u8()? {
			0 => {
				for x in descending(&mut packed, 2 * WORD, left)? {
					commitments.push(point(layout, x)?);
				}
			}
			count @ (1 | 2) => {
				for _ in 0..count {
					let x = packed.u16()?;
					packed.is(self::cells(x.into(), 1)?)?;
					commitments.push(point(layout, x)?);
				}
			}
			_ => return None,
		}
	}
	Some(commitments)
}

impl Opening {
	/// Whether everything is opened exactly once, and the quotient to its own value, at `x` alone.
	fn covers(&self, layout: &Layout) -> Option<()> {
		let mut evaluations = vec![false; layout.evaluations];
		let mut key = vec![false; layout.points];
		let mut proof = vec![false; layout.proof_points.checked_sub(layout.quotients)?];
		let mut quotient = [false];
		for set in &self.sets {
			(set.commitments.len().checked_mul(set.points.len())? == set.values.len()).then_some(())?;
			if let [point] = set.points.as_slice() {
				(self.rotations.get(*point) == Some(&0)).then_some(())?;
			}
			for (commitment, values) in set.rows() {
				match commitment {
					Commitment::Key(index) => mark(&mut key, index)?,
					Commitment::Proof(index) => mark(&mut proof, index)?,
					Commitment::Quotient => mark(&mut quotient, 0)?,
				}
				let is_quotient = commitment == Commitment::Quotient;
				for value in values {
					match value {
						Value::Evaluation(index) if !is_quotient => mark(&mut evaluations, *index)?,
						Value::Quotient if is_quotient => {}
						_ => return None,
					}
				}
			}
		}
		let mut all = evaluations.iter().chain(&key).chain(&proof).chain(&quotient);
		all.all(|seen| *seen).then_some(())
	}
}

/// Marks what was not marked before.
fn mark(seen: &mut [bool], index: usize) -> Option<()> {
	let place = seen.get_mut(index)?;
	(!core::mem::replace(place, true)).then_some(())
}

#[cfg(test)]
mod tests {
	use super::*;

	/// A key that ends at 0x1000, with six points of its own, and two points and five evaluations in its proofs.
	const LAYOUT: Layout = Layout {
		end: 0x1000,
		scratch: 0x400,
		challenges: 0,
		points_at: 0x4e0,
		points: 6,
		constants_at: 0x660,
		constants: 0,
		proof_points: 2,
		quotients: 1,
		evaluations: 5,
	};

	/// A word of these bytes, the first lowest, and numbers of 16 bits after them.
	fn word(head: &[u8], groups: &[[u16; 2]], kind: &[u8]) -> [u8; 32] {
		let groups = groups.iter().flat_map(|group| [kind.to_vec(), group.map(u16::to_le_bytes).concat()].concat());
		let mut word = [0; 32];
		let bytes = head.iter().copied().chain(groups);
		word.iter_mut().rev().zip(bytes).for_each(|(to, from)| *to = from);
		word
	}

	#[test]
	fn ranges_name_no_more_evaluations_than_there_are() {
		// All five: the first alone, the others from the last down.
		let others = [0x184, 0x104];
		let values = |groups: &[[u16; 2]], left: &mut usize| {
			let words = [word(&[1, 0x04, 0x01], groups, &[0])];
			read_rows(Cursor(&words).counted().unwrap(), 1, &LAYOUT, left)
		};
		let mut left = LAYOUT.evaluations;
		assert_eq!(values(&[others], &mut left).unwrap().len(), 6);
		assert_eq!(left, 1);
		assert_eq!(values(&[others], &mut left), None, "what another set has named");
		assert_eq!(values(&[others; 2], &mut LAYOUT.evaluations.clone()), None);
	}

	#[test]
	fn ranges_name_no_more_commitments_than_there_are() {
		let all = [0x4e0 + 5 * 64, 0x4e0 - 64];
		let commitments = |groups: &[[u16; 2]], left: &mut usize| {
			let words = [word(&[0x84, 0, 0xa4, 0], groups, &[0, 0])];
			read_set(Cursor(&words).span(1).unwrap(), &LAYOUT, left)
		};
		let mut left = LAYOUT.points + LAYOUT.proof_points;
		assert_eq!(commitments(&[all], &mut left).unwrap().len(), 7);
		assert_eq!(left, 2);
		assert_eq!(commitments(&[all], &mut left), None, "what another set has named");
		assert_eq!(commitments(&[all; 2], &mut 8), None);
	}
}
