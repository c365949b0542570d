//! Reports of NVIDIA GPUs.

use std::path::Path;

use vektor_verifier_nvidia::{verify, Facts, Issuer, DEVICE_ROOT};

use super::{all_hex, certificates, date, hex, hex_option, named, read, Checked, Failure, Holds};

/// Checks a report with the chain of the key that signed it, leaf first, under the root given or NVIDIA's.
pub fn check(report: &Path, chain: &[Vec<u8>], nonce: &str, root: Option<&Path>, now: u64) -> Checked {
	let nonce: [u8; 32] = hex_option("nonce", nonce)?;
	let report = read(report)?;
	let root = root.map_or_else(|| Ok(DEVICE_ROOT.to_vec()), certificates::read_one)?;
	let Some((leaf, authorities)) = chain.split_first() else {
		return Err(Failure::Usage("--certificates has no certificate".into()));
	};
	// Chains mostly end with the root, which is not what makes it trusted.
	let below = authorities.iter().rev().map(Vec::as_slice).filter(|der| *der != root);
	let issuer = Issuer::pin(&root).map_err(named("the root"))?;
	let issuer = issuer.authorities(&below.collect::<Vec<_>>(), now).map_err(named("the chain"))?;
	let facts = verify(&report, leaf, &issuer, &nonce, now).map_err(|e| Failure::Refused(e.to_string()))?;
	Ok(holds(&facts))
}

fn text(bytes: &[u8]) -> serde_json::Value {
	String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).collect::<String>().into()
}

fn holds(facts: &Facts) -> Holds {
	let [a, b, c, d, e] = facts.vbios_version;
	Holds {
		words: "the report is a GPU's that NVIDIA made. Alone it says nothing of any program: a CPU's quote must commit to it"
			.into(),
		facts: vec![
			("firmware digest", hex(facts.firmware_digest)),
			("driver digest", hex(facts.driver_digest)),
			("vbios version", format!("{a:02X}.{b:02X}.{c:02X}.{d:02X}.{e:02X}").into()),
			("driver version", text(&facts.driver_version)),
			("project", text(&facts.project)),
			("project sku", text(&facts.project_sku)),
			("chip sku", text(&facts.chip_sku)),
			("board", hex(facts.board_id)),
			("chip", hex(facts.chip)),
			("attestation key", hex(facts.attestation_key)),
			("valid until", date(facts.valid_until)),
			("key ids", all_hex(&facts.keys)),
		],
	}
}
