//! The genesis of each network, as JSON patches over the defaults: four economies, each as production, `-local`, `-dev`.
//!
//! * `economy`: what an economy is made of; `vektor`, `nexus`, `quiver`, `cxpt`: its numbers.
//! * `networks`: who runs it, and how fast.
//! * `genesis`: from both to the patch.
//! * `launch`: what a beneficiary file says, for programs.

pub mod cxpt;
pub mod economy;
pub mod genesis;
#[cfg(feature = "std")]
pub mod launch;
pub mod networks;
pub mod nexus;
pub mod quiver;
pub mod trust;
pub mod vektor;

use alloc::{vec, vec::Vec};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

use economy::Economy;

/// The economy of this name.
pub fn economy(name: &str) -> Option<Economy> {
	match name {
		"vektor" => Some(vektor::economy()),
		"nexus" => Some(nexus::economy()),
		"quiver" => Some(quiver::economy()),
		"cxpt" => Some(cxpt::economy()),
		_ => None,
	}
}

/// The presets, by the names under which they are asked for.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
	let id = match id.as_ref() {
		DEV_RUNTIME_PRESET => "vektor-dev",
		LOCAL_TESTNET_RUNTIME_PRESET => "vektor-local",
		other => other,
	};
	let genesis = match id.rsplit_once('-') {
		None => networks::production(economy(id)?),
		Some((name, "dev")) => networks::development(economy(name)?),
		Some((name, "local")) => networks::local(economy(name)?),
		Some(_) => return None,
	};
	serde_json::to_vec(&genesis.patch()).ok()
}

/// The names, aliases last.
pub fn names() -> Vec<PresetId> {
	vec![
		"vektor",
		"vektor-dev",
		"vektor-local",
		"nexus",
		"nexus-dev",
		"nexus-local",
		"quiver",
		"quiver-dev",
		"quiver-local",
		"cxpt",
		"cxpt-dev",
		"cxpt-local",
		DEV_RUNTIME_PRESET,
		LOCAL_TESTNET_RUNTIME_PRESET,
	]
	.into_iter()
	.map(PresetId::from)
	.collect()
}
