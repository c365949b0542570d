//! What attested devices make of their operator: its class's weight, capacity, and pay for being there.

use frame_support::traits::Get;
use pallet_revenue::{RoundBook, RoundBooks};
use vektor_primitives::{
	traits::{Earnings, PriceSource, Rounds, Settlement},
	Settled, WorkRef,
};

use super::{evidence::attest, probes, *};

/// A client pays an operator a dollar: what of what leaks counts for emission.
fn counts(operator: OperatorId) -> u128 {
	let book = || RoundBooks::<Runtime>::get(Supply::current());
	let (payer, before) = (Alice.to_account_id(), book());
	let source = WorkRef::Job(JobId::default());
	let settled = Settled { payer: payer.clone(), operator, asset: usdc_asset(), amount: ONE_USDC, rebate: 0, source };
	assert_ok!(<Revenue as Settlement<AccountId>>::settle(&payer, settled));
	let RoundBook { counted, leak, .. } = book();
	(counted.0 - before.counted.0) * 1_000_000 / (leak.0 - before.leak.0)
}

/// The round ends, in which everybody says that the operator was there.
fn live_through() -> (u32, RoundBook) {
	let round = Supply::current();
	while Supply::current() == round {
		probes::live(1, 0);
	}
	(round, RoundBooks::<Runtime>::get(round))
}

#[test]
fn attested_devices_weigh_their_class_are_capacity_and_are_paid_for_being_there() {
	on("vektor-local", || {
		let operator = probes::watched();
		assert_eq!(counts(operator), 666_666, "the lowest multiplier of the highest");
		let (_, book) = live_through();
		let emitted = || pallet_supply::Emitted::<Runtime>::get().availability;
		assert_eq!((book.offered, emitted()), (Usd(0), 0), "what nobody attested is no capacity");

		attest(operator, Ferdie, &[3]);
		assert_eq!(counts(operator), 1_000_000);
		let (round, book) = live_through();
		// An hour of an H100 for each hour of windows that were tallied.
		let window = 2_500_000 * u128::from(probes::WINDOW) / u128::from(vektor_runtime::timing::hours(1));
		let windows = book.offered.0 / window;
		let length = u128::from(configs::parameters::dynamic::emission::RoundLength::get() / probes::WINDOW);
		assert_eq!(book.offered.0 % window, 0);
		assert!((length - 3..=length + 1).contains(&windows), "{windows} of {length}");
		let paid = emitted();
		assert!(paid > 0 && Supply::current() == round + 1);

		let earned = Connectivity::earned(&operator);
		probes::live(4, 0);
		let earned_later = Connectivity::earned(&operator);
		assert!(earned_later > earned, "{earned} {earned_later}");
		assert!(earned_later <= paid);
		// It is alone, and gets its reference price: the rest waits. No more than six windows were tallied.
		let most = Buyback::native_at_least(Usd(6 * window)).expect("a price");
		assert!(earned_later - earned <= most, "{earned} {earned_later}: {most}");
		let (owner, had) = (Eve.to_account_id(), native(&Eve.to_account_id()));
		let claim = pallet_revenue::Call::claim_availability { operator };
		assert_ok!(dispatch(Alice, claim.clone()));
		assert_eq!(native(&owner) - had, earned_later);
		assert_eq!(error(dispatch(Alice, claim)), pallet_revenue::Error::<Runtime>::NothingEarned.into());

		// One that is down offers nothing.
		probes::live(4, 2);
		let before = Connectivity::earned(&operator);
		let offered = RoundBooks::<Runtime>::get(Supply::current()).offered;
		probes::live(4, 2);
		assert_eq!(Connectivity::earned(&operator), before);
		assert_eq!(RoundBooks::<Runtime>::get(Supply::current()).offered, offered);
	});
}
