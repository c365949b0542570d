use frame_support::{assert_ok, assert_storage_noop, dispatch::Pays};
use sp_core::H256;
use vektor_primitives::{Asset, JobId, Outcome, Usd, WorkRef, ONE_USDC, USDC, VKTR};

use crate::{
	mock::{Jobs, *},
	*,
};

type Error = crate::Error<Test>;

fn expire(id: JobId) -> Result<Pays, sp_runtime::DispatchError> {
	Jobs::expire(signed(KEEPER), id).map(|info| info.pays_fee).map_err(|refused| refused.error)
}

/// Spends all of the client's USDC, so that its account is gone and a small refund cannot make it again.
pub(super) fn leave(client: AccountId) {
	assert_ok!(Assets::transfer_all(signed(client), USDC, ISSUER, false));
	assert_eq!(balance(&DOLLARS, client), 0);
}

#[test]
fn nobody_is_to_blame_for_a_job_of_which_nothing_could_be_proved() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		KeyCondemned::set(true);
		Now::set(MIN_DEADLINE + 1);

		assert_eq!(expire(id), Ok(Pays::No));

		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC);
		assert_eq!(Notes::get(), None);
		assert!(!Exposures::contains_key(WorkRef::Job(id)));
	});
}

#[test]
fn after_the_deadline_anyone_sends_the_whole_escrow_back_for_free() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE + 1);

		assert_eq!(expire(id), Ok(Pays::No));

		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC);
		assert_eq!(balance(&DOLLARS, KEEPER), 0);
		assert_eq!(in_pot(&DOLLARS), 0);
		assert_eq!(Notes::get(), Some(vec![(operator(1), Outcome::Missed, Usd(PRICE))]));
		assert!(!Exposures::contains_key(WorkRef::Job(id)));
		assert_eq!(Books::<Test>::get(DOLLARS), Book { taken: PRICE, settled: 0, refunded: PRICE });
		let (job, outputs) = Jobs::info(&id).unwrap();
		assert_eq!((job.state, job.due), (JobState::Refunded, MIN_DEADLINE + 1 + RETENTION));
		assert!(outputs.is_empty());
		assert_eq!(
			last_event(),
			Event::Refunded { job: id, client: ALICE, operator: operator(1), asset: DOLLARS, amount: PRICE }.into()
		);
	});
}

#[test]
fn vktr_goes_back_too_whatever_its_price_has_become() {
	ExtBuilder.build_and_execute(|| {
		NativePrice::set(Some(2_000_000));
		let id = submit_for(ALICE, 1, Asset::Native, 1, MIN_DEADLINE).unwrap();
		NativePrice::set(None);
		Now::set(MIN_DEADLINE + 1);
		assert_ok!(expire(id));
		assert_eq!(balance(&Asset::Native, ALICE), 1_000 * VKTR);
	});
}

#[test]
fn an_unknown_job_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_storage_noop!(assert_eq!(expire(JobId(H256::repeat_byte(9))), Err(Error::UnknownJob.into())));
	});
}

#[test]
fn a_second_refund_is_refused_and_so_is_one_of_a_settled_job() {
	ExtBuilder.build_and_execute(|| {
		let (id, settled) = (submit(ALICE, 1).unwrap(), submit(ALICE, 2).unwrap());
		assert_ok!(Jobs::deliver(signed(AGENT), settled, outputs(), evidence(&settled, outputs())));
		Now::set(MIN_DEADLINE + 1);
		assert_ok!(expire(id));
		assert_storage_noop!(assert_eq!(expire(id), Err(Error::NothingToRefund.into())));
		assert_storage_noop!(assert_eq!(expire(settled), Err(Error::NothingToRefund.into())));
	});
}

#[test]
fn at_the_deadline_it_is_too_early() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE);
		assert_storage_noop!(assert_eq!(expire(id), Err(Error::NotExpired.into())));
	});
}

#[test]
fn while_nothing_is_judged_nothing_expires() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		Now::set(MIN_DEADLINE + 1);
		Judging::set(false);
		assert_storage_noop!(assert_eq!(expire(id), Err(Error::NotJudging.into())));
	});
}

#[test]
fn an_account_that_refuses_loses_nothing_and_gets_it_later() {
	ExtBuilder.build_and_execute(|| {
		ModelPrice::set(USDC_MIN - 1);
		let id = submit(ALICE, 1).unwrap();
		leave(ALICE);
		Now::set(MIN_DEADLINE + 1);
		assert_storage_noop!(assert_eq!(expire(id), Err(Error::RefundRefused.into())));
		assert_ok!(Assets::transfer(signed(ISSUER), USDC, ALICE, USDC_MIN));
		assert_ok!(expire(id));
		assert_eq!(balance(&DOLLARS, ALICE), 2 * USDC_MIN - 1);
	});
}
