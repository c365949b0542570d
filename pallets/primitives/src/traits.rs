//! The traits that join the pallets. Contract of all: an `Err` has changed nothing; calls that move money are
//! transactional; a function with a loop has a stated bound. A trait that moves money has no `impl for ()`: a no-op
//! settlement compiles and loses money.

use frame_support::{dispatch::DispatchResult, pallet_prelude::Weight};
use sp_core::H256;
use sp_runtime::DispatchError;

use crate::{
	Asset, Balance, Evidence, Ineligible, KeyRefused, KeySetup, ModelId, ModelTerms, Needs, OperatorId, Outcome,
	PublicSlot, Receipt, Refused, Settled, Statement, Usd, Verdict, Verification, WorkRef,
};

/// Live time: slots that passed while the chain was neither paused nor stalled.
pub type LiveTime = u32;

/// The one clock of all deadlines (protocol.md, "Time"). By `LiveClock`.
pub trait LiveClock {
	/// Live slots since genesis. Stands still while the chain is paused or stalled.
	fn now() -> LiveTime;
	/// False while paused and for one window after: nothing is judged then.
	fn judging() -> bool;
}

/// The number of the round that is on. By `Supply`, for whoever books by rounds.
pub trait Rounds {
	/// Rounds follow each other without a gap, from 0, and never go back.
	fn current() -> u32;
	/// How many live slots the current one lasts yet.
	fn left() -> u32;
	/// Makes a round the current one.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_current(round: u32);
}

/// What a round settled, could have served and leaked. By `Revenue` and `Operators`, for `Supply`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Load {
	/// The value of all payments settled in it.
	pub settled: Usd,
	/// What attested devices could have served in it, at their class's reference price. Zero while nothing is attested.
	pub offered: Usd,
	/// The part of the settled value that went back to neither operators nor payers.
	pub leak: Usd,
}

/// How busy the network was (money.md, "Supply").
pub trait LoadSource {
	/// The load of a round that has ended.
	fn of(round: u32) -> Load;
}

/// Where a reward comes from: the two are never shown as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Yield {
	/// What clients paid.
	Real,
	/// What was emitted.
	Emission,
}

/// Pays rewards out to those who lock stake, evenly over a round. By `LockStaking`.
pub trait RewardStream<A> {
	/// Whether there is anybody whom it could ever pay: false where lock staking is off.
	fn is_open() -> bool;
	/// Moves `amount` out of `from` into the stream. Transactional.
	fn push(from: &A, kind: Yield, amount: Balance) -> DispatchResult;
}

/// Destroys VKTR and says of what it was. By `Supply`.
pub trait Burn<A> {
	/// Burns so much of `from`'s. Transactional.
	fn burn(from: &A, amount: Balance) -> DispatchResult;
}

/// Where settled payments go. By `Revenue`, for `Jobs` and `Sessions`.
pub trait Settlement<A> {
	/// Whether a payment of `amount` could be settled now: asked before an escrow is taken.
	fn accepts(asset: &Asset, amount: Balance) -> DispatchResult;
	/// Moves `settled.amount` out of `from_pot` and books every part of it. Transactional.
	fn settle(from_pot: &A, settled: Settled<A>) -> Result<Receipt, DispatchError>;
}

/// Who serves. By `Operators`.
pub trait OperatorRegistry<A> {
	/// The operator for whom `who` signs everyday calls.
	fn by_agent(who: &A) -> Option<OperatorId>;
	/// The account that an operator's money goes to: its owner.
	fn payee(operator: &OperatorId) -> Option<A>;
	/// Whether the operator may take work that needs `needs`; the reason is typed.
	fn check(operator: &OperatorId, needs: &Needs) -> Result<(), Ineligible>;
	/// Books open work worth `value`: its collateral cannot leave while any is open. One booking per `work`.
	fn take_exposure(operator: &OperatorId, work: WorkRef, value: Usd) -> DispatchResult;
	/// Ends what [`Self::take_exposure`] booked; nothing happens for work that is not booked.
	fn free_exposure(operator: &OperatorId, work: WorkRef);
}

