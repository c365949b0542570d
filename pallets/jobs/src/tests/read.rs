use frame_support::assert_ok;
use vektor_primitives::{Asset, USDC, VKTR};

use crate::{
	mock::{Jobs, *},
	*,
};

#[test]
fn a_quote_is_what_submit_takes() {
	ExtBuilder.build_and_execute(|| {
		let quote = Jobs::quote(&model(1), &DOLLARS).unwrap();
		assert_eq!((quote.price, quote.terms.min_deadline), (PRICE, MIN_DEADLINE));
		assert_eq!(Jobs::quote(&model(9), &DOLLARS), Err(Error::<Test>::UnknownModel.into()));
		assert_eq!(Jobs::quote(&model(1), &Asset::Native), Err(Error::<Test>::NoPrice.into()));
		NativePrice::set(Some(1_000_000));
		assert_eq!(Jobs::quote(&model(1), &Asset::Native).unwrap().price, VKTR / 20);
	});
}

#[test]
fn the_open_jobs_of_an_operator_are_its_own() {
	ExtBuilder.build_and_execute(|| {
		let mine = submit(ALICE, 1).unwrap();
		let other = submit_for(ALICE, 2, DOLLARS, 2, MIN_DEADLINE).unwrap();
		let ids = |number| Jobs::open_of(&operator(number)).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
		assert_eq!((ids(1), ids(2)), (vec![mine], vec![other]));
		assert_ok!(Jobs::deliver(signed(AGENT), mine, outputs(), evidence(&mine, outputs())));
		assert_eq!((ids(1), ids(2)), (vec![], vec![other]));
	});
}

#[test]
fn an_escrow_never_looks_like_lost_money() {
	ExtBuilder.build_and_execute(|| {
		let (open, settled) = (submit(ALICE, 1).unwrap(), submit(ALICE, 2).unwrap());
		assert_ok!(submit(BOB, 3));
		assert_ok!(Jobs::deliver(signed(AGENT), settled, outputs(), evidence(&settled, outputs())));
		let escrow =
			|refund_due| HeldEscrow { job: open, asset: DOLLARS, amount: PRICE, deadline: MIN_DEADLINE, refund_due };
		assert_eq!(Jobs::held(ALICE), vec![escrow(false)]);

		// An account that refuses its refund sees that it is due.
		assert_ok!(Assets::block(signed(ISSUER), USDC, ALICE));
		Now::set(MIN_DEADLINE + 1);
		catch_up();
		assert_eq!(Jobs::held(ALICE), vec![escrow(true)]);
		assert_ok!(Assets::thaw(signed(ISSUER), USDC, ALICE));
		assert_ok!(Jobs::expire(signed(KEEPER), open));
		assert_eq!(Jobs::held(ALICE), vec![]);
	});
}
