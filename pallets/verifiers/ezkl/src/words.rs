//! 32-byte words: whole, as field elements, and packed with small numbers.

use ark_ff::{BigInt, PrimeField};

/// The bytes of a word.
pub(crate) const WORD: u16 = 32;

/// 32 bytes, a big-endian number.
pub(crate) type Word = [u8; 32];

/// The number of a word, if it is below the order of `F`.
pub(crate) fn element<F: PrimeField<BigInt = BigInt<4>>>(word: &Word) -> Option<F> {
	let mut limbs = [0u64; 4];
	let (chunks, _) = word.as_chunks::<8>();
	for (limb, chunk) in limbs.iter_mut().rev().zip(chunks) {
		*limb = u64::from_be_bytes(*chunk);
	}
	F::from_bigint(BigInt::new(limbs))
}

/// The number of a word, if it has 16 bits: counters and addresses do.
pub(crate) fn small(word: &Word) -> Option<u16> {
	let (high, low) = word.split_last_chunk::<2>()?;
	high.iter().all(|byte| *byte == 0).then_some(u16::from_be_bytes(*low))
}

/// Words that are taken from the front.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a>(pub &'a [Word]);

impl<'a> Cursor<'a> {
	pub fn take(&mut self, count: usize) -> Option<&'a [Word]> {
		let (head, tail) = self.0.split_at_checked(count)?;
		self.0 = tail;
		Some(head)
	}

	pub fn word(&mut self) -> Option<&'a Word> {
		let (head, tail) = self.0.split_first()?;
		self.0 = tail;
		Some(head)
	}

	/// The next word, packed.
	pub fn packed(&mut self) -> Option<Packed<'a>> {
		self.word().map(Packed::new)
	}

	/// The next words, packed, as many as the first byte says.
	pub fn counted(&mut self) -> Option<Packed<'a>> {
		let mut packed = self.packed()?;
		let count = packed.u8()?;
		packed.extend(self, count)?;
		Some(packed)
	}

	/// The next `count` words, packed.
	pub fn span(&mut self, count: u8) -> Option<Packed<'a>> {
		let mut packed = self.packed()?;
		packed.extend(self, count)?;
		Some(packed)
	}

	/// Nothing is left.
	pub fn end(&self) -> Option<()> {
		self.0.is_empty().then_some(())
	}
}

/// Small numbers in one word or more, the first in the lowest bytes of the first word. None lies in two words.
///
/// A list ends where nothing but zeros is left, so an item that is all zero is never the last one.
#[derive(Clone, Copy)]
pub(crate) struct Packed<'a> {
	/// What is left of this word.
	rest: &'a [u8],
	/// The zeros at the high end of this word.
	zeros: usize,
	/// The words after it.
	next: &'a [Word],
}

impl<'a> Packed<'a> {
	fn new(word: &'a Word) -> Self {
		let zeros = word.iter().take_while(|byte| **byte == 0).count();
		Self { rest: word, zeros, next: &[] }
	}

	/// Makes `count` words of this one, with what follows at `cursor`. No word that follows is empty.
	pub fn extend(&mut self, cursor: &mut Cursor<'a>, count: u8) -> Option<()> {
		self.next = cursor.take(usize::from(count).checked_sub(1)?)?;
		self.next.iter().all(|word| *word != [0; 32]).then_some(())
	}

	pub fn u8(&mut self) -> Option<u8> {
		let (last, rest) = self.rest.split_last()?;
		self.rest = rest;
		Some(*last)
	}

	pub fn u16(&mut self) -> Option<u16> {
		let (rest, last) = self.rest.split_last_chunk()?;
		self.rest = rest;
		Some(u16::from_be_bytes(*last))
	}

	pub fn u32(&mut self) -> Option<u32> {
		let (rest, last) = self.rest.split_last_chunk()?;
		self.rest = rest;
		Some(u32::from_be_bytes(*last))
	}

	/// The next number, if it is `expected`.
	pub fn is(&mut self, expected: usize) -> Option<()> {
		(usize::from(self.u16()?) == expected).then_some(())
	}

	/// Whether another item follows, in this word or the next.
	pub fn more(&mut self) -> bool {
		if self.rest.len() > self.zeros {
			return true;
		}
		match self.next.split_first() {
			Some((word, next)) => {
				*self = Self { next, ..Self::new(word) };
				true
			}
			None => false,
		}
	}

	/// The words that are not used up, this one included.
	pub fn words(&self) -> usize {
		self.next.len().saturating_add(1)
	}

	/// Nothing but zeros is left.
	pub fn end(&mut self) -> Option<()> {
		(!self.more()).then_some(())
	}
}

/// `A` as the place of an item of `size` in an area that starts at `start`, in items.
pub(crate) fn place(address: u16, start: usize, size: u16) -> Option<usize> {
	let offset = usize::from(address).checked_sub(start)?;
	let size = usize::from(size);
	(offset.checked_rem(size)? == 0).then_some(())?;
	offset.checked_div(size)
}
