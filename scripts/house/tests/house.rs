//! The house as it stands.

use std::{
	fs,
	os::unix::fs::PermissionsExt,
	path::PathBuf,
	process::{Command, Stdio},
};
use vektor_house::{direction, errors, ledger, pins, tree};

/// Fails with every fault on a line of its own.
fn no(faults: Vec<String>) {
	assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

/// The programs of `scripts/`: files without an ending.
fn scripts() -> Vec<PathBuf> {
	let entries = fs::read_dir(tree::root().join("scripts")).expect("scripts/ is there");
	let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
	paths.retain(|path| path.is_file() && path.extension().is_none());
	paths.sort();
	paths
}

#[test]
fn dependencies_only_go_down() {
	let edges = direction::edges(&tree::metadata());
	assert!(edges.len() > 20, "only {} edges were read", edges.len());
	no(direction::violations(&edges));
}

#[test]
fn every_sdk_crate_is_pinned_once() {
	no(pins::faults(&tree::metadata()));
}

#[test]
fn the_ledger_has_every_promise_and_names_only_tests_that_exist() {
	let root = tree::root();
	no(ledger::faults(&tree::text(&root.join("docs/ledger.md")), &ledger::tests(&root)));
}

#[test]
fn every_error_is_raised_by_some_test() {
	let entries = fs::read_dir(tree::root().join("pallets")).expect("pallets/ is there");
	no(entries.flatten().flat_map(|entry| errors::faults(&entry.path())).collect());
}

#[test]
fn the_runtime_runs_on_generated_weights() {
	let root = tree::root();
	let mut faults = Vec::new();
	for file in tree::files(&root.join("pallets"), "weights.rs") {
		if !tree::text(&file).starts_with("// Generated. benchmarking.rs: ") {
			faults.push(format!("{} is not generated", file.display()));
		}
	}
	let configs: String = tree::files(&root.join("runtime/src"), ".rs").iter().map(|file| tree::text(file)).collect();
	for entry in fs::read_dir(root.join("pallets")).expect("pallets/ is there").flatten() {
		let pallet = format!("pallet_{}", entry.file_name().to_string_lossy().replace('-', "_"));
		let weights = format!("type WeightInfo = {pallet}::weights::SubstrateWeight<Runtime>;");
		if entry.path().join("src/weights.rs").exists() && !configs.contains(&weights) {
			faults.push(format!("the runtime does not use the weights of {pallet}"));
		}
	}
	// The SDK exports no other for these three.
	let none = configs.matches("type WeightInfo = ();").count();
	if none != 3 {
		faults.push(format!("{none} pallets run without weights, and only Babe, Grandpa and Parameters may"));
	}
	no(faults);
}

#[test]
fn every_script_says_how_it_is_used() {
	for script in scripts() {
		let mode = fs::metadata(&script).expect("it is there").permissions().mode();
		assert!(mode & 0o111 != 0, "{} is not executable", script.display());
		let output = Command::new(&script).arg("--help").stdin(Stdio::null()).output().expect("it starts");
		let said = String::from_utf8_lossy(&output.stdout);
		assert!(output.status.success() && said.contains("--help"), "{} --help says: {said}", script.display());
	}
}

#[test]
fn the_readme_names_every_script() {
	let readme = tree::text(&tree::root().join("README.md"));
	let missing = scripts().into_iter().map(|path| format!("scripts/{}", path.file_name().unwrap().to_string_lossy()));
	no(missing.filter(|name| !readme.contains(name)).collect());
}

#[test]
fn what_the_readme_links_to_is_there() {
	let root = tree::root();
	let targets = |text: &str| -> Vec<String> {
		text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target.to_string()).collect()
	};
	let mut documents = vec![root.join("README.md")];
	documents.extend(tree::files(&root.join("docs"), ".md"));
	let mut dead = Vec::new();
	for document in documents {
		for target in targets(&tree::text(&document)) {
			let file = target.split('#').next().unwrap_or_default();
			if !file.is_empty() && !file.contains("://") && !document.with_file_name(file).exists() {
				dead.push(format!("{}: {target}", document.strip_prefix(&root).unwrap_or(&document).display()));
			}
		}
	}
	no(dead);
}

#[test]
fn no_file_names_this_machine() {
	let root = tree::root();
	let endings = [".md", ".sh", ".mjs", ".toml", ".json", ".rs", ".py"];
	let mut files: Vec<_> = endings.iter().flat_map(|ending| tree::files(&root, ending)).collect();
	files.extend(scripts());
	let mut places = vec![format!("{}/", root.display())];
	places.extend(std::env::var("HOME").ok().filter(|home| home.len() > 1).map(|home| format!("{home}/")));
	files.retain(|file| places.iter().any(|place| tree::text(file).contains(place.as_str())));
	no(files.iter().map(|file| file.display().to_string()).collect());
}
