use jsonrpsee::proc_macros::rpc;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_runtime::{traits::Block, AccountId32};
use vektor_primitives::OperatorId;
use vektor_runtime_api::{
	AccrualInfo, AvailabilityInfo, HeldMoney, LotInfo, PositionInfo, SplitInfo, SupplyInfo, TierInfo, TokenomicsApi,
	WorkInfo,
};

use crate::{Domain, Error};

/// Where the money is.
#[rpc(server, namespace = "tokenomics")]
pub trait Tokenomics<Hash> {
	/// The last `n` lots, newest first, at most 100.
	#[method(name = "lots", blocking)]
	fn lots(&self, n: u32, at: Option<Hash>) -> Result<Vec<LotInfo>, Error>;

	/// An operator's part of every lot that was not claimed.
	#[method(name = "accrued", blocking)]
	fn accrued(&self, operator: OperatorId, at: Option<Hash>) -> Result<Vec<AccrualInfo>, Error>;

	/// What an operator's work earned of the emission and was not claimed, and the round that is on.
	#[method(name = "earned", blocking)]
	fn earned(&self, operator: OperatorId, at: Option<Hash>) -> Result<Vec<WorkInfo>, Error>;

	/// What an operator's attested devices bring it: how many count, until when, and what there is to claim.
	#[method(name = "availability", blocking)]
	fn availability(&self, operator: OperatorId, at: Option<Hash>) -> Result<AvailabilityInfo, Error>;

	/// Where every token is: cap, issued, circulating, the table, pots, burns, emission.
	#[method(name = "supply", blocking)]
	fn supply(&self, at: Option<Hash>) -> Result<SupplyInfo, Error>;

	/// The account's stakes under a lock: worth, yield so far, when liquid.
	#[method(name = "position", blocking)]
	fn position(&self, account: AccountId32, at: Option<Hash>) -> Result<Vec<PositionInfo>, Error>;

	/// What each tier of lock staking earns in a year at the pace of now, real yield and emission apart.
	#[method(name = "apy", blocking)]
	fn apy(&self, at: Option<Hash>) -> Result<Vec<TierInfo>, Error>;

	/// The active split of revenue.
	#[method(name = "split", blocking)]
	fn split(&self, at: Option<Hash>) -> Result<SplitInfo, Error>;

	/// Everything of the account's that the protocol holds.
	#[method(name = "money", blocking)]
	fn money(&self, account: AccountId32, at: Option<Hash>) -> Result<Vec<HeldMoney>, Error>;
}

impl<C, B> TokenomicsServer<B::Hash> for Domain<C, B>
where
	B: Block,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + Send + Sync + 'static,
	C::Api: TokenomicsApi<B>,
{
	fn lots(&self, n: u32, at: Option<B::Hash>) -> Result<Vec<LotInfo>, Error> {
		Ok(self.client.runtime_api().lots(self.block(at)?, n)?)
	}

	fn accrued(&self, operator: OperatorId, at: Option<B::Hash>) -> Result<Vec<AccrualInfo>, Error> {
		Ok(self.client.runtime_api().accrued(self.block(at)?, operator)?)
	}

	fn earned(&self, operator: OperatorId, at: Option<B::Hash>) -> Result<Vec<WorkInfo>, Error> {
		Ok(self.client.runtime_api().earned(self.block(at)?, operator)?)
	}

	fn availability(&self, operator: OperatorId, at: Option<B::Hash>) -> Result<AvailabilityInfo, Error> {
		Ok(self.client.runtime_api().availability(self.block(at)?, operator)?)
	}

	fn supply(&self, at: Option<B::Hash>) -> Result<SupplyInfo, Error> {
		Ok(self.client.runtime_api().supply(self.block(at)?)?)
	}

	fn position(&self, account: AccountId32, at: Option<B::Hash>) -> Result<Vec<PositionInfo>, Error> {
		Ok(self.client.runtime_api().position(self.block(at)?, account)?)
	}

	fn apy(&self, at: Option<B::Hash>) -> Result<Vec<TierInfo>, Error> {
		Ok(self.client.runtime_api().apy(self.block(at)?)?)
	}

	fn split(&self, at: Option<B::Hash>) -> Result<SplitInfo, Error> {
		Ok(self.client.runtime_api().split(self.block(at)?)?)
	}

	fn money(&self, account: AccountId32, at: Option<B::Hash>) -> Result<Vec<HeldMoney>, Error> {
		Ok(self.client.runtime_api().money(self.block(at)?, account)?)
	}
}
