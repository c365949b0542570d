//! Models: register one, look at them, challenge a key.

mod challenge;
pub mod record;
mod register;
mod sources;

use clap::Subcommand;
use vektor_client::{calls::Call, keys::Key, units, Client, Error, Included, Model, Result, Until, H256};
use vektor_primitives::{Balance, ModelId};

use crate::{ui::Ui, Common};

pub use record::{assured, forgers, list};

/// What is done with one model.
#[derive(Subcommand)]
pub enum Command {
	/// Register a model against a deposit: ezkl's key of an ONNX network, snarkjs's key, or the image of an enclave. What
	/// the chain would refuse is refused before anything is signed.
	Register(Box<register::Options>),
	/// Show a model's record: how its results are verified, who could forge, whether its key can still be challenged.
	Show {
		/// Its id, as register printed it.
		id: String,
	},
	/// Say, against a bond, that a model's key is not that of its network. Governance judges: bond and deposit are
	/// yours, or the bond burns.
	Challenge {
		/// Its id.
		id: String,
		/// A file that says what you made anew from network and settings, and how it differs. Its hash goes to the
		/// chain; publish the file.
		#[arg(long, value_name = "FILE")]
		reasons: std::path::PathBuf,
	},
}

/// Does it.
pub async fn execute(common: &Common, command: Command) -> Result<()> {
	match command {
		Command::Register(options) => register::execute(common, &options).await,
		Command::Show { id } => record::show(common, &id).await,
		Command::Challenge { id, reasons } => challenge::execute(common, &id, &reasons).await,
	}
}

fn parse_id(text: &str) -> Result<ModelId> {
	Ok(ModelId(H256(units::parse_hash(text)?)))
}

async fn known(client: &Client, id: ModelId) -> Result<Model> {
	let model = client.model(id).await?;
	model.ok_or_else(|| {
		Error::Missing("the chain knows no such model: it never was registered, or is gone since".into())
	})
}

/// Says before anything is sent what the chain would say after it.
async fn affordable(client: &Client, key: &Key, needed: Balance, what: &str) -> Result<()> {
	let balances = client.balances(key.account()).await?;
	let has = balances.vktr.saturating_sub(balances.locked);
	match has >= needed {
		true => Ok(()),
		false => Err(Error::Refused(format!(
			"{what} is {}, and {} has {}",
			units::vktr(needed),
			key.account(),
			units::vktr(has)
		))),
	}
}

/// Signs, sends, and waits until it is final.
pub async fn send(client: &Client, key: &Key, call: Call, doing: &str) -> Result<Included> {
	let mut ui = Ui::new();
	ui.now(doing);
	let fee = client.fee_asset(&call, key).await?;
	client.send(&call, key, fee, Until::Finalised, |_| ()).await
}
