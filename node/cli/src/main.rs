//! `vektor`: order an inference, see it proved and paid, and see where the money is.

mod choose;
mod collateral;
mod commit;
mod endpoint;
mod files;
mod input;
mod integers;
mod job;
mod jobfile;
mod listing;
mod model;
mod money;
mod session;
mod stake;
mod submit;
mod supply;
mod ui;
mod validator;
mod verify;
mod wait;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use serde_json::json;
use vektor_client::{keys, keys::Key, units, AccountId, Client, Error, Result};

/// Order inferences on a Vektor network, and see them proved and paid.
#[derive(Parser)]
#[command(
	name = "vektor",
	version,
	after_help = "Exit codes: 0 done (submit and job --wait: settled; submit --no-wait and job --resend: the operator \
	has the input; verify: the evidence holds); \
	1 refused or failed, the message says why and what to do; 2 wrong usage or an unreadable file."
)]
struct Cli {
	#[command(flatten)]
	common: Common,
	#[command(subcommand)]
	command: Command,
}

/// What every command takes.
#[derive(Args)]
pub struct Common {
	/// The node to ask.
	#[arg(long, global = true, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub node: String,
	/// Who signs: a key file, a Substrate keystore's folder, or a name such as //Charlie on a development chain.
	#[arg(long, global = true, value_name = "FILE")]
	pub key: Option<String>,
	/// Which account: chooses from a keystore with several keys, and whose money to show.
	#[arg(long, global = true, value_name = "ACCOUNT")]
	pub account: Option<String>,
	/// The result as JSON on standard output; progress stays on standard error.
	#[arg(long, global = true)]
	pub json: bool,
}

#[derive(Subcommand)]
enum Command {
	/// Order one inference, of the digits model or another: submit, send the input, wait for the proof, show what it
	/// said and cost.
	Submit(Box<submit::Options>),
	/// Make the input file of a job for a model of ezkl's: the input with fresh salt. Prints its commitment, which the
	/// job carries. For a model in an enclave submit does that by itself.
	CommitInput(commit::Options),
	/// Show a job; send its input again, or wait for it.
	Job(job::Options),
	/// Check a proof, a report or a quote from files, with the verifiers that the chain runs.
	Verify(Box<verify::Options>),
	/// List the models, under what each assurance does and does not promise, and how large a network may be.
	Models,
	/// Register a model, show one, or challenge its key.
	#[command(subcommand)]
	Model(model::Command),
	/// Show an account's balances and everything the protocol holds for it: where, free when, by which call.
	Money {
		/// Whose: an address, or a name such as //Charlie [default: the account of --account or --key].
		#[arg(value_name = "ACCOUNT")]
		whose: Option<String>,
	},
	/// Show the sessions that an operator's enclaves attested: keys, image, GPUs, until when.
	Session(session::Options),
	/// Post what Intel says of a family of TDX platforms: without it no quote of theirs holds. Anybody may.
	PostCollateral(collateral::Options),
	/// List the operators that take work.
	Operators {
		/// Those that take none at the moment, too.
		#[arg(long)]
		all: bool,
	},
	/// Stake tokens, liquid or under a lock: the yield compounds by itself, the lock ends by itself.
	Stake {
		/// How much, such as 1000.5.
		amount: String,
		/// For how many days to lock it: one of the chain's tiers. 0 is liquid.
		#[arg(long, default_value_t = 0)]
		days: u32,
	},
	/// Lock a position anew, never for a shorter time.
	Extend {
		/// Its number, of `vektor position`.
		position: u32,
		/// For how many days from now: one of the chain's tiers.
		#[arg(long)]
		days: u32,
	},
	/// Take a liquid position out, with its yield.
	Unstake {
		/// Its number, of `vektor position`.
		position: u32,
		/// How much, such as 10.5 [default: all of it].
		amount: Option<String>,
	},
	/// List an account's stakes: worth, yield so far, when they are liquid.
	Position {
		/// Whose: an address, or a name such as //Charlie [default: the account of --account or --key].
		#[arg(value_name = "ACCOUNT")]
		whose: Option<String>,
	},
	/// Show what each tier of lock staking earns now: what clients paid and what is emitted, apart.
	Apy,
	/// Validate: keys, bond, election, and out again.
	#[command(subcommand)]
	Validator(validator::Command),
	/// Show where every token is: the table, the pots, what was burned, what was emitted and may be.
	Supply,
	/// List the last lots of revenue, newest first.
	Lots {
		/// How many.
		#[arg(default_value_t = 10)]
		n: u32,
	},
}

