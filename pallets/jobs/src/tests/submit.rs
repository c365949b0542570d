use frame_support::{assert_noop, assert_ok, traits::fungibles::Mutate};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult, TokenError};
use vektor_primitives::{Asset, Balance, Ineligible, JobId, Usd, WorkRef, FIELD_ORDER, ONE_USDC, USDC, VKTR};

use crate::{
	mock::{Jobs, *},
	*,
};

type Error = crate::Error<Test>;

/// A call that is right but for what the test changes.
struct Ask {
	model: u64,
	commitment: H256,
	max_price: Balance,
	asset: Asset,
	deadline: u32,
	operator: u64,
}

impl Default for Ask {
	fn default() -> Self {
		let commitment = commitment(1);
		Self { model: 1, commitment, max_price: PRICE, asset: DOLLARS, deadline: MIN_DEADLINE, operator: 1 }
	}
}

impl Ask {
	fn submit(self) -> DispatchResult {
		Jobs::submit(
			signed(ALICE),
			model(self.model),
			self.commitment,
			H256::repeat_byte(5),
			self.max_price,
			self.asset,
			self.deadline,
			Assign::Operator(operator(self.operator)),
		)
	}
}

#[test]
fn the_price_moves_into_escrow_and_the_job_is_open() {
	ExtBuilder.build_and_execute(|| {
		Now::set(7);
		let id = next_id(ALICE, commitment(1));
		assert_eq!(id, JobId::derive(&Jobs::genesis(), &ALICE, 0, &commitment(1)));
		let ask = Ask { max_price: PRICE + 1, ..Default::default() };

		assert_ok!(ask.submit());

		assert_eq!(balance(&DOLLARS, ALICE), 1_000 * ONE_USDC - PRICE);
		assert_eq!(in_pot(&DOLLARS), PRICE);
		let job = Job {
			client: ALICE,
			operator: operator(1),
			model: model(1),
			commitment: commitment(1),
			payload: H256::repeat_byte(5),
			asset: DOLLARS,
			price: PRICE,
			value: Usd(PRICE),
			opened: 7,
			deadline: 17,
			due: 17,
			state: JobState::Open,
			unrated: None,
		};
		assert_eq!(crate::Jobs::<Test>::get(id), Some(job));
		assert_eq!(Exposures::get(WorkRef::Job(id)), Some((operator(1), Usd(PRICE))));
		assert_eq!(Books::<Test>::get(DOLLARS), Book { taken: PRICE, settled: 0, refunded: 0 });
		assert_eq!(Nonces::<Test>::get(ALICE), 1);
		assert_eq!(
			last_event(),
			Event::Submitted {
				job: id,
				client: ALICE,
				operator: operator(1),
				model: model(1),
				commitment: commitment(1),
				payload: H256::repeat_byte(5),
				asset: DOLLARS,
				price: PRICE,
				deadline: 17,
			}
			.into()
		);
	});
}

#[test]
fn vktr_is_taken_once_there_is_a_price() {
	ExtBuilder.build_and_execute(|| {
		NativePrice::set(Some(2_000_000));
		let id = submit_for(ALICE, 1, Asset::Native, 1, MIN_DEADLINE).unwrap();
		let job = crate::Jobs::<Test>::get(id).unwrap();
		assert_eq!((job.price, job.value), (VKTR / 40, Usd(PRICE)));
		assert_eq!(in_pot(&Asset::Native), VKTR / 40);
		assert_eq!(balance(&Asset::Native, ALICE), 1_000 * VKTR - VKTR / 40);
	});
}

#[test]
fn the_price_is_frozen() {
	ExtBuilder.build_and_execute(|| {
		let id = submit(ALICE, 1).unwrap();
		ModelPrice::set(10 * PRICE);
		assert_eq!(crate::Jobs::<Test>::get(id).unwrap().price, PRICE);
	});
}

#[test]
fn an_unknown_model_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { model: 9, ..Default::default() }.submit(), Error::UnknownModel);
	});
}

#[test]
fn a_deadline_below_the_models_minimum_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { deadline: MIN_DEADLINE - 1, ..Default::default() }.submit(), Error::DeadlineTooShort);
	});
}

