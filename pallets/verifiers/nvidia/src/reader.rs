use crate::Error;

/// Bytes that are taken from the front.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
	pub fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
		let (head, tail) = self.0.split_at_checked(length).ok_or(Error::Malformed)?;
		self.0 = tail;
		Ok(head)
	}

	pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
		let (head, tail) = self.0.split_first_chunk().ok_or(Error::Malformed)?;
		self.0 = tail;
		Ok(*head)
	}

	/// What follows a length of two bytes, little-endian.
	pub fn sized(&mut self) -> Result<&'a [u8], Error> {
		let length = u16::from_le_bytes(self.array()?);
		self.take(length.into())
	}
}
