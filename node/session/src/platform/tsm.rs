//! Reports of Linux' common interface for confidential VMs (Documentation/ABI/testing/configfs-tsm-report).

use std::{
	fs::{self, File},
	io::{Read, Write},
	path::{Path, PathBuf},
};

use rand::{rngs::OsRng, RngCore};

use super::{certificates, gpus, Gpu, PlatformError, Quote, MAX_CERTIFICATE};
use crate::Command;

/// Where Linux offers reports.
pub const REPORTS: &str = "/sys/kernel/config/tsm/report";

/// An SNP report, and where in it stands what it was asked to say.
const SNP_REPORT: usize = 0x4a0;
const SNP_DATA: usize = 0x50;

/// The longest quote of TDX that the chain takes.
const MAX_QUOTE: usize = 8 * 1024;

/// The most that Linux hands out at once.
const MAX_BLOB: usize = 32 * 1024;

/// A confidential VM under Linux.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tsm {
	/// Where Linux offers reports: [`REPORTS`].
	pub reports: PathBuf,
	/// The file of the chip's certificate, DER, for SNP hosts that hand out none.
	pub vcek: Option<PathBuf>,
	/// What asks the GPUs for their reports. Without it the session has none.
	pub gpus: Option<Command>,
}

impl Tsm {
	pub(super) fn evidence(&self, report_data: &[u8; 64]) -> Result<Quote, PlatformError> {
		self.ask(&Entry::new(&self.reports)?, report_data)
	}

	pub(super) fn gpus(&self, nonce: &[u8; 32]) -> Result<Vec<Gpu>, PlatformError> {
		self.gpus.as_ref().map_or(Ok(Vec::new()), |command| gpus::ask(command, nonce))
	}

	fn ask(&self, entry: &Entry, report_data: &[u8; 64]) -> Result<Quote, PlatformError> {
		entry.write("inblob", report_data)?;
		let provider = entry.text("provider")?;
		let report = entry.read("outblob")?;
		let quote = match provider.as_str() {
			"sev_guest" => {
				if report.len() != SNP_REPORT {
					return Err(entry.length("outblob", report.len(), "SNP report"));
				}
				if !report.get(SNP_DATA..).is_some_and(|rest| rest.starts_with(report_data)) {
					return Err(PlatformError::OtherData);
				}
				Quote::Snp { report, vcek: self.vcek(entry)? }
			}
			"tdx_guest" if report.is_empty() || report.len() > MAX_QUOTE => {
				return Err(entry.length("outblob", report.len(), "TDX quote"))
			}
			"tdx_guest" => Quote::Tdx { quote: report },
			_ => return Err(PlatformError::Provider(provider)),
		};
		// One for the one write: then all that was read belongs to it.
		match entry.text("generation")? {
			one if one == "1" => Ok(quote),
			other => Err(PlatformError::Generation(other)),
		}
	}

	/// The certificate of the key that signed: the host's, which is of the very firmware that signed, or else that of the file.
	fn vcek(&self, entry: &Entry) -> Result<Vec<u8>, PlatformError> {
		if let Some(vcek) = certificates::vcek(&entry.read("auxblob")?)? {
			return Ok(vcek);
		}
		let path = self.vcek.as_ref().ok_or(PlatformError::NoVcek)?;
		let certificate = read(path)?;
		match certificate.len() {
			1..=MAX_CERTIFICATE => Ok(certificate),
			length => Err(PlatformError::Length { path: path.display().to_string(), length, of: "certificate" }),
		}
	}
}

/// A place to ask for one report, which is gone when this is dropped.
struct Entry(PathBuf);

impl Entry {
	fn new(reports: &Path) -> Result<Self, PlatformError> {
		let mut name = [0; 8];
		OsRng.fill_bytes(&mut name);
		let path = reports.join(format!("vektor-{}", hex::encode(name)));
		match fs::create_dir(&path) {
			Ok(()) => Ok(Self(path)),
			Err(error) => Err(PlatformError::NoReports(reports.display().to_string(), error)),
		}
	}

	/// Writes all at once into a file that Linux has put there.
	fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PlatformError> {
		let path = self.0.join(name);
		let written = File::options().write(true).open(&path).and_then(|mut file| file.write_all(bytes));
		written.map_err(|error| PlatformError::File { path: path.display().to_string(), error })
	}

	fn read(&self, name: &str) -> Result<Vec<u8>, PlatformError> {
		read(&self.0.join(name))
	}

	fn text(&self, name: &str) -> Result<String, PlatformError> {
		Ok(String::from_utf8_lossy(&self.read(name)?).trim().to_owned())
	}

	fn length(&self, name: &str, length: usize, of: &'static str) -> PlatformError {
		PlatformError::Length { path: self.0.join(name).display().to_string(), length, of }
	}
}

impl Drop for Entry {
	fn drop(&mut self) {
		// Linux takes the files in it away with it. One that stays does no harm but to stay.
		let _ = fs::remove_dir(&self.0);
	}
}

/// A file, of which nothing longer than [`MAX_BLOB`] is of use.
fn read(path: &Path) -> Result<Vec<u8>, PlatformError> {
	let shown = || path.display().to_string();
	let mut bytes = Vec::new();
	let read = File::open(path).and_then(|file| file.take(MAX_BLOB as u64 + 1).read_to_end(&mut bytes));
	match read {
		Ok(length) if length > MAX_BLOB => Err(PlatformError::Length { path: shown(), length, of: "report" }),
		Ok(_) => Ok(bytes),
		Err(error) => Err(PlatformError::File { path: shown(), error }),
	}
}

#[cfg(test)]
mod tests;
