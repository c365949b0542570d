//! `vektor verify`: the runtime's own verifier, on files.

use std::{
	path::{Path, PathBuf},
	process::ExitCode,
};

use clap::{Args, ValueEnum};
use serde_json::json;
use vektor_verifier_groth16::{snarkjs, verify, Key};

/// What to check.
#[derive(Args)]
pub struct Options {
	/// The kind of proof.
	#[arg(long)]
	kind: Kind,
	/// The verification key: snarkjs's verification_key.json, or arkworks' bytes.
	// Text, as the key that signs is: clap keeps both under one name.
	#[arg(long, value_name = "FILE")]
	key: String,
	/// The proof: snarkjs's proof.json, or arkworks' 128 or 256 bytes.
	#[arg(long, value_name = "FILE")]
	proof: PathBuf,
	/// The public inputs: snarkjs's public.json, or 32 bytes big-endian for each.
	#[arg(long, value_name = "FILE")]
	publics: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
	/// Groth16 over BN254: circom with snarkjs, or arkworks.
	Groth16,
}

/// How a check ends.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
	Holds { publics: usize },
	Refused(String),
	Unreadable(String),
}

/// Checks, says so, and returns the exit code: 0 it holds, 1 it does not, 2 a file cannot be read.
pub fn execute(options: &Options, as_json: bool) -> ExitCode {
	let verdict = match options.kind {
		Kind::Groth16 => groth16(Path::new(&options.key), &options.proof, &options.publics),
	};
	let (code, holds, words) = match verdict {
		Verdict::Holds { publics } => (0, true, format!("the proof holds for these {publics} public inputs")),
		Verdict::Refused(why) => (1, false, why),
		Verdict::Unreadable(why) => (2, false, why),
	};
	match (as_json, code) {
		(true, _) => println!("{:#}", json!({ "holds": holds, "reason": words })),
		(false, 0) => println!("Holds: {words}"),
		(false, 1) => eprintln!("Refused: {words}"),
		(false, _) => eprintln!("Error: {words}"),
	}
	ExitCode::from(code)
}

fn groth16(key: &Path, proof: &Path, publics: &Path) -> Verdict {
	let read = |path: &Path| {
		std::fs::read(path).map_err(|e| Verdict::Unreadable(format!("cannot read {}: {e}", path.display())))
	};
	let check = || -> Result<usize, Verdict> {
		let (key, proof, publics) = (read(key)?, read(proof)?, read(publics)?);
		let named = |what: &str, why: String| Verdict::Refused(format!("the {what}: {why}"));
		let publics = match snarkjs::is_json(&publics) {
			true => snarkjs::publics(&publics).map_err(|e| named("public inputs", e.to_string()))?,
			false => felts(&publics).map_err(|why| named("public inputs", why))?,
		};
		let count = u32::try_from(publics.len()).unwrap_or(u32::MAX);
		let key = match snarkjs::is_json(&key) {
			true => snarkjs::key(&key).map_err(|e| named("key", e.to_string()))?,
			false => Key::parse(&key, count).map_err(|e| named("key", e.to_string()))?,
		};
		let proof = match snarkjs::is_json(&proof) {
			true => snarkjs::proof(&proof).map_err(|e| named("proof", e.to_string()))?,
			false => proof,
		};
		verify(&key.to_prepared(), &publics, &proof).map_err(|e| Verdict::Refused(e.to_string()))?;
		Ok(publics.len())
	};
	match check() {
		Ok(publics) => Verdict::Holds { publics },
		Err(verdict) => verdict,
	}
}

