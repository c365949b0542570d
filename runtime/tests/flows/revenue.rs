//! What a client pays becomes VKTR in an operator's and a staker's hands, and every event says so.

use super::*;
use pallet_lock_staking::Call as Staking;
use pallet_revenue::{Event as Revenues, LotState};
use vektor_primitives::traits::PriceSource;

/// A job that Dave pays in `asset` is delivered.
fn served(operator: OperatorId, model: ModelId, asset: Asset, most: Balance) -> JobId {
	let payload = payload(0);
	let mut call = submit(model, operator, payload.commitment(), asset);
	if let RuntimeCall::Jobs(pallet_jobs::Call::submit { max_price, .. }) = &mut call {
		*max_price = most;
	}
	assert_ok!(dispatch(CLIENT, call));
	let job = event(|event| match event {
		RuntimeEvent::Jobs(pallet_jobs::Event::Submitted { job, .. }) => Some(*job),
		_ => None,
	});
	let proved = prove(job, &payload);
	assert_ok!(sign(AGENT, delivery(job, proved.outputs, proved.proof)).expect("valid"));
	job
}

fn closed() -> Option<(Balance, Balance, Balance)> {
	System::events().iter().rev().find_map(|record| match &record.event {
		RuntimeEvent::Revenue(Revenues::LotClosed { bought, operators, stakers, .. }) => {
			Some((*bought, *operators, *stakers))
		}
		_ => None,
	})
}

/// Blocks pass until a lot is closed: what was bought, operators' and stakers' parts.
fn until_closed() -> (Balance, Balance, Balance) {
	(0..300)
		.find_map(|_| {
			pass(1);
			closed()
		})
		.expect("the lot is bought")
}

fn claim(operator: OperatorId, asset: Asset) -> RuntimeCall {
	pallet_revenue::Call::claim { operator, lot: 0, asset }.into()
}

#[test]
fn a_clients_dollar_becomes_vktr_of_an_operator_and_of_a_staker_seventy_to_thirty() {
	slice(|operator, model| {
		assert_ok!(dispatch(Bob, Staking::stake { amount: 200_000 * VKTR, tier: 0 }));
		served(operator, model, usdc_asset(), PRICE);
		assert_eq!(Revenue::lots(1)[0].2.state, LotState::Collecting);
		let early = claim(operator, usdc_asset());
		assert_eq!(error(dispatch(CLIENT, early)), pallet_revenue::Error::<Runtime>::LotOpen.into());

		let (bought, operators, stakers) = until_closed();
		let swap = event(|event| match event {
			RuntimeEvent::Buyback(pallet_buyback::Event::Bought { spent, got, .. }) => Some((*spent, *got)),
			_ => None,
		});
		assert_eq!(swap, (PRICE, bought));
		assert_eq!(operators + stakers, bought);
		assert_eq!(stakers, bought * 3 / 10);
		// The pool's price of 0.10 USD a token, less its fee of 0.3 % and what the purchase itself moved.
		let ideal = PRICE * 10 * VKTR / ONE_USDC;
		assert!(bought < ideal * 997 / 1_000 && bought > ideal * 996 / 1_000, "{bought} of {ideal}");

		// Anybody may have it paid, to the owner.
		let owner = OWNER.to_account_id();
		let before = native(&owner);
		let held = |what: &str| adapters::held::money(owner.clone()).into_iter().find(|row| row.what == what);
		assert_eq!(held("accrual").map(|row| (row.amount, row.by)), Some((operators, "revenue.claim".into())));
		let post = dispatch(CLIENT, claim(operator, usdc_asset())).expect("it is paid");
		assert_eq!(post.pays_fee, frame_support::dispatch::Pays::No);
		assert_eq!(native(&owner), before + operators);
		assert!(held("accrual").is_none());
		let twice = dispatch(CLIENT, claim(operator, usdc_asset()));
		assert_eq!(error(twice), pallet_revenue::Error::<Runtime>::NothingAccrued.into());

		// The stakers' part streams over the next round.
		let stream = pallet_lock_staking::Book::<Runtime>::get().stream;
		assert!(stream.real > 0 && stream.real <= stakers);
		assert!(adapters::reads::tiers()[0].real_yield > 0);
		let worth = || LockStaking::held(&Bob.to_account_id())[0].worth;
		let staked = worth();
		pass(125);
		assert!(worth() >= staked + stakers * 9 / 10, "{} of {stakers}", worth() - staked);
		assert_eq!(Balances::total_issuance(), params::CAP);
	});
}

#[test]
fn a_job_paid_in_vktr_is_divided_without_a_swap() {
	slice(|operator, model| {
		pass(12);
		let quote = adapters::reads::quote(model, Asset::Native).expect("the pool has a price");
		// 0.10 USD a token.
		assert_eq!(quote.amount, PRICE * 10 * VKTR / ONE_USDC);
		let before = native(&CLIENT.to_account_id());
		served(operator, model, Asset::Native, quote.amount);
		assert_eq!(native(&CLIENT.to_account_id()), before - quote.amount);
		let (bought, operators, stakers) = until_closed();
		assert_eq!((bought, stakers), (quote.amount, quote.amount * 3 / 10));
		let none = System::events().iter().all(|record| !matches!(record.event, RuntimeEvent::Buyback(_)));
		assert!(none, "nothing was swapped");
		let owner = OWNER.to_account_id();
		let before = native(&owner);
		assert_ok!(dispatch(CLIENT, claim(operator, Asset::Native)));
		assert_eq!(native(&owner), before + operators);
		assert_eq!(Balances::total_issuance(), params::CAP);
	});
}

#[test]
fn a_moved_price_is_never_in_the_clients_favour() {
	slice(|_, _| {
		pass(12);
		let asked = || Buyback::native_at_least(Usd(ONE_USDC)).expect("a price");
		let paid = || Buyback::native_at_most(Usd(ONE_USDC)).expect("a price");
		let (worth, ask, pay) = (Buyback::worth_at_least(VKTR), asked(), paid());
		let dollars = |amount| pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
			path: vec![Box::new(usdc_asset()), Box::new(Asset::Native)],
			amount_in: amount,
			amount_out_min: 1,
			send_to: CLIENT.to_account_id(),
			keep_alive: true,
		};
		assert_ok!(dispatch(CLIENT, dollars(5_000 * ONE_USDC)));
		// VKTR is dearer in the pool now: a client owes as much as before, and who is paid for a value in dollars gets less.
		assert_eq!((Buyback::worth_at_least(VKTR), asked()), (worth, ask));
		assert!(paid() < pay);
	});
}

#[test]
fn the_hooks_of_revenue_and_the_market_buy_weigh_less_than_three_thousandths_of_a_block() {
	use pallet_buyback::WeightInfo as _;
	use pallet_revenue::WeightInfo as _;
	type Market = <Runtime as pallet_buyback::Config>::WeightInfo;
	type Lots = <Runtime as pallet_revenue::Config>::WeightInfo;
	let worst = Lots::turn_lot().max(Lots::no_lot()).saturating_add(Market::purchase().max(Market::look()));
	let block = params::MAXIMUM_BLOCK_WEIGHT.ref_time();
	assert!(worst.ref_time() * 1_000 <= block * 3, "{worst:?} of {block}");
}
