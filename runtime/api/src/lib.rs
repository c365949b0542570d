//! Runtime API traits, one per domain: the twins of the custom JSON-RPC methods, usable by any client through
//! `state_call`. Amounts are integers of the smallest unit; as JSON they are decimal strings.
#![cfg_attr(not(feature = "std"), no_std)]
// `decl_runtime_apis!` makes undocumented items of its own.
#![allow(missing_docs)]

extern crate alloc;

#[cfg(feature = "std")]
pub mod decimal;
#[cfg(feature = "std")]
pub mod felts;

mod connectivity;
mod inference;
mod operators;
mod tokenomics;

pub use connectivity::*;
pub use inference::*;
pub use operators::*;
pub use tokenomics::*;

use alloc::{string::String, vec::Vec};
use sp_core::H256;
use sp_runtime::AccountId32;
use vektor_primitives::{
	Asset, Evidence, EvidenceError, JobId, ModelId, OperatorId, ProberId, ProberSignature, Statement,
};

sp_api::decl_runtime_apis! {
	/// Operators.
	pub trait OperatorsApi {
		/// One operator, by its id (`operators_get`).
		fn get(id: OperatorId) -> Option<OperatorInfo>;
		/// Operators by filter, at most 100 (`operators_list`).
		fn list(filter: OperatorFilter) -> Vec<OperatorInfo>;
		/// Operators that could serve a model now, best first, at most 16 (`operators_candidates`). Drawn anew in each block.
		fn candidates(model: ModelId, region: Option<String>, n: u32) -> Vec<CandidateInfo>;
		/// The open cases against an operator (`operators_cases`).
		fn cases(id: OperatorId) -> Vec<CaseInfo>;
		/// What was seen of an operator in the windows that are kept, the oldest first (`operators_windows`).
		fn windows(id: OperatorId) -> Vec<WindowInfo>;
	}

	/// For the probers of validators.
	pub trait ConnectivityApi {
		/// What a prober is to do in the window that is on. Nothing where it has no part in it.
		fn plan(prober: ProberId) -> Option<ProbePlan>;
		/// The window that a prober is to report on now and has not, and how many places its report has.
		fn due(prober: ProberId) -> Option<(u32, u32)>;
		/// The prober's place in the set of a window.
		fn index(prober: ProberId, window: u32) -> Option<u16>;
		/// The places whose answers a report of these marks must show, in this order.
		fn samples(prober: ProberId, window: u32, marks: Vec<u8>) -> Option<Vec<u32>>;
		/// What a prober signs to make a report. Nothing where it is too long.
		fn to_sign(report: ProbeReport) -> Option<H256>;
		/// The transaction that carries a report, encoded. Nothing where it is too long.
		fn build(report: ProbeReport, signature: ProberSignature) -> Vec<u8>;
	}

	/// Models, jobs and their proofs.
	pub trait InferenceApi {
		/// What one inference would cost, or why it cannot be paid so (`inference_quote`).
		fn quote(model: ModelId, asset: Asset) -> Result<Quote, String>;
		/// One job, while it is open and for the retention time after (`inference_job`).
		fn job(id: JobId) -> Option<JobInfo>;
		/// The open jobs of one operator (`inference_openJobs`): bounded by the open work it may have.
		fn open_jobs(operator: OperatorId) -> Vec<JobInfo>;
		/// What happened to jobs in the block at whose state this is called, in order (`inference_subscribeJobs`): from
		/// `System::read_events_no_consensus`, through [`JobFilter::admits`].
		fn job_events(filter: JobFilter) -> Vec<JobEvent>;
		/// A dry run of the verification that `deliver` would do (`inference_verifyEvidence`).
		fn verify_evidence(statement: Statement, evidence: Evidence) -> Result<(), EvidenceError>;
	}

	/// Where the money is.
	pub trait TokenomicsApi {
		/// The last `n` lots, newest first, at most 100 (`tokenomics_lots`).
		fn lots(n: u32) -> Vec<LotInfo>;
		/// An operator's part of every lot that was not claimed (`tokenomics_accrued`).
		fn accrued(operator: OperatorId) -> Vec<AccrualInfo>;
		/// What an operator's work earned of the emission and was not claimed, and the round that is on (`tokenomics_earned`).
		fn earned(operator: OperatorId) -> Vec<WorkInfo>;
		/// What an operator's attested devices bring it (`tokenomics_availability`).
		fn availability(operator: OperatorId) -> AvailabilityInfo;
		/// Where every token is (`tokenomics_supply`). Reads all locks of vesting: for nodes, never for a block.
		fn supply() -> SupplyInfo;
		/// The account's stakes under a lock (`tokenomics_position`): at most 16.
		fn position(account: AccountId32) -> Vec<PositionInfo>;
		/// What each tier earns now, real yield and emission apart (`tokenomics_apy`).
		fn apy() -> Vec<TierInfo>;
		/// The active split (`tokenomics_split`).
		fn split() -> SplitInfo;
		/// Every unit of the account's that the protocol holds (`tokenomics_money`).
		fn money(account: AccountId32) -> Vec<HeldMoney>;
	}
}
