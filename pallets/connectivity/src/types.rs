//! What a prober, a window, a report and a watched operator are.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::{transaction_validity::InvalidTransaction, MultiSignature};
use vektor_primitives::{
	connectivity::Nonce, hash, traits::LiveTime, Balance, CaseId, Offer, OperatorId, ProberId, Reach, Usd,
};

use crate::Pending;

/// Slots on a page.
pub const PAGE: u32 = 64;

/// The most probers that look at a page in a window. Source: protocol.md, "Proof of Connectivity".
pub const COMMITTEE: u32 = 7;

/// The most answers that a report must show.
pub const SHOWN: u32 = 3;

/// How often a place is drawn to find them.
pub const DRAWS: u32 = 16;

/// The most windows that may be missed before it is an offence: an hour of five minutes each. Source: ledger V14.
pub const HOUR: u8 = 12;

/// Where the count of missed windows ends, so that the end of an incident is never more than two hours away.
pub const MAX_MISSED: u8 = 25;

/// The longest report in bytes: 256 pages, two bits a place.
pub const MAX_MARKS: u32 = 4_096;

/// What a newcomer's uptime is: 95 % of `u32::MAX`.
pub const FIRST_UPTIME: u32 = 4_080_218_930;

/// What a prober saw at each of its places: two bits a place, four places a byte, the first in the lowest bits. `0` up, `1` late,
/// `2` down, `3` not probed. What is left of the last byte is zero.
pub type Marks = BoundedVec<u8, ConstU32<MAX_MARKS>>;

/// One who probes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Prober {
	/// The key that it signs its reports with.
	pub key: ProberId,
	/// The validator that it belongs to.
	pub validator: AccountId32,
}

/// Which windows have been dealt with.
#[derive(
	Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub struct Progress {
	/// The window that is on: live time divided by `WindowLength`.
	pub current: u32,
	/// All kept windows before this one are tallied.
	pub untallied: u32,
}

/// A window of live time.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct WindowRecord {
	/// The number of the set of probers that look.
	pub set: u32,
	/// What its committees are drawn with: known from its start.
	pub seed: H256,
	/// What decides which answers must be shown: known from its end. Nothing while it is on, or where there is no randomness.
	pub sample_seed: Option<H256>,
	/// How many slots there were when it began. Those after them are not looked at.
	pub slots: u32,
	/// Whether nobody is judged in it: the chain was held or upgraded, or had no randomness.
	pub neutral: bool,
}

/// How far the tally of a window is.
#[derive(
	Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub struct TallyState {
	/// The window.
	pub window: u32,
	/// The page that is next.
	pub page: u32,
	/// How many probers reported.
	pub reports: u32,
	/// How many operators have been judged so far.
	pub judged: u32,
	/// How many were accused so far, at most `MaxAccusations`.
	pub accusations: u32,
	/// The units of those reached so far, less those of who has left since: what is pending of this window.
	pub units: u64,
	/// What an hour of the devices of those reached so far is worth, in micro-USD.
	pub hourly: Usd,
}

/// How a prober's report fares in a tally.
#[derive(
	Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub struct Score {
	/// Whether it reported.
	pub reported: bool,
	/// How many pages of its own have been tallied: what is next in its report.
	pub pages: u32,
	/// How many operators on them were judged.
	pub judged: u32,
	/// How many of those it had looked at.
	pub looked: u32,
	/// At how many of those it saw what was found in the end.
	pub agreed: u32,
}

/// An operator that is watched.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Watched {
	/// The operator.
	pub operator: OperatorId,
	/// The first window in which it may be judged.
	pub since: u32,
	/// Whether its endpoint was shown to be its own.
	pub proved: bool,
	/// The window since which it is not, where it is not.
	pub unproved_since: u32,
	/// Whether it serves: what is not there is not missed.
	pub serving: bool,
	/// Windows that began until this live time are not judged.
	pub excused_until: LiveTime,
	/// Windows missed less windows not missed, from 0 to 25.
	pub missed: u8,
	/// Whether it has been accused for the incident that is on.
	pub accused: bool,
	/// How it was found when it was last judged. `Unproved` where that was up and it came again, declared maintenance, moved or
	/// changed its key since.
	pub reach: Reach,
	/// The share of judged windows in which it was reached, weighted over 90 days: `4_294_967_295` is all of them.
	pub uptime: u32,
	/// What it offers while it is reached.
	pub offer: Offer,
	/// Its part of the window that is being tallied, or of the one tallied last: what comes to `earned` next.
	pub pending: Option<Pending>,
	/// What it has earned by being there and not claimed, in the smallest unit of VKTR.
	pub earned: Balance,
}

/// An answer that a prober got from an agent.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Shown {
	/// The place in the report.
	pub place: u32,
	/// Which of the window's probes it answered, from 0 to 4.
	pub round: u8,
	/// What the prober had sent.
	pub nonce: Nonce,
	/// The agent's signature of it.
	pub signature: MultiSignature,
}

