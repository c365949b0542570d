//! `vektor verify`: the runtime's own verifiers, on files.

mod certificates;
mod ezkl;
mod groth16;
mod nvidia;
mod snp;
mod tdx;
#[cfg(test)]
mod tests;

use std::{
	fmt::Display,
	path::{Path, PathBuf},
	process::ExitCode,
	time::{SystemTime, UNIX_EPOCH},
};

use clap::{Args, ValueEnum};
use serde_json::{json, Map, Value};
use vektor_client::{units, Error};

use crate::ui;

/// What to check, and against what.
#[derive(Args)]
pub struct Options {
	/// The kind of evidence.
	#[arg(long)]
	kind: Kind,
	/// What is trusted. groth16: the key, snarkjs's verification_key.json or arkworks' bytes. ezkl: the key, what
	/// create-evm-vka wrote. snp, tdx, nvidia: the certificate above all others [default: the makers': AMD's three
	/// issuers of chips' keys, Intel's root, NVIDIA's].
	// Text, as the key that signs is: clap keeps both under one name.
	#[arg(long, value_name = "FILE")]
	key: Option<String>,
	/// The evidence. groth16 and ezkl: proof.json, or the proof's bytes. snp and nvidia: the report. tdx: the quote.
	#[arg(long, value_name = "FILE")]
	proof: PathBuf,
	/// groth16: public.json. ezkl: proof.json, which has them. Both: or 32 bytes big-endian for each.
	#[arg(long, value_name = "FILE")]
	publics: Option<PathBuf>,
	/// ezkl: 128 bytes of the structured reference string that keys may be made with [default: the public perpetual
	/// powers of tau].
	#[arg(long, value_name = "HEX")]
	srs: Option<String>,
	/// snp: the certificate of the chip's key (VCEK). nvidia: the GPU's chain, leaf first. PEM or DER, in one file or
	/// several.
	#[arg(long, value_name = "FILE", num_args = 1..)]
	certificates: Vec<PathBuf>,
	/// tdx: what Intel says of the platform: encoded as the chain keeps it, or JSON as dcap-qvl writes it.
	#[arg(long, value_name = "FILE")]
	collateral: Option<PathBuf>,
	/// nvidia: the 32 bytes that the GPU was asked with.
	#[arg(long, value_name = "HEX")]
	nonce: Option<String>,
	/// snp, tdx, nvidia: when, in Unix seconds [default: now].
	#[arg(long, value_name = "SECONDS")]
	at: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Kind {
	/// Groth16 over BN254: circom with snarkjs, or arkworks.
	Groth16,
	/// A proof that ezkl made of an ONNX model.
	Ezkl,
	/// A report of an AMD SEV-SNP guest.
	Snp,
	/// A quote of an Intel TDX guest.
	Tdx,
	/// A report of an NVIDIA GPU.
	Nvidia,
}

/// Evidence that holds: in words, and what it says.
#[derive(Debug, PartialEq, Eq)]
struct Holds {
	words: String,
	facts: Vec<(&'static str, Value)>,
}

/// Why there is no evidence that holds.
#[derive(Debug, PartialEq, Eq)]
enum Failure {
	/// It was checked, and refused.
	Refused(String),
	/// It was not checked: wrong usage, or an unreadable file.
	Usage(String),
}

type Checked = Result<Holds, Failure>;

/// Checks, says so, and returns the exit code: 0 it holds, 1 it does not, 2 wrong usage or an unreadable file.
pub fn execute(options: &Options, as_json: bool) -> ExitCode {
	let checked = options.check();
	let (code, words) = match &checked {
		Ok(holds) => (0, holds.words.as_str()),
		Err(Failure::Refused(why)) => (1, why.as_str()),
		Err(Failure::Usage(why)) => (2, why.as_str()),
	};
	match (&checked, as_json) {
		(_, true) => {
			let facts = checked.as_ref().map_or(&[][..], |holds| &holds.facts);
			let facts: Map<_, _> = facts.iter().map(|(name, value)| (camel(name), value.clone())).collect();
			println!("{:#}", json!({ "holds": code == 0, "reason": words, "facts": facts }));
		}
		(Ok(holds), false) => println!("{}", holds.text()),
		(Err(Failure::Refused(_)), false) => eprintln!("Refused: {words}"),
		(Err(Failure::Usage(_)), false) => eprintln!("Error: {words}"),
	}
	ExitCode::from(code)
}

/// What Intel says of a family of platforms, as the chain keeps it, from a file in either form.
pub fn collateral(path: &Path) -> vektor_client::Result<Vec<u8>> {
	tdx::collateral(path).map_err(|(Failure::Refused(why) | Failure::Usage(why))| Error::Input(why))
}

impl Options {
	fn check(&self) -> Checked {
		self.nothing_beside_the_point()?;
		let key = self.key.as_deref().map(Path::new);
		let (proof, publics, collateral) = (&self.proof, self.publics.as_deref(), self.collateral.as_deref());
		match self.kind {
			Kind::Groth16 => groth16::check(self.needed("key", key)?, proof, self.needed("publics", publics)?),
			Kind::Ezkl => {
				let srs = self.srs.as_deref();
				ezkl::check(self.needed("key", key)?, proof, self.needed("publics", publics)?, srs)
			}
			Kind::Snp => snp::check(proof, &self.chain()?, key, self.now()?),
			Kind::Tdx => tdx::check(proof, self.needed("collateral", collateral)?, key, self.now()?),
			Kind::Nvidia => {
				let nonce = self.needed("nonce", self.nonce.as_deref())?;
				nvidia::check(proof, &self.chain()?, nonce, key, self.now()?)
			}
		}
	}

