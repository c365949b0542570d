//! One synced file per job: whatever was acknowledged survives a crash.
//!
//! A file is written beside its name, synced, renamed over it, and the folder is synced: a reader sees the old content or
//! the new, never half of it.

use std::{
	fs, io,
	io::Write,
	path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use vektor_primitives::JobId;

/// Writes `bytes` to `path`, readable by its owner alone, and returns once they are on the disk.
pub fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
	let beside = path.with_extension("part");
	let mut options = fs::OpenOptions::new();
	options.write(true).create(true).truncate(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	let mut file = options.open(&beside)?;
	file.write_all(bytes)?;
	file.sync_all()?;
	fs::rename(&beside, path)?;
	fs::File::open(folder)?.sync_all()
}

/// A proof that is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
	#[serde(with = "bytes")]
	pub proof: Vec<u8>,
	pub outputs: Vec<vektor_client::H256>,
}

/// A delivery that was signed and may have been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
	/// The agent account's nonce that it uses.
	pub nonce: u64,
	/// How many nonces were signed with for this job, this one included: each may have cost a fee.
	pub attempts: u32,
}

impl Sent {
	/// After `before`, with `nonce`: one that was signed before and never used costs nothing more.
	pub fn again(before: Option<Self>, nonce: u64) -> Self {
		match before {
			Some(before) if before.nonce == nonce => before,
			Some(before) => Self { nonce, attempts: before.attempts.saturating_add(1) },
			None => Self { nonce, attempts: 1 },
		}
	}
}

/// Bytes as hexadecimal digits.
mod bytes {
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	pub fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
		s.serialize_str(&hex::encode(bytes))
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
		hex::decode(String::deserialize(d)?).map_err(D::Error::custom)
	}
}

/// All that the agent must remember of a job: nothing else is trusted after a restart but the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
	pub job: JobId,
	/// The chain's genesis hash.
	pub genesis: vektor_client::H256,
	/// The best block when the input was accepted.
	pub accepted_at: u64,
	/// The input, as the client sent it.
	#[serde(with = "bytes")]
	pub payload: Vec<u8>,
	#[serde(default)]
	pub proof: Option<Proof>,
	#[serde(default)]
	pub sent: Option<Sent>,
	/// The live time at which a brake refused the delivery: it moves again when the chain does.
	#[serde(default)]
	pub held_at: Option<u32>,
	/// Why nothing more is done: the chain will not take the delivery, or there is no proof.
	#[serde(default)]
	pub failed: Option<String>,
}

impl Record {
	/// In a word.
	pub fn stage(&self) -> &'static str {
		match self {
			Self { failed: Some(_), .. } => "failed",
			Self { sent: Some(_), .. } => "delivering",
			Self { proof: Some(_), .. } => "proved",
			_ => "accepted",
		}
	}
}

/// The folder of the records.
#[derive(Clone, Debug)]
pub struct Store {
	folder: PathBuf,
}

impl Store {
	/// Opens the folder and makes it if it is missing.
	pub fn open(folder: PathBuf) -> io::Result<Self> {
		fs::create_dir_all(&folder)?;
		Ok(Self { folder })
	}

	fn path(&self, job: &JobId) -> PathBuf {
		self.folder.join(format!("{}.json", hex::encode(job.0)))
	}

	/// Keeps the record; it is on the disk when this returns.
	pub fn put(&self, record: &Record) -> io::Result<()> {
		write_synced(&self.path(&record.job), &serde_json::to_vec(record)?)
	}

	/// The record of a job.
	pub fn get(&self, job: &JobId) -> io::Result<Option<Record>> {
		match fs::read(self.path(job)) {
			Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
			Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(e) => Err(e),
		}
	}

	/// Forgets a job.
	pub fn remove(&self, job: &JobId) -> io::Result<()> {
		match fs::remove_file(self.path(job)) {
			Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
			_ => fs::File::open(&self.folder)?.sync_all(),
		}
	}

