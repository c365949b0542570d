//! Quotes of Intel TDX guests.

use std::path::Path;

use serde::Deserialize;
use vektor_client::units;
use vektor_verifier_groth16::snarkjs::is_json;
use vektor_verifier_tdx::{pcs::Answers, trim, verify, Facts, Root, INTEL_ROOT};

use super::{all_hex, certificates, date, hex, named, read, Checked, Failure, Holds};

/// Intel's answers in one file, as dcap-qvl writes them: documents as text, lists and signatures in hexadecimal.
#[derive(Deserialize)]
struct Collected {
	pck_crl_issuer_chain: String,
	pck_crl: String,
	root_ca_crl: String,
	tcb_info_issuer_chain: String,
	tcb_info: String,
	tcb_info_signature: String,
	qe_identity_issuer_chain: String,
	qe_identity: String,
	qe_identity_signature: String,
}

/// Checks a quote with what Intel says of its platform, under the root given or Intel's.
pub fn check(quote: &Path, documents: &Path, root: Option<&Path>, now: u64) -> Checked {
	let (quote, parts) = (read(quote)?, collateral(documents)?);
	let root = root.map_or_else(|| Ok(INTEL_ROOT.to_vec()), certificates::read_one)?;
	let root = Root::parse(&root).map_err(named("the root"))?;
	// Quoting services hand out longer buffers.
	let quote = trim(&quote).unwrap_or(&quote);
	let facts = verify(quote, &parts, &root, now).map_err(|e| Failure::Refused(e.to_string()))?;
	Ok(holds(&facts))
}

/// Collateral as the chain keeps it, from a file in either form.
pub fn collateral(path: &Path) -> Result<Vec<u8>, Failure> {
	let bytes = read(path)?;
	match is_json(&bytes) {
		true => collected(&bytes),
		false => Ok(bytes),
	}
}

fn collected(json: &[u8]) -> Result<Vec<u8>, Failure> {
	let answers: Collected = serde_json::from_slice(json).map_err(named("the collateral"))?;
	let list = |text: &str| units::parse_hex(text).map_err(|_| named("the collateral")("a list is not hexadecimal"));
	let answer =
		|name: &str, document: &str, signature: &str| format!(r#"{{"{name}":{document},"signature":"{signature}"}}"#);
	let answers = Answers {
		pck_crl: &list(&answers.pck_crl)?,
		pck_crl_chain: &answers.pck_crl_issuer_chain,
		root_crl: &list(&answers.root_ca_crl)?,
		tcb_info: &answer("tcbInfo", &answers.tcb_info, &answers.tcb_info_signature),
		tcb_info_chain: &answers.tcb_info_issuer_chain,
		qe_identity: &answer("enclaveIdentity", &answers.qe_identity, &answers.qe_identity_signature),
		qe_identity_chain: &answers.qe_identity_issuer_chain,
	}
	.collateral();
	answers.map_err(named("the collateral"))
}

fn holds(facts: &Facts) -> Holds {
	let td = &facts.td;
	Holds {
		words: "the quote is of a guest that Intel's hardware measured: trust in that hardware and who has it in hand"
			.into(),
		facts: vec![
			("image", hex(td.measurement())),
			("report data", hex(td.report_data)),
			("mrtd", hex(td.mrtd)),
			("rtmr", all_hex(td.rtmr)),
			("xfam", hex(td.xfam)),
			("attributes", hex(td.attributes)),
			("status", facts.tcb_status.to_string().into()),
			("advisories", facts.advisories.into()),
			("evaluation", facts.tcb_evaluation_number.into()),
			("fmspc", hex(facts.fmspc)),
			("device", hex(facts.device)),
			("valid until", date(facts.valid_until)),
			("key ids", all_hex([facts.pck])),
		],
	}
}
