use std::{fmt, num::NonZeroU64, path::PathBuf, str::FromStr};

use clap::Parser;
use sc_cli::RunCmd;

use crate::prober::ProberOptions;

/// The command line.
#[derive(Debug, Parser)]
pub struct Cli {
	/// What to do instead of running a node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run.
	#[clap(flatten)]
	pub run: RunCmd,

	/// Who makes blocks: `consensus` (BABE and GRANDPA), `instant` (a block for each transaction) or `interval=MS` (a
	/// block every so many milliseconds). The last two are for development chains only; each block then moves the
	/// chain's time by one slot, and its database cannot go back to consensus.
	#[arg(long, value_name = "MODE", default_value_t = Sealing::Consensus)]
	pub sealing: Sealing,

	/// How a validator probes operators.
	#[clap(flatten)]
	pub prober: ProberOptions,
}

/// What the node does besides running.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Generate, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),
	/// Print a chain spec (kept for tools that expect it; prefer `export-chain-spec`).
	BuildSpec(BuildSpec),
	/// Export a chain spec, readable or raw.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),
	/// Verify a block that is in the database.
	CheckBlock(sc_cli::CheckBlockCmd),
	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),
	/// Import blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),
	/// Delete a chain's database.
	PurgeChain(sc_cli::PurgeChainCmd),
	/// Take the chain back by some blocks, not beyond the last finalised one.
	Revert(sc_cli::RevertCmd),
	/// Print the heads of the chain in the database.
	ChainInfo(sc_cli::ChainInfoCmd),
	/// Measure weights and the machine.
	#[cfg(feature = "runtime-benchmarks")]
	#[command(subcommand)]
	Benchmark(Box<frame_benchmarking_cli::BenchmarkCmd>),
}

/// Prints a chain spec.
#[derive(Debug, clap::Args)]
pub struct BuildSpec {
	/// How.
	#[clap(flatten)]
	pub spec: sc_cli::BuildSpecCmd,

	/// Who holds the allocations of a production chain, who validates, who brings the pool's USDC: a JSON file, see
	/// docs/operate/launch.md. It takes the place of the accounts that stand for them.
	#[arg(long, value_name = "FILE")]
	pub beneficiaries: Option<PathBuf>,
}

/// Who makes blocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sealing {
	/// BABE makes them, GRANDPA finalises them.
	Consensus,
	/// One for each transaction, final at once.
	Instant,
	/// One every so many milliseconds, final at once.
	Interval(NonZeroU64),
}

impl fmt::Display for Sealing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Consensus => f.write_str("consensus"),
			Self::Instant => f.write_str("instant"),
			Self::Interval(ms) => write!(f, "interval={ms}"),
		}
	}
}

impl FromStr for Sealing {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match (text, text.strip_prefix("interval=").map(str::parse)) {
			("consensus", _) => Ok(Self::Consensus),
			("instant", _) => Ok(Self::Instant),
			(_, Some(Ok(ms))) => Ok(Self::Interval(ms)),
			_ => Err("expected consensus, instant or interval=MS, such as interval=500".into()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn modes_are_read_as_they_are_written() {
		for text in ["consensus", "instant", "interval=500"] {
			assert_eq!(text.parse::<Sealing>().unwrap().to_string(), text);
		}
		for text in ["", "manual", "interval", "interval=0", "interval=1s"] {
			assert!(text.parse::<Sealing>().is_err(), "{text}");
		}
	}

	#[test]
	fn the_command_line_is_sound() {
		use clap::CommandFactory;
		Cli::command().debug_assert();
	}
}
