use std::sync::Arc;

use sc_cli::{Result, SubstrateCli};

use crate::{
	chain_spec,
	cli::{BuildSpec, Cli, Subcommand},
	genesis,
	service::{self, Block, FullClient},
};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Vektor Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		"the issues of this repository".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> std::result::Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// On a development chain each block is one line of the log, not four.
const QUIET: [&str; 2] = ["sc_basic_authorship=warn", "babe=warn"];

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
	let mut cli = Cli::from_args();
	if cli.run.shared_params.is_dev() {
		// First, so that what the user asks for with --log wins.
		cli.run.shared_params.log.splice(0..0, QUIET.map(String::from));
	}
	match &cli.subcommand {
		None => {
			let (sealing, prober) = (cli.sealing, cli.prober.clone());
			cli.create_runner(&cli.run)?
				.run_node_until_exit(|config| async move { Ok(service::run(config, sealing, prober)?) })
		}
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::BuildSpec(BuildSpec { spec: cmd, beneficiaries })) => {
			cli.create_runner(cmd)?.sync_run(|config| {
				let spec = match beneficiaries {
					Some(file) => {
						// As it was typed: a spec file has its holders already, whatever its id.
						let typed = cmd.shared_params.chain.as_deref().unwrap_or(config.chain_spec.id());
						Box::new(chain_spec::launch(typed, file)?)
					}
					None => config.chain_spec,
				};
				genesis::of(&*spec)?;
				cmd.run(spec, config.network)
			})
		}
		Some(Subcommand::ExportChainSpec(cmd)) => {
			let spec = cli.load_spec(&cmd.chain)?;
			genesis::of(&*spec)?;
			cmd.run(spec)
		}
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let partial = service::partial(&config)?;
			Ok((cmd.run(partial.base.client, partial.setup.import_queue), partial.base.task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let base = service::base(&config)?;
			Ok((cmd.run(base.client, config.database), base.task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let partial = service::partial(&config)?;
			Ok((cmd.run(partial.base.client, partial.setup.import_queue), partial.base.task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.database)),
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let base = service::base(&config)?;
			let consensus = Box::new(|client: Arc<FullClient>, backend, blocks| {
				sc_consensus_babe::revert(client.clone(), backend, blocks)?;
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			Ok((cmd.run(base.client, base.backend, Some(consensus)), base.task_manager))
		}),
		Some(Subcommand::ChainInfo(cmd)) => cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config)),
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(cmd)) => cli.create_runner(&**cmd)?.sync_run(|config| crate::benchmark::run(cmd, config)),
	}
}
