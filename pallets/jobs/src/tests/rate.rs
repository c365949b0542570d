//! `rate`.

use frame_support::{assert_noop, assert_ok};
use sp_core::H256;

use crate::{mock::*, Event};

type Error = crate::Error<Test>;

fn settled() -> vektor_primitives::JobId {
	let id = submit(ALICE, 1).unwrap();
	Now::set(MIN_DEADLINE);
	assert_ok!(Jobs::deliver(signed(AGENT), id, outputs(), evidence(&id, outputs())));
	id
}

#[test]
fn a_client_rates_settled_work_once_and_it_weighs_what_the_work_leaked() {
	ExtBuilder.build_and_execute(|| {
		let id = settled();
		let review = Some(H256::repeat_byte(7));
		assert_ok!(Jobs::rate(signed(ALICE), id, 4, review));
		assert_eq!(Ratings::get(), Some(vec![(operator(1), ALICE, 4, leak())]));
		assert_eq!(
			last_event(),
			Event::Rated { job: id, client: ALICE, operator: operator(1), stars: 4, review }.into()
		);
		assert_noop!(Jobs::rate(signed(ALICE), id, 5, None), Error::NothingToRate);
	});
}

#[test]
fn what_is_not_settled_is_not_rated() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		assert_noop!(Jobs::rate(signed(ALICE), id, 5, None), Error::NothingToRate);
	});
}

#[test]
fn nobody_rates_anothers_job() {
	ExtBuilder.build_and_execute(|| {
		let id = settled();
		assert_noop!(Jobs::rate(signed(BOB), id, 5, None), Error::NotYourJob);
		assert_noop!(Jobs::rate(signed(AGENT), id, 5, None), Error::NotYourJob);
		assert_noop!(Jobs::rate(signed(ALICE), vektor_primitives::JobId(H256::zero()), 5, None), Error::UnknownJob);
	});
}

#[test]
fn a_rating_is_one_to_five_stars() {
	ExtBuilder.build_and_execute(|| {
		let id = settled();
		for stars in [0, 6, u8::MAX] {
			assert_noop!(Jobs::rate(signed(ALICE), id, stars, None), Error::StarsOutOfBounds);
		}
		assert_ok!(Jobs::rate(signed(ALICE), id, 1, None));
	});
}
