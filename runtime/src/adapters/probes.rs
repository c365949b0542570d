//! What probers ask of `Connectivity`, in the words of `vektor-runtime-api`.

use alloc::{string::String, vec::Vec};
use codec::Encode;
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_connectivity::{report_message, Mark, Neutral, Report, Shown, Task};
use sp_core::H256;
use vektor_primitives::{traits::LiveClock as _, OperatorId, ProberId, ProberSignature, Reach};
use vektor_runtime_api::{ProbePlan, ProbeReport, ProbeTarget, SightInfo, WindowInfo};

use crate::{timing, BlockNumber, Connectivity, LiveClock, Runtime, RuntimeCall, System};

/// What a prober is to do.
pub fn plan(prober: ProberId) -> Option<ProbePlan> {
	let plan = Connectivity::plan(&prober)?;
	let target = |target: pallet_connectivity::Target| ProbeTarget {
		place: target.place,
		operator: target.operator,
		agent: target.agent,
		endpoint: target.endpoint,
		region: target.region,
		challenge: target.task == Task::Challenge,
	};
	Some(ProbePlan {
		window: plan.window,
		prober: plan.prober,
		starts: plan.starts,
		now: LiveClock::now(),
		length: plan.length,
		slot_ms: <timing::SlotMs as frame_support::traits::Get<u64>>::get(),
		places: plan.places,
		targets: plan.targets.into_iter().map(target).collect(),
	})
}

fn report(report: ProbeReport) -> Option<Report> {
	let ProbeReport { window, prober, marks, shown } = report;
	let shown: Vec<_> = shown
		.into_iter()
		.map(|answer| Shown {
			place: answer.place,
			round: answer.round,
			nonce: answer.nonce,
			signature: answer.signature,
		})
		.collect();
	Some(Report { window, prober, marks: marks.try_into().ok()?, shown: shown.try_into().ok()? })
}

/// What a prober signs.
pub fn to_sign(order: ProbeReport) -> Option<H256> {
	Some(report_message(&System::block_hash(BlockNumber::default()), &report(order)?))
}

/// The transaction that carries a report: authorised by the report itself, without fee or nonce.
pub fn build(order: ProbeReport, signature: ProberSignature) -> Option<Vec<u8>> {
	let call = pallet_connectivity::Call::<Runtime>::report { report: report(order)?, signature };
	let extrinsic =
		<Runtime as CreateAuthorizedTransaction<pallet_connectivity::Call<Runtime>>>::create_authorized_transaction(
			RuntimeCall::from(call),
		);
	Some(extrinsic.encode())
}

fn said(mark: Option<Mark>) -> &'static str {
	match mark {
		Some(Mark::Up) => "up",
		Some(Mark::Late) => "late",
		Some(Mark::Down) => "down",
		Some(Mark::Skipped) => "not probed",
		None => "no report",
	}
}

fn verdict(judged: Result<Reach, Neutral>) -> &'static str {
	match judged {
		Ok(Reach::Up) => "up",
		Ok(Reach::Late) => "late",
		Ok(Reach::Down) => "down",
		Ok(Reach::Unproved) => "unproved",
		Err(Neutral::Window) => "the chain was paused, stalled or upgraded",
		Err(Neutral::TooNew) => "it was not there yet, or had moved or changed its key since",
		Err(Neutral::Unproved) => "its endpoint has not been shown to be its own",
		Err(Neutral::Resting) => "it takes no new work",
		Err(Neutral::Excused) => "declared maintenance",
		Err(Neutral::TooFewReports) => "too few probers reported",
		Err(Neutral::Tie) => "as many saw it down as saw it up",
		Err(Neutral::Pending) => "the reports are not all in yet",
	}
}

/// What was seen of an operator.
pub fn windows(operator: OperatorId) -> Vec<WindowInfo> {
	let sight = |sight: pallet_connectivity::Sight| SightInfo {
		validator: sight.validator,
		saw: String::from(said(sight.mark)),
	};
	let info = |seen: pallet_connectivity::Seen| WindowInfo {
		window: seen.window,
		starts: seen.starts,
		verdict: String::from(verdict(seen.judged)),
		counts: seen.judged.is_ok(),
		seen: seen.seen.into_iter().map(sight).collect(),
	};
	Connectivity::history(&operator).into_iter().map(info).collect()
}
