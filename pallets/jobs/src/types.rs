use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use vektor_primitives::{traits::LiveTime, Asset, Balance, JobId, ModelId, ModelTerms, OperatorId, Usd};

/// Who serves a job. Codec indices are fixed: 0 is the chain's own sampling, which comes later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Assign {
	/// This operator, named by the client.
	#[codec(index = 1)]
	Operator(OperatorId),
}

/// Where a job stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum JobState {
	/// The escrow is held and the operator may deliver.
	#[codec(index = 0)]
	Open,
	/// Proved, verified and paid.
	#[codec(index = 1)]
	Settled,
	/// The deadline passed and the whole escrow went back.
	#[codec(index = 2)]
	Refunded,
	/// The deadline passed and the client's account refused the refund: it waits in the pot.
	#[codec(index = 3)]
	RefundDue,
}

impl JobState {
	/// Whether the job's price is in the pot.
	pub fn holds_escrow(self) -> bool {
		matches!(self, Self::Open | Self::RefundDue)
	}
}

/// One inference that was paid for. Its outputs are kept apart.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Job<AccountId> {
	/// Who paid.
	pub client: AccountId,
	/// Who serves.
	pub operator: OperatorId,
	/// What is served.
	pub model: ModelId,
	/// The client's commitment to its input: a field element, big-endian.
	pub commitment: H256,
	/// `blake2_256` of the payload that the client sends to the operator.
	pub payload: H256,
	/// In what was paid.
	pub asset: Asset,
	/// The price, frozen when the job was submitted, in the asset's smallest unit: `50_000` of USDC is 0.05 USDC.
	pub price: Balance,
	/// The same in micro-USD.
	pub value: Usd,
	/// The live time at which it was submitted, in slots.
	pub opened: LiveTime,
	/// The last live time at which it may be delivered, in slots.
	pub deadline: LiveTime,
	/// The live time after which the chain next attends to it, in slots.
	pub due: LiveTime,
	/// Where it stands.
	pub state: JobState,
	/// Once it is settled and until its client has rated it: what a rating weighs, in micro-USD.
	pub unrated: Option<Usd>,
}

/// A client's money in the pot, as the client asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct HeldEscrow {
	/// The job that it pays.
	pub job: JobId,
	/// In which asset.
	pub asset: Asset,
	/// How much, in the asset's smallest unit.
	pub amount: Balance,
	/// The live time after which `expire` sends it back, in slots, unless the job is settled before.
	pub deadline: LiveTime,
	/// Whether the deadline has passed and the account refused the refund: `expire` sends it as soon as it can take it.
	pub refund_due: bool,
}

/// All that ever went through the escrow of one asset, in its smallest unit.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Book {
	/// Paid in by clients.
	pub taken: Balance,
	/// Settled.
	pub settled: Balance,
	/// Gone back to clients.
	pub refunded: Balance,
}

impl Book {
	/// What the pot must hold above its floor.
	pub fn held(&self) -> Option<Balance> {
		self.taken.checked_sub(self.settled)?.checked_sub(self.refunded)
	}
}

/// What one inference of a model costs now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
	/// The escrow, in the asset's smallest unit.
	pub price: Balance,
	/// The model's terms.
	pub terms: ModelTerms,
}

/// What `submit` was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
	/// What is to be served.
	pub model: ModelId,
	/// The commitment to the input.
	pub commitment: H256,
	/// The hash of the payload.
	pub payload: H256,
	/// The most that it may cost.
	pub max_price: Balance,
	/// In what is paid.
	pub asset: Asset,
	/// Live slots from inclusion.
	pub deadline: u32,
	/// Who serves.
	pub assign: Assign,
}
