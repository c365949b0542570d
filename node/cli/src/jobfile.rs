//! What only the client knows of a job: the payload. Kept until the job is settled, so that a crash loses no escrow to a
//! missed deadline. Files are named by the commitment, which is known before the job's id is.

use std::{
	fs, io,
	io::Write,
	path::{Path, PathBuf},
};

use vektor_client::{Error, Result};

/// The folder of the payloads.
pub struct JobFiles {
	folder: PathBuf,
}

impl JobFiles {
	/// `~/.vektor/jobs`.
	pub fn open() -> Result<Self> {
		let home =
			std::env::var_os("HOME").ok_or_else(|| Error::Input("HOME is not set: nowhere to keep jobs".into()))?;
		Self::at(PathBuf::from(home).join(".vektor/jobs"))
	}

	fn at(folder: PathBuf) -> Result<Self> {
		fs::create_dir_all(&folder).map_err(|e| failed(&folder, e))?;
		Ok(Self { folder })
	}

	fn path(&self, commitment: &[u8; 32]) -> PathBuf {
		self.folder.join(format!("{}.payload", hex::encode(commitment)))
	}

	/// Keeps a payload, readable by its owner alone; it is on the disk when this returns.
	pub fn keep(&self, commitment: &[u8; 32], payload: &[u8]) -> Result<()> {
		let path = self.path(commitment);
		let write = || -> io::Result<()> {
			let mut options = fs::OpenOptions::new();
			options.write(true).create(true).truncate(true);
			#[cfg(unix)]
			std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
			let mut file = options.open(&path)?;
			file.write_all(payload)?;
			file.sync_all()?;
			fs::File::open(&self.folder)?.sync_all()
		};
		write().map_err(|e| failed(&path, e))
	}

	/// The payload behind a commitment, if it was made here and its job is not done.
	pub fn payload(&self, commitment: &[u8; 32]) -> Result<Option<Vec<u8>>> {
		let path = self.path(commitment);
		match fs::read(&path) {
			Ok(bytes) => Ok(Some(bytes)),
			Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(e) => Err(failed(&path, e)),
		}
	}

	/// Forgets a payload whose job is done.
	pub fn forget(&self, commitment: &[u8; 32]) {
		let _ = fs::remove_file(self.path(commitment));
	}
}

fn failed(path: &Path, e: io::Error) -> Error {
	Error::Input(format!("cannot use {}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_payload_is_kept_until_its_job_is_done() {
		let dir = tempfile::tempdir().unwrap();
		let files = JobFiles::at(dir.path().join("jobs")).unwrap();
		assert_eq!(files.payload(&[1; 32]).unwrap(), None);
		files.keep(&[1; 32], b"salted").unwrap();
		let reopened = JobFiles::at(dir.path().join("jobs")).unwrap();
		assert_eq!(reopened.payload(&[1; 32]).unwrap().as_deref(), Some(b"salted".as_slice()));
		reopened.forget(&[1; 32]);
		assert_eq!(files.payload(&[1; 32]).unwrap(), None);
	}
}
