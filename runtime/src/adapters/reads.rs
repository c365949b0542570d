//! What the runtime APIs answer, in the words of `vektor-runtime-api`.

use alloc::{format, string::String, vec::Vec};
use sp_runtime::traits::BlockNumberProvider;
use vektor_primitives::{
	traits::{Attestations, EvidenceVerifier, LiveClock as _, ModelRegistry, Rounds, Watch},
	Asset, Candidate, CaseId, Evidence, EvidenceError, Felt, JobId, ModelId, OperatorId, Statement,
};
use vektor_runtime_api::{
	AccrualInfo, AvailabilityInfo, CandidateInfo, CaseInfo, JobEvent, JobEventKind, JobFilter, JobInfo, JobState,
	LotInfo, OperatorFilter, OperatorInfo, PositionInfo, Quote, SplitInfo, TierInfo, WorkInfo,
};

use crate::{
	adapters::{identities::identity, live::ElapsedSlots},
	timing, AccountId, Connectivity, Jobs, LiveClock, LockStaking, Models, Operators, Revenue, Runtime, RuntimeEvent,
	Supply, System, Verification,
};

/// Rows that a list holds at most.
const MOST: usize = 100;

fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

/// One operator.
pub fn operator(id: OperatorId) -> Option<OperatorInfo> {
	pallet_operators::Operators::<Runtime>::get(id).map(|record| operator_info(id, record))
}

fn operator_info(id: OperatorId, record: pallet_operators::Operator<AccountId>) -> OperatorInfo {
	let (now, presence) = (LiveClock::now(), Connectivity::presence(&id));
	OperatorInfo {
		id,
		status: record.status,
		gpus: record.gpus,
		collateral: record.collateral,
		open_work: record.open_work,
		exposure: record.exposure,
		exposure_bound: Operators::exposure_bound(&record),
		frozen: record.held_back(),
		tier: Operators::tier_of(&record).map(|tier| text(&tier.name)),
		reputation: Operators::reputation(&id, &record),
		fill_rate: pallet_operators::Records::<Runtime>::get(id).fill_rate(),
		reach: presence.reach,
		uptime: presence.uptime,
		maintenance: Some(record.maintenance.until).filter(|until| now < *until),
		barred: record.bars.until().filter(|_| record.bars.hold(now)),
		identity: identity(&record.owner),
		required: Operators::required(&record),
		ineligible: Operators::ineligible(&id),
		class: text(&record.class),
		region: text(&record.region),
		endpoint: text(&record.endpoint),
		owner: record.owner,
		agent: record.agent,
	}
}

/// Operators that could serve a model, drawn with the last block's hash.
pub fn candidates(model: ModelId, region: Option<String>, n: u32) -> Vec<CandidateInfo> {
	let Some(terms) = Models::terms(&model) else {
		return Vec::new();
	};
	let found = Operators::candidates(&terms.needs, region.as_deref().map(str::as_bytes), System::parent_hash(), n);
	let info = |candidate: Candidate| {
		operator(candidate.operator).map(|operator| CandidateInfo { score: candidate.score, operator })
	};
	found.into_iter().filter_map(info).collect()
}

/// The open cases against an operator.
pub fn cases(id: OperatorId) -> Vec<CaseInfo> {
	let info = |(number, case): (CaseId, pallet_operators::Case<AccountId>)| CaseInfo {
		case: number,
		offence: case.offence,
		amount: match case.taking {
			pallet_operators::Taking::Part(amount) => Some(amount),
			pallet_operators::Taking::All => None,
		},
		opened: case.opened,
		due: case.due,
	};
	Operators::open_cases(&id).into_iter().map(info).collect()
}

/// Operators by filter.
pub fn operators(filter: OperatorFilter) -> Vec<OperatorInfo> {
	let limit = filter.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(MOST).min(MOST);
	let keep = |id: &OperatorId, record: &pallet_operators::Operator<AccountId>| {
		filter.owner.as_ref().is_none_or(|owner| *owner == record.owner)
			&& filter.region.as_ref().is_none_or(|region| region.as_bytes() == record.region.as_slice())
			&& (!filter.judged || identity(&record.owner).is_some_and(|identity| identity.judged))
			&& (filter.reputation == 0 || Operators::reputation(id, record) >= filter.reputation)
			&& (!filter.eligible || Operators::ineligible(id).is_none())
	};
	Operators::list(limit, keep).into_iter().map(|(id, record)| operator_info(id, record)).collect()
}

