//! Emission for work, from a settlement to an owner's account.

use pallet_revenue::{Factors, RoundBook, RoundBooks};
use sp_runtime::traits::Dispatchable;
use vektor_primitives::{
	traits::{PriceSource, Rounds, Settlement},
	JobId, Settled, Usd, WorkRef,
};

use super::*;

/// A client pays an operator so many dollars.
fn pay(operator: OperatorId, dollars: Balance) {
	let (payer, amount) = (Alice.to_account_id(), dollars * ONE_USDC);
	let source = WorkRef::Job(JobId::default());
	let settled = Settled { payer: payer.clone(), operator, asset: usdc_asset(), amount, rebate: 0, source };
	assert_ok!(<Revenue as Settlement<AccountId>>::settle(&payer, settled));
}

/// The round ends; what its books say.
fn ended() -> (u32, RoundBook) {
	let round = Supply::current();
	while Supply::current() == round {
		pass(1);
	}
	(round, RoundBooks::<Runtime>::get(round))
}

/// What three tenths of so many dollars buy at the pool's highest price.
fn kappa_of(usd: Usd) -> Balance {
	<Buyback as PriceSource>::native_at_most(Usd(usd.0 * 3 / 10)).expect("a price")
}

#[test]
fn no_operator_gets_more_of_the_emission_than_kappa_of_its_own_leak() {
	on("cxpt-dev", || {
		let one = operator(Alice, Bob);
		// Gone, or never there: its part is the treasury's.
		let other = OperatorId(H256::repeat_byte(9));
		assert_ok!(root(pallet_supply::Call::release { amount: 1_000_000 * VKTR }));
		pass(30);
		pay(one, 10);
		pay(other, 30);
		let (before, bound) = (native(&Supply::emission_pot()), kappa_of(Usd(12 * ONE_USDC)));
		let (round, book) = ended();
		assert_eq!((book.settled, book.leak), (Usd(40 * ONE_USDC), Usd(12 * ONE_USDC)));
		// C5's lowest: 0.8, 0.9 and 0.5 of 1.2, 1.1 and 2.
		let counted = |dollars| dollars * ONE_USDC * 8 / 12 * 9 / 11 / 4;
		assert_eq!(book.counted.0, counted(3) + counted(9));
		assert_eq!(book.work, bound * book.counted.0 / book.leak.0);
		let others = pallet_supply::Emitted::<Runtime>::get();
		assert_eq!((others.work, others.availability), (book.work, 0));
		assert_eq!(before - native(&Supply::emission_pot()), book.work + others.validators);

		for (id, account, dollars) in [(one, Alice.to_account_id(), 3), (other, Treasury::account_id(), 9)] {
			// Where an era begins there is no room.
			pass(2);
			let had = native(&account);
			let call = pallet_revenue::Call::claim_work { operator: id, round };
			// Free for whoever does it.
			let ferdies = native(&Ferdie.to_account_id());
			assert_ok!(sign(Ferdie, call.clone()).expect("it is sent"));
			assert_eq!(native(&Ferdie.to_account_id()), ferdies);
			let got = native(&account) - had;
			assert_eq!(got, book.work * counted(dollars) / book.counted.0);
			assert!(got > 0 && got <= bound * dollars / 12);
			assert_eq!(error(dispatch(Ferdie, call)), pallet_revenue::Error::<Runtime>::NothingEarned.into());
		}
	});
}

#[test]
fn what_factors_leave_is_not_emitted() {
	on("cxpt-dev", || {
		let one = operator(Alice, Bob);
		assert_ok!(root(pallet_supply::Call::release { amount: 1_000_000 * VKTR }));
		assert_ok!(root(pallet_revenue::Call::set_factors { factors: Factors::default() }));
		pass(30);
		pay(one, 10);
		let bound = kappa_of(Usd(3 * ONE_USDC));
		let (round, book) = ended();
		assert_eq!((book.leak, book.counted, book.work), (Usd(3 * ONE_USDC), book.leak, bound));
		// The next round has no work: none of it is paid for.
		let (idle, nothing) = ended();
		assert_eq!((idle, nothing.work), (round + 1, 0));
		assert_eq!(pallet_supply::Emitted::<Runtime>::get().work, book.work);
	});
}

#[test]
fn the_reserve_pays_for_failed_work_when_the_treasurer_says_so() {
	on("nexus-dev", || {
		use pallet_revenue::{Call, Error};
		use vektor_runtime::configs::{inference::ReserveAccount, origins::Origin};
		let one = operator(Alice, Bob);
		pay(one, 100);
		// Until there is a price.
		pass(30);
		let (reserve, client) = (ReserveAccount::get(), Charlie.to_account_id());
		let (full, had) = (usdc(&reserve), usdc(&client));
		let work = WorkRef::Job(JobId(H256::repeat_byte(3)));
		// What the operator was slashed by bounds it: a tenth of its collateral.
		let incident = H256::repeat_byte(4);
		let offence = vektor_primitives::Offence::NetworkAttack;
		let (loss, challenger) = (None, None);
		let accuse = pallet_operators::Call::report_offence { operator: one, offence, incident, loss, challenger };
		assert_ok!(root(accuse));
		let case = 0;
		let call = |amount| {
			RuntimeCall::from(Call::compensate { work, case, beneficiary: client.clone(), asset: usdc_asset(), amount })
		};
		assert_eq!(error(dispatch(Alice, call(ONE_USDC))), DispatchError::BadOrigin);
		let treasurer = || RuntimeOrigin::from(Origin::Treasurer);
		assert_eq!(error(call(full).dispatch(treasurer())), Error::<Runtime>::ReserveTooSmall.into());
		type Refused = pallet_operators::Error<Runtime>;
		assert_eq!(error(call(1).dispatch(treasurer())), Refused::CaseOpen.into());
		pass(10);
		let Some(pallet_operators::Case { state: pallet_operators::CaseState::Slashed { value, .. }, .. }) =
			pallet_operators::Cases::<Runtime>::get(case)
		else {
			panic!("not slashed")
		};
		// Six of a hundred are there, which the split set aside, and no more than the slash was worth is paid.
		assert!(value.0 < 6 * ONE_USDC);
		assert_eq!(error(call(value.0 + 1).dispatch(treasurer())), Refused::MoreThanSlashed.into());
		let paid = value.0 - 10_000;
		assert_ok!(call(paid).dispatch(treasurer()));
		assert_eq!((usdc(&reserve), usdc(&client)), (full - paid, had + paid));
		assert_eq!(error(root(call(1))), Error::<Runtime>::AlreadyCompensated.into());
	});
}
