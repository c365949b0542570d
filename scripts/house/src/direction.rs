//! Who may depend on whom (docs/architecture.md, "Dependency direction").

use crate::tree::{list, string};
use serde_json::Value;

/// A crate's place in the house, told by its folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Floor {
	/// `pallets/primitives`, `pallets/math`, and what verifiers share: they know nothing of ours.
	Ground,
	/// `pallets/verifiers/*`: pure functions.
	Verifier,
	/// `pallets/*`.
	Pallet,
	/// `runtime/api`.
	RuntimeApi,
	/// `runtime`.
	Runtime,
	/// `runtime/rehearsal`: the next version, which never ships.
	Rehearsal,
	/// `circuits`: what operators prove, outside the node.
	Circuits,
	/// `node/rpc`.
	Rpc,
	/// `node/prober`: asks operators' endpoints, knows nothing of the chain.
	Prober,
	/// `node/ezkl`, `node/session`: what programs share and knows nothing of the chain.
	Tools,
	/// `node/client`.
	Client,
	/// `node/operator`, `node/cli`: they know the chain by its metadata.
	Program,
	/// `node`.
	Node,
	/// `scripts/house`.
	House,
	/// `fuzz`.
	Fuzz,
}

use Floor::*;

impl Floor {
	/// The floor of the crate in `folder`, a path below the root. A folder that is not listed has no floor yet.
	pub fn of(folder: &str) -> Option<Self> {
		Some(match folder.split('/').collect::<Vec<_>>()[..] {
			["pallets", "primitives" | "math"] | ["pallets", "verifiers", "bn254" | "x509"] => Ground,
			["pallets", "verifiers", _] => Verifier,
			["pallets", _] => Pallet,
			["runtime", "api"] => RuntimeApi,
			["runtime"] => Runtime,
			["runtime", "rehearsal"] => Rehearsal,
			["circuits"] => Circuits,
			["node", "rpc"] => Rpc,
			["node", "prober"] => Prober,
			["node", "ezkl" | "session"] => Tools,
			["node", "client"] => Client,
			["node", "operator" | "cli"] => Program,
			["node"] => Node,
			["scripts", "house"] => House,
			["fuzz"] => Fuzz,
			_ => return None,
		})
	}

	/// The floors that a crate of this floor may build on.
	pub fn below(self) -> &'static [Self] {
		match self {
			Ground | House | Prober => &[],
			Verifier => &[Ground],
			Pallet | Circuits | Tools => &[Ground, Verifier],
			RuntimeApi => &[Ground],
			Runtime => &[Ground, Verifier, Pallet, RuntimeApi],
			Rehearsal => &[Runtime],
			Rpc | Client => &[Ground, RuntimeApi],
			Program => &[Ground, Verifier, Circuits, Client, Tools],
			Fuzz => &[Ground, Verifier, Circuits],
			Node => &[Ground, RuntimeApi, Runtime, Rpc, Prober],
		}
	}

	/// The floors that its tests may use besides.
	pub fn below_in_tests(self) -> &'static [Self] {
		match self {
			Pallet | Runtime => &[Circuits],
			_ => &[],
		}
	}
}

/// One dependency between two crates of the workspace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
	/// The folder of the crate that depends.
	pub from: String,
	/// The folder of the crate that it depends on.
	pub to: String,
	/// Whether only its tests do.
	pub dev: bool,
}

/// Every dependency between crates of the workspace.
pub fn edges(metadata: &Value) -> Vec<Edge> {
	let root = string(metadata, "workspace_root");
	let folder = |path: &str| path.strip_prefix(root).unwrap_or(path).trim_matches('/').to_string();
	let mut edges = Vec::new();
	for package in list(metadata, "packages").iter().filter(|package| package["source"].is_null()) {
		let from = folder(string(package, "manifest_path").trim_end_matches("Cargo.toml"));
		for dependency in list(package, "dependencies").iter().filter(|dependency| dependency["path"].is_string()) {
			let to = folder(string(dependency, "path"));
			edges.push(Edge { from: from.clone(), to, dev: dependency["kind"] == "dev" });
		}
	}
	edges
}

/// The edges that do not go down, each with its reason.
pub fn violations(edges: &[Edge]) -> Vec<String> {
	let wrong = |edge: &Edge| {
		let (Some(from), Some(to)) = (Floor::of(&edge.from), Floor::of(&edge.to)) else {
			return Some(format!("{} -> {}: one of the two has no floor in direction.rs", edge.from, edge.to));
		};
		let in_tests = edge.dev && (from.below_in_tests().contains(&to) || edge.from == edge.to);
		let allowed = from.below().contains(&to) || in_tests;
		(!allowed).then(|| format!("{} -> {}: {from:?} may not build on {to:?}", edge.from, edge.to))
	};
	edges.iter().filter_map(wrong).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn edge(from: &str, to: &str) -> Edge {
		Edge { from: from.into(), to: to.into(), dev: false }
	}

	#[test]
	fn a_planted_upward_edge_is_found() {
		for (from, to) in [
			("pallets/primitives", "runtime"),
			("pallets/math", "pallets/primitives"),
			("pallets/jobs", "pallets/revenue"),
			("pallets/jobs", "runtime"),
			("runtime/api", "runtime"),
			("runtime", "node"),
			("node", "runtime/rehearsal"),
			("node/rpc", "runtime"),
			("node/client", "runtime"),
			("node/operator", "runtime"),
			("node/cli", "runtime/api"),
			("circuits", "node/client"),
			("somewhere/new", "pallets/primitives"),
		] {
			assert_eq!(violations(&[edge("node", "runtime"), edge(from, to)]).len(), 1, "{from} -> {to}");
		}
	}

	#[test]
	fn the_edges_of_the_architecture_pass() {
		for (from, to) in [
			("node", "node/rpc"),
			("node/rpc", "runtime/api"),
			("node", "runtime"),
			("runtime", "pallets/jobs"),
			("pallets/jobs", "pallets/primitives"),
			("pallets/revenue", "pallets/math"),
			("pallets/verification", "pallets/verifiers/groth16"),
			("node/cli", "circuits"),
		] {
			assert_eq!(violations(&[edge(from, to)]), Vec::<String>::new());
		}
	}

	#[test]
	fn tests_of_the_runtime_may_prove_but_the_runtime_may_not() {
		let tests = Edge { dev: true, ..edge("runtime", "circuits") };
		assert!(violations(&[tests]).is_empty());
		assert_eq!(violations(&[edge("runtime", "circuits")]).len(), 1);
	}

	#[test]
	fn edges_are_read_from_metadata() {
		let metadata = serde_json::json!({ "workspace_root": "/r", "packages": [
			{ "source": null, "manifest_path": "/r/node/rpc/Cargo.toml", "dependencies": [
				{ "path": "/r/runtime", "kind": null }, { "path": "/r/circuits", "kind": "dev" }, { "path": null } ] },
			{ "source": "registry", "manifest_path": "/x/Cargo.toml", "dependencies": [{ "path": "/r/runtime" }] },
		] });
		let read = edges(&metadata);
		assert_eq!(read, [edge("node/rpc", "runtime"), Edge { dev: true, ..edge("node/rpc", "circuits") }]);
	}
}