/// What one inference costs.
pub fn quote(model: ModelId, asset: Asset) -> Result<Quote, String> {
	let quote = Jobs::quote(&model, &asset).map_err(|error| String::from(<&'static str>::from(error)))?;
	Ok(Quote {
		model,
		asset,
		amount: quote.price,
		value: quote.terms.price,
		min_deadline: quote.terms.min_deadline,
		assurance: quote.terms.assurance,
		setup: quote.terms.setup,
		verified: quote.terms.verified,
	})
}

fn job_info(id: JobId, job: pallet_jobs::Job<AccountId>, outputs: Vec<Felt>) -> JobInfo {
	JobInfo {
		id,
		client: job.client,
		operator: job.operator,
		model: job.model,
		commitment: job.commitment,
		payload: job.payload,
		asset: job.asset,
		price: job.price,
		opened: job.opened,
		deadline: job.deadline,
		now: Jobs::now(),
		state: match job.state {
			pallet_jobs::JobState::Open => JobState::Open,
			pallet_jobs::JobState::Settled => JobState::Settled,
			pallet_jobs::JobState::Refunded => JobState::Refunded,
			pallet_jobs::JobState::RefundDue => JobState::RefundDue,
		},
		outputs,
	}
}

/// One job.
pub fn job(id: JobId) -> Option<JobInfo> {
	let (job, outputs) = Jobs::info(&id)?;
	Some(job_info(id, job, outputs.into_inner()))
}

/// The open jobs of one operator.
pub fn open_jobs(operator: OperatorId) -> Vec<JobInfo> {
	Jobs::open_of(&operator).into_iter().map(|(id, job)| job_info(id, job, Vec::new())).collect()
}

/// What happened to jobs in the block at whose state this is called.
pub fn job_events(filter: JobFilter) -> Vec<JobEvent> {
	use pallet_jobs::Event as E;
	(0u32..)
		.zip(System::read_events_no_consensus())
		.filter_map(|(index, record)| {
			let RuntimeEvent::Jobs(event) = record.event else {
				return None;
			};
			let (job, kind) = match event {
				E::Submitted { job, .. } => (job, JobEventKind::Submitted),
				E::Delivered { job, .. } => (job, JobEventKind::Delivered),
				E::Settled { job, .. } => (job, JobEventKind::Settled),
				E::ProofRefused { job, .. } => (job, JobEventKind::ProofRefused),
				E::Refunded { job, .. } => (job, JobEventKind::Refunded),
				E::RefundDeferred { job, .. } => (job, JobEventKind::RefundDeferred),
				_ => return None,
			};
			let (record, _) = Jobs::info(&job)?;
			let pallet_jobs::Job { client, operator, model, .. } = record;
			Some(JobEvent { index, job, kind, client, operator, model })
		})
		.filter(|event| filter.admits(event))
		.collect()
}

/// What `deliver` would say of evidence.
pub fn verify(statement: Statement, evidence: Evidence) -> Result<(), EvidenceError> {
	Verification::verify(&statement, &evidence).map(|_| ()).map_err(|refused| refused.why)
}

/// The last `n` lots.
pub fn lots(n: u32) -> Vec<LotInfo> {
	let most = u32::try_from(MOST).unwrap_or(n);
	Revenue::lots(n.min(most))
		.into_iter()
		.map(|(number, asset, lot)| LotInfo {
			lot: number,
			state: format!("{:?}", lot.state),
			asset,
			asset_in: lot.asset_in,
			operators: lot.operators,
			stakers: lot.stakers,
			burn: lot.burn,
			value: lot.value_total,
			opened: lot.opened,
			to_spend: lot.to_spend,
			bought: lot.bought,
			native_shares: lot.native_shares,
			asset_shares: lot.asset_shares,
			claimable: lot.claimable,
		})
		.collect()
}

/// An operator's part of every lot.
pub fn accrued(operator: OperatorId) -> Vec<AccrualInfo> {
	let (round, left) = (Supply::current(), Supply::left());
	let rows = Revenue::accrued(operator).into_iter();
	rows.map(|held| {
		let collecting = || Revenue::lot(held.lot, &held.asset).is_some_and(|lot| lot.round == round);
		let (native, paid) = held.claimable.unwrap_or_default();
		AccrualInfo {
			lot: held.lot,
			earliest: if held.claimable.is_none() && collecting() { left } else { 0 },
			claimable: held.claimable.is_some(),
			asset: held.asset,
			amount: held.amount,
			native,
			paid,
		}
	})
	.collect()
}

/// What an operator's work earned.
pub fn earned(operator: OperatorId) -> Vec<WorkInfo> {
	let rows = Revenue::earned(operator).into_iter();
	rows.map(|held| WorkInfo { round: held.round, leak: held.leak, amount: held.amount }).collect()
}

/// What an operator's attested devices bring it.
pub fn availability(operator: OperatorId) -> AvailabilityInfo {
	let (now, trust) = Verification::current();
	let offer = pallet_operators::Operators::<Runtime>::get(operator).map(|record| Operators::offer(&record));
	let attested = offer.unwrap_or_default().attested;
	let devices = attested.counting(now, trust);
	let until = if devices > 0 { attested.until } else { 0 };
	AvailabilityInfo { devices, until, earned: Revenue::earned_availability(operator) }
}

/// The active split.
pub fn split() -> SplitInfo {
	let split = Revenue::split();
	SplitInfo {
		direct: split.direct,
		operators: split.operators,
		stakers: split.stakers,
		burn: split.burn,
		treasury: split.treasury,
		reserve: split.reserve,
		operations: split.operations,
		quality: split.quality,
	}
}

/// An account's stakes under a lock.
pub fn positions(account: AccountId) -> Vec<PositionInfo> {
	let now = ElapsedSlots::current_block_number();
	let held = LockStaking::held(&account).into_iter();
	held.map(|held| PositionInfo {
		position: held.position.id,
		tier: held.position.tier,
		worth: held.worth,
		principal: held.position.principal,
		liquid_at: LockStaking::day_begins(held.expires),
		now,
		yields: held.yields,
		votes: held.votes,
		due: held.due,
	})
	.collect()
}

/// What each tier earns now.
pub fn tiers() -> Vec<TierInfo> {
	let now = ElapsedSlots::current_block_number();
	// 365.25 days.
	let rates = LockStaking::rates(timing::hours(8_766)).into_iter();
	(0..)
		.zip(rates)
		.map(|(tier, rate)| TierInfo {
			tier,
			days: rate.tier.days,
			yields: rate.tier.yields,
			votes: rate.tier.votes,
			staked: rate.staked,
			real_yield: rate.real,
			emission: rate.emission,
			liquid_at: LockStaking::liquid_at(&rate.tier),
			now,
		})
		.collect()
}
