use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use vektor_primitives::{JobId, Outcome, Usd, ONE_USDC, USDC};

use super::expire::leave;
use crate::{
	mock::{Jobs, *},
	*,
};

fn state(id: JobId) -> Option<JobState> {
	crate::Jobs::<Test>::get(id).map(|job| job.state)
}

#[test]
fn a_job_past_its_deadline_is_refunded_by_itself() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE);
		catch_up();
		assert_eq!(state(id), Some(JobState::Open));
		Now::set(MIN_DEADLINE + 1);
		catch_up();
		assert_eq!(state(id), Some(JobState::Refunded));
		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC);
	});
}

#[test]
fn a_finished_record_is_forgotten_after_the_retention_and_its_commitment_is_free_again() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
		Now::set(RETENTION);
		catch_up();
		assert_eq!(state(id), Some(JobState::Settled));
		assert_noop!(submit(ALICE, 1), Error::<Test>::DuplicateCommitment);
		Now::set(RETENTION + 1);
		catch_up();
		assert_eq!(Jobs::info(&id), None);
		assert_eq!(DueQueue::<Test>::iter().count(), 0);
		assert_eq!(Results::<Test>::iter().count(), 0);
		assert_ne!(submit(ALICE, 1).unwrap(), id);
	});
}

#[test]
fn while_nothing_is_judged_the_queue_waits() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE + 50);
		Judging::set(false);
		idle();
		idle();
		assert_eq!((state(id), Cursor::<Test>::get()), (Some(JobState::Open), 0));
		Judging::set(true);
		catch_up();
		assert_eq!(state(id), Some(JobState::Refunded));
	});
}

#[test]
fn a_refused_refund_releases_the_operator_and_waits_twice_as_long_each_time() {
	ExtBuilder.build_and_execute(|| {
		ModelPrice::set(USDC_MIN - 1);
		let id = submit(ALICE, 1).unwrap();
		leave(ALICE);
		let deadline = MIN_DEADLINE;
		Now::set(deadline + 1);
		catch_up();

		assert_eq!(state(id), Some(JobState::RefundDue));
		assert_eq!(Notes::get(), Some(vec![(operator(1), Outcome::Missed, Usd(USDC_MIN - 1))]));
		assert_eq!(Exposures::iter_keys().count(), 0);
		assert!(Jobs::open_of(&operator(1)).is_empty());
		assert_eq!(in_pot(&DOLLARS), USDC_MIN - 1);
		let retry = deadline + 1 + RETRY;
		assert_eq!(
			last_event(),
			Event::RefundDeferred { job: id, client: ALICE, asset: DOLLARS, amount: USDC_MIN - 1, retry }.into()
		);

		let mut waits = Vec::new();
		for _ in 0..4 {
			let due = crate::Jobs::<Test>::get(id).unwrap().due;
			Now::set(due + 1);
			catch_up();
			waits.push(crate::Jobs::<Test>::get(id).unwrap().due - Now::get());
		}
		assert_eq!(waits, vec![22, 45, 91, 183]);
		// Missed once, however often the refund is tried.
		assert_eq!(Notes::get().unwrap().len(), 1);

		assert_ok!(Assets::transfer(signed(ISSUER), USDC, ALICE, USDC_MIN));
		assert_ok!(Jobs::expire(signed(KEEPER), id));
		assert_eq!(state(id), Some(JobState::Refunded));
		assert_eq!(balance(&DOLLARS, ALICE), 2 * USDC_MIN - 1);
		assert_eq!(Notes::get().unwrap().len(), 1);
	});
}

#[test]
fn a_refused_refund_blocks_no_other() {
	ExtBuilder.build_and_execute(|| {
		ModelPrice::set(USDC_MIN - 1);
		let refused = submit(ALICE, 1).unwrap();
		let paid = submit(BOB, 1).unwrap();
		leave(ALICE);
		Now::set(MIN_DEADLINE + 1);
		catch_up();
		assert_eq!((state(refused), state(paid)), (Some(JobState::RefundDue), Some(JobState::Refunded)));
	});
}

#[test]
fn one_block_takes_a_bounded_number_of_steps_and_the_next_goes_on() {
	ExtBuilder.build_and_execute(|| {
		let ids = (0..40).map(|number| submit(ALICE, number).unwrap()).collect::<Vec<_>>();
		let open = || ids.iter().filter(|id| state(**id) == Some(JobState::Open)).count();
		Now::set(MIN_DEADLINE + 1);
		idle();
		// 10 empty slots and 6 jobs.
		assert_eq!(open(), 34);
		check();
		idle();
		assert_eq!(open(), 18);
		catch_up();
		assert_eq!(open(), 0);
		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC);
	});
}

#[test]
fn the_queue_takes_no_more_weight_than_there_is() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Cursor::<Test>::put(MIN_DEADLINE);
		Now::set(MIN_DEADLINE + 1);
		assert_eq!(<Jobs as Hooks<u64>>::on_idle(1, Weight::zero()), Weight::zero());
		let base = Weight::from_parts(100, 1);
		assert_eq!(<Jobs as Hooks<u64>>::on_idle(1, base), base);
		assert_eq!(state(id), Some(JobState::Open));
		// A step is charged as a refund and a forgetting.
		let step = Weight::from_parts(3_500, 35);
		let enough = base + step;
		assert_eq!(<Jobs as Hooks<u64>>::on_idle(1, enough), enough);
		assert_eq!(state(id), Some(JobState::Refunded));
	});
}

#[test]
fn a_step_that_refunds_nothing_leaves_the_weight_of_a_refund_to_others() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
		Cursor::<Test>::put(RETENTION);
		Now::set(RETENTION + 1);
		let (base, step, refund) =
			(Weight::from_parts(100, 1), Weight::from_parts(500, 5), Weight::from_parts(3_000, 30));
		// It may be a refund: without room for one, nothing is begun.
		assert_eq!(<Jobs as Hooks<u64>>::on_idle(1, base + step), base);
		assert_eq!(state(id), Some(JobState::Settled));
		assert_eq!(<Jobs as Hooks<u64>>::on_idle(1, base + step + refund), base + step);
		assert_eq!(state(id), None);
	});
}

#[test]
fn with_usdc_frozen_refunds_wait_and_then_go_through() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		assert_ok!(Assets::freeze_asset(signed(ISSUER), USDC));
		Now::set(MIN_DEADLINE + 1);
		catch_up();
		assert_eq!(state(id), Some(JobState::RefundDue));
		assert!(Jobs::expire(signed(KEEPER), id).is_err());
		assert_ok!(Assets::thaw_asset(signed(ISSUER), USDC));
		Now::set(MIN_DEADLINE + 2 + RETRY);
		catch_up();
		assert_eq!(state(id), Some(JobState::Refunded));
		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC);
	});
}
