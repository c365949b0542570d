//! Reports of GPUs, from a program that asks their driver.

use std::time::Duration;

use serde::Deserialize;

use super::{Gpu, PlatformError, MAX_CERTIFICATE, MAX_GPUS};
use crate::Command;

/// How long asking all GPUs may take.
const LIMIT: Duration = Duration::from_secs(60);

/// The longest answer: all that is allowed below, in hexadecimal.
const MAX_ANSWER: usize = 2 * MAX_GPUS * (MAX_REPORT + (MAX_INTERMEDIATES + 2) * MAX_CERTIFICATE) + 64 * 1024;

/// The longest report that the chain takes.
const MAX_REPORT: usize = 8 * 1024;

/// The most certificates between a GPU's and the root's that the chain takes.
const MAX_INTERMEDIATES: usize = 4;

/// What is said of one GPU, in hexadecimal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
	/// Request and response of GET_MEASUREMENTS.
	report: String,
	/// DER: the GPU's first, the root's last.
	certificates: Vec<String>,
}

/// Runs the program with the nonce in hexadecimal as its last argument, and reads what it says.
pub fn ask(command: &Command, nonce: &[u8; 32]) -> Result<Vec<Gpu>, PlatformError> {
	let answer = command.run(&[&hex::encode(nonce)], Vec::new(), LIMIT, MAX_ANSWER)?;
	let bad = |why: String| PlatformError::Gpus(format!("{}: {why}", command.program().display()));
	let shown: Vec<Shown> = serde_json::from_slice(&answer).map_err(|e| bad(e.to_string()))?;
	if shown.len() > MAX_GPUS {
		return Err(bad(format!("{} GPUs, and a session has {MAX_GPUS} at most", shown.len())));
	}
	shown.into_iter().map(gpu).collect::<Result<_, _>>().map_err(bad)
}

fn gpu(shown: Shown) -> Result<Gpu, String> {
	let report = bytes("a report", &shown.report, MAX_REPORT)?;
	let mut chain: Vec<_> =
		shown.certificates.iter().map(|der| bytes("a certificate", der, MAX_CERTIFICATE)).collect::<Result<_, _>>()?;
	// The root is known, whatever is said of it.
	chain.pop();
	chain.reverse();
	let leaf = chain.pop().ok_or("fewer than two certificates of a GPU")?;
	match chain.len() {
		0..=MAX_INTERMEDIATES => Ok(Gpu { report, leaf, intermediates: chain }),
		more => Err(format!("{more} certificates between a GPU's and the root's, and {MAX_INTERMEDIATES} are most")),
	}
}

fn bytes(of: &str, digits: &str, most: usize) -> Result<Vec<u8>, String> {
	let bytes = hex::decode(digits.trim_start_matches("0x")).map_err(|e| format!("{of} is not hexadecimal: {e}"))?;
	match bytes.len() {
		0 => Err(format!("{of} is empty")),
		length if length > most => Err(format!("{of} has {length} bytes, and {most} are most")),
		_ => Ok(bytes),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::platform::{emulated, Emulated, MEASUREMENT};

	/// Asks a program that writes this, whatever the nonce.
	fn answered(answer: &str) -> Result<Vec<Gpu>, String> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("answer");
		std::fs::write(&path, answer).unwrap();
		let script = format!("[ ${{#1}} = 64 ] && cat {}", path.display());
		let command = Command::new("/bin/sh", ["-c".into(), script, "sh".into()]);
		ask(&command, &[9; 32]).map_err(|e| e.to_string())
	}

	fn shown(report: &[u8], certificates: &[&[u8]]) -> String {
		let certificates: Vec<_> = certificates.iter().map(hex::encode).collect();
		serde_json::json!([{ "report": hex::encode(report), "certificates": certificates }]).to_string()
	}

	#[test]
	fn a_program_says_what_gpus_say() {
		let gpus = Emulated::new([7; 64], MEASUREMENT, vec![3]).unwrap().gpus(&[9; 32]);
		let [gpu] = &gpus[..] else { panic!("one GPU") };
		let [model, chip] = &gpu.intermediates[..] else { panic!("two authorities") };
		let answer = shown(&gpu.report, &[&gpu.leaf, chip, model, &emulated::nvidia_root()]);
		assert_eq!(answered(&answer).unwrap(), gpus);
		assert_eq!(answered("[]").unwrap(), []);
	}

	#[test]
	fn what_is_no_evidence_is_refused_with_a_reason() {
		let (one, long) = ([1; 4], [1; MAX_CERTIFICATE + 1]);
		let many: Vec<_> = (0..=MAX_GPUS).map(|_| serde_json::json!({ "report": "00", "certificates": [] })).collect();
		for (answer, says) in [
			("".into(), "EOF"),
			("{}".into(), "expected a sequence"),
			(r#"[{"report":"00"}]"#.into(), "certificates"),
			(r#"[{"report":"zz","certificates":["00","00"]}]"#.into(), "a report is not hexadecimal"),
			(r#"[{"report":"","certificates":["00","00"]}]"#.into(), "a report is empty"),
			(shown(&one, &[&one]), "fewer than two"),
			(shown(&one, &[]), "fewer than two"),
			(shown(&one, &[&one[..]; 7]), "5 certificates between"),
			(shown(&one, &[&one, &long]), "4097 bytes"),
			(shown(&[1; MAX_REPORT + 1], &[&one, &one]), "8193 bytes"),
			(serde_json::Value::from(many).to_string(), "9 GPUs"),
		] {
			let error = answered(&answer).unwrap_err();
			assert!(error.starts_with("evidence of GPUs: /bin/sh: ") && error.contains(says), "{error}");
		}
	}
}
