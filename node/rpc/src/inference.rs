use jsonrpsee::{proc_macros::rpc, PendingSubscriptionSink};
use sc_client_api::BlockchainEvents;
use serde::Serialize;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::Bytes;
use sp_runtime::traits::{Block, Header};
use vektor_primitives::{EvidenceError, JobId, ModelId, OperatorId};
use vektor_runtime_api::{InferenceApi, JobInfo, Quote};

use crate::{jobs, params, AssetParam, Domain, Error, JobsFrom};

/// What the runtime says to evidence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Verification {
	/// Whether `jobs.deliver` would settle on it.
	pub accepted: bool,
	/// Why not.
	pub reason: Option<EvidenceError>,
}

/// Models, jobs and their proofs.
#[rpc(server, namespace = "inference")]
pub trait Inference<Hash> {
	/// What one inference would cost.
	#[method(name = "quote", blocking)]
	fn quote(&self, model: ModelId, asset: AssetParam, at: Option<Hash>) -> Result<Quote, Error>;

	/// One job, while it is open and for the retention time after.
	#[method(name = "job", blocking)]
	fn job(&self, id: JobId, at: Option<Hash>) -> Result<Option<JobInfo>, Error>;

	/// The open jobs of one operator.
	#[method(name = "openJobs", blocking)]
	fn open_jobs(&self, operator: OperatorId, at: Option<Hash>) -> Result<Vec<JobInfo>, Error>;

	/// A dry run of the verification that `jobs.deliver` would do; both arguments are SCALE in hex.
	#[method(name = "verifyEvidence", blocking)]
	fn verify_evidence(&self, statement: Bytes, evidence: Bytes, at: Option<Hash>) -> Result<Verification, Error>;

	/// The events of jobs in every finalised block, in order.
	#[subscription(
		name = "subscribeJobs" => "jobEvent",
		unsubscribe = "unsubscribeJobs",
		item = crate::JobNotice<Hash>
	)]
	fn subscribe_jobs(&self, filter: Option<JobsFrom>);
}

impl<C, B> InferenceServer<B::Hash> for Domain<C, B>
where
	B: Block,
	B::Header: Header<Number = u32>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + BlockchainEvents<B> + Send + Sync + 'static,
	C::Api: InferenceApi<B>,
{
	fn quote(&self, model: ModelId, asset: AssetParam, at: Option<B::Hash>) -> Result<Quote, Error> {
		self.client.runtime_api().quote(self.block(at)?, model, asset.0)?.map_err(Error::NoQuote)
	}

	fn job(&self, id: JobId, at: Option<B::Hash>) -> Result<Option<JobInfo>, Error> {
		Ok(self.client.runtime_api().job(self.block(at)?, id)?)
	}

	fn open_jobs(&self, operator: OperatorId, at: Option<B::Hash>) -> Result<Vec<JobInfo>, Error> {
		Ok(self.client.runtime_api().open_jobs(self.block(at)?, operator)?)
	}

	fn verify_evidence(&self, statement: Bytes, evidence: Bytes, at: Option<B::Hash>) -> Result<Verification, Error> {
		let statement = params::decode("statement", &statement)?;
		let evidence = params::decode("evidence", &evidence)?;
		let verdict = self.client.runtime_api().verify_evidence(self.block(at)?, statement, evidence)?;
		Ok(Verification { accepted: verdict.is_ok(), reason: verdict.err() })
	}

	fn subscribe_jobs(&self, pending: PendingSubscriptionSink, filter: Option<JobsFrom>) {
		jobs::spawn(self.clone(), pending, filter.unwrap_or_default());
	}
}
