//! What is stored of a model.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use vektor_primitives::{traits::LiveTime, Assurance, Balance, KeySetup, ModelId, Needs, Scheme, Usd};

/// An SPDX expression or a name: `Apache-2.0`.
pub type Licence = BoundedVec<u8, ConstU32<64>>;

/// What an owner says of a model beside how it is verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
	/// Blake2b-256 of the file that holds the network.
	pub artefact: H256,
	/// What an operator's hardware must have.
	pub needs: Needs,
	/// The shortest deadline a job may set, in live slots.
	pub min_deadline: LiveTime,
	/// What an output is divided by to have the network's own number.
	pub output_scale: u32,
	/// The price of one inference, in micro-USD.
	pub price: Usd,
	/// Under which licence the network may be used.
	pub licence: Licence,
}

/// A model's record. All but its price and its end is immutable.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Model<AccountId> {
	/// Who registered it, sets its price and gets the deposit back.
	pub owner: AccountId,
	/// Blake2b-256 of the file that holds the network.
	pub artefact: H256,
	/// How its results are assured.
	pub assurance: Assurance,
	/// Who could forge its evidence, as it was when it was registered.
	pub setup: KeySetup,
	/// How its results are verified.
	pub scheme: Scheme,
	/// Names what is verified: the same key and layout have the same digest, whoever registers them.
	pub digest: H256,
	/// How many outputs a result has.
	pub outputs: u32,
	/// What an operator's hardware must have.
	pub needs: Needs,
	/// The shortest deadline a job may set, in live slots. Example: `20` slots of 6 s are two minutes.
	pub min_deadline: LiveTime,
	/// What an output is divided by to have the network's own number. Example: `256`.
	pub output_scale: u32,
	/// The price of one inference, in micro-USD. Example: `50_000` is 5 cents.
	pub price: Usd,
	/// Under which licence the network may be used.
	pub licence: Licence,
	/// What the pot holds for it, in the smallest unit of VKTR. Example: `100_000_000_000_000` is 100 VKTR.
	pub deposit: Balance,
	/// The live time at which it was registered, in slots.
	pub registered: LiveTime,
	/// The live time from which its key counts as verified, unless a challenge is open, in slots.
	pub verified_from: LiveTime,
	/// The live time from which it can be removed, where it has retired, in slots.
	pub removable: Option<LiveTime>,
}

/// Somebody's claim that a model's key is not that of its network.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Challenge<AccountId> {
	/// Who claims it.
	pub challenger: AccountId,
	/// What the pot holds of theirs, in the smallest unit of VKTR. Example: `100_000_000_000_000` is 100 VKTR.
	pub bond: Balance,
	/// The hash of the reasons, kept elsewhere: what was made anew from network and settings, and how it differs.
	pub reasons: H256,
	/// The live time from which `end_challenge` returns the bond if governance has not judged, in slots.
	pub lapses: LiveTime,
}

/// A deposit in the pot, for who asks where their money is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct HeldDeposit {
	/// The model that it belongs to.
	pub model: ModelId,
	/// How much, in the smallest unit of VKTR.
	pub amount: Balance,
	/// Whether it is the bond of a challenge rather than a model's deposit.
	pub challenge: bool,
	/// The live slot from which `retire`, or `end_challenge`, returns it; nothing while the model takes jobs.
	pub removable: Option<LiveTime>,
}
