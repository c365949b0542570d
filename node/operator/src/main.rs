//! `vektor-operator`: the GPU operator's agent. It takes inputs from clients, proves its answers and delivers them.

mod agent;
mod claims;
mod config;
mod ezkl;
mod gpu;
mod http;
mod init;
mod link;
mod next;
mod presence;
mod prover;
mod register;
mod say;
mod served;
mod session;
mod status;
mod store;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand};
use config::Config;

/// The GPU operator's agent of a Vektor network.
#[derive(Parser)]
#[command(
	name = "vektor-operator",
	version,
	after_help = "Order of use: init, register, run. All settings are in the file that `init` writes.\n\n\
	Exit codes: 0 done; 1 refused or failed, the message says why and what to do; 2 wrong usage."
)]
struct Cli {
	/// The configuration file [default: ~/.vektor/operator/config.toml].
	#[arg(long, global = true, value_name = "FILE")]
	config: Option<PathBuf>,
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Write the configuration, the agent's key and the proving key. What exists already stays as it is.
	Init(init::Options),
	/// Register the operator and its model on chain, with the owner's key. Repeating it says what exists.
	Register(register::Options),
	/// Serve: take inputs, prove, deliver. Ends at SIGINT or SIGTERM and goes on where it was when started again.
	Run,
	/// Where this operator stands: record, open jobs, money.
	Status {
		/// As JSON.
		#[arg(long)]
		json: bool,
	},
	/// Take nothing new and finish what is open.
	Drain,
	/// Be away for a while without being missed: no new work is taken, what is open keeps its deadlines. Budgeted by the chain.
	DeclareMaintenance {
		/// For how long, in live slots: 600 of 6 s are an hour.
		#[arg(value_name = "SLOTS")]
		slots: u32,
	},
}

/// How long proofs that are being made are waited for at the end: they are made again after the next start.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
	let cli = Cli::parse();
	let runtime = match tokio::runtime::Runtime::new() {
		Ok(runtime) => runtime,
		Err(error) => {
			eprintln!("Error: cannot start: {error}");
			return ExitCode::FAILURE;
		}
	};
	let done = runtime.block_on(execute(cli));
	runtime.shutdown_timeout(PATIENCE);
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		}
	}
}

async fn execute(cli: Cli) -> vektor_client::Result<()> {
	let path = match cli.config {
		Some(path) => path,
		None => config::default_path()?,
	};
	match cli.command {
		Command::Init(options) => init::execute(&path, options).await,
		Command::Register(options) => register::execute(&Config::load(&path)?, options).await,
		Command::Run => agent::execute(Config::load(&path)?).await,
		Command::Status { json } => status::execute(&Config::load(&path)?, json).await,
		Command::Drain => register::drain(&Config::load(&path)?).await,
		Command::DeclareMaintenance { slots } => register::declare_maintenance(&Config::load(&path)?, slots).await,
	}
}
