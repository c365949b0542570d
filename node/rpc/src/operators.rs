use jsonrpsee::proc_macros::rpc;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_runtime::traits::Block;
use vektor_primitives::OperatorId;
use vektor_runtime_api::{OperatorFilter, OperatorInfo, OperatorsApi};

use crate::{Domain, Error};

/// Operators.
#[rpc(server, namespace = "operators")]
pub trait Operators<Hash> {
	/// One operator, by its id.
	#[method(name = "get", blocking)]
	fn get(&self, id: OperatorId, at: Option<Hash>) -> Result<Option<OperatorInfo>, Error>;

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

	fn list(&self, filter: Option<OperatorFilter>, at: Option<B::Hash>) -> Result<Vec<OperatorInfo>, Error> {
		Ok(self.client.runtime_api().list(self.block(at)?, filter.unwrap_or_default())?)
	}
}
