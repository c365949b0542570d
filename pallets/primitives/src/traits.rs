//! The traits that join the pallets. Contract of all: an `Err` has changed nothing; calls that move money are
//! transactional; a function with a loop has a stated bound. A trait that moves money has no `impl for ()`: a no-op
//! settlement compiles and loses money.

use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, pallet_prelude::Weight};
use sp_core::H256;
use sp_runtime::DispatchError;

use crate::{
	Asset, Assurance, Attested, Balance, CaseId, Evidence, Ineligible, KeyRefused, KeySetup, Loss, ModelId, ModelTerms,
	Needs, Offence, Offer, OperatorId, Outcome, Presence, Receipt, Refused, Scheme, Settled, Statement, Usd, Verdict,
	Verification, WorkRef,
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
	/// Moves up to half of a reward of `amount` out of `from` into the operator's collateral while that is below what is asked of
	/// it, and says how much. Transactional.
	fn withhold(operator: &OperatorId, from: &A, amount: Balance) -> Result<Balance, DispatchError>;
	/// Makes an operator that serves and lacks a little of its collateral: the dearest to pay.
	#[cfg(feature = "runtime-benchmarks")]
	fn for_benchmarks() -> OperatorId;
}

/// Hears how work ended. By `Operators`. Moves no money and cannot fail.
pub trait OutcomeSink<A> {
	/// Notes one outcome of work for `client`; `weight` is what the work leaked, or was worth (protocol.md, "Reputation").
	fn note(operator: &OperatorId, client: &A, outcome: Outcome, weight: Usd);
	/// Notes what `client` thinks of a piece of settled work that leaked `weight`: 1 to 5 stars.
	fn rate(operator: &OperatorId, client: &A, stars: u8, weight: Usd);
}

impl<A> OutcomeSink<A> for () {
	fn note(_: &OperatorId, _: &A, _: Outcome, _: Usd) {}
	fn rate(_: &OperatorId, _: &A, _: u8, _: Usd) {}
}

/// Punishes. By `Operators`: it opens a case, never slashes at once.
pub trait Discipline<A> {
	/// Opens a case, once per operator and `incident`. `loss` is what the offence provably cost a client, `challenger` whoever
	/// proved it.
	fn accuse(
		operator: &OperatorId,
		offence: Offence,
		incident: H256,
		loss: Option<Loss<A>>,
		challenger: Option<A>,
	) -> Result<CaseId, DispatchError>;
	/// What [`Self::accuse`] weighs at most.
	fn accuse_weight() -> Weight;
}

/// What cases took. By `Operators`, for the reserve of `Revenue`, which may compensate no more than that.
pub trait Slashes {
	/// Books that so much of what `case` took has been compensated for, in the smallest unit of VKTR or of USDC. Fails where that is more
	/// than is left.
	fn compensate(case: CaseId, asset: &Asset, amount: Balance) -> DispatchResult;
	/// Makes a case that took as much as any may.
	#[cfg(feature = "runtime-benchmarks")]
	fn setup() -> CaseId;
}

/// Watches who can be reached. By `Connectivity`, for `Operators`.
pub trait Watch {
	/// The operator serves from now on. Fails only where no more can be watched.
	fn enter(operator: &OperatorId) -> DispatchResult;
	/// It takes no new work for now: what is not there is not missed.
	fn rest(operator: &OperatorId);
	/// It listens elsewhere (`moved`: the new endpoint must be shown to be its own) or signs with another key.
	fn changed(operator: &OperatorId, moved: bool);
	/// Its absence until this live time is not judged.
	fn excuse(operator: &OperatorId, until: LiveTime);
	/// It is gone.
	fn leave(operator: &OperatorId);
	/// What it offers while it can be reached. Nothing happens for one that is not watched.
	fn offers(operator: &OperatorId, offer: Offer);
	/// What is known of it. At most two reads.
	fn presence(operator: &OperatorId) -> Presence;
}

impl Watch for () {
	fn enter(_: &OperatorId) -> DispatchResult {
		Ok(())
	}
	fn rest(_: &OperatorId) {}
	fn changed(_: &OperatorId, _: bool) {}
	fn excuse(_: &OperatorId, _: LiveTime) {}
	fn leave(_: &OperatorId) {}
	fn offers(_: &OperatorId, _: Offer) {}
	fn presence(_: &OperatorId) -> Presence {
		Presence::default()
	}
}

/// What counts of what hardware has shown. By `Verification`.
pub trait Attestations {
	/// Unix time in seconds, and the version of what is trusted. Two reads.
	fn current() -> (u64, u32);
}

impl Attestations for () {
	fn current() -> (u64, u32) {
		(0, 0)
	}
}

/// Hears which devices operators have shown. By `Operators`, for `Verification`. Moves no money and cannot fail.
pub trait DeviceSink {
	/// All that count of an operator's now: in the place of what was shown before.
	fn shown(operator: &OperatorId, attested: Attested);
}

impl DeviceSink for () {
	fn shown(_: &OperatorId, _: Attested) {}
}

