//! Who signs.
//!
//! A key is named by the path of a file (a mnemonic, a seed in hexadecimal, or a secret URI, alone on one line), by the
//! folder of a Substrate keystore, or by a public development name such as `//Alice`. A secret itself is never an
//! argument: arguments are visible to every process of the machine and stay in the shell's history.

use std::{
	fmt, fs,
	io::Write,
	path::{Path, PathBuf},
	str::FromStr,
};

use subxt_signer::{sr25519::Keypair, SecretUri, DEV_PHRASE};

use crate::{AccountId, ChainKind, Error, Result};

/// A key that can sign. It never prints its secret.
#[derive(Clone)]
pub struct Key {
	pair: Keypair,
	public_secret: bool,
}

impl fmt::Debug for Key {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Key({})", self.account())
	}
}

impl Key {
	/// The account it signs for.
	pub fn account(&self) -> AccountId {
		AccountId::from(self.pair.public_key().0)
	}

	/// Whether everyone knows the secret: it derives from the development phrase.
	pub fn is_public(&self) -> bool {
		self.public_secret
	}

	/// Refuses a key that everyone knows on a chain that others use.
	pub fn allowed_on(&self, chain: ChainKind) -> Result<()> {
		if self.public_secret && !chain.is_development() {
			return Err(Error::Key(
				"this key derives from the public development phrase: anyone can spend from it. \
				 It works on development chains only; use a key file here"
					.into(),
			));
		}
		Ok(())
	}

	/// Signs a message: sr25519.
	pub fn sign(&self, message: &[u8]) -> [u8; 64] {
		self.pair.sign(message).0
	}

	pub(crate) fn pair(&self) -> &Keypair {
		&self.pair
	}

	fn from_uri(uri: &str) -> Result<Self> {
		let bare = uri.trim().trim_matches('"');
		let uri = match bare.len() == 64 && bare.bytes().all(|b| b.is_ascii_hexdigit()) {
			true => format!("0x{bare}"),
			false => bare.to_string(),
		};
		let unreadable =
			|| Error::Key("the key file holds no mnemonic, no 32-byte seed in hexadecimal and no secret URI".into());
		let parsed = SecretUri::from_str(&uri).map_err(|_| unreadable())?;
		let pair = Keypair::from_uri(&parsed).map_err(|_| unreadable())?;
		Ok(Self { pair, public_secret: uri.starts_with('/') || uri.starts_with(DEV_PHRASE) })
	}
}

/// Whether `signature` is that of the sr25519 key `public` for `message`.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
	let (public, signature) = (subxt_signer::sr25519::PublicKey(*public), subxt_signer::sr25519::Signature(*signature));
	subxt_signer::sr25519::verify(&signature, message, &public)
}

/// Reads the key that `spec` names; `account` says which one where a keystore folder holds several.
pub fn load(spec: &str, account: Option<&AccountId>) -> Result<Key> {
	if spec.starts_with("//") && !Path::new(spec).exists() {
		return Key::from_uri(spec);
	}
	let path = Path::new(spec);
	let meta = fs::metadata(path).map_err(|e| match looks_secret(spec) {
		true => Error::Key("a secret must not be an argument: write it to a file (chmod 600) and name the file".into()),
		false => Error::Key(format!("cannot read the key file {spec}: {e}")),
	})?;
	let key = match meta.is_dir() {
		true => from_keystore(path, account)?,
		false => Key::from_uri(&read_secret(path)?)?,
	};
	match account {
		Some(wanted) if *wanted != key.account() => {
			Err(Error::Key(format!("{spec} is the key of {}, not of {wanted}", key.account())))
		}
		_ => Ok(key),
	}
}

