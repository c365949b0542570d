//! Files that people name.

use std::{fs, io::Write, path::Path};

use vektor_client::{Error, Result};

/// All of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
	fs::read(path).map_err(|e| Error::Input(format!("cannot read {}: {e}", path.display())))
}

/// Writes a file that was not there, readable by its owner alone; it is on the disk when this returns.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<()> {
	let mut options = fs::OpenOptions::new();
	options.write(true).create_new(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	let write = || {
		let mut file = options.open(path)?;
		file.write_all(bytes)?;
		file.sync_all()
	};
	write().map_err(|e| Error::Input(format!("cannot write {}: {e}", path.display())))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_written_is_its_owners_alone_and_replaces_nothing() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("secret");
		write_secret(&path, b"salted").unwrap();
		assert_eq!(read(&path).unwrap(), b"salted");
		#[cfg(unix)]
		{
			let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
			assert_eq!(mode & 0o777, 0o600);
		}
		assert!(write_secret(&path, b"other").unwrap_err().to_string().contains("exists"));
		assert_eq!(read(&path).unwrap(), b"salted");
		assert!(read(&dir.path().join("none")).unwrap_err().to_string().contains("cannot read"));
	}
}