fn felts(bytes: &[u8]) -> Result<Vec<[u8; 32]>, String> {
	let (felts, rest) = bytes.as_chunks::<32>();
	match rest.is_empty() {
		true => Ok(felts.to_vec()),
		false => Err(format!("{} bytes are no whole number of 32", bytes.len())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn vector(name: &str) -> PathBuf {
		let folder = "../../pallets/verifiers/groth16/vectors/snarkjs_mlp";
		Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name)
	}

	struct Files {
		dir: tempfile::TempDir,
	}

	impl Files {
		/// The vector, in binary.
		fn binary() -> Self {
			let files = Self { dir: tempfile::tempdir().unwrap() };
			let json = |name| std::fs::read(vector(name)).unwrap();
			files.write("key", &snarkjs::key(&json("vk.json")).unwrap().to_bytes());
			files.write("proof", &snarkjs::proof(&json("proof.json")).unwrap());
			files.write("publics", &snarkjs::publics(&json("public.json")).unwrap().concat());
			files
		}

		fn path(&self, name: &str) -> PathBuf {
			self.dir.path().join(name)
		}

		fn write(&self, name: &str, bytes: &[u8]) {
			std::fs::write(self.path(name), bytes).unwrap();
		}

		fn check(&self) -> Verdict {
			groth16(&self.path("key"), &self.path("proof"), &self.path("publics"))
		}
	}

	#[test]
	fn what_snarkjs_wrote_holds_as_json_and_as_bytes_and_mixed() {
		let json = groth16(&vector("vk.json"), &vector("proof.json"), &vector("public.json"));
		assert!(matches!(json, Verdict::Holds { .. }), "{json:?}");
		let files = Files::binary();
		assert_eq!(files.check(), json);
		assert_eq!(groth16(&vector("vk.json"), &files.path("proof"), &vector("public.json")), json);
	}

	#[test]
	fn a_flipped_bit_anywhere_is_refused() {
		for name in ["key", "proof", "publics"] {
			let length = std::fs::read(Files::binary().path(name)).unwrap().len();
			for place in [0, length / 2, length - 1] {
				let files = Files::binary();
				let mut bytes = std::fs::read(files.path(name)).unwrap();
				bytes[place] ^= 1;
				files.write(name, &bytes);
				assert!(matches!(files.check(), Verdict::Refused(_)), "{name} {place}");
			}
		}
	}

	#[test]
	fn files_of_the_wrong_kind_are_refused_with_their_name() {
		let (key, proof, publics) = (vector("vk.json"), vector("proof.json"), vector("public.json"));
		for (verdict, name) in [
			(groth16(&proof, &proof, &publics), "key"),
			(groth16(&key, &key, &publics), "proof"),
			(groth16(&key, &proof, &key), "public inputs"),
		] {
			let Verdict::Refused(why) = verdict else { panic!("{name}") };
			assert!(why.contains(name), "{why}");
		}
	}

	#[test]
	fn a_file_that_is_not_there_is_a_matter_of_usage() {
		let missing = Path::new("/nowhere/at/all");
		assert!(matches!(groth16(missing, missing, missing), Verdict::Unreadable(_)));
	}

	#[test]
	fn exit_codes_are_as_promised() {
		let files = Files::binary();
		let options = |proof: PathBuf| Options {
			kind: Kind::Groth16,
			key: files.path("key").display().to_string(),
			proof,
			publics: files.path("publics"),
		};
		let code = |proof| format!("{:?}", execute(&options(proof), true));
		assert_eq!(code(files.path("proof")), format!("{:?}", ExitCode::from(0)));
		assert_eq!(code(files.path("key")), format!("{:?}", ExitCode::from(1)));
		assert_eq!(code(files.path("none")), format!("{:?}", ExitCode::from(2)));
	}

	#[test]
	fn the_key_to_check_with_is_read_beside_the_one_that_signs() {
		use clap::Parser;
		let words =
			["vektor", "verify", "--kind", "groth16", "--key", "vk", "--proof", "proof", "--publics", "publics"];
		let cli = crate::Cli::try_parse_from(words).unwrap();
		let crate::Command::Verify(options) = cli.command else { panic!() };
		assert_eq!((options.key.as_str(), options.proof.as_path()), ("vk", Path::new("proof")));
	}
}
