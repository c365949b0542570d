//! What the configuration says of sessions: on what this machine's enclave runs, and what runs in it.

use std::{
	collections::BTreeSet,
	num::NonZeroU64,
	path::{Path, PathBuf},
	time::Duration,
};

use serde::Deserialize;
use vektor_client::{units, Error, Result, H256};
use vektor_primitives::ModelId;

/// The enclave that the agent runs in, and the models that it serves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionTerms {
	/// Where quotes come from.
	pub platform: PlatformKind,
	/// The file of the chip's certificate (DER), for SNP hosts that hand out none.
	pub vcek: Option<PathBuf>,
	/// The program that asks the GPUs for their reports, and its arguments. Without it the session has none.
	#[serde(default)]
	pub gpu_evidence: Vec<String>,
	/// What an emulated machine measures.
	pub measurement: Option<String>,
	/// The numbers of an emulated machine's GPUs.
	#[serde(default)]
	pub gpus: Vec<u8>,
	#[serde(default)]
	pub model: Vec<SessionModel>,
}

/// Where quotes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlatformKind {
	/// Linux in a confidential VM.
	Tsm,
	/// Keys that everybody knows: only development chains trust them.
	Emulated,
}

/// A registered model, and the program that is it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionModel {
	/// Its id.
	pub model: String,
	/// The program and its arguments.
	pub command: Vec<String>,
	/// How long it may take for one input, in seconds; until the job's deadline where nothing is said.
	pub time_limit: Option<NonZeroU64>,
}

impl SessionModel {
	/// Its id.
	pub fn id(&self) -> Result<ModelId> {
		Ok(ModelId(H256(units::parse_hash(&self.model)?)))
	}

	/// How long it may take for one input, where that is said.
	pub fn time_limit(&self) -> Option<Duration> {
		self.time_limit.map(|seconds| Duration::from_secs(seconds.get()))
	}
}

impl SessionTerms {
	/// What an emulated machine measures, where that is said.
	pub fn measurement(&self) -> Result<Option<[u8; 48]>> {
		let Some(digits) = &self.measurement else { return Ok(None) };
		let bytes = units::parse_hex(digits).ok().and_then(|bytes| bytes.try_into().ok());
		bytes.map(Some).ok_or_else(|| Error::Input("session.measurement is not 0x and 96 hexadecimal digits".into()))
	}

	/// Checks what is there, and makes paths absolute; `known` are models that are served otherwise.
	pub(super) fn check(&mut self, known: &mut BTreeSet<ModelId>, inside: impl Fn(&Path) -> PathBuf) -> Result<()> {
		let only = |name: &str, platform: &str| {
			Err(Error::Input(format!("session.{name} is for the platform \"{platform}\", and another is named")))
		};
		match self.platform {
			PlatformKind::Tsm if self.measurement.is_some() => return only("measurement", "emulated"),
			PlatformKind::Tsm if !self.gpus.is_empty() => return only("gpus", "emulated"),
			PlatformKind::Emulated if self.vcek.is_some() => return only("vcek", "tsm"),
			PlatformKind::Emulated if !self.gpu_evidence.is_empty() => return only("gpu_evidence", "tsm"),
			_ => (),
		}
		self.measurement()?;
		self.vcek = self.vcek.as_deref().map(&inside);
		place(&mut self.gpu_evidence, &inside);
		if self.model.is_empty() {
			return Err(Error::Input("session names no model: add a [[session.model]]".into()));
		}
		for model in &mut self.model {
			let id = model.id().map_err(|e| Error::Input(format!("session.model: {e}")))?;
			if !known.insert(id) {
				return Err(Error::Input(format!("session.model {} is there twice", model.model)));
			}
			if model.command.first().is_none_or(String::is_empty) {
				return Err(Error::Input(format!("session.model {} has no command", model.model)));
			}
			place(&mut model.command, &inside);
		}
		Ok(())
	}
}