impl Common {
	/// A connection to the node.
	pub async fn connect(&self) -> Result<Client> {
		Client::connect(&self.node).await
	}

	/// The key that signs.
	pub fn signer(&self) -> Result<Key> {
		let spec = self.key.as_deref().ok_or_else(|| {
			Error::Key("name the key that signs with --key: a key file, or //Charlie on a development chain".into())
		})?;
		keys::load(spec, self.wanted()?.as_ref())
	}

	/// The account meant, by address or by key.
	pub fn whose(&self, given: Option<&str>) -> Result<AccountId> {
		match (given, self.wanted()?, &self.key) {
			(Some(text), ..) if text.starts_with("//") => Ok(keys::load(text, None)?.account()),
			(Some(text), ..) => units::parse_account(text),
			(None, Some(account), _) => Ok(account),
			(None, None, Some(_)) => Ok(self.signer()?.account()),
			(None, None, None) => Err(Error::Input("whose? Give an address, or --key".into())),
		}
	}

	fn wanted(&self) -> Result<Option<AccountId>> {
		self.account.as_deref().map(units::parse_account).transpose()
	}
}

#[tokio::main]
async fn main() -> ExitCode {
	let Cli { common, command } = Cli::parse();
	let done = match command {
		Command::Verify(options) => return verify::execute(&options, common.json),
		Command::Submit(options) => submit::execute(&common, *options).await,
		Command::CommitInput(options) => commit::execute(&common, &options).map(|()| true),
		Command::Models => model::list(&common).await.map(|()| true),
		Command::Model(command) => model::execute(&common, command).await.map(|()| true),
		Command::Job(options) => job::execute(&common, options).await,
		Command::Money { whose } => money::execute(&common, whose).await.map(|()| true),
		Command::Session(options) => session::execute(&common, &options).await.map(|()| true),
		Command::PostCollateral(options) => collateral::execute(&common, &options).await.map(|()| true),
		Command::Operators { all } => listing::operators(&common, all).await.map(|()| true),
		Command::Stake { amount, days } => stake::stake(&common, &amount, days).await.map(|()| true),
		Command::Extend { position, days } => stake::extend(&common, position, days).await.map(|()| true),
		Command::Unstake { position, amount } => {
			stake::unstake(&common, position, amount.as_deref()).await.map(|()| true)
		}
		Command::Position { whose } => stake::list(&common, whose).await.map(|()| true),
		Command::Apy => stake::apy(&common).await.map(|()| true),
		Command::Validator(what) => validator::execute(&common, what).await.map(|()| true),
		Command::Supply => supply::execute(&common).await.map(|()| true),
		Command::Lots { n } => listing::lots(&common, n).await.map(|()| true),
	};
	match done {
		Ok(true) => ExitCode::SUCCESS,
		Ok(false) => ExitCode::FAILURE,
		Err(error) => {
			if common.json {
				println!("{:#}", json!({ "error": { "code": error.code(), "message": error.to_string() } }));
			}
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_command_line_is_sound_and_a_positional_account_is_no_option() {
		use clap::CommandFactory;
		Cli::command().debug_assert();
		let cli = Cli::parse_from(["vektor", "money", "//Alice"]);
		assert_eq!(cli.common.account, None);
		let Command::Money { whose } = cli.command else { panic!() };
		let account = cli.common.whose(whose.as_deref()).unwrap();
		assert_eq!(account.to_string(), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
	}
}
