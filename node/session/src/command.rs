//! Programs of others: a model, or what asks GPUs for their reports.

use std::{
	io::{self, Read, Write},
	path::{Path, PathBuf},
	process::{self, ExitStatus, Stdio},
	sync::mpsc::{self, Receiver},
	thread,
	time::{Duration, Instant},
};

/// How much of what a program said at last goes into an error, in bytes.
const SAID: usize = 2048;

/// How often a running program is looked at, and how long what it said is waited for once it has ended.
const GLANCE: Duration = Duration::from_millis(20);

/// Why a program gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
	/// It does not start.
	#[error("cannot run {program}: {error}")]
	NotRunnable {
		/// Its path.
		program: String,
		/// What the system says.
		error: io::Error,
	},
	/// It ended with an error.
	#[error("{program} failed ({status}): {said}")]
	Failed {
		/// Its path.
		program: String,
		/// How it ended.
		status: ExitStatus,
		/// The end of what it wrote to standard error.
		said: String,
	},
	/// It took too long and was ended.
	#[error("{program} was ended after {limit:?}: {said}")]
	TimedOut {
		/// Its path.
		program: String,
		/// How long it had.
		limit: Duration,
		/// The end of what it wrote to standard error.
		said: String,
	},
	/// It wrote more than anybody wants.
	#[error("{program} wrote more than {most} bytes")]
	TooMuch {
		/// Its path.
		program: String,
		/// As many it may write.
		most: usize,
	},
}

/// A program and its first arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
	program: PathBuf,
	arguments: Vec<String>,
}

impl Command {
	/// The program at a path, or of a name on `PATH`, and its first arguments.
	pub fn new(program: impl Into<PathBuf>, arguments: impl Into<Vec<String>>) -> Self {
		Self { program: program.into(), arguments: arguments.into() }
	}

	/// Where the program is, as it was named.
	pub fn program(&self) -> &Path {
		&self.program
	}

	/// Runs it with `more` arguments and gives what it writes to standard output, at most `most` bytes. `input` is what it reads at
	/// standard input. Blocks, for `limit` at the most: then the program is ended, but not what it has started itself. Nothing touches
	/// the disk: inputs are private.
	///
	/// # Errors
	/// See [`CommandError`].
	pub fn run(&self, more: &[&str], input: Vec<u8>, limit: Duration, most: usize) -> Result<Vec<u8>, CommandError> {
		let program = || self.program.display().to_string();
		let failed = |error| CommandError::NotRunnable { program: program(), error };
		let started = Instant::now();
		let mut child = process::Command::new(&self.program)
			.args(&self.arguments)
			.args(more)
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			.spawn()
			.map_err(failed)?;
		// Not to read all of it is the program's own affair.
		let written = child.stdin.take().map(|mut pipe| aside(move || pipe.write_all(&input)));
		let output = child.stdout.take().map(|pipe| aside(move || read(pipe, most)));
		let said = child.stderr.take().map(|pipe| aside(move || tail(pipe)));
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
		drop(written);
		let said = || said.as_ref().and_then(|said| said.recv_timeout(GLANCE).ok()).unwrap_or_default();
		// What it has started may still hold the pipe.
		let left = limit.saturating_sub(started.elapsed()).max(GLANCE);
		let output = output.and_then(|output| output.recv_timeout(left).ok());
		match (status, output) {
			(_, Some(Ok(None))) => Err(CommandError::TooMuch { program: program(), most }),
			(Some(status), _) if !status.success() => {
				Err(CommandError::Failed { program: program(), status, said: said() })
			}
			(Some(_), Some(Ok(Some(output)))) => Ok(output),
			(_, Some(Err(error))) => Err(failed(error)),
			_ => Err(CommandError::TimedOut { program: program(), limit, said: said() }),
		}
	}
}

/// Does something on a thread of its own, which nobody has to wait for.
fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
	let (done, result) = mpsc::channel();
	thread::spawn(move || {
		let _ = done.send(work());
	});
	result
}

/// All of it; nothing where that is more than `most` bytes.
fn read(pipe: impl Read, most: usize) -> io::Result<Option<Vec<u8>>> {
	let mut bytes = Vec::new();
	pipe.take(most as u64 + 1).read_to_end(&mut bytes)?;
	Ok(Some(bytes).filter(|bytes| bytes.len() <= most))
}

/// The end of it as text; as much as could be read, since it only goes into messages.
fn tail(mut pipe: impl Read) -> String {
	let (mut kept, mut chunk) = (Vec::new(), [0; SAID]);
	while let Ok(length @ 1..) = pipe.read(&mut chunk) {
		kept.extend_from_slice(&chunk[..length]);
		kept.drain(..kept.len().saturating_sub(SAID));
	}
	String::from_utf8_lossy(&kept).trim().to_owned()
}

#[cfg(test)]
mod tests {
	use super::*;

	const LIMIT: Duration = Duration::from_secs(30);

	fn shell(script: &str, input: &[u8], limit: Duration, most: usize) -> Result<Vec<u8>, CommandError> {
		let command = Command::new("/bin/sh", ["-c".into(), script.into(), "sh".into()]);
		command.run(&["more"], input.to_vec(), limit, most)
	}

	#[test]
	fn a_program_reads_the_input_and_is_heard() {
		assert_eq!(shell("cat; echo $1", b"1 2\n", LIMIT, 100).unwrap(), b"1 2\nmore\n");
	}

	#[test]
	fn an_input_and_an_output_longer_than_any_pipe_pass() {
		let input = vec![b'x'; 1 << 20];
		assert_eq!(shell("cat", &input, LIMIT, 1 << 20).unwrap(), input);
		assert_eq!(shell("echo 7", &input, LIMIT, 100).unwrap(), b"7\n", "it need not read");
	}

	#[test]
	fn a_failure_is_told_in_the_programs_last_words() {
		let script = "i=0; while [ $i -lt 400 ]; do echo noise >&2; i=$((i+1)); done; echo no weights >&2; exit 3";
		let error = shell(script, b"", LIMIT, 100).unwrap_err().to_string();
		assert!(error.starts_with("/bin/sh failed (exit status: 3)") && error.ends_with("no weights"), "{error}");
		assert!(error.len() < SAID + 100);
	}

	#[test]
	fn a_program_that_takes_too_long_is_ended() {
		let started = Instant::now();
		let error = shell("echo thinking >&2; exec sleep 60", b"", Duration::from_millis(200), 100).unwrap_err();
		assert!(matches!(&error, CommandError::TimedOut { said, .. } if said == "thinking"), "{error}");
		assert!(started.elapsed() < LIMIT);
	}

	#[test]
	fn a_program_that_leaves_another_behind_does_not_hold_us() {
		let started = Instant::now();
		let error = shell("sleep 60 & exit 0", b"", Duration::from_millis(200), 100).unwrap_err();
		assert!(matches!(error, CommandError::TimedOut { .. }), "{error}");
		assert!(started.elapsed() < LIMIT);
	}

	#[test]
	fn a_program_that_writes_too_much_is_refused() {
		let error = shell("while :; do echo 1; done", b"", LIMIT, 100).unwrap_err();
		assert!(matches!(error, CommandError::TooMuch { most: 100, .. }), "{error}");
	}

	#[test]
	fn a_program_that_is_not_there_is_named() {
		let error = Command::new("/nowhere/serve", []).run(&[], vec![], LIMIT, 100).unwrap_err().to_string();
		assert!(error.starts_with("cannot run /nowhere/serve: "), "{error}");
	}
}
