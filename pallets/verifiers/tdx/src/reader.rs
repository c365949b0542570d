//! Reading little-endian structures from the front of bytes.

/// What is left to read. Every method returns `None` where too little is.
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
	pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
		let (head, rest) = self.0.split_at_checked(length)?;
		self.0 = rest;
		Some(head)
	}

	pub fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
		let (head, rest) = self.0.split_first_chunk()?;
		self.0 = rest;
		Some(head)
	}

	pub fn u16(&mut self) -> Option<u16> {
		self.array().copied().map(u16::from_le_bytes)
	}

	pub fn u32(&mut self) -> Option<u32> {
		self.array().copied().map(u32::from_le_bytes)
	}

	/// Bytes behind their number in two bytes.
	pub fn part(&mut self) -> Option<&'a [u8]> {
		let length = self.u16()?;
		self.take(length.into())
	}

	/// Bytes behind their number in four bytes.
	pub fn long_part(&mut self) -> Option<&'a [u8]> {
		let length = self.u32()?;
		self.take(usize::try_from(length).ok()?)
	}
}
