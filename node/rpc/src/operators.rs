use jsonrpsee::proc_macros::rpc;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::Block;
use vektor_primitives::{ModelId, OperatorId};
use vektor_runtime_api::{CandidateInfo, CaseInfo, OperatorFilter, OperatorInfo, OperatorsApi, WindowInfo};

use crate::{Domain, Error};

/// Operators.
#[rpc(server, namespace = "operators")]
pub trait Operators<Hash> {
	/// One operator, by its id.
	#[method(name = "get", blocking)]
	fn get(&self, id: OperatorId, at: Option<Hash>) -> Result<Option<OperatorInfo>, Error>;

	/// Operators that could serve a model now, best first: as many as asked for, at most 16. Drawn anew in each block.
	#[method(name = "candidates", blocking)]
	fn candidates(
		&self,
		model: ModelId,
		region: Option<String>,
		n: Option<u32>,
		at: Option<Hash>,
	) -> Result<Vec<CandidateInfo>, Error>;

	/// The open cases against an operator.
	#[method(name = "cases", blocking)]
	fn cases(&self, id: OperatorId, at: Option<Hash>) -> Result<Vec<CaseInfo>, Error>;

	/// What validators' probers saw of an operator in the last windows, the oldest first, and what counts.
	#[method(name = "windows", blocking)]
	fn windows(&self, id: OperatorId, at: Option<Hash>) -> Result<Vec<WindowInfo>, Error>;

	/// Operators by filter, at most 100.
	#[method(name = "list", blocking)]
	fn list(&self, filter: Option<OperatorFilter>, at: Option<Hash>) -> Result<Vec<OperatorInfo>, Error>;
}

impl<C, B> OperatorsServer<B::Hash> for Domain<C, B>
where
	B: Block,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + Send + Sync + 'static,
	C::Api: OperatorsApi<B>,
{
	fn get(&self, id: OperatorId, at: Option<B::Hash>) -> Result<Option<OperatorInfo>, Error> {
		Ok(self.client.runtime_api().get(self.block(at)?, id)?)
	}

	fn candidates(
		&self,
		model: ModelId,
		region: Option<String>,
		n: Option<u32>,
		at: Option<B::Hash>,
	) -> Result<Vec<CandidateInfo>, Error> {
		Ok(self.client.runtime_api().candidates(self.block(at)?, model, region, n.unwrap_or(u32::MAX))?)
	}

	fn cases(&self, id: OperatorId, at: Option<B::Hash>) -> Result<Vec<CaseInfo>, Error> {
		Ok(self.client.runtime_api().cases(self.block(at)?, id)?)
	}

	fn windows(&self, id: OperatorId, at: Option<B::Hash>) -> Result<Vec<WindowInfo>, Error> {
		Ok(self.client.runtime_api().windows(self.block(at)?, id)?)
	}

	fn list(&self, filter: Option<OperatorFilter>, at: Option<B::Hash>) -> Result<Vec<OperatorInfo>, Error> {
		Ok(self.client.runtime_api().list(self.block(at)?, filter.unwrap_or_default())?)
	}
}