#[test]
fn a_deadline_above_the_maximum_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { deadline: MAX_DEADLINE + 1, ..Default::default() }.submit(), Error::DeadlineTooLong);
		assert_ok!(Ask { deadline: MAX_DEADLINE, ..Default::default() }.submit());
	});
}

#[test]
fn a_commitment_that_is_no_field_element_is_refused() {
	ExtBuilder.build_and_execute(|| {
		for commitment in [H256(FIELD_ORDER), H256([0xff; 32])] {
			assert_noop!(Ask { commitment, ..Default::default() }.submit(), Error::NonCanonicalCommitment);
		}
		let mut largest = FIELD_ORDER;
		largest[31] -= 1;
		assert_ok!(Ask { commitment: H256(largest), ..Default::default() }.submit());
	});
}

#[test]
fn another_asset_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { asset: Asset::WithId(2), ..Default::default() }.submit(), Error::UnsupportedAsset);
	});
}

#[test]
fn vktr_is_refused_while_it_has_no_price() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { asset: Asset::Native, ..Default::default() }.submit(), Error::NoPrice);
	});
}

#[test]
fn a_price_above_the_clients_maximum_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { max_price: PRICE - 1, ..Default::default() }.submit(), Error::PriceAboveMax);
	});
}

#[test]
fn an_operator_that_cannot_take_it_is_refused_with_the_reason() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(Ask { operator: 9, ..Default::default() }.submit(), Error::Ineligible(Ineligible::Unknown));
		for why in [Ineligible::NotActive, Ineligible::CollateralTooLow, Ineligible::HardwareTooSmall, Ineligible::Busy]
		{
			WhyIneligible::set(Some(why));
			assert_noop!(Ask::default().submit(), Error::Ineligible(why));
		}
	});
}

#[test]
fn a_commitment_is_unique_per_client_and_model() {
	ExtBuilder.build_and_execute(|| {
		assert_ok!(Ask::default().submit());
		assert_noop!(Ask::default().submit(), Error::DuplicateCommitment);
		assert_ok!(Ask { model: 2, ..Default::default() }.submit());
		// Another's copy blocks nobody.
		assert_ok!(submit(BOB, 1));
	});
}

#[test]
fn a_model_that_costs_nothing_is_refused_by_the_settlement() {
	ExtBuilder.build_and_execute(|| {
		ModelPrice::set(0);
		assert_noop!(Ask::default().submit(), DispatchError::Other("nothing to settle"));
	});
}

#[test]
fn a_client_that_cannot_pay_is_refused() {
	ExtBuilder.build_and_execute(|| {
		ModelPrice::set(2_000 * ONE_USDC);
		let ask = Ask { max_price: Balance::MAX, ..Default::default() };
		assert_noop!(ask.submit(), TokenError::FundsUnavailable);
		// The escrow must leave the account alive.
		ModelPrice::set(1_000 * ONE_USDC);
		let ask = Ask { max_price: Balance::MAX, ..Default::default() };
		assert_noop!(ask.submit(), TokenError::NotExpendable);
		assert_ok!(Assets::freeze(signed(ISSUER), USDC, ALICE));
		ModelPrice::set(PRICE);
		assert!(Ask::default().submit().is_err());
	});
}

#[test]
fn an_exposure_that_is_full_undoes_everything() {
	ExtBuilder.build_and_execute(|| {
		ExposureFull::set(true);
		assert_noop!(Ask::default().submit(), DispatchError::Other("exposure full"));
	});
}

#[test]
fn a_clock_at_its_end_takes_no_jobs() {
	ExtBuilder.build_and_execute(|| {
		Now::set(u32::MAX);
		assert_noop!(Ask::default().submit(), Error::Overflow);
	});
}

#[test]
fn two_jobs_in_one_block_have_two_ids() {
	ExtBuilder.build_and_execute(|| {
		assert_ok!(Money::mint_into(DOLLARS, &BOB, PRICE));
		let ids = [submit(ALICE, 1), submit(ALICE, 2), submit(BOB, 1)].map(|id| id.unwrap());
		assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
		assert_eq!(in_pot(&DOLLARS), 3 * PRICE);
	});
}
