//! What Intel's extension of a PCK certificate says of the platform.

use der::{
	asn1::{AnyRef, ObjectIdentifier, OctetStringRef},
	Decode, Reader, SliceReader, Tag,
};

use crate::{
	certificate::SGX,
	x509::{elements, within},
};

/// A platform, as its PCK certificate describes it.
pub(crate) struct Platform {
	pub ppid: [u8; 16],
	/// The versions of the 16 components below the enclaves.
	pub components: [u8; 16],
	pub pce_svn: u16,
	pub pce_id: [u8; 2],
	pub fmspc: [u8; 6],
}

impl Platform {
	/// Reads the extension's value. Fields that are not used here are passed over.
	pub fn read(extension: &[u8]) -> der::Result<Self> {
		let (mut ppid, mut pce_id, mut fmspc, mut pce_svn) = (None, None, None, None);
		let mut components = [None; 16];
		pairs(elements(extension)?, |name, value| match name.as_bytes().strip_prefix(SGX.as_bytes()) {
			Some([1]) => set(&mut ppid, octets(value)?),
			Some([2]) => pairs(within(value)?, |name, value| {
				let place = name.as_bytes().strip_prefix(SGX.as_bytes());
				match place {
					Some([2, 17]) => set(&mut pce_svn, value.decode_as()?),
					Some([2, place @ 1..=16]) => {
						let place = usize::from(place.saturating_sub(1));
						let slot = components.get_mut(place).ok_or_else(|| Tag::Sequence.value_error())?;
						set(slot, value.decode_as()?)
					}
					_ => Ok(()),
				}
			}),
			Some([3]) => set(&mut pce_id, octets(value)?),
			Some([4]) => set(&mut fmspc, octets(value)?),
			_ => Ok(()),
		})?;
		let missing = || Tag::Sequence.value_error();
		let mut all = [0; 16];
		for (all, component) in all.iter_mut().zip(components) {
			*all = component.ok_or_else(missing)?;
		}
		Ok(Self {
			ppid: ppid.ok_or_else(missing)?,
			components: all,
			pce_svn: pce_svn.ok_or_else(missing)?,
			pce_id: pce_id.ok_or_else(missing)?,
			fmspc: fmspc.ok_or_else(missing)?,
		})
	}
}

/// Each `SEQUENCE { name, value }` in turn.
fn pairs<'a>(
	mut reader: SliceReader<'a>,
	mut each: impl FnMut(ObjectIdentifier, AnyRef<'a>) -> der::Result<()>,
) -> der::Result<()> {
	while !reader.is_finished() {
		let mut pair = elements(reader.tlv_bytes()?)?;
		let (name, value) = (ObjectIdentifier::decode(&mut pair)?, AnyRef::decode(&mut pair)?);
		pair.finish(())?;
		each(name, value)?;
	}
	Ok(())
}

fn set<T>(slot: &mut Option<T>, value: T) -> der::Result<()> {
	match slot.replace(value) {
		None => Ok(()),
		Some(_) => Err(Tag::Sequence.value_error()),
	}
}

fn octets<const N: usize>(value: AnyRef) -> der::Result<[u8; N]> {
	let bytes: OctetStringRef = value.decode_as()?;
	bytes.as_bytes().try_into().map_err(|_| Tag::OctetString.value_error())
}
