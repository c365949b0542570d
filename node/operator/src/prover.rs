use std::{
	path::{Path, PathBuf},
	sync::Arc,
};

use rand::rngs::OsRng;
use vektor_circuits::digits::{self, Payload, Proved, ProvingKey};
use vektor_client::{units, Error, Result};
use vektor_primitives::Felt;

use crate::store;

/// The digits model's proving key, and the file that it lies in: `digits-<hash of the verification key>.pk`.
#[derive(Clone)]
pub struct DigitsKey {
	pub file: PathBuf,
	pub hash: String,
	key: Arc<ProvingKey>,
}

impl DigitsKey {
	fn new(folder: &Path, key: ProvingKey) -> Self {
		let hash = hex::encode(&units::blake2_256(&key.verifying_key())[..8]);
		Self { file: folder.join(format!("digits-{hash}.pk")), hash, key: Arc::new(key) }
	}

	/// The verification key, for the model's record.
	pub fn verifying_key(&self) -> Vec<u8> {
		self.key.verifying_key()
	}

	/// Proves what the model says of `payload`. Takes a while: not for the async threads.
	pub fn prove(&self, payload: &Payload, binding: &Felt) -> std::result::Result<Proved, digits::ProveError> {
		digits::prove(&self.key, payload, binding, &mut OsRng)
	}
}

/// The proving key in `folder`: of several, the one whose file name comes first.
pub fn find(folder: &Path) -> Result<Option<DigitsKey>> {
	let mut files: Vec<PathBuf> = match std::fs::read_dir(folder) {
		Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
		Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
		Err(e) => return Err(Error::Input(format!("cannot list {}: {e}", folder.display()))),
	};
	files.retain(|file| {
		let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
		name.starts_with("digits-") && name.ends_with(".pk")
	});
	files.sort();
	let Some(file) = files.into_iter().next() else {
		return Ok(None);
	};
	let unreadable = |reason: String| Error::Key(format!("cannot use the proving key {}: {reason}", file.display()));
	let bytes = std::fs::read(&file).map_err(|e| unreadable(e.to_string()))?;
	let key = ProvingKey::from_bytes(&bytes).map_err(|e| unreadable(e.to_string()))?;
	Ok(Some(DigitsKey::new(folder, key)))
}

/// The proving key in `folder`, made from the operating system's randomness if there is none; and whether it was made.
pub fn find_or_make(folder: &Path) -> Result<(DigitsKey, bool)> {
	if let Some(key) = find(folder)? {
		return Ok((key, false));
	}
	let (key, _) = digits::setup(&mut OsRng).map_err(|e| Error::Key(format!("cannot make a proving key: {e}")))?;
	let bytes = key.to_bytes();
	let key = DigitsKey::new(folder, key);
	store::write_synced(&key.file, &bytes)
		.map_err(|e| Error::Key(format!("cannot write {}: {e}", key.file.display())))?;
	Ok((key, true))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_made_key_is_found_again_and_proves() {
		let dir = tempfile::tempdir().unwrap();
		assert!(find(dir.path()).unwrap().is_none());
		let (made, new) = find_or_make(dir.path()).unwrap();
		let (found, again) = find_or_make(dir.path()).unwrap();
		assert!(new && !again);
		assert_eq!((made.hash.clone(), made.verifying_key()), (found.hash.clone(), found.verifying_key()));
		let sample = &digits::held_out()[0];
		let payload = Payload { pixels: sample.pixels, salt: [9; 32] };
		let proved = found.prove(&payload, &[0; 32]).unwrap();
		assert_eq!(digits::logits(&proved.outputs).unwrap(), sample.logits);
	}

	#[test]
	fn a_damaged_key_is_named_and_never_replaced() {
		let dir = tempfile::tempdir().unwrap();
		std::fs::write(dir.path().join("digits-00.pk"), b"half").unwrap();
		let error = find_or_make(dir.path()).err().unwrap().to_string();
		assert!(error.contains("digits-00.pk"), "{error}");
	}
}
