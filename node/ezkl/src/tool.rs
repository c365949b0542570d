//! ezkl's command, which this repository neither ships nor links.

use std::{
	ffi::{OsStr, OsString},
	fs::{self, File},
	io::{self, Read, Seek, SeekFrom},
	path::{Path, PathBuf},
	process::{Command, ExitStatus, Stdio},
	thread,
	time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::settings::VERSION;

/// What the command is called on `PATH`.
pub const COMMAND: &str = "ezkl";

/// How long the command may take to say its version.
const VERSION_LIMIT: Duration = Duration::from_secs(30);

/// How much of what the command said at last goes into an error, in bytes.
const SAID: u64 = 2048;

/// How often a running command is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// Why the command did not do it.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
	/// No such program.
	#[error("ezkl is not installed: there is no {0}. Install ezkl {VERSION}, or its Python package and put scripts/ezkl on PATH")]
	NotInstalled(String),
	/// The program is there and does not start.
	#[error("cannot run {program}: {error}")]
	NotRunnable {
		/// Its path.
		program: String,
		/// What the system says.
		error: io::Error,
	},
	/// Another version than [`VERSION`], or none.
	#[error("{program} says {said:?}: ezkl {VERSION} is needed")]
	Version {
		/// Its path.
		program: String,
		/// What it says of itself.
		said: String,
	},
	/// It ended with an error.
	#[error("ezkl {command} failed ({status}): {said}")]
	Failed {
		/// The subcommand.
		command: String,
		/// How it ended.
		status: ExitStatus,
		/// The end of what it said.
		said: String,
	},
	/// It took too long and was ended.
	#[error("ezkl {command} was ended after {limit:?}: {said}")]
	TimedOut {
		/// The subcommand.
		command: String,
		/// How long it had.
		limit: Duration,
		/// The end of what it said.
		said: String,
	},
	/// A file could not be written or read.
	#[error("{path}: {error}")]
	File {
		/// Its path.
		path: String,
		/// What the system says.
		error: io::Error,
	},
}

/// The files that a model is proved with, as `scripts/ezkl/make` names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Circuit {
	/// The compiled circuit.
	pub compiled: PathBuf,
	/// Its settings.
	pub settings: PathBuf,
	/// The proving key, hundreds of megabytes.
	pub proving_key: PathBuf,
	/// The verification key.
	pub verification_key: PathBuf,
	/// The SRS that the chain pins, of at least the circuit's rows.
	pub srs: PathBuf,
}

impl Circuit {
	/// `network.ezkl`, `settings.json`, `pk.key`, `vk.key` in `folder`, and an SRS.
	pub fn in_folder(folder: &Path, srs: &Path) -> Self {
		Self {
			compiled: folder.join("network.ezkl"),
			settings: folder.join("settings.json"),
			proving_key: folder.join("pk.key"),
			verification_key: folder.join("vk.key"),
			srs: srs.into(),
		}
	}
}

/// The command, found. Calls block: not for async threads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tool {
	program: PathBuf,
}

impl Tool {
	/// The program at `path`, or else [`COMMAND`] on `PATH`; it is of version [`VERSION`].
	///
	/// # Errors
	/// [`ToolError::NotInstalled`], [`ToolError::Version`], and those of a run.
	pub fn find(path: Option<&Path>) -> Result<Self, ToolError> {
		let search = std::env::var_os("PATH").unwrap_or_default();
		let program = match path {
			Some(path) => Some(path.to_path_buf()).filter(|path| path.is_file()),
			None => std::env::split_paths(&search).map(|folder| folder.join(COMMAND)).find(|path| path.is_file()),
		};
		let program = program.ok_or_else(|| {
			ToolError::NotInstalled(path.map_or(format!("{COMMAND} on PATH"), |path| path.display().to_string()))
		})?;
		let tool = Self { program };
		let said = tool.version()?;
		match said.split_whitespace().any(|word| word == VERSION) {
			true => Ok(tool),
			false => Err(ToolError::Version { program: tool.name(), said }),
		}
	}

	/// Where it is.
	pub fn program(&self) -> &Path {
		&self.program
	}

	/// What `--version` says, like `ezkl 23.0.5`.
	///
	/// # Errors
	/// Those of a run.
	pub fn version(&self) -> Result<String, ToolError> {
		self.run("--version", &[], VERSION_LIMIT)
	}

	/// Runs the model on the input file `input` and writes the witness: `gen-witness`.
	///
	/// # Errors
	/// Those of a run: [`ToolError::NotRunnable`], [`ToolError::Failed`], [`ToolError::TimedOut`], [`ToolError::File`].
	pub fn gen_witness(
		&self,
		circuit: &Circuit,
		input: &Path,
		witness: &Path,
		limit: Duration,
	) -> Result<(), ToolError> {
		let options = [
			("--data", input),
			("--compiled-circuit", &circuit.compiled),
			("--output", witness),
			("--vk-path", &circuit.verification_key),
			("--srs-path", &circuit.srs),
		];
		self.run("gen-witness", &options, limit).map(|_| ())
	}