/// Hears which operators are gone. By `Verification`, for `Operators`. Moves no money and cannot fail.
pub trait OperatorSink {
	/// The operator is gone for ever: what it has shown is forgotten. Bounded by the most that one operator may show.
	fn gone(operator: &OperatorId);
	/// What that weighs at most.
	fn weight() -> Weight;
}

impl OperatorSink for () {
	fn gone(_: &OperatorId) {}
	fn weight() -> Weight {
		Weight::zero()
	}
}

/// Pays for being there. By `Revenue`, for `Connectivity`.
pub trait Availability {
	/// Ends a window in which devices of so many units were there, that could have served work of this value. Says what they earn
	/// together: each operator's part is in the proportion of its units, rounded down. Moves no money.
	fn window(units: u64, offered: Usd) -> Balance;
	/// What that weighs at most.
	fn weight() -> Weight;
}

/// What operators have earned by being there and nobody has claimed. By `Connectivity`, for `Revenue`.
pub trait Earnings {
	/// How much it is.
	fn earned(operator: &OperatorId) -> Balance;
	/// Takes all of it off the books, and says how much that was.
	fn take_earned(operator: &OperatorId) -> Balance;
	/// Makes so much of it.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_earned(operator: &OperatorId, amount: Balance);
}

/// How an operator is reached. By `Operators`, for `Connectivity`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact<A> {
	/// The key that signs its answers.
	pub agent: A,
	/// Where it listens, such as `http://203.0.113.7:9955`.
	pub endpoint: Vec<u8>,
	/// Where it stands, such as `eu-west`.
	pub region: Vec<u8>,
}

/// Who can be watched. By `Operators`, for `Connectivity`.
pub trait Contacts<A> {
	/// How an operator is reached. One read.
	fn contact(operator: &OperatorId) -> Option<Contact<A>>;
	/// The operator that an agent key serves. One read.
	fn by_agent(agent: &A) -> Option<OperatorId>;
	/// Makes an active operator with the longest endpoint, whose agent is this.
	#[cfg(feature = "runtime-benchmarks")]
	fn setup(agent: &A) -> OperatorId;
}

/// Randomness. By the runtime.
pub trait Seeds {
	/// Of the parent block: known to its author alone before it was made. Nothing where blocks carry none (manual sealing without
	/// keys).
	fn block() -> Option<H256>;
	/// Of the epoch: known from its start.
	fn epoch() -> H256;
}

/// Rewards validators for what they do beside making blocks. By the runtime.
pub trait EraPoints<A> {
	/// Adds so many points to a validator's of this era.
	fn add(validator: A, points: u32);
}

/// What can be served. By `Models`.
pub trait ModelRegistry {
	/// The terms of a model that takes jobs, or nothing.
	fn terms(id: &ModelId) -> Option<ModelTerms>;
	/// Whether results of a model can be proved, of a retired one too: it has a key that was not found wrong, and what that rests on is
	/// trusted. At most four reads.
	fn provable(id: &ModelId) -> bool;
}

/// Verdicts. By `Verification`; the caller builds the statement.
pub trait EvidenceVerifier {
	/// The most that verifying any evidence may weigh, charged before.
	fn worst() -> Weight;
	/// Whether `evidence` shows `statement` for its model.
	fn verify(statement: &Statement, evidence: &Evidence) -> Result<Verdict, Refused>;
}

/// A verification key that has passed every check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedKey<K> {
	/// Names what is verified: equal digests mean that the same is verified in the same way.
	pub digest: H256,
	/// How results are assured.
	pub assurance: Assurance,
	/// Who could forge evidence.
	pub setup: KeySetup,
	/// How results are verified.
	pub scheme: Scheme,
	/// How many outputs a result has.
	pub outputs: u32,
	/// Where the key says so: what an output is divided by to have the network's own number.
	pub scale: Option<u32>,
	/// What is stored.
	pub key: K,
}

/// Keeps verification keys. By `Verification`, for `Models`.
pub trait KeyStore {
	/// What is stored of a key.
	type Key;
	/// Checks a key in full, once.
	fn check(verification: &Verification) -> Result<CheckedKey<Self::Key>, KeyRefused>;
	/// Stores a checked key.
	fn put(model: &ModelId, key: Self::Key);
	/// Forgets the key of a model.
	fn remove(model: &ModelId);
	/// Whether a model has a key.
	fn contains(model: &ModelId) -> bool;
	/// Whether a model has a key under which evidence can hold: what it rests on, a string or an image, is still trusted. At most two
	/// reads.
	fn usable(model: &ModelId) -> bool;
	/// How many models have a key. Reads all of them: for invariants only.
	fn count() -> usize;
	/// The most that [`Self::check`] and [`Self::put`] of a key may weigh.
	fn put_weight(verification: &Verification) -> Weight;
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
	/// The amount of VKTR that is worth `value`, at the highest of spot and averages, and as that will be once all that waits was bought in a pool as
	/// deep as it usually is: what may be paid out for it. At the price before, a payment that is large beside the pool would be paid for by the rise that it causes.
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
