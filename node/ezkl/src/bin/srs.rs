//! Writes the development SRS.

use std::{
	fs::File,
	io::{self, BufWriter, Write},
	path::PathBuf,
};

use clap::Parser;
use vektor_ezkl::srs;

/// Writes the SRS that development chains pin: the same bytes on every machine, from a secret that is published. Everybody
/// can forge proofs under it. Never use it where anything is at stake.
#[derive(Parser)]
#[command(version)]
struct Options {
	/// Rows of the largest circuit, as a power of two.
	#[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(srs::MAX_LOGROWS)))]
	logrows: u32,
	/// The file to write, 2^logrows times 128 bytes.
	#[arg(long)]
	srs_path: PathBuf,
}

fn main() -> io::Result<()> {
	let options = Options::parse();
	let mut out = BufWriter::new(File::create(&options.srs_path)?);
	srs::write(options.logrows, &mut out)?;
	out.into_inner()?.flush()?;
	println!("INSECURE: the development SRS. A chain pins these 128 bytes of it:");
	let hex: String = srs::words().iter().flatten().map(|byte| format!("{byte:02x}")).collect();
	println!("{hex}");
	Ok(())
}
