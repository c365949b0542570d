use frame_support::{
	assert_noop, assert_ok, assert_storage_noop,
	dispatch::{GetDispatchInfo, Pays},
	weights::Weight,
};
use sp_core::H256;
use sp_runtime::DispatchError;
use vektor_primitives::{Assurance, EvidenceError, JobId, KeySetup, Outcome, Usd, WorkRef, ONE_USDC};

use crate::{
	mock::{Jobs, *},
	*,
};

type Error = crate::Error<Test>;

/// What a call weighs beside the verification: its own 2,000 with three registry calls and one settlement, and asking for a price.
fn base() -> Weight {
	Weight::from_parts(2_070, 27)
}

#[test]
fn a_valid_result_settles_the_whole_escrow_and_is_free() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE);

		let info = Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())).unwrap();

		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(info.actual_weight, Some(base() + VERIFYING));
		assert_eq!(in_pot(&DOLLARS), 0);
		assert_eq!(balance(&DOLLARS, REVENUE), USDC_MIN + PRICE);
		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC - PRICE);
		let settled = (ALICE, operator(1), DOLLARS, PRICE, WorkRef::Job(id));
		assert_eq!(Settlements::get(), Some(vec![settled]));
		assert_eq!(Notes::get(), Some(vec![(operator(1), Outcome::Settled, leak())]));
		assert!(!Exposures::contains_key(WorkRef::Job(id)));
		assert_eq!(Books::<Test>::get(DOLLARS), Book { taken: PRICE, settled: PRICE, refunded: 0 });
		let (job, kept) = Jobs::info(&id).unwrap();
		assert_eq!((job.state, job.due, kept), (JobState::Settled, MIN_DEADLINE + RETENTION, outputs()));
		let delivered = Event::Delivered { job: id, operator: operator(1), outputs: outputs() };
		System::assert_has_event(delivered.into());
		assert_eq!(
			last_event(),
			Event::Settled {
				job: id,
				client: ALICE,
				operator: operator(1),
				asset: DOLLARS,
				paid: PRICE,
				direct: 0,
				queued: PRICE,
				lot: 3,
				assurance: Assurance::Zk,
				setup: KeySetup::SingleParty,
			}
			.into()
		);
	});
}

#[test]
fn a_false_proof_moves_no_money_costs_the_full_fee_and_leaves_the_job_open() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();

		let info = Jobs::deliver(signed(AGENT), id, outputs(), false_evidence()).unwrap();

		assert_eq!((info.pays_fee, info.actual_weight), (Pays::Yes, None));
		assert_eq!(in_pot(&DOLLARS), PRICE);
		assert_eq!(Notes::get(), Some(vec![(operator(1), Outcome::ProofRefused, Usd(PRICE))]));
		assert_eq!(Settlements::get(), None);
		let reason = EvidenceError::DoesNotHold;
		assert_eq!(last_event(), Event::ProofRefused { job: id, operator: operator(1), reason }.into());
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
	});
}

#[test]
fn a_tampered_output_or_a_proof_of_another_job_does_not_hold() {
	ExtBuilder.build_and_execute(|| {
		let (first, second) = (submit(ALICE, 1).unwrap(), submit(BOB, 1).unwrap());
		let tampered = vec![[1; 32], [3; 32]].try_into().unwrap();
		assert_ok!(Jobs::deliver(signed(AGENT), first, tampered, evidence(&first, outputs())));
		assert_ok!(Jobs::deliver(signed(AGENT), first, outputs(), evidence(&second, outputs())));
		assert_eq!(Notes::get().unwrap().len(), 2);
		assert_eq!(in_pot(&DOLLARS), 2 * PRICE);
		assert_eq!(crate::Jobs::<Test>::get(first).unwrap().state, JobState::Open);
	});
}

#[test]
fn malformed_evidence_is_an_error_that_pays_for_what_it_took() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		assert_storage_noop!({
			let refused = Jobs::deliver(signed(AGENT), id, outputs(), malformed_evidence()).unwrap_err();
			assert_eq!(refused.error, Error::BadEvidence(EvidenceError::ProofLength).into());
			assert_eq!(refused.post_info.actual_weight, Some(base() + DECODING));
			assert_eq!(refused.post_info.pays_fee, Pays::Yes);
		});
	});
}

#[test]
fn the_worst_verification_is_charged_before_and_a_call_refused_early_gets_it_back() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		let call = crate::Call::<Test>::deliver { job: id, outputs: outputs(), evidence: false_evidence() };
		assert_eq!(call.get_dispatch_info().call_weight, base() + WORST);
		let refused = Jobs::deliver(signed(OTHER_AGENT), id, outputs(), false_evidence()).unwrap_err();
		assert_eq!(refused.post_info.actual_weight, Some(base()));
	});
}

#[test]
fn an_unknown_job_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let id = JobId(H256::repeat_byte(9));
		assert_storage_noop!(assert_eq!(
			Jobs::deliver(signed(AGENT), id, outputs(), false_evidence()).unwrap_err().error,
			Error::UnknownJob.into()
		));
	});
}

#[test]
fn another_operators_delivery_is_refused_and_so_is_anyones() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		for who in [OTHER_AGENT, ALICE, KEEPER] {
			assert_storage_noop!(assert_eq!(
				Jobs::deliver(signed(who), id, outputs(), evidence(&id, outputs())).unwrap_err().error,
				Error::NotYourJob.into()
			));
		}
	});
}

#[test]
fn a_second_delivery_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		let proof = evidence(&id, outputs());
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), proof.clone()));
		assert_storage_noop!(assert_eq!(
			Jobs::deliver(signed(AGENT), id, outputs(), proof).unwrap_err().error,
			Error::NotOpen.into()
		));
	});
}

#[test]
fn after_the_deadline_a_delivery_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE + 1);
		assert_storage_noop!(assert_eq!(
			Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())).unwrap_err().error,
			Error::DeadlinePassed.into()
		));
	});
}

#[test]
fn while_nothing_is_judged_a_deadline_is_not_missed() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE + 1);
		Judging::set(false);
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
	});
}

#[test]
fn what_cannot_be_proved_any_more_is_not_delivered_and_nobody_is_to_blame() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		let proof = evidence(&id, outputs());
		KeyCondemned::set(true);
		assert_storage_noop!({
			let refused = Jobs::deliver(signed(AGENT), id, outputs(), proof).unwrap_err();
			assert_eq!(refused.error, Error::Unprovable.into());
			assert_eq!(refused.post_info.actual_weight, Some(base()));
		});
		Now::set(MIN_DEADLINE + 1);
		catch_up();
		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC);
		assert_eq!(Notes::get(), None);
	});
}

#[test]
fn what_can_be_proved_again_is_delivered() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		KeyCondemned::set(true);
		assert!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())).is_err());
		KeyCondemned::set(false);
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
	});
}

#[test]
fn a_settlement_that_fails_half_way_undoes_the_delivery() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		SettlementFails::set(true);
		let call = crate::Call::<Test>::deliver { job: id, outputs: outputs(), evidence: evidence(&id, outputs()) };
		let call = RuntimeCall::Jobs(call);
		assert_noop!(
			sp_runtime::traits::Dispatchable::dispatch(call, signed(AGENT)).map_err(|refused| refused.error),
			DispatchError::Other("settlement fails half-way")
		);
		assert_eq!(in_pot(&DOLLARS), PRICE);
		SettlementFails::set(false);
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
	});
}
