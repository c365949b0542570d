//! Certificates in files: PEM or DER, one or several in each.

use std::path::{Path, PathBuf};

use der::{pem, Reader, SliceReader};

use super::{named, read, Failure};

const END: &str = "-----END CERTIFICATE-----";

/// The DER of all certificates of these files, in order.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
	let mut all = Vec::new();
	for path in paths {
		all.extend(split(&read(path)?).map_err(named(&path.display().to_string()))?);
	}
	Ok(all)
}

/// The DER of the one certificate of this file.
pub fn read_one(path: &Path) -> Result<Vec<u8>, Failure> {
	let found = split(&read(path)?).map_err(named(&path.display().to_string()))?;
	let count = found.len();
	let [one] = <[_; 1]>::try_from(found)
		.map_err(|_| Failure::Usage(format!("{} has {count} certificates, not one", path.display())))?;
	Ok(one)
}

fn split(bytes: &[u8]) -> der::Result<Vec<Vec<u8>>> {
	match std::str::from_utf8(bytes) {
		Ok(text) if text.contains("-----BEGIN") => text
			.split_inclusive(END)
			.filter(|block| block.contains("-----BEGIN"))
			.map(|block| Ok(pem::decode_vec(block.trim().as_bytes())?.1))
			.collect(),
		_ => {
			let mut reader = SliceReader::new(bytes)?;
			let mut found = Vec::new();
			while !reader.is_finished() {
				found.push(reader.tlv_bytes()?.to_vec());
			}
			Ok(found)
		}
	}
}