/// Hears how work ended. By `Operators`. Moves no money and cannot fail.
pub trait OutcomeSink {
	/// Notes one outcome; `leak` weighs it (protocol.md, "Reputation").
	fn note(operator: &OperatorId, outcome: Outcome, leak: Usd);
}

impl OutcomeSink for () {
	fn note(_: &OperatorId, _: Outcome, _: Usd) {}
}

/// What can be served. By `Models`.
pub trait ModelRegistry {
	/// The terms of a model that takes jobs, or nothing.
	fn terms(id: &ModelId) -> Option<ModelTerms>;
}

/// Verdicts. By `Verification`; the caller builds the statement.
pub trait EvidenceVerifier {
	/// The most that verifying any evidence may weigh, charged before.
	fn worst() -> Weight;
	/// Whether `evidence` shows `statement` for its model.
	fn verify(statement: &Statement, evidence: &Evidence) -> Result<Verdict, Refused>;
}

/// Keeps verification keys. By `Verification`, for `Models`.
pub trait KeyStore {
	/// A key that has passed every check.
	type Checked;
	/// Checks a key in full, once, and names it: equal digests mean that the same is verified in the same way.
	fn check(verification: &Verification) -> Result<(H256, KeySetup, Self::Checked), KeyRefused>;
	/// Stores a checked key.
	fn put(model: &ModelId, key: Self::Checked);
	/// Forgets the key of a model.
	fn remove(model: &ModelId);
	/// Whether a model has a key.
	fn contains(model: &ModelId) -> bool;
	/// How many models have a key. Reads all of them: for invariants only.
	fn count() -> usize;
	/// The most that [`Self::check`] and [`Self::put`] of a key with `layout` may weigh.
	fn put_weight(layout: &[PublicSlot]) -> Weight;
}

/// Why no price can be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PriceError {
	/// There is no pool, or nothing in it.
	NoSource,
	/// The averages are too young: the pool is new, or the chain has stood still.
	Stale,
}

/// What VKTR is worth. By `Buyback`. Never a default price.
pub trait PriceSource {
	/// What asking for a price weighs at most.
	fn weight() -> Weight;
	/// The value of `native`, at the lowest of spot and averages.
	fn worth_at_least(native: Balance) -> Result<Usd, PriceError>;
	/// The amount of VKTR that is worth `value` to whoever takes it, at the lowest of spot and averages: what a payer owes.
	fn native_at_least(value: Usd) -> Result<Balance, PriceError>;
	/// The amount of VKTR that is worth `value`, at the highest of spot and averages, and as that will be once all that waits was bought: what may be
	/// paid out for it. At the price before, a payment that is large beside the pool would be paid for by the rise that it causes.
	fn native_at_most(value: Usd) -> Result<Balance, PriceError>;
}

/// What is to be bought now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Purchase<A> {
	/// Whose USDC it is, and where the VKTR goes.
	pub account: A,
	/// The most that may be spent at once, in micro-USDC.
	pub most: Balance,
	/// All that waits to be spent.
	pub waiting: Balance,
	/// Over how many intervals more.
	pub intervals: u32,
}

/// What waits to be bought. By `Revenue`, for `Buyback`.
pub trait Purchases<A> {
	/// What is next. Nothing where nothing waits.
	fn next() -> Option<Purchase<A>>;
	/// All that waits, in micro-USDC, what still collects too.
	fn waiting() -> Balance;
	/// Books that `spent` micro-USDC of the last answer's account were swapped for `got` of VKTR.
	fn bought(spent: Balance, got: Balance) -> DispatchResult;
	/// Makes `usd` wait.
	#[cfg(feature = "runtime-benchmarks")]
	fn setup(usd: Balance);
}
