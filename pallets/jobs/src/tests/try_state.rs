use frame_support::assert_ok;
use vektor_primitives::{Asset, JobId};

use crate::{
	mock::{Jobs, *},
	*,
};

/// An open and a settled job, then a broken state: the invariant of that number notices.
fn breaks(number: u8, corrupt: impl FnOnce(JobId, JobId)) {
	ExtBuilder.build().execute_with(|| {
		let (open, settled) = (submit(ALICE, 1).unwrap(), submit(ALICE, 2).unwrap());
		assert_ok!(Jobs::deliver(signed(AGENT), settled, outputs(), evidence(&settled, outputs())));
		assert_ok!(Jobs::do_try_state());
		corrupt(open, settled);
		let error = format!("{:?}", Jobs::do_try_state().expect_err("a broken state"));
		assert!(error.contains(&format!("jobs: invariant {number},")), "{error}");
	});
}

fn change(id: JobId, change: impl FnOnce(&mut Job<AccountId>)) {
	crate::Jobs::<Test>::mutate(id, |job| change(job.as_mut().expect("a job")));
}

#[test]
fn one_a_pot_that_holds_too_little() {
	breaks(1, |open, _| change(open, |job| job.price = PRICE + 1));
	breaks(1, |open, _| change(open, |job| job.asset = Asset::WithId(7)));
}

#[test]
fn two_a_book_that_does_not_balance() {
	breaks(2, |_, _| Books::<Test>::mutate(DOLLARS, |book| book.refunded += 1));
	breaks(2, |_, _| Books::<Test>::remove(DOLLARS));
}

#[test]
fn three_an_index_of_open_jobs_that_is_not() {
	breaks(3, |_, settled| OpenJobs::<Test>::insert(operator(1), settled, ()));
	breaks(3, |open, _| OpenJobs::<Test>::remove(operator(1), open));
}

#[test]
fn four_a_queue_that_is_not_what_is_due() {
	breaks(4, |open, _| DueQueue::<Test>::insert(99, open, ()));
	breaks(4, |open, _| DueQueue::<Test>::remove(MIN_DEADLINE, open));
	breaks(4, |_, _| Cursor::<Test>::put(MIN_DEADLINE + 1));
}

#[test]
fn five_a_commitment_without_its_job() {
	breaks(5, |open, _| Commitments::<Test>::insert((BOB, model(1), commitment(1)), open));
	breaks(5, |_, _| Commitments::<Test>::remove((ALICE, model(1), commitment(1))));
}

#[test]
fn six_outputs_of_a_job_that_is_not_settled() {
	breaks(6, |open, _| Results::<Test>::insert(open, outputs()));
	breaks(6, |_, settled| Results::<Test>::remove(settled));
}

#[test]
fn seven_a_job_without_time() {
	breaks(7, |open, _| change(open, |job| job.opened = job.deadline));
	breaks(7, |_, settled| change(settled, |job| job.price = 0));
}
