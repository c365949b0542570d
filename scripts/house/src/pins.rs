//! One SDK line: every crate of the polkadot-sdk pinned to one version, and that one alone in the tree (docs/adr/0001).

use crate::tree::{list, string};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a published crate belongs to the SDK, by its name.
fn of_the_sdk(name: &str) -> bool {
	["frame-", "pallet-", "sc-", "sp-", "substrate-"].iter().any(|prefix| name.starts_with(prefix))
}

/// What is wrong with the SDK's pins.
pub fn faults(metadata: &Value) -> Vec<String> {
	let packages = list(metadata, "packages");
	let mut asked = BTreeMap::<&str, BTreeSet<&str>>::new();
	for package in packages.iter().filter(|package| package["source"].is_null()) {
		for dependency in list(package, "dependencies") {
			let name = string(dependency, "name");
			if of_the_sdk(name) && !dependency["source"].is_null() {
				asked.entry(name).or_default().insert(string(dependency, "req"));
			}
		}
	}
	let mut faults = Vec::new();
	for (name, reqs) in &asked {
		let resolved: BTreeSet<_> = packages
			.iter()
			.filter(|package| package["name"] == *name)
			.map(|package| string(package, "version"))
			.collect();
		if reqs.len() != 1 || reqs.iter().any(|req| !req.starts_with('=')) {
			faults.push(format!("{name} is not pinned once with `=`: {reqs:?}"));
		}
		if resolved.len() > 1 {
			faults.push(format!("{name} is in the tree more than once: {resolved:?}"));
		}
	}
	if asked.is_empty() {
		faults.push("no crate of the SDK was found".into());
	}
	faults
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn workspace(req: &str, versions: &[&str]) -> Value {
		let mut packages = vec![json!({ "source": null, "name": "ours", "version": "0.1.0",
			"dependencies": [{ "name": "sp-core", "source": "registry", "req": req }] })];
		packages.extend(versions.iter().map(|v| json!({ "source": "registry", "name": "sp-core", "version": v })));
		json!({ "packages": packages })
	}

	#[test]
	fn a_loose_version_a_second_one_and_none_are_found() {
		assert!(faults(&workspace("=43.0.0", &["43.0.0"])).is_empty());
		assert_eq!(faults(&workspace("^43", &["43.0.0"])).len(), 1);
		assert_eq!(faults(&workspace("=43.0.0", &["42.0.0", "43.0.0"])).len(), 1);
		assert_eq!(faults(&json!({ "packages": [] })).len(), 1);
	}
}