/// What a prober saw in a window.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Report {
	/// The window, the one before the present one.
	pub window: u32,
	/// The prober's place in that window's set.
	pub prober: u16,
	/// Two bits for each place of its pages in ascending order, four places a byte, the first in the lowest bits: `0` up, `1` late,
	/// `2` down, `3` not probed.
	pub marks: Marks,
	/// The answers of those that the window's end drew, in the order of the draw.
	pub shown: BoundedVec<Shown, ConstU32<SHOWN>>,
}

/// What a prober signs to report.
pub fn report_message(genesis: &H256, report: &Report) -> H256 {
	hash(&(b"vktr-report", genesis, report))
}

/// The incident that an operator is accused of: one for each window in which a count first is too high.
pub fn incident(operator: &OperatorId, window: u32) -> H256 {
	hash(&(b"vktr-downtime", operator, window))
}

/// Why a report is refused, beyond what the SDK has words for: the number in `InvalidTransaction::Custom`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Refusal {
	/// Nobody is judged in this window.
	Neutral = 1,
	/// Not the answers that the window's end drew, or not in their order: ask for the samples again.
	WrongSamples = 2,
	/// An answer that its agent did not sign, or not for this prober, window and round.
	BadAnswer = 3,
}

impl From<Refusal> for InvalidTransaction {
	fn from(refusal: Refusal) -> Self {
		Self::Custom(match refusal {
			Refusal::Neutral => 1,
			Refusal::WrongSamples => 2,
			Refusal::BadAnswer => 3,
		})
	}
}

/// What one prober saw at one place in one window.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Mark {
	/// In time.
	#[codec(index = 0)]
	Up,
	/// Reached, and late.
	#[codec(index = 1)]
	Late,
	/// Not reached.
	#[codec(index = 2)]
	Down,
	/// Not probed.
	#[codec(index = 3)]
	Skipped,
}

/// Why an operator is not judged in a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Neutral {
	/// Nobody is: the chain was held or upgraded, or had no randomness.
	#[codec(index = 0)]
	Window,
	/// It was not there yet, or had moved or changed its key since.
	#[codec(index = 1)]
	TooNew,
	/// Its endpoint has not been shown to be its own.
	#[codec(index = 2)]
	Unproved,
	/// It takes no new work.
	#[codec(index = 3)]
	Resting,
	/// It said before that it would be away.
	#[codec(index = 4)]
	Excused,
	/// Fewer than half of its committee reported, or fewer than two had looked at it.
	#[codec(index = 5)]
	TooFewReports,
	/// As many saw it down as saw it.
	#[codec(index = 6)]
	Tie,
	/// The reports are not all in yet.
	#[codec(index = 7)]
	Pending,
}

/// What a prober is to do at one of its places.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Task {
	/// Probe it in each round.
	#[codec(index = 0)]
	Probe,
	/// Send it, once, the signature of `activation_message` with which it shows that the endpoint is its own.
	#[codec(index = 1)]
	Challenge,
}

/// One whom a prober is to ask.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Target {
	/// Its place in the prober's report.
	pub place: u32,
	/// The operator.
	pub operator: OperatorId,
	/// The key that signs its answers.
	pub agent: AccountId32,
	/// Where it listens, such as `http://203.0.113.7:9955`.
	pub endpoint: Vec<u8>,
	/// Where it stands, such as `eu-west`.
	pub region: Vec<u8>,
	/// What to do.
	pub task: Task,
}

/// What a prober is to do in the window that is on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Plan {
	/// The window.
	pub window: u32,
	/// The prober's place in the window's set: `Report::prober`.
	pub prober: u16,
	/// The live time at which the window began.
	pub starts: LiveTime,
	/// How long it is, in live slots.
	pub length: u32,
	/// How many places its report has, those not to be probed included.
	pub places: u32,
	/// Whom to ask.
	pub targets: Vec<Target>,
}

/// What one member of a committee saw of an operator.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Sight {
	/// The member's validator.
	pub validator: AccountId32,
	/// What it saw. Nothing where it did not report.
	pub mark: Option<Mark>,
}

/// What was seen of an operator in a window, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Seen {
	/// The window.
	pub window: u32,
	/// The live time at which it began.
	pub starts: LiveTime,
	/// How the operator was found, or why it was not judged, by its record as it is now.
	pub judged: Result<Reach, Neutral>,
	/// What each member of its committee saw, in the order of the draw.
	pub seen: Vec<Sight>,
}

/// What a step of the count of missed windows asks for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Step {
	/// The reach is another than before.
	pub changed: bool,
	/// It has been down for more than an hour and is not accused for it.
	pub offence: bool,
}

/// What became of an accusation.
pub(crate) type Accused = Result<CaseId, sp_runtime::DispatchError>;
