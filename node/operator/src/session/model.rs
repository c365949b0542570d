//! A model that is a program in this machine's enclave.

use std::{sync::Arc, time::Duration};

use vektor_client::{units, Error, Result, H256};
use vektor_primitives::{Felt, ModelId, OperatorId, Scheme, Statement};
use vektor_session::{Command, CommandError, Context, Input, Keys};

use super::outputs;

/// The longest that a program may write: more than any outputs take.
const MAX_WRITTEN: usize = 64 * 1024;

/// What was sealed to this session has opened when it was accepted: after a restart it is another.
const ENDED: &str = "the input does not open: it was sealed to keys that ended with an earlier process. The job is refunded after its deadline";

/// A model, ready to run.
#[derive(Debug)]
pub struct Model {
	id: ModelId,
	command: Command,
	keys: Arc<Keys>,
	genesis: H256,
	operator: OperatorId,
	/// How long the program may take for one input, where the configuration says.
	most: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
	/// The program did not give one: another try may succeed.
	Program(CommandError),
	/// The input does not open, or what the program wrote is no answer: it never will.
	Answer(String),
}

impl Model {
	/// The model that this program is, under these keys of an operator's on the chain of that genesis. It takes `most`
	/// for one input, where that is said.
	pub fn new(
		id: ModelId,
		command: Command,
		keys: Arc<Keys>,
		genesis: H256,
		operator: OperatorId,
		most: Option<Duration>,
	) -> Self {
		Self { id, command, keys, genesis, operator, most }
	}

	/// Checks that the chain's record is of a model in that image.
	pub fn fits(&self, record: Option<&vektor_client::Model>, image: &H256) -> Result<()> {
		let name = format!("the model {} of the enclave", units::hex_of(self.id.0));
		let other = |why: String| Err(Error::Input(format!("{name}: {why}")));
		match record.map(|record| &record.scheme) {
			None => Err(Error::Missing(format!("{name}: the chain knows no such model"))),
			Some(Scheme::Session { image: named }) if named == image => Ok(()),
			Some(Scheme::Session { image: named }) => other(format!(
				"it was registered with another image ({}) than this machine runs ({})",
				units::hex_of(named),
				units::hex_of(image)
			)),
			Some(_) => other("the chain verifies it in another way than by sessions of enclaves".into()),
		}
	}

	/// Opens an input that was sealed to this session.
	pub fn open(&self, sealed: &[u8], commitment: &H256) -> std::result::Result<Input, vektor_session::Error> {
		let context = Context {
			genesis: self.genesis.0,
			operator: self.operator.0 .0,
			model: self.id.0 .0,
			commitment: commitment.0,
		};
		self.keys.open(&context, sealed)
	}

	/// What the program says of a sealed input: so many outputs. Blocks, for `limit` at the most, or for less where the
	/// configuration says so.
	pub fn answer(
		&self,
		sealed: &[u8],
		commitment: &H256,
		wanted: u32,
		limit: Duration,
	) -> std::result::Result<Vec<Felt>, Failure> {
		let input = self.open(sealed, commitment).map_err(|_| Failure::Answer(ENDED.into()))?;
		let limit = self.most.map_or(limit, |most| limit.min(most));
		let written = self.command.run(&[], input.bytes, limit, MAX_WRITTEN).map_err(Failure::Program)?;
		outputs::read(&written, wanted).map_err(Failure::Answer)
	}

	/// Signs a result. Only what this process has just computed: nothing that was on a disk, which lies outside of the enclave.
	pub fn sign(&self, statement: &Statement) -> [u8; 64] {
		self.keys.sign(statement.result_hash().as_bytes())
	}

	/// Whether this process signed a result.
	pub fn signed(&self, statement: &Statement, signature: &[u8]) -> bool {
		let signature = signature.try_into();
		signature.is_ok_and(|signature| self.keys.signed(statement.result_hash().as_bytes(), signature))
	}
}
