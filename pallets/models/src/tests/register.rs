use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::{traits::BadOrigin, TokenError};
use vektor_primitives::{
	traits::ModelRegistry, Assurance, KeyRefused, KeySetup, ModelTerms, Needs, Scheme, Usd, Verification,
};

use super::*;
use crate::{mock::*, Error, Event, Models, ModelsOf};

const DEPOSIT: u128 = 1_000 + 2 * 100;

#[test]
fn registering_takes_the_deposit_and_the_model_takes_jobs_at_once() {
	execute(|| {
		let model = registered(ALICE);
		assert_eq!((free(ALICE), free(Registry::pot())), (RICH - DEPOSIT, ED + DEPOSIT));
		System::assert_last_event(
			Event::Registered {
				model,
				owner: ALICE,
				artefact: H256::repeat_byte(1),
				assurance: Assurance::Zk,
				setup: KeySetup::SingleParty,
				price: Usd(50_000),
				deposit: DEPOSIT,
				verified_from: 100 + CHALLENGE_PERIOD,
			}
			.into(),
		);
		let terms = ModelTerms {
			price: Usd(50_000),
			outputs: 10,
			min_deadline: 20,
			needs: Needs { memory_gb: 80 },
			assurance: Assurance::Zk,
			setup: KeySetup::SingleParty,
			verified: false,
		};
		assert_eq!(<Registry as ModelRegistry>::terms(&model), Some(terms));
		let record = Models::<Test>::get(model).unwrap();
		assert_eq!((record.registered, record.removable, record.deposit), (100, None, DEPOSIT));
		assert_eq!(ModelsOf::<Test>::get(ALICE), vec![model]);
	});
}

#[test]
fn a_copied_key_does_not_take_the_id_of_its_owner() {
	execute(|| {
		let first = registered(BOB);
		assert_ne!(first, registered(ALICE));
	});
}

#[test]
fn everything_that_a_client_relies_on_is_in_the_id() {
	new_test_ext().execute_with(|| {
		let changes: [fn(&mut Draft); 5] = [
			|draft| draft.artefact = H256::zero(),
			|draft| draft.key.push(1),
			|draft| draft.needs = Needs { memory_gb: 81 },
			|draft| draft.min_deadline = 21,
			|draft| draft.output_scale = 255,
		];
		let mut ids = vec![registered(ALICE)];
		for change in changes {
			let mut draft = Draft::default();
			change(&mut draft);
			// Another owner would change the id too, so the owner's list is emptied instead.
			ModelsOf::<Test>::remove(ALICE);
			assert_ok!(draft.register(ALICE));
			ids.extend(ModelsOf::<Test>::get(ALICE));
		}
		ids.sort();
		ids.dedup();
		assert_eq!(ids.len(), 6);
	});
}

#[test]
fn a_model_of_each_kind_says_how_it_is_verified_and_deposits_by_the_bytes_of_its_key() {
	execute(|| {
		let settings = H256::repeat_byte(8);
		let ezkl = |scale| {
			Draft { output_scale: scale, ..Draft::default() }
				.verified_by(ALICE, Verification::Ezkl { key: BoundedVec::truncate_from(vec![1; 1_000]), settings })
		};
		assert_noop!(ezkl(256), Error::<Test>::KeyRefused(KeyRefused::OutputScale));
		assert_ok!(ezkl(SCALE));
		let image = H256::repeat_byte(9);
		assert_ok!(Draft::default().verified_by(ALICE, Verification::Session { image, outputs: 3 }));
		let [first, second] = ModelsOf::<Test>::get(ALICE)[..] else { panic!("two models") };
		let record = |id| Models::<Test>::get(id).unwrap();
		let (first, second) = (record(first), record(second));
		assert_eq!((first.scheme, first.outputs), (Scheme::Ezkl { settings }, 10));
		assert_eq!((first.assurance, first.setup, first.deposit), (Assurance::Zk, KeySetup::PublicSrs, 3_000));
		assert_eq!((second.scheme, second.outputs), (Scheme::Session { image }, 3));
		assert_eq!((second.assurance, second.setup, second.deposit), (Assurance::Tee, KeySetup::Hardware, 1_000));
	});
}

#[test]
fn the_same_model_is_not_registered_twice() {
	execute(|| {
		registered(ALICE);
		assert_noop!(Draft { price: 99_999, ..Draft::default() }.register(ALICE), Error::<Test>::AlreadyRegistered);
	});
}

#[test]
fn each_bad_part_is_refused_for_its_reason() {
	execute(|| {
		let refused = |change: fn(&mut Draft), error: Error<Test>| {
			let mut draft = Draft::default();
			change(&mut draft);
			assert_noop!(draft.register(ALICE), error);
		};
		refused(|d| d.key.clear(), Error::KeyRefused(KeyRefused::Length));
		refused(|d| d.price = 9_999, Error::PriceOutOfBounds);
		refused(|d| d.price = 1_000_000_001, Error::PriceOutOfBounds);
		refused(|d| d.min_deadline = 0, Error::DeadlineOutOfBounds);
		refused(|d| d.min_deadline = MAX_DEADLINE + 1, Error::DeadlineOutOfBounds);
		refused(|d| d.output_scale = 0, Error::ZeroScale);
		refused(|d| d.licence.clear(), Error::BadLicence);
		refused(|d| d.licence = vec![0xff], Error::BadLicence);
	});
}

#[test]
fn an_owner_has_a_bounded_number_of_models() {
	execute(|| {
		for scale in 1..=3 {
			assert_ok!(Draft { output_scale: scale, ..Draft::default() }.register(ALICE));
		}
		assert_noop!(Draft::default().register(ALICE), Error::<Test>::TooManyModels);
		assert_ok!(Draft::default().register(BOB));
	});
}

#[test]
fn who_cannot_pay_the_deposit_registers_nothing() {
	execute(|| {
		assert_noop!(Draft::default().register(POOR), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_deposit_that_does_not_fit_is_an_error() {
	execute(|| {
		PerByte::set(u128::MAX);
		assert_noop!(Draft::default().register(ALICE), Error::<Test>::Overflow);
	});
}

#[test]
fn even_where_deposits_cost_nothing_one_is_taken_that_can_be_returned() {
	execute(|| {
		Base::set(0);
		PerByte::set(0);
		registered(ALICE);
		assert_eq!((free(ALICE), free(Registry::pot())), (RICH - ED, 2 * ED));
	});
}

#[test]
fn only_a_signed_origin_registers() {
	execute(|| {
		let register = |origin| {
			Registry::register(
				origin,
				H256::zero(),
				verification(&[1]),
				Needs::default(),
				20,
				1,
				Usd(50_000),
				BoundedVec::truncate_from(b"MIT".to_vec()),
			)
		};
		assert_noop!(register(RuntimeOrigin::root()), BadOrigin);
		assert_noop!(register(RuntimeOrigin::none()), BadOrigin);
	});
}
