//! What happens when nobody delivers, and when nobody can.

use super::*;

#[test]
fn after_the_deadline_nothing_is_paid_and_everything_returns() {
	slice(|operator, model| {
		let payload = payload(6);
		let before = usdc(&CLIENT.to_account_id());
		// The chain judges from its first window on.
		pass(3);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		let call = delivery(job, proved.outputs, proved.proof);
		let now = Jobs::now();
		assert_eq!(
			error(dispatch(Alice, pallet_jobs::Call::expire { job })),
			pallet_jobs::Error::<Runtime>::NotExpired.into()
		);
		while Jobs::now() <= now + DEADLINE {
			assert_eq!(state(job), JobState::Open);
			pass(1);
		}
		assert_eq!(error(dispatch(AGENT, call)), pallet_jobs::Error::<Runtime>::DeadlinePassed.into());
		assert_ok!(dispatch(Alice, pallet_jobs::Call::expire { job }));
		assert_eq!(state(job), JobState::Refunded);
		assert_eq!(usdc(&CLIENT.to_account_id()), before, "the refund is exact");
		assert_eq!((jobs_pot(), usdc(&Revenue::pot())), (USDC_MINIMUM, USDC_MINIMUM));
		assert_eq!(pallet_operators::Records::<Runtime>::get(operator).missed, 1);
	});
}

#[test]
fn the_chain_refunds_by_itself() {
	slice(|operator, model| {
		let before = usdc(&CLIENT.to_account_id());
		let job = job(model, operator, &payload(6));
		pass(DEADLINE + 5);
		assert_eq!(state(job), JobState::Refunded);
		assert_eq!(usdc(&CLIENT.to_account_id()), before);
	});
}

#[test]
fn the_queue_keeps_up_with_the_most_jobs_that_a_block_submits_or_settles() {
	use frame_support::{dispatch::GetDispatchInfo, traits::Get};
	use pallet_jobs::WeightInfo as _;
	use pallet_verification::WeightInfo as _;
	type JobWeights = pallet_jobs::weights::SubstrateWeight<Runtime>;
	type VerdictWeights = pallet_verification::weights::SubstrateWeight<Runtime>;
	slice(|operator, model| {
		let most = params::MAXIMUM_BLOCK_WEIGHT.ref_time();
		let normal = params::NORMAL_RATIO.mul_floor(most);
		let call = submit(model, operator, [0; 32], usdc_asset());
		let submitted = normal / call.get_dispatch_info().call_weight.ref_time();
		let steps = <<Runtime as pallet_jobs::Config>::TickSteps as Get<u32>>::get();
		assert!(u64::from(steps) > 2 * submitted, "{submitted}");
		// Settled with the cheapest evidence, and forgotten in what transactions leave of a block, half of which is for other hooks.
		let cheapest = JobWeights::deliver().saturating_add(VerdictWeights::verify_session()).ref_time();
		let settled = vektor_runtime::Verification::evidence_limit() / cheapest;
		let room = (most - normal) / 2;
		assert!(settled * JobWeights::tick_step().ref_time() < room, "{settled}");
	});
}

#[test]
fn no_deadline_passes_while_the_chain_is_held() {
	slice(|operator, model| {
		let payload = payload(7);
		let job = job(model, operator, &payload);
		pass(1);
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		let now = Jobs::now();
		pass(DEADLINE + 5);
		assert_eq!(Jobs::now(), now);
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		let name = (bounded("Jobs"), bounded("deliver"));
		assert_ok!(root(pallet_tx_pause::Call::pause { full_name: name.clone() }));
		pass(DEADLINE + 5);
		assert_eq!(Jobs::now(), now);
		assert_ok!(root(pallet_tx_pause::Call::unpause { ident: name }));
		// A stall adds nothing either.
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + 3_600);
		assert_eq!(Jobs::now(), now);
		assert_eq!(state(job), JobState::Open);
		let proved = prove(job, &payload);
		assert_ok!(dispatch(AGENT, delivery(job, proved.outputs, proved.proof)));
		assert_eq!(state(job), JobState::Settled);
	});
}

#[test]
fn a_safe_mode_drill_stops_money_judges_nobody_and_ends_by_itself() {
	slice(|operator, model| {
		use vektor_primitives::traits::LiveClock as _;
		// Long enough that a window is more than the block that ends the pause.
		let durations = timing::Durations { hour: 24, ..timing::Active::<Runtime>::get() };
		timing::Active::<Runtime>::put(durations);
		timing::AtGenesis::<Runtime>::put(durations);
		let payload = payload(8);
		pass(3);
		let job = job(model, operator, &payload);
		let enter = || pallet_safe_mode::Call::force_enter {};
		assert_eq!(error(dispatch(Alice, enter())), DispatchError::BadOrigin);
		assert_ok!(root(enter()));
		let began = System::block_number();
		let now = Jobs::now();
		let transfer = pallet_assets::Call::<Runtime, frame_support::instances::Instance1>::transfer_keep_alive {
			id: USDC.into(),
			target: Dave.to_account_id().into(),
			amount: ONE_USDC,
		};
		let held = frame_system::Error::<Runtime>::CallFiltered;
		assert_eq!(error(dispatch(CLIENT, transfer.clone())), held.into());
		// Governance goes on: a proposal is noted, submitted and decided upon.
		let proposal_origin = Box::new(frame_system::RawOrigin::Root.into());
		let proposal = frame_support::traits::Bounded::Inline(bounded("no call yet"));
		let enactment_moment = frame_support::traits::schedule::DispatchTime::After(1);
		assert_ok!(dispatch(Charlie, pallet_referenda::Call::submit { proposal_origin, proposal, enactment_moment }));
		assert_ok!(dispatch(Charlie, pallet_referenda::Call::place_decision_deposit { index: 0 }));

		// The clock looks where a block begins.
		pass(1);
		while SafeMode::is_entered() {
			assert_eq!((Jobs::now(), LiveClock::judging(), state(job)), (now, false, JobState::Open));
			pass(1);
		}
		let lasted = System::block_number() - began;
		assert!(lasted.abs_diff(configs::brakes::BrakeDuration::get()) <= 1, "{lasted}");
		// For one window more, of which this block is the first.
		let window = <inference::Window as frame_support::traits::Get<u32>>::get();
		assert!(window > 1);
		for _ in 1..window {
			assert!(!LiveClock::judging());
			pass(1);
		}
		assert!(LiveClock::judging());
		assert_ok!(dispatch(CLIENT, transfer));
		let proved = prove(job, &payload);
		assert_ok!(dispatch(AGENT, delivery(job, proved.outputs, proved.proof)));
		assert_eq!(state(job), JobState::Settled);
	});
}