	/// An option that the kind has no use for is a mistake, and not to be passed over.
	fn nothing_beside_the_point(&self) -> Result<(), Failure> {
		let given = [
			("publics", self.publics.is_some()),
			("srs", self.srs.is_some()),
			("certificates", !self.certificates.is_empty()),
			("collateral", self.collateral.is_some()),
			("nonce", self.nonce.is_some()),
			("at", self.at.is_some()),
		];
		let takes: &[&str] = match self.kind {
			Kind::Groth16 => &["publics"],
			Kind::Ezkl => &["publics", "srs"],
			Kind::Snp => &["certificates", "at"],
			Kind::Tdx => &["collateral", "at"],
			Kind::Nvidia => &["certificates", "nonce", "at"],
		};
		match given.iter().find(|(name, is_given)| *is_given && !takes.contains(name)) {
			Some((name, _)) => Err(Failure::Usage(format!("--kind {} takes no --{name}", self.name()))),
			None => Ok(()),
		}
	}

	fn needed<T>(&self, name: &str, value: Option<T>) -> Result<T, Failure> {
		value.ok_or_else(|| Failure::Usage(format!("--kind {} needs --{name}", self.name())))
	}

	fn name(&self) -> String {
		format!("{:?}", self.kind).to_lowercase()
	}

	fn chain(&self) -> Result<Vec<Vec<u8>>, Failure> {
		let given = Some(&self.certificates).filter(|paths| !paths.is_empty());
		certificates::read_all(self.needed("certificates", given)?)
	}

	fn now(&self) -> Result<u64, Failure> {
		let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs());
		let before = |_| Failure::Usage("this machine's clock stands before 1970: name the time with --at".into());
		self.at.map_or_else(|| clock().map_err(before), Ok)
	}
}

impl Holds {
	fn text(&self) -> String {
		let width = self.facts.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
		let mut lines = vec![format!("Holds: {}", self.words)];
		for (name, value) in &self.facts {
			let mut values = match value {
				Value::Array(values) => values.iter().map(plain).collect(),
				other => vec![plain(other)],
			}
			.into_iter();
			lines.extend(values.next().map(|first| format!("{name:width$}  {first}")));
			lines.extend(values.map(|next| format!("{:width$}  {next}", "")));
		}
		lines.join("\n")
	}
}

/// A value without the quotes of JSON.
fn plain(value: &Value) -> String {
	value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The name that programs know a fact by: `report data` as `reportData`.
fn camel(name: &str) -> String {
	let mut words = name.split(' ');
	let first = words.next().unwrap_or_default().to_string();
	words.fold(first, |name, word| {
		let (head, tail) = word.split_at(word.len().min(1));
		name + &head.to_uppercase() + tail
	})
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
	std::fs::read(path).map_err(|e| Failure::Usage(format!("cannot read {}: {e}", path.display())))
}

/// That a file's content is refused, and which one's.
fn named<E: Display>(what: &str) -> impl Fn(E) -> Failure + '_ {
	move |why| Failure::Refused(format!("{what}: {why}"))
}

fn felts(bytes: &[u8]) -> Result<Vec<[u8; 32]>, String> {
	let (felts, rest) = bytes.as_chunks::<32>();
	match rest.is_empty() {
		true => Ok(felts.to_vec()),
		false => Err(format!("{} bytes are no whole number of 32", bytes.len())),
	}
}

/// Bytes that an option has in hexadecimal.
fn hex_option<const N: usize>(name: &str, text: &str) -> Result<[u8; N], Failure> {
	let bytes = units::parse_hex(text).ok().and_then(|bytes| bytes.try_into().ok());
	bytes.ok_or_else(|| Failure::Usage(format!("--{name} takes {N} bytes in hexadecimal")))
}

fn hex(bytes: impl AsRef<[u8]>) -> Value {
	units::hex_of(bytes).into()
}

fn date(seconds: u64) -> Value {
	ui::date(seconds).into()
}

fn all_hex<T: AsRef<[u8]>>(list: impl IntoIterator<Item = T>) -> Value {
	list.into_iter().map(hex).collect()
}
