//! Jobs: what one costs, where it stands, what happened to it.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;
use vektor_primitives::{Asset, Assurance, Balance, Felt, JobId, KeySetup, ModelId, OperatorId, Usd};

/// What one inference of a model costs now.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Quote {
	/// The model.
	pub model: ModelId,
	/// In what it would be paid.
	pub asset: Asset,
	/// How much the escrow would take, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub amount: Balance,
	/// The same in micro-USD.
	pub value: Usd,
	/// The shortest deadline a job may set, in live slots.
	pub min_deadline: u32,
	/// How its results are assured.
	pub assurance: Assurance,
	/// Who could forge the model's evidence.
	pub setup: KeySetup,
	/// Whether its key has stood unchallenged for the challenge period.
	pub verified: bool,
}

/// Where a job stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum JobState {
	/// The escrow is held; the operator may deliver until the deadline.
	#[codec(index = 0)]
	Open,
	/// Proved, verified and paid.
	#[codec(index = 1)]
	Settled,
	/// The deadline passed: the whole escrow went back.
	#[codec(index = 2)]
	Refunded,
	/// The deadline passed and the client's account refused the refund: it waits in the pot, and is tried again.
	#[codec(index = 3)]
	RefundDue,
}

/// A job as the chain knows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct JobInfo {
	/// Its id.
	pub id: JobId,
	/// Who pays.
	pub client: AccountId32,
	/// Who serves.
	pub operator: OperatorId,
	/// What is served.
	pub model: ModelId,
	/// The client's commitment to its input.
	pub commitment: H256,
	/// `blake2_256` of the payload that the client sends to the operator.
	pub payload: H256,
	/// In what is paid.
	pub asset: Asset,
	/// The escrow, in the asset's smallest unit.
	#[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
	pub price: Balance,
	/// The live time at which it was submitted, in slots.
	pub opened: u32,
	/// The live time up to which it may be delivered, in slots.
	pub deadline: u32,
	/// The live time now, in slots.
	pub now: u32,
	/// Where it stands.
	pub state: JobState,
	/// The outputs, once settled: field elements, big-endian.
	#[cfg_attr(feature = "std", serde(with = "crate::felts"))]
	pub outputs: Vec<Felt>,
}

/// Which events of jobs to hear. What is left out does not restrict.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase", default))]
pub struct JobFilter {
	/// Only of this job.
	pub job: Option<JobId>,
	/// Only of jobs that this account pays.
	pub client: Option<AccountId32>,
	/// Only of jobs that this operator serves.
	pub operator: Option<OperatorId>,
	/// Only of jobs for this model.
	pub model: Option<ModelId>,
}

impl JobFilter {
	/// Whether an event passes.
	pub fn admits(&self, event: &JobEvent) -> bool {
		self.job.as_ref().is_none_or(|job| *job == event.job)
			&& self.client.as_ref().is_none_or(|client| *client == event.client)
			&& self.operator.as_ref().is_none_or(|operator| *operator == event.operator)
			&& self.model.as_ref().is_none_or(|model| *model == event.model)
	}
}

/// What happened to a job: the names of the events of `Jobs`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub enum JobEventKind {
	/// Paid into escrow, open to its operator.
	#[codec(index = 0)]
	Submitted,
	/// A result came and its proof holds.
	#[codec(index = 1)]
	Delivered,
	/// The escrow went where the split says.
	#[codec(index = 2)]
	Settled,
	/// A well-formed proof did not hold: the job stays open.
	#[codec(index = 3)]
	ProofRefused,
	/// The deadline passed: the whole escrow went back.
	#[codec(index = 4)]
	Refunded,
	/// The deadline passed and the client's account refused the refund: it is tried again.
	#[codec(index = 5)]
	RefundDeferred,
}

/// Something that happened to a job in one block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct JobEvent {
	/// The event's place in its block's `System.Events`.
	pub index: u32,
	/// The job.
	pub job: JobId,
	/// What happened.
	pub kind: JobEventKind,
	/// Who pays the job.
	pub client: AccountId32,
	/// Who serves it.
	pub operator: OperatorId,
	/// What is served.
	pub model: ModelId,
}
