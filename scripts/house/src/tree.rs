//! The repository as files, and the workspace as `cargo metadata` tells it.

use serde_json::Value;
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
};

/// The repository's root.
pub fn root() -> PathBuf {
	let here = Path::new(env!("CARGO_MANIFEST_DIR"));
	here.ancestors().nth(2).expect("scripts/house lies two folders below the root").to_path_buf()
}

/// A file's text; empty where there is no such file.
pub fn text(path: &Path) -> String {
	fs::read_to_string(path).unwrap_or_default()
}

/// Every file below `folder` whose name ends with `ending`, without what tools put there.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
	let mut found = Vec::new();
	let Ok(entries) = fs::read_dir(folder) else {
		return found;
	};
	for path in entries.flatten().map(|entry| entry.path()) {
		let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
		if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | ".git") {
			found.extend(files(&path, ending));
		} else if path.is_file() && name.ends_with(ending) {
			found.push(path);
		}
	}
	found.sort();
	found
}

/// What `cargo metadata` says of the workspace and all its packages.
pub fn metadata() -> Value {
	let output = Command::new(env!("CARGO"))
		.args(["metadata", "--format-version", "1", "--locked"])
		.current_dir(root())
		.output()
		.expect("cargo runs");
	assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
	serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// The list behind a key; empty where there is none.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
	value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The text behind a key; empty where there is none.
pub fn string<'a>(value: &'a Value, key: &str) -> &'a str {
	value[key].as_str().unwrap_or_default()
}