	/// Proves a witness and writes the proof: `prove`.
	///
	/// # Errors
	/// Those of a run.
	pub fn prove(&self, circuit: &Circuit, witness: &Path, proof: &Path, limit: Duration) -> Result<(), ToolError> {
		let options = [
			("--witness", witness),
			("--compiled-circuit", &circuit.compiled),
			("--pk-path", &circuit.proving_key),
			("--proof-path", proof),
			("--srs-path", &circuit.srs),
		];
		self.run("prove", &options, limit).map(|_| ())
	}

	/// Has ezkl check a proof: `verify`. A chain's own verifier decides what it accepts; this one is a second opinion.
	///
	/// # Errors
	/// [`ToolError::Failed`] where it does not hold, and the others of a run.
	pub fn verify(&self, circuit: &Circuit, proof: &Path, limit: Duration) -> Result<(), ToolError> {
		let options = [
			("--proof-path", proof),
			("--settings-path", &circuit.settings),
			("--vk-path", &circuit.verification_key),
			("--srs-path", &circuit.srs),
		];
		self.run("verify", &options, limit).map(|_| ())
	}

	/// Runs the model on an input file's content and proves the answer: the content of `proof.json`, which has the proof and
	/// its instances. `limit` is for both together. What it leaves on disk meanwhile, only this user can read; it is
	/// removed whatever happens.
	///
	/// # Errors
	/// Those of a run.
	pub fn infer(&self, circuit: &Circuit, input_json: &str, limit: Duration) -> Result<Vec<u8>, ToolError> {
		let started = Instant::now();
		let folder = temporary()?;
		let [input, witness, proof] = ["input.json", "witness.json", "proof.json"].map(|name| folder.path().join(name));
		fs::write(&input, input_json).map_err(|error| file(&input, error))?;
		self.gen_witness(circuit, &input, &witness, limit)?;
		self.prove(circuit, &witness, &proof, limit.saturating_sub(started.elapsed()))?;
		fs::read(&proof).map_err(|error| file(&proof, error))
	}

	fn name(&self) -> String {
		self.program.display().to_string()
	}

	/// Runs a subcommand to its end or the limit's; gives what it printed, at most [`SAID`] bytes of it.
	fn run(&self, command: &str, options: &[(&str, &Path)], limit: Duration) -> Result<String, ToolError> {
		let folder = temporary()?;
		let open = |name: &str| {
			let path = folder.path().join(name);
			File::options().read(true).write(true).create_new(true).open(&path).map_err(|error| file(&path, error))
		};
		// Files and not pipes: a full pipe would stop the command, and a child of its own could keep one open for ever.
		let (mut output, mut errors) = (open("stdout")?, open("stderr")?);
		let failed = |error| ToolError::NotRunnable { program: self.name(), error };
		let handle = |file: &File| file.try_clone().map_err(failed);
		let arguments = options.iter().flat_map(|(name, value)| [OsString::from(name), value.as_os_str().into()]);
		let mut child = Command::new(&self.program)
			.args([OsStr::new(command)])
			.args(arguments)
			.env_remove("EZKLCONF")
			.env("RUST_BACKTRACE", "0")
			.env("RUST_LOG", "error")
			.stdin(Stdio::null())
			.stdout(handle(&output)?)
			.stderr(handle(&errors)?)
			.spawn()
			.map_err(failed)?;
		let started = Instant::now();
		let status = loop {
			match child.try_wait().map_err(failed)? {
				Some(status) => break Some(status),
				None if started.elapsed() >= limit => {
					child.kill().and_then(|()| child.wait()).map_err(failed)?;
					break None;
				}
				None => thread::sleep(GLANCE),
			}
		};
		let command = command.to_owned();
		match status {
			Some(status) if status.success() => Ok(tail(&mut output)),
			Some(status) => Err(ToolError::Failed { command, status, said: tail(&mut errors) }),
			None => Err(ToolError::TimedOut { command, limit, said: tail(&mut errors) }),
		}
	}
}

/// A folder that only this user can read and that goes when it is dropped: inputs are private.
fn temporary() -> Result<TempDir, ToolError> {
	tempfile::Builder::new().prefix("vektor-ezkl-").tempdir().map_err(|error| file(&std::env::temp_dir(), error))
}

fn file(path: &Path, error: io::Error) -> ToolError {
	ToolError::File { path: path.display().to_string(), error }
}

/// The end of a file; nothing where that cannot be read, since it only goes into messages.
fn tail(file: &mut File) -> String {
	let mut bytes = Vec::new();
	let length = file.seek(SeekFrom::End(0)).unwrap_or(0);
	let read = file.seek(SeekFrom::Start(length.saturating_sub(SAID))).and_then(|_| file.read_to_end(&mut bytes));
	match read {
		Ok(_) => String::from_utf8_lossy(&bytes).trim().to_owned(),
		Err(_) => String::new(),
	}
}
