use frame_support::{assert_noop, assert_ok};
use vektor_primitives::{traits::ModelRegistry, ModelId, Usd};

use super::*;
use crate::{mock::*, Error, Event};

fn set(who: AccountId, model: ModelId, price: u128) -> DispatchResult {
	Registry::set_price(RuntimeOrigin::signed(who), model, Usd(price))
}

#[test]
fn new_jobs_pay_the_new_price() {
	execute(|| {
		let model = registered(ALICE);
		assert_ok!(set(ALICE, model, 70_000));
		System::assert_last_event(Event::PriceSet { model, price: Usd(70_000) }.into());
		assert_eq!(<Registry as ModelRegistry>::terms(&model).unwrap().price, Usd(70_000));
	});
}

#[test]
fn a_price_is_set_only_by_the_owner_within_bounds_and_before_the_end() {
	execute(|| {
		let model = registered(ALICE);
		assert_noop!(set(BOB, model, 70_000), Error::<Test>::NotOwner);
		assert_noop!(set(ALICE, ModelId::default(), 70_000), Error::<Test>::UnknownModel);
		assert_noop!(set(ALICE, model, 1), Error::<Test>::PriceOutOfBounds);
		assert_ok!(Registry::retire(RuntimeOrigin::signed(ALICE), model));
		assert_noop!(set(ALICE, model, 70_000), Error::<Test>::Retired);
	});
}
