//! What a settlement says and what becomes of it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{Asset, Assurance, Balance, KeySetup, Needs, OperatorId, Usd, WorkRef};

/// One payment that is due, made by `Jobs` out of its pot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled<A> {
	/// Who paid.
	pub payer: A,
	/// Who did the work.
	pub operator: OperatorId,
	/// In what was paid.
	pub asset: Asset,
	/// How much leaves the pot, in the asset's smallest unit.
	pub amount: Balance,
	/// How much of it goes back to the payer as a rebate. Zero until rebates come.
	pub rebate: Balance,
	/// For what.
	pub source: WorkRef,
}

/// What a settlement did.
#[derive(
	Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub struct Receipt {
	/// The operator's direct share, in the asset paid: paid at once, or booked as owed where its account refuses.
	pub direct: Balance,
	/// Joined the collecting lot, in the asset paid: payable after the buyback.
	pub queued: Balance,
	/// The payment's value.
	pub value: Usd,
	/// The part of that value that flows back to neither operators nor payer.
	pub leak: Usd,
	/// The lot that was collecting.
	pub lot: u32,
}

/// What a model asks and costs, as `Jobs` needs to know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelTerms {
	/// The price of one inference, in micro-USD.
	pub price: Usd,
	/// The number of outputs of the layout.
	pub outputs: u32,
	/// The shortest deadline a job may set, in live slots.
	pub min_deadline: u32,
	/// What an operator's hardware must have.
	pub needs: Needs,
	/// How its results are assured.
	pub assurance: Assurance,
	/// Who could forge its evidence.
	pub setup: KeySetup,
	/// Whether its key has stood unchallenged for the challenge period.
	pub verified: bool,
}