	/// How many records there are. Reads none of them.
	pub fn count(&self) -> io::Result<usize> {
		let paths = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.path());
		Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")).count())
	}

	/// All records, and the files that are none. What a crash left half-written was never acknowledged: it is dropped.
	pub fn all(&self) -> io::Result<(Vec<Record>, Vec<PathBuf>)> {
		let (mut records, mut damaged) = (Vec::new(), Vec::new());
		for entry in fs::read_dir(&self.folder)? {
			let path = entry?.path();
			match path.extension().and_then(|extension| extension.to_str()) {
				Some("json") => match serde_json::from_slice(&fs::read(&path)?) {
					Ok(record) => records.push(record),
					Err(_) => damaged.push(path),
				},
				_ => continue,
			}
		}
		records.sort_by_key(|record: &Record| record.accepted_at);
		Ok((records, damaged))
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use vektor_client::H256;
	use vektor_primitives::hash;

	pub fn record(n: u8) -> Record {
		Record {
			job: JobId(hash(&n)),
			genesis: H256::zero(),
			accepted_at: n.into(),
			payload: vec![n; 96],
			proof: None,
			sent: None,
			held_at: None,
			failed: None,
		}
	}

	#[test]
	fn every_stage_is_read_back_as_written() {
		let dir = tempfile::tempdir().unwrap();
		let store = Store::open(dir.path().join("jobs")).unwrap();
		let mut record = record(1);
		let mut stages = vec![record.stage()];
		store.put(&record).unwrap();
		for step in 0..3 {
			match step {
				0 => record.proof = Some(Proof { proof: vec![1; 128], outputs: vec![H256::repeat_byte(3); 10] }),
				1 => record.sent = Some(Sent { nonce: 7, attempts: 1 }),
				_ => record.failed = Some("Jobs.NotOpen".into()),
			}
			store.put(&record).unwrap();
			stages.push(record.stage());
			let reopened = Store::open(dir.path().join("jobs")).unwrap();
			assert_eq!(reopened.get(&record.job).unwrap().as_ref(), Some(&record));
		}
		assert_eq!(stages, ["accepted", "proved", "delivering", "failed"]);
	}

	#[test]
	fn a_crash_while_writing_leaves_the_last_acknowledged_state() {
		let dir = tempfile::tempdir().unwrap();
		let store = Store::open(dir.path().into()).unwrap();
		let kept = record(1);
		store.put(&kept).unwrap();
		// The process died after opening the file beside, before the rename.
		fs::write(store.path(&kept.job).with_extension("part"), b"{\"job\":").unwrap();
		fs::write(store.path(&record(2).job).with_extension("part"), b"").unwrap();
		let (records, damaged) = store.all().unwrap();
		assert_eq!((records, damaged), (vec![kept.clone()], vec![]));
		assert_eq!(store.count().unwrap(), 1);
		assert_eq!(store.get(&record(2).job).unwrap(), None);
		store.put(&kept).unwrap();
		assert_eq!(store.get(&kept.job).unwrap(), Some(kept));
	}

	#[test]
	fn a_file_that_is_no_record_hides_no_other() {
		let dir = tempfile::tempdir().unwrap();
		let store = Store::open(dir.path().into()).unwrap();
		store.put(&record(1)).unwrap();
		fs::write(dir.path().join("zz.json"), b"not one").unwrap();
		let (records, damaged) = store.all().unwrap();
		assert_eq!((records.len(), damaged.len()), (1, 1));
	}

	#[test]
	fn inputs_are_readable_by_their_owner_alone() {
		use std::os::unix::fs::PermissionsExt;
		let dir = tempfile::tempdir().unwrap();
		let store = Store::open(dir.path().into()).unwrap();
		store.put(&record(1)).unwrap();
		let mode = fs::metadata(store.path(&record(1).job)).unwrap().permissions().mode();
		assert_eq!(mode & 0o777, 0o600);
	}

	#[test]
	fn a_forgotten_job_is_gone_and_may_be_forgotten_twice() {
		let dir = tempfile::tempdir().unwrap();
		let store = Store::open(dir.path().into()).unwrap();
		store.put(&record(1)).unwrap();
		store.remove(&record(1).job).unwrap();
		store.remove(&record(1).job).unwrap();
		assert_eq!(store.all().unwrap().0, vec![]);
	}
}