/// A program that is named by a path is where that says; another is looked for on `PATH`.
fn place(command: &mut [String], inside: impl Fn(&Path) -> PathBuf) {
	if let Some(program) = command.first_mut().filter(|program| program.contains('/')) {
		*program = inside(Path::new(program)).display().to_string();
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{config::Config, init};

	fn parse(more: &str) -> Result<Config> {
		let good = init::config_text(&init::Options::default());
		Config::parse(&format!("{good}{more}"), Path::new("/home/op"))
	}

	fn model(byte: &str) -> String {
		format!("[[session.model]]\nmodel = \"0x{}\"\ncommand = [\"bin/serve\", \"--quiet\"]\n", byte.repeat(32))
	}

	#[test]
	fn models_in_an_enclave_are_named_beside_the_others() {
		assert_eq!(parse("").unwrap().session, None);
		let text = "[session]\nplatform = \"tsm\"\nvcek = \"vcek.der\"\ngpu_evidence = [\"nvgpu\", \"-q\"]\n";
		let limited = format!("{}time_limit = 90\n", model("cd"));
		let session = parse(&format!("{text}{}{limited}", model("ab"))).unwrap().session.unwrap();
		assert_eq!(session.platform, PlatformKind::Tsm);
		assert_eq!(session.vcek.as_deref(), Some(Path::new("/home/op/vcek.der")));
		assert_eq!(session.gpu_evidence, ["nvgpu", "-q"], "on PATH");
		let limits: Vec<_> = session.model.iter().map(SessionModel::time_limit).collect();
		assert_eq!(limits, [None, Some(Duration::from_secs(90))]);
		assert_eq!(session.model[0].id().unwrap(), ModelId(H256([0xab; 32])));
		assert_eq!(session.model[0].command, ["/home/op/bin/serve", "--quiet"]);

		let text = format!("[session]\nplatform = \"emulated\"\ngpus = [7]\nmeasurement = \"0x{}\"\n", "03".repeat(48));
		let session = parse(&format!("{text}{}", model("ab"))).unwrap().session.unwrap();
		assert_eq!((session.measurement().unwrap(), session.gpus), (Some([3; 48]), vec![7]));
	}

	#[test]
	fn a_session_that_cannot_be_is_refused() {
		let one = model("ab");
		let tsm = |more: &str| format!("[session]\nplatform = \"tsm\"\n{more}");
		let emulated = |more: &str| format!("[session]\nplatform = \"emulated\"\n{more}");
		let ezkl = format!("[[ezkl]]\nmodel = \"0x{}\"\nfolder = \"m\"\nsrs = \"kzg.srs\"\n", "ab".repeat(32));
		for (bad, says) in [
			(tsm(""), "names no model"),
			(tsm(&format!("{one}{one}")), "is there twice"),
			(tsm(&format!("{one}{ezkl}")), "is there twice"),
			(tsm(&one.replace("0xab", "0x")), "session.model"),
			(tsm(&one.replace("\"bin/serve\", \"--quiet\"", "")), "has no command"),
			(tsm(&one.replace("command", "comand")), "comand"),
			(one.clone(), "platform"),
			(format!("[session]\nplatform = \"sgx\"\n{one}"), "sgx"),
			(tsm(&format!("gpus = [3]\n{one}")), "session.gpus is for the platform \"emulated\""),
			(tsm(&format!("measurement = \"0x00\"\n{one}")), "session.measurement is for"),
			(emulated(&format!("vcek = \"v\"\n{one}")), "session.vcek is for the platform \"tsm\""),
			(emulated(&format!("gpu_evidence = [\"nvgpu\"]\n{one}")), "session.gpu_evidence is for"),
			(emulated(&format!("measurement = \"0x00\"\n{one}")), "96 hexadecimal"),
		] {
			let error = parse(&bad).unwrap_err().to_string();
			assert!(error.contains(says), "{error}");
		}
	}
}
