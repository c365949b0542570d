//! What instances mean, as the writer of a key says it.

use alloc::vec::Vec;

use super::Scaled;
use crate::words::{Cursor, WORD};

/// The number of hashes, and the scales of the other instances. Nothing is verified with them, so that they need not
/// cover all instances; they never speak of more.
pub(crate) fn read(mut cursor: Cursor, instances: usize) -> Option<(usize, Vec<Scaled>)> {
	let mut packed = cursor.counted()?;
	cursor.end()?;
	let _decimals = packed.u8()?;
	let (mut hashes, none) = split(packed.u8()?.into())?;
	(none == 0).then_some(())?;
	let mut counted = 0usize;
	let mut scaled = Vec::new();
	while packed.more() {
		let (count, carry) = split(packed.u32()?)?;
		// From 8 hashes on, the writer lets what does not fit their byte run into the first count.
		if carry != 0 {
			scaled.is_empty().then_some(())?;
			hashes = hashes.checked_add(carry.checked_mul(8)?)?;
		}
		let sign = packed.u8()?;
		let scale = i16::from(packed.u8()?);
		let scale = match sign {
			0 => scale.checked_neg()?,
			1 => scale,
			_ => return None,
		};
		counted = counted.checked_add(count)?;
		scaled.push(Scaled { count: u32::try_from(count).ok()?, scale });
	}
	scaled.retain(|group| group.count > 0);
	(hashes.checked_add(counted)? <= instances).then_some((hashes, scaled))
}

/// Bytes as words, and what is left.
fn split(bytes: u32) -> Option<(usize, usize)> {
	let (bytes, word) = (usize::try_from(bytes).ok()?, usize::from(WORD));
	Some((bytes.checked_div(word)?, bytes.checked_rem(word)?))
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec;

	/// A word whose low 16 bytes are the number.
	fn word(low: u128) -> [u8; 32] {
		let mut word = [0; 32];
		word[16..].copy_from_slice(&low.to_be_bytes());
		word
	}

	fn group(count: u32, scale: i16) -> Scaled {
		Scaled { count, scale }
	}

	/// Words that ezkl wrote for models of many kinds.
	#[test]
	fn what_ezkl_writes_is_read() {
		let read = |low, instances| read(Cursor(&[word(low)]), instances).unwrap();
		// No hash, ten outputs.
		assert_eq!(read(0x0d0100000140001201, 10), (0, vec![group(10, 13)]));
		// Hashes only.
		assert_eq!(read(0x601201, 3), (3, vec![]));
		// A hash, two tensors of outputs.
		assert_eq!(read(0x050100000060050100000080201201, 8), (1, vec![group(4, 5), group(3, 5)]));
		// A negative scale and one of zero, both with the sign zero.
		assert_eq!(read(0x60010000000080001201, 7), (0, vec![group(4, -1), group(3, 0)]));
		// Nine hashes: eight of them run into the count that follows.
		assert_eq!(read(0x040100000041201201, 11), (9, vec![group(2, 4)]));
	}

	#[test]
	fn more_than_there_is_or_what_is_cut_in_two_is_refused() {
		for (low, instances) in [
			(0x0d0100000140001201u128, 9),          // one too many
			(0x0d0100000140201201, 10),             // the same, with a hash
			(0x0d0100000140211201, 12),             // a part of a hash
			(0x0d0200000140001201, 10),             // a sign that is none
			(0x0d0100000140001202, 10),             // two words
			(0x0d0100000140001200, 10),             // no word
			(0x050100000061050100000080001201, 16), // hashes that run into the second count
		] {
			assert_eq!(read(Cursor(&[word(low)]), instances), None, "{low:#x}");
		}
		assert_eq!(read(Cursor(&[word(0x601201), word(1)]), 3), None);
		assert_eq!(read(Cursor(&[]), 3), None);
	}
}