/// Makes a key from the operating system's randomness and writes it to a new file that only its owner can read.
pub fn create(path: &Path, seed: [u8; 32]) -> Result<Key> {
	let failed = |e: std::io::Error| Error::Key(format!("cannot write the key file {}: {e}", path.display()));
	let mut options = fs::OpenOptions::new();
	options.write(true).create_new(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	let mut file = options.open(path).map_err(failed)?;
	let text = format!("0x{}\n", hex::encode(seed));
	file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
	Key::from_uri(&text)
}

fn looks_secret(spec: &str) -> bool {
	let seed = spec.trim_start_matches("0x");
	spec.split_whitespace().count() >= 12 || (seed.len() == 64 && seed.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn read_secret(path: &Path) -> Result<String> {
	#[cfg(unix)]
	{
		use std::os::unix::fs::PermissionsExt;
		let mode = fs::metadata(path).map_or(0, |meta| meta.permissions().mode());
		if mode & 0o077 != 0 {
			let shown = path.display();
			return Err(Error::Key(format!(
				"others on this machine can read the key file {shown} (mode {:03o}). Run: chmod 600 {shown}",
				mode & 0o777
			)));
		}
	}
	fs::read_to_string(path).map_err(|e| Error::Key(format!("cannot read the key file {}: {e}", path.display())))
}

/// A Substrate keystore names each file by key type (4 bytes) and public key, in hexadecimal.
fn from_keystore(folder: &Path, account: Option<&AccountId>) -> Result<Key> {
	let entries = fs::read_dir(folder).map_err(|e| Error::Key(format!("cannot list {}: {e}", folder.display())))?;
	let mut found: Vec<(AccountId, PathBuf)> = entries
		.flatten()
		.filter_map(|entry| {
			let name = hex::decode(entry.file_name().to_str()?).ok()?;
			let public: [u8; 32] = name.get(4..)?.try_into().ok()?;
			Some((AccountId::from(public), entry.path()))
		})
		.filter(|(public, _)| account.is_none_or(|wanted| wanted == public))
		.collect();
	found.sort();
	found.dedup_by_key(|(public, _)| *public);
	match found.as_slice() {
		[(public, path)] => {
			let key = Key::from_uri(&read_secret(path)?)?;
			match key.account() == *public {
				true => Ok(key),
				false => Err(Error::Key(format!(
					"{} holds another key than its name says, or no sr25519 key",
					path.display()
				))),
			}
		}
		[] => Err(Error::Key(match account {
			Some(wanted) => format!("{} has no key of {wanted}", folder.display()),
			None => format!("{} holds no keystore file", folder.display()),
		})),
		several => {
			let accounts: Vec<_> = several.iter().map(|(public, _)| public.to_string()).collect();
			Err(Error::Key(format!(
				"{} holds several keys; choose one with --account: {}",
				folder.display(),
				accounts.join(", ")
			)))
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn write(dir: &Path, name: &str, text: &str, mode: u32) -> String {
		use std::os::unix::fs::PermissionsExt;
		let path = dir.join(name);
		fs::write(&path, text).unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
		path.to_str().unwrap().into()
	}

	#[test]
	fn a_development_name_works_on_development_chains_only() {
		let key = load("//Alice", None).unwrap();
		assert_eq!(key.account().to_string(), ALICE);
		assert!(key.allowed_on(ChainKind::Development).is_ok());
		assert!(key.allowed_on(ChainKind::Live).unwrap_err().to_string().contains("public development phrase"));
	}

	#[test]
	fn the_development_phrase_in_a_file_is_known_for_what_it_is() {
		let dir = tempfile::tempdir().unwrap();
		let path = write(dir.path(), "k", &format!("{DEV_PHRASE}//Alice\n"), 0o600);
		let key = load(&path, None).unwrap();
		assert_eq!(key.account().to_string(), ALICE);
		assert!(key.is_public());
	}

	#[test]
	fn mnemonic_seed_and_uri_files_are_read() {
		let dir = tempfile::tempdir().unwrap();
		let seed = "e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";
		let bare = load(&write(dir.path(), "a", seed, 0o600), None).unwrap();
		let prefixed = load(&write(dir.path(), "b", &format!("0x{seed}\n"), 0o600), None).unwrap();
		let derived = load(&write(dir.path(), "c", &format!("\"0x{seed}//Alice\""), 0o600), None).unwrap();
		assert_eq!(bare.account(), prefixed.account());
		assert_eq!(bare.account().to_string(), ALICE);
		assert_ne!(derived.account(), bare.account());
		assert!(!bare.is_public());
	}

	#[test]
	fn a_file_that_others_can_read_is_refused_with_the_command_that_mends_it() {
		let dir = tempfile::tempdir().unwrap();
		let path = write(dir.path(), "k", "//Alice", 0o644);
		let error = load(&path, None).unwrap_err().to_string();
		assert!(error.contains("chmod 600") && error.contains("644"), "{error}");
	}

	#[test]
	fn a_secret_as_an_argument_is_refused_and_not_repeated() {
		for secret in [DEV_PHRASE, "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a"] {
			let error = load(secret, None).unwrap_err().to_string();
			assert!(error.contains("must not be an argument") && !error.contains(secret), "{error}");
		}
	}

	#[test]
	fn a_keystore_folder_gives_its_key_and_asks_which_of_several() {
		let dir = tempfile::tempdir().unwrap();
		let name = |key: &Key| format!("{}{}", hex::encode("vktr"), hex::encode(key.pair.public_key().0));
		let (alice, bob) = (load("//Alice", None).unwrap(), load("//Bob", None).unwrap());
		write(dir.path(), &name(&alice), "\"//Alice\"", 0o600);
		let folder = dir.path().to_str().unwrap();
		assert_eq!(load(folder, None).unwrap().account(), alice.account());
		write(dir.path(), &name(&bob), "\"//Bob\"", 0o600);
		assert!(load(folder, None).unwrap_err().to_string().contains("--account"));
		assert_eq!(load(folder, Some(&bob.account())).unwrap().account(), bob.account());
	}

	#[test]
	fn a_new_key_file_is_private_and_never_overwritten() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("agent.key");
		let made = create(&path, [7; 32]).unwrap();
		assert_eq!(load(path.to_str().unwrap(), None).unwrap().account(), made.account());
		assert!(create(&path, [8; 32]).is_err());
	}
}
