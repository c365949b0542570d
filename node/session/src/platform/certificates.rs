//! The certificates that an SNP guest's host hands over with a report (AMD's 56421, GHCB, MSG_REPORT_REQ).

use super::{PlatformError, MAX_CERTIFICATE};

/// `63da758d-e664-4564-adc5-f4b93be8accd` in the order in which it is written: AMD's own host tools put it into tables so.
const VCEK: [u8; 16] = [0x63, 0xda, 0x75, 0x8d, 0xe6, 0x64, 0x45, 0x64, 0xad, 0xc5, 0xf4, 0xb9, 0x3b, 0xe8, 0xac, 0xcd];

/// The same with its first three fields little-endian, as other hosts write it.
const VCEK_MIXED: [u8; 16] =
	[0x8d, 0x75, 0xda, 0x63, 0x64, 0xe6, 0x64, 0x45, 0xad, 0xc5, 0xf4, 0xb9, 0x3b, 0xe8, 0xac, 0xcd];

/// The bytes of an entry: id, offset from the table's start, length.
const ENTRY: usize = 24;

/// The VCEK's certificate in a table, if it is there. No table at all is an empty one.
pub fn vcek(table: &[u8]) -> Result<Option<Vec<u8>>, PlatformError> {
	let mut entries = table;
	while !entries.is_empty() {
		let (entry, rest) = entries.split_first_chunk::<ENTRY>().ok_or(PlatformError::Table)?;
		if *entry == [0; ENTRY] {
			return Ok(None);
		}
		let [id @ .., o0, o1, o2, o3, l0, l1, l2, l3] = entry;
		if [VCEK, VCEK_MIXED].contains(id) {
			let (offset, length) = (number([*o0, *o1, *o2, *o3]), number([*l0, *l1, *l2, *l3]));
			let end = offset.checked_add(length).filter(|_| (1..=MAX_CERTIFICATE).contains(&length));
			let certificate = end.and_then(|end| table.get(offset..end)).ok_or(PlatformError::Table)?;
			return Ok(Some(certificate.to_vec()));
		}
		entries = rest;
	}
	Ok(None)
}

fn number(bytes: [u8; 4]) -> usize {
	u32::from_le_bytes(bytes) as usize
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use proptest::prelude::*;

	/// The VLEK's id, which is none that counts here.
	const VLEK: [u8; 16] =
		[0xa8, 0x07, 0x4b, 0xc2, 0xa2, 0x5a, 0x48, 0x3e, 0xaa, 0xe6, 0x39, 0xc0, 0x45, 0xa0, 0xb8, 0xa1];

	/// A table of these certificates.
	pub fn table(certificates: &[([u8; 16], &[u8])]) -> Vec<u8> {
		let mut offset = (certificates.len() + 1) * ENTRY;
		let (mut entries, mut content) = (Vec::new(), Vec::new());
		for (id, certificate) in certificates {
			entries.extend_from_slice(id);
			entries.extend_from_slice(&(offset as u32).to_le_bytes());
			entries.extend_from_slice(&(certificate.len() as u32).to_le_bytes());
			content.extend_from_slice(certificate);
			offset += certificate.len();
		}
		[entries, vec![0; ENTRY], content].concat()
	}

	/// A table of a VCEK and something before it.
	pub fn table_of(certificate: &[u8]) -> Vec<u8> {
		table(&[(VLEK, b"another"), (VCEK, certificate)])
	}

	#[test]
	fn the_certificate_is_found_in_either_order_of_its_name() {
		for id in [VCEK, VCEK_MIXED] {
			assert_eq!(vcek(&table(&[(VLEK, b"another"), (id, b"certificate")])).unwrap().unwrap(), b"certificate");
		}
	}

	#[test]
	fn a_host_may_have_none() {
		for table in [vec![], vec![0; ENTRY], table(&[]), table(&[(VLEK, b"another")])] {
			assert_eq!(vcek(&table).unwrap(), None);
		}
	}

	#[test]
	fn what_lies_outside_of_the_table_is_not_read() {
		let good = table(&[(VCEK, b"certificate")]);
		for (at, number) in [(16, 60u32), (16, u32::MAX), (20, 12), (20, u32::MAX), (20, 0)] {
			let mut bad = good.clone();
			bad[at..at + 4].copy_from_slice(&number.to_le_bytes());
			assert!(matches!(vcek(&bad), Err(PlatformError::Table)), "{number} at {at}");
		}
		assert!(matches!(vcek(&good[..30]), Err(PlatformError::Table)));
		assert!(matches!(vcek(&good[..20]), Err(PlatformError::Table)));
		let long = vec![0; MAX_CERTIFICATE + 1];
		assert!(matches!(vcek(&table(&[(VCEK, &long)])), Err(PlatformError::Table)));
	}

	proptest! {
		#[test]
		fn foreign_bytes_are_no_panic(mut bytes: Vec<u8>, named: bool) {
			if named && bytes.len() > 16 {
				bytes[..16].copy_from_slice(&VCEK);
			}
			let _ = vcek(&bytes);
		}
	}
}
